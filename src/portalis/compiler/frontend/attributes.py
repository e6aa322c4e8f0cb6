"""Types for unannotated attributes: what the project binds them to, and what it puts into them.

    class Bag:
        def __init__(self):
            self.first = None        →   self.first: Optional[int] = None
            self.items = []          →   self.items: list[int] = []

        def add(self, x: int):
            self.first = x
            self.items.append(x)

So is `self.first: Any = None`, which says as little. A checker takes an attribute's type from its first
binding alone. Where that says too little (`None`, an empty
container), or another binding adds None, the type is the union of all bindings of that attribute in the
project, with the elements that are put into it. One binding of unknown type leaves the attribute unknown.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeGuard

from portalis.compiler.frontend.contents import (
    Handed,
    Step,
    elements_of,
    filled,
    guess,
    merged,
    only_none,
    put_into,
    takes_floats,
    type_of,
)
from portalis.compiler.frontend.examples import Bound, examples
from portalis.compiler.frontend.local_containers import empty_containers
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.spelling import Speller, has_hole
from portalis.compiler.types import (
    ANY,
    NEVER,
    STR,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    Type,
    VarTuple,
)
from portalis.utils import ast_utils

_NOTHING: Mapping[str, Handed] = MappingProxyType({})
Types = Mapping[str, Mapping[ast.expr, Type]]
_DEFAULT_DICT = "collections.defaultdict"
Edit = tuple[int, int, str, int]
"""Line, byte column, what is written there, and how many bytes it takes the place of."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute by the full name of its class; a variable by a name of its function."""

    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class Definition:
    """The statement in `__init__` that binds an attribute first."""

    module: str
    statement: ast.Assign | ast.AnnAssign
    targets: tuple[Attribute, ...]
    """The attributes that the statement binds, in order; the only things that it binds."""


Names = Mapping[ast.expr, Attribute]
"""The variables among the names of a project that are treated as attributes."""


@dataclass(frozen=True, slots=True)
class _Put:
    """A value that is bound to an attribute, or `steps` levels inside it."""

    module: str
    steps: tuple[Step, ...]
    value: ast.expr
    spread: bool = False
    """Whether the elements of the value are put there, rather than the value."""
    type: Type | None = None
    """What is put there, where it is no value of the text: a function that is handed the place does it."""

    def type_of(self, types: Mapping[ast.expr, Type]) -> Type:
        """The type of what is put there."""
        if self.type is not None:
            return self.type
        found = type_of(self.value, types)
        return elements_of(found) if self.spread else found


