//! Python's `fractions.Fraction`: a quotient of integers of any size in lowest terms.

use crate::error::Error;
use crate::runtime::big;
use crate::runtime::decline::{decline, or_decline};
use crate::runtime::repr;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::Signed;

/// Beyond this many bits a result declines.
const MOST_BITS: u64 = 1 << 16;

/// A fraction that is not very long.
fn kept(value: BigRational) -> BigRational {
    if value.numer().bits() > MOST_BITS || value.denom().bits() > MOST_BITS {
        decline("a very long fraction");
    }
    value
}

/// `Fraction(n)`.
pub fn whole(n: i64) -> BigRational {
    BigRational::from_integer(BigInt::from(n))
}

/// `Fraction(a, b)`; raises `ZeroDivisionError`.
pub fn new(a: i64, b: i64) -> Result<BigRational, Error> {
    if b == 0 {
        return Err(Error::ZeroDivisionError(format!("Fraction({a}, 0)")));
    }
    Ok(BigRational::new(BigInt::from(a), BigInt::from(b)))
}

/// `Fraction(x)` of a float, exactly; raises `ValueError` and `OverflowError`.
pub fn from_float(x: f64) -> Result<BigRational, Error> {
    match BigRational::from_float(x) {
        Some(value) => Ok(value),
        None if x.is_nan() => Err(Error::ValueError(
            "cannot convert NaN to integer ratio".to_string(),
        )),
        None => Err(Error::OverflowError(
            "cannot convert Infinity to integer ratio".to_string(),
        )),
    }
}

/// `Fraction(text)`: `3/4`, `-1.25`, `2e-3`; raises `ValueError`. Digits that are grouped, or not ASCII, decline.
pub fn parse(text: &str) -> Result<BigRational, Error> {
    if !text.is_ascii() || text.contains('_') || text.len() > 300 {
        decline("a fraction that is not written plainly");
    }
    let white = |c: char| matches!(c, ' ' | '\t'..='\r' | '\x1c'..='\x1f');
    let found = unsigned(text.trim_matches(white).trim_start_matches(['+', '-']));
    let trimmed = text.trim_matches(white);
    let signs = trimmed.len() - trimmed.trim_start_matches(['+', '-']).len();
    match found {
        Some(value) if signs == 0 || (signs == 1 && trimmed.starts_with('+')) => value,
        Some(value) if signs == 1 => Ok(-value?),
        _ => Err(Error::ValueError(format!("Invalid literal for Fraction: {}", repr::repr(text)))),
    }
}

/// The value of digits, a decimal point or slash, and an exponent; None for any other text.
fn unsigned(text: &str) -> Option<Result<BigRational, Error>> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| part.parse::<BigInt>().ok();
    if let Some((above, below)) = text.split_once('/') {
        if above.is_empty() || below.is_empty() || !digits(above) || !digits(below) {
            return None;
        }
        let (above, below) = (number(above)?, number(below)?);
        if below == BigInt::ZERO {
            decline("a fraction over zero");
        }
        return Some(Ok(BigRational::new(above, below)));
    }
    let (size, exponent) = match text.find(['e', 'E']) {
        Some(place) => {
            let exponent = &text[place + 1..];
            let plain = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if plain.is_empty() || !digits(plain) {
                return None;
            }
            (&text[..place], or_decline(exponent.parse::<i32>().ok(), "a very large exponent"))
        }
        None => (text, 0),
    };
    let (whole, decimals) = size.split_once('.').unwrap_or((size, ""));
    if whole.len() + decimals.len() == 0 || !digits(whole) || !digits(decimals) {
        return None;
    }
    if exponent.unsigned_abs() > 4000 {
        decline("a very large exponent");
    }
    let value = BigRational::from_integer(number(&format!("{whole}{decimals}"))?);
    let shift = exponent - i32::try_from(decimals.len()).ok()?;
    let ten = BigRational::from_integer(BigInt::from(10));
    Some(Ok(value * ten.pow(shift)))
}

/// `a + b`.
pub fn add(a: &BigRational, b: &BigRational) -> BigRational {
    kept(a + b)
}

/// `a - b`.
pub fn sub(a: &BigRational, b: &BigRational) -> BigRational {
    kept(a - b)
}

/// `a * b`.
pub fn mul(a: &BigRational, b: &BigRational) -> BigRational {
    kept(a * b)
}

/// `a / b`; a division by zero declines.
pub fn div(a: &BigRational, b: &BigRational) -> BigRational {
    kept(a / divisor(b))
}

