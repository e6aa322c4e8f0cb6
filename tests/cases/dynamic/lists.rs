//! Lists of values of any type beside typed ones, unions that operators look into, branches of two types.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dynamic;
use crate::runtime::dynamic_order;
use crate::runtime::float;
use crate::runtime::value;
use crate::runtime::value::Value;
use crate::unions::IntOrStr;

pub fn expectation(values: &[i64], weights: &[f64]) -> f64 {
    float::sum(values.iter().zip(weights).map(|(&x, &p)| x as f64 * p))
}

pub fn outer(values: &[i64], weights: &[f64]) -> f64 {
    expectation(values, weights)
}

pub fn joined(a: &str, b: &str) -> Result<String, Error> {
    let a_chars: Vec<char> = a.chars().collect();
    let mut out: Vec<String> = Vec::new();
    for i in 0..a_chars.len() as i64 {
        out.push(a_chars[i as usize].to_string());
        out.push(b.to_string());
    }
    Ok(out.iter().map(String::as_str).collect::<String>())
}

pub fn fresh(xs: &[Value]) -> Vec<i64> {
    let mut out = xs.to_vec();
    out.push(Value::Int(1));
    out.into_iter()
        .map(|item| value::exact_int(&item))
        .collect::<Vec<_>>()
}

pub fn shown(c: bool, n: i64) -> String {
    let kind = if c {
        IntOrStr::Str("x".to_string())
    } else {
        IntOrStr::Int(n)
    };
    format!(
        "<{}> {}",
        value::to_text(&Value::from(kind.clone())),
        value::to_text(&Value::from(if c {
            kind.clone()
        } else {
            IntOrStr::Str("none".to_string())
        }))
    )
}

pub fn either(c: bool, n: i64) -> String {
    format!(
        "'{n} {}'{}",
        value::exact_str(&{
            let value_2 = {
                let value = c;
                if value {
                    Value::Str("red".to_string())
                } else {
                    Value::Bool(value)
                }
            };
            if value::is_true(&value_2) {
                value_2
            } else {
                Value::Str("black".to_string())
            }
        }),
        value::to_text(&if c {
            Value::Int(n)
        } else {
            Value::Str("none".to_string())
        })
    )
}

pub fn looked(x: &IntOrStr, y: &IntOrStr) -> Result<Vec<bool>, Error> {
    Ok(vec![
        Value::from(x.clone()) == 1,
        Value::from(y.clone()) == "a",
        value::is_true(&Value::from(x.clone())),
        dynamic_order::lt(&Value::from(x.clone()), &Value::from(y.clone()))?,
    ])
}

pub fn doubled(x: &IntOrStr) -> Result<IntOrStr, Error> {
    Ok(
        match dynamic::mul(&Value::from(x.clone()), &Value::Int(2))? {
            Value::Int(inner) => IntOrStr::Int(inner),
            Value::Str(inner) => IntOrStr::Str(inner),
            _ => decline::decline("not of `int | str`"),
        },
    )
}
