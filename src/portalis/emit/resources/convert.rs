//! Python values to Rust and back, by Python type.
//!
//! A marker type stands for a Python type (`List<Int>` for `list[int]`). Taking is exact: a `bool` is
//! no `int`, an `int` no `float`, a subclass is not its base; what doesn't fit declines.

use crate::write_back::{Change, Seen};
use pyo3_ffi::{self as ffi, PyObject};
use std::ffi::c_int;
use std::marker::PhantomData;
use std::ptr;

/// A borrowed reference to a Python object.
pub type Object = *mut PyObject;

/// This call has no answer in Rust.
pub struct Declined;

/// A value taken from Python or made for it, or a decline.
pub type Taken<T> = Result<T, Declined>;

/// An owned reference to a Python object; never null.
pub struct Owned(Object);

impl Owned {
    /// Owns what a call of the C API returned; null declines.
    pub fn new(object: Object) -> Taken<Owned> {
        if object.is_null() {
            Err(Declined)
        } else {
            Ok(Owned(object))
        }
    }

    /// One more reference to an object that somebody else owns.
    pub fn share(object: Object) -> Owned {
        unsafe { ffi::Py_IncRef(object) };
        Owned(object)
    }

    pub fn get(&self) -> Object {
        self.0
    }

    /// The reference itself, no longer dropped here.
    pub fn into_raw(self) -> Object {
        let object = self.0;
        std::mem::forget(self);
        object
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        unsafe { ffi::Py_DecRef(self.0) };
    }
}

/// A Python type and its Rust form. Callers hold the interpreter's lock and pass live objects.
pub trait PyType {
    type Rust;

    /// The Rust value of an object of exactly this type.
    fn take(object: Object) -> Taken<Self::Rust>;

    /// A new Python object for the value.
    fn give(value: &Self::Rust) -> Taken<Owned>;

    /// Whether the object already is the value, so that it can stay where it stands.
    fn is(_value: &Self::Rust, _object: Object) -> bool {
        false
    }

    /// Whether objects of this type can change, or hold such, and are written back at their place.
    const CHANGES: bool = false;

    /// Whether there are objects that can change to be met in an object of this type.
    const MET: bool = Self::CHANGES;

    /// Notes the objects that can change, of one that was taken before; declines where one is met again.
    fn meet(_object: Object, _seen: &mut Seen) -> Taken<()> {
        Ok(())
    }

    /// Makes ready what becomes of the objects that can change, each of which stays where it is.
    fn update(_value: &Self::Rust, _object: Object, _changes: &mut Vec<Change>) -> Taken<()> {
        Ok(())
    }
}

/// A type whose class, called without arguments, makes what `Default` makes in Rust.
pub trait Factory {
    fn class() -> Taken<Object>;
}

macro_rules! factories {
    ($($marker:ident: $class:ident;)*) => { $(
        impl Factory for $marker {
            fn class() -> Taken<Object> {
                Ok((&raw mut ffi::$class).cast())
            }
        }
    )* };
}

factories! {
    Int: PyLong_Type;
    Float: PyFloat_Type;
    Bool: PyBool_Type;
    Str: PyUnicode_Type;
}

impl<T> Factory for List<T> {
    fn class() -> Taken<Object> {
        Ok((&raw mut ffi::PyList_Type).cast())
    }
}

/// Whether the object's type is exactly this one.
pub fn is_exactly(object: Object, class: *mut ffi::PyTypeObject) -> bool {
    unsafe { ffi::Py_TYPE(object) == class }
}

fn exactly(object: Object, class: *mut ffi::PyTypeObject) -> Taken<()> {
    if is_exactly(object, class) {
        Ok(())
    } else {
        Err(Declined)
    }
}

pub struct Int;
pub struct Float;
pub struct Bool;
pub struct Str;
pub struct Bytes;
pub struct Unit;
pub struct List<T>(PhantomData<T>);
pub struct VarTuple<T>(PhantomData<T>);
pub struct Optional<T>(PhantomData<T>);

impl PyType for Int {
    type Rust = i64;

