//! Containers of what may be None: elements, conditions that rule None out, and what is made of the rest.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::text;
use crate::unions::IntOrStr;

pub fn first_text(texts: &[Option<String>]) -> String {
    for text in texts {
        if let Some(text) = text {
            return text.to_string();
        }
    }
    String::new()
}

pub fn lengths(texts: &[Option<String>]) -> Vec<i64> {
    texts
        .iter()
        .flatten()
        .map(|text| text.chars().count() as i64)
        .collect::<Vec<i64>>()
}

pub fn numbers(items: &[IntOrStr]) -> Vec<i64> {
    items
        .iter()
        .filter(|&item| matches!(item, IntOrStr::Int(_)))
        .map(|item| match item {
            IntOrStr::Int(inner) => *inner,
            _ => decline::decline("not a int"),
        })
        .collect::<Vec<i64>>()
}

pub fn at(texts: &[Option<String>], index: i64) -> Result<Option<String>, Error> {
    Ok(seq::at(texts, index)?.clone())
}

pub fn length_at(texts: &[Option<String>], index: i64) -> Result<i64, Error> {
    let text = seq::at(texts, index)?.as_deref();
    let Some(text) = text else {
        return Ok(-1);
    };
    Ok(text.chars().count() as i64)
}

pub fn put(texts: &mut Vec<Option<String>>, text: &str) -> Result<(), Error> {
    texts.push(Some(text.to_string()));
    texts.push(None);
    let value = Some(text.to_string());
    seq::store(texts, 0, value)?;
    Ok(())
}

pub fn joined(texts: &[Option<String>]) -> String {
    text::join(",", texts.iter().flatten().filter(|&text| !text.is_empty()))
}

pub fn among(texts: &[Option<String>], text: &str) -> bool {
    texts.iter().any(|entry| entry.as_deref() == Some(text)) && texts.contains(&None)
}

pub fn increased(counts: &[Option<i64>], limit: i64) -> Vec<i64> {
    counts
        .iter()
        .flatten()
        .filter(|&&count| count > limit)
        .map(|&count| count.strict_add(1))
        .collect::<Vec<i64>>()
}

pub fn halves(counts: &[Option<i64>]) -> Dict<i64, i64> {
    dict::from_pairs(
        counts
            .iter()
            .flatten()
            .filter(|&&count| count != 0)
            .map(|&count| (count, count.div_euclid(2))),
    )
}

pub fn divided(counts: &[Option<i64>], by: i64) -> Result<Vec<i64>, Error> {
    counts
        .iter()
        .flatten()
        .filter(|&&count| count != 0)
        .map(|&count| int::floor_div(count, by))
        .collect::<Result<Vec<i64>, Error>>()
}

pub fn total(amounts: &[Option<f64>]) -> f64 {
    float::sum(amounts.iter().flatten().copied())
}

pub fn known(pairs: &[(String, Option<i64>)]) -> Dict<String, i64> {
    dict::from_pairs(
        pairs
            .iter()
            .filter(|&(_, value)| {
                let value = *value;
                value.is_some()
            })
            .map(|(key, value)| {
                let value = *value;
                (key.to_string(), value.unwrap())
            }),
    )
}

pub fn any_upper(texts: &[Option<String>]) -> bool {
    texts
        .iter()
        .flatten()
        .filter(|&text| !text.is_empty())
        .any(|text| text::is_upper(text))
}

pub fn longest(texts: &[Option<String>]) -> i64 {
    let mut best: i64 = 0;
    for text in texts {
        if text.as_ref().is_some_and(|value| !value.is_empty())
            && text.as_deref().unwrap().chars().count() as i64 > best
        {
            best = text.as_deref().unwrap().chars().count() as i64;
        }
    }
    best
}

pub fn sizes(rows: &[Option<Vec<i64>>]) -> i64 {
    int::sum(rows.iter().flatten().map(|row| row.len() as i64))
}

pub fn filled(texts: &[Option<String>]) -> Result<Vec<String>, Error> {
    let mut found: Vec<String> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let index = index as i64;
        if text.is_none() {
            found.push("-".to_string());
        } else if text.as_deref().unwrap() == "a" {
            found.push(text::upper(text.as_deref().unwrap()));
        } else {
            found.push({
                let value = seq::at(texts, index - 1)?;
                if value.as_ref().is_some_and(|value| !value.is_empty()) {
                    value.as_deref().unwrap().to_string()
                } else {
                    text.as_deref().unwrap().to_string()
                }
            });
        }
    }
    Ok(found)
}
