"""Which functions leave their work to Python functions, so that Rust is a detour for a Python caller.

def is_valid(text): return bool(clean(text))                  →  one call of Python, and nothing else
def total(names): return sum(rate(name) for name in names)    →  a call of Python at every step
def score(text):                                              →  a loop of its own beside the call
    return sum(map(ord, text)) + rate(text)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import called, children, walk

_LOOPS = (h.For, h.While, h.Comprehension)
_OF_ALL = frozenset({"sorted", "sum", "min", "max", "any", "all", "join", "sort", "count"})


def handing_on(functions: Mapping[str, h.Function], calling: Collection[str]) -> frozenset[str]:
    """Those of some functions that do no work of their own, by item key.

    Args:
        functions: the functions that have Rust.
        calling: those of them that come to call Python.
    """
    working = {key for key, function in functions.items() if _has_own_loop(function, functions, calling)}
    changed = True
    while changed:
        more = {key for key, one in functions.items() if key not in working and called(one) & working}
        working |= more
        changed = bool(more)
    return frozenset(key for key in calling if key not in working)


def _has_own_loop(
    function: h.Function, functions: Mapping[str, h.Function], calling: Collection[str]
) -> bool:
    """Whether some loop of the function, or its recursion, comes round without a call of Python."""
    if function.key not in calling and function.key in called(function):
        return True
    return any(
        not any(_calls_python(node, functions, calling) for part in _repeated(loop) for node in walk(part))
        for loop in walk(function)
        if isinstance(loop, _LOOPS) or _runs_over_all(loop)
    )


def _repeated(loop: h.Node) -> list[h.Node]:
    """What comes round in a loop: not what it runs over, unless that is made bit by bit."""
    match loop:
        case h.For() if not _is_made_by_value(loop.iterable):
            return [loop.target, *loop.body]
        case h.Comprehension(clauses=(first, *_)) if not _is_made_by_value(first.iterable):
            return [one for one in children(loop) if one is not first] + [first.target, *first.conditions]
        case _:
            return [loop]


def _is_made_by_value(node: h.Expr) -> bool:
    """Whether a nested function, which may be a generator, takes part in what a loop runs over."""
    return any(isinstance(one, h.CallValue) for one in walk(node))


def _calls_python(node: h.Node, functions: Mapping[str, h.Function], calling: Collection[str]) -> bool:
    if not isinstance(node, (h.CallFunction, h.FunctionRef, h.BoundMethod)):
        return isinstance(node, h.CallValue)  # of a nested function, say, which may do so
    return node.key not in functions or node.key in calling


def _runs_over_all(node: h.Node) -> bool:
    """Whether a call of the library runs over a container."""
    match node:
        case h.CallExternal(fullname=name):
            return name.rpartition(".")[2] in _OF_ALL and name.startswith("builtins.")
        case h.CallMethod(method=name):
            return name in _OF_ALL
        case _:
            return False
