//! What Python's `os` and `os.path` ask of the file system.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::{os_error, posixpath};
use std::fs;
use std::io;
use std::path::Path;

/// `os.path.exists(path)`.
pub fn exists(path: &str) -> bool {
    Path::new(path).exists()
}

/// `os.path.isfile(path)`.
pub fn is_file(path: &str) -> bool {
    Path::new(path).is_file()
}

/// `os.path.isdir(path)`.
pub fn is_dir(path: &str) -> bool {
    Path::new(path).is_dir()
}

/// `os.path.getsize(path)`.
pub fn size(path: &str) -> Result<i64, Error> {
    let about = fs::metadata(path).map_err(|error| os_error::at(&error, path))?;
    Ok(about.len() as i64)
}

/// `os.path.abspath(path)`.
pub fn absolute(path: &str) -> Result<String, Error> {
    if path.starts_with('/') {
        return Ok(posixpath::normpath(path));
    }
    Ok(posixpath::normpath(&posixpath::join(&current()?, path)))
}

/// `os.listdir(path)`, in the order of the file system.
pub fn list(path: &str) -> Result<Vec<String>, Error> {
    let failed = |error: io::Error| os_error::at(&error, path);
    let name = |entry: io::Result<fs::DirEntry>| match entry.map_err(failed)?.file_name().into_string() {
        Ok(name) => Ok(name),
        Err(_) => decline("the name of a file that is not UTF-8"),
    };
    fs::read_dir(path).map_err(failed)?.map(name).collect()
}

/// `os.remove(path)`.
pub fn remove(path: &str) -> Result<(), Error> {
    fs::remove_file(path).map_err(|error| os_error::at(&error, path))
}

/// `os.rmdir(path)`.
pub fn remove_dir(path: &str) -> Result<(), Error> {
    fs::remove_dir(path).map_err(|error| os_error::at(&error, path))
}

/// `os.mkdir(path)`.
pub fn make_dir(path: &str) -> Result<(), Error> {
    fs::create_dir(path).map_err(|error| os_error::at(&error, path))
}

/// `os.makedirs(path, exist_ok=…)`.
pub fn make_dirs(path: &str, there_is_fine: bool) -> Result<(), Error> {
    if Path::new(path).is_dir() {
        return if there_is_fine { Ok(()) } else { Err(os_error::numbered(17, path)) };
    }
    fs::create_dir_all(path).map_err(|error| os_error::at(&error, path))
}

/// `os.rename(old, new)`.
pub fn rename(old: &str, new: &str) -> Result<(), Error> {
    fs::rename(old, new).map_err(|error| match os_error::at(&error, old) {
        Error::FileNotFoundError(text) => Error::FileNotFoundError(both(&text, new)),
        _ => decline("a file that can't be renamed"),
    })
}

fn both(text: &str, new: &str) -> String {
    format!("{text} -> {}", crate::runtime::repr::text(new))
}

/// `os.getcwd()`.
pub fn current() -> Result<String, Error> {
    let found = std::env::current_dir().map_err(|error| os_error::plain(&error))?;
    match found.into_os_string().into_string() {
        Ok(path) => Ok(path),
        Err(_) => decline("the name of a folder that is not UTF-8"),
    }
}
