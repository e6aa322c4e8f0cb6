//! Lists, dicts and sets that several values may refer to: each is an object with an identity of its own.

use crate::runtime::decline::decline;
use crate::runtime::dict::Dict;
use crate::runtime::set::Set;
use crate::runtime::shared::Identity;
use crate::runtime::value::Value;
use std::cell::{Cell, Ref, RefCell, RefMut};
use std::rc::Rc;

/// What an object with values inside holds.
pub trait Content: Default {
    /// Moves the values inside that hold others to `out`.
    fn part_with(&mut self, out: &mut Vec<Value>);
}

impl Content for Vec<Value> {
    fn part_with(&mut self, out: &mut Vec<Value>) {
        out.extend(self.drain(..).filter(Value::holds));
    }
}

impl Content for Dict<Value, Value> {
    fn part_with(&mut self, out: &mut Vec<Value>) {
        for (key, item) in self.drain(..) {
            out.extend([key, item].into_iter().filter(Value::holds));
        }
    }
}

impl Content for Set<Value> {
    fn part_with(&mut self, out: &mut Vec<Value>) {
        out.extend(self.drain().filter(Value::holds));
    }
}

#[derive(Default)]
struct Object<T: Content> {
    content: RefCell<T>,
    removals: Cell<u64>,
}

impl<T: Content> Drop for Object<T> {
    /// Takes apart what hangs on it one by one: a chain of a million lists needs no stack for that.
    fn drop(&mut self) {
        let mut waiting = Vec::new();
        self.content.get_mut().part_with(&mut waiting);
        while let Some(value) = waiting.pop() {
            match value {
                Value::Tuple(items) => waiting.extend(items.into_iter().filter(Value::holds)),
                Value::List(mut list) => list.last_part_with(&mut waiting),
                Value::Dict(mut dict) => dict.last_part_with(&mut waiting),
                Value::Set(mut set) => set.last_part_with(&mut waiting),
                _ => {}
            }
        }
    }
}

/// A reference to such an object; its clones refer to the same one.
#[derive(Default)]
pub struct Held<T: Content>(Rc<Object<T>>);

impl<T: Content> Clone for Held<T> {
    fn clone(&self) -> Held<T> {
        Held(Rc::clone(&self.0))
    }
}

impl<T: Content> Identity for Held<T> {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>().addr()
    }
}

impl<T: Content> Held<T> {
    /// A new object.
    pub fn new(content: T) -> Held<T> {
        let object = Object { content: RefCell::new(content), removals: Cell::default() };
        Held(Rc::new(object))
    }

    /// The content, to be read.
    pub fn read(&self) -> Ref<'_, T> {
        match self.0.content.try_borrow() {
            Ok(content) => content,
            Err(_) => decline("read while it is changed"),
        }
    }

    /// The content, to be changed.
    pub fn change(&self) -> RefMut<'_, T> {
        match self.0.content.try_borrow_mut() {
            Ok(content) => content,
            Err(_) => decline("changed while it is lent"),
        }
    }

    /// The content, something to be taken out of it.
    pub fn shrink(&self) -> RefMut<'_, T> {
        self.0.removals.set(self.0.removals.get() + 1);
        self.change()
    }

    /// How often something was taken out.
    pub fn removals(&self) -> u64 {
        self.0.removals.get()
    }

    fn last_part_with(&mut self, out: &mut Vec<Value>) {
        if let Some(object) = Rc::get_mut(&mut self.0) {
            object.content.get_mut().part_with(out);
        }
    }
}
