"""`re`: functions and compiled patterns, matches and their groups."""

from __future__ import annotations

from dataclasses import dataclass

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext, Raising
from portalis.compiler.lowering.freeze import raw_string
from portalis.compiler.lowering.value import MAX_LEN, Form, Range, Value, lit_int, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.re_computed import built
from portalis.compiler.stdlib.re_pattern import TranslatedPattern, UnsupportedPattern, template
from portalis.compiler.stdlib.re_source import analysed, computed, flags_of, source
from portalis.compiler.types import INT, STR, DictOf, Instance, ListOf, OptionalOf, TupleOf, Type
from portalis.diagnostics import Span

PATTERN = Instance("re.Pattern", (STR,))
MATCH = Instance("re.Match", (STR,))
_FIND = {"match": "match_", "fullmatch": "fullmatch", "search": "search"}
_TEST = {"match": "is_match", "fullmatch": "is_fullmatch", "search": "is_found"}


_SUBJECT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("match", "fullmatch", "search", "findall", "finditer"), ("string",)),
    "split": ("string", "maxsplit"),
    **dict.fromkeys(("sub", "subn"), ("repl", "string", "count")),
}
"""The parameters after the pattern."""


@dataclass(frozen=True, slots=True)
class _Call:
    """`PATTERN.method(args)` and `re.function(pattern, args)` alike; None for arguments left out."""

    pattern: h.Expr
    method: str
    args: tuple[h.Expr | None, ...]
    flags: int
    span: Span


def _pattern_call(node: h.Expr) -> _Call | None:
    """What a call asks a pattern; None for other calls. Raises Refusal where the arguments don't fit."""
    match node:
        case h.CallMethod(receiver=pattern, method=method, args=args, keywords=keywords) if (
            method in _SUBJECT
        ):
            names = _SUBJECT[method]
        case h.CallExternal(fullname=fullname, args=(pattern, *rest), keywords=keywords) if (
            fullname.startswith("re.") and fullname.removeprefix("re.") in _SUBJECT
        ):
            method, args = fullname.removeprefix("re."), tuple(rest)
            names = (*_SUBJECT[method], "flags")
        case _:
            return None
    found = dict(zip(names, args, strict=False)) | keywords
    flags = flags_of(found.get("flags"))
    if len(args) > len(names) or set(found) - set(names) or flags is None or not set(names[:1]) <= set(found):
        raise Refusal("PT305", node.span, f"this form of `{method}` is not translated")
    return _Call(pattern, method, tuple(found.get(name) for name in _SUBJECT[method]), flags, node.span)


def _regex(ctx: FunctionContext, call: _Call) -> t.Expr:
    """The compiled pattern as `&Regex`; a literal becomes a `static` of its block."""
    node = call.pattern
    if isinstance(node, h.GlobalName) and not call.flags:
        value = ctx.expr(node)
        if value.type == PATTERN:
            return t.Ref(value.expr)
    if isinstance(node, h.Local) and node.type == PATTERN and not call.flags:
        return t.Ref(ctx.expr(node).expr)
    translated = analysed(ctx, node, call.flags)
    if (parts := computed(ctx, node)) is not None:
        known = source(ctx, node)
        return t.Ref(built(ctx, parts, translated, call.flags | (known[1] if known else 0), node))
    ctx.runtime.add("re")
    return t.Ref(t.Path(ctx.pattern_static(raw_string(translated.text))))


def truth_of_match(ctx: FunctionContext, node: h.Expr) -> t.Expr | None:
    """`if PATTERN.match(s):` asks only whether there is a match."""
    if isinstance(node, h.CallMethod) and node.receiver.type != PATTERN:
        return None
    call = _pattern_call(node)
    if call is None or call.method not in _TEST:
        return None
    return ctx.rt(f"re::{_TEST[call.method]}", _regex(ctx, call), _text(ctx, call, "string"))


def _text(ctx: FunctionContext, call: _Call, name: str) -> t.Expr:
    """The text that is looked through."""
    node = call.args[_SUBJECT[call.method].index(name)]
    if node is None:
        raise Refusal("PT305", call.span, f"this form of `{call.method}` is not translated")
    return coerce.borrowed(ctx, ctx.expr(node), STR, call.span)


