//! Python's operators on values whose types show at run time, with Python's errors.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::dict;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::python;
use crate::runtime::seq;
use crate::runtime::text;
use crate::runtime::value::{Number, Value, number, type_name};

/// `a + b`.
pub fn add(a: &Value, b: &Value) -> Result<Value, Error> {
    sum_of("+", a, b)
}

/// The value that `a += b` binds to `a`: a list is that list, longer.
pub fn add_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    if let Value::List(items) = a {
        let more = elements(b)?;
        items.change().extend(more);
        return Ok(a.clone());
    }
    sum_of("+=", a, b)
}

fn sum_of(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => Ok(Value::Str(format!("{a}{b}"))),
        (Value::Bytes(a), Value::Bytes(b)) => Ok(Value::Bytes(seq::concat(a, b))),
        (Value::Tuple(a), Value::Tuple(b)) => Ok(Value::Tuple(seq::concat(a, b))),
        (Value::List(a), Value::List(b)) => Ok(Value::list(seq::concat(&a.read(), &b.read()))),
        (Value::Str(_) | Value::Tuple(_) | Value::List(_), _) => {
            let (to, other) = (type_name(a), type_name(b));
            Err(Error::TypeError(format!(
                "can only concatenate {to} (not \"{other}\") to {to}"
            )))
        }
        (Value::Bytes(_), _) => Err(Error::TypeError(format!(
            "can't concat {} to bytes",
            type_name(b)
        ))),
        _ => match numbers(symbol, a, b)? {
            Numbers::Ints(a, b) => Ok(Value::Int(a.strict_add(b))),
            Numbers::Floats(a, b) => Ok(Value::Float(a + b)),
        },
    }
}

/// `a - b`.
pub fn sub(a: &Value, b: &Value) -> Result<Value, Error> {
    difference("-", a, b)
}

/// The value that `a -= b` binds to `a`.
pub fn sub_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    difference("-=", a, b)
}

fn difference(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    no_sets(a, b);
    match numbers(symbol, a, b)? {
        Numbers::Ints(a, b) => Ok(Value::Int(a.strict_sub(b))),
        Numbers::Floats(a, b) => Ok(Value::Float(a - b)),
    }
}

/// `a * b`.
pub fn mul(a: &Value, b: &Value) -> Result<Value, Error> {
    product("*", a, b)
}

/// The value that `a *= b` binds to `a`: a list is that list, repeated.
pub fn mul_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    if let (Value::List(items), Some(Number::Int(times))) = (a, number(b)) {
        seq::repeat_in_place(&mut items.shrink(), times);
        return Ok(a.clone());
    }
    product("*=", a, b)
}

fn product(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    match (a, b) {
        (Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) | Value::List(_), _) => repeat(a, b),
        (_, Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) | Value::List(_)) => repeat(b, a),
        _ => match numbers(symbol, a, b)? {
            Numbers::Ints(a, b) => Ok(Value::Int(a.strict_mul(b))),
            Numbers::Floats(a, b) => Ok(Value::Float(a * b)),
        },
    }
}

/// `items * times` of a sequence.
fn repeat(items: &Value, times: &Value) -> Result<Value, Error> {
    let Some(Number::Int(count)) = number(times) else {
        return Err(Error::TypeError(format!(
            "can't multiply sequence by non-int of type '{}'",
            type_name(times)
        )));
    };
    Ok(match items {
        Value::Str(items) => Value::Str(text::repeat(items, count)),
        Value::Bytes(items) => Value::Bytes(seq::repeat(items, count)),
        Value::Tuple(items) => Value::Tuple(seq::repeat(items, count)),
        Value::List(items) => Value::list(seq::repeat(&items.read(), count)),
        _ => decline("no sequence"),
    })
}

/// `a / b`.
pub fn div(a: &Value, b: &Value) -> Result<Value, Error> {
    quotient("/", a, b)
}

/// The value that `a /= b` binds to `a`.
pub fn div_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    quotient("/=", a, b)
}