    fn take(object: Object) -> Taken<i64> {
        exactly(object, &raw mut ffi::PyLong_Type)?;
        let mut overflow: c_int = 0;
        let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow) };
        if overflow == 0 {
            Ok(value)
        } else {
            Err(Declined)
        }
    }

    fn give(value: &i64) -> Taken<Owned> {
        Owned::new(unsafe { ffi::PyLong_FromLongLong(*value) })
    }

    fn is(value: &i64, object: Object) -> bool {
        Int::take(object).is_ok_and(|found| found == *value)
    }
}

impl PyType for Float {
    type Rust = f64;

    fn take(object: Object) -> Taken<f64> {
        exactly(object, &raw mut ffi::PyFloat_Type)?;
        Ok(unsafe { ffi::PyFloat_AsDouble(object) })
    }

    fn give(value: &f64) -> Taken<Owned> {
        Owned::new(unsafe { ffi::PyFloat_FromDouble(*value) })
    }

    fn is(value: &f64, object: Object) -> bool {
        Float::take(object).is_ok_and(|found| found.to_bits() == value.to_bits())
    }
}

impl PyType for Bool {
    type Rust = bool;

    fn take(object: Object) -> Taken<bool> {
        exactly(object, &raw mut ffi::PyBool_Type)?;
        Ok(ptr::eq(object, unsafe { ffi::Py_True() }))
    }

    fn give(value: &bool) -> Taken<Owned> {
        Ok(Owned::share(unsafe {
            if *value {
                ffi::Py_True()
            } else {
                ffi::Py_False()
            }
        }))
    }

    fn is(value: &bool, object: Object) -> bool {
        Bool::take(object).is_ok_and(|found| found == *value)
    }
}

/// The text of a `str`, borrowed from the object; a lone surrogate declines.
pub fn borrow_str<'a>(object: Object) -> Taken<&'a str> {
    exactly(object, &raw mut ffi::PyUnicode_Type)?;
    let mut length: ffi::Py_ssize_t = 0;
    let text = unsafe { ffi::PyUnicode_AsUTF8AndSize(object, &mut length) };
    if text.is_null() {
        return Err(Declined);
    }
    // CPython's encoder made these bytes, and keeps them as long as the object lives.
    Ok(unsafe {
        str::from_utf8_unchecked(std::slice::from_raw_parts(text.cast(), length as usize))
    })
}

/// The content of a `bytes`, borrowed from the object.
pub fn borrow_bytes<'a>(object: Object) -> Taken<&'a [u8]> {
    exactly(object, &raw mut ffi::PyBytes_Type)?;
    let (start, length) = unsafe { (ffi::PyBytes_AsString(object), ffi::PyBytes_Size(object)) };
    Ok(unsafe { std::slice::from_raw_parts(start.cast(), length as usize) })
}

impl PyType for Str {
    type Rust = String;

    fn take(object: Object) -> Taken<String> {
        borrow_str(object).map(str::to_owned)
    }

    fn give(value: &String) -> Taken<Owned> {
        Owned::new(unsafe {
            ffi::PyUnicode_FromStringAndSize(value.as_ptr().cast(), value.len() as isize)
        })
    }

    fn is(value: &String, object: Object) -> bool {
        borrow_str(object).is_ok_and(|found| found == value)
    }
}

impl PyType for Bytes {
    type Rust = Vec<u8>;

    fn take(object: Object) -> Taken<Vec<u8>> {
        borrow_bytes(object).map(<[u8]>::to_vec)
    }

    fn give(value: &Vec<u8>) -> Taken<Owned> {
        Owned::new(unsafe {
            ffi::PyBytes_FromStringAndSize(value.as_ptr().cast(), value.len() as isize)
        })
    }

    fn is(value: &Vec<u8>, object: Object) -> bool {
        borrow_bytes(object).is_ok_and(|found| found == value)
    }
}

impl PyType for Unit {
    type Rust = ();

    fn take(object: Object) -> Taken<()> {
        if is_none(object) {
            Ok(())
        } else {
            Err(Declined)
        }
    }

