//! Python's `decimal.Decimal` under the default context: results of 28 digits, halves rounded to even.
//!
//! The General Decimal Arithmetic of finite numbers. NaN, infinities and what is very long decline.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::ToPrimitive;

use crate::error::Error;
use crate::runtime::big;
use crate::runtime::decimal_context::check;
use crate::runtime::decline::{decline, or_decline};

/// The digits that a result keeps.
pub const PRECISION: i64 = 28;

/// Beyond this many digits, or with an exponent beyond it, a number declines.
const MOST: i64 = 6_000;

/// A finite number: `digits * 10 ** exponent`, negative or not. Zero has a sign too.
#[derive(Clone, Debug, Default)]
pub struct Decimal {
    pub(crate) negative: bool,
    pub(crate) digits: BigUint,
    pub(crate) exponent: i64,
}

/// How a number is rounded to fewer digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    Ceiling,
    Down,
    Floor,
    HalfDown,
    HalfEven,
    HalfUp,
    Up,
    ZeroFiveUp,
}

/// A `decimal.InvalidOperation`, of the kind that its text names.
pub fn invalid(kind: &str) -> Error {
    Error::DecimalInvalidOperation(format!("[<class 'decimal.{kind}'>]"))
}

/// `10 ** places`.
pub fn power_of_ten(places: i64) -> BigUint {
    let places = or_decline(u32::try_from(places).ok(), "a very long decimal");
    match 10_u128.checked_pow(places) {
        Some(small) => BigUint::from(small),
        None => BigUint::from(10_u32).pow(places),
    }
}

/// How many decimal digits a number has; zero has one.
pub fn digit_count(digits: &BigUint) -> i64 {
    match ToPrimitive::to_u128(digits) {
        Some(0) => 1,
        Some(small) => i64::from(small.ilog10()) + 1,
        None => digits.to_string().len() as i64,
    }
}

/// `digits / 10 ** places`, rounded.
pub fn without(digits: &BigUint, places: i64, negative: bool, rounding: Rounding) -> BigUint {
    let unit = power_of_ten(places);
    let (kept, rest) = Integer::div_rem(digits, &unit);
    if rest == BigUint::ZERO {
        return kept;
    }
    let half = (rest * 2_u32).cmp(&unit);
    let last = ToPrimitive::to_u32(&(&kept % 10_u32)).unwrap_or(0);
    let up = match rounding {
        Rounding::Ceiling => !negative,
        Rounding::Floor => negative,
        Rounding::Down => false,
        Rounding::Up => true,
        Rounding::HalfDown => half == Ordering::Greater,
        Rounding::HalfUp => half != Ordering::Less,
        Rounding::HalfEven => {
            half == Ordering::Greater || (half == Ordering::Equal && last % 2 == 1)
        }
        Rounding::ZeroFiveUp => last.is_multiple_of(5),
    };
    if up { kept + 1_u32 } else { kept }
}

impl Decimal {
    /// A number of these parts; one that is very long, or very far from 1, declines.
    pub(crate) fn of(negative: bool, digits: BigUint, exponent: i64) -> Decimal {
        if !(-MOST..=MOST).contains(&exponent) || digits.bits() > 4 * MOST.unsigned_abs() {
            decline("a very long decimal");
        }
        Decimal {
            negative,
            digits,
            exponent,
        }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.digits == BigUint::ZERO
    }

    /// The exponent of the first digit.
    pub(crate) fn adjusted(&self) -> i64 {
        self.exponent + digit_count(&self.digits) - 1
    }

    /// The number with as many digits as the context keeps.
    pub(crate) fn fixed(self) -> Decimal {
        check();
        self.rounded(PRECISION, Rounding::HalfEven)
    }

    /// The number with at most `count` digits.
    pub(crate) fn rounded(self, count: i64, rounding: Rounding) -> Decimal {
        let excess = digit_count(&self.digits) - count;
        if excess <= 0 {
            return Decimal::of(self.negative, self.digits, self.exponent);
        }
        let kept = without(&self.digits, excess, self.negative, rounding);
        let exponent = self.exponent + excess;
        if digit_count(&kept) > count {
            return Decimal::of(self.negative, kept / 10_u32, exponent + 1);
        }
        Decimal::of(self.negative, kept, exponent)
    }

