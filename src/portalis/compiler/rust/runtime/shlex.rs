//! Python's `shlex`: words of a POSIX shell, quoted and taken apart.

use std::str::Chars;

use crate::error::Error;

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

/// `shlex.split(text)`; raises `ValueError`.
pub fn split(text: &str) -> Result<Vec<String>, Error> {
    let mut words = Vec::new();
    let mut chars = text.chars();
    // A word that has begun, be it with an empty pair of quotes.
    let mut word: Option<String> = None;
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\\' => word.get_or_insert_default().push(escaped(chars.next())?),
            '\'' | '"' => quoted(&mut chars, c, word.get_or_insert_default())?,
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

/// Reads up to the closing quote; within double quotes a backslash escapes a quote and itself.
fn quoted(chars: &mut Chars, quote: char, word: &mut String) -> Result<(), Error> {
    while let Some(c) = chars.next() {
        if c == quote {
            return Ok(());
        }
        if c == '\\' && quote == '"' {
            let next = escaped(chars.next())?;
            if next != '\\' && next != '"' {
                word.push('\\');
            }
            word.push(next);
        } else {
            word.push(c);
        }
    }
    Err(Error::ValueError("No closing quotation".to_owned()))
}

fn escaped(next: Option<char>) -> Result<char, Error> {
    next.ok_or_else(|| Error::ValueError("No escaped character".to_owned()))
}
