"""f-strings, `%` and `str.format` with Python's format mini-language.

    f"{name}: {n:05d}"   →   format!("{name}: {n:05}")

What Rust's `format!` prints exactly alike is printed by it; the rest goes through `fmt`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import big, coerce, dynamic, unions
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.number_classes import number_class
from portalis.compiler.lowering.sequences import format_macro, spliced
from portalis.compiler.lowering.value import Form, Value, lit_char, lit_int, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    BIG,
    BOOL,
    BYTEARRAY,
    BYTES,
    DECIMAL,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    STR,
    DictOf,
    EnumOf,
    Instance,
    ListOf,
    OptionalOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
)
from portalis.diagnostics import Span
from portalis.mapping.library_exceptions import library_exception

_SIMPLE_INT = re.compile(r"(?P<fill>0?)(?P<width>[0-9]{1,3})?d?")
_PERCENT = re.compile(
    r"%(?P<key>\([^)]*\))?(?P<flags>[-+ #0]*)(?P<width>\*|[0-9]+)?"
    r"(?:\.(?P<precision>\*|[0-9]+))?(?P<kind>[a-zA-Z%])"
)


def lower_fstring(ctx: FunctionContext, node: h.FString) -> Value:
    """An f-string as one `format!`."""
    parts: list[str | Value | tuple[Value, str]] = []
    for part in node.parts:
        if isinstance(part, str):
            parts.append(part)
            continue
        if any(not isinstance(piece, str) for piece in part.spec):
            parts.append(_by_computed(ctx, part))
            continue
        spec = "".join(piece for piece in part.spec if isinstance(piece, str))
        parts.append(formatted(ctx, ctx.expr(part.value), part.conversion, spec, part.span))
    return _assemble(ctx, parts)


def _by_computed(ctx: FunctionContext, part: h.Formatted) -> Value:
    """`{value:{spec}}`: the specification is evaluated after the value, and read when it is there."""
    value = ctx.expr(part.value)
    if part.conversion:
        shown = formatted(ctx, value, part.conversion, "", part.span)
        value = shown if isinstance(shown, Value) else coerce.string_literal(str(shown))
    spec = lower_fstring(ctx, h.FString(part.spec, span=part.span, type=STR))
    return format_by(ctx, value, coerce.borrowed(ctx, spec, STR, part.span), part.span)


def format_by(ctx: FunctionContext, value: Value, spec: t.Expr, span: Span) -> Value:
    """A number or text by a specification that is a `&str` in Rust."""
    names: dict[Type, str] = {INT: "format_int", FLOAT: "format_float", BOOL: "format_bool"}
    if value.type in names:
        subject = coerce.integer(value) if value.type is INT else value.expr
        return Value(ctx.rt_try(f"fmt::{names[value.type]}", subject, spec), STR)
    if value.type is STR:
        return Value(ctx.rt_try("fmt::format_str", coerce.borrowed(ctx, value, STR, span), spec), STR)
    if value.type is OBJECT:
        return Value(ctx.rt_try("template::formatted", _any(ctx, value, span), spec), STR)
    if isinstance(value.type, Instance) and value.type.name == DECIMAL:
        from portalis.compiler.stdlib import decimal

        return decimal.formatted(ctx, value, spec, span)
    raise Refusal("PT303", span, f"a computed format specification for a `{value.type}` is not translated")


def _assemble(ctx: FunctionContext, parts: Sequence[str | Value | tuple[Value, str]]) -> Value:
    """One `format!`; a part with a Rust spec is printed by it."""
    if all(isinstance(part, str) for part in parts):
        return coerce.string_literal("".join(str(part) for part in parts))
    match parts:
        case [Value(type=type_, form=Form.OWNED) as made] if type_ is STR and made.local is None:
            return made  # a text of its own needs no copy
    if not any(isinstance(part, tuple) for part in parts):
        return Value(format_macro(ctx, [p for p in parts if not isinstance(p, tuple)]), STR)
    template = ""
    args: list[t.Expr] = []
    for part in parts:
        if isinstance(part, str):
            template += part.replace("{", "{{").replace("}", "}}")
            continue
        value, spec = part if isinstance(part, tuple) else (part, "")
        suffix = f":{spec}" if spec else ""
        if isinstance(value.expr, t.Path) and value.expr.name.replace("_", "a").isalnum():
            template += f"{{{value.expr.name}{suffix}}}"
        elif not spec and (inner := spliced(value.expr)) is not None:
            template += inner[0]
            args += inner[1]
        else:
            template += f"{{{suffix}}}"
            args.append(value.expr)
    return Value(t.Macro("format", (lit_str(template), *args)), STR)


def _any(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """A value of any type, lent."""
    return coerce.borrowed(ctx, value, OBJECT, span)


def formatted(
    ctx: FunctionContext, value: Value, conversion: str, spec: str, span: Span
) -> str | Value | tuple[Value, str]:
    """`{value!conversion:spec}` as something that `format!` prints."""
    if conversion == "a":
        raise Refusal("PT303", span, "`!a` is not translated")
    if conversion == "r":
        value = Value(repr_of(ctx, value, span), STR)
    elif conversion == "s":
        value = to_str(ctx, value, span)
    if not spec:
        return display(ctx, value, span)
    if value.type is INT and (simple := _SIMPLE_INT.fullmatch(spec)) is not None:
        return Value(coerce.integer(value), INT), simple["fill"] + (simple["width"] or "")
    if value.type is FLOAT and re.fullmatch(r"\.[0-9]{1,2}f", spec):
        return Value(ctx.rt("fmt::fixed", value.expr, t.Lit(spec[1:-1])), STR)
    names: dict[Type, str] = {INT: "format_int", FLOAT: "format_float", BOOL: "format_bool"}
    if value.type in names:
        subject = coerce.integer(value) if value.type is INT else value.expr
        return Value(ctx.rt_try(f"fmt::{names[value.type]}", subject, lit_str(spec)), STR)
    if value.type is STR:
        if re.fullmatch(r"[<>^]?[1-9][0-9]{0,2}s?", spec):
            return value, spec.rstrip("s")
        text = coerce.borrowed(ctx, value, STR, span)
        return Value(ctx.rt_try("fmt::format_str", text, lit_str(spec)), STR)
    if value.type is OBJECT:
        return Value(ctx.rt_try("template::formatted", _any(ctx, value, span), lit_str(spec)), STR)
    if isinstance(value.type, Instance) and value.type.name == DECIMAL:
        return format_by(ctx, value, lit_str(spec), span)
    if isinstance(value.type, Instance) and value.type.name in _DATE_FORMAT:
        helper = f"date_text::{_DATE_FORMAT[value.type.name]}"
        return Value(ctx.rt(helper, value.expr, lit_str(spec)), STR)
    raise Refusal("PT303", span, f"a format specification for a `{value.type}` is not translated")


def display(ctx: FunctionContext, value: Value, span: Span) -> str | Value:
    """A value as `str()` shows it, in a form that `format!` prints; literals become text."""
    if isinstance(value.literal, str):
        return value.literal
    if value.type is INT or value.type is STR or isinstance(value.type, EnumOf):
        return value
    return to_str(ctx, value, span)


def to_str(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """`str(value)`."""
    value = dynamic.of_union(ctx, value, span)
    match value.type:
        case _ if value.type is STR:
            return value
        case _ if value.type is INT or isinstance(value.type, EnumOf):
            return Value(t.Method(value.expr, "to_string"), STR)
        case _ if value.type is BIG:
            return big.text(ctx, value)
        case _ if value.type is FLOAT:
            return Value(ctx.rt("float::repr", value.expr), STR)
        case _ if value.type is BOOL:
            return Value(ctx.rt("repr::of_bool", value.expr), STR, Form.STATIC)
        case _ if value.type is NONE:
            return coerce.string_literal("None")
        case Instance() if (numbers := number_class(value)) is not None:
            return numbers.text(ctx, value, span, shown=False)
        case _ if value.type is OBJECT:
            return Value(ctx.rt("value::to_text", dynamic.reference(ctx, value, span)), STR)
        case Instance(name) if name in _DATE_STR:
            return Value(ctx.rt(_DATE_STR[name], value.expr), STR)
        case UnionOf():
            return unions.by_member(ctx, value, STR, span, lambda inner: to_str(ctx, inner, span))
        case OptionalOf(inner) if inner is STR or isinstance(inner, UnionOf):
            return _optional_text(ctx, value, span)
        case Instance(name) if _is_exception(ctx, name):
            own = _own_text(ctx, name)
            if own is not None:
                raise Refusal("PT303", span, f"`{own}` has a `__str__` of its own, which is not translated")
            return Value(t.Method(value.expr, "message"), STR, Form.BORROWED, temporary=True)
        case _:
            return Value(repr_of(ctx, value, span), STR)


def _optional_text(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """`str` of a text, or of a union, that may be None."""
    if isinstance(value.type, OptionalOf) and isinstance(value.type.inner, UnionOf):
        return to_str(ctx, dynamic.wrap(ctx, value, span), span)
    text = coerce.borrowed(ctx, value, value.type, span)
    return Value(t.Method(text, "unwrap_or", (lit_str("None"),)), STR, Form.BORROWED, temporary=True)


def _is_exception(ctx: FunctionContext, name: str) -> bool:
    """Whether the class is one of exceptions."""
    builtin = name.startswith("builtins.") and Instance(name) != BYTEARRAY
    return builtin or name in ctx.project.symbols.exceptions or library_exception(name) is not None


def _own_text(ctx: FunctionContext, name: str) -> str | None:
    """A class that a handler of the class may catch, and of which `str` is not the argument."""
    for fullname, info in ctx.project.symbols.exceptions.items():
        caught = name == fullname or name in info.bases
        if caught and not info.shows_repr and f"{info.module}:{info.qualname}" in ctx.project.own_texts:
            return info.qualname
    return None


_DATE_STR = {
    "datetime.date": "date::date_str", "datetime.datetime": "date::datetime_str",
    "datetime.time": "date::time_str", "datetime.timedelta": "delta::to_text",
}  # fmt: skip

_DATE_FORMAT = {"datetime.date": "date_format", "datetime.datetime": "datetime_format"}
"""A specification for a date is a template of `strftime`."""


def repr_of(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """`repr(value)`."""
    if value.type is BIG:
        return big.text(ctx, value).expr
    if (numbers := number_class(value)) is not None:
        return numbers.text(ctx, value, span, shown=True).expr
    if value.type in (BYTES, BYTEARRAY):
        from portalis.compiler.stdlib.bytearrays import as_bytes

        module = "bytes" if value.type is BYTES else "bytearray"
        return ctx.rt(f"{module}::repr", coerce.borrowed(ctx, as_bytes(value), BYTES, span))
    if isinstance(value.type, UnionOf):
        return unions.by_member(
            ctx, value, STR, span, lambda inner: Value(repr_of(ctx, inner, span), STR)
        ).expr
    if isinstance(value.type, OptionalOf) and isinstance(value.type.inner, UnionOf):
        return repr_of(ctx, dynamic.wrap(ctx, value, span), span)
    if isinstance(value.type, VarTuple) and _shown(value.type.elem) and not value.frozen:
        items = coerce.slice_of(coerce.borrowed(ctx, value, value.type, span))
        return ctx.rt("repr::repr", t.Ref(t.Call(t.Path("repr::Tuple"), (items,))))
    if not _shown(value.type) or value.frozen:
        raise Refusal("PT303", span, f"the text of a `{value.type}` is not translated")
    if value.form is Form.CHAR or (value.type is INT and value.unsigned):
        return ctx.rt("repr::repr", t.Ref(coerce.integer(value)))
    if value.form in (Form.BORROWED, Form.MUTREF, Form.STATIC):
        return ctx.rt(
            "repr::repr", value.expr if not isinstance(value.type, OptionalOf) else t.Ref(value.expr)
        )
    return ctx.rt("repr::repr", t.Ref(value.expr))


def _shown(type_: object) -> bool:
    match type_:
        case ListOf(elem):
            return _shown(elem)
        case DictOf(key, item):
            return _shown(key) and _shown(item)
        case TupleOf(items):
            return len(items) <= 8 and all(map(_shown, items))
        case OptionalOf(inner):
            return _shown(inner)
        case Instance(name):
            return name in _DATE_STR
        case VarTuple():
            return False
        case _:
            return type_ in (INT, FLOAT, BOOL, STR, NONE, OBJECT)


# The % operator ------------------------------------------------------------------------------------


def lower_percent(ctx: FunctionContext, node: h.Binary) -> Value:
    """`"%02d-%s" % (a, b)` as one `format!`."""
    from portalis.compiler.stdlib import templates

    if node.left.type is BYTES:
        raise Refusal("PT303", node.span, "`%` of bytes is not translated")
    if not isinstance(node.left, h.Literal):
        return templates.lower_percent(ctx, node)
    template = node.left.value
    assert isinstance(template, str)
    arguments = _percent_arguments(ctx, node.right)
    parts: list[str | Value | tuple[Value, str]] = []
    position = used = 0
    for found in _PERCENT.finditer(template):
        if "%" in template[position : found.start()]:
            raise Refusal("PT303", node.span, "the `%` template is not one that Python accepts")
        parts.append(template[position : found.start()])
        position = found.end()
        if found["kind"] == "%":
            parts.append("%")
            continue
        if found["key"] or "*" in (found["width"], found["precision"]):
            raise Refusal("PT303", node.span, "named and computed `%` fields are not translated")
        if used >= len(arguments):
            raise Refusal("PT303", node.span, "the `%` template takes more values than it is given")
        parts.append(_percent_part(ctx, found, arguments[used], node.span))
        used += 1
    rest = template[position:]
    if "%" in rest or used != len(arguments):
        raise Refusal("PT303", node.span, "the `%` template does not fit its values")
    parts.append(rest)
    return _assemble(ctx, [p for p in parts if p != ""])


def _percent_arguments(ctx: FunctionContext, right: h.Expr) -> list[Value]:
    if isinstance(right, h.TupleDisplay):
        return [ctx.expr(item) for item in right.items]
    value = ctx.expr(right)
    if isinstance(value.type, TupleOf):
        if not isinstance(value.expr, t.Path):
            raise Refusal("PT303", right.span, "`%` with a computed tuple is not translated")
        return [
            Value(t.Field(value.expr, str(i)), kind, Form.PLACE) for i, kind in enumerate(value.type.items)
        ]
    if isinstance(value.type, (VarTuple, DictOf)):
        raise Refusal("PT303", right.span, f"`%` with a `{value.type}` is not translated")
    return [value]


def _percent_part(
    ctx: FunctionContext, found: re.Match[str], value: Value, span: Span
) -> str | Value | tuple[Value, str]:
    kind, flags = found["kind"], found["flags"]
    width, precision = int(found["width"] or 0), found["precision"]
    limit: t.Expr = t.Path("None") if precision is None else t.Call(t.Path("Some"), (t.Lit(precision),))
    if kind in "sr":
        if kind == "r":
            value = Value(repr_of(ctx, value, span), STR)
        shown = display(ctx, value, span)
        if not flags and not width and precision is None:
            return shown
        if isinstance(shown, str):
            shown = coerce.string_literal(shown)
        if shown.type is not STR:
            shown = to_str(ctx, shown, span)
        text = coerce.borrowed(ctx, shown, STR, span)
        return Value(ctx.rt("percent::str", text, lit_str(flags), lit_int(width), limit), STR)
    if value.type is BOOL:
        value = Value(t.Call(t.Path("i64::from"), (value.expr,)), INT)
    if kind in "diuxXo" and value.type is INT:
        number = coerce.integer(value)
        if kind in "diu" and flags in ("", "0", "-") and precision is None:
            spec = {"": "", "0": "0", "-": "<"}[flags] + (str(width) if width else "")
            return Value(number, INT), spec if width else ""
        args = (number, lit_str(flags), lit_int(width), limit, lit_char(kind))
        return Value(ctx.rt("percent::int", *args), STR)
    if kind in "eEfFgG" and value.type in (FLOAT, INT):
        number = value.expr if value.type is FLOAT else t.Cast(coerce.integer(value), "f64")
        if kind == "f" and not flags and not width and precision is not None:
            return Value(ctx.rt("fmt::fixed", number, t.Lit(precision)), STR)
        args = (number, lit_str(flags), lit_int(width), limit, lit_char(kind))
        return Value(ctx.rt("percent::float", *args), STR)
    if kind in "diu" and value.type is FLOAT:
        args2 = (value.expr, lit_str(flags), lit_int(width), limit)
        return Value(ctx.rt_try("percent::float_as_int", *args2), STR)
    if kind == "c" and value.type is INT:
        return Value(ctx.rt_try("percent::char", coerce.integer(value), lit_str(flags), lit_int(width)), STR)
    raise Refusal("PT303", span, f"`%{kind}` of a `{value.type}` is not translated")


# str.format ---------------------------------------------------------------------------------------


def lower_format_method(ctx: FunctionContext, node: h.CallMethod) -> Value:
    """`"{} {name:>5}".format(a, name=b)`."""
    from portalis.compiler.stdlib import templates

    computed = not isinstance(node.receiver, h.Literal) or not isinstance(node.receiver.value, str)
    if computed or any(isinstance(arg, h.Starred) for arg in node.args):
        return templates.lower_format(ctx, node)
    assert isinstance(node.receiver, h.Literal) and isinstance(node.receiver.value, str)
    parts: list[str | Value | tuple[Value, str]] = []
    automatic = 0
    used: set[int | str] = set()
    try:
        fields = list(string.Formatter().parse(node.receiver.value))
    except ValueError as error:
        raise Refusal("PT303", node.span, f"the template is not one that Python accepts: {error}") from None
    for text, name, spec, conversion in fields:
        if text:
            parts.append(text)
        if name is None:
            continue
        if name == "":
            key: int | str = automatic
            automatic += 1
        else:
            key = int(name) if name.isdigit() else name
        argument = _format_argument(node, key)
        if (key in used and not isinstance(argument, (h.Local, h.Literal))) or "{" in (spec or ""):
            raise Refusal("PT303", node.span, "this use of a format field is not translated")
        used.add(key)
        parts.append(formatted(ctx, ctx.expr(argument), conversion or "", spec or "", node.span))
    if len(used) != len(node.args) + len(node.keywords):
        raise Refusal("PT303", node.span, "an argument of `format` is not used by the template")
    return _assemble(ctx, parts)


def _format_argument(node: h.CallMethod, key: int | str) -> h.Expr:
    if isinstance(key, int) and key < len(node.args):
        return node.args[key]
    if isinstance(key, str) and key in node.keywords:
        return node.keywords[key]
    raise Refusal("PT303", node.span, f"the format field `{key}` is not a plain argument")
