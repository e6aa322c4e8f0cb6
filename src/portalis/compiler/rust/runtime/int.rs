//! Python's integers where they fit in `i64`; what does not fit declines.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::decline::{decline, or_decline};
use crate::runtime::float;
use crate::runtime::repr;

/// `a // b`.
pub fn floor_div(a: i64, b: i64) -> Result<i64, Error> {
    if b == 0 {
        return Err(Error::ZeroDivisionError(
            "integer division or modulo by zero".to_string(),
        ));
    }
    Ok(floor_div_nonzero(a, b))
}

/// `a % b`.
pub fn floor_mod(a: i64, b: i64) -> Result<i64, Error> {
    if b == 0 {
        return Err(Error::ZeroDivisionError(
            "integer modulo by zero".to_string(),
        ));
    }
    Ok(floor_mod_nonzero(a, b))
}

/// `divmod(a, b)`.
pub fn divmod(a: i64, b: i64) -> Result<(i64, i64), Error> {
    Ok((floor_div(a, b)?, floor_mod_nonzero(a, b)))
}

/// `a // b` where `b` is known not to be zero.
pub fn floor_div_nonzero(a: i64, b: i64) -> i64 {
    let quotient = a.strict_div(b);
    if a % b != 0 && (a < 0) != (b < 0) {
        quotient - 1
    } else {
        quotient
    }
}

/// `a % b` where `b` is known not to be zero.
pub fn floor_mod_nonzero(a: i64, b: i64) -> i64 {
    let rest = a.wrapping_rem(b);
    if rest != 0 && (rest < 0) != (b < 0) {
        rest + b
    } else {
        rest
    }
}

/// `a / b`, rounded once as CPython does.
pub fn true_div(a: i64, b: i64) -> Result<f64, Error> {
    const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;
    let (top, bottom) = (a.unsigned_abs(), b.unsigned_abs());
    if bottom == 0 {
        return Err(Error::ZeroDivisionError("division by zero".to_string()));
    }
    if top <= EXACT && bottom <= EXACT {
        return Ok(a as f64 / b as f64);
    }
    // A quotient of 56 bits or more, its lowest bit set where a rest is left, rounds like the exact one.
    let shift = (56 + top.leading_zeros()).saturating_sub(bottom.leading_zeros());
    let shifted = u128::from(top) << shift;
    let quotient = shifted / u128::from(bottom);
    let rest = u128::from(shifted % u128::from(bottom) != 0);
    let scale = f64::from_bits(u64::from(1023 - shift) << 52);
    let size = (quotient | rest) as f64 * scale;
    Ok(if (a < 0) == (b < 0) { size } else { -size })
}

/// `a ** b`; a negative exponent declines.
pub fn pow(a: i64, b: i64) -> i64 {
    match (a, b) {
        _ if b < 0 => decline("a negative power of an integer"),
        (0 | 1, 1..) => a,
        (-1, _) => 1 - 2 * (b & 1),
        _ => a.strict_pow(or_decline(u32::try_from(b).ok(), "a power beyond i64")),
    }
}

/// `pow(a, b, m)`.
pub fn pow_mod(a: i64, b: i64, m: i64) -> Result<i64, Error> {
    if m == 0 {
        return Err(Error::ValueError(
            "pow() 3rd argument cannot be 0".to_string(),
        ));
    }
    let modulus = i128::from(m).abs();
    if modulus == 1 {
        return Ok(0);
    }
    let mut base = i128::from(a).rem_euclid(modulus);
    if b < 0 {
        base = inverse(base, modulus)?;
    }
    // Products of small moduli fit in a machine word, where a division is many times faster.
    let small = modulus <= i128::from(u32::MAX);
    let times = |x: i128, y: i128| match small {
        true => i128::from(x as u64 * y as u64 % modulus as u64),
        false => x * y % modulus,
    };
    let mut power = b.unsigned_abs();
    let mut result = 1;
    while power > 0 {
        if power & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        power >>= 1;
    }
    Ok(if m < 0 && result != 0 {
        result + i128::from(m)
    } else {
        result
    } as i64)
}

