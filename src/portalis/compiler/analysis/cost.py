"""Whether a function does at least linear work on a container it is given.

def last(xs): return xs[-1]          # no: converting xs costs more than the function
def total(xs): return sum(xs)        # yes
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk
from portalis.compiler.types import DictOf, Instance, SetOf, Type, is_collection

CHEAP = frozenset({"builtins.len", "builtins.bool", "builtins.isinstance"})
CHEAP_METHODS = frozenset(
    {"append", "pop", "get", "add", "keys", "values", "items", "setdefault", "discard", "insert"}
    | {"appendleft", "popleft", "popitem", "move_to_end"}
)


def runs_over(body: list[h.Stmt], name: str) -> bool:
    """Whether the container is iterated, handed on whole, or compared: more than a few element accesses."""
    return any(_uses_whole(stmt, name, in_loop=False) for stmt in body)


def looks_into(body: list[h.Stmt], name: str) -> bool:
    """Whether an element or a method of the variable is used: then a value is a container."""
    return any(
        (isinstance(node, h.Subscript | h.Slice) and _is(node.value, name))
        or (isinstance(node, h.CallMethod) and _is(node.receiver, name))
        for node in walk(body)
    )


def _is(node: h.Expr, name: str) -> bool:
    return isinstance(node, h.Local) and node.name == name


def _is_hashed(type_: Type) -> bool:
    """Whether a container finds an element without looking at the others."""
    match type_:
        case DictOf() | SetOf():
            return True
        case Instance(name=name):
            return is_collection(type_) and name != "collections.deque"
        case _:
            return False


def _uses_whole(node: h.Node, name: str, *, in_loop: bool) -> bool:
    match node:
        case h.Local(name=found):
            return found == name
        case h.Subscript(value=h.Local(name=found), index=index) if found == name:
            return in_loop or _uses_whole(index, name, in_loop=in_loop)
        case h.CallExternal(fullname=fullname, args=(h.Local(name=found), *_)) if (
            found == name and fullname in CHEAP
        ):
            return False
        case h.CallMethod(receiver=h.Local(name=found), method=method, args=args) if (
            found == name and method in CHEAP_METHODS
        ):
            return in_loop or any(_uses_whole(arg, name, in_loop=in_loop) for arg in args)
        case h.Compare(left=left, ops=("in" | "not in",), rights=(h.Local(name=found),)) if found == name:
            return in_loop or not _is_hashed(node.rights[0].type) or _uses_whole(left, name, in_loop=in_loop)
        case h.If(test=h.Local(name=found)) if found == name:
            return any(_uses_whole(stmt, name, in_loop=in_loop) for stmt in (*node.body, *node.orelse))
        case h.Unary(op="not", operand=h.Local(name=found)) if found == name:
            return False
        case h.For() | h.While() | h.Comprehension():
            in_loop = True
    return any(_uses_whole(child, name, in_loop=in_loop) for child in children(node))
