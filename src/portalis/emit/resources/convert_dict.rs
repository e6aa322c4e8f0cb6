//! `dict` and its kin to an insertion-ordered map and back.

use crate::convert::{Declined, Factory, Object, Owned, PyType, Taken, is_exactly};
use crate::write_back::{Change, Mutable, Seen};
use indexmap::IndexMap;
use pyo3_ffi as ffi;
use rustc_hash::FxBuildHasher;
use std::hash::Hash;
use std::marker::PhantomData;
use std::ptr;

/// What sets one class of dicts apart from another.
pub trait Family {
    /// Whether an object is exactly of this family.
    fn fits(object: Object) -> Taken<bool>;

    /// A new one, of the entries of a dict.
    fn of(entries: Owned) -> Taken<Owned>;

    /// Its entries, where its own order is not that of the dict underneath: a list of pairs.
    fn ordered(_object: Object) -> Taken<Option<Owned>> {
        Ok(None)
    }

    /// Takes all entries out; false with a Python exception set where that failed.
    fn clear(object: Object) -> bool {
        unsafe { ffi::PyDict_Clear(object) };
        true
    }

    /// Puts the entries of a dict behind its own; false with a Python exception set where that failed.
    fn extend(object: Object, fresh: Object) -> bool {
        unsafe { ffi::PyDict_Update(object, fresh) == 0 }
    }
}

/// `dict` itself.
pub struct Plain;

impl Family for Plain {
    fn fits(object: Object) -> Taken<bool> {
        Ok(is_exactly(object, &raw mut ffi::PyDict_Type))
    }

    fn of(entries: Owned) -> Taken<Owned> {
        Ok(entries)
    }
}

/// The dicts of a family, with keys and values of these types.
pub struct DictOf<F, K, V>(PhantomData<(F, K, V)>);

pub type Dict<K, V> = DictOf<Plain, K, V>;

impl<F: Family, K: PyType<Rust: Eq + Hash>, V: PyType> PyType for DictOf<F, K, V> {
    type Rust = IndexMap<K::Rust, V::Rust, FxBuildHasher>;

    fn take(object: Object) -> Taken<Self::Rust> {
        if !F::fits(object)? {
            return Err(Declined);
        }
        let length = unsafe { ffi::PyDict_Size(object) };
        let mut map = IndexMap::with_capacity_and_hasher(length as usize, FxBuildHasher);
        let mut entries = Entries::of::<F>(object)?;
        while let Some((key, value)) = entries.next() {
            map.insert(K::take(key)?, V::take(value)?);
        }
        Ok(map)
    }

    fn give(value: &Self::Rust) -> Taken<Owned> {
        F::of(filled::<K, V>(value)?)
    }

    const CHANGES: bool = true;

    fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
        seen.note(object)?;
        Self::meet_inside(object, seen)
    }

    fn update(value: &Self::Rust, object: Object, changes: &mut Vec<Change>) -> Taken<()> {
        let mut entries = Entries::of::<F>(object)?;
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
            changes.push(Change::new(object, filled::<K, V>(new)?, F::extend));
        }
        Ok(())
    }
}

impl<F: Family, K, V: PyType> DictOf<F, K, V> {
    /// Notes the objects that can change inside a dict.
    pub fn meet_inside(object: Object, seen: &mut Seen) -> Taken<()> {
        if V::MET {
            let mut entries = Entries::of::<F>(object)?;
            while let Some((_, item)) = entries.next() {
                V::meet(item, seen)?;
            }
        }
        Ok(())
    }
}

/// A dict of these entries.
fn filled<'a, K: PyType<Rust: 'a>, V: PyType<Rust: 'a>>(
    entries: impl IntoIterator<Item = (&'a K::Rust, &'a V::Rust)>,
) -> Taken<Owned> {
    let dict = Owned::new(unsafe { ffi::PyDict_New() })?;
    for (key, item) in entries {
        set(dict.get(), K::give(key)?.get(), V::give(item)?.get())?;
    }
    Ok(dict)
}

impl<F: Family, K: PyType<Rust: Eq + Hash>, V: PyType> Mutable for DictOf<F, K, V> {
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
        match begins_with::<F>(fresh, object) {
            Ok(true) => F::extend(object, fresh),
            Ok(false) => F::clear(object) && F::extend(object, fresh),
            Err(Declined) => false,
        }
    }
}

fn set(dict: Object, key: Object, value: Object) -> Taken<()> {
    if unsafe { ffi::PyDict_SetItem(dict, key, value) } == 0 {
        Ok(())
    } else {
        Err(Declined)
    }
}

/// Whether the keys of the dict `longer` begin with those of `shorter`, in order: then updating keeps the order.
fn begins_with<F: Family>(longer: Object, shorter: Object) -> Taken<bool> {
    let (mut long, mut short) = (Entries::of::<Plain>(longer)?, Entries::of::<F>(shorter)?);
    while let Some((wanted, _)) = short.next() {
        let Some((key, _)) = long.next() else {
            return Ok(false);
        };
        if unsafe { ffi::PyObject_RichCompareBool(key, wanted, ffi::Py_EQ) } != 1 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The entries of a dict that nobody changes meanwhile.
struct Entries {
    dict: Object,
    ordered: Option<Owned>,
    position: ffi::Py_ssize_t,
}

impl Entries {
    fn of<F: Family>(dict: Object) -> Taken<Entries> {
        Ok(Entries {
            dict,
            ordered: F::ordered(dict)?,
            position: 0,
        })
    }

    fn next(&mut self) -> Option<(Object, Object)> {
        if let Some(pairs) = &self.ordered {
            if self.position == unsafe { ffi::PyList_Size(pairs.get()) } {
                return None;
            }
            let pair = unsafe { ffi::PyList_GetItem(pairs.get(), self.position) };
            self.position += 1;
            return Some(unsafe { (ffi::PyTuple_GetItem(pair, 0), ffi::PyTuple_GetItem(pair, 1)) });
        }
        let (mut key, mut value) = (ptr::null_mut(), ptr::null_mut());
        let found =
            unsafe { ffi::PyDict_Next(self.dict, &mut self.position, &mut key, &mut value) };
        (found != 0).then_some((key, value))
    }
}

impl<K, V> Factory for Dict<K, V> {
    fn class() -> Taken<Object> {
        Ok((&raw mut ffi::PyDict_Type).cast())
    }
}
