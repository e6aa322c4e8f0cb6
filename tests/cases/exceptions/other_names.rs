//! The other class of a name.

use crate::error::Error;

pub fn check(n: i64) -> Result<i64, Error> {
    if n > 10 {
        return Err(Error::OtherNamesFailure(Some("other".to_string())));
    }
    Ok(n)
}
