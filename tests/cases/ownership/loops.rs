//! Loops that change what they run over: values under the keys at hand, and the rows of an attribute.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;

pub fn counted_up(table: &mut Dict<String, i64>) -> Result<i64, Error> {
    for key in table
        .keys()
        .map(|item| item.to_string())
        .collect::<Vec<String>>()
    {
        let value = (*dict::get_item(table, &key)?).strict_add(1);
        table.insert(key, value);
    }
    Ok(table.len() as i64)
}

pub fn turned(table: &mut Dict<String, Vec<i64>>, x: i64) -> Result<(), Error> {
    for key in table
        .keys()
        .map(|item| item.to_string())
        .collect::<Vec<String>>()
    {
        dict::get_mut(table, &key)?.push(x);
        dict::get_mut(table, &key)?.reverse();
    }
    Ok(())
}

pub fn running(table: &mut Dict<String, i64>) -> i64 {
    let mut total: i64 = 0;
    for (key, value) in table
        .iter()
        .map(|(a, &b)| (a.to_string(), b))
        .collect::<Vec<(String, i64)>>()
    {
        if value > 3 {
            let value_2 = value.strict_add(total);
            table.insert(key, value_2);
        }
        total = total.strict_add(value);
    }
    total
}

pub fn halved(table: &mut Dict<i64, i64>) -> Result<i64, Error> {
    let mut key: i64;
    'search: {
        for key_next in table.keys().copied().collect::<Vec<i64>>() {
            key = key_next;
            if *dict::get_item(table, &key)? < 0 {
                break 'search;
            }
            let value = int::floor_div(*dict::get_item(table, &key)?, key)?;
            table.insert(key, value);
        }
        return Ok(-1);
    }
    Ok(key)
}

pub fn new_and_out(table: &mut Dict<String, i64>) -> i64 {
    for key in table.keys() {
        table.insert(format!("{key}x"), 1);
        break;
    }
    table.len() as i64
}

#[derive(Debug, Clone)]
pub struct Rows {
    pub rows: Vec<Vec<i64>>,
    pub named: Dict<String, Vec<i64>>,
    pub counts: Dict<String, i64>,
}

impl Rows {
    pub fn new(rows: &[Vec<i64>]) -> Rows {
        Rows {
            rows: rows
                .iter()
                .map(|row| row.to_vec())
                .collect::<Vec<Vec<i64>>>(),
            named: dict::from_pairs([("a".to_string(), Vec::new())]),
            counts: dict::from_pairs([("a".to_string(), 1_i64)]),
        }
    }

    pub fn scale(&mut self, by: i64) {
        for row in self.rows.iter_mut() {
            for j in 0..row.len() as i64 {
                row[j as usize] = row[j as usize].strict_mul(by);
            }
        }
    }

    pub fn number(&mut self) {
        for (i, row) in self.rows.iter_mut().enumerate() {
            let i = i as i64;
            row.push(i);
        }
    }

    pub fn fill(&mut self, n: i64) -> Result<(), Error> {
        for (key, values) in self.named.iter_mut() {
            values.push(n.strict_add(key.chars().count() as i64));
        }
        for more in self.named.values_mut() {
            more.push(n);
        }
        for key in self
            .counts
            .keys()
            .map(|item| item.to_string())
            .collect::<Vec<String>>()
        {
            let value = (*dict::get_item(&self.counts, &key)?).strict_add(n);
            self.counts.insert(key, value);
        }
        Ok(())
    }

    pub fn take(&mut self) -> Result<i64, Error> {
        for row in self.rows.iter_mut() {
            if !row.is_empty() {
                return seq::pop_at(row, 0);
            }
        }
        Err(Error::IndexError("empty".to_string()))
    }
}

pub fn used(rows: &[Vec<i64>], by: i64) -> Result<Vec<i64>, Error> {
    let mut made = Rows::new(rows);
    made.scale(by);
    if by > 1 {
        made.number();
    }
    made.fill(3)?;
    Ok(seq::concat(
        &{
            let mut items = vec![
                made.take()?,
                made.rows.len() as i64,
                *dict::get_item(&made.counts, "a")?,
            ];
            items.extend(dict::get_item(&made.named, "a")?.iter().copied());
            items
        },
        &{
            let mut items_2 = Vec::new();
            for row in &made.rows {
                for &x in row {
                    items_2.push(x);
                }
            }
            items_2
        },
    ))
}

#[derive(Debug, Clone)]
pub struct Cube {
    pub planes: Vec<Vec<Vec<i64>>>,
    pub named: Dict<String, Vec<Vec<i64>>>,
}

impl Cube {
    pub fn new(n: i64) -> Cube {
        Cube {
            planes: (0..n)
                .map(|_| (0..n).map(|i| vec![i]).collect::<Vec<Vec<i64>>>())
                .collect::<Vec<Vec<Vec<i64>>>>(),
            named: dict::from_pairs([("a".to_string(), vec![vec![1_i64]])]),
        }
    }

    pub fn turn(&mut self, i: i64) -> Result<(), Error> {
        for row in seq::at_mut(&mut self.planes, i)?.iter_mut() {
            row.push(i);
        }
        Ok(())
    }

    pub fn add(&mut self, key: &str, x: i64) -> Result<(), Error> {
        for (i, row) in dict::get_mut(&mut self.named, key)?.iter_mut().enumerate() {
            let i = i as i64;
            row.push(x.strict_add(i));
        }
        Ok(())
    }
}

pub fn turned_cube(n: i64) -> Result<Vec<i64>, Error> {
    let mut cube = Cube::new(n);
    cube.turn(0)?;
    cube.add("a", 4)?;
    Ok(seq::concat(
        seq::at(seq::at(&cube.planes, 0)?, 0)?,
        seq::at(dict::get_item(&cube.named, "a")?, 0)?,
    ))
}

pub fn rows_inside(cube: &mut [Vec<Vec<i64>>], i: i64) -> Result<i64, Error> {
    for row in seq::at_mut(cube, i)?.iter_mut() {
        row.reverse();
    }
    for (j, last) in seq::at_mut(cube, -1)?.iter_mut().enumerate() {
        let j = j as i64;
        last.push(j);
    }
    Ok(cube.len() as i64)
}

pub fn values_inside(tables: &mut [Dict<String, Vec<i64>>]) -> Result<(), Error> {
    for values in seq::at_mut(tables, 0)?.values_mut() {
        values.sort_unstable();
    }
    for (key, more) in seq::at_mut(tables, -1)?.iter_mut() {
        more.push(key.chars().count() as i64);
    }
    Ok(())
}
