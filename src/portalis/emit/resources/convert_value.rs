//! Objects of the builtin types, each by its own, where the Python says `Any`, `object` or a type variable.
//!
//! During one call a list, dict or set that came from Python is one object in Rust, however often it is reached,
//! and goes back as the very object that it was, with what the call changed in it.

use crate::convert::{
    Bool, Bytes, Declined, Float, Int, List, Object, Owned, PyType, Str, Taken, Unit, VarTuple,
    is_exactly,
};
use crate::convert_dict::Dict;
use crate::convert_set::Set;
use crate::tables::{HELD, SAME, VALUE};
use crate::write_back::{Change, Mutable, Seen};
use pyo3_ffi as ffi;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr;

/// How deep values may stand in each other that cross; deeper ones decline.
const DEEPEST: usize = 200;

/// When containers cross: before the call and after it, not while it runs.
#[derive(Clone, Copy, Default, PartialEq)]
enum Phase {
    #[default]
    Taking,
    Running,
    Giving,
}

/// The containers of one call.
#[derive(Default)]
struct Known {
    phase: Phase,
    /// The values by the address of the Python object.
    taken: HashMap<usize, VALUE>,
    /// The Python objects by the address of the Rust one.
    objects: HashMap<usize, Owned>,
    /// Those that came from Python, in the order in which they were met.
    entries: Vec<(Owned, VALUE)>,
    /// Keeps what was made for Python alive, so that no address is used twice.
    kept: Vec<VALUE>,
    depth: usize,
}

