//! `json.loads`, and `json.dumps` of values whose types show at run time.

use crate::error::Error;
use crate::runtime::decline::{self, decline};
use crate::runtime::dict::Dict;
use crate::runtime::float;
use crate::runtime::json::{Json, Style, bracketed, quoted};
use crate::runtime::shared::Identity;
use crate::runtime::value::{Value, type_name};

/// `json.loads(text)`; a text that is no document declines, and so does an int beyond 64 bits.
pub fn loads(text: &str) -> Value {
    let mut reader = Reader { rest: text };
    let value = reader.value();
    reader.blanks();
    if !reader.rest.is_empty() {
        decline("more than one document");
    }
    value
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Whether the text goes on so, which is passed over then.
    fn passes(&mut self, wanted: &str) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self) -> Value {
        let _deeper = decline::enter();
        self.blanks();
        for (word, value) in [
            ("null", Value::None),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("NaN", Value::Float(f64::NAN)),
            ("Infinity", Value::Float(f64::INFINITY)),
            ("-Infinity", Value::Float(f64::NEG_INFINITY)),
        ] {
            if self.passes(word) {
                return value;
            }
        }
        if self.passes("\"") {
            Value::Str(self.text())
        } else if self.passes("[") {
            self.list()
        } else if self.passes("{") {
            self.object()
        } else {
            self.number()
        }
    }

    fn list(&mut self) -> Value {
        let mut items = Vec::new();
        self.blanks();
        if !self.passes("]") {
            loop {
                items.push(self.value());
                self.blanks();
                if self.passes("]") {
                    break;
                }
                self.need(",");
            }
        }
        Value::list(items)
    }

    fn object(&mut self) -> Value {
        let mut items: Dict<Value, Value> = Dict::default();
        self.blanks();
        if !self.passes("}") {
            loop {
                self.blanks();
                self.need("\"");
                let key = self.text();
                self.blanks();
                self.need(":");
                items.insert(Value::Str(key), self.value());
                self.blanks();
                if self.passes("}") {
                    break;
                }
                self.need(",");
            }
        }
        Value::dict(items)
    }

    fn need(&mut self, wanted: &str) {
        if !self.passes(wanted) {
            decline("no JSON document");
        }
    }

    /// The rest of a text whose opening quote was passed.
    fn text(&mut self) -> String {
        let mut text = String::new();
        loop {
            let plain = self.rest.find(['"', '\\']).unwrap_or(self.rest.len());
            let (part, rest) = self.rest.split_at(plain);
            if part.chars().any(|c| c < ' ') {
                decline("a control character in a JSON text");
            }
            text.push_str(part);
            self.rest = rest;
            if self.passes("\"") {
                return text;
            }
            self.need("\\");
            text.push(self.escaped());
        }
    }

    /// The character that an escape stands for, its backslash passed.
    fn escaped(&mut self) -> char {
        for (letter, c) in [
            ("\"", '"'), ("\\", '\\'), ("/", '/'), ("b", '\u{8}'), ("f", '\u{c}'), ("n", '\n'),
            ("r", '\r'), ("t", '\t'),
        ] {
            if self.passes(letter) {
                return c;
            }
        }
        let mut units = vec![self.unit()];
        if (0xD800..0xDC00).contains(&units[0]) && self.rest.starts_with("\\u") {
            self.need("\\");
            units.push(self.unit());
        }
        match String::from_utf16(&units).map(|text| text.chars().collect::<Vec<char>>()) {
            Ok(found) if found.len() == 1 => found[0],
            _ => decline("a lone surrogate"),
        }
    }

    fn unit(&mut self) -> u16 {
        self.need("u");
        match self.rest.get(..4) {
            Some(digits) if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                self.rest = &self.rest[4..];
                u16::from_str_radix(digits, 16).unwrap_or_default()
            }
            _ => decline("no JSON escape"),
        }
    }

    fn number(&mut self) -> Value {
        let text = self.rest;
        self.passes("-");
        if !self.passes("0") && !self.digits() {
            decline("no JSON document");
        }
        let whole = self.rest.len();
        let before = self.rest;
        if self.passes(".") && !self.digits() {
            self.rest = before;
        }
        let before = self.rest;
        if self.passes("e") || self.passes("E") {
            let _ = self.passes("+") || self.passes("-");
            if !self.digits() {
                self.rest = before;
            }
        }
        let number = &text[..text.len() - self.rest.len()];
        if self.rest.len() == whole {
            match number.parse() {
                Ok(number) => Value::Int(number),
                Err(_) => decline("an int beyond 64 bits"),
            }
        } else {
            match number.parse() {
                Ok(number) => Value::Float(number),
                Err(_) => decline("no JSON document"),
            }
        }
    }

    /// Passes over digits; whether there were any.
    fn digits(&mut self) -> bool {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let any = rest.len() < self.rest.len();
        self.rest = rest;
        any
    }
}

