//! Python's clocks, found in its modules at every reading: what stands in for them there is read here too.

use crate::convert::{Float, Int, Owned, PyType, Taken};
use pyo3_ffi as ffi;
use std::ffi::CStr;

pub fn time() -> Option<f64> {
    read::<Float>(c"time", &[c"time"])
}

pub fn time_ns() -> Option<i64> {
    read::<Int>(c"time", &[c"time_ns"])
}

pub fn monotonic() -> Option<f64> {
    read::<Float>(c"time", &[c"monotonic"])
}

pub fn monotonic_ns() -> Option<i64> {
    read::<Int>(c"time", &[c"monotonic_ns"])
}

pub fn perf_counter() -> Option<f64> {
    read::<Float>(c"time", &[c"perf_counter"])
}

pub fn perf_counter_ns() -> Option<i64> {
    read::<Int>(c"time", &[c"perf_counter_ns"])
}

/// What a function of a module returns, where it is exactly of the type.
pub fn read<T: PyType>(module: &CStr, path: &[&CStr]) -> Option<T::Rust> {
    called(module, path)
        .and_then(|object| T::take(object.get()))
        .ok()
}

fn called(module: &CStr, path: &[&CStr]) -> Taken<Owned> {
    let mut found = Owned::new(unsafe { ffi::PyImport_ImportModule(module.as_ptr()) })?;
    for name in path {
        found = Owned::new(unsafe { ffi::PyObject_GetAttrString(found.get(), name.as_ptr()) })?;
    }
    Owned::new(unsafe { ffi::PyObject_CallNoArgs(found.get()) })
}