    /// The number with this exponent, rounded where digits are lost.
    pub(crate) fn rescaled(&self, exponent: i64, rounding: Rounding) -> Decimal {
        let digits = match self.exponent - exponent {
            longer if longer >= 0 => &self.digits * power_of_ten(longer),
            shorter => without(&self.digits, -shorter, self.negative, rounding),
        };
        Decimal::of(self.negative, digits, exponent)
    }

    /// The digits as they stand where the exponent is `exponent`, which is no greater than the number's own.
    fn aligned(&self, exponent: i64) -> BigUint {
        match self.exponent - exponent {
            0 => self.digits.clone(),
            places => &self.digits * power_of_ten(places),
        }
    }

    /// The number without trailing zeros: what two equal numbers have in common.
    pub(crate) fn reduced(&self) -> Decimal {
        if self.is_zero() {
            return Decimal::default();
        }
        let (mut digits, mut exponent) = (self.digits.clone(), self.exponent);
        loop {
            let (shorter, rest) = Integer::div_rem(&digits, &BigUint::from(10_u32));
            if rest != BigUint::ZERO {
                return Decimal::of(self.negative, digits, exponent);
            }
            (digits, exponent) = (shorter, exponent + 1);
        }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => return Ordering::Equal,
            (true, false) if other.negative => return Ordering::Greater,
            (true, false) => return Ordering::Less,
            (false, _) if self.negative != (other.negative && !other.is_zero()) => {
                return if self.negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                };
            }
            _ => {}
        }
        let low = self.exponent.min(other.exponent);
        let sizes = match self.adjusted().cmp(&other.adjusted()) {
            Ordering::Equal => self.aligned(low).cmp(&other.aligned(low)),
            known if !other.is_zero() => known,
            _ => Ordering::Greater,
        };
        if self.negative {
            sizes.reverse()
        } else {
            sizes
        }
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let plain = self.reduced();
        (plain.negative, plain.digits, plain.exponent).hash(state);
    }
}

/// `Decimal(n)`.
pub fn whole(n: i64) -> Decimal {
    Decimal {
        negative: n < 0,
        digits: BigUint::from(n.unsigned_abs()),
        exponent: 0,
    }
}

/// `Decimal(n)` of an int of any size.
pub fn of_big(n: &BigInt) -> Decimal {
    Decimal::of(
        n.sign() == num_bigint::Sign::Minus,
        n.magnitude().clone(),
        0,
    )
}

/// `Decimal(x)` of a float, exactly; NaN and infinities decline.
pub fn from_float(x: f64) -> Decimal {
    if !x.is_finite() {
        decline("a decimal that is not finite");
    }
    let bits = x.to_bits();
    let (fraction, power) = (bits & ((1 << 52) - 1), (bits >> 52) & 0x7ff);
    let (mantissa, power) = match power {
        0 => (fraction, -1074),
        power => (fraction | 1 << 52, power as i64 - 1075),
    };
    if mantissa == 0 {
        return Decimal::of(x.is_sign_negative(), BigUint::ZERO, 0);
    }
    let odd = mantissa
        .trailing_zeros()
        .min(power.min(0).unsigned_abs() as u32);
    let (mantissa, power) = (BigUint::from(mantissa >> odd), power + i64::from(odd));
    match power {
        0.. => Decimal::of(x.is_sign_negative(), mantissa << power, 0),
        _ => {
            let fives = BigUint::from(5_u32).pow(power.unsigned_abs() as u32);
            Decimal::of(x.is_sign_negative(), mantissa * fives, power)
        }
    }
}

/// `Decimal(text)`; raises `InvalidOperation`. NaN, infinities and digits that are not ASCII decline.
pub fn parse(text: &str) -> Result<Decimal, Error> {
    check();
    read(text)
}

