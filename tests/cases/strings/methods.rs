//! Methods of strings, on text that is not only ASCII.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::seq;
use crate::runtime::text;

pub fn cases(s: &str) -> Vec<String> {
    vec![text::upper(s), text::lower(s), text::capitalize(s)]
}

pub fn more_cases(s: &str) -> Vec<String> {
    vec![text::title(s), text::swapcase(s), text::casefold(s)]
}

pub fn tests_(s: &str) -> Vec<bool> {
    vec![
        text::is_digit(s),
        text::is_decimal(s),
        text::is_alpha(s),
        text::is_alnum(s),
        text::is_space(s),
        text::is_upper(s),
        text::is_lower(s),
        s.is_ascii(),
    ]
}

pub fn stripped(s: &str, characters: &str) -> Vec<String> {
    vec![
        text::strip(s).to_string(),
        text::lstrip(s).to_string(),
        text::rstrip(s).to_string(),
        text::strip_chars(s, characters).to_string(),
        text::lstrip_chars(s, characters).to_string(),
        text::rstrip_chars(s, characters).to_string(),
    ]
}

pub fn split(s: &str) -> Vec<Vec<String>> {
    vec![
        text::split(s),
        text::split_max(s, 1),
        text::rsplit_max(s, 1),
        text::split_lines(s),
    ]
}

pub fn split_by(s: &str, separator: &str) -> Result<Vec<Vec<String>>, Error> {
    Ok(vec![
        text::split_on(s, separator)?,
        text::split_on_max(s, separator, 1)?,
        text::rsplit_on_max(s, separator, 1)?,
        <[_; 3]>::from(text::partition(s, separator)?)
            .into_iter()
            .collect::<Vec<String>>(),
        <[_; 3]>::from(text::rpartition(s, separator)?)
            .into_iter()
            .collect::<Vec<String>>(),
    ])
}

pub fn find(s: &str, part: &str) -> Vec<i64> {
    vec![
        text::find(s, part),
        text::rfind(s, part),
        text::count(s, part),
        text::find_in(s, part, Some(1), None),
        text::find_in(s, part, Some(-3), None),
        text::find_in(s, part, Some(1), Some(-1)),
    ]
}

pub fn index(s: &str, part: &str) -> Result<i64, Error> {
    Ok(text::index(s, part)? + text::rindex(s, part)?)
}

pub fn replaced(s: &str, old: &str, new: &str) -> Vec<String> {
    vec![
        s.replace(old, new),
        text::replace_n(s, old, new, 1),
        s.replace(old, ""),
    ]
}

pub fn edges(s: &str, part: &str) -> Vec<bool> {
    vec![
        s.starts_with(part),
        s.ends_with(part),
        s.starts_with(part) || s.starts_with("x"),
        s.contains(part),
        !s.contains(part),
    ]
}

pub fn cut(s: &str) -> Vec<String> {
    vec![
        text::remove_prefix(s, "ab").to_string(),
        text::remove_suffix(s, "ab").to_string(),
    ]
}

pub fn padded(s: &str, width: i64) -> Vec<String> {
    vec![
        text::ljust(s, width, ' '),
        text::rjust(s, width, '*'),
        text::center(s, width, ' '),
        text::center(s, width, '-'),
        text::zfill(s, width),
    ]
}

pub fn joined(parts: &[String]) -> String {
    format!(
        "{}{}{}",
        parts.join(", "),
        text::join("-", "abc".chars().map(|item| item.to_string())),
        seq::slice_by(parts, None, None, -1)
            .into_iter()
            .collect::<String>()
    )
}

pub fn translated(s: &str) -> Result<String, Error> {
    text::translate_chars(s, "abc", "xyz", "")
}

pub fn expanded(s: &str) -> String {
    text::expand_tabs(s, 4)
}

pub fn encoded(s: &str) -> Vec<u8> {
    seq::concat(&text::encode_utf8(s), &text::encode_utf8(s))
}

pub fn repeated(s: &str, n: i64) -> String {
    format!("{}{}", text::repeat(s, n), text::repeat(s, n))
}

pub fn order(a: &str, b: &str) -> Vec<bool> {
    vec![a < b, a <= b, a > b, a == b, a != b]
}

pub fn reversed_words(s: &str) -> String {
    text::join(
        " ",
        text::split_by(s, " ")
            .into_iter()
            .map(|word| text::reverse(&word)),
    )
}

pub fn caesar(s: &str, shift: i64) -> Result<String, Error> {
    let mut result = String::new();
    for c in s.chars() {
        if c.is_ascii_lowercase() {
            result.push(chars::chr(
                (chars::ord(c) - 97).strict_add(shift).rem_euclid(26) + 97,
            )?);
        } else if chars::is_upper(c) && c.encode_utf8(&mut [0; 4]).is_ascii() {
            result.push(chars::chr(
                (chars::ord(c) - 65).strict_add(shift).rem_euclid(26) + 65,
            )?);
        } else {
            result.push(c);
        }
    }
    Ok(result)
}

/// Characters as the start and end of a text.
pub fn framed(s: &str) -> Result<Vec<bool>, Error> {
    let last = text::char_at(s, -1)?;
    Ok(vec![
        s.starts_with(text::char_at(s, 0)?),
        s.ends_with(last),
        s.starts_with(last) || s.starts_with("x"),
        s.replace(last, text::char_at(s, 0)?.encode_utf8(&mut [0; 4])) == s,
    ])
}

pub fn empty_by_length(s: &str) -> (bool, bool, bool) {
    (
        s.is_empty(),
        !text::strip(s).is_empty(),
        0 != s.chars().count(),
    )
}
