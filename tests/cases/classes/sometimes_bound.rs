//! Attributes that `__init__` binds on some ways only: fields that may have no value.

use crate::error::Error;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use std::cell::Ref;
use std::cell::RefCell;
use std::cell::RefMut;
use std::rc::Rc;

pub fn fill(xs: &mut Vec<i64>) -> Result<(), Error> {
    seq::store(xs, 0, 7)?;
    xs.push(1);
    Ok(())
}

/// An instance has what its options ask for.
#[derive(Debug, Clone)]
pub struct Series {
    pub n: i64,
    pub items: Option<Vec<i64>>,
    pub pair: Option<(i64, f64)>,
    pub name: Option<String>,
}

impl Series {
    pub fn new(long: bool) -> Result<Series, Error> {
        let mut items: Option<Vec<i64>> = None;
        let mut name: Option<String> = None;
        let mut pair: Option<(i64, f64)> = None;
        let n: i64 = 3;
        if long {
            items = Some(vec![1_i64]);
            fill(items.as_mut().unwrap())?;
            pair = Some((1, 2.5));
            name = Some("abc".to_string());
        }
        Ok(Series {
            n,
            items,
            pair,
            name,
        })
    }

    pub fn add(&mut self, i: i64) -> Result<i64, Error> {
        fill(self.items.as_mut().unwrap())?;
        let value = self.items.as_deref().unwrap().len() as i64;
        self.items.as_mut().unwrap().push(value);
        Ok((*seq::at(self.items.as_deref().unwrap(), i)?)
            .strict_add(self.items.as_deref().unwrap().len() as i64)
            .strict_add(self.pair.unwrap().0))
    }
}

pub fn added(long: bool, i: i64) -> Result<i64, Error> {
    let mut series = Series::new(long)?;
    Ok(series
        .add(i)?
        .strict_add(*seq::at(series.items.as_deref().unwrap(), 0)?)
        .strict_add(series.name.as_deref().unwrap().chars().count() as i64))
}

pub fn only_size(long: bool) -> Result<i64, Error> {
    Ok(Series::new(long)?.n)
}

/// A shared instance.
#[derive(Clone)]
pub struct Link(Rc<RefCell<LinkFields>>);

/// The attributes of a `Link`.
pub struct LinkFields {
    pub up: Option<Link>,
    pub items: Option<Vec<i64>>,
    pub name: Option<String>,
}

impl Link {
    pub fn up(&self) -> Option<Link> {
        self.0.borrow().up.clone()
    }

    pub fn set_up(&self, value: Option<Link>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().up, value);
        drop(old);
    }

    pub fn items(&self) -> Ref<'_, Option<Vec<i64>>> {
        Ref::map(self.0.borrow(), |fields| &fields.items)
    }

    pub fn items_mut(&self) -> RefMut<'_, Option<Vec<i64>>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.items)
    }

    pub fn set_items(&self, value: Option<Vec<i64>>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().items, value);
        drop(old);
    }

    pub fn name(&self) -> Option<String> {
        self.0.borrow().name.clone()
    }

    pub fn set_name(&self, value: Option<String>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().name, value);
        drop(old);
    }

    pub fn new(full: bool, up: Option<&Link>) -> Link {
        let mut items: Option<Vec<i64>> = None;
        let mut name: Option<String> = None;
        let self_up = up.cloned();
        if full {
            items = Some(vec![1_i64, 2]);
            name = Some("n".to_string());
        }
        Link::from(LinkFields {
            up: self_up,
            items,
            name,
        })
    }

    pub fn add(&self, n: i64) -> Result<i64, Error> {
        self.items_mut().as_mut().unwrap().push(n);
        let value = self.items().as_deref().unwrap().len() as i64;
        self.items_mut().as_mut().unwrap().push(value);
        let value_2 = (*seq::at(self.items().as_deref().unwrap(), 0)?).strict_add(n);
        seq::store(self.items_mut().as_mut().unwrap(), 0, value_2)?;
        if self.up().is_some() {
            let value_3 = *seq::at(self.items().as_deref().unwrap(), 0)?;
            self.up()
                .unwrap()
                .items_mut()
                .as_mut()
                .unwrap()
                .push(value_3);
        }
        let mut total: i64 = 0;
        for &x in self.items().as_deref().unwrap() {
            total = total.strict_add(x);
        }
        Ok(total.strict_add(self.name().unwrap().chars().count() as i64))
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
        let mut pending: Vec<Link> = [self.up.take()].into_iter().flatten().collect();
        while let Some(Link(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.up.take());
            }
        }
    }
}