def _limit(ctx: FunctionContext, call: _Call) -> t.Expr:
    """`maxsplit` or `count`, 0 where there is none."""
    node = call.args[-1]
    return ctx.i64(node) if node is not None else t.Lit("0")


def lower_pattern_call(ctx: FunctionContext, node: h.Expr) -> Value:
    """Everything a pattern can be asked."""
    call = _pattern_call(node)
    if call is None:
        raise Refusal("PT301", node.span, "this method of a pattern is not translated")
    match call.method:
        case "findall":
            return _find_all(ctx, call)
        case "split":
            groups = analysed(ctx, call.pattern, call.flags).groups
            name, elem = ("split", STR) if not groups else ("split_groups", OptionalOf(STR))
            text = _text(ctx, call, "string")
            return Value(ctx.rt(f"re::{name}", _regex(ctx, call), text, _limit(ctx, call)), ListOf(elem))
        case "sub" | "subn":
            return _sub(ctx, call)
        case "finditer":
            raise Refusal("PT214", node.span, "`finditer` is only translated where it is iterated at once")
    (subject,) = call.args
    assert subject is not None
    value = ctx.expr(subject)
    text = coerce.borrowed(ctx, value, STR, node.span)
    found = ctx.rt(f"re::{_FIND[call.method]}", _regex(ctx, call), text)
    own = value.form in (Form.OWNED, Form.CHAR) or value.temporary
    return Value(found, OptionalOf(MATCH), temporary=own)


def found_in(ctx: FunctionContext, node: h.Expr) -> tuple[t.Expr, TranslatedPattern] | None:
    """The matches of `finditer` as an iterator, with their pattern; None for another call."""
    if isinstance(node, h.CallMethod) and node.receiver.type != PATTERN:
        return None
    call = _pattern_call(node)
    if call is None or call.method != "finditer":
        return None
    (subject,) = call.args
    if not isinstance(subject, (h.Local, h.Literal)):
        raise Refusal("PT214", node.span, "`finditer` is translated over a variable", "give the text a name")
    call_ = ctx.rt("re::find_iter", _regex(ctx, call), _text(ctx, call, "string"))
    return call_, analysed(ctx, call.pattern, call.flags)


def _find_all(ctx: FunctionContext, call: _Call) -> Value:
    groups = analysed(ctx, call.pattern, call.flags).groups
    text = _text(ctx, call, "string")
    if groups <= 1:
        return Value(ctx.rt("re::find_all", _regex(ctx, call), text), ListOf(STR))
    names = [chr(ord("a") + i) for i in range(groups)]
    found = ctx.rt(f"re::find_all_groups::<{groups}>", _regex(ctx, call), text)
    turned = t.Closure((f"[{', '.join(names)}]",), t.TupleExpr(tuple(map(t.Path, names))))
    items = t.Method(t.Method(found, "into_iter"), "map", (turned,))
    type_ = ListOf(TupleOf((STR,) * groups))
    return Value(t.Method(items, "collect", (), ctx.rust_type(type_, call.span)), type_)


def _sub(ctx: FunctionContext, call: _Call) -> Value:
    known, replacement = source(ctx, call.pattern), call.args[0]
    if isinstance(replacement, h.Lambda) and call.method == "sub":
        return _sub_with(ctx, call, replacement)
    if not isinstance(replacement, h.Literal) or not isinstance(replacement.value, str) or known is None:
        raise Refusal("PT302", call.span, "`sub` is translated for a literal replacement or a lambda")
    try:
        pieces = template(replacement.value, known[0], known[1] | call.flags)
    except UnsupportedPattern as reason:
        raise Refusal("PT302", call.span, f"the replacement: {reason}") from None
    regex, text, count = _regex(ctx, call), _text(ctx, call, "string"), _limit(ctx, call)
    if all(isinstance(piece, str) for piece in pieces):
        plain = "".join(str(piece) for piece in pieces)
        if "\\" not in plain:
            type_: Type = STR if call.method == "sub" else TupleOf((STR, INT))
            return Value(ctx.rt(f"re::{call.method}", regex, lit_str(plain), text, count), type_)
    if call.method == "subn":
        raise Refusal("PT302", call.span, "`subn` with a template is not translated")
    entries = tuple(
        t.Call(t.Path("re::Piece::Text"), (lit_str(piece),)) if isinstance(piece, str)
        else t.Call(t.Path("re::Piece::Group"), (lit_int(piece),))
        for piece in pieces
    )  # fmt: skip
    return Value(ctx.rt("re::sub_template", regex, t.Ref(t.ArrayExpr(entries)), text, count), STR)


