//! Python's view of text: positions in code points, negative indices, and the methods of `str`.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::decline::{decline, or_decline};
use crate::runtime::dict::Dict;
use crate::runtime::seq;
use std::ops::{Bound, RangeBounds};

/// `len(text)`.
pub fn len(text: &str) -> i64 {
    text.chars().count() as i64
}

/// `text[index]` as a character.
pub fn char_at(text: &str, index: i64) -> Result<char, Error> {
    let start = offset(text, index);
    let found = text[start..].chars().next();
    // Too far to the left, the offset is that of the first character.
    match found {
        Some(c) if start > 0 || index >= 0 || len(text).unsigned_abs() == index.unsigned_abs() => {
            Ok(c)
        }
        _ => Err(Error::IndexError("string index out of range".to_string())),
    }
}

/// `text[index]` as text.
pub fn at(text: &str, index: i64) -> Result<&str, Error> {
    let c = char_at(text, index)?;
    let start = offset(text, index);
    Ok(&text[start..start + c.len_utf8()])
}

/// `text[start:stop]`.
pub fn slice(text: &str, range: impl RangeBounds<i64>) -> &str {
    let start = match range.start_bound() {
        Bound::Unbounded => 0,
        Bound::Included(&start) => offset(text, start),
        Bound::Excluded(&start) => offset(text, start.strict_add(1)),
    };
    let stop = match range.end_bound() {
        Bound::Unbounded => text.len(),
        Bound::Excluded(&stop) => offset(text, stop),
        Bound::Included(&stop) => offset(text, stop.strict_add(1)),
    };
    text.get(start..stop).unwrap_or("")
}

/// `text[start:stop]` where a bound may be None.
pub fn slice_between(text: &str, start: Option<i64>, stop: Option<i64>) -> &str {
    slice(text, (seq::lower_bound(start), seq::upper_bound(stop)))
}

/// `text[start:stop:step]`.
pub fn slice_step(
    text: &str,
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
) -> Result<String, Error> {
    if step == 0 {
        return Err(Error::ValueError("slice step cannot be zero".to_string()));
    }
    Ok(slice_by(text, start, stop, step))
}

/// `text[start:stop:step]` with a step known not to be zero.
pub fn slice_by(text: &str, start: Option<i64>, stop: Option<i64>, step: i64) -> String {
    if text.is_ascii() {
        let places = seq::indices_by(text.len(), start, stop, step);
        return places
            .map(|place| char::from(text.as_bytes()[place as usize]))
            .collect();
    }
    let chars: Vec<char> = text.chars().collect();
    let places = seq::indices_by(chars.len(), start, stop, step);
    places.map(|place| chars[place as usize]).collect()
}

/// `text[::-1]`.
pub fn reverse(text: &str) -> String {
    text.chars().rev().collect()
}

/// The byte at which the character of a signed index starts, clamped as the bound of a slice.
fn offset(text: &str, index: i64) -> usize {
    let (bytes, size) = (text.as_bytes(), index.unsigned_abs() as usize);
    if index >= 0 {
        let near = size.min(bytes.len());
        if bytes[..near].is_ascii() {
            return near;
        }
        return text
            .char_indices()
            .nth(size)
            .map_or(bytes.len(), |(start, _)| start);
    }
    let near = bytes.len().saturating_sub(size);
    if bytes[near..].is_ascii() {
        return near;
    }
    text.char_indices()
        .nth_back(size - 1)
        .map_or(0, |(start, _)| start)
}

/// `text.strip()`.
pub fn strip(text: &str) -> &str {
    text.trim_matches(chars::is_space)
}

/// `text.lstrip()`.
pub fn lstrip(text: &str) -> &str {
    text.trim_start_matches(chars::is_space)
}

/// `text.rstrip()`.
pub fn rstrip(text: &str) -> &str {
    text.trim_end_matches(chars::is_space)
}

/// `text.strip(set)`.
pub fn strip_chars<'a>(text: &'a str, set: &str) -> &'a str {
    text.trim_matches(|c| set.contains(c))
}

/// `text.lstrip(set)`.
pub fn lstrip_chars<'a>(text: &'a str, set: &str) -> &'a str {
    text.trim_start_matches(|c| set.contains(c))
}

/// `text.rstrip(set)`.
pub fn rstrip_chars<'a>(text: &'a str, set: &str) -> &'a str {
    text.trim_end_matches(|c| set.contains(c))
}

