//! Items of values whose types show at run time: indexing, slices, stores, and iteration that sees changes.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::dict::{self, Dict};
use crate::runtime::dynamic;
use crate::runtime::held::Held;
use crate::runtime::seq;
use crate::runtime::set::Set;
use crate::runtime::text;
use crate::runtime::value::{Number, Value, number, type_name};

/// A value that a set is asked for; raises TypeError. Python looks for a set as the frozenset that equals it.
pub fn sought(item: &Value) -> Result<&Value, Error> {
    match item {
        Value::Set(_) => decline("a set in a set"),
        _ => dynamic::hashed(item),
    }
}

/// `a[key]`.
pub fn item(a: &Value, key: &Value) -> Result<Value, Error> {
    if let Value::Dict(items) = a {
        return dict::get_item(&items.read(), dynamic::hashed(key)?).cloned();
    }
    match number(key) {
        Some(Number::Int(index)) => dynamic::at(a, index),
        _ => Err(bad_index(a, key)),
    }
}

/// `a["key"]`.
pub fn at_key(a: &Value, key: &str) -> Result<Value, Error> {
    match a {
        Value::Dict(items) => dict::get_item(&items.read(), key).cloned(),
        _ => Err(bad_index(a, &Value::from(key))),
    }
}

/// The error of an index that is no int.
fn bad_index(a: &Value, key: &Value) -> Error {
    let name = type_name(key);
    let kind = match a {
        Value::Str(_) => return Error::TypeError(format!("string indices must be integers, not '{name}'")),
        Value::Bytes(_) => "byte",
        Value::Tuple(_) => "tuple",
        Value::List(_) => "list",
        _ => {
            let name = type_name(a);
            return Error::TypeError(format!("'{name}' object is not subscriptable"));
        }
    };
    Error::TypeError(format!("{kind} indices must be integers or slices, not {name}"))
}

/// `a[start:stop:step]`.
pub fn slice(
    a: &Value,
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
) -> Result<Value, Error> {
    Ok(match a {
        Value::Str(items) => Value::Str(text::slice_step(items, start, stop, step)?),
        Value::Bytes(items) => Value::Bytes(seq::slice_step(items, start, stop, step)?),
        Value::Tuple(items) => Value::Tuple(seq::slice_step(items, start, stop, step)?),
        Value::List(items) => Value::list(seq::slice_step(&items.read(), start, stop, step)?),
        Value::Dict(_) => decline("a slice as a key"),
        _ => {
            let name = type_name(a);
            return Err(Error::TypeError(format!("'{name}' object is not subscriptable")));
        }
    })
}

/// `a[key] = value`.
pub fn store(a: &Value, key: Value, value: Value) -> Result<(), Error> {
    match a {
        Value::List(items) => match number(&key) {
            Some(Number::Int(index)) => seq::store(&mut items.change(), index, value),
            _ => Err(bad_index(a, &key)),
        },
        Value::Dict(items) => {
            dynamic::hashed(&key)?;
            items.change().insert(key, value);
            Ok(())
        }
        _ => Err(Error::TypeError(format!(
            "'{}' object does not support item assignment",
            type_name(a)
        ))),
    }
}

/// `a[start:stop:step] = values`.
pub fn store_slice(
    a: &Value,
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
    values: &Value,
) -> Result<(), Error> {
    match (a, values) {
        (Value::List(_), Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_)) if step != 1 => {
            decline("what can't be iterated is stored into a slice")
        }
        (Value::List(_), Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_)) => Err(
            Error::TypeError("can only assign an iterable".to_string()),
        ),
        (Value::List(items), _) => {
            let values = dynamic::elements(values)?;
            seq::set_slice_step(&mut items.change(), start, stop, step, values)
        }
        (Value::Dict(_), _) => decline("a slice as a key"),
        _ => Err(Error::TypeError(format!(
            "'{}' object does not support item assignment",
            type_name(a)
        ))),
    }
}

