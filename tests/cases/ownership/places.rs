//! Values with several names: who may change them, and where a reference into another value serves.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;

pub fn alias_read(a: &[i64]) -> Result<i64, Error> {
    let b = a;
    Ok((b.len() as i64).strict_add(*seq::at(b, 0)?))
}

pub fn last_name(n: i64) -> i64 {
    let a = vec![n];
    let mut b = a;
    b.push(1);
    b.len() as i64
}

pub fn best_of(rows: &[Vec<i64>]) -> Vec<i64> {
    let mut best: Vec<i64> = Vec::new();
    for row in rows {
        if int::sum(row.iter().copied()) > int::sum(best.iter().copied()) {
            best = seq::slice(row, ..).to_vec();
        }
    }
    best
}

pub fn longest(n: i64) -> Vec<i64> {
    let mut best: Vec<i64> = Vec::new();
    for i in 0..n {
        let mut current = vec![i];
        for j in 0..i % 3 {
            current.push(j);
        }
        if current.len() > best.len() {
            best = current;
        }
    }
    best
}

pub fn paths(n: i64) -> Vec<Vec<i64>> {
    let mut result: Vec<Vec<i64>> = Vec::new();
    let mut path: Vec<i64> = Vec::new();
    for i in 0..n {
        path = seq::concat(&path, &[i]);
        result.push(path.clone());
    }
    result
}

pub fn chunks(n: i64) -> Vec<Vec<i64>> {
    let mut out: Vec<Vec<i64>> = Vec::new();
    let mut row: Vec<i64> = Vec::new();
    for i in 0..n {
        row.push(i);
        if row.len() == 3 {
            out.push(row);
            row = Vec::new();
        }
    }
    out
}

pub fn sentinel(heights: &mut Vec<i64>) -> i64 {
    let mut heights = {
        let mut items = heights.to_vec();
        items.push(0);
        items
    };
    let mut stack = vec![-1_i64];
    for i in 0..heights.len() as i64 {
        stack.push(i);
    }
    heights.push(7);
    stack.len() as i64 + heights.len() as i64
}

pub fn row_store(grid: &mut [Vec<i64>], i: i64, j: i64) -> Result<(), Error> {
    let row = seq::at_mut(grid, i)?;
    seq::store(row, j, 1)?;
    let value = (*seq::at(row, -1)?).strict_add(2);
    seq::store(row, -1, value)?;
    Ok(())
}

pub fn row_fill(table: &mut Dict<String, Vec<i64>>, key: &str, n: i64) -> Result<i64, Error> {
    let row = dict::get_mut(table, key)?;
    for i in 0..n {
        row.push(i);
    }
    Ok(table.len() as i64)
}

pub fn append_each(grid: &mut [Vec<i64>]) {
    for row in grid.iter_mut() {
        row.push(0);
    }
}

pub fn mark_rows(grid: &mut [Vec<i64>]) -> Result<i64, Error> {
    for (i, row) in grid.iter_mut().enumerate() {
        let i = i as i64;
        seq::store(row, 0, i)?;
    }
    Ok(grid.len() as i64)
}

pub fn sort_values(table: &mut Dict<String, Vec<i64>>) {
    for row in table.values_mut() {
        row.sort_unstable();
    }
    for (key, row_again) in table.iter_mut() {
        row_again.push(key.chars().count() as i64);
    }
}

pub fn swap_rows(grid: &mut [Vec<i64>], i: i64, j: i64) -> Result<(), Error> {
    seq::swap(grid, i, j)?;
    Ok(())
}

pub fn moved(n: i64) -> Result<Vec<Vec<i64>>, Error> {
    let mut todo = (0..n).map(|i| vec![i]).collect::<Vec<Vec<i64>>>();
    let mut done: Vec<Vec<i64>> = Vec::new();
    while !todo.is_empty() {
        let mut item = seq::pop(&mut todo)?;
        item.push(done.len() as i64);
        done.push(item);
    }
    Ok(done)
}

pub fn kept_rows(n: i64) -> Result<Vec<Vec<i64>>, Error> {
    let rows = (0..n).map(|i| vec![i, i % 2]).collect::<Vec<Vec<i64>>>();
    let mut out: Vec<Vec<i64>> = Vec::new();
    for row in &rows {
        if *seq::at(row, 1)? != 0 {
            out.push(row.to_vec());
        }
    }
    Ok(out)
}

