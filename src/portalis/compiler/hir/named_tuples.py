"""What a named tuple can do as a tuple: its parts by place, unpacking, a changed copy.

p[0]            →   p.x
x, y = p        →   x, y = (p.x, p.y)
p._replace(x=1) →   Point(x=1, y=p.y)
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import INT, Instance, TupleOf, Type

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder
    from portalis.compiler.hir.structs import StructInfo


def named_tuple_of(b: FunctionBuilder, type_: Type) -> StructInfo | None:
    """The named tuple that values of the type are."""
    info = b.symbols.structs.get(type_.name) if isinstance(type_, Instance) else None
    return info if info is not None and info.named_tuple else None


def parts(b: FunctionBuilder, node: h.Expr) -> h.Expr:
    """A named tuple as the display of its fields; any other value is left as it is.

    Raises:
        Refusal: the tuple is computed, and its fields would be so more than once.
    """
    info = named_tuple_of(b, node.type)
    if info is None:
        return node
    _plain(node, info)
    fields = tuple(h.Attribute(replace(node), f.name, span=node.span, type=f.type) for f in info.fields)
    return h.TupleDisplay(fields, span=node.span, type=TupleOf(tuple(f.type for f in info.fields)))


def unpacked(b: FunctionBuilder, targets: tuple[h.Expr, ...], value: h.Expr) -> h.Expr:
    """The value of an assignment, a named tuple as its parts where it is unpacked."""
    taken_apart = any(isinstance(one, (h.TupleDisplay, h.ListDisplay)) for one in targets)
    return parts(b, value) if taken_apart else value


def item(b: FunctionBuilder, node: h.Subscript) -> h.Expr | None:
    """`p[0]` with a written index; None where the value is no named tuple."""
    info = named_tuple_of(b, node.value.type)
    if info is None:
        return None
    match node.index:
        case h.Literal(value=int(at)) if -len(info.fields) <= at < len(info.fields):
            field = info.fields[at]
            return h.Attribute(node.value, field.name, span=node.span, type=field.type)
        case _:
            why = f"a computed place in a `{info.qualname}` is not translated"
            raise Refusal("PT214", node.span, why, "name the field")


def length(b: FunctionBuilder, node: h.Expr) -> h.Expr | None:
    """`len(p)`."""
    info = named_tuple_of(b, node.type)
    if info is None or not isinstance(node, (h.Local, h.Attribute)):
        return None
    return h.Literal(len(info.fields), span=node.span, type=INT)


def method(b: FunctionBuilder, node: ast.Call, func: ast.Attribute) -> h.Expr | None:
    """`p._replace(x=1)`; None for every other method."""
    if func.attr != "_replace" or node.args:
        return None
    receiver = b.expr(func.value)
    info = named_tuple_of(b, receiver.type)
    return changed(b, node, info, receiver) if info is not None else None


def changed(b: FunctionBuilder, node: ast.Call, info: StructInfo, receiver: h.Expr) -> h.Expr:
    """An instance like the receiver but for the fields that the keywords name."""
    _plain(receiver, info)
    given: dict[str, h.Expr] = {}
    for keyword in node.keywords:
        if keyword.arg is None or info.field(keyword.arg) is None:
            raise Refusal("PT305", b.span(node), f"this copy of a `{info.qualname}` is not translated")
        given[keyword.arg] = b.expr(keyword.value)
    for one in info.fields:
        if one.name not in given:
            given[one.name] = h.Attribute(replace(receiver), one.name, span=receiver.span, type=one.type)
    return h.NewInstance(info.fullname, tuple(given.items()), span=b.span(node), type=info.type)


def _plain(node: h.Expr, info: StructInfo) -> None:
    """Refuses what would be evaluated more than once."""
    root = node
    while isinstance(root, h.Attribute):
        root = root.value
    if not isinstance(root, h.Local):
        why = f"a computed `{info.qualname}` taken apart is not translated"
        raise Refusal("PT214", node.span, why, "bind it to a name first")
