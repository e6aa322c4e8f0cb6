//! Templates that only the run knows: `str.format` and `%`. What is more than plain fields declines, and so does
//! what Python refuses, so that it says so itself.

use crate::error::Error;
use crate::runtime::decline::{decline, or_decline};
use crate::runtime::fmt;
use crate::runtime::percent;
use crate::runtime::repr;
use crate::runtime::value::{self, Value};

/// `template.format(*args, **named)`.
pub fn format(template: &str, args: &[Value], named: &[(&str, Value)]) -> Result<String, Error> {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    let (mut next, mut numbered) = (0, false);
    while let Some(place) = rest.find(['{', '}']) {
        out.push_str(&rest[..place]);
        let (brace, after) = rest[place..].split_at(1);
        rest = match after.strip_prefix(brace) {
            Some(after) => {
                out.push_str(brace);
                after
            }
            None if brace == "}" => decline("a single brace in a template"),
            None => {
                let (field, after) = or_decline(after.split_once('}'), "an open field of a template");
                let (name, spec) = field.split_once(':').unwrap_or((field, ""));
                let (name, conversion) = name.split_once('!').unwrap_or((name, ""));
                let value = if name.is_empty() {
                    next += 1;
                    args.get(next - 1)
                } else if let Ok(place) = name.parse::<usize>() {
                    numbered = true;
                    args.get(place)
                } else {
                    named.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
                };
                if spec.contains('{') || (numbered && next > 0) {
                    decline("a field of a template that is not plain");
                }
                out.push_str(&field_text(or_decline(value, "a field without a value"), conversion, spec)?);
                after
            }
        };
    }
    out.push_str(rest);
    Ok(out)
}

/// `format(value, spec)`.
pub fn formatted(value: &Value, spec: &str) -> Result<String, Error> {
    field_text(value, "", spec)
}

/// A value as a field shows it.
fn field_text(value: &Value, conversion: &str, spec: &str) -> Result<String, Error> {
    let shown = match conversion {
        "" => value.clone(),
        "s" => Value::Str(value::to_text(value)),
        "r" => Value::Str(repr::repr(value)),
        _ => decline("a conversion in a template"),
    };
    match &shown {
        shown if spec.is_empty() => Ok(value::to_text(shown)),
        Value::Int(number) => fmt::format_int(*number, spec),
        Value::Float(number) => fmt::format_float(*number, spec),
        Value::Bool(flag) => fmt::format_bool(*flag, spec),
        Value::Str(text) => fmt::format_str(text, spec),
        _ => decline("a specification for a value that takes none"),
    }
}

/// `template % values`.
pub fn percent(template: &str, values: &[Value]) -> Result<String, Error> {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    let mut values = values.iter();
    while let Some((text, after)) = rest.split_once('%') {
        out.push_str(text);
        if let Some(after) = after.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let (flags, after) = leading(after, |c| "-+ #0".contains(c));
        let (width, after) = leading(after, |c| c.is_ascii_digit());
        let (precision, after) = match after.strip_prefix('.') {
            Some(after) => {
                let (digits, after) = leading(after, |c| c.is_ascii_digit());
                (Some(size(digits)), after)
            }
            None => (None, after),
        };
        let mut chars = after.chars();
        let kind = or_decline(chars.next(), "an incomplete template");
        let value = or_decline(values.next(), "a field without a value");
        out.push_str(&percent_text(value, kind, flags, size(width), precision)?);
        rest = chars.as_str();
    }
    if values.next().is_some() {
        decline("values that the template does not use");
    }
    out.push_str(rest);
    Ok(out)
}

fn percent_text(
    value: &Value,
    kind: char,
    flags: &str,
    width: usize,
    precision: Option<usize>,
) -> Result<String, Error> {
    match (kind, value) {
        ('s', value) => Ok(percent::str(&value::to_text(value), flags, width, precision)),
        ('r', value) => Ok(percent::str(&repr::repr(value), flags, width, precision)),
        ('d' | 'i' | 'u' | 'x' | 'X' | 'o', Value::Int(number)) => {
            Ok(percent::int(*number, flags, width, precision, kind))
        }
        ('d' | 'i' | 'u', Value::Float(number)) => {
            percent::float_as_int(*number, flags, width, precision)
        }
        ('e' | 'E' | 'f' | 'F' | 'g' | 'G', Value::Float(number)) => {
            Ok(percent::float(*number, flags, width, precision, kind))
        }
        ('e' | 'E' | 'f' | 'F' | 'g' | 'G', Value::Int(number)) => {
            Ok(percent::float(*number as f64, flags, width, precision, kind))
        }
        _ => decline("a conversion in a template"),
    }
}

/// The characters at the front that pass a test, and the rest.
fn leading(text: &str, test: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !test(c)).unwrap_or(text.len()))
}

/// A width or precision; a very long one declines.
fn size(digits: &str) -> usize {
    match digits {
        "" => 0,
        _ if digits.len() > 6 => decline("a very wide field"),
        _ => or_decline(digits.parse().ok(), "the width of a field"),
    }
}
