//! Functions of the project that stay in Python, as Rust calls them.
//!
//! Such a function may be run twice, so whatever is not as it was when the Rust was verified declines the call
//! under way: the original then runs from the start. An exception goes through Rust as the object that it is.

use crate::convert::{Declined, Int, Object, Owned, PyType, Str, Taken, is_exactly};
use crate::tables::{ERROR, EXCEPTION, RAISED};
use crate::write_back::Seen;
use pyo3_ffi as ffi;
use std::any::Any;
use std::cell::OnceCell;
use std::ffi::{CStr, CString};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// A name as Python has it, made once.
pub struct Name {
    text: &'static str,
    made: AtomicPtr<ffi::PyObject>,
}

impl Name {
    pub const fn new(text: &'static str) -> Name {
        Name {
            text,
            made: AtomicPtr::new(ptr::null_mut()),
        }
    }

    fn get(&self) -> Taken<Object> {
        let made = self.made.load(Ordering::Acquire);
        if !made.is_null() {
            return Ok(made);
        }
        let mut name = text(self.text)?.into_raw();
        unsafe { ffi::PyUnicode_InternInPlace(&mut name) };
        self.made.store(name, Ordering::Release);
        Ok(name)
    }
}

/// A function: where Python looks it up at each call, and where it was defined.
pub struct Function<const PARTS: usize> {
    home: Name,
    path: [Name; PARTS],
    module: &'static str,
    name: &'static str,
    line: i64,
    /// The function that was found last, and is the one that the Rust was verified with.
    known: AtomicPtr<ffi::PyObject>,
}

impl<const PARTS: usize> Function<PARTS> {
    pub const fn new(
        home: Name,
        path: [Name; PARTS],
        module: &'static str,
        name: &'static str,
        line: i64,
    ) -> Function<PARTS> {
        Function {
            home,
            path,
            module,
            name,
            line,
            known: AtomicPtr::new(ptr::null_mut()),
        }
    }

    /// The result of a call with arguments by position.
    pub fn call<R: PyType, const N: usize>(
        &self,
        arguments: [Taken<Owned>; N],
    ) -> Result<R::Rust, ERROR> {
        self.call_with::<R, N, 0>(arguments, None, [])
    }

