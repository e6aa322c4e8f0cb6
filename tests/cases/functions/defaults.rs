//! Optional parameters that get a new container where None was passed: lent by the caller, or made here.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::text;

pub fn fib(n: i64, memo: Option<&mut Dict<i64, i64>>) -> Result<i64, Error> {
    let _depth = decline::enter();
    let mut made: Dict<i64, i64> = dict::Dict::default();
    let memo = memo.unwrap_or(&mut made);
    if n < 2 {
        return Ok(n);
    }
    if !memo.contains_key(&n) {
        let value = fib(n.strict_sub(1), Some(&mut *memo))?
            .strict_add(fib(n.strict_sub(2), Some(&mut *memo))?);
        memo.insert(n, value);
    }
    Ok(*dict::get_item(memo, &n)?)
}

/// What is made is no empty dict.
pub fn fib_from(n: i64, memo: Option<&mut Dict<i64, i64>>) -> Result<i64, Error> {
    let _depth = decline::enter();
    let mut made;
    let memo = match memo {
        Some(memo) => memo,
        None => {
            made = dict::from_pairs([(0_i64, 0_i64), (1, 1)]);
            &mut made
        }
    };
    if !memo.contains_key(&n) && n > 0 {
        let value = fib_from(n.strict_sub(1), Some(&mut *memo))?
            .strict_add(fib_from(n.strict_sub(2), Some(&mut *memo))?);
        memo.insert(n, value);
    }
    Ok(*dict::get_item(memo, &n)?)
}

pub fn reached(
    graph: &Dict<String, Vec<String>>,
    node: &str,
    seen: Option<&mut Set<String>>,
) -> Result<i64, Error> {
    let _depth = decline::enter();
    let mut made: Set<String> = set::Set::default();
    let seen = seen.unwrap_or(&mut made);
    seen.insert(node.to_string());
    let mut found: i64 = 1;
    for other in graph.get(node).map(Vec::as_slice).unwrap_or_default() {
        if !seen.contains(other) {
            found = found.strict_add(reached(graph, other, Some(&mut *seen))?);
        }
    }
    Ok(found)
}

/// An empty list is replaced, and its owner sees nothing of what is put into the new one.
pub fn grown(n: i64, xs: Option<&mut Vec<i64>>) -> Result<Vec<i64>, Error> {
    let mut made;
    let xs = match xs {
        Some(xs) if !xs.is_empty() => xs,
        _ => {
            made = vec![7_i64];
            &mut made
        }
    };
    xs.push(n);
    if n < 0 {
        return Err(Error::ValueError(format!("{}", xs.len())));
    }
    Ok(xs.to_vec())
}

pub fn kept(n: i64, xs: Option<&mut Vec<i64>>) -> i64 {
    let n = n.strict_add(1);
    let mut made: Vec<i64> = Vec::new();
    let xs = xs.unwrap_or(&mut made);
    xs.push(n);
    xs.len() as i64
}

pub fn lent(n: i64) -> Result<i64, Error> {
    let mut own = vec![1_i64];
    let mut nothing: Vec<i64> = Vec::new();
    let first = kept(n, Some(&mut own))
        .strict_add(kept(n, None))
        .strict_add(kept(n, None))
        .strict_add(kept(n, Some(&mut vec![4_i64, 5])))
        .strict_add(kept(n, Some(&mut nothing)));
    let mut memo = dict::from_pairs([(0_i64, 4_i64)]);
    Ok(first
        .strict_add(own.len() as i64)
        .strict_add(nothing.len() as i64)
        .strict_add(grown(n, Some(&mut Vec::new()))?.len() as i64)
        .strict_add(fib(n, Some(&mut memo))?)
        .strict_add(memo.len() as i64))
}

pub fn lent_again(n: i64, xs: Option<&mut Vec<i64>>) -> i64 {
    let mut made: Vec<i64> = Vec::new();
    let xs = xs.unwrap_or(&mut made);
    let _ = kept(n, Some(&mut *xs));
    let _ = kept(n.strict_add(1), Some(&mut *xs));
    xs.len() as i64
}

pub fn total(xs: Option<&[i64]>) -> i64 {
    let made;
    let xs = match xs {
        Some(xs) => xs,
        None => {
            made = vec![1_i64, 2];
            made.as_slice()
        }
    };
    int::sum(xs.iter().copied())
}

pub fn joined(words: Option<&[String]>, marks: Option<&Dict<String, String>>) -> String {
    let words = words.unwrap_or_default();
    let made_2: Dict<String, String> = dict::Dict::default();
    let marks = marks.unwrap_or(&made_2);
    text::join(
        " ",
        words.iter().map(|word| {
            format!(
                "{word}{}",
                marks.get(word).map(String::as_str).unwrap_or("!")
            )
        }),
    )
}

pub fn later(xs: Option<&mut Vec<i64>>) -> i64 {
    let mut made: Vec<i64> = Vec::new();
    let xs = xs.unwrap_or(&mut made);
    xs.push(1);
    let mut xs = seq::concat(xs, &[2_i64]);
    xs.push(3);
    xs.len() as i64
}

#[derive(Debug, Clone)]
pub struct Walker {
    pub steps: i64,
}

impl Walker {
    pub fn new() -> Walker {
        Walker { steps: 0 }
    }

    pub fn walk(&mut self, n: i64, seen: Option<&mut Set<i64>>) -> Result<i64, Error> {
        let _depth = decline::enter();
        let mut made: Set<i64> = set::Set::default();
        let seen = seen.unwrap_or(&mut made);
        self.steps = self.steps.strict_add(1);
        if seen.contains(&n) || n < 0 {
            return Ok(0);
        }
        seen.insert(n);
        Ok(1_i64
            .strict_add(self.walk(n.strict_sub(2), Some(&mut *seen))?)
            .strict_add(self.walk(n.strict_sub(3), Some(&mut *seen))?))
    }
}

impl Default for Walker {
    fn default() -> Walker {
        Walker::new()
    }
}

pub fn walked(n: i64) -> Result<i64, Error> {
    let mut walker = Walker::new();
    Ok(walker
        .walk(n, None)?
        .strict_mul(100)
        .strict_add(walker.steps))
}
