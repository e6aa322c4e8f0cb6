//! `strftime` and `strptime` of Python's `datetime`, in the C locale.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use crate::error::Error;
use crate::runtime::date::{Date, DateTime, Time, date, datetime, from_ordinal, toordinal};
use crate::runtime::decline::decline;
use crate::runtime::repr;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// `date.strftime(format)`; directives that depend on the platform decline.
pub fn date_format(value: Date, format: &str) -> String {
    format_fields(value.and_time(NaiveTime::MIN), format)
}

/// `datetime.strftime(format)`; directives that depend on the platform decline.
pub fn datetime_format(value: DateTime, format: &str) -> String {
    format_fields(value, format)
}

/// `time.strftime(format)`, whose date is 1900-01-01; directives that depend on the platform decline.
pub fn time_format(value: Time, format: &str) -> String {
    match NaiveDate::from_ymd_opt(1900, 1, 1) {
        Some(day) => format_fields(day.and_time(value), format),
        None => decline("a date chrono lacks"),
    }
}

/// The text of `value` in `format`.
fn format_fields(value: DateTime, format: &str) -> String {
    if !format.is_ascii() || format.contains('\0') {
        decline("a date format beyond ASCII");
    }
    let mut text = String::with_capacity(format.len() * 2);
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some(directive) => text.push_str(&format_directive(value, directive)),
            None => decline("a date format that ends in a percent sign"),
        }
    }
    text
}

/// The text of one directive.
fn format_directive(value: DateTime, directive: char) -> String {
    let hour12 = (value.hour() + 11) % 12 + 1;
    let weekday = value.weekday().num_days_from_monday();
    let sunday_first = value.weekday().num_days_from_sunday();
    match directive {
        'a' => WEEKDAYS[weekday as usize][..3].to_owned(),
        'A' => WEEKDAYS[weekday as usize].to_owned(),
        'b' => MONTHS[value.month0() as usize][..3].to_owned(),
        'B' => MONTHS[value.month0() as usize].to_owned(),
        'c' => format_fields(value, "%a %b %e %H:%M:%S %Y"),
        'd' => format!("{:02}", value.day()),
        'e' => format!("{:2}", value.day()),
        'f' => format!("{:06}", value.nanosecond() / 1000),
        'F' => format_fields(value, "%Y-%m-%d"),
        'G' => format_year(value.iso_week().year()),
        'H' => format!("{:02}", value.hour()),
        'I' => format!("{hour12:02}"),
        'j' => format!("{:03}", value.ordinal()),
        'm' => format!("{:02}", value.month()),
        'M' => format!("{:02}", value.minute()),
        'p' => if value.hour() < 12 { "AM" } else { "PM" }.to_owned(),
        'S' => format!("{:02}", value.second()),
        'T' | 'X' => format_fields(value, "%H:%M:%S"),
        'u' => (weekday + 1).to_string(),
        'U' => format!("{:02}", (value.ordinal0() + 7 - sunday_first) / 7),
        'V' => format!("{:02}", value.iso_week().week()),
        'w' => sunday_first.to_string(),
        'W' => format!("{:02}", (value.ordinal0() + 7 - weekday) / 7),
        'x' | 'D' => format_fields(value, "%m/%d/%y"),
        'y' => format!("{:02}", value.year() % 100),
        'Y' => format_year(value.year()),
        '%' => "%".to_owned(),
        _ => decline("a strftime directive that depends on the platform"),
    }
}

/// A year of four digits; whether shorter ones are padded depends on the platform and the version of Python.
fn format_year(year: i32) -> String {
    if !(1000..=9999).contains(&year) {
        decline("strftime of a year before 1000");
    }
    year.to_string()
}

/// A part of a `strptime` format.
enum Token {
    /// This ASCII character, in lower case.
    Char(u8),
    /// One or more white space characters.
    Space,
    /// A directive.
    Field(u8),
}

/// White space of ASCII as `\s` of Python's `re` has it.
fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | 0x1c..=0x1f | b' ')
}

