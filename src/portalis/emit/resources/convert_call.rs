//! Python functions that Rust calls: only those that do nothing but compute.
//!
//! Such a function gives the same answer when it is called again, so a call of it that fails can decline: the
//! original then runs from the start, and meets the same exception or result.

use crate::convert::{Declined, Object, Owned, PyType, Taken};
use pyo3_ffi::{self as ffi};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ptr;
use std::rc::Rc;
use std::sync::atomic::{AtomicPtr, Ordering};

/// The Python function that tells which functions only compute.
static JUDGE: AtomicPtr<ffi::PyObject> = AtomicPtr::new(ptr::null_mut());

/// `judge(function)`: says which functions only compute.
///
/// # Safety
/// Called by the interpreter, its lock held.
pub unsafe extern "C" fn judge(_module: Object, function: Object) -> Object {
    JUDGE.store(Owned::share(function).into_raw(), Ordering::Release);
    Owned::share(unsafe { ffi::Py_None() }).into_raw()
}

thread_local! {
    /// The Python functions by the addresses of the closures that call them, as long as those live.
    static FUNCTIONS: RefCell<HashMap<usize, Owned>> = RefCell::default();
}

/// Where the closure lies that calls a Python function; 0 until it is made.
#[derive(Clone, Default)]
pub struct Place(Rc<Cell<usize>>);

impl Place {
    /// Takes down which function the closure at an address stands for.
    pub fn set(&self, address: usize, object: Object) {
        self.0.set(address);
        FUNCTIONS.with_borrow_mut(|known| known.insert(address, Owned::share(object)));
    }
}

/// Where a closure lies that may have several owners.
pub fn address<T: ?Sized>(closure: &Rc<T>) -> usize {
    Rc::as_ptr(closure).cast::<()>().addr()
}

/// The Python function that a closure stands for; one that Rust made stands for none, and declines.
pub fn stands_for(address: usize) -> Taken<Owned> {
    FUNCTIONS.with_borrow(|known| known.get(&address).map(|found| Owned::share(found.get())).ok_or(Declined))
}

/// A Python function that only computes.
pub struct Function(Owned, Place);

impl Drop for Function {
    /// Another closure may lie there next. At the end of a thread the map may be gone before.
    fn drop(&mut self) {
        let gone = FUNCTIONS.try_with(|known| known.borrow_mut().remove(&self.1.0.get()));
        drop(gone);
    }
}

impl Function {
    /// Where the closure will lie that calls the function.
    pub fn place(&self) -> Place {
        self.1.clone()
    }

    /// Declines a function that might do more than compute.
    pub fn take(object: Object) -> Taken<Function> {
        let judge = JUDGE.load(Ordering::Acquire);
        if judge.is_null() {
            return Err(Declined);
        }
        let answer = Owned::new(unsafe {
            ffi::PyObject_CallFunctionObjArgs(judge, object, ptr::null_mut::<ffi::PyObject>())
        })?;
        if ptr::eq(answer.get(), unsafe { ffi::Py_True() }) {
            Ok(Function(Owned::share(object), Place::default()))
        } else {
            Err(Declined)
        }
    }

    /// The result of a call. An exception, or a result of another type, declines the call under way.
    pub fn call<R: PyType, const N: usize>(&self, arguments: [Taken<Owned>; N]) -> R::Rust {
        match self.attempt::<R, N>(arguments) {
            Ok(value) => value,
            Err(Declined) => panic!("a function that was handed over has no answer"),
        }
    }

    fn attempt<R: PyType, const N: usize>(&self, arguments: [Taken<Owned>; N]) -> Taken<R::Rust> {
        let tuple = Owned::new(unsafe { ffi::PyTuple_New(N as isize) })?;
        for (at, argument) in (0..).zip(arguments) {
            unsafe { ffi::PyTuple_SetItem(tuple.get(), at, argument?.into_raw()) };
        }
        let result = Owned::new(unsafe { ffi::PyObject_CallObject(self.0.get(), tuple.get()) })?;
        R::take(result.get())
    }
}
