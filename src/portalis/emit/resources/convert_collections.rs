//! `Counter`, `defaultdict` and `OrderedDict`, which are dicts to Rust.

use crate::convert::{Factory, Int, Object, Owned, Taken};
use crate::convert_dict::{DictOf, Family};
use crate::library::{LibraryClass, attribute, call};
use pyo3_ffi as ffi;
use std::marker::PhantomData;
use std::ptr;

static COUNTER: LibraryClass = LibraryClass::new(c"collections", c"Counter");
static DEFAULT_DICT: LibraryClass = LibraryClass::new(c"collections", c"defaultdict");
static ORDERED_DICT: LibraryClass = LibraryClass::new(c"collections", c"OrderedDict");

/// `Counter`.
pub struct Counting;

pub type Counter<T> = DictOf<Counting, T, Int>;

impl Family for Counting {
    fn fits(object: Object) -> Taken<bool> {
        COUNTER.fits(object)
    }

    fn of(entries: Owned) -> Taken<Owned> {
        COUNTER.make([entries.get()])
    }
}

/// `OrderedDict`, which keeps an order of its own.
pub struct Ordered;

pub type OrderedDict<K, V> = DictOf<Ordered, K, V>;

impl Family for Ordered {
    fn fits(object: Object) -> Taken<bool> {
        ORDERED_DICT.fits(object)
    }

    fn of(entries: Owned) -> Taken<Owned> {
        ORDERED_DICT.make([entries.get()])
    }

    fn ordered(object: Object) -> Taken<Option<Owned>> {
        Owned::new(unsafe { ffi::PyMapping_Items(object) }).map(Some)
    }

    fn clear(object: Object) -> bool {
        call(object, c"clear", None)
    }

    fn extend(object: Object, fresh: Object) -> bool {
        call(object, c"update", Some(fresh))
    }
}

/// `defaultdict`, whose factory is the class of its values.
pub struct Defaulting<V>(PhantomData<V>);

pub type DefaultDict<K, V> = DictOf<Defaulting<V>, K, V>;

impl<V: Factory> Family for Defaulting<V> {
    fn fits(object: Object) -> Taken<bool> {
        if !DEFAULT_DICT.fits(object)? {
            return Ok(false);
        }
        let factory = attribute(object, c"default_factory")?;
        Ok(ptr::eq(factory.get(), V::class()?))
    }

    fn of(entries: Owned) -> Taken<Owned> {
        DEFAULT_DICT.make([V::class()?, entries.get()])
    }
}

impl<T> Factory for Counter<T> {
    fn class() -> Taken<Object> {
        COUNTER.get()
    }
}
