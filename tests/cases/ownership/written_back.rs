//! Containers inside an argument that are changed: each stays the object that it was, at its place.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::set::Set;
use crate::runtime::text;

pub fn fill(grid: &mut [Vec<i64>], x: i64) -> Result<i64, Error> {
    let mut total: i64 = 0;
    for i in 0..grid.len() as i64 {
        for j in 0..grid[i as usize].len() as i64 {
            total = total.strict_add(*seq::at(&grid[i as usize], j)?);
            let value = x.strict_add(i);
            seq::store(&mut grid[i as usize], j, value)?;
        }
    }
    Ok(total)
}

pub fn ragged(grid: &mut [Vec<i64>]) {
    for row in grid.iter_mut() {
        row.push(row.len() as i64);
    }
}

pub fn grow(grid: &mut Vec<Vec<i64>>, n: i64) -> Result<i64, Error> {
    seq::at_mut(grid, 0)?.push(n);
    grid.push(vec![n, n]);
    if n > 3 {
        return Err(Error::ValueError("big".to_string()));
    }
    grid.extend(vec![vec![n]]);
    let value = seq::concat(seq::at(grid, -1)?, &[n]);
    seq::store(grid, -1, value)?;
    Ok(grid.len() as i64)
}

pub fn group(table: &mut Dict<String, Vec<i64>>, words: &[String]) {
    for word in words {
        table
            .entry(text::slice(word, ..1).to_string())
            .or_default()
            .push(word.chars().count() as i64);
    }
}

pub fn counted(table: &mut Dict<String, Vec<i64>>) -> Result<i64, Error> {
    for key in table
        .keys()
        .map(|item| item.to_string())
        .collect::<Vec<String>>()
    {
        let value = (*seq::at(dict::get_item(table, &key)?, 0)?).strict_add(1);
        seq::store(dict::get_mut(table, &key)?, 0, value)?;
    }
    Ok(table.len() as i64)
}

pub fn added(a: &mut [Vec<i64>], b: &[Vec<i64>]) -> Result<(), Error> {
    for i in 0..(a.len() as i64).min(b.len() as i64) {
        let value = (*seq::at(seq::at(a, i)?, 0)?).strict_add(*seq::at(seq::at(b, i)?, 0)?);
        seq::store(seq::at_mut(a, i)?, 0, value)?;
    }
    Ok(())
}

pub fn deep(
    cube: &mut Vec<Vec<Vec<i64>>>,
    sets: &mut Dict<i64, Dict<i64, Set<i64>>>,
    k: i64,
) -> Result<(), Error> {
    seq::at_mut(seq::at_mut(cube, 0)?, 0)?.push(1);
    seq::at_mut(cube, 0)?.push(vec![2_i64]);
    cube.push(vec![vec![3_i64]]);
    for inner in sets.values_mut() {
        dict::get_mut(inner, &k)?.insert(5);
    }
    Ok(())
}

pub fn pairs(items: &[(Vec<i64>, i64)]) -> i64 {
    int::sum(items.iter().map(|(xs, n)| {
        let n = *n;
        (xs.len() as i64).strict_mul(n)
    }))
}

pub fn through(grid: &mut Vec<Vec<i64>>, rows: &mut Vec<Vec<i64>>) -> Result<(), Error> {
    fill(grid, 7)?;
    seq::at_mut(grid, 0)?.sort_unstable();
    ragged(rows);
    Ok(())
}

pub fn relax(grid: &mut [Vec<Option<i64>>], missing: &[Option<Vec<i64>>]) -> i64 {
    for row in grid.iter_mut() {
        for j in 0..row.len() as i64 {
            if row[j as usize].is_none() {
                row[j as usize] = Some(j);
            }
        }
    }
    missing.len() as i64
}

pub fn own_copy(grid: &mut [Vec<i64>]) -> Result<i64, Error> {
    let mut grid = grid
        .iter()
        .map(|row| seq::slice(row, ..).to_vec())
        .collect::<Vec<Vec<i64>>>();
    seq::store(seq::at_mut(&mut grid, 0)?, 0, 5)?;
    Ok(*seq::at(seq::at(&grid, 0)?, 0)?)
}

pub fn sum_down(matrix: &mut [Vec<i64>]) -> Result<i64, Error> {
    for i in 1..matrix.len() as i64 {
        for j in 0..seq::at(matrix, 0)?.len() as i64 {
            let value = (*seq::at(&matrix[i as usize], j)?)
                .strict_add(*seq::at(&matrix[(i - 1) as usize], j)?);
            seq::store(&mut matrix[i as usize], j, value)?;
        }
    }
    Ok(*seq::at(seq::at(matrix, -1)?, -1)?)
}
