//! The date and the time of day as Python's `datetime` gives them.

use crate::clock::read;
use crate::convert_date::{Date, DateTime};
use chrono::{NaiveDate, NaiveDateTime};

pub fn today() -> Option<NaiveDate> {
    read::<Date>(c"datetime", &[c"date", c"today"])
}

pub fn now() -> Option<NaiveDateTime> {
    read::<DateTime>(c"datetime", &[c"datetime", c"now"])
}
