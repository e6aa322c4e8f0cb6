//! Python's floats, bit for bit: division, powers, rounding, text, comparisons with ints, and sums.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::decline::decline;
use crate::runtime::math;
use crate::runtime::python;
use crate::runtime::repr;
use std::cmp::Ordering;
use std::hint::black_box;

/// `a / b`.
pub fn div(a: f64, b: f64) -> Result<f64, Error> {
    if b == 0.0 {
        return Err(Error::ZeroDivisionError(
            "float division by zero".to_string(),
        ));
    }
    Ok(a / b)
}

/// `a // b`.
pub fn floor_div(a: f64, b: f64) -> Result<f64, Error> {
    if b == 0.0 {
        return Err(Error::ZeroDivisionError(
            "float floor division by zero".to_string(),
        ));
    }
    Ok(divmod_nonzero(a, b).0)
}

/// `a % b`.
pub fn floor_mod(a: f64, b: f64) -> Result<f64, Error> {
    if b == 0.0 {
        let text = if python::MINOR < 13 {
            "float modulo"
        } else {
            "float modulo by zero"
        };
        return Err(Error::ZeroDivisionError(text.to_string()));
    }
    Ok(divmod_nonzero(a, b).1)
}

/// `divmod(a, b)`.
pub fn divmod(a: f64, b: f64) -> Result<(f64, f64), Error> {
    if b == 0.0 {
        return Err(Error::ZeroDivisionError("float divmod()".to_string()));
    }
    Ok(divmod_nonzero(a, b))
}

/// The quotient and rest of a floor division, in CPython's steps.
fn divmod_nonzero(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0.0_f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0.0_f64.copysign(a / b), rest);
    }
    let whole = quotient.floor();
    (
        if quotient - whole > 0.5 {
            whole + 1.0
        } else {
            whole
        },
        rest,
    )
}

/// `a ** b`; complex results and overflow decline.
pub fn pow(a: f64, b: f64) -> Result<f64, Error> {
    if a == 0.0 && b < 0.0 && b.is_finite() {
        let text = "0.0 cannot be raised to a negative power";
        return Err(Error::ZeroDivisionError(text.to_string()));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b != b.floor() {
        decline("a complex power");
    }
    // `black_box`, as in `math`: the optimiser may round otherwise than the C library.
    let result = black_box(a).powf(black_box(b));
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        decline("a power beyond floats");
    }
    Ok(result)
}

/// The shortest text of a float; half-way between two, Python takes the one with the even last digit.
fn shortest(x: f64) -> String {
    let found = format!("{x:?}");
    let places = found.len() - found.find('.').map_or(0, |dot| dot + 1);
    if !ends_after(x, places + 1) {
        return found;
    }
    let even = format!("{x:.places$}");
    if even.parse() == Ok(x) { even } else { found }
}

/// As `shortest`, with an exponent; all floats of that size that are not below 1 are even.
fn shortest_exponent(x: f64) -> String {
    let found = format!("{x:e}");
    let Some((digits, exponent)) = found.split_once("e-") else {
        return found;
    };
    let places = digits.find('.').map_or(0, |dot| digits.len() - dot - 1);
    if !exponent.parse().is_ok_and(|below: usize| ends_after(x, places + below + 1)) {
        return found;
    }
    let even = format!("{x:.places$e}");
    if even.parse() == Ok(x) { even } else { found }
}

/// Whether the exact decimal value has just so many decimals: as many as the binary value has.
fn ends_after(x: f64, decimals: usize) -> bool {
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i64;
    let fraction = bits & ((1 << 52) - 1);
    let whole = if exponent == 0 { fraction } else { fraction | 1 << 52 };
    1075 - exponent.max(1) - i64::from(whole.trailing_zeros()) == decimals as i64
}

/// `repr(x)` and `str(x)`.
pub fn repr(x: f64) -> String {
    let size = x.abs();
    if x.is_nan() {
        return "nan".to_string();
    }
    if x.is_infinite() || size == 0.0 {
        return format!("{x:?}");
    }
    if (1e-4..1e16).contains(&size) {
        return shortest(x);
    }
    let shown = shortest_exponent(x);
    match shown.split_once("e-") {
        Some((digits, exponent)) => format!("{digits}e-{exponent:0>2}"),
        None => shown.replace('e', "e+"),
    }
}

