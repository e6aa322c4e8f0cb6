//! `repr` of Python values, written into one string.

use crate::runtime::chars;
use crate::runtime::dict::Dict;
use crate::runtime::float;

/// A value that has Python's `repr`.
pub trait Repr {
    /// Appends the value's `repr`.
    fn repr(&self, out: &mut String);
}

/// The `repr` of a value.
pub fn repr<T: Repr + ?Sized>(value: &T) -> String {
    let mut out = String::new();
    value.repr(&mut out);
    out
}

/// The `repr` of a `str`.
pub fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    push_text(value, &mut out);
    out
}

/// The `repr` of `bytes`.
pub fn bytes(value: &[u8]) -> String {
    let quote = if value.contains(&b'\'') && !value.contains(&b'"') {
        b'"'
    } else {
        b'\''
    };
    let mut out = String::with_capacity(value.len() + 3);
    out.extend(['b', char::from(quote)]);
    for &byte in value {
        match byte {
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\\' => out.push_str("\\\\"),
            _ if byte == quote => out.extend(['\\', char::from(byte)]),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(char::from(quote));
    out
}

/// `ascii(value)`: the `repr` with everything outside ASCII escaped.
pub fn ascii(value: &str) -> String {
    escape_non_ascii(&text(value))
}

/// A `repr` with everything outside ASCII escaped.
pub fn escape_non_ascii(shown: &str) -> String {
    let mut out = String::with_capacity(shown.len());
    for c in shown.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            push_escape(c, &mut out);
        }
    }
    out
}

/// `str(value)` of a bool.
pub fn of_bool(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// A slice shown as a tuple.
#[derive(Debug, Clone, Copy)]
pub struct Tuple<'a, T>(pub &'a [T]);

/// Bytes shown as Python shows them.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'a>(pub &'a [u8]);

impl Repr for i64 {
    fn repr(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Repr for f64 {
    fn repr(&self, out: &mut String) {
        out.push_str(&float::repr(*self));
    }
}

impl Repr for bool {
    fn repr(&self, out: &mut String) {
        out.push_str(of_bool(*self));
    }
}

impl Repr for () {
    fn repr(&self, out: &mut String) {
        out.push_str("None");
    }
}

impl Repr for char {
    fn repr(&self, out: &mut String) {
        push_text(self.encode_utf8(&mut [0; 4]), out);
    }
}

impl Repr for str {
    fn repr(&self, out: &mut String) {
        push_text(self, out);
    }
}

impl Repr for String {
    fn repr(&self, out: &mut String) {
        push_text(self, out);
    }
}

impl<T: Repr + ?Sized> Repr for &T {
    fn repr(&self, out: &mut String) {
        (**self).repr(out);
    }
}

impl<T: Repr> Repr for Option<T> {
    fn repr(&self, out: &mut String) {
        match self {
            Some(value) => value.repr(out),
            None => out.push_str("None"),
        }
    }
}

impl<T: Repr> Repr for [T] {
    fn repr(&self, out: &mut String) {
        out.push('[');
        push_items(self, out);
        out.push(']');
    }
}

impl<T: Repr, const N: usize> Repr for [T; N] {
    fn repr(&self, out: &mut String) {
        self.as_slice().repr(out);
    }
}

impl<T: Repr> Repr for Vec<T> {
    fn repr(&self, out: &mut String) {
        self.as_slice().repr(out);
    }
}

impl<T: Repr> Repr for Tuple<'_, T> {
    fn repr(&self, out: &mut String) {
        out.push('(');
        push_items(self.0, out);
        out.push_str(if self.0.len() == 1 { ",)" } else { ")" });
    }
}

impl<K: Repr, V: Repr> Repr for Dict<K, V> {
    fn repr(&self, out: &mut String) {
        out.push('{');
        for (place, (key, value)) in self.iter().enumerate() {
            if place > 0 {
                out.push_str(", ");
            }
            key.repr(out);
            out.push_str(": ");
            value.repr(out);
        }
        out.push('}');
    }
}

impl Repr for Bytes<'_> {
    fn repr(&self, out: &mut String) {
        out.push_str(&bytes(self.0));
    }
}

impl<A: Repr> Repr for (A,) {
    fn repr(&self, out: &mut String) {
        push_tuple(&[&self.0], out);
    }
}

impl<A: Repr, B: Repr> Repr for (A, B) {
    fn repr(&self, out: &mut String) {
        push_tuple(&[&self.0, &self.1], out);
    }
}

impl<A: Repr, B: Repr, C: Repr> Repr for (A, B, C) {
    fn repr(&self, out: &mut String) {
        push_tuple(&[&self.0, &self.1, &self.2], out);
    }
}

impl<A: Repr, B: Repr, C: Repr, D: Repr> Repr for (A, B, C, D) {
    fn repr(&self, out: &mut String) {
        push_tuple(&[&self.0, &self.1, &self.2, &self.3], out);
    }
}

impl<A: Repr, B: Repr, C: Repr, D: Repr, E: Repr> Repr for (A, B, C, D, E) {
    fn repr(&self, out: &mut String) {
        push_tuple(&[&self.0, &self.1, &self.2, &self.3, &self.4], out);
    }
}

impl<A: Repr, B: Repr, C: Repr, D: Repr, E: Repr, F: Repr> Repr for (A, B, C, D, E, F) {
    fn repr(&self, out: &mut String) {
        push_tuple(&[&self.0, &self.1, &self.2, &self.3, &self.4, &self.5], out);
    }
}

impl<A: Repr, B: Repr, C: Repr, D: Repr, E: Repr, F: Repr, G: Repr> Repr for (A, B, C, D, E, F, G) {
    fn repr(&self, out: &mut String) {
        push_tuple(
            &[
                &self.0, &self.1, &self.2, &self.3, &self.4, &self.5, &self.6,
            ],
            out,
        );
    }
}

impl<A: Repr, B: Repr, C: Repr, D: Repr, E: Repr, F: Repr, G: Repr, H: Repr> Repr
    for (A, B, C, D, E, F, G, H)
{
    fn repr(&self, out: &mut String) {
        push_tuple(
            &[
                &self.0, &self.1, &self.2, &self.3, &self.4, &self.5, &self.6, &self.7,
            ],
            out,
        );
    }
}

/// Appends the parts of a tuple in parentheses.
fn push_tuple(items: &[&dyn Repr], out: &mut String) {
    Tuple(items).repr(out);
}

/// Appends items separated by commas.
fn push_items<T: Repr>(items: &[T], out: &mut String) {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.push_str(", ");
        }
        item.repr(out);
    }
}

/// Appends the `repr` of a `str`: single quotes unless only double ones avoid escapes.
fn push_text(value: &str, out: &mut String) {
    let quote = if value.contains('\'') && !value.contains('"') {
        '"'
    } else {
        '\''
    };
    out.push(quote);
    for c in value.chars() {
        match c {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\\' => out.push_str("\\\\"),
            _ if c == quote => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            _ if chars::is_printable(c) => out.push(c),
            _ => push_escape(c, out),
        }
    }
    out.push(quote);
}

/// Appends a character as `\xhh`, `\uhhhh` or `\Uhhhhhhhh`.
fn push_escape(c: char, out: &mut String) {
    let escape = match u32::from(c) {
        point @ ..0x100 => format!("\\x{point:02x}"),
        point @ ..0x1_0000 => format!("\\u{point:04x}"),
        point => format!("\\U{point:08x}"),
    };
    out.push_str(&escape);
}
