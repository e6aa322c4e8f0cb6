//! The clock: what day it is, what time it is, and how long something took.

use crate::runtime::clock;
use crate::runtime::date;
use crate::runtime::date_text;
use crate::runtime::delta;
use crate::runtime::fmt;
use chrono::NaiveDate;
use chrono::NaiveDateTime;

pub fn is_past(day: NaiveDate) -> bool {
    day < clock::today()
}

/// The century of a year written with two digits, of which no year lies ahead.
pub fn century(year: i64) -> i64 {
    let this = date::year(clock::today());
    let full = (this / 100 * 100).strict_add(year);
    if full <= this {
        full.div_euclid(100)
    } else {
        full.div_euclid(100).strict_sub(1)
    }
}

pub fn age(birth: NaiveDate, mut on: Option<NaiveDate>) -> i64 {
    if on.is_none() {
        on = Some(date::date_of(clock::now()));
    }
    date::year(on.unwrap())
        - date::year(birth)
        - i64::from(
            (date::month(on.unwrap()), date::day(on.unwrap()))
                < (date::month(birth), date::day(birth)),
        )
}

/// How long a sum takes by three counters.
pub fn took(n: i64) -> (i64, f64, i64) {
    let began = clock::perf_counter();
    let first = clock::monotonic_ns();
    let mut total: i64 = 0;
    for i in 0..n {
        total = total.strict_add(i);
    }
    (
        total,
        clock::perf_counter() - began,
        clock::monotonic_ns().strict_sub(first),
    )
}

pub fn stamped(text: &str) -> String {
    format!(
        "{} {} {} {text}",
        date::datetime_str(clock::now()),
        fmt::fixed(clock::time(), 1),
        date_text::datetime_format(clock::now(), "%H:%M")
    )
}

pub fn years_since(moment: NaiveDateTime) -> i64 {
    delta::days(date::datetime_diff(clock::now(), moment)).div_euclid(366)
}
