"""`ErrorMapper`: Python exceptions as variants of a Rust error enum.

>>> mapper = ErrorMapper()
>>> mapper.get_mapping("ValueError").rust_error_variant
'ValueError'
>>> mapper.translate_raise_statement("ValueError", "Invalid input")
'return Err(Error::ValueError("Invalid input".to_string()));'
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from portalis.mapping.exceptions import BUILTIN, ErrorHandlingStrategy, ErrorMapping, bases_of, canonical

__all__ = ["ErrorHandlingStrategy", "ErrorMapper", "ErrorMapping", "UnknownException", "rust_string"]

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class UnknownException(LookupError):
    """An exception that is neither Python's nor registered."""


class ErrorMapper:
    """Knows Python's exceptions and those registered with it."""

    def __init__(self) -> None:
        self._custom: dict[str, ErrorMapping] = {}

    def get_mapping(self, exception: str) -> ErrorMapping:
        """The Rust side of an exception.

        Args:
            exception: the class name; `IOError` and `EnvironmentError` are `OSError`.

        Raises:
            UnknownException: it is not Python's and was not registered.
        """
        name = canonical(exception)
        found = self._custom.get(name) or BUILTIN.get(name)
        if found is None:
            raise UnknownException(f"{exception} is not one of Python's exceptions; register it first")
        return found

    def register_custom_exception(
        self,
        name: str,
        base: str = "Exception",
        *,
        variant: str = "",
        strategy: ErrorHandlingStrategy | None = None,
    ) -> ErrorMapping:
        """Makes an exception class of the user's known.

        Args:
            name: the class name.
            base: the known class it inherits from.
            variant: the Rust variant; the last part of the name where empty.
            strategy: how it is handled; as its base is where None.

        Raises:
            UnknownException: the base is unknown.
            ValueError: the variant is not a Rust identifier.
        """
        parent = self.get_mapping(base)
        chosen = variant or name.rpartition(".")[2]
        if not _IDENTIFIER.fullmatch(chosen):
            raise ValueError(f"{chosen!r} is not a name for a Rust variant")
        mapping = ErrorMapping(name, chosen, parent.python_name, strategy or parent.strategy)
        self._custom[name] = mapping
        return mapping

    def is_subclass(self, exception: str, base: str) -> bool:
        """Whether `except base` catches the exception.

        Raises:
            UnknownException: one of them is unknown.
        """
        name, wanted = self.get_mapping(exception).python_name, self.get_mapping(base).python_name
        return name == wanted or wanted in bases_of(name, self._custom)

    def generate_error_enum(self, exceptions: Iterable[str], name: str = "Error") -> str:
        """The Rust source of an error enum, complete with `Display` and `std::error::Error`.

        Args:
            exceptions: class names; duplicates count once, the order is kept.
            name: the enum's name.

        Raises:
            UnknownException: one of them is unknown.
        """
        variants = list(dict.fromkeys(self.get_mapping(one).rust_error_variant for one in exceptions))
        if not variants:
            return _EMPTY.replace("Error", name).replace(f"std::error::{name}", "std::error::Error")
        rows = "".join(f"    {variant}(String),\n" for variant in variants)
        arms = " | ".join(f"{name}::{variant}(message)" for variant in variants)
        return (
            f"#[derive(Debug, Clone, PartialEq, Eq)]\npub enum {name} {{\n{rows}}}\n\n"
            f"impl std::fmt::Display for {name} {{\n"
            "    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {\n"
            f"        match self {{\n            {arms} => f.write_str(message),\n        }}\n    }}\n}}\n\n"
            f"impl std::error::Error for {name} {{}}\n"
        )

    def translate_raise_statement(
        self, exception: str, message: str = "", strategy: ErrorHandlingStrategy | None = None
    ) -> str:
        """The Rust statement for `raise exception(message)`.

        Args:
            exception: the class name.
            message: the text, as `str(exc)` would give it.
            strategy: another than the exception's own.

        Raises:
            UnknownException: the exception is unknown.
        """
        mapping = self.get_mapping(exception)
        match strategy or mapping.strategy:
            case ErrorHandlingStrategy.RESULT:
                value = f"{rust_string(message)}.to_string()" if message else "String::new()"
                return f"return Err(Error::{mapping.rust_error_variant}({value}));"
            case ErrorHandlingStrategy.PANIC:
                text = f"{mapping.python_name}: {message}" if message else mapping.python_name
                return f'panic!("{{}}", {rust_string(text)});'
            case ErrorHandlingStrategy.OPTION:
                return "return None;"


_EMPTY = """\
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {}

impl std::fmt::Display for Error {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Error {}
"""

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def rust_string(text: str) -> str:
    """A Rust string literal for the text.

    Raises:
        ValueError: the text holds a lone surrogate, which no Rust string can.
    """
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("a lone surrogate has no place in a Rust string")
    body = "".join(
        _ESCAPES.get(char) or (char if char.isprintable() else f"\\u{{{ord(char):x}}}") for char in text
    )
    return f'"{body}"'
