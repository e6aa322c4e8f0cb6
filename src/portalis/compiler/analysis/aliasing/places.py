"""Questions about places and statements that the pass asks."""

from __future__ import annotations

from collections.abc import Iterator

from portalis.compiler.hir import nodes as h


def inner_blocks(value: object) -> Iterator[list[h.Stmt]]:
    """The lists of statements in a field of a statement, those of its handlers too."""
    if isinstance(value, list):
        if value and all(isinstance(item, h.Stmt) for item in value):
            yield value
        for item in value:
            if isinstance(item, h.Node) and not isinstance(item, (h.Stmt, h.Expr)):
                for name in item.__dataclass_fields__:
                    yield from inner_blocks(getattr(item, name))


def starred(node: h.TupleDisplay) -> bool:
    """Whether a part of a tuple has a star."""
    return any(isinstance(item, h.Starred) for item in node.items)


def named_place(place: h.Expr) -> bool:
    """Whether the place is a variable, or one inside it."""
    while isinstance(place, (h.Subscript, h.Attribute, h.Slice)) or (
        isinstance(place, h.CallMethod) and place.method == "setdefault"
    ):
        place = place.receiver if isinstance(place, h.CallMethod) else place.value
    return isinstance(place, h.Local)


def shape(node: h.Expr) -> str:
    """A spelling that two expressions have when they are written alike."""
    match node:
        case h.Local(name=name):
            return name
        case h.Literal(value=value):
            return repr(value)
        case h.Subscript(value=value, index=index):
            return f"{shape(value)}[{shape(index)}]"
        case h.Attribute(value=value, name=name):
            return f"{shape(value)}.{name}"
        case h.Binary(op=op, left=left, right=right):
            return f"({shape(left)}{op}{shape(right)})"
        case h.Unary(op=op, operand=operand):
            return f"({op}{shape(operand)})"
        case h.CallExternal(fullname="builtins.len", args=(only,)):
            return f"len({shape(only)})"
        case _:
            return f"<{id(node)}>"
