//! The errors of the runtime, as a generated crate would have them.

use std::fmt;

#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::enum_variant_names)]
pub enum Error {
    ValueError(String),
    KeyError(String),
    IndexError(String),
    TypeError(String),
    OverflowError(String),
    ZeroDivisionError(String),
    BinasciiError(String),
    StopIteration(String),
}

impl Error {
    /// The name of the class and the message.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Error::ValueError(text) => ("ValueError", text),
            Error::KeyError(text) => ("KeyError", text),
            Error::IndexError(text) => ("IndexError", text),
            Error::TypeError(text) => ("TypeError", text),
            Error::OverflowError(text) => ("OverflowError", text),
            Error::ZeroDivisionError(text) => ("ZeroDivisionError", text),
            Error::BinasciiError(text) => ("Error", text),
            Error::StopIteration(text) => ("StopIteration", text),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.parts().1)
    }
}

impl std::error::Error for Error {}
