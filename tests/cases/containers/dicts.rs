//! Dicts: order, missing keys, views, changes.

use crate::error::Error;
use crate::runtime::collections;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::text;

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

pub fn grouped(words: &[String]) -> Dict<i64, Vec<String>> {
    let mut groups: Dict<i64, Vec<String>> = dict::Dict::default();
    for word in words {
        groups
            .entry(word.chars().count() as i64)
            .or_default()
            .push(word.to_string());
    }
    groups
}

pub fn gathered(words: &[String]) -> Dict<String, Vec<String>> {
    let mut groups: Dict<String, Vec<String>> = dict::Dict::default();
    for word in words {
        collections::get_or_default(&mut groups, text::slice(word, ..1).to_string())
            .push(word.to_string());
    }
    groups
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

pub fn merged(a: &Dict<String, i64>, b: &Dict<String, i64>) -> Dict<String, i64> {
    let mut c = {
        let mut merged: Dict<String, i64> = a.clone();
        dict::update(&mut merged, b);
        merged
    };
    dict::update(&mut c, &dict::from_pairs([("z".to_string(), 0_i64)]));
    dict::union(&c, a)
}

pub fn spread(a: &Dict<String, i64>, b: &Dict<String, i64>, n: i64) -> Dict<String, i64> {
    let mut merged: Dict<String, i64> = dict::Dict::default();
    merged.insert("first".to_string(), n);
    dict::update(&mut merged, a);
    merged.insert("middle".to_string(), n.strict_add(1));
    dict::update(&mut merged, b);
    merged.insert("last".to_string(), n.strict_add(2));
    merged
}

pub fn index_by(pairs: &[(i64, String)]) -> Dict<i64, Dict<String, i64>> {
    let mut found: Dict<i64, Dict<String, i64>> = dict::Dict::default();
    for (number, word) in pairs {
        let number = *number;
        dict::update(
            found.entry(number).or_default(),
            &dict::from_pairs([(word.to_string(), number)]),
        );
        let _ = *dict::set_default(
            found.entry(number.rem_euclid(2)).or_default(),
            word.to_string(),
            0,
        );
    }
    found
}

pub fn drop(d: &mut Dict<String, i64>, xs: &mut Vec<i64>) -> Result<i64, Error> {
    dict::delete(d, "a")?;
    seq::delete(xs, 0)?;
    seq::delete(xs, -1)?;
    Ok(d.len() as i64 + xs.len() as i64)
}

pub fn bump(d: &mut Dict<String, i64>, key: &str) -> Result<(), Error> {
    let value = (*dict::get_item(d, key)?).strict_add(1);
    d.insert(key.to_string(), value);
    Ok(())
}

pub fn tables(n: i64) -> Dict<(i64, i64), String> {
    let mut items = dict::Dict::default();
    for i in 0..n {
        for j in 0..i {
            items.insert((i, j), format!("{i}{j}"));
        }
    }
    items
}

pub fn best(d: &Dict<String, i64>) -> Result<String, Error> {
    extremes::max_by_key_try(d.keys().map(|item| item.to_string()), |k| {
        Ok(*dict::get_item(d, k)?)
    })
}

pub fn total(d: &Dict<String, i64>) -> i64 {
    int::sum(d.values().copied()).strict_add(d.len() as i64)
}

pub fn equal(a: &Dict<String, i64>, b: &Dict<String, i64>) -> bool {
    *a == *b
}

pub fn same_items(d: &Dict<i64, Vec<i64>>, k: i64) -> Vec<i64> {
    d.get(&k).map(Vec::as_slice).unwrap_or_default().to_vec()
}
