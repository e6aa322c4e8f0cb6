//! Results that are a part of an argument: Rust callers know, Python callers keep the Python.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;

pub fn pick(rows: &[Vec<i64>], i: i64) -> Result<Vec<i64>, Error> {
    Ok(seq::at(rows, i)?.to_vec())
}

pub fn longest(rows: &[Vec<i64>]) -> Result<Vec<i64>, Error> {
    let mut best = seq::at(rows, 0)?.to_vec();
    for row in rows {
        if row.len() > best.len() {
            best = row.to_vec();
        }
    }
    Ok(best)
}

pub fn filled_rows(rows: &[Vec<i64>]) -> Vec<Vec<i64>> {
    rows.iter()
        .filter(|&row| !row.is_empty())
        .map(|row| row.to_vec())
        .collect::<Vec<Vec<i64>>>()
}

pub fn inner(table: &Dict<String, Dict<String, i64>>, key: &str) -> Dict<String, i64> {
    table.get(key).cloned().unwrap_or(dict::Dict::default())
}

pub fn deeper(table: &Dict<String, Dict<String, i64>>, key: &str) -> Dict<String, i64> {
    inner(table, &key.repeat(2))
}

pub fn without(seen: &Set<i64>, x: i64) -> Set<i64> {
    if !seen.contains(&x) {
        return seen.clone();
    }
    set::difference(seen, &set::from_items([x]))
}

pub fn extended(xs: &[i64], n: i64) -> Vec<i64> {
    let mut xs = xs.to_vec();
    if n > 0 {
        xs = seq::concat(&xs, &[n]);
    }
    xs
}

pub fn defaulted(xs: Option<&[i64]>) -> Vec<i64> {
    let xs = xs.unwrap_or_default();
    xs.to_vec()
}

pub fn spread(rows: &[Vec<i64>]) -> Result<i64, Error> {
    let row = pick(rows, 0)?;
    Ok(int::sum(row.iter().copied())
        .strict_add(rows.len() as i64)
        .strict_add(longest(rows)?.len() as i64)
        .strict_add(extended(&row, 1).len() as i64))
}

pub fn grown(n: i64) -> Result<i64, Error> {
    let mut rows = vec![vec![1_i64], vec![2_i64, n]];
    let row = longest(&rows)?;
    rows.push(vec![3_i64]);
    Ok(int::sum(row.iter().copied()).strict_add(rows.len() as i64))
}

#[derive(Debug, Clone)]
pub struct Store {
    pub items: Vec<i64>,
    pub ranks: Dict<i64, i64>,
}

impl Store {
    pub fn new(items: Option<&[i64]>) -> Store {
        Store {
            items: {
                let value = items;
                if value.is_some_and(|value| !value.is_empty()) {
                    value.unwrap().to_vec()
                } else {
                    Vec::new()
                }
            },
            ranks: dict::Dict::default(),
        }
    }

    pub fn all(&self) -> Vec<i64> {
        self.items.clone()
    }

    pub fn ordered(&mut self, items: &mut [i64]) {
        for (at, &item) in items.iter().enumerate() {
            let at = at as i64;
            self.ranks.insert(item, at);
        }
        items.sort_unstable();
    }

    pub fn fill(&mut self, items: &mut Vec<i64>) {
        self.ordered(items);
        self.items = items.to_vec();
    }

    pub fn add(&mut self, x: i64) {
        self.items.push(x);
    }
}

pub fn total(n: i64) -> i64 {
    let mut store = Store::new(None);
    for i in 0..n {
        store.add(i);
    }
    let mut found: i64 = 0;
    for item in store.all() {
        found = found.strict_add(item);
    }
    found.strict_add(store.all().len() as i64)
}

pub fn chained(n: i64) -> i64 {
    let mut store = Store::new(None);
    store.add(n);
    store.add(2);
    store.add(3);
    let other = begun();
    store.items.len() as i64 + other.items.len() as i64
}

pub fn begun() -> Store {
    let mut made = Store::new(Some(&[4_i64]));
    made.add(7);
    made
}

pub fn filled(items: &[i64]) -> Result<i64, Error> {
    let mut store = Store::new(None);
    let mut own = items.to_vec();
    store.fill(&mut own);
    Ok((*seq::at(&store.items, 0)?)
        .strict_add(own.len() as i64)
        .strict_add(store.ranks.len() as i64))
}

#[derive(Debug, Clone)]
pub struct Shelf {
    pub rows: Vec<Vec<i64>>,
}

impl Shelf {
    pub fn new() -> Shelf {
        Shelf { rows: Vec::new() }
    }

    pub fn put(&mut self, row: &[i64]) {
        self.rows.push(row.to_vec());
    }

    pub fn swap(&mut self, zrow: &[i64]) -> Result<(), Error> {
        let value = zrow.to_vec();
        seq::store(&mut self.rows, 0, value)?;
        Ok(())
    }
}

impl Default for Shelf {
    fn default() -> Shelf {
        Shelf::new()
    }
}

pub fn put(n: i64) -> i64 {
    let (mut shelf, row) = (Shelf::new(), vec![n]);
    shelf.put(&row);
    shelf.rows.len() as i64 + row.len() as i64
}
