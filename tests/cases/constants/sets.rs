//! Constant sets, and lists of dicts, beside those that are made.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::random;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::text;
use std::sync::LazyLock;

pub static COLORS: &[&str] = &["white", "red"];

pub static GROUPS: LazyLock<Vec<set::Set<i64>>> =
    LazyLock::new(|| vec![set::from_items([1, 2]), set::from_items([3])]);

pub static LETTERS: LazyLock<set::Set<&str>> = LazyLock::new(|| {
    set::from_items([
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
        "s", "t", "u", "v", "w", "x", "y", "z",
    ])
});

pub static SCORES: LazyLock<Vec<dict::Dict<&str, i64>>> = LazyLock::new(|| {
    vec![
        dict::from_pairs([("a", 1)]),
        dict::from_pairs([("b", 2), ("c", 3)]),
    ]
});

pub static TABLE: LazyLock<dict::Dict<&str, Vec<dict::Dict<&str, i64>>>> =
    LazyLock::new(|| dict::from_pairs([("x", vec![dict::from_pairs([("k", 1)])]), ("y", vec![])]));

pub static VOWELS: LazyLock<set::Set<&str>> =
    LazyLock::new(|| set::from_items(["a", "e", "i", "o", "u"]));

pub fn only_vowels(s: &str) -> bool {
    let items = set::from_items(s.chars().map(|item| item.to_string()));
    items.iter().all(|item| VOWELS.contains(item.as_str()))
}

pub fn has_all(s: &str) -> bool {
    let items = set::from_items(s.chars().map(|item| item.to_string()));
    VOWELS.iter().all(|item| items.contains(*item))
}

pub fn is_pangram(s: &str) -> bool {
    let items = set::from_items(text::lower(s).chars().map(|item| item.to_string()));
    LETTERS.iter().all(|item| items.contains(*item))
}

pub fn between(s: &str) -> bool {
    let middle = set::from_items(s.chars().map(|item| item.to_string()));
    VOWELS.len() < middle.len()
        && VOWELS.iter().all(|item| middle.contains(*item))
        && middle.iter().all(|item| LETTERS.contains(item.as_str()))
}

pub fn orders(a: &Set<String>, b: &Set<String>) -> (bool, bool, bool, bool) {
    (
        a.len() < b.len() && a.is_subset(b),
        a.len() > b.len() && a.is_superset(b),
        a.is_subset(b),
        a.is_superset(b),
    )
}

pub fn others(s: &str) -> (bool, bool, bool) {
    (
        {
            let items = set::from_items(s.chars().map(|item| item.to_string()));
            items.iter().all(|item| VOWELS.contains(item.as_str()))
        },
        {
            let items_2 = set::from_items(s.chars().map(|item| item.to_string()));
            !VOWELS.iter().any(|item| items_2.contains(*item))
        },
        {
            let items_3 = set::from_items(s.chars().map(|item| item.to_string()));
            items_3.iter().all(|item| LETTERS.contains(item.as_str()))
        },
    )
}

pub fn mixed(s: &str) -> Vec<String> {
    seq::concat(
        &seq::concat(
            &{
                let mut sorted: Vec<String> = set::intersection(
                    &VOWELS.iter().map(|item| item.to_string()).collect(),
                    &set::from_items(s.chars().map(|item| item.to_string())),
                )
                .iter()
                .map(|item| item.to_string())
                .collect();
                sorted.sort();
                sorted
            },
            &{
                let mut sorted_2: Vec<String> = set::difference(
                    &set::from_items(s.chars().map(|item| item.to_string())),
                    &VOWELS.iter().map(|item| item.to_string()).collect(),
                )
                .iter()
                .map(|item| item.to_string())
                .collect();
                sorted_2.sort();
                sorted_2
            },
        ),
        &{
            let mut sorted_3: Vec<String> = set::union(
                &VOWELS.iter().map(|item| item.to_string()).collect(),
                &set::from_items(s.chars().map(|item| item.to_string())),
            )
            .iter()
            .map(|item| item.to_string())
            .collect();
            sorted_3.sort();
            sorted_3
        },
    )
}

pub fn common(xs: &[i64], d: &Dict<i64, String>) -> Vec<i64> {
    seq::concat(
        &{
            let mut sorted: Vec<i64> = set::intersection(
                &set::from_items(xs.iter().cloned()),
                &set::from_items(d.keys().copied()),
            )
            .iter()
            .copied()
            .collect();
            sorted.sort_unstable();
            sorted
        },
        &{
            let mut sorted_2: Vec<i64> = set::difference(
                &set::from_items(xs.iter().cloned()),
                &set::from_items(xs.iter().map(|&x| x.strict_mul(2))),
            )
            .iter()
            .copied()
            .collect();
            sorted_2.sort_unstable();
            sorted_2
        },
    )
}

pub fn total() -> i64 {
    let mut total: i64 = 0;
    for d in SCORES.iter() {
        for &v in d.values() {
            total = total.strict_add(v);
        }
    }
    total
}

pub fn in_group(n: i64) -> i64 {
    for (i, g) in GROUPS.iter().enumerate() {
        let i = i as i64;
        if g.contains(&n) {
            return i;
        }
    }
    -1
}

pub fn score(i: i64, k: &str) -> Result<i64, Error> {
    Ok(seq::at(&SCORES, i)?
        .get(k)
        .copied()
        .unwrap_or(0)
        .strict_add(SCORES.len() as i64))
}

pub fn table(k: &str) -> Result<i64, Error> {
    int::try_sum(
        dict::get_item(&TABLE, k)?
            .iter()
            .map(|d| -> Result<i64, Error> { Ok(*dict::get_item(d, "k")?) }),
    )
}

pub fn drawn(seed: i64) -> Result<String, Error> {
    Ok(random::Random::new(seed).choice(COLORS)?.to_string())
}