/// `a // b`; a division by zero, and a result beyond i64, decline.
pub fn floor_div(a: &BigRational, b: &BigRational) -> i64 {
    floor(&(a / divisor(b)))
}

/// `a % b`; a division by zero declines.
pub fn floor_mod(a: &BigRational, b: &BigRational) -> BigRational {
    kept(a - b * (a / divisor(b)).floor())
}

fn divisor(b: &BigRational) -> &BigRational {
    if *b.numer() == BigInt::ZERO {
        decline("a fraction divided by zero");
    }
    b
}

/// `a ** n`; zero to a negative power declines.
pub fn pow(a: &BigRational, n: i64) -> BigRational {
    if n < 0 {
        divisor(a);
    }
    let exponent = or_decline(i32::try_from(n).ok(), "a very large power");
    if (a.numer().bits() + a.denom().bits()) * u64::from(exponent.unsigned_abs()) > MOST_BITS {
        decline("a very long fraction");
    }
    a.pow(exponent)
}

/// `math.floor(a)`; a result beyond i64 declines.
pub fn floor(a: &BigRational) -> i64 {
    big::small(a.floor().numer())
}

/// `math.ceil(a)`; a result beyond i64 declines.
pub fn ceil(a: &BigRational) -> i64 {
    big::small(a.ceil().numer())
}

/// `int(a)`; a result beyond i64 declines.
pub fn trunc(a: &BigRational) -> i64 {
    big::small(a.trunc().numer())
}

/// `round(a)`: halves go to the even number; a result beyond i64 declines.
pub fn round(a: &BigRational) -> i64 {
    let (below, rest) = Integer::div_mod_floor(a.numer(), a.denom());
    let twice: BigInt = rest * 2;
    let up = twice > *a.denom() || (twice == *a.denom() && Integer::is_odd(&below));
    big::small(&(below + i32::from(up)))
}

/// `a.numerator`; one beyond i64 declines.
pub fn numerator(a: &BigRational) -> i64 {
    big::small(a.numer())
}

/// `a.denominator`; one beyond i64 declines.
pub fn denominator(a: &BigRational) -> i64 {
    big::small(a.denom())
}

/// `float(a)`; numbers that floats can't tell exactly decline.
pub fn to_float(a: &BigRational) -> f64 {
    if a.numer().bits() > 53 || a.denom().bits() > 53 {
        decline("a long fraction as a float");
    }
    numerator(a) as f64 / denominator(a) as f64
}

/// `abs(a)`.
pub fn abs(a: &BigRational) -> BigRational {
    Signed::abs(a)
}

/// `bool(a)`.
pub fn is_true(a: &BigRational) -> bool {
    *a.numer() != BigInt::ZERO
}

/// `a.limit_denominator(most)`; raises `ValueError`.
pub fn limit_denominator(a: &BigRational, most: i64) -> Result<BigRational, Error> {
    if most < 1 {
        return Err(Error::ValueError(
            "max_denominator should be at least 1".to_string(),
        ));
    }
    let most = BigInt::from(most);
    if *a.denom() <= most {
        return Ok(a.clone());
    }
    let (mut p0, mut q0) = (BigInt::ZERO, BigInt::from(1));
    let (mut p1, mut q1) = (BigInt::from(1), BigInt::ZERO);
    let (mut n, mut d) = (a.numer().clone(), a.denom().clone());
    loop {
        let whole = Integer::div_floor(&n, &d);
        let q2 = &q0 + &whole * &q1;
        if q2 > most {
            break;
        }
        (p0, q0, p1, q1) = (p1.clone(), q1.clone(), p0 + &whole * &p1, q2);
        (n, d) = (d.clone(), n - whole * d);
    }
    let k = Integer::div_floor(&(&most - &q0), &q1);
    let bound1 = BigRational::new(p0 + &k * &p1, q0 + k * &q1);
    let bound2 = BigRational::new(p1, q1);
    let (near, far) = (Signed::abs(&(&bound2 - a)), Signed::abs(&(&bound1 - a)));
    Ok(if near <= far { bound2 } else { bound1 })
}

/// `str(a)`.
pub fn text(a: &BigRational) -> String {
    match a.is_integer() {
        true => big::text(a.numer()),
        false => format!("{}/{}", big::text(a.numer()), big::text(a.denom())),
    }
}

/// `repr(a)`.
pub fn repr_of(a: &BigRational) -> String {
    format!("Fraction({}, {})", big::text(a.numer()), big::text(a.denom()))
}

/// `sum(items, start)`.
pub fn sum(start: BigRational, items: impl IntoIterator<Item = BigRational>) -> BigRational {
    items.into_iter().fold(start, |total, item| add(&total, &item))
}
