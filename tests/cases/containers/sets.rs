//! Sets, whose order nobody may see.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::extremes;
use crate::runtime::int;
use crate::runtime::set;
use crate::runtime::set::Set;

pub fn algebra(a: &Set<i64>, b: &Set<i64>) -> Vec<Set<i64>> {
    vec![
        set::union(a, b),
        set::intersection(a, b),
        set::difference(a, b),
        set::symmetric_difference(a, b),
    ]
}

pub fn relations(a: &Set<i64>, b: &Set<i64>) -> Vec<bool> {
    vec![
        *a == *b,
        *a != *b,
        a.is_disjoint(b),
        a.is_subset(b),
        a.is_superset(b),
    ]
}

pub fn unique(xs: &[i64]) -> Vec<i64> {
    let mut sorted: Vec<i64> = set::from_items(xs.iter().cloned())
        .iter()
        .copied()
        .collect();
    sorted.sort_unstable();
    sorted
}

pub fn first_repeated(xs: &[i64]) -> Option<i64> {
    let mut seen: Set<i64> = set::Set::default();
    for &x in xs {
        if seen.contains(&x) {
            return Some(x);
        }
        seen.insert(x);
    }
    None
}

pub fn changed(a: &mut Set<String>) {
    a.insert("x".to_string());
    a.remove("y");
    set::union_update(a, &set::from_items(["r".to_string()]));
}

pub fn removed(a: &mut Set<String>, s: &str) -> Result<i64, Error> {
    set::remove(a, s)?;
    Ok(a.len() as i64)
}

pub fn frozen(xs: &[String]) -> Set<String> {
    set::union(
        &set::from_items(xs.iter().cloned()),
        &set::from_items(
            set::from_items(["a".to_string()])
                .iter()
                .map(|item| item.to_string()),
        ),
    )
}

pub fn letters(s: &str) -> i64 {
    set::from_items(s.chars().filter(|&c| chars::is_alpha(c)).map(chars::lower)).len() as i64
}

pub fn extremes(a: &Set<i64>) -> Result<(i64, i64, i64), Error> {
    Ok((
        extremes::min(a.iter().copied())?,
        extremes::max(a.iter().copied())?,
        int::sum(a.iter().copied()),
    ))
}

pub fn any_big(a: &Set<i64>) -> bool {
    a.iter().any(|&x| x > 10) && a.iter().all(|&x| x > 0)
}
