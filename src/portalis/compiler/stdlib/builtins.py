"""Builtin functions that are more than a row: conversions, rounding, `print`, `isinstance`."""

from __future__ import annotations

from portalis.compiler.analysis.decided import is_instance
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.special import plain
from portalis.compiler.lowering import coerce, dynamic, families
from portalis.compiler.lowering.arithmetic import as_number, to_float
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.formatting import display, format_by, formatted, repr_of, to_str
from portalis.compiler.lowering.number_classes import exact_class, number_class
from portalis.compiler.lowering.sequences import format_macro
from portalis.compiler.lowering.truth import truth
from portalis.compiler.lowering.value import I64_MAX, I64_MIN, Form, Range, Value, lit_int
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib import decimal, files
from portalis.compiler.stdlib.encodings import coded
from portalis.compiler.stdlib.rows import DELTA
from portalis.compiler.stdlib.sources import flag, given
from portalis.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    STR,
    STRING_IO,
    IterOf,
    ListOf,
    OptionalOf,
    TupleOf,
    Type,
    UnionOf,
)  # fmt: skip
from portalis.mapping.union_enum import enum_name, variant_name


def _arity(node: h.CallExternal, *counts: int) -> tuple[h.Expr, ...]:
    if node.keywords or len(node.args) not in counts:
        raise Refusal(
            "PT305", node.span, f"this form of `{node.fullname.rpartition('.')[2]}` is not translated"
        )
    return node.args


