//! Python's `bytes`: items as integers, hexadecimal, searching and decoding.

use crate::error::Error;
use crate::runtime::decline::{decline, or_decline};
use crate::runtime::repr;
use crate::runtime::seq;

/// Beyond this size `bytes(size)` declines: Python answers, or runs out of memory in its own way.
const MOST_ZEROS: usize = 1 << 28;

/// `data[index]`.
pub fn at(data: &[u8], index: i64) -> Result<i64, Error> {
    match seq::position(data.len(), index) {
        Some(place) => Ok(i64::from(data[place])),
        None => Err(Error::IndexError("index out of range".to_string())),
    }
}

/// `bytes(items)`.
pub fn from_ints(items: &[i64]) -> Result<Vec<u8>, Error> {
    let byte = |&item| {
        u8::try_from(item)
            .map_err(|_| Error::ValueError("bytes must be in range(0, 256)".to_string()))
    };
    items.iter().map(byte).collect()
}

/// `data.hex()`.
pub fn hex(data: &[u8]) -> String {
    let mut out = String::with_capacity(2 * data.len());
    for byte in data {
        for digit in [byte >> 4, byte & 15] {
            out.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    out
}

/// `data.hex(separator, group)`: groups of bytes count from the right, or with a negative size from the left.
pub fn hex_apart(data: &[u8], separator: char, group: i64) -> String {
    if !separator.is_ascii() {
        decline("a separator that is not ASCII");
    }
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    if size == 0 {
        return hex(data);
    }
    let first = if group > 0 { data.len() % size } else { 0 };
    let (head, rest) = data.split_at(first);
    let head = (!head.is_empty()).then_some(head);
    let parts: Vec<String> = head.into_iter().chain(rest.chunks(size)).map(hex).collect();
    parts.join(separator.encode_utf8(&mut [0; 4]))
}

/// `bytes.fromhex(text)`.
pub fn from_hex(text: &str) -> Result<Vec<u8>, Error> {
    if let Some(place) = text.chars().position(|c| !c.is_ascii()) {
        return Err(not_hex(place));
    }
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut left = text.chars().enumerate().peekable();
    while let Some((place, high)) = left.next() {
        if matches!(high, ' ' | '\t'..='\r') {
            continue;
        }
        let low = left.next().map(|(_, low)| low);
        out.push(
            match (high.to_digit(16), low.and_then(|low| low.to_digit(16))) {
                (Some(high), Some(low)) => (high * 16 + low) as u8,
                (None, _) => return Err(not_hex(place)),
                (Some(_), None) => return Err(not_hex(place + 1)),
            },
        );
    }
    Ok(out)
}

/// The error of a text that is not hexadecimal at a place.
fn not_hex(place: usize) -> Error {
    Error::ValueError(format!(
        "non-hexadecimal number found in fromhex() arg at position {place}"
    ))
}

/// `data.decode()`; errors decline.
pub fn decode_utf8(data: &[u8]) -> String {
    or_decline(
        String::from_utf8(data.to_vec()).ok(),
        "bytes that are not UTF-8",
    )
}

/// `data.decode("ascii")`; errors decline.
pub fn decode_ascii(data: &[u8]) -> String {
    if !data.is_ascii() {
        decline("bytes outside ASCII");
    }
    decode_latin1(data)
}

/// `data.decode("latin-1")`.
pub fn decode_latin1(data: &[u8]) -> String {
    data.iter().map(|&byte| char::from(byte)).collect()
}

/// `bytes(size)`; raises `ValueError`, and declines where memory might not do.
pub fn zeros(size: i64) -> Result<Vec<u8>, Error> {
    let size = usize::try_from(size).map_err(|_| Error::ValueError("negative count".to_string()))?;
    if size > MOST_ZEROS {
        decline("very many bytes");
    }
    Ok(vec![0; size])
}

/// `data.find(needle)`.
pub fn find(data: &[u8], needle: &[u8]) -> i64 {
    first(data, needle).map_or(-1, |place| place as i64)
}

/// `data.rfind(needle)`.
pub fn rfind(data: &[u8], needle: &[u8]) -> i64 {
    if needle.is_empty() {
        return data.len() as i64;
    }
    let place = data
        .windows(needle.len())
        .rposition(|window| window == needle);
    place.map_or(-1, |place| place as i64)
}

/// `data.index(needle)`.
pub fn index(data: &[u8], needle: &[u8]) -> Result<i64, Error> {
    match first(data, needle) {
        Some(place) => Ok(place as i64),
        None => Err(Error::ValueError("subsection not found".to_string())),
    }
}

/// `data.join(parts)`.
pub fn join(data: &[u8], parts: &[Vec<u8>]) -> Vec<u8> {
    parts.join(data)
}

/// `data.rindex(needle)`; raises `ValueError`.
pub fn rindex(data: &[u8], needle: &[u8]) -> Result<i64, Error> {
    match rfind(data, needle) {
        -1 => Err(Error::ValueError("subsection not found".to_string())),
        place => Ok(place),
    }
}

/// `data.title()`.
pub fn title(data: &[u8]) -> Vec<u8> {
    let mut inside = false;
    let turned = data.iter().map(|byte| {
        let first = !std::mem::replace(&mut inside, byte.is_ascii_alphabetic());
        if first { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() }
    });
    turned.collect()
}

/// `data.capitalize()`.
pub fn capitalize(data: &[u8]) -> Vec<u8> {
    let mut turned = data.to_ascii_lowercase();
    if let Some(first) = turned.first_mut() {
        first.make_ascii_uppercase();
    }
    turned
}

/// `data.swapcase()`.
pub fn swapcase(data: &[u8]) -> Vec<u8> {
    let swapped = |byte: &u8| if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { *byte };
    data.iter().map(swapped).collect()
}

/// `data.count(needle)`.
pub fn count(data: &[u8], needle: &[u8]) -> i64 {
    if needle.is_empty() {
        return data.len() as i64 + 1;
    }
    pieces(data, needle).count() as i64 - 1
}

/// `needle in data`.
pub fn contains(data: &[u8], needle: &[u8]) -> bool {
    first(data, needle).is_some()
}

/// `byte in data`; raises `ValueError`.
pub fn has_byte(data: &[u8], byte: i64) -> Result<bool, Error> {
    match u8::try_from(byte) {
        Ok(byte) => Ok(data.contains(&byte)),
        Err(_) => Err(Error::ValueError("byte must be in range(0, 256)".to_string())),
    }
}

/// Where the needle first stands.
fn first(data: &[u8], needle: &[u8]) -> Option<usize> {
    if needle.is_empty() {
        return Some(0);
    }
    data.windows(needle.len())
        .position(|window| window == needle)
}

/// The pieces of bytes between occurrences of a separator that is not empty.
fn pieces<'a>(data: &'a [u8], separator: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = Some(data);
    std::iter::from_fn(move || {
        let now = rest?;
        let place = first(now, separator);
        rest = place.map(|place| &now[place + separator.len()..]);
        Some(&now[..place.unwrap_or(now.len())])
    })
}

/// `data.split(separator)`.
pub fn split_on(data: &[u8], separator: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
    if separator.is_empty() {
        return Err(Error::ValueError("empty separator".to_string()));
    }
    Ok(pieces(data, separator).map(<[u8]>::to_vec).collect())
}

/// `data.replace(old, new)`.
pub fn replace(data: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    if !old.is_empty() {
        return pieces(data, old).collect::<Vec<_>>().join(new);
    }
    let mut out = new.to_vec();
    for &byte in data {
        out.push(byte);
        out.extend_from_slice(new);
    }
    out
}

/// `data.strip()`.
pub fn strip(data: &[u8]) -> &[u8] {
    rstrip(lstrip(data))
}

/// `data * times`.
pub fn repeat(data: &[u8], times: i64) -> Vec<u8> {
    data.repeat(seq::repetitions(data.len(), times))
}

/// `repr(data)`.
pub fn repr(data: &[u8]) -> String {
    repr::bytes(data)
}

/// Whether a byte is one of the spaces that `bytes` knows.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// `data.rstrip()`.
pub fn rstrip(data: &[u8]) -> &[u8] {
    let kept = data.iter().rposition(|byte| !is_space(*byte)).map_or(0, |last| last + 1);
    &data[..kept]
}

/// `data.lstrip()`.
pub fn lstrip(data: &[u8]) -> &[u8] {
    let first = data.iter().position(|byte| !is_space(*byte)).unwrap_or(data.len());
    &data[first..]
}

/// `data.strip(set)`.
pub fn strip_set<'a>(data: &'a [u8], set: &[u8]) -> &'a [u8] {
    rstrip_set(lstrip_set(data, set), set)
}