/// `text.find(needle)`.
pub fn find(text: &str, needle: &str) -> i64 {
    text.find(needle).map_or(-1, |start| len(&text[..start]))
}

/// `text.rfind(needle)`.
pub fn rfind(text: &str, needle: &str) -> i64 {
    text.rfind(needle).map_or(-1, |start| len(&text[..start]))
}

/// `text.index(needle)`.
pub fn index(text: &str, needle: &str) -> Result<i64, Error> {
    found(find(text, needle))
}

/// `text.rindex(needle)`.
pub fn rindex(text: &str, needle: &str) -> Result<i64, Error> {
    found(rfind(text, needle))
}

/// `text.count(needle)`.
pub fn count(text: &str, needle: &str) -> i64 {
    text.matches(needle).count() as i64
}

/// `text.find(needle, start, stop)`.
pub fn find_in(text: &str, needle: &str, start: Option<i64>, stop: Option<i64>) -> i64 {
    let place = |(before, part): (i64, &str)| Some(before + len(&part[..part.find(needle)?]));
    window(text, start, stop).and_then(place).unwrap_or(-1)
}

/// `text.rfind(needle, start, stop)`.
pub fn rfind_in(text: &str, needle: &str, start: Option<i64>, stop: Option<i64>) -> i64 {
    let place = |(before, part): (i64, &str)| Some(before + len(&part[..part.rfind(needle)?]));
    window(text, start, stop).and_then(place).unwrap_or(-1)
}

/// `text.index(needle, start, stop)`.
pub fn index_in(
    text: &str,
    needle: &str,
    start: Option<i64>,
    stop: Option<i64>,
) -> Result<i64, Error> {
    found(find_in(text, needle, start, stop))
}

/// `text.rindex(needle, start, stop)`.
pub fn rindex_in(
    text: &str,
    needle: &str,
    start: Option<i64>,
    stop: Option<i64>,
) -> Result<i64, Error> {
    found(rfind_in(text, needle, start, stop))
}

/// `text.count(needle, start, stop)`.
pub fn count_in(text: &str, needle: &str, start: Option<i64>, stop: Option<i64>) -> i64 {
    window(text, start, stop).map_or(0, |(_, part)| count(part, needle))
}

/// `text.startswith(prefix, start, stop)`.
pub fn starts_with_at(text: &str, prefix: &str, start: Option<i64>, stop: Option<i64>) -> bool {
    window(text, start, stop).is_some_and(|(_, part)| part.starts_with(prefix))
}

/// `text.endswith(suffix, start, stop)`.
pub fn ends_with_at(text: &str, suffix: &str, start: Option<i64>, stop: Option<i64>) -> bool {
    window(text, start, stop).is_some_and(|(_, part)| part.ends_with(suffix))
}

/// The part of a text that a search looks at, and the characters before it; None where the bounds cross.
fn window(text: &str, start: Option<i64>, stop: Option<i64>) -> Option<(i64, &str)> {
    let first = start.map_or(0, |start| offset(text, start));
    let last = stop.map_or(text.len(), |stop| offset(text, stop));
    let before = len(&text[..first]);
    let part = text.get(first..last)?;
    // A start beyond the end finds nothing, not even nothing.
    (start.unwrap_or(0) <= before).then_some((before, part))
}

/// The place, or the error of `index` where nothing was found.
fn found(place: i64) -> Result<i64, Error> {
    if place < 0 {
        return Err(Error::ValueError("substring not found".to_string()));
    }
    Ok(place)
}

/// `text.split()` without collecting.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(chars::is_space).filter(|word| !word.is_empty())
}

/// `text.split()`.
pub fn split(text: &str) -> Vec<String> {
    words(text).map(str::to_string).collect()
}

/// `text.split(None, max)`.
pub fn split_max(text: &str, max: i64) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = lstrip(text);
    while !rest.is_empty() {
        let full = max >= 0 && out.len() as i64 == max;
        let end = if full {
            None
        } else {
            rest.find(chars::is_space)
        };
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        out.push(word.to_string());
        rest = lstrip(after);
    }
    out
}

/// `text.rsplit(None, max)`.
pub fn rsplit_max(text: &str, max: i64) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = rstrip(text);
    while !rest.is_empty() {
        let full = max >= 0 && out.len() as i64 == max;
        let space = rest.char_indices().rev().find(|&(_, c)| chars::is_space(c));
        let begin = space
            .filter(|_| !full)
            .map_or(0, |(start, c)| start + c.len_utf8());
        out.push(rest[begin..].to_string());
        rest = rstrip(&rest[..begin]);
    }
    out.reverse();
    out
}

