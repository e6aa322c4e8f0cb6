//! `int` of any size, to `num_bigint` and back through hexadecimal digits.

use crate::convert::{Declined, Factory, Object, Owned, PyType, Taken, is_exactly};
use num_bigint::BigInt;
use pyo3_ffi as ffi;
use std::ffi::CString;
use std::ptr;

pub struct Big;

impl PyType for Big {
    type Rust = BigInt;

    fn take(object: Object) -> Taken<BigInt> {
        if !is_exactly(object, &raw mut ffi::PyLong_Type) {
            return Err(Declined);
        }
        let digits = Owned::new(unsafe { ffi::PyNumber_ToBase(object, 16) })?;
        let mut length: ffi::Py_ssize_t = 0;
        let start = unsafe { ffi::PyUnicode_AsUTF8AndSize(digits.get(), &mut length) };
        if start.is_null() {
            return Err(Declined);
        }
        let bytes = unsafe { std::slice::from_raw_parts(start.cast::<u8>(), length.unsigned_abs()) };
        let (sign, digits) = match bytes {
            [b'-', b'0', b'x', digits @ ..] => ("-", digits),
            [b'0', b'x', digits @ ..] => ("", digits),
            _ => return Err(Declined),
        };
        let digits = [sign.as_bytes(), digits].concat();
        BigInt::parse_bytes(&digits, 16).ok_or(Declined)
    }

    fn give(value: &BigInt) -> Taken<Owned> {
        if let Ok(short) = i64::try_from(value) {
            return Owned::new(unsafe { ffi::PyLong_FromLongLong(short) });
        }
        let digits = CString::new(value.to_str_radix(16)).map_err(|_| Declined)?;
        Owned::new(unsafe { ffi::PyLong_FromString(digits.as_ptr(), ptr::null_mut(), 16) })
    }

    fn is(value: &BigInt, object: Object) -> bool {
        Big::take(object).is_ok_and(|found| found == *value)
    }
}

impl Factory for Big {
    fn class() -> Taken<Object> {
        Ok((&raw mut ffi::PyLong_Type).cast())
    }
}
