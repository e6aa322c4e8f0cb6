//! Python's clocks: the system's, or whatever stands in for it, such as the clocks of a host's Python.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::Timelike;

use crate::runtime::date::{Date, DateTime};
use crate::runtime::decline::{decline, or_decline};

/// One clock. It can be set once, to a function that reads it; one that gives nothing declines.
#[derive(Debug)]
pub struct Clock<T>(OnceLock<fn() -> Option<T>>);

impl<T> Clock<T> {
    const fn of_the_system() -> Clock<T> {
        Clock(OnceLock::new())
    }

    /// Reads from `source` from now on; the first source stays.
    pub fn set(&self, source: fn() -> Option<T>) {
        self.0.get_or_init(|| source);
    }

    fn read(&self, system: fn() -> T) -> T {
        match self.0.get() {
            Some(source) => or_decline(source(), "the clock cannot be read"),
            None => system(),
        }
    }
}

/// What `date.today()` reads.
pub static TODAY: Clock<Date> = Clock::of_the_system();
/// What `datetime.now()` reads.
pub static NOW: Clock<DateTime> = Clock::of_the_system();
/// What `time.time()` reads.
pub static TIME: Clock<f64> = Clock::of_the_system();
/// What `time.time_ns()` reads.
pub static TIME_NS: Clock<i64> = Clock::of_the_system();
/// What `time.monotonic()` reads.
pub static MONOTONIC: Clock<f64> = Clock::of_the_system();
/// What `time.monotonic_ns()` reads.
pub static MONOTONIC_NS: Clock<i64> = Clock::of_the_system();
/// What `time.perf_counter()` reads.
pub static PERF_COUNTER: Clock<f64> = Clock::of_the_system();
/// What `time.perf_counter_ns()` reads.
pub static PERF_COUNTER_NS: Clock<i64> = Clock::of_the_system();

/// When the first counter was read.
static BEGINNING: OnceLock<Instant> = OnceLock::new();

/// `date.today()`, in the local time zone.
pub fn today() -> Date {
    TODAY.read(|| system_now().date())
}

/// `datetime.now()`, in the local time zone.
pub fn now() -> DateTime {
    NOW.read(system_now)
}

/// `time.time()`.
pub fn time() -> f64 {
    TIME.read(|| since_1970().as_secs_f64())
}

/// `time.time_ns()`.
pub fn time_ns() -> i64 {
    TIME_NS.read(|| nanoseconds(since_1970()))
}

/// `time.monotonic()`.
pub fn monotonic() -> f64 {
    MONOTONIC.read(|| since_beginning().as_secs_f64())
}

/// `time.monotonic_ns()`.
pub fn monotonic_ns() -> i64 {
    MONOTONIC_NS.read(|| nanoseconds(since_beginning()))
}

/// `time.perf_counter()`.
pub fn perf_counter() -> f64 {
    PERF_COUNTER.read(|| since_beginning().as_secs_f64())
}

/// `time.perf_counter_ns()`.
pub fn perf_counter_ns() -> i64 {
    PERF_COUNTER_NS.read(|| nanoseconds(since_beginning()))
}

fn system_now() -> DateTime {
    let now = chrono::Local::now().naive_local();
    let micros = now.nanosecond() % 1_000_000_000 / 1000;
    now.with_nanosecond(micros * 1000).unwrap_or(now)
}

fn since_1970() -> Duration {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(passed) => passed,
        Err(_) => decline("a clock before 1970"),
    }
}

fn since_beginning() -> Duration {
    BEGINNING.get_or_init(Instant::now).elapsed()
}

fn nanoseconds(passed: Duration) -> i64 {
    or_decline(i64::try_from(passed.as_nanos()).ok(), "a time beyond i64")
}