/// The number whose product with `a` leaves one when divided by the modulus.
fn inverse(a: i128, modulus: i128) -> Result<i128, Error> {
    let (mut low, mut high) = (a, modulus);
    let (mut low_factor, mut high_factor) = (1, 0);
    while low != 0 {
        let quotient = high / low;
        (low, high) = (high - quotient * low, low);
        (low_factor, high_factor) = (high_factor - quotient * low_factor, low_factor);
    }
    if high != 1 {
        return Err(Error::ValueError(
            "base is not invertible for the given modulus".to_string(),
        ));
    }
    Ok(high_factor.rem_euclid(modulus))
}

/// `a << b`.
pub fn shl(a: i64, b: i64) -> Result<i64, Error> {
    match b {
        ..0 => Err(Error::ValueError("negative shift count".to_string())),
        _ if a == 0 => Ok(0),
        0..64 if (a << b) >> b == a => Ok(a << b),
        _ => decline("a shift beyond i64"),
    }
}

/// `a << b` with `b` known to be from 0 to 62.
pub fn shl_by(a: i64, b: u32) -> i64 {
    if (a << b) >> b != a {
        decline("a shift beyond i64");
    }
    a << b
}

/// `a >> b`.
pub fn shr(a: i64, b: i64) -> Result<i64, Error> {
    match b {
        ..0 => Err(Error::ValueError("negative shift count".to_string())),
        _ => Ok(a >> b.min(63)),
    }
}

/// `int(text)`.
pub fn parse(text: &str) -> Result<i64, Error> {
    let digits = text.as_bytes();
    if (1..=18).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) {
        return Ok(digits
            .iter()
            .fold(0, |value, digit| value * 10 + i64::from(digit - b'0')));
    }
    match scan(&chars::to_ascii_number(text), 10) {
        Some(number) => Ok(number.value()),
        None => Err(invalid_literal(&repr::text(text), 10)),
    }
}

/// `int(text, base)`.
pub fn parse_base(text: &str, base: i64) -> Result<i64, Error> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(Error::ValueError(
            "int() base must be >= 2 and <= 36, or 0".to_string(),
        ));
    }
    match scan(&chars::to_ascii_number(text), base as u32) {
        Some(number) => Ok(number.value()),
        None => Err(invalid_literal(&repr::text(text), base)),
    }
}

/// `int(c)` of one character.
pub fn from_char(c: char) -> Result<i64, Error> {
    match chars::decimal_value(c) {
        Some(value) => Ok(value),
        None => Err(invalid_literal(&repr::text(c.encode_utf8(&mut [0; 4])), 10)),
    }
}

/// `int(c, base)` of one character.
pub fn from_char_base(c: char, base: i64) -> Result<i64, Error> {
    match c.to_digit(36) {
        Some(value) if i64::from(value) < base && (2..=36).contains(&base) => Ok(i64::from(value)),
        _ => parse_base(c.encode_utf8(&mut [0; 4]), base),
    }
}

/// `int(text) % modulus` for texts of any length that Python accepts.
pub fn parse_mod(text: &str, modulus: i64) -> Result<i64, Error> {
    let ascii = chars::to_ascii_number(text);
    let Some(number) = scan(&ascii, 10) else {
        return Err(invalid_literal(&repr::text(text), 10));
    };
    if modulus == 0 {
        return floor_mod(1, 0);
    }
    let size = modulus.unsigned_abs();
    let rest = match size {
        ..0x0800_0000_0000_0000 => number
            .digits()
            .fold(0, |rest, digit| (rest * 10 + u64::from(digit)) % size),
        _ => number.digits().fold(0, |rest, digit| {
            let next = u128::from(rest) * 10 + u128::from(digit);
            (next % u128::from(size)) as u64
        }),
    };
    let rest = i128::from(rest);
    let signed = if number.negative { -rest } else { rest };
    let modulus = i128::from(modulus);
    let below = signed.rem_euclid(modulus);
    Ok(if modulus < 0 && below != 0 {
        below + modulus
    } else {
        below
    } as i64)
}

