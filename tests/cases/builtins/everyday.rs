//! Sums of flags, lists made to be reversed, and annotations that say nothing of what a container holds.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::set::Set;
use crate::runtime::text;
use crate::runtime::value::Value;

pub fn votes(flags: &[bool]) -> i64 {
    int::sum(flags.iter().map(|&x| i64::from(x)))
}

pub fn votes_and(flags: &[bool], more: i64) -> i64 {
    more.strict_add(int::sum(flags.iter().map(|&x| i64::from(x))))
        .strict_add(i64::from(true))
}

pub fn voted(table: &Dict<String, bool>, kept: &Set<bool>) -> i64 {
    int::sum(table.values().map(|&x| i64::from(x)))
        .strict_mul(10)
        .strict_add(int::sum(kept.iter().map(|&x_2| i64::from(x_2))))
}

pub fn backwards(text: &str) -> String {
    text::join(
        " ",
        text::words(text)
            .map(|item| item.to_string())
            .collect::<Vec<_>>()
            .into_iter()
            .rev(),
    )
}

pub fn lines_backwards(text: &str) -> Vec<String> {
    text::split_by(text, ";")
        .into_iter()
        .rev()
        .filter(|line| !line.is_empty())
        .map(|line| text::strip(&line).to_string())
        .collect::<Vec<String>>()
}

pub fn merge(left: &mut Vec<i64>, right: &mut Vec<i64>) -> Result<Vec<i64>, Error> {
    let mut merged: Vec<i64> = Vec::new();
    while !left.is_empty() && !right.is_empty() {
        if *seq::at(left, 0)? <= *seq::at(right, 0)? {
            merged.push(seq::pop_at(left, 0)?);
        } else {
            merged.push(seq::pop_at(right, 0)?);
        }
    }
    Ok(seq::concat(&seq::concat(&merged, left), right))
}

/// ```text
/// >>> merge_sort([3, 1, 2])
/// [1, 2, 3]
/// ```
pub fn merge_sort(items: &[i64]) -> Result<Vec<i64>, Error> {
    let _depth = decline::enter();
    if items.len() < 2 {
        return Ok(seq::slice(items, ..).to_vec());
    }
    let middle = items.len() as i64 / 2;
    merge(
        &mut merge_sort(seq::slice(items, ..middle))?,
        &mut merge_sort(seq::slice(items, middle..))?,
    )
}

pub fn gray(n: i64) -> Result<Vec<String>, Error> {
    let _depth = decline::enter();
    if n == 0 {
        return Ok(vec![String::new()]);
    }
    let smaller = gray(n.strict_sub(1))?;
    Ok(seq::concat(
        &smaller
            .iter()
            .map(|code| format!("0{code}"))
            .collect::<Vec<String>>(),
        &smaller
            .iter()
            .rev()
            .map(|code| format!("1{code}"))
            .collect::<Vec<String>>(),
    ))
}

/// ```text
/// >>> table_of([("a", 1), ("b", 2)])
/// {'a': [1], 'b': [2]}
/// ```
pub fn table_of(pairs: &[(String, i64)], counts: &Dict<Value, i64>) -> Dict<Value, Vec<Value>> {
    let mut table: Dict<Value, Vec<Value>> = dict::Dict::default();
    for (key, value) in pairs {
        let value = *value;
        table
            .entry(Value::Str(key.to_string()))
            .or_default()
            .push(Value::Int(
                value.strict_add(
                    counts
                        .get(&Value::Str(key.to_string()))
                        .copied()
                        .unwrap_or(0),
                ),
            ));
    }
    table
}
