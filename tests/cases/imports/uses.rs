//! Calls across modules, under every kind of import.

use crate::error::Error;
use crate::imports;
use crate::runtime::int;
use crate::runtime::seq;

pub fn total(widths: &[i64]) -> Result<i64, Error> {
    Ok(int::try_sum(
        widths
            .iter()
            .map(|&w| imports::kit::shapes::area(w, imports::kit::shapes::UNIT)),
    )?
    .strict_add(imports::kit::shapes::area(1, imports::kit::shapes::UNIT)?))
}

pub fn safe(width: i64) -> Result<String, Error> {
    match imports::kit::shapes::area(width, imports::kit::shapes::UNIT) {
        Ok(value) => Ok(value.to_string()),
        Err(caught) if caught.is_shape_error() => Ok(format!("no: {}", caught.message())),
        Err(caught) => Err(caught),
    }
}

pub fn named(n: i64) -> Result<String, Error> {
    Ok(format!(
        "{}{}",
        imports::kit::shapes::kind(n)?,
        *seq::at(imports::kit::shapes::NAMES, 0)?
    ))
}
