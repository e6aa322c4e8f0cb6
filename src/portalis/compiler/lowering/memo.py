"""Functions inside functions under `functools.cache` or `lru_cache`: the cache is a dict of the owner.

    @cache                                     ways_cache: dict[int, int] = {}
    def ways(n: int) -> int:                   def ways(n: int) -> int:
        if n < 2:                                  if n in ways_cache:
            return 1                      →            return ways_cache[n]
        return ways(n - 1) + ways(n - 2)           if n < 2:
                                                       result = 1
                                                       ways_cache[n] = result
                                                       return result
                                                   …

A call that raises leaves nothing in the cache, there as here. A cache of bounded size forgets, which
nobody sees of a function that only computes; any other keeps its Python.
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.facts import gather
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.project_context import ProjectContext
from portalis.compiler.refusal import Refusal
from portalis.compiler.stdlib.effects import effect_of
from portalis.compiler.types import ANY, BOOL, NONE, DictOf, TupleOf, Type

_VISIBLE = frozenset({"builtins.print", "builtins.input", "builtins.open", "builtins.next"})


def with_caches(project: ProjectContext, function: h.Function) -> h.Function:
    """The function with the caches of the functions inside it written out.

    Raises:
        Refusal: a cached function whose calls could be told from those of the cache written out.
    """
    inside = [stmt for stmt in function.body if isinstance(stmt, h.NestedFunction) and stmt.function.cache]
    if not inside:
        return function
    taken = {n.name for n in walk(function.body) if isinstance(n, h.Local)} | {
        name for n in walk(function.body) if isinstance(n, h.Function) for name in n.locals
    }
    body: list[h.Stmt] = []
    types: dict[str, Type] = dict(function.locals)
    for stmt in function.body:
        if not isinstance(stmt, h.NestedFunction) or not stmt.function.cache:
            body.append(stmt)
            continue
        if stmt.function.cache == "bounded":
            only_computes(project, function, stmt.function)
        name = stmt.function.qualname.rpartition(".")[2]
        cache = _Cache(_free_name(f"{name}_cache", taken), stmt.function, taken)
        types[cache.name] = cache.type
        empty = h.DictDisplay((), span=stmt.span, type=cache.type)
        body.append(h.Assign((cache.local(stmt),), empty, span=stmt.span))
        body.append(replace(stmt, function=cache.function()))
    return replace(function, body=body, locals=types)


def _free_name(stem: str, taken: set[str]) -> str:
    while stem in taken:
        stem += "_"
    taken.add(stem)
    return stem


class _Cache:
    """The cache of one nested function, and the function with its look-up written out."""

    def __init__(self, name: str, function: h.Function, taken: set[str]) -> None:
        params = function.params
        if not params or function.returns in (ANY, NONE) or any(p.type is ANY for p in params):
            raise Refusal("PT203", function.span, "a cache of these arguments or results is not translated")
        self.name = name
        self._function = function
        self.key: Type = params[0].type if len(params) == 1 else TupleOf(tuple(p.type for p in params))
        self.type = DictOf(self.key, function.returns)
        self._key_name = _free_name("key", taken)
        self._result_name = _free_name("result", taken)

    def local(self, node: h.Node) -> h.Local:
        return h.Local(self.name, self.type, span=node.span, type=self.type)

    def function(self) -> h.Function:
        own = self._function
        params = [h.Local(p.name, p.type, span=own.span, type=p.type) for p in own.params]
        value = params[0] if len(params) == 1 else h.TupleDisplay(tuple(params), span=own.span, type=self.key)
        known = h.Compare(self._key(own), ("in",), (self.local(own),), span=own.span, type=BOOL)
        found = h.Return(self._entry(own), span=own.span)
        body: list[h.Stmt] = [
            h.Assign((self._key(own),), value, span=own.span),
            h.If(known, [found], [], span=own.span),
        ]
        for stmt in own.body:
            body += self._kept(stmt)
        names = {**own.locals, self._key_name: self.key, self._result_name: own.returns}
        return replace(own, body=body, locals=names, cache="")

    def _key(self, node: h.Node) -> h.Local:
        return h.Local(self._key_name, self.key, span=node.span, type=self.key)

    def _result(self, node: h.Node) -> h.Local:
        type_ = self._function.returns
        return h.Local(self._result_name, type_, span=node.span, type=type_)

    def _entry(self, node: h.Node) -> h.Subscript:
        return h.Subscript(self.local(node), self._key(node), span=node.span, type=self._function.returns)

    def _kept(self, stmt: h.Stmt) -> list[h.Stmt]:
        """The statement, with what it returns kept in the cache first."""
        match stmt:
            case h.Return(value=None):
                raise Refusal("PT203", stmt.span, "a cached function that returns None is not translated")
            case h.Return(value=h.Expr() as value):
                return [
                    h.Assign((self._result(stmt),), value, span=stmt.span, comments=stmt.comments),
                    h.Assign((self._entry(stmt),), self._result(stmt), span=stmt.span),
                    h.Return(self._result(stmt), span=stmt.span),
                ]
            case (
                h.If(body=body, orelse=orelse)
                | h.While(body=body, orelse=orelse)
                | h.For(body=body, orelse=orelse)
            ):
                return [replace(stmt, body=self._block(body), orelse=self._block(orelse))]
            case h.Try() if any(isinstance(n, h.Return) for n in walk(stmt)):
                raise Refusal("PT203", stmt.span, "a cached function that returns out of a `try`")
            case _:
                return [stmt]

    def _block(self, body: list[h.Stmt]) -> list[h.Stmt]:
        return [made for stmt in body for made in self._kept(stmt)]


def only_computes(project: ProjectContext, owner: h.Function, function: h.Function) -> None:
    """Refuses a function whose calls anybody could count, or whose answer could change.

    Args:
        project: what is known of the functions that it calls.
        owner: the function that it stands in; itself at module level.
        function: the function under the cache.
    """
    facts = gather(owner, project.mutated_params)
    own = {p.name for p in function.params} | set(function.locals)
    params = {p.name for p in owner.params}
    for node in walk(function.body):
        match node:
            case h.CallExternal(fullname=fullname) if fullname in _VISIBLE or effect_of(fullname) is not None:
                raise Refusal("PT203", node.span, f"a cache over a function that calls `{fullname}`")
            case h.CallFunction(key=key) if key != function.key:
                callee = project.callees.get(key)
                if callee is None or callee.prints or callee.sources or any(m for _, _, m in callee.params):
                    raise Refusal("PT203", node.span, "a cache over a function with effects")
            case h.Local(name=name) if name not in own:
                changes = facts.assignments[name] + (name in params) > 1 or facts.mutations.any_depth(name)
                if changes or function.rebinds:
                    raise Refusal(
                        "PT203",
                        node.span,
                        f"a cache over a function that reads the changing `{name}`",
                    )
