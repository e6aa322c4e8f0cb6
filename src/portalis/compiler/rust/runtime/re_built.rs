//! Regular expressions that are put together at run time, kept as Python keeps them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::runtime::decline::decline;
use crate::runtime::re::Regex;

/// As many as Python's module keeps.
const MOST_KEPT: usize = 512;

thread_local! {
    static KEPT: RefCell<HashMap<String, Rc<Regex>>> = RefCell::new(HashMap::new());
}

/// A part of a pattern.
#[derive(Debug)]
pub enum Part<'a> {
    /// What was translated when the Rust was generated.
    Text(&'static str),
    /// `re.escape(text)`.
    Escaped(&'a str),
    /// A text that stands for itself; one that does not declines.
    Plain(&'a str),
    /// Such texts with `|` between them.
    AnyEscaped(&'a [String]),
    AnyPlain(&'a [String]),
}

/// How letters of the parts are matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Exact,
    /// Whatever their case, by the rules of ASCII.
    AnyAscii,
    /// Whatever their case, by Python's rules.
    Any,
}

/// The regular expression of these parts.
pub fn built(parts: &[Part<'_>], case: Case) -> Rc<Regex> {
    let mut pattern = String::new();
    for part in parts {
        match part {
            Part::Text(text) => pattern.push_str(text),
            Part::Escaped(text) => push(&mut pattern, text, case),
            Part::Plain(text) => push(&mut pattern, plain(text), case),
            Part::AnyEscaped(texts) => push_any(&mut pattern, texts.iter().map(String::as_str), case),
            Part::AnyPlain(texts) => {
                push_any(&mut pattern, texts.iter().map(|text| plain(text)), case)
            }
        }
    }
    KEPT.with_borrow_mut(|kept| {
        if let Some(known) = kept.get(&pattern) {
            return Rc::clone(known);
        }
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        let made = Rc::new(Regex::of(pattern.clone()));
        kept.insert(pattern, Rc::clone(&made));
        made
    })
}

/// A text without characters that mean something in a pattern.
fn plain(text: &str) -> &str {
    if text.contains(|c| r"\.^$*+?{}[]|()".contains(c)) {
        decline("a text with a meaning in a pattern");
    }
    text
}

/// Adds alternatives, as a group: the one around them in Python is gone where the parser saw a single character.
fn push_any<'a>(pattern: &mut String, texts: impl Iterator<Item = &'a str>, case: Case) {
    pattern.push_str("(?:");
    for (place, text) in texts.enumerate() {
        if place > 0 {
            pattern.push('|');
        }
        push(pattern, text, case);
    }
    pattern.push(')');
}

/// Adds a text that stands for itself.
fn push(pattern: &mut String, text: &str, case: Case) {
    for c in text.chars() {
        match (case, c) {
            (Case::Exact, _) => push_char(pattern, c),
            (_, c) if !c.is_ascii() => decline("a letter whose cases are not known here"),
            (Case::Any, 'i' | 'I') => pattern.push_str("[iI\u{130}\u{131}]"),
            (Case::Any, 's' | 'S') => pattern.push_str("[sS\u{17f}]"),
            (Case::Any, 'k' | 'K') => pattern.push_str("[kK\u{212a}]"),
            (_, c) if c.is_ascii_alphabetic() => {
                pattern.extend(['[', c.to_ascii_lowercase(), c.to_ascii_uppercase(), ']']);
            }
            _ => push_char(pattern, c),
        }
    }
}

fn push_char(pattern: &mut String, c: char) {
    if c.is_control() {
        pattern.push_str(&format!("\\x{{{:x}}}", u32::from(c)));
        return;
    }
    if r"\.+*?()|[]{}^$".contains(c) {
        pattern.push('\\');
    }
    pattern.push(c);
}
