//! Tuples, Optional and small unions.

use crate::runtime::decline;
use crate::runtime::dict::Dict;
use crate::runtime::seq;
use crate::runtime::text;
use crate::unions::IntOrStr;

pub fn parts(p: &(i64, String)) -> String {
    let (n, s) = p.clone();
    format!("{}{}{}", text::repeat(&s, n), p.1, p.0)
}

pub fn swapped(a: i64, b: &str) -> (String, i64) {
    (b.to_string(), a)
}

pub fn order(a: &(i64, String), b: &(i64, String)) -> Vec<bool> {
    vec![*a < *b, *a == *b, *a >= *b]
}

pub fn nested(t: &(i64, (String, f64))) -> f64 {
    let (part, part_2) = t.clone();
    let n = part;
    let (part_3, part_4) = part_2;
    let s = part_3;
    let x = part_4;
    n.strict_add(s.chars().count() as i64) as f64 + x
}

pub fn joined(a: &[i64], b: &[i64]) -> Vec<i64> {
    seq::concat(&seq::concat(a, b), &[a.len() as i64])
}

pub fn half(n: i64) -> Option<i64> {
    if n.rem_euclid(2) != 0 {
        return None;
    }
    Some(n.div_euclid(2))
}

pub fn default(s: Option<&str>, n: Option<i64>) -> String {
    let mut s = s.map(str::to_string);
    if s.is_none() {
        s = Some("nothing".to_string());
    }
    if n.is_some() && n.unwrap() > 3 {
        return format!("{}{}", s.as_deref().unwrap(), n.unwrap());
    }
    let value = s;
    if value.as_ref().is_some_and(|value| !value.is_empty()) {
        value.unwrap()
    } else {
        "empty".to_string()
    }
}

pub fn chain(d: &Dict<String, String>, key: &str) -> i64 {
    let value = d.get(key).map(String::as_str);
    if value.is_some_and(|value| !value.is_empty()) {
        return value.unwrap().chars().count() as i64;
    }
    if value.is_none() { -1 } else { 0 }
}

pub fn union(x: &IntOrStr) -> String {
    if let IntOrStr::Int(x) = *x {
        return x.strict_add(1).to_string();
    }
    let IntOrStr::Str(x) = x else {
        decline::decline("not a `Str`")
    };
    text::upper(x)
}

pub fn either(flag: bool) -> IntOrStr {
    if flag {
        IntOrStr::Int(1)
    } else {
        IntOrStr::Str("one".to_string())
    }
}
