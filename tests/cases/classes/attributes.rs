//! Attributes without annotations: their types come from everything that is bound to them.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::shared::Identity;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone)]
pub struct Entry(Rc<RefCell<EntryFields>>);

/// The attributes of a `Entry`.
pub struct EntryFields {
    pub key: String,
    pub value: i64,
    pub next: Option<Entry>,
}

impl Entry {
    pub fn key(&self) -> String {
        self.0.borrow().key.clone()
    }

    pub fn set_key(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().key, value);
        drop(old);
    }

    pub fn value(&self) -> i64 {
        self.0.borrow().value
    }

    pub fn set_value(&self, value: i64) {
        self.0.borrow_mut().value = value;
    }

    pub fn next(&self) -> Option<Entry> {
        self.0.borrow().next.clone()
    }

    pub fn set_next(&self, value: Option<Entry>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().next, value);
        drop(old);
    }

    pub fn new(key: &str, value: i64) -> Entry {
        Entry::from(EntryFields {
            key: key.to_string(),
            value,
            next: None,
        })
    }
}

impl From<EntryFields> for Entry {
    fn from(fields: EntryFields) -> Entry {
        Entry(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Entry {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entry")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.is(other)
    }
}

impl Drop for EntryFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Entry> = [self.next.take()].into_iter().flatten().collect();
        while let Some(Entry(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.next.take());
            }
        }
    }
}

#[derive(Debug, Clone)]
pub struct Chain {
    pub head: Option<Entry>,
    pub tail: Option<Entry>,
    pub size: i64,
}

impl Chain {
    pub fn new() -> Chain {
        let head: Option<Entry> = None;
        let tail: Option<Entry> = None;
        Chain {
            head,
            tail,
            size: 0,
        }
    }

    pub fn push(&mut self, key: &str, value: i64) {
        let entry = Entry::new(key, value);
        if self.tail.is_none() {
            self.head = Some(entry.clone());
        } else {
            let value_2 = Some(entry.clone());
            self.tail.as_ref().unwrap().set_next(value_2);
        }
        self.tail = Some(entry);
        self.size = self.size.strict_add(1);
    }

    pub fn find(&self, key: &str) -> Option<i64> {
        let mut current = self.head.clone();
        while current.is_some() {
            if current.as_ref().unwrap().key() == key {
                return Some(current.as_ref().unwrap().value());
            }
            current = current.as_ref().unwrap().next();
        }
        None
    }

    pub fn keys(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut current = self.head.clone();
        while current.is_some() {
            found.push(current.as_ref().unwrap().key());
            current = current.as_ref().unwrap().next();
        }
        found
    }
}

impl Default for Chain {
    fn default() -> Chain {
        Chain::new()
    }
}

#[derive(Debug, Clone)]
pub struct Ring {
    pub slots: Vec<Option<String>>,
    pub counts: Dict<String, i64>,
    pub seen: Set<String>,
    pub last: Option<String>,
}

impl Ring {
    pub fn new(size: i64) -> Ring {
        let slots = vec![None; size.max(0) as usize];
        let (seen, last) = (set::Set::default(), None);
        Ring {
            slots,
            seen,
            last,
            counts: dict::Dict::default(),
        }
    }

    pub fn put(&mut self, index: i64, text: &str) -> Result<(), Error> {
        let value = Some(text.to_string());
        seq::store(&mut self.slots, index, value)?;
        self.seen.insert(text.to_string());
        self.last = Some(text.to_string());
        let value_2 = self.counts.get(text).copied().unwrap_or(0).strict_add(1);
        self.counts.insert(text.to_string(), value_2);
        Ok(())
    }

    pub fn shown(&self) -> String {
        self.slots
            .iter()
            .map(|text| if text.is_none() { "-" } else { "+" })
            .collect::<String>()
    }
}

#[derive(Debug, Clone)]
pub struct Grid {
    pub rows: Vec<Vec<i64>>,
}

impl Grid {
    pub fn new() -> Grid {
        Grid { rows: Vec::new() }
    }

    pub fn grow(&mut self, width: i64, height: i64) -> Result<(), Error> {
        self.rows = (0..height)
            .map(|_| (0..width).map(|_| 0).collect::<Vec<i64>>())
            .collect::<Vec<Vec<i64>>>();
        for y in 0..height {
            for x in 0..width {
                let value = x.strict_mul(y);
                seq::store(seq::at_mut(&mut self.rows, y)?, x, value)?;
            }
        }
        Ok(())
    }

    pub fn total(&self) -> i64 {
        int::sum(self.rows.iter().map(|row| int::sum(row.iter().copied())))
    }
}

impl Default for Grid {
    fn default() -> Grid {
        Grid::new()
    }
}

pub fn chained(words: &[String]) -> (i64, Vec<String>, Option<i64>) {
    let mut chain = Chain::new();
    for (index, word) in words.iter().enumerate() {
        let index = index as i64;
        chain.push(word, index);
    }
    (chain.size, chain.keys(), chain.find("b"))
}

pub fn rung(words: &[String]) -> Result<(String, Option<String>, i64, i64), Error> {
    let mut ring = Ring::new(3);
    for (index, word) in words.iter().enumerate() {
        let index = index as i64;
        ring.put(index, word)?;
    }
    Ok((
        ring.shown(),
        ring.last.clone(),
        ring.seen.len() as i64,
        ring.counts.get("a").copied().unwrap_or(0),
    ))
}

pub fn grown(width: i64, height: i64) -> Result<i64, Error> {
    let mut grid = Grid::new();
    let before = grid.total();
    grid.grow(width, height)?;
    Ok(before.strict_add(grid.total()))
}
