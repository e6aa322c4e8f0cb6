"""Last touches on a function's Rust, so that it reads as written by hand and passes clippy.

    let x = f(y);            →   f(y)                       at the end of a block
    x                        →
    |(i, &flag)| i as i64    →   |(i, _)| i as i64          names that nobody reads
    0 <= x && x <= 9         →   (0..=9).contains(&x)

Every step keeps what the function does: which expressions are evaluated, how often, and in what order.
"""

from __future__ import annotations

import re
from dataclasses import is_dataclass, replace
from typing import TypeVar, cast

from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import lends, nodes
from portalis.compiler.rust.names import needs_mut, pure, unread, uses

T = TypeVar("T")

_REFERENCES = frozenset({"iter", "keys", "values"})
_KEEP_ITEMS = frozenset({"filter", "rev", "skip", "take"})
_TAKE_ITERABLES = frozenset({"zip", "extend", "chain"})
_TAKING = ("chars::", "value::exact_float", "Value::")
_SIMPLE = re.compile(r"(?:mut )?([a-z]\w*)")
_SOME = re.compile(r"Some\(&?([a-z]\w*)\)")


def tidy(body: t.Block) -> t.Block:
    """The body of a function after all steps."""
    return _rewritten(body)


def _rewritten(node: T) -> T:
    """The tree with every step applied, from the leaves up."""
    if isinstance(node, tuple):
        parts = tuple(map(_rewritten, node))
        same = all(new is old for new, old in zip(parts, node, strict=True))
        return node if same else cast("T", parts)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    found = {name: getattr(node, name) for name in node.__dataclass_fields__}
    changed = {name: new for name, old in found.items() if (new := _rewritten(old)) is not old}
    return cast("T", _step(replace(node, **changed) if changed else node))


def _step(node: object) -> object:
    match node:
        case t.Block():
            return _block(node)
        case t.Closure(params, body):
            closure = replace(
                node, params=tuple(unread(p, uses(body)) for p in params), body=_unwrapped(body)
            )
            return _named(closure)
        case t.For(pattern, _, body):
            return _without_index(replace(node, pattern=unread(pattern, uses(body))))
        case t.Arm(pattern, body, guard):
            return replace(node, pattern=unread(pattern, uses(body) | uses(guard)))
        case t.Method():
            return _method(node)
        case t.Ref(t.Unary("*", t.Method(t.Method(name="as_mut"), "unwrap", ()) as lent), mutable=True):
            return lent
        case t.Field(t.Unary("*", t.Method(t.Method(name="as_mut"), "unwrap", ()) as lent)):
            return replace(node, base=lent)
        case t.Binary("&&" | "||"):
            return _in_range(node)
        case t.Binary(
            "==" | "!=" | ">" as op, t.Method(t.Method(text, "chars", ()), "count", ()), t.Lit("0")
        ):
            empty = t.Method(text, "is_empty")
            return empty if op == "==" else t.Unary("!", empty)
        case t.BlockExpr():
            return _held_in_range(node)
        case t.IfExpr():
            return _if(node)
        case _:
            return node


def _unwrapped(body: t.Expr) -> t.Expr:
    """`{ x }` → `x`."""
    match body:
        case t.BlockExpr(t.Block((), tail), "") if tail is not None:
            return tail
        case _:
            return body


def _named(closure: t.Closure) -> t.Expr:
    """`|c| chars::ord(c)` → `chars::ord`, which takes the item itself as the closure does."""
    match closure:
        case t.Closure((name,), t.Call(t.Path(function), (t.Path(same),)), "", False) if (
            name == same and function.startswith(_TAKING)
        ):
            return t.Path(function)
        case _:
            return closure


