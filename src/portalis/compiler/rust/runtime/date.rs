//! Python's `datetime` (naive values) and `calendar` over `chrono`, with Python's range and messages.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::delta::{self, Delta};
use crate::runtime::repr::{self, Repr};

/// `datetime.date`.
pub type Date = NaiveDate;
/// `datetime.datetime` without a time zone.
pub type DateTime = NaiveDateTime;
/// `datetime.time` without a time zone.
pub type Time = NaiveTime;

/// The ordinal of 9999-12-31.
const MAX_ORDINAL: i64 = 3_652_059;

/// A number that CPython takes as a C `int`; others decline.
fn c_int(value: i64) -> i32 {
    i32::try_from(value).unwrap_or_else(|_| decline("a date field beyond a C int"))
}

/// `value` where it lies in `0..=most`; raises `ValueError`.
fn clock_field(name: &str, value: i64, most: i64) -> Result<u32, Error> {
    let value = c_int(value);
    match u32::try_from(value) {
        Ok(field) if i64::from(field) <= most => Ok(field),
        _ => Err(Error::ValueError(format!("{name} must be in 0..{most}"))),
    }
}

/// A date that arithmetic led to; raises `OverflowError` outside the years 1 to 9999.
fn in_range<T: Datelike>(value: Option<T>) -> Result<T, Error> {
    match value {
        Some(value) if (1..=9999).contains(&value.year()) => Ok(value),
        _ => Err(Error::OverflowError("date value out of range".to_owned())),
    }
}

/// `date(year, month, day)`; raises `ValueError`.
pub fn date(year: i64, month: i64, day: i64) -> Result<Date, Error> {
    let (year, month, day) = (c_int(year), c_int(month), c_int(day));
    if !(1..=9999).contains(&year) {
        return Err(Error::ValueError(format!("year {year} is out of range")));
    }
    if !(1..=12).contains(&month) {
        return Err(Error::ValueError("month must be in 1..12".to_owned()));
    }
    u32::try_from(day)
        .ok()
        .and_then(|day| Date::from_ymd_opt(year, month.unsigned_abs(), day))
        .ok_or_else(|| Error::ValueError("day is out of range for month".to_owned()))
}

/// `time(hour, minute, second, microsecond)`; raises `ValueError`.
pub fn time(hour: i64, minute: i64, second: i64, microsecond: i64) -> Result<Time, Error> {
    let hour = clock_field("hour", hour, 23)?;
    let minute = clock_field("minute", minute, 59)?;
    let second = clock_field("second", second, 59)?;
    let microsecond = clock_field("microsecond", microsecond, 999_999)?;
    Ok(Time::from_hms_micro_opt(hour, minute, second, microsecond)
        .unwrap_or_else(|| decline("a time chrono lacks")))
}

/// `datetime(year, month, day, hour, minute, second, microsecond)`; raises `ValueError`.
pub fn datetime(
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    microsecond: i64,
) -> Result<DateTime, Error> {
    Ok(date(year, month, day)?.and_time(time(hour, minute, second, microsecond)?))
}

/// `datetime.combine(date, time)`.
pub fn combine(date: Date, time: Time) -> DateTime {
    date.and_time(time)
}

/// `datetime.date()`.
pub fn date_of(value: DateTime) -> Date {
    value.date()
}

/// `datetime.time()`.
pub fn time_of(value: DateTime) -> Time {
    value.time()
}

/// `value.year`.
pub fn year<T: Datelike>(value: T) -> i64 {
    i64::from(value.year())
}

/// `value.month`.
pub fn month<T: Datelike>(value: T) -> i64 {
    i64::from(value.month())
}

/// `value.day`.
pub fn day<T: Datelike>(value: T) -> i64 {
    i64::from(value.day())
}

/// `value.hour`.
pub fn hour<T: Timelike>(value: T) -> i64 {
    i64::from(value.hour())
}

/// `value.minute`.
pub fn minute<T: Timelike>(value: T) -> i64 {
    i64::from(value.minute())
}

/// `value.second`.
pub fn second<T: Timelike>(value: T) -> i64 {
    i64::from(value.second())
}