/// `text.split(separator)`.
pub fn split_on(text: &str, separator: &str) -> Result<Vec<String>, Error> {
    not_empty(separator)?;
    Ok(split_by(text, separator))
}

/// `text.split(separator)` with a separator known not to be empty.
pub fn split_by(text: &str, separator: &str) -> Vec<String> {
    text.split(separator).map(str::to_string).collect()
}

/// `text.split(separator, max)`.
pub fn split_on_max(text: &str, separator: &str, max: i64) -> Result<Vec<String>, Error> {
    not_empty(separator)?;
    Ok(split_by_max(text, separator, max))
}

/// `text.split(separator, max)` with a separator known not to be empty.
pub fn split_by_max(text: &str, separator: &str, max: i64) -> Vec<String> {
    let pieces = usize::try_from(max).map_or(usize::MAX, |max| max.saturating_add(1));
    text.splitn(pieces, separator).map(str::to_string).collect()
}

/// `text.rsplit(separator, max)`.
pub fn rsplit_on_max(text: &str, separator: &str, max: i64) -> Result<Vec<String>, Error> {
    not_empty(separator)?;
    Ok(rsplit_by_max(text, separator, max))
}

/// `text.rsplit(separator, max)` with a separator known not to be empty.
pub fn rsplit_by_max(text: &str, separator: &str, max: i64) -> Vec<String> {
    let pieces = usize::try_from(max).map_or(usize::MAX, |max| max.saturating_add(1));
    let mut out: Vec<String> = text
        .rsplitn(pieces, separator)
        .map(str::to_string)
        .collect();
    out.reverse();
    out
}

/// The error of an empty separator.
fn not_empty(separator: &str) -> Result<(), Error> {
    if separator.is_empty() {
        return Err(Error::ValueError("empty separator".to_string()));
    }
    Ok(())
}

/// `text.splitlines()` without collecting.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    lines_keep(text).map(|line| match line.strip_suffix("\r\n") {
        Some(line) => line,
        None => line.strip_suffix(chars::is_line_break).unwrap_or(line),
    })
}

/// `text.splitlines(True)` without collecting.
fn lines_keep(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let from = rest.find(chars::is_line_break).unwrap_or(rest.len());
        let end = match rest[from..].chars().next() {
            Some('\r') if rest[from + 1..].starts_with('\n') => from + 2,
            found => from + found.map_or(0, char::len_utf8),
        };
        let (line, after) = rest.split_at(end);
        rest = after;
        Some(line)
    })
}

/// `text.splitlines()`.
pub fn split_lines(text: &str) -> Vec<String> {
    lines(text).map(str::to_string).collect()
}

/// `text.splitlines(True)`.
pub fn split_lines_keep(text: &str) -> Vec<String> {
    lines_keep(text).map(str::to_string).collect()
}

/// `text.partition(separator)`.
pub fn partition(text: &str, separator: &str) -> Result<(String, String, String), Error> {
    not_empty(separator)?;
    Ok(partition_by(text, separator))
}

/// `text.partition(separator)` with a separator known not to be empty.
pub fn partition_by(text: &str, separator: &str) -> (String, String, String) {
    match text.split_once(separator) {
        Some((before, after)) => (before.to_string(), separator.to_string(), after.to_string()),
        None => (text.to_string(), String::new(), String::new()),
    }
}

/// `text.rpartition(separator)`.
pub fn rpartition(text: &str, separator: &str) -> Result<(String, String, String), Error> {
    not_empty(separator)?;
    Ok(rpartition_by(text, separator))
}

/// `text.rpartition(separator)` with a separator known not to be empty.
pub fn rpartition_by(text: &str, separator: &str) -> (String, String, String) {
    match text.rsplit_once(separator) {
        Some((before, after)) => (before.to_string(), separator.to_string(), after.to_string()),
        None => (String::new(), String::new(), text.to_string()),
    }
}

/// `text.zfill(width)`.
pub fn zfill(text: &str, width: i64) -> String {
    let (sign, digits) = match text.strip_prefix(['+', '-']) {
        Some(digits) => text.split_at(text.len() - digits.len()),
        None => ("", text),
    };
    format!("{sign}{}{digits}", "0".repeat(missing(text, width)))
}

