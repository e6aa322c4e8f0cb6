//! Builtins on values of any type: `isinstance`, iteration, order, conversions, and what containers of them do.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic;
use crate::runtime::dynamic_items;
use crate::runtime::dynamic_numbers;
use crate::runtime::dynamic_order;
use crate::runtime::math;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;

pub fn kind(x: &Value) -> Result<String, Error> {
    if matches!(x, Value::Bool(_)) {
        return Ok("bool".to_string());
    }
    if matches!(x, Value::Int(_) | Value::Bool(_) | Value::Float(_)) {
        return Ok(format!(
            "number {}",
            value::to_text(&dynamic::add(x, &Value::Int(1))?)
        ));
    }
    if matches!(x, Value::Str(_)) {
        return Ok(text::upper(value::exact_str(x)));
    }
    if matches!(x, Value::List(_)) {
        return Ok(value::len(x)?.to_string());
    }
    if matches!(x, Value::Tuple(_)) {
        return Ok(format!("tuple of {}", value::len(x)?));
    }
    Ok("other".to_string())
}

pub fn spell(x: &Value) -> Result<Vec<String>, Error> {
    Ok(dynamic_items::iter(x)?
        .map(|i| value::to_text(&i))
        .collect::<Vec<String>>())
}

pub fn walk(x: &Value) -> Result<i64, Error> {
    let mut n: i64 = 0;
    for i in dynamic_items::iter(x)? {
        n = n.strict_add(if value::is_true(&i) { 1 } else { 2 });
    }
    Ok(n.strict_add(value::len(x)?))
}

pub fn pick(x: &Value, i: i64) -> Result<Value, Error> {
    dynamic::at(x, i)
}

pub fn within(x: &Value, xs: &[Value], t: &Value) -> Result<Vec<bool>, Error> {
    Ok(vec![
        xs.contains(x),
        dynamic::contains(t, x)?,
        *x == 1 || *x == "a" || *x == Value::None,
        !dict::from_pairs([(1_i64, 2_i64)]).contains_key(&value::exact_int(x)),
        dynamic::contains_text(t, "a")?,
    ])
}

pub fn stats(xs: &[Value]) -> Result<(Value, Value, Value), Error> {
    Ok((
        dynamic_order::min(xs.iter().cloned())?,
        dynamic_order::max(xs.iter().cloned())?,
        dynamic::sum(xs.iter().cloned(), Value::Int(0))?,
    ))
}

pub fn order(xs: &[Value]) -> Vec<Value> {
    let mut sorted: Vec<Value> = xs.to_vec();
    dynamic_order::sort(&mut sorted);
    sorted
}

pub fn order_down(xs: &[Value]) -> Vec<Value> {
    let mut sorted: Vec<Value> = xs.to_vec();
    sorted.reverse();
    dynamic_order::sort(&mut sorted);
    sorted.reverse();
    sorted
}

pub fn order_key(xs: &[(Value, i64)]) -> Vec<(Value, i64)> {
    let mut sorted: Vec<(Value, i64)> = xs.to_vec();
    sorted.sort_by_cached_key(|p| dynamic_order::Key(p.0.clone()));
    sorted
}

pub fn order_in(xs: &mut [Value]) {
    {
        xs.reverse();
        dynamic_order::sort(xs);
        xs.reverse();
    }
}

pub fn conv(x: &Value) -> Result<(i64, f64, Value, Value), Error> {
    Ok((
        dynamic_numbers::to_int(x)?,
        dynamic_numbers::to_float(x)?,
        dynamic_numbers::abs(x)?,
        dynamic_numbers::round_to(x, 1)?,
    ))
}

pub fn root(x: &Value) -> Result<f64, Error> {
    math::sqrt(dynamic_numbers::real(x)?)
}

pub fn total(xs: &[Value], start: &Value) -> Result<Value, Error> {
    dynamic::add(
        &dynamic::try_sum(
            xs.iter().map(|x| dynamic::mul(x, &Value::Int(2))),
            Value::Int(0),
        )?,
        &dynamic_order::max([start.clone(), Value::Int(3)])?,
    )
}

pub fn lookup(d: &Dict<String, Value>, k: &str) -> Value {
    let v = d.get(k).cloned().unwrap_or(Value::None);
    if matches!(v, Value::None) {
        return Value::Str("no".to_string());
    }
    v
}

pub fn lookup2(d: &Dict<String, Value>, k: &str) -> Value {
    let value = d.get(k).cloned().unwrap_or(Value::Int(0));
    if value::is_true(&value) {
        value
    } else {
        d.get("z").cloned().unwrap_or(Value::Str("w".to_string()))
    }
}

pub fn swap(a: &Value, b: &Value) -> (Value, Value) {
    let (mut a, b) = (b.clone(), a.clone());
    if matches!(a, Value::None) {
        a = Value::Int(1);
    }
    (a, b)
}

pub fn fill(n: i64, v: &Value) -> Vec<Value> {
    let mut out = vec![v.clone(); n.max(0) as usize];
    out.push(Value::Int(1));
    out.extend(vec![Value::Str("a".to_string())]);
    seq::insert(&mut out, 0, Value::None);
    out.extend([v.clone(), Value::Int(2)]);
    out
}

pub fn uniq(xs: &[Value]) -> i64 {
    let mut seen: Set<Value> = set::Set::default();
    for x in xs {
        if !seen.contains(x) {
            seen.insert(x.clone());
        }
    }
    seen.len() as i64
}

pub fn quick(xs: &[Value]) -> Result<Vec<Value>, Error> {
    let _depth = decline::enter();
    if xs.len() <= 1 {
        return Ok(seq::slice(xs, ..).to_vec());
    }
    let p = seq::at(xs, 0)?;
    let lo = {
        let mut items = Vec::new();
        for x in seq::slice(xs, 1..) {
            if dynamic_order::le(x, p)? {
                items.push(x.clone());
            }
        }
        items
    };
    let hi = {
        let mut items_2 = Vec::new();
        for x in seq::slice(xs, 1..) {
            if dynamic_order::gt(x, p)? {
                items_2.push(x.clone());
            }
        }
        items_2
    };
    Ok({
        let mut items_3 = quick(&lo)?;
        items_3.push(p.clone());
        items_3.extend(quick(&hi)?);
        items_3
    })
}

pub fn branch(c: bool, x: i64) -> Value {
    if c {
        Value::Str("a".to_string())
    } else {
        Value::Int(x)
    }
}

pub fn lots() -> String {
    let items = vec![
        Value::Int(1),
        Value::Str("a".to_string()),
        Value::Float(2.5),
        Value::None,
    ];
    text::join(", ", items.iter().map(|i| value::to_text(i)))
}
