"""What a new container is made as that goes into a value of any type.

    {"id": 1, "tags": [n]}    →   Value::dict([("id", Value::Int(1)), ("tags", Value::list([n]))])

Its own parts are such values, where they are not numbers or texts of one type: then each part is boxed by
itself, and the sharing analysis sees which variables are.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.types import ANY, INT, OBJECT, STR, DictOf, ListOf, SetOf, TupleOf, Type, VarTuple


def of_anything(node: h.Expr) -> Type | None:
    """The type of the container that is made; None where its own serves."""
    match node:
        case h.ListDisplay(items=items) if any(map(_holds, items)) or _differ(items):
            return ListOf(OBJECT)
        case h.TupleDisplay(items=items) if any(map(_holds, items)):
            return VarTuple(OBJECT)
        case h.DictDisplay(items=pairs) if any(_holds(item) for _, item in pairs) or _differ(
            tuple(item for _, item in pairs)
        ):
            return DictOf(_key(tuple(key for key, _ in pairs if key is not None)), OBJECT)
        case h.Comprehension(kind="list", element=element) if _holds(element):
            return ListOf(OBJECT)
        case h.Comprehension(kind="dict", element=element, key=h.Expr() as key) if _holds(element):
            return DictOf(_key((key,)), OBJECT)
        case _:
            return None


def _key(keys: tuple[h.Expr, ...]) -> Type:
    kinds = {key.type for key in keys}
    one = kinds.pop() if len(kinds) == 1 else OBJECT
    return one if one in (STR, INT) else OBJECT


def _holds(node: h.Expr) -> bool:
    """Whether it may be a container, or a value of any type."""
    return isinstance(node.type, (ListOf, DictOf, SetOf, TupleOf, VarTuple)) or node.type in (ANY, OBJECT)


def _differ(items: tuple[h.Expr, ...]) -> bool:
    return len({item.type for item in items}) > 1
