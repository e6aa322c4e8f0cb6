"""What containers hold, as far as the values show that a program puts into them.

`NEVER` stands for the elements of an empty container, `ANY` for what is not known.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from portalis.compiler.frontend.spelling import has_hole, type_of_literal
from portalis.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NEVER,
    NONE,
    STR,
    ClassObject,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    make_union,
)

Handed = Mapping[ast.expr, Type]
"""Arguments that a function puts something into, with what they hold then."""

Step = ast.expr | None
"""One level into a container: the index that is stored under, None for an element without one."""

_BLANK: dict[str, Type] = {
    "list": ListOf(NEVER), "dict": DictOf(NEVER, NEVER), "set": SetOf(NEVER),
    "deque": Instance("collections.deque", (NEVER,)), "Counter": Instance("collections.Counter", (NEVER,)),
    "OrderedDict": Instance("collections.OrderedDict", (NEVER, NEVER)),
}  # fmt: skip
_MADE: Mapping[str, Type] = {**_BLANK, "int": INT, "str": STR, "float": FLOAT, "bool": BOOL}
"""What the factory of a `defaultdict` makes."""


def type_of(node: ast.expr, types: Mapping[ast.expr, Type]) -> Type:
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
                elem = merged(elem, type_of(part, types))
            return ListOf(elem) if isinstance(node, ast.List) else SetOf(elem)
        case ast.Dict(keys=keys, values=values):
            key: Type = NEVER
            value: Type = NEVER
            for one, part in zip(keys, values, strict=True):
                key = merged(key, ANY if one is None else type_of(one, types))
                value = merged(value, type_of(part, types))
            return DictOf(key, value)
        case ast.ListComp(elt=part):
            return ListOf(type_of(part, types))
        case ast.SetComp(elt=part):
            return SetOf(type_of(part, types))
        case ast.DictComp(key=one, value=part):
            return DictOf(type_of(one, types), type_of(part, types))
        case ast.BinOp(left=ast.List() as part, op=ast.Mult()):
            return _shape(part, types)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[], keywords=[]):
            return _BLANK.get(name)
        case ast.Call(func=ast.Name(id="deque"), args=[ast.List(elts=[])]):
            return _BLANK["deque"]
        case ast.Call(func=ast.Name(id="defaultdict") | ast.Attribute(attr="defaultdict"), args=[factory]):
            made = _made(factory, types)
            return None if made is None else Instance("collections.defaultdict", (NEVER, made))
        case _:
            return None


def _made(factory: ast.expr, types: Mapping[ast.expr, Type]) -> Type | None:
    """What the factory of a `defaultdict` makes: `list`, `lambda: 0`, `lambda: defaultdict(int)`."""
    match factory:
        case ast.Name(id=name) if name in _MADE:
            return _MADE[name]
        case ast.Name():
            found = types.get(factory)
            return Instance(found.name) if isinstance(found, ClassObject) else None
        case ast.Lambda(args=ast.arguments(args=[]), body=ast.Constant() as body):
            return type_of_literal(body)
        case ast.Lambda(args=ast.arguments(args=[]), body=body):
            shape = _shape(body, types)
            return types.get(body) if shape is None else shape
        case _:
            return None


def guess(node: ast.expr, types: Mapping[ast.expr, Type]) -> Type:
    """What a value seems to be whose type can't be known before the attribute's is; else `Never`.

    `self.counts[word] = self.counts.get(word, 0) + 1` stores ints. The next round says what it is.
    """
    match node:
        case ast.BinOp(left=left, right=right):
            return merged(guess(left, types), guess(right, types))
        case ast.IfExp(body=left, orelse=right):
            return merged(guess(left, types), guess(right, types))
        case ast.Call(func=ast.Attribute(attr="get" | "pop" | "setdefault"), args=[_, default]):
            return guess(default, types)
        case _:
            type_ = type_of(node, types)
            return NEVER if type_ is ANY or has_hole(filled(type_)) else type_


def only_none(type_: Type) -> bool:
    """Whether the type, or that of its elements, is None: something else will take its place."""
    match type_:
        case ListOf(elem) | SetOf(elem) | DictOf(value=elem):
            return only_none(elem)
        case _:
            return type_ is NONE


def filled(type_: Type) -> Type:
    """The type with the elements of empty containers taken for known."""
    match type_:
        case _ if type_ is NEVER:
            return NONE
        case ListOf(elem):
            return ListOf(filled(elem))
        case SetOf(elem, frozen):
            return SetOf(filled(elem), frozen)
        case DictOf(key, value):
            return DictOf(filled(key), filled(value))
        case Instance(name, args):
            return Instance(name, tuple(map(filled, args)))
        case _:
            return type_


def takes_floats(before: Type, after: Type) -> bool:
    """Whether what held ints only holds floats beside them, and all else is as before."""
    match before, after:
        case (ListOf(a), ListOf(b)):
            return takes_floats(a, b) or (a is INT and b == _NUMBER)
        case (DictOf(k, a), DictOf(k2, b)) if k == k2:
            return takes_floats(a, b) or (a is INT and b == _NUMBER)
        case _:
            return False


_NUMBER = make_union([INT, FLOAT])


def elements_of(type_: Type) -> Type:
    match type_:
        case ListOf(elem) | SetOf(elem) | VarTuple(elem) | IterOf(elem):
            return elem
        case Instance("collections.deque", (elem,)):
            return elem
        case _ if type_ is STR:
            return STR
        case _:
            return ANY


def merged(a: Type, b: Type) -> Type:
    """One type for both: the holes of one filled by the other, else the union."""
    match a, b:
        case _ if ANY in (a, b):
            return ANY
        case _ if a is NEVER or a == b:
            return b
        case _ if b is NEVER:
            return a
        case (OptionalOf(x), OptionalOf(y)) | (OptionalOf(x), y) | (x, OptionalOf(y)) if NONE not in (x, y):
            return make_union([merged(x, y), NONE])
        case (ListOf(x), ListOf(y)):
            return ListOf(merged(x, y))
        case (SetOf(x, frozen), SetOf(y, other)) if frozen == other:
            return SetOf(merged(x, y), frozen)
        case (DictOf(k, v), DictOf(k2, v2)):
            return DictOf(merged(k, k2), merged(v, v2))
        case (Instance("collections.Counter", (x,)), DictOf(k, _)):
            return Instance("collections.Counter", (merged(x, k),))
        case (Instance(name, args), Instance(other_name, others)) if name == other_name and len(args) == len(
            others
        ):
            return Instance(name, tuple(map(merged, args, others)))
        case (TupleOf(xs), TupleOf(ys)) if len(xs) == len(ys):
            both = tuple(map(merged, xs, ys))
            rows = zip(both, xs, ys, strict=True)
            same = all(one in (x, y) or isinstance(one, OptionalOf) for one, x, y in rows)
            return TupleOf(both) if same else make_union([a, b])
        case _:
            return make_union([a, b])


def put_into(base: Type, steps: tuple[Step, ...], leaf: Type, types: Mapping[ast.expr, Type]) -> Type:
    """The type of what holds `leaf` the given steps below."""
    if not steps:
        return merged(base, leaf)
    step, rest = steps[0], steps[1:]
    match base:
        case OptionalOf(inner):
            return make_union([put_into(inner, steps, leaf, types), NONE])
        case ListOf(elem):
            return ListOf(put_into(elem, rest, leaf, types))
        case SetOf(elem, frozen):
            return SetOf(put_into(elem, rest, leaf, types), frozen)
        case DictOf(key, value) if step is not None:
            return DictOf(merged(key, type_of(step, types)), put_into(value, rest, leaf, types))
        case Instance("collections.deque", (elem,)):
            return Instance("collections.deque", (put_into(elem, rest, leaf, types),))
        case Instance("collections.Counter", (elem,)):
            return Instance(
                "collections.Counter", (merged(elem, leaf if step is None else type_of(step, types)),)
            )
        case Instance("collections.defaultdict" | "collections.OrderedDict" as name, (key, value)) if (
            step is not None
        ):
            inside = put_into(value, rest, leaf, types)
            return Instance(name, (merged(key, type_of(step, types)), inside))
        case _:
            return base
