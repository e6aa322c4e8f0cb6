//! Values of a type that the Python doesn't say: what `Any`, `object` or a type variable stands for.

use crate::error::Error;
use crate::runtime::decline::{self, decline};
use crate::runtime::dict::Dict;
use crate::runtime::float;
use crate::runtime::held::Held;
use crate::runtime::repr::{self, Repr};
use crate::runtime::set::Set;
use crate::runtime::shared::Identity;
use indexmap::Equivalent;
use std::cell::{Ref, RefCell, RefMut};
use std::fmt;
use std::hash::{Hash, Hasher};

/// A Python object of one of the builtin types. A clone of a list, dict or set is the same object.
///
/// Values are equal, and hash, as in Python: `1`, `1.0` and `True` are one key.
#[derive(Clone)]
pub enum Value {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(String),
    Bytes(Vec<u8>),
    Tuple(Vec<Value>),
    List(Held<Vec<Value>>),
    Dict(Held<Dict<Value, Value>>),
    Set(Held<Set<Value>>),
}

impl Value {
    /// A new list.
    pub fn list<T: Into<Value>>(items: impl IntoIterator<Item = T>) -> Value {
        Value::List(Held::new(items.into_iter().map(T::into).collect()))
    }

    /// A new dict.
    pub fn dict<K: Into<Value>, V: Into<Value>>(
        items: impl IntoIterator<Item = (K, V)>,
    ) -> Value {
        let items = items.into_iter().map(|(key, item)| (key.into(), item.into()));
        Value::Dict(Held::new(items.collect()))
    }

    /// A new set.
    pub fn set<T: Into<Value>>(items: impl IntoIterator<Item = T>) -> Value {
        Value::Set(Held::new(items.into_iter().map(T::into).collect()))
    }

    /// Whether there may be other values inside.
    pub fn holds(&self) -> bool {
        matches!(
            self,
            Value::Tuple(_) | Value::List(_) | Value::Dict(_) | Value::Set(_)
        )
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&repr::repr(self))
    }
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
            (Value::Tuple(a), Value::Tuple(b)) => {
                let _deeper = decline::enter();
                a == b
            }
            (Value::List(a), Value::List(b)) => {
                let _deeper = decline::enter();
                a.is(b) || *a.read() == *b.read()
            }
            (Value::Dict(a), Value::Dict(b)) => {
                let _deeper = decline::enter();
                a.is(b) || *a.read() == *b.read()
            }
            (Value::Set(a), Value::Set(b)) => a.is(b) || *a.read() == *b.read(),
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
    /// nan declines: as a key it is found by identity. So does what Python can't hash.
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
            Value::List(_) | Value::Dict(_) | Value::Set(_) => decline("no key"),
        }
    }
}

/// A text is found among keys without a copy of it.
impl Equivalent<Value> for str {
    fn equivalent(&self, key: &Value) -> bool {
        matches!(key, Value::Str(text) if text == self)
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

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        Value::list(items)
    }
}

impl<K: Into<Value>, V: Into<Value>> From<Dict<K, V>> for Value {
    fn from(items: Dict<K, V>) -> Value {
        Value::dict(items)
    }
}

impl<T: Into<Value>> From<Set<T>> for Value {
    fn from(items: Set<T>) -> Value {
        Value::set(items)
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
            Value::Tuple(items) => {
                let _deeper = decline::enter();
                repr::Tuple(items).repr(out)
            }
            Value::List(list) => shown_once(list, "[...]", out, |out| list.read().repr(out)),
            Value::Dict(dict) => shown_once(dict, "{...}", out, |out| dict.read().repr(out)),
            Value::Set(set) => match &*set.read() {
                set if set.is_empty() => out.push_str("set()"),
                set if set.len() > 1 => decline("the order of a set"),
                set => {
                    out.push('{');
                    set.iter().for_each(|item| item.repr(out));
                    out.push('}');
                }
            },
        }
    }
}

thread_local! {
    /// The addresses of the objects that are being shown.
    static SHOWN: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Shows an object, or `inside` where that is what is being shown already.
fn shown_once(object: &impl Identity, inside: &str, out: &mut String, show: impl FnOnce(&mut String)) {
    let address = object.address();
    if SHOWN.with_borrow(|shown| shown.contains(&address)) {
        out.push_str(inside);
        return;
    }
    let _deeper = decline::enter();
    let _shown = Shown::of(address);
    show(out);
}

/// An object that is being shown, until this is dropped.
struct Shown(usize);

impl Shown {
    fn of(address: usize) -> Shown {
        SHOWN.with_borrow_mut(|shown| shown.push(address));
        Shown(address)
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        SHOWN.with_borrow_mut(|shown| shown.retain(|one| *one != self.0));
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
        Value::List(_) => "list",
        Value::Dict(_) => "dict",
        Value::Set(_) => "set",
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

/// A value that must be a list where it stands, lent to be read; any other declines.
pub fn exact_list(value: &Value) -> Ref<'_, Vec<Value>> {
    match value {
        Value::List(items) => items.read(),
        _ => decline("not a list"),
    }
}

/// A value that must be a list where it stands, lent to be changed; any other declines.
pub fn exact_list_mut(value: &Value) -> RefMut<'_, Vec<Value>> {
    match value {
        Value::List(items) => items.shrink(),
        _ => decline("not a list"),
    }
}

/// `a is b`; declines where that depends on which numbers and texts Python keeps.
pub fn is(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => a.is(b),
        (Value::Dict(a), Value::Dict(b)) => a.is(b),
        (Value::Set(a), Value::Set(b)) => a.is(b),
        (Value::None, Value::None) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        _ if type_name(a) != type_name(b) => false,
        _ => decline("`is` of numbers, texts or tuples"),
    }
}

/// A value that is kept beyond this call, and so must not change.
pub fn fixed(value: Value) -> Value {
    match &value {
        Value::List(_) | Value::Dict(_) | Value::Set(_) => decline("a result that can change is kept"),
        Value::Tuple(items) => items.iter().for_each(|item| drop(fixed(item.clone()))),
        _ => {}
    }
    value
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
        Value::List(items) => !items.read().is_empty(),
        Value::Dict(items) => !items.read().is_empty(),
        Value::Set(items) => !items.read().is_empty(),
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
        Value::List(items) => Ok(items.read().len() as i64),
        Value::Dict(items) => Ok(items.read().len() as i64),
        Value::Set(items) => Ok(items.read().len() as i64),
        _ => Err(Error::TypeError(format!(
            "object of type '{}' has no len()",
            type_name(value)
        ))),
    }
}
