"""Borrows of shared instances end before anything runs that may borrow the same instance to change it.

    current = current.nodes[char]     →   let value = dict::get(&current.nodes(), char)?.clone();
                                          current = value;
    node.items.append(len(node.items)) →  let value = node.items().len() as i64;
                                          node.items_mut().push(value);

A container inside a shared instance is lent by a method that gives a `Ref` or a `RefMut`, which live until
the end of the statement. A statement in which another borrow could meet one of them is taken apart; one
that can't be is refused, so that no borrow panics.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from portalis.compiler.analysis import sharing
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import leaves, lends, nodes
from portalis.compiler.rust.regions import arguments, chain, first, lending, own_lending, stores, substitute
from portalis.compiler.types import Type, alike, is_mutable
from portalis.diagnostics import Span

_ROUNDS = 12


def settle(ctx: FunctionContext, node: h.Stmt, stmt: t.Stmt) -> list[t.Stmt]:
    """The statement, or several that do the same, in which no two borrows meet."""
    if not ctx.project.lends or not lends(stmt):
        return [stmt]
    found = _Settler(ctx, node).statement(stmt)
    ctx.settled.update((id(one), one) for one in found)
    return found


class _Settler:
    """Takes one statement of Python apart."""

    def __init__(self, ctx: FunctionContext, node: h.Stmt) -> None:
        self.ctx = ctx
        self.node = node
        self.readers: set[str] = set()
        self.writers: set[str] = set()
        self.effect = sharing.own_effect([node])
        for key in {one.key for one in walk(node) if isinstance(one, h.CallFunction)}:
            callee, effect = ctx.project.callees.get(key), ctx.project.effects.get(key)
            name = callee.path.rpartition("::")[2] if callee is not None else ""
            self.effect |= effect or sharing.Effect()
            if effect is None or effect.writes:
                self.writers.add(name)
            if effect is None or effect.reads or effect.writes:
                self.readers.add(name)

    # Statements -------------------------------------------------------------------------------

    def statement(self, stmt: t.Stmt) -> list[t.Stmt]:
        """A statement, its blocks included."""
        before: list[t.Stmt] = []
        match stmt:
            case _ if id(stmt) in self.ctx.settled:
                return [stmt]  # a statement of Python of its own
            case t.For():
                return self._loop(stmt)
            case t.While(condition=condition, body=body):
                return [replace(stmt, condition=self._region(condition, None), body=self._block(body))]
            case t.Loop(body=body):
                return [replace(stmt, body=self._block(body))]
            case t.Assign(target, value) if self._borrows_target(target, value):
                name = self.ctx.fresh("value")
                return [*self.statement(t.Let(name, value)), replace(stmt, value=t.Path(name))]
            case t.ExprStmt(t.IfExpr(condition=condition) as branch) if not isinstance(
                condition, t.LetCondition
            ):
                condition = self._region(condition, before)
                branch = t.IfExpr(condition, self._block(branch.then), self._inner(branch.otherwise))
                return [*before, t.ExprStmt(branch)]
            case t.Let() | t.Assign() | t.ExprStmt():
                settled = self._region(stmt, before)
                return [*before, settled]
            case _:
                return [stmt]

    def _block(self, block: t.Block) -> t.Block:
        stmts = tuple(one for stmt in block.stmts for one in self.statement(stmt))
        return t.Block(stmts, None if block.tail is None else self._region(block.tail, None))

    def _borrows_target(self, target: t.Expr, value: t.Expr) -> bool:
        """Whether what is assigned to is borrowed by the value that it gets."""
        if not isinstance(target, t.Path):
            return False
        return any(
            isinstance(node, t.Path) and node.name == target.name
            for one in lending(value)
            for node in nodes(one.receiver)
        )

    def _loop(self, stmt: t.For) -> list[t.Stmt]:
        """A loop holds what it runs over until it ends: where its body may change it, it runs over a copy."""
        before: list[t.Stmt] = []
        iterable = stmt.iterable
        for one in list(lending(iterable)):
            if self._meets(one, stmt.body) or self._meets(one, iterable):
                cut = self._cut(chain(iterable, one))
                if cut is not None and first(iterable, cut):
                    name = self.ctx.fresh("end" if isinstance(iterable, t.Range) else "items")
                    before.append(t.Let(name, cut))
                    iterable = substitute(iterable, cut, t.Path(name))
                else:
                    iterable = self._copied(iterable, one, before)
        match iterable:
            case t.Method(t.Path() as whole, "iter", ()) if iterable is not stmt.iterable:
                iterable = t.Ref(whole)
        return [*before, replace(stmt, iterable=iterable, body=self._block(stmt.body))]

    def _copied(self, root: Any, one: t.Accessor, before: list[t.Stmt] | None) -> Any:
        """The region with a copy of a container made before, which nothing in the region may change."""
        read = _containers(self.node)
        if any(alike(changed, one) for changed in self.effect.types for one in read):
            raise Refusal(
                "PT405", self.node.span, f"`{one.name}` may be changed while it is iterated",
                "iterate over a copy: `for … in list(…)`",
            )  # fmt: skip
        if before is None or one.access is t.Access.LEND_MUT or not first(root, one):
            raise self._refusal()
        name = self.ctx.fresh(one.name)
        before.append(t.Let(name, t.Method(one, "clone")))
        return substitute(root, one, t.Path(name))

    # Expressions ------------------------------------------------------------------------------

    def _region(self, root: Any, before: list[t.Stmt] | None) -> Any:
        """What is evaluated until the temporaries are dropped; `before` takes statements that come first."""
        root = self._inner(root)
        for _ in range(_ROUNDS):
            found = [one for one in own_lending(root) if self._meets(one, root)]
            # What another is reached through comes first.
            inner = {id(node) for one in found for node in lending(one.receiver)}
            one = next((one for one in found if not any(id(x) in inner for x in lending(one.receiver))), None)
            if one is None:
                return root
            root = self._apart(root, one, before)
        raise self._refusal()

    def _inner(self, node: Any) -> Any:
        """The blocks and closures inside are regions of their own."""
        match node:
            case t.Closure(body=body):
                return replace(node, body=self._region(body, None))
            case t.Binary("&&" | "||" as op, left, right):
                return t.Binary(op, self._region(left, None), self._region(right, None))
            case t.Block():
                return self._block(node)
            case t.IfExpr(condition=condition) if not isinstance(condition, t.LetCondition):
                then = self._block(node.then)
                return t.IfExpr(self._region(condition, None), then, self._inner(node.otherwise))
            case tuple():
                parts = tuple(map(self._inner, node))
                return node if all(a is b for a, b in zip(parts, node, strict=True)) else parts
            case _ if is_dataclass(node) and not isinstance(node, type):
                changes = {one.name: getattr(node, one.name) for one in fields(node)}
                inner = {name: self._inner(value) for name, value in changes.items()}
                if all(inner[name] is value for name, value in changes.items()):
                    return node
                made: Any = replace(node, **inner)
                if id(node) in self.ctx.cuts:
                    self.ctx.cuts[id(made)] = made
                return made
            case _:
                return node

    def _meets(self, one: t.Accessor, root: object) -> bool:
        """Whether another borrow may meet this one while it lasts."""
        own = {id(node) for node in nodes(one)}
        return any(id(node) not in own and self._borrows(one, node) for node in nodes(root))

    def _borrows(self, one: t.Accessor, node: object) -> bool:
        changing = one.access is t.Access.LEND_MUT
        match node:
            case t.Accessor(access=t.Access.READ | t.Access.LEND):
                return changing
            case t.Accessor():
                return True
            case _:
                return self._runs(node, reading=changing)

    def _runs(self, node: object, *, reading: bool = False) -> bool:
        """Whether a node calls a function of the project that changes shared instances, or reads them."""
        match node:
            case t.Method(receiver=t.Accessor(access=t.Access.LEND | t.Access.LEND_MUT)):
                return False  # a method of the container
            case t.Call(func=t.Path(name)) if name in self.ctx.runtime_calls:
                return False
            case t.Method(name=name) | t.Call(func=t.Path(name)):
                return name.rpartition("::")[2] in (self.readers if reading else self.writers)
            case _:
                return False

    def _apart(self, root: Any, one: t.Accessor, before: list[t.Stmt] | None) -> Any:
        """The region with one borrow ended earlier."""
        path = chain(root, one)
        if one.access is t.Access.LEND_MUT:
            return self._arguments_first(root, path, before)
        node = self._cut(path)
        if node is not None:
            if self._meets(one, node):
                return self._copied(root, one, before)
            name = self.ctx.fresh("value")
            if before is not None and first(root, node):
                before.append(t.Let(name, node))
                return substitute(root, node, t.Path(name))
            block = t.BlockExpr(t.Block((t.Let(name, node),), t.Path(name)))
            return substitute(root, node, block)
        store = next((node for node in path if stores(node)), None)
        if store is not None and before is not None:
            return self._arguments_first(root, [*path[: path.index(store)], store], before)
        raise self._refusal()

    def _cut(self, path: list[Any]) -> t.Expr | None:
        """The innermost expression around the last of a path whose value borrows nothing."""
        return next((node for node in reversed(path[:-1]) if id(node) in self.ctx.cuts), None)

    def _arguments_first(self, root: Any, path: list[Any], before: list[t.Stmt] | None) -> Any:
        """What is evaluated while a container is lent to be changed is evaluated before that."""
        if before is None or not first(root, path[-1]):
            raise self._refusal()
        found: list[t.Stmt] = []
        last = len(path) - 1
        for at in [last] if stores(path[last]) else range(last - 1, -1, -1):
            raised = any(isinstance(part, t.Try) for part in path[at + 1 : last])
            for argument in arguments(path[at]):
                if any(argument is part for part in path) or not _moves(argument):
                    continue
                if isinstance(argument, t.Closure) or (raised and leaves(argument)):
                    raise self._refusal()
                if self.effect.binds and any(self._runs(part) for part in nodes(argument)):
                    raise self._refusal()  # Python has looked the container up by then
                name = self.ctx.fresh("value")
                found += self.statement(t.Let(name, argument))
                root = substitute(root, argument, t.Path(name))
        if not found:
            raise self._refusal()
        before += found
        return root

    def _refusal(self) -> Refusal:
        span: Span = self.node.span
        return Refusal(
            "PT401", span, "a container of a shared instance is used while code runs that may change it",
            "bind the values to names first",
        )  # fmt: skip


def _moves(argument: t.Expr) -> bool:
    """Whether an argument does anything at all."""
    return any(isinstance(part, (t.Call, t.Method, t.Macro)) for part in nodes(argument))


def _containers(stmt: h.Stmt) -> frozenset[Type]:
    """The types of the containers of shared instances that a statement reads, and of what they hold."""
    return frozenset(
        one.type
        for one in walk(stmt)
        if isinstance(one, (h.Attribute, h.Subscript, h.Slice)) and is_mutable(one.type)
    )
