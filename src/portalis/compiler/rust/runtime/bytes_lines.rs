//! Python's `bytes`: splitting and translating.

use crate::error::Error;
use crate::runtime::bytes;

/// The parts around one separator: before, itself, after.
type Parts = (Vec<u8>, Vec<u8>, Vec<u8>);

fn checked(separator: &[u8]) -> Result<(), Error> {
    match separator {
        [] => Err(Error::ValueError("empty separator".to_string())),
        _ => Ok(()),
    }
}

/// The parts around the separator that begins at a place.
fn around(data: &[u8], separator: &[u8], place: usize) -> Parts {
    let after = place + separator.len();
    (
        data[..place].to_vec(),
        separator.to_vec(),
        data[after..].to_vec(),
    )
}

/// `data.partition(separator)`; raises `ValueError`.
pub fn partition(data: &[u8], separator: &[u8]) -> Result<Parts, Error> {
    checked(separator)?;
    Ok(match usize::try_from(bytes::find(data, separator)) {
        Ok(place) => around(data, separator, place),
        Err(_) => (data.to_vec(), Vec::new(), Vec::new()),
    })
}

/// `data.rpartition(separator)`; raises `ValueError`.
pub fn rpartition(data: &[u8], separator: &[u8]) -> Result<Parts, Error> {
    checked(separator)?;
    Ok(match usize::try_from(bytes::rfind(data, separator)) {
        Ok(place) => around(data, separator, place),
        Err(_) => (Vec::new(), Vec::new(), data.to_vec()),
    })
}

/// `data.split(separator, most)`; raises `ValueError`.
pub fn split_on_max(data: &[u8], separator: &[u8], most: i64) -> Result<Vec<Vec<u8>>, Error> {
    checked(separator)?;
    let (mut rest, mut parts) = (data, Vec::new());
    while most < 0 || (parts.len() as i64) < most {
        let Ok(place) = usize::try_from(bytes::find(rest, separator)) else {
            break;
        };
        parts.push(rest[..place].to_vec());
        rest = &rest[place + separator.len()..];
    }
    parts.push(rest.to_vec());
    Ok(parts)
}

/// `data.split()`.
pub fn split_spaces(data: &[u8]) -> Vec<Vec<u8>> {
    data.split(|byte| matches!(byte, b' ' | b'\t'..=b'\r'))
        .filter(|part| !part.is_empty())
        .map(<[u8]>::to_vec)
        .collect()
}

/// `data.splitlines()`: lines end at `\n`, `\r` and `\r\n`.
pub fn split_lines(data: &[u8]) -> Vec<Vec<u8>> {
    let (mut rest, mut lines) = (data, Vec::new());
    while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        lines.push(rest[..end].to_vec());
        let both = rest[end..].starts_with(b"\r\n");
        rest = &rest[end + 1 + usize::from(both)..];
    }
    if !rest.is_empty() {
        lines.push(rest.to_vec());
    }
    lines
}

/// `data.translate(table)`; raises `ValueError`.
pub fn translate(data: &[u8], table: &[u8]) -> Result<Vec<u8>, Error> {
    if table.len() != 256 {
        let text = "translation table must be 256 characters long";
        return Err(Error::ValueError(text.to_string()));
    }
    Ok(data.iter().map(|&byte| table[usize::from(byte)]).collect())
}