fn quotient(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    match numbers(symbol, a, b)? {
        Numbers::Ints(a, b) => int::true_div(a, b).map(Value::Float),
        Numbers::Floats(a, b) => float::div(a, b).map(Value::Float),
    }
}

/// `a // b`.
pub fn floor_div(a: &Value, b: &Value) -> Result<Value, Error> {
    floor_quotient("//", a, b)
}

/// The value that `a //= b` binds to `a`.
pub fn floor_div_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    floor_quotient("//=", a, b)
}

fn floor_quotient(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    match numbers(symbol, a, b)? {
        Numbers::Ints(a, b) => int::floor_div(a, b).map(Value::Int),
        Numbers::Floats(a, b) => float::floor_div(a, b).map(Value::Float),
    }
}

/// `a % b`; the formatting of texts declines.
pub fn floor_mod(a: &Value, b: &Value) -> Result<Value, Error> {
    rest("%", a, b)
}

/// The value that `a %= b` binds to `a`.
pub fn floor_mod_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    rest("%=", a, b)
}

fn rest(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    if matches!(a, Value::Str(_) | Value::Bytes(_)) {
        decline("a format by `%`");
    }
    match numbers(symbol, a, b)? {
        Numbers::Ints(a, b) => int::floor_mod(a, b).map(Value::Int),
        Numbers::Floats(a, b) => float::floor_mod(a, b).map(Value::Float),
    }
}

/// `a ** b`.
pub fn pow(a: &Value, b: &Value) -> Result<Value, Error> {
    power("** or pow()", a, b)
}

/// The value that `a **= b` binds to `a`.
pub fn pow_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    power("**=", a, b)
}

fn power(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    match numbers(symbol, a, b)? {
        Numbers::Ints(a, b) if b >= 0 => Ok(Value::Int(int::pow(a, b))),
        Numbers::Ints(a, b) => float::pow(a as f64, b as f64).map(Value::Float),
        Numbers::Floats(a, b) => float::pow(a, b).map(Value::Float),
    }
}

/// `a & b`.
pub fn and(a: &Value, b: &Value) -> Result<Value, Error> {
    conjunction("&", a, b)
}

/// The value that `a &= b` binds to `a`.
pub fn and_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    conjunction("&=", a, b)
}

fn conjunction(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    no_sets(a, b);
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(Value::Bool(a & b)),
        _ => ints(symbol, a, b).map(|(a, b)| Value::Int(a & b)),
    }
}

/// `a | b`.
pub fn or(a: &Value, b: &Value) -> Result<Value, Error> {
    disjunction("|", a, b)
}

/// The value that `a |= b` binds to `a`.
pub fn or_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    if let (Value::Dict(items), Value::Dict(other)) = (a, b) {
        let more = other.read().clone();
        items.change().extend(more);
        return Ok(a.clone());
    }
    if matches!(a, Value::Dict(_)) {
        decline("`|=` of a dict");
    }
    disjunction("|=", a, b)
}

fn disjunction(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    no_sets(a, b);
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(Value::Bool(a | b)),
        (Value::Dict(a), Value::Dict(b)) => Ok(Value::from(dict::union(&a.read(), &b.read()))),
        _ => ints(symbol, a, b).map(|(a, b)| Value::Int(a | b)),
    }
}

/// `a ^ b`.
pub fn xor(a: &Value, b: &Value) -> Result<Value, Error> {
    exclusion("^", a, b)
}

/// The value that `a ^= b` binds to `a`.
pub fn xor_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    exclusion("^=", a, b)
}

fn exclusion(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    no_sets(a, b);
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(Value::Bool(a ^ b)),
        _ => ints(symbol, a, b).map(|(a, b)| Value::Int(a ^ b)),
    }
}

/// `a << b`.
pub fn shl(a: &Value, b: &Value) -> Result<Value, Error> {
    shifted_left("<<", a, b)
}

