"""Arguments of runtime functions: what one borrows to change, none after it may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalis.compiler.lowering.value import Form
from portalis.compiler.rust import inspect
from portalis.compiler.rust import tree as t

if TYPE_CHECKING:
    from portalis.compiler.lowering.context import FunctionContext

_READERS = frozenset(
    [
        *(f"seq::{name}" for name in ("at", "at_tuple", "index_of", "count", "concat", "repeat")),
        *(f"seq::slice{kind}" for kind in ("", "_by", "_step", "_between")),
        "dict::get_item", "collections::deque_at", "collections::count_of", "bisect::left", "bisect::right",
    ]
)  # fmt: skip
"""Runtime functions that only read their first argument, however it is held."""


def runtime_arguments(
    ctx: FunctionContext, path: str, args: tuple[t.Expr, ...]
) -> tuple[tuple[t.Expr, ...], tuple[t.Stmt, ...]]:
    """The arguments of a runtime function, and what has to be bound before the call."""
    return (args, ()) if path in _READERS else unborrowed(ctx, args)


def unborrowed(
    ctx: FunctionContext, args: tuple[t.Expr, ...]
) -> tuple[tuple[t.Expr, ...], tuple[t.Stmt, ...]]:
    """Arguments that read what one before them borrows as `&mut`, under names bound before the call.

    pop_at(&mut xs, xs.len() as i64 - 1)   →   { let index = xs.len() as i64 - 1; pop_at(&mut xs, index) }
    """
    for at, argument in enumerate(args[:-1]):
        name = _lent(ctx, argument)
        if name is not None and any(inspect.mentions(later, name) for later in args[at + 1 :]):
            return _held(ctx, args, at, name)
    return args, ()


def _lent(ctx: FunctionContext, argument: t.Expr) -> str | None:
    """The variable that an argument lends as `&mut`."""
    match argument:
        case t.Ref(place, mutable=True):
            return inspect.root(place)
        case t.Path(name) if any(x.rust == name and x.form is Form.MUTREF for x in ctx.visible()):
            return name
        case _:
            return None


def _held(
    ctx: FunctionContext, args: tuple[t.Expr, ...], lent: int, name: str
) -> tuple[tuple[t.Expr, ...], tuple[t.Stmt, ...]]:
    """The arguments after the lent one under names, those that read it or can raise, in their order."""
    before: list[t.Stmt] = []
    passed = list(args[: lent + 1])
    for argument in args[lent + 1 :]:
        if inspect.mentions(argument, name) or inspect.leaves(argument):
            held = ctx.fresh("index")
            before += _outlived(ctx, argument, held)
            argument = t.Path(held)
        passed.append(argument)
    return tuple(passed), tuple(before)


def _outlived(ctx: FunctionContext, argument: t.Expr, held: str) -> list[t.Stmt]:
    """An argument under a name; what it makes and looks into lives as long as the name.

    let index = hashed(&first()?)?;   →   let made = first()?; let index = hashed(&made)?;
    """
    match argument:
        case t.Try(t.Call(function, (t.Ref(operand, mutable=False),))) if not isinstance(
            operand, (t.Path, t.Field, t.Index)
        ):
            made = ctx.fresh("made")
            call = t.Try(t.Call(function, (t.Ref(t.Path(made)),)))
            return [t.Let(made, operand), t.Let(held, call)]
        case _:
            return [t.Let(held, argument)]
