"""Exception classes of the standard library that the runtime raises, each under a variant name of its own."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

VARIANTS: dict[str, tuple[str, str]] = {
    "BinasciiError": ("binascii", "Error"),
    "CsvError": ("csv", "Error"),
    "DecimalDivisionByZero": ("decimal", "DivisionByZero"),
    "DecimalException": ("decimal", "DecimalException"),
    "DecimalInvalidOperation": ("decimal", "InvalidOperation"),
    "JsonDecodeError": ("json", "JSONDecodeError"),
    "RegexError": ("re", "error"),
    "StructError": ("struct", "error"),
    "UnsupportedOperation": ("io", "UnsupportedOperation"),
}
"""Module and qualified name by the variant of `Error`."""

_HOMES = {
    "_csv": "csv",
    "_io": "io",
    "json.decoder": "json",
    "sre_constants": "re",
    "_struct": "struct",
    "_decimal": "decimal",
}
"""Where type stubs say that a class lives, and the module that programs name."""


@dataclass(frozen=True, slots=True)
class LibraryException:
    """One of these classes; `bases` are the names of its bases, nearest first."""

    variant: str
    module: str
    qualname: str
    bases: tuple[str, ...]


def library_exception(fullname: str) -> LibraryException | None:
    """The class of a full name such as `binascii.Error`; None where it is none of these."""
    module, _, name = fullname.rpartition(".")
    place = (_HOMES.get(module, module), name)
    for variant, known in VARIANTS.items():
        if known == place:
            return described(variant)
    return None


def described(variant: str) -> LibraryException:
    """The class behind a variant, from the running interpreter.

    Raises:
        KeyError: the variant is none of these.
    """
    module, qualname = VARIANTS[variant]
    found = getattr(importlib.import_module(module), qualname)
    bases = tuple(base.__name__ for base in found.__mro__[1:-1])
    return LibraryException(variant, module, qualname, bases)