def lower_int(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`int(x)` and `int(text, base)`."""
    if set(node.keywords) == {"base"} and len(node.args) == 1:
        args: tuple[h.Expr, ...] = (node.args[0], node.keywords["base"])
    else:
        args = _arity(node, 0, 1, 2)
    if not args:
        return Value(t.Lit("0"), INT, range=Range(0, 0), literal=0)
    value = ctx.expr(args[0])
    if len(args) == 2:
        return _parse_base(ctx, value, args[1], node)
    value = coerce.present(value)
    if isinstance(value.type, UnionOf):
        return coerce.by_member(ctx, value, INT, node.span, lambda inner: _int(ctx, inner, node))
    return _int(ctx, value, node)


def _int(ctx: FunctionContext, value: Value, node: h.CallExternal) -> Value:
    if (exact := exact_class(value)) is not None:
        return exact.whole(ctx, "builtins.int", value, node.span)
    match value.type:
        case _ if value.type in (INT, BOOL):
            return as_number(value)
        case _ if value.type is FLOAT:
            return Value(ctx.rt_try("int::from_float", value.expr), INT)
        case _ if value.type is OBJECT:
            return Value(dynamic.call(ctx, "to_int", value, node.span), INT)
        case _ if value.type is STR and value.form is Form.CHAR:
            return Value(ctx.rt_try("int::from_char", value.expr), INT, range=Range(0, 9))
        case _ if value.type is STR:
            return Value(ctx.rt_try("int::parse", coerce.borrowed(ctx, value, STR, node.span)), INT)
        case _ if value.type is BYTES:
            return Value(ctx.rt_try("int::parse_bytes", coerce.borrowed(ctx, value, BYTES, node.span)), INT)
        case _:
            raise Refusal("PT305", node.span, f"`int` of a `{value.type}` is not translated")


def _parse_base(ctx: FunctionContext, value: Value, base: h.Expr, node: h.Expr) -> Value:
    if value.type is not STR:
        raise Refusal("PT305", node.span, f"`int` of a `{value.type}` with a base is not translated")
    radix = ctx.expr(base)
    if value.form is Form.CHAR:
        bounds = (
            Range(0, radix.literal - 1)
            if isinstance(radix.literal, int) and radix.literal > 1
            else Range(0, 35)
        )
        return Value(ctx.rt_try("int::from_char_base", value.expr, coerce.integer(radix)), INT, range=bounds)
    text = coerce.borrowed(ctx, value, STR, node.span)
    return Value(ctx.rt_try("int::parse_base", text, coerce.integer(radix)), INT)


def lower_float(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`float(x)`; the literal forms of infinity and nan become constants."""
    args = _arity(node, 0, 1)
    if not args:
        return Value(t.Lit("0.0"), FLOAT, literal=0.0)
    value = coerce.present(ctx.expr(args[0]))
    if isinstance(value.type, UnionOf):
        return coerce.by_member(ctx, value, FLOAT, node.span, lambda inner: _float(ctx, inner, node))
    return _float(ctx, value, node)


def _float(ctx: FunctionContext, value: Value, node: h.CallExternal) -> Value:
    value = as_number(value)
    if value.type in (INT, FLOAT):
        return to_float(value)
    if (exact := exact_class(value)) is not None:
        return exact.to_float(ctx, value, node.span)
    if isinstance(value.literal, str):
        special = {"inf": "f64::INFINITY", "-inf": "f64::NEG_INFINITY", "nan": "f64::NAN"}.get(value.literal)
        if special is not None:
            return Value(t.Path(special), FLOAT)
    if value.type is OBJECT:
        return Value(dynamic.call(ctx, "to_float", value, node.span), FLOAT)
    if value.type is STR:
        return Value(ctx.rt_try("float::parse", coerce.borrowed(ctx, value, STR, node.span)), FLOAT)
    raise Refusal("PT305", node.span, f"`float` of a `{value.type}` is not translated")


def lower_str(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`str(x)`, and `str(data, encoding)`."""
    if len(node.args) + len(node.keywords) > 1:
        value, encoding, errors = given(node, ("object", "encoding", "errors"), 1, "str")
        assert value is not None
        data = ctx.expr(value)
        if data.type is not BYTES:
            raise Refusal("PT305", node.span, f"`str` of a `{data.type}` with an encoding raises TypeError")
        return coded(ctx, data, encoding, errors, node)
    args = _arity(node, 0, 1)
    if not args:
        return coerce.string_literal("")
    return to_str(ctx, ctx.expr(args[0]), node.span)


def lower_bool(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`bool(x)`."""
    args = _arity(node, 0, 1)
    return Value(truth(ctx, args[0]) if args else t.Lit("false"), BOOL)


def lower_repr(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`repr(x)`."""
    (arg,) = _arity(node, 1)
    return Value(repr_of(ctx, ctx.expr(arg), node.span), STR)


def lower_ord(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`ord(c)`."""
    (arg,) = _arity(node, 1)
    value = ctx.expr(arg)
    if value.type is not STR:
        raise Refusal("PT305", node.span, f"`ord` of a `{value.type}` is not translated")
    bounds = Range(0, 0x10FFFF)
    if isinstance(value.literal, str) and len(value.literal) == 1:
        code = ord(value.literal)
        return Value(lit_int(code), INT, range=Range(code, code), literal=code)
    if value.form is Form.CHAR:
        return Value(ctx.rt("chars::ord", value.expr), INT, range=bounds)
    return Value(ctx.rt_try("text::ord", coerce.borrowed(ctx, value, STR, node.span)), INT, range=bounds)


def lower_abs(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`abs(x)`."""
    (arg,) = _arity(node, 1)
    value = as_number(ctx.expr(arg))
    if value.type is FLOAT:
        return Value(t.Method(value.expr, "abs"), FLOAT)
    if (numbers := number_class(value)) is not None:
        return numbers.absolute(ctx, value, node.span)
    if value.type is OBJECT:
        return Value(dynamic.call(ctx, "abs", value, node.span), OBJECT)
    if value.type == DELTA:
        return Value(ctx.rt_try("delta::abs", value.expr), DELTA)
    if value.type is not INT:
        raise Refusal("PT305", node.span, f"`abs` of a `{value.type}` is not translated")
    expr = coerce.integer(value)
    if value.range is not None and value.range.low > I64_MIN:
        high = max(abs(value.range.low), abs(value.range.high))
        return Value(t.Method(expr, "abs"), INT, range=Range(0, high))
    return Value(t.Method(expr, "strict_abs"), INT, range=Range(0, I64_MAX))


def lower_round(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`round(x)` is half to even; `round(x, n)` rounds the decimal text, as CPython does."""
    args = (*node.args, *([node.keywords["ndigits"]] if "ndigits" in node.keywords else []))
    value = as_number(ctx.expr(args[0])) if args else None
    if value is not None and (exact := exact_class(value)) is not None and len(args) == 1:
        return exact.whole(ctx, node.fullname, value, node.span)
    if value is not None and decimal.is_decimal(value) and len(args) == 2:
        return decimal.round_to(ctx, value, args[1], node.span)
    if (
        value is None
        or len(args) > 2
        or set(node.keywords) - {"ndigits"}
        or value.type not in (INT, FLOAT, OBJECT)
    ):
        raise Refusal("PT305", node.span, "this form of `round` is not translated")
    if value.type is OBJECT:
        number = dynamic.reference(ctx, value, node.span)
        if len(args) == 1:
            return Value(ctx.rt_try("dynamic_numbers::round", number), INT)
        return Value(ctx.rt_try("dynamic_numbers::round_to", number, ctx.i64(args[1])), OBJECT)
    if len(args) == 1:
        return value if value.type is INT else Value(ctx.rt_try("float::round", value.expr), INT)
    digits = ctx.i64(args[1])
    if value.type is INT:
        return Value(ctx.rt("int::round_to", coerce.integer(value), digits), INT)
    return Value(ctx.rt("float::round_to", value.expr, digits), FLOAT)


def lower_divmod(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`divmod(a, b)`."""
    a, b = (as_number(ctx.expr(arg)) for arg in _arity(node, 2))
    if a.type is INT and b.type is INT:
        return Value(ctx.rt_try("int::divmod", coerce.integer(a), coerce.integer(b)), TupleOf((INT, INT)))
    x, y = to_float(a), to_float(b)
    if x.type is FLOAT and y.type is FLOAT:
        return Value(ctx.rt_try("float::divmod", x.expr, y.expr), TupleOf((FLOAT, FLOAT)))
    raise Refusal("PT305", node.span, "this form of `divmod` is not translated")


def lower_pow(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`pow(a, b)` is `a ** b`; with a third argument modular."""
    args = _arity(node, 2, 3)
    if len(args) == 3:
        return Value(ctx.rt_try("int::pow_mod", *(ctx.i64(arg) for arg in args)), INT)
    from portalis.compiler.lowering.arithmetic import apply

    return apply(ctx, "**", ctx.expr(args[0]), ctx.expr(args[1]), node)


def lower_rounding(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`math.floor`, `math.ceil`, `math.trunc`."""
    (arg,) = _arity(node, 1)
    value = as_number(ctx.expr(arg))
    if value.type is INT:
        return value
    if (exact := exact_class(value)) is not None:
        return exact.whole(ctx, node.fullname, value, node.span)
    if value.type is OBJECT:
        return Value(dynamic.call(ctx, node.fullname.rpartition(".")[2], value, node.span), INT)
    if value.type is not FLOAT:
        raise Refusal("PT305", node.span, f"`{node.fullname}` of a `{value.type}` is not translated")
    return Value(ctx.rt_try(f"float::{node.fullname.rpartition('.')[2]}", value.expr), INT)


def lower_prod(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`math.prod(xs)` of ints."""
    from portalis.compiler.lowering.comprehension import as_comprehension, collect_list
    from portalis.compiler.stdlib.aggregates import _without_collect

    if len(node.args) != 1 or set(node.keywords) - {"start"}:
        raise Refusal("PT305", node.span, "this form of `prod` is not translated")
    listed = collect_list(ctx, as_comprehension(ctx, node.args[0]), None)
    if not isinstance(listed.type, ListOf) or listed.type.elem not in (INT, FLOAT):
        raise Refusal("PT305", node.span, f"`prod` of `{listed.type}` is not translated")
    kind = listed.type.elem
    items = _without_collect(listed.expr)
    if "start" in node.keywords:
        start = ctx.expr(node.keywords["start"])
        if start.type is not kind:
            raise Refusal("PT102", node.span, f"`prod` of `{kind}` items from a `{start.type}`")
        first = t.Call(t.Path("std::iter::once"), (coerce.integer(start),))
        if isinstance(items, (t.Path, t.Ref)):
            items = t.Method(t.Method(items, "iter"), "copied")
        items = t.Method(first, "chain", (items,))
    return Value(ctx.rt("int::prod" if kind is INT else "float::prod", items), kind)


def lower_print(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`print(a, b, sep=…, end=…)` to the output sink."""
    flushed = flag(node.keywords.get("flush"), False, "flush")
    file = node.keywords.get("file")
    into_buffer = file is not None and file.type == STRING_IO and "flush" not in node.keywords
    end = _keyword(ctx, node, "end", "\n")
    parts: list[str | Value] = []
    if any(isinstance(arg, h.Starred) for arg in node.args):
        parts.append(_joined(ctx, node))
    else:
        between = _keyword(ctx, node, "sep", " ") if len(node.args) > 1 else ""
        for index, arg in enumerate(node.args):
            if index:
                parts.append(between)
            parts.append(display(ctx, ctx.expr(arg), arg.span))
    parts.append(end)
    if into_buffer and file is not None:
        from portalis.compiler.stdlib.buffers import written

        shown = Value(format_macro(ctx, parts), STR)
        return written(ctx, file, ctx.expr(file), shown, node, NONE)
    if all(isinstance(part, str) for part in parts):
        text: t.Expr = coerce.string_literal("".join(str(part) for part in parts)).expr
    else:
        text = t.Ref(format_macro(ctx, parts))
    made = files.print_to(ctx, node, text)
    if made is None:
        ctx.learned.prints = True
        made = [ctx.rt("out::write", text), *([ctx.rt("out::flush")] if flushed else [])]
    *before, last = made
    return Value(t.BlockExpr(t.Block(tuple(map(t.ExprStmt, before)), last)) if before else last, NONE)


def _keyword(ctx: FunctionContext, node: h.CallExternal, name: str, default: str) -> str | Value:
    """The text of `sep` or `end`; a literal or a variable, for it may be shown several times."""
    given = node.keywords.get(name)
    if given is None or (isinstance(given, h.Literal) and given.value is None):
        return default
    if isinstance(given, h.Literal) and isinstance(given.value, str):
        return given.value
    value = ctx.expr(given) if isinstance(given, h.Local) else None
    if value is None or value.type is not STR:
        raise Refusal("PT305", node.span, f"`{name}` of `print` must be a literal or a variable of type str")
    return value


def _joined(ctx: FunctionContext, node: h.CallExternal) -> Value:
    """`print("a", *xs, sep=", ")` prints `", ".join(["a", *map(str, xs)])`."""
    at = {"span": node.span, "type": STR}
    parts: list[h.Expr] = []
    for arg in node.args:
        if not isinstance(arg, h.Starred):
            parts.append(h.CallExternal("builtins.str", (arg,), {}, **at))  # type: ignore[arg-type]
            continue
        item = h.Local(ctx.fresh("item"), ANY, span=arg.span, type=ANY)
        shown = h.CallExternal("builtins.str", (item,), {}, **at)  # type: ignore[arg-type]
        clause = h.Clause(item, arg.value, (), span=arg.span)
        each = h.Comprehension("generator", shown, None, (clause,), span=arg.span, type=IterOf(STR))
        parts.append(each if len(node.args) == 1 else h.Starred(each, span=arg.span, type=IterOf(STR)))
    whole = parts[0] if len(parts) == 1 else h.ListDisplay(tuple(parts), span=node.span, type=ListOf(STR))
    between = node.keywords.get("sep") or h.Literal(" ", **at)  # type: ignore[arg-type]
    if isinstance(between, h.Literal) and between.value is None:
        between = h.Literal(" ", **at)  # type: ignore[arg-type]
    return ctx.expr(h.CallMethod(between, "join", (whole,), {}, **at))  # type: ignore[arg-type]


def lower_format(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`format(x, "spec")`."""
    args = _arity(node, 1, 2)
    spec = (
        args[1].value if len(args) == 2 and isinstance(args[1], h.Literal) else "" if len(args) == 1 else None
    )
    if not isinstance(spec, str):
        computed = ctx.expr(args[1])
        if computed.type is not STR:
            raise Refusal("PT303", node.span, f"a format specification that is a `{computed.type}`")
        value = ctx.expr(args[0])
        return format_by(ctx, value, coerce.borrowed(ctx, computed, STR, node.span), node.span)
    part = formatted(ctx, ctx.expr(args[0]), "", spec, node.span)
    from portalis.compiler.lowering.formatting import _assemble

    return _assemble(ctx, [part])


def lower_isinstance(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`isinstance(x, T)` where the exact static type decides it."""
    value_node, wanted = _arity(node, 2)
    value = ctx.whole(value_node)
    names = _alternatives(wanted)
    classes = {w.fullname for w in names if isinstance(w, h.External)}
    if dynamic.is_dynamic(value) and len(classes) == len(names):
        return Value(dynamic.is_instance(ctx, value, frozenset(classes), node.span), BOOL)
    inner = value.type.inner if isinstance(value.type, OptionalOf) else value.type
    if families.family(ctx, inner) is not None and len(classes) == len(names) and plain(value_node):
        return Value(families.which(ctx, value, frozenset(classes), node.span), BOOL)
    if len(classes) != len(names) or not plain(value_node) or isinstance(value.type, OptionalOf):
        raise Refusal("PT210", node.span, "this `isinstance` is not decided by the types")
    if isinstance(value.type, UnionOf):
        return _which_member(ctx, value, classes, node)
    known = is_instance(value.type, frozenset(classes))
    if known is None:
        raise Refusal("PT210", node.span, f"`isinstance` of a `{value.type}` is not decided by the types")
    return Value(t.Lit("true" if known else "false"), BOOL)


def _alternatives(wanted: h.Expr) -> list[h.Expr]:
    """The classes of `(A, B)` and of `A | B`."""
    match wanted:
        case h.TupleDisplay(items=items):
            return [one for item in items for one in _alternatives(item)]
        case h.Binary(op="|", left=left, right=right):
            return [*_alternatives(left), *_alternatives(right)]
        case _:
            return [wanted]


def _which_member(ctx: FunctionContext, value: Value, classes: set[str], node: h.CallExternal) -> Value:
    """`isinstance(x, str)` of a union → `matches!(x, IntOrStr::Str(_))`."""
    assert isinstance(value.type, UnionOf)
    ctx.rust_type(value.type, node.span)
    patterns = []
    for member in value.type.members:
        known = is_instance(member, frozenset(classes))
        if known is None:
            raise Refusal("PT210", node.span, f"`isinstance` of a `{member}` is not decided by the types")
        if known:
            patterns.append(f"{enum_name(value.type)}::{variant_name(member)}(_)")
    if not patterns or len(patterns) == len(value.type.members):
        return Value(t.Lit("true" if patterns else "false"), BOOL)
    return Value(t.Macro("matches", (value.expr, t.Path(" | ".join(patterns)))), BOOL)


SPECIAL = {
    "builtins.int": lower_int,
    "builtins.float": lower_float,
    "builtins.str": lower_str,
    "builtins.bool": lower_bool,
    "builtins.repr": lower_repr,
    "builtins.ord": lower_ord,
    "builtins.abs": lower_abs,
    "builtins.round": lower_round,
    "builtins.divmod": lower_divmod,
    "builtins.pow": lower_pow,
    "builtins.print": lower_print,
    "builtins.format": lower_format,
    "builtins.isinstance": lower_isinstance,
    "math.floor": lower_rounding,
    "math.ceil": lower_rounding,
    "math.trunc": lower_rounding,
    "math.prod": lower_prod,
}
