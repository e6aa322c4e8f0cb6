//! Floats, bit for bit.

use crate::error::Error;
use crate::runtime::extremes;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::repr;

pub fn floor(a: f64, b: f64) -> Result<(f64, f64), Error> {
    Ok((float::floor_div(a, b)?, float::floor_mod(a, b)?))
}

pub fn both(a: f64, b: f64) -> Result<(f64, f64), Error> {
    float::divmod(a, b)
}

pub fn divide(a: f64, b: f64) -> Result<f64, Error> {
    float::div(a, b)
}

pub fn power(a: f64, b: f64) -> Result<f64, Error> {
    float::pow(a, b)
}

pub fn mixed(n: i64, x: f64) -> Result<Vec<f64>, Error> {
    Ok(vec![
        n as f64 + x,
        n as f64 - x,
        x * n as f64,
        int::true_div(n, 2)?,
        float::floor_div(x, 2.0)?,
        float::pow(n as f64, 0.5)?,
    ])
}

pub fn compare(n: i64, x: f64) -> Vec<bool> {
    vec![
        float::gt_int(x, n),
        float::eq_int(x, n),
        float::le_int(x, n),
        !float::eq_int(x, n),
        x > 0.0 && float::le_int(x, n),
    ]
}

pub fn rounded(x: f64) -> Vec<f64> {
    vec![
        float::round_to(x, 2),
        float::round_to(x, -1),
        float::round_to(x, 0),
    ]
}

pub fn whole(x: f64) -> Result<i64, Error> {
    float::round(x)
}

pub fn parts(x: f64) -> Result<(i64, i64, i64), Error> {
    Ok((int::from_float(x)?, float::floor(x)?, float::ceil(x)?))
}

pub fn total(numbers: &[f64]) -> f64 {
    float::sum(numbers.iter().copied())
}

/// ```text
/// >>> mean([1.0, 2.0])
/// 1.5
/// ```
pub fn mean(numbers: &[f64]) -> Result<f64, Error> {
    float::div(float::sum(numbers.iter().copied()), numbers.len() as f64)
}

pub fn extremes(numbers: &[f64]) -> Result<(f64, f64), Error> {
    Ok((
        extremes::min(numbers.iter().cloned())?,
        extremes::max(numbers.iter().cloned())?,
    ))
}

pub fn nan_order(a: f64, b: f64) -> (bool, bool, bool, f64, f64) {
    (
        a < b,
        a == b,
        a != b,
        extremes::min2(a, b),
        extremes::max2(a, b),
    )
}

pub fn negated(x: f64) -> Vec<f64> {
    vec![-x, x, x.abs(), -x * 0.0]
}

pub fn text(x: f64) -> String {
    format!("{}{}", float::repr(x), repr::repr(&x))
}
