"""Templates: Rust of the crate that holds candidates, Python of the package that runs them."""
