//! Functions inside functions that call themselves, change what they capture, or bind it again; cycles.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::int;
use crate::runtime::math;
use crate::runtime::seq;
use crate::runtime::text;
use std::borrow::Cow;

pub fn reachable(edges: &Dict<i64, Vec<i64>>, start: i64) -> Result<Vec<i64>, Error> {
    let mut seen: Vec<i64> = Vec::new();
    fn visit(node: i64, edges: &Dict<i64, Vec<i64>>, seen: &mut Vec<i64>) -> Result<(), Error> {
        let _depth = decline::enter();
        if !seen.contains(&node) {
            seen.push(node);
            for &neighbour in edges.get(&node).map(Vec::as_slice).unwrap_or_default() {
                visit(neighbour, edges, seen)?;
            }
        }
        Ok(())
    }
    visit(start, edges, &mut seen)?;
    Ok(seen)
}

pub fn ways(options: &[i64], target: i64) -> Result<i64, Error> {
    fn count(left: i64, options: &[i64]) -> Result<i64, Error> {
        let _depth = decline::enter();
        if left < 0 {
            return Ok(0);
        }
        if left == 0 {
            return Ok(1);
        }
        int::try_sum(
            options
                .iter()
                .map(|&option| count(left.strict_sub(option), options)),
        )
    }
    count(target, options)
}

pub fn tally(words: &[String]) -> Result<i64, Error> {
    let mut total: i64 = 0;
    let mut longest = 0.5;
    fn note(word: &str, weight: i64, longest: &mut f64, total: &mut i64) {
        *total = total.strict_add((word.chars().count() as i64).strict_mul(weight));
        *longest = extremes::max2(*longest, word.chars().count() as f64);
    }
    for word in words {
        note(word, 2, &mut longest, &mut total);
        note(word, 3, &mut longest, &mut total);
    }
    note("abc", 1, &mut longest, &mut total);
    Ok(total.strict_mul(10).strict_add(int::from_float(longest)?))
}

pub fn counter_down(n: i64) -> Result<i64, Error> {
    let mut steps: i64 = 0;
    fn down(k: i64, steps: &mut i64) -> Result<i64, Error> {
        let _depth = decline::enter();
        *steps = steps.strict_add(1);
        if k <= 0 {
            return Ok(*steps);
        }
        down(k.strict_sub(1), steps)?;
        Ok(steps.strict_mul(2))
    }
    let last = down(n, &mut steps)?;
    Ok(last.strict_mul(1000).strict_add(steps))
}

pub fn siblings(grid: &[Vec<i64>]) -> Result<i64, Error> {
    let mut cells = grid
        .iter()
        .map(|row| seq::slice(row, ..).to_vec())
        .collect::<Vec<Vec<i64>>>();
    let rows = cells.len() as i64;
    fn inside(row: i64, column: i64, cells: &[Vec<i64>], rows: i64) -> Result<bool, Error> {
        Ok(0 <= row && row < rows && (0 <= column && column < seq::at(cells, row)?.len() as i64))
    }
    fn fill(row: i64, column: i64, cells: &mut [Vec<i64>], rows: i64) -> Result<i64, Error> {
        let _depth = decline::enter();
        if !inside(row, column, cells, rows)? || *seq::at(seq::at(cells, row)?, column)? != 1 {
            return Ok(0);
        }
        seq::store(seq::at_mut(cells, row)?, column, 2)?;
        Ok(1_i64
            .strict_add(fill(row.strict_add(1), column, cells, rows)?)
            .strict_add(fill(row, column.strict_add(1), cells, rows)?)
            .strict_add(fill(row.strict_sub(1), column, cells, rows)?)
            .strict_add(fill(row, column.strict_sub(1), cells, rows)?))
    }
    let mut best: i64 = 0;
    for row in 0..rows {
        for column in 0..seq::at(&cells, row)?.len() as i64 {
            best = best.max(fill(row, column, &mut cells, rows)?);
        }
    }
    Ok(best)
}

pub fn rebound(n: i64) -> Vec<i64> {
    let scale: i64 = 1;
    let mut found: Vec<i64> = Vec::new();
    fn put(x: i64, found: &mut Vec<i64>, scale: i64) {
        found.push(x.strict_mul(scale));
    }
    put(n, &mut found, scale);
    let scale: i64 = 10;
    put(n, &mut found, scale);
    found
}

pub fn deeper(xs: &[i64]) -> Result<i64, Error> {
    let limit = xs.len() as i64;
    fn outer(i: i64, limit: i64, xs: &[i64]) -> Result<i64, Error> {
        let _depth = decline::enter();
        fn inner(j: i64, limit: i64, xs: &[i64]) -> Result<i64, Error> {
            let _depth = decline::enter();
            Ok((*seq::at(xs, j)?).strict_add(if j.strict_add(1) < limit {
                inner(j.strict_add(1), limit, xs)?
            } else {
                0
            }))
        }
        Ok(inner(i, limit, xs)?.strict_add(if i.strict_add(1) < limit {
            outer(i.strict_add(1), limit, xs)?
        } else {
            0
        }))
    }
    Ok(if !xs.is_empty() {
        outer(0, limit, xs)?
    } else {
        -1
    })
}