/// The parts of a format; what needs a locale, a time zone or a warning declines.
fn tokens(format: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut bytes = format.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            match bytes.next() {
                Some(b'%') => tokens.push(Token::Char(b'%')),
                Some(field) if b"aAbBdfHIjmMpSyY".contains(&field) => tokens.push(Token::Field(field)),
                _ => decline("a strptime directive without a fixed meaning"),
            }
        } else if is_space(byte) {
            while bytes.next_if(|&next| is_space(next)).is_some() {}
            tokens.push(Token::Space);
        } else {
            tokens.push(Token::Char(byte.to_ascii_lowercase()));
        }
    }
    let fields: Vec<u8> = tokens
        .iter()
        .filter_map(|token| {
            if let Token::Field(field) = token {
                Some(*field)
            } else {
                None
            }
        })
        .collect();
    if (1..fields.len()).any(|index| fields[..index].contains(&fields[index])) {
        decline("a strptime directive given twice");
    }
    if fields.contains(&b'd') && !fields.contains(&b'y') && !fields.contains(&b'Y') {
        decline("strptime of a day without a year");
    }
    tokens
}

/// A range of characters.
type Chars = (u8, u8);
const DIGIT: Chars = (b'0', b'9');
const NON_ZERO: Chars = (b'1', b'9');
const ZERO: Chars = (b'0', b'0');

/// The shapes a number directive may have, in the order in which they are tried.
fn shapes(field: u8) -> &'static [&'static [Chars]] {
    match field {
        b'd' => &[
            &[(b'3', b'3'), (b'0', b'1')],
            &[(b'1', b'2'), DIGIT],
            &[ZERO, NON_ZERO],
            &[NON_ZERO],
            &[(b' ', b' '), NON_ZERO],
        ],
        b'f' => &[
            &[DIGIT; 6],
            &[DIGIT; 5],
            &[DIGIT; 4],
            &[DIGIT; 3],
            &[DIGIT; 2],
            &[DIGIT],
        ],
        b'H' => &[&[(b'2', b'2'), (b'0', b'3')], &[(b'0', b'1'), DIGIT], &[DIGIT]],
        b'I' | b'm' => &[&[(b'1', b'1'), (b'0', b'2')], &[ZERO, NON_ZERO], &[NON_ZERO]],
        b'j' => &[
            &[(b'3', b'3'), (b'6', b'6'), (b'0', b'6')],
            &[(b'3', b'3'), (b'0', b'5'), DIGIT],
            &[(b'1', b'2'), DIGIT, DIGIT],
            &[ZERO, NON_ZERO, DIGIT],
            &[ZERO, ZERO, NON_ZERO],
            &[NON_ZERO, DIGIT],
            &[ZERO, NON_ZERO],
            &[NON_ZERO],
        ],
        b'M' => &[&[(b'0', b'5'), DIGIT], &[DIGIT]],
        b'S' => &[&[(b'6', b'6'), (b'0', b'1')], &[(b'0', b'5'), DIGIT], &[DIGIT]],
        b'y' => &[&[DIGIT; 2]],
        _ => &[&[DIGIT; 4]],
    }
}

/// How many bytes of `rest` a directive can take, in the order in which they are tried.
fn widths(field: u8, rest: &[u8]) -> Vec<usize> {
    let starts = |name: &&str| {
        rest.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    };
    match field {
        b'A' => WEEKDAYS
            .iter()
            .filter(|name| starts(name))
            .map(|name| name.len())
            .collect(),
        b'B' => MONTHS
            .iter()
            .filter(|name| starts(name))
            .map(|name| name.len())
            .collect(),
        b'a' => {
            if WEEKDAYS.iter().any(|name| starts(&&name[..3])) {
                vec![3]
            } else {
                vec![]
            }
        }
        b'b' => {
            if MONTHS.iter().any(|name| starts(&&name[..3])) {
                vec![3]
            } else {
                vec![]
            }
        }
        b'p' => {
            if starts(&"AM") || starts(&"PM") {
                vec![2]
            } else {
                vec![]
            }
        }
        _ => shapes(field)
            .iter()
            .filter(|shape| {
                shape.len() <= rest.len()
                    && shape
                        .iter()
                        .zip(rest)
                        .all(|((low, high), byte)| (low..=high).contains(&byte))
            })
            .map(|shape| shape.len())
            .collect(),
    }
}

