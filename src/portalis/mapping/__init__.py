"""The single place where a Python type or exception becomes a Rust one."""

from __future__ import annotations

from portalis.mapping.python_to_rust import MappingOptions, Position, UnmappedType, copies, rust_type
from portalis.mapping.rust_type import MappedType, RustType

__all__ = ["MappedType", "MappingOptions", "Position", "RustType", "UnmappedType", "copies", "rust_type"]
