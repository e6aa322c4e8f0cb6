"""`re`: module functions with literal patterns, compiled patterns from constants, matches."""

from __future__ import annotations

import re

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.freeze import raw_string
from portalis.compiler.lowering.value import MAX_LEN, Form, Range, Value, lit_int, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.re_pattern import TranslatedPattern, UnsupportedPattern, analyse, template
from portalis.compiler.types import INT, STR, Instance, ListOf, OptionalOf, TupleOf, Type
from portalis.diagnostics import Span

PATTERN = Instance("re.Pattern", (STR,))
MATCH = Instance("re.Match", (STR,))
_FIND = {"match": "match_", "fullmatch": "fullmatch", "search": "search"}
_TEST = {"match": "is_match", "fullmatch": "is_fullmatch", "search": "is_found"}


def _source(ctx: FunctionContext, node: h.Expr) -> tuple[str, int] | None:
    """The pattern and flags behind an expression: a constant, a literal, or `re.compile` of one."""
    match node:
        case h.GlobalName(module=module, name=name):
            value = ctx.project.constants.get((module, name))
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                return value.pattern, value.flags
        case h.Literal(value=str(text)):
            return text, 0
        case h.CallExternal(fullname="re.compile", args=(h.Literal(value=str(text)),), keywords=keywords) if (
            not keywords
        ):
            return text, 0
    return None


def _analysed(ctx: FunctionContext, node: h.Expr, flags: int = 0) -> TranslatedPattern:
    source = _source(ctx, node)
    if source is None:
        raise Refusal("PT302", node.span, "only literal patterns and compiled constants are translated")
    try:
        return analyse(source[0], source[1] | flags)
    except UnsupportedPattern as reason:
        raise Refusal("PT302", node.span, f"the regular expression: {reason}") from None