def _method(node: t.Method) -> t.Expr:
    match node:
        case t.Method(t.Unary("*", t.Method(t.Method(name="as_mut"), "unwrap", ()) as lent)):
            return replace(node, receiver=lent)
        case t.Method(receiver, "map", (t.Closure((name,), t.Method(t.Path(same), "clone", ())),)) if (
            name == same and _yields_references(receiver)
        ):
            return t.Method(receiver, "cloned")
        case t.Method(receiver, "map", (t.Closure((name,), t.Method(t.Path(same), "clone", ())),)) if (
            name == same and _yields_own(receiver)
        ):
            return receiver
        case t.Method(
            t.Method(t.Call(), "into_iter", ()) as made, "map", (t.Closure((pattern,), t.TupleExpr(items)),)
        ) if pattern == f"({', '.join(i.name if isinstance(i, t.Path) else '&' for i in items)})":
            return made
        case t.Method(t.Method(inner, "enumerate", ()), "map", (t.Closure((pattern,)) as closure,)) if (
            rest := _second(pattern)
        ) is not None:
            return t.Method(inner, "map", (replace(closure, params=(rest,)),))
        case t.Method(_, name, (t.Method(inner, "into_iter", ()),)) if name in _TAKE_ITERABLES:
            return replace(node, args=(inner,))
        case _:
            return node


def _second(pattern: str) -> str | None:
    """The rest of a pattern of two parts whose first binds nothing."""
    return pattern[4:-1] if pattern.startswith("(_, ") and pattern.count("(") == 1 else None


def _yields_references(expr: t.Expr) -> bool:
    while isinstance(expr, t.Method) and expr.name in _KEEP_ITEMS:
        expr = expr.receiver
    return isinstance(expr, t.Method) and expr.name in _REFERENCES and not expr.args


def _yields_own(expr: t.Expr) -> bool:
    """Whether the elements are an array's own strings or vectors, made for it."""
    while isinstance(expr, t.Method) and expr.name in _KEEP_ITEMS:
        expr = expr.receiver
    match expr:
        case t.Method(t.ArrayExpr((t.Method(name="to_string" | "clone" | "to_vec"), *_)), "into_iter", ()):
            return True
        case t.Method(t.Call(t.Path(made)), "into_iter", ()):
            return made.startswith("<[_;")
        case _:
            return False


def _without_index(loop: t.For) -> t.For:
    """A position that nobody reads is not counted."""
    match loop.iterable:
        case t.Method(inner, "enumerate", ()) if (rest := _second(loop.pattern)) is not None:
            return replace(loop, pattern=rest, iterable=inner)
        case _:
            return loop


# Ranges ------------------------------------------------------------------------------------------


def _in_range(node: t.Binary) -> t.Expr:
    """Two comparisons of one name with literals, as a range; floats stay where nan would tell."""
    first, before = node.left, None
    if isinstance(first, t.Binary) and first.op == node.op:
        before, first = first.left, first.right
    if not isinstance(first, t.Binary) or not isinstance(node.right, t.Binary):
        return node
    low, high = _bound(first), _bound(node.right)
    if low is None or high is None or low[0] != high[0]:
        return node
    outside = node.op == "||"
    if outside:
        low, high = (low[0], _OPPOSITE[low[1]], low[2]), (high[0], _OPPOSITE[high[1]], high[2])
    if low[1] in ("<", "<="):
        low, high = high, low
    if low[1] != ">=" or high[1] not in ("<", "<=") or (outside and "." in low[2].text + high[2].text):
        return node
    found: t.Expr = _contains(low[2], high[2], t.Path(low[0]), inclusive=high[1] == "<=")
    if outside:
        found = t.Unary("!", found)
    return found if before is None else t.Binary(node.op, before, found)


_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _bound(test: t.Binary) -> tuple[str, str, t.Lit] | None:
    """`x < 9` or `9 > x` as `("x", "<", 9)`."""
    match test:
        case t.Binary(op, t.Path(name), t.Lit() as bound) if op in _OPPOSITE:
            return name, op, bound
        case t.Binary(op, t.Lit() as bound, t.Path(name)) if op in _OPPOSITE:
            return name, _MIRROR[op], bound
        case _:
            return None


_ASCII = {
    ("'a'", "'z'"): "is_ascii_lowercase",
    ("'A'", "'Z'"): "is_ascii_uppercase",
    ("'0'", "'9'"): "is_ascii_digit",
}


