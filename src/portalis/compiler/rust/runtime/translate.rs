//! `str.translate` with a table that only the run knows.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::decline::decline;
use crate::runtime::dict::Dict;

/// What a table puts in the place of a character: a code point, a text, or nothing for None.
pub trait Replacement {
    /// Writes it; a code point that Rust's texts can't hold declines.
    fn write(&self, out: &mut String);
}

impl Replacement for i64 {
    fn write(&self, out: &mut String) {
        match chars::chr(*self) {
            Ok(char) => out.push(char),
            Err(_) => decline("a table with a code point beyond Unicode"),
        }
    }
}

impl Replacement for String {
    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl<T: Replacement> Replacement for Option<T> {
    fn write(&self, out: &mut String) {
        if let Some(replacement) = self {
            replacement.write(out);
        }
    }
}

/// `text.translate(table)`.
pub fn translate<V: Replacement>(text: &str, table: &Dict<i64, V>) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match table.get(&i64::from(u32::from(char))) {
            Some(replacement) => replacement.write(&mut out),
            None => out.push(char),
        }
    }
    out
}

/// The table of `str.maketrans(old, new)`; raises `ValueError`.
pub fn table(old: &str, new: &str) -> Result<Dict<i64, i64>, Error> {
    if old.chars().count() != new.chars().count() {
        return Err(Error::ValueError(
            "the first two maketrans arguments must have equal length".to_string(),
        ));
    }
    let code = |char| i64::from(u32::from(char));
    Ok(old.chars().map(code).zip(new.chars().map(code)).collect())
}

/// The table of `str.maketrans(old, new, deleted)`; raises `ValueError`.
pub fn table_deleting(old: &str, new: &str, deleted: &str) -> Result<Dict<i64, Option<i64>>, Error> {
    let mut made: Dict<i64, Option<i64>> = Dict::default();
    for (from, to) in table(old, new)? {
        made.insert(from, Some(to));
    }
    for char in deleted.chars() {
        made.insert(i64::from(u32::from(char)), None);
    }
    Ok(made)
}

/// The table of `str.maketrans(replacements)` by characters; raises `ValueError`.
pub fn table_of<V: Clone>(replacements: &Dict<String, V>) -> Result<Dict<i64, V>, Error> {
    let mut made = Dict::default();
    for (key, value) in replacements {
        let mut chars = key.chars();
        let (Some(char), None) = (chars.next(), chars.next()) else {
            return Err(Error::ValueError(
                "string keys in translate table must be of length 1".to_string(),
            ));
        };
        made.insert(i64::from(u32::from(char)), value.clone());
    }
    Ok(made)
}