/// `del a[key]`.
pub fn delete(a: &Value, key: &Value) -> Result<(), Error> {
    match a {
        Value::List(items) => match number(key) {
            Some(Number::Int(index)) => seq::delete(&mut items.change(), index),
            _ => Err(bad_index(a, key)),
        },
        Value::Dict(items) => dict::delete(&mut items.shrink(), dynamic::hashed(key)?),
        _ => Err(Error::TypeError(format!(
            "'{}' object doesn't support item deletion",
            type_name(a)
        ))),
    }
}

/// `iter(a)`: a list that changes meanwhile is gone through as it is then, as in Python; a dict declines.
pub fn iter(a: &Value) -> Result<Items, Error> {
    Ok(match a {
        Value::List(items) => Items::List { items: items.clone(), at: 0 },
        Value::Dict(items) => Items::Keys(Entries::of(items)),
        Value::Set(items) => Items::Set {
            len: items.read().len(),
            items: items.clone(),
            rest: dynamic::elements(a)?.into_iter(),
        },
        _ => Items::Fixed(dynamic::elements(a)?.into_iter()),
    })
}

/// The items of a value, one by one.
pub enum Items {
    List { items: Held<Vec<Value>>, at: usize },
    Keys(Entries),
    Set { items: Held<Set<Value>>, len: usize, rest: std::vec::IntoIter<Value> },
    Fixed(std::vec::IntoIter<Value>),
}

impl Iterator for Items {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        match self {
            Items::List { items, at } => {
                let found = items.read().get(*at).cloned();
                *at = if found.is_some() { *at + 1 } else { usize::MAX };
                found
            }
            Items::Keys(entries) => entries.next().map(|(key, _)| key),
            Items::Set { items, len, .. } if items.read().len() != *len => {
                decline("a set that changes while it is gone through")
            }
            Items::Set { rest, .. } => rest.next(),
            Items::Fixed(rest) => rest.next(),
        }
    }
}

/// The keys and items of a dict, one by one; declines where the dict has lost or got keys meanwhile.
pub struct Entries {
    items: Held<Dict<Value, Value>>,
    at: usize,
    len: usize,
    removals: u64,
}

impl Entries {
    /// Those of a dict.
    pub fn of(items: &Held<Dict<Value, Value>>) -> Entries {
        let len = items.read().len();
        Entries { items: items.clone(), at: 0, len, removals: items.removals() }
    }
}

impl Iterator for Entries {
    type Item = (Value, Value);

    fn next(&mut self) -> Option<(Value, Value)> {
        let items = self.items.read();
        if items.len() != self.len || self.items.removals() != self.removals {
            decline("a dict that changes while it is gone through");
        }
        let (key, item) = items.get_index(self.at)?;
        self.at += 1;
        Some((key.clone(), item.clone()))
    }
}

/// `a, b = value`.
pub fn unpack<const N: usize>(a: &Value) -> Result<[Value; N], Error> {
    seq::unpack(unpacked(a)?)
}

/// The items of a value that is unpacked.
pub fn unpacked(a: &Value) -> Result<Vec<Value>, Error> {
    match a {
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
            let name = type_name(a);
            Err(Error::TypeError(format!("cannot unpack non-iterable {name} object")))
        }
        _ => dynamic::elements(a),
    }
}

/// Takes apart a value into a list: `list(a)`, `[*a]`.
pub fn list(a: &Value) -> Result<Value, Error> {
    dynamic::elements(a).map(Value::list)
}

/// `dict(a)` of a dict; of pairs it declines.
pub fn dict_of(a: &Value) -> Result<Value, Error> {
    match a {
        Value::Dict(items) => Ok(Value::dict(items.read().clone())),
        Value::List(_) | Value::Tuple(_) | Value::Set(_) | Value::Str(_) | Value::Bytes(_) => {
            decline("a dict of pairs")
        },
        _ => Err(Error::TypeError(format!(
            "'{}' object is not iterable",
            type_name(a)
        ))),
    }
}