/// `json.dumps(value, …)` of what can be written; raises TypeError of what can't, and ValueError of a ring.
pub fn dumps(
    value: &Value,
    separators: (&str, &str),
    indent: Option<usize>,
    sort_keys: bool,
    ensure_ascii: bool,
) -> Result<String, Error> {
    check(value, sort_keys, &mut Vec::new())?;
    let style = Style { separators, indent, sort_keys, ensure_ascii };
    let mut out = String::new();
    Json::write(value, &style, 0, &mut out);
    Ok(out)
}

/// Whether the value can be written; `around` are the objects that it stands in.
fn check(value: &Value, sort_keys: bool, around: &mut Vec<usize>) -> Result<(), Error> {
    let _deeper = decline::enter();
    let address = match value {
        Value::List(items) => items.address(),
        Value::Dict(items) => items.address(),
        Value::Bytes(_) | Value::Set(_) => {
            let name = type_name(value);
            return Err(Error::TypeError(format!(
                "Object of type {name} is not JSON serializable"
            )));
        }
        Value::Tuple(items) => return items.iter().try_for_each(|item| check(item, sort_keys, around)),
        _ => return Ok(()),
    };
    if around.contains(&address) {
        return Err(Error::ValueError("Circular reference detected".to_string()));
    }
    around.push(address);
    match value {
        Value::List(items) => {
            for item in &*items.read() {
                check(item, sort_keys, around)?;
            }
        }
        Value::Dict(items) => {
            for (key, item) in &*items.read() {
                match key {
                    Value::Str(_) => {}
                    Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) if !sort_keys => {}
                    Value::Bytes(_) | Value::Tuple(_) if !sort_keys => {
                        let name = type_name(key);
                        return Err(Error::TypeError(format!(
                            "keys must be str, int, float, bool or None, not {name}"
                        )));
                    }
                    _ => decline("keys that are no texts are sorted"),
                }
                check(item, sort_keys, around)?;
            }
        }
        _ => {}
    }
    around.pop();
    Ok(())
}

impl Json for Value {
    fn write(&self, style: &Style<'_>, level: usize, out: &mut String) {
        match self {
            Value::None => out.push_str("null"),
            Value::Bool(flag) => flag.write(style, level, out),
            Value::Int(number) => number.write(style, level, out),
            Value::Float(number) => number.write(style, level, out),
            Value::Str(text) => text.write(style, level, out),
            Value::Tuple(items) => items.write(style, level, out),
            Value::List(items) => items.read().write(style, level, out),
            Value::Dict(items) => {
                let items = items.read();
                let mut items: Vec<(String, &Value)> =
                    items.iter().map(|(key, item)| (key_text(key), item)).collect();
                if style.sort_keys {
                    items.sort_by(|a, b| a.0.cmp(&b.0));
                }
                bracketed(['{', '}'], items.into_iter(), style, level, out, |(key, item), out| {
                    quoted(&key, style.ensure_ascii, out);
                    out.push_str(style.separators.1);
                    item.write(style, level + 1, out)
                })
            }
            Value::Bytes(_) | Value::Set(_) => decline("no JSON"),
        }
    }
}

/// A key as text.
fn key_text(key: &Value) -> String {
    match key {
        Value::Str(text) => text.clone(),
        Value::None => "null".to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) if number.is_finite() => float::repr(*number),
        _ => decline("a key that is no text"),
    }
}
