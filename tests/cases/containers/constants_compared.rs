//! Tables with tables inside, and constant sets and dicts beside those of variables.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::set;
use crate::runtime::set::Set;
use std::sync::LazyLock;

pub static NAMES: LazyLock<dict::Dict<&str, &str>> =
    LazyLock::new(|| dict::from_pairs([("a", "b")]));

pub static PEERS: LazyLock<dict::Dict<&str, set::Set<&str>>> = LazyLock::new(|| {
    dict::from_pairs([
        ("x", set::from_items(["x1", "x2"])),
        ("y", set::from_items(["y1", "y2"])),
        ("z", set::from_items(["z1", "z2"])),
    ])
});

pub static UNITS: LazyLock<dict::Dict<&str, &[&[&str]]>> = LazyLock::new(|| {
    dict::from_pairs([
        (
            "x",
            [&["x", "b"] as &[&str], &["c", "x", "x"] as &[&str]].as_slice(),
        ),
        (
            "y",
            [&["y", "b"] as &[&str], &["c", "y", "y"] as &[&str]].as_slice(),
        ),
        (
            "z",
            [&["z", "b"] as &[&str], &["c", "z", "z"] as &[&str]].as_slice(),
        ),
    ])
});

pub fn is_unit(n: &str) -> Result<bool, Error> {
    Ok(*dict::get_item(&UNITS, n)?
        == vec![
            vec!["x".to_string(), "b".to_string()],
            vec!["c".to_string(), "x".to_string(), "x".to_string()],
        ])
}

pub fn longest(n: &str) -> Result<i64, Error> {
    extremes::max(
        dict::get_item(&UNITS, n)?
            .iter()
            .map(|unit| unit.len() as i64),
    )
}

pub fn are_peers(n: &str, one: &str) -> Result<bool, Error> {
    Ok(dict::get_item(&PEERS, n)?
        .iter()
        .map(|item| item.to_string())
        .collect::<Set<String>>()
        == set::from_items([one.to_string(), "x2".to_string()]))
}

pub fn renamed(key: &str) -> bool {
    NAMES
        .iter()
        .map(|(key, item)| (key.to_string(), item.to_string()))
        .collect::<Dict<String, String>>()
        != dict::from_pairs([(key.to_string(), "b".to_string())])
}
