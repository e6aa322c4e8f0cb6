//! Numbers that may be ints or floats: where `float` is declared and an int given, and in unions of both.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dynamic;
use crate::runtime::dynamic_numbers;
use crate::runtime::dynamic_order;
use crate::runtime::seq;
use crate::runtime::value::Value;

pub fn power(base: &Value, exponent: i64) -> Result<Value, Error> {
    let mut result = Value::Int(1);
    for _ in 0..exponent {
        result = dynamic::mul_assign(&result, base)?;
    }
    Ok(result)
}

pub fn rec(base: &Value, exponent: i64) -> Result<Value, Error> {
    let _depth = decline::enter();
    if exponent == 0 {
        return Ok(Value::Int(1));
    }
    dynamic::mul(base, &rec(base, exponent.strict_sub(1))?)
}

pub fn mean(xs: &[Value]) -> Result<Value, Error> {
    let mut total = Value::Int(0);
    for x in xs {
        total = dynamic::add_assign(&total, x)?;
    }
    dynamic::div(&total, &Value::Int(xs.len() as i64))
}

pub fn next_greater(arr: &[Value]) -> Result<Vec<Value>, Error> {
    let mut result: Vec<Value> = Vec::new();
    for i in 0..arr.len() as i64 {
        let mut nxt = Value::Int(-1);
        for j in i + 1..arr.len() as i64 {
            if dynamic_order::lt(&arr[i as usize], &arr[j as usize])? {
                nxt = arr[j as usize].clone();
                break;
            }
        }
        result.push(nxt);
    }
    Ok(result)
}

pub fn abs_val(num: f64) -> f64 {
    if num < 0.0 { -num } else { num }
}

pub fn best(xs: &[Value]) -> Result<Value, Error> {
    if xs.is_empty() {
        return Err(Error::ValueError("nothing".to_string()));
    }
    let mut m = seq::at(xs, 0)?.clone();
    for x in xs {
        if dynamic_order::gt(x, &m)? {
            m = x.clone();
        }
    }
    Ok(m)
}

pub fn union(a: &Value, b: &Value) -> Result<Value, Error> {
    let mut b = b.clone();
    if matches!(b, Value::None) {
        b = Value::Int(1);
    }
    dynamic::add(a, &b)
}

pub fn mixed() -> Vec<Value> {
    vec![Value::Int(1), Value::Float(2.5), Value::Int(3)]
}

pub fn floors(x: &Value) -> Result<Vec<i64>, Error> {
    Ok(vec![
        dynamic_numbers::floor(x)?,
        dynamic_numbers::ceil(x)?,
        dynamic_numbers::trunc(x)?,
        dynamic_numbers::round(x)?,
    ])
}
