"""Comparisons: chains, and what `==` and `<` are in Rust."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import (
    big,
    classes_of_values,
    coerce,
    dynamic,
    membership,
    subsets,
)
from portalis.compiler.lowering.arithmetic import as_number, negate
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import COUNTER, ORDERED_DICT
from portalis.compiler.lowering.identity import identity, is_none, same_instance
from portalis.compiler.lowering.number_classes import number_class
from portalis.compiler.lowering.value import Form, Value, lit_char, plain
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import acts
from portalis.compiler.types import (
    ANY,
    BIG,
    BOOL,
    BYTEARRAY,
    BYTES,
    FLOAT,
    INT,
    NEVER,
    NONE,
    STR,
    DictOf,
    EnumOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    is_copy,
)  # fmt: skip
from portalis.diagnostics import Span

_EXACT = 2**53


def lower_compare(ctx: FunctionContext, node: h.Compare) -> Value:
    """`a < b`, or a chain: every operand is evaluated once, and no later than Python would."""
    if len(node.ops) == 1:
        return Value(compare(ctx, node.ops[0], node.left, node.rights[0], node.span), BOOL)
    operands = (node.left, *node.rights)
    middle = operands[1:-1]
    if not all(isinstance(m, (h.Local, h.Literal)) or _is_length(m) for m in middle):
        return _bound_chain(ctx, node)
    result: t.Expr | None = None
    for op, left, right in zip(node.ops, operands, node.rights, strict=False):
        part = compare(ctx, op, left, right, node.span)
        result = part if result is None else t.Binary("&&", result, part)
    assert result is not None
    return Value(result, BOOL)


def _is_length(node: h.Expr) -> bool:
    return (
        isinstance(node, h.CallExternal)
        and node.fullname == "builtins.len"
        and isinstance(node.args[0], h.Local)
    )


def _bound_chain(ctx: FunctionContext, node: h.Compare) -> Value:
    """`a < f() < b` → `{ let middle = f(); a < middle && middle < b }`, for the one-middle chain."""
    if len(node.rights) != 2:
        raise Refusal("PT214", node.span, "a chain of comparisons over more than one computed operand")
    stmts: list[t.Stmt] = []
    left = held(ctx, "first", ctx.expr(node.left), stmts)
    middle = held(ctx, "middle", ctx.expr(node.rights[0]), stmts)
    head = compare_values(ctx, node.ops[0], left, middle, node.span)
    tail = compare_values(ctx, node.ops[1], middle, ctx.expr(node.rights[1]), node.span)
    return Value(t.BlockExpr(t.Block(tuple(stmts), t.Binary("&&", head, tail))), BOOL)


def held(ctx: FunctionContext, stem: str, value: Value, stmts: list[t.Stmt]) -> Value:
    """The value under a name, unless it is a literal or a variable already."""
    if isinstance(value.expr, (t.Lit, t.Path)):
        return value
    if value.temporary or (value.form in (Form.PLACE, Form.MUTREF) and not is_copy(value.type)):
        value = Value(coerce.owned(ctx, value, value.type, ctx.function.span), value.type)
    name = ctx.fresh(stem)
    stmts.append(t.Let(name, coerce.integer(value) if value.type is INT else value.expr))
    form = Form.PLACE if value.form is Form.OWNED and not is_copy(value.type) else value.form
    return Value(t.Path(name), value.type, form, range=value.range)


def compare(ctx: FunctionContext, op: str, left: h.Expr, right: h.Expr, span: Span) -> t.Expr:
    """One comparison of two expressions."""
    same = classes_of_values.compare(ctx, op, left, right)
    if same is not None:
        return same
    if op in ("in", "not in"):
        found = membership.contains(ctx, left, right, span)
        return found if op == "in" else negate(found)
    if op in ("is", "is not") or is_none(left) or is_none(right):
        return identity(ctx, op, left, right, span)
    if op in ("==", "!=") and _by_identity(ctx, left.type) and _by_identity(ctx, right.type):
        return same_instance(ctx, op == "==", left, right, span)
    if op in ("==", "!="):
        for display, other in ((left, right), (right, left)):
            if _is_empty_display(display, other.type):
                empty = t.Method(ctx.expr(other).expr, "is_empty")
                return empty if op == "==" else t.Unary("!", empty)
    a = ctx.expr(left, right.type if isinstance(left, (h.ListDisplay, h.DictDisplay)) else None)
    b = ctx.expr(right, left.type if isinstance(right, (h.ListDisplay, h.DictDisplay)) else None)
    return compare_values(ctx, op, a, b, span)


def _by_identity(ctx: FunctionContext, type_: Type) -> bool:
    """Whether values of the type are instances that equal only themselves, or None."""
    own = ctx.struct_of(type_.inner if isinstance(type_, OptionalOf) else type_)
    return own is not None and own.by_identity


def _is_empty_display(node: h.Expr, other: Type) -> bool:
    """Whether the node is `[]` or `{}`, and is compared with a value of that very class."""
    match node, other:
        case (h.ListDisplay(items=()), ListOf()) | (h.DictDisplay(items=()), DictOf()):
            return True
        case _:
            return False


def _numbers(ctx: FunctionContext, op: str, a: Value, b: Value, span: Span) -> t.Expr | None:
    """A comparison of numbers; None where one side is something else, or both are floats."""
    if a.type is INT and b.type is INT:
        return _ints(op, a, b)
    if BIG in (a.type, b.type) and {a.type, b.type} <= {BIG, INT}:
        return big.compare(ctx, op, a, b)
    if {a.type, b.type} == {INT, FLOAT}:
        return _mixed(ctx, op, a, b)
    known = number_class(a, b)
    if known is None or any(isinstance(one.type, OptionalOf | TupleOf) for one in (a, b)):
        return None
    return known.compare(ctx, op, a, b, span)


_OWN_EQUALITY = {COUNTER: "collections::counter_eq", ORDERED_DICT: "collections::ordered_eq"}
"""Classes that are dicts in Rust and equal in another way."""


def compare_values(ctx: FunctionContext, op: str, a: Value, b: Value, span: Span) -> t.Expr:
    """One comparison of two lowered values."""
    if op not in ("==", "!="):
        a, b = coerce.present(a), coerce.present(b)
    if _bytes_by_slice(op, a, b):
        return t.Binary(op, _byte_slice(a), _byte_slice(b))
    if a.type != b.type or op not in ("==", "!="):
        a, b = dynamic.of_union(ctx, a, span), dynamic.of_union(ctx, b, span)
    if dynamic.is_dynamic(a, b):
        return dynamic.compare(ctx, op, a, b, span)
    if a.type is BOOL and b.type is BOOL and op in ("==", "!="):
        if isinstance(b.literal, bool):
            return a.expr if b.literal is (op == "==") else negate(a.expr)
        return t.Binary(op, a.expr, b.expr)
    own = _OWN_EQUALITY.get(a.type.name) if isinstance(a.type, Instance) else None
    if own is not None and a.type == b.type and op in ("==", "!="):
        same = ctx.rt(own, *(coerce.borrowed(ctx, v, v.type, span) for v in (a, b)))
        return same if op == "==" else t.Unary("!", same)
    a, b = as_number(a), as_number(b)
    if (numbers := _numbers(ctx, op, a, b, span)) is not None:
        return numbers
    if a.type is STR and b.type is STR:
        return _strings(op, a, b)
    if isinstance(a.type, OptionalOf) or isinstance(b.type, OptionalOf):
        return _optionals(ctx, op, a, b, span)
    if op in ("==", "!=") and a.type != b.type and _tuples(a, b):
        return dynamic.compare(ctx, op, dynamic.wrap(ctx, a, span), dynamic.wrap(ctx, b, span), span)
    if (inside := subsets.ordered(ctx, op, a, b)) is not None:
        return inside
    if not comparable(a.type, b.type, ordered=op not in ("==", "!=")):
        raise Refusal("PT214", span, f"`{op}` between `{a.type}` and `{b.type}` is not translated")
    left, right = (_thawed(ctx, one, span) if a.frozen != b.frozen else one for one in (a, b))
    return t.Binary(op, _plain(left), _plain(right))


def _thawed(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """A constant set or dict as a variable has it, with texts that are `String`; other values as they are."""
    if not value.frozen or not isinstance(value.type, (SetOf, DictOf)):
        return value
    made = coerce.thaw(value.expr, value.type)
    if isinstance(made, t.Method) and made.name == "collect":
        made = replace(made, turbofish=ctx.rust_type(value.type, span))
    return Value(made, value.type)


def _tuples(*values: Value) -> bool:
    """Whether the values are tuples whose items any value may be, and not of one type."""
    return all(isinstance(one.type, (TupleOf, VarTuple)) for one in values) and not all(
        isinstance(one.type, TupleOf) for one in values
    )


def _plain(value: Value) -> t.Expr:
    """A borrowed operand of a comparison is dereferenced where the other side is a place."""
    if value.form in (Form.BORROWED, Form.MUTREF) and not isinstance(value.type, (ListOf, VarTuple)):
        return value.expr if value.type in (STR, BYTES) else t.Unary("*", value.expr)
    if value.form is Form.MUTREF or (
        isinstance(value.expr, t.Accessor) and value.expr.access is t.Access.LEND
    ):
        return t.Unary("*", value.expr)
    return value.expr if value.form is not Form.BORROWED else t.Unary("*", value.expr)


def comparable(a: Type, b: Type, *, ordered: bool) -> bool:
    """Whether Rust's operator on these types is Python's."""
    match a, b:
        case (ListOf(x), ListOf(y)) | (VarTuple(x), VarTuple(y)):
            return (x == y and comparable(x, y, ordered=ordered)) or NEVER in (x, y) or ANY in (x, y)
        case (SetOf(x), SetOf(y)):
            return x == y and not ordered
        case (DictOf(k, v), DictOf(k2, v2)):
            return not ordered and ((k == k2 and comparable(v, v2, ordered=False)) or NEVER in (v, v2))
        case (TupleOf(xs), TupleOf(ys)):
            return len(xs) == len(ys) and all(
                comparable(x, y, ordered=ordered) for x, y in zip(xs, ys, strict=True)
            )
        case (OptionalOf(x), OptionalOf(y)):
            return not ordered and comparable(x, y, ordered=False)
        case (EnumOf(), EnumOf(mixed=mixed)):
            return a == b and (not ordered or mixed == "int")
        case (Instance(traits=traits), Instance()) if traits:
            return a == b and ("ord" if ordered else "eq") in traits
        case (Instance(n), Instance(m)):
            return n == m and n.startswith("datetime.") and a == b
        case _:
            return a == b and a in (INT, FLOAT, STR, BYTES, BOOL)


def _ints(op: str, a: Value, b: Value) -> t.Expr:
    if (a.unsigned and isinstance(b.literal, int) and b.literal >= 0) or (b.unsigned and a.unsigned):
        if (
            b.literal == 0
            and isinstance(a.expr, t.Method)
            and a.expr.name == "len"
            and op in ("==", "!=", ">")
        ):
            empty = t.Method(a.expr.receiver, "is_empty")
            return empty if op == "==" else t.Unary("!", empty)
        return t.Binary(op, a.expr, b.expr)
    if b.unsigned and isinstance(a.literal, int) and a.literal >= 0:
        return t.Binary(op, a.expr, b.expr)
    return t.Binary(op, coerce.integer(a), coerce.integer(b))


_MIRROR = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
_WITH_INT = {"<": "lt_int", "<=": "le_int", ">": "gt_int", ">=": "ge_int", "==": "eq_int", "!=": "eq_int"}


def _mixed(ctx: FunctionContext, op: str, a: Value, b: Value) -> t.Expr:
    """An int against a float: compared exactly, as Python does, not after rounding."""
    if a.type is INT:
        if acts(a.expr) and not plain(b.expr):
            first: list[t.Stmt] = []
            a = held(ctx, "number", a, first)
            return t.BlockExpr(t.Block(tuple(first), _mixed(ctx, op, a, b)))
        a, b, op = b, a, _MIRROR[op]
    if isinstance(b.literal, int) and abs(b.literal) <= _EXACT:
        return t.Binary(op, a.expr, t.Lit(repr(float(b.literal))))
    if b.range is not None and b.range.low >= -_EXACT and b.range.high <= _EXACT:
        return t.Binary(op, a.expr, t.Cast(b.expr, "f64"))
    call = ctx.rt(f"float::{_WITH_INT[op]}", a.expr, coerce.integer(b))
    return t.Unary("!", call) if op == "!=" else call


def _strings(op: str, a: Value, b: Value) -> t.Expr:
    left, right = _as_char(a), _as_char(b)
    if (a.form is Form.CHAR or b.form is Form.CHAR) and left is not None and right is not None:
        return t.Binary(op, left, right)
    if a.form is Form.CHAR or b.form is Form.CHAR:
        x = coerce.char_as_str(a.expr) if a.form is Form.CHAR else _str_slice(a)
        y = coerce.char_as_str(b.expr) if b.form is Form.CHAR else _str_slice(b)
        return t.Binary(op, x, y)
    if isinstance(b.literal, str) and b.literal == "" and op in ("==", "!="):
        empty = t.Method(a.expr, "is_empty")
        return empty if op == "==" else t.Unary("!", empty)
    if op in ("==", "!="):
        return t.Binary(op, _beside(a, b), _beside(b, a))
    alike = _is_string_ref(a) and _is_string_ref(b)
    return t.Binary(op, _str_slice(a, alike=alike), _str_slice(b, alike=alike))


def _beside(value: Value, other: Value) -> t.Expr:
    """A text as one side of `==`: beside a `String`, a `&String` is one as well."""
    held = other.form in (Form.OWNED, Form.PLACE) and other.literal is None
    return t.Unary("*", value.expr) if held and _is_string_ref(value) else value.expr


def _is_string_ref(value: Value) -> bool:
    return value.form is Form.BORROWED and value.whole


def _str_slice(value: Value, *, alike: bool = True) -> t.Expr:
    """A text as `&str`; a `&String` stays one where the other side is one `alike`."""
    whole = value.form in (Form.OWNED, Form.PLACE, Form.MUTREF)
    return t.Method(value.expr, "as_str") if whole or (_is_string_ref(value) and not alike) else value.expr


def _bytes_by_slice(op: str, a: Value, b: Value) -> bool:
    """Whether two values are bytes of which Rust compares only slices: in order, or with a bytearray."""
    kinds = {a.type, b.type}
    return kinds <= {BYTES, BYTEARRAY} and (op not in ("==", "!=") or BYTEARRAY in kinds)


def _byte_slice(value: Value) -> t.Expr:
    """Bytes as `&[u8]`, which alone has an order with others: a literal is a reference to an array."""
    match value.expr:
        case t.Ref(t.Unary("*", t.Lit() as literal)):
            return t.Method(literal, "as_slice")
        case whole if value.whole or value.form in (Form.OWNED, Form.PLACE, Form.MUTREF):
            return t.Method(whole, "as_slice")
        case slice_:
            return slice_


def _as_char(value: Value) -> t.Expr | None:
    if value.form is Form.CHAR:
        return value.expr
    if isinstance(value.literal, str) and len(value.literal) == 1:
        return lit_char(value.literal)
    return None


def _optionals(ctx: FunctionContext, op: str, a: Value, b: Value, span: Span) -> t.Expr:
    if op not in ("==", "!="):
        raise Refusal("PT214", span, f"`{op}` on a value that may be None can raise TypeError")
    inner = (
        a.type.inner
        if isinstance(a.type, OptionalOf)
        else b.type.inner
        if isinstance(b.type, OptionalOf)
        else NONE
    )
    other = b.type if isinstance(a.type, OptionalOf) else a.type
    if other not in (inner, OptionalOf(inner)) or not comparable(inner, inner, ordered=False):
        raise Refusal("PT214", span, f"`{op}` between `{a.type}` and `{b.type}` is not translated")
    target = OptionalOf(inner)
    return t.Binary(op, coerce.borrowed(ctx, a, target, span), coerce.borrowed(ctx, b, target, span))