def _sub_with(ctx: FunctionContext, call: _Call, function: h.Lambda) -> Value:
    """`sub(lambda m: …, text)`: each match is replaced by what the function gives."""
    if len(function.params) != 1:
        raise Refusal("PT305", function.span, "a replacement takes one argument, the match")
    name = function.params[0][0]
    pattern = analysed(ctx, call.pattern, call.flags)
    regex, text, count = _regex(ctx, call), _text(ctx, call, "string"), _limit(ctx, call)
    outer = ctx.match_patterns.get(name)
    ctx.closure_depth += 1
    try:
        with ctx.frame(), ctx.errors_to(Raising()):
            local = ctx.declare(name, MATCH, Form.BORROWED)
            local.form = Form.BORROWED
            ctx.match_patterns[name] = pattern
            value = coerce.owned(ctx, ctx.expr(function.body, STR), STR, function.span)
            rust = local.rust
    finally:
        ctx.closure_depth -= 1
        ctx.match_patterns.pop(name, None)
        if outer is not None:
            ctx.match_patterns[name] = outer
    closure = t.Closure((rust,), t.Call(t.Path("Ok"), (value,)))
    return Value(ctx.rt_try("re::sub_with", regex, closure, text, count), STR)


def lower_match_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`m.group(1)`, `m.groups()`, `m.start()` …"""
    pattern = _pattern_behind(ctx, node.receiver)
    if node.keywords:
        raise Refusal("PT305", node.span, f"keyword arguments of `{node.method}` are not translated")
    match node.method, node.args:
        case "group", ():
            return _group(ctx, receiver, 0, pattern)
        case ("group", (h.Literal(value=int() | str() as group),)):
            return _group(ctx, receiver, _number(pattern, group, node.span), pattern)
        case ("group", args) if all(isinstance(arg, h.Literal) for arg in args):
            numbers = [_number(pattern, arg.value, node.span) for arg in args if isinstance(arg, h.Literal)]
            return _together(ctx, [_group(ctx, receiver, number, pattern) for number in numbers])
        case ("start" | "end" | "span" as name, ()):
            return _place(receiver, name, 0)
        case ("start" | "end" | "span" as name, (h.Literal(value=int() | str() as group),)):
            number = _number(pattern, group, node.span)
            _known(ctx, pattern, number)
            return _place(receiver, name, number)
        case "groups", () if pattern is not None:
            return _together(ctx, [_group(ctx, receiver, i, pattern) for i in range(1, pattern.groups + 1)])
        case ("groups", (default,)) if pattern is not None and default.type is STR:
            given = coerce.borrowed(ctx, ctx.expr(default), STR, node.span)
            values = [_group(ctx, receiver, i, pattern) for i in range(1, pattern.groups + 1)]
            return _together(ctx, [_or(value, given) for value in values])
        case "groupdict", () if pattern is not None:
            sure = set(pattern.names.values()) <= pattern.required
            entries = [t.TupleExpr((lit_str(n), lit_int(at))) for n, at in pattern.names.items()]
            table = t.Ref(t.ArrayExpr(tuple(entries)))
            call = ctx.rt("re::named_groups" if sure else "re::group_dict", _lent(receiver), table)
            return Value(call, DictOf(STR, STR if sure else OptionalOf(STR)))
        case _:
            raise Refusal("PT301", node.span, f"`{node.method}` of a match is not translated in this form")


def _pattern_behind(ctx: FunctionContext, node: h.Expr) -> TranslatedPattern | None:
    """The pattern of the match that a variable holds, where it is known."""
    return ctx.match_patterns.get(node.name) if isinstance(node, h.Local) else None


def lower_match_part(ctx: FunctionContext, node: h.Attribute, receiver: Value) -> Value:
    """`m.lastgroup` and `m.lastindex`, of patterns whose groups follow each other and don't repeat; `m.string`."""
    pattern = _pattern_behind(ctx, node.value)
    if node.name == "string":
        return Value(t.Method(receiver.expr, "string"), STR, Form.BORROWED)
    if pattern is None or not pattern.in_row or node.name not in ("lastgroup", "lastindex"):
        raise Refusal("PT301", node.span, f"`{node.name}` of this match is not translated")
    if node.name == "lastindex":
        return Value(t.Method(receiver.expr, "last_index"), OptionalOf(INT))
    entries = [t.TupleExpr((lit_str(n), lit_int(at))) for n, at in pattern.names.items()]
    call = ctx.rt("re::last_group", _lent(receiver), t.Ref(t.ArrayExpr(tuple(entries))))
    return Value(call, OptionalOf(STR), Form.BORROWED)


