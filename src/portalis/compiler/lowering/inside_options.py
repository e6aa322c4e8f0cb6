"""What stands inside an `Option` is changed through `as_mut`, which lends the option until the call is done.

    x.as_mut().unwrap().push(x.as_ref().unwrap().len() as i64)      (refused by rustc)

    let value = x.as_ref().unwrap().len() as i64;
    x.as_mut().unwrap().push(value);

Python looks the variable up before it evaluates the arguments: an argument that may raise comes first only if
it looks the variable up before it raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import leaves, nodes, root
from portalis.compiler.rust.regions import first, substitute
from portalis.diagnostics import Span


def apart(ctx: FunctionContext, stmt: t.Stmt, span: Span) -> list[t.Stmt]:
    """The statement, after bindings of the arguments that read what it lends.

    Raises:
        Refusal: something else is evaluated before them.
    """
    if not isinstance(stmt, t.ExprStmt | t.Let | t.Assign):
        return [stmt]
    for node in nodes(stmt):
        match node:
            case t.Call(args=(head, *rest)) | t.Method(receiver=head, args=rest):
                owner = _lent(head)
            case _:
                continue
        if owner is None or not any(_reads(one, owner) for one in rest):
            continue
        if not first(stmt, node) or not _looks_up_first(rest, owner):
            raise Refusal(
                "PT401", span, "what a variable or field holds is changed while an argument reads it",
                "bind the argument to a name first",
            )  # fmt: skip
        before: list[t.Stmt] = []
        made: list[t.Expr] = []
        for one in rest:
            name = "" if isinstance(one, t.Lit | t.Path | t.Closure) else ctx.fresh("value")
            lazy = isinstance(node, t.Method) and node.name == "extend" and _reads(one, owner)
            value = t.Method(one, "collect", turbofish="Vec<_>") if lazy else one
            before += [t.Let(name, value)] if name else []
            made.append(t.Path(name) if name else one)
        whole = replace(node, args=tuple(made if isinstance(node, t.Method) else [head, *made]))
        return [*before, substitute(stmt, node, whole)]
    return [stmt]


def _lent(place: t.Expr) -> t.Expr | None:
    """The option inside of which the place is."""
    while True:
        match place:
            case t.Method(t.Method(owner, "as_mut", ()), "unwrap", ()):
                return owner
            case t.Method(receiver=inner) | t.Field(base=inner) | t.Index(base=inner):
                place = inner
            case t.Ref(inner) | t.Unary("*", inner) | t.Try(inner):
                place = inner
            case t.Call(args=(inner, *_)):
                place = inner
            case _:
                return None


def _reads(tree: object, owner: t.Expr) -> bool:
    """Whether an expression reads the option, or the whole that has it as a field."""
    if isinstance(tree, tuple):
        return any(_reads(one, owner) for one in tree)
    match tree:
        case t.Field(base=t.Path(name)) if name == root(owner) and tree != owner:
            return False
        case t.Path(name):
            return name == root(owner)
        case _ if hasattr(tree, "__dataclass_fields__"):
            return any(_reads(getattr(tree, name), owner) for name in tree.__dataclass_fields__)
    return False


def _looks_up_first(arguments: Sequence[t.Expr], owner: t.Expr) -> bool:
    """Whether nothing in the arguments raises before the option is known to hold something."""
    for one in arguments:
        seen = next(
            (
                node
                for node in nodes(one)
                if isinstance(node, t.Method) and node.name == "unwrap" and _unwraps(node, owner)
            ),
            None,
        )
        if seen is not None and first(one, seen):
            return True
        if leaves(one):
            return False
    return True


def _unwraps(node: t.Method, owner: t.Expr) -> bool:
    match node.receiver:
        case t.Method(inner, "as_ref" | "as_deref", ()) | inner:
            return inner == owner
