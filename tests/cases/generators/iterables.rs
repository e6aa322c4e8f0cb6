//! Parameters that are only iterated: lists and tuples are lent, iterators collected where nobody can tell.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::float;
use crate::runtime::generator::Generator;
use crate::runtime::int;
use crate::runtime::seq;

pub fn total(xs: &[i64]) -> i64 {
    let mut t: i64 = 0;
    for &x in xs {
        t = t.strict_add(x);
    }
    t
}

pub fn mean(xs: &[f64]) -> Result<f64, Error> {
    float::div(float::sum(xs.iter().copied()), xs.to_vec().len() as f64)
}

pub fn joined(words: &[String], sep: &str) -> String {
    words.join(sep)
}

pub fn has(xs: &[i64], k: i64) -> bool {
    xs.contains(&k) && xs.len() > 1
}

pub fn rebound(xs: &[i64]) -> Vec<i64> {
    let mut xs = xs.to_vec();
    xs.push(1);
    xs
}

pub fn pairs(xs: &[(i64, String)]) -> Dict<i64, String> {
    dict::from_pairs(xs.iter().map(|(a, b)| {
        let a = *a;
        (a, b.to_string())
    }))
}

pub fn evens(xs: &[i64]) -> Generator<'_, i64> {
    Generator::new(async move |yields| {
        for &x in xs {
            if x.rem_euclid(2) == 0 {
                yields.give(x).await;
            }
        }
    })
}

pub fn chunked(xs: &[i64], n: i64) -> Generator<'_, Vec<i64>> {
    Generator::new(async move |yields| {
        let mut part: Vec<i64> = Vec::new();
        for &x in xs {
            part.push(x);
            if part.len() as i64 == n {
                yields.give(part).await;
                part = Vec::new();
            }
        }
        if !part.is_empty() {
            yields.give(part).await;
        }
    })
}

pub fn polymod(values: &[i64]) -> i64 {
    let mut chk: i64 = 1;
    for &v in values {
        chk = chk.strict_mul(31).strict_add(v).rem_euclid(1023);
    }
    chk
}

pub fn calls(n: i64, s: &str, d: &Dict<i64, i64>, p: (i64, i64)) -> Vec<i64> {
    vec![
        total(&(0..n).collect::<Vec<i64>>()),
        total(&[1_i64, n]),
        total(&[n, 2]),
        total(&[p.0, p.1]),
        total(&(0_i64..3).map(|x| x * 2).collect::<Vec<i64>>()),
        total(&d.keys().copied().collect::<Vec<i64>>()),
        total(&d.values().copied().collect::<Vec<i64>>()),
        total(
            &<[_; 2]>::from(p)
                .into_iter()
                .map(|x_2| x_2.strict_abs())
                .collect::<Vec<i64>>(),
        ),
        joined(
            &s.chars()
                .map(|item| item.to_string())
                .collect::<Vec<String>>(),
            ",",
        )
        .chars()
        .count() as i64,
        joined(
            &s.chars().map(|c| c.to_string()).collect::<Vec<String>>(),
            ",",
        )
        .chars()
        .count() as i64,
        polymod(&seq::concat(
            &s.chars().map(chars::ord).collect::<Vec<i64>>(),
            &[0_i64, 0],
        )),
        int::sum(evens(&(0..n).collect::<Vec<i64>>())),
        evens(&[p.0, p.1]).collect::<Vec<i64>>().len() as i64,
    ]
}

pub fn maybe(xs: Option<&[i64]>) -> i64 {
    let Some(xs) = xs else {
        return 0;
    };
    int::sum(xs.iter().copied())
}

pub fn maybe_calls(n: i64) -> i64 {
    maybe(Some(&[n]))
        .strict_add(maybe(None))
        .strict_add(maybe(Some(&[1_i64, 2])))
}

pub fn both(a: &[i64], b: &[i64]) -> i64 {
    int::sum(a.iter().zip(b).map(|(&x, &y)| x.strict_mul(y))).strict_add(a.len() as i64)
}

pub fn sorted_rest(xs: &[i64], k: i64) -> Result<Vec<i64>, Error> {
    if k < 0 {
        return Err(Error::ValueError("k".to_string()));
    }
    let mut xs = {
        let mut sorted: Vec<i64> = xs.to_vec();
        sorted.sort_unstable();
        sorted
    };
    for i in 0..xs.len() as i64 {
        let x = xs[i as usize];
        xs[i as usize] = x.strict_add(k);
    }
    Ok(xs)
}

pub fn head(xs: &[String]) -> (String, Vec<String>) {
    let mut xs = xs.iter().map(|item| item.to_string());
    let first = xs.next().unwrap_or_default();
    (first, xs.by_ref().collect::<Vec<String>>())
}

pub fn clipped(xs: &[String]) -> i64 {
    let xs = xs.to_vec();
    xs.len() as i64
}
