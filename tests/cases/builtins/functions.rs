//! Builtins on the types that the compiler knows.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::range;
use crate::runtime::repr;
use crate::runtime::text;
use crate::runtime::value::Value;
use crate::unions::IntOrStr;

pub fn numbers(n: i64, x: f64) -> Vec<f64> {
    vec![
        x.abs(),
        float::round_to(x, 1),
        n as f64,
        extremes::min2(extremes::min2(x, 2.5), -1.0),
    ]
}

pub fn wholes(n: i64) -> Vec<i64> {
    vec![n.strict_abs(), n.max(3), n.min(5).min(-2), int::pow(2, 3)]
}

/// A list that holds both ints and floats.
pub fn mixed(n: i64, x: &Value) -> Vec<Value> {
    vec![Value::Int(n), x.clone()]
}

pub fn parsed(s: &str, base: i64) -> Result<i64, Error> {
    int::parse_base(s, base)
}

pub fn real(s: &str) -> Result<f64, Error> {
    float::parse(s)
}

pub fn whole(s: &str) -> Result<i64, Error> {
    int::parse(s)
}

pub fn characters(n: i64) -> Result<String, Error> {
    Ok(format!(
        "{}{}{}{}",
        chars::chr(n)?,
        int::hex(n),
        int::oct(n),
        int::bin(n)
    ))
}

pub fn code(s: &str) -> Result<i64, Error> {
    text::ord(s)
}

pub fn zipped(a: &[i64], b: &str, c: &[f64]) -> Vec<(i64, String, f64)> {
    a.iter()
        .zip(b.chars())
        .zip(c)
        .map(|((a, b), c)| (a, b, c))
        .map(|(&a, b, &c)| (a, b.to_string(), c))
        .collect::<Vec<(i64, String, f64)>>()
}

pub fn numbered(xs: &[String], start: i64) -> Vec<(i64, String)> {
    (start..)
        .zip(xs.iter())
        .map(|(a, b)| (a, b.to_string()))
        .collect::<Vec<(i64, String)>>()
}

pub fn backwards(xs: &[i64], s: &str) -> (Vec<i64>, Vec<String>) {
    (
        xs.iter().rev().copied().collect::<Vec<i64>>(),
        s.chars()
            .rev()
            .map(|item| item.to_string())
            .collect::<Vec<String>>(),
    )
}

pub fn extremes(xs: &[String]) -> Result<(String, String), Error> {
    Ok((
        extremes::max(xs.iter().cloned())?,
        extremes::min_by_key(xs.iter().cloned(), |x| x.chars().count() as i64)?,
    ))
}

pub fn with_default(xs: &[i64]) -> (i64, i64) {
    (
        extremes::max_or(xs.iter().cloned(), -1),
        extremes::min_or(xs.iter().cloned(), 0),
    )
}

pub fn sums(xs: &[i64], start: i64) -> (i64, i64, i64) {
    (
        int::sum(xs.iter().copied()),
        start.strict_add(int::sum(xs.iter().copied())),
        int::sum(xs.iter().map(|&x| x.strict_mul(x))),
    )
}

pub fn tests_(xs: &[i64]) -> (bool, bool, bool) {
    (
        xs.iter().any(|&x_2| x_2 != 0),
        xs.iter().all(|&x_3| x_3 != 0),
        xs.iter().any(|&x| x > 3),
    )
}

pub fn ranges(a: i64, b: i64, c: i64) -> Result<Vec<i64>, Error> {
    Ok(range::range(a, b, c)?.collect::<Vec<i64>>())
}

pub fn inside(n: i64) -> Vec<bool> {
    vec![
        (0..5).contains(&n),
        (2..n.strict_add(3)).contains(&n),
        matches!(n, 1 | 2),
        matches!(n, 3 | 4),
        matches!(n, 5),
    ]
}

pub fn lengths(s: &str, xs: &[i64], d: &Dict<String, i64>, t: &[i64], b: &[u8]) -> i64 {
    s.chars().count() as i64
        + xs.len() as i64 * 10
        + d.len() as i64 * 100
        + t.len() as i64 * 1000
        + b.len() as i64 * 10000
}

pub fn converted(s: &str, xs: &[i64], flag: bool) -> Vec<String> {
    let mut items = s
        .chars()
        .map(|item| item.to_string())
        .collect::<Vec<String>>();
    items.extend(xs.iter().map(|&x| x.to_string()).collect::<Vec<String>>());
    items.push(i64::from(flag).to_string());
    items.push(repr::of_bool(!s.is_empty()).to_string());
    items.push(float::repr(i64::from(flag) as f64));
    items.push(repr::repr(&{
        let mut sorted: Vec<String> = s.chars().map(|item| item.to_string()).collect();
        sorted.sort();
        sorted
    }));
    items
}

pub fn kinds(x: Option<&IntOrStr>) -> String {
    let Some(x) = x else {
        return "none".to_string();
    };
    if let IntOrStr::Str(_) = x {
        return "str".to_string();
    }
    "int".to_string()
}

pub fn largest(pairs: &[(i64, String)]) -> Result<(i64, String), Error> {
    extremes::max(pairs.iter().cloned())
}
