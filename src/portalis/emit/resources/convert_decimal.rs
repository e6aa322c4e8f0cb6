//! `decimal.Decimal` to the runtime's and back, through its text.

use crate::convert::{Declined, Object, Owned, PyType, Str, Taken, borrow_str};
use crate::library::LibraryClass;
use crate::tables::{DECIMAL, read_decimal, show_decimal};
use pyo3_ffi as ffi;

pub struct Dec;

static CLASS: LibraryClass = LibraryClass::new(c"decimal", c"Decimal");

impl PyType for Dec {
    type Rust = DECIMAL;

    fn take(object: Object) -> Taken<DECIMAL> {
        if !CLASS.fits(object)? {
            return Err(Declined);
        }
        let text = Owned::new(unsafe { ffi::PyObject_Str(object) })?;
        read_decimal(borrow_str(text.get())?).map_err(|_| Declined)
    }

    fn give(value: &DECIMAL) -> Taken<Owned> {
        CLASS.make([Str::give(&show_decimal(value))?.get()])
    }
}