/// `text.ljust(width, fill)`.
pub fn ljust(text: &str, width: i64, fill: char) -> String {
    padded(text, 0, missing(text, width), fill)
}

/// `text.rjust(width, fill)`.
pub fn rjust(text: &str, width: i64, fill: char) -> String {
    padded(text, missing(text, width), 0, fill)
}

/// `text.center(width, fill)`.
pub fn center(text: &str, width: i64, fill: char) -> String {
    let missing = missing(text, width);
    // The odd one goes to the left where the width is odd, too.
    let left = missing / 2 + (missing & width as usize & 1);
    padded(text, left, missing - left, fill)
}

/// How many characters a text lacks to the width.
fn missing(text: &str, width: i64) -> usize {
    let missing = usize::try_from(width.saturating_sub(len(text))).unwrap_or(0);
    seq::repetitions(4, missing as i64)
}

/// The text between fill characters.
fn padded(text: &str, left: usize, right: usize, fill: char) -> String {
    let mut out = String::with_capacity(text.len() + (left + right) * fill.len_utf8());
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, right));
    out
}

/// `text.replace(old, new)`.
pub fn replace(text: &str, old: &str, new: &str) -> String {
    text.replace(old, new)
}

/// `text.replace(old, new, count)`.
pub fn replace_n(text: &str, old: &str, new: &str, count: i64) -> String {
    text.replacen(old, new, usize::try_from(count).unwrap_or(usize::MAX))
}

/// `text.expandtabs(size)`.
pub fn expand_tabs(text: &str, size: i64) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' if size > 0 => {
                let step = size - column % size;
                out.extend(std::iter::repeat_n(' ', seq::repetitions(1, step)));
                column += step;
            }
            '\t' => {}
            _ => {
                column = if matches!(c, '\n' | '\r') {
                    0
                } else {
                    column + 1
                };
                out.push(c);
            }
        }
    }
    out
}

/// `text.removeprefix(prefix)`.
pub fn remove_prefix<'a>(text: &'a str, prefix: &str) -> &'a str {
    text.strip_prefix(prefix).unwrap_or(text)
}

/// `text.removesuffix(suffix)`.
pub fn remove_suffix<'a>(text: &'a str, suffix: &str) -> &'a str {
    text.strip_suffix(suffix).unwrap_or(text)
}

/// `text.translate(table)`: None deletes a character.
pub fn translate(text: &str, table: &Dict<i64, Option<String>>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match table.get(&chars::ord(c)) {
            Some(Some(new)) => out.push_str(new),
            Some(None) => {}
            None => out.push(c),
        }
    }
    out
}

/// `text.translate(str.maketrans(from, to, deleted))`; raises `ValueError`.
pub fn translate_chars(text: &str, from: &str, to: &str, deleted: &str) -> Result<String, Error> {
    if from.chars().count() != to.chars().count() {
        let told = "the first two maketrans arguments must have equal length";
        return Err(Error::ValueError(told.to_string()));
    }
    // The last of equal characters counts, and what is deleted comes last.
    let new = |c: char| match from.chars().rev().position(|old| old == c) {
        _ if deleted.contains(c) => None,
        Some(place) => to.chars().rev().nth(place),
        None => Some(c),
    };
    Ok(text.chars().filter_map(new).collect())
}

/// A fill of one character; raises `TypeError`.
pub fn fill(text: &str) -> Result<char, Error> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(Error::TypeError(
            "The fill character must be exactly one character long".to_string(),
        )),
    }
}

/// `string.capwords(text)`.
pub fn capwords(text: &str) -> String {
    let words: Vec<String> = words(text).map(capitalize).collect();
    words.join(" ")
}

/// `text * times`.
pub fn repeat(text: &str, times: i64) -> String {
    text.repeat(seq::repetitions(text.len(), times))
}

/// `separator.join(parts)`.
pub fn join(separator: &str, parts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut out = String::new();
    for (place, part) in parts.into_iter().enumerate() {
        if place > 0 {
            out.push_str(separator);
        }
        out.push_str(part.as_ref());
    }
    out
}

/// `ord(text)` of text that should hold one character.
pub fn ord(text: &str) -> Result<i64, Error> {
    let mut rest = text.chars();
    match (rest.next(), rest.next()) {
        (Some(c), None) => Ok(chars::ord(c)),
        _ => Err(Error::TypeError(format!(
            "ord() expected a character, but string of length {} found",
            len(text)
        ))),
    }
}

