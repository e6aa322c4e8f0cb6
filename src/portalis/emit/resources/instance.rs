//! Instances of Python classes: their attributes in and out.
//!
//! An instance is made without running its `__init__`, and attributes are bound past the class's own
//! `__setattr__`, as a copy of the instance would be.

use crate::convert::{Declined, Object, Owned, PyType, Str, Taken};
use crate::raise::Class;
use crate::write_back::Seen;
use pyo3_ffi as ffi;
use std::cell::Cell;
use std::ffi::CStr;
use std::ptr;

/// Declines unless the object is an instance of exactly this class.
pub fn exactly(object: Object, class: &Class) -> Taken<()> {
    if ptr::eq(unsafe { ffi::Py_TYPE(object) }.cast(), class.get()?) {
        Ok(())
    } else {
        Err(Declined)
    }
}

/// The value of an attribute.
pub fn read<T: PyType>(object: Object, name: &CStr) -> Taken<T::Rust> {
    T::take(attribute(object, name)?.get())
}

/// Notes the objects in an attribute that can change; declines where one was met before.
pub fn meet<T: PyType>(object: Object, name: &CStr, seen: &mut Seen) -> Taken<()> {
    T::meet(attribute(object, name)?.get(), seen)
}

/// The same in an attribute that the instance may not have yet.
pub fn meet_late<T: PyType>(object: Object, name: &CStr, seen: &mut Seen) -> Taken<()> {
    match attribute_if_there(object, name)? {
        Some(found) => T::meet(found.get(), seen),
        None => Ok(()),
    }
}

/// The value of an attribute that an instance may not have yet.
pub fn read_late<T: PyType>(object: Object, name: &CStr) -> Taken<Option<T::Rust>> {
    match attribute_if_there(object, name)? {
        Some(found) => T::take(found.get()).map(Some),
        None => Ok(None),
    }
}

fn attribute_if_there(object: Object, name: &CStr) -> Taken<Option<Owned>> {
    let found = unsafe { ffi::PyObject_GetAttrString(object, name.as_ptr()) };
    if !found.is_null() {
        return Owned::new(found).map(Some);
    }
    unsafe {
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_AttributeError) == 0 {
            return Err(Declined);
        }
        ffi::PyErr_Clear();
    }
    Ok(None)
}

fn attribute(object: Object, name: &CStr) -> Taken<Owned> {
    Owned::new(unsafe { ffi::PyObject_GetAttrString(object, name.as_ptr()) })
}

/// A new named tuple of these fields.
pub fn tuple_of<const N: usize>(class: &Class, fields: [Owned; N]) -> Taken<Owned> {
    let base: Object = (&raw mut ffi::PyTuple_Type).cast();
    let new = attribute(base, c"__new__")?;
    let inside = Owned::new(unsafe { ffi::PyTuple_New(N as ffi::Py_ssize_t) })?;
    for (at, field) in fields.into_iter().enumerate() {
        // The tuple owns the field from here on, whether this succeeds or not.
        if unsafe { ffi::PyTuple_SetItem(inside.get(), at as ffi::Py_ssize_t, field.into_raw()) } != 0 {
            return Err(Declined);
        }
    }
    Owned::new(unsafe {
        ffi::PyObject_CallFunctionObjArgs(
            new.get(),
            class.get()?,
            inside.get(),
            ptr::null_mut::<ffi::PyObject>(),
        )
    })
}

/// The name of a member of an enumeration.
pub fn member_name(object: Object) -> Taken<String> {
    read::<Str>(object, c"_name_")
}

/// The member of that name.
pub fn member(class: &Class, name: &str) -> Taken<Owned> {
    let name = Str::give(&name.to_owned())?;
    Owned::new(unsafe { ffi::PyObject_GetAttr(class.get()?, name.get()) })
}

/// A new instance without attributes.
pub fn blank(class: &Class) -> Taken<Owned> {
    let base: Object = (&raw mut ffi::PyBaseObject_Type).cast();
    let new = attribute(base, c"__new__")?;
    Owned::new(unsafe {
        ffi::PyObject_CallFunctionObjArgs(
            new.get(),
            class.get()?,
            ptr::null_mut::<ffi::PyObject>(),
        )
    })
}

