//! Functions over items of any type, with type variables.

use crate::error::Error;
use crate::runtime::collections;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic_items;
use crate::runtime::dynamic_order;
use crate::runtime::extremes;
use crate::runtime::generator::Generator;
use crate::runtime::int;
use crate::runtime::itertools;
use crate::runtime::seq;
use crate::runtime::sequence;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::value::Value;
use std::rc::Rc;

pub fn group_by(
    items: &[Value],
    key: &dyn Fn(&Value) -> Result<Value, Error>,
) -> Result<Dict<Value, Vec<Value>>, Error> {
    let mut groups: Dict<Value, Vec<Value>> = dict::Dict::default();
    for item in items {
        groups.entry(key(item)?).or_default().push(item.clone());
    }
    Ok(groups)
}

pub fn partition(
    pred: &dyn Fn(&Value) -> Result<bool, Error>,
    items: &[Value],
) -> Result<(Vec<Value>, Vec<Value>), Error> {
    let mut yes: Vec<Value> = Vec::new();
    let mut no: Vec<Value> = Vec::new();
    for item in items {
        if pred(item)? {
            yes.push(item.clone());
        } else {
            no.push(item.clone());
        }
    }
    Ok((yes, no))
}

pub fn unique<'a>(
    items: &'a [Value],
    key: Option<&'a dyn Fn(&Value) -> Result<Value, Error>>,
) -> Generator<'a, Value, Result<(), Error>> {
    Generator::new(async move |yields| {
        let mut seen: Set<Value> = set::Set::default();
        for item in items {
            let k = if let Some(key) = key {
                key(item)?
            } else {
                item.clone()
            };
            if !seen.contains(dynamic_items::sought(&k)?) {
                seen.insert(k);
                yields.give(item.clone()).await;
            }
        }
        Ok(())
    })
}

pub fn accumulate<'a>(
    items: &'a [Value],
    combine: &'a dyn Fn(&Value, &Value) -> Result<Value, Error>,
) -> Generator<'a, Value, Result<(), Error>> {
    Generator::new(async move |yields| {
        let mut it = items.iter().cloned();
        let mut total = match it.next().ok_or_else(|| Error::StopIteration(String::new())) {
            Ok(value) => value,
            Err(error) if error.is_stop_iteration() => return Ok(()),
            Err(error) => return Err(error),
        };
        yields.give(total.clone()).await;
        for x in it.by_ref() {
            total = combine(&total, &x)?;
            yields.give(total.clone()).await;
        }
        Ok(())
    })
}

pub fn pairwise(items: &[Value]) -> Generator<'_, (Value, Value)> {
    Generator::new(async move |yields| {
        let mut it = items.iter().cloned();
        let mut last = it.next().unwrap_or(Value::None);
        if matches!(last, Value::None) {
            return;
        }
        for item in it.by_ref() {
            yields.give((last, item.clone())).await;
            last = item;
        }
    })
}

pub fn nth(items: &[Value], n: i64, default: &Value) -> Result<Value, Error> {
    Ok(
        itertools::islice(items.iter().cloned(), Some(n), None, None)?
            .next()
            .unwrap_or_else(|| default.clone()),
    )
}

pub fn best(items: &[Value], key: &dyn Fn(&Value) -> Result<i64, Error>) -> Result<Value, Error> {
    extremes::max_by_key_try(items.iter().cloned(), |x| key(x))
}

pub fn in_order(
    items: &[Value],
    key: Option<&dyn Fn(&Value) -> Result<i64, Error>>,
) -> Result<Vec<Value>, Error> {
    Ok(if let Some(key) = key {
        let mut sorted: Vec<Value> = items.to_vec();
        seq::sort_by_key_try(&mut sorted, |x| key(x))?;
        sorted
    } else {
        let mut sorted: Vec<Value> = items.to_vec();
        dynamic_order::sort(&mut sorted);
        sorted
    })
}

pub fn longest(
    words: &[String],
    mut key: Option<Rc<dyn Fn(&str) -> Result<i64, Error>>>,
) -> Result<String, Error> {
    if key.is_none() {
        key = Some(Rc::new(|x: &str| Ok(x.chars().count() as i64))
            as Rc<dyn Fn(&str) -> Result<i64, Error>>);
    }
    extremes::max_by_key_try(words.iter().cloned(), |x| key.as_deref().unwrap()(x))
}

pub fn difference(a: &[Value], b: &[Value]) -> Result<Vec<Value>, Error> {
    let drop = set::from_items(b.iter().cloned());
    Ok({
        let mut items = Vec::new();
        for x in a {
            if !drop.contains(dynamic_items::sought(x)?) {
                items.push(x.clone());
            }
        }
        items
    })
}