/// `a, b = text`.
pub fn unpack<const N: usize>(text: &str) -> Result<[char; N], Error> {
    seq::unpack_iter(text.chars())
}

/// `text.encode()`.
pub fn encode_utf8(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// `text.encode("ascii")`; what can't be encoded declines.
pub fn encode_ascii(text: &str) -> Vec<u8> {
    if !text.is_ascii() {
        decline("text outside ASCII");
    }
    text.as_bytes().to_vec()
}

/// `text.encode("latin-1")`; what can't be encoded declines.
pub fn encode_latin1(text: &str) -> Vec<u8> {
    let byte = |c| or_decline(u8::try_from(u32::from(c)).ok(), "text outside Latin-1");
    text.chars().map(byte).collect()
}

/// `text.upper()`.
pub fn upper(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    settled(text).to_uppercase()
}

/// `text.lower()`.
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    settled(text).to_lowercase()
}

/// `text.casefold()`.
pub fn casefold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(chars::casefold).collect()
}

/// `text.capitalize()`.
pub fn capitalize(text: &str) -> String {
    match text.chars().next() {
        Some(first) => chars::title(first) + &lower_inside(&text[first.len_utf8()..]),
        None => String::new(),
    }
}

/// `text.title()`.
pub fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if !inside {
            out.push_str(&chars::title(c));
        } else if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.push_str(&lower_inside(c.encode_utf8(&mut [0; 4])));
        }
        inside = is_cased(c);
    }
    out
}

/// `text.swapcase()`.
pub fn swapcase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if chars::is_upper(c) {
            out.push_str(&lower_inside(c.encode_utf8(&mut [0; 4])));
        } else if chars::is_lower(c) {
            out.push_str(&chars::upper(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// A part of a text in lower case; declines for a sigma, whose form depends on the rest of the text.
fn lower_inside(part: &str) -> String {
    if part.contains('Σ') {
        decline("a capital sigma, which has two lower cases");
    }
    lower(part)
}

/// The text itself; declines where versions of Unicode differ on a character.
fn settled(text: &str) -> &str {
    for c in text.chars() {
        chars::settled(c);
    }
    text
}

/// Whether the character has case.
fn is_cased(c: char) -> bool {
    chars::is_upper(c) || chars::is_lower(c) || chars::is_title_only(c)
}

/// `text.isdigit()`.
pub fn is_digit(text: &str) -> bool {
    !text.is_empty() && text.chars().all(chars::is_digit)
}

/// `text.isdecimal()`.
pub fn is_decimal(text: &str) -> bool {
    !text.is_empty() && text.chars().all(chars::is_decimal)
}

/// `text.isnumeric()`.
pub fn is_numeric(text: &str) -> bool {
    !text.is_empty() && text.chars().all(chars::is_numeric)
}

/// `text.isalpha()`.
pub fn is_alpha(text: &str) -> bool {
    !text.is_empty() && text.chars().all(chars::is_alpha)
}

/// `text.isalnum()`.
pub fn is_alnum(text: &str) -> bool {
    !text.is_empty() && text.chars().all(chars::is_alnum)
}

/// `text.isspace()`.
pub fn is_space(text: &str) -> bool {
    !text.is_empty() && text.chars().all(chars::is_space)
}

/// `text.isupper()`.
pub fn is_upper(text: &str) -> bool {
    text.chars().any(chars::is_upper)
        && !text
            .chars()
            .any(|c| chars::is_lower(c) || chars::is_title_only(c))
}

/// `text.islower()`.
pub fn is_lower(text: &str) -> bool {
    text.chars().any(chars::is_lower)
        && !text
            .chars()
            .any(|c| chars::is_upper(c) || chars::is_title_only(c))
}

/// `text.istitle()`.
pub fn is_title(text: &str) -> bool {
    let mut cased = false;
    let mut inside = false;
    for c in text.chars() {
        let capital = chars::is_title(c);
        let small = !capital && chars::is_lower(c);
        if capital && inside || small && !inside {
            return false;
        }
        inside = capital || small;
        cased |= inside;
    }
    cased
}

/// `text.isidentifier()`; declines outside ASCII.
pub fn is_identifier(text: &str) -> bool {
    text.starts_with(chars::is_identifier_start)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || chars::is_identifier_start(c))
}

/// `text.isprintable()`.
pub fn is_printable(text: &str) -> bool {
    text.chars().all(chars::is_printable)
}