def _contains(low: t.Expr, high: t.Expr, item: t.Expr, *, inclusive: bool) -> t.Method:
    if inclusive and isinstance(low, t.Lit) and isinstance(high, t.Lit) and (low.text, high.text) in _ASCII:
        return t.Method(item, _ASCII[low.text, high.text])
    return t.Method(t.Range(low, high, inclusive), "contains", (t.Ref(item),))


def _held_in_range(node: t.BlockExpr) -> t.Expr:
    """`{ let m = f(); 1 <= m && m <= n }` → `(1..=n).contains(&f())`."""
    match node:
        case t.BlockExpr(
            t.Block(
                (t.Let(name, value, "", False, None),),
                t.Binary("&&", t.Binary("<=", low, t.Path(a)), t.Binary("<=" | "<" as op, t.Path(b), high)),
            ),
            "",
        ) if value is not None and name == a == b and pure(low) and pure(high):
            if name not in uses(low) | uses(high) and not any(isinstance(n, t.Assign) for n in nodes(value)):
                return _contains(low, high, value, inclusive=op == "<=")
    return node


# Blocks ------------------------------------------------------------------------------------------


def _if(node: t.IfExpr) -> t.IfExpr:
    match node.condition:
        case t.LetCondition(pattern, value):
            bound = _SOME.fullmatch(pattern)
            if bound is not None and bound[1] not in uses(node.then):
                node = replace(node, condition=t.Method(_lent(value), "is_some"))
            elif bound is None:
                condition = t.LetCondition(unread(pattern, uses(node.then)), value)
                node = replace(node, condition=condition)
    if node.otherwise is None and not isinstance(node.condition, t.LetCondition):
        match node.then:
            case t.Block((t.ExprStmt(t.IfExpr(second, then, None)),), None) | t.Block(
                (), t.IfExpr(second, then, None)
            ) if not isinstance(second, (t.LetCondition, t.BlockExpr)):
                return t.IfExpr(t.Binary("&&", node.condition, second), then)
    match node.otherwise:
        case t.IfExpr(t.BlockExpr(t.Block(stmts), "")) as inner if stmts:
            return replace(node, otherwise=_hoisted(t.Block((), inner)))
        case _:
            return node


def _lent(value: t.Expr) -> t.Expr:
    """The value itself where a method borrows it anyway."""
    return value.operand if isinstance(value, t.Ref) else value


def _block(node: t.Block) -> t.Block:
    block = _without_late(_hoisted(node))
    stmts: list[t.Stmt] = []
    live = uses(block.tail)
    for index in range(len(block.stmts) - 1, -1, -1):
        stmt = block.stmts[index]
        kept = _let(stmt, live, (*block.stmts[index + 1 :], block.tail)) if isinstance(stmt, t.Let) else stmt
        if isinstance(stmt, t.Let) and (simple := _SIMPLE.fullmatch(stmt.pattern)):
            live = live - {simple[1]}
        if kept is not None:
            stmts.insert(0, kept)
            live = live | uses(kept)
    match stmts, block.tail:
        case [*before, t.Let(name, value, "", _, None)], t.Path(same) if name == same and value is not None:
            if not lends(value):  # what a shared instance lends is given back before the block ends
                return t.Block(tuple(before), value)
        case [*before, t.Let(name, t.Call(t.Path("Rc::new")) as made, _, _, None)], t.Path(same) if (
            name == same
        ):
            return t.Block(tuple(before), made)
    return t.Block(tuple(stmts), block.tail)


