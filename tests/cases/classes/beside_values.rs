//! Instances beside numbers and texts in a union: `isinstance` tells which, and a branch has what it tells.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;
use crate::unions::AnyPouchOrInt;
use crate::unions::BoolOrInt;
use crate::unions::BoolOrStr;
use crate::unions::IntOrListIntOrStr;
use crate::unions::IntOrStr;
use crate::unions::JetOrFloat;
use crate::unions::TrackOrFloat;
use crate::unions::TrackOrFloatOrInt;
use crate::unions::TrackOrIntOrStr;
use std::cell::Ref;
use std::cell::RefCell;
use std::cell::RefMut;
use std::rc::Rc;

#[derive(Debug, Clone)]
pub struct Track {
    pub parts: Vec<f64>,
}

impl Track {
    pub fn new(parts: &[f64]) -> Track {
        Track {
            parts: parts.to_vec(),
        }
    }

    pub fn size(&self) -> i64 {
        self.parts.len() as i64
    }

    pub fn mul(&self, other: &TrackOrFloatOrInt) -> Result<TrackOrFloat, Error> {
        if matches!(other, TrackOrFloatOrInt::Float(_))
            || matches!(other, TrackOrFloatOrInt::Int(_))
        {
            Ok(TrackOrFloat::Track(Track::new(
                &self
                    .parts
                    .iter()
                    .map(|&part| {
                        part * match other {
                            TrackOrFloatOrInt::Float(inner) => *inner,
                            TrackOrFloatOrInt::Int(inner) => *inner as f64,
                            _ => decline::decline("not a number"),
                        }
                    })
                    .collect::<Vec<f64>>(),
            )))
        } else if let TrackOrFloatOrInt::Track(other) = other
            && self.size() == other.size()
        {
            let mut total = 0.0;
            for i in 0..self.size() {
                total += *seq::at(&self.parts, i)? * *seq::at(&other.parts, i)?;
            }
            Ok(TrackOrFloat::Float(total))
        } else {
            Err(Error::TypeError("tracks of different sizes".to_string()))
        }
    }
}

#[derive(Debug, Clone)]
pub struct Jet {
    pub real: f64,
    pub rest: Vec<f64>,
}

impl Jet {
    pub fn new(real: f64, rest: &[f64]) -> Jet {
        Jet {
            real,
            rest: rest.to_vec(),
        }
    }

    pub fn add(&self, other: &JetOrFloat) -> Jet {
        if let JetOrFloat::Float(other) = *other {
            return Jet::new(self.real + other, &self.rest);
        }
        let JetOrFloat::Jet(other) = other else {
            decline::decline("not a `Jet`")
        };
        Jet::new(
            self.real + other.real,
            &self
                .rest
                .iter()
                .zip(&other.rest)
                .map(|(&a, &b)| a + b)
                .collect::<Vec<f64>>(),
        )
    }
}

#[derive(Clone)]
pub struct Pouch(Rc<RefCell<PouchFields>>);

/// The attributes of a `Pouch`.
pub struct PouchFields {
    pub items: Vec<i64>,
}

impl Pouch {
    pub fn items(&self) -> Ref<'_, Vec<i64>> {
        Ref::map(self.0.borrow(), |fields| &fields.items)
    }

    pub fn items_mut(&self) -> RefMut<'_, Vec<i64>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.items)
    }

    pub fn set_items(&self, value: Vec<i64>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().items, value);
        drop(old);
    }

    pub fn new(items: &[i64]) -> Pouch {
        Pouch::from(PouchFields {
            items: items.to_vec(),
        })
    }

    pub fn take(&self, other: &AnyPouchOrInt) {
        match other {
            AnyPouchOrInt::AnyPouch(other) => {
                let value = other.items().len() as i64;
                self.items_mut().push(value);
                other.items_mut().push(0);
            }
            &AnyPouchOrInt::Int(other) => {
                self.items_mut().push(other);
            }
        }
    }
}