thread_local! {
    /// The calls under way: one may come to make another.
    static CALLS: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

/// One call, until this is dropped.
pub struct Session;

/// Begins a call.
pub fn begin() -> Session {
    CALLS.with_borrow_mut(|calls| calls.push(Known::default()));
    Session
}

impl Drop for Session {
    fn drop(&mut self) {
        let ended = CALLS.with_borrow_mut(Vec::pop);
        drop(ended);
    }
}

/// Makes the call: what comes and goes meanwhile holds nothing that can change.
pub fn run<T>(call: impl FnOnce() -> T) -> T {
    let _ = with(|known| known.phase = Phase::Running);
    let result = call();
    let _ = with(|known| known.phase = Phase::Giving);
    result
}

fn with<T>(look: impl FnOnce(&mut Known) -> T) -> Taken<T> {
    CALLS.with_borrow_mut(|calls| calls.last_mut().map(look).ok_or(Declined))
}

/// One step deeper, until dropped.
struct Step;

fn deeper() -> Taken<Step> {
    with(|known| {
        known.depth += 1;
        if known.depth > DEEPEST { Err(Declined) } else { Ok(()) }
    })??;
    Ok(Step)
}

impl Drop for Step {
    fn drop(&mut self) {
        let _ = with(|known| known.depth -= 1);
    }
}

/// The address of a container; None of what can't change.
fn address(value: &VALUE) -> Option<usize> {
    match value {
        VALUE::List(items) => Some(items.address()),
        VALUE::Dict(items) => Some(items.address()),
        VALUE::Set(items) => Some(items.address()),
        _ => None,
    }
}

fn class(object: Object) -> *mut ffi::PyTypeObject {
    unsafe { ffi::Py_TYPE(object) }
}

/// The value of a list, dict or set.
fn take_container(object: Object) -> Taken<VALUE> {
    let made = match class(object) {
        kind if ptr::eq(kind, &raw mut ffi::PyList_Type) => VALUE::List(HELD::default()),
        kind if ptr::eq(kind, &raw mut ffi::PyDict_Type) => VALUE::Dict(HELD::default()),
        kind if ptr::eq(kind, &raw mut ffi::PySet_Type) => VALUE::Set(HELD::default()),
        _ => return Err(Declined),
    };
    let before = with(|known| match known.phase {
        Phase::Taking => Ok(known.taken.get(&(object as usize)).cloned()),
        _ => Err(Declined),
    })??;
    if let Some(value) = before {
        return Ok(value);
    }
    with(|known| {
        known.taken.insert(object as usize, made.clone());
        if let Some(address) = address(&made) {
            known.objects.insert(address, Owned::share(object));
        }
        known.entries.push((Owned::share(object), made.clone()));
    })?;
    let _step = deeper()?;
    match &made {
        VALUE::List(items) => *items.change() = List::<Dynamic>::take(object)?,
        VALUE::Dict(items) => *items.change() = Dict::<Dynamic, Dynamic>::take(object)?,
        VALUE::Set(items) => *items.change() = Set::<Dynamic>::take(object)?,
        _ => {}
    }
    Ok(made)
}

/// The object that stands for a container, made where there is none yet.
fn give_container(value: &VALUE) -> Taken<Owned> {
    let address = address(value).ok_or(Declined)?;
    let before = with(|known| match known.phase {
        Phase::Giving => Ok(known.objects.get(&address).map(|found| Owned::share(found.get()))),
        _ => Err(Declined),
    })??;
    if let Some(object) = before {
        return Ok(object);
    }
    let object = Owned::new(match value {
        VALUE::List(_) => unsafe { ffi::PyList_New(0) },
        VALUE::Dict(_) => unsafe { ffi::PyDict_New() },
        _ => unsafe { ffi::PySet_New(ptr::null_mut()) },
    })?;
    with(|known| {
        known.objects.insert(address, Owned::share(object.get()));
        known.kept.push(value.clone());
    })?;
    let _step = deeper()?;
    let full = prepared(value, object.get())?;
    if committed(value, object.get(), full.get()) { Ok(object) } else { Err(Declined) }
}

fn prepared(value: &VALUE, object: Object) -> Taken<Owned> {
    match value {
        VALUE::List(items) => List::<Dynamic>::prepare(&items.read(), object),
        VALUE::Dict(items) => Dict::<Dynamic, Dynamic>::prepare(&items.read(), object),
        VALUE::Set(items) => Set::<Dynamic>::prepare(&items.read(), object),
        _ => Err(Declined),
    }
}

fn committed(value: &VALUE, object: Object, fresh: Object) -> bool {
    match value {
        VALUE::List(_) => List::<Dynamic>::commit(object, fresh),
        VALUE::Dict(_) => Dict::<Dynamic, Dynamic>::commit(object, fresh),
        _ => Set::<Dynamic>::commit(object, fresh),
    }
}

/// What the call changed in the containers that came from Python, made ready.
pub fn changes() -> Taken<Vec<Change>> {
    let entries = with(|known| std::mem::take(&mut known.entries))?;
    let mut found = Vec::new();
    for (object, value) in &entries {
        match value {
            VALUE::List(items) => {
                List::<Dynamic>::update(&items.read(), object.get(), &mut found)?;
            }
            VALUE::Dict(items) => {
                Dict::<Dynamic, Dynamic>::update(&items.read(), object.get(), &mut found)?;
            }
            VALUE::Set(items) => {
                Set::<Dynamic>::update(&items.read(), object.get(), &mut found)?;
            }
            _ => {}
        }
    }
    Ok(found)
}

pub struct Dynamic;

impl PyType for Dynamic {
    type Rust = VALUE;

    fn take(object: Object) -> Taken<VALUE> {
        Int::take(object)
            .map(VALUE::Int)
            .or_else(|Declined| Str::take(object).map(VALUE::Str))
            .or_else(|Declined| Float::take(object).map(VALUE::Float))
            .or_else(|Declined| Bool::take(object).map(VALUE::Bool))
            .or_else(|Declined| Unit::take(object).map(|()| VALUE::None))
            .or_else(|Declined| take_tuple(object))
            .or_else(|Declined| Bytes::take(object).map(VALUE::Bytes))
            .or_else(|Declined| take_container(object))
    }

    fn give(value: &VALUE) -> Taken<Owned> {
        match value {
            VALUE::None => Unit::give(&()),
            VALUE::Bool(flag) => Bool::give(flag),
            VALUE::Int(number) => Int::give(number),
            VALUE::Float(number) => Float::give(number),
            VALUE::Str(text) => Str::give(text),
            VALUE::Bytes(data) => Bytes::give(data),
            VALUE::Tuple(items) => VarTuple::<Dynamic>::give(items),
            _ => give_container(value),
        }
    }

    fn is(value: &VALUE, object: Object) -> bool {
        match value {
            VALUE::None => Unit::take(object).is_ok(),
            VALUE::Bool(flag) => Bool::is(flag, object),
            VALUE::Int(number) => Int::is(number, object),
            VALUE::Float(number) => Float::is(number, object),
            VALUE::Str(text) => Str::is(text, object),
            VALUE::Bytes(data) => Bytes::is(data, object),
            VALUE::Tuple(items) => VarTuple::<Dynamic>::is(items, object),
            _ => {
                let stands = |known: &mut Known| {
                    let found = known.objects.get(&address(value)?)?;
                    Some(ptr::eq(found.get(), object))
                };
                matches!(with(stands), Ok(Some(true)))
            }
        }
    }

    const MET: bool = true;

    /// What is inside values of any type may be met again by such values, and by nothing else.
    fn meet(object: Object, seen: &mut Seen) -> Taken<()> {
        if is_exactly(object, &raw mut ffi::PyTuple_Type) {
            return VarTuple::<Dynamic>::meet(object, seen);
        }
        let inside = match class(object) {
            kind if ptr::eq(kind, &raw mut ffi::PyList_Type) => List::<Dynamic>::meet_inside,
            kind if ptr::eq(kind, &raw mut ffi::PyDict_Type) => Dict::<Dynamic, Dynamic>::meet_inside,
            kind if ptr::eq(kind, &raw mut ffi::PySet_Type) => return seen.note_loose(object).map(drop),
            _ => return Ok(()),
        };
        if seen.note_loose(object)? { inside(object, seen) } else { Ok(()) }
    }
}

fn take_tuple(object: Object) -> Taken<VALUE> {
    if !is_exactly(object, &raw mut ffi::PyTuple_Type) {
        return Err(Declined);
    }
    let _step = deeper();
    VarTuple::<Dynamic>::take(object).map(VALUE::Tuple)
}
