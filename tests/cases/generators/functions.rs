//! Generator functions: nothing runs before it is asked for, errors come where Python raises them.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::generator::Generator;
use crate::runtime::int;
use crate::runtime::itertools;
use crate::runtime::out;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;

/// Those that two divides.
pub fn evens(xs: &[i64]) -> Generator<'_, i64> {
    Generator::new(async move |yields| {
        for &x in xs {
            if x.rem_euclid(2) == 0 {
                yields.give(x).await;
            }
        }
    })
}

pub fn countdown(mut n: i64) -> Generator<'static, i64> {
    Generator::new(async move |yields| {
        while n > 0 {
            yields.give(n).await;
            n = n.strict_sub(1);
        }
        yields.give(0).await;
    })
}

pub fn digits(text: &str) -> Generator<'_, i64, Result<(), Error>> {
    Generator::new(async move |yields| {
        for c in text.chars() {
            yields.give(int::from_char(c)?).await;
        }
        Ok(())
    })
}

pub fn ratios<'a>(xs: &'a [i64], by: &'a [i64]) -> Generator<'a, (i64, i64), Result<(), Error>> {
    Generator::new(async move |yields| {
        for &x in xs {
            for &y in by {
                yields
                    .give((int::floor_div(x, y)?, int::floor_mod(x, y)?))
                    .await;
            }
        }
        Ok(())
    })
}

pub fn flat(rows: &[Vec<i64>]) -> Generator<'_, i64> {
    Generator::new(async move |yields| {
        for row in rows {
            for item in evens(row) {
                yields.give(item).await;
            }
            for item in 0..row.len() as i64 {
                yields.give(item).await;
            }
            for item in row.iter().map(|&x| x.strict_add(1)) {
                yields.give(item).await;
            }
        }
    })
}

pub fn hanoi<'a>(
    n: i64,
    a: &'a str,
    b: &'a str,
    c: &'a str,
) -> Generator<'a, String, Result<(), Error>> {
    Generator::new(async move |yields| {
        let _depth = decline::enter();
        if n > 0 {
            for item in hanoi(n.strict_sub(1), a, c, b) {
                let item = item?;
                yields.give(item).await;
            }
            yields.give(format!("{a}{b}")).await;
            for item in hanoi(n.strict_sub(1), c, b, a) {
                let item = item?;
                yields.give(item).await;
            }
        }
        Ok(())
    })
}

pub fn primes() -> Generator<'static, i64, Result<(), Error>> {
    Generator::new(async move |yields| {
        let mut found: Vec<i64> = Vec::new();
        let mut n: i64 = 2;
        loop {
            if 'search: {
                for &p in &found {
                    if int::floor_mod(n, p)? == 0 {
                        break 'search false;
                    }
                }
                true
            } {
                found.push(n);
                yields.give(n).await;
            }
            n = n.strict_add(1);
        }
    })
}

pub fn fibonacci() -> Generator<'static, i64> {
    Generator::new(async move |yields| {
        let (mut a, mut b): (i64, i64) = (0, 1);
        loop {
            yields.give(a).await;
            (a, b) = (b, a.strict_add(b));
        }
    })
}

pub fn noisy(n: i64) -> Generator<'static, i64> {
    Generator::new(async move |yields| {
        out::write("begin\n");
        for i in 0..n {
            out::write(&format!("give {i}\n"));
            yields.give(i).await;
        }
        out::write("end\n");
    })
}

pub fn lenient(words: &[String]) -> Generator<'_, i64, Result<(), Error>> {
    Generator::new(async move |yields| {
        for word in words {
            let outcome: Result<(), Error> = 'attempt: {
                yields
                    .give(match int::parse(word) {
                        Ok(value) => value,
                        Err(error) => break 'attempt Err(error),
                    })
                    .await;
                Ok(())
            };
            match outcome {
                Ok(()) => {
                    continue;
                }
                Err(error) if error.is_value_error() => {
                    out::write(&format!("no number {word}\n"));
                    yields.give(-1).await;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    })
}

pub fn taking(xs: &mut Vec<i64>) -> Generator<'_, i64, Result<(), Error>> {
    Generator::new(async move |yields| {
        while !xs.is_empty() {
            yields.give(seq::pop(xs)?).await;
        }
        Ok(())
    })
}

pub fn untyped(n: i64) -> Generator<'static, String> {
    Generator::new(async move |yields| {
        for i in 0..n {
            if i == 3 {
                return;
            }
            yields.give(i.to_string()).await;
        }
    })
}

pub fn pauses(n: i64) -> Generator<'static, ()> {
    Generator::new(async move |yields| {
        for i in 0..n {
            out::write(&format!("{i}\n"));
            yields.give(()).await;
        }
    })
}

