"""Questions about a Rust tree: which names it mentions, and whether evaluating it may leave its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from portalis.compiler.rust import tree as t


def nodes(tree: object) -> Iterator[object]:
    """Every node of a tree, itself included, closures and blocks too."""
    pending = [tree]
    while pending:
        current = pending.pop()
        if isinstance(current, tuple):
            pending.extend(reversed(current))
        elif hasattr(current, "__dataclass_fields__"):
            yield current
            pending.extend(getattr(current, name) for name in reversed(current.__dataclass_fields__))


def leaves(expr: t.Expr) -> bool:
    """Whether evaluating the expression may end in `?`, `return` or `break` instead of a value."""
    return any(isinstance(node, (t.Try, t.Return, t.Break)) for node in nodes(expr))


def acts(expr: t.Expr) -> bool:
    """Whether evaluating the expression may raise or change something, so that its turn can be seen."""
    return leaves(expr) or any(
        isinstance(node, (t.Call, t.Assign)) or (isinstance(node, t.Ref) and node.mutable)
        for node in nodes(expr)
    )


LENDING = (t.Access.LEND, t.Access.LEND_MUT)


def lends(tree: object) -> bool:
    """Whether a borrow of a shared instance is held while the value is used."""
    return any(isinstance(node, t.Accessor) and node.access in LENDING for node in nodes(tree))


def mentions(expr: t.Expr, name: str) -> bool:
    """Whether the expression names a variable."""
    return any(isinstance(node, t.Path) and node.name == name for node in nodes(expr))


def root(place: t.Expr) -> str | None:
    """The variable that a place (`a`, `a[i]`, `a.0`) goes back to."""
    while True:
        match place:
            case t.Path(name):
                return name
            case t.Index(base=inner) | t.Field(base=inner) | t.Unary("*", inner):
                place = inner
            case _:
                return None


def uncast(expr: t.Expr) -> t.Expr:
    """`Rc::new(f) as Rc<dyn Fn(…)>` without the cast, where Rust knows the type that is wanted."""
    match expr:
        case t.Cast(t.Call(t.Path("Rc::new") as make, (t.Closure(params) as closure,)), _):
            untyped = tuple(param.partition(": ")[0] for param in params)
            return t.Call(make, (replace(closure, params=untyped),))
        case t.Cast(inner, type_) if type_.startswith("Rc<dyn "):
            return inner
        case t.BlockExpr(block, label):
            return t.BlockExpr(_uncast_tail(block), label)
        case t.IfExpr(condition, then, otherwise):
            last = _uncast_tail(otherwise) if isinstance(otherwise, t.Block) else otherwise
            if isinstance(last, t.IfExpr):
                last = cast("t.IfExpr", uncast(last))
            return t.IfExpr(condition, _uncast_tail(then), last)
        case t.Call(t.Path("Some") as some, (inner,)):
            return t.Call(some, (uncast(inner),))
        case t.Ref(inner, False):
            return t.Ref(uncast(inner))
        case t.ArrayExpr(items):
            return t.ArrayExpr(tuple(map(uncast, items)))
        case t.Macro("vec", items, delimiters, repeat):
            return t.Macro("vec", tuple(map(uncast, items)), delimiters, repeat)
        case _:
            return expr


def _uncast_tail(block: t.Block) -> t.Block:
    return block if block.tail is None else t.Block(block.stmts, uncast(block.tail))
