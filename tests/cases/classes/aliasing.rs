//! One instance under two names, and containers that an instance and someone else hold.

use crate::error::Error;
use crate::runtime::seq;

#[derive(Debug, Clone)]
pub struct Bag {
    pub items: Vec<i64>,
}

impl Bag {
    pub fn new(items: &[i64]) -> Bag {
        Bag {
            items: items.to_vec(),
        }
    }

    pub fn absorb(&mut self, other: &Bag) -> i64 {
        self.items.push(5);
        other.items.len() as i64
    }

    pub fn fail(&mut self, n: i64) -> Result<(), Error> {
        self.items.push(n);
        if n > 2 {
            return Err(Error::ValueError("n".to_string()));
        }
        self.items.push(n);
        Ok(())
    }
}

pub fn alias_param(xs: &[i64]) -> i64 {
    let mut b = Bag::new(xs);
    b.items.push(3);
    xs.len() as i64
}

pub fn kept(n: i64) -> Result<i64, Error> {
    let mut b = Bag::new(&Vec::new());
    match (|| -> Result<(), Error> {
        b.fail(n)?;
        Ok(())
    })() {
        Ok(()) => (),
        Err(error) if error.is_value_error() => {}
        Err(error) => return Err(error),
    }
    Ok(b.items.len() as i64)
}

pub fn element(n: i64) -> Result<i64, Error> {
    let mut bags = vec![Bag::new(&[n]), Bag::new(&Vec::new())];
    let first = seq::at_mut(&mut bags, 0)?;
    first.items.push(2);
    Ok(seq::at(&bags, 0)?.items.len() as i64)
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
    let mut first = Bag::new(&[n]);
    let mut second = Bag::new(&Vec::new());
    first.absorb(&second).strict_add(second.absorb(&first))
}

pub fn filled(n: i64) -> Vec<i64> {
    let mut r = Rows::new();
    r.fresh(n);
    r.grow();
    r.last.to_vec()
}
