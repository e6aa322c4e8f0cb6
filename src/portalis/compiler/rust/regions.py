"""Where in a statement something stands: what is evaluated before it, and how long a borrow is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import LENDING, nodes


def lending(root: object) -> Iterator[t.Accessor]:
    for node in nodes(root):
        if isinstance(node, t.Accessor) and node.access in LENDING:
            yield node


def own_lending(root: Any) -> Iterator[t.Accessor]:
    """The borrows that last as long as the region does."""
    pending = [root]
    while pending:
        node = pending.pop()
        match node:
            case t.Closure() | t.Block() | t.Binary(op="&&" | "||"):
                continue
            case t.IfExpr(condition=condition) if not isinstance(condition, t.LetCondition):
                continue
            case t.Accessor(access=access) if access in LENDING:
                yield node
        if isinstance(node, tuple):
            pending.extend(reversed(node))
        elif is_dataclass(node) and not isinstance(node, type):
            pending.extend(getattr(node, one.name) for one in reversed(fields(node)))


def stores(node: object) -> bool:
    return isinstance(node, t.Accessor) and node.access is t.Access.STORE


def chain(root: Any, target: object) -> list[Any]:
    """The nodes from the root down to one node, by identity."""
    if root is target:
        return [root]
    parts: list[Any] = []
    if isinstance(root, tuple):
        parts = list(root)
    elif is_dataclass(root) and not isinstance(root, type):
        parts = [getattr(root, one.name) for one in fields(root)]
    for part in parts:
        below = chain(part, target)
        if below:
            return below if isinstance(root, tuple) else [root, *below]
    return []


def substitute(root: Any, target: object, new: t.Expr) -> Any:
    """The tree with one node, by identity, replaced."""
    if root is target:
        return new
    if isinstance(root, tuple):
        parts = tuple(substitute(part, target, new) for part in root)
        return root if all(a is b for a, b in zip(parts, root, strict=True)) else parts
    if is_dataclass(root) and not isinstance(root, type):
        changes = {one.name: getattr(root, one.name) for one in fields(root)}
        made = {name: substitute(value, target, new) for name, value in changes.items()}
        return root if all(made[name] is value for name, value in changes.items()) else replace(root, **made)
    return root


def arguments(node: object) -> tuple[t.Expr, ...]:
    """What a node evaluates after its first part."""
    match node:
        case t.Method(args=args):
            return args
        case t.Call(args=args):
            return args
        case t.Index(index=index):
            return (index,)
        case t.Assign(value=value):
            return (value,)
        case _:
            return ()


def first(root: Any, target: object) -> bool:
    """Whether nothing that acts is evaluated before the node."""
    found = chain(root, target)
    for outer, inner in pairwise(found):
        before = _before(outer, inner)
        if before is None:
            return False
        if any(isinstance(part, (t.Call, t.Method, t.Macro, t.Try)) for one in before for part in nodes(one)):
            return False
    return True


def _before(node: Any, inner: Any) -> tuple[t.Expr, ...] | None:
    """What a node evaluates before one of its parts; None where it may not evaluate the part."""
    match node:
        case t.Let() | t.ExprStmt() | t.Return() | t.Try() | t.Unary() | t.Ref() | t.Cast() | t.Field():
            return ()
        case t.Match(subject=subject) if inner is subject:
            return ()
        case t.Binary(op="&&" | "||", right=right) if inner is right:
            return None
    parts = _in_order(node)
    if parts is None:
        return None
    found: list[t.Expr] = []
    for part in parts:
        if part is inner:
            break
        found.append(part)
    return tuple(found)


def _in_order(node: Any) -> tuple[t.Expr, ...] | None:
    """The parts of a node as they are evaluated."""
    match node:
        case t.Method(receiver=receiver, args=args):
            return (receiver, *args)
        case t.Call(args=args) | t.Macro(args=args):
            return args
        case t.Binary(left=left, right=right):
            return (left, right)
        case t.Index(base=left, index=right):
            return (left, right)
        case t.Range(low=low, high=high):
            return tuple(one for one in (low, high) if one is not None)
        case t.Assign(target=target, value=value):
            return (value, target)
        case t.TupleExpr(items=items) | t.ArrayExpr(items=items):
            return items
        case t.StructExpr(fields=given):
            return tuple(value for _, value in given)
        case _:
            return None
