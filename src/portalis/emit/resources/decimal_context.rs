//! The context of Python's `decimal`, looked at once in each call.

use crate::convert::{Object, Owned, Taken, borrow_str};
use pyo3_ffi as ffi;
use std::cell::Cell;

thread_local! {
    /// What was found since the last call began.
    static KNOWN: Cell<Option<bool>> = const { Cell::new(None) };
}

/// How the default context shows itself, its flags aside.
const BEFORE_FLAGS: &str =
    "Context(prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=[";
const AFTER_FLAGS: &str = "], traps=[InvalidOperation, DivisionByZero, Overflow])";

/// A call begins: the context may have changed.
pub fn begin() {
    KNOWN.set(None);
}

/// Whether the context is the default one.
pub fn context() -> Option<bool> {
    KNOWN.get().or_else(|| {
        let found = current()
            .and_then(|context| shows_default(context.get()))
            .ok();
        KNOWN.set(found);
        found
    })
}

fn current() -> Taken<Owned> {
    let module = Owned::new(unsafe { ffi::PyImport_ImportModule(c"decimal".as_ptr()) })?;
    let get =
        Owned::new(unsafe { ffi::PyObject_GetAttrString(module.get(), c"getcontext".as_ptr()) })?;
    Owned::new(unsafe { ffi::PyObject_CallNoArgs(get.get()) })
}

fn shows_default(context: Object) -> Taken<bool> {
    let text = Owned::new(unsafe { ffi::PyObject_Repr(context) })?;
    let shown = borrow_str(text.get())?;
    let flags = shown
        .strip_prefix(BEFORE_FLAGS)
        .and_then(|rest| rest.strip_suffix(AFTER_FLAGS));
    Ok(flags.is_some_and(|flags| !flags.contains(['[', ']'])))
}
