"""What leaves Portalis: the Cargo crate, the extension module, the hybrid package, stubs, the wheel, the report."""
