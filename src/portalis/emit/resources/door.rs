//! The way in and out of a native function: arguments, unwinding, printed text, changed arguments, counts.
//!
//! A call that declines has had no effect: what it printed and changed is dropped.

use crate::convert::{
    Declined, List, Object, Owned, PyType, Taken, borrow_bytes, borrow_str, is_none,
};
use crate::raise;
use crate::tables::{BEGINS, CAPTURE, DOORS, DRAWS, ERROR};
use crate::write_back::{Change, Mutable, Seen, holds};
use pyo3_ffi as ffi;
use std::borrow::Cow;
use std::ffi::CStr;
use std::panic::{self, AssertUnwindSafe};
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

/// A native function as the module lists it.
pub struct Door {
    pub name: &'static CStr,
    pub call: ffi::PyCFunctionFast,
}

/// How often a function answered, and how often it declined.
pub struct Count {
    pub rust: AtomicU64,
    pub declined: AtomicU64,
}

impl Count {
    const fn new() -> Count {
        Count {
            rust: AtomicU64::new(0),
            declined: AtomicU64::new(0),
        }
    }
}

pub static COUNTS: [Count; DOORS.len()] = [const { Count::new() }; DOORS.len()];

/// The object that stands for a decline; set once when the module is made.
pub static DECLINED: AtomicPtr<ffi::PyObject> = AtomicPtr::new(ptr::null_mut());

/// How many native calls are under way: their panics are declines and are not printed.
/// It and the counts are changed only under the interpreter's lock.
static INSIDE: AtomicU64 = AtomicU64::new(0);

/// Adds to a number without a locked instruction: the interpreter's lock is held.
fn change(number: &AtomicU64, by: i64) {
    number.store(
        number.load(Ordering::Relaxed).wrapping_add_signed(by),
        Ordering::Relaxed,
    );
}

/// Panics of native calls stay silent; others are reported as before.
pub fn quiet_panics() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if INSIDE.load(Ordering::Relaxed) == 0 {
            previous(info);
        }
    }));
}

/// The arguments of one call, alive until it ends.
pub struct Args<'a>(&'a [Object]);

impl<'a> Args<'a> {
    pub fn take<T: PyType>(&self, at: usize) -> Taken<T::Rust> {
        T::take(self.0[at])
    }

    pub fn str(&self, at: usize) -> Taken<&'a str> {
        borrow_str(self.0[at])
    }

    pub fn bytes(&self, at: usize) -> Taken<&'a [u8]> {
        borrow_bytes(self.0[at])
    }

    pub fn optional_str(&self, at: usize) -> Taken<Option<&'a str>> {
        if is_none(self.0[at]) {
            Ok(None)
        } else {
            self.str(at).map(Some)
        }
    }

    pub fn optional_bytes(&self, at: usize) -> Taken<Option<&'a [u8]>> {
        if is_none(self.0[at]) {
            Ok(None)
        } else {
            self.bytes(at).map(Some)
        }
    }

    /// Declines where the argument `changed` is also reachable through the argument `other`.
    pub fn apart(&self, changed: usize, other: usize) -> Taken<()> {
        if holds(self.0[other], self.0[changed])? {
            Err(Declined)
        } else {
            Ok(())
        }
    }

    /// Notes the objects inside an argument that can change; declines where one was met before.
    pub fn meet<T: PyType>(&self, at: usize, seen: &mut Seen) -> Taken<()> {
        T::meet(self.0[at], seen)
    }

    /// Makes ready the new content of an argument that the call changed.
    pub fn changed<T: Mutable>(&self, at: usize, value: &T::Rust) -> Taken<Change> {
        Change::of::<T>(self.0[at], value)
    }

    /// Makes ready the new content of the objects inside an argument, each of which stays where it is.
    pub fn updated<T: PyType>(&self, at: usize, value: &T::Rust) -> Taken<Vec<Change>> {
        let mut changes = Vec::new();
        T::update(value, self.0[at], &mut changes)?;
        Ok(changes)
    }
}

