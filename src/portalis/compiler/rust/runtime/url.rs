//! Python's `urllib.parse`: quoting and unquoting.

/// `quote(text, safe)`.
pub fn quote(text: &str, safe: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if byte.is_ascii_alphanumeric() || b"_.-~".contains(&byte) || byte.is_ascii() && safe.contains(c) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// `quote_plus(text, safe)`.
pub fn quote_plus(text: &str, safe: &str) -> String {
    if !text.contains(' ') {
        return quote(text, safe);
    }
    quote(text, &format!("{safe} ")).replace(' ', "+")
}

/// `unquote(text)`: each run of ASCII is decoded on its own, what is no UTF-8 becomes U+FFFD.
pub fn unquote(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
        out.push_str(&String::from_utf8_lossy(&unquoted(&rest.as_bytes()[..run])));
        rest = &rest[run..];
        let other = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        out.push_str(&rest[..other]);
        rest = &rest[other..];
    }
    out
}

/// `unquote_plus(text)`.
pub fn unquote_plus(text: &str) -> String {
    unquote(&text.replace('+', " "))
}

/// `parse_qsl(text)`: pairs without a value are left out.
pub fn parse_qsl(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (unquote_plus(name), unquote_plus(value)))
        .collect()
}

/// The bytes that `%xx` stand for; a `%` before anything else stays.
fn unquoted(run: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(run.len());
    let mut place = 0;
    while place < run.len() {
        let digits = run.get(place + 1..place + 3).and_then(hex_byte);
        match digits {
            Some(byte) if run[place] == b'%' => {
                out.push(byte);
                place += 3;
            }
            _ => {
                out.push(run[place]);
                place += 1;
            }
        }
    }
    out
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let high = char::from(digits[0]).to_digit(16)?;
    let low = char::from(digits[1]).to_digit(16)?;
    u8::try_from(high * 16 + low).ok()
}
