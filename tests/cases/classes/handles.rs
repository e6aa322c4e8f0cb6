//! Instances that have several names because of how they are used: their class becomes a handle.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::generator::Generator;
use crate::runtime::int;
use crate::runtime::itertools;
use crate::runtime::seq;
use crate::runtime::shared;
use crate::runtime::shared::Identity;
use crate::unions::RowsOrInt;
use std::cell::Ref;
use std::cell::RefCell;
use std::cell::RefMut;
use std::rc::Rc;

#[derive(Clone)]
pub struct Section(Rc<RefCell<SectionFields>>);

/// The attributes of a `Section`.
pub struct SectionFields {
    pub name: String,
    pub values: Dict<String, i64>,
}

impl Section {
    pub fn name(&self) -> String {
        self.0.borrow().name.clone()
    }

    pub fn set_name(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().name, value);
        drop(old);
    }

    pub fn values(&self) -> Ref<'_, Dict<String, i64>> {
        Ref::map(self.0.borrow(), |fields| &fields.values)
    }

    pub fn values_mut(&self) -> RefMut<'_, Dict<String, i64>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.values)
    }

    pub fn set_values(&self, value: Dict<String, i64>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().values, value);
        drop(old);
    }

    pub fn new(name: &str) -> Section {
        Section::from(SectionFields {
            name: name.to_string(),
            values: dict::Dict::default(),
        })
    }

    pub fn set(&self, key: &str, value: i64) -> Section {
        self.values_mut().insert(key.to_string(), value);
        self.clone()
    }

    pub fn total(&self) -> i64 {
        int::sum(self.values().values().copied())
    }
}

impl From<SectionFields> for Section {
    fn from(fields: SectionFields) -> Section {
        Section(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Section {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Section {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Section")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Section {
    fn eq(&self, other: &Section) -> bool {
        self.is(other)
    }
}

#[derive(Debug, Clone)]
pub struct Settings {
    pub sections: Dict<String, Section>,
    pub last: Option<Section>,
}

impl Settings {
    pub fn new() -> Settings {
        Settings {
            sections: dict::Dict::default(),
            last: None,
        }
    }

    /// The section of that name, which is made where there is none.
    pub fn section(&mut self, name: &str) -> Result<Section, Error> {
        if !self.sections.contains_key(name) {
            let value = Section::new(name);
            self.sections.insert(name.to_string(), value);
        }
        self.last = Some(dict::get_item(&self.sections, name)?.clone());
        Ok(dict::get_item(&self.sections, name)?.clone())
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::new()
    }
}

pub fn settings(entries: &[(String, String, i64)]) -> Result<(i64, bool, Vec<String>), Error> {
    let mut found = Settings::new();
    for (name, key, value) in entries {
        let value = *value;
        let _ = found
            .section(name)?
            .set(key, value)
            .set(&format!("{key}2"), 1);
    }
    let total = int::sum(found.sections.values().map(|section| section.total()));
    let last = found.last.clone();
    let same = last.is_some()
        && shared::same_or_none(
            last.as_ref(),
            Some(&found.section(&last.as_ref().unwrap().name())?),
        );
    Ok((
        total,
        same,
        found
            .sections
            .keys()
            .map(|item| item.to_string())
            .collect::<Vec<String>>(),
    ))
}

#[derive(Clone)]
pub struct Swimmer(Rc<RefCell<SwimmerFields>>);

/// The attributes of a `Swimmer`.
pub struct SwimmerFields {
    pub n: i64,
    pub laps: i64,
}

impl Swimmer {
    pub fn n(&self) -> i64 {
        self.0.borrow().n
    }

    pub fn set_n(&self, value: i64) {
        self.0.borrow_mut().n = value;
    }

    pub fn laps(&self) -> i64 {
        self.0.borrow().laps
    }

    pub fn set_laps(&self, value: i64) {
        self.0.borrow_mut().laps = value;
    }

    pub fn new(n: i64) -> Swimmer {
        Swimmer::from(SwimmerFields { n, laps: 0 })
    }

    pub fn swim(&self, laps: i64) {
        self.set_laps(self.laps().strict_add(laps));
    }
}

impl From<SwimmerFields> for Swimmer {
    fn from(fields: SwimmerFields) -> Swimmer {
        Swimmer(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Swimmer {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Swimmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Swimmer")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Swimmer {
    fn eq(&self, other: &Swimmer) -> bool {
        self.is(other)
    }
}

pub fn relay(numbers: &[i64]) -> Result<(Vec<i64>, i64, bool), Error> {
    let swimmers = numbers
        .iter()
        .map(|&n| Swimmer::new(n))
        .collect::<Vec<Swimmer>>();
    let mut order = {
        let mut sorted: Vec<Swimmer> = swimmers.to_vec();
        sorted.sort_by_key(|one| one.n());
        sorted
    };
    order.extend(seq::slice(&swimmers, ..1).to_vec());
    for (turn, swimmer) in order.iter().enumerate() {
        let turn = turn as i64;
        swimmer.swim(turn + 1);
    }
    if swimmers.is_empty() {
        return Ok((Vec::new(), 0, false));
    }
    let fastest = extremes::max_by_key(swimmers.iter().cloned(), |one| one.laps())?;
    Ok((
        swimmers.iter().map(|one| one.laps()).collect::<Vec<i64>>(),
        fastest.n(),
        seq::at(&order, -1)?.is(seq::at(&swimmers, 0)?),
    ))
}

#[derive(Debug, Clone)]
pub struct Rows {
    pub rows: Vec<Vec<i64>>,
    pub least: i64,
}

impl Rows {
    pub fn new(rows: &[Vec<i64>]) -> Result<Rows, Error> {
        let self_rows = rows
            .iter()
            .map(|row| row.to_vec())
            .collect::<Vec<Vec<i64>>>();
        let self_least: i64 = 0;
        let mut least: i64 = 0;
        let mut self_ = Rows {
            rows: self_rows,
            least: self_least,
        };
        for row in self_.iter() {
            least = least.min(*seq::at(&row, 0)?);
        }
        self_.least = least;
        Ok(self_)
    }

    pub fn iter(&self) -> Generator<'_, Vec<i64>> {
        Generator::new(async move |yields| {
            for row in &self.rows {
                yields.give(row.to_vec()).await;
            }
        })
    }

    pub fn turned(&self) -> Vec<Vec<i64>> {
        itertools::columns(&self.rows)
            .map(|column| column.to_vec())
            .collect::<Vec<Vec<i64>>>()
    }

    pub fn times(&self, by: &RowsOrInt) -> Vec<Vec<i64>> {
        if let RowsOrInt::Rows(by) = by {
            return {
                let mut items = self.turned();
                items.extend(by.turned());
                items
            };
        }
        self.rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|&x| {
                        x.strict_mul(match by {
                            RowsOrInt::Int(inner) => *inner,
                            _ => decline::decline("not a int"),
                        })
                    })
                    .collect::<Vec<i64>>()
            })
            .collect::<Vec<Vec<i64>>>()
    }
}

#[allow(clippy::type_complexity)]
pub fn rows(numbers: &[Vec<i64>], by: i64) -> Result<(i64, Vec<Vec<i64>>, Vec<Vec<i64>>), Error> {
    let found = Rows::new(numbers)?;
    Ok((
        found.least,
        found.times(&RowsOrInt::Int(by)),
        found.times(&RowsOrInt::Rows(Rows::new(&[vec![by]])?)),
    ))
}
