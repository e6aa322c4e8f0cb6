//! Where printed text goes: standard output, or a buffer while a capture is open.

use crate::runtime::decline::decline;
use std::cell::RefCell;
use std::io::{BufWriter, IsTerminal, Stdout, Write};

thread_local! {
    static CAPTURES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static BUFFER: RefCell<Option<BufWriter<Stdout>>> = const { RefCell::new(None) };
}

/// Writes the text as it is; declines where standard output cannot be written.
pub fn write(text: &str) {
    let captured = CAPTURES.with_borrow_mut(|captures| match captures.last_mut() {
        Some(buffer) => {
            buffer.push_str(text);
            true
        }
        None => false,
    });
    if captured {
        return;
    }
    let written = BUFFER.with_borrow_mut(|buffer| match buffer {
        Some(buffer) => buffer.write_all(text.as_bytes()),
        None => std::io::stdout().write_all(text.as_bytes()),
    });
    if written.is_err() {
        decline("standard output cannot be written");
    }
}

/// Writes the text and a newline.
pub fn line(text: &str) {
    write(&format!("{text}\n"));
}

/// Lets text wait until there is much of it, or until it is flushed: for programs, which flush at their end.
pub fn wait() {
    if !std::io::stdout().is_terminal() {
        BUFFER.set(Some(BufWriter::with_capacity(1 << 16, std::io::stdout())));
    }
}

/// Hands on what waits; declines where standard output cannot be written.
pub fn flush() {
    let flushed = BUFFER.with_borrow_mut(|buffer| match buffer {
        Some(buffer) => buffer.flush(),
        None => std::io::stdout().flush(),
    });
    if flushed.is_err() {
        decline("standard output cannot be written");
    }
}

/// Opens a capture: text goes to a buffer until `take_capture`.
pub fn begin_capture() {
    CAPTURES.with_borrow_mut(|captures| captures.push(String::new()));
}

/// Closes the capture opened last and returns its text; empty where none is open.
pub fn take_capture() -> String {
    CAPTURES.with_borrow_mut(|captures| captures.pop().unwrap_or_default())
}