/// `value.microsecond`.
pub fn microsecond<T: Timelike>(value: T) -> i64 {
    i64::from(value.nanosecond() / 1000)
}

/// `value.weekday()`: Monday is 0.
pub fn weekday<T: Datelike>(value: T) -> i64 {
    i64::from(value.weekday().num_days_from_monday())
}

/// `value.isoweekday()`: Monday is 1.
pub fn isoweekday<T: Datelike>(value: T) -> i64 {
    i64::from(value.weekday().number_from_monday())
}

/// `value.isocalendar()`: ISO year, week, weekday.
pub fn iso_calendar<T: Datelike>(value: T) -> (i64, i64, i64) {
    let week = value.iso_week();
    (i64::from(week.year()), i64::from(week.week()), isoweekday(value))
}

/// The day of the year, from 1.
pub fn year_day<T: Datelike>(value: T) -> i64 {
    i64::from(value.ordinal())
}

/// The seconds since 1970 of a datetime in UTC.
pub fn timegm(value: DateTime) -> i64 {
    value.and_utc().timestamp()
}

/// A date of Python's range.
fn of_year(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap_or_else(|| decline("a date chrono lacks"))
}

/// `date.min`.
pub fn date_min() -> Date {
    of_year(1, 1, 1)
}

/// `date.max`.
pub fn date_max() -> Date {
    of_year(9999, 12, 31)
}

/// `datetime.min`.
pub fn datetime_min() -> DateTime {
    date_min().and_time(Time::MIN)
}

/// `datetime.max`.
pub fn datetime_max() -> DateTime {
    match Time::from_hms_micro_opt(23, 59, 59, 999_999) {
        Some(last) => date_max().and_time(last),
        None => decline("a time chrono lacks"),
    }
}

/// `value.toordinal()`: 0001-01-01 is 1.
pub fn toordinal<T: Datelike>(value: T) -> i64 {
    i64::from(value.num_days_from_ce())
}

/// `date.fromordinal(ordinal)`; raises `ValueError`.
pub fn from_ordinal(ordinal: i64) -> Result<Date, Error> {
    let days = c_int(ordinal);
    if days < 1 {
        return Err(Error::ValueError("ordinal must be >= 1".to_owned()));
    }
    match Date::from_num_days_from_ce_opt(days) {
        Some(date) if ordinal <= MAX_ORDINAL => Ok(date),
        Some(date) => Err(Error::ValueError(format!("year {} is out of range", date.year()))),
        None => decline("an ordinal chrono lacks"),
    }
}

/// `date.fromisocalendar(year, week, day)`; raises `ValueError`.
pub fn from_iso_calendar(year: i64, week: i64, day: i64) -> Result<Date, Error> {
    let (year, week, day) = (c_int(year), c_int(week), c_int(day));
    if !(1..=9999).contains(&year) {
        return Err(Error::ValueError(format!("Year is out of range: {year}")));
    }
    let first = u32::try_from(week)
        .ok()
        .and_then(|week| Date::from_isoywd_opt(year, week, chrono::Weekday::Mon));
    let Some(monday) = first else {
        return Err(Error::ValueError(format!("Invalid week: {week}")));
    };
    if !(1..=7).contains(&day) {
        return Err(Error::ValueError(format!("Invalid day: {day} (range is [1, 7])")));
    }
    from_ordinal(toordinal(monday) + i64::from(day) - 1)
}

/// `date + delta`, of which only the days count; raises `OverflowError`.
pub fn date_add(date: Date, delta: Delta) -> Result<Date, Error> {
    in_range(date.checked_add_signed(Delta::days(delta::days(delta))))
}

/// `date - delta`, of which only the days count; raises `OverflowError`.
pub fn date_sub(date: Date, delta: Delta) -> Result<Date, Error> {
    in_range(date.checked_sub_signed(Delta::days(delta::days(delta))))
}

/// `a - b` of two dates.
pub fn date_diff(a: Date, b: Date) -> Delta {
    a - b
}

/// `value + delta`; raises `OverflowError`.
pub fn datetime_add(value: DateTime, delta: Delta) -> Result<DateTime, Error> {
    in_range(value.checked_add_signed(delta))
}

