//! Functions that stayed in Python, and the exceptions that they raise, for whoever runs Python beside this crate.

use std::any::Any;
use std::fmt;
use std::rc::Rc;
use std::sync::OnceLock;

use crate::runtime::decline::or_decline;

/// A function that stayed in Python. It is set once, to what calls it.
#[derive(Debug)]
pub struct Upcall<F>(OnceLock<F>);

impl<F: Copy> Upcall<F> {
    /// A function that can't be called until it is set.
    pub const fn unset() -> Upcall<F> {
        Upcall(OnceLock::new())
    }

    /// Is answered by `function` from now on; the first one stays.
    pub fn set(&self, function: F) {
        self.0.get_or_init(|| function);
    }

    /// What calls it; declines where nothing was set.
    #[track_caller]
    pub fn function(&self) -> F {
        or_decline(self.0.get().copied(), "there is no Python to call")
    }
}

/// An exception object of Python, as whoever runs Python knows it.
pub trait Exception: fmt::Debug {
    /// Whether it is an instance of the class, by module and qualified name.
    fn is_a(&self, module: &str, class: &str) -> bool;

    /// What `str(exc)` gives.
    fn message(&self) -> &str;

    /// The name of its class.
    fn class_name(&self) -> &str;

    /// The exception itself, for who made it.
    fn itself(&self) -> &dyn Any;
}

/// An exception that a Python function raised: it passes through Rust as the object that it is.
#[derive(Clone)]
pub struct Raised(Rc<dyn Exception>);

impl Raised {
    /// An exception that was raised just now.
    pub fn new(exception: impl Exception + 'static) -> Raised {
        Raised(Rc::new(exception))
    }

    /// Whether it is an instance of the class, by module and qualified name.
    pub fn is_a(&self, module: &str, class: &str) -> bool {
        self.0.is_a(module, class)
    }

    /// What `str(exc)` gives.
    pub fn message(&self) -> &str {
        self.0.message()
    }

    /// The name of its class.
    pub fn class_name(&self) -> &str {
        self.0.class_name()
    }

    /// The exception itself, for who made it.
    pub fn itself(&self) -> &dyn Any {
        self.0.itself()
    }
}

impl fmt::Debug for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Two are equal when they are one object.
impl PartialEq for Raised {
    fn eq(&self, other: &Raised) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Raised {}
