"""Types of parameters of which no call, example or annotation tells: how their values are used.

    def shout(word, times=2):              word: str, times: int
        return word.upper() * times

    class Shingles:
        def __init__(self, k):             k: int
            self.k = k

        def cut(self, text):               text: str
            text = SPACES.sub(" ", text)
            return [text[i : i + self.k] for i in range(len(text) - self.k)]

Told by: the parameter of a library function or of a project's function that it is handed to, a method that
only texts have, an index or a bound of a slice, its default, and the parameter of the same place in a method
that overrides this one or is overridden. What a parameter is used as is not what it must be: a caller may
hand over something else that serves. Translated code takes exactly the type, so everything else declines.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portalis.compiler.frontend.inference import Inferred, Open
from portalis.compiler.frontend.spelling import has_hole, type_of_literal
from portalis.compiler.frontend.targets import Evidence, FunctionNode, Taken, Target, receiver
from portalis.compiler.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    STR,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    make_union,
)

_TEXT_METHODS = frozenset(
    """capitalize casefold center endswith expandtabs format isalnum isalpha isascii isdecimal isdigit islower
    isnumeric isprintable isspace istitle isupper ljust lower lstrip partition rfind rindex rjust rpartition
    rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill encode
    removeprefix removesuffix""".split()
)
_PLAIN = frozenset({BOOL, BYTES, FLOAT, INT, STR})
_ARITHMETIC = ast.Add | ast.Sub | ast.Mult | ast.FloorDiv | ast.Mod

Place = tuple[str, str]
"""A parameter of a function as ("", name), or an attribute by the full name of its class."""


@dataclass(slots=True)
class _Uses:
    """What the values of places are used as, in one function or in all."""

    types: Mapping[ast.expr, Type]
    found: dict[Place, set[Type]] = field(default_factory=dict)

    def note(self, value: ast.expr, asked: Type) -> None:
        """`value` stands where `asked` is wanted."""
        match value:
            case ast.Name(id=name):
                self.found.setdefault(("", name), set()).add(asked)
            case ast.Attribute(value=owner, attr=attr):
                holder = self.types.get(owner)
                if isinstance(holder, Instance):
                    self.found.setdefault((holder.name, attr), set()).add(asked)
            case ast.BinOp(left=left, op=op, right=right) if asked is INT and isinstance(op, _ARITHMETIC):
                self.note(left, asked)
                self.note(right, asked)
            case ast.UnaryOp(op=ast.USub(), operand=operand) if asked is INT:
                self.note(operand, asked)
            case ast.IfExp(body=then, orelse=other):
                self.note(then, asked)
                self.note(other, asked)
            case _:
                pass

    def look_at(self, node: ast.AST, formals: Mapping[ast.expr, Type]) -> None:
        """What one node says of the values in it."""
        if isinstance(node, ast.expr) and (asked := formals.get(node)) is not None and _tells(asked):
            self.note(node, asked)
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr=attr)) if attr in _TEXT_METHODS:
                self.note(owner, STR)
            case ast.Slice():
                for bound in (node.lower, node.upper, node.step):
                    if bound is not None:
                        self.note(bound, INT)
            case ast.Subscript(value=owner, slice=index) if self._is_sequence(owner):
                self.note(index, INT)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                if self.types.get(left) is STR:
                    self.note(right, STR)
                if self.types.get(right) is STR:
                    self.note(left, STR)
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn()], comparators=[right]):
                if self.types.get(right) is STR:
                    self.note(left, STR)
            case _:
                pass

    def _is_sequence(self, owner: ast.expr) -> bool:
        known = self.types.get(owner)
        return known is STR or isinstance(known, (ListOf, VarTuple, TupleOf))


def guess(
    inferable: Open,
    evidence: Evidence,
    formals: Mapping[str, Mapping[ast.expr, Type]],
    overriding: Mapping[Target, Target],
    lines: Mapping[str, Sequence[str]],
    before: Inferred,
) -> bool:
    """Add to `before` the parameters without a type of which their uses tell; whether there was any."""
    functions = {
        Target(module, name): node
        for module, found in inferable.items()
        for name, node in found.items()
        if not isinstance(node, ast.Lambda)
    }
    guessed: dict[tuple[Target, str], Type] = {}
    attributes: dict[Place, set[Type]] = {}
    inside: dict[Target, _Uses] = {}
    for target, node in functions.items():
        uses = _Uses(evidence.types.get(target.module, {}))
        for one in ast.walk(node):
            uses.look_at(one, formals.get(target.module, {}))
        inside[target] = uses
        for place, asked in uses.found.items():
            for owner in lines.get(place[0], (place[0],)) if place[0] else ():
                attributes.setdefault((owner, place[1]), set()).update(asked)
    for target, node in functions.items():
        known = before.found.get(target, {})
        for name in Taken(node.args, receiver(target.name, node)).wanted - known.keys():
            asked = set(inside[target].found.get(("", name), ()))
            for attribute in _kept(target, node, name):
                asked |= attributes.get(attribute, set())
            type_ = None if _is_rebound(node, name) else _one(asked)
            type_ = type_ or _default(node, name)
            if type_ is not None:
                guessed[target, name] = _or_none(type_, node, name)
    guessed |= dict(_from_family(functions, overriding, before, guessed))
    for (target, name), type_ in guessed.items():
        before.found.setdefault(target, {}).setdefault(name, type_)
    return bool(guessed)


def _tells(type_: Type) -> bool:
    """Whether a parameter of the type says which values are meant."""
    match type_:
        case OptionalOf(inner):
            return _tells(inner)
        case ListOf() | DictOf() | SetOf() | TupleOf() | VarTuple():
            return not has_hole(type_)
        case _:
            return type_ in _PLAIN


def _one(asked: set[Type]) -> Type | None:
    """The type that serves all uses: an int serves for a float."""
    if asked == {INT, FLOAT}:
        return INT
    return next(iter(asked)) if len(asked) == 1 else None


def _default(node: FunctionNode, name: str) -> Type | None:
    """The type of a literal that a parameter is when it is not given; None says nothing."""
    positional = [*node.args.posonlyargs, *node.args.args]
    pairs = [
        *zip(positional[len(positional) - len(node.args.defaults) :], node.args.defaults, strict=True),
        *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
    ]
    value = next((value for arg, value in pairs if arg.arg == name), None)
    found = None if value is None else type_of_literal(value)
    return None if found is NONE else found


def _or_none(type_: Type, node: FunctionNode, name: str) -> Type:
    """With None, where the function looks for it or has it as the default."""
    for one in ast.walk(node):
        match one:
            case ast.Compare(left=ast.Name(id=found), comparators=[ast.Constant(value=None)]) if (
                found == name
            ):
                return make_union([type_, NONE])
            case _:
                pass
    return type_


def _is_rebound(node: FunctionNode, name: str) -> bool:
    """Whether the name may mean something else later, or is asked for its class."""
    for one in ast.walk(node):
        match one:
            case ast.Name(id=found, ctx=ast.Store() | ast.Del()) if found == name:
                return True
            case ast.Call(func=ast.Name(id="isinstance" | "type"), args=[ast.Name(id=found), *_]) if (
                found == name
            ):
                return True
            case ast.arg(arg=found) if found == name and one not in _own_arguments(node):
                return True
            case _:
                pass
    return False


def _own_arguments(node: FunctionNode) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def _kept(target: Target, node: FunctionNode, name: str) -> Iterator[Place]:
    """The attributes that `__init__` binds to one of its parameters."""
    owner, _, method = target.name.rpartition(".")
    own = receiver(target.name, node)
    if method != "__init__" or own is None:
        return
    for one in ast.walk(node):
        match one:
            case ast.Assign(
                targets=[ast.Attribute(value=ast.Name(id=holder), attr=attr)], value=ast.Name(id=given)
            ) if holder == own and given == name:
                yield f"{target.module}.{owner}", attr
            case _:
                pass


def _from_family(
    functions: Mapping[Target, FunctionNode],
    overriding: Mapping[Target, Target],
    before: Inferred,
    guessed: Mapping[tuple[Target, str], Type],
) -> Iterator[tuple[tuple[Target, str], Type]]:
    """What the methods of a line of classes that stand for each other know of one parameter, for all."""
    families: dict[Target, list[Target]] = {}
    for target in functions:
        families.setdefault(overriding.get(target, target), []).append(target)
    for family in families.values():
        if len(family) == 1 or family[0].name.endswith("__init__"):
            continue
        known: dict[int, list[Type]] = {}
        open_: list[tuple[Target, int, str]] = []
        for target in family:
            taken = Taken(functions[target].args, receiver(target.name, functions[target]))
            for at, name in enumerate(taken.positional):
                type_ = before.found.get(target, {}).get(name)
                fresh = guessed.get((target, name))
                if type_ is not None or fresh is not None:
                    known.setdefault(at, []).append(type_ or fresh or NONE)
                if type_ is None and name in taken.wanted:
                    open_.append((target, at, name))
        for target, at, name in open_:
            if at in known:
                yield (target, name), make_union(known[at])
