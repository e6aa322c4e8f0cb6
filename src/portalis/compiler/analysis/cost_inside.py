"""Whether a function does work on the containers inside a container that is linear in those, too.

def ends(rows): for row in rows: row.append(0)            # no: converting all rows costs more
def turn(rows): for row in rows: row.reverse()            # yes
def clear(rows):                                          # yes, with two loops
    for i in range(len(rows)):
        for j in range(len(rows[i])):
            rows[i][j] = 0
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portalis.compiler.analysis.cost import CHEAP, CHEAP_METHODS
from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk

_PAIRING = frozenset({"builtins.enumerate", "builtins.zip", "builtins.reversed", "builtins.range"})
_VIEWS = frozenset({"values", "items", "keys"})


def runs_through(body: list[h.Stmt], name: str) -> bool:
    """Whether the elements of the container are gone through themselves, or it is handed on whole."""
    inside = _Inside(name, frozenset(_elements(body, name)))
    return any(inside.used(stmt, 0) for stmt in body)


def _elements(body: list[h.Stmt], name: str) -> Iterator[str]:
    """The variables that may be bound to an element."""
    for node in walk(body):
        match node:
            case h.For(target=target, iterable=iterable) | h.Clause(target=target, iterable=iterable):
                if _goes_over(iterable, name):
                    yield from bound_names(target)
            case h.Assign(targets=(h.Local(name=bound),), value=h.Subscript(value=h.Local(name=found))):
                if found == name:
                    yield bound


def _goes_over(node: h.Expr, name: str) -> bool:
    """Whether an iterable gives the elements of the container."""
    match node:
        case h.Local(name=found):
            return found == name
        case h.CallExternal(fullname=fullname, args=args) if fullname in _PAIRING:
            return any(_goes_over(arg, name) for arg in args)
        case h.CallMethod(receiver=receiver, method=method) if method in _VIEWS:
            return _goes_over(receiver, name)
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Inside:
    """The container by its name, and the variables that may be one of its elements."""

    name: str
    elements: frozenset[str]

    def used(self, node: h.Node, loops: int) -> bool:
        """Whether elements are used as wholes, or in two loops at least."""
        match node:
            case h.Subscript(value=value) | h.Slice(value=value) if self._element(value):
                return loops > 1 or isinstance(node, h.Slice) or self._below(value, loops, index=node)
            case h.CallExternal(fullname=fullname, args=(only,)) if fullname in CHEAP:
                return not (self._element(only) or self._itself(only)) and self.used(only, loops)
            case h.CallMethod(receiver=receiver, method=method, args=args) if method in CHEAP_METHODS and (
                self._element(receiver) or self._itself(receiver)
            ):
                deep = self._element(receiver) and loops > 1
                return deep or any(self.used(arg, loops) for arg in args)
            case h.Assign(targets=(h.Local(),), value=value) if self._element(value):
                return False
            case h.AugAssign(target=target, value=value) if self._element(target) or self._itself(target):
                return self.used(value, loops)
            case h.NestedFunction():
                loops += 2  # it may call itself for every place there is
            case h.Return(value=h.Local(name=found)) if found == self.name:
                return False
            case h.Local(name=found):
                return found == self.name or (found in self.elements and self._element(node))
            case h.Subscript(value=value) if self._itself(value):
                return True
            case h.For(iterable=iterable, target=target) | h.Clause(iterable=iterable, target=target):
                rest = [child for child in children(node) if child is not target]
                over = _goes_over(iterable, self.name)
                return any(self.used(child, loops + 1) for child in rest if child is not iterable or not over)
            case h.While() | h.Comprehension():
                loops += 1
        return any(self.used(child, loops) for child in children(node))

    def _below(self, value: h.Expr, loops: int, index: h.Node) -> bool:
        """Whether the places of an element, and inside it, are found by such a use."""
        places = [*children(value), *(child for child in children(index) if child is not value)]
        return any(self.used(place, loops) for place in places if not self._itself(place))

    def _itself(self, node: h.Node) -> bool:
        return isinstance(node, h.Local) and node.name == self.name

    def _element(self, node: h.Node) -> bool:
        match node:
            case h.Local(name=name):
                return name in self.elements
            case h.Subscript(value=value):
                return self._itself(value)
            case _:
                return False
