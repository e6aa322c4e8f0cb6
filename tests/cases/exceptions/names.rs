//! Exception classes of one name in two modules, of the name of one of Python's, and below `KeyError`.

use crate::error::Error;
use crate::exceptions;
use crate::runtime::int;
use crate::runtime::repr;

pub fn own(n: i64) -> Result<i64, Error> {
    if n < 0 {
        return Err(Error::NamesFailure(Some("own".to_string())));
    }
    exceptions::other_names::check(n)
}

pub fn told_apart(n: i64) -> Result<String, Error> {
    match own(n) {
        Ok(value) => Ok(value.to_string()),
        Err(caught) if caught.is_names_failure() => Ok(format!("own {}", caught.message())),
        Err(caught) if caught.is_other_names_failure() => Ok(format!("other {}", caught.message())),
        Err(caught) => Err(caught),
    }
}

pub fn by_base(n: i64) -> Result<String, Error> {
    match own(n) {
        Ok(value) => Ok(value.to_string()),
        Err(error) if error.is_value_error() => Ok("value".to_string()),
        Err(error) => Err(error),
    }
}

pub fn late(n: i64) -> Result<i64, Error> {
    if n > 3 {
        return Err(Error::NamesTimeoutError(Some("late".to_string())));
    }
    Ok(n)
}

pub fn not_pythons(n: i64) -> Result<String, Error> {
    match (|| -> Result<String, Error> { Ok(int::floor_div(late(n)?, n)?.to_string()) })() {
        Ok(value) => Ok(value),
        Err(error) if error.is_os_error() || error.is_zero_division_error() => Ok("os".to_string()),
        Err(error) => Err(error),
    }
}

pub fn find(key: &str) -> Result<String, Error> {
    if key.is_empty() {
        return Err(Error::Absent(None));
    }
    Err(Error::Absent(Some(repr::repr(key))))
}

pub fn shown(key: &str) -> Result<String, Error> {
    match find(key) {
        Ok(value) => Ok(value),
        Err(caught) if caught.is_key_error() => Ok(caught.message().to_string()),
        Err(caught) => Err(caught),
    }
}
