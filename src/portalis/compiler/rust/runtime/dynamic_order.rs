//! Values of any type in order: comparisons, sorting, the greatest and the least.

use crate::error::Error;
use crate::runtime::decline::{self, decline};
use crate::runtime::float;
use crate::runtime::seq;
use crate::runtime::value::{Number, Value, number, type_name};
use std::cmp::Ordering;

/// `a < b`.
pub fn lt(a: &Value, b: &Value) -> Result<bool, Error> {
    Ok(order("<", a, b)?.is_some_and(Ordering::is_lt))
}

/// `a <= b`.
pub fn le(a: &Value, b: &Value) -> Result<bool, Error> {
    Ok(order("<=", a, b)?.is_some_and(Ordering::is_le))
}

/// `a > b`.
pub fn gt(a: &Value, b: &Value) -> Result<bool, Error> {
    Ok(order(">", a, b)?.is_some_and(Ordering::is_gt))
}

/// `a >= b`.
pub fn ge(a: &Value, b: &Value) -> Result<bool, Error> {
    Ok(order(">=", a, b)?.is_some_and(Ordering::is_ge))
}

/// The order of two values; None where one is nan. `symbol` is the operator that an error names.
fn order(symbol: &str, a: &Value, b: &Value) -> Result<Option<Ordering>, Error> {
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => Ok(Some(a.cmp(b))),
        (Value::Bytes(a), Value::Bytes(b)) => Ok(Some(a.cmp(b))),
        (Value::Tuple(a), Value::Tuple(b)) => order_of_items(symbol, a, b),
        (Value::List(a), Value::List(b)) => order_of_items(symbol, &a.read(), &b.read()),
        (Value::Set(_), Value::Set(_)) => decline("an order of sets"),
        _ => match (number(a), number(b)) {
            (Some(Number::Int(a)), Some(Number::Int(b))) => Ok(Some(a.cmp(&b))),
            (Some(Number::Float(a)), Some(Number::Float(b))) => Ok(a.partial_cmp(&b)),
            (Some(Number::Float(a)), Some(Number::Int(b))) => Ok(float::cmp_int(a, b)),
            (Some(Number::Int(a)), Some(Number::Float(b))) => {
                Ok(float::cmp_int(b, a).map(Ordering::reverse))
            }
            _ => Err(Error::TypeError(format!(
                "'{symbol}' not supported between instances of '{}' and '{}'",
                type_name(a),
                type_name(b)
            ))),
        },
    }
}

/// The order of the first items that differ, or that of the lengths.
fn order_of_items(symbol: &str, a: &[Value], b: &[Value]) -> Result<Option<Ordering>, Error> {
    let _deeper = decline::enter();
    match a.iter().zip(b).find(|(a, b)| a != b) {
        Some((a, b)) => order(symbol, a, b),
        None => Ok(Some(a.len().cmp(&b.len()))),
    }
}

/// `items.sort()`: what can't be compared, or not in one order, declines.
pub fn sort(items: &mut [Value]) {
    items.sort_by(in_order);
}

/// A sort key; keys that can't be compared, or not in one order, decline.
#[derive(PartialEq, Eq)]
pub struct Key(pub Value);

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        in_order(&self.0, &other.0)
    }
}

fn in_order(a: &Value, b: &Value) -> Ordering {
    match order("<", a, b) {
        Ok(Some(found)) => found,
        _ => decline("no order"),
    }
}

/// `max(items)`.
pub fn max(items: impl IntoIterator<Item = Value>) -> Result<Value, Error> {
    best("max", gt, items)
}

/// `min(items)`.
pub fn min(items: impl IntoIterator<Item = Value>) -> Result<Value, Error> {
    best("min", lt, items)
}

/// The first item that is better than all before it.
fn best(
    name: &str,
    better: fn(&Value, &Value) -> Result<bool, Error>,
    items: impl IntoIterator<Item = Value>,
) -> Result<Value, Error> {
    let mut items = items.into_iter();
    let Some(mut found) = items.next() else {
        return Err(seq::empty(name));
    };
    for item in items {
        if better(&item, &found)? {
            found = item;
        }
    }
    Ok(found)
}