/// `float(text)`.
pub fn parse(text: &str) -> Result<f64, Error> {
    let ascii = chars::to_ascii_number(text);
    let number = ascii.trim_matches([' ', '\t', '\n', '\x0b', '\x0c', '\r']);
    let parsed = if number.contains('_') {
        parse_underscored(number)
    } else {
        number.parse().ok()
    };
    parsed.ok_or_else(|| {
        let shown = repr::text(text);
        Error::ValueError(format!("could not convert string to float: {shown}"))
    })
}

/// Parses a number with underscores, each of which stands between two digits.
fn parse_underscored(number: &str) -> Option<f64> {
    let outer_digits = |pair: [&str; 2]| {
        pair[0].ends_with(|c: char| c.is_ascii_digit())
            && pair[1].starts_with(|c: char| c.is_ascii_digit())
    };
    let runs: Vec<&str> = number.split('_').collect();
    let placed = runs.windows(2).all(|pair| outer_digits([pair[0], pair[1]]));
    if placed {
        runs.concat().parse().ok()
    } else {
        None
    }
}

/// `float(a)` of an int.
pub fn from_int(a: i64) -> f64 {
    a as f64
}

/// `round(x)`: half to even.
pub fn round(x: f64) -> Result<i64, Error> {
    to_int(x.round_ties_even())
}

/// `math.floor(x)`.
pub fn floor(x: f64) -> Result<i64, Error> {
    to_int(x.floor())
}

/// `math.ceil(x)`.
pub fn ceil(x: f64) -> Result<i64, Error> {
    to_int(x.ceil())
}

/// `int(x)` and `math.trunc(x)`.
pub fn trunc(x: f64) -> Result<i64, Error> {
    to_int(x.trunc())
}

/// A float without fraction as an int; beyond `i64` declines.
fn to_int(x: f64) -> Result<i64, Error> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if x.is_nan() {
        return Err(Error::ValueError(
            "cannot convert float NaN to integer".to_string(),
        ));
    }
    if x.is_infinite() {
        return Err(Error::OverflowError(
            "cannot convert float infinity to integer".to_string(),
        ));
    }
    if !(-LIMIT..LIMIT).contains(&x) {
        decline("a float beyond i64");
    }
    Ok(x as i64)
}

/// `round(x, digits)`, rounded once from the exact decimal value.
pub fn round_to(x: f64, digits: i64) -> f64 {
    if !x.is_finite() || x == 0.0 || digits > 323 {
        return x;
    }
    if digits >= 0 {
        return format!("{x:.0$}", digits as usize).parse().unwrap_or(x);
    }
    if digits < -308 {
        return 0.0 * x;
    }
    // All decimal digits of a float: 767 at most.
    let exact = format!("{x:.770e}");
    let exponent: i64 = exact
        .split_once('e')
        .and_then(|(_, e)| e.parse().ok())
        .unwrap_or(0);
    let rounded = match exponent + digits {
        kept @ 0.. => format!("{x:.0$e}", kept as usize).parse().unwrap_or(x),
        -1 if x.abs() > half_unit(digits) => format!("1e{}", -digits).parse().unwrap_or(x),
        _ => 0.0,
    };
    if rounded.is_infinite() {
        decline("a rounded value beyond floats");
    }
    rounded.copysign(x)
}

/// Half of `10 ** -digits`, or the greatest float below it where it is none.
fn half_unit(digits: i64) -> f64 {
    let half = format!("5e{}", -digits - 1).parse().unwrap_or(f64::MAX);
    let exact = format!("{half:.770e}");
    let above = exact.starts_with('5')
        && exact[1..]
            .bytes()
            .take_while(|b| *b != b'e')
            .any(|b| b > b'0');
    if above { half.next_down() } else { half }
}

/// The order of a float and an int, exactly; None for nan.
pub fn cmp_int(x: f64, a: i64) -> Option<Ordering> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if x.is_nan() {
        return None;
    }
    Some(if x >= LIMIT {
        Ordering::Greater
    } else if x < -LIMIT {
        Ordering::Less
    } else {
        let whole = x.floor();
        let fraction = if x > whole {
            Ordering::Greater
        } else {
            Ordering::Equal
        };
        (whole as i64).cmp(&a).then(fraction)
    })
}

/// `x == a`.
pub fn eq_int(x: f64, a: i64) -> bool {
    cmp_int(x, a) == Some(Ordering::Equal)
}

/// `x < a`.
pub fn lt_int(x: f64, a: i64) -> bool {
    cmp_int(x, a) == Some(Ordering::Less)
}

/// `x <= a`.
pub fn le_int(x: f64, a: i64) -> bool {
    cmp_int(x, a).is_some_and(Ordering::is_le)
}

/// `x > a`.
pub fn gt_int(x: f64, a: i64) -> bool {
    cmp_int(x, a) == Some(Ordering::Greater)
}

