//! What a call of a candidate may end in, besides a value.

/// An error of the candidate, or its panic, written as the running package reads it.
pub enum Error {
    RustError(Option<String>),
}