@dataclass(slots=True)
class Attributes:
    """The open attributes of a project and what was found about them so far."""

    definitions: Mapping[Attribute, Definition]
    found: dict[Attribute, Type] = field(default_factory=dict)
    given_up: set[Attribute] = field(default_factory=set)
    natural: dict[Attribute, Type] = field(default_factory=dict)
    """The type of the first binding, before anything is written there."""
    doubtful: set[Attribute] = field(default_factory=set)
    """Found, but something of unknown type is bound to them as well."""
    told: dict[Attribute, list[Type]] = field(default_factory=dict)
    """What doctest examples bind to them."""
    guessed: dict[Attribute, Type] = field(default_factory=dict)
    """What uses say, for those of which bindings tell nothing but None (`guessing`)."""
    names: dict[ast.expr, Attribute] = field(default_factory=dict)

    def infer(
        self, modules: Mapping[str, SourceModule], types: Types, handed: Mapping[str, Handed] = _NOTHING
    ) -> None:
        """Look at one answer of the oracle; `handed` are arguments that functions put floats into."""
        puts: dict[Attribute, list[_Put]] = {}
        for name, module in modules.items():
            known = types.get(name, {})
            for attribute, put in puts_of(name, module.tree, known, self.names, handed.get(name, {})):
                if attribute in self.definitions:
                    puts.setdefault(attribute, []).append(put)
        self.doubtful.clear()
        for attribute, values in puts.items():
            if attribute not in self.given_up:
                self._judge(attribute, values, types)

    def learn(self, modules: Mapping[str, SourceModule]) -> None:
        """Take down what doctest examples bind to attributes."""
        for name, module in modules.items():
            for told in examples(name, module):
                if isinstance(told, Bound):
                    self.told.setdefault(Attribute(told.owner, told.attribute), []).append(told.type)

    def give_up_doubtful(self) -> bool:
        """Whether there was any attribute to give up, now that nothing more will be known."""
        lost = self.doubtful & self.found.keys()
        self.given_up |= lost
        for attribute in lost:
            del self.found[attribute]
        return bool(lost)

    def _judge(self, attribute: Attribute, values: list[_Put], types: Types) -> None:
        whole: Type = NEVER
        unknown = False
        for put in sorted(values, key=lambda one: len(one.steps)):
            known = types.get(put.module, {})
            type_ = put.type_of(known)
            if type_ is ANY or has_hole(filled(type_)):
                unknown = True
                type_ = guess(put.value, known)
            whole = put_into(whole, put.steps, type_, known)
        for type_ in self.told.get(attribute, ()):
            whole = merged(whole, type_)
        if attribute in self.guessed and (only_none(whole) or has_hole(whole)):
            guessed = self._like_its_binding(attribute, types)
            whole = merged(whole, guessed) if only_none(whole) else guessed
            unknown = False  # what is put in is what uses say, or refused where it is put
        if unknown:
            self.doubtful.add(attribute)
        natural = self.natural.setdefault(attribute, self._first(attribute, types))
        if has_hole(natural) or only_none(natural):
            useful = whole != natural
        else:
            useful = whole == OptionalOf(natural) or takes_floats(natural, whole)
        if useful and not has_hole(whole) and not only_none(whole):
            self.found[attribute] = whole
        else:
            self.found.pop(attribute, None)

    def _like_its_binding(self, attribute: Attribute, types: Types) -> Type:
        """What uses say, as the kind of dict that the attribute is bound to."""
        guessed, first = self.guessed[attribute], self._first(attribute, types)
        if isinstance(guessed, DictOf) and isinstance(first, Instance) and first.name == _DEFAULT_DICT:
            return Instance(_DEFAULT_DICT, (guessed.key, guessed.value))
        return guessed

    def _first(self, attribute: Attribute, types: Types) -> Type:
        definition = self.definitions[attribute]
        known = types.get(definition.module, {})
        if isinstance(definition.statement, ast.AnnAssign):
            return ANY
        for target, value in _bindings(definition.statement):
            if isinstance(target, ast.Attribute) and target.attr == attribute.name:
                return type_of(value, known)
        reads = [known.get(name, ANY) for name, one in self.names.items() if one == attribute]
        return next((type_ for type_ in reads if not has_hole(type_)), ANY)

    def edits(self, module: str, speller: Speller) -> Iterator[Edit]:
        """What to write into the text of a module."""
        done: set[int] = set()
        for definition in self.definitions.values():
            if definition.module != module or id(definition.statement) in done:
                continue
            done.add(id(definition.statement))
            known = [self.found.get(one, self.natural.get(one, ANY)) for one in definition.targets]
            if not self.found.keys().isdisjoint(definition.targets):
                yield from _edit(definition.statement, known, speller)


def open_attributes(modules: Mapping[str, SourceModule]) -> Attributes:
    """The attributes that the classes of a project bind in `__init__` and nowhere declare, but as `Any`."""
    found: dict[Attribute, Definition] = {}
    for name, module in modules.items():
        for item in ast_utils.definitions(module.tree):
            if isinstance(item.node, ast.ClassDef) and "<locals>" not in item.qualname:
                found |= _of_class(name, f"{name}.{item.qualname}", item.node)
    names: dict[ast.expr, Attribute] = {}
    for name, module in modules.items():
        for scope, variable, statement, uses in empty_containers(module.tree):
            one = Attribute(f"{name}.{scope}", variable)
            found[one] = Definition(name, statement, (one,))
            names |= dict.fromkeys(uses, one)
    return Attributes(found, names=names)


