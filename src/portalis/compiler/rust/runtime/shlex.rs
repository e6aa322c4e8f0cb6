//! Python's `shlex`: words of a POSIX shell, quoted.

/// `shlex.quote(text)`.
pub fn quote(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&byte);
    if text.is_empty() {
        "''".to_owned()
    } else if text.bytes().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\"'\"'"))
    }
}
