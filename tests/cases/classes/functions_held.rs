//! Functions in fields: given to the constructor or made there, optional, in a dict, in a base class's subclasses.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use crate::runtime::text;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone)]
pub struct Heap {
    pub items: Vec<i64>,
    pub key: Rc<dyn Fn(i64) -> Result<i64, Error>>,
}

impl std::fmt::Debug for Heap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Heap")
    }
}

impl Heap {
    pub fn new(key: Option<Rc<dyn Fn(i64) -> Result<i64, Error>>>) -> Heap {
        Heap {
            items: Vec::new(),
            key: key.unwrap_or_else(|| {
                Rc::new(|x: i64| Ok(x)) as Rc<dyn Fn(i64) -> Result<i64, Error>>
            }),
        }
    }

    pub fn push(&mut self, x: i64) -> Result<(), Error> {
        self.items.push(x);
        let mut at = self.items.len() as i64 - 1;
        while at > 0
            && (self.key)(*seq::at(&self.items, at)?)?
                < (self.key)(*seq::at(&self.items, at.strict_sub(1).div_euclid(2))?)?
        {
            let above = at.strict_sub(1).div_euclid(2);
            let (part, part_2) = (*seq::at(&self.items, above)?, *seq::at(&self.items, at)?);
            seq::store(&mut self.items, at, part)?;
            seq::store(&mut self.items, above, part_2)?;
            at = above;
        }
        Ok(())
    }
}

#[derive(Clone)]
pub struct Registry {
    pub handlers: Dict<String, Rc<dyn Fn(&str) -> Result<String, Error>>>,
    pub fallback: Option<Rc<dyn Fn(&str) -> Result<String, Error>>>,
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Registry")
    }
}

impl Registry {
    pub fn new() -> Registry {
        Registry {
            handlers: dict::Dict::default(),
            fallback: None,
        }
    }

    pub fn run(&self, name: &str, text: &str) -> Result<String, Error> {
        let handler = self.handlers.get(name).cloned();
        if let Some(handler) = &handler {
            return handler(text);
        }
        if self.fallback.is_none() {
            return Err(Error::LookupError(format!("no handler {name}")));
        }
        self.fallback.as_deref().unwrap()(text)
    }
}

impl Default for Registry {
    fn default() -> Registry {
        Registry::new()
    }
}

#[derive(Clone)]
pub struct Stage(Rc<RefCell<StageFields>>);

/// The attributes of a `Stage`.
pub struct StageFields;

impl Stage {
    pub fn process(&self, items: &[i64]) -> Vec<i64> {
        seq::slice(items, ..).to_vec()
    }
}

impl From<StageFields> for Stage {
    fn from(fields: StageFields) -> Stage {
        Stage(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Stage {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stage")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Stage {
    fn eq(&self, other: &Stage) -> bool {
        self.is(other)
    }
}

/// An instance of `Stage`, of whichever class.
#[derive(Clone, Debug)]
pub enum AnyStage {
    Map(Map),
    Stage(Stage),
}

impl AnyStage {
    pub fn process(&self, items: &[i64]) -> Result<Vec<i64>, Error> {
        match self {
            AnyStage::Map(this) => this.process(items),
            AnyStage::Stage(this) => Ok(this.process(items)),
        }
    }
}

impl Identity for AnyStage {
    fn address(&self) -> usize {
        match self {
            AnyStage::Map(this) => this.address(),
            AnyStage::Stage(this) => this.address(),
        }
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for AnyStage {
    fn eq(&self, other: &AnyStage) -> bool {
        self.is(other)
    }
}

#[derive(Clone)]
pub struct Map(Rc<RefCell<MapFields>>);

/// The attributes of a `Map`.
pub struct MapFields {
    pub function: Rc<dyn Fn(i64) -> Result<i64, Error>>,
}

impl Map {
    pub fn function(&self) -> Rc<dyn Fn(i64) -> Result<i64, Error>> {
        self.0.borrow().function.clone()
    }

    pub fn set_function(&self, value: Rc<dyn Fn(i64) -> Result<i64, Error>>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().function, value);
        drop(old);
    }

    pub fn new(function: Rc<dyn Fn(i64) -> Result<i64, Error>>) -> Map {
        Map::from(MapFields { function })
    }

    pub fn process(&self, items: &[i64]) -> Result<Vec<i64>, Error> {
        items
            .iter()
            .map(|&x| self.function()(x))
            .collect::<Result<Vec<i64>, Error>>()
    }
}

impl From<MapFields> for Map {
    fn from(fields: MapFields) -> Map {
        Map(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Map {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Map {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Map")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Map {
    fn eq(&self, other: &Map) -> bool {
        self.is(other)
    }
}

pub fn shout(text: &str) -> String {
    format!("{}!", text::upper(text))
}

pub fn least(
    values: &[i64],
    key: Rc<dyn Fn(i64) -> Result<i64, Error>>,
) -> Result<(Vec<i64>, Vec<i64>), Error> {
    let (mut plain, mut keyed) = (Heap::new(None), Heap::new(Some(key)));
    for &value in values {
        plain.push(value)?;
        keyed.push(value)?;
    }
    Ok((
        seq::slice(&plain.items, ..).to_vec(),
        seq::slice(&keyed.items, ..).to_vec(),
    ))
}

pub fn handled(names: &[String], text: &str, safe: bool) -> Result<Vec<String>, Error> {
    let mut registry = Registry::new();
    let value = Rc::new(|x: &str| Ok(text::upper(x))) as Rc<dyn Fn(&str) -> Result<String, Error>>;
    registry.handlers.insert("upper".to_string(), value);
    let value_2 =
        Rc::new(|s: &str| Ok(text::reverse(s))) as Rc<dyn Fn(&str) -> Result<String, Error>>;
    registry.handlers.insert("rev".to_string(), value_2);
    let value_3 =
        Rc::new(|text: &str| Ok(shout(text))) as Rc<dyn Fn(&str) -> Result<String, Error>>;
    registry.handlers.insert("shout".to_string(), value_3);
    if safe {
        registry.fallback = Some(
            Rc::new(|s: &str| Ok(format!("?{s}"))) as Rc<dyn Fn(&str) -> Result<String, Error>>
        );
    }
    let mut out: Vec<String> = Vec::new();
    for name in names {
        match (|| -> Result<(), Error> {
            out.push(registry.run(name, text)?);
            Ok(())
        })() {
            Ok(()) => (),
            Err(caught) if caught.is_lookup_error() => {
                out.push(caught.message().to_string());
            }
            Err(caught) => return Err(caught),
        }
    }
    Ok(out)
}

pub fn staged(values: &[i64], by: i64) -> Result<Vec<i64>, Error> {
    let stages = vec![
        AnyStage::Map(Map::new(Rc::new(move |x| Ok(x.strict_mul(by))))),
        AnyStage::Stage(Stage::from(StageFields)),
        AnyStage::Map(Map::new(Rc::new(|x| Ok(x.strict_abs())))),
    ];
    let mut current = values.to_vec();
    for stage in &stages {
        current = stage.process(&current)?;
    }
    Ok(current)
}
