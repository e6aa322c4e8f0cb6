//! Python's `json.dumps` for values of known types.

use crate::runtime::dict::Dict;
use crate::runtime::float;

/// How a document is written: the arguments of `json.dumps`.
#[derive(Debug, Clone, Copy)]
pub struct Style<'a> {
    /// What stands between items, and between a key and its value.
    pub separators: (&'a str, &'a str),
    /// Spaces per level, where every item has a line of its own.
    pub indent: Option<usize>,
    pub sort_keys: bool,
    pub ensure_ascii: bool,
}

/// A value that `json` can write.
pub trait Json {
    /// Appends the value; `level` counts the containers around it.
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String);
}

/// A key of an object.
pub trait Key: Ord {
    /// The key as text.
    fn text(&self) -> String;
}

impl Key for String {
    fn text(&self) -> String {
        self.clone()
    }
}

impl Key for i64 {
    fn text(&self) -> String {
        self.to_string()
    }
}

impl Key for bool {
    fn text(&self) -> String {
        self.to_string()
    }
}

/// `json.dumps(value, …)`: `separators` stand between items, and between a key and its value.
pub fn dumps<T: Json + ?Sized>(
    value: &T,
    separators: (&str, &str),
    indent: Option<usize>,
    sort_keys: bool,
    ensure_ascii: bool,
) -> String {
    let style = Style { separators, indent, sort_keys, ensure_ascii };
    let mut out = String::new();
    value.write(&style, 0, &mut out);
    out
}

/// A text between quotes.
pub fn quoted(text: &str, ensure_ascii: bool, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' => out.push(c),
            '\0'..' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ if ensure_ascii => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// Items between brackets, by the style.
pub fn bracketed<T>(
    brackets: [char; 2],
    items: impl ExactSizeIterator<Item = T>,
    style: &Style<'_>,
    level: usize,
    out: &mut String,
    mut each: impl FnMut(T, &mut String),
) {
    out.push(brackets[0]);
    let empty = items.len() == 0;
    for (place, item) in items.enumerate() {
        if place > 0 {
            out.push_str(style.separators.0);
        }
        line(style, level + 1, out);
        each(item, out);
    }
    if !empty {
        line(style, level, out);
    }
    out.push(brackets[1]);
}

/// A new line with its indentation, where the style has lines.
fn line(style: &Style<'_>, level: usize, out: &mut String) {
    if let Some(indent) = style.indent {
        out.push('\n');
        out.push_str(&" ".repeat(indent * level));
    }
}

impl Json for i64 {
    fn write(&self, _: &Style<'_>, _: usize, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Json for bool {
    fn write(&self, _: &Style<'_>, _: usize, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Json for f64 {
    fn write(&self, _: &Style<'_>, _: usize, out: &mut String) {
        match *self {
            x if x.is_nan() => out.push_str("NaN"),
            f64::INFINITY => out.push_str("Infinity"),
            f64::NEG_INFINITY => out.push_str("-Infinity"),
            x => out.push_str(&float::repr(x)),
        }
    }
}

impl Json for str {
    fn write(&self, style: &Style<'_>, _: usize, out: &mut String) {
        quoted(self, style.ensure_ascii, out);
    }
}

impl Json for String {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        self.as_str().write(style, level, out)
    }
}

impl<T: Json + ?Sized> Json for &T {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        (**self).write(style, level, out)
    }
}

impl<T: Json> Json for Option<T> {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        match self {
            Some(value) => value.write(style, level, out),
            None => {
                out.push_str("null");
                    }
        }
    }
}

impl<T: Json> Json for [T] {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        bracketed(['[', ']'], self.iter(), style, level, out, |item, out| {
            item.write(style, level + 1, out)
        })
    }
}

impl<T: Json> Json for Vec<T> {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        self.as_slice().write(style, level, out)
    }
}

impl<K: Key, V: Json> Json for Dict<K, V> {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        let mut items: Vec<(&K, &V)> = self.iter().collect();
        if style.sort_keys {
            items.sort_by(|a, b| a.0.cmp(b.0));
        }
        bracketed(['{', '}'], items.into_iter(), style, level, out, |(key, value), out| {
            quoted(&key.text(), style.ensure_ascii, out);
            out.push_str(style.separators.1);
            value.write(style, level + 1, out)
        })
    }
}

/// The parts of a tuple between brackets.
fn array(items: &[&dyn Json], style: &Style<'_>, level: usize, out: &mut String) {
    bracketed(['[', ']'], items.iter(), style, level, out, |item, out| {
        item.write(style, level + 1, out);
    });
}

impl<A: Json> Json for (A,) {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        array(&[&self.0], style, level, out);
    }
}

impl<A: Json, B: Json> Json for (A, B) {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        array(&[&self.0, &self.1], style, level, out);
    }
}

impl<A: Json, B: Json, C: Json> Json for (A, B, C) {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        array(&[&self.0, &self.1, &self.2], style, level, out);
    }
}

impl<A: Json, B: Json, C: Json, D: Json> Json for (A, B, C, D) {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        array(&[&self.0, &self.1, &self.2, &self.3], style, level, out);
    }
}