    fn give(_value: &()) -> Taken<Owned> {
        Ok(Owned::share(unsafe { ffi::Py_None() }))
    }
}

/// Whether the object is `None`.
pub fn is_none(object: Object) -> bool {
    ptr::eq(object, unsafe { ffi::Py_None() })
}

impl<T: PyType> PyType for Optional<T> {
    type Rust = Option<T::Rust>;

    fn take(object: Object) -> Taken<Option<T::Rust>> {
        if is_none(object) {
            Ok(None)
        } else {
            T::take(object).map(Some)
        }
    }

    fn give(value: &Option<T::Rust>) -> Taken<Owned> {
        match value {
            Some(inner) => T::give(inner),
            None => Unit::give(&()),
        }
    }

    fn is(value: &Option<T::Rust>, object: Object) -> bool {
        value
            .as_ref()
            .map_or(is_none(object), |inner| T::is(inner, object))
    }

    const CHANGES: bool = T::CHANGES;
    const MET: bool = T::MET;

    fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
        if is_none(object) { Ok(()) } else { T::meet(object, seen) }
    }

    fn update(
        value: &Option<T::Rust>,
        object: Object,
        changes: &mut Vec<Change>,
    ) -> Taken<()> {
        match value {
            Some(inner) if !is_none(object) => T::update(inner, object, changes),
            None if is_none(object) => Ok(()),
            _ => Err(Declined),
        }
    }
}

impl<T: PyType> PyType for List<T> {
    type Rust = Vec<T::Rust>;

    fn take(object: Object) -> Taken<Vec<T::Rust>> {
        exactly(object, &raw mut ffi::PyList_Type)?;
        let length = unsafe { ffi::PyList_Size(object) };
        let mut items = Vec::with_capacity(length as usize);
        for at in 0..length {
            items.push(T::take(unsafe { ffi::PyList_GetItem(object, at) })?);
        }
        Ok(items)
    }

    fn give(value: &Vec<T::Rust>) -> Taken<Owned> {
        list_of::<T>(value)
    }

    const CHANGES: bool = true;

    fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
        seen.note(object)?;
        Self::meet_inside(object, seen)
    }

    fn update(value: &Vec<T::Rust>, object: Object, changes: &mut Vec<Change>) -> Taken<()> {
        let before = unsafe { ffi::PyList_Size(object) };
        let old = |at| unsafe { ffi::PyList_GetItem(object, at) };
        if !T::CHANGES {
            let same = value.len() as isize == before
                && (0..).zip(value).all(|(at, item)| T::is(item, old(at)));
            if !same {
                changes.push(Change::of::<Self>(object, value)?);
            }
            return Ok(());
        }
        let (kept, new) = value.split_at_checked(before as usize).ok_or(Declined)?;
        for (at, item) in (0..).zip(kept) {
            T::update(item, old(at), changes)?;
        }
        if !new.is_empty() {
            changes.push(Change::new(object, list_of::<T>(new)?, append));
        }
        Ok(())
    }
}

impl<T: PyType> List<T> {
    /// Notes the objects that can change inside a list.
    pub fn meet_inside(object: Object, seen: &mut Seen) -> Taken<()> {
        if T::MET {
            for at in 0..unsafe { ffi::PyList_Size(object) } {
                T::meet(unsafe { ffi::PyList_GetItem(object, at) }, seen)?;
            }
        }
        Ok(())
    }
}

fn list_of<T: PyType>(items: &[T::Rust]) -> Taken<Owned> {
    let list = Owned::new(unsafe { ffi::PyList_New(items.len() as isize) })?;
    for (at, item) in (0..).zip(items) {
        unsafe { ffi::PyList_SetItem(list.get(), at, T::give(item)?.into_raw()) };
    }
    Ok(list)
}

/// Puts the elements of a list behind those of another.
fn append(object: Object, fresh: Object) -> bool {
    unsafe { ffi::PyList_SetSlice(object, isize::MAX, isize::MAX, fresh) == 0 }
}

impl<T: PyType> PyType for VarTuple<T> {
    type Rust = Vec<T::Rust>;

