//! `bytearray` to a vector of bytes and back.

use crate::convert::{Declined, Object, Owned, PyType, Taken, is_exactly};
use crate::write_back::{Change, Mutable, Seen};
use pyo3_ffi as ffi;

pub struct Bytearray;

/// What a bytearray holds now.
fn content<'a>(object: Object) -> &'a [u8] {
    let (start, length) = unsafe {
        (
            ffi::PyByteArray_AsString(object),
            ffi::PyByteArray_Size(object),
        )
    };
    unsafe { std::slice::from_raw_parts(start.cast(), length as usize) }
}

impl PyType for Bytearray {
    type Rust = Vec<u8>;

    fn take(object: Object) -> Taken<Vec<u8>> {
        if is_exactly(object, &raw mut ffi::PyByteArray_Type) {
            Ok(content(object).to_vec())
        } else {
            Err(Declined)
        }
    }

    fn give(value: &Vec<u8>) -> Taken<Owned> {
        Owned::new(unsafe {
            ffi::PyByteArray_FromStringAndSize(value.as_ptr().cast(), value.len() as isize)
        })
    }

    const CHANGES: bool = true;

    fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
        seen.note(object)
    }

    fn update(value: &Vec<u8>, object: Object, changes: &mut Vec<Change>) -> Taken<()> {
        if content(object) != value {
            changes.push(Change::of::<Self>(object, value)?);
        }
        Ok(())
    }
}

impl Mutable for Bytearray {
    fn prepare(value: &Vec<u8>, _object: Object) -> Taken<Owned> {
        Bytearray::give(value)
    }

    fn commit(object: Object, fresh: Object) -> bool {
        let new = content(fresh);
        if unsafe { ffi::PyByteArray_Resize(object, new.len() as isize) } != 0 {
            return false;
        }
        let start = unsafe { ffi::PyByteArray_AsString(object) };
        unsafe { std::ptr::copy_nonoverlapping(new.as_ptr(), start.cast(), new.len()) };
        true
    }
}