/// The number that a text in the source is.
pub fn literal(text: &str) -> Decimal {
    or_decline(read(text).ok(), "a text that is no decimal")
}

/// The number that a text is, whatever the context.
fn read(text: &str) -> Result<Decimal, Error> {
    if !text.is_ascii() {
        decline("a decimal that is not written plainly");
    }
    let white = |c: char| matches!(c, ' ' | '\t'..='\r' | '\x1c'..='\x1f');
    let plain = text.trim_matches(white).replace('_', "");
    let (negative, size) = match plain.strip_prefix('-') {
        Some(size) => (true, size),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (mantissa, power) = match size.find(['e', 'E']) {
        Some(at) => (&size[..at], Some(&size[at + 1..])),
        None => (size, None),
    };
    let (above, below) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = power.map(|power| power.strip_prefix(['+', '-']).unwrap_or(power));
    let is_power = unsigned.is_none_or(|power| !power.is_empty() && is_digits(power));
    if above.len() + below.len() == 0 || !is_digits(above) || !is_digits(below) || !is_power {
        let lower = size.to_ascii_lowercase();
        if lower.contains("nan") || lower.starts_with("inf") {
            decline("a decimal that is not finite");
        }
        return Err(invalid("ConversionSyntax"));
    }
    if mantissa.len() as i64 > MOST || unsigned.is_some_and(|power| power.len() > 9) {
        decline("a very long decimal");
    }
    let power: i64 = power.map_or(0, |power| power.parse().unwrap_or(i64::MAX / 2));
    let digits = or_decline(
        format!("{above}{below}").parse().ok(),
        "a decimal without digits",
    );
    Ok(Decimal::of(negative, digits, power - below.len() as i64))
}

/// `a + b`.
pub fn add(a: &Decimal, b: &Decimal) -> Decimal {
    let exponent = a.exponent.min(b.exponent);
    let (left, right) = (a.aligned(exponent), b.aligned(exponent));
    let (negative, digits) = match left.cmp(&right) {
        _ if a.negative == b.negative => (a.negative, left + right),
        Ordering::Greater => (a.negative, left - right),
        Ordering::Less => (b.negative, right - left),
        Ordering::Equal => (false, BigUint::ZERO),
    };
    Decimal::of(negative, digits, exponent).fixed()
}

/// `a - b`.
pub fn sub(a: &Decimal, b: &Decimal) -> Decimal {
    add(a, &copy_negate(b))
}

/// `a * b`.
pub fn mul(a: &Decimal, b: &Decimal) -> Decimal {
    Decimal::of(
        a.negative != b.negative,
        &a.digits * &b.digits,
        a.exponent + b.exponent,
    )
    .fixed()
}

/// `a / b`; raises `DivisionByZero` and `InvalidOperation`.
pub fn div(a: &Decimal, b: &Decimal) -> Result<Decimal, Error> {
    check();
    divisor(a, b)?;
    Ok(quotient(a, b, PRECISION))
}

/// Raises where a quotient has no value.
fn divisor(a: &Decimal, b: &Decimal) -> Result<(), Error> {
    match (a.is_zero(), b.is_zero()) {
        (_, false) => Ok(()),
        (true, true) => Err(invalid("DivisionUndefined")),
        (false, true) => Err(Error::DecimalDivisionByZero(
            "[<class 'decimal.DivisionByZero'>]".to_string(),
        )),
    }
}

/// `a / b` of `precision` digits, for a `b` other than zero.
pub(crate) fn quotient(a: &Decimal, b: &Decimal, precision: i64) -> Decimal {
    let (negative, ideal) = (a.negative != b.negative, a.exponent - b.exponent);
    if a.is_zero() {
        return Decimal::of(negative, BigUint::ZERO, ideal);
    }
    let shift = digit_count(&b.digits) - digit_count(&a.digits) + precision + 1;
    let (mut digits, rest) = match shift {
        0.. => Integer::div_rem(&(&a.digits * power_of_ten(shift)), &b.digits),
        _ => Integer::div_rem(&a.digits, &(&b.digits * power_of_ten(-shift))),
    };
    let mut exponent = ideal - shift;
    if rest != BigUint::ZERO {
        // What is lost still tells that the number lies above a half.
        if (&digits % 5_u32) == BigUint::ZERO {
            digits += 1_u32;
        }
    } else {
        while exponent < ideal && (&digits % 10_u32) == BigUint::ZERO {
            digits /= 10_u32;
            exponent += 1;
        }
    }
    Decimal::of(negative, digits, exponent).rounded(precision, Rounding::HalfEven)
}

/// The quotient without its fraction, and what is left over; raises `InvalidOperation` where it is too long.
fn divided(a: &Decimal, b: &Decimal) -> Result<(BigUint, Decimal), Error> {
    let exponent = a.exponent.min(b.exponent);
    let (whole, rest) = Integer::div_rem(&a.aligned(exponent), &b.aligned(exponent));
    if digit_count(&whole) > PRECISION {
        return Err(invalid("DivisionImpossible"));
    }
    Ok((whole, Decimal::of(a.negative, rest, exponent)))
}

/// `a // b`, which cuts off towards zero; raises `DivisionByZero` and `InvalidOperation`.
pub fn floor_div(a: &Decimal, b: &Decimal) -> Result<Decimal, Error> {
    check();
    divisor(a, b)?;
    Ok(Decimal::of(a.negative != b.negative, divided(a, b)?.0, 0))
}

/// `a % b`, of the sign of `a`; raises `InvalidOperation`.
pub fn floor_mod(a: &Decimal, b: &Decimal) -> Result<Decimal, Error> {
    if b.is_zero() {
        let kind = if a.is_zero() {
            "DivisionUndefined"
        } else {
            "InvalidOperation"
        };
        return Err(invalid(kind));
    }
    Ok(divided(a, b)?.1.fixed())
}

/// `-a`.
pub fn neg(a: &Decimal) -> Decimal {
    Decimal::of(!a.negative && !a.is_zero(), a.digits.clone(), a.exponent).fixed()
}

/// `+a`.
pub fn plus(a: &Decimal) -> Decimal {
    Decimal::of(a.negative && !a.is_zero(), a.digits.clone(), a.exponent).fixed()
}

/// `abs(a)`.
pub fn abs(a: &Decimal) -> Decimal {
    copy_abs(a).fixed()
}

/// `a.copy_negate()`.
pub fn copy_negate(a: &Decimal) -> Decimal {
    Decimal {
        negative: !a.negative,
        ..a.clone()
    }
}

/// `a.copy_abs()`.
pub fn copy_abs(a: &Decimal) -> Decimal {
    Decimal {
        negative: false,
        ..a.clone()
    }
}

/// `a.compare(b)`.
pub fn compared(a: &Decimal, b: &Decimal) -> Decimal {
    whole(a.cmp(b) as i64)
}

/// `a.is_zero()`.
pub fn is_zero(a: &Decimal) -> bool {
    a.is_zero()
}

/// `bool(a)`.
pub fn is_true(a: &Decimal) -> bool {
    !a.is_zero()
}

/// `a.is_signed()`.
pub fn is_signed(a: &Decimal) -> bool {
    a.negative
}

/// `a.adjusted()`.
pub fn adjusted(a: &Decimal) -> i64 {
    a.adjusted()
}

/// The number as an int, rounded; one beyond i64 declines.
pub fn to_int(a: &Decimal, rounding: Rounding) -> i64 {
    let whole = a.rescaled(0, rounding);
    let size = BigInt::from(whole.digits);
    big::small(&if whole.negative { -size } else { size })
}

/// `float(a)`.
pub fn to_float(a: &Decimal) -> f64 {
    let text = format!(
        "{}{}e{}",
        if a.negative { "-" } else { "" },
        a.digits,
        a.exponent
    );
    or_decline(text.parse().ok(), "a decimal that is no float")
}

/// `sum(items, start)`.
pub fn sum(start: Decimal, items: impl IntoIterator<Item = Decimal>) -> Decimal {
    items
        .into_iter()
        .fold(start, |total, item| add(&total, &item))
}
