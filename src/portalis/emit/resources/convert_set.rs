//! `set` and `frozenset` to a hash set and back.

use crate::convert::{Declined, Factory, Object, Owned, PyType, Taken, is_exactly};
use crate::write_back::{Change, Mutable, Seen};
use pyo3_ffi as ffi;
use rustc_hash::FxBuildHasher;
use std::collections::HashSet;
use std::hash::Hash;
use std::marker::PhantomData;
use std::ptr;

pub struct Set<T>(PhantomData<T>);
pub struct FrozenSet<T>(PhantomData<T>);

fn take<T: PyType<Rust: Eq + Hash>>(object: Object) -> Taken<HashSet<T::Rust, FxBuildHasher>> {
    let length = unsafe { ffi::PySet_Size(object) };
    let mut set = HashSet::with_capacity_and_hasher(length as usize, FxBuildHasher);
    let items = Owned::new(unsafe { ffi::PyObject_GetIter(object) })?;
    while let Ok(item) = Owned::new(unsafe { ffi::PyIter_Next(items.get()) }) {
        set.insert(T::take(item.get())?);
    }
    Ok(set)
}

fn fill<T: PyType>(set: &Owned, value: &HashSet<T::Rust, FxBuildHasher>) -> Taken<()> {
    for item in value {
        if unsafe { ffi::PySet_Add(set.get(), T::give(item)?.get()) } != 0 {
            return Err(Declined);
        }
    }
    Ok(())
}

impl<T: PyType<Rust: Eq + Hash>> PyType for Set<T> {
    type Rust = HashSet<T::Rust, FxBuildHasher>;

    fn take(object: Object) -> Taken<Self::Rust> {
        if is_exactly(object, &raw mut ffi::PySet_Type) {
            take::<T>(object)
        } else {
            Err(Declined)
        }
    }

    fn give(value: &Self::Rust) -> Taken<Owned> {
        let set = Owned::new(unsafe { ffi::PySet_New(ptr::null_mut()) })?;
        fill::<T>(&set, value)?;
        Ok(set)
    }

    const CHANGES: bool = true;

    fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
        seen.note(object)
    }

    fn update(value: &Self::Rust, object: Object, changes: &mut Vec<Change>) -> Taken<()> {
        if take::<T>(object)? != *value {
            changes.push(Change::of::<Self>(object, value)?);
        }
        Ok(())
    }
}

impl<T: PyType<Rust: Eq + Hash>> PyType for FrozenSet<T> {
    type Rust = HashSet<T::Rust, FxBuildHasher>;

    fn take(object: Object) -> Taken<Self::Rust> {
        if is_exactly(object, &raw mut ffi::PyFrozenSet_Type) {
            take::<T>(object)
        } else {
            Err(Declined)
        }
    }

    fn give(value: &Self::Rust) -> Taken<Owned> {
        let set = Set::<T>::give(value)?;
        Owned::new(unsafe { ffi::PyFrozenSet_New(set.get()) })
    }
}

impl<T: PyType<Rust: Eq + Hash>> Mutable for Set<T> {
    fn prepare(value: &Self::Rust, _object: Object) -> Taken<Owned> {
        Set::<T>::give(value)
    }

    /// Takes out what went and adds what came; elements that stayed are not touched.
    fn commit(object: Object, fresh: Object) -> bool {
        let gone = Owned::new(unsafe { ffi::PyNumber_Subtract(object, fresh) });
        let less = gone.and_then(|gone| {
            Owned::new(unsafe { ffi::PyNumber_InPlaceSubtract(object, gone.get()) })
        });
        let whole =
            less.and_then(|_| Owned::new(unsafe { ffi::PyNumber_InPlaceOr(object, fresh) }));
        whole.is_ok()
    }
}

impl<T> Factory for Set<T> {
    fn class() -> Taken<Object> {
        Ok((&raw mut ffi::PySet_Type).cast())
    }
}