pub fn sort_in_place(xs: &[i64]) -> Result<Cow<'_, [i64]>, Error> {
    let _depth = decline::enter();
    fn merge(left: &mut Vec<i64>, right: &mut Vec<i64>) -> Result<Vec<i64>, Error> {
        let mut result: Vec<i64> = Vec::new();
        while !left.is_empty() && !right.is_empty() {
            result.push(if *seq::at(left, 0)? <= *seq::at(right, 0)? {
                seq::pop_at(left, 0)?
            } else {
                seq::pop_at(right, 0)?
            });
        }
        result.extend(left.iter().copied());
        result.extend(right.iter().copied());
        Ok(result)
    }
    if xs.len() <= 1 {
        return Ok(Cow::Borrowed(xs));
    }
    let middle = xs.len() as i64 / 2;
    Ok(Cow::Owned(merge(
        &mut sort_in_place(seq::slice(xs, ..middle))?.into_owned(),
        &mut sort_in_place(seq::slice(xs, middle..))?.into_owned(),
    )?))
}

pub fn difference(a: i64, b: i64) -> i64 {
    a.strict_sub(b)
}

pub fn bumps(n: i64) -> i64 {
    let mut x = n;
    fn bump(x: &mut i64) -> i64 {
        *x = x.strict_add(1);
        *x
    }
    let a = difference(x, bump(&mut x));
    let b = {
        let argument = x;
        let argument_2 = bump(&mut x);
        difference(argument_2, argument)
    };
    let c = x.strict_mul(10).strict_add(bump(&mut x)).strict_add(x);
    while x < n.strict_add(6) {
        let _ = bump(&mut x);
    }
    a.strict_add(b.strict_mul(100))
        .strict_add(c.strict_mul(10000))
        .strict_add(x)
}

pub fn steps(n: i64) -> Vec<i64> {
    let mut a: i64 = 0;
    let mut b: i64 = 1;
    let mut started = false;
    fn advance(a: &mut i64, b: &mut i64, started: &mut bool) -> i64 {
        let (part, part_2) = (*b, a.strict_add(*b));
        *a = part;
        *b = part_2;
        if !*started {
            *started = true;
        }
        let c = *a;
        let d = c;
        c.strict_add(d)
    }
    let found = (0..n)
        .map(|_| advance(&mut a, &mut b, &mut started))
        .collect::<Vec<i64>>();
    seq::concat(&found, &[a, b, i64::from(started)])
}

pub fn ping(log: &mut Vec<i64>, other: &mut Vec<i64>, n: i64) -> Result<(), Error> {
    let _depth = decline::enter();
    if n > 0 {
        pong(other, log, n.strict_sub(1))?;
    }
    Ok(())
}

pub fn pong(log: &mut Vec<i64>, other: &mut Vec<i64>, n: i64) -> Result<i64, Error> {
    let _depth = decline::enter();
    log.push(n);
    ping(log, other, n.strict_sub(1))?;
    Ok(n)
}

pub fn fact_with_owner(n: i64) -> Result<i64, Error> {
    let _depth = decline::enter();
    let times =
        |k: i64| -> Result<i64, Error> { Ok(k.strict_mul(fact_with_owner(k.strict_sub(1))?)) };
    Ok(if n > 0 { times(n)? } else { 1 })
}

pub fn caught(xs: &[i64]) -> Result<i64, Error> {
    let mut done: i64 = 0;
    fn take(i: i64, done: &mut i64, xs: &[i64]) -> Result<i64, Error> {
        *done = done.strict_add(1);
        Ok(*seq::at(xs, i)?)
    }
    match (|| -> Result<i64, Error> {
        Ok(take(0, &mut done, xs)?
            .strict_add(take(1, &mut done, xs)?)
            .strict_add(take(2, &mut done, xs)?))
    })() {
        Ok(value) => Ok(value),
        Err(error) if error.is_index_error() => Ok(done),
        Err(error) => Err(error),
    }
}

pub fn hidden_import(n: i64) -> Result<f64, Error> {
    fn root(k: i64) -> Result<f64, Error> {
        let _depth = decline::enter();
        Ok(math::sqrt(k as f64)? + if k > 1 { root(k.strict_sub(1))? } else { 0.0 })
    }
    root(n)
}

/// A nested function binds a text that it is lent.
pub fn shortened(a: &str, b: &str) -> Result<String, Error> {
    let without_start = |one: &str, other: &str| -> Result<String, Error> {
        let mut other = other.to_string();
        while !one.is_empty() && other.starts_with(text::char_at(one, 0)?) {
            other = text::slice(&other, 1..).to_string();
        }
        Ok(format!("{one}{other}"))
    };
    Ok(format!("{}{}", without_start(a, b)?, without_start(b, a)?))
}

/// A text that is a parameter of a nested function, bound again there and kept in a list.
pub fn matching(first: &str, second: &str) -> String {
    let shared = |one: &str, other: &str| -> String {
        let mut other = other.to_string();
        let mut found: Vec<String> = Vec::new();
        for char in one.chars() {
            if other.contains(char) {
                found.push(char.to_string());
                other = text::replace_n(&other, char.encode_utf8(&mut [0; 4]), "", 1);
            }
        }
        found.push(other.clone());
        found.iter().map(String::as_str).collect::<String>()
    };
    format!("{}{}", shared(first, second), shared(second, first))
}
