"""Types for parameters that are called: what they take is what they are called with.

    class Fold:                                       function: Callable[[int, int], int]
        def __init__(self, items: list[int], function):
            self.items, self.fn = items, function

        def total(self) -> int:
            total = self.items[0]
            for item in self.items[1:]:
                total = self.fn(total, item)
            return total

What one gives is what the functions give that are handed in, as far as these say; else True or False where
only its truth is asked for, and what it takes where all of that is of one type. A Python function that gives
something else declines in Rust, so a wrong guess costs speed and nothing else.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from portalis.compiler.frontend.inference import Inferred
from portalis.compiler.frontend.joining import joined
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.spelling import has_hole, type_of_literal
from portalis.compiler.frontend.targets import Evidence, FunctionNode, Taken, Target, receiver
from portalis.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NEVER,
    NONE,
    OBJECT,
    STR,
    CallableOf,
    OptionalOf,
    Type,
    UnionOf,
    make_union,
)

_PLAIN: Mapping[str, Type] = {"int": INT, "str": STR, "float": FLOAT, "bool": BOOL}

Functions = Mapping[str, Mapping[str, FunctionNode | ast.Lambda]]


@dataclass(frozen=True, slots=True)
class _Called:
    """A parameter, the calls of it, and the expressions that stand for it where it is missing."""

    target: Target
    name: str
    calls: tuple[ast.Call, ...]
    asked: frozenset[ast.Call]
    """The calls of which only the truth of the result is asked for."""
    fed_back: frozenset[ast.expr]
    """The arguments that are results of the calls themselves: `total` of `total = fn(total, x)`."""
    instead: tuple[ast.expr, ...]
    returned: Type | None
    """What a function declares to give that returns what a call gives."""


@dataclass(slots=True)
class Callables:
    """The parameters of a project that are called, and what was found about them so far."""

    called: tuple[_Called, ...]
    nodes: Mapping[Target, FunctionNode]
    found: dict[tuple[Target, str], CallableOf] = field(default_factory=dict)

    def infer(self, evidence: Evidence, inferred: Inferred) -> None:
        """Add to what is inferred the types that one answer of the oracle shows."""
        for one in self.called:
            types = evidence.types.get(one.target.module, {})
            taken = _taken(one, types)
            if taken is None:
                continue
            given = [*self._given(one, evidence), *(types.get(value, ANY) for value in one.instead)]
            gives = _result(one, [type_ for type_ in taken if type_ is not NEVER], given)
            type_ = CallableOf(tuple(gives if param is NEVER else param for param in taken), gives)
            if gives is OBJECT or has_hole(type_):
                continue
            node = self.nodes[one.target]
            own = {arg.arg: default for arg, default in _defaults(node.args)}
            missing = isinstance(own.get(one.name), ast.Constant) or one.instead
            known = inferred.found.setdefault(one.target, {})
            known[one.name] = OptionalOf(type_) if missing else type_

    def _given(self, one: _Called, evidence: Evidence) -> Iterator[Type]:
        """The types of the functions that calls hand in."""
        node = self.nodes[one.target]
        taken = Taken(node.args, receiver(one.target.name, node))
        for module, calls in evidence.calls.items():
            for call, target in calls.items():
                if target == one.target:
                    for name, value in taken.bound(call):
                        if name == one.name:
                            yield evidence.types.get(module, {}).get(value, ANY)


def open_callables(functions: Functions, modules: Mapping[str, SourceModule]) -> Callables:
    """The parameters without a type that are called, themselves or as the attribute that keeps them."""
    nodes = {
        Target(module, name): node
        for module, found in functions.items()
        for name, node in found.items()
        if isinstance(node, ast.FunctionDef)
    }
    classes = {
        (name, node.name): node
        for name, module in modules.items()
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
    }
    called = []
    for target, node in nodes.items():
        wanted = Taken(node.args, receiver(target.name, node)).wanted
        owner, _, method = target.name.rpartition(".")
        kept: dict[str, list[tuple[str, ast.expr | None]]] = {}
        if method == "__init__" and (target.module, owner) in classes:
            kept = _kept(node, wanted)
        for name in sorted(wanted):
            places: list[tuple[ast.AST, str]] = []
            if not _binds(node, name):
                places.append((node, ast.dump(ast.Name(name, ast.Load()))))
            instead = []
            for attribute, other in kept.get(name, ()):
                place = ast.Attribute(ast.Name("self", ast.Load()), attribute, ast.Load())
                places.append((classes[target.module, owner], ast.dump(place)))
                instead += [other] if other is not None else []
            calls, asked = _calls(places)
            if calls:
                fed = _fed_back(calls, [where for where, _ in places])
                called.append(
                    _Called(target, name, calls, asked, fed, tuple(instead), _returned(calls, places))
                )
    return Callables(tuple(called), nodes)


def _defaults(args: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    positional = [*args.posonlyargs, *args.args]
    yield from zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True)
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        if default is not None:
            yield arg, default


def _binds(node: FunctionNode, name: str) -> bool:
    """Whether something in a function binds the name of a parameter again."""
    stored = any(
        isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store)
        for one in ast.walk(node)
    )
    return stored or sum(isinstance(one, ast.arg) and one.arg == name for one in ast.walk(node)) > 1


def _kept(node: FunctionNode, wanted: frozenset[str]) -> dict[str, list[tuple[str, ast.expr | None]]]:
    """The attributes that keep parameters, each with what stands there where nothing was handed in."""
    found: dict[str, list[tuple[str, ast.expr | None]]] = {}
    for inner in ast.walk(node):
        match inner:
            case (
                ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=attribute)], value=value)
                | ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self"), attr=attribute), value=value)
            ):
                pass
            case _:
                continue
        match value:
            case ast.Name(id=name) if name in wanted:
                found.setdefault(name, []).append((attribute, None))
            case ast.BoolOp(op=ast.Or(), values=[ast.Name(id=name), other]) if name in wanted:
                found.setdefault(name, []).append((attribute, other))
            case ast.IfExp(body=ast.Name(id=name), orelse=other) if name in wanted:
                found.setdefault(name, []).append((attribute, other))
            case ast.IfExp(body=other, orelse=ast.Name(id=name)) if name in wanted:
                found.setdefault(name, []).append((attribute, other))
            case _:
                pass
    return found


def _calls(places: list[tuple[ast.AST, str]]) -> tuple[tuple[ast.Call, ...], frozenset[ast.Call]]:
    """The calls of what stands at one of the places, and those that are only asked for their truth."""
    calls: list[ast.Call] = []
    asked: set[ast.expr] = set()
    for where, place in places:
        for node in ast.walk(where):
            match node:
                case ast.Call(func=func) if ast.dump(func) == place:
                    calls.append(node)
                case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                    asked |= set(_truths(test))
                case ast.comprehension(ifs=tests):
                    asked |= {one for test in tests for one in _truths(test)}
                case ast.UnaryOp(op=ast.Not(), operand=operand):
                    asked |= set(_truths(operand))
                case _:
                    pass
    return tuple(calls), frozenset(call for call in calls if call in asked)


def _fed_back(calls: tuple[ast.Call, ...], places: list[ast.AST]) -> frozenset[ast.expr]:
    """The arguments of calls that hold what one of the calls gave."""
    found: set[ast.expr] = {arg for call in calls for arg in call.args if arg in calls}
    for node in (inner for where in places for inner in ast.walk(where)):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(args=args) as call) if call in calls:
                found |= {arg for arg in args if isinstance(arg, ast.Name) and arg.id == name}
            case _:
                pass
    return frozenset(found)


def _returned(calls: tuple[ast.Call, ...], places: list[tuple[ast.AST, str]]) -> Type | None:
    """What functions declare to give that return what one of the calls gives, where that is a plain type."""
    for node in (inner for where, _ in places for inner in ast.walk(where)):
        match node:
            case ast.FunctionDef(returns=ast.Name(id=name)) if name in _PLAIN:
                if any(isinstance(one, ast.Return) and one.value in calls for one in ast.walk(node)):
                    return _PLAIN[name]
            case _:
                pass
    return None


def _truths(test: ast.expr) -> Iterator[ast.expr]:
    match test:
        case ast.BoolOp(values=values):
            for value in values:
                yield from _truths(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _truths(operand)
        case _:
            yield test


def _taken(one: _Called, types: Mapping[ast.expr, Type]) -> list[Type] | None:
    """What the calls hand over, by place, `Never` for what they gave; None where it isn't known."""
    first = one.calls[0]
    if any(
        call.keywords
        or len(call.args) != len(first.args)
        or any(isinstance(arg, ast.Starred) for arg in call.args)
        for call in one.calls
    ):
        return None
    found: list[Type] = []
    for at in range(len(first.args)):
        seen = [(arg, type_of_literal(arg) or types.get(arg, ANY)) for arg in (c.args[at] for c in one.calls)]
        known = [type_ for _, type_ in seen if not has_hole(type_)]
        if not known and all(arg in one.fed_back for arg, _ in seen):
            found.append(NEVER)
            continue
        whole = joined(known) if known else ANY
        if whole in (ANY, OBJECT, NONE) or isinstance(whole, UnionOf):
            return None
        found.append(whole)
    return found


def _result(one: _Called, params: list[Type], given: list[Type]) -> Type:
    told = [type_.returns for type_ in given if isinstance(type_, CallableOf)]
    shown = [type_ for type_ in told if not has_hole(type_)]
    if shown:
        return make_union(shown) if len(set(shown)) == 1 else OBJECT
    if len(one.asked) == len(one.calls):
        return BOOL
    if one.returned is not None:
        return one.returned
    return params[0] if params and len(set(params)) == 1 else OBJECT
