//! Python's `itertools` where the standard iterators have no equal.

use itertools::Itertools;

use crate::error::Error;
use crate::runtime::decline::decline;

/// `product(a, b)`.
pub fn product2<A: Clone, B: Clone>(
    a: impl IntoIterator<Item = A>,
    b: impl IntoIterator<Item = B>,
) -> impl Iterator<Item = (A, B)> {
    let second: Vec<B> = b.into_iter().collect();
    let first: Vec<A> = a.into_iter().collect();
    Itertools::cartesian_product(first.into_iter(), second)
}

/// `product(a, b, c)`.
pub fn product3<A: Clone, B: Clone, C: Clone>(
    a: impl IntoIterator<Item = A>,
    b: impl IntoIterator<Item = B>,
    c: impl IntoIterator<Item = C>,
) -> impl Iterator<Item = (A, B, C)> {
    product2(product2(a, b), c).map(|((a, b), c)| (a, b, c))
}

/// `product(*pools)`.
pub fn product<T: Clone>(pools: Vec<Vec<T>>) -> impl Iterator<Item = Vec<T>> {
    let first = pools
        .iter()
        .all(|pool| !pool.is_empty())
        .then(|| vec![0; pools.len()]);
    let mut places: Option<Vec<usize>> = first;
    std::iter::from_fn(move || {
        let current = places.as_mut()?;
        let row = current
            .iter()
            .zip(&pools)
            .map(|(&place, pool)| pool[place].clone())
            .collect();
        let mut column = pools.len();
        while column > 0 && current[column - 1] + 1 == pools[column - 1].len() {
            column -= 1;
            current[column] = 0;
        }
        match column {
            0 => places = None,
            _ => current[column - 1] += 1,
        }
        Some(row)
    })
}

/// `product(pool, repeat=repeat)`; raises `ValueError`.
pub fn product_repeat<T: Clone>(pool: Vec<T>, repeat: i64) -> Result<impl Iterator<Item = Vec<T>>, Error> {
    match usize::try_from(repeat) {
        Ok(repeat) => Ok(product(vec![pool; repeat])),
        Err(_) => Err(Error::ValueError("repeat argument cannot be negative".to_owned())),
    }
}

/// The length of a selection; raises `ValueError` where it is negative.
fn selection(r: i64) -> Result<usize, Error> {
    usize::try_from(r).map_err(|_| Error::ValueError("r must be non-negative".to_owned()))
}

/// `permutations(items, r)`; raises `ValueError`.
pub fn permutations<T: Clone>(
    items: impl IntoIterator<Item = T>,
    r: Option<i64>,
) -> Result<impl Iterator<Item = Vec<T>>, Error> {
    let pool: Vec<T> = items.into_iter().collect();
    let r = r.map_or(Ok(pool.len()), selection)?;
    Ok(Itertools::permutations(pool.into_iter(), r))
}

/// `combinations(items, r)`; raises `ValueError`.
pub fn combinations<T: Clone>(
    items: impl IntoIterator<Item = T>,
    r: i64,
) -> Result<impl Iterator<Item = Vec<T>>, Error> {
    let pool: Vec<T> = items.into_iter().collect();
    Ok(Itertools::combinations(pool.into_iter(), selection(r)?))
}

/// `combinations(items, 2)`.
pub fn combinations2<T: Clone>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = (T, T)> {
    let pool: Vec<T> = items.into_iter().collect();
    Itertools::array_combinations(pool.into_iter()).map(|[a, b]| (a, b))
}

/// `combinations(items, 3)`.
pub fn combinations3<T: Clone>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = (T, T, T)> {
    let pool: Vec<T> = items.into_iter().collect();
    Itertools::array_combinations(pool.into_iter()).map(|[a, b, c]| (a, b, c))
}

/// `combinations_with_replacement(items, r)`; raises `ValueError`.
pub fn combinations_with_replacement<T: Clone>(
    items: impl IntoIterator<Item = T>,
    r: i64,
) -> Result<impl Iterator<Item = Vec<T>>, Error> {
    let pool: Vec<T> = items.into_iter().collect();
    Ok(Itertools::combinations_with_replacement(
        pool.into_iter(),
        selection(r)?,
    ))
}

