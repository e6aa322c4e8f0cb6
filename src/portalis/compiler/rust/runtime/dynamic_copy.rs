//! `copy.copy` and `copy.deepcopy` of values whose types show at run time.

use crate::runtime::decline;
use crate::runtime::dict::Dict;
use crate::runtime::held::{Content, Held};
use crate::runtime::shared::Identity;
use crate::runtime::value::Value;
use std::collections::HashMap;

/// `copy.copy(a)`.
pub fn copy(a: &Value) -> Value {
    match a {
        Value::List(items) => Value::list(items.read().clone()),
        Value::Dict(items) => Value::dict(items.read().clone()),
        Value::Set(items) => Value::set(items.read().clone()),
        _ => a.clone(),
    }
}

/// `copy.deepcopy(a)`: what stands in two places does so in the copy, rings included.
pub fn deep_copy(a: &Value) -> Value {
    copied(a, &mut HashMap::new())
}

fn copied(a: &Value, known: &mut HashMap<usize, Value>) -> Value {
    let _deeper = decline::enter();
    match a {
        Value::List(items) => again(items, Value::List, known, |items, known| {
            items.iter().map(|item| copied(item, known)).collect()
        }),
        Value::Dict(items) => again(items, Value::Dict, known, |items, known| {
            let pairs = items.iter().map(|(key, item)| (key.clone(), copied(item, known)));
            pairs.collect::<Dict<Value, Value>>()
        }),
        Value::Set(items) => again(items, Value::Set, known, |items, _| items.clone()),
        Value::Tuple(items) => Value::Tuple(items.iter().map(|item| copied(item, known)).collect()),
        _ => a.clone(),
    }
}

/// The copy of an object, made where there is none yet.
fn again<T: Content>(
    object: &Held<T>,
    value: fn(Held<T>) -> Value,
    known: &mut HashMap<usize, Value>,
    content: impl FnOnce(&T, &mut HashMap<usize, Value>) -> T,
) -> Value {
    if let Some(before) = known.get(&object.address()) {
        return before.clone();
    }
    let made = Held::new(T::default());
    known.insert(object.address(), value(made.clone()));
    let inside = content(&object.read(), known);
    *made.change() = inside;
    value(made)
}
