//! The functions of `math` over floats, bit for bit.
//!
//! Those that the C library has call it, as CPython does. Their arguments pass through `black_box`: the
//! optimiser would answer some calls with roundings other than the library's.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::python;
use std::cmp::Ordering;
use std::hint::black_box;

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
    quotient_of_logs(log(x)?, log(base)?)
}

/// One logarithm by another.
pub fn quotient_of_logs(top: f64, bottom: f64) -> Result<f64, Error> {
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
pub fn pow(x: f64, y: f64) -> Result<f64, Error> {
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
