//! Parameters that take a `list` or a `tuple` alike: `Sequence`, `Iterable`.

use crate::convert::{List, Object, Owned, PyType, Taken, VarTuple, is_exactly};
use crate::write_back::Seen;
use pyo3_ffi as ffi;
use std::marker::PhantomData;

pub struct Seq<T>(PhantomData<T>);

impl<T: PyType> PyType for Seq<T> {
    type Rust = Vec<T::Rust>;

    fn take(object: Object) -> Taken<Self::Rust> {
        if is_exactly(object, &raw mut ffi::PyTuple_Type) {
            VarTuple::<T>::take(object)
        } else {
            List::<T>::take(object)
        }
    }

    fn give(value: &Self::Rust) -> Taken<Owned> {
        List::<T>::give(value)
    }

    const CHANGES: bool = true;

    fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
        if is_exactly(object, &raw mut ffi::PyTuple_Type) {
            VarTuple::<T>::meet(object, seen)
        } else {
            List::<T>::meet(object, seen)
        }
    }
}
