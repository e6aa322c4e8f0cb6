//! Attributes of classes themselves; methods with the names that Rust would give to accessors.

use crate::error::Error;
use crate::runtime::shared;
use crate::runtime::shared::Identity;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Debug, Clone)]
pub struct Tank {
    pub level: i64,
}

impl Tank {
    pub const CAPACITY: i64 = 40;
    pub const STEP: f64 = 0.5;
    pub const UNIT: &'static str = "l";
    pub const DEBUG: bool = false;
    pub const LOWEST: i64 = -3;

    pub fn new(level: i64) -> Tank {
        Tank { level }
    }

    pub fn fill(&mut self, amount: i64) -> Result<i64, Error> {
        if self.level.strict_add(amount) > Tank::CAPACITY {
            return Err(Error::ValueError(format!(
                "more than {}{}",
                Tank::CAPACITY,
                Tank::UNIT
            )));
        }
        self.level = self.level.strict_add(amount);
        Ok(self.level)
    }

    pub fn full() -> Tank {
        Tank::new(Tank::CAPACITY)
    }

    pub fn steps(&self) -> f64 {
        if !Tank::DEBUG {
            self.level as f64 * Tank::STEP
        } else {
            0.0
        }
    }
}

#[derive(Clone)]
pub struct Link(Rc<RefCell<LinkFields>>);

/// The attributes of a `Link`.
pub struct LinkFields {
    pub data: i64,
    pub next: Option<Link>,
}

impl Link {
    pub fn data(&self) -> i64 {
        self.0.borrow().data
    }

    pub fn store_data(&self, value: i64) {
        self.0.borrow_mut().data = value;
    }

    pub fn next(&self) -> Option<Link> {
        self.0.borrow().next.clone()
    }

    pub fn store_next(&self, value: Option<Link>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().next, value);
        drop(old);
    }

    pub const LIMIT: i64 = 3;

    pub fn new(data: i64, next: Option<&Link>) -> Link {
        Link::from(LinkFields {
            data,
            next: next.cloned(),
        })
    }

    pub fn get_data(&self) -> i64 {
        self.data()
    }

    pub fn set_data(&self, data: i64) {
        self.store_data(data.min(Link::LIMIT));
    }

    pub fn set_next(&self, link: &Link) {
        self.store_next(Some(link.clone()));
    }
}

impl From<LinkFields> for Link {
    fn from(fields: LinkFields) -> Link {
        Link(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Link {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Link {
    fn eq(&self, other: &Link) -> bool {
        self.is(other)
    }
}

impl Drop for LinkFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Link> = [self.next.take()].into_iter().flatten().collect();
        while let Some(Link(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.next.take());
            }
        }
    }
}

pub fn filled(amounts: &[i64]) -> Result<(i64, f64, i64), Error> {
    let mut tank = Tank::new(0);
    for &amount in amounts {
        tank.fill(amount)?;
    }
    let full = Tank::full();
    Ok((
        tank.level,
        tank.steps(),
        full.level.strict_add(Tank::LOWEST),
    ))
}

pub fn linked(values: &[i64]) -> (Vec<i64>, bool, bool) {
    let first = Link::new(0, None);
    let mut current = first.clone();
    for &value in values {
        let following = Link::new(0, None);
        following.set_data(value);
        current.set_next(&following);
        current = following;
    }
    let mut found: Vec<i64> = Vec::new();
    let mut link = Some(first.clone());
    while link.is_some() {
        found.push(link.as_ref().unwrap().get_data());
        link = link.as_ref().unwrap().next();
    }
    (
        found,
        first.is(&current),
        !shared::same_or_none(first.next().as_ref(), Some(&first)),
    )
}
