//! Declining: unwinding from what Rust cannot represent, so that the Python original can answer.

use std::cell::Cell;
use std::panic::panic_any;

/// The payload of the unwind that a decline starts: why it declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decline(pub &'static str);

/// Unwinds with the reason: this call has no answer in Rust.
#[cold]
#[track_caller]
pub fn decline(reason: &'static str) -> ! {
    panic_any(Decline(reason))
}

/// The value, or a decline where there is none.
#[track_caller]
pub fn or_decline<T>(value: Option<T>, reason: &'static str) -> T {
    match value {
        Some(value) => value,
        None => decline(reason),
    }
}

/// Nested calls after which recursion declines: well inside a thread's stack and Python's own limit.
const MAX_DEPTH: u32 = 400;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static ALLOWED: Cell<u32> = const { Cell::new(MAX_DEPTH) };
}

/// Sets how many nested calls this thread's stack has room for.
pub fn allow_depth(depth: u32) {
    ALLOWED.set(depth);
}

/// One level of recursion, left again when it is dropped.
#[derive(Debug)]
#[must_use = "dropped at once, it guards nothing"]
pub struct Depth(());

impl Drop for Depth {
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.set(depth.get() - 1));
    }
}

/// Enters one level of recursion; declines where the nesting is too deep.
pub fn enter() -> Depth {
    DEPTH.with(|depth| {
        if depth.get() >= ALLOWED.get() {
            decline("recursion too deep");
        }
        depth.set(depth.get() + 1);
    });
    Depth(())
}
