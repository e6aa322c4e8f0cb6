//! `dict` to an insertion-ordered map and back.

use crate::convert::{Declined, Object, Owned, PyType, Taken, is_exactly};
use crate::write_back::{Change, Mutable, Seen};
use indexmap::IndexMap;
use pyo3_ffi as ffi;
use rustc_hash::FxBuildHasher;
use std::hash::Hash;
use std::marker::PhantomData;
use std::ptr;

pub struct Dict<K, V>(PhantomData<(K, V)>);

impl<K: PyType<Rust: Eq + Hash>, V: PyType> PyType for Dict<K, V> {
    type Rust = IndexMap<K::Rust, V::Rust, FxBuildHasher>;

    fn take(object: Object) -> Taken<Self::Rust> {
        if !is_exactly(object, &raw mut ffi::PyDict_Type) {
            return Err(Declined);
        }
        let length = unsafe { ffi::PyDict_Size(object) };
        let mut map = IndexMap::with_capacity_and_hasher(length as usize, FxBuildHasher);
        let mut entries = Entries::of(object);
        while let Some((key, value)) = entries.next() {
            map.insert(K::take(key)?, V::take(value)?);
        }
        Ok(map)
    }

    fn give(value: &Self::Rust) -> Taken<Owned> {
        let dict = Owned::new(unsafe { ffi::PyDict_New() })?;
        for (key, item) in value {
            set(dict.get(), K::give(key)?.get(), V::give(item)?.get())?;
        }
        Ok(dict)
    }

    const CHANGES: bool = true;

    fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
        seen.note(object)?;
        Self::meet_inside(object, seen)
    }

    fn update(value: &Self::Rust, object: Object, changes: &mut Vec<Change>) -> Taken<()> {
        let mut entries = Entries::of(object);
        let mut new = value.iter();
        while let Some((name, old)) = entries.next() {
            let same = new.next().filter(|(key, item)| {
                K::take(name).is_ok_and(|name| name == **key) && (V::CHANGES || V::is(item, old))
            });
            let Some((_, item)) = same else {
                return if V::CHANGES {
                    Err(Declined)
                } else {
                    changes.push(Change::of::<Self>(object, value)?);
                    Ok(())
                };
            };
            V::update(item, old, changes)?;
        }
        if new.len() > 0 {
            let dict = Owned::new(unsafe { ffi::PyDict_New() })?;
            for (key, item) in new {
                set(dict.get(), K::give(key)?.get(), V::give(item)?.get())?;
            }
            changes.push(Change::new(object, dict, merge));
        }
        Ok(())
    }
}

impl<K, V: PyType> Dict<K, V> {
    /// Notes the objects that can change inside a dict.
    pub fn meet_inside(object: Object, seen: &mut Seen) -> Taken<()> {
        let mut entries = Entries::of(object);
        while V::MET && let Some((_, item)) = entries.next() {
            V::meet(item, seen)?;
        }
        Ok(())
    }
}

/// Puts the entries of a dict behind those of another.
fn merge(object: Object, fresh: Object) -> bool {
    unsafe { ffi::PyDict_Update(object, fresh) == 0 }
}

impl<K: PyType<Rust: Eq + Hash>, V: PyType> Mutable for Dict<K, V> {
    fn prepare(value: &Self::Rust, object: Object) -> Taken<Owned> {
        let dict = Owned::new(unsafe { ffi::PyDict_New() })?;
        for (key, item) in value {
            let name = K::give(key)?;
            let old = unsafe { ffi::PyDict_GetItemWithError(object, name.get()) };
            let stays = !old.is_null() && V::is(item, old);
            let placed = if stays {
                Owned::share(old)
            } else {
                V::give(item)?
            };
            set(dict.get(), name.get(), placed.get())?;
        }
        Ok(dict)
    }

    fn commit(object: Object, fresh: Object) -> bool {
        if !begins_with(fresh, object) {
            unsafe { ffi::PyDict_Clear(object) };
        }
        unsafe { ffi::PyDict_Update(object, fresh) == 0 }
    }
}

fn set(dict: Object, key: Object, value: Object) -> Taken<()> {
    if unsafe { ffi::PyDict_SetItem(dict, key, value) } == 0 {
        Ok(())
    } else {
        Err(Declined)
    }
}

/// Whether the keys of `longer` begin with those of `shorter`, in order: then updating keeps the order.
fn begins_with(longer: Object, shorter: Object) -> bool {
    let (mut long, mut short) = (Entries::of(longer), Entries::of(shorter));
    while let Some((wanted, _)) = short.next() {
        let Some((key, _)) = long.next() else {
            return false;
        };
        if unsafe { ffi::PyObject_RichCompareBool(key, wanted, ffi::Py_EQ) } != 1 {
            return false;
        }
    }
    true
}

/// The entries of a dict that nobody changes meanwhile.
struct Entries {
    dict: Object,
    position: ffi::Py_ssize_t,
}

impl Entries {
    fn of(dict: Object) -> Entries {
        Entries { dict, position: 0 }
    }

    fn next(&mut self) -> Option<(Object, Object)> {
        let (mut key, mut value) = (ptr::null_mut(), ptr::null_mut());
        let found =
            unsafe { ffi::PyDict_Next(self.dict, &mut self.position, &mut key, &mut value) };
        (found != 0).then_some((key, value))
    }
}