/// The value that `a <<= b` binds to `a`.
pub fn shl_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    shifted_left("<<=", a, b)
}

fn shifted_left(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    let (a, b) = ints(symbol, a, b)?;
    int::shl(a, b).map(Value::Int)
}

/// `a >> b`.
pub fn shr(a: &Value, b: &Value) -> Result<Value, Error> {
    shifted_right(">>", a, b)
}

/// The value that `a >>= b` binds to `a`.
pub fn shr_assign(a: &Value, b: &Value) -> Result<Value, Error> {
    shifted_right(">>=", a, b)
}

fn shifted_right(symbol: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    let (a, b) = ints(symbol, a, b)?;
    int::shr(a, b).map(Value::Int)
}

/// `-a`.
pub fn neg(a: &Value) -> Result<Value, Error> {
    match number(a) {
        Some(Number::Int(a)) => Ok(Value::Int(a.strict_neg())),
        Some(Number::Float(a)) => Ok(Value::Float(-a)),
        None => Err(bad_operand("unary -", a)),
    }
}

/// `+a`.
pub fn pos(a: &Value) -> Result<Value, Error> {
    match number(a) {
        Some(Number::Int(a)) => Ok(Value::Int(a)),
        Some(Number::Float(a)) => Ok(Value::Float(a)),
        None => Err(bad_operand("unary +", a)),
    }
}

/// `~a`.
pub fn invert(a: &Value) -> Result<Value, Error> {
    match number(a) {
        Some(Number::Int(a)) => Ok(Value::Int(!a)),
        _ => Err(bad_operand("unary ~", a)),
    }
}

pub fn bad_operand(operator: &str, a: &Value) -> Error {
    Error::TypeError(format!(
        "bad operand type for {operator}: '{}'",
        type_name(a)
    ))
}

/// The operands of an operator of numbers: an int that meets a float becomes one.
enum Numbers {
    Ints(i64, i64),
    Floats(f64, f64),
}

fn numbers(symbol: &str, a: &Value, b: &Value) -> Result<Numbers, Error> {
    Ok(match (number(a), number(b)) {
        (Some(Number::Int(a)), Some(Number::Int(b))) => Numbers::Ints(a, b),
        (Some(Number::Int(a)), Some(Number::Float(b))) => Numbers::Floats(a as f64, b),
        (Some(Number::Float(a)), Some(Number::Int(b))) => Numbers::Floats(a, b as f64),
        (Some(Number::Float(a)), Some(Number::Float(b))) => Numbers::Floats(a, b),
        _ => return Err(unsupported(symbol, a, b)),
    })
}

/// Operators of sets decline.
fn no_sets(a: &Value, b: &Value) {
    if matches!(a, Value::Set(_)) && matches!(b, Value::Set(_)) {
        decline("an operator of sets");
    }
}

fn ints(symbol: &str, a: &Value, b: &Value) -> Result<(i64, i64), Error> {
    match (number(a), number(b)) {
        (Some(Number::Int(a)), Some(Number::Int(b))) => Ok((a, b)),
        _ => Err(unsupported(symbol, a, b)),
    }
}

fn unsupported(symbol: &str, a: &Value, b: &Value) -> Error {
    Error::TypeError(format!(
        "unsupported operand type(s) for {symbol}: '{}' and '{}'",
        type_name(a),
        type_name(b)
    ))
}

/// The items of a value that can be iterated.
pub fn elements(a: &Value) -> Result<Vec<Value>, Error> {
    match a {
        Value::Str(text) => Ok(text.chars().map(Value::from).collect()),
        Value::Bytes(data) => Ok(data
            .iter()
            .map(|byte| Value::Int(i64::from(*byte)))
            .collect()),
        Value::Tuple(items) => Ok(items.clone()),
        Value::List(items) => Ok(items.read().clone()),
        Value::Dict(items) => Ok(items.read().keys().cloned().collect()),
        Value::Set(items) if items.read().len() > 1 => decline("the order of a set"),
        Value::Set(items) => Ok(items.read().iter().cloned().collect()),
        _ => Err(Error::TypeError(format!(
            "'{}' object is not iterable",
            type_name(a)
        ))),
    }
}

