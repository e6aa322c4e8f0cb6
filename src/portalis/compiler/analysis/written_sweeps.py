"""Over which names a function's source shows that it runs whole, where its body has no typed tree.

total = sum(xs)               swept: xs
for row in sorted(rows): …    swept: rows
return xs[0]                  not xs
"""

from __future__ import annotations

import ast

_WHOLE = frozenset(
    """all any bytes dict enumerate filter frozenset list map max min reversed set sorted sum tuple zip
    Counter deque accumulate chain copy deepcopy reduce fsum prod mean join extend update count
    index""".split()
)


def swept_names(node: ast.FunctionDef) -> frozenset[str]:
    """The names that a loop, a comprehension or a function of whole containers takes."""
    found: set[str] = set()
    for inner in ast.walk(node):
        match inner:
            case ast.For(iter=whole) | ast.comprehension(iter=whole) | ast.Starred(value=whole):
                found |= _names(whole)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _WHOLE:
                for argument in inner.args:
                    found |= _names(argument)
            case _:
                pass
    return frozenset(found)


def _names(value: ast.expr) -> set[str]:
    """The names of which a value is made as a whole; `xs` of `xs[1:]` and of `range(len(xs))`."""
    match value:
        case ast.Name(id=name):
            return {name}
        case ast.Subscript(value=inner, slice=ast.Slice()) | ast.Attribute(value=inner):
            return _names(inner)
        case ast.Call(func=ast.Attribute(value=inner, attr="items" | "values" | "keys" | "copy")):
            return _names(inner)
        case ast.Call(func=ast.Name(id="range"), args=[ast.Call(func=ast.Name(id="len"), args=[inner])]):
            return _names(inner)
        case ast.Call(func=ast.Name(id=name)) if name in _WHOLE:
            return {found for argument in value.args for found in _names(argument)}
        case _:
            return set()
