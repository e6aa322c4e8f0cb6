//! Results that may be one of the arguments: the very object for Python callers, a borrow in Rust.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::out;
use crate::runtime::seq;
use std::borrow::Cow;

pub fn smaller<'a>(a: &'a [String], b: &'a [String]) -> &'a [String] {
    if a.len() <= b.len() { a } else { b }
}

pub fn letters(a: &[String], b: &[String]) -> i64 {
    let best = smaller(a, b);
    let mut total: i64 = 0;
    for word in best {
        total = total.strict_add(word.chars().count() as i64);
    }
    total.strict_add(
        smaller(best, &["a".to_string(), "b".to_string()])
            .to_vec()
            .len() as i64,
    )
}

pub fn longest_of_three(a: &[String], b: &[String], c: &[String]) -> Vec<String> {
    let best = smaller(a, b);
    if best.len() > c.len() {
        return smaller(best, c).to_vec();
    }
    vec!["x".to_string()]
}

pub fn merged(left: &mut Vec<i64>, right: &mut Vec<i64>) -> Result<Vec<i64>, Error> {
    let mut result: Vec<i64> = Vec::new();
    while !left.is_empty() && !right.is_empty() {
        result.push(if *seq::at(left, 0)? <= *seq::at(right, 0)? {
            seq::pop_at(left, 0)?
        } else {
            seq::pop_at(right, 0)?
        });
    }
    Ok(seq::concat(&seq::concat(&result, left), right))
}

pub fn merge_sort(xs: &[i64]) -> Result<Cow<'_, [i64]>, Error> {
    let _depth = decline::enter();
    if xs.len() <= 1 {
        return Ok(Cow::Borrowed(xs));
    }
    let middle = xs.len() as i64 / 2;
    Ok(Cow::Owned(merged(
        &mut merge_sort(seq::slice(xs, ..middle))?.into_owned(),
        &mut merge_sort(seq::slice(xs, middle..))?.into_owned(),
    )?))
}

pub fn sorted_by_it(xs: &[i64]) -> Result<Cow<'_, [i64]>, Error> {
    merge_sort(xs)
}

pub fn changed_after(xs: &[i64]) -> Result<Vec<i64>, Error> {
    let mut ys = merge_sort(&xs.to_vec())?.into_owned();
    ys.push(1);
    Ok(ys)
}

pub fn stepped(xs: &[i64], n: i64) -> Result<&[i64], Error> {
    let _depth = decline::enter();
    if n < 0 {
        return Err(Error::ValueError("negative".to_string()));
    }
    if n == 0 {
        return Ok(xs);
    }
    stepped(xs, n.strict_sub(1))
}

pub fn cut(grid: &[Vec<i64>], k: i64) -> Cow<'_, [Vec<i64>]> {
    if k == 0 {
        return Cow::Borrowed(grid);
    }
    Cow::Owned(
        grid.iter()
            .map(|row| seq::slice(row, ..k).to_vec())
            .collect::<Vec<Vec<i64>>>(),
    )
}

pub fn in_a_list(xs: &[i64]) -> Vec<Vec<i64>> {
    vec![xs.to_vec()]
}

pub fn tried(xs: &[i64]) -> Vec<i64> {
    let result = xs.to_vec();
    out::write("done\n");
    result
}

pub fn bubble(xs: &mut [i64]) -> Result<(), Error> {
    let _depth = decline::enter();
    let mut swapped = false;
    for i in 0..xs.len() as i64 - 1 {
        if xs[i as usize] > xs[(i + 1) as usize] {
            seq::swap(xs, i, i + 1)?;
            swapped = true;
        }
    }
    if !swapped {
        Ok(())
    } else {
        bubble(xs)?;
        Ok(())
    }
}

pub fn grown(xs: &mut Vec<i64>, n: i64) -> Result<(), Error> {
    if n > 3 {
        bubble(xs)?;
        return Ok(());
    }
    xs.push(n);
    bubble(xs)?;
    Ok(())
}

#[derive(Debug, Clone)]
pub struct Tally {
    pub counts: Vec<i64>,
}

impl Tally {
    pub fn new() -> Tally {
        Tally { counts: Vec::new() }
    }

    pub fn add(&mut self, n: i64) {
        self.counts.push(n);
    }

    pub fn either<'a>(&self, xs: &'a [i64], ys: &'a [i64]) -> &'a [i64] {
        if self.counts.len() > 1 { ys } else { xs }
    }
}

impl Default for Tally {
    fn default() -> Tally {
        Tally::new()
    }
}

pub fn tallied(n: i64) -> i64 {
    let mut tally = Tally::new();
    for i in 0..n {
        tally.add(i);
    }
    tally.either(&[1_i64], &[1_i64, 2]).to_vec().len() as i64
}
