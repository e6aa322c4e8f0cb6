"""How a candidate's error says which exception it is, and with which message.

An error states a class where it is the variant of an enum, or a struct, whose name is that of an exception
that the Python could raise, with or without the ending `Error`: `Parse::Value(..)` and `ValueError(..)` state
`ValueError`. It states a message where it implements `Display`, or is a variant that holds one text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from portalis.validation.rust_syntax import PathType, RefType, RustSource, RustType, Variant

ErrorPolicy = Literal["exact", "stated", "raised"]
"""What of an exception must agree: its class and message (`exact`), those that the Rust states (`stated`),
or only that there is one (`raised`).
"""

OWN_ERROR = "Error"
"""The enum that Portalis makes for a crate; a text that names it and defines none gets it."""

_ENDING = re.compile(r"(?<=.)(?:Error|Exception)$")
_TEXTS = frozenset({"String", "str"})


@dataclass(frozen=True, slots=True)
class ErrorReading:
    """`rust` is a block that makes `(Option<&str>, Option<String>)`, class and message, of `&error`.

    `classes` says whether some error states a class, `unstated` names the variants that don't.
    """

    rust: str
    classes: bool
    unstated: tuple[str, ...]


def plain_name(name: str) -> str:
    """A class's name without its ending.

    >>> plain_name("ValueError"), plain_name("Value"), plain_name("Error")
    ('Value', 'Value', 'Error')
    """
    return _ENDING.sub("", name)


def read_error(
    error: RustType, source: RustSource, exceptions: Collection[str], *, portalis_error: bool
) -> ErrorReading:
    """How to read the errors of a type.

    Args:
        error: the `E` of `Result<_, E>`, aliases written out.
        source: the candidate.
        exceptions: names of exception classes that the Python knows.
        portalis_error: whether `Error` is the enum of Portalis.
    """
    known = _by_spelling(exceptions)
    name = error.name if isinstance(error, PathType) else ""
    if portalis_error and str(error) == OWN_ERROR:
        text = "(Some(error.class_name()), Some(error.message().to_owned()))"
        return ErrorReading(text, True, ())
    if name in source.enums or name in source.structs:
        return _own(name, str(error), source, known)
    if name == "Box":
        return _boxed(source, known)
    return ErrorReading(f"(None, {_SHOWN})", False, ())


def _by_spelling(exceptions: Collection[str]) -> dict[str, str]:
    """Each exception by its name, and by its name without the ending where that means no other."""
    short: dict[str, list[str]] = {}
    for name in exceptions:
        short.setdefault(plain_name(name), []).append(name)
    only = {spelling: names[0] for spelling, names in short.items() if len(names) == 1}
    return only | {name: name for name in exceptions}


_SHOWN = "(&crate::adapt::Probe(error)).message()"


def _own(name: str, path: str, source: RustSource, known: dict[str, str]) -> ErrorReading:
    """An enum or struct of the candidate's own."""
    shows = ("Display", name) in source.implements
    if name in source.structs:
        stated = known.get(name)
        return ErrorReading(f"({_class(stated)}, {_SHOWN})", stated is not None, () if stated else (name,))
    arms, unstated = [], []
    for variant in source.enums[name]:
        stated = known.get(variant.name)
        if stated is None:
            unstated.append(f"{name}::{variant.name}")
        holds = not shows and _holds_text(variant)
        pattern = f"{path}::{variant.name}{'(text)' if holds else ' { .. }'}"
        message = "Some(text.to_string())" if holds else _SHOWN
        arms.append(f"{pattern} => ({_class(stated)}, {message}),")
    if not arms:
        return ErrorReading("match *error {}", False, ())
    text = "match error {\n" + "\n".join(arms) + "\n}"
    return ErrorReading(text, len(unstated) < len(source.enums[name]), tuple(unstated))


def _boxed(source: RustSource, known: dict[str, str]) -> ErrorReading:
    """`Box<dyn Error>`: an error of the candidate's own types is looked for in it."""
    own = sorted(
        {*source.enums, *source.structs} & {of for trait, of in source.implements if trait == "Error"}
    )
    text, classes, unstated = f"(None, {_SHOWN})", False, list[str]()
    for name in own:
        inner = _own(name, name, source, known)
        classes = classes or inner.classes
        unstated += inner.unstated
        text = f"if let Some(error) = error.downcast_ref::<{name}>() {{ {inner.rust} }} else {{ {text} }}"
    return ErrorReading(text, classes, tuple(unstated))


def _holds_text(variant: Variant) -> bool:
    match variant.fields:
        case (PathType(name) | RefType(PathType(name)),):
            return name in _TEXTS
        case _:
            return False


def _class(name: str | None) -> str:
    return "None" if name is None else f'Some("{name}")'