/// Binds an attribute of a new instance.
pub fn write<T: PyType>(made: &Owned, name: &CStr, value: &T::Rust) -> Taken<()> {
    if set(made.get(), &text(name)?, &T::give(value)?) {
        Ok(())
    } else {
        Err(Declined)
    }
}

/// Binds an attribute of a new instance that has it already.
pub fn write_late<T: PyType>(made: &Owned, name: &CStr, value: &Option<T::Rust>) -> Taken<()> {
    match value {
        Some(value) => write::<T>(made, name, value),
        None => Ok(()),
    }
}

/// Binds an attribute of a new instance, where it is not the value that its class has.
pub fn write_own<T: PyType>(made: &Owned, name: &CStr, value: &T::Rust) -> Taken<()> {
    if T::is(value, attribute(made.get(), name)?.get()) {
        return Ok(());
    }
    write::<T>(made, name, value)
}

fn text(name: &CStr) -> Taken<Owned> {
    Owned::new(unsafe { ffi::PyUnicode_InternFromString(name.as_ptr()) })
}

fn set(object: Object, name: &Owned, value: &Owned) -> bool {
    unsafe { ffi::PyObject_GenericSetAttr(object, name.get(), value.get()) == 0 }
}

/// An empty table of new values.
pub fn unchanged() -> Taken<Owned> {
    Owned::new(unsafe { ffi::PyDict_New() })
}

/// Takes down the new value of an attribute in `fresh`, where it is not the old one.
pub fn changed<T: PyType>(
    fresh: &Owned,
    object: Object,
    name: &CStr,
    value: &T::Rust,
) -> Taken<()> {
    if T::is(value, attribute(object, name)?.get()) {
        return Ok(());
    }
    let new = T::give(value)?;
    let done = unsafe { ffi::PyDict_SetItem(fresh.get(), text(name)?.get(), new.get()) };
    if done == 0 { Ok(()) } else { Err(Declined) }
}

/// The same of an attribute that the instance may not have had.
pub fn changed_late<T: PyType>(
    fresh: &Owned,
    object: Object,
    name: &CStr,
    value: &Option<T::Rust>,
) -> Taken<()> {
    let Some(value) = value else {
        return Ok(());
    };
    if let Some(old) = attribute_if_there(object, name)?
        && T::is(value, old.get())
    {
        return Ok(());
    }
    let new = T::give(value)?;
    let done = unsafe { ffi::PyDict_SetItem(fresh.get(), text(name)?.get(), new.get()) };
    if done == 0 { Ok(()) } else { Err(Declined) }
}

/// Binds the attributes taken down in `fresh`; false with a Python exception set where one can't be bound.
pub fn rebind(object: Object, fresh: Object) -> bool {
    let mut at: ffi::Py_ssize_t = 0;
    let (mut name, mut value): (Object, Object) = (ptr::null_mut(), ptr::null_mut());
    while unsafe { ffi::PyDict_Next(fresh, &mut at, &mut name, &mut value) } != 0 {
        if !set(object, &Owned::share(name), &Owned::share(value)) {
            return false;
        }
    }
    true
}

/// What a function of the project gives for one argument, where it is exactly of the type.
pub fn load<A: PyType, T: PyType>(function: &Class, argument: &A::Rust) -> Option<T::Rust> {
    called(function, A::give(argument))
        .and_then(|object| T::take(object.get()))
        .ok()
}

fn called(function: &Class, argument: Taken<Owned>) -> Taken<Owned> {
    let argument = argument?;
    Owned::new(unsafe {
        ffi::PyObject_CallFunctionObjArgs(
            function.get()?,
            argument.get(),
            ptr::null_mut::<ffi::PyObject>(),
        )
    })
}

/// How deep tuples may stand inside each other that cross; deeper ones decline.
const DEEPEST: u32 = 500;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// One level further into a tuple, until dropped.
pub struct Step;

/// Declines where a tuple stands too deep in others, or in itself.
pub fn step_down() -> Taken<Step> {
    if DEPTH.get() == DEEPEST {
        return Err(Declined);
    }
    DEPTH.set(DEPTH.get() + 1);
    Ok(Step)
}

impl Drop for Step {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}
