"""Whether two values are the same value to a Python program: exact types, bits of floats, order of dicts,
sharing.

Two results are compared together with the arguments they came from, in one `Sameness`, so that a list which
*is* an argument on one side, or which is shared between two places, must be so on the other side too.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Collection, ItemsView, KeysView, Sequence, ValuesView
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from .caught import Part
from .dict_like import filled, is_dict, remade
from .function_text import FunctionText
from .recipe import Recipe, holds_recipe

_ATOMS = (int, str, bytes, bool, type(None), complex, range, type(Ellipsis))
_MAX_DEPTH = 200
_MAX_SHARED = 10_000
Pairs = list[tuple[object, object]]


class Sameness:
    """Compares pairs of values and remembers which mutable object stands for which on the other side.

    What is left to compare stands in a list rather than on the stack: chains of instances are long.

    `left` and `right` are objects that stand for each other from the start: what both calls were handed.
    """

    def __init__(self, left: Sequence[object] = (), right: Sequence[object] = ()) -> None:
        self._forward: dict[int, int] = {}
        self._backward: dict[int, int] = {}
        self._handed = {id(one): id(other) for one, other in zip(left, right, strict=False)}
        self._given = {other: one for one, other in self._handed.items()}

    def same(self, left: object, right: object) -> bool:
        """Whether `left` and `right` are indistinguishable, given the pairs compared before."""
        waiting: Pairs = [(left, right)]
        while waiting:
            if not self._alike(*waiting.pop(), waiting):
                return False
        return True

    def _alike(self, left: object, right: object, waiting: Pairs) -> bool:
        """Whether two values are the same if the pairs of their parts, added to those `waiting`, are."""
        if type(left) is not type(right):
            return False
        if isinstance(left, float) and isinstance(right, float):
            return same_float(left, right)
        if isinstance(left, _ATOMS):
            return bool(left == right)
        if (getattr(left, "__hash__", None) is not None and not _has_attributes(left)) or _is_value(left):
            return self._inside(left, right, waiting)
        known = self._forward.get(id(left))
        if known is not None or id(right) in self._backward:
            return known == id(right) and self._backward.get(id(right)) == id(left)
        if self._handed.get(id(left), id(right)) != id(right) or self._given.get(id(right), id(left)) != id(
            left
        ):
            return False
        self._forward[id(left)] = id(right)
        self._backward[id(right)] = id(left)
        return self._inside(left, right, waiting)

    def _inside(self, left: object, right: object, waiting: Pairs) -> bool:
        match left, right:
            case (list() | tuple() | deque(), list() | tuple() | deque()):
                if len(left) != len(right) or getattr(left, "maxlen", None) != getattr(right, "maxlen", None):
                    return False
                waiting += zip(left, right, strict=True)
                return True
            case dict(), dict():
                if len(left) != len(right):
                    return False
                waiting += zip(left, right, strict=True)
                waiting += zip(left.values(), right.values(), strict=True)
                return getattr(left, "default_factory", None) is getattr(right, "default_factory", None)
            case (set() | frozenset(), set() | frozenset()):
                return _same_members(left, right, waiting)
            case (KeysView() | ValuesView() | ItemsView(), KeysView() | ValuesView() | ItemsView()):
                waiting.append((tuple(left), tuple(right)))
                return True
            case Decimal(), Decimal():
                return left.as_tuple() == right.as_tuple()
            case Fraction(), Fraction():
                return left == right
            case BaseException(), BaseException():
                waiting.append((left.args, right.args))
                return True
        if left is right:
            return True
        ours, theirs = attributes(left), attributes(right)
        if ours is not None and theirs is not None:
            # The tables themselves are made here: they have no identity to remember.
            waiting += ((one, theirs[name]) for name, one in ours.items() if name in theirs)
            return ours.keys() == theirs.keys()
        return bool(left == right) and getattr(left, "fold", 0) == getattr(right, "fold", 0)


def _same_members(left: Collection[object], right: Collection[object], waiting: Pairs) -> bool:
    if len(left) != len(right):
        return False
    others = {item: item for item in right}
    for item in left:
        if item != item:
            # A nan finds only itself in a set: count those instead.
            continue
        if item not in others:
            return False
        waiting.append((item, others[item]))
    return sum(item != item for item in left) == sum(item != item for item in right)


def _is_value(value: object) -> bool:
    """Whether the value is an instance of a frozen dataclass, which nothing can tell from an equal one."""
    params = getattr(type(value), "__dataclass_params__", None)
    return bool(getattr(params, "frozen", False) and getattr(params, "eq", False))


def _has_attributes(value: object) -> bool:
    """Whether the value is an instance of a class written in Python, exceptions aside."""
    return attributes(value) is not None and not isinstance(value, (BaseException, Fraction, type))


def attributes(value: object) -> dict[str, object] | None:
    """The attributes of an instance of a class written in Python, slots too; None for all other objects."""
    slots = [name for base in type(value).__mro__ for name in _slots(base)]
    if not hasattr(value, "__dict__") and not slots:
        return None
    found = {name: getattr(value, name) for name in slots if hasattr(value, name)}
    return found | getattr(value, "__dict__", {})


def _slots(base: type) -> list[str]:
    """The names in a class's `__slots__` that hold values."""
    own = vars(base).get("__slots__", ())
    names = [own] if isinstance(own, str) else list(own)
    return [name for name in names if name not in ("__dict__", "__weakref__")]