/// `int(data)` of bytes.
pub fn parse_bytes(data: &[u8]) -> Result<i64, Error> {
    match std::str::from_utf8(data)
        .ok()
        .and_then(|text| scan(text, 10))
    {
        Some(number) => Ok(number.value()),
        None => Err(invalid_literal(&repr::bytes(data), 10)),
    }
}

/// A number's text taken apart: sign, digits with single underscores between them, base.
struct Number<'a> {
    negative: bool,
    body: &'a str,
    base: u32,
}

impl Number<'_> {
    /// The values of the digits.
    fn digits(&self) -> impl Iterator<Item = u32> {
        self.body.chars().filter_map(|c| c.to_digit(36))
    }

    /// The number, or a decline beyond `i64`.
    fn value(&self) -> i64 {
        let base = i64::from(self.base);
        self.digits().fold(0_i64, |value, digit| {
            let digit = i64::from(digit);
            value
                .strict_mul(base)
                .strict_add(if self.negative { -digit } else { digit })
        })
    }
}

/// Takes apart an integer as `int()` reads it (ASCII); None where it is malformed.
fn scan(text: &str, base: u32) -> Option<Number<'_>> {
    let blank = [' ', '\t', '\n', '\x0b', '\x0c', '\r'];
    let text = text.trim_matches(blank);
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let prefixed = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let strip = prefixed != 0 && (base == 0 || base == prefixed);
    let rest = if strip { &unsigned[2..] } else { unsigned };
    let body = if strip {
        rest.strip_prefix('_').unwrap_or(rest)
    } else {
        rest
    };
    let radix = match base {
        0 if strip => prefixed,
        0 => 10,
        _ => base,
    };
    let shaped = body
        .split('_')
        .all(|run| !run.is_empty() && run.chars().all(|c| c.is_digit(radix)));
    // `0123` is refused where the base is to be guessed.
    let octal =
        base == 0 && !strip && body.starts_with('0') && body.contains(|c| ('1'..='9').contains(&c));
    if !shaped || octal {
        return None;
    }
    if body.len() > 4300 {
        decline("an integer of more digits than Python reads");
    }
    Some(Number {
        negative: text.starts_with('-'),
        body,
        base: radix,
    })
}

/// The error of what is no integer, by its `repr`, of which Python shows at most 200 characters.
fn invalid_literal(shown: &str, base: i64) -> Error {
    let shown: String = shown.chars().take(200).collect();
    Error::ValueError(format!(
        "invalid literal for int() with base {base}: {shown}"
    ))
}

/// `int(x)`; infinity and nan raise.
pub fn from_float(x: f64) -> Result<i64, Error> {
    float::trunc(x)
}

/// `bin(a)`.
pub fn bin(a: i64) -> String {
    format!("{}{:#b}", sign(a), a.unsigned_abs())
}

/// `oct(a)`.
pub fn oct(a: i64) -> String {
    format!("{}{:#o}", sign(a), a.unsigned_abs())
}

/// `hex(a)`.
pub fn hex(a: i64) -> String {
    format!("{}{:#x}", sign(a), a.unsigned_abs())
}

/// The sign that is written before a number.
fn sign(a: i64) -> &'static str {
    if a < 0 { "-" } else { "" }
}

/// `a.bit_length()`.
pub fn bit_length(a: i64) -> i64 {
    i64::from(u64::BITS - a.unsigned_abs().leading_zeros())
}

/// `a.bit_count()`.
pub fn bit_count(a: i64) -> i64 {
    i64::from(a.unsigned_abs().count_ones())
}

