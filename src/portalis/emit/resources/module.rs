//! The extension module: `functions`, `DECLINED`, `counts()`, `reset_counts()`, and `judge(function)` where one is needed.

use crate::convert::{Declined, Int, Object, Owned, PyType, Taken};
use crate::door::{COUNTS, DECLINED, quiet_panics};
use crate::tables::{DOORS, JUDGE, NAME, connect};
use pyo3_ffi::{self as ffi, PyMethodDef, PyMethodDefPointer};
use std::ptr;
use std::sync::atomic::Ordering;

/// Makes the module; null with an exception set where that fails.
///
/// # Safety
/// Called once by the interpreter, its lock held.
pub unsafe fn make() -> Object {
    match unsafe { fill() } {
        Ok(module) => module.into_raw(),
        Err(Declined) => ptr::null_mut(),
    }
}

unsafe fn fill() -> Taken<Owned> {
    let definition = Box::leak(Box::new(ffi::PyModuleDef {
        m_base: ffi::PyModuleDef_HEAD_INIT,
        m_name: NAME.as_ptr(),
        m_doc: c"Functions in Rust; made by Portalis.".as_ptr(),
        m_size: -1,
        m_methods: ptr::null_mut(),
        m_slots: ptr::null_mut(),
        m_traverse: None,
        m_clear: None,
        m_free: None,
    }));
    let module = Owned::new(unsafe { ffi::PyModule_Create(definition) })?;
    let sentinel = Owned::new(unsafe {
        ffi::PyObject_CallObject((&raw mut ffi::PyBaseObject_Type).cast(), ptr::null_mut())
    })?;
    DECLINED.store(sentinel.get(), Ordering::Release);
    add(&module, c"DECLINED", sentinel)?;
    let functions = Owned::new(unsafe { ffi::PyDict_New() })?;
    for door in &DOORS {
        let function = function(
            door.name,
            PyMethodDefPointer {
                PyCFunctionFast: door.call,
            },
            ffi::METH_FASTCALL,
        )?;
        put(&functions, door.name, &function)?;
    }
    add(&module, c"functions", functions)?;
    let own: [(_, ffi::PyCFunction); 2] = [(c"counts", counts), (c"reset_counts", reset_counts)];
    for (name, call) in own {
        add(
            &module,
            name,
            function(
                name,
                PyMethodDefPointer { PyCFunction: call },
                ffi::METH_NOARGS,
            )?,
        )?;
    }
    if let Some(call) = JUDGE {
        let judge = function(
            c"judge",
            PyMethodDefPointer { PyCFunction: call },
            ffi::METH_O,
        )?;
        add(&module, c"judge", judge)?;
    }
    quiet_panics();
    connect();
    Ok(module)
}

fn function(
    name: &'static std::ffi::CStr,
    call: PyMethodDefPointer,
    flags: std::ffi::c_int,
) -> Taken<Owned> {
    let definition = Box::leak(Box::new(PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: call,
        ml_flags: flags,
        ml_doc: ptr::null(),
    }));
    Owned::new(unsafe { ffi::PyCFunction_NewEx(definition, ptr::null_mut(), ptr::null_mut()) })
}

fn add(module: &Owned, name: &std::ffi::CStr, value: Owned) -> Taken<()> {
    let done = unsafe { ffi::PyModule_AddObjectRef(module.get(), name.as_ptr(), value.get()) };
    // The module lives as long as the process; so does what Rust statics point to.
    std::mem::forget(value);
    if done == 0 { Ok(()) } else { Err(Declined) }
}

fn put(dict: &Owned, name: &std::ffi::CStr, value: &Owned) -> Taken<()> {
    let done = unsafe { ffi::PyDict_SetItemString(dict.get(), name.as_ptr(), value.get()) };
    if done == 0 { Ok(()) } else { Err(Declined) }
}

/// `counts()`: for each function that was called, how often it answered and how often it declined.
unsafe extern "C" fn counts(_module: Object, _none: Object) -> Object {
    let table = || -> Taken<Owned> {
        let dict = Owned::new(unsafe { ffi::PyDict_New() })?;
        for (door, count) in DOORS.iter().zip(&COUNTS) {
            let (rust, declined) = (
                count.rust.load(Ordering::Relaxed),
                count.declined.load(Ordering::Relaxed),
            );
            if rust + declined > 0 {
                put(
                    &dict,
                    door.name,
                    &<(Int, Int)>::give(&(rust as i64, declined as i64))?,
                )?;
            }
        }
        Ok(dict)
    };
    table().map_or(ptr::null_mut(), Owned::into_raw)
}

/// `reset_counts()`: all counts at zero again.
unsafe extern "C" fn reset_counts(_module: Object, _none: Object) -> Object {
    for count in &COUNTS {
        count.rust.store(0, Ordering::Relaxed);
        count.declined.store(0, Ordering::Relaxed);
    }
    Owned::share(unsafe { ffi::Py_None() }).into_raw()
}