pub fn linked(full: bool, n: i64) -> Result<i64, Error> {
    let first = Link::new(true, None);
    let second = Link::new(full, Some(&first));
    Ok(second.add(n)?.strict_add(first.add(n)?))
}

/// Its subclass binds more.
#[derive(Debug, Clone)]
pub struct Base {
    pub n: i64,
    pub log: Option<Vec<String>>,
}

impl Base {
    pub fn new(n: i64) -> Base {
        let mut log: Option<Vec<String>> = None;
        if n > 0 {
            log = Some(Vec::new());
        }
        Base { log, n }
    }
}

/// What is bound in a `try`, or in its handler.
#[derive(Debug, Clone)]
pub struct Divider {
    pub n: i64,
    pub log: Option<Vec<String>>,
    pub tenth: Option<i64>,
    pub failed: Option<bool>,
}

impl Divider {
    pub fn new(n: i64) -> Result<Divider, Error> {
        let mut failed: Option<bool> = None;
        let mut log: Option<Vec<String>> = None;
        let mut tenth: Option<i64> = None;
        if n > 0 {
            log = Some(Vec::new());
        }
        let self_n = n;
        match (|| -> Result<(), Error> {
            tenth = Some(int::floor_div(10, n)?);
            Ok(())
        })() {
            Ok(()) => (),
            Err(error) if error.is_zero_division_error() => {
                failed = Some(true);
            }
            Err(error) => return Err(error),
        }
        Ok(Divider {
            n: self_n,
            log,
            tenth,
            failed,
        })
    }

    pub fn note(&mut self, text: &str) -> i64 {
        self.log.as_mut().unwrap().push(text.to_string());
        (self.log.as_deref().unwrap().len() as i64).strict_add(self.tenth.unwrap())
    }
}

pub fn noted(n: i64, texts: &[String]) -> Result<i64, Error> {
    let mut divider = Divider::new(n)?;
    Ok(int::sum(texts.iter().map(|text| divider.note(text))))
}

pub fn failed(n: i64) -> Result<bool, Error> {
    Ok(Divider::new(n)?.failed.unwrap())
}

/// Every way that comes to an end binds both.
#[derive(Debug, Clone)]
pub struct Surely {
    pub half: f64,
    pub text: String,
}

impl Surely {
    pub fn new(n: i64) -> Result<Surely, Error> {
        let text: String;
        if n < 0 {
            return Err(Error::ValueError("negative".to_string()));
        } else if n == 0 {
            text = "none".to_string();
            let half = 0.0;
            return Ok(Surely { half, text });
        } else {
            text = n.to_string();
        }
        let mut half: f64 = 0.0;
        match (|| -> Result<(), Error> {
            half = int::true_div(1, n.strict_sub(2))?;
            Ok(())
        })() {
            Ok(()) => (),
            Err(error) if error.is_zero_division_error() => {
                half = 0.5;
            }
            Err(error) => return Err(error),
        }
        Ok(Surely { half, text })
    }
}

pub fn surely(n: i64) -> Result<String, Error> {
    let one = Surely::new(n)?;
    Ok(format!("{} {}", one.text, float::repr(one.half)))
}

/// `return` before all is bound.
#[derive(Debug, Clone)]
pub struct Early {
    pub n: i64,
    pub items: Vec<i64>,
    pub extra: Option<i64>,
}

impl Early {
    pub fn new(n: i64) -> Result<Early, Error> {
        let self_n = n;
        let items = vec![n];
        if n == 0 {
            return Ok(Early {
                n: self_n,
                items,
                extra: None,
            });
        }
        let mut self_ = Early {
            n: self_n,
            items,
            extra: None,
        };
        self_.check()?;
        if n > 5 {
            self_.items.push(9);
            return Ok(self_);
        }
        self_.extra = Some(n.strict_mul(2));
        Ok(self_)
    }

    pub fn check(&self) -> Result<(), Error> {
        if self.n < 0 {
            return Err(Error::ValueError("negative".to_string()));
        }
        Ok(())
    }
}

pub fn early(n: i64) -> Result<i64, Error> {
    let one = Early::new(n)?;
    Ok((one.items.len() as i64).strict_add(one.n))
}

pub fn early_extra(n: i64) -> Result<i64, Error> {
    Ok(Early::new(n)?.extra.unwrap())
}