/// `data.lstrip(set)`.
pub fn lstrip_set<'a>(data: &'a [u8], set: &[u8]) -> &'a [u8] {
    let first = data.iter().position(|byte| !set.contains(byte)).unwrap_or(data.len());
    &data[first..]
}

/// `data.rstrip(set)`.
pub fn rstrip_set<'a>(data: &'a [u8], set: &[u8]) -> &'a [u8] {
    let kept = data.iter().rposition(|byte| !set.contains(byte)).map_or(0, |last| last + 1);
    &data[..kept]
}

/// `data.isdigit()` and kin: every byte is of the class, and there is one.
fn all(data: &[u8], class: impl Fn(&u8) -> bool) -> bool {
    !data.is_empty() && data.iter().all(class)
}

/// `data.isdigit()`.
pub fn is_digit(data: &[u8]) -> bool {
    all(data, u8::is_ascii_digit)
}

/// `data.isalpha()`.
pub fn is_alpha(data: &[u8]) -> bool {
    all(data, u8::is_ascii_alphabetic)
}

/// `data.isalnum()`.
pub fn is_alnum(data: &[u8]) -> bool {
    all(data, u8::is_ascii_alphanumeric)
}

/// `data.isspace()`.
pub fn is_space_only(data: &[u8]) -> bool {
    all(data, |byte| is_space(*byte))
}

