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
from typing import TypeGuard

from portalis.compiler.frontend.examples import Bound, examples
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.spelling import Speller, has_hole
from portalis.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NEVER,
    NONE,
    STR,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    Type,
    VarTuple,
    make_union,
)
from portalis.utils import ast_utils

Types = Mapping[str, Mapping[ast.expr, Type]]
Edit = tuple[int, int, str, int]
"""Line, byte column, what is written there, and how many bytes it takes the place of."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute by the full name of its class."""

    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class Definition:
    """The statement in `__init__` that binds an attribute first."""

    module: str
    statement: ast.Assign | ast.AnnAssign
    targets: tuple[Attribute, ...]
    """The attributes that the statement binds, in order; the only things that it binds."""


Step = ast.expr | None
"""One level into a container: the index that is stored under, None for an element without one."""


@dataclass(frozen=True, slots=True)
class _Put:
    """A value that is bound to an attribute, or `steps` levels inside it."""

    module: str
    steps: tuple[Step, ...]
    value: ast.expr
    spread: bool = False
    """Whether the elements of the value are put there, rather than the value."""


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

    def infer(self, modules: Mapping[str, SourceModule], types: Types) -> None:
        """Look at one answer of the oracle."""
        puts: dict[Attribute, list[_Put]] = {}
        for name, module in modules.items():
            for attribute, put in _puts(name, module.tree, types.get(name, {})):
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
            type_ = _elements(_type(put.value, known)) if put.spread else _type(put.value, known)
            if type_ is ANY or has_hole(_filled(type_)):
                unknown = True
                type_ = _guess(put.value, known)
            whole = _put(whole, put.steps, type_, known)
        for type_ in self.told.get(attribute, ()):
            whole = _merged(whole, type_)
        if unknown:
            self.doubtful.add(attribute)
        natural = self.natural.setdefault(attribute, self._first(attribute, types))
        if has_hole(natural) or _only_none(natural):
            useful = whole != natural
        else:
            useful = whole == OptionalOf(natural)
        if useful and not has_hole(whole) and not _only_none(whole):
            self.found[attribute] = whole
        else:
            self.found.pop(attribute, None)

    def _first(self, attribute: Attribute, types: Types) -> Type:
        definition = self.definitions[attribute]
        known = types.get(definition.module, {})
        if isinstance(definition.statement, ast.AnnAssign):
            return ANY
        for target, value in _bindings(definition.statement):
            if isinstance(target, ast.Attribute) and target.attr == attribute.name:
                return _type(value, known)
        return ANY

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
    return Attributes(found)


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


