//! Functions and methods of `decimal.Decimal` beyond its operators.

use std::cmp::Ordering;

use num_bigint::BigUint;

use crate::error::Error;
use crate::runtime::decimal::{
    Decimal, PRECISION, Rounding, digit_count, invalid, plus, power_of_ten, quotient,
};
use crate::runtime::decimal_context::check;
use crate::runtime::decline::decline;

/// `a.quantize(unit, rounding)`; raises `InvalidOperation`.
pub fn quantize(a: &Decimal, unit: &Decimal, rounding: Rounding) -> Result<Decimal, Error> {
    to_exponent(a, unit.exponent, rounding)
}

/// The number with this exponent; raises `InvalidOperation` where it has too many digits then.
fn to_exponent(a: &Decimal, exponent: i64, rounding: Rounding) -> Result<Decimal, Error> {
    check();
    if !a.is_zero() && a.adjusted() - exponent + 1 > PRECISION {
        return Err(invalid("InvalidOperation"));
    }
    let made = a.rescaled(exponent, rounding);
    if digit_count(&made.digits) > PRECISION {
        return Err(invalid("InvalidOperation"));
    }
    Ok(made)
}

/// `round(a, places)`; raises `InvalidOperation`.
pub fn round_to(a: &Decimal, places: i64) -> Result<Decimal, Error> {
    if !(-5000..=5000).contains(&places) {
        decline("a decimal rounded very far");
    }
    to_exponent(a, -places, Rounding::HalfEven)
}

/// `a.to_integral_value(rounding)`.
pub fn to_integral(a: &Decimal, rounding: Rounding) -> Decimal {
    check();
    if a.exponent >= 0 {
        return a.clone();
    }
    a.rescaled(0, rounding)
}

/// `a.normalize()`.
pub fn normalize(a: &Decimal) -> Decimal {
    let negative = a.negative;
    let plain = plus(a).reduced();
    Decimal { negative, ..plain }
}

/// `a.sqrt()`; raises `InvalidOperation`.
pub fn sqrt(a: &Decimal) -> Result<Decimal, Error> {
    check();
    if a.is_zero() {
        return Ok(Decimal::of(a.negative, BigUint::ZERO, a.exponent >> 1));
    }
    if a.negative {
        return Err(invalid("InvalidOperation"));
    }
    let (length, odd) = (digit_count(&a.digits), a.exponent & 1 == 1);
    let (square, half) = match odd {
        true => (&a.digits * 10_u32, (length >> 1) + 1),
        false => (a.digits.clone(), (length + 1) >> 1),
    };
    let shift = PRECISION + 1 - half;
    let (square, lost) = match shift {
        0.. => (square * power_of_ten(2 * shift), false),
        _ => {
            let unit = power_of_ten(-2 * shift);
            let rest = &square % &unit;
            (square / unit, rest != BigUint::ZERO)
        }
    };
    let mut root = square.sqrt();
    let mut exponent = (a.exponent >> 1) - shift;
    if !lost && &root * &root == square {
        root = match shift {
            0.. => root / power_of_ten(shift),
            _ => root * power_of_ten(-shift),
        };
        exponent += shift;
    } else if (&root % 5_u32) == BigUint::ZERO {
        root += 1_u32;
    }
    Ok(Decimal::of(false, root, exponent).fixed())
}

/// `a ** n`; raises `InvalidOperation` and, as Python, rounds at each step to some digits more than it keeps.
pub fn pow(a: &Decimal, n: i64) -> Result<Decimal, Error> {
    check();
    if !(-5000..=5000).contains(&n) {
        decline("a large power of a decimal");
    }
    let negative = a.negative && n % 2 != 0;
    if n == 0 {
        let one = Decimal::of(false, BigUint::from(1_u32), 0);
        return if a.is_zero() {
            Err(invalid("InvalidOperation"))
        } else {
            Ok(one)
        };
    }
    if a.is_zero() {
        if n < 0 {
            decline("a negative power of zero");
        }
        return Ok(Decimal::of(negative, BigUint::ZERO, 0));
    }
    if let Some(one) = power_of_one(a, n, negative) {
        return Ok(one);
    }
    let mut precision = PRECISION + i64::from(n.unsigned_abs().ilog10()) + 3;
    let one = Decimal::of(false, BigUint::from(1_u32), 0);
    let base = match n {
        0.. => a.clone(),
        _ => {
            precision += 1;
            quotient(&one, a, precision)
        }
    };
    let product = |x: &Decimal, y: &Decimal| {
        let exact = Decimal::of(false, &x.digits * &y.digits, x.exponent + y.exponent);
        exact.rounded(precision, Rounding::HalfEven)
    };
    let (count, mut result) = (n.unsigned_abs(), base.clone());
    for bit in (0..count.ilog2()).rev() {
        result = product(&result, &result);
        if count >> bit & 1 == 1 {
            result = product(&result, &base);
        }
    }
    Ok(Decimal { negative, ..result }.fixed())
}

/// A power of 1, which keeps its zeros: `1.00 ** 2` is `1.0000`. None for any other number.
fn power_of_one(a: &Decimal, n: i64, negative: bool) -> Option<Decimal> {
    if a.exponent > 0 || a.digits != power_of_ten(-a.exponent) {
        return None;
    }
    let places = if n < 0 {
        0
    } else {
        (-a.exponent * n).min(PRECISION - 1)
    };
    Some(Decimal::of(negative, power_of_ten(places), -places))
}

/// `a.max(b)`.
pub fn max(a: &Decimal, b: &Decimal) -> Decimal {
    kept(if in_all_order(a, b) == Ordering::Less {
        b
    } else {
        a
    })
}

/// `a.min(b)`.
pub fn min(a: &Decimal, b: &Decimal) -> Decimal {
    kept(if in_all_order(a, b) == Ordering::Less {
        a
    } else {
        b
    })
}

/// The number with as many digits as the context keeps; zero keeps its sign.
fn kept(a: &Decimal) -> Decimal {
    a.clone().fixed()
}

/// The order of two numbers, of which equal ones are told apart by their sign and exponent.
fn in_all_order(a: &Decimal, b: &Decimal) -> Ordering {
    a.cmp(b).then_with(|| match (a.negative, b.negative) {
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => a.exponent.cmp(&b.exponent),
        (true, true) => b.exponent.cmp(&a.exponent),
    })
}