    fn take(object: Object) -> Taken<Vec<T::Rust>> {
        exactly(object, &raw mut ffi::PyTuple_Type)?;
        let length = unsafe { ffi::PyTuple_Size(object) };
        let mut items = Vec::with_capacity(length as usize);
        for at in 0..length {
            items.push(T::take(unsafe { ffi::PyTuple_GetItem(object, at) })?);
        }
        Ok(items)
    }

    fn give(value: &Vec<T::Rust>) -> Taken<Owned> {
        let tuple = Owned::new(unsafe { ffi::PyTuple_New(value.len() as isize) })?;
        for (at, item) in value.iter().enumerate() {
            unsafe { ffi::PyTuple_SetItem(tuple.get(), at as isize, T::give(item)?.into_raw()) };
        }
        Ok(tuple)
    }

    fn is(value: &Vec<T::Rust>, object: Object) -> bool {
        is_exactly(object, &raw mut ffi::PyTuple_Type)
            && unsafe { ffi::PyTuple_Size(object) } == value.len() as isize
            && (0..)
                .zip(value)
                .all(|(at, item)| T::is(item, unsafe { ffi::PyTuple_GetItem(object, at) }))
    }

    const CHANGES: bool = T::CHANGES;
    const MET: bool = T::MET;

    fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
        if T::MET {
            for at in 0..unsafe { ffi::PyTuple_Size(object) } {
                T::meet(unsafe { ffi::PyTuple_GetItem(object, at) }, seen)?;
            }
        }
        Ok(())
    }

    fn update(value: &Vec<T::Rust>, object: Object, changes: &mut Vec<Change>) -> Taken<()> {
        for (at, item) in (0..).zip(value) {
            T::update(item, unsafe { ffi::PyTuple_GetItem(object, at) }, changes)?;
        }
        Ok(())
    }
}

/// Tuples of fixed length: a Rust tuple of markers stands for them.
macro_rules! fixed_tuples {
    ($(($length:literal: $($marker:ident $at:tt),*))*) => { $(
        impl<$($marker: PyType),*> PyType for ($($marker,)*) {
            type Rust = ($($marker::Rust,)*);

            fn take(object: Object) -> Taken<Self::Rust> {
                exactly(object, &raw mut ffi::PyTuple_Type)?;
                if unsafe { ffi::PyTuple_Size(object) } != $length {
                    return Err(Declined);
                }
                Ok(($($marker::take(unsafe { ffi::PyTuple_GetItem(object, $at) })?,)*))
            }

            fn give(value: &Self::Rust) -> Taken<Owned> {
                let tuple = Owned::new(unsafe { ffi::PyTuple_New($length) })?;
                $(unsafe { ffi::PyTuple_SetItem(tuple.get(), $at, $marker::give(&value.$at)?.into_raw()) };)*
                Ok(tuple)
            }

            fn is(value: &Self::Rust, object: Object) -> bool {
                is_exactly(object, &raw mut ffi::PyTuple_Type)
                    && unsafe { ffi::PyTuple_Size(object) } == $length
                    $(&& $marker::is(&value.$at, unsafe { ffi::PyTuple_GetItem(object, $at) }))*
            }

            const CHANGES: bool = $($marker::CHANGES)||*;
            const MET: bool = $($marker::MET)||*;

            fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
                $($marker::meet(unsafe { ffi::PyTuple_GetItem(object, $at) }, seen)?;)*
                Ok(())
            }

            fn update(value: &Self::Rust, object: Object, changes: &mut Vec<Change>) -> Taken<()> {
                $($marker::update(&value.$at, unsafe { ffi::PyTuple_GetItem(object, $at) }, changes)?;)*
                Ok(())
            }
        }
    )* };
}

fixed_tuples! {
    (1: A 0)
    (2: A 0, B 1)
    (3: A 0, B 1, C 2)
    (4: A 0, B 1, C 2, D 3)
    (5: A 0, B 1, C 2, D 3, E 4)
    (6: A 0, B 1, C 2, D 3, E 4, F 5)
    (7: A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
    (9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8)
    (10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9)
    (11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10)
    (12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11)
}