pub fn closed_over(xs: &[i64], k: i64) -> Result<Vec<i64>, Error> {
    fn scaled(ys: &[i64], k: i64) -> Generator<'_, i64, Result<(), Error>> {
        Generator::new(async move |yields| {
            let _depth = decline::enter();
            for &y in ys {
                yields.give(y.strict_mul(k)).await;
            }
            if !ys.is_empty() {
                for item in scaled(seq::slice(ys, 1..), k) {
                    let item = item?;
                    yields.give(item).await;
                }
            }
            Ok(())
        })
    }
    scaled(xs, k).collect::<Result<Vec<i64>, Error>>()
}

pub fn total(xs: &[i64]) -> i64 {
    let mut result: i64 = 0;
    for x in evens(xs) {
        result = result.strict_add(x);
    }
    result
}

pub fn stops_early(n: i64, at: i64) -> i64 {
    let mut x: i64;
    'search: {
        for x_next in noisy(n) {
            x = x_next;
            out::write(&format!("got {x}\n"));
            if x >= at {
                break 'search;
            }
        }
        return -1;
    }
    x
}

pub fn errors_where_they_are(text: &str) -> Result<String, Error> {
    let mut seen = String::new();
    match (|| -> Result<(), Error> {
        for d in digits(text) {
            let d = d?;
            seen.push_str(&d.strict_add(1).to_string());
        }
        Ok(())
    })() {
        Ok(()) => (),
        Err(caught) if caught.is_value_error() => {
            seen.push_str(&format!(" ({})", caught.message()));
        }
        Err(caught) => return Err(caught),
    }
    Ok(seen)
}

#[allow(clippy::type_complexity)]
pub fn consumed(text: &str) -> Result<(Vec<i64>, i64, i64, Vec<i64>, Set<i64>, Vec<i64>), Error> {
    Ok((
        digits(text).collect::<Result<Vec<i64>, Error>>()?,
        {
            let mut total: i64 = 0;
            for item in digits(text) {
                let item = item?;
                total = total.strict_add(item);
            }
            total
        },
        extremes::max_or(digits(text).collect::<Result<Vec<i64>, Error>>()?, -1),
        {
            let mut sorted: Vec<i64> = digits(text).collect::<Result<Vec<i64>, Error>>()?;
            sorted.sort_unstable();
            sorted.reverse();
            sorted
        },
        set::from_items(digits(text).collect::<Result<Vec<i64>, Error>>()?),
        digits(text).collect::<Result<Vec<i64>, Error>>()?,
    ))
}

pub fn tested(text: &str, k: i64) -> Result<(bool, bool, bool, bool), Error> {
    Ok((
        'search: {
            for item in digits(text) {
                let item = item?;
                if item == k {
                    break 'search true;
                }
            }
            false
        },
        'search_2: {
            for d in digits(text) {
                let d = d?;
                if d > k {
                    break 'search_2 true;
                }
            }
            false
        },
        'search_3: {
            for item_2 in digits(text) {
                let item_2 = item_2?;
                if item_2 == 0 {
                    break 'search_3 false;
                }
            }
            true
        },
        evens(&[k, 2]).any(|item_3| item_3 == k),
    ))
}

pub fn paired(text: &str, xs: &[i64]) -> Result<Vec<i64>, Error> {
    itertools::zip_raising(digits(text), evens(xs))
        .map(|item| -> Result<i64, Error> {
            let (d, x) = item?;
            Ok(d.strict_mul(x))
        })
        .collect::<Result<Vec<i64>, Error>>()
}

pub fn numbered(text: &str) -> Result<Dict<i64, i64>, Error> {
    Ok({
        let mut items = dict::Dict::default();
        for (i, d) in (1_i64..).zip(digits(text)) {
            let d = d?;
            items.insert(i, d);
        }
        items
    })
}

pub fn texts(xs: &[i64], by: &[i64]) -> Result<String, Error> {
    Ok(ratios(xs, by)
        .map(|item| -> Result<String, Error> {
            let (q, r) = item?;
            Ok(format!("{q}r{r}"))
        })
        .collect::<Result<Vec<String>, Error>>()?
        .join(";"))
}

pub fn first_primes(n: i64) -> Result<Vec<i64>, Error> {
    let mut found: Vec<i64> = Vec::new();
    for (i, p) in primes().enumerate() {
        let i = i as i64;
        let p = p?;
        if i >= n {
            break;
        }
        found.push(p);
    }
    Ok(found)
}

pub fn emptied(xs: &mut Vec<i64>) -> Result<(Vec<i64>, i64), Error> {
    let taken = taking(xs).collect::<Result<Vec<i64>, Error>>()?;
    Ok((taken, xs.len() as i64))
}

pub fn moves(n: i64) -> Result<i64, Error> {
    int::try_sum(hanoi(n, "a", "b", "c").map(|item| -> Result<i64, Error> {
        item?;
        Ok(1)
    }))
}