pub fn windows(items: &[Value], n: i64) -> Vec<Vec<Value>> {
    (0..(items.len() as i64).strict_sub(n).strict_add(1))
        .map(|i| {
            seq::slice(items, i..i.strict_add(n))
                .iter()
                .cloned()
                .collect::<Vec<Value>>()
        })
        .collect::<Vec<Vec<Value>>>()
}

pub fn rotated(items: &[Value], mut k: i64) -> Result<Vec<Value>, Error> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    k = int::floor_mod(k, items.len() as i64)?;
    Ok(seq::concat(
        &seq::slice(items, k..)
            .iter()
            .cloned()
            .collect::<Vec<Value>>(),
        &seq::slice(items, ..k)
            .iter()
            .cloned()
            .collect::<Vec<Value>>(),
    ))
}

pub fn is_sorted(items: &[i64]) -> bool {
    items
        .iter()
        .zip(seq::slice(items, 1..))
        .all(|(&a, &b)| a <= b)
}

pub fn sixth(items: &[i64]) -> i64 {
    *sequence::at(items, 5)
}

pub fn sixth_or(items: &[i64], default: i64) -> Result<i64, Error> {
    match seq::at(items, 5) {
        Ok(value) => Ok(*value),
        Err(error) if error.is_index_error() => Ok(default),
        Err(error) => Err(error),
    }
}

pub fn scaled(
    items: &[i64],
    scale: Option<&dyn Fn(i64) -> Result<i64, Error>>,
) -> Result<Vec<i64>, Error> {
    items
        .iter()
        .map(|&x| -> Result<i64, Error> {
            Ok(if let Some(scale) = scale {
                scale(x)?
            } else {
                x
            })
        })
        .collect::<Result<Vec<i64>, Error>>()
}

pub fn summed(items: Option<&[i64]>, more: Option<i64>) -> i64 {
    if let Some(items) = items {
        int::sum(items.iter().copied()).strict_add(more.unwrap_or(1))
    } else {
        0
    }
}

pub fn first_true(
    items: &[Value],
    pred: &dyn Fn(&Value) -> Result<bool, Error>,
    default: &Value,
) -> Result<Value, Error> {
    Ok(('search: {
        for x in items {
            if pred(x)? {
                break 'search Some(x.clone());
            }
        }
        None
    })
    .unwrap_or_else(|| default.clone()))
}

pub fn index_of(texts: &[String], wanted: i64) -> Result<i64, Error> {
    ('search: {
        for (i, text) in texts.iter().enumerate() {
            let i = i as i64;
            if int::parse(text)? == wanted {
                break 'search Some(i);
            }
        }
        None
    })
    .ok_or_else(|| Error::StopIteration(String::new()))
}

pub fn place_at_once(rows: &[Vec<String>], wanted: i64) -> Result<Option<(i64, i64)>, Error> {
    Ok('search: {
        for (i, row) in rows.iter().enumerate() {
            let i = i as i64;
            for (j, text) in row.iter().enumerate() {
                let j = j as i64;
                if int::parse(text)? == wanted {
                    break 'search Some((i, j));
                }
            }
        }
        None
    })
}

pub fn first_above(texts: &[String]) -> Result<String, Error> {
    match (|| -> Result<String, Error> {
        ('search: {
            for text in texts {
                if int::parse(text)? > 3 {
                    break 'search Some(text.to_string());
                }
            }
            None
        })
        .ok_or_else(|| Error::StopIteration(String::new()))
    })() {
        Ok(value) => Ok(value),
        Err(caught) if caught.is_stop_iteration() => Ok("nothing".to_string()),
        Err(caught) if caught.is_value_error() => Ok(caught.message().to_string()),
        Err(caught) => Err(caught),
    }
}

pub fn grouped(
    items: &[Value],
    key: &dyn Fn(&Value) -> Result<Value, Error>,
) -> Result<Dict<Value, Vec<Value>>, Error> {
    let mut groups: Dict<Value, Vec<Value>> = dict::Dict::default();
    for item in items {
        collections::get_or_default(&mut groups, key(item)?).push(item.clone());
    }
    Ok(groups)
}

pub fn by_length(words: &[String]) -> Dict<i64, Vec<String>> {
    let mut groups: Dict<i64, Vec<String>> = dict::Dict::default();
    for word in words {
        collections::get_or_default(&mut groups, word.chars().count() as i64)
            .push(word.to_string());
    }
    groups
}

pub fn looked_at(words: &[String]) -> i64 {
    let mut counts: Dict<String, i64> = dict::Dict::default();
    for word in words {
        let count = collections::get_or_default(&mut counts, word.to_string());
        *count = (*count).strict_add(1);
    }
    let found = (*collections::get_or_default(&mut counts, "zz".to_string()))
        .strict_add(counts.get("yy").copied().unwrap_or(0));
    (counts.len() as i64).strict_add(found)
}
