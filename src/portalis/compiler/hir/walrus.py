"""Assignment expressions that are evaluated first stand before their statement.

    if (n := len(text)) > 10:        →   n = len(text)
        return n                         if n > 10:
                                             return n

    while (n := step(n)) > 0:        →   while True:
        work(n)                              n = step(n)
                                             if not n > 0: break
                                             work(n)

What is evaluated before such an expression must be a literal or another variable. The rest are lowered
where they stand.
"""

from __future__ import annotations

from dataclasses import fields, replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import BOOL

_ORDER: dict[type[h.Expr], tuple[str, ...]] = {
    h.Unary: ("operand",), h.Binary: ("left", "right"), h.Compare: ("left", "rights"),
    h.Logical: ("operands",),
    h.Conditional: ("test",), h.CallMethod: ("receiver", "args"), h.CallExternal: ("args",),
    h.CallFunction: ("args",), h.CallValue: ("args",), h.NewException: ("args",),
    h.LeaveProgram: ("args",), h.Attribute: ("value",),
    h.Subscript: ("value", "index"), h.Slice: ("value", "lower", "upper", "step"),
    h.ListDisplay: ("items",), h.TupleDisplay: ("items",), h.SetDisplay: ("items",),
}  # fmt: skip
"""The parts of an expression in the order of their evaluation."""
_FIRST_ONLY = {(h.Compare, "rights"), (h.Logical, "operands")}
"""Of these parts only the first is evaluated in any case."""


def ahead(stmt: h.Stmt) -> list[h.Stmt]:
    """The statement, after the assignments that its expression begins with."""
    match stmt:
        case h.While():
            return [_loop(stmt)]
        case h.If(test=part):
            name = "test"
        case h.Assert(test=part):
            name = "test"
        case h.Assign(value=part) | h.ExprStmt(value=part) | h.Return(value=h.Expr() as part):
            name = "value"
        case h.For(iterable=part):
            name = "iterable"
        case _:
            return [stmt]
    made, rest = taken(part)
    if not made:
        return [stmt]
    made[0].comments = stmt.comments
    return [*made, replace(stmt, comments=(), **{name: rest})]  # type: ignore[arg-type]


def _loop(stmt: h.While) -> h.While:
    """A loop whose test begins with an assignment does it at the head of its body."""
    made, rest = taken(stmt.test)
    if not made or stmt.orelse:
        return stmt
    over = h.Unary("not", rest, span=stmt.test.span, type=BOOL)
    leave = h.If(over, [h.Break(span=stmt.span)], [], span=stmt.test.span)
    forever = h.Literal(True, span=stmt.test.span, type=BOOL)
    return replace(stmt, test=forever, body=[*made, leave, *stmt.body])


def taken(expr: h.Expr) -> tuple[list[h.Assign], h.Expr]:
    """The assignments that are evaluated first, in order, and the expression that is left."""
    if not any(isinstance(node, h.Walrus) for node in walk(expr)):
        return [], expr
    made: list[h.Assign] = []
    targets = {node.target.name for node in walk(expr) if isinstance(node, h.Walrus)}
    while True:
        found, expr = _first(expr, targets)
        if not isinstance(found, h.Walrus):
            return made, expr
        inner, value = taken(found.value)
        made += [*inner, h.Assign((found.target,), value, span=found.span)]


def _first(expr: h.Expr, targets: set[str]) -> tuple[h.Walrus | bool, h.Expr]:
    """The first assignment that is evaluated, and the expression without it; else whether it is inert."""
    match expr:
        case h.Walrus(target=target):
            read = h.Local(target.name, target.declared, span=expr.span, type=expr.type)
            return expr, read
        case h.Literal() | h.External() | h.GlobalName():
            return True, expr
        case h.Local(name=name):
            return name not in targets, expr
    if isinstance(expr, (h.CallFunction, h.CallValue)) and expr.order:
        return False, expr
    for part in _ORDER.get(type(expr), ()):
        value = getattr(expr, part)
        items = value if isinstance(value, tuple) else (value,)
        for place, item in enumerate(items):
            if item is None:
                continue
            found, changed = _first(item, targets)
            if isinstance(found, h.Walrus):
                new = (*items[:place], changed, *items[place + 1 :]) if isinstance(value, tuple) else changed
                return found, replace(expr, **{part: new})  # type: ignore[arg-type]
            if not found or (type(expr), part) in _FIRST_ONLY:
                return False, expr
    return False, expr


def own_targets(stmt: h.Stmt, body: list[h.Stmt]) -> list[h.Local]:
    """The variables that have to stand before the statement for the assignment expressions of its own parts.

    Those that a condition of a comprehension begins with, and that nothing else of the function's `body`
    reads, are variables of its loop.
    """
    nodes = [node for part in _parts(stmt) for node in walk(part)]
    kept: set[str] = set()
    for node in nodes:
        if isinstance(node, h.Comprehension):
            inside = [one.name for one in walk(node) if isinstance(one, h.Local)]
            for condition in (one for clause in node.clauses for one in clause.conditions):
                names = {made.targets[0].name for made in taken(condition)[0]}  # type: ignore[attr-defined]
                kept |= {name for name in names if inside.count(name) == _count(body, name)}
    return [node.target for node in nodes if isinstance(node, h.Walrus) and node.target.name not in kept]


def _count(body: list[h.Stmt], name: str) -> int:
    return sum(isinstance(node, h.Local) and node.name == name for node in walk(body))


def _parts(stmt: h.Stmt) -> list[h.Expr]:
    """The expressions of the statement itself."""
    found: list[h.Expr] = []
    for one in fields(stmt):
        value = getattr(stmt, one.name)
        found += [
            part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, h.Expr)
        ]
    return found
