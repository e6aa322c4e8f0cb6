//! Texts as bytes and back, where errors are left out or replaced.

/// `text.encode("ascii", "ignore")`.
pub fn encode_ascii_ignore(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii).collect()
}

/// `text.encode("ascii", "replace")`.
pub fn encode_ascii_replace(text: &str) -> Vec<u8> {
    let byte = |c: char| if c.is_ascii() { c as u8 } else { b'?' };
    text.chars().map(byte).collect()
}

/// `text.encode("latin-1", "ignore")`.
pub fn encode_latin1_ignore(text: &str) -> Vec<u8> {
    text.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

/// `text.encode("latin-1", "replace")`.
pub fn encode_latin1_replace(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// `data.decode("utf-8", "ignore")`.
pub fn decode_utf8_ignore(data: &[u8]) -> String {
    data.utf8_chunks().map(|chunk| chunk.valid()).collect()
}

/// `data.decode("utf-8", "replace")`.
pub fn decode_utf8_replace(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// `data.decode("ascii", "ignore")`.
pub fn decode_ascii_ignore(data: &[u8]) -> String {
    let known = data.iter().filter(|byte| byte.is_ascii());
    known.map(|&byte| char::from(byte)).collect()
}

/// `data.decode("ascii", "replace")`.
pub fn decode_ascii_replace(data: &[u8]) -> String {
    let known = |&byte: &u8| if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER };
    data.iter().map(known).collect()
}
