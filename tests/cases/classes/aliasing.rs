//! One instance under two names, and containers that an instance and someone else hold.

use crate::error::Error;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use std::cell::Ref;
use std::cell::RefCell;
use std::cell::RefMut;
use std::rc::Rc;

#[derive(Clone)]
pub struct Bag(Rc<RefCell<BagFields>>);

/// The attributes of a `Bag`.
pub struct BagFields {
    pub items: Vec<i64>,
}

impl Bag {
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

    pub fn new(items: &[i64]) -> Bag {
        Bag::from(BagFields {
            items: items.to_vec(),
        })
    }

    pub fn same(&self) -> Bag {
        self.clone()
    }

    pub fn add(&self, other: &Bag) -> Bag {
        other.items_mut().push(1);
        self.clone()
    }

    pub fn absorb(&self, other: &Bag) -> i64 {
        self.items_mut().push(5);
        other.items().len() as i64
    }

    pub fn fail(&self, n: i64) -> Result<(), Error> {
        self.items_mut().push(n);
        if n > 2 {
            return Err(Error::ValueError("n".to_string()));
        }
        self.items_mut().push(n);
        Ok(())
    }
}

impl From<BagFields> for Bag {
    fn from(fields: BagFields) -> Bag {
        Bag(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Bag {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Bag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bag")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Bag {
    fn eq(&self, other: &Bag) -> bool {
        self.is(other)
    }
}

pub fn alias_param(xs: &[i64]) -> i64 {
    let b = Bag::new(xs);
    b.items_mut().push(3);
    xs.len() as i64
}

pub fn through_self(n: i64) -> i64 {
    let b = Bag::new(&[n]);
    let c = b.same();
    c.items_mut().push(4);
    b.items().len() as i64
}

pub fn plus(n: i64) -> i64 {
    let b = Bag::new(&[n]);
    let c = b.add(&b);
    c.items_mut().push(9);
    b.items().len() as i64
}

pub fn two_lists(n: i64) -> Result<i64, Error> {
    let b = Bag::new(&[n]);
    let xs = vec![b.clone()];
    let ys = vec![b];
    seq::at(&xs, 0)?.items_mut().push(1);
    Ok(seq::at(&ys, 0)?.items().len() as i64)
}

pub fn rebind(n: i64) -> i64 {
    let b = Bag::new(&[n]);
    let c = b.clone();
    c.items_mut().push(1);
    b.items().len() as i64
}

pub fn kept(n: i64) -> Result<i64, Error> {
    let b = Bag::new(&Vec::new());
    match (|| -> Result<(), Error> {
        b.fail(n)?;
        Ok(())
    })() {
        Ok(()) => (),
        Err(error) if error.is_value_error() => {}
        Err(error) => return Err(error),
    }
    Ok(b.items().len() as i64)
}

pub fn element(n: i64) -> Result<i64, Error> {
    let bags = vec![Bag::new(&[n]), Bag::new(&Vec::new())];
    let first = seq::at(&bags, 0)?;
    first.items_mut().push(2);
    Ok(seq::at(&bags, 0)?.items().len() as i64)
}

#[derive(Debug, Clone)]
pub struct Rows {
    pub rows: Vec<Vec<i64>>,
    pub last: Vec<i64>,
}

impl Rows {
    pub fn new() -> Rows {
        Rows {
            rows: Vec::new(),
            last: Vec::new(),
        }
    }

    pub fn put(&mut self, row: &[i64]) {
        self.last = row.to_vec();
    }

    pub fn put_or(&mut self, row: &[i64]) {
        let mut row = row.to_vec();
        if row.is_empty() {
            row = vec![1_i64];
        }
        self.last = row;
    }

    pub fn grow(&mut self) {
        self.last.push(1);
    }

    pub fn fresh(&mut self, n: i64) {
        let row: Vec<i64> = vec![n; 3];
        self.last = row;
    }
}

impl Default for Rows {
    fn default() -> Rows {
        Rows::new()
    }
}

/// Another instance may be lent while one is changed.
pub fn absorbed(n: i64) -> i64 {
    let first = Bag::new(&[n]);
    let second = Bag::new(&Vec::new());
    first.absorb(&second).strict_add(second.absorb(&first))
}

pub fn filled(n: i64) -> Vec<i64> {
    let mut r = Rows::new();
    r.fresh(n);
    r.grow();
    r.last.to_vec()
}