impl From<PouchFields> for Pouch {
    fn from(fields: PouchFields) -> Pouch {
        Pouch(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Pouch {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Pouch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pouch")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Pouch {
    fn eq(&self, other: &Pouch) -> bool {
        self.is(other)
    }
}

/// An instance of `Pouch`, of whichever class.
#[derive(Clone, Debug)]
pub enum AnyPouch {
    Flap(Flap),
    Pouch(Pouch),
}

impl AnyPouch {
    pub fn items(&self) -> Ref<'_, Vec<i64>> {
        match self {
            AnyPouch::Flap(this) => this.items(),
            AnyPouch::Pouch(this) => this.items(),
        }
    }

    pub fn items_mut(&self) -> RefMut<'_, Vec<i64>> {
        match self {
            AnyPouch::Flap(this) => this.items_mut(),
            AnyPouch::Pouch(this) => this.items_mut(),
        }
    }

    pub fn set_items(&self, value: Vec<i64>) {
        match self {
            AnyPouch::Flap(this) => this.set_items(value),
            AnyPouch::Pouch(this) => this.set_items(value),
        }
    }

    pub fn take(&self, other: &AnyPouchOrInt) {
        match self {
            AnyPouch::Flap(this) => {
                this.take(other);
            }
            AnyPouch::Pouch(this) => {
                this.take(other);
            }
        }
    }
}

impl Identity for AnyPouch {
    fn address(&self) -> usize {
        match self {
            AnyPouch::Flap(this) => this.address(),
            AnyPouch::Pouch(this) => this.address(),
        }
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for AnyPouch {
    fn eq(&self, other: &AnyPouch) -> bool {
        self.is(other)
    }
}

#[derive(Clone)]
pub struct Flap(Rc<RefCell<FlapFields>>);

/// The attributes of a `Flap`.
pub struct FlapFields {
    pub items: Vec<i64>,
}

impl Flap {
    pub fn items(&self) -> Ref<'_, Vec<i64>> {
        Ref::map(self.0.borrow(), |fields| &fields.items)
    }

    pub fn items_mut(&self) -> RefMut<'_, Vec<i64>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.items)
    }

    pub fn set_items(&self, value: Vec<i64>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().items, value);
        drop(old);
    }

    pub fn take(&self, other: &AnyPouchOrInt) {
        match other {
            AnyPouchOrInt::AnyPouch(other) => {
                let value = other.items().len() as i64;
                self.items_mut().push(value);
                other.items_mut().push(0);
            }
            &AnyPouchOrInt::Int(other) => {
                self.items_mut().push(other);
            }
        }
    }

    pub fn new() -> Flap {
        let items = vec![7_i64];
        Flap::from(FlapFields {
            items: items.to_vec(),
        })
    }
}

