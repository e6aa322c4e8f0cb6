//! UTF-8 that arrives in pieces, as Python's text files decode it.

use crate::error::Error;

/// The text of bytes that end the input; what is not UTF-8 raises.
pub fn utf8(data: &[u8]) -> Result<String, Error> {
    match std::str::from_utf8(data) {
        Ok(text) => Ok(text.to_string()),
        Err(error) => Err(refused(data, error.valid_up_to(), error.error_len())),
    }
}

/// The text of a piece; the start of a character that it ends with stays in `data`.
pub fn utf8_piece(data: &mut Vec<u8>) -> Result<String, Error> {
    let end = match std::str::from_utf8(data) {
        Ok(_) => data.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(error) => return Err(refused(data, error.valid_up_to(), error.error_len())),
    };
    let rest = data.split_off(end);
    utf8(&std::mem::replace(data, rest))
}

fn refused(data: &[u8], start: usize, length: Option<usize>) -> Error {
    let bad = length.unwrap_or(data.len() - start);
    let first = data[start];
    let reason = match length {
        None => "unexpected end of data",
        Some(1) if !(0xc2..=0xf4).contains(&first) => "invalid start byte",
        Some(_) => "invalid continuation byte",
    };
    let place = if bad == 1 {
        format!("byte 0x{first:02x} in position {start}")
    } else {
        format!("bytes in position {start}-{}", start + bad - 1)
    };
    Error::UnicodeDecodeError(format!("'utf-8' codec can't decode {place}: {reason}"))
}

/// Where lines end, and what becomes of their ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newlines {
    /// At `\n`, `\r` and `\r\n`, all of which are read as `\n`.
    Universal,
    /// At `\n`, `\r` and `\r\n`, which stay as they are.
    Kept,
    /// At `\n` only.
    Unix,
}

impl Newlines {
    /// A piece of text as it is read. `held` says whether a `\r` at the end of the piece before waits for what
    /// follows it; `last`, whether nothing follows this piece.
    pub fn translate(self, piece: String, held: &mut bool, last: bool) -> String {
        if self != Newlines::Universal || (!*held && !piece.contains('\r')) {
            return piece;
        }
        let mut text = if std::mem::take(held) { format!("\r{piece}") } else { piece };
        if !last && text.ends_with('\r') {
            text.pop();
            *held = true;
        }
        text.replace("\r\n", "\n").replace('\r', "\n")
    }

    /// The length of the first line of a text, its end included; None where the line may go on after it.
    pub fn line(self, text: &str, last: bool) -> Option<usize> {
        let found = match self {
            Newlines::Kept => text.find(['\n', '\r']),
            Newlines::Universal | Newlines::Unix => text.find('\n'),
        };
        let Some(at) = found else {
            return if last && !text.is_empty() { Some(text.len()) } else { None };
        };
        if text.as_bytes()[at] == b'\n' {
            return Some(at + 1);
        }
        match text.as_bytes().get(at + 1) {
            Some(b'\n') => Some(at + 2),
            None if !last => None,
            _ => Some(at + 1),
        }
    }
}
