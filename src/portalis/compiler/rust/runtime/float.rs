//! Python's floats, bit for bit: division, powers, rounding, text, and the functions of `math`.
//!
//! Those call the C library, as CPython does. Their arguments pass through `black_box`: the optimiser would
//! answer some calls with roundings other than the library's.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::decline::decline;
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

/// The error for an argument outside a function's domain.
fn domain_error() -> Error {
    Error::ValueError("math domain error".to_string())
}

/// The error for a result beyond floats.
fn range_error() -> Error {
    Error::OverflowError("math range error".to_string())
}

/// The result of a function without poles at which it would overflow.
fn in_domain(x: f64, result: f64) -> Result<f64, Error> {
    if result.is_nan() && !x.is_nan() || result.is_infinite() && x.is_finite() {
        return Err(domain_error());
    }
    Ok(result)
}

/// The result of a function that grows beyond floats.
fn in_range(x: f64, result: f64) -> Result<f64, Error> {
    if result.is_infinite() && x.is_finite() {
        return Err(range_error());
    }
    Ok(result)
}

/// `math.sqrt(x)`.
pub fn sqrt(x: f64) -> Result<f64, Error> {
    in_domain(x, x.sqrt())
}

/// `math.cbrt(x)`: declines, since the C library and Rust round differently.
pub fn cbrt(_x: f64) -> f64 {
    decline("math.cbrt")
}

/// `math.asinh(x)`.
pub fn asinh(x: f64) -> Result<f64, Error> {
    unsafe extern "C" {
        safe fn asinh(x: f64) -> f64;
    }
    in_domain(x, asinh(x))
}

/// `math.acosh(x)`.
pub fn acosh(x: f64) -> Result<f64, Error> {
    unsafe extern "C" {
        safe fn acosh(x: f64) -> f64;
    }
    in_domain(x, acosh(x))
}

/// `math.atanh(x)`.
pub fn atanh(x: f64) -> Result<f64, Error> {
    unsafe extern "C" {
        safe fn atanh(x: f64) -> f64;
    }
    in_domain(x, atanh(x))
}

/// `math.exp(x)`.
pub fn exp(x: f64) -> Result<f64, Error> {
    in_range(x, black_box(x).exp())
}

/// `math.exp2(x)`.
pub fn exp2(x: f64) -> Result<f64, Error> {
    in_range(x, black_box(x).exp2())
}

/// `math.expm1(x)`.
pub fn expm1(x: f64) -> Result<f64, Error> {
    in_range(x, black_box(x).exp_m1())
}

/// `math.log(x)`.
pub fn log(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).ln())
}

/// `math.log2(x)`.
pub fn log2(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).log2())
}

/// `math.log10(x)`.
pub fn log10(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).log10())
}

/// `math.log1p(x)`.
pub fn log1p(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).ln_1p())
}

/// `math.log(x, base)`.
pub fn log_base(x: f64, base: f64) -> Result<f64, Error> {
    let (top, bottom) = (log(x)?, log(base)?);
    if bottom == 0.0 {
        return Err(Error::ZeroDivisionError(
            "float division by zero".to_string(),
        ));
    }
    Ok(top / bottom)
}

/// `math.sin(x)`.
pub fn sin(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).sin())
}

/// `math.cos(x)`.
pub fn cos(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).cos())
}

/// `math.tan(x)`.
pub fn tan(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).tan())
}

/// `math.asin(x)`.
pub fn asin(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).asin())
}

/// `math.acos(x)`.
pub fn acos(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).acos())
}

/// `math.atan(x)`.
pub fn atan(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).atan())
}

/// `math.sinh(x)`.
pub fn sinh(x: f64) -> Result<f64, Error> {
    in_range(x, black_box(x).sinh())
}

/// `math.cosh(x)`.
pub fn cosh(x: f64) -> Result<f64, Error> {
    in_range(x, black_box(x).cosh())
}

/// `math.tanh(x)`.
pub fn tanh(x: f64) -> Result<f64, Error> {
    in_domain(x, black_box(x).tanh())
}

/// `math.atan2(y, x)`.
pub fn atan2(y: f64, x: f64) -> f64 {
    black_box(y).atan2(black_box(x))
}

/// `math.pow(x, y)`.
pub fn math_pow(x: f64, y: f64) -> Result<f64, Error> {
    let result = black_box(x).powf(black_box(y));
    if result.is_finite() || !x.is_finite() || !y.is_finite() {
        return Ok(result);
    }
    Err(if result.is_nan() || x == 0.0 {
        domain_error()
    } else {
        range_error()
    })
}