def _of_class(module: str, fullname: str, node: ast.ClassDef) -> dict[Attribute, Definition]:
    declared = {
        name.id if isinstance(name, ast.Name) else name.attr
        for one in ast.walk(node)
        for name in _declared(one)
        if isinstance(name, ast.Name | ast.Attribute) and not _says_nothing(one)
    }
    init = next(
        (one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None
    )
    found: dict[Attribute, Definition] = {}
    if init is None or not init.args.args:
        return found
    receiver = init.args.args[0].arg
    for statement in _statements(init.body):
        if not (isinstance(statement, ast.Assign) and not statement.type_comment) and not _says_nothing(
            statement
        ):
            continue
        targets = [target for target, _ in _bindings(statement)]
        own = [
            Attribute(fullname, target.attr)
            for target in targets
            if isinstance(target, ast.Attribute)
            and isinstance(target.value, ast.Name)
            and target.value.id == receiver
        ]
        for attribute in own:
            if attribute.name not in declared and attribute not in found:
                whole = tuple(own) if len(own) == len(targets) else ()
                if whole:
                    found[attribute] = Definition(module, statement, whole)
    return found


def _says_nothing(node: ast.AST) -> TypeGuard[ast.AnnAssign]:
    """Whether a declaration of an attribute of `self` leaves its type open: `self.head: Any = None`."""
    match node:
        case ast.AnnAssign(
            target=ast.Attribute(value=ast.Name()), annotation=ast.Name(id="Any") as note, value=ast.expr()
        ):
            return note.lineno == note.end_lineno
        case _:
            return False


def _declared(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.AnnAssign(target=target):
            return [target]
        case ast.ClassDef(body=body):
            return [target for one in body if isinstance(one, ast.Assign) for target in one.targets]
        case _:
            return []


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body in order, blocks gone through, nested functions left out."""
    for statement in body:
        yield statement
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for name in ("body", "orelse", "finalbody"):
                yield from _statements(getattr(statement, name, []))
            for handler in getattr(statement, "handlers", []):
                yield from _statements(handler.body)


def _bindings(statement: ast.Assign | ast.AnnAssign) -> list[tuple[ast.expr, ast.expr]]:
    """Each target with its value, displays taken apart."""
    found: list[tuple[ast.expr, ast.expr]] = []
    if isinstance(statement, ast.AnnAssign):
        return [] if statement.value is None else [(statement.target, statement.value)]
    for target in statement.targets:
        pending = [(target, statement.value)]
        while pending:
            one, value = pending.pop(0)
            match one, value:
                case (ast.Tuple(elts=parts) | ast.List(elts=parts), ast.Tuple(elts=values)) if len(
                    parts
                ) == len(values) and not any(isinstance(part, ast.Starred) for part in (*parts, *values)):
                    pending = [*zip(parts, values, strict=True), *pending]
                case _:
                    found.append((one, value))
    return found


_ELEMENT = {
    "append": 0, "appendleft": 0, "add": 0, "insert": 1,
    "extend": 0, "extendleft": 0, "update": 0,
}  # fmt: skip
"""The methods that put their argument, by its place, into the container."""
_SPREAD = frozenset({"extend", "extendleft", "update"})
_FUNCTIONS = frozenset({"heappush", "heappushpop", "heapreplace", "insort", "insort_left", "insort_right"})


def puts_of(
    module: str, tree: ast.AST, types: Mapping[ast.expr, Type], names: Names, handed: Handed
) -> Iterator[tuple[Attribute, _Put]]:
    """What a module, or a part of one, binds to attributes and puts into them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and node in handed:
            place = _place(node, (), types, names)
            if place is not None:
                yield place[0], _Put(module, place[1], node, type=handed[node])
        match node:
            case ast.Assign():
                for target, value in _bindings(node):
                    yield from _put_into(module, target, (), value, types, names)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _put_into(module, target, (), value, types, names)
            case ast.AugAssign(target=target, op=ast.Add() | ast.BitOr(), value=value):
                place = _place(target, (), types, names)
                if place is not None and (isinstance(types.get(value), (ListOf, SetOf)) or place[1]):
                    yield place[0], _Put(module, place[1], value)
            case ast.AugAssign(target=ast.Subscript() as target, value=value):
                yield from _put_into(module, target, (), value, types, names)
            case ast.Call(func=ast.Attribute(value=owner, attr="setdefault"), args=[key, value]):
                yield from _put_into(module, owner, (key,), value, types, names)
            case ast.Call(func=ast.Attribute(value=owner, attr=name), args=args) if (
                len(args) == _ELEMENT.get(name, len(args)) + 1 and name in _ELEMENT
            ):
                spread = name in _SPREAD
                given = types.get(args[0])
                if (
                    name == "update"
                    and given is not STR
                    and not isinstance(given, (SetOf, ListOf, VarTuple, IterOf))
                ):
                    yield from _put_into(module, owner, (), args[0], types, names)
                else:
                    yield from _put_into(
                        module, owner, (None,), args[_ELEMENT[name]], types, names, spread=spread
                    )
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[owner, value, *_]) if (
                name in _FUNCTIONS
            ):
                yield from _put_into(module, owner, (None,), value, types, names)
            case _:
                pass


def _put_into(
    module: str,
    place: ast.expr,
    steps: tuple[Step, ...],
    value: ast.expr,
    types: Mapping[ast.expr, Type],
    names: Names,
    *,
    spread: bool = False,
) -> Iterator[tuple[Attribute, _Put]]:
    found = _place(place, steps, types, names)
    if found is not None:
        yield found[0], _Put(module, found[1], value, spread)


def _place(
    node: ast.expr, steps: tuple[Step, ...], types: Mapping[ast.expr, Type], names: Names
) -> tuple[Attribute, tuple[Step, ...]] | None:
    """The attribute or variable at the head of a place, and the levels below it."""
    place: ast.expr = node
    while isinstance(place, ast.Subscript):
        index = place.slice
        if isinstance(index, ast.Slice):
            return None
        place, steps = place.value, (index, *steps)
    if isinstance(place, ast.Name):
        return (names[place], steps) if place in names else None
    if not isinstance(place, ast.Attribute):
        return None
    owner = types.get(place.value)
    owner = owner.inner if isinstance(owner, OptionalOf) else owner
    return (Attribute(owner.name, place.attr), steps) if isinstance(owner, Instance) else None


def _edit(statement: ast.Assign | ast.AnnAssign, known: list[Type], speller: Speller) -> Iterator[Edit]:
    """`self.x = None` gets an annotation, a statement with more targets a type comment."""
    spelled = [speller.spell(type_) for type_ in known]
    texts = [text for text in spelled if text is not None]
    if len(texts) != len(spelled):
        return
    if isinstance(statement, ast.AnnAssign):
        note = statement.annotation
        yield note.lineno, note.col_offset, texts[0], (note.end_col_offset or 0) - note.col_offset
        return
    match statement.targets:
        case [ast.Attribute() | ast.Name() as target]:
            yield target.end_lineno or target.lineno, target.end_col_offset or 0, f": {texts[0]}", 0
        case [ast.Tuple()]:
            yield _end(statement, f"  # type: {', '.join(texts)}")
        case _ if len(set(texts)) == 1:
            yield _end(statement, f"  # type: {texts[0]}")


def _end(statement: ast.Assign, text: str) -> Edit:
    return statement.end_lineno or statement.lineno, statement.end_col_offset or 0, text, 0
