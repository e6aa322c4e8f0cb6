"""`src/error.rs`: the `Error` enum of a crate, one variant per Python exception class it can raise.

class InvalidFormat(ValueError): ...
→   Error::InvalidFormat(Option<String>), is_invalid_format(), is_value_error()
"""

from __future__ import annotations

import builtins
import importlib
import re
from collections.abc import Iterable, Sequence

from portalis.compiler.unit import ExceptionClass

# Exceptions of the standard library that runtime code raises under a name of its own.
_LIBRARY: dict[str, tuple[str, str]] = {
    "BinasciiError": ("binascii", "Error"),
    "StructError": ("struct", "error"),
    "RegexError": ("re", "error"),
    "JsonDecodeError": ("json", "JSONDecodeError"),
}


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
    module, qualname = _LIBRARY.get(name, ("builtins", name))
    found = getattr(importlib.import_module(module) if module != "builtins" else builtins, qualname, None)
    if not (isinstance(found, type) and issubclass(found, BaseException)):
        raise UnknownExceptionError(f"generated code raises `{name}`, which Python doesn't have")
    bases = tuple(base.__name__ for base in found.__mro__[1:-1])
    return ExceptionClass(name, module, qualname, bases)


def is_builtin(exception: ExceptionClass) -> bool:
    """Whether the variant holds `str(exc)` itself rather than an optional argument."""
    return exception.module == "builtins" or exception.name in _LIBRARY


def snake(name: str) -> str:
    """`OSError` as `os_error`, `InvalidFormat` as `invalid_format`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return spaced.lower()


def error_module(exceptions: Sequence[ExceptionClass]) -> str:
    """The text of `src/error.rs` before rustfmt, for exceptions that `complete` gave."""
    if not exceptions:
        return _NO_ERRORS
    parts = [
        "//! The errors of this crate: one variant per Python exception class it can raise.",
        "use std::fmt;",
        _enum(exceptions),
        _implementation(exceptions),
        _DISPLAY,
    ]
    return "\n\n".join(parts) + "\n"


def _enum(exceptions: Sequence[ExceptionClass]) -> str:
    lines = [
        "/// Why a call failed, with the message of the Python exception.",
        "#[derive(Debug, Clone, PartialEq, Eq)]",
        "pub enum Error {",
    ]
    for exception in exceptions:
        prefix = "" if exception.module == "builtins" else f"{exception.module}."
        lines.append(f"    /// Python's `{prefix}{exception.qualname}`.")
        payload = "String" if is_builtin(exception) else "Option<String>"
        lines.append(f"    {exception.name}({payload}),")
    return "\n".join((*lines, "}"))


def _implementation(exceptions: Sequence[ExceptionClass]) -> str:
    builtin = [one for one in exceptions if is_builtin(one)]
    own = [one for one in exceptions if not is_builtin(one)]
    lines = ["impl Error {"]
    lines += ["    /// The message, as Python's `str(exc)` gives it.", "    pub fn message(&self) -> &str {"]
    lines.append("        match self {")
    if builtin:
        patterns = " | ".join(f"Error::{one.name}(text)" for one in builtin)
        lines.append(f"            {patterns} => text,")
    for one in own:
        default = _literal(one.default_message)
        lines.append(f"            Error::{one.name}(text) => text.as_deref().unwrap_or({default}),")
    lines += ["        }", "    }", ""]
    lines += [
        "    /// The name of the Python exception class.",
        "    pub fn class_name(&self) -> &'static str {",
    ]
    lines.append("        match self {")
    lines += [f"            Error::{one.name}(_) => {_literal(one.qualname)}," for one in exceptions]
    lines += ["        }", "    }"]
    for name in _predicates(exceptions):
        members = [one.name for one in exceptions if name == one.name or name in one.bases]
        lines += ["", f"    /// Whether Python's `except {name}` would catch it."]
        lines.append(f"    pub fn is_{snake(name)}(&self) -> bool {{")
        if len(members) == len(exceptions):
            lines.append("        true")
        else:
            lines.append(f"        matches!(self, {' | '.join(f'Error::{member}(_)' for member in members)})")
        lines.append("    }")
    return "\n".join((*lines, "}"))


def _predicates(exceptions: Sequence[ExceptionClass]) -> list[str]:
    """Every class that an except clause could name: the variants and their bases below `BaseException`."""
    names = {one.name for one in exceptions} | {base for one in exceptions for base in one.bases}
    return sorted(names - {"BaseException", "object"})


def _literal(text: str) -> str:
    """A Rust string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in escaped) + '"'


_DISPLAY = """\
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for Error {}
"""

_NO_ERRORS = (
    """\
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

"""
    + _DISPLAY
)
