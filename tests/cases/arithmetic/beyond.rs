//! Translated from `cases/arithmetic/beyond.py`.

use crate::error::Error;
use crate::runtime::big;
use crate::runtime::chars;
use crate::runtime::decline;
use crate::runtime::int;
use crate::runtime::text;
use num_bigint::BigInt;

/// The product of the numbers up to n.
pub fn factorial(n: i64) -> Result<BigInt, Error> {
    if n < 0 {
        return Err(Error::ValueError("n is negative".to_string()));
    }
    let mut value = BigInt::from(1);
    for i in 1..n.strict_add(1) {
        value *= i;
    }
    Ok(value)
}

pub fn by_recursion(n: i64) -> Result<BigInt, Error> {
    let _depth = decline::enter();
    Ok(if matches!(n, 0 | 1) {
        BigInt::from(1)
    } else {
        n * by_recursion(n.strict_sub(1))?
    })
}

pub fn fibonacci(n: i64) -> BigInt {
    let (mut a, mut b) = (BigInt::ZERO, BigInt::from(1));
    for _ in 0..n {
        let (part_3, part_4) = (b.clone(), &a + &b);
        a = part_3;
        b = part_4;
    }
    a
}

pub fn choose(n: i64, k: i64) -> Result<BigInt, Error> {
    let mut result = BigInt::from(1);
    for i in 0..k.min(n.strict_sub(k)) {
        result = big::floor_div(&(&result * n.strict_sub(i)), &BigInt::from(i + 1))?;
    }
    Ok(result)
}

pub fn catalan(n: i64) -> Result<BigInt, Error> {
    big::floor_div(
        &factorial(2_i64.strict_mul(n))?,
        &(factorial(n)? * factorial(n.strict_add(1))?),
    )
}

/// The digits are short again.
pub fn digit_sum(n: i64) -> Result<i64, Error> {
    let mut rest = factorial(n)?;
    let mut total: i64 = 0;
    while rest > BigInt::ZERO {
        total = total.strict_add(big::rest(&rest, 10)?);
        rest = big::floor_div(&rest, &BigInt::from(10))?;
    }
    Ok(total)
}

pub fn shown(n: i64) -> Result<String, Error> {
    Ok(format!(
        "{n}! = {}, {}, {}",
        big::text(&factorial(n)?),
        text::char_at(&big::text(&factorial(n)?), 0)?,
        big::text(&-fibonacci(n))
    ))
}

pub fn compared(n: i64, m: i64) -> Result<Vec<bool>, Error> {
    let (a, b) = (factorial(n)?, factorial(m)?);
    Ok(vec![
        a == b,
        a < b,
        a >= BigInt::from(10),
        BigInt::from(10) < b,
        &a - &b != BigInt::ZERO,
        a == BigInt::ZERO,
        a == BigInt::from(int::pow(2, n)),
    ])
}

pub fn bits(n: i64) -> Result<Vec<String>, Error> {
    let x = factorial(n)?;
    let shifted = big::shl(&x, n)?;
    let back = big::shr(&shifted, 3)?;
    Ok(vec![
        big::text(&shifted),
        big::text(&back),
        big::text(&(&x & &BigInt::from(1023))),
        big::text(&(&x | &BigInt::from(1))),
        big::text(&(&x ^ &back)),
        big::text(&!&x),
        big::text(&big::pow(&x, 2)),
    ])
}

pub fn quotients(n: i64, k: i64) -> Result<Vec<i64>, Error> {
    let x = -factorial(n)?;
    let whole = big::floor_div(&x, &BigInt::from(k))?;
    Ok(vec![
        big::rest(&x, k)?,
        big::rest(&whole, 1000)?,
        big::rest(&(&whole * k + big::rest(&x, k)? - &x), 7)?,
    ])
}

pub fn ratio(n: i64) -> Result<f64, Error> {
    big::true_div(&factorial(n)?, &factorial(n.strict_sub(1))?)
}

/// As long as what comes in: 64 bits do.
pub fn reversed_digits(mut n: i64) -> i64 {
    let mut result: i64 = 0;
    while n > 0 {
        result = result.strict_mul(10).strict_add(n.rem_euclid(10));
        n = n.div_euclid(10);
    }
    result
}

/// Kept short in every round.
pub fn hashed(text: &str) -> i64 {
    let mut value: i64 = 7;
    for char in text.chars() {
        value = value
            .strict_mul(31)
            .strict_add(chars::ord(char))
            .rem_euclid(1_000_003);
    }
    value
}

/// Where only 64 bits are of use, a longer number declines.
pub fn used_as_index(n: i64) -> Result<Vec<i64>, Error> {
    Ok((0..big::small(&factorial(n)?)).collect::<Vec<i64>>())
}
