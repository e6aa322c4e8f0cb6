//! The Python whose behaviour is kept, for the few texts that differ between versions.

/// The minor version of Python 3.
pub const MINOR: u8 = 11;