/// Where the tokens match from `at` on: the end, with the place of each directive in `found`.
fn match_tokens(
    tokens: &[Token],
    text: &[u8],
    at: usize,
    found: &mut Vec<(u8, usize, usize)>,
) -> Option<usize> {
    let Some((token, others)) = tokens.split_first() else {
        return Some(at);
    };
    match token {
        Token::Char(byte) => match text.get(at) {
            Some(other) if other.to_ascii_lowercase() == *byte => match_tokens(others, text, at + 1, found),
            _ => None,
        },
        Token::Space => {
            let most = text[at..].iter().take_while(|byte| is_space(**byte)).count();
            (1..=most)
                .rev()
                .find_map(|width| match_tokens(others, text, at + width, found))
        }
        Token::Field(field) => widths(*field, &text[at..]).into_iter().find_map(|width| {
            let depth = found.len();
            found.push((*field, at, at + width));
            let end = match_tokens(others, text, at + width, found);
            if end.is_none() {
                found.truncate(depth);
            }
            end
        }),
    }
}

/// The place of a name among `names`, of which the first `width` letters count.
fn place(names: &[&str], text: &str) -> i64 {
    let found = names
        .iter()
        .position(|name| name[..text.len().min(name.len())].eq_ignore_ascii_case(text));
    found.unwrap_or_else(|| decline("a name that is not in the C locale")) as i64
}

/// `datetime.strptime(text, format)`; raises `ValueError`.
pub fn parse(text: &str, format: &str) -> Result<DateTime, Error> {
    if !text.is_ascii() || !format.is_ascii() {
        decline("strptime beyond ASCII");
    }
    let mut found = Vec::new();
    let Some(end) = match_tokens(&tokens(format), text.as_bytes(), 0, &mut found) else {
        let (text, format) = (repr::text(text), repr::text(format));
        return Err(Error::ValueError(format!(
            "time data {text} does not match format {format}"
        )));
    };
    if end != text.len() {
        return Err(Error::ValueError(format!(
            "unconverted data remains: {}",
            &text[end..]
        )));
    }
    let (mut year, mut month, mut day, mut day_of_year) = (1900, 1, 1, None);
    let (mut hour, mut minute, mut second, mut micros) = (0, 0, 0, 0);
    let afternoon = found
        .iter()
        .find(|item| item.0 == b'p')
        .map(|item| text[item.1..].starts_with(['p', 'P']));
    for (field, start, end) in found {
        let part = &text[start..end];
        let number = part.trim().parse().unwrap_or(0);
        match field {
            b'y' => {
                year = if number <= 68 {
                    number + 2000
                } else {
                    number + 1900
                }
            }
            b'Y' => year = number,
            b'm' => month = number,
            b'b' | b'B' => month = place(&MONTHS, part) + 1,
            b'd' => day = number,
            b'j' => day_of_year = Some(number),
            b'H' => hour = number,
            b'I' => hour = number % 12 + if afternoon == Some(true) { 12 } else { 0 },
            b'M' => minute = number,
            b'S' => second = number,
            b'f' => micros = number * 10_i64.pow(6 - part.len() as u32),
            _ => {}
        }
    }
    let first = date(year, 1, 1)?;
    let day = match day_of_year {
        Some(number) => from_ordinal(toordinal(first) + number - 1)?,
        None => date(year, month, day)?,
    };
    datetime(
        day.year().into(),
        day.month().into(),
        day.day().into(),
        hour,
        minute,
        second,
        micros,
    )
}

/// `datetime.ctime()`.
pub fn ctime(value: DateTime) -> String {
    let shown = format_fields(value, "%a %b %e %H:%M:%S");
    format!("{shown} {:04}", value.year())
}

/// `date.ctime()`.
pub fn date_ctime(value: Date) -> String {
    ctime(value.and_time(NaiveTime::MIN))
}

/// `calendar.month_name`.
pub static MONTH_NAMES: &[&str] = &["", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `calendar.month_abbr`.
pub static SHORT_MONTH_NAMES: &[&str] = &["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `calendar.day_name`.
pub static DAY_NAMES: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `calendar.day_abbr`.
pub static SHORT_DAY_NAMES: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