/// `value - delta`; raises `OverflowError`.
pub fn datetime_sub(value: DateTime, delta: Delta) -> Result<DateTime, Error> {
    in_range(value.checked_sub_signed(delta))
}

/// `a - b` of two datetimes.
pub fn datetime_diff(a: DateTime, b: DateTime) -> Delta {
    a - b
}

/// `date.replace(year, month, day)`; raises `ValueError`.
pub fn replace_date(
    value: Date,
    new_year: Option<i64>,
    new_month: Option<i64>,
    new_day: Option<i64>,
) -> Result<Date, Error> {
    date(
        new_year.unwrap_or_else(|| year(value)),
        new_month.unwrap_or_else(|| month(value)),
        new_day.unwrap_or_else(|| day(value)),
    )
}

/// `datetime.replace(…)` with the fields from year to microsecond; raises `ValueError`.
pub fn replace_datetime(value: DateTime, fields: [Option<i64>; 7]) -> Result<DateTime, Error> {
    let [
        new_year,
        new_month,
        new_day,
        new_hour,
        new_minute,
        new_second,
        new_microsecond,
    ] = fields;
    let day = replace_date(value.date(), new_year, new_month, new_day)?;
    let time = time(
        new_hour.unwrap_or_else(|| hour(value)),
        new_minute.unwrap_or_else(|| minute(value)),
        new_second.unwrap_or_else(|| second(value)),
        new_microsecond.unwrap_or_else(|| microsecond(value)),
    )?;
    Ok(day.and_time(time))
}

/// `str(date)`, `date.isoformat()`.
pub fn date_str(value: Date) -> String {
    format!("{:04}-{:02}-{:02}", value.year(), value.month(), value.day())
}

/// `str(time)`, `time.isoformat()`.
pub fn time_str(value: Time) -> String {
    let clock = format!("{:02}:{:02}:{:02}", value.hour(), value.minute(), value.second());
    match microsecond(value) {
        0 => clock,
        micros => format!("{clock}.{micros:06}"),
    }
}

/// `str(datetime)`, `datetime.isoformat(" ")`.
pub fn datetime_str(value: DateTime) -> String {
    format!("{} {}", date_str(value.date()), time_str(value.time()))
}

/// `datetime.isoformat()`.
pub fn datetime_iso(value: DateTime) -> String {
    format!("{}T{}", date_str(value.date()), time_str(value.time()))
}

/// `repr(date)`.
pub fn date_repr(value: Date) -> String {
    format!(
        "datetime.date({}, {}, {})",
        value.year(),
        value.month(),
        value.day()
    )
}

/// The seconds and microseconds that a `repr` shows: none, the first, or both.
fn fine_fields<T: Timelike>(value: T) -> String {
    match (value.second(), value.nanosecond() / 1000) {
        (0, 0) => String::new(),
        (second, 0) => format!(", {second}"),
        (second, micros) => format!(", {second}, {micros}"),
    }
}

/// `repr(time)`.
pub fn time_repr(value: Time) -> String {
    format!(
        "datetime.time({}, {}{})",
        value.hour(),
        value.minute(),
        fine_fields(value)
    )
}

/// `repr(datetime)`.
pub fn datetime_repr(value: DateTime) -> String {
    format!(
        "datetime.datetime({}, {}, {}, {}, {}{})",
        value.year(),
        value.month(),
        value.day(),
        value.hour(),
        value.minute(),
        fine_fields(value),
    )
}

impl Repr for Date {
    fn repr(&self, out: &mut String) {
        out.push_str(&date_repr(*self));
    }
}

impl Repr for DateTime {
    fn repr(&self, out: &mut String) {
        out.push_str(&datetime_repr(*self));
    }
}

impl Repr for Time {
    fn repr(&self, out: &mut String) {
        out.push_str(&time_repr(*self));
    }
}

/// `calendar.isleap(year)`.
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// `calendar.leapdays(first, end)`: leap years from `first` up to before `end`.
pub fn leap_days(first: i64, end: i64) -> i64 {
    let before = |year: i64| {
        let last = year.strict_sub(1);
        last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400)
    };
    before(end) - before(first)
}