/// `math.fmod(x, y)`.
pub fn fmod(x: f64, y: f64) -> Result<f64, Error> {
    let result = x % y;
    if result.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error());
    }
    Ok(result)
}

/// `math.modf(x)`: fraction and whole part, both with the sign of `x`.
pub fn modf(x: f64) -> (f64, f64) {
    if x.is_infinite() {
        return (0.0_f64.copysign(x), x);
    }
    let whole = x.trunc();
    ((x - whole).copysign(x), whole)
}

/// `math.frexp(x)`: a fraction from 0.5 to 1 and the power of two it is multiplied by.
pub fn frexp(x: f64) -> (f64, i64) {
    const SCALE: f64 = 18_014_398_509_481_984.0; // 2 ** 54
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let (normal, shift) = if x.is_subnormal() {
        (x * SCALE, 54)
    } else {
        (x, 0)
    };
    let bits = normal.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i64 - 1022;
    (
        f64::from_bits(bits & !(0x7ff << 52) | 1022 << 52),
        exponent - shift,
    )
}

/// `math.ldexp(x, exponent)`.
pub fn ldexp(x: f64, exponent: i64) -> Result<f64, Error> {
    let (fraction, shift) = frexp(x);
    let power = exponent.saturating_add(shift);
    let result = match power {
        _ if x == 0.0 || !x.is_finite() => x,
        1025.. => return Err(range_error()),
        -1021..1025 => fraction * 2.0 * two_to(power - 1),
        // Scaled to just above the subnormals first, so that it is rounded once.
        -1200..-1021 => fraction * two_to(-1021) * two_to(power + 1021),
        _ => 0.0_f64.copysign(x),
    };
    Ok(result)
}

/// Two to a power that a normal float can have.
fn two_to(power: i64) -> f64 {
    f64::from_bits(((power + 1023) as u64) << 52)
}

/// `math.copysign(x, y)`.
pub fn copysign(x: f64, y: f64) -> f64 {
    x.copysign(y)
}

/// `math.degrees(x)`.
pub fn degrees(x: f64) -> f64 {
    x * (180.0 / std::f64::consts::PI)
}

/// `math.radians(x)`.
pub fn radians(x: f64) -> f64 {
    x * (std::f64::consts::PI / 180.0)
}

/// `math.isclose(a, b, rel_tol=rel_tol, abs_tol=abs_tol)`.
pub fn isclose(a: f64, b: f64, rel_tol: f64, abs_tol: f64) -> Result<bool, Error> {
    if rel_tol < 0.0 || abs_tol < 0.0 {
        return Err(Error::ValueError(
            "tolerances must be non-negative".to_string(),
        ));
    }
    if a == b {
        return Ok(true);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(false);
    }
    let distance = (b - a).abs();
    Ok(distance <= (rel_tol * b).abs() || distance <= (rel_tol * a).abs() || distance <= abs_tol)
}

/// `math.hypot(x, y)`.
pub fn hypot(x: f64, y: f64) -> f64 {
    norm(&[x.abs(), y.abs()])
}

/// `math.dist(p, q)`.
pub fn dist(p: &[f64], q: &[f64]) -> Result<f64, Error> {
    if p.len() != q.len() {
        let text = "both points must have the same number of dimensions";
        return Err(Error::ValueError(text.to_string()));
    }
    let distances: Vec<f64> = p.iter().zip(q).map(|(a, b)| (a - b).abs()).collect();
    Ok(norm(&distances))
}

/// The Euclidean norm of sizes, in the steps of CPython 3.11: scaled, summed in three parts, corrected once.
fn norm(sizes: &[f64]) -> f64 {
    let max = sizes.iter().copied().fold(0.0, f64::max);
    if max.is_infinite() {
        return max;
    }
    if sizes.iter().any(|size| size.is_nan()) {
        return f64::NAN;
    }
    if max == 0.0 || sizes.len() <= 1 {
        return max;
    }
    if python::MINOR != 11 {
        decline("a norm, which other versions of Python round differently");
    }
    let (_, exponent) = frexp(max);
    if exponent < -1023 {
        let (mut total, mut lost) = (1.0, 0.0);
        for size in sizes {
            let part = size / max;
            add_exactly(&mut total, &mut lost, part * part);
        }
        return max * (total - 1.0 + lost).sqrt();
    }
    // Not `two_to(-exponent)`, which is subnormal for the greatest sizes.
    let scale = two_to(-exponent / 2) * two_to(-exponent - -exponent / 2);
    let (mut total, mut high_lost, mut cross_lost, mut low_lost) = (1.0, 0.0, 0.0, 0.0);
    for size in sizes {
        let (high, low) = split(size * scale);
        add_exactly(&mut total, &mut high_lost, high * high);
        add_exactly(&mut total, &mut cross_lost, 2.0 * high * low);
        low_lost += low * low;
    }
    let root = (total - 1.0 + (high_lost + cross_lost + low_lost)).sqrt();
    let (high, low) = split(root);
    add_exactly(&mut total, &mut high_lost, -high * high);
    add_exactly(&mut total, &mut cross_lost, -2.0 * high * low);
    add_exactly(&mut total, &mut low_lost, -low * low);
    let rest = total - 1.0 + (high_lost + cross_lost + low_lost);
    (root + rest / (2.0 * root)) / scale
}

