//! Arithmetic of time spans, and of dates with them.

use crate::error::Error;
use crate::runtime::date;
use crate::runtime::date_text;
use crate::runtime::delta;
use crate::runtime::float;
use crate::unions::FloatOrStr;
use chrono::NaiveDateTime;
use chrono::TimeDelta;

pub fn apart(a: NaiveDateTime, b: NaiveDateTime) -> Result<TimeDelta, Error> {
    delta::abs(date::datetime_diff(a, b))
}

pub fn laps(total: TimeDelta, lap: TimeDelta) -> Result<(i64, TimeDelta, f64), Error> {
    Ok((
        delta::floor_div(total, lap)?,
        delta::rem(total, lap)?,
        delta::div(total, lap)?,
    ))
}

pub fn scaled(span: TimeDelta, n: i64) -> Result<(TimeDelta, TimeDelta, TimeDelta), Error> {
    Ok((
        delta::mul(span, n)?,
        delta::mul(span, n)?,
        delta::div_int(delta::neg(span)?, 2)?,
    ))
}

pub fn label(span: TimeDelta, at: NaiveDateTime) -> String {
    format!(
        "{} from {}",
        delta::to_text(span),
        date_text::datetime_format(at, "%H:%M on %d.%m.%Y")
    )
}

pub fn next_month(at: NaiveDateTime) -> Result<NaiveDateTime, Error> {
    if date::month(at) == 12 {
        return date::replace_datetime(
            at,
            [
                Some(date::year(at) + 1),
                Some(1),
                Some(1),
                None,
                None,
                None,
                None,
            ],
        );
    }
    date::replace_datetime(
        at,
        [
            None,
            Some(date::month(at) + 1),
            Some(1),
            None,
            None,
            None,
            None,
        ],
    )
}

pub fn seconds_of(value: &FloatOrStr) -> Result<f64, Error> {
    Ok((match value {
        FloatOrStr::Float(inner) => *inner,
        FloatOrStr::Str(inner) => float::parse(inner)?,
    }) * 60.0)
}