    /// The result of a call with further arguments: what stands for `*args`, and those by name.
    pub fn call_with<R: PyType, const N: usize, const K: usize>(
        &self,
        arguments: [Taken<Owned>; N],
        rest: Option<Taken<Owned>>,
        named: [(&'static CStr, Taken<Owned>); K],
    ) -> Result<R::Rust, ERROR> {
        let called = self.found().and_then(|function| {
            let tuple = together(arguments, rest)?;
            let names = by_name(named)?;
            let names = names.as_ref().map_or(ptr::null_mut(), Owned::get);
            Ok(Owned::new(unsafe { ffi::PyObject_Call(function.get(), tuple.get(), names) }))
        });
        match called {
            Ok(Ok(result)) => match taken::<R>(&result) {
                Ok(value) => Ok(value),
                Err(Declined) => decline("a Python function gave something else than it promised"),
            },
            Ok(Err(Declined)) => Err(raised()),
            Err(Declined) => decline("a Python function is not what it was, or can't be called with this"),
        }
    }

    /// The function as Python finds it now; declines where another stands in its place.
    fn found(&self) -> Taken<Owned> {
        let mut found = unsafe {
            let modules = ffi::PyImport_GetModuleDict();
            shared(ffi::PyDict_GetItemWithError(modules, self.home.get()?))?
        };
        for name in &self.path {
            found = part(&found, name.get()?)?;
        }
        if ptr::eq(found.get(), self.known.load(Ordering::Acquire)) || self.is(found.get())? {
            Ok(found)
        } else {
            Err(Declined)
        }
    }

    /// Whether an object is the function of the source: by its module, its name, and where its code begins.
    fn is(&self, object: Object) -> Taken<bool> {
        let code = attribute(object, c"__code__")?;
        let same = Str::take(attribute(object, c"__module__")?.get())? == self.module
            && Str::take(attribute(object, c"__qualname__")?.get())? == self.name
            && Str::take(attribute(code.get(), c"co_name")?.get())? == self.name
            && Int::take(attribute(code.get(), c"co_firstlineno")?.get())? == self.line;
        if same {
            // The one before stays alive: another thread may be looking at it.
            self.known.store(Owned::share(object).into_raw(), Ordering::Release);
        }
        Ok(same)
    }
}

/// A result that is new, and holds nothing twice that can change.
fn taken<R: PyType>(result: &Owned) -> Taken<R::Rust> {
    let value = R::take(result.get())?;
    if R::MET {
        R::meet(result.get(), &mut Seen::default())?;
    }
    Ok(value)
}

/// What a module has of that name, as its functions find it; what anything else has.
fn part(object: &Owned, name: Object) -> Taken<Owned> {
    if is_exactly(object.get(), &raw mut ffi::PyModule_Type) {
        unsafe { shared(ffi::PyDict_GetItemWithError(ffi::PyModule_GetDict(object.get()), name)) }
    } else {
        Owned::new(unsafe { ffi::PyObject_GetAttr(object.get(), name) })
    }
}

/// Shares a borrowed reference; null declines.
fn shared(object: Object) -> Taken<Owned> {
    if object.is_null() { Err(Declined) } else { Ok(Owned::share(object)) }
}

/// Ends the call under way: the original answers.
#[cold]
fn decline(reason: &'static str) -> ! {
    panic!("{reason}")
}

/// A text for Python.
pub fn text(value: &str) -> Taken<Owned> {
    Owned::new(unsafe {
        ffi::PyUnicode_FromStringAndSize(value.as_ptr().cast(), value.len() as isize)
    })
}

fn attribute(object: Object, name: &CStr) -> Taken<Owned> {
    Owned::new(unsafe { ffi::PyObject_GetAttrString(object, name.as_ptr()) })
}

fn together<const N: usize>(
    arguments: [Taken<Owned>; N],
    rest: Option<Taken<Owned>>,
) -> Taken<Owned> {
    let tuple = Owned::new(unsafe { ffi::PyTuple_New(N as isize) })?;
    for (at, argument) in (0..).zip(arguments) {
        unsafe { ffi::PyTuple_SetItem(tuple.get(), at, argument?.into_raw()) };
    }
    match rest {
        None => Ok(tuple),
        Some(rest) => Owned::new(unsafe { ffi::PySequence_Concat(tuple.get(), rest?.get()) }),
    }
}

fn by_name<const K: usize>(named: [(&'static CStr, Taken<Owned>); K]) -> Taken<Option<Owned>> {
    if K == 0 {
        return Ok(None);
    }
    let names = Owned::new(unsafe { ffi::PyDict_New() })?;
    for (name, value) in named {
        if unsafe { ffi::PyDict_SetItemString(names.get(), name.as_ptr(), value?.get()) } != 0 {
            return Err(Declined);
        }
    }
    Ok(Some(names))
}

/// The exception that is set, as an error; what depends on how Rust runs declines, and Ctrl-C ends the call.
fn raised() -> ERROR {
    unsafe {
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_Exception) == 0 {
            decline("the call is interrupted"); // it stays set
        }
        let classes = [
            ffi::PyExc_RecursionError,
            ffi::PyExc_MemoryError,
            ffi::PyExc_StopIteration,
        ];
        if classes.iter().any(|class| ffi::PyErr_ExceptionMatches(*class) != 0) {
            ffi::PyErr_Clear();
            decline("a Python function ran out of room, or ends an iteration");
        }
        let mut parts = [ptr::null_mut(); 3];
        let [class, value, traceback] = &mut parts;
        ffi::PyErr_Fetch(class, value, traceback);
        ffi::PyErr_NormalizeException(class, value, traceback);
        if !traceback.is_null() {
            ffi::PyException_SetTraceback(*value, *traceback);
        }
        for part in [*class, *traceback] {
            ffi::Py_DecRef(part);
        }
        match Owned::new(*value) {
            Ok(object) => ERROR::FromPython(RAISED::new(Kept::of(object))),
            Err(Declined) => decline("an exception without an object"),
        }
    }
}

/// An exception on its way through Rust.
struct Kept {
    object: Owned,
    message: OnceCell<String>,
    class: OnceCell<String>,
}

impl Kept {
    fn of(object: Owned) -> Kept {
        Kept {
            object,
            message: OnceCell::new(),
            class: OnceCell::new(),
        }
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.class_name())
    }
}

impl EXCEPTION for Kept {
    fn is_a(&self, module: &str, class: &str) -> bool {
        match named(module, class) {
            Ok(class) => unsafe {
                ffi::PyErr_GivenExceptionMatches(self.object.get(), class.get()) != 0
            },
            Err(Declined) => decline("a class of exceptions can't be found"),
        }
    }

    fn message(&self) -> &str {
        self.message.get_or_init(|| {
            Owned::new(unsafe { ffi::PyObject_Str(self.object.get()) })
                .and_then(|shown| Str::take(shown.get()))
                .unwrap_or_else(|Declined| decline("an exception can't be shown"))
        })
    }

    fn class_name(&self) -> &str {
        self.class.get_or_init(|| {
            attribute(unsafe { ffi::Py_TYPE(self.object.get()) }.cast(), c"__name__")
                .and_then(|name| Str::take(name.get()))
                .unwrap_or_else(|Declined| decline("a class of exceptions has no name"))
        })
    }

    fn itself(&self) -> &dyn Any {
        &self.object
    }
}

/// The class of that qualified name.
fn named(module: &str, class: &str) -> Taken<Owned> {
    let module = CString::new(module).map_err(|_| Declined)?;
    let mut found = Owned::new(unsafe { ffi::PyImport_ImportModule(module.as_ptr()) })?;
    for name in class.split('.') {
        let name = CString::new(name).map_err(|_| Declined)?;
        found = attribute(found.get(), &name)?;
    }
    Ok(found)
}

/// The exception object that an error is.
pub fn object(raised: &RAISED) -> Option<Owned> {
    let kept = raised.itself().downcast_ref::<Owned>()?;
    Some(Owned::share(kept.get()))
}