/// `math.isqrt(a)`.
pub fn isqrt(a: i64) -> Result<i64, Error> {
    if a < 0 {
        return Err(Error::ValueError(
            "isqrt() argument must be nonnegative".to_string(),
        ));
    }
    Ok(a.isqrt())
}

/// `math.gcd(a, b)`.
pub fn gcd(a: i64, b: i64) -> i64 {
    let (mut low, mut high) = (a.unsigned_abs(), b.unsigned_abs());
    while low != 0 {
        (low, high) = (high % low, low);
    }
    or_decline(i64::try_from(high).ok(), "a divisor beyond i64")
}

/// `math.lcm(a, b)`.
pub fn lcm(a: i64, b: i64) -> i64 {
    if a == 0 || b == 0 {
        return 0;
    }
    a.strict_abs().strict_mul(b.strict_abs() / gcd(a, b))
}

/// `math.factorial(n)`.
pub fn factorial(n: i64) -> Result<i64, Error> {
    match n {
        ..0 => Err(Error::ValueError(
            "factorial() not defined for negative values".to_string(),
        )),
        0..=20 => Ok((1..=n).product()),
        _ => decline("a factorial beyond i64"),
    }
}

/// `math.comb(n, k)`.
pub fn comb(n: i64, k: i64) -> Result<i64, Error> {
    not_negative("n", n)?;
    not_negative("k", k)?;
    if k > n {
        return Ok(0);
    }
    let mut result = 1_i128;
    for place in 0..k.min(n - k) {
        result = result * i128::from(n - place) / i128::from(place + 1);
        if result > i128::from(i64::MAX) {
            decline("a binomial coefficient beyond i64");
        }
    }
    Ok(result as i64)
}

/// `math.perm(n, k)`.
pub fn perm(n: i64, k: i64) -> Result<i64, Error> {
    not_negative("n", n)?;
    not_negative("k", k)?;
    if k > n {
        return Ok(0);
    }
    Ok((n - k + 1..=n).rev().fold(1_i64, i64::strict_mul))
}

/// The error of `math.comb` and `math.perm` for a negative argument.
fn not_negative(name: &str, value: i64) -> Result<(), Error> {
    if value < 0 {
        return Err(Error::ValueError(format!(
            "{name} must be a non-negative integer"
        )));
    }
    Ok(())
}

/// `round(a, digits)`.
pub fn round_to(a: i64, digits: i64) -> i64 {
    match digits {
        0.. => a,
        -19..0 => {
            let unit = 10_i128.pow(digits.unsigned_abs() as u32);
            let below = i128::from(a).div_euclid(unit);
            let rest = i128::from(a).rem_euclid(unit) * 2;
            let up = rest > unit || rest == unit && below % 2 != 0;
            or_decline(
                i64::try_from((below + i128::from(up)) * unit).ok(),
                "a number beyond i64",
            )
        }
        _ => 0,
    }
}

/// `sum(items)`.
pub fn sum(items: impl IntoIterator<Item = i64>) -> i64 {
    items.into_iter().fold(0, i64::strict_add)
}

/// `math.prod(items)`.
pub fn prod(items: impl IntoIterator<Item = i64>) -> i64 {
    items.into_iter().fold(1, i64::strict_mul)
}

/// The sum of integers that may each fail to come about; the first failure wins.
pub fn try_sum(items: impl IntoIterator<Item = Result<i64, Error>>) -> Result<i64, Error> {
    let mut total = 0_i64;
    for item in items {
        total = total.strict_add(item?);
    }
    Ok(total)
}

/// `math.gcd(*items)`.
pub fn gcd_of(items: &[i64]) -> i64 {
    items.iter().fold(0, |divisor, &item| gcd(divisor, item))
}

/// `math.lcm(*items)`.
pub fn lcm_of(items: &[i64]) -> i64 {
    items.iter().fold(1, |multiple, &item| lcm(multiple, item))
}
