"""What is known of an item when a model is asked for its Rust."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from pydantic import TypeAdapter, ValidationError


@dataclass(frozen=True, slots=True)
class Callee:
    """A function that the item calls and that the Rust may call.

    Attributes:
        python: its name in the Python, as it is called there.
        path: its path in the crate: `crate::shapes::area`.
        signature: the head of its Rust: `pub fn area(r: f64) -> f64`.
    """

    python: str
    path: str
    signature: str


@dataclass(frozen=True, slots=True)
class Example:
    """A verified pair, shown as an example."""

    python: str
    rust: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """A former answer and what was wrong with it.

    Attributes:
        rust: the Rust that was proposed; where nothing could be read from the answer, "".
        problems: why it does not stand, one text each: a reason of `parse_answer`, messages of rustc, or a
            counterexample in words.
    """

    rust: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PromptContext:
    """What a model is told of an item. All but the code may be left out.

    Attributes:
        code: the item's Python; never cut.
        name: the item's name; a method's without its class.
        python_signature: its typed head: `def total(xs: list[int]) -> int`.
        rust_signature: the head that the Rust must have: `pub fn total(xs: &[i64]) -> Result<i64, Error>`.
        callees: functions of the project that it calls.
        types: Rust texts of the crate's types that it may use: structs, enums, and `Error` with its variants.
        constants: Rust declarations of constants in scope: `pub const LIMIT: i64 = 10;`.
        helpers: helpers of the crate's runtime that it may call; `prompting.helpers` picks them.
        diagnostics: why the compiler left the item in Python, a line each.
        examples: verified pairs, the nearest first.
        attempt: the former answer, where this is a repair.
    """

    code: str
    name: str = ""
    python_signature: str = ""
    rust_signature: str = ""
    callees: tuple[Callee, ...] = ()
    types: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    helpers: tuple[Callee, ...] = ()
    diagnostics: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    attempt: Attempt | None = None


def context_of(code: str, given: PromptContext | Mapping[str, object] | None = None) -> PromptContext:
    """The context of a text of Python, with what a caller of the library adds to it.

    Args:
        code: the Python.
        given: nothing, a context (whose code is replaced), or a mapping with names of its fields.

    Raises:
        TypeError: a key is no field of `PromptContext`, or its value is of a wrong type.
    """
    if given is None:
        return PromptContext(code)
    if isinstance(given, PromptContext):
        return replace(given, code=code)
    unknown = set(given) - {field.name for field in fields(PromptContext)} | ({"code"} & set(given))
    if unknown:
        raise TypeError(f"no part of a context: {', '.join(sorted(map(str, unknown)))}")
    try:
        return _adapter().validate_python({"code": code, **given})
    except ValidationError as error:
        first = error.errors()[0]
        raise TypeError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


@functools.cache
def _adapter() -> TypeAdapter[PromptContext]:
    return TypeAdapter(PromptContext)
