//! Calls of `runtime::date`, `delta` and `date_text`. A date is its ordinal, a datetime or time its
//! seven fields, a timedelta its days, seconds and microseconds.

use serde_json::{Value, json};

use crate::error::Error;
use crate::runtime::date::{self, Date, DateTime};
use crate::runtime::delta::{self, Delta};
use crate::runtime::date_text;
use crate::{Answer, Args};

fn read_date(args: &Args<'_>, place: usize) -> Date {
    date::from_ordinal(args.int(place)).expect("a date")
}

fn read_datetime(args: &Args<'_>, place: usize) -> DateTime {
    let f = args.ints(place);
    date::datetime(f[0], f[1], f[2], f[3], f[4], f[5], f[6]).expect("a datetime")
}

fn read_delta(args: &Args<'_>, place: usize) -> Delta {
    let f = args.ints(place);
    delta::new(f[0], f[1], f[2]).expect("a timedelta")
}

fn show_date(value: Date) -> Value {
    json!([
        date::toordinal(value),
        date::year(value),
        date::month(value),
        date::day(value),
        date::weekday(value),
        date::isoweekday(value),
        date::iso_calendar(value),
        date::date_str(value),
        date::date_repr(value),
    ])
}

fn show_datetime(value: DateTime) -> Value {
    json!([
        show_date(date::date_of(value)),
        date::hour(value),
        date::minute(value),
        date::second(value),
        date::microsecond(value),
        date::datetime_str(value),
        date::datetime_iso(value),
        date::datetime_repr(value),
        date::time_str(date::time_of(value)),
        date::time_repr(date::time_of(value)),
    ])
}

fn show_delta(value: Delta) -> Value {
    json!([
        delta::days(value),
        delta::seconds(value),
        delta::microseconds(value),
        delta::to_text(value),
        delta::to_repr(value),
        delta::is_zero(value),
    ])
}

fn read_seven(args: &Args<'_>) -> [i64; 7] {
    std::array::from_fn(|place| args.int(place))
}

fn delta_call(function: &str, args: &Args<'_>) -> Result<Option<Value>, Error> {
    Ok(Some(match function {
        "new" => show_delta(delta::new(args.int(0), args.int(1), args.int(2))?),
        "of" => {
            let [d, s, us, ms, m, h, w] = read_seven(args);
            show_delta(delta::of(d, s, us, ms, m, h, w)?)
        }
        "add" => show_delta(delta::add(read_delta(args, 0), read_delta(args, 1))?),
        "sub" => show_delta(delta::sub(read_delta(args, 0), read_delta(args, 1))?),
        "neg" => show_delta(delta::neg(read_delta(args, 0))?),
        "abs" => show_delta(delta::abs(read_delta(args, 0))?),
        "mul" => show_delta(delta::mul(read_delta(args, 0), args.int(1))?),
        "floor_div_int" => show_delta(delta::floor_div_int(read_delta(args, 0), args.int(1))?),
        "div_int" => show_delta(delta::div_int(read_delta(args, 0), args.int(1))?),
        "floor_div" => json!(delta::floor_div(read_delta(args, 0), read_delta(args, 1))?),
        "div" => json!(delta::div(read_delta(args, 0), read_delta(args, 1))?.to_bits()),
        "rem" => show_delta(delta::rem(read_delta(args, 0), read_delta(args, 1))?),
        "total_seconds" => json!(delta::total_seconds(read_delta(args, 0)).to_bits()),
        _ => return Ok(None),
    }))
}

pub fn call(function: &str, args: &Args<'_>) -> Answer {
    if let Some(value) = delta_call(function, args)? {
        return Ok(value);
    }
    Ok(match function {
        "date" => show_date(date::date(args.int(0), args.int(1), args.int(2))?),
        "datetime" => {
            let [y, m, d, h, mi, s, us] = read_seven(args);
            show_datetime(date::datetime(y, m, d, h, mi, s, us)?)
        }
        "time" => json!(date::time_repr(date::time(args.int(0), args.int(1), args.int(2), args.int(3))?)),
        "from_ordinal" => show_date(date::from_ordinal(args.int(0))?),
        "from_iso_calendar" => show_date(date::from_iso_calendar(args.int(0), args.int(1), args.int(2))?),
        "date_add" => show_date(date::date_add(read_date(args, 0), read_delta(args, 1))?),
        "date_sub" => show_date(date::date_sub(read_date(args, 0), read_delta(args, 1))?),
        "date_diff" => show_delta(date::date_diff(read_date(args, 0), read_date(args, 1))),
        "datetime_add" => show_datetime(date::datetime_add(read_datetime(args, 0), read_delta(args, 1))?),
        "datetime_sub" => show_datetime(date::datetime_sub(read_datetime(args, 0), read_delta(args, 1))?),
        "datetime_diff" => show_delta(date::datetime_diff(read_datetime(args, 0), read_datetime(args, 1))),
        "replace_date" => {
            show_date(date::replace_date(read_date(args, 0), args.opt(1), args.opt(2), args.opt(3))?)
        }
        "replace_datetime" => {
            let fields = std::array::from_fn(|place| args.opt(place + 1));
            show_datetime(date::replace_datetime(read_datetime(args, 0), fields)?)
        }
        "date_from_iso" => show_date(date::date_from_iso(args.text(0))?),
        "datetime_from_iso" => show_datetime(date::datetime_from_iso(args.text(0))?),
        "date_format" => json!(date_text::date_format(read_date(args, 0), args.text(1))),
        "datetime_format" => json!(date_text::datetime_format(read_datetime(args, 0), args.text(1))),
        "time_format" => json!(date_text::time_format(date::time_of(read_datetime(args, 0)), args.text(1))),
        "parse" => show_datetime(date_text::parse(args.text(0), args.text(1))?),
        "month_range" => json!(date::month_range(args.int(0), args.int(1))?),
        "calendar_weekday" => json!(date::calendar_weekday(args.int(0), args.int(1), args.int(2))?),
        "is_leap" => json!(date::is_leap(args.int(0))),
        "leap_days" => json!(date::leap_days(args.int(0), args.int(1))),
        _ => unreachable!("{function}"),
    })
}
