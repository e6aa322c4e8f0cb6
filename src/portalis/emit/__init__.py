"""What leaves Portalis: Cargo crate, extension module, hybrid package, stubs, wheel, report."""
