"""`with` as what it does: enter, run the body, and leave whatever happened.

    with Account(n) as account:        account = Account(n)
        account.spend(1)          →    try:
                                           account.spend(1)
                                       finally:
                                           account.__exit__(None, None, None)

For classes of the project and the managers of `contextlib` that only steer the control flow.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir import special
from portalis.compiler.hir.walk import walk
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import BOOL, CLOSING, NONE, TEXT_FILE
from portalis.diagnostics import Span

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder
    from portalis.compiler.hir.structs import StructInfo

Inside = Callable[[], list[h.Stmt]]


def build_with(b: FunctionBuilder, node: ast.With) -> list[h.Stmt]:
    """The statements of a `with`; several managers are entered from the left and left from the right."""
    comments = b.comments_above(node)

    def inside(at: int) -> list[h.Stmt]:
        if at == len(node.items):
            return b.block(node.body)
        return _managed(b, node.items[at], lambda: inside(at + 1))

    made = inside(0)
    if made:
        made[0].comments = (*comments, *made[0].comments)
    return made


def _managed(b: FunctionBuilder, item: ast.withitem, inside: Inside) -> list[h.Stmt]:
    expr = item.context_expr
    built = b.expr(expr)
    if isinstance(built, h.CallExternal) and built.fullname in _OF_CONTEXTLIB:
        assert isinstance(expr, ast.Call)
        return _OF_CONTEXTLIB[built.fullname](b, expr, built, item.optional_vars, inside)
    if built.type == TEXT_FILE:
        return _file(b, built, item.optional_vars, inside)
    info = special.struct_of(b, built.type)
    if info is None or not {"__enter__", "__exit__"} <= info.methods.keys():
        raise Refusal("PT207", b.span(expr), f"`with` on a `{built.type}` is not translated")
    return _instance(b, info, built, item.optional_vars, inside)


# Classes of the project ---------------------------------------------------------------------------


def _instance(
    b: FunctionBuilder, info: StructInfo, built: h.Expr, target: ast.expr | None, inside: Inside
) -> list[h.Stmt]:
    span = built.span
    itself = gives_itself(info.methods["__enter__"])
    made: list[h.Stmt] = []
    if itself and isinstance(target, ast.Name) and not isinstance(built, h.Local):
        place = b.expr(target)
        assert isinstance(place, h.Local)
        manager = replace(place, type=built.type)
        made.append(h.Assign((place,), built, span=span))
        target = None
    else:
        held, named = b.held("manager", built)
        made += held
        assert isinstance(named, h.Local)
        manager = named
    enter = special.call(b, info, "__enter__", manager, (), span)
    if target is not None:
        made.append(h.Assign((b.expr(target),), replace(manager) if itself else enter, span=span))
    elif itself != "only":
        made.append(h.ExprStmt(enter, span=span))
    return [*made, *_left(b, info, manager, inside, span)]


def gives_itself(enter: ast.FunctionDef) -> str:
    """Whether `__enter__` gives the instance: "only" where that is all, "" where it gives another."""
    name = enter.args.args[0].arg if enter.args.args else ""
    returned = [one for one in ast.walk(enter) if isinstance(one, ast.Return)]
    match enter.body[-1], returned:
        case ast.Return(value=ast.Name(id=found)), [_] if found == name:
            rest = enter.body[:-1]
            plain = all(isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) for one in rest)
            return "only" if plain else "too"
    return ""


def _left(b: FunctionBuilder, info: StructInfo, manager: h.Expr, inside: Inside, span: Span) -> list[h.Stmt]:
    """The body, and the call of `__exit__` after it; a true result keeps the error from going on."""

    def leave() -> h.Expr:
        nothing = tuple(h.Literal(None, span=span, type=NONE) for _ in range(3))
        return special.call(b, info, "__exit__", replace(manager), nothing, span)

    if _never_keeps(info.methods["__exit__"]):
        return [h.Try(inside(), [], [], [h.ExprStmt(leave(), span=span)], span=span)]
    flag = b.fresh("failed", BOOL)
    failed = h.Local(flag, BOOL, span=span, type=BOOL)
    first = h.Assign((failed,), h.Literal(False, span=span, type=BOOL), span=span)
    noted = h.Assign((replace(failed),), h.Literal(True, span=span, type=BOOL), span=span)
    goes_on = h.If(h.Unary("not", leave(), span=span, type=BOOL), [h.Raise(None, span=span)], [], span=span)
    handler = h.Handler(("builtins.BaseException",), None, [noted, goes_on], span=span)
    attempt = h.Try(inside(), [handler], [], [], span=span)
    fine = h.Unary("not", replace(failed), span=span, type=BOOL)
    last = h.If(fine, [h.ExprStmt(leave(), span=span)], [], span=span)
    return [first, h.Try([attempt], [], [], [last], span=span)]


def _never_keeps(leave: ast.FunctionDef) -> bool:
    """Whether `__exit__` gives None or False at every end."""
    values = [one.value for one in ast.walk(leave) if isinstance(one, ast.Return)]
    return all(one is None or (isinstance(one, ast.Constant) and not one.value) for one in values)


# Files --------------------------------------------------------------------------------------------


def _file(b: FunctionBuilder, built: h.Expr, target: ast.expr | None, inside: Inside) -> list[h.Stmt]:
    """`with open(path) as file`: what closes the file is bound beside it, however the body is left.

    No `finally` is needed: Rust drops it. At the end of the body it is asked to, so that an error shows.
    """
    span = built.span
    if isinstance(target, ast.Name) and not isinstance(built, h.Local):
        place = b.expr(target)
        made: list[h.Stmt] = [h.Assign((place,), built, span=span)]
        file: h.Expr = replace(place, type=built.type)
    else:
        made, file = b.held("file", built)
        if target is not None:
            made.append(h.Assign((b.expr(target),), replace(file), span=span))
    body = inside()
    ends = not _leaves(body)
    closing = b.fresh("closing" if ends else "_closing", CLOSING)
    guard = h.Local(closing, CLOSING, span=span, type=CLOSING)
    made.append(h.Assign((guard,), h.CallMethod(file, "__enter__", (), span=span, type=CLOSING), span=span))
    made += body
    if ends:
        made.append(h.ExprStmt(h.CallMethod(replace(guard), "__exit__", (), span=span, type=NONE), span=span))
    return made


def _leaves(body: list[h.Stmt]) -> bool:
    """Whether the end of a block is never reached, as far as its last statement tells."""
    match body[-1] if body else None:
        case h.Return() | h.Raise() | h.Break() | h.Continue():
            return True
        case h.If(body=then, orelse=orelse):
            return _leaves(then) and _leaves(orelse)
        case h.While(test=h.Literal(value=True), body=loop):
            return not any(isinstance(node, h.Break) for node in walk(loop))
        case _:
            return False


# contextlib ---------------------------------------------------------------------------------------


def _suppress(
    b: FunctionBuilder, node: ast.Call, built: h.CallExternal, target: ast.expr | None, inside: Inside
) -> list[h.Stmt]:
    """`with suppress(KeyError):` is `try: … except KeyError: pass`."""
    from portalis.compiler.hir.build_stmt import exception_name

    names = [exception_name(b, one) for one in node.args]
    known = tuple(name for name in names if name is not None)
    if target is not None or len(known) != len(names):
        raise Refusal("PT207", built.span, "`suppress` of these exceptions is not translated")
    if not known:
        return inside()
    handler = h.Handler(known, None, [h.Pass(span=built.span)], span=built.span)
    return [h.Try(inside(), [handler], [], [], span=built.span)]


def _nothing(
    b: FunctionBuilder, node: ast.Call, built: h.CallExternal, target: ast.expr | None, inside: Inside
) -> list[h.Stmt]:
    """`with nullcontext(x) as y:` is `y = x`."""
    value: h.Expr = built.args[0] if built.args else h.Literal(None, span=built.span, type=NONE)
    if built.keywords or len(node.args) > 1:
        raise Refusal("PT207", built.span, "this form of `nullcontext` is not translated")
    made: list[h.Stmt] = [h.ExprStmt(value, span=built.span)]
    if target is not None:
        made = [h.Assign((b.expr(target),), value, span=built.span)]
    return [*made, *inside()]


def _closing(
    b: FunctionBuilder, node: ast.Call, built: h.CallExternal, target: ast.expr | None, inside: Inside
) -> list[h.Stmt]:
    """`with closing(x) as y:` calls `x.close()` at the end."""
    info = special.struct_of(b, built.args[0].type) if len(node.args) == 1 else None
    if info is None or "close" not in info.methods or built.keywords:
        raise Refusal("PT207", built.span, "this form of `closing` is not translated")
    thing = built.args[0]
    if isinstance(target, ast.Name) and not isinstance(thing, h.Local):
        place = b.expr(target)
        made: list[h.Stmt] = [h.Assign((place,), thing, span=built.span)]
        manager: h.Expr = place
    else:
        made, manager = b.held("manager", thing)
        if target is not None:
            made.append(h.Assign((b.expr(target),), replace(manager), span=built.span))
    close = special.call(b, info, "close", replace(manager), (), built.span)
    return [*made, h.Try(inside(), [], [], [h.ExprStmt(close, span=built.span)], span=built.span)]


_OF_CONTEXTLIB = {
    "contextlib.suppress": _suppress,
    "contextlib.nullcontext": _nothing,
    "contextlib.closing": _closing,
}