/// `x >= a`.
pub fn ge_int(x: f64, a: i64) -> bool {
    cmp_int(x, a).is_some_and(Ordering::is_ge)
}

/// `sum(items)` before Python 3.12; nothing to add declines, since Python's answer is the int 0.
pub fn sum(items: impl IntoIterator<Item = f64>) -> f64 {
    sum_from(0.0, not_empty(items))
}

/// `sum(items, start)` before Python 3.12.
pub fn sum_from(start: f64, items: impl IntoIterator<Item = f64>) -> f64 {
    items.into_iter().fold(start, |total, item| total + item)
}

/// `sum(items)` from Python 3.12 on; nothing to add declines.
pub fn sum_compensated(items: impl IntoIterator<Item = f64>) -> f64 {
    sum_compensated_from(0.0, not_empty(items))
}

/// `sum(items, start)` from Python 3.12 on: compensated summation after Neumaier.
pub fn sum_compensated_from(start: f64, items: impl IntoIterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (start, 0.0);
    for item in items {
        let next = total + item;
        lost += if total.abs() >= item.abs() {
            (total - next) + item
        } else {
            (item - next) + total
        };
        total = next;
    }
    if lost != 0.0 && lost.is_finite() {
        total + lost
    } else {
        total
    }
}

/// `math.prod(items)`; nothing to multiply declines, since Python's answer is the int 1.
pub fn prod(items: impl IntoIterator<Item = f64>) -> f64 {
    not_empty(items).fold(1.0, |total, item| total * item)
}

/// The items, or a decline where there are none.
fn not_empty(items: impl IntoIterator<Item = f64>) -> impl Iterator<Item = f64> {
    let mut items = items.into_iter().peekable();
    if items.peek().is_none() {
        decline("a sum or product of no floats is an int");
    }
    items
}

/// `x.is_integer()`.
pub fn is_integer(x: f64) -> bool {
    x.is_finite() && x == x.trunc()
}

/// A value with floats in it as a sort key; one with a nan, which has no order, declines.
#[derive(Debug, Clone, Copy)]
pub struct Key<T>(pub T);

impl<T: PartialOrd> Ord for Key<T> {
    fn cmp(&self, other: &Key<T>) -> Ordering {
        order(&self.0, &other.0)
    }
}

impl<T: PartialOrd> PartialOrd for Key<T> {
    fn partial_cmp(&self, other: &Key<T>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: PartialOrd> PartialEq for Key<T> {
    fn eq(&self, other: &Key<T>) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T: PartialOrd> Eq for Key<T> {}

/// `items.sort()` of floats, or of what holds floats.
pub fn sort<T: PartialOrd>(items: &mut [T]) {
    items.sort_by(order);
}

/// How two values with floats in them are ordered; a nan has no order, and declines.
fn order<T: PartialOrd>(one: &T, other: &T) -> Ordering {
    match one.partial_cmp(other) {
        Some(order) => order,
        None => decline("nan has no order"),
    }
}

/// `x.as_integer_ratio()`; raises as CPython does for nan and infinity, and declines beyond i64.
pub fn as_integer_ratio(x: f64) -> Result<(i64, i64), Error> {
    if x.is_nan() {
        return Err(Error::ValueError("cannot convert NaN to integer ratio".to_string()));
    }
    if x.is_infinite() {
        return Err(Error::OverflowError(
            "cannot convert Infinity to integer ratio".to_string(),
        ));
    }
    if x == 0.0 {
        return Ok((0, 1));
    }
    let (fraction, exponent) = math::frexp(x);
    let whole = (fraction * 9_007_199_254_740_992.0) as i64; // 2 ** 53
    let shared = whole.trailing_zeros().min(62);
    let (whole, exponent) = (whole >> shared, exponent - 53 + i64::from(shared));
    let room = i64::from(whole.unsigned_abs().leading_zeros()) - 1;
    match exponent {
        0.. if exponent <= room => Ok((whole << exponent, 1)),
        -62..0 => Ok((whole, 1 << -exponent)),
        _ => decline("a ratio beyond i64"),
    }
}

/// `x.hex()`.
pub fn hex(x: f64) -> String {
    if x.is_nan() {
        return "nan".to_string();
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x.is_infinite() {
        return format!("{sign}inf");
    }
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let (fraction, exponent) = (bits & ((1 << 52) - 1), (bits >> 52 & 0x7ff) as i64);
    let (lead, exponent) = if exponent == 0 { (0, -1022) } else { (1, exponent - 1023) };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}