/// What a call gave: a value, or an exception object to be raised.
pub enum Outcome {
    Returned(Owned),
    Raised(Owned),
}

/// An outcome with the arguments that the call changed.
pub struct Answer {
    outcome: Outcome,
    changes: Vec<Change>,
}

impl Answer {
    pub fn with(mut self, change: Change) -> Answer {
        self.changes.push(change);
        self
    }

    pub fn with_all(mut self, changes: Vec<Change>) -> Answer {
        self.changes.extend(changes);
        self
    }

    /// Returns an argument's own object instead, where the call returned.
    pub fn giving_back(mut self, args: &Args, at: usize) -> Answer {
        if let Outcome::Returned(value) = &mut self.outcome {
            *value = Owned::share(args.0[at]);
        }
        self
    }
}

/// The answer of a function that cannot raise.
pub fn returned<T: PyType>(value: impl Into<T::Rust>) -> Taken<Answer> {
    let outcome = Outcome::Returned(T::give(&value.into())?);
    Ok(Answer {
        outcome,
        changes: Vec::new(),
    })
}

/// The answer of a function that may raise.
pub fn returned_or_raised<T: PyType>(result: Result<impl Into<T::Rust>, ERROR>) -> Taken<Answer> {
    match result {
        Ok(value) => returned::<T>(value),
        Err(error) => Ok(Answer {
            outcome: Outcome::Raised(raise::exception(&error)?),
            changes: Vec::new(),
        }),
    }
}

/// The answer of a function whose result may be one of its arguments, which then is the result itself.
pub fn returned_or_handed<T, B>(
    args: &Args,
    result: Result<Cow<B>, ERROR>,
    from: &[(usize, &B)],
) -> Taken<Answer>
where
    B: ToOwned + ?Sized,
    T: PyType<Rust = B::Owned>,
{
    let place = match &result {
        Ok(Cow::Borrowed(given)) => from.iter().find(|(_, argument)| ptr::eq(*given, *argument)),
        _ => None,
    };
    match place {
        Some(&(at, _)) => Ok(Answer {
            outcome: Outcome::Returned(Owned::share(args.0[at])),
            changes: Vec::new(),
        }),
        None => returned_or_raised::<T>(result.map(Cow::into_owned)),
    }
}

/// What an iterator gave: its first items, the error that ended them, whether it came to an end.
pub struct Drained<T> {
    items: Vec<T>,
    error: Option<ERROR>,
    ended: bool,
}

/// Takes up to `limit` items.
pub fn drained<T>(
    mut source: impl Iterator<Item = Result<T, ERROR>>,
    limit: i64,
) -> Drained<T> {
    let mut items = Vec::new();
    while (items.len() as i64) < limit {
        match source.next() {
            Some(Ok(item)) => items.push(item),
            end => {
                let error = end.and_then(Result::err);
                return Drained {
                    items,
                    error,
                    ended: true,
                };
            }
        }
    }
    Drained {
        items,
        error: None,
        ended: false,
    }
}

/// The answer of a function that gives an iterator: `(items, exception or None, ended)`.
pub fn listed<T: PyType>(given: Drained<T::Rust>) -> Taken<Answer> {
    let error = given.error.map(|error| raise::exception(&error)).transpose()?;
    let outcome = match error {
        Some(error) if given.items.is_empty() => Outcome::Raised(error),
        error => {
            let tuple = Owned::new(unsafe { ffi::PyTuple_New(3) })?;
            let error = error.unwrap_or_else(|| Owned::share(unsafe { ffi::Py_None() }));
            let ended = Owned::new(unsafe { ffi::PyBool_FromLong(given.ended.into()) })?;
            let parts = [List::<T>::give(&given.items)?, error, ended];
            for (at, part) in (0..).zip(parts) {
                unsafe { ffi::PyTuple_SetItem(tuple.get(), at, part.into_raw()) };
            }
            Outcome::Returned(tuple)
        }
    };
    Ok(Answer {
        outcome,
        changes: Vec::new(),
    })
}