/// Splits a float into two whose squares and product are exact.
fn split(x: f64) -> (f64, f64) {
    let wide = x * 134_217_729.0; // 2 ** 27 + 1
    let high = wide - (wide - x);
    (high, x - high)
}

/// Adds to a total that is greater, and what that addition loses to `lost`.
fn add_exactly(total: &mut f64, lost: &mut f64, part: f64) {
    let before = *total;
    *total += part;
    *lost += (before - *total) + part;
}

/// `math.fsum(items)`: the exact sum, rounded once (Shewchuk's partials).
pub fn fsum(items: impl IntoIterator<Item = f64>) -> Result<f64, Error> {
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinite) = (0.0, 0.0);
    for item in items {
        let mut sum = item;
        let mut kept = 0;
        for place in 0..partials.len() {
            let (low, high) = ordered(partials[place], sum);
            sum = high + low;
            let rest = low - (sum - high);
            if rest != 0.0 {
                partials[kept] = rest;
                kept += 1;
            }
        }
        partials.truncate(kept);
        if sum.is_finite() {
            if sum != 0.0 {
                partials.push(sum);
            }
        } else if item.is_finite() {
            return Err(Error::OverflowError(
                "intermediate overflow in fsum".to_string(),
            ));
        } else {
            if item.is_infinite() {
                infinite += item;
            }
            special += item;
            partials.clear();
        }
    }
    if special != 0.0 {
        if infinite.is_nan() {
            return Err(Error::ValueError("-inf + inf in fsum".to_string()));
        }
        return Ok(special);
    }
    Ok(round_partials(&partials))
}

/// Two floats, the smaller in size first.
fn ordered(a: f64, b: f64) -> (f64, f64) {
    if a.abs() < b.abs() { (a, b) } else { (b, a) }
}

/// The sum of partials that don't overlap, half to even across them.
fn round_partials(partials: &[f64]) -> f64 {
    let mut sum = 0.0;
    let mut rest = 0.0;
    let mut left = partials.iter().rev();
    for &partial in left.by_ref() {
        let before = sum;
        sum = before + partial;
        rest = partial - (sum - before);
        if rest != 0.0 {
            break;
        }
    }
    let next = left.next().copied().unwrap_or(0.0);
    if rest < 0.0 && next < 0.0 || rest > 0.0 && next > 0.0 {
        let twice = rest * 2.0;
        let rounded = sum + twice;
        if rounded - sum == twice {
            return rounded;
        }
    }
    sum
}

/// `math.hypot(*sizes)`.
pub fn hypot_of(sizes: &[f64]) -> f64 {
    let sizes: Vec<f64> = sizes.iter().map(|size| size.abs()).collect();
    norm(&sizes)
}

/// `math.remainder(x, y)`: what is left of the multiple of `y` nearest to `x`, half to even.
pub fn remainder(x: f64, y: f64) -> Result<f64, Error> {
    if x.is_nan() || y.is_nan() {
        return Ok(x + y);
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain_error());
    }
    if y.is_infinite() {
        return Ok(x);
    }
    let size = y.abs();
    let rest = x.abs() % size;
    let other = size - rest;
    let nearest = match rest.partial_cmp(&other) {
        Some(Ordering::Less) => rest,
        Some(Ordering::Greater) => -other,
        _ => rest - 2.0 * ((0.5 * (x.abs() - rest)) % size),
    };
    Ok(nearest * 1.0_f64.copysign(x))
}

/// `math.nextafter(x, y)`.
pub fn nextafter(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return x + y;
    }
    match x.partial_cmp(&y) {
        Some(Ordering::Less) => x.next_up(),
        Some(Ordering::Greater) => x.next_down(),
        _ => y,
    }
}

/// `math.ulp(x)`: the distance to the next float away from zero, and from the greatest to the one below.
pub fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let above = x.next_up();
    if above.is_infinite() {
        return x - x.next_down();
    }
    above - x
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
    let (fraction, exponent) = frexp(x);
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
