"""Whether the lists and dicts inside recursive tuples are only read.

for name, inner in entries:
    found.extend(inner)     # copies what `inner` holds: nobody can tell
    kept = inner            # refused: a change of `kept` would be one of the record
    inner.append(entry)     # refused

A record is lent and copied as if nothing in it could change. So its mutable parts may be iterated over,
searched, measured and copied, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.records import as_record
from portalis.compiler.hir.walk import children
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import is_mutable

_READING = frozenset({"get", "items", "keys", "values", "copy", "index", "count"})
_COPYING = frozenset({"update", "extend"})
_FUNCTIONS = frozenset(
    f"builtins.{name}"
    for name in """len list dict tuple set frozenset sorted reversed enumerate zip sum min max any all bool
    str repr print""".split()
)

Lends = Callable[[str, int], bool]
"""Whether a project function only reads the argument at a place, and keeps nothing of it."""


def check_parts(function: h.Function, names: Collection[str], lends: Lends) -> None:
    """Refuses a function in which a part of a record could be changed, or gets a second name.

    Args:
        function: the function.
        names: its variables that are parts of records, and mutable.
        lends: what project functions do with their arguments.

    Raises:
        Refusal: a part is used in another way than to be read.
    """
    pending: list[tuple[h.Node, h.Node]] = [(child, function) for child in children(function)]
    while pending:
        node, parent = pending.pop()
        if isinstance(parent, (h.For, h.Clause)) and node is parent.target:
            continue  # where the parts are bound
        pending.extend((child, node) for child in children(node))
        if _is_part(node, names) and not _only_reads(parent, node, lends):
            raise Refusal(
                "PT401", node.span, "a part of a tuple that holds such tuples may get a second name here",
                "copy it first, with `list(x)` or `dict(x)`",
            )  # fmt: skip


def _is_part(node: h.Node, names: Collection[str]) -> bool:
    match node:
        case h.Local(name=name):
            return name in names
        case h.Subscript(value=value, type=type_):
            return as_record(value.type) and is_mutable(type_)
        case _:
            return False


def _only_reads(parent: h.Node, node: h.Node, lends: Lends) -> bool:
    """Whether what stands around a part does no more than read it."""
    match parent:
        case h.For(iterable=iterable) | h.Clause(iterable=iterable):
            return node is iterable
        case h.CallMethod(receiver=receiver, method=method, args=args):
            if node is receiver:
                return method in _READING
            return method in _COPYING and len(args) == 1
        case h.CallExternal(fullname=fullname):
            return fullname in _FUNCTIONS
        case h.CallFunction(key=key, args=args):
            return all(lends(key, at) for at, one in enumerate(args) if one is node)
        case h.Subscript(value=value, type=type_):
            return node is value and not is_mutable(type_)
        case h.Slice(value=value):
            return node is value
        case h.Compare() | h.Unary(op="not"):
            return True
        case h.If(test=test) | h.While(test=test) | h.Conditional(test=test) | h.Assert(test=test):
            return node is test
        case _:
            return False