/// `data.isupper()`.
pub fn is_upper(data: &[u8]) -> bool {
    data.iter().any(u8::is_ascii_uppercase) && !data.iter().any(u8::is_ascii_lowercase)
}

/// `data.islower()`.
pub fn is_lower(data: &[u8]) -> bool {
    data.iter().any(u8::is_ascii_lowercase) && !data.iter().any(u8::is_ascii_uppercase)
}

/// A width as a size; one beyond memory declines.
fn size(width: i64) -> usize {
    if width > 1 << 28 {
        decline("more bytes than fit into memory");
    }
    usize::try_from(width).unwrap_or(0)
}

/// `data.ljust(width, fill)`.
pub fn ljust(data: &[u8], width: i64, fill: u8) -> Vec<u8> {
    let mut out = data.to_vec();
    out.resize(data.len().max(size(width)), fill);
    out
}

/// `data.rjust(width, fill)`.
pub fn rjust(data: &[u8], width: i64, fill: u8) -> Vec<u8> {
    let mut out = vec![fill; size(width).saturating_sub(data.len())];
    out.extend_from_slice(data);
    out
}

/// `data.zfill(width)`.
pub fn zfill(data: &[u8], width: i64) -> Vec<u8> {
    let mut out = rjust(data, width, b'0');
    let padding = out.len() - data.len();
    if padding > 0 && matches!(data.first(), Some(b'+' | b'-')) {
        out.swap(0, padding);
    }
    out
}

/// `data.removeprefix(prefix)`.
pub fn remove_prefix<'a>(data: &'a [u8], prefix: &[u8]) -> &'a [u8] {
    data.strip_prefix(prefix).unwrap_or(data)
}

/// `data.removesuffix(suffix)`.
pub fn remove_suffix<'a>(data: &'a [u8], suffix: &[u8]) -> &'a [u8] {
    data.strip_suffix(suffix).unwrap_or(data)
}
