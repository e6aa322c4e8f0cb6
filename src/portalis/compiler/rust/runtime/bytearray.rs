//! Python's `bytearray`: what changes one, and its own messages.

use crate::error::Error;
use crate::runtime::bytes;
use crate::runtime::decline::decline;
use crate::runtime::seq;

fn out_of_range() -> Error {
    Error::IndexError("bytearray index out of range".to_string())
}

/// An int as a byte; raises `ValueError`.
fn byte(item: i64) -> Result<u8, Error> {
    u8::try_from(item).map_err(|_| Error::ValueError("byte must be in range(0, 256)".to_string()))
}

/// `bytearray(items)`.
pub fn from_ints(items: &[i64]) -> Result<Vec<u8>, Error> {
    items.iter().map(|&item| byte(item)).collect()
}

/// `data[index]`.
pub fn at(data: &[u8], index: i64) -> Result<i64, Error> {
    match seq::position(data.len(), index) {
        Some(place) => Ok(i64::from(data[place])),
        None => Err(out_of_range()),
    }
}

/// `data[index] = item`; where both are out of range, versions of Python differ, and it declines.
pub fn store(data: &mut [u8], index: i64, item: i64) -> Result<(), Error> {
    match (seq::position(data.len(), index), byte(item)) {
        (Some(place), Ok(item)) => {
            data[place] = item;
            Ok(())
        }
        (None, Ok(_)) => Err(out_of_range()),
        (Some(_), Err(error)) => Err(error),
        (None, Err(_)) => decline("an index and a byte that are out of range"),
    }
}

/// `data[start:stop:step] = values`; with a step, no values at all delete.
pub fn set_slice_step(
    data: &mut Vec<u8>,
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
    values: Vec<u8>,
) -> Result<(), Error> {
    if values.is_empty() && step != 1 {
        return seq::delete_step(data, start, stop, step);
    }
    seq::set_slice_step(data, start, stop, step, values).map_err(|error| match error {
        Error::ValueError(text) => Error::ValueError(text.replace("sequence", "bytes")),
        other => other,
    })
}

/// `data.append(item)`.
pub fn push(data: &mut Vec<u8>, item: i64) -> Result<(), Error> {
    data.push(byte(item)?);
    Ok(())
}

/// `data.insert(index, item)`.
pub fn insert(data: &mut Vec<u8>, index: i64, item: i64) -> Result<(), Error> {
    let length = data.len() as i64;
    let place = if index < 0 {
        (index + length).max(0)
    } else {
        index.min(length)
    };
    data.insert(place as usize, byte(item)?);
    Ok(())
}

/// `data.pop(index)`.
pub fn pop(data: &mut Vec<u8>, index: i64) -> Result<i64, Error> {
    if data.is_empty() {
        return Err(Error::IndexError("pop from empty bytearray".to_string()));
    }
    let place = seq::position(data.len(), index)
        .ok_or_else(|| Error::IndexError("pop index out of range".to_string()))?;
    Ok(i64::from(data.remove(place)))
}

/// `data.remove(item)`.
pub fn remove(data: &mut Vec<u8>, item: i64) -> Result<(), Error> {
    let wanted = byte(item)?;
    match data.iter().position(|&found| found == wanted) {
        Some(place) => {
            data.remove(place);
            Ok(())
        }
        None => Err(Error::ValueError(
            "value not found in bytearray".to_string(),
        )),
    }
}

/// `del data[index]`.
pub fn delete(data: &mut Vec<u8>, index: i64) -> Result<(), Error> {
    let place = seq::position(data.len(), index).ok_or_else(out_of_range)?;
    data.remove(place);
    Ok(())
}

/// `repr(data)`; an apostrophe, which versions of Python write in their own ways, declines.
pub fn repr(data: &[u8]) -> String {
    if data.contains(&b'\'') {
        decline("an apostrophe in a bytearray");
    }
    format!("bytearray({})", bytes::repr(data))
}
