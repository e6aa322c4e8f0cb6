"""The frontend: source files in, a typed project out. The only part of the compiler that reads files."""