def _puts(module: str, tree: ast.Module, types: Mapping[ast.expr, Type]) -> Iterator[tuple[Attribute, _Put]]:
    """What a module binds to attributes and puts into them."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign():
                for target, value in _bindings(node):
                    yield from _put_into(module, target, (), value, types)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _put_into(module, target, (), value, types)
            case ast.AugAssign(target=target, op=ast.Add() | ast.BitOr(), value=value):
                place = _place(target, (), types)
                if place is not None and isinstance(types.get(value), (ListOf, SetOf)):
                    yield place[0], _Put(module, place[1], value)
            case ast.Call(func=ast.Attribute(value=owner, attr="setdefault"), args=[key, value]):
                yield from _put_into(module, owner, (key,), value, types)
            case ast.Call(func=ast.Attribute(value=owner, attr=name), args=args) if (
                len(args) == _ELEMENT.get(name, len(args)) + 1 and name in _ELEMENT
            ):
                spread = name in _SPREAD
                if name == "update" and not isinstance(types.get(args[0]), (SetOf, ListOf, VarTuple, IterOf)):
                    yield from _put_into(module, owner, (), args[0], types)
                else:
                    yield from _put_into(module, owner, (None,), args[_ELEMENT[name]], types, spread=spread)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[owner, value, *_]) if (
                name in _FUNCTIONS
            ):
                yield from _put_into(module, owner, (None,), value, types)
            case _:
                pass


def _put_into(
    module: str,
    place: ast.expr,
    steps: tuple[Step, ...],
    value: ast.expr,
    types: Mapping[ast.expr, Type],
    *,
    spread: bool = False,
) -> Iterator[tuple[Attribute, _Put]]:
    found = _place(place, steps, types)
    if found is not None:
        yield found[0], _Put(module, found[1], value, spread)


def _place(
    node: ast.expr, steps: tuple[Step, ...], types: Mapping[ast.expr, Type]
) -> tuple[Attribute, tuple[Step, ...]] | None:
    """The attribute at the head of a place, and the levels below it."""
    place: ast.expr = node
    while isinstance(place, ast.Subscript):
        index = place.slice
        if isinstance(index, ast.Slice):
            return None
        place, steps = place.value, (index, *steps)
    if not isinstance(place, ast.Attribute):
        return None
    owner = types.get(place.value)
    owner = owner.inner if isinstance(owner, OptionalOf) else owner
    return (Attribute(owner.name, place.attr), steps) if isinstance(owner, Instance) else None


_BLANK: dict[str, Type] = {
    "list": ListOf(NEVER), "dict": DictOf(NEVER, NEVER), "set": SetOf(NEVER),
    "deque": Instance("collections.deque", (NEVER,)),
}  # fmt: skip
_MADE: Mapping[str, Type] = {**_BLANK, "int": INT, "str": STR, "float": FLOAT, "bool": BOOL}
"""What the factory of a `defaultdict` makes."""


def _type(node: ast.expr, types: Mapping[ast.expr, Type]) -> Type:
    """The type of a value; what an empty container holds is `Never`, what is not known `Any`.

    Displays are looked into: a checker that knows little of the place says little of what is stored there.
    """
    known = types.get(node, ANY)
    if not has_hole(known):
        return known
    shape = _shape(node, types)
    return known if shape is None else shape


def _shape(node: ast.expr, types: Mapping[ast.expr, Type]) -> Type | None:
    match node:
        case ast.List(elts=parts) | ast.Set(elts=parts):
            elem: Type = NEVER
            for part in parts:
                elem = _merged(elem, _type(part, types))
            return ListOf(elem) if isinstance(node, ast.List) else SetOf(elem)
        case ast.Dict(keys=keys, values=values):
            key: Type = NEVER
            value: Type = NEVER
            for one, part in zip(keys, values, strict=True):
                key = _merged(key, ANY if one is None else _type(one, types))
                value = _merged(value, _type(part, types))
            return DictOf(key, value)
        case ast.ListComp(elt=part):
            return ListOf(_type(part, types))
        case ast.SetComp(elt=part):
            return SetOf(_type(part, types))
        case ast.DictComp(key=one, value=part):
            return DictOf(_type(one, types), _type(part, types))
        case ast.BinOp(left=ast.List() as part, op=ast.Mult()):
            return _shape(part, types)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[], keywords=[]):
            return _BLANK.get(name)
        case ast.Call(
            func=ast.Name(id="defaultdict") | ast.Attribute(attr="defaultdict"), args=[ast.Name(id=name)]
        ):
            made = _MADE.get(name)
            return None if made is None else Instance("collections.defaultdict", (NEVER, made))
        case _:
            return None


def _guess(node: ast.expr, types: Mapping[ast.expr, Type]) -> Type:
    """What a value seems to be whose type can't be known before the attribute's is; else `Never`.

    `self.counts[word] = self.counts.get(word, 0) + 1` stores ints. The next round says what it is.
    """
    match node:
        case ast.BinOp(left=left, right=right):
            return _merged(_guess(left, types), _guess(right, types))
        case ast.IfExp(body=left, orelse=right):
            return _merged(_guess(left, types), _guess(right, types))
        case ast.Call(func=ast.Attribute(attr="get" | "pop" | "setdefault"), args=[_, default]):
            return _guess(default, types)
        case _:
            type_ = _type(node, types)
            return NEVER if type_ is ANY or has_hole(_filled(type_)) else type_


def _only_none(type_: Type) -> bool:
    """Whether the type, or that of its elements, is None: something else will take its place."""
    match type_:
        case ListOf(elem) | SetOf(elem) | DictOf(value=elem):
            return _only_none(elem)
        case _:
            return type_ is NONE


def _filled(type_: Type) -> Type:
    """The type with the elements of empty containers taken for known."""
    match type_:
        case _ if type_ is NEVER:
            return NONE
        case ListOf(elem):
            return ListOf(_filled(elem))
        case SetOf(elem, frozen):
            return SetOf(_filled(elem), frozen)
        case DictOf(key, value):
            return DictOf(_filled(key), _filled(value))
        case Instance(name, args):
            return Instance(name, tuple(map(_filled, args)))
        case _:
            return type_


def _elements(type_: Type) -> Type:
    match type_:
        case ListOf(elem) | SetOf(elem) | VarTuple(elem) | IterOf(elem):
            return elem
        case Instance("collections.deque", (elem,)):
            return elem
        case _:
            return ANY


def _merged(a: Type, b: Type) -> Type:
    """One type for both: the holes of one filled by the other, else the union."""
    match a, b:
        case _ if ANY in (a, b):
            return ANY
        case _ if a is NEVER or a == b:
            return b
        case _ if b is NEVER:
            return a
        case (OptionalOf(x), OptionalOf(y)) | (OptionalOf(x), y) | (x, OptionalOf(y)) if NONE not in (x, y):
            return make_union([_merged(x, y), NONE])
        case (ListOf(x), ListOf(y)):
            return ListOf(_merged(x, y))
        case (SetOf(x, frozen), SetOf(y, other)) if frozen == other:
            return SetOf(_merged(x, y), frozen)
        case (DictOf(k, v), DictOf(k2, v2)):
            return DictOf(_merged(k, k2), _merged(v, v2))
        case (Instance(name, args), Instance(other_name, others)) if name == other_name and len(args) == len(
            others
        ):
            return Instance(name, tuple(map(_merged, args, others)))
        case _:
            return make_union([a, b])


def _put(base: Type, steps: tuple[Step, ...], leaf: Type, types: Mapping[ast.expr, Type]) -> Type:
    """The type of what holds `leaf` the given steps below."""
    if not steps:
        return _merged(base, leaf)
    step, rest = steps[0], steps[1:]
    match base:
        case OptionalOf(inner):
            return make_union([_put(inner, steps, leaf, types), NONE])
        case ListOf(elem):
            return ListOf(_put(elem, rest, leaf, types))
        case SetOf(elem, frozen):
            return SetOf(_put(elem, rest, leaf, types), frozen)
        case DictOf(key, value) if step is not None:
            return DictOf(_merged(key, _type(step, types)), _put(value, rest, leaf, types))
        case Instance("collections.deque", (elem,)):
            return Instance("collections.deque", (_put(elem, rest, leaf, types),))
        case Instance("collections.defaultdict", (key, value)) if step is not None:
            inside = _put(value, rest, leaf, types)
            return Instance("collections.defaultdict", (_merged(key, _type(step, types)), inside))
        case _:
            return base


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
        case [ast.Attribute() as target]:
            yield target.end_lineno or target.lineno, target.end_col_offset or 0, f": {texts[0]}", 0
        case [ast.Tuple()]:
            yield _end(statement, f"  # type: {', '.join(texts)}")
        case _ if len(set(texts)) == 1:
            yield _end(statement, f"  # type: {texts[0]}")


def _end(statement: ast.Assign, text: str) -> Edit:
    return statement.end_lineno or statement.lineno, statement.end_col_offset or 0, text, 0
