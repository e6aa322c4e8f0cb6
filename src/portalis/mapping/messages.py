"""Messages of exceptions as Rust: an f-string becomes `format!` where both print the same text.

>>> from portalis.mapping.type_mapper import TypeMapper
>>> render(template("bad value {value:>5}", {"value": "int"}), TypeMapper())
'format!("bad value {value:>5}")'
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portalis.config.rust_syntax import is_identifier
from portalis.mapping.errors import MappingError, RaiseError
from portalis.mapping.rust_text import rust_string
from portalis.mapping.type_mapper import TypeMapper

_SPEC = re.compile(
    r"(?:(?P<fill>[^{}])?(?P<align>[<>^]))?(?P<zero>0)?(?P<width>[1-9]\d*)?(?P<precision>\.\d+)?(?P<kind>[ds])?"
)
_INTEGERS = frozenset({"i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize"})
_CODE = "PT505"


@dataclass(frozen=True, slots=True)
class Hole:
    """A value in a message: the dotted name that stands there, its annotation, and how it is formatted."""

    name: str
    annotation: str
    spec: str = ""
    conversion: str = ""


Piece = str | Hole


def template(text: str, arguments: Mapping[str, str]) -> list[Piece]:
    """The pieces of a text in f-string syntax.

    Args:
        text: such as `bad value {value}`; `{{` is a brace.
        arguments: the annotation of each name that stands in braces.

    Raises:
        RaiseError: the braces hold more than dotted names, or a name without an annotation.
    """
    pieces: list[Piece] = []
    try:
        for literal, name, spec, conversion in string.Formatter().parse(text):
            pieces.append(literal)
            if name is not None:
                pieces.append(_hole(name, spec or "", conversion or "", arguments))
    except ValueError as error:
        if isinstance(error, RaiseError):
            raise
        raise RaiseError(f"not a template: {error}", _CODE, "double the braces that are text") from error
    return pieces


def of_expression(node: ast.expr, arguments: Mapping[str, str]) -> list[Piece]:
    """The pieces of a Python expression that is a message: a constant, an f-string, or one name.

    Raises:
        RaiseError: it is something else.
    """
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Constant(value=int(number)):
            return [str(number)]
        case ast.Name() | ast.Attribute():
            return [_hole(ast.unparse(node), "", "", arguments)]
        case ast.JoinedStr(values=values):
            return [piece for value in values for piece in _joined(value, arguments)]
        case _:
            raise RaiseError(
                f"the message {ast.unparse(node)} is computed", _CODE, "write an f-string of names"
            )


def render(pieces: Sequence[Piece], types: TypeMapper, head: str = "") -> str:
    """The Rust expression of a message: an owned String.

    Args:
        pieces: text and values.
        types: maps the values' annotations.
        head: text to put in front.

    Raises:
        RaiseError: Rust would print a value differently.
    """
    if not any(isinstance(one, Hole) for one in pieces):
        text = head + "".join(one for one in pieces if isinstance(one, str))
        return f"{_string(text)}.to_string()" if text else "String::new()"
    return f"format!({format_arguments(pieces, types, head)})"


def format_arguments(pieces: Sequence[Piece], types: TypeMapper, head: str = "") -> str:
    """What stands in the parentheses of `format!` or `panic!` for a message.

    Raises:
        RaiseError: Rust would print a value differently.
    """
    text, values = _braced(head), []
    for one in pieces:
        if isinstance(one, str):
            text += _braced(one)
            continue
        spec = _rust_spec(one, types)
        inline = is_identifier(one.name)
        text += "{" + (one.name if inline else "") + (f":{spec}" if spec else "") + "}"
        if not inline:
            values.append(one.name)
    return ", ".join((_string(text), *values))


def plain(pieces: Sequence[Piece]) -> str | None:
    """The text of a message without values; None where there are some."""
    texts = [one for one in pieces if isinstance(one, str)]
    return "".join(texts) if len(texts) == len(pieces) else None


def _joined(value: ast.expr, arguments: Mapping[str, str]) -> list[Piece]:
    match value:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.FormattedValue(
            value=ast.Name() | ast.Attribute() as name, conversion=code, format_spec=spec
        ):
            conversion = chr(code) if code >= 0 else ""
            return [_hole(ast.unparse(name), _constant_spec(spec), conversion, arguments)]
        case _:
            raise RaiseError(
                f"{ast.unparse(value)} is computed inside a message", _CODE, "bind it to a name before"
            )


def _constant_spec(spec: ast.expr | None) -> str:
    match spec:
        case None:
            return ""
        case ast.JoinedStr(values=[ast.Constant(value=str(text))]):
            return text
        case _:
            raise RaiseError("a computed format specification", _CODE, "write it out")


def _hole(name: str, spec: str, conversion: str, arguments: Mapping[str, str]) -> Hole:
    if not all(map(is_identifier, name.removeprefix("self.").split("."))):
        raise RaiseError(
            f"{name!r} is not a name that Rust can read", _CODE, "bind the value to a name before"
        )
    if name not in arguments:
        raise RaiseError(f"the type of {name!r} is not known", _CODE, "give its annotation in arguments")
    return Hole(name, arguments[name], spec, conversion)


def _rust_spec(hole: Hole, types: TypeMapper) -> str:
    """The Rust format specification that prints what Python's does.

    Raises:
        RaiseError: there is none.
    """
    try:
        rust = str(types.map_annotation(hole.annotation))
    except MappingError as error:
        raise RaiseError(f"the type of {hole.name!r}: {error}", error.code, error.hint) from error
    number = rust in _INTEGERS
    found = _SPEC.fullmatch(hole.spec)
    same = number or rust == "String"
    if hole.conversion not in ("", "s") and not (hole.conversion == "r" and number):
        same = False
    if not same or found is None or (found["kind"] == "d") > number or (found["kind"] == "s" and number):
        raise RaiseError(
            f"Rust prints a {hole.annotation} as {{{hole.name}{hole.conversion and '!' + hole.conversion}"
            f"{hole.spec and ':' + hole.spec}}} differently",
            _CODE,
            "format it before, as a str",
        )
    # A precision of an int is refused by Python; zeros before a str, or beside an alignment, differ.
    if (number and found["precision"]) or (found["zero"] and (not number or found["align"])):
        raise RaiseError(f"the format {hole.spec!r} is not the same in Rust", _CODE, "format it before")
    return hole.spec.removesuffix(found["kind"] or "")


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _string(text: str) -> str:
    try:
        return rust_string(text)
    except ValueError as error:
        raise RaiseError(str(error), _CODE) from error
