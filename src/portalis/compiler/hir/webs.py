"""Which bindings of a variable belong together: those that some read may find.

    n = int(text)       # one web of `n` ends here:
    n = str(n * 2)      # what is read from here on is another
    print(n)

A forward pass over structured statements; loops are run until nothing changes. Names that a scope inside
uses or binds are left out: when such a scope runs isn't followed.
"""

from __future__ import annotations

from collections.abc import Iterable

from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk

State = dict[str, frozenset[int]] | None
"""The bindings that each variable may have; None where control never gets."""


class Webs:
    """Local nodes by web: two nodes are of one web if `web` gives the same number for both."""

    def __init__(self, function: h.Function, names: frozenset[str]) -> None:
        self.names = names
        self.params = {p.name: -(i + 1) for i, p in enumerate(function.params) if p.name in names}
        self._parent: dict[int, int] = {}
        self._breaks: list[State] = []
        self._continues: list[State] = []
        self._raised: list[State] = []
        self._block(function.body, {name: frozenset({at}) for name, at in self.params.items()})

    def web(self, at: int) -> int:
        """The web of a node, by its `id`, or of a parameter, by its number."""
        while (up := self._parent.get(at, at)) != at:
            at = up
        return at

    def _join(self, numbers: Iterable[int]) -> None:
        first, *others = numbers
        for other in others:
            self._parent[self.web(other)] = self.web(first)

    def _block(self, body: list[h.Stmt], state: State) -> State:
        for stmt in body:
            self._may_raise(state)
            state = self._stmt(stmt, state)
            if not _binds_last(stmt):
                self._may_raise(state)
        return state

    def _may_raise(self, state: State) -> None:
        """An error may come where the variables have these bindings."""
        if self._raised:
            self._raised[-1] = _either(self._raised[-1], state)

    def _stmt(self, stmt: h.Stmt, state: State) -> State:
        match stmt:
            case h.Assign(targets=targets, value=value):
                self._reads(value, state)
                for target in targets:
                    state = self._bind(target, state)
                return state
            case h.AugAssign(target=target, value=value):
                self._reads(target, state)
                self._reads(value, state)
                return self._bind(target, state)
            case h.If(test=test, body=body, orelse=orelse):
                self._reads(test, state)
                return _either(self._block(body, state), self._block(orelse, state))
            case h.While() | h.For():
                return self._loop(stmt, state)
            case h.Try():
                return self._try(stmt, state)
            case h.Break():
                self._breaks[-1] = _either(self._breaks[-1], state)
                return None
            case h.Continue():
                self._continues[-1] = _either(self._continues[-1], state)
                return None
            case _:
                self._reads(stmt, state)
                return None if isinstance(stmt, (h.Return, h.Raise)) else state

    def _loop(self, stmt: h.While | h.For, state: State) -> State:
        if isinstance(stmt, h.For):
            self._reads(stmt.iterable, state)
        self._breaks.append(None)
        while True:
            self._continues.append(state)
            if isinstance(stmt, h.While):
                self._reads(stmt.test, state)
                inside = state
            else:
                inside = self._bind(stmt.target, state)
            end = self._block(stmt.body, inside)
            again = _either(self._continues.pop(), end)
            self._may_raise(again)
            if again == state:
                break
            state = again
        return _either(self._block(stmt.orelse, state), self._breaks.pop())

    def _try(self, stmt: h.Try, state: State) -> State:
        self._raised.append(state)
        after = self._block(stmt.body, state)
        caught = self._raised[-1]
        after = self._block(stmt.orelse, after)
        for handler in stmt.handlers:
            after = _either(after, self._block(handler.body, caught))
        raised = self._raised.pop()
        self._may_raise(raised)
        if not stmt.final:
            return after
        raised = _either(raised, after)
        self._block(stmt.final, raised)
        return self._block(stmt.final, after)

    def _reads(self, node: h.Node, state: State) -> None:
        for one in walk(node):
            if isinstance(one, h.Local) and one.name in self.names and state is not None:
                self._join([id(one), *state.get(one.name, ())])

    def _bind(self, target: h.Expr, state: State) -> State:
        for one in walk(target):
            if isinstance(one, h.Local) and one.name in self.names and state is not None:
                if one.name in bound_names(target):
                    state = {**state, one.name: frozenset({id(one)})}
                else:
                    self._join([id(one), *state.get(one.name, ())])
        return state


def _binds_last(stmt: h.Stmt) -> bool:
    """Whether nothing can go wrong once the statement has bound a variable."""
    match stmt:
        case h.Assign(targets=(h.Local(),)) | h.AugAssign(target=h.Local()):
            return True
        case _:
            return False


def _either(one: State, other: State) -> State:
    if one is None or other is None:
        return other if one is None else one
    names = one.keys() | other.keys()
    return {name: one.get(name, frozenset()) | other.get(name, frozenset()) for name in names}


_EAGER = frozenset(
    f"builtins.{name}"
    for name in ("sum", "all", "any", "list", "tuple", "set", "frozenset", "dict", "sorted", "min", "max")
)
"""What runs through its first argument before it returns."""


def own_scope(function: h.Function) -> frozenset[str]:
    """The names that mean something in a scope inside, or that something else than a statement binds."""
    found: set[str] = set(function.rebinds)
    at_once: set[int] = set()
    for node in walk(function.body):
        match node:
            case h.CallExternal(fullname=callee, args=(h.Comprehension() as each, *_)) if callee in _EAGER:
                at_once.add(id(each))
            case h.CallMethod(method="join", args=(h.Comprehension() as each,)):
                at_once.add(id(each))
            case h.Try(final=[_, *_] as final):
                found |= {one.name for one in walk(final) if isinstance(one, h.Local)}
            case h.Clause(target=target):
                found |= bound_names(target)
            case h.Lambda() | h.NestedFunction():
                found |= {one.name for one in walk(node) if isinstance(one, h.Local)}
            case h.Walrus(target=target):
                found.add(target.name)
            case h.Delete(target=target):
                found |= bound_names(target)
            case h.Handler(bound=str(name)):
                found.add(name)
            case h.Comprehension(kind="generator", clauses=clauses) if id(node) not in at_once:
                late = (one for one in walk(node) if isinstance(one, h.Local))
                early = {id(one) for one in walk(clauses[0].iterable)}
                found |= {one.name for one in late if id(one) not in early}
    return frozenset(found)
