//! Bytes.

use crate::error::Error;
use crate::runtime::bytes;
use crate::runtime::int_bytes;
use crate::runtime::seq;

pub fn at(data: &[u8], i: i64) -> Result<i64, Error> {
    bytes::at(data, i)
}

pub fn part(data: &[u8], i: i64, j: i64) -> Vec<u8> {
    seq::concat(seq::slice(data, i..j), &seq::slice_by(data, None, None, -1))
}

pub fn checksum(data: &[u8]) -> i64 {
    let mut total: i64 = 0;
    for byte in data.iter().map(|&byte| i64::from(byte)) {
        total = total.strict_mul(31).strict_add(byte).rem_euclid(65521);
    }
    total
}

pub fn decoded(data: &[u8]) -> String {
    bytes::decode_utf8(data)
}

pub fn ascii_text(data: &[u8]) -> String {
    bytes::decode_ascii(data)
}

pub fn hexadecimal(data: &[u8]) -> String {
    bytes::hex(data)
}

pub fn back(text: &str) -> Result<Vec<u8>, Error> {
    bytes::from_hex(text)
}

pub fn made(numbers: &[i64]) -> Result<Vec<u8>, Error> {
    bytes::from_ints(numbers)
}

pub fn big(data: &[u8]) -> i64 {
    int_bytes::from_bytes_big(data)
}

pub fn little(n: i64) -> Result<Vec<u8>, Error> {
    int_bytes::to_bytes_little(n, 4)
}

pub fn contains(data: &[u8], n: i64) -> Result<bool, Error> {
    Ok(bytes::contains(data, &*b"ab") || bytes::has_byte(data, n)?)
}

/// Whether a byte is a digit of base sixteen.
///
/// ```text
/// >>> is_hex(b"7"), is_hex(b"g")
/// (True, False)
/// ```
pub fn is_hex(c: &[u8]) -> bool {
    b"0".as_slice() <= c && c <= b"9".as_slice()
        || b"a".as_slice() <= c && c <= b"f".as_slice()
        || b"A".as_slice() <= c && c <= b"F".as_slice()
}

/// The last row in order.
///
/// ```text
/// >>> greatest([b"ab", b"b", b""])
/// b'b'
/// ```
pub fn greatest(rows: &[Vec<u8>]) -> Vec<u8> {
    let mut best = b"".to_vec();
    for row in rows {
        if row.as_slice() > best.as_slice() {
            best = row.to_vec();
        }
    }
    best
}
