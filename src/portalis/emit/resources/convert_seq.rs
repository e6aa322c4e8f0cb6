//! Parameters that take a `list` or a `tuple` alike: `Sequence`, `Iterable`.

use crate::convert::{List, Object, Owned, PyType, Taken, VarTuple, is_exactly};
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
}
