"""`x in xs`, by what `xs` is."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import as_dict, dict_of
from portalis.compiler.lowering.value import Form, Value, instead, lit_char, plain
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import acts
from portalis.compiler.types import (
    BOOL,
    BYTEARRAY,
    BYTES,
    FLOAT,
    INT,
    NEVER,
    OBJECT,
    STR,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    is_copy,
)  # fmt: skip
from portalis.diagnostics import Span


def contains(ctx: FunctionContext, item: h.Expr, container: h.Expr, span: Span) -> t.Expr:
    """The membership test as a Rust `bool`; the item is evaluated first, as in Python."""
    if isinstance(container, (h.TupleDisplay, h.ListDisplay, h.SetDisplay)):
        value, before = _evaluated_first(ctx, ctx.expr(item), [ctx.expr(entry) for entry in container.items])
        return _after(before, _in_display(ctx, value, container, span))
    if isinstance(container, h.CallExternal) and container.fullname == "builtins.range":
        return _in_range(ctx, item, container, span)
    if (
        isinstance(container, h.CallMethod)
        and container.method == "keys"
        and isinstance(container.receiver.type, DictOf)
    ):
        container = container.receiver
    match container:
        case h.CallMethod(method="values", args=()) if isinstance(dict_of(container.receiver.type), DictOf):
            return _in_values(ctx, item, container.receiver, span)
    if isinstance(container.type, IterOf) and (found := _in_iterator(ctx, item, container, span)) is not None:
        return found
    whole = ctx.expr(container)
    value, before = _evaluated_first(ctx, ctx.expr(item), [whole])
    return _after(before, in_value(ctx, value, whole, span))


def _in_values(ctx: FunctionContext, item: h.Expr, mapping: h.Expr, span: Span) -> t.Expr:
    """`x in d.values()` → `d.values().any(|value| *value == x)`."""
    wanted = ctx.expr(item)
    entries = as_dict(ctx.expr(mapping))
    assert isinstance(entries.type, DictOf)
    kind = entries.type.value
    if wanted.type != kind or kind not in _EQUAL_BY_VALUE or entries.frozen:
        raise Refusal(
            "PT214", span, f"a `{wanted.type}` in the values of a `{entries.type}` is not translated"
        )
    wanted, before = _evaluated_first(ctx, wanted, [entries])
    each = Value(t.Path("value"), kind, Form.OWNED if is_copy(kind) else Form.BORROWED, whole=True)
    pattern = "&value" if is_copy(kind) else "value"
    test = t.Closure((pattern,), _equals(ctx, each, wanted, span))
    return _after(before, t.Method(t.Method(entries.expr, "values"), "any", (test,)))


def _in_iterator(ctx: FunctionContext, item: h.Expr, container: h.Expr, span: Span) -> t.Expr | None:
    """`x in digits(s)` → `any(item == x for item in digits(s))`, which stops where Python does."""
    assert isinstance(container.type, IterOf)
    lazy = isinstance(container, h.CallFunction) or (
        isinstance(container, h.Comprehension) and container.kind == "generator"
    )
    if not lazy or not isinstance(item, h.Local | h.Literal) or item.type not in _EQUAL_BY_VALUE:
        return None
    name = h.Local(ctx.fresh("item"), container.type.elem, span=span, type=container.type.elem)
    test = h.Compare(replace(name), ("==",), (item,), span=span, type=BOOL)
    tests = h.Comprehension(
        "generator", test, None, (h.Clause(name, container, (), span=span),), span=span, type=IterOf(BOOL)
    )
    return ctx.expr(h.CallExternal("builtins.any", (tests,), {}, span=span, type=BOOL)).expr


_EQUAL_BY_VALUE = frozenset({INT, STR, BOOL, BYTES})
"""Types of which an object equals itself, as `in` takes for granted."""


def _evaluated_first(
    ctx: FunctionContext, item: Value, others: list[Value]
) -> tuple[Value, tuple[t.Stmt, ...]]:
    """The item under a name where its turn before what Rust evaluates first could be seen."""
    from portalis.compiler.lowering.compare import held

    if not acts(item.expr) or all(plain(other.expr) for other in others):
        return item, ()
    before: list[t.Stmt] = []
    return held(ctx, "item", item, before), tuple(before)


def _after(before: tuple[t.Stmt, ...], test: t.Expr) -> t.Expr:
    return t.BlockExpr(t.Block(before, test)) if before else test


def in_value(ctx: FunctionContext, item: Value, container: Value, span: Span) -> t.Expr:
    """Membership in a lowered container."""
    container = as_dict(container)
    match container.type:
        case _ if container.type is OBJECT:
            place = dynamic.reference(ctx, container, span)
            if item.type is STR:
                text = coerce.borrowed(ctx, item, STR, span)
                return ctx.rt_try("dynamic::contains_text", place, text)
            item = dynamic.compared(ctx, item, span)
            return ctx.rt_try("dynamic::contains", place, dynamic.reference(ctx, item, span))
        case _ if container.type is STR:
            return _in_string(ctx, item, container, span)
        case _ if container.type in (BYTES, BYTEARRAY):
            return _in_bytes(ctx, item, container, span)
        case DictOf(key, _):
            return t.Method(
                container.expr, "contains_key", (key_ref(ctx, item, key, span, frozen=container.frozen),)
            )
        case SetOf(elem):
            return t.Method(
                container.expr,
                "contains",
                (key_ref(ctx, item, elem, span, frozen=container.frozen, of_set=True),),
            )
        case (
            ListOf(elem)
            | VarTuple(elem)
            | Instance(name="collections.deque" | "typing.Sequence", args=(elem,))
        ):
            return _in_sequence(ctx, item, container, elem, span)
        case TupleOf(items) if items and len(set(items)) == 1:
            tests = [
                _equals(ctx, item, Value(t.Field(container.expr, str(i)), part, Form.PLACE), span)
                for i, part in enumerate(items)
            ]
            return _any_of(tests)
        case _:
            raise Refusal("PT214", span, f"`in` a `{container.type}` is not translated")


def key_ref(
    ctx: FunctionContext, item: Value, wanted: Type, span: Span, *, frozen: bool = False, of_set: bool = False
) -> t.Expr:
    """A borrowed key for a lookup; a `frozen` table has `&'static str` keys, looked up by `&str`.

    A table that is empty, or holds few keys, answers without hashing, where Python raises TypeError for what
    can't be hashed: a key that may be of any type is therefore hashed on its way.
    """
    lent = _lent_key(ctx, item, wanted, span, frozen=frozen)
    if wanted is OBJECT and item.type is OBJECT:
        return ctx.rt_try("dynamic_items::sought" if of_set else "dynamic::hashed", lent)
    if not (_may_be_no_key(item.type) and _may_be_no_key(wanted)):
        return lent
    if isinstance(lent, t.Ref) and not isinstance(lent.operand, (t.Path, t.Field, t.Index)):
        # What is made here lives as long as the reference to it.
        return replace(lent, operand=ctx.rt("lookup::hashable", lent.operand))
    return ctx.rt("lookup::hashable", lent)


def _may_be_no_key(type_: Type) -> bool:
    """Whether values of the type, or parts of a tuple of it, may be impossible to hash."""
    match type_:
        case TupleOf(items):
            return any(map(_may_be_no_key, items))
        case VarTuple(inner) | OptionalOf(inner):
            return _may_be_no_key(inner)
        case _:
            return type_ is OBJECT


def _lent_key(ctx: FunctionContext, item: Value, wanted: Type, span: Span, *, frozen: bool) -> t.Expr:
    if item.type is BOOL and wanted is INT:
        raise Refusal("PT105", span, "a bool is looked up among ints")
    value = coerce.convert(ctx, item, wanted, span)
    if wanted is FLOAT:
        raise Refusal("PT106", span, "floats as keys are not translated")
    if is_copy(wanted):
        return t.Ref(coerce.integer(value))
    if isinstance(wanted, TupleOf) and not is_copy(wanted) and not frozen:
        return coerce.as_ref(value) if value.form is not Form.BORROWED else value.expr
    if frozen and wanted is STR and (value.whole or value.form in (Form.PLACE, Form.OWNED)):
        return t.Method(value.expr, "as_str")
    if frozen and not is_copy(wanted) and wanted is not STR:
        raise Refusal("PT301", span, f"looking up a `{wanted}` in this constant is not translated")
    lent = coerce.borrowed(ctx, value, wanted, span)
    if isinstance(lent, t.Ref) and isinstance(lent.operand, t.ArrayExpr):
        return t.Method(lent.operand, "as_slice")  # a table of vectors is asked for a slice
    return lent


def _in_string(ctx: FunctionContext, item: Value, container: Value, span: Span) -> t.Expr:
    item = coerce.convert(ctx, item, STR, span) if dynamic.is_dynamic(item) else item
    if item.type is not STR:
        raise Refusal("PT214", span, f"a `{item.type}` in a string raises TypeError")
    if item.form is Form.CHAR:
        return t.Method(container.expr, "contains", (item.expr,))
    if isinstance(item.literal, str) and len(item.literal) == 1:
        return t.Method(container.expr, "contains", (lit_char(item.literal),))
    if container.form is Form.CHAR:
        container = Value(coerce.char_as_str(container.expr), STR, Form.BORROWED)
    return t.Method(container.expr, "contains", (coerce.borrowed(ctx, item, STR, span),))


def _in_bytes(ctx: FunctionContext, item: Value, container: Value, span: Span) -> t.Expr:
    """`b"ab" in data`, `65 in data`."""
    from portalis.compiler.stdlib.bytearrays import as_bytes

    item = as_bytes(item)
    data = coerce.borrowed(ctx, as_bytes(container), BYTES, span)
    if item.type is INT:
        return ctx.rt_try("bytes::has_byte", data, coerce.integer(item))
    if item.type is not BYTES:
        raise Refusal("PT214", span, f"a `{item.type}` in bytes raises TypeError")
    return ctx.rt("bytes::contains", data, coerce.borrowed(ctx, item, BYTES, span))


def _in_sequence(ctx: FunctionContext, item: Value, container: Value, elem: Type, span: Span) -> t.Expr:
    if elem is NEVER:
        return instead(t.TupleExpr((item.expr, container.expr)), t.Lit("false"))
    item = coerce.convert(ctx, item, elem, span)
    if elem in (INT, BOOL):
        return t.Method(container.expr, "contains", (t.Ref(coerce.integer(item)),))
    if elem is FLOAT:
        return ctx.rt(
            "seq::contains", coerce.borrowed(ctx, container, container.type, span), t.Ref(item.expr)
        )
    if elem is STR:
        passed_once = container.frozen and item.form in (Form.BORROWED, Form.STATIC)
        if not passed_once and not isinstance(item.expr, (t.Path, t.Lit)):
            name = ctx.fresh("wanted")
            form = Form.PLACE if item.form is Form.OWNED else item.form
            held = Value(t.Path(name), STR, form)
            inside = _in_sequence(ctx, held, container, elem, span)
            return t.BlockExpr(t.Block((t.Let(name, item.expr),), inside))
        wanted = coerce.borrowed(ctx, item, STR, span)
        if container.frozen and item.form is not Form.CHAR:
            return t.Method(container.expr, "contains", (t.Ref(wanted),))
        if container.frozen:
            entry = ctx.fresh("entry")
            test = t.Closure((entry,), t.Binary("==", t.Unary("*", t.Path(entry)), wanted))
            return t.Method(t.Method(container.expr, "iter"), "any", (test,))
        entry = ctx.fresh("entry")
        test = t.Closure((entry,), t.Binary("==", t.Path(entry), wanted))
        return t.Method(t.Method(container.expr, "iter"), "any", (test,))
    if isinstance(elem, OptionalOf) and not is_copy(elem) and not container.frozen:
        return _among_optionals(ctx, item, container, elem, span)
    if (isinstance(elem, (ListOf, TupleOf, VarTuple, OptionalOf)) or elem is OBJECT) and not container.frozen:
        wanted = item.expr if item.form is Form.BORROWED and elem is OBJECT else coerce.as_ref(item)
        return t.Method(container.expr, "contains", (wanted,))
    own = ctx.struct_of(elem)
    if own is not None and own.by_identity and item.type == elem:
        return t.Method(container.expr, "contains", (coerce.borrowed(ctx, item, elem, span),))
    raise Refusal("PT214", span, f"`in` a sequence of `{elem}` is not translated")


def _among_optionals(
    ctx: FunctionContext, item: Value, container: Value, elem: OptionalOf, span: Span
) -> t.Expr:
    """`s in xs` of a list of texts or Nones, without a copy of `s`."""
    if item.whole or item.form in (Form.OWNED, Form.PLACE):
        wanted = item.expr if item.whole else coerce.as_ref(item)
        return t.Method(container.expr, "contains", (wanted,))
    entry = ctx.fresh("entry")
    each = coerce.inside_of(Value(t.Path(entry), elem, Form.BORROWED, whole=True))
    test = t.Closure((entry,), t.Binary("==", each, coerce.borrowed(ctx, item, elem, span)))
    return t.Method(t.Method(container.expr, "iter"), "any", (test,))


def _equals(ctx: FunctionContext, item: Value, other: Value, span: Span) -> t.Expr:
    from portalis.compiler.lowering.compare import compare_values

    return compare_values(ctx, "==", item, other, span)


def _any_of(tests: list[t.Expr]) -> t.Expr:
    result = tests[0]
    for test in tests[1:]:
        result = t.Binary("||", result, test)
    return result


def _in_display(
    ctx: FunctionContext, item: Value, display: h.TupleDisplay | h.ListDisplay | h.SetDisplay, span: Span
) -> t.Expr:
    """`x in ("a", "b")` → `matches!(x, "a" | "b")`, or an array when the items are not literals."""
    if not display.items:
        return instead(item.expr, t.Lit("false"))
    values = [ctx.expr(entry) for entry in display.items]
    if isinstance(item.type, OptionalOf):
        item_expr = coerce.borrowed(ctx, item, item.type, span)
        some = [t.Call(t.Path("Some"), (coerce.borrowed(ctx, v, item.type.inner, span),)) for v in values]
        return t.Method(t.ArrayExpr(tuple(some)), "contains", (t.Ref(item_expr),))
    literal = all(isinstance(v.expr, t.Lit) for v in values)
    if item.type is STR and all(v.type is STR for v in values):
        if item.form is Form.CHAR and all(isinstance(v.literal, str) and len(v.literal) == 1 for v in values):
            return _matches(item.expr, [lit_char(str(v.literal)).text for v in values])
        chars = [_as_char(value) for value in values]
        if item.form is Form.CHAR and None not in chars:
            known = tuple(char for char in chars if char is not None)
            return t.Method(t.ArrayExpr(known), "contains", (t.Ref(item.expr),))
        if literal:
            subject = (
                t.Method(item.expr, "as_str")
                if item.whole or item.form in (Form.OWNED, Form.PLACE)
                else item.expr
            )
            if item.form is Form.CHAR:
                subject = _as_str(ctx, item, span)
            return _matches(subject, [v.expr.text for v in values if isinstance(v.expr, t.Lit)])
        entries = tuple(_as_str(ctx, v, span) for v in values)
        wanted = t.Ref(_as_str(ctx, item, span))
        return t.Method(t.ArrayExpr(entries), "contains", (wanted,))
    if item.type is INT and all(v.type is INT for v in values):
        if literal:
            return _matches(coerce.integer(item), [v.expr.text for v in values if isinstance(v.expr, t.Lit)])
        entries = tuple(coerce.integer(v) for v in values)
        return t.Method(t.ArrayExpr(entries), "contains", (t.Ref(coerce.integer(item)),))
    simple = isinstance(item.expr, (t.Path, t.Lit))
    if not simple:
        raise Refusal("PT214", span, f"`in` this display of a `{item.type}` is not translated")
    return _any_of([_equals(ctx, item, v, span) for v in values])


def _as_char(value: Value) -> t.Expr | None:
    """A string of one character as a `char`."""
    if isinstance(value.literal, str) and len(value.literal) == 1:
        return lit_char(value.literal)
    return value.expr if value.form is Form.CHAR else None


def _as_str(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """A `&str` where nothing would turn the `&mut str` of `encode_utf8` into one."""
    text = coerce.borrowed(ctx, value, STR, span)
    if isinstance(text, t.Method) and text.name == "encode_utf8":
        return t.Ref(t.Unary("*", text))
    return text


def _matches(subject: t.Expr, patterns: list[str]) -> t.Expr:
    return t.Macro("matches", (subject, t.Path(" | ".join(dict.fromkeys(patterns)))))


def _in_range(ctx: FunctionContext, item: h.Expr, call: h.CallExternal, span: Span) -> t.Expr:
    value = ctx.expr(item)
    if value.type is not INT or len(call.args) > 2:
        raise Refusal("PT214", span, "`in range(…)` is translated for ints without a step")
    bounds = [coerce.integer(ctx.expr(arg)) for arg in call.args]
    low: t.Expr = t.Lit("0") if len(bounds) == 1 else bounds[0]
    return t.Method(t.Range(low, bounds[-1]), "contains", (t.Ref(coerce.integer(value)),))