def _regex(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    """The compiled pattern as `&Regex`; a literal becomes a `static` of its block."""
    if isinstance(node, h.GlobalName):
        return t.Ref(ctx.expr(node).expr)
    translated = _analysed(ctx, node)
    ctx.runtime.add("re")
    return t.Ref(t.Path(ctx.pattern_static(raw_string(translated.text))))


def _pattern_call(node: h.Expr) -> tuple[h.Expr, str, tuple[h.Expr, ...], dict[str, h.Expr]] | None:
    """`PATTERN.method(args)` and `re.function(pattern, args)` alike."""
    match node:
        case h.CallMethod(receiver=receiver, method=method, args=args, keywords=keywords):
            return receiver, method, args, keywords
        case h.CallExternal(fullname=fullname, args=(pattern, *args), keywords=keywords) if (
            fullname.startswith("re.")
        ):
            return pattern, fullname.removeprefix("re."), tuple(args), keywords
    return None


def truth_of_match(ctx: FunctionContext, node: h.CallMethod) -> t.Expr | None:
    """`if PATTERN.match(s):` asks only whether there is a match."""
    if node.receiver.type != PATTERN or len(node.args) != 1 or node.keywords:
        return None
    text = coerce.borrowed(ctx, ctx.expr(node.args[0]), STR, node.span)
    return ctx.rt(f"re::{_TEST[node.method]}", _regex(ctx, node.receiver), text)


def lower_pattern_call(ctx: FunctionContext, node: h.Expr) -> Value:
    """Everything a pattern can be asked."""
    found = _pattern_call(node)
    assert found is not None
    pattern, method, args, keywords = found
    if keywords:
        raise Refusal("PT305", node.span, f"keyword arguments of `{method}` are not translated")
    if method in _FIND and len(args) == 1:
        value = ctx.expr(args[0])
        text = coerce.borrowed(ctx, value, STR, node.span)
        call = ctx.rt(f"re::{_FIND[method]}", _regex(ctx, pattern), text)
        return Value(
            call, OptionalOf(MATCH), temporary=value.form in (Form.OWNED, Form.CHAR) or value.temporary
        )
    if method == "findall" and len(args) == 1:
        return _find_all(ctx, pattern, args[0], node.span)
    if method == "split" and len(args) == 1:
        translated = _analysed(ctx, pattern)
        text = coerce.borrowed(ctx, ctx.expr(args[0]), STR, node.span)
        name, elem = ("split", STR) if not translated.groups else ("split_groups", OptionalOf(STR))
        return Value(ctx.rt(f"re::{name}", _regex(ctx, pattern), text, t.Lit("0")), ListOf(elem))
    if method == "sub" and len(args) in (2, 3):
        return _sub(ctx, pattern, args, node)
    raise Refusal("PT301", node.span, f"`re` method `{method}` is not translated in this form")


def _find_all(ctx: FunctionContext, pattern: h.Expr, subject: h.Expr, span: Span) -> Value:
    groups = _analysed(ctx, pattern).groups
    text = coerce.borrowed(ctx, ctx.expr(subject), STR, span)
    if groups <= 1:
        return Value(ctx.rt("re::find_all", _regex(ctx, pattern), text), ListOf(STR))
    names = [chr(ord("a") + i) for i in range(groups)]
    call = ctx.rt(f"re::find_all_groups::<{groups}>", _regex(ctx, pattern), text)
    turned = t.Closure((f"[{', '.join(names)}]",), t.TupleExpr(tuple(map(t.Path, names))))
    items = t.Method(t.Method(call, "into_iter"), "map", (turned,))
    type_ = ListOf(TupleOf((STR,) * groups))
    return Value(t.Method(items, "collect", (), ctx.rust_type(type_, span)), type_)


def _sub(ctx: FunctionContext, pattern: h.Expr, args: tuple[h.Expr, ...], node: h.Expr) -> Value:
    source = _source(ctx, pattern)
    text = coerce.borrowed(ctx, ctx.expr(args[1]), STR, node.span)
    count = ctx.i64(args[2]) if len(args) == 3 else t.Lit("0")
    replacement = args[0]
    if not isinstance(replacement, h.Literal) or not isinstance(replacement.value, str) or source is None:
        raise Refusal("PT302", node.span, "`sub` is translated for a literal replacement")
    try:
        pieces = template(replacement.value, *source)
    except UnsupportedPattern as reason:
        raise Refusal("PT302", node.span, f"the replacement: {reason}") from None
    if all(isinstance(piece, str) for piece in pieces):
        plain = "".join(str(piece) for piece in pieces)
        if "\\" not in plain:
            return Value(ctx.rt("re::sub", _regex(ctx, pattern), lit_str(plain), text, count), STR)
    entries = tuple(
        t.Call(t.Path("re::Piece::Text"), (lit_str(piece),)) if isinstance(piece, str)
        else t.Call(t.Path("re::Piece::Group"), (lit_int(piece),))
        for piece in pieces
    )  # fmt: skip
    return Value(
        ctx.rt("re::sub_template", _regex(ctx, pattern), t.Ref(t.ArrayExpr(entries)), text, count), STR
    )


def lower_match_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`m.group(1)`, `m.groups()`, `m.start()` …"""
    pattern = ctx.match_patterns.get(receiver.local or "")
    match node.method, node.args:
        case "group", ():
            return _group(ctx, receiver, 0, pattern)
        case "group", (h.Literal(value=int(index)),):
            return _group(ctx, receiver, index, pattern)
        case "group", (h.Literal(value=str(name)),):
            return _group(ctx, receiver, _named(pattern, name, node.span), pattern)
        case ("start" | "end", ()):
            return Value(t.Method(receiver.expr, node.method, (t.Lit("0"),)), INT, range=Range(0, MAX_LEN))
        case ("start" | "end", (h.Literal(value=int(index)),)):
            return Value(
                t.Method(receiver.expr, node.method, (lit_int(index),)), INT, range=Range(-1, MAX_LEN)
            )
        case "span", ():
            return Value(t.Method(receiver.expr, "span", (t.Lit("0"),)), TupleOf((INT, INT)))
        case "groups", () if pattern is not None:
            return _groups(ctx, receiver, pattern)
        case _:
            raise Refusal("PT301", node.span, f"`{node.method}` of a match is not translated in this form")


def _named(pattern: TranslatedPattern | None, name: str, span: Span) -> int:
    if pattern is None or name not in pattern.names:
        raise Refusal("PT302", span, f"the group `{name}` is not known here")
    return pattern.names[name]


def _group(ctx: FunctionContext, receiver: Value, index: int, pattern: TranslatedPattern | None) -> Value:
    if pattern is not None and not 0 <= index <= pattern.groups:
        raise Refusal("PT302", ctx.function.span, f"the pattern has no group {index}")
    if index == 0 or (pattern is not None and index in pattern.required):
        return Value(t.Method(receiver.expr, "text", (lit_int(index),)), STR, Form.BORROWED)
    return Value(t.Method(receiver.expr, "group", (lit_int(index),)), OptionalOf(STR), Form.BORROWED)


def _groups(ctx: FunctionContext, receiver: Value, pattern: TranslatedPattern) -> Value:
    """All groups as a tuple."""
    values = [_group(ctx, receiver, index, pattern) for index in range(1, pattern.groups + 1)]
    parts = tuple(coerce.owned(ctx, v, v.type, ctx.function.span) for v in values)
    return Value(t.TupleExpr(parts), TupleOf(tuple(v.type for v in values)))


def pattern_of(ctx: FunctionContext, node: h.Expr) -> TranslatedPattern | None:
    """The pattern whose match an expression is, so that its groups are known by name and number."""
    found = _pattern_call(node)
    if found is None or found[1] not in _FIND:
        return None
    try:
        return _analysed(ctx, found[0])
    except Refusal:
        return None


def _module_function(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    return lower_pattern_call(ctx, node)


SPECIAL = {
    f"re.{name}": _module_function for name in ("match", "fullmatch", "search", "findall", "split", "sub")
}
