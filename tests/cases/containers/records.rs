//! Tuples that hold such tuples again: taken apart in loops, searched, counted; never changed.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::seq;
use crate::runtime::text;
use std::rc::Rc;

/// A tuple that holds such tuples again; a clone is the same tuple.
#[derive(Debug, Clone)]
pub struct Entry(Rc<EntryParts>);

/// The parts of a `Entry`.
pub type EntryParts = (String, i64, Dict<String, String>, Vec<Entry>);

impl Entry {
    /// The tuple itself.
    pub fn parts(&self) -> &EntryParts {
        &self.0
    }
}

impl From<EntryParts> for Entry {
    fn from(parts: EntryParts) -> Entry {
        Entry(Rc::new(parts))
    }
}

/// Aliases of tuples that hold no such tuples are the tuples.
pub fn moved(point: (f64, f64), by: (f64, f64)) -> (f64, f64) {
    (point.0 + by.0, point.1 + by.1)
}

pub fn total(entries: &[Entry]) -> Result<i64, Error> {
    let _depth = decline::enter();
    let mut found: i64 = 0;
    for item in entries {
        let (_, size, tags, inner) = item.parts();
        let size = *size;
        found = found.strict_add(size.strict_add(tags.len() as i64).strict_add(total(inner)?));
    }
    Ok(found)
}

pub fn names(entries: &[Entry], prefix: &str) -> Result<Vec<String>, Error> {
    let _depth = decline::enter();
    let mut found: Vec<String> = Vec::new();
    for item in entries {
        let (name, _, _, inner) = item.parts();
        if name.as_str() >= prefix {
            found.push(name.to_string());
        }
        found.extend(names(inner, prefix)?);
    }
    Ok(found)
}

/// The tags along a path; of the last step, all that share its letter.
pub fn lookup(entries: &[Entry], path: &str) -> Result<Dict<String, String>, Error> {
    let _depth = decline::enter();
    let mut tags: Dict<String, String> = dict::Dict::default();
    let mut below: Vec<Entry> = Vec::new();
    if path.is_empty() {
        return Ok(tags);
    }
    for item in entries {
        let (name, _, own, inner) = item.parts();
        let holds = {
            let first = text::slice(name, ..1);
            let middle = text::slice(path, ..1);
            first <= middle && middle <= text::slice(name, ..1)
        };
        if holds {
            dict::update(&mut tags, own);
            below.extend(inner.iter().cloned());
        }
    }
    dict::update(&mut tags, &lookup(&below, text::slice(path, 1..))?);
    Ok(tags)
}

pub fn first_tag(entries: &[Entry], key: &str) -> Result<String, Error> {
    let first = seq::at(entries, 0)?.clone();
    Ok(format!(
        "{}{}{}",
        first.parts().0,
        first
            .parts()
            .2
            .get(key)
            .map(String::as_str)
            .unwrap_or("none"),
        seq::at(&first.parts().3, 0)?.parts().1
    ))
}

pub fn depth(entries: &[Entry]) -> Result<i64, Error> {
    let _depth = decline::enter();
    Ok(extremes::max_or(
        entries
            .iter()
            .map(|item| -> Result<i64, Error> {
                let (_, _, _, inner) = item.parts();
                Ok(1_i64.strict_add(depth(inner)?))
            })
            .collect::<Result<Vec<i64>, Error>>()?,
        0,
    ))
}

pub fn swollen(entries: &[Entry]) -> Result<i64, Error> {
    let mut seen = entries.to_vec();
    for item in entries {
        let (_, _, _, inner) = item.parts();
        seen.extend(inner.iter().cloned());
        seen.push(seq::at(inner, 0)?.clone());
    }
    Ok(seen.len() as i64)
}
