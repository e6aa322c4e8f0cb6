//! Calls runtime functions as JSON lines `[function, [arguments]]` ask and prints what they answer, one line each.

mod answer;
mod calls;
mod error;
mod runtime;

use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::panic::catch_unwind;

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let name = case[0].as_str().expect("a function");
        let args = case[1].as_array().expect("arguments");
        let answer = catch_unwind(|| calls::call(name, args)).unwrap_or_else(|payload| {
            let reason = payload
                .downcast_ref::<runtime::decline::Decline>()
                .map(|declined| declined.0);
            let panic = payload.downcast_ref::<String>().cloned();
            let text = payload.downcast_ref::<&str>().map(|text| text.to_string());
            json!({"declined": reason.map(str::to_string).or(panic).or(text)})
        });
        writeln!(out, "{answer}").expect("standard output");
    }
}
