"""Which callables outlive the call that they are handed to, or the statement that makes them.

def apply(f: Callable[[int], int], x: int) -> int:
    return f(x)                                       # f is only called: it is lent
def twice(f: Callable[[int], int]) -> Callable[[int], int]:
    return lambda x: f(f(x))                          # f is kept, by what is returned
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk

Keeps = Callable[[str], tuple[bool, ...]]
"""Which parameters a project function keeps, by its key, as far as it is known."""


def kept_names(body: list[h.Stmt], keeps: Keeps, params: Collection[str] = ()) -> frozenset[str]:
    """The variables whose value is stored or returned, or captured by a closure that is; parameters that are
    bound again hold what was handed in or what was made here.
    """
    found = _Kept(keeps, frozenset(params))
    for stmt in body:
        found.visit(stmt, kept=False)
    return found.closed()


def captured_names(function: h.Function | h.Lambda) -> frozenset[str]:
    """The variables of an owner that a function inside it names."""
    if isinstance(function, h.Lambda):
        own, inside = {name for name, _ in function.params}, walk(function.body)
    else:
        own = {p.name for p in function.params} | set(function.locals)
        inside = walk(function.body)
    return frozenset(n.name for n in inside if isinstance(n, h.Local) and n.name not in own)


class _Kept:
    """What was found so far; `visit` is told whether the value of the node is kept where it stands."""

    def __init__(self, keeps: Keeps, params: frozenset[str]) -> None:
        self._keeps = keeps
        self._params = params
        self._names: set[str] = set()
        self._nested: dict[str, frozenset[str]] = {}

    def closed(self) -> frozenset[str]:
        """With what nested functions that are kept capture."""
        while more := {
            captured
            for name, names in self._nested.items()
            if name in self._names
            for captured in names - self._names
        }:
            self._names |= more
        return frozenset(self._names)

    def visit(self, node: h.Node, *, kept: bool) -> None:
        match node:
            case h.Local(name=name):
                self._names |= {name} if kept else set()
            case h.Lambda(body=body):
                self._names |= captured_names(node) if kept else set()
                self.visit(body, kept=True)
            case h.NestedFunction(function=function):
                self._nested[function.qualname.rpartition(".")[2]] = captured_names(function)
                self._each(function.body, kept=False)
            case h.Assign(value=h.Lambda(body=body)):  # a function with a name
                named = _named(node)
                self._nested.update(named)
                self._names |= named.keys() & self._params
                self.visit(body, kept=True)
            case h.CallFunction() | h.CallMethod() | h.CallExternal():
                self._call(node, kept)
            case h.Conditional(test=test, body=body, orelse=orelse):
                self.visit(test, kept=False)
                self._each((body, orelse), kept=kept)
            case h.Logical():
                self._each(children(node), kept=kept)
            case h.Assign() | h.Return() | h.NewInstance():
                self._each(children(node), kept=True)
            case h.ListDisplay() | h.TupleDisplay() | h.SetDisplay() | h.DictDisplay():
                self._each(children(node), kept=True)
            case h.Comprehension(element=element):
                self._each([one for one in children(node) if one is not element], kept=False)
                self.visit(element, kept=True)
            case _:
                self._each(children(node), kept=False)

    def _call(self, node: h.CallFunction | h.CallMethod | h.CallExternal, kept: bool) -> None:
        """A project function keeps what it says, a container's method all, a library function none."""
        match node:
            case h.CallFunction(key=key, args=args):
                keeps = self._keeps(key)
                for at, argument in enumerate(args):
                    self.visit(argument, kept=at < len(keeps) and keeps[at])
            case h.CallMethod(receiver=receiver, args=args, keywords=keywords):
                self.visit(receiver, kept=False)
                self._each(args, kept=True)
                self._each(keywords.values(), kept=False)
            case _:
                self._each(children(node), kept=kept and node.fullname == "functools.partial")

    def _each(self, nodes: Iterable[h.Node], *, kept: bool) -> None:
        for node in nodes:
            self.visit(node, kept=kept)


def _named(node: h.Assign) -> dict[str, frozenset[str]]:
    assert isinstance(node.value, h.Lambda)
    captured = captured_names(node.value)
    return {target.name: captured for target in node.targets if isinstance(target, h.Local)}
