//! Lists: methods, changes seen by the caller, order of what happens.

use crate::error::Error;
use crate::runtime::seq;
use crate::runtime::text;

pub fn methods(xs: &mut Vec<i64>) {
    xs.push(4);
    xs.extend([5_i64, 6]);
    seq::insert(xs, 0, -1);
    seq::insert(xs, -1, 99);
    seq::insert(xs, 100, 7);
    xs.reverse();
    xs.sort_unstable();
}

pub fn popped(xs: &mut Vec<i64>, i: i64) -> Result<(i64, i64), Error> {
    Ok((seq::pop(xs)?, seq::pop_at(xs, i)?))
}

pub fn removed_own(
    xs: &mut Vec<String>,
    ns: &mut Vec<i64>,
    n: i64,
) -> Result<(Vec<String>, Vec<i64>), Error> {
    let item = seq::at(xs, n)?.to_string();
    seq::remove(xs, &item)?;
    let item_2 = *seq::at(ns, n)?;
    seq::remove(ns, &item_2)?;
    Ok((xs.to_vec(), ns.to_vec()))
}

pub fn removed(xs: &mut Vec<String>, s: &str) -> Result<i64, Error> {
    seq::remove(xs, s)?;
    Ok(xs.len() as i64)
}

pub fn place(xs: &[String], s: &str) -> Result<(i64, i64), Error> {
    Ok((seq::index_of(xs, s)?, seq::count(xs, s)))
}

pub fn stored(xs: &mut [i64], i: i64, value: i64) -> Result<(), Error> {
    seq::store(xs, i, value)?;
    let value_2 = (*seq::at(xs, i)?).strict_add(1);
    seq::store(xs, i, value_2)?;
    Ok(())
}

/// The element is read, then the list shrinks, then the store finds what is left.
pub fn before_pop(xs: &mut Vec<i64>) -> Result<i64, Error> {
    let value = (*seq::at(xs, 0)?).strict_add(seq::pop(xs)?);
    seq::store(xs, 0, value)?;
    Ok(*seq::at(xs, 0)?)
}

pub fn pop_then_store(xs: &mut Vec<i64>) -> Result<(), Error> {
    let value = seq::pop(xs)?;
    seq::store(xs, -1, value)?;
    Ok(())
}

pub fn order(xs: &mut Vec<i64>) -> Result<i64, Error> {
    Ok((*seq::at(xs, 0)?).strict_sub(seq::pop(xs)?.strict_mul(*seq::at(xs, -1)?)))
}

pub fn copied(xs: &[i64]) -> Vec<i64> {
    let mut ys = xs.to_vec();
    ys.push(1);
    let mut zs = xs.to_vec();
    zs.push(2);
    seq::concat(&seq::concat(&ys, &zs), xs)
}

pub fn same(xs: &[i64], ys: &[i64]) -> Vec<bool> {
    vec![
        *xs == *ys,
        *xs != *ys,
        *xs < *ys,
        *xs >= *ys,
        *xs == seq::slice(xs, ..).to_vec(),
    ]
}

pub fn repeated(xs: &[i64], n: i64) -> Vec<i64> {
    seq::concat(&seq::repeat(xs, n), &vec![0_i64; n.max(0) as usize])
}

pub fn sorted_by(words: &[String]) -> Vec<Vec<String>> {
    vec![
        {
            let mut sorted: Vec<String> = words.to_vec();
            sorted.sort();
            sorted
        },
        {
            let mut sorted_2: Vec<String> = words.to_vec();
            sorted_2.sort();
            sorted_2.reverse();
            sorted_2
        },
        {
            let mut sorted_3: Vec<String> = words.to_vec();
            sorted_3.sort_by_key(|x| x.chars().count() as i64);
            sorted_3
        },
        {
            let mut sorted_4: Vec<String> = words.to_vec();
            sorted_4.sort_by_cached_key(|w| (-(w.chars().count() as i64), w.to_string()));
            sorted_4
        },
        {
            let mut sorted_5: Vec<String> = words.to_vec();
            sorted_5.reverse();
            sorted_5.sort_by_cached_key(|w| text::lower(w));
            sorted_5.reverse();
            sorted_5
        },
    ]
}

pub fn sort_in_place(words: &mut [String]) {
    {
        words.reverse();
        words.sort_by_key(|x| x.chars().count() as i64);
        words.reverse();
    }
}

pub fn cleared(xs: &mut Vec<i64>) -> bool {
    xs.clear();
    xs.is_empty()
}

pub fn swap(xs: &mut [i64], i: i64, j: i64) -> Result<(), Error> {
    seq::swap(xs, i, j)?;
    Ok(())
}

pub fn bubble(items: &[i64]) -> Result<Vec<i64>, Error> {
    let mut xs = items.to_vec();
    let n = xs.len() as i64;
    for i in 0..n {
        for j in 0..n - i - 1 {
            if xs[j as usize] > xs[(j + 1) as usize] {
                seq::swap(&mut xs, j, j + 1)?;
            }
        }
    }
    Ok(xs)
}

pub fn grid(rows: i64, columns: i64) -> Result<Vec<Vec<i64>>, Error> {
    let mut cells = (0..rows)
        .map(|_| vec![0_i64; columns.max(0) as usize])
        .collect::<Vec<Vec<i64>>>();
    for r in 0..rows {
        for c in 0..columns {
            let value = r.strict_mul(columns).strict_add(c);
            seq::store(seq::at_mut(&mut cells, r)?, c, value)?;
        }
    }
    Ok(cells)
}

pub fn transpose(cells: &[Vec<i64>]) -> Result<Vec<Vec<i64>>, Error> {
    (0..seq::at(cells, 0)?.len() as i64)
        .map(|i| -> Result<Vec<i64>, Error> {
            cells
                .iter()
                .map(|row| -> Result<i64, Error> { Ok(*seq::at(row, i)?) })
                .collect::<Result<Vec<i64>, Error>>()
        })
        .collect::<Result<Vec<Vec<i64>>, Error>>()
}

pub fn extended(xs: &mut Vec<i64>, ys: &[i64]) {
    xs.extend_from_slice(ys);
    seq::repeat_in_place(xs, 2);
}

/// What is handed back is the argument itself.
pub fn returned(xs: &mut Vec<i64>) {
    xs.push(1);
}

pub fn star(xs: &[i64]) -> Result<(i64, Vec<i64>, i64), Error> {
    let items = xs;
    let ([first_2], middle_2, [last_2]) = seq::unpack_star::<_, 1, 1>(items)?;
    let first = *first_2;
    let middle = middle_2.to_vec();
    let last = *last_2;
    Ok((first, middle, last))
}

pub fn head(xs: &[i64]) -> Result<i64, Error> {
    let [a, b] = seq::unpack(xs.to_vec())?;
    Ok(a.strict_mul(10).strict_add(b))
}

pub fn spread(xs: &[i64], ys: &[i64]) -> Vec<i64> {
    let mut items = vec![0];
    items.extend(xs.iter().copied());
    items.extend(ys.iter().copied());
    items.push(9);
    items
}

pub fn contains(xs: &[f64], x: f64) -> bool {
    seq::contains(xs, &x)
}

pub fn queue(xs: &mut Vec<i64>) -> Result<i64, Error> {
    let mut total: i64 = 0;
    while !xs.is_empty() {
        let n = seq::pop_at(xs, 0)?;
        total = total.strict_mul(2).strict_add(n);
        if n > 5 {
            xs.push(n.strict_sub(5));
        }
    }
    Ok(total)
}
