//! Methods of values whose types show at run time, with the AttributeError of those that don't have them.

use crate::error::Error;
use crate::runtime::dynamic_order;
use crate::runtime::decline::decline;
use crate::runtime::dict;
use crate::runtime::dynamic;
use crate::runtime::dynamic_items::Entries;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::text;
use crate::runtime::value::{Number, Value, number, type_name};

/// The error of a value without the attribute; the methods of bytes decline.
fn without(a: &Value, name: &str) -> Error {
    if matches!(a, Value::Bytes(_)) {
        decline("a method of bytes");
    }
    Error::AttributeError(format!(
        "'{}' object has no attribute '{name}'",
        type_name(a)
    ))
}

/// The text of which a method is called.
pub fn text<'a>(a: &'a Value, name: &str) -> Result<&'a str, Error> {
    match a {
        Value::Str(text) => Ok(text),
        _ => Err(without(a, name)),
    }
}

fn int(a: &Value) -> Result<i64, Error> {
    match number(a) {
        Some(Number::Int(number)) => Ok(number),
        _ => Err(Error::TypeError(format!(
            "'{}' object cannot be interpreted as an integer",
            type_name(a)
        ))),
    }
}

/// Raises AttributeError where the value has no such method: Python looks for it before the arguments.
pub fn look_up(a: &Value, name: &str) -> Result<(), Error> {
    let methods: &[&str] = match a {
        Value::List(_) => &[
            "append", "extend", "insert", "pop", "remove", "clear", "copy", "reverse", "count", "index",
        ],
        Value::Dict(_) => &["get", "pop", "setdefault", "update", "popitem", "clear", "copy"],
        Value::Set(_) => &["add", "discard", "remove", "update", "pop", "clear", "copy"],
        Value::Str(_) | Value::Tuple(_) => &["count", "index"],
        _ => &[],
    };
    if methods.contains(&name) { Ok(()) } else { Err(without(a, name)) }
}

/// `separator.join(parts)` of parts that must be iterable.
pub fn join_items(separator: &str, parts: &Value) -> Result<String, Error> {
    match parts {
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => Err(Error::TypeError(
            "can only join an iterable".to_string(),
        )),
        _ => join(separator, &dynamic::elements(parts)?),
    }
}

/// `separator.join(parts)`.
pub fn join(separator: &str, parts: &[Value]) -> Result<String, Error> {
    let mut texts = Vec::with_capacity(parts.len());
    for (place, part) in parts.iter().enumerate() {
        let Value::Str(text) = part else {
            let name = type_name(part);
            return Err(Error::TypeError(format!(
                "sequence item {place}: expected str instance, {name} found"
            )));
        };
        texts.push(text.as_str());
    }
    Ok(texts.join(separator))
}

/// `a.append(item)`.
pub fn append(a: &Value, item: Value) -> Result<(), Error> {
    match a {
        Value::List(items) => items.change().push(item),
        _ => return Err(without(a, "append")),
    }
    Ok(())
}

/// `a.extend(more)`.
pub fn extend(a: &Value, more: &Value) -> Result<(), Error> {
    match a {
        Value::List(items) => {
            let more = dynamic::elements(more)?;
            items.change().extend(more);
        }
        _ => return Err(without(a, "extend")),
    }
    Ok(())
}

/// `a.insert(index, item)`.
pub fn insert(a: &Value, index: &Value, item: Value) -> Result<(), Error> {
    match a {
        Value::List(items) => seq::insert(&mut items.change(), int(index)?, item),
        _ => return Err(without(a, "insert")),
    }
    Ok(())
}

/// `a.pop()`.
pub fn pop(a: &Value) -> Result<Value, Error> {
    match a {
        Value::List(items) => seq::pop(&mut items.change()),
        Value::Set(items) => set::pop(&mut items.shrink()),
        Value::Dict(_) => Err(Error::TypeError(
            "pop expected at least 1 argument, got 0".to_string(),
        )),
        _ => Err(without(a, "pop")),
    }
}

/// `a.pop(key)`.
pub fn pop_at(a: &Value, key: &Value) -> Result<Value, Error> {
    match a {
        Value::List(items) => seq::pop_at(&mut items.change(), int(key)?),
        Value::Dict(items) => dict::pop(&mut items.shrink(), dynamic::hashed(key)?),
        Value::Set(_) => decline("`set.pop` with an argument"),
        _ => Err(without(a, "pop")),
    }
}

/// `a.pop(key, default)`.
pub fn pop_default(a: &Value, key: &Value, default: Value) -> Result<Value, Error> {
    match a {
        Value::Dict(items) => {
            let key = dynamic::hashed(key)?;
            Ok(dict::pop_default(&mut items.shrink(), key, default))
        }
        Value::List(_) => Err(Error::TypeError(
            "pop expected at most 1 argument, got 2".to_string(),
        )),
        Value::Set(_) => decline("`set.pop` with arguments"),
        _ => Err(without(a, "pop")),
    }
}

/// `a.popitem()`.
pub fn pop_item(a: &Value) -> Result<Value, Error> {
    match a {
        Value::Dict(items) => dict::pop_item(&mut items.shrink()).map(Value::from),
        _ => Err(without(a, "popitem")),
    }
}

/// `a.remove(item)`.
pub fn remove(a: &Value, item: &Value) -> Result<(), Error> {
    match a {
        Value::List(items) => seq::remove(&mut items.change(), item),
        Value::Set(items) => set::remove(&mut items.shrink(), dynamic::hashed(item)?),
        _ => Err(without(a, "remove")),
    }
}

