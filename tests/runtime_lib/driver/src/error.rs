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
    AttributeError(String),
    BrokenPipeError(String),
    DecimalDivisionByZero(String),
    DecimalInvalidOperation(String),
    EOFError(String),
    FileExistsError(String),
    FileNotFoundError(String),
    IsADirectoryError(String),
    NotADirectoryError(String),
    OSError(String),
    PermissionError(String),
    SystemExit {
        message: String,
        status: Option<i64>,
    },
    UnicodeDecodeError(String),
    UnsupportedOperation(String),
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
            Error::AttributeError(text) => ("AttributeError", text),
            Error::BrokenPipeError(text) => ("BrokenPipeError", text),
            Error::DecimalDivisionByZero(text) => ("DivisionByZero", text),
            Error::DecimalInvalidOperation(text) => ("InvalidOperation", text),
            Error::EOFError(text) => ("EOFError", text),
            Error::FileExistsError(text) => ("FileExistsError", text),
            Error::FileNotFoundError(text) => ("FileNotFoundError", text),
            Error::IsADirectoryError(text) => ("IsADirectoryError", text),
            Error::NotADirectoryError(text) => ("NotADirectoryError", text),
            Error::OSError(text) => ("OSError", text),
            Error::PermissionError(text) => ("PermissionError", text),
            Error::SystemExit { message, .. } => ("SystemExit", message),
            Error::UnicodeDecodeError(text) => ("UnicodeDecodeError", text),
            Error::UnsupportedOperation(text) => ("UnsupportedOperation", text),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.parts().1)
    }
}

impl std::error::Error for Error {}