pub fn repeated_rows(n: i64) -> i64 {
    let grid: Vec<Vec<i64>> = vec![vec![0_i64; n.max(0) as usize]; 3];
    int::sum(grid.iter().map(|row| row.len() as i64))
}

pub fn subsets(xs: &[i64]) -> Result<Vec<Vec<i64>>, Error> {
    let mut out: Vec<Vec<i64>> = Vec::new();
    fn go(i: i64, path: &[i64], out: &mut Vec<Vec<i64>>, xs: &[i64]) -> Result<(), Error> {
        let _depth = decline::enter();
        if i == xs.len() as i64 {
            out.push(path.to_vec());
            return Ok(());
        }
        go(i.strict_add(1), path, out, xs)?;
        go(
            i.strict_add(1),
            &seq::concat(path, &[*seq::at(xs, i)?]),
            out,
            xs,
        )?;
        Ok(())
    }
    go(0, &Vec::new(), &mut out, xs)?;
    Ok(out)
}

pub fn chosen(xs: &[i64]) -> Result<Vec<Vec<i64>>, Error> {
    let mut out: Vec<Vec<i64>> = Vec::new();
    let mut path: Vec<i64> = Vec::new();
    fn go(i: i64, out: &mut Vec<Vec<i64>>, path: &mut Vec<i64>, xs: &[i64]) -> Result<(), Error> {
        let _depth = decline::enter();
        if i == xs.len() as i64 {
            out.push(seq::slice(path, ..).to_vec());
            return Ok(());
        }
        path.push(*seq::at(xs, i)?);
        go(i.strict_add(1), out, path, xs)?;
        seq::pop(path)?;
        go(i.strict_add(1), out, path, xs)?;
        Ok(())
    }
    go(0, &mut out, &mut path, xs)?;
    Ok(out)
}

pub fn grow(a: &mut Vec<i64>, b: &[i64]) {
    a.extend(b.iter().copied());
}

pub fn grown(a: &mut Vec<i64>) -> i64 {
    let index = &seq::slice(a, ..).to_vec();
    grow(a, index);
    a.len() as i64
}

pub fn drained(xs: &mut Vec<i64>) -> Result<i64, Error> {
    let mut total: i64 = 0;
    while !xs.is_empty() {
        total = total.strict_add(seq::pop(xs)?);
    }
    Ok(total)
}

pub fn drains(grid: &mut [Vec<i64>]) -> Result<i64, Error> {
    Ok(drained(&mut vec![1_i64, 2])?
        .strict_add(drained(seq::at_mut(grid, 0)?)?)
        .strict_add(drained(&mut seq::concat(
            seq::at(grid, 0)?,
            seq::at(grid, 1)?,
        ))?))
}

/// A Python caller's lists of lists are not handed on to be changed: these are Rust's own.
pub fn in_rows(grid: &[Vec<i64>], i: i64, j: i64) -> Result<Vec<Vec<i64>>, Error> {
    let mut rows = grid
        .iter()
        .map(|row| seq::slice(row, ..).to_vec())
        .collect::<Vec<Vec<i64>>>();
    swap_rows(&mut rows, i, j)?;
    row_store(&mut rows, i, j)?;
    append_each(&mut rows);
    let value = vec![mark_rows(&mut rows)?];
    rows.push(value);
    let value_2 = vec![drains(&mut rows)?];
    rows.push(value_2);
    Ok(rows)
}

pub fn in_table(
    table: &Dict<String, Vec<i64>>,
    key: &str,
    n: i64,
) -> Result<Dict<String, Vec<i64>>, Error> {
    let mut own = dict::from_pairs(
        table
            .iter()
            .map(|(k, v)| (k.to_string(), seq::slice(v, ..).to_vec())),
    );
    let value = vec![row_fill(&mut own, key, n)?];
    own.insert("size".to_string(), value);
    sort_values(&mut own);
    Ok(own)
}

pub fn rebound(a: Option<&mut Vec<i64>>) -> i64 {
    let mut made;
    let a = match a {
        Some(a) if !a.is_empty() => a,
        _ => {
            made = Vec::new();
            &mut made
        }
    };
    a.push(1);
    a.len() as i64
}

pub fn some_rows(grid: &[Vec<i64>]) -> Vec<Vec<i64>> {
    grid.iter()
        .filter(|&row| !row.is_empty())
        .map(|row| row.to_vec())
        .collect::<Vec<Vec<i64>>>()
}
