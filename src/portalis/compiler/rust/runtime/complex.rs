//! Python's `complex` and `cmath`, by CPython's own formulas; what is not finite, or no longer is, declines.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::float;
use num_complex::Complex64;

/// `math.frexp` of what lies below is exact only after it was scaled by this power of two.
const SCALE_UP: i32 = 53;
const SCALE_DOWN: i32 = -27;

/// A result that is finite as its operands were; any other declines.
fn finite(result: Complex64) -> Complex64 {
    if !result.is_finite() {
        decline("a complex number that is not finite");
    }
    result
}

/// `a * b`.
pub fn mul(a: Complex64, b: Complex64) -> Complex64 {
    finite(Complex64::new(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re))
}

/// `a / b`; raises `ZeroDivisionError`.
pub fn div(a: Complex64, b: Complex64) -> Result<Complex64, Error> {
    finite(a);
    finite(b);
    let result = if b.re.abs() >= b.im.abs() {
        if b.re == 0.0 {
            return Err(Error::ZeroDivisionError("complex division by zero".to_string()));
        }
        let ratio = b.im / b.re;
        let scale = b.re + b.im * ratio;
        Complex64::new((a.re + a.im * ratio) / scale, (a.im - a.re * ratio) / scale)
    } else {
        let ratio = b.re / b.im;
        let scale = b.re * ratio + b.im;
        Complex64::new((a.re * ratio + a.im) / scale, (a.im * ratio - a.re) / scale)
    };
    Ok(finite(result))
}

/// `a ** n` by repeated squaring, as CPython does up to 100; larger exponents decline.
pub fn pow(a: Complex64, n: i64) -> Result<Complex64, Error> {
    if n.abs() > 100 {
        decline("a complex number to a large power");
    }
    let (mut result, mut power) = (Complex64::new(1.0, 0.0), a);
    let mut mask = 1;
    while mask <= n.abs() {
        if n & mask != 0 && n > 0 || n < 0 && -n & mask != 0 {
            result = mul(result, power);
        }
        mask <<= 1;
        power = Complex64::new(
            power.re * power.re - power.im * power.im,
            power.re * power.im + power.im * power.re,
        );
    }
    if n >= 0 {
        return Ok(finite(result));
    }
    div(Complex64::new(1.0, 0.0), result)
        .map_err(|_| Error::ZeroDivisionError("0.0 to a negative or complex power".to_string()))
}

/// `abs(z)`; raises `OverflowError`.
pub fn abs(z: Complex64) -> Result<f64, Error> {
    let size = z.re.hypot(z.im);
    if size.is_infinite() && z.is_finite() {
        return Err(Error::OverflowError("absolute value too large".to_string()));
    }
    Ok(size)
}

/// `z` as a number that is not a `-0.0` or nan is compared.
pub fn is_true(z: Complex64) -> bool {
    z.re != 0.0 || z.im != 0.0
}

/// A part as it is written in a complex number: without the `.0` of a float.
fn part(x: f64) -> String {
    let text = float::repr(x);
    text.strip_suffix(".0").map_or(text.clone(), str::to_string)
}

/// `str(z)` and `repr(z)`.
pub fn repr(z: Complex64) -> String {
    if z.re == 0.0 && z.re.is_sign_positive() {
        return part(z.im) + "j";
    }
    let sign = if z.im.is_sign_negative() && !z.im.is_nan() { "" } else { "+" };
    format!("({}{sign}{}j)", part(z.re), part(z.im))
}

/// `cmath.sqrt(z)`.
pub fn sqrt(z: Complex64) -> Complex64 {
    finite(z);
    if z.re == 0.0 && z.im == 0.0 {
        return Complex64::new(0.0, z.im);
    }
    let (ax, ay) = (z.re.abs(), z.im.abs());
    let s = if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        let up = 2.0_f64.powi(SCALE_UP);
        (ax * up + (ax * up).hypot(ay * up)).sqrt() * 2.0_f64.powi(SCALE_DOWN)
    } else {
        2.0 * (ax / 8.0 + (ax / 8.0).hypot(ay / 8.0)).sqrt()
    };
    let d = ay / (2.0 * s);
    if z.re >= 0.0 {
        Complex64::new(s, d.copysign(z.im))
    } else {
        Complex64::new(d, s.copysign(z.im))
    }
}

/// `cmath.phase(z)`; an angle too small for a normal float declines, as the C library calls it an error.
pub fn phase(z: Complex64) -> f64 {
    let angle = finite(z).im.atan2(z.re);
    if z.im != 0.0 && angle.abs() < f64::MIN_POSITIVE {
        decline("an angle that is too small");
    }
    angle
}

/// `cmath.polar(z)`; raises `OverflowError`.
pub fn polar(z: Complex64) -> Result<(f64, f64), Error> {
    let size = finite(z).re.hypot(z.im);
    if size.is_infinite() {
        return Err(Error::OverflowError("math range error".to_string()));
    }
    Ok((size, phase(z)))
}

/// `cmath.rect(r, phi)`.
pub fn rect(r: f64, phi: f64) -> Complex64 {
    finite(Complex64::new(r, phi));
    if phi == 0.0 {
        return Complex64::new(r, r * phi);
    }
    finite(Complex64::new(r * phi.cos(), r * phi.sin()))
}

/// `cmath.exp(z)`; declines where it nears the end of the floats.
pub fn exp(z: Complex64) -> Complex64 {
    if finite(z).re > 700.0 {
        decline("cmath.exp of a large number");
    }
    let size = z.re.exp();
    finite(Complex64::new(size * z.im.cos(), size * z.im.sin()))
}
