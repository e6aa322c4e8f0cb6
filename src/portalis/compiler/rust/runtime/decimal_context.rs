//! The context of Python's `decimal`: a crate has the default one; a host may have set another, which declines.

use std::sync::OnceLock;

use crate::runtime::decline::decline;

/// Whether the host's context is the default one. It can be set once, to a function that looks.
#[derive(Debug)]
pub struct Context(OnceLock<fn() -> Option<bool>>);

impl Context {
    /// Asks `source` from now on; the first source stays.
    pub fn set(&self, source: fn() -> Option<bool>) {
        self.0.get_or_init(|| source);
    }
}

/// What arithmetic is done under.
pub static CONTEXT: Context = Context(OnceLock::new());

/// Declines where the context is not the default one.
pub fn check() {
    if CONTEXT.0.get().is_some_and(|source| source() != Some(true)) {
        decline("a decimal context that is not the default one");
    }
}
