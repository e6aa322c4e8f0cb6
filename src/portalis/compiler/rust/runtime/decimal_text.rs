//! The text of a `decimal.Decimal`: `str`, `repr` and format specifications.

use num_bigint::BigUint;

use crate::runtime::decimal::{Decimal, Rounding, digit_count};
use crate::runtime::decimal_context::check;
use crate::runtime::decline::decline;
use crate::runtime::fmt::{Spec, grouped};

/// `str(a)`.
pub fn text(a: &Decimal) -> String {
    check();
    let digits = a.digits.to_string();
    let left = a.exponent + digits.len() as i64;
    let place = if a.exponent <= 0 && left > -6 {
        left
    } else {
        1
    };
    let (whole, part) = split(&digits, place);
    let sign = if a.negative { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    let power = match left - place {
        0 => String::new(),
        power => format!("E{power:+}"),
    };
    format!("{sign}{whole}{point}{part}{power}")
}

/// `repr(a)`.
pub fn repr_of(a: &Decimal) -> String {
    format!("Decimal('{}')", text(a))
}

/// Digits before and after the point, which stands behind the first `place` of them.
fn split(digits: &str, place: i64) -> (String, String) {
    match usize::try_from(place) {
        Ok(place) if place >= digits.len() => (
            digits.to_string() + &"0".repeat(place - digits.len()),
            String::new(),
        ),
        Ok(0) => ("0".to_string(), digits.to_string()),
        Ok(place) => (digits[..place].to_string(), digits[place..].to_string()),
        Err(_) => (
            "0".to_string(),
            "0".repeat(place.unsigned_abs() as usize) + digits,
        ),
    }
}

/// `format(a, spec)`; a specification that is not one of a number declines.
pub fn format(a: &Decimal, spec: &str) -> String {
    if spec.is_empty() {
        return text(a);
    }
    check();
    let Ok(spec) = Spec::parse(spec, "decimal.Decimal", '>', '\0') else {
        decline("a format specification that a decimal refuses");
    };
    let plain = !spec.alternate && spec.separator != Some('_') && spec.width < 10_000;
    let kind = spec.kind.to_ascii_lowercase();
    if !plain
        || !matches!(kind, '\0' | 'e' | 'f' | 'g' | '%')
        || spec.kind == 'F' && spec.no_negative_zero
    {
        decline("a format specification that a decimal refuses");
    }
    let shown = to_precision(a, &spec, kind);
    let (count, zero) = (digit_count(&shown.digits), shown.digits == BigUint::ZERO);
    let left = shown.exponent + count;
    let place = match (kind, spec.precision) {
        ('e', Some(digits)) if zero => 1 - digits as i64,
        ('e', _) => 1,
        ('f' | '%', _) => left,
        _ if shown.exponent <= 0 && left > -6 => left,
        _ => 1,
    };
    let (whole, part) = split(&shown.digits.to_string(), place);
    let mut tail = if part.is_empty() {
        part
    } else {
        format!(".{part}")
    };
    if left != place || kind == 'e' {
        let letter = if matches!(spec.kind, 'e' | 'g') {
            'e'
        } else {
            'E'
        };
        tail += &format!("{letter}{:+}", left - place);
    }
    if kind == '%' {
        tail.push('%');
    }
    let sign = spec.sign_of(shown.negative && !(zero && spec.no_negative_zero));
    let width = spec.zero_width(sign.len() + tail.len());
    spec.pad(
        sign,
        "",
        &(grouped(&whole, spec.separator, 3, width) + &tail),
    )
}

/// The number rounded as the specification asks.
fn to_precision(a: &Decimal, spec: &Spec, kind: char) -> Decimal {
    let scaled = match kind {
        '%' => Decimal::of(a.negative, a.digits.clone(), a.exponent + 2),
        _ => a.clone(),
    };
    let Some(digits) = spec.precision else {
        return match kind {
            'f' | '%' if scaled.exponent > 0 => scaled.rescaled(0, Rounding::HalfEven),
            _ => scaled,
        };
    };
    if digits > 5_000 {
        decline("a very long decimal");
    }
    let digits = digits as i64;
    match kind {
        'e' => to_digits(&scaled, digits + 1),
        'f' | '%' => scaled.rescaled(-digits, Rounding::HalfEven),
        _ => scaled.rounded(digits.max(1), Rounding::HalfEven),
    }
}

/// The number with exactly so many digits.
fn to_digits(a: &Decimal, count: i64) -> Decimal {
    if a.digits == BigUint::ZERO {
        return a.clone();
    }
    let made = a.rescaled(a.adjusted() + 1 - count, Rounding::HalfEven);
    match made.adjusted() {
        first if first != a.adjusted() => made.rescaled(first + 1 - count, Rounding::HalfEven),
        _ => made,
    }
}