/// `calendar.weekday(year, month, day)`; raises `ValueError`.
pub fn calendar_weekday(year: i64, month: i64, day: i64) -> Result<i64, Error> {
    let year = if (1..=9999).contains(&year) {
        year
    } else {
        2000 + year.rem_euclid(400)
    };
    Ok(weekday(date(year, month, day)?))
}

/// `calendar.monthrange(year, month)`: the weekday of its first day and its length; a bad month declines.
pub fn month_range(year: i64, month: i64) -> Result<(i64, i64), Error> {
    let length = match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => decline("calendar.IllegalMonthError"),
    };
    Ok((calendar_weekday(year, month, 1)?, length))
}

/// `calendar.monthcalendar(year, month)`: weeks from Monday to Sunday, 0 for days of other months; a month that is
/// none declines.
pub fn month_calendar(year: i64, month: i64) -> Result<Vec<Vec<i64>>, Error> {
    let (first, length) = month_range(year, month)?;
    let weeks = (first + length + 6) / 7;
    let day = |place: i64| match place - first + 1 {
        day if (1..=length).contains(&day) => day,
        _ => 0,
    };
    Ok((0..weeks)
        .map(|week| (0..7).map(|weekday| day(7 * week + weekday)).collect())
        .collect())
}

/// The number that ASCII digits write; nothing where there is another character.
fn digits(text: &[u8]) -> Option<i64> {
    let all = text.iter().all(u8::is_ascii_digit);
    all.then(|| {
        text.iter()
            .fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
    })
}

/// The `ValueError` of a text that is no ISO 8601 date.
fn iso_error(text: &str) -> Error {
    Error::ValueError(format!("Invalid isoformat string: {}", repr::text(text)))
}

/// `date.fromisoformat(text)`; raises `ValueError`; dates by week decline.
pub fn date_from_iso(text: &str) -> Result<Date, Error> {
    let fields = match text.as_bytes() {
        [y @ .., b'-', m1, m2, b'-', d1, d2] if y.len() == 4 => Some((y, [*m1, *m2], [*d1, *d2])),
        [y @ .., m1, m2, d1, d2] if y.len() == 4 => Some((y, [*m1, *m2], [*d1, *d2])),
        _ => None,
    };
    if let Some((year, month, day)) = fields
        && let (Some(year), Some(month), Some(day)) = (digits(year), digits(&month), digits(&day))
    {
        return date(year, month, day);
    }
    if text.contains('W') {
        decline("an ISO date by week");
    }
    Err(iso_error(text))
}

/// `datetime.fromisoformat(text)` of `YYYY-MM-DD` with or without a time; raises `ValueError`; other forms decline.
pub fn datetime_from_iso(text: &str) -> Result<DateTime, Error> {
    let bytes = text.as_bytes();
    if !text.is_ascii() || bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        decline("a form of ISO datetime that is not supported");
    }
    if [&bytes[..4], &bytes[5..7], &bytes[8..10]]
        .iter()
        .any(|part| digits(part).is_none())
    {
        return Err(iso_error(text));
    }
    let day = || date_from_iso(&text[..10]);
    let number = |from: usize| digits(bytes.get(from..from + 2)?);
    let colon = |at: usize| bytes.get(at) == Some(&b':');
    let (hour, minute) = (number(11), number(14));
    let (second, micros) = match bytes.len() {
        10 => return Ok(day()?.and_time(Time::MIN)),
        16 => (Some(0), Some(0)),
        19 if colon(16) => (number(17), Some(0)),
        23 if colon(16) && bytes[19] == b'.' => {
            (number(17), digits(&bytes[20..]).map(|millis| millis * 1000))
        }
        26 if colon(16) && bytes[19] == b'.' => (number(17), digits(&bytes[20..])),
        _ => (None, None),
    };
    match (hour, minute, second, micros) {
        (Some(0..=23), Some(minute), Some(second), Some(micros)) if colon(13) => {
            Ok(day()?.and_time(time(hour.unwrap_or(0), minute, second, micros)?))
        }
        _ => decline("a form of ISO datetime that is not supported"),
    }
}