/// The items of `*a` in a call or display; `name` is what Python's error calls it.
pub fn unpacked(a: &Value, name: &str) -> Result<Vec<Value>, Error> {
    elements(a).map_err(|_| {
        let kind = type_name(a);
        Error::TypeError(format!("{name} after * must be an iterable, not {kind}"))
    })
}

/// `item in a`.
pub fn contains(a: &Value, item: &Value) -> Result<bool, Error> {
    match (a, item) {
        (Value::Str(text), Value::Str(part)) => Ok(text.contains(part)),
        (Value::Str(_), _) => Err(Error::TypeError(format!(
            "'in <string>' requires string as left operand, not {}",
            type_name(item)
        ))),
        (Value::Tuple(items), _) => Ok(items.contains(item)),
        (Value::List(items), _) => Ok(items.read().contains(item)),
        (Value::Dict(items), _) => Ok(items.read().contains_key(hashed(item)?)),
        (Value::Set(_), Value::Set(_)) => decline("a set in a set"),
        (Value::Set(items), _) => Ok(items.read().contains(hashed(item)?)),
        (Value::Bytes(_), _) => decline("`in` bytes"),
        _ => Err(Error::TypeError(format!(
            "argument of type '{}' is not iterable",
            type_name(a)
        ))),
    }
}

/// `"item" in a`.
pub fn contains_text(a: &Value, item: &str) -> Result<bool, Error> {
    match a {
        Value::Str(text) => Ok(text.contains(item)),
        Value::Dict(items) => Ok(items.read().contains_key(item)),
        _ => contains(a, &Value::from(item)),
    }
}

/// A value that can be a key; raises TypeError.
pub fn hashed(key: &Value) -> Result<&Value, Error> {
    match key {
        Value::List(_) | Value::Dict(_) | Value::Set(_) => {
            if python::MINOR >= 14 {
                decline("a key that can't be hashed");
            }
            let name = type_name(key);
            Err(Error::TypeError(format!("unhashable type: '{name}'")))
        }
        Value::Tuple(items) => {
            for item in items {
                hashed(item)?;
            }
            Ok(key)
        }
        _ => Ok(key),
    }
}

/// `a[index]`.
pub fn at(a: &Value, index: i64) -> Result<Value, Error> {
    match a {
        Value::Str(items) => text::char_at(items, index).map(Value::from),
        Value::Bytes(data) => match seq::position(data.len(), index) {
            Some(place) => Ok(Value::Int(i64::from(data[place]))),
            None => Err(Error::IndexError("index out of range".to_string())),
        },
        Value::Tuple(items) => seq::at_tuple(items, index).cloned(),
        Value::List(items) => seq::at(&items.read(), index).cloned(),
        Value::Dict(items) => dict::get_item(&items.read(), &Value::Int(index)).cloned(),
        _ => Err(Error::TypeError(format!(
            "'{}' object is not subscriptable",
            type_name(a)
        ))),
    }
}

/// `sum(items, start)`; from Python 3.12 on, which adds floats otherwise, floats decline.
pub fn sum(items: impl IntoIterator<Item = Value>, start: Value) -> Result<Value, Error> {
    try_sum(items.into_iter().map(Ok), start)
}

/// `sum(items, start)` of items that can raise: each is added before the next one is made.
pub fn try_sum(
    items: impl IntoIterator<Item = Result<Value, Error>>,
    start: Value,
) -> Result<Value, Error> {
    if let Value::Str(_) | Value::Bytes(_) = start {
        decline("`sum` from a text");
    }
    let mut total = start;
    for item in items {
        total = add(&total, &item?)?;
        if python::MINOR >= 12 && matches!(total, Value::Float(_)) {
            decline("a sum of floats");
        }
    }
    Ok(total)
}
