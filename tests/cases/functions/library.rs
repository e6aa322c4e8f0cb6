//! math, functools, itertools and collections.

use crate::error::Error;
use crate::runtime::collections;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::itertools;
use crate::runtime::math;
use std::collections::VecDeque;

pub fn mathematics(x: f64) -> Result<Vec<f64>, Error> {
    Ok(vec![
        math::sqrt(x.abs())?,
        math::hypot(x, 3.0),
        math::copysign(1.0, x),
    ])
}

pub fn wholes(n: i64, x: f64) -> Result<Vec<i64>, Error> {
    Ok(vec![
        int::gcd(n, 12),
        int::factorial(n.strict_abs() % 10)?,
        float::floor(x)?,
        int::isqrt(n.strict_abs())?,
    ])
}

pub fn root(x: f64) -> Result<f64, Error> {
    math::sqrt(x)
}

pub fn logarithm(x: f64) -> Result<f64, Error> {
    math::log(x)
}

pub fn combinations(n: i64, k: i64) -> Result<i64, Error> {
    int::comb(n, k)
}

pub fn product(xs: &[i64]) -> i64 {
    let mut total: i64 = 1;
    for b in xs.iter().copied() {
        total = total.strict_mul(b);
    }
    total
}

pub fn chained(a: &[i64], b: &[i64]) -> Vec<i64> {
    a.iter()
        .copied()
        .chain(b.iter().copied())
        .collect::<Vec<i64>>()
}

pub fn pairs(xs: &[i64]) -> Vec<(i64, i64)> {
    itertools::combinations2(xs.iter().copied()).collect::<Vec<(i64, i64)>>()
}

pub fn cycled(s: &str) -> Vec<String> {
    s.chars()
        .zip(itertools::cycle("xy".chars().map(|item| item.to_string())))
        .map(|(a, b)| format!("{a}{b}"))
        .collect::<Vec<String>>()
}

pub fn common(s: &str) -> Vec<(String, i64)> {
    collections::most_common(
        &collections::counter(s.chars().map(|item| item.to_string())),
        None,
    )
}

pub fn rotated(xs: &[i64]) -> Result<Vec<i64>, Error> {
    let mut queue = VecDeque::from(xs.to_vec());
    queue.push_back(9);
    let value = collections::deque_pop(&mut queue)?;
    queue.push_front(value);
    let value_2 = collections::deque_pop_left(&mut queue)?;
    queue.push_back(value_2);
    Ok(queue.iter().copied().collect::<Vec<i64>>())
}

pub fn running(xs: &[i64]) -> Vec<i64> {
    itertools::accumulate(xs.iter().copied(), |a, b| a.strict_add(b)).collect::<Vec<i64>>()
}
