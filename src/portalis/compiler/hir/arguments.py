"""The arguments of a call in the callee's parameter order, defaults filled in.

    def area(w, /, h=1, *more, unit="m", **tags): …
    area(2, *xs, unit=u)    →   (2, *xs) can't be told apart: refused
    area(2, 3, *xs, a=1)    →   w=2, h=3, unit="m", more=(*xs,), tags={"a": 1}

The parameters stand in the order of the code's variables: positional, keyword-only, `*args`, `**kwargs`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import ANY, INT, STR, DictOf, TupleOf, VarTuple
from portalis.diagnostics import Span

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder

Default = Callable[["FunctionBuilder", ast.expr], h.Expr]


@dataclass(frozen=True, slots=True)
class Bound:
    """Arguments in parameter order, and the order of their evaluation where that is another."""

    args: tuple[h.Expr, ...]
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """The arguments of a call as they are written; a keyword of None is `**mapping`."""

    args: tuple[h.Expr, ...]
    keywords: tuple[tuple[str | None, h.Expr], ...]


def given(b: FunctionBuilder, node: ast.Call) -> Given:
    """The arguments; `*` of a display or a tuple variable, and `**` of a literal dict, are what they hold."""
    args: list[h.Expr] = []
    for arg in node.args:
        args += _spread(b.expr(arg))
    keywords: list[tuple[str | None, h.Expr]] = []
    for keyword in node.keywords:
        keywords += _named(keyword.arg, b.expr(keyword.value))
    return Given(tuple(args), tuple(keywords))


def _spread(arg: h.Expr) -> list[h.Expr]:
    match arg:
        case h.Starred(value=h.TupleDisplay(items=items) | h.ListDisplay(items=items)):
            return [part for item in items for part in _spread(item)]
        case h.Starred(value=h.Local(type=TupleOf(kinds)) as value):
            return [
                h.Subscript(replace(value), h.Literal(at, span=arg.span, type=INT), span=arg.span, type=kind)
                for at, kind in enumerate(kinds)
            ]
        case _:
            return [arg]


def _named(name: str | None, value: h.Expr) -> list[tuple[str | None, h.Expr]]:
    if name is None and isinstance(value, h.DictDisplay):
        pairs = [(key.value if isinstance(key, h.Literal) else None, item) for key, item in value.items]
        texts = [(key, item) for key, item in pairs if isinstance(key, str)]
        if len(texts) == len(pairs) == len(dict(texts)):
            return [*texts]
    return [(name, value)]


def bind(
    b: FunctionBuilder, node: ast.Call, definition: ast.FunctionDef, default_of: Default, bound: int = 0
) -> Bound:
    """The arguments in parameter order; a missing one is the default.

    Python evaluates arguments in the order they are written. The first `bound` parameters are given already.

    Raises:
        Refusal: they don't fit, or that can't be told here.
    """
    call = _Call(b, node, definition, given(b, node), bound)
    named = call.named()
    rest: dict[str, h.Expr] = {}
    spec = definition.args
    if spec.vararg is not None:
        rest[spec.vararg.arg] = h.TupleDisplay(call.extra, span=call.span, type=VarTuple(ANY))
    if spec.kwarg is not None:
        rest[spec.kwarg.arg] = _gathered(call.others, call.span)
    result: list[h.Expr] = []
    defaults = _defaults(definition)
    for name in call.names:
        if name in named:
            result.append(named[name])
        elif name in defaults:
            result.append(default_of(b, defaults[name]))
        else:
            raise Refusal("PT502", call.span, f"`{definition.name}` misses the argument `{name}`")
    result += rest.values()
    written = [*call.written, *rest]
    places = [*call.names, *rest]
    if spec.vararg is not None and call.extra:  # they stand before every keyword
        written.remove(spec.vararg.arg)
        written.insert(call.by_place, spec.vararg.arg)
    everything = (*named.values(), *call.extra, *(value for _, value in call.others))
    as_declared = [name for name in places if name in named or name in rest]
    if all(map(_simple, everything)) or written == as_declared:
        return Bound(tuple(result))
    if call.mixed:
        raise Refusal(
            "PT305", call.span, "keyword arguments are evaluated out of parameter order",
            "bind them to variables first",
        )  # fmt: skip
    return Bound(tuple(result), tuple(places.index(name) for name in written))


@dataclass(slots=True)
class _Call:
    """One call against one definition: which argument goes to which parameter."""

    b: FunctionBuilder
    node: ast.Call
    definition: ast.FunctionDef
    arguments: Given
    bound: int
    written: list[str]
    """Parameters in the order in which their arguments are written."""
    extra: tuple[h.Expr, ...]
    """What goes to `*args`."""
    others: list[tuple[str | None, h.Expr]]
    """What goes to `**kwargs`."""
    by_place: int
    """How many parameters are given by position."""
    mixed: bool
    """Whether named parameters are written between what goes to `**kwargs`."""

    def __init__(
        self, b: FunctionBuilder, node: ast.Call, definition: ast.FunctionDef, arguments: Given, bound: int
    ) -> None:
        self.b, self.node, self.definition = b, node, definition
        self.arguments, self.bound = arguments, bound
        self.written, self.extra, self.others, self.by_place, self.mixed = [], (), [], 0, False

    @property
    def span(self) -> Span:
        return self.b.span(self.node)

    @property
    def positional(self) -> list[str]:
        spec = self.definition.args
        return [a.arg for a in (*spec.posonlyargs, *spec.args)][self.bound :]

    @property
    def names(self) -> list[str]:
        """The parameters but `*args` and `**kwargs`."""
        return self.positional + [a.arg for a in self.definition.args.kwonlyargs]

    def named(self) -> dict[str, h.Expr]:
        """The arguments of these parameters."""
        found = self._by_position()
        only = {a.arg for a in self.definition.args.posonlyargs}
        for name, value in self.arguments.keywords:
            if name is None:
                self._open(value, only)
            elif name in self.names and name not in only and name not in found:
                found[name] = value
                self.written.append(name)
                self.mixed = self.mixed or bool(self.others)
            elif self.definition.args.kwarg is not None and (name not in self.names or name in only):
                self.others.append((name, value))
            else:
                raise Refusal("PT502", self.span, f"the arguments do not fit `{self.definition.name}`")
        return found

    def _by_position(self) -> dict[str, h.Expr]:
        args, places = self.arguments.args, self.positional
        found: dict[str, h.Expr] = {}
        for name, arg in zip(places, args, strict=False):
            if isinstance(arg, h.Starred):
                raise Refusal(
                    "PT206", self.span, f"how many arguments `*` gives `{self.definition.name}` is not known",
                    "pass the elements one by one",
                )  # fmt: skip
            found[name] = arg
        self.extra = args[len(places) :]
        if self.extra and self.definition.args.vararg is None:
            raise Refusal("PT502", self.span, f"too many arguments for `{self.definition.name}`")
        self.written = list(found)
        self.by_place = len(found)
        return found

    def _open(self, value: h.Expr, only: set[str]) -> None:
        """`**mapping`: all of it goes to `**kwargs` where no parameter is left that it could name."""
        nameable = set(self.names) - only
        if self.definition.args.kwarg is None or nameable or len(self.arguments.keywords) > 1:
            raise Refusal(
                "PT206", self.span, f"which arguments `**` gives to `{self.definition.name}` is not known",
                "pass them by name",
            )  # fmt: skip
        if not isinstance(value.type, DictOf) or value.type.key is not STR:
            raise Refusal("PT206", self.span, f"`**` of a `{value.type}` is not translated")
        self.others.append((None, value))


def _gathered(others: list[tuple[str | None, h.Expr]], span: Span) -> h.Expr:
    """The dict that goes to `**kwargs`."""
    match others:
        case [(None, whole)]:
            return whole
    return h.DictDisplay(
        tuple((_key(name, span), value) for name, value in others), span=span, type=DictOf(STR, ANY)
    )


def _key(name: str | None, span: Span) -> h.Expr | None:
    return None if name is None else h.Literal(name, span=span, type=STR)


def _simple(node: h.Expr) -> bool:
    """Whether evaluating the expression can neither raise nor be seen."""
    match node:
        case h.Subscript(value=h.Local(type=TupleOf()), index=h.Literal()):
            return True
        case _:
            return isinstance(node, (h.Literal, h.Local, h.External, h.GlobalName))


def _defaults(definition: ast.FunctionDef) -> dict[str, ast.expr]:
    spec = definition.args
    positional = [*spec.posonlyargs, *spec.args]
    defaults = {
        arg.arg: default
        for arg, default in zip(
            positional[len(positional) - len(spec.defaults) :], spec.defaults, strict=True
        )
    }
    for arg, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
        if default is not None:
            defaults[arg.arg] = default
    return defaults
