//! Tests that the declared types decide, beside ones that they don't.

use crate::error::Error;

/// Only ints pass: a float never does.
///
/// ```text
/// >>> area(2.5)
/// Traceback (most recent call last):
/// ValueError: an int that is not negative is wanted
/// ```
pub fn area(_edge: f64) -> Result<f64, Error> {
    Err(Error::ValueError(
        "an int that is not negative is wanted".to_string(),
    ))
}

/// Half of a number.
///
/// ```text
/// >>> half(9)
/// 4
/// ```
pub fn half(n: i64) -> Result<i64, Error> {
    if n < 0 {
        return Err(Error::ValueError("negative".to_string()));
    }
    Ok(n.div_euclid(2))
}

/// The first operand is not asked for: it only compares.
pub fn number(_x: f64) -> String {
    "number".to_string()
}
