"""Templates: Rust of the binding crate, Python of the hybrid package."""
