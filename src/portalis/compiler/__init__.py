"""The compiler: a typed project in, Rust text and diagnostics out. Only `frontend` reads files."""
