//! Dates.

use crate::error::Error;
use crate::runtime::date;
use crate::runtime::date_text;
use crate::runtime::delta;
use chrono::NaiveDate;

pub fn made(year: i64, month: i64, day: i64) -> Result<NaiveDate, Error> {
    date::date(year, month, day)
}

pub fn fields(d: NaiveDate) -> (i64, i64, i64, i64, i64) {
    (
        date::year(d),
        date::month(d),
        date::day(d),
        date::weekday(d),
        date::isoweekday(d),
    )
}

pub fn shifted(d: NaiveDate, days: i64) -> Result<NaiveDate, Error> {
    date::date_add(d, delta::new(days, 0, 0)?)
}

pub fn between(a: NaiveDate, b: NaiveDate) -> i64 {
    delta::days(date::date_diff(a, b))
}

pub fn text(d: NaiveDate) -> Vec<String> {
    vec![
        date::date_str(d),
        date::date_str(d),
        date_text::date_format(d, "%Y-%m-%d %j"),
    ]
}

pub fn read(s: &str) -> Result<NaiveDate, Error> {
    Ok(date::date_of(date_text::parse(s, "%Y%m%d")?))
}

pub fn order(a: NaiveDate, b: NaiveDate) -> Vec<bool> {
    vec![a < b, a == b, a >= b]
}

pub fn leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

pub fn replaced(d: NaiveDate, year: i64) -> Result<NaiveDate, Error> {
    date::replace_date(d, Some(year), None, None)
}
