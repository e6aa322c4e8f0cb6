//! Containers inside an argument that change places: what they hold afterwards is compared, not which they are.

use crate::error::Error;
use crate::runtime::collections;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::seq;
use std::collections::VecDeque;

pub fn swapped(grid: &mut [Vec<f64>], i: i64, k: i64) -> Result<(), Error> {
    seq::swap(grid, i, k)?;
    Ok(())
}

pub fn eliminated(grid: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Error> {
    let mut rows = grid
        .iter()
        .map(|row| seq::slice(row, ..).to_vec())
        .collect::<Vec<Vec<f64>>>();
    for i in 0..rows.len() as i64 {
        for k in i + 1..rows.len() as i64 {
            if *seq::at(seq::at(&rows, k)?, 0)? > *seq::at(seq::at(&rows, i)?, 0)? {
                swapped(&mut rows, i, k)?;
            }
        }
    }
    Ok(rows)
}

pub fn by_length(rows: &mut [Vec<i64>]) {
    rows.sort_by_key(|x| x.len() as i64);
}

pub fn mirrored(tree: &mut Dict<i64, Vec<i64>>, root: i64) -> Result<(), Error> {
    if tree.contains_key(&root) {
        let (left, right) = (
            *seq::at(dict::get_item(tree, &root)?, 0)?,
            *seq::at(dict::get_item(tree, &root)?, 1)?,
        );
        let value = vec![right, left];
        tree.insert(root, value);
    }
    Ok(())
}

pub fn turned(queue: &mut VecDeque<Vec<i64>>) -> Result<i64, Error> {
    let value = collections::deque_pop_left(queue)?;
    queue.push_back(value);
    Ok(collections::deque_at(queue, 0)?.len() as i64)
}

pub fn emptied(table: &mut Dict<String, Vec<i64>>, key: &str) -> i64 {
    let found = collections::get_or_default(table, key.to_string()).len() as i64;
    let value = Vec::new();
    table.insert(key.to_string(), value);
    found
}
