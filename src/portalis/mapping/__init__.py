"""The single place where a Python type or exception becomes a Rust one."""

from __future__ import annotations

from portalis.mapping.errors import MappingError, UnmappedType
from portalis.mapping.python_to_rust import MappingOptions, Position, copies, rust_type
from portalis.mapping.rust_type import MappedType, RustType

__all__ = [
    "MappedType",
    "MappingError",
    "MappingOptions",
    "Position",
    "RustType",
    "UnmappedType",
    "copies",
    "rust_type",
]
