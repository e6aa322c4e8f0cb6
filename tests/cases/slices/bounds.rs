//! Slices of every shape, read and written.

use crate::error::Error;
use crate::runtime::int;
use crate::runtime::range;
use crate::runtime::seq;
use crate::runtime::text;

pub fn plain(xs: &[i64], i: i64, j: i64) -> Vec<Vec<i64>> {
    vec![
        seq::slice(xs, i..j).to_vec(),
        seq::slice(xs, i..).to_vec(),
        seq::slice(xs, ..j).to_vec(),
        seq::slice(xs, ..).to_vec(),
        seq::slice(xs, i..-1).to_vec(),
        seq::slice(xs, -3..j).to_vec(),
    ]
}

pub fn stepped(xs: &[i64], i: i64, j: i64, k: i64) -> Result<Vec<i64>, Error> {
    seq::slice_step(xs, Some(i), Some(j), k)
}

pub fn steps(xs: &[i64]) -> Vec<Vec<i64>> {
    vec![
        seq::slice_by(xs, None, None, 2),
        seq::slice_by(xs, None, None, -1),
        seq::slice_by(xs, Some(1), None, 3),
        seq::slice_by(xs, Some(-1), None, -2),
        seq::slice_by(xs, None, Some(1), -1),
        seq::slice_by(xs, Some(5), Some(1), -1),
    ]
}

pub fn text(s: &str, i: i64, j: i64) -> Vec<String> {
    vec![
        text::slice(s, i..j).to_string(),
        text::slice(s, i..).to_string(),
        text::slice(s, ..j).to_string(),
        text::reverse(s),
        text::slice_by(s, Some(i), Some(j), 2),
        text::slice_by(s, Some(j), Some(i), -1),
    ]
}

pub fn fixed(s: &str) -> String {
    format!(
        "{}{}{}{}{}",
        text::slice(s, 2..4),
        text::slice(s, ..1),
        text::slice(s, -1..),
        text::slice(s, -4..-2),
        text::slice(s, 3..)
    )
}

pub fn stored(xs: &mut Vec<i64>, i: i64, j: i64, values: &[i64]) {
    let values_2 = values.to_vec();
    seq::set_slice(xs, i..j, values_2);
}

pub fn removed(xs: &mut Vec<i64>, i: i64) -> Result<(), Error> {
    seq::delete(xs, i)?;
    Ok(())
}

pub fn chunks(s: &str, size: i64) -> Result<Vec<String>, Error> {
    Ok(range::range(0, s.chars().count() as i64, size)?
        .map(|i| text::slice(s, i..i.strict_add(size)).to_string())
        .collect::<Vec<String>>())
}

pub fn windows(xs: &[i64], size: i64) -> Vec<i64> {
    (0..(xs.len() as i64).strict_sub(size).strict_add(1))
        .map(|i| int::sum(seq::slice(xs, i..i.strict_add(size)).iter().copied()))
        .collect::<Vec<i64>>()
}

pub fn rotate(xs: &[i64], mut by: i64) -> Result<Vec<i64>, Error> {
    if xs.is_empty() {
        return Ok(Vec::new());
    }
    by = int::floor_mod(by, xs.len() as i64)?;
    Ok(seq::concat(
        seq::slice(xs, by.strict_neg()..),
        seq::slice(xs, ..by.strict_neg()),
    ))
}

pub fn optional(xs: &[i64], end: Option<i64>) -> Vec<i64> {
    seq::slice_between(xs, None, end).to_vec()
}

pub fn tuples(t: &[i64]) -> Vec<i64> {
    seq::concat(
        &seq::concat(seq::slice(t, 1..), seq::slice(t, ..1)),
        &seq::slice_by(t, None, None, -1),
    )
}
