//! Python's integers of any size; what would take very long or very much declines.

use crate::error::Error;
use crate::runtime::decline::{decline, or_decline};
use crate::runtime::int;
use num_bigint::BigInt;
use num_integer::Integer;

/// Beyond this many bits a result declines: Python answers, or runs out of memory in its own way.
const MOST_BITS: u64 = 1 << 24;

/// Beyond this many bits CPython may refuse to write a number in decimal.
const MOST_DECIMAL_BITS: u64 = 14_000;

/// The number as an `i64`; one that does not fit declines.
pub fn small(a: &BigInt) -> i64 {
    or_decline(i64::try_from(a).ok(), "an integer beyond i64")
}

/// `str(a)`.
pub fn text(a: &BigInt) -> String {
    if a.bits() > MOST_DECIMAL_BITS {
        decline("the digits of a very long integer");
    }
    a.to_string()
}

/// `a // b`.
pub fn floor_div(a: &BigInt, b: &BigInt) -> Result<BigInt, Error> {
    if *b == BigInt::ZERO {
        return Err(Error::ZeroDivisionError(
            "integer division or modulo by zero".to_string(),
        ));
    }
    Ok(Integer::div_floor(a, b))
}

/// `a % b`.
pub fn floor_mod(a: &BigInt, b: &BigInt) -> Result<BigInt, Error> {
    if *b == BigInt::ZERO {
        return Err(Error::ZeroDivisionError(
            "integer modulo by zero".to_string(),
        ));
    }
    Ok(Integer::mod_floor(a, b))
}

/// `a % b`, which fits where `b` does.
pub fn rest(a: &BigInt, b: i64) -> Result<i64, Error> {
    Ok(small(&floor_mod(a, &BigInt::from(b))?))
}

/// `a / b`; integers beyond i64 decline.
pub fn true_div(a: &BigInt, b: &BigInt) -> Result<f64, Error> {
    int::true_div(small(a), small(b))
}

/// `a ** b`; a negative exponent declines.
pub fn pow(a: &BigInt, b: i64) -> BigInt {
    let exponent = or_decline(u32::try_from(b).ok(), "a negative power, or a very large one");
    if a.bits() > 1 && a.bits() * u64::from(exponent) > MOST_BITS {
        decline("a very long power");
    }
    a.pow(exponent)
}

/// `a << b`.
pub fn shl(a: &BigInt, b: i64) -> Result<BigInt, Error> {
    let count = shift(b)?;
    if a.bits() + count > MOST_BITS {
        decline("a very long shift");
    }
    Ok(a << count)
}

/// `a >> b`.
pub fn shr(a: &BigInt, b: i64) -> Result<BigInt, Error> {
    Ok(a >> shift(b)?)
}

fn shift(b: i64) -> Result<u64, Error> {
    u64::try_from(b).map_err(|_| Error::ValueError("negative shift count".to_string()))
}
