//! Python's `isoformat` with a separator and a precision, and times in ISO format.

use chrono::Timelike;

use crate::error::Error;
use crate::runtime::date::{DateTime, Time, date_str, time, time_str};
use crate::runtime::decline::decline;
use crate::runtime::repr;

/// How much of the time of day is shown.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    Auto,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
    Microseconds,
}

/// `time.isoformat(timespec)`.
pub fn time_text(value: Time, clock: Clock) -> String {
    let (hour, minute, second) = (value.hour(), value.minute(), value.second());
    let micros = value.nanosecond() / 1000;
    match clock {
        Clock::Auto => time_str(value),
        Clock::Hours => format!("{hour:02}"),
        Clock::Minutes => format!("{hour:02}:{minute:02}"),
        Clock::Seconds => format!("{hour:02}:{minute:02}:{second:02}"),
        Clock::Milliseconds => format!("{hour:02}:{minute:02}:{second:02}.{:03}", micros / 1000),
        Clock::Microseconds => format!("{hour:02}:{minute:02}:{second:02}.{micros:06}"),
    }
}

/// `datetime.isoformat(separator, timespec)`.
pub fn datetime_text(value: DateTime, separator: char, clock: Clock) -> String {
    format!(
        "{}{separator}{}",
        date_str(value.date()),
        time_text(value.time(), clock)
    )
}

/// `time.fromisoformat(text)` of `HH`, `HH:MM` and `HH:MM:SS` with or without a fraction; raises `ValueError`.
/// Other forms decline.
pub fn time_from_iso(text: &str) -> Result<Time, Error> {
    let shaped = |shape: &str| {
        text.len() == shape.len()
            && text
                .bytes()
                .zip(shape.bytes())
                .all(|(byte, wanted)| match wanted {
                    b'0' => byte.is_ascii_digit(),
                    other => byte == other,
                })
    };
    let number = |from: usize, to: usize| {
        text.get(from..to)
            .and_then(|part| part.parse().ok())
            .unwrap_or(0)
    };
    let fraction = match text {
        _ if shaped("00") || shaped("00:00") || shaped("00:00:00") => 0,
        _ if shaped("00:00:00.000") => number(9, 12) * 1000,
        _ if shaped("00:00:00.000000") => number(9, 15),
        _ if text.is_empty()
            || text
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() && !b"TZWtzw".contains(&byte)) =>
        {
            let shown = repr::repr(text);
            return Err(Error::ValueError(format!(
                "Invalid isoformat string: {shown}"
            )));
        }
        _ => decline("a form of ISO time that is not supported"),
    };
    time(number(0, 2), number(3, 5), number(6, 8), fraction)
}
