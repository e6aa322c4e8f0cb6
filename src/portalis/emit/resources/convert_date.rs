//! `datetime.date`, `datetime`, `time` and `timedelta` without time zone, to chrono and back.

use crate::convert::{Declined, Int, Object, Owned, PyType, Taken, is_exactly, is_none};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use pyo3_ffi as ffi;
use std::ffi::CStr;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

pub struct Date;
pub struct DateTime;
pub struct Time;
pub struct Delta;

/// A class of the `datetime` module, found at its first use and kept. Its place in the module's C interface
/// says which; the names in the module may stand for something else, where a test stops the clock.
struct Class {
    place: usize,
    found: AtomicPtr<ffi::PyObject>,
}

impl Class {
    const fn new(place: usize) -> Class {
        Class {
            place,
            found: AtomicPtr::new(ptr::null_mut()),
        }
    }

    fn get(&self) -> Taken<Object> {
        let found = self.found.load(Ordering::Acquire);
        if !found.is_null() {
            return Ok(found);
        }
        // The interface begins with pointers to the classes date, datetime, time and timedelta.
        let interface = unsafe { ffi::PyCapsule_Import(c"datetime.datetime_CAPI".as_ptr(), 0) };
        if interface.is_null() {
            return Err(Declined);
        }
        let class = unsafe { *interface.cast::<Object>().add(self.place) };
        self.found
            .store(Owned::share(class).into_raw(), Ordering::Release);
        Ok(class)
    }

    fn check(&self, object: Object) -> Taken<()> {
        if is_exactly(object, self.get()?.cast()) {
            Ok(())
        } else {
            Err(Declined)
        }
    }

    fn call(&self, arguments: &[i64]) -> Taken<Owned> {
        let tuple = Owned::new(unsafe { ffi::PyTuple_New(arguments.len() as isize) })?;
        for (at, argument) in (0..).zip(arguments) {
            unsafe { ffi::PyTuple_SetItem(tuple.get(), at, Int::give(argument)?.into_raw()) };
        }
        Owned::new(unsafe { ffi::PyObject_CallObject(self.get()?, tuple.get()) })
    }
}

static DATE: Class = Class::new(0);
static DATETIME: Class = Class::new(1);
static TIME: Class = Class::new(2);
static DELTA: Class = Class::new(3);

fn number(object: Object, name: &CStr) -> Taken<i64> {
    let value = Owned::new(unsafe { ffi::PyObject_GetAttrString(object, name.as_ptr()) })?;
    Int::take(value.get())
}

fn small(object: Object, name: &CStr) -> Taken<u32> {
    number(object, name)?.try_into().map_err(|_| Declined)
}

fn date_of(object: Object) -> Taken<NaiveDate> {
    let year = number(object, c"year")?.try_into().map_err(|_| Declined)?;
    NaiveDate::from_ymd_opt(year, small(object, c"month")?, small(object, c"day")?).ok_or(Declined)
}

/// The time of day of a `time` or `datetime`; a time zone or a fold declines.
fn time_of(object: Object) -> Taken<NaiveTime> {
    let zone = Owned::new(unsafe { ffi::PyObject_GetAttrString(object, c"tzinfo".as_ptr()) })?;
    if !is_none(zone.get()) || number(object, c"fold")? != 0 {
        return Err(Declined);
    }
    let (hour, minute) = (small(object, c"hour")?, small(object, c"minute")?);
    let (second, micro) = (small(object, c"second")?, small(object, c"microsecond")?);
    NaiveTime::from_hms_micro_opt(hour, minute, second, micro).ok_or(Declined)
}

/// Hour, minute, second, microsecond; a leap second or a part of a microsecond declines.
fn time_parts(time: NaiveTime) -> Taken<[i64; 4]> {
    let nanos = time.nanosecond();
    if nanos >= 1_000_000_000 || !nanos.is_multiple_of(1000) {
        return Err(Declined);
    }
    Ok([time.hour(), time.minute(), time.second(), nanos / 1000].map(i64::from))
}

fn date_parts(date: NaiveDate) -> [i64; 3] {
    [date.year().into(), date.month().into(), date.day().into()]
}

impl PyType for Date {
    type Rust = NaiveDate;

    fn take(object: Object) -> Taken<NaiveDate> {
        DATE.check(object)?;
        date_of(object)
    }

    fn give(value: &NaiveDate) -> Taken<Owned> {
        DATE.call(&date_parts(*value))
    }
}

impl PyType for DateTime {
    type Rust = NaiveDateTime;

    fn take(object: Object) -> Taken<NaiveDateTime> {
        DATETIME.check(object)?;
        Ok(date_of(object)?.and_time(time_of(object)?))
    }

    fn give(value: &NaiveDateTime) -> Taken<Owned> {
        let ([year, month, day], [hour, minute, second, micro]) =
            (date_parts(value.date()), time_parts(value.time())?);
        DATETIME.call(&[year, month, day, hour, minute, second, micro])
    }
}

impl PyType for Time {
    type Rust = NaiveTime;

    fn take(object: Object) -> Taken<NaiveTime> {
        TIME.check(object)?;
        time_of(object)
    }

    fn give(value: &NaiveTime) -> Taken<Owned> {
        TIME.call(&time_parts(*value)?)
    }
}

impl PyType for Delta {
    type Rust = TimeDelta;

    fn take(object: Object) -> Taken<TimeDelta> {
        DELTA.check(object)?;
        let seconds = number(object, c"days")? * 86_400 + number(object, c"seconds")?;
        TimeDelta::new(seconds, small(object, c"microseconds")? * 1000).ok_or(Declined)
    }

    fn give(value: &TimeDelta) -> Taken<Owned> {
        let nanos = i64::from(value.subsec_nanos());
        if nanos % 1000 != 0 {
            return Err(Declined);
        }
        DELTA.call(&[0, value.num_seconds(), nanos / 1000])
    }
}
