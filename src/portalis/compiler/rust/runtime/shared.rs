//! Instances that several holders share.

/// A reference to an object with an identity of its own.
pub trait Identity {
    /// Whether both are references to one object.
    fn is(&self, other: &Self) -> bool {
        self.address() == other.address()
    }

    /// Where the object is, as Python's `id` would say.
    fn address(&self) -> usize;
}

/// `a is b`, where either may be None.
pub fn same_or_none<T: Identity>(a: Option<&T>, b: Option<&T>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is(b),
        (None, None) => true,
        _ => false,
    }
}
