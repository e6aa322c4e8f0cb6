//! Iterators with names, `next` and its end.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::generator::Generator;
use crate::runtime::int;
use crate::runtime::itertools;
use crate::runtime::text;

pub fn evens(xs: &[i64]) -> Generator<'_, i64> {
    Generator::new(async move |yields| {
        for &x in xs {
            if x.rem_euclid(2) == 0 {
                yields.give(x).await;
            }
        }
    })
}

pub fn digits(s: &str) -> Generator<'_, i64, Result<(), Error>> {
    Generator::new(async move |yields| {
        for c in s.chars() {
            yields.give(int::from_char(c)?).await;
        }
        Ok(())
    })
}

pub fn head_and_rest(xs: &[i64]) -> Result<(i64, Vec<i64>), Error> {
    let mut it = xs.iter().copied();
    let first = it
        .next()
        .ok_or_else(|| Error::StopIteration(String::new()))?;
    Ok((first, it.by_ref().collect::<Vec<i64>>()))
}

pub fn head_or(xs: &[i64], d: i64) -> i64 {
    xs.iter().copied().next().unwrap_or(d)
}

pub fn first_even(xs: &[i64]) -> Option<i64> {
    xs.iter().find(|&&x| x.rem_euclid(2) == 0).copied()
}

pub fn first_long(xs: &[String]) -> String {
    xs.iter()
        .filter(|&x| x.chars().count() > 2)
        .map(|item| item.to_string())
        .next()
        .unwrap_or_default()
}

pub fn skips(text: &str) -> Result<Vec<String>, Error> {
    let mut out: Vec<String> = Vec::new();
    let mut it = text.chars().map(|item| item.to_string());
    while let Some(mut c) = it.next() {
        if c == "\\" {
            c = match it.next().ok_or_else(|| Error::StopIteration(String::new())) {
                Ok(value) => value,
                Err(error) if error.is_stop_iteration() => {
                    out.push("!".to_string());
                    break;
                }
                Err(error) => return Err(error),
            };
        }
        out.push(c);
    }
    Ok(out)
}

pub fn paired(xs: &[i64]) -> Vec<(i64, i64)> {
    let mut it = xs.iter().copied();
    let mut out: Vec<(i64, i64)> = Vec::new();
    loop {
        let a = it.next();
        let b = it.next();
        if a.is_none() || b.is_none() {
            return out;
        }
        out.push((a.unwrap(), b.unwrap()));
    }
}

pub fn gen_named(xs: &[i64]) -> i64 {
    let mut g = evens(xs);
    let mut total: i64 = 0;
    for x in g.by_ref() {
        total = total.strict_add(x);
        if total > 10 {
            break;
        }
    }
    total.strict_mul(100).strict_add(int::sum(g.by_ref()))
}

pub fn gen_raises(s: &str) -> Result<(i64, i64), Error> {
    let mut g = digits(s);
    let a = g.next().transpose()?.unwrap_or(-1);
    let b = g.next().transpose()?.unwrap_or(-1);
    Ok((a, b))
}

pub fn expr_named(xs: &[i64], k: i64) -> (i64, i64) {
    let mut g = xs.iter().map(|&x| x.strict_mul(k));
    let a = g.next().unwrap_or(0);
    (a, int::sum(g.by_ref()))
}

pub fn zipped(xs: &[i64], ys: &[String]) -> String {
    let pairs = xs.iter().zip(ys).map(|(&a, b)| (a, b.to_string()));
    let mut out = String::new();
    for (a, b) in pairs {
        out.push_str(&format!("{a}{b}"));
    }
    out
}

pub fn counter(xs: &[String]) -> Result<Dict<String, i64>, Error> {
    let mut ids = itertools::count(1, 1);
    let mut out: Dict<String, i64> = dict::Dict::default();
    for x in xs {
        if !out.contains_key(x) {
            let value = ids
                .next()
                .ok_or_else(|| Error::StopIteration(String::new()))?;
            out.insert(x.to_string(), value);
        }
    }
    Ok(out)
}

pub fn mapped(xs: &[String]) -> Result<i64, Error> {
    let mut numbers = xs.iter().map(|x| int::parse(x));
    Ok(numbers
        .next()
        .transpose()?
        .ok_or_else(|| Error::StopIteration(String::new()))?
        .strict_add({
            let mut total: i64 = 0;
            for item in numbers.by_ref() {
                let item = item?;
                total = total.strict_add(item);
            }
            total
        }))
}

pub fn chunks(xs: &[i64]) -> Generator<'_, (i64, i64)> {
    Generator::new(async move |yields| {
        let mut it = xs.iter().copied();
        while let Some(a) = it.next() {
            let b = it.next().unwrap_or(0);
            yields.give((a, b)).await;
        }
    })
}

pub fn chunked(xs: &[i64]) -> Vec<(i64, i64)> {
    chunks(xs).collect::<Vec<(i64, i64)>>()
}

pub fn cycled(xs: &[String], n: i64) -> Result<String, Error> {
    let mut c = itertools::cycle(xs.iter().map(|item| item.to_string()));
    let mut out = String::new();
    for _ in 0..n {
        out.push_str(
            &c.next()
                .ok_or_else(|| Error::StopIteration(String::new()))?,
        );
    }
    Ok(out)
}

pub fn lines(text: &str) -> Vec<String> {
    let mut it = text::lines(text).map(|item| item.to_string());
    let head = it.next().unwrap_or_default();
    it.by_ref()
        .map(|line| format!("{head}{line}"))
        .collect::<Vec<String>>()
}

pub fn seen_twice(xs: &[i64]) -> (Vec<i64>, Vec<i64>) {
    let mut r = xs.iter().rev().copied();
    (
        r.by_ref().collect::<Vec<i64>>(),
        r.by_ref().collect::<Vec<i64>>(),
    )
}

/// `map` goes on after an error, a generator expression is at its end.
pub fn goes_on(xs: &[String]) -> Result<i64, Error> {
    let mut mapped = xs.iter().map(|x| int::parse(x));
    let mut a: i64 = 0;
    match (|| -> Result<(), Error> {
        a = mapped
            .next()
            .transpose()?
            .ok_or_else(|| Error::StopIteration(String::new()))?;
        Ok(())
    })() {
        Ok(()) => (),
        Err(error) if error.is_value_error() => {
            a = -1;
        }
        Err(error) => return Err(error),
    }
    Ok(a.strict_mul(100)
        .strict_add(mapped.next().transpose()?.unwrap_or(-2)))
}

pub fn is_at_its_end(xs: &[String]) -> Result<i64, Error> {
    let mut made = itertools::until_error(xs.iter().map(|x| int::parse(x)));
    let mut a: i64 = 0;
    match (|| -> Result<(), Error> {
        a = made
            .next()
            .transpose()?
            .ok_or_else(|| Error::StopIteration(String::new()))?;
        Ok(())
    })() {
        Ok(()) => (),
        Err(error) if error.is_value_error() => {
            a = -1;
        }
        Err(error) => return Err(error),
    }
    Ok(a.strict_mul(100)
        .strict_add(made.next().transpose()?.unwrap_or(-2)))
}

pub fn stop_in_a_test(xs: &[i64]) -> Result<Vec<i64>, Error> {
    let mut it = xs.iter().copied();
    Ok({
        let mut items = Vec::new();
        for &x in xs {
            if x != it
                .next()
                .ok_or_else(|| Error::StopIteration(String::new()))?
            {
                items.push(x);
            }
        }
        items
    })
}
