//! `collections.deque` to a ring of items and back.

use crate::convert::{Declined, Factory, List, Object, Owned, PyType, Taken, is_none};
use crate::library::{LibraryClass, attribute, call};
use crate::write_back::{Change, Mutable, Seen};
use pyo3_ffi as ffi;
use std::collections::VecDeque;
use std::marker::PhantomData;
use std::ptr;

static DEQUE: LibraryClass = LibraryClass::new(c"collections", c"deque");

/// `deque` without a maximal length.
pub struct Deque<T>(PhantomData<T>);

/// The items of a deque, as a list.
fn listed(object: Object) -> Taken<Owned> {
    Owned::new(unsafe { ffi::PySequence_List(object) })
}

impl<T: PyType> PyType for Deque<T> {
    type Rust = VecDeque<T::Rust>;

    fn take(object: Object) -> Taken<Self::Rust> {
        if !DEQUE.fits(object)? || !is_none(attribute(object, c"maxlen")?.get()) {
            return Err(Declined);
        }
        List::<T>::take(listed(object)?.get()).map(VecDeque::from)
    }

    fn give(value: &Self::Rust) -> Taken<Owned> {
        let items = Owned::new(unsafe { ffi::PyList_New(value.len() as isize) })?;
        for (at, item) in (0..).zip(value) {
            unsafe { ffi::PyList_SetItem(items.get(), at, T::give(item)?.into_raw()) };
        }
        DEQUE.make([items.get()])
    }

    const CHANGES: bool = true;

    fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
        seen.note(object)?;
        if T::MET {
            List::<T>::meet_inside(listed(object)?.get(), seen)?;
        }
        Ok(())
    }

    fn update(value: &Self::Rust, object: Object, changes: &mut Vec<Change>) -> Taken<()> {
        let old = listed(object)?;
        let before = unsafe { ffi::PyList_Size(old.get()) } as usize;
        let place = |at: usize| unsafe { ffi::PyList_GetItem(old.get(), at as isize) };
        if !T::CHANGES {
            let same = value.len() == before
                && value.iter().enumerate().all(|(at, item)| T::is(item, place(at)));
            if !same {
                changes.push(Change::of::<Self>(object, value)?);
            }
            return Ok(());
        }
        if value.len() < before {
            return Err(Declined);
        }
        for (at, item) in value.iter().take(before).enumerate() {
            T::update(item, place(at), changes)?;
        }
        if value.len() > before {
            let new = Owned::new(unsafe { ffi::PyList_New(0) })?;
            for item in value.iter().skip(before) {
                if unsafe { ffi::PyList_Append(new.get(), T::give(item)?.get()) } != 0 {
                    return Err(Declined);
                }
            }
            changes.push(Change::new(object, new, append));
        }
        Ok(())
    }
}

/// Puts the elements of a list behind those of a deque.
fn append(object: Object, fresh: Object) -> bool {
    call(object, c"extend", Some(fresh))
}

impl<T: PyType> Mutable for Deque<T> {
    fn prepare(value: &Self::Rust, object: Object) -> Taken<Owned> {
        let old = listed(object)?;
        let before = unsafe { ffi::PyList_Size(old.get()) };
        let fresh = Owned::new(unsafe { ffi::PyList_New(value.len() as isize) })?;
        for (at, item) in (0..).zip(value) {
            let was = if at < before {
                unsafe { ffi::PyList_GetItem(old.get(), at) }
            } else {
                ptr::null_mut()
            };
            let stays = !was.is_null() && T::is(item, was);
            let placed = if stays { Owned::share(was) } else { T::give(item)? };
            unsafe { ffi::PyList_SetItem(fresh.get(), at, placed.into_raw()) };
        }
        Ok(fresh)
    }

    fn commit(object: Object, fresh: Object) -> bool {
        call(object, c"clear", None) && append(object, fresh)
    }
}

impl<T> Factory for Deque<T> {
    fn class() -> Taken<Object> {
        DEQUE.get()
    }
}
