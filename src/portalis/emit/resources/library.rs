//! Classes of the standard library, found once by name.

use crate::convert::{Object, Owned, Taken, is_exactly};
use pyo3_ffi as ffi;
use std::ffi::CStr;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// A class of a module, once it was needed.
pub struct LibraryClass {
    module: &'static CStr,
    name: &'static CStr,
    known: AtomicPtr<ffi::PyObject>,
}

impl LibraryClass {
    pub const fn new(module: &'static CStr, name: &'static CStr) -> LibraryClass {
        LibraryClass {
            module,
            name,
            known: AtomicPtr::new(ptr::null_mut()),
        }
    }

    pub fn get(&self) -> Taken<Object> {
        let known = self.known.load(Ordering::Acquire);
        if !known.is_null() {
            return Ok(known);
        }
        let found = named(self.module, self.name)?.into_raw();
        self.known.store(found, Ordering::Release);
        Ok(found)
    }

    /// Whether an object is an instance of exactly this class.
    pub fn fits(&self, object: Object) -> Taken<bool> {
        Ok(is_exactly(object, self.get()?.cast()))
    }

    /// A new instance.
    pub fn make<const N: usize>(&self, args: [Object; N]) -> Taken<Owned> {
        let tuple = Owned::new(unsafe { ffi::PyTuple_New(N as ffi::Py_ssize_t) })?;
        for (at, arg) in (0..).zip(args) {
            unsafe { ffi::PyTuple_SetItem(tuple.get(), at, Owned::share(arg).into_raw()) };
        }
        Owned::new(unsafe { ffi::PyObject_CallObject(self.get()?, tuple.get()) })
    }
}

/// What a name of a module stands for.
pub fn named(module: &CStr, name: &CStr) -> Taken<Owned> {
    let module = Owned::new(unsafe { ffi::PyImport_ImportModule(module.as_ptr()) })?;
    Owned::new(unsafe { ffi::PyObject_GetAttrString(module.get(), name.as_ptr()) })
}

/// The value of an attribute.
pub fn attribute(object: Object, name: &CStr) -> Taken<Owned> {
    Owned::new(unsafe { ffi::PyObject_GetAttrString(object, name.as_ptr()) })
}

/// Calls a method that gives nothing; false with a Python exception set where it raised.
pub fn call(object: Object, name: &CStr, argument: Option<Object>) -> bool {
    let called = attribute(object, name).and_then(|method| {
        Owned::new(unsafe {
            ffi::PyObject_CallFunctionObjArgs(
                method.get(),
                argument.unwrap_or(ptr::null_mut()),
                ptr::null_mut::<ffi::PyObject>(),
            )
        })
    });
    called.is_ok()
}
