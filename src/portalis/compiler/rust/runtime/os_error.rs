//! Python's exceptions for what the operating system refuses.

use crate::error::Error;
use crate::runtime::repr;
use std::io;

/// The exception for a failed operation on a path: `[Errno 2] No such file or directory: 'name'`.
pub fn at(error: &io::Error, path: &str) -> Error {
    if error.kind() == io::ErrorKind::InvalidInput && error.raw_os_error().is_none() {
        return Error::ValueError("embedded null byte".to_string());
    }
    coded(error, &format!(": {}", repr::text(path)))
}

/// The exception for a failed operation on a path of the given number: `is_directory(path)`.
pub fn numbered(code: i32, path: &str) -> Error {
    at(&io::Error::from_raw_os_error(code), path)
}

/// The exception for a failed operation on what is open already.
pub fn plain(error: &io::Error) -> Error {
    coded(error, "")
}

fn coded(error: &io::Error, about: &str) -> Error {
    let shown = error.to_string();
    let Some(code) = error.raw_os_error() else {
        return Error::OSError(shown);
    };
    let reason = shown.split(" (os error").next().unwrap_or_default();
    let message = format!("[Errno {code}] {reason}{about}");
    match code {
        1 | 13 => Error::PermissionError(message),
        2 => Error::FileNotFoundError(message),
        17 => Error::FileExistsError(message),
        20 => Error::NotADirectoryError(message),
        21 => Error::IsADirectoryError(message),
        32 => Error::BrokenPipeError(message),
        _ => Error::OSError(message),
    }
}
