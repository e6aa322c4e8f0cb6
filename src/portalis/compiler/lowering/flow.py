"""Small questions about control flow, and moving a final `return` into tail position."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children
from portalis.compiler.rust import tree as t


def diverges(body: list[h.Stmt]) -> bool:
    """Whether control never reaches the end of the block."""
    return bool(body) and any(map(stmt_diverges, body))


def stmt_diverges(stmt: h.Stmt) -> bool:
    """Whether control never passes the statement."""
    match stmt:
        case h.Return() | h.Raise() | h.Break() | h.Continue():
            return True
        case h.If(body=body, orelse=orelse, complete=complete):
            return diverges(body) and (complete or diverges(orelse))
        case h.Try(body=body, handlers=handlers, orelse=orelse, final=final):
            inner = diverges(body) or diverges(orelse)
            return diverges(final) or (inner and all(diverges(x.body) for x in handlers))
        case h.While(test=h.Literal(value=True), body=body):
            return not _breaks(body)
        case h.For(body=body, orelse=orelse) | h.While(body=body, orelse=orelse) if orelse:
            return diverges(orelse) and not _breaks(body)
        case _:
            return False


def _breaks(body: list[h.Stmt]) -> bool:
    """Whether a `break` of this loop can be reached inside."""
    for stmt in body:
        if _has(stmt, h.Break):
            return True
        if stmt_diverges(stmt):
            return False
    return False


def _has(node: h.Node, kind: type[h.Stmt]) -> bool:
    if isinstance(node, kind):
        return True
    if isinstance(node, (h.For, h.While)):
        return any(_has(stmt, kind) for stmt in node.orelse)
    if isinstance(node, h.NestedFunction):
        return False
    return any(_has(child, kind) for child in children(node))


def leaves_loop(body: list[h.Stmt]) -> bool:
    """Whether a `break` or `continue` inside aims at a loop outside."""
    return any(_has(stmt, h.Break) or _has(stmt, h.Continue) for stmt in body)


def returns(body: list[h.Stmt]) -> bool:
    """Whether a `return` is inside, nested functions left out."""

    def inside(node: h.Node) -> bool:
        if isinstance(node, h.NestedFunction):
            return False
        return isinstance(node, h.Return) or any(map(inside, children(node)))

    return any(map(inside, body))


def never_ends(stmt: t.Stmt) -> bool:
    """Whether a Rust statement has the type `!`."""
    match stmt:
        case t.ExprStmt(expr):
            return _never(expr)
        case t.Loop(body, label):
            return not any(isinstance(node, t.Break) for node in _exprs(body)) and not _leaves(body, label)
        case _:
            return False


def _leaves(node: object, label: str) -> bool:
    """Whether a `break` with the label stands anywhere inside."""
    match node:
        case t.Break(label=found) if label and found == label:
            return True
        case tuple():
            return any(_leaves(part, label) for part in node)
    if is_dataclass(node):
        return any(_leaves(getattr(node, one.name), label) for one in fields(node))
    return False


def _exprs(block: t.Block) -> list[t.Expr]:
    found: list[t.Expr] = []
    for stmt in block.stmts:
        match stmt:
            case t.ExprStmt(expr):
                found.append(expr)
                match expr:
                    case t.IfExpr():
                        branch: t.Block | t.IfExpr | None = expr
                        while isinstance(branch, t.IfExpr):
                            found += _exprs(branch.then)
                            branch = branch.otherwise
                        if branch is not None:
                            found += _exprs(branch)
                    case t.BlockExpr(inner):
                        found += _exprs(inner)
                    case t.Match(arms=arms):
                        for arm in arms:
                            found += _exprs(t.Block((t.ExprStmt(arm.body),)))
            case t.For(body=body) | t.While(body=body) | t.Loop(body=body):
                found += [x for x in _exprs(body) if isinstance(x, t.Break) and x.label]
            case t.Let(value=value, otherwise=otherwise):
                found += _exprs(otherwise) if otherwise is not None else []
                found += _exprs(t.Block((t.ExprStmt(value),))) if value is not None else []
            case t.Assign(value=value):
                found += _exprs(t.Block((t.ExprStmt(value),)))
    return found


def _never(expr: t.Expr) -> bool:
    match expr:
        case t.Return() | t.Break() | t.Continue():
            return True
        case t.IfExpr(then=then, otherwise=otherwise):
            if otherwise is None:
                return False
            second = _never(otherwise) if isinstance(otherwise, t.IfExpr) else ends_never(otherwise)
            return ends_never(then) and second
        case t.Match(arms=arms):
            return bool(arms) and all(_never(arm.body) for arm in arms)
        case t.BlockExpr(block, label):
            return not label and ends_never(block)
        case _:
            return False


def ends_never(block: t.Block) -> bool:
    """Whether a Rust block never reaches its end."""
    return bool(block.stmts) and block.tail is None and never_ends(block.stmts[-1])


def tailed(block: t.Block) -> t.Block:
    """`{ …; return x; }` → `{ …; x }`, through the branches of a final `if` or `match`."""
    if block.tail is not None or not block.stmts:
        return block
    last = block.stmts[-1]
    if not isinstance(last, t.ExprStmt) or not never_ends(last):
        return block
    if last.expr == t.Return(None):
        return t.Block(block.stmts[:-1])
    tail = _tail(last.expr)
    if isinstance(tail, t.BlockExpr) and not tail.label:
        return t.Block((*block.stmts[:-1], *tail.block.stmts), tail.block.tail)
    return t.Block(block.stmts[:-1], tail)


def _tail(expr: t.Expr) -> t.Expr:
    match expr:
        case t.Return(value):
            return value if value is not None else t.UNIT
        case t.IfExpr(condition, then, otherwise):
            second = (
                _tail(otherwise)
                if isinstance(otherwise, t.IfExpr)
                else tailed(otherwise)
                if otherwise
                else None
            )
            assert second is None or isinstance(second, (t.Block, t.IfExpr))
            return t.IfExpr(condition, tailed(then), second)
        case t.Match(subject, arms):
            return t.Match(subject, tuple(replace(arm, body=_tail(arm.body)) for arm in arms))
        case t.BlockExpr(block, label):
            return t.BlockExpr(tailed(block), label)
        case _:
            return expr