/// `a.clear()`.
pub fn clear(a: &Value) -> Result<(), Error> {
    match a {
        Value::List(items) => items.change().clear(),
        Value::Dict(items) => items.shrink().clear(),
        Value::Set(items) => items.shrink().clear(),
        _ => return Err(without(a, "clear")),
    }
    Ok(())
}

/// `a.copy()`.
pub fn copy(a: &Value) -> Result<Value, Error> {
    match a {
        Value::List(items) => Ok(Value::list(items.read().clone())),
        Value::Dict(items) => Ok(Value::dict(items.read().clone())),
        Value::Set(items) => Ok(Value::set(items.read().clone())),
        _ => Err(without(a, "copy")),
    }
}

/// `a.reverse()`.
pub fn reverse(a: &Value) -> Result<(), Error> {
    match a {
        Value::List(items) => items.change().reverse(),
        _ => return Err(without(a, "reverse")),
    }
    Ok(())
}

/// `a.sort(reverse=reverse)`; what can't be compared, or not in one order, declines.
pub fn sort(a: &Value, reverse: bool) -> Result<(), Error> {
    match a {
        Value::List(items) => {
            let mut sorted = items.read().clone();
            if reverse {
                sorted.reverse();
            }
            dynamic_order::sort(&mut sorted);
            if reverse {
                sorted.reverse();
            }
            *items.change() = sorted;
            Ok(())
        }
        _ => Err(without(a, "sort")),
    }
}

/// `a.count(item)`.
pub fn count(a: &Value, item: &Value) -> Result<i64, Error> {
    match a {
        Value::List(items) => Ok(seq::count(&items.read(), item)),
        Value::Tuple(items) => Ok(seq::count(items, item)),
        Value::Str(text) => match item {
            Value::Str(part) => Ok(text::count(text, part)),
            _ => decline("`count` of what is no text"),
        },
        _ => Err(without(a, "count")),
    }
}

/// `a.index(item)`.
pub fn index(a: &Value, item: &Value) -> Result<i64, Error> {
    match a {
        Value::List(items) => seq::index_of(&items.read(), item),
        Value::Tuple(items) => seq::index_of_tuple(items, item),
        Value::Str(text) => match item {
            Value::Str(part) => text::index(text, part),
            _ => decline("`index` of what is no text"),
        },
        _ => Err(without(a, "index")),
    }
}

/// `a.get(key, default)`.
pub fn get(a: &Value, key: &Value, default: Value) -> Result<Value, Error> {
    match a {
        Value::Dict(items) => {
            let found = items.read().get(dynamic::hashed(key)?).cloned();
            Ok(found.unwrap_or(default))
        }
        _ => Err(without(a, "get")),
    }
}

/// `a.get("key", default)`.
pub fn get_key(a: &Value, key: &str, default: Value) -> Result<Value, Error> {
    match a {
        Value::Dict(items) => Ok(items.read().get(key).cloned().unwrap_or(default)),
        _ => Err(without(a, "get")),
    }
}

/// `a.setdefault(key, default)`.
pub fn set_default(a: &Value, key: &Value, default: Value) -> Result<Value, Error> {
    match a {
        Value::Dict(items) => {
            let key = dynamic::hashed(key)?.clone();
            Ok(dict::set_default(&mut items.change(), key, default).clone())
        }
        _ => Err(without(a, "setdefault")),
    }
}

/// `a.update(other)`: of a dict with a dict, or of a set; other forms decline.
pub fn update(a: &Value, other: &Value) -> Result<(), Error> {
    match (a, other) {
        (Value::Dict(items), Value::Dict(more)) => {
            let more = more.read().clone();
            items.change().extend(more);
        }
        (Value::Dict(_), _) => decline("`update` with pairs"),
        (Value::Set(items), _) => {
            let more = dynamic::elements(other)?;
            for item in &more {
                dynamic::hashed(item)?;
            }
            items.change().extend(more);
        }
        _ => return Err(without(a, "update")),
    }
    Ok(())
}

/// `a.add(item)`.
pub fn add(a: &Value, item: Value) -> Result<(), Error> {
    match a {
        Value::Set(items) => {
            dynamic::hashed(&item)?;
            items.change().insert(item);
        }
        _ => return Err(without(a, "add")),
    }
    Ok(())
}

/// `a.discard(item)`.
pub fn discard(a: &Value, item: &Value) -> Result<(), Error> {
    match a {
        Value::Set(items) => {
            items.shrink().remove(dynamic::hashed(item)?);
        }
        _ => return Err(without(a, "discard")),
    }
    Ok(())
}

fn entries(a: &Value, name: &str) -> Result<Entries, Error> {
    match a {
        Value::Dict(items) => Ok(Entries::of(items)),
        _ => Err(without(a, name)),
    }
}

/// `a.items()`, to be gone through.
pub fn items(a: &Value) -> Result<Entries, Error> {
    entries(a, "items")
}

/// `a.keys()`, to be gone through.
pub fn keys(a: &Value) -> Result<impl Iterator<Item = Value> + use<>, Error> {
    Ok(entries(a, "keys")?.map(|(key, _)| key))
}

/// `a.values()`, to be gone through.
pub fn values(a: &Value) -> Result<impl Iterator<Item = Value> + use<>, Error> {
    Ok(entries(a, "values")?.map(|(_, item)| item))
}
