//! Dicts: order, missing keys, views, changes.

use crate::error::Error;
use crate::runtime::collections;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;

pub fn counts(s: &str) -> Dict<String, i64> {
    let mut result: Dict<String, i64> = dict::Dict::default();
    for c in s.chars() {
        let value = result
            .get(c.encode_utf8(&mut [0; 4]))
            .copied()
            .unwrap_or(0)
            .strict_add(1);
        result.insert(c.to_string(), value);
    }
    result
}

pub fn counted(words: &[String]) -> Vec<(String, i64)> {
    collections::most_common(&collections::counter(words.iter().cloned()), Some(2))
}

pub fn look(d: &Dict<String, i64>, key: &str) -> Result<i64, Error> {
    Ok(*dict::get_item(d, key)?)
}

pub fn changed(d: &mut Dict<String, i64>, key: &str) -> Result<i64, Error> {
    let value = dict::pop_default(d, "x", 5).strict_add(1);
    d.insert(key.to_string(), value);
    let value_2 = d.len() as i64;
    d.insert("new".to_string(), value_2);
    dict::delete(d, key)?;
    dict::pop(d, "y")
}

/// A key that goes and comes back is last; one that is overwritten keeps its place.
pub fn reorder(d: &mut Dict<String, i64>) -> Result<Vec<String>, Error> {
    d.insert("a".to_string(), 1);
    if d.contains_key("b") {
        let value = dict::pop(d, "b")?;
        d.insert("b".to_string(), value);
    }
    Ok(d.keys()
        .map(|item| item.to_string())
        .collect::<Vec<String>>())
}

pub fn views(d: &Dict<String, i64>) -> (Vec<String>, Vec<i64>, Vec<(String, i64)>) {
    (
        d.keys()
            .map(|item| item.to_string())
            .collect::<Vec<String>>(),
        d.values().copied().collect::<Vec<i64>>(),
        {
            let mut sorted: Vec<(String, i64)> =
                d.iter().map(|(a, &b)| (a.to_string(), b)).collect();
            sorted.sort_by_key(|kv| kv.1);
            sorted
        },
    )
}

pub fn inverted(d: &Dict<String, i64>) -> Dict<i64, String> {
    dict::from_pairs(d.iter().map(|(key, &value)| (value, key.to_string())))
}

pub fn bump(d: &mut Dict<String, i64>, key: &str) -> Result<(), Error> {
    let value = (*dict::get_item(d, key)?).strict_add(1);
    d.insert(key.to_string(), value);
    Ok(())
}

pub fn tables(n: i64) -> Dict<(i64, i64), String> {
    {
        let mut items = dict::Dict::default();
        for i in 0..n {
            for j in 0..i {
                items.insert((i, j), format!("{i}{j}"));
            }
        }
        items
    }
}

pub fn best(d: &Dict<String, i64>) -> Result<String, Error> {
    seq::max_by_key_try(d.keys().map(|item| item.to_string()), |k| {
        Ok(*dict::get_item(d, k)?)
    })
}

pub fn total(d: &Dict<String, i64>) -> i64 {
    int::sum(d.values().copied()).strict_add(d.len() as i64)
}

pub fn equal(a: &Dict<String, i64>, b: &Dict<String, i64>) -> bool {
    *a == *b
}
