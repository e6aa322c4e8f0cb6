//! Tuples of many parts, which cross between Python and Rust.

use crate::runtime::int;

pub fn nine(n: i64, x: f64) -> (i64, f64, i64, f64, i64, f64, String, bool, i64) {
    (
        n,
        x,
        n.strict_add(1),
        x / 2.0,
        n.strict_add(2),
        x / 4.0,
        n.to_string(),
        n > 0,
        n.strict_neg(),
    )
}

#[allow(clippy::type_complexity)]
pub fn total(
    parts: &(
        i64,
        i64,
        i64,
        i64,
        i64,
        i64,
        i64,
        i64,
        i64,
        i64,
        i64,
        Vec<i64>,
    ),
) -> i64 {
    parts
        .8
        .strict_add(parts.9)
        .strict_add(parts.10)
        .strict_add(int::sum(parts.11.iter().copied()))
}