def _lent(receiver: Value) -> t.Expr:
    return receiver.expr if receiver.form in (Form.BORROWED, Form.MUTREF) else t.Ref(receiver.expr)


def _place(receiver: Value, name: str, group: int) -> Value:
    """`m.start(group)`, `m.end(group)` and `m.span(group)`, in code points."""
    call = t.Method(receiver.expr, name, (lit_int(group),))
    if name == "span":
        return Value(call, TupleOf((INT, INT)))
    return Value(call, INT, range=Range(0 if group == 0 else -1, MAX_LEN))


def _number(pattern: TranslatedPattern | None, group: object, span: Span) -> int:
    """The number of a group that is given by number or name."""
    return _named(pattern, group, span) if isinstance(group, str) else int(str(group))


def _known(ctx: FunctionContext, pattern: TranslatedPattern | None, index: int) -> None:
    if pattern is not None and not 0 <= index <= pattern.groups:
        raise Refusal("PT302", ctx.function.span, f"the pattern has no group {index}")


def _or(value: Value, default: t.Expr) -> Value:
    """A group, or what stands for one that took no part."""
    if value.type is STR:
        return value
    return Value(t.Method(value.expr, "unwrap_or", (default,)), STR, Form.BORROWED)


def _together(ctx: FunctionContext, values: list[Value]) -> Value:
    """Several groups as a tuple."""
    parts = tuple(coerce.owned(ctx, value, value.type, ctx.function.span) for value in values)
    return Value(t.TupleExpr(parts), TupleOf(tuple(value.type for value in values)))


def _named(pattern: TranslatedPattern | None, name: str, span: Span) -> int:
    if pattern is None or name not in pattern.names:
        raise Refusal("PT302", span, f"the group `{name}` is not known here")
    return pattern.names[name]


def _group(ctx: FunctionContext, receiver: Value, index: int, pattern: TranslatedPattern | None) -> Value:
    _known(ctx, pattern, index)
    if index == 0 or (pattern is not None and index in pattern.required):
        return Value(t.Method(receiver.expr, "text", (lit_int(index),)), STR, Form.BORROWED)
    return Value(t.Method(receiver.expr, "group", (lit_int(index),)), OptionalOf(STR), Form.BORROWED)


def pattern_of(ctx: FunctionContext, node: h.Expr) -> TranslatedPattern | None:
    """The pattern whose match an expression is, so that its groups are known by name and number."""
    try:
        call = _pattern_call(node)
        if call is None or call.method not in _FIND:
            return None
        return analysed(ctx, call.pattern, call.flags)
    except Refusal:
        return None


def _module_function(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    return lower_pattern_call(ctx, node)


def _pattern_value(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`re.compile(…)` of what is put together at run time; a literal one has its place in a `static`."""
    parts, known = computed(ctx, node), source(ctx, node)
    if parts is not None and known is not None:
        return Value(built(ctx, parts, analysed(ctx, node), known[1], node), PATTERN)
    raise Refusal(
        "PT302", node.span, "a compiled pattern as a value is not translated",
        "bind it once, to a literal, before it is used",
    )  # fmt: skip


SPECIAL = {**{f"re.{name}": _module_function for name in _SUBJECT}, "re.compile": _pattern_value}