def _let(stmt: t.Let, live: frozenset[str], after: tuple[object, ...]) -> t.Stmt | None:
    """The binding without what nobody reads; None where nothing is left of it."""
    simple = _SIMPLE.fullmatch(stmt.pattern)
    some = _SOME.fullmatch(stmt.pattern)
    if some is not None and stmt.otherwise is not None and stmt.value is not None and some[1] not in live:
        return t.ExprStmt(t.IfExpr(t.Method(_lent(stmt.value), "is_none"), stmt.otherwise))
    if simple is None:
        return replace(stmt, pattern=unread(stmt.pattern, live)) if stmt.otherwise is None else stmt
    if simple[1] in live:
        unchanging = stmt.mutable and stmt.value is not None and not needs_mut(simple[1], after)
        return replace(stmt, mutable=False) if unchanging else stmt
    if stmt.otherwise is not None:
        return stmt
    if stmt.value is None or pure(stmt.value):
        return None
    return replace(stmt, pattern=f"_{simple[1]}", mutable=False)


def _hoisted(block: t.Block) -> t.Block:
    """`if { let m = f(); g(m) } …` → `let holds = { … }; if holds …`."""
    stmts: list[t.Stmt] = []
    for stmt in block.stmts:
        match stmt:
            case t.ExprStmt(t.IfExpr(t.BlockExpr(t.Block(inner), "") as test) as node) if inner:
                stmts += _named_test(node, test)
            case _:
                stmts.append(stmt)
    match block.tail:
        case t.IfExpr(t.BlockExpr(t.Block(inner), "") as test) as node if inner:
            let, named = _named_test(node, test)
            assert isinstance(named, t.ExprStmt)
            return t.Block((*stmts, let), named.expr)
        case _:
            return t.Block(tuple(stmts), block.tail)


def _named_test(node: t.IfExpr, test: t.BlockExpr) -> tuple[t.Stmt, t.Stmt]:
    name = "holds"
    while name in uses(node):
        name += "_"
    return t.Let(name, test), t.ExprStmt(replace(node, condition=t.Path(name)))


def _without_late(block: t.Block) -> t.Block:
    """`let x: i64; if c { x = 1 } else { x = 2 }` → `let x: i64 = if c { 1 } else { 2 };`."""
    stmts: list[t.Stmt] = []
    for stmt in block.stmts:
        match stmts[-1] if stmts else None, stmt:
            case t.Let(name, None, type_, False, None), t.ExprStmt(t.IfExpr() | t.Match() as node):
                value = _given_arms(node, name) if isinstance(node, t.Match) else _given(node, name)
                if value is not None:
                    stmts[-1] = t.Let(name, value, type_)
                    continue
        stmts.append(stmt)
    return t.Block(tuple(stmts), block.tail)


def _given(node: t.IfExpr, name: str) -> t.IfExpr | None:
    """The `if` as the value that every branch of it assigns last."""
    if node.otherwise is None or name in uses(node.condition):
        return None
    then = _given_block(node.then, name)
    otherwise = (
        _given(node.otherwise, name)
        if isinstance(node.otherwise, t.IfExpr)
        else _given_block(node.otherwise, name)
    )
    return None if then is None or otherwise is None else t.IfExpr(node.condition, then, otherwise)


def _given_arms(node: t.Match, name: str) -> t.Match | None:
    """The `match` as the value that every arm of it assigns last."""
    if name in uses(node.subject):
        return None
    arms: list[t.Arm] = []
    for arm in node.arms:
        block = _given_block(arm.body.block, name) if isinstance(arm.body, t.BlockExpr) else None
        if block is None or block.tail is None or (arm.guard is not None and name in uses(arm.guard)):
            return None
        arms.append(replace(arm, body=t.BlockExpr(block) if block.stmts else block.tail))
    return replace(node, arms=tuple(arms))


def _given_block(block: t.Block, name: str) -> t.Block | None:
    match block:
        case t.Block((*before, t.Assign(t.Path(target), value, "")), None) if target == name:
            if any(name in uses(stmt) for stmt in before) or name in uses(value):
                return None
            return t.Block(tuple(before), value)
        case t.Block((*before, t.ExprStmt(t.IfExpr() as inner)), None):
            if any(name in uses(stmt) for stmt in before):
                return None
            tail = _given(inner, name)
            return None if tail is None else t.Block(tuple(before), tail)
        case _:
            return None
