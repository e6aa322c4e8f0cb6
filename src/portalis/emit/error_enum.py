"""`src/error.rs`: the `Error` enum of a crate, one variant per Python exception class it can raise.

class InvalidFormat(ValueError): ...
→   Error::InvalidFormat(Option<String>), is_invalid_format(), is_value_error()
"""

from __future__ import annotations

import builtins
import importlib
from collections.abc import Iterable, Sequence

from portalis.compiler.unit import ExceptionClass
from portalis.mapping.error_source import ErrorEnum, Variant
from portalis.mapping.library_exceptions import VARIANTS, described

# Exceptions that hold more than their text: names with Rust types.
_FIELDS: dict[str, tuple[tuple[str, str], ...]] = {"SystemExit": (("status", "Option<i64>"),)}


class UnknownExceptionError(Exception):
    """Generated code names an exception that neither the project nor Python has."""


def complete(exceptions: Sequence[ExceptionClass], variants: Iterable[str]) -> tuple[ExceptionClass, ...]:
    """The project's exceptions and those that the carried runtime raises, sorted: Python's own first.

    Raises:
        UnknownExceptionError: a variant is neither listed nor one of Python's.
    """
    known = {exception.name: exception for exception in exceptions}
    for variant in variants:
        if variant not in known:
            known[variant] = python_exception(variant)
    return tuple(sorted(known.values(), key=lambda one: (not is_builtin(one), one.name)))


def python_exception(name: str) -> ExceptionClass:
    """The description of one of Python's own exceptions, from the running interpreter.

    Raises:
        UnknownExceptionError: Python has none of that name.
    """
    if name in VARIANTS:
        library = described(name)
        return ExceptionClass(name, library.module, library.qualname, library.bases)
    found = getattr(builtins, name, None)
    if not (isinstance(found, type) and issubclass(found, BaseException)):
        raise UnknownExceptionError(f"generated code raises `{name}`, which Python doesn't have")
    return ExceptionClass(name, "builtins", name, tuple(base.__name__ for base in found.__mro__[1:-1]))


def holds_fields(exception: ExceptionClass) -> bool:
    """Whether the variant holds named fields, its text among them as `message`."""
    return exception.module == "builtins" and exception.name in _FIELDS


def raised_name(exception: ExceptionClass) -> tuple[str, str]:
    """The module and the name by which a traceback shows the class."""
    if exception.name not in VARIANTS:
        return exception.module, exception.qualname
    module, qualname = VARIANTS[exception.name]
    found = getattr(importlib.import_module(module), qualname)
    return found.__module__, found.__qualname__


def is_builtin(exception: ExceptionClass) -> bool:
    """Whether the variant holds `str(exc)` itself rather than an optional argument."""
    return exception.module == "builtins" or exception.name in VARIANTS


def error_module(exceptions: Sequence[ExceptionClass], *, from_python: bool = False) -> str:
    """The text of `src/error.rs`, for exceptions that `complete` gave.

    With `from_python` there is a variant for exceptions that a Python function raised.
    """
    if not exceptions and not from_python:
        return _NO_ERRORS
    head = "//! The errors of this crate: one variant per Python exception class it can raise.\n\n"
    uses = "use std::fmt;\n"
    classes: dict[str, tuple[str, str]] = {}
    if from_python:
        uses += "\nuse crate::runtime::upcall::Raised;\n"
        classes = {one.name: (one.module, one.qualname) for one in exceptions}
        bases = {base for one in exceptions for base in one.bases}
        classes |= {name: ("builtins", name) for name in bases - classes.keys() if hasattr(builtins, name)}
    variants = tuple(map(_variant, exceptions))
    made = ErrorEnum("Error", variants, from_python=from_python, classes=classes)
    return f"{head}{uses}\n{made.source()}"


def _variant(exception: ExceptionClass) -> Variant:
    fields = _FIELDS[exception.name] if holds_fields(exception) else ()
    prefix = "" if exception.module == "builtins" else f"{exception.module}."
    return Variant(
        exception.name,
        f"{prefix}{exception.qualname}",
        exception.qualname,
        exception.bases,
        "fields" if fields else "text" if is_builtin(exception) else "optional",
        exception.default_message,
        fields,
    )


_NO_ERRORS = """\
//! The errors of this crate: none of its functions can fail.

use std::fmt;

/// No value: nothing here raises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {}

impl Error {
    /// The message, as Python's `str(exc)` gives it.
    pub fn message(&self) -> &str {
        match *self {}
    }

    /// The name of the Python exception class.
    pub fn class_name(&self) -> &'static str {
        match *self {}
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for Error {}
"""
