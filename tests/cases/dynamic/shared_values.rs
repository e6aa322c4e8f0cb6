//! Lists and dicts inside values of any type are one object for all that refer to them, here and for the caller.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic;
use crate::runtime::dynamic_items;
use crate::runtime::dynamic_methods;
use crate::runtime::repr;
use crate::runtime::seq;
use crate::runtime::value;
use crate::runtime::value::Value;

pub fn pushed(v: &Value, x: &Value) -> Result<Value, Error> {
    dynamic_methods::append(v, x.clone())?;
    Ok(v.clone())
}

pub fn twice(v: &Value) -> Result<Vec<Value>, Error> {
    let out = vec![v.clone(), v.clone()];
    dynamic_methods::append(seq::at(&out, 0)?, Value::Int(1))?;
    Ok(out)
}

pub fn bump(data: &mut Dict<String, Value>) -> Result<i64, Error> {
    let mut seen: i64 = 0;
    for key in data
        .keys()
        .map(|item| item.to_string())
        .collect::<Vec<String>>()
    {
        seen = seen.strict_add(1);
        if matches!(dict::get_item(data, &key)?, Value::Int(_) | Value::Bool(_)) {
            let value = dynamic::add_assign(dict::get_item(data, &key)?, &Value::Int(1))?;
            data.insert(key, value);
        }
    }
    dynamic_methods::append(dict::get_item(data, "log")?, Value::Int(seen))?;
    Ok(seen)
}

pub fn swap(xs: &mut [Value]) -> Result<i64, Error> {
    seq::swap(xs, 0, -1)?;
    Ok({
        let mut total: i64 = 0;
        for x in xs.iter() {
            if value::is(x, seq::at(xs, 0)?) {
                total = total.strict_add(1);
            }
        }
        total
    })
}

pub fn grown(xs: &Value) -> Result<i64, Error> {
    let mut n: i64 = 0;
    for x in dynamic_items::iter(xs)? {
        n = n.strict_add(1);
        if n < 5 {
            dynamic_methods::append(xs, x)?;
        }
    }
    Ok(n)
}

pub fn knotted(n: i64) -> Result<Value, Error> {
    let ring = Value::list([n]);
    dynamic_methods::append(&ring, ring.clone())?;
    Ok(ring)
}

pub fn shown_knot(n: i64) -> Result<String, Error> {
    Ok(format!(
        "{}{}",
        repr::repr(&knotted(n)?),
        repr::repr(&dict::from_pairs([("a".to_string(), knotted(n)?)]))
    ))
}

pub fn linked(n: i64) -> Value {
    let mut node = Value::None;
    for i in 0..n {
        node = Value::dict([("value", Value::Int(i)), ("next", node.clone())]);
    }
    node
}

pub fn unlinked(n: i64) -> Result<i64, Error> {
    let mut node = Value::None;
    for i in 0..n {
        node = Value::list([Value::Int(i), node.clone()]);
    }
    value::len(&node)
}

pub fn trie(words: &[String]) -> Result<Value, Error> {
    let root = Value::dict::<Value, Value>([]);
    for word in words {
        let mut node = root.clone();
        for letter in word.chars() {
            if !dynamic::contains_text(&node, letter.encode_utf8(&mut [0; 4]))? {
                let value = Value::dict::<Value, Value>([]);
                dynamic_items::store(&node, Value::Str(letter.to_string()), value)?;
            }
            node = dynamic_items::at_key(&node, letter.encode_utf8(&mut [0; 4]))?;
        }
        let value = Value::Bool(true);
        dynamic_items::store(&node, Value::Str("end".to_string()), value)?;
    }
    Ok(root)
}

pub fn grouped(pairs: &[(String, i64)]) -> Result<Dict<String, Value>, Error> {
    let mut groups: Dict<String, Value> = dict::Dict::default();
    for (name, number) in pairs {
        let number = *number;
        let group = dict::set_default(
            &mut groups,
            name.to_string(),
            Value::dict([
                ("count", Value::Int(0)),
                ("items", Value::list::<Value>([])),
            ]),
        )
        .clone();
        let holder = group.clone();
        let key = Value::Str("count".to_string());
        let value = dynamic_items::item(&holder, &key)?;
        let value = dynamic::add_assign(&value, &Value::Int(1))?;
        dynamic_items::store(&holder, key, value)?;
        dynamic_methods::append(&dynamic_items::at_key(&group, "items")?, Value::Int(number))?;
    }
    Ok(groups)
}

pub fn emptied(d: &mut Dict<String, Value>) -> Result<Vec<Vec<Value>>, Error> {
    let mut taken: Vec<Vec<Value>> = Vec::new();
    while !d.is_empty() {
        let (key, value) = dict::pop_item(d)?;
        taken.push(vec![Value::Str(key), value]);
    }
    Ok(taken)
}

pub fn methods(v: &Value, x: &Value) -> Result<Vec<Value>, Error> {
    let mut found = vec![dynamic_methods::index(v, x)?, dynamic_methods::count(v, x)?];
    dynamic_methods::insert(v, &Value::Int(0), x.clone())?;
    dynamic_methods::remove(v, x)?;
    dynamic_methods::extend(v, &Value::Tuple(vec![x.clone(), Value::list([x.clone()])]))?;
    found.push(value::exact_int(&dynamic_methods::pop_at(
        v,
        &Value::Int(0),
    )?));
    dynamic_methods::reverse(v)?;
    Ok(seq::concat(
        &found.into_iter().map(Value::Int).collect::<Vec<_>>(),
        &[dynamic_methods::copy(v)?, dynamic_methods::pop(v)?],
    ))
}

pub fn before_error(v: &Value) -> Result<(), Error> {
    dynamic_methods::append(v, Value::Int(1))?;
    Err(Error::ValueError(value::to_text(v)))
}

pub fn changed_inside(row: &[i64]) -> Dict<String, Value> {
    let mut mine = row.to_vec();
    mine.push(row.len() as i64);
    dict::from_pairs([
        ("row".to_string(), Value::list(mine.clone())),
        ("size".to_string(), Value::Int(mine.len() as i64)),
    ])
}