def same_float(left: float, right: float) -> bool:
    """Whether two floats have the same bits; every nan is the same nan.

    >>> same_float(0.0, -0.0), same_float(float("nan"), float("nan"))
    (False, True)
    """
    if left != left or right != right:
        return left != left and right != right
    return struct.pack("<d", left) == struct.pack("<d", right)


def same_error(left: BaseException, right: BaseException) -> bool:
    """Whether two exceptions have the same class, arguments and text."""
    if type(left) is not type(right):
        return False
    return Sameness().same(left.args, right.args) and error_message(left) == error_message(right)


def error_message(error: BaseException) -> str:
    """`str(error)`, or which exception the class's own `__str__` raises."""
    try:
        return str(error)
    except Exception as failure:  # noqa: BLE001 - a user's `__str__` may raise anything
        return f"<str raises {type(failure).__qualname__}: {failure.args!r}>"


def copy(value: object, memo: dict[int, object] | None = None) -> object:
    """A deep copy of containers, keeping what is shared shared; other objects are taken as they are."""
    kind = type(value)
    if kind in (str, int, float, bool, bytes) or value is None:
        return value
    memo = {} if memo is None else memo
    if id(value) in memo:
        return memo[id(value)]
    match value:
        case list() if kind is list:
            items: list[object] = []
            memo[id(value)] = items
            items.extend(copy(item, memo) for item in value)
            return items
        case tuple() if kind is tuple:
            return tuple(copy(item, memo) for item in value)
        case dict() if is_dict(value):
            memo[id(value)] = pairs = remade(value, ())
            return filled(pairs, ((copy(key, memo), copy(item, memo)) for key, item in value.items()))
        case set() | frozenset() | deque() if any(isinstance(item, (Recipe, tuple)) for item in value):
            memo[id(value)] = made = type(value)(copy(item, memo) for item in value)
            return made
        case set() | bytearray() | deque():
            memo[id(value)] = fresh = value.copy()
            return fresh
        case Recipe():
            args = tuple(copy(item, memo) for item in value.args)
            calls = tuple((name, tuple(copy(item, memo) for item in given)) for name, given in value.calls)
            memo[id(value)] = instance = value.make(args, calls)
            return instance
        case Part(caught, at):
            if id(caught) not in memo:
                memo[id(caught)] = caught.arrive(tuple(copy(item, memo) for item in caught.args))
            values = memo[id(caught)]
            assert isinstance(values, tuple)
            return values[at]
        case FunctionText():
            return value.made()
        case _:
            return value


def apart(value: object) -> object:
    """An equal input of its own: a recipe stays one, since every run makes its instance anew."""
    match value:
        case Recipe():
            calls = tuple((name, tuple(map(apart, given))) for name, given in value.calls)
            return replace(value, args=tuple(map(apart, value.args)), calls=calls)
        case list() | tuple() if type(value) in (list, tuple) and holds_recipe(value):
            return type(value)(map(apart, value))
        case set() | frozenset() | deque() if holds_recipe(value):
            return type(value)(map(apart, value))
        case dict() if holds_recipe(value):
            return remade(value, ((apart(key), apart(item)) for key, item in value.items()))
        case Part():
            return value
        case _:
            return copy(value)


def mutable_parts(value: object, found: set[int], depth: int = 0) -> set[int]:
    """The ids of the mutable containers inside `value`, added to `found`."""
    match value:
        case list() | deque():
            found.add(id(value))
            inner: Collection[object] = value
        case dict():
            found.add(id(value))
            inner = value.values()
        case set() | bytearray():
            found.add(id(value))
            return found
        case tuple():
            inner = value
        case _:
            return found
    if depth < _MAX_DEPTH:
        for item in inner:
            if not isinstance(item, (str, int, float)):
                mutable_parts(item, found, depth + 1)
    return found


def containers(value: object, found: list[object], depth: int = 0) -> list[object]:
    """The lists, dicts and sets inside `value`, added to `found` in order."""
    inner: Collection[object] = ()
    match value:
        case list() | deque():
            found.append(value)
            inner = value
        case dict():
            found.append(value)
            inner = value.values()
        case set() | bytearray():
            found.append(value)
        case tuple():
            inner = value
    if depth < _MAX_DEPTH and len(found) < _MAX_SHARED:
        for item in inner:
            if not isinstance(item, (str, int, float)):
                containers(item, found, depth + 1)
    return found


def same_when_unshared(args: tuple[object, ...]) -> bool:
    """Whether no mutable container is there twice in the arguments, so that a copy by value is the same."""
    found: list[int] = []

    def walk(value: object, depth: int) -> None:
        if isinstance(value, (list, dict, set, bytearray, deque, Recipe)):
            found.append(id(value))
        if isinstance(value, (list, tuple, deque)) and depth < _MAX_DEPTH and len(found) < _MAX_SHARED:
            for item in value:
                walk(item, depth + 1)
        elif isinstance(value, dict) and depth < _MAX_DEPTH and len(found) < _MAX_SHARED:
            for item in value.values():
                walk(item, depth + 1)

    walk(args, 0)
    return len(found) == len(set(found))
