"""Heads of functions as data, compared as types: names of parameters and lifetimes don't count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tree_sitter import Node

from portalis.rust_grammar import Spans, parse, problems, source_of, walk
from portalis.translation.reading.homes import HOMES
from portalis.validation.rust_syntax import (
    ArrayType,
    ImplType,
    OtherType,
    PathType,
    RefType,
    RustFunction,
    RustType,
    SliceType,
    TupleType,
    function_of,
)

_LIFETIME = re.compile(r"'[A-Za-z_]\w*\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a function.

    Attributes:
        text: the head as it is written, without the body.
        visibility: `pub`, `pub(crate)`, or "".
        function: its parts.
        receiver: how it takes `self`, without lifetimes: `&mut self`; "" where it doesn't.
        bounds: what it demands of its type parameters, in a fixed form.
    """

    text: str
    visibility: str
    function: RustFunction
    receiver: str
    bounds: tuple[str, ...]


def head_of(node: Node, spans: Spans) -> Head:
    """The head of a function's node."""
    body = node.child_by_field_name("body")
    end = body.start_byte if body is not None else node.end_byte
    text = (node.text or b"")[: end - node.start_byte].decode("utf-8", "replace").strip().rstrip(";").strip()
    first = node.children[0]
    visibility = source_of(first) if first.type == "visibility_modifier" else ""
    listed = node.child_by_field_name("parameters")
    receiver = next(
        (source_of(c) for c in (listed.named_children if listed else []) if c.type == "self_parameter"), ""
    )
    return Head(
        " ".join(text.split()), visibility, function_of(node, spans),
        _plain(receiver).removeprefix("mut "), _bounds(node),
    )  # fmt: skip


def read_head(text: str) -> Head:
    """The head that a text spells, with or without a body.

    Raises:
        ValueError: it is not the head of one function.
    """
    whole = text.strip().rstrip(";").rstrip()
    whole = whole.removesuffix("{").rstrip() + " {}" if not whole.endswith("}") else whole
    root, spans = parse(whole), Spans(whole)
    functions = [node for node in root.named_children if node.type == "function_item"]
    if len(functions) != 1 or len(root.named_children) != 1 or next(problems(root, spans), None) is not None:
        raise ValueError(f"not the head of one Rust function: {text!r}")
    return head_of(functions[0], spans)


def same_head(given: Head, expected: Head, offered: frozenset[str] = frozenset()) -> bool:
    """Whether two heads are of one signature.

    Args:
        given: the head to be judged.
        expected: the head it should be.
        offered: paths by which the given one may name types that the expected one names shortly.
    """
    one, other = given.function, expected.function
    names = dict(zip(one.generics, other.generics, strict=False))
    same = _Same(names, offered)
    return (
        one.name == other.name
        and len(one.generics) == len(other.generics)
        and one.const_generics == other.const_generics
        and one.modifiers == other.modifiers
        and given.receiver == expected.receiver
        and tuple(_renamed(bound, names) for bound in given.bounds) == expected.bounds
        and same.all([param.type for param in one.params], [param.type for param in other.params])
        and same.types(one.returns, other.returns)
    )


@dataclass(frozen=True, slots=True)
class _Same:
    """Comparison of types under a renaming of type parameters."""

    names: dict[str, str]
    offered: frozenset[str]

    def all(self, given: Sequence[RustType], expected: Sequence[RustType]) -> bool:
        return len(given) == len(expected) and all(map(self.types, given, expected))

    def types(self, given: RustType, expected: RustType) -> bool:
        match given, expected:
            case PathType(), PathType():
                return self.paths(given, expected) and self.all(given.args, expected.args)
            case RefType(), RefType():
                return given.mutable == expected.mutable and self.types(given.inner, expected.inner)
            case SliceType(), SliceType():
                return self.types(given.elem, expected.elem)
            case ArrayType(), ArrayType():
                return given.length == expected.length and self.types(given.elem, expected.elem)
            case TupleType(), TupleType():
                return self.all(given.items, expected.items)
            case ((ImplType() | OtherType()), (ImplType() | OtherType())):
                return _renamed(_plain(str(given)), self.names) == _plain(str(expected))
            case _:
                return False

    def paths(self, given: PathType, expected: PathType) -> bool:
        if given.path == expected.path or self.names.get(given.path) == expected.path:
            return self.names.get(given.path, given.path) == expected.path
        if given.name != expected.name:
            return False
        homes = {*HOMES.get(given.name, ()), *(one for one in self.offered if "::" in one)}
        known = {path for path in homes if path.rpartition("::")[2] == given.name} | {given.name}
        return given.path in known and expected.path in known


def _plain(text: str) -> str:
    """A text without lifetimes and superfluous space."""
    text = _LIFETIME.sub("", text)
    text = re.sub(r"\s*([<>(),:&+=\[\];?])\s*", r"\1", " ".join(text.split()))
    return text.replace("<>", "").strip("+")


def _renamed(text: str, names: dict[str, str]) -> str:
    return re.sub(r"[A-Za-z_]\w*", lambda word: names.get(word[0], word[0]), text)


def _bounds(node: Node) -> tuple[str, ...]:
    """Bounds of type parameters, wherever they stand, sorted: `T:Clone`."""
    found: list[str] = []
    for part in ("type_parameters", "where_clause"):
        for child in node.children:
            if child.type != part:
                continue
            for one in walk(child):
                if one.type not in ("type_parameter", "where_predicate"):
                    continue
                subject = one.child_by_field_name("name") or one.child_by_field_name("left")
                bounds = one.child_by_field_name("bounds")
                found += [
                    f"{_plain(source_of(subject))}:{_plain(source_of(bound))}"
                    for bound in (bounds.named_children if bounds is not None else [])
                    if bound.type != "lifetime"
                ]
    return tuple(sorted(found))