/// The answer of a function that gives an iterator, or raises before.
pub fn listed_or_raised<T: PyType>(result: Result<Drained<T::Rust>, ERROR>) -> Taken<Answer> {
    match result {
        Ok(given) => listed::<T>(given),
        Err(error) => Ok(Answer {
            outcome: Outcome::Raised(raise::exception(&error)?),
            changes: Vec::new(),
        }),
    }
}

/// Calls a native function: its answer, an exception, or the sentinel of a decline, always without effects then.
///
/// # Safety
/// `args` points to `count` live objects, and the interpreter's lock is held.
pub unsafe fn enter(
    index: usize,
    arity: usize,
    prints: bool,
    args: *const Object,
    count: ffi::Py_ssize_t,
    body: fn(&Args) -> Taken<Answer>,
) -> Object {
    if count as usize != arity {
        unsafe {
            ffi::PyErr_SetString(
                ffi::PyExc_TypeError,
                c"a native function takes all its arguments".as_ptr(),
            )
        };
        return ptr::null_mut();
    }
    let items = if arity == 0 {
        &[]
    } else {
        unsafe { std::slice::from_raw_parts(args, arity) }
    };
    let capture = if prints { CAPTURE } else { None };
    if let Some((begin, _)) = capture {
        begin();
    }
    if let Some((begin, _)) = DRAWS {
        begin();
    }
    if let Some(begin) = BEGINS {
        begin();
    }
    change(&INSIDE, 1);
    let caught = panic::catch_unwind(AssertUnwindSafe(|| body(&Args(items))));
    change(&INSIDE, -1);
    let printed = capture.map(|(_, take)| take()).unwrap_or_default();
    if let Some((_, end)) = DRAWS
        && !end(matches!(caught, Ok(Ok(_))))
    {
        return ptr::null_mut();
    }
    match caught {
        Ok(Ok(answer)) => finish(index, answer, &printed),
        _ => decline(index),
    }
}

/// The sentinel of a decline; but what no `except Exception` catches (Ctrl-C) goes on its way.
fn decline(index: usize) -> Object {
    unsafe {
        if !ffi::PyErr_Occurred().is_null()
            && ffi::PyErr_ExceptionMatches(ffi::PyExc_Exception) == 0
        {
            return ptr::null_mut();
        }
        ffi::PyErr_Clear();
    }
    change(&COUNTS[index].declined, 1);
    Owned::share(DECLINED.load(Ordering::Acquire)).into_raw()
}

/// Lets the effects of a call happen, then hands over its value or raises its exception.
fn finish(index: usize, answer: Answer, printed: &str) -> Object {
    change(&COUNTS[index].rust, 1);
    for new in answer.changes {
        if !new.commit() {
            return ptr::null_mut();
        }
    }
    if !printed.is_empty() && !forward(printed) {
        return ptr::null_mut();
    }
    match answer.outcome {
        Outcome::Returned(value) => value.into_raw(),
        Outcome::Raised(exception) => {
            raise::set(exception);
            ptr::null_mut()
        }
    }
}

/// Writes to `sys.stdout` as `print` would; false with the exception set where that raises.
fn forward(printed: &str) -> bool {
    let stdout = unsafe { ffi::PySys_GetObject(c"stdout".as_ptr()) };
    if stdout.is_null() || is_none(stdout) {
        return true;
    }
    let held = Owned::share(stdout);
    let text = unsafe {
        ffi::PyUnicode_FromStringAndSize(printed.as_ptr().cast(), printed.len() as isize)
    };
    let written = Owned::new(text).and_then(|text| {
        let write =
            Owned::new(unsafe { ffi::PyObject_GetAttrString(held.get(), c"write".as_ptr()) })?;
        Owned::new(unsafe {
            ffi::PyObject_CallFunctionObjArgs(
                write.get(),
                text.get(),
                ptr::null_mut::<ffi::PyObject>(),
            )
        })
    });
    written.is_ok()
}