/// `accumulate(items, step)`.
pub fn accumulate<T: Clone>(
    items: impl IntoIterator<Item = T>,
    mut step: impl FnMut(T, T) -> T,
) -> impl Iterator<Item = T> {
    items.into_iter().scan(None, move |total: &mut Option<T>, item| {
        let next = match total.take() {
            Some(before) => step(before, item),
            None => item,
        };
        *total = Some(next.clone());
        Some(next)
    })
}

/// `accumulate(items, step, initial=initial)`.
pub fn accumulate_from<T: Clone>(
    items: impl IntoIterator<Item = T>,
    initial: T,
    step: impl FnMut(T, T) -> T,
) -> impl Iterator<Item = T> {
    accumulate(std::iter::once(initial).chain(items), step)
}

/// `groupby(items, key)`, each group gathered.
pub fn group_by<T, K: PartialEq>(
    items: impl IntoIterator<Item = T>,
    mut key: impl FnMut(&T) -> K,
) -> Vec<(K, Vec<T>)> {
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for item in items {
        let item_key = key(&item);
        match groups.last_mut() {
            Some((last, group)) if *last == item_key => group.push(item),
            _ => groups.push((item_key, vec![item])),
        }
    }
    groups
}

/// `islice(items, stop)` as `(None, stop, None)`, `islice(items, start, stop, step)`; raises `ValueError`.
pub fn islice<T>(
    items: impl IntoIterator<Item = T>,
    start: Option<i64>,
    stop: Option<i64>,
    step: Option<i64>,
) -> Result<impl Iterator<Item = T>, Error> {
    let range = "for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    if stop == Some(-1) {
        return Err(Error::ValueError(format!("Stop argument {range}")));
    }
    let (Ok(start), Ok(stop)) = (
        usize::try_from(start.unwrap_or(0)),
        usize::try_from(stop.unwrap_or(i64::MAX)),
    ) else {
        return Err(Error::ValueError(format!("Indices {range}")));
    };
    match usize::try_from(step.unwrap_or(1)) {
        Ok(step) if step > 0 => Ok(items.into_iter().take(stop).skip(start).step_by(step)),
        _ => Err(Error::ValueError(
            "Step for islice() must be a positive integer or None.".to_owned(),
        )),
    }
}

/// `zip_longest(a, b)`, the shorter one filled up with its filler.
pub fn zip_longest<T: Clone, U: Clone>(
    a: impl IntoIterator<Item = T>,
    b: impl IntoIterator<Item = U>,
    fill_a: T,
    fill_b: U,
) -> impl Iterator<Item = (T, U)> {
    Itertools::zip_longest(a.into_iter(), b).map(move |pair| pair.or(fill_a.clone(), fill_b.clone()))
}

/// `pairwise(items)`.
pub fn pairwise<T: Clone>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = (T, T)> {
    Itertools::tuple_windows(items.into_iter())
}

/// `count(start, step)`.
pub fn count(start: i64, step: i64) -> impl Iterator<Item = i64> {
    let mut next = Some(start);
    std::iter::from_fn(move || {
        let Some(current) = next else {
            decline("itertools.count beyond i64")
        };
        next = current.checked_add(step);
        Some(current)
    })
}

/// `repeat(value, n)`: nothing where `n` is negative.
pub fn repeat_n<T: Clone>(value: T, n: i64) -> impl Iterator<Item = T> {
    std::iter::repeat_n(value, usize::try_from(n).unwrap_or(0))
}

/// `compress(items, selectors)`.
pub fn compress<T>(
    items: impl IntoIterator<Item = T>,
    selectors: impl IntoIterator<Item = bool>,
) -> impl Iterator<Item = T> {
    items
        .into_iter()
        .zip(selectors)
        .filter_map(|(item, chosen)| chosen.then_some(item))
}

/// `cycle(items)`: the items are kept as they come, and given again and again.
pub fn cycle<T: Clone>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
    let mut source = items.into_iter();
    let mut kept: Vec<T> = Vec::new();
    let mut next = 0;
    let mut first_round = true;
    std::iter::from_fn(move || {
        if first_round {
            if let Some(item) = source.next() {
                kept.push(item.clone());
                return Some(item);
            }
            first_round = false;
        }
        let item = kept.get(next)?.clone();
        next = (next + 1) % kept.len();
        Some(item)
    })
}

