//! Whole numbers: signs, shifts, powers, and the edge of 64 bits.

use crate::error::Error;
use crate::runtime::int;

/// Quotient and remainder have the divisor's sign.
pub fn floor(a: i64, b: i64) -> Result<(i64, i64), Error> {
    Ok((int::floor_div(a, b)?, int::floor_mod(a, b)?))
}

pub fn both(a: i64, b: i64) -> Result<(i64, i64), Error> {
    int::divmod(a, b)
}

pub fn by_constants(n: i64) -> Vec<i64> {
    vec![
        n.div_euclid(7),
        n.rem_euclid(7),
        int::floor_div_nonzero(n, -7),
        int::floor_mod_nonzero(n, -7),
        n.div_euclid(1),
        n.rem_euclid(1),
        n.strict_neg().div_euclid(2),
        n.div_euclid(2).strict_neg(),
    ]
}

pub fn power(base: i64, exponent: i64) -> i64 {
    int::pow(base, exponent)
}

pub fn powers_of_two(n: i64) -> i64 {
    int::pow(2, n.rem_euclid(10)) + int::pow(-2, 3) - int::pow(-2, 2)
}

pub fn modular(base: i64, exponent: i64, modulus: i64) -> Result<i64, Error> {
    int::pow_mod(base, exponent, modulus)
}

pub fn shifts(n: i64, by: i64) -> Result<(i64, i64), Error> {
    Ok((int::shl(n, by)?, int::shr(n, by)?))
}

pub fn bits(a: i64, b: i64) -> Vec<i64> {
    vec![a & b, a | b, a ^ b, !a, a.strict_neg(), a, a & 255, a | 1]
}

pub fn sums(a: i64, b: i64) -> Vec<i64> {
    vec![a.strict_add(b), a.strict_sub(b), a.strict_mul(b)]
}

pub fn true_division(a: i64, b: i64) -> Result<f64, Error> {
    int::true_div(a, b)
}

pub fn chained(a: i64, b: i64, c: i64) -> bool {
    a < b && b <= c && c != 0
}

pub fn clamp(n: i64, low: i64, high: i64) -> i64 {
    if n < low {
        return low;
    } else if n > high {
        return high;
    }
    n
}

/// Steps until 1.
pub fn collatz(mut n: i64) -> i64 {
    let mut steps: i64 = 0;
    while n != 1 {
        n = if n.rem_euclid(2) == 0 {
            n.div_euclid(2)
        } else {
            3_i64.strict_mul(n).strict_add(1)
        };
        steps = steps.strict_add(1);
    }
    steps
}

pub fn gcd(mut a: i64, mut b: i64) -> Result<i64, Error> {
    while b != 0 {
        (a, b) = (b, int::floor_mod(a, b)?);
    }
    Ok(a.strict_abs())
}

pub fn mixed(flag: bool, n: i64) -> i64 {
    i64::from(flag)
        .strict_add(n.strict_mul(i64::from(true)))
        .strict_sub(i64::from(!flag))
}

pub fn augmented(mut n: i64, by: i64) -> Result<Vec<i64>, Error> {
    let mut results: Vec<i64> = Vec::new();
    n = n.strict_add(by);
    results.push(n);
    n = n.strict_sub(1);
    results.push(n);
    n = n.strict_mul(by);
    results.push(n);
    n = n.div_euclid(3);
    results.push(n);
    n = n.rem_euclid(5);
    results.push(n);
    n = int::pow(n, 2);
    results.push(n);
    n = int::shl(n, 3)?;
    results.push(n);
    n >>= 1;
    results.push(n);
    n |= 8;
    n &= 15;
    n ^= 3;
    results.push(n);
    Ok(results)
}
