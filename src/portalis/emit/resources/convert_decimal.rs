//! `decimal.Decimal` to the runtime's and back, through its text; and whether the context is the default one.

use crate::convert::{Declined, Object, Owned, PyType, Str, Taken, borrow_str, is_exactly};
use crate::tables::{DECIMAL, read_decimal, show_decimal};
use pyo3_ffi as ffi;
use std::ffi::CStr;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

pub struct Dec;

/// The class, once it was needed.
static CLASS: AtomicPtr<ffi::PyObject> = AtomicPtr::new(ptr::null_mut());

/// What a name of the module `decimal` stands for.
pub fn named(name: &CStr) -> Taken<Owned> {
    let module = Owned::new(unsafe { ffi::PyImport_ImportModule(c"decimal".as_ptr()) })?;
    Owned::new(unsafe { ffi::PyObject_GetAttrString(module.get(), name.as_ptr()) })
}

fn class() -> Taken<Object> {
    let known = CLASS.load(Ordering::Acquire);
    if !known.is_null() {
        return Ok(known);
    }
    let found = named(c"Decimal")?.into_raw();
    CLASS.store(found, Ordering::Release);
    Ok(found)
}

impl PyType for Dec {
    type Rust = DECIMAL;

    fn take(object: Object) -> Taken<DECIMAL> {
        if !is_exactly(object, class()?.cast()) {
            return Err(Declined);
        }
        let text = Owned::new(unsafe { ffi::PyObject_Str(object) })?;
        read_decimal(borrow_str(text.get())?).map_err(|_| Declined)
    }

    fn give(value: &DECIMAL) -> Taken<Owned> {
        let text = Str::give(&show_decimal(value))?;
        Owned::new(unsafe {
            ffi::PyObject_CallFunctionObjArgs(
                class()?,
                text.get(),
                ptr::null_mut::<ffi::PyObject>(),
            )
        })
    }
}
