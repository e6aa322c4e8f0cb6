//! Attributes declared as `Any` that one type is bound to, `Self`, and tests of what may be None.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::shared::Identity;
use crate::runtime::value;
use crate::runtime::value::Value;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Debug, Clone)]
pub struct Line {
    pub _first: Option<LineStop>,
    pub _last: Option<LineStop>,
}

impl Line {
    pub fn new() -> Line {
        Line {
            _first: None,
            _last: None,
        }
    }

    pub fn put(&mut self, value: &Value) {
        let stop = LineStop::from(LineStopFields {
            value: value.clone(),
            after: None,
        });
        if self._first.is_none() {
            let value_2 = stop;
            self._first = Some(value_2.clone());
            self._last = Some(value_2.clone());
        } else {
            let value_2 = Some(stop.clone());
            self._last.as_ref().unwrap().set_after(value_2);
            self._last = Some(stop);
        }
    }

    pub fn shown(&self) -> String {
        let (mut text, mut stop) = (String::new(), self._first.clone());
        while stop.is_some() {
            text.push_str(&value::to_text(&stop.as_ref().unwrap().value()));
            stop = stop.as_ref().unwrap().after();
        }
        text
    }
}

impl Default for Line {
    fn default() -> Line {
        Line::new()
    }
}

#[derive(Clone)]
pub struct LineStop(Rc<RefCell<LineStopFields>>);

/// The attributes of a `LineStop`.
pub struct LineStopFields {
    pub value: Value,
    pub after: Option<LineStop>,
}

impl LineStop {
    pub fn value(&self) -> Value {
        self.0.borrow().value.clone()
    }

    pub fn set_value(&self, value: Value) {
        let old = std::mem::replace(&mut self.0.borrow_mut().value, value);
        drop(old);
    }

    pub fn after(&self) -> Option<LineStop> {
        self.0.borrow().after.clone()
    }

    pub fn set_after(&self, value: Option<LineStop>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().after, value);
        drop(old);
    }

    /// Instances are equal when their fields are.
    pub fn equals(&self, other: &LineStop) -> Result<bool, Error> {
        let _depth = decline::enter();
        Ok(self.is(other)
            || self.value() == other.value()
                && match self.after() {
                    Some(after) => match other.after() {
                        Some(after_2) => after.equals(&after_2)?,
                        None => false,
                    },
                    None => other.after().is_none(),
                })
    }
}

impl From<LineStopFields> for LineStop {
    fn from(fields: LineStopFields) -> LineStop {
        LineStop(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for LineStop {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for LineStop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LineStop")
    }
}

impl Drop for LineStopFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<LineStop> = [self.after.take()].into_iter().flatten().collect();
        while let Some(LineStop(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.after.take());
            }
        }
    }
}

pub fn line_of(values: &[i64]) -> String {
    let mut line = Line::new();
    for &value in values {
        line.put(&Value::Int(value));
    }
    line.shown()
}

#[derive(Clone)]
pub struct Chain(Rc<RefCell<ChainFields>>);

/// The attributes of a `Chain`.
pub struct ChainFields {
    pub value: i64,
    pub after: Option<Chain>,
}

impl Chain {
    pub fn value(&self) -> i64 {
        self.0.borrow().value
    }

    pub fn set_value(&self, value: i64) {
        self.0.borrow_mut().value = value;
    }

    pub fn after(&self) -> Option<Chain> {
        self.0.borrow().after.clone()
    }

    pub fn set_after(&self, value: Option<Chain>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().after, value);
        drop(old);
    }

    pub fn new(value: i64) -> Chain {
        Chain::from(ChainFields { value, after: None })
    }

    pub fn last(&self) -> i64 {
        let mut one = self.clone();
        while one.after().is_some() {
            one = one.after().unwrap();
        }
        one.value()
    }

    pub fn join(&self, other: &Chain) {
        let mut one = self.clone();
        while one.after().is_some() {
            one = one.after().unwrap();
        }
        one.set_after(Some(other.clone()));
    }
}

impl From<ChainFields> for Chain {
    fn from(fields: ChainFields) -> Chain {
        Chain(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Chain {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chain")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Chain {
    fn eq(&self, other: &Chain) -> bool {
        self.is(other)
    }
}

impl Drop for ChainFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Chain> = [self.after.take()].into_iter().flatten().collect();
        while let Some(Chain(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.after.take());
            }
        }
    }
}

pub fn last_of(values: &[i64]) -> i64 {
    let head = Chain::new(0);
    for &value in values {
        head.join(&Chain::new(value));
    }
    head.last()
}

pub fn is_number(n: Option<i64>) -> bool {
    n.is_some()
}

#[derive(Clone)]
pub struct Ring(Rc<RefCell<RingFields>>);

/// The attributes of a `Ring`.
pub struct RingFields {
    pub value: i64,
    pub after: Option<Ring>,
}

impl Ring {
    pub fn value(&self) -> i64 {
        self.0.borrow().value
    }

    pub fn set_value(&self, value: i64) {
        self.0.borrow_mut().value = value;
    }

    pub fn after(&self) -> Option<Ring> {
        self.0.borrow().after.clone()
    }

    pub fn set_after(&self, value: Option<Ring>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().after, value);
        drop(old);
    }

    /// Instances are equal when their fields are.
    pub fn equals(&self, other: &Ring) -> Result<bool, Error> {
        let _depth = decline::enter();
        Ok(self.is(other)
            || self.value() == other.value()
                && match self.after() {
                    Some(after) => match other.after() {
                        Some(after_2) => after.equals(&after_2)?,
                        None => false,
                    },
                    None => other.after().is_none(),
                })
    }
}

impl From<RingFields> for Ring {
    fn from(fields: RingFields) -> Ring {
        Ring(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Ring {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Ring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ring")
    }
}

impl Drop for RingFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Ring> = [self.after.take()].into_iter().flatten().collect();
        while let Some(Ring(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.after.take());
            }
        }
    }
}

pub fn closed(n: i64) -> Result<bool, Error> {
    let (one, other) = (
        Ring::from(RingFields {
            value: n,
            after: None,
        }),
        Ring::from(RingFields {
            value: n,
            after: None,
        }),
    );
    one.set_after(Some(one.clone()));
    other.set_after(Some(Ring::from(RingFields {
        value: n,
        after: None,
    })));
    Ok(one.equals(&one)? && !one.equals(&other)?)
}
