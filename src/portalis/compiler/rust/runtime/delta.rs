//! Python's `datetime.timedelta` over `chrono`: whole microseconds, at most 999999999 days.

use chrono::TimeDelta;

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::int;
use crate::runtime::repr::Repr;

/// `datetime.timedelta`, always whole microseconds.
pub type Delta = TimeDelta;

const MICROS_PER_SECOND: i128 = 1_000_000;
const MICROS_PER_DAY: i128 = 86_400 * MICROS_PER_SECOND;
const MAX_DELTA_DAYS: i128 = 999_999_999;

/// `timedelta(days, seconds, microseconds)`; raises `OverflowError`.
pub fn new(days: i64, seconds: i64, microseconds: i64) -> Result<Delta, Error> {
    from_micros(
        i128::from(days) * MICROS_PER_DAY
            + i128::from(seconds) * MICROS_PER_SECOND
            + i128::from(microseconds),
    )
}

/// `timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks)`; raises `OverflowError`.
pub fn of(
    days: i64,
    seconds: i64,
    microseconds: i64,
    milliseconds: i64,
    minutes: i64,
    hours: i64,
    weeks: i64,
) -> Result<Delta, Error> {
    let all_days = i128::from(weeks) * 7 + i128::from(days);
    let all_seconds = i128::from(hours) * 3600 + i128::from(minutes) * 60 + i128::from(seconds);
    let micros = i128::from(milliseconds) * 1000 + i128::from(microseconds);
    from_micros(all_days * MICROS_PER_DAY + all_seconds * MICROS_PER_SECOND + micros)
}

/// A length in microseconds.
fn micros(delta: Delta) -> i128 {
    i128::from(delta.num_seconds()) * MICROS_PER_SECOND + i128::from(delta.subsec_nanos() / 1000)
}

/// A length from microseconds; raises `OverflowError` beyond 999999999 days.
fn from_micros(micros: i128) -> Result<Delta, Error> {
    let days = micros.div_euclid(MICROS_PER_DAY);
    if i32::try_from(days).is_err() {
        decline("a timedelta beyond a C int");
    }
    if days.abs() > MAX_DELTA_DAYS {
        let message = format!("days={days}; must have magnitude <= {MAX_DELTA_DAYS}");
        return Err(Error::OverflowError(message));
    }
    let seconds = micros.div_euclid(MICROS_PER_SECOND) as i64;
    let nanos = micros.rem_euclid(MICROS_PER_SECOND) as u32 * 1000;
    Ok(Delta::new(seconds, nanos).unwrap_or_else(|| decline("a timedelta chrono lacks")))
}

/// `str(timedelta)`.
pub fn to_text(value: Delta) -> String {
    let seconds = seconds(value);
    let mut text = match days(value) {
        0 => String::new(),
        days @ (1 | -1) => format!("{days} day, "),
        days => format!("{days} days, "),
    };
    text += &format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    match microseconds(value) {
        0 => text,
        micros => format!("{text}.{micros:06}"),
    }
}

/// `repr(timedelta)`.
pub fn to_repr(value: Delta) -> String {
    let fields = [
        ("days", days(value)),
        ("seconds", seconds(value)),
        ("microseconds", microseconds(value)),
    ];
    let shown: Vec<String> = fields
        .iter()
        .filter(|field| field.1 != 0)
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if shown.is_empty() {
        "datetime.timedelta(0)".to_owned()
    } else {
        format!("datetime.timedelta({})", shown.join(", "))
    }
}

impl Repr for Delta {
    fn repr(&self, out: &mut String) {
        out.push_str(&to_repr(*self));
    }
}

/// `delta.days`.
pub fn days(value: Delta) -> i64 {
    micros(value).div_euclid(MICROS_PER_DAY) as i64
}

/// `delta.seconds`.
pub fn seconds(value: Delta) -> i64 {
    (micros(value).rem_euclid(MICROS_PER_DAY) / MICROS_PER_SECOND) as i64
}

