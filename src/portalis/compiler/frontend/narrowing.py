"""Bare containers in annotations, filled with what their calls, returns and uses show.

    def codes(texts: list) -> list:          texts: list[str], result: list[int]
        return [ord(text) for text in texts]
    codes(["a", "b"])

A bare `list` says that it is a list, and nothing of what it holds. What is found has to fit what is said: the
kind of container, and every part that is written out. Where mypy then finds an error that it did not find
before, the function's annotations, and the results of what it calls, are what they were.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portalis.compiler.frontend.objections import UNFIT, Said, places
from portalis.compiler.frontend.spelling import has_hole
from portalis.compiler.frontend.targets import RETURN, FunctionNode, Target, bare
from portalis.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    STR,
    CallableOf,
    DictOf,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    make_union,
)

_PLAIN = {"int": INT, "str": STR, "float": FLOAT, "bool": BOOL, "bytes": BYTES}
_OBJECTIONS = UNFIT | {"return-value", "list-item", "dict-item", "type-var", "assignment"}

Functions = Mapping[str, Mapping[str, FunctionNode | ast.Lambda]]


@dataclass(slots=True)
class Narrowing:
    """Which bare annotations are filled: none until it begins, then those that nothing speaks against."""

    functions: Functions
    _begun: bool = False
    _before: frozenset[tuple[str, int]] = frozenset()
    _closed: set[tuple[Target, str]] = field(default_factory=set)

    def begin(self, messages: Iterable[Said]) -> bool:
        """Fill them from now on; whether there are any."""
        if self._begun:
            return False
        self._begun = True
        self._before = places(messages, _OBJECTIONS)
        return any(
            bare(note)
            for nodes in self.functions.values()
            for node in nodes.values()
            for _, note in _notes(node)
        )

    def judge(self, messages: Iterable[Said]) -> None:
        """Close what the oracle objects to: errors that it did not find before."""
        if not self._begun:
            return
        for module, line in places(messages, _OBJECTIONS) - self._before:
            for name, node in self.functions.get(module, {}).items():
                if node.lineno <= line <= (node.end_lineno or 0):
                    self._close(module, name, node)

    def close(self, target: Target) -> None:
        """Leave the annotations of a function as they are."""
        node = self.functions.get(target.module, {}).get(target.name)
        if node is not None:
            self._closed.update((target, name) for name, _ in _notes(node))

    def _close(self, module: str, name: str, node: FunctionNode | ast.Lambda) -> None:
        self.close(Target(module, name))
        called = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        called |= {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
        for other, nodes in self.functions.items():
            for full in nodes:
                if full.rpartition(".")[2] in called:
                    self._closed.add((Target(other, full), RETURN))

    def narrowed(self, target: Target, name: str, note: ast.expr, found: Type | None) -> Type | None:
        """The type of a parameter or result whose annotation has bare containers; None to leave it."""
        if not self._begun or found is None or (target, name) in self._closed or not bare(note):
            return None
        said = _said(note)
        return None if said is None else _filled(said, found)


def _notes(node: FunctionNode | ast.Lambda) -> Iterator[tuple[str, ast.expr]]:
    for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        if arg.annotation is not None:
            yield arg.arg, arg.annotation
    if not isinstance(node, ast.Lambda) and node.returns is not None:
        yield RETURN, node.returns


def _said(note: ast.expr) -> Type | None:
    """The type that an annotation says, `Any` for what bare containers hold; None where it says more."""
    match note:
        case ast.Constant(value=None):
            return NONE
        case ast.Name(id=name) if name in _PLAIN:
            return _PLAIN[name]
        case ast.Name(id="Callable") | ast.Attribute(attr="Callable"):
            return CallableOf(None, ANY)
        case ast.Subscript(value=ast.Name(id="Callable") | ast.Attribute(attr="Callable")):
            return CallableOf(None, ANY) if bare(note) else None
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _container(name, [])
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
            return _or_none(_said(left))
        case ast.Subscript(value=ast.Name(id="Optional") | ast.Attribute(attr="Optional"), slice=inner):
            return _or_none(_said(inner))
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner):
            parts = [_said(one) for one in (inner.elts if isinstance(inner, ast.Tuple) else [inner])]
            known = [part for part in parts if part is not None]
            return _container(name, known) if len(known) == len(parts) else None
        case _:
            return None


def _or_none(type_: Type | None) -> Type | None:
    return None if type_ is None else make_union([type_, NONE])


def _container(name: str, parts: list[Type]) -> Type | None:
    match name.lower(), parts:
        case "list", [] | [_]:
            return ListOf(*(parts or [ANY]))
        case "set" | "frozenset" as kind, [] | [_]:
            return SetOf(parts[0] if parts else ANY, kind == "frozenset")
        case "dict", [] | [_, _]:
            return DictOf(*(parts or [ANY, ANY]))
        case "tuple", []:
            return VarTuple(ANY)
        case "tuple", _:
            return TupleOf(tuple(parts))
        case _:
            return None


def _filled(said: Type, found: Type) -> Type | None:
    """What is said with its holes filled by what was found; None where the one doesn't fit the other."""
    match said, found:
        case _ if said is ANY:
            return None if has_hole(found) else found
        case OptionalOf(inner), OptionalOf(other):
            return _or_none(_filled(inner, other))
        case OptionalOf(inner), _:
            return _or_none(_filled(inner, found))
        case ListOf(x), ListOf(y):
            one = _filled(x, y)
            return None if one is None else ListOf(one)
        case SetOf(x, frozen), SetOf(y, also) if frozen == also:
            one = _filled(x, y)
            return None if one is None else SetOf(one, frozen)
        case DictOf(k, v), DictOf(other, w):
            key, value = _filled(k, other), _filled(v, w)
            return None if key is None or value is None else DictOf(key, value)
        case CallableOf(None), CallableOf():
            return None if has_hole(found) else found
        case VarTuple(), TupleOf() | VarTuple():
            return None if has_hole(found) else found
        case TupleOf(xs), TupleOf(ys) if len(xs) == len(ys):
            parts = [_filled(x, y) for x, y in zip(xs, ys, strict=True)]
            known = [part for part in parts if part is not None]
            return TupleOf(tuple(known)) if len(known) == len(parts) else None
        case _:
            return None if has_hole(said) else said
