//! Lists, dicts and sets inside values of any type: data as `json` gives it, gone through and rebuilt.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic;
use crate::runtime::dynamic_items;
use crate::runtime::dynamic_methods;
use crate::runtime::dynamic_numbers;
use crate::runtime::dynamic_order;
use crate::runtime::extremes;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::json_value;
use crate::runtime::repr;
use crate::runtime::set;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;

pub fn flatten(xs: &Value) -> Result<Value, Error> {
    let _depth = decline::enter();
    let out = Value::list::<Value>([]);
    for x in dynamic_items::iter(xs)? {
        if matches!(x, Value::List(_)) {
            dynamic_methods::look_up(&out, "extend")?;
            dynamic_methods::extend(&out, &flatten(&x)?)?;
        } else {
            dynamic_methods::append(&out, x)?;
        }
    }
    Ok(out)
}

pub fn weighted(items: &Value, depth: i64) -> Result<i64, Error> {
    let _depth = decline::enter();
    let mut total: i64 = 0;
    for item in dynamic_items::iter(items)? {
        total = total.strict_add(if matches!(item, Value::List(_)) {
            weighted(&item, depth.strict_add(1))?
        } else {
            value::exact_int(&item)
        });
    }
    Ok(total.strict_mul(depth))
}

pub fn flat_keys(data: &Value, prefix: &str) -> Result<Dict<String, Value>, Error> {
    let _depth = decline::enter();
    let mut result: Dict<String, Value> = dict::Dict::default();
    for (key, value) in dynamic_methods::items(data)? {
        let name = if !prefix.is_empty() {
            format!("{prefix}.{}", value::exact_str(&key))
        } else {
            value::exact_str(&key).to_string()
        };
        if matches!(value, Value::Dict(_)) {
            dict::update(&mut result, &flat_keys(&value, &name)?);
        } else {
            result.insert(name, value);
        }
    }
    Ok(result)
}

pub fn depth(v: &Value) -> Result<i64, Error> {
    let _depth = decline::enter();
    if matches!(v, Value::Dict(_)) {
        return Ok(1_i64.strict_add(extremes::max_or(
            dynamic_methods::values(v)?
                .map(|x| depth(&x))
                .collect::<Result<Vec<i64>, Error>>()?,
            0,
        )));
    }
    if matches!(v, Value::Tuple(_) | Value::List(_)) {
        return Ok(1_i64.strict_add(extremes::max_or(
            dynamic_items::iter(v)?
                .map(|x| depth(&x))
                .collect::<Result<Vec<i64>, Error>>()?,
            0,
        )));
    }
    Ok(0)
}

pub fn find(data: &Value, path: &str) -> Result<Value, Error> {
    let mut current = data.clone();
    for part in text::split_by(path, ".") {
        if matches!(current, Value::List(_)) {
            current = dynamic::at(&current, int::parse(&part)?)?;
        } else if matches!(current, Value::Dict(_)) {
            current = dynamic_methods::get_key(&current, &part, Value::None)?;
        } else {
            return Ok(Value::None);
        }
    }
    Ok(current)
}

pub fn merged(a: &Value, b: &Value) -> Result<Value, Error> {
    let _depth = decline::enter();
    let out = dynamic_items::dict_of(a)?;
    for (key, value) in dynamic_methods::items(b)? {
        if dynamic::contains_text(&out, value::exact_str(&key))?
            && matches!(
                dynamic_items::at_key(&out, value::exact_str(&key))?,
                Value::Dict(_)
            )
            && matches!(value, Value::Dict(_))
        {
            let value_2 = merged(
                &dynamic_items::at_key(&out, value::exact_str(&key))?,
                &value,
            )?;
            dynamic_items::store(
                &out,
                Value::Str(value::exact_str(&key).to_string()),
                value_2,
            )?;
        } else {
            dynamic_items::store(&out, Value::Str(value::exact_str(&key).to_string()), value)?;
        }
    }
    Ok(out)
}

pub fn names(records: &[Dict<String, Value>]) -> Result<Vec<String>, Error> {
    records
        .iter()
        .filter(|&record| value::is_true(&record.get("active").cloned().unwrap_or(Value::None)))
        .map(|record| -> Result<String, Error> {
            Ok(text::lower(text::strip(dynamic_methods::text(
                dict::get_item(record, "name")?,
                "strip",
            )?)))
        })
        .collect::<Result<Vec<String>, Error>>()
}