/// `delta.microseconds`.
pub fn microseconds(value: Delta) -> i64 {
    micros(value).rem_euclid(MICROS_PER_SECOND) as i64
}

/// The microseconds as an i64; longer ones decline.
fn short_micros(value: Delta) -> i64 {
    i64::try_from(micros(value)).unwrap_or_else(|_| decline("a timedelta of more than 292000 years"))
}

/// `delta.total_seconds()`.
pub fn total_seconds(value: Delta) -> f64 {
    match int::true_div(short_micros(value), 1_000_000) {
        Ok(seconds) => seconds,
        Err(_) => decline("a timedelta without seconds"),
    }
}

/// `a + b`; raises `OverflowError`.
pub fn add(a: Delta, b: Delta) -> Result<Delta, Error> {
    from_micros(micros(a) + micros(b))
}

/// `a - b`; raises `OverflowError`.
pub fn sub(a: Delta, b: Delta) -> Result<Delta, Error> {
    from_micros(micros(a) - micros(b))
}

/// `-a`; raises `OverflowError`.
pub fn neg(a: Delta) -> Result<Delta, Error> {
    from_micros(-micros(a))
}

/// `abs(a)`; raises `OverflowError`.
pub fn abs(a: Delta) -> Result<Delta, Error> {
    from_micros(micros(a).abs())
}

/// `a * factor`; raises `OverflowError`.
pub fn mul(a: Delta, factor: i64) -> Result<Delta, Error> {
    from_micros(
        micros(a)
            .checked_mul(i128::from(factor))
            .unwrap_or_else(|| decline("a timedelta that is too long")),
    )
}

/// The error of dividing by zero with `//` or `/` on a `timedelta`.
fn division_by_zero() -> Error {
    Error::ZeroDivisionError("integer division or modulo by zero".to_owned())
}

/// Floor division.
fn floor_quotient(a: i128, b: i128) -> i128 {
    let quotient = a / b;
    if a % b != 0 && (a < 0) != (b < 0) {
        quotient - 1
    } else {
        quotient
    }
}

/// `a // divisor` for an int; raises `ZeroDivisionError`.
pub fn floor_div_int(a: Delta, divisor: i64) -> Result<Delta, Error> {
    if divisor == 0 {
        return Err(division_by_zero());
    }
    from_micros(floor_quotient(micros(a), i128::from(divisor)))
}

/// `a / divisor` for an int, half to even; raises `ZeroDivisionError`.
pub fn div_int(a: Delta, divisor: i64) -> Result<Delta, Error> {
    if divisor == 0 {
        return Err(division_by_zero());
    }
    let (value, divisor) = (micros(a), i128::from(divisor));
    let quotient = floor_quotient(value, divisor);
    let rest = (value - quotient * divisor).abs() * 2;
    let up = rest > divisor.abs() || (rest == divisor.abs() && quotient % 2 != 0);
    from_micros(quotient + i128::from(up))
}

/// `a // b`; raises `ZeroDivisionError`.
pub fn floor_div(a: Delta, b: Delta) -> Result<i64, Error> {
    if b.is_zero() {
        return Err(division_by_zero());
    }
    Ok(i64::try_from(floor_quotient(micros(a), micros(b)))
        .unwrap_or_else(|_| decline("a quotient beyond i64")))
}

/// `a / b`; raises `ZeroDivisionError`.
pub fn div(a: Delta, b: Delta) -> Result<f64, Error> {
    int::true_div(short_micros(a), short_micros(b))
}

/// `a % b`; raises `ZeroDivisionError`.
pub fn rem(a: Delta, b: Delta) -> Result<Delta, Error> {
    if b.is_zero() {
        return Err(Error::ZeroDivisionError("integer modulo by zero".to_owned()));
    }
    from_micros(micros(a) - floor_quotient(micros(a), micros(b)) * micros(b))
}

/// Whether the length is nothing (`not delta`).
pub fn is_zero(value: Delta) -> bool {
    value.is_zero()
}
