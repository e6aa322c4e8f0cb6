"""A chain of `if`s that was a `match` over literals, as Rust's `match`.

if status == 200 { "ok" } else if status == 301 || status == 302 { "moved" } else { "other" }
→  match status { 200 => "ok", 301 | 302 => "moved", _ => "other" }
"""

from __future__ import annotations

from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.flow import ends_never
from portalis.compiler.lowering.value import Form
from portalis.compiler.rust import tree as t
from portalis.compiler.types import BOOL, INT, STR, OptionalOf, Shared

_FEWEST = 2


def as_match(ctx: FunctionContext, chain: t.IfExpr, *, complete: bool = False) -> t.Expr:
    """The chain as a `match`, where its first tests compare one variable with literals; else the chain.

    With `complete`, one of the tests always holds.
    """
    name = ""
    arms: list[t.Arm] = []
    rest: t.Block | t.IfExpr | None = chain
    while isinstance(rest, t.IfExpr):
        found = _patterns(rest.condition)
        if found is None or (name and found[0] != name):
            break
        name = found[0]
        arms.append(t.Arm(" | ".join(found[1]), _body(rest.then)))
        rest = rest.otherwise
    local = next((one for one in ctx.visible() if one.rust == name), None)
    subject = _subject(local) if local is not None else None
    if isinstance(rest, t.IfExpr) or not complete:
        subject = subject if len(arms) >= _FEWEST else None
    elif subject is not None:
        return t.Match(subject, tuple(arms))
    if subject is None:
        return chain
    match rest:
        case None:
            last: t.Expr = t.UNIT
        case t.IfExpr():
            last = rest
        case _:
            last = _body(rest)
    return t.Match(subject, (*arms, t.Arm("_", last)))


def _body(block: t.Block) -> t.Expr:
    match block:
        case t.Block((t.ExprStmt(single),), None) if ends_never(block):
            return single
        case t.Block((), t.BlockExpr() | None):
            return t.BlockExpr(block)
        case t.Block((), tail) if tail is not None:
            return tail
        case _:
            return t.BlockExpr(block)


def _subject(local: Local) -> t.Expr | None:
    """The variable as something that literals are patterns of."""
    path = t.Path(local.rust)
    if local.type in (INT, BOOL, OptionalOf(INT)):
        return path
    if isinstance(local.type, Shared):
        return path if local.form is Form.BORROWED else t.Ref(path)
    if local.type is not STR:
        return None
    plain = local.form in (Form.CHAR, Form.STATIC) or (local.form is Form.BORROWED and not local.whole)
    return path if plain else t.Method(path, "as_str")


def _patterns(condition: t.Expr) -> tuple[str, list[str]] | None:
    """The variable that a condition compares with literals, and these as patterns."""
    match condition:
        case t.Binary("==", t.Path(name), t.Lit(text)):
            return name, [text.removesuffix("_i64")]
        case t.Binary("==", t.Path(name), t.Call(t.Path("Some"), (t.Lit(text),))):
            return name, [f"Some({text.removesuffix('_i64')})"]
        case t.Method(t.Path(name), "is_none", ()):
            return name, ["None"]
        case t.Method(t.Path(name), "is_empty", ()):
            return name, ['""']
        case t.LetCondition(pattern, t.Path(name) | t.Ref(t.Path(name))) if "::" in pattern:
            return name, [pattern]
        case t.Binary("||", left, right):
            one, other = _patterns(left), _patterns(right)
            if one is not None and other is not None and one[0] == other[0]:
                return one[0], [*one[1], *other[1]]
    return None