impl From<FlapFields> for Flap {
    fn from(fields: FlapFields) -> Flap {
        Flap(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Flap {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Flap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Flap")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Flap {
    fn eq(&self, other: &Flap) -> bool {
        self.is(other)
    }
}

impl Default for Flap {
    fn default() -> Flap {
        Flap::new()
    }
}

pub fn scaled(parts: &[f64], by: f64) -> Result<Vec<f64>, Error> {
    let made = Track::new(parts).mul(&TrackOrFloatOrInt::Float(by))?;
    if !matches!(made, TrackOrFloat::Track(_)) {
        return Err(Error::AssertionError(String::new()));
    }
    let TrackOrFloat::Track(made) = &made else {
        decline::decline("not a `Track`")
    };
    Ok(made.parts.clone())
}

pub fn scaled_whole(parts: &[f64], by: i64) -> Result<Vec<f64>, Error> {
    let made = Track::new(parts).mul(&TrackOrFloatOrInt::Int(by))?;
    Ok(if matches!(made, TrackOrFloat::Track(_)) {
        (match &made {
            TrackOrFloat::Track(inner) => inner,
            _ => decline::decline("not a cases.classes.beside_values.Track"),
        })
        .parts
        .clone()
    } else {
        Vec::new()
    })
}

pub fn dot(a: &[f64], b: &[f64]) -> Result<f64, Error> {
    let found = Track::new(a).mul(&TrackOrFloatOrInt::Track(Track::new(b)))?;
    Ok(if matches!(found, TrackOrFloat::Float(_)) {
        match &found {
            TrackOrFloat::Float(inner) => *inner,
            _ => decline::decline("not a float"),
        }
    } else {
        -1.0
    })
}

pub fn added(a: f64, b: f64) -> Result<f64, Error> {
    let found = Jet::new(a, &[b, 1.0])
        .add(&JetOrFloat::Float(2.5))
        .add(&JetOrFloat::Jet(Jet::new(b, &[a])));
    Ok(found.real + *seq::at(&found.rest, 0)?)
}

/// A pouch that is handed to itself is one pouch.
pub fn taken(n: i64) -> Vec<i64> {
    let (one, other) = (AnyPouch::Pouch(Pouch::new(&Vec::new())), Flap::new());
    one.take(&AnyPouchOrInt::Int(n));
    one.take(&AnyPouchOrInt::AnyPouch(AnyPouch::Flap(other.clone())));
    one.take(&AnyPouchOrInt::AnyPouch(one.clone()));
    let mut items = one.items().to_vec();
    items.extend(other.items().iter().copied());
    items
}

pub fn kinds(n: i64) -> String {
    let things = vec![
        TrackOrIntOrStr::Track(Track::new(&[1.0])),
        TrackOrIntOrStr::Int(n),
        TrackOrIntOrStr::Str("text".to_string()),
    ];
    let mut found: Vec<String> = Vec::new();
    for thing in &things {
        if matches!(thing, TrackOrIntOrStr::Int(_) | TrackOrIntOrStr::Str(_)) {
            found.push(value::to_text(&Value::from(match thing {
                TrackOrIntOrStr::Int(inner) => IntOrStr::Int(*inner),
                TrackOrIntOrStr::Str(inner) => IntOrStr::Str(inner.to_string()),
                _ => decline::decline("not a int | str"),
            })));
        } else {
            found.push(format!(
                "{} parts",
                (match thing {
                    TrackOrIntOrStr::Track(inner) => inner,
                    _ => decline::decline("not a cases.classes.beside_values.Track"),
                })
                .size()
            ));
        }
    }
    found.join(", ")
}

/// One is not True.
pub fn flag(x: &BoolOrInt) -> String {
    if matches!(x, BoolOrInt::Bool(true)) {
        return "true".to_string();
    }
    (if matches!(x, BoolOrInt::Bool(false)) {
        "false"
    } else {
        "a number"
    })
    .to_string()
}

pub fn perhaps(x: Option<bool>) -> String {
    if x == Some(true) {
        return "yes".to_string();
    }
    (if x == Some(false) { "no" } else { "unknown" }).to_string()
}

pub fn several(x: Option<&BoolOrStr>) -> i64 {
    if matches!(x, Some(BoolOrStr::Bool(true))) {
        return 1;
    }
    if !matches!(x, Some(BoolOrStr::Bool(false))) && x.is_some() {
        return (match x.unwrap() {
            BoolOrStr::Str(inner) => inner,
            _ => decline::decline("not a str"),
        })
        .chars()
        .count() as i64;
    }
    0
}

pub fn checked(n: i64) -> Result<bool, Error> {
    if n <= 0 {
        return Err(Error::AssertionError("n must be positive".to_string()));
    }
    let even = n.rem_euclid(2) == 0;
    Ok(even)
}

pub fn total(xs: &[IntOrListIntOrStr]) -> Result<i64, Error> {
    let mut found: i64 = 0;
    for x in xs {
        if let IntOrListIntOrStr::ListInt(x) = x
            && x.len() > 1
        {
            found = found.strict_add(*seq::at(x, 0)?);
        } else if let IntOrListIntOrStr::Int(x) = *x {
            found = found.strict_add(x);
        } else if let IntOrListIntOrStr::Str(x) = x
            && text::is_digit(x)
            && int::parse(x)? > 2
        {
            found = found.strict_add(int::parse(x)?);
        }
    }
    Ok(found)
}

pub fn text_of(x: &IntOrStr) -> String {
    let found: String = match x {
        &IntOrStr::Int(x) => x.strict_add(1).to_string(),
        IntOrStr::Str(x) => text::upper(x),
    };
    found
}
