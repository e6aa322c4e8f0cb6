//! Rust errors as the exceptions of Python: the original module's own classes.

use crate::convert::{Declined, Object, Owned, Taken};
use crate::tables::{CLASSES, ERROR, carried, class_and_text};
use pyo3_ffi as ffi;
use std::ffi::{CStr, CString};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// What an exception is made with, whose `str()` is the text of an error.
#[derive(Clone, Copy)]
pub enum Argument {
    Text,
    /// The value whose `repr` is the text, as with `KeyError`.
    Repr,
    /// A list of one class of the module, as with the exceptions of `decimal`.
    Signals,
}

/// An exception class: where it stands, and the class itself once it was needed.
pub struct Class {
    module: &'static CStr,
    path: &'static [&'static CStr],
    argument: Argument,
    found: AtomicPtr<ffi::PyObject>,
}

impl Class {
    pub const fn new(
        module: &'static CStr,
        path: &'static [&'static CStr],
        argument: Argument,
    ) -> Class {
        Class {
            module,
            path,
            argument,
            found: AtomicPtr::new(ptr::null_mut()),
        }
    }

    /// The class itself.
    pub fn get(&self) -> Taken<Object> {
        let found = self.found.load(Ordering::Acquire);
        if !found.is_null() {
            return Ok(found);
        }
        let mut class = Owned::new(unsafe { ffi::PyImport_ImportModule(self.module.as_ptr()) })?;
        for name in self.path {
            class = Owned::new(unsafe { ffi::PyObject_GetAttrString(class.get(), name.as_ptr()) })?;
        }
        self.found.store(class.get(), Ordering::Release);
        Ok(class.into_raw())
    }
}

/// Sets an exception to be raised. One that was raised before keeps its traceback and its context.
pub fn set(exception: Owned) {
    unsafe {
        let class: Object = ffi::Py_TYPE(exception.get()).cast();
        let traceback = ffi::PyException_GetTraceback(exception.get());
        if traceback.is_null() {
            ffi::PyErr_SetObject(class, exception.get());
        } else {
            ffi::PyErr_Restore(Owned::share(class).into_raw(), exception.into_raw(), traceback);
        }
    }
}

/// The exception object for an error; declines where the class cannot be made from a message.
pub fn exception(error: &ERROR) -> Taken<Owned> {
    if let Some(object) = carried(error) {
        return Ok(object);
    }
    let (index, text) = class_and_text(error);
    let class = &CLASSES[index];
    let made = match text {
        None => Owned::new(unsafe { ffi::PyObject_CallObject(class.get()?, ptr::null_mut()) })?,
        Some(text) => {
            let object = Owned::new(unsafe {
                ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as isize)
            })?;
            let argument = match class.argument {
                Argument::Text => object,
                Argument::Repr => literal(&object)?,
                Argument::Signals => signals(class.module, text)?,
            };
            call(class.get()?, &argument)?
        }
    };
    let is_exception = unsafe { ffi::PyExceptionInstance_Check(made.get()) } != 0;
    if is_exception {
        Ok(made)
    } else {
        Err(Declined)
    }
}

fn call(function: Object, argument: &Owned) -> Taken<Owned> {
    Owned::new(unsafe {
        ffi::PyObject_CallFunctionObjArgs(
            function,
            argument.get(),
            ptr::null_mut::<ffi::PyObject>(),
        )
    })
}

/// The value whose `repr` is the text.
fn literal(text: &Owned) -> Taken<Owned> {
    let module = Owned::new(unsafe { ffi::PyImport_ImportModule(c"ast".as_ptr()) })?;
    let function =
        Owned::new(unsafe { ffi::PyObject_GetAttrString(module.get(), c"literal_eval".as_ptr()) })?;
    call(function.get(), text)
}

/// `[<class 'decimal.InvalidOperation'>]` as the list of that class.
fn signals(module: &CStr, text: &str) -> Taken<Owned> {
    let name = text
        .rsplit_once('.')
        .and_then(|(_, name)| name.strip_suffix("'>]"))
        .and_then(|name| CString::new(name).ok())
        .ok_or(Declined)?;
    let module = Owned::new(unsafe { ffi::PyImport_ImportModule(module.as_ptr()) })?;
    let class = Owned::new(unsafe { ffi::PyObject_GetAttrString(module.get(), name.as_ptr()) })?;
    let list = Owned::new(unsafe { ffi::PyList_New(1) })?;
    unsafe { ffi::PyList_SetItem(list.get(), 0, class.into_raw()) };
    Ok(list)
}
