//! `int.to_bytes` and `int.from_bytes`.

use crate::error::Error;
use crate::runtime::decline::decline;

/// Longer results of `to_bytes` decline: Python may find that there is no memory.
const MOST_BYTES: usize = 1 << 28;

/// `a.to_bytes(length, "big")`.
pub fn to_bytes_big(a: i64, length: i64) -> Result<Vec<u8>, Error> {
    let Ok(length) = usize::try_from(length) else {
        return Err(Error::ValueError(
            "length argument must be non-negative".to_string(),
        ));
    };
    if length > MOST_BYTES {
        decline("more bytes than fit into memory");
    }
    if a < 0 {
        return Err(Error::OverflowError(
            "can't convert negative int to unsigned".to_string(),
        ));
    }
    let digits = a.to_be_bytes();
    let leading = digits.iter().take_while(|&&byte| byte == 0).count();
    let needed = &digits[leading..];
    if length < needed.len() {
        return Err(Error::OverflowError("int too big to convert".to_string()));
    }
    let mut out = vec![0; length - needed.len()];
    out.extend_from_slice(needed);
    Ok(out)
}

/// `a.to_bytes(length, "little")`.
pub fn to_bytes_little(a: i64, length: i64) -> Result<Vec<u8>, Error> {
    let mut out = to_bytes_big(a, length)?;
    out.reverse();
    Ok(out)
}

/// `a.to_bytes(length, "big", signed=True)`.
pub fn to_signed_bytes_big(a: i64, length: i64) -> Result<Vec<u8>, Error> {
    let Ok(length) = usize::try_from(length) else {
        return Err(Error::ValueError(
            "length argument must be non-negative".to_string(),
        ));
    };
    if length > MOST_BYTES {
        decline("more bytes than fit into memory");
    }
    let filler = if a < 0 { 0xff } else { 0 };
    let digits = a.to_be_bytes();
    let fits = length >= digits.len() || {
        let (dropped, kept) = digits.split_at(digits.len() - length);
        let sign = kept.first().map_or(0, |byte| byte & 0x80);
        dropped.iter().all(|&byte| byte == filler) && (sign == filler & 0x80)
    };
    if !fits {
        return Err(Error::OverflowError("int too big to convert".to_string()));
    }
    let mut out = vec![filler; length.saturating_sub(digits.len())];
    out.extend_from_slice(&digits[digits.len().saturating_sub(length)..]);
    Ok(out)
}

/// `a.to_bytes(length, "little", signed=True)`.
pub fn to_signed_bytes_little(a: i64, length: i64) -> Result<Vec<u8>, Error> {
    let mut out = to_signed_bytes_big(a, length)?;
    out.reverse();
    Ok(out)
}

/// `int.from_bytes(data, "big", signed=True)`.
pub fn from_signed_bytes_big(data: &[u8]) -> i64 {
    let negative = data.first().is_some_and(|byte| byte & 0x80 != 0);
    data.iter()
        .fold(if negative { -1 } else { 0 }, |value: i64, &byte| {
            value.strict_mul(256).strict_add(i64::from(byte))
        })
}

/// `int.from_bytes(data, "little", signed=True)`.
pub fn from_signed_bytes_little(data: &[u8]) -> i64 {
    let turned: Vec<u8> = data.iter().rev().copied().collect();
    from_signed_bytes_big(&turned)
}

/// `int.from_bytes(data, "big")`.
pub fn from_bytes_big(data: &[u8]) -> i64 {
    data.iter().fold(0_i64, |value, &byte| {
        value.strict_mul(256).strict_add(i64::from(byte))
    })
}

/// `int.from_bytes(data, "little")`.
pub fn from_bytes_little(data: &[u8]) -> i64 {
    data.iter().rev().fold(0_i64, |value, &byte| {
        value.strict_mul(256).strict_add(i64::from(byte))
    })
}
