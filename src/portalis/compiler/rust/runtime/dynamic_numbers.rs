//! Values of any type as numbers: `int(x)`, `float(x)`, `abs(x)`, rounding.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::dynamic;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::math;
use crate::runtime::text;
use crate::runtime::value::{Number, Value, number, type_name};

/// `abs(a)`.
pub fn abs(a: &Value) -> Result<Value, Error> {
    match number(a) {
        Some(Number::Int(a)) => Ok(Value::Int(a.strict_abs())),
        Some(Number::Float(a)) => Ok(Value::Float(a.abs())),
        None => Err(dynamic::bad_operand("abs()", a)),
    }
}

/// `int(a)`.
pub fn to_int(a: &Value) -> Result<i64, Error> {
    match a {
        Value::Str(text) => int::parse(text),
        Value::Bytes(data) => int::parse_bytes(data),
        _ => match number(a) {
            Some(Number::Int(a)) => Ok(a),
            Some(Number::Float(a)) => int::from_float(a),
            None => Err(Error::TypeError(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                type_name(a)
            ))),
        },
    }
}

/// `float(a)`; bytes decline.
pub fn to_float(a: &Value) -> Result<f64, Error> {
    match a {
        Value::Str(text) => float::parse(text),
        Value::Bytes(_) => decline("bytes as a float"),
        _ => match number(a) {
            Some(Number::Int(a)) => Ok(a as f64),
            Some(Number::Float(a)) => Ok(a),
            None => Err(Error::TypeError(format!(
                "float() argument must be a string or a real number, not '{}'",
                type_name(a)
            ))),
        },
    }
}

/// `math.log(a, base)`: the base is looked at once the logarithm of `a` is there.
pub fn log_base(a: &Value, base: &Value) -> Result<f64, Error> {
    math::quotient_of_logs(math::log(real(a)?)?, math::log(real(base)?)?)
}

/// The float that a function of `math` takes.
pub fn real(a: &Value) -> Result<f64, Error> {
    match number(a) {
        Some(Number::Int(a)) => Ok(a as f64),
        Some(Number::Float(a)) => Ok(a),
        None => Err(Error::TypeError(format!(
            "must be real number, not {}",
            type_name(a)
        ))),
    }
}

/// `round(a)`.
pub fn round(a: &Value) -> Result<i64, Error> {
    match number(a) {
        Some(Number::Int(a)) => Ok(a),
        Some(Number::Float(a)) => float::round(a),
        None => Err(no_round(a)),
    }
}

/// `math.floor(a)`.
pub fn floor(a: &Value) -> Result<i64, Error> {
    match number(a) {
        Some(Number::Int(a)) => Ok(a),
        _ => float::floor(real(a)?),
    }
}

/// `math.ceil(a)`.
pub fn ceil(a: &Value) -> Result<i64, Error> {
    match number(a) {
        Some(Number::Int(a)) => Ok(a),
        _ => float::ceil(real(a)?),
    }
}

/// `math.trunc(a)`.
pub fn trunc(a: &Value) -> Result<i64, Error> {
    match number(a) {
        Some(Number::Int(a)) => Ok(a),
        Some(Number::Float(a)) => float::trunc(a),
        None => Err(Error::TypeError(format!(
            "type {} doesn't define __trunc__ method",
            type_name(a)
        ))),
    }
}

/// `round(a, digits)`.
pub fn round_to(a: &Value, digits: i64) -> Result<Value, Error> {
    match number(a) {
        Some(Number::Int(a)) => Ok(Value::Int(int::round_to(a, digits))),
        Some(Number::Float(a)) => Ok(Value::Float(float::round_to(a, digits))),
        None => Err(no_round(a)),
    }
}

fn no_round(a: &Value) -> Error {
    Error::TypeError(format!(
        "type {} doesn't define __round__ method",
        type_name(a)
    ))
}
