//! What a call changed in the objects that it was handed: made ready first, put there when the call has an answer.
//!
//! Rust worked on values of its own. An object that it changed gets what became of its value and stays the object
//! that it was, at its place: so what Python reaches in two ways declines before anything is called.

use crate::convert::{Declined, List, Object, Owned, PyType, Taken};
use pyo3_ffi as ffi;
use std::collections::HashSet;
use std::ptr;

/// The objects that can change which a call was handed, by their addresses: those that Rust holds as values of
/// their type, and those inside values of any type, which may be reached in several ways.
#[derive(Default)]
pub struct Seen(HashSet<usize>, HashSet<usize>);

impl Seen {
    /// Notes an object; declines where it was met before.
    pub fn note(&mut self, object: Object) -> Taken<()> {
        if self.first(object) { Ok(()) } else { Err(Declined) }
    }

    /// Notes an object; whether it was not met before.
    pub fn first(&mut self, object: Object) -> bool {
        !self.1.contains(&(object as usize)) && self.0.insert(object as usize)
    }

    /// Notes an object inside a value of any type; whether it was not met before. Declines where it was met as
    /// one of a type.
    pub fn note_loose(&mut self, object: Object) -> Taken<bool> {
        if self.0.contains(&(object as usize)) {
            return Err(Declined);
        }
        Ok(self.1.insert(object as usize))
    }
}

/// New content for an object, put there when the call returns or raises.
pub struct Change {
    object: Owned,
    fresh: Owned,
    commit: fn(Object, Object) -> bool,
}

impl Change {
    pub fn new(object: Object, fresh: Owned, commit: fn(Object, Object) -> bool) -> Change {
        Change {
            object: Owned::share(object),
            fresh,
            commit,
        }
    }

    /// What makes an object hold a value.
    pub fn of<T: Mutable>(object: Object, value: &T::Rust) -> Taken<Change> {
        Ok(Change::new(object, T::prepare(value, object)?, T::commit))
    }

    /// Changes the object; false with a Python exception set where memory ran out.
    pub fn commit(&self) -> bool {
        (self.commit)(self.object.get(), self.fresh.get())
    }
}

/// A type whose objects a call may change in place.
pub trait Mutable: PyType {
    /// Makes ready what the object is to hold; nothing is changed yet.
    fn prepare(value: &Self::Rust, object: Object) -> Taken<Owned>;

    /// Puts what was made ready into the object; false with a Python exception set where memory ran out.
    fn commit(object: Object, fresh: Object) -> bool;
}

impl<T: PyType> Mutable for List<T> {
    fn prepare(value: &Vec<T::Rust>, object: Object) -> Taken<Owned> {
        let before = unsafe { ffi::PyList_Size(object) };
        let list = Owned::new(unsafe { ffi::PyList_New(value.len() as isize) })?;
        for (at, item) in (0..).zip(value) {
            let old = if at < before {
                unsafe { ffi::PyList_GetItem(object, at) }
            } else {
                ptr::null_mut()
            };
            let stays = !old.is_null() && T::is(item, old);
            let placed = if stays {
                Owned::share(old)
            } else {
                T::give(item)?
            };
            unsafe { ffi::PyList_SetItem(list.get(), at, placed.into_raw()) };
        }
        Ok(list)
    }

    fn commit(object: Object, fresh: Object) -> bool {
        unsafe { ffi::PyList_SetSlice(object, 0, isize::MAX, fresh) == 0 }
    }
}

/// Whether a mutable object is an object or stands inside it; arguments are already known to be plain data.
pub fn holds(outer: Object, wanted: Object) -> Taken<bool> {
    reaches(outer, wanted, &mut HashSet::new())
}

fn reaches(outer: Object, wanted: Object, seen: &mut HashSet<usize>) -> Taken<bool> {
    if ptr::eq(outer, wanted) {
        return Ok(true);
    }
    let containers = [
        &raw mut ffi::PyList_Type,
        &raw mut ffi::PyTuple_Type,
        &raw mut ffi::PyDict_Type,
    ];
    if !containers.contains(&unsafe { ffi::Py_TYPE(outer) }) {
        return Ok(false);
    }
    if !seen.insert(outer as usize) {
        return Ok(false);
    }
    let is_dict = ptr::eq(unsafe { ffi::Py_TYPE(outer) }, &raw mut ffi::PyDict_Type);
    let items = Owned::new(unsafe {
        if is_dict {
            ffi::PyDict_Values(outer)
        } else {
            ffi::PySequence_Fast(outer, c"".as_ptr())
        }
    })?;
    let length = unsafe { ffi::PySequence_Size(items.get()) };
    for at in 0..length {
        let item = Owned::new(unsafe { ffi::PySequence_GetItem(items.get(), at) })?;
        if reaches(item.get(), wanted, seen)? {
            return Ok(true);
        }
    }
    Ok(false)
}