pub fn summary(scores: &[i64]) -> Result<Dict<String, Value>, Error> {
    let ordered = {
        let mut sorted: Vec<i64> = scores.to_vec();
        sorted.sort_unstable();
        sorted
    };
    Ok(dict::from_pairs([
        ("n".to_string(), Value::Int(ordered.len() as i64)),
        ("sorted".to_string(), Value::list(ordered.clone())),
        (
            "best".to_string(),
            if !scores.is_empty() {
                Value::Int(extremes::max(scores.iter().cloned())?)
            } else {
                Value::None
            },
        ),
    ]))
}

pub fn report(n: i64) -> Dict<String, Value> {
    let mut rows: Vec<Dict<String, Value>> = Vec::new();
    for i in 0..n {
        let row = dict::from_pairs([
            ("id".to_string(), Value::Int(i)),
            (
                "tags".to_string(),
                Value::list(["a".to_string(), i.to_string()]),
            ),
            (
                "at".to_string(),
                Value::Tuple(vec![Value::Int(i), Value::Str("x".to_string())]),
            ),
        ]);
        rows.push(row);
    }
    dict::from_pairs([
        ("rows".to_string(), Value::list(rows)),
        ("total".to_string(), Value::Int(n)),
        ("empty".to_string(), Value::list::<Value>([])),
        ("none".to_string(), Value::None),
        ("seen".to_string(), Value::set(0..n)),
    ])
}

pub fn shown(v: &Value) -> Result<String, Error> {
    Ok(format!(
        "{} {} {} {}",
        repr::repr(v),
        value::to_text(v),
        value::len(v)?,
        repr::of_bool(value::is_true(v))
    ))
}

pub fn compared(a: &Value, b: &Value) -> Result<Vec<bool>, Error> {
    Ok(vec![
        a == b,
        a != b,
        dynamic_order::lt(a, b)?,
        a == b,
        value::is(a, b),
    ])
}

pub fn loaded(text: &str) -> Result<Value, Error> {
    let data = json_value::loads(text);
    if matches!(data, Value::Dict(_)) {
        let value = Value::Bool(true);
        dynamic_items::store(&data, Value::Str("seen".to_string()), value)?;
    }
    Ok(data)
}

pub fn dumped(v: &Value) -> Result<String, Error> {
    Ok(format!(
        "{}{}",
        json_value::dumps(v, (", ", ": "), None, false, true)?,
        json_value::dumps(v, (",", ": "), Some(2), true, true)?
    ))
}

pub fn total(v: &Value) -> Result<f64, Error> {
    let _depth = decline::enter();
    if matches!(v, Value::Bool(_)) || matches!(v, Value::None) || matches!(v, Value::Str(_)) {
        return Ok(0.0);
    }
    if matches!(v, Value::Int(_) | Value::Bool(_) | Value::Float(_)) {
        return dynamic_numbers::to_float(v);
    }
    if matches!(v, Value::List(_)) {
        return Ok(float::sum_from(
            0.0,
            dynamic_items::iter(v)?
                .map(|x| total(&x))
                .collect::<Result<Vec<f64>, Error>>()?,
        ));
    }
    Ok(float::sum_from(
        0.0,
        dynamic_methods::values(v)?
            .map(|x| total(&x))
            .collect::<Result<Vec<f64>, Error>>()?,
    ))
}

pub fn counted(v: &Value) -> Result<Dict<String, i64>, Error> {
    let mut counts: Dict<String, i64> = dict::Dict::default();
    for x in dynamic_items::iter(v)? {
        let kind = if matches!(x, Value::List(_)) {
            "list"
        } else {
            if matches!(x, Value::Dict(_)) {
                "dict"
            } else {
                "other"
            }
        };
        let value = counts.get(kind).copied().unwrap_or(0).strict_add(1);
        counts.insert(kind.to_string(), value);
    }
    Ok(counts)
}

pub fn sliced(v: &Value) -> Result<Vec<Value>, Error> {
    Ok(vec![
        dynamic_items::slice(v, Some(1), None, 1)?,
        dynamic_items::slice(v, None, Some(-1), 1)?,
        dynamic_items::slice(v, None, None, -1)?,
        dynamic_items::slice(v, Some(5), Some(2), 1)?,
    ])
}

pub fn joined(a: &Value, b: &Value) -> Result<Value, Error> {
    Ok(Value::list([
        dynamic::add(a, b)?,
        dynamic::mul(a, &Value::Int(2))?,
        Value::list({
            let mut items = dynamic_items::iter(a)?.collect::<Vec<Value>>();
            items.extend(dynamic_items::iter(b)?);
            items
        }),
    ]))
}
