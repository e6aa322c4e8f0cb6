//! Values of a type that the Python doesn't say: what `Any`, `object` or a type variable stands for.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::float;
use crate::runtime::repr::{self, Repr};
use std::hash::{Hash, Hasher};

/// An immutable Python object of one of the builtin types.
///
/// Values are equal, and hash, as in Python: `1`, `1.0` and `True` are one key.
#[derive(Clone, Debug)]
pub enum Value {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(String),
    Bytes(Vec<u8>),
    Tuple(Vec<Value>),
}

impl PartialEq for Value {
    /// Two nans decline: whether a container finds one depends on which object it is.
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Float(a), Value::Float(b)) if a.is_nan() && b.is_nan() => {
                decline("nan compared with nan")
            }
            (Value::None, Value::None) => true,
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Bytes(a), Value::Bytes(b)) => a == b,
            (Value::Tuple(a), Value::Tuple(b)) => a == b,
            _ => match (number(self), number(other)) {
                (Some(Number::Int(a)), Some(Number::Int(b))) => a == b,
                (Some(Number::Float(a)), Some(Number::Float(b))) => a == b,
                (Some(Number::Int(a)), Some(Number::Float(b)))
                | (Some(Number::Float(b)), Some(Number::Int(a))) => float::eq_int(b, a),
                _ => false,
            },
        }
    }
}

impl Eq for Value {}

impl Hash for Value {
    /// nan declines: as a key it is found by identity.
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Value::None => state.write_u8(0),
            Value::Bool(flag) => i64::from(*flag).hash(state),
            Value::Int(number) => number.hash(state),
            Value::Float(number) if number.is_nan() => decline("nan as a key"),
            Value::Float(number) => {
                let whole = *number as i64;
                if float::eq_int(*number, whole) {
                    whole.hash(state);
                } else {
                    number.to_bits().hash(state);
                }
            }
            Value::Str(text) => text.hash(state),
            Value::Bytes(data) => data.hash(state),
            Value::Tuple(items) => items.hash(state),
        }
    }
}

impl PartialEq<i64> for Value {
    fn eq(&self, other: &i64) -> bool {
        *self == Value::Int(*other)
    }
}

impl PartialEq<bool> for Value {
    fn eq(&self, other: &bool) -> bool {
        *self == Value::Bool(*other)
    }
}

impl PartialEq<f64> for Value {
    fn eq(&self, other: &f64) -> bool {
        *self == Value::Float(*other)
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, other: &&str) -> bool {
        matches!(self, Value::Str(text) if text == other)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Bool(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Float(number)
    }
}

impl From<char> for Value {
    fn from(c: char) -> Value {
        Value::Str(c.to_string())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Str(text.to_string())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Str(text)
    }
}

impl From<&[u8]> for Value {
    fn from(data: &[u8]) -> Value {
        Value::Bytes(data.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::None, T::into)
    }
}

impl<A: Into<Value>, B: Into<Value>> From<(A, B)> for Value {
    fn from((a, b): (A, B)) -> Value {
        Value::Tuple(vec![a.into(), b.into()])
    }
}

impl<A: Into<Value>, B: Into<Value>, C: Into<Value>> From<(A, B, C)> for Value {
    fn from((a, b, c): (A, B, C)) -> Value {
        Value::Tuple(vec![a.into(), b.into(), c.into()])
    }
}

impl Repr for Value {
    fn repr(&self, out: &mut String) {
        match self {
            Value::None => ().repr(out),
            Value::Bool(flag) => flag.repr(out),
            Value::Int(number) => number.repr(out),
            Value::Float(number) => number.repr(out),
            Value::Str(text) => text.repr(out),
            Value::Bytes(data) => repr::Bytes(data).repr(out),
            Value::Tuple(items) => repr::Tuple(items).repr(out),
        }
    }
}

/// The number that a value is in arithmetic and comparisons.
pub enum Number {
    Int(i64),
    Float(f64),
}

/// The value as a number; a bool is 0 or 1.
pub fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Bool(flag) => Some(Number::Int(i64::from(*flag))),
        Value::Int(number) => Some(Number::Int(*number)),
        Value::Float(number) => Some(Number::Float(*number)),
        _ => None,
    }
}

/// `type(value).__name__`.
pub fn type_name(value: &Value) -> &'static str {
    match value {
        Value::None => "NoneType",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Float(_) => "float",
        Value::Str(_) => "str",
        Value::Bytes(_) => "bytes",
        Value::Tuple(_) => "tuple",
    }
}

/// A value that must be an int where it stands; any other declines, since Python goes on with it.
pub fn exact_int(value: &Value) -> i64 {
    match value {
        Value::Int(number) => *number,
        _ => decline("not an int"),
    }
}

/// A value that must be a float where it stands; any other declines.
pub fn exact_float(value: &Value) -> f64 {
    match value {
        Value::Float(number) => *number,
        _ => decline("not a float"),
    }
}

/// A value that must be a bool where it stands; any other declines.
pub fn exact_bool(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        _ => decline("not a bool"),
    }
}

/// A value that must be a str where it stands; any other declines.
pub fn exact_str(value: &Value) -> &str {
    match value {
        Value::Str(text) => text,
        _ => decline("not a str"),
    }
}

/// A value that must be bytes where it stands; any other declines.
pub fn exact_bytes(value: &Value) -> &[u8] {
    match value {
        Value::Bytes(data) => data,
        _ => decline("not bytes"),
    }
}

/// A value that must be a tuple where it stands; any other declines.
pub fn exact_tuple(value: &Value) -> &[Value] {
    match value {
        Value::Tuple(items) => items,
        _ => decline("not a tuple"),
    }
}

/// The truth of a value.
pub fn is_true(value: &Value) -> bool {
    match value {
        Value::None => false,
        Value::Bool(flag) => *flag,
        Value::Int(number) => *number != 0,
        Value::Float(number) => *number != 0.0,
        Value::Str(text) => !text.is_empty(),
        Value::Bytes(data) => !data.is_empty(),
        Value::Tuple(items) => !items.is_empty(),
    }
}

/// `str(value)`.
pub fn to_text(value: &Value) -> String {
    match value {
        Value::Str(text) => text.clone(),
        _ => repr::repr(value),
    }
}

/// `len(value)`.
pub fn len(value: &Value) -> Result<i64, Error> {
    match value {
        Value::Str(text) => Ok(text.chars().count() as i64),
        Value::Bytes(data) => Ok(data.len() as i64),
        Value::Tuple(items) => Ok(items.len() as i64),
        _ => Err(Error::TypeError(format!(
            "object of type '{}' has no len()",
            type_name(value)
        ))),
    }
}