/// Selections of a length that is known, as arrays.
pub fn fixed<T, const N: usize>(rows: impl IntoIterator<Item = Vec<T>>) -> impl Iterator<Item = [T; N]> {
    rows.into_iter().map(|row| match row.try_into() {
        Ok(row) => row,
        Err(_) => decline("a selection of another length"),
    })
}

/// `zip(a, b)` where `a` can raise: its error comes before the end of `b`.
pub fn zip_raising<A, B>(
    a: impl IntoIterator<Item = Result<A, Error>>,
    b: impl IntoIterator<Item = B>,
) -> impl Iterator<Item = Result<(A, B), Error>> {
    let (mut a, mut b) = (a.into_iter(), b.into_iter());
    std::iter::from_fn(move || match a.next()? {
        Ok(left) => b.next().map(|right| Ok((left, right))),
        Err(error) => Some(Err(error)),
    })
}

/// The items up to the first error, which is the last: a generator expression doesn't go on after it.
pub fn until_error<T>(
    items: impl IntoIterator<Item = Result<T, Error>>,
) -> impl Iterator<Item = Result<T, Error>> {
    let mut items = Some(items.into_iter());
    std::iter::from_fn(move || {
        let item = items.as_mut()?.next();
        if !matches!(item, Some(Ok(_))) {
            items = None;
        }
        item
    })
}

/// `zip(*rows)`: what stands in each place of the rows, as far as the shortest goes.
pub fn columns<T: Clone>(rows: &[impl AsRef<[T]>]) -> impl Iterator<Item = Vec<T>> {
    let shortest = rows.iter().map(|row| row.as_ref().len()).min();
    (0..shortest.unwrap_or(0)).map(|place| {
        let column = rows.iter().map(|row| row.as_ref()[place].clone());
        column.collect()
    })
}

/// `zip(*texts)`: the characters in each place of the texts, as far as the shortest goes.
pub fn text_columns(texts: &[impl AsRef<str>]) -> impl Iterator<Item = Vec<String>> {
    let mut rows: Vec<_> = texts.iter().map(|text| text.as_ref().chars()).collect();
    std::iter::from_fn(move || {
        let column: Option<Vec<String>> = rows
            .iter_mut()
            .map(|row| row.next().map(String::from))
            .collect();
        column.filter(|column| !column.is_empty())
    })
}

/// `zip(*rows)` of rows that are given away.
pub fn into_columns<T: Clone, R: AsRef<[T]>>(rows: Vec<R>) -> impl Iterator<Item = Vec<T>> {
    let found: Vec<Vec<T>> = columns(&rows).collect();
    found.into_iter()
}

/// What unpacking `zip()` of no rows raises.
fn no_rows(expected: usize) -> Error {
    Error::ValueError(format!("not enough values to unpack (expected {expected}, got 0)"))
}

/// `a, b = zip(*rows)`; raises `ValueError`.
pub fn unzip2<A: Clone, B: Clone>(rows: &[(A, B)]) -> Result<(Vec<A>, Vec<B>), Error> {
    if rows.is_empty() {
        return Err(no_rows(2));
    }
    Ok(rows.iter().cloned().unzip())
}

/// `a, b, c = zip(*rows)`; raises `ValueError`.
pub fn unzip3<A: Clone, B: Clone, C: Clone>(
    rows: &[(A, B, C)],
) -> Result<(Vec<A>, Vec<B>, Vec<C>), Error> {
    if rows.is_empty() {
        return Err(no_rows(3));
    }
    Ok(rows.iter().cloned().collect())
}

/// `a, b, c, d = zip(*rows)`; raises `ValueError`.
pub fn unzip4<A: Clone, B: Clone, C: Clone, D: Clone>(
    rows: &[(A, B, C, D)],
) -> Result<(Vec<A>, Vec<B>, Vec<C>, Vec<D>), Error> {
    if rows.is_empty() {
        return Err(no_rows(4));
    }
    Ok(rows.iter().cloned().collect())
}
