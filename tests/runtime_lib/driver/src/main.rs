//! Answers calls of the runtime: JSON lines `["area.function", [arguments]]` in, JSON results out.
#![allow(dead_code)]

mod containers;
mod dates;
mod error;
mod patterns;
mod runtime;

use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value, json};

use error::Error;

/// What a call answers.
pub type Answer = Result<Value, Error>;

/// The arguments of a call, read by place.
pub struct Args<'a>(pub &'a [Value]);

impl Args<'_> {
    pub fn int(&self, place: usize) -> i64 {
        self.0[place].as_i64().expect("an int")
    }

    pub fn text(&self, place: usize) -> &str {
        self.0[place].as_str().expect("a str")
    }

    pub fn opt(&self, place: usize) -> Option<i64> {
        self.0[place].as_i64()
    }

    pub fn ints(&self, place: usize) -> Vec<i64> {
        self.0[place].as_array().expect("a list").iter().map(|item| item.as_i64().expect("an int")).collect()
    }

    pub fn bytes(&self, place: usize) -> Vec<u8> {
        self.ints(place).into_iter().map(|byte| u8::try_from(byte).expect("a byte")).collect()
    }

    pub fn pairs(&self, place: usize) -> Vec<(String, i64)> {
        let items = self.0[place].as_array().expect("a list").iter();
        items.map(|pair| (pair[0].as_str().expect("a str").to_owned(), pair[1].as_i64().expect("an int"))).collect()
    }
}

fn dispatch(name: &str, args: &Args<'_>) -> Answer {
    let (area, function) = name.split_once('.').expect("area.function");
    match area {
        "re" => patterns::call(function, args),
        "date" | "delta" | "date_text" => dates::call(function, args),
        _ => containers::call(area, function, args),
    }
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let call: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let args = Args(call[1].as_array().expect("arguments"));
        let name = call[0].as_str().expect("a name");
        let answer = match catch_unwind(AssertUnwindSafe(|| dispatch(name, &args))) {
            Ok(Ok(value)) => json!({"ok": value}),
            Ok(Err(error)) => {
                let (class, message) = error.parts();
                json!({"error": [class, message]})
            }
            Err(panic) => match panic.downcast_ref::<runtime::decline::Decline>() {
                Some(decline) => json!({"decline": decline.0}),
                None => json!({"panic": panic.downcast_ref::<String>().cloned().unwrap_or_default()}),
            },
        };
        writeln!(out, "{answer}").expect("stdout");
    }
}
