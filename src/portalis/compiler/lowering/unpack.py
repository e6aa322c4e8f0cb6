"""Assignment to several targets: tuple patterns, swaps, starred targets."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, structs
from portalis.compiler.lowering import dynamic as values
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.hoisting import characters
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.store import store_value
from portalis.compiler.lowering.value import Form, Range, Value
from portalis.compiler.lowering.variables import assign_local, let_local, typed_integer, vague, wanted_type
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.zipping import unzipped
from portalis.compiler.types import (
    ANY,
    INT,
    OBJECT,
    STR,
    ListOf,
    OptionalOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    dynamic,
    is_copy,
    is_mutable,
)  # fmt: skip
from portalis.diagnostics import Span


def bind_tuple(ctx: FunctionContext, targets: tuple[h.Expr, ...], value: Value, span: Span) -> list[t.Stmt]:
    """The parts of a tuple value under names that are all new."""
    names = [ctx.fresh("part") for _ in targets]
    kinds, head = _parts(ctx, value, names, span)
    return _let_pattern(ctx, targets, kinds, value, head, names, span)


def unpack(ctx: FunctionContext, targets: tuple[h.Expr, ...], value: h.Expr, span: Span) -> list[t.Stmt]:
    """`a, b = x, y`; all of the right side is evaluated first."""
    swap = _swap(ctx, targets, value, span)
    if swap is not None:
        return swap
    wanted = TupleOf(tuple(_wanted(ctx, x) for x in targets))
    lowered = unzipped(ctx, value, len(targets))
    if lowered is None:
        lowered = ctx.expr(value, wanted if isinstance(value, h.TupleDisplay) else None)
    if any(isinstance(x, h.Starred) for x in targets):
        if lowered.type is OBJECT:
            items = ctx.rt_try("dynamic_items::unpacked", values.reference(ctx, lowered, span))
            lowered = Value(items, ListOf(OBJECT))
        return _unpack_starred(ctx, targets, lowered, span)
    names = [ctx.fresh("part") for _ in targets]
    kinds, head = _parts(ctx, lowered, names, span)
    if len(kinds) != len(targets):
        raise Refusal("PT214", span, f"{len(kinds)} values are unpacked into {len(targets)} names")
    if all(isinstance(x, h.Local) and _is_new(ctx, x.name) for x in targets):
        return _let_pattern(ctx, targets, kinds, lowered, head, names, span)
    together = _assigned_together(ctx, targets, lowered)
    if together is not None:
        return [together]
    stores: list[t.Stmt] = []
    for target, name, (kind, form) in zip(targets, names, kinds, strict=True):
        part = Value(t.Path(name), kind, form, movable=False)
        stores += store_part(ctx, target, part, span)
    return [head, *stores]


def _wanted(ctx: FunctionContext, target: h.Expr) -> Type:
    """The type that the place wants, as far as it has one."""
    match target:
        case h.Local():
            return wanted_type(ctx, target) or ANY
        case h.Attribute():
            return structs.field_type(ctx, target) or ANY
        case _:
            return ANY


def _assigned_together(ctx: FunctionContext, targets: tuple[h.Expr, ...], value: Value) -> t.Stmt | None:
    """`(a, b) = (b, a % b);` where all names are there already and hold Copy values of these types."""
    if not isinstance(value.type, TupleOf) or not isinstance(value.expr, t.TupleExpr):
        return None
    locals_: list[Local] = []
    for target, kind in zip(targets, value.type.items, strict=True):
        local = ctx.lookup(target.name) if isinstance(target, h.Local) else None
        if local is None or local.type != kind or not is_copy(kind) or local.name in ctx.facts.captured:
            return None
        locals_.append(local)
    if len({local.name for local in locals_}) != len(locals_):
        return None
    for local in locals_:
        ctx.note_store(local)
        local.range = None
        ctx.learned.ranges[local.web] = None
    return t.Assign(t.TupleExpr(tuple(t.Path(local.rust) for local in locals_)), value.expr)


def _is_new(ctx: FunctionContext, name: str) -> bool:
    current = ctx.lookup(name)
    return current is None or (current.block == ctx.block and name not in ctx.facts.captured)


def _parts(
    ctx: FunctionContext, value: Value, names: list[str], span: Span
) -> tuple[list[tuple[Type, Form]], t.Stmt]:
    """The types of the parts, and the `let` that takes the value apart under fresh names."""
    match value.type:
        case TupleOf(items):
            owned = coerce.owned(ctx, value, value.type, span)
            forms = [(kind, Form.OWNED) for kind in items]
            return forms, t.Let(f"({', '.join(names)})", owned)
        case ListOf(elem) | VarTuple(elem):
            if is_mutable(elem) or value.frozen or value.form is Form.OWNED:
                owned = coerce.owned(ctx, value, value.type, span)
            else:
                owned = t.Method(value.expr, "to_vec")
            call = ctx.rt_try("seq::unpack", owned)
            return [(elem, Form.OWNED)] * len(names), t.Let(f"[{', '.join(names)}]", call)
        case _ if value.type is STR:
            call = ctx.rt_try("text::unpack", coerce.borrowed(ctx, value, STR, span))
            return [(STR, Form.CHAR)] * len(names), t.Let(f"[{', '.join(names)}]", call)
        case _ if value.type is OBJECT:
            call = ctx.rt_try("dynamic_items::unpack", values.reference(ctx, value, span))
            return [(OBJECT, Form.OWNED)] * len(names), t.Let(f"[{', '.join(names)}]", call)
        case _:
            raise Refusal("PT214", span, f"unpacking a `{value.type}` is not translated")


def _let_pattern(
    ctx: FunctionContext,
    targets: tuple[h.Expr, ...],
    kinds: list[tuple[Type, Form]],
    value: Value,
    head: t.Stmt,
    names: list[str],
    span: Span,
) -> list[t.Stmt]:
    """All names are new: they stand in the pattern themselves."""
    assert isinstance(head, t.Let)
    patterns: list[str] = []
    collected: list[t.Stmt] = []
    after: list[t.Stmt] = []
    ranges = _part_ranges(value)
    for index, (target, (kind, form), name) in enumerate(zip(targets, kinds, names, strict=True)):
        assert isinstance(target, h.Local)
        if target.name not in ctx.facts.loaded:
            patterns.append("_")
            continue
        declared = wanted_type(ctx, target)
        if (
            declared is not None
            and declared != kind
            and not isinstance(declared, UnionOf)
            and not vague(declared)
            and not (isinstance(declared, OptionalOf) and declared.inner == kind)
        ):
            part = Value(t.Path(name), kind, form)
            after.append(let_local(ctx, target, part, span))
            collected += characters(ctx, ctx.lookup(target.name))
            patterns.append(name)
            continue
        web = ctx.next_web(target.name)
        natural = Form.OWNED if is_copy(kind) else form if form is Form.CHAR else Form.PLACE
        known = ctx.known.forms.get(web)
        if known is Form.PLACE and natural is Form.CHAR:
            after.append(
                t.Let(
                    target.name, t.Method(t.Path(target.name), "to_string"), mutable=web in ctx.known.mutable
                )
            )
            natural = Form.PLACE
        local = ctx.declare(target.name, dynamic(kind) if vague(kind) else kind, natural, web=web)
        local.form = natural
        local.range = ranges[index] if ctx.known.ranges.get(web, True) is not None else None
        ctx.assigned.add(web)
        mutable = "mut " if web in ctx.known.mutable and not after else ""
        patterns.append(f"{mutable}{local.rust}")
        collected += characters(ctx, local)
    brackets = "()" if isinstance(value.type, TupleOf) else "[]"
    spelled = ""
    if (
        isinstance(value.expr, t.TupleExpr)
        and isinstance(value.type, TupleOf)
        and any(
            kind is INT and not typed_integer(part)
            for kind, part in zip(value.type.items, value.expr.items, strict=True)
        )
    ):
        spelled = ctx.rust_type(value.type, span)
    return [
        t.Let(f"{brackets[0]}{', '.join(patterns)}{brackets[1]}", head.value, spelled),
        *after,
        *collected,
    ]


def _part_ranges(value: Value) -> list[Range | None]:
    if isinstance(value.expr, t.TupleExpr):
        return [
            Range(int(x.text.replace("_", "")), int(x.text.replace("_", "")))
            if isinstance(x, t.Lit) and x.text.lstrip("-").replace("_", "").isdigit() else None
            for x in value.expr.items
        ]  # fmt: skip
    size = len(value.type.items) if isinstance(value.type, TupleOf) else 16
    return [None] * max(size, 16)


def store_part(ctx: FunctionContext, target: h.Expr, part: Value, span: Span) -> list[t.Stmt]:
    match target:
        case h.Local():
            return assign_local(ctx, target, part, span)
        case h.Subscript():
            return store_value(ctx, target, part, span)
        case h.Attribute():
            return structs.store_given(ctx, target, part, span)
        case h.TupleDisplay(items=inner) if isinstance(part.type, TupleOf) and len(inner) == len(
            part.type.items
        ):
            names = [ctx.fresh("part") for _ in inner]
            head = t.Let(f"({', '.join(names)})", part.expr)
            stores: list[t.Stmt] = [head]
            for item, name, kind in zip(inner, names, part.type.items, strict=True):
                stores += store_part(ctx, item, Value(t.Path(name), kind), span)
            return stores
        case _:
            raise Refusal("PT209", span, "this unpacking target is not translated")


def _swap(
    ctx: FunctionContext, targets: tuple[h.Expr, ...], value: h.Expr, span: Span
) -> list[t.Stmt] | None:
    """`xs[i], xs[j] = xs[j], xs[i]` → `seq::swap(xs, i, j)?`."""
    if not isinstance(value, h.TupleDisplay) or len(targets) != 2 or len(value.items) != 2:
        return None
    a, b = targets
    x, y = value.items
    parts = (a, b, x, y)
    if not all(isinstance(p, h.Subscript) and isinstance(p.value, h.Local) for p in parts):
        return None
    assert isinstance(a, h.Subscript) and isinstance(b, h.Subscript)
    assert isinstance(x, h.Subscript) and isinstance(y, h.Subscript)
    same = _same(a, y) and _same(b, x) and _same(a.value, b.value)
    if not same or not isinstance(a.value.type, ListOf):
        return None
    receiver = ctx.expr(a.value)
    place = mutable_receiver(ctx, a.value, receiver)
    target = place if receiver.form is Form.MUTREF else t.Ref(place, mutable=True)
    return [t.ExprStmt(ctx.rt_try("seq::swap", target, ctx.i64(a.index), ctx.i64(b.index)))]


def _same(a: h.Expr, b: h.Expr) -> bool:
    """Whether two expressions of names, literals, `+`/`-` and subscripts are written alike."""
    match a, b:
        case (h.Local(name=m), h.Local(name=n)):
            return m == n
        case (h.Literal(value=v), h.Literal(value=w)):
            return type(v) is type(w) and v == w
        case (h.Binary(op=p, left=l1, right=r1), h.Binary(op=q, left=l2, right=r2)):
            return p == q and _same(l1, l2) and _same(r1, r2)
        case (h.Subscript(value=v1, index=i1), h.Subscript(value=v2, index=i2)):
            return _same(v1, v2) and _same(i1, i2)
        case _:
            return False


def _unpack_starred(
    ctx: FunctionContext, targets: tuple[h.Expr, ...], value: Value, span: Span
) -> list[t.Stmt]:
    """`a, *b, c = xs`."""
    if isinstance(value.type, TupleOf):
        return _unpack_fields(ctx, targets, value, span)
    if value.type is STR:
        return _unpack_starred(ctx, targets, _characters(ctx, value, span), span)
    if not isinstance(value.type, (ListOf, VarTuple)):
        raise Refusal("PT214", span, f"unpacking a `{value.type}` with a star is not translated")
    star = next(i for i, x in enumerate(targets) if isinstance(x, h.Starred))
    elem = value.type.elem
    before, after = (
        [ctx.fresh("first") for _ in targets[:star]],
        [ctx.fresh("last") for _ in targets[star + 1 :]],
    )
    middle = ctx.fresh("middle")
    held = ctx.fresh("items")
    whole = value.expr if value.form in (Form.OWNED, Form.BORROWED, Form.MUTREF) else t.Ref(value.expr)
    passed = t.Ref(t.Path(held)) if value.form in (Form.OWNED, Form.MUTREF) else t.Path(held)
    call = ctx.rt_try(f"seq::unpack_star::<_, {len(before)}, {len(after)}>", passed)
    stmts: list[t.Stmt] = [
        t.Let(held, whole),
        t.Let(f"([{', '.join(before)}], {middle}, [{', '.join(after)}])", call),
    ]

    def part(name: str) -> Value:
        return (
            Value(t.Unary("*", t.Path(name)), elem)
            if is_copy(elem)
            else Value(t.Path(name), elem, Form.BORROWED, temporary=True)
        )

    for target, name in zip(targets[:star], before, strict=True):
        stmts += store_part(ctx, target, part(name), span)
    starred = targets[star]
    assert isinstance(starred, h.Starred)
    rest = Value(t.Method(t.Path(middle), "to_vec"), ListOf(elem))
    stmts += store_part(ctx, starred.value, rest, span)
    for target, name in zip(targets[star + 1 :], after, strict=True):
        stmts += store_part(ctx, target, part(name), span)
    return stmts


def _characters(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """The characters of a text as a list of texts."""
    text = coerce.borrowed(ctx, value, STR, span)
    made = t.Method(t.Method(text, "chars"), "map", (t.Path("String::from"),))
    return Value(t.Method(made, "collect", (), "Vec<String>"), ListOf(STR))


def _unpack_fields(
    ctx: FunctionContext, targets: tuple[h.Expr, ...], value: Value, span: Span
) -> list[t.Stmt]:
    """`a, *b = (1, 2, 3)`: the number of fields is known, the starred name is a list of those between."""
    assert isinstance(value.type, TupleOf)
    kinds = value.type.items
    star = next(i for i, x in enumerate(targets) if isinstance(x, h.Starred))
    behind = len(targets) - star - 1
    between = kinds[star : len(kinds) - behind]
    if len(kinds) < len(targets) - 1 or len(set(between)) != 1:
        raise Refusal("PT214", span, f"unpacking a `{value.type}` with a star is not translated here")
    names = [ctx.fresh("part") for _ in kinds]
    lines: list[t.Stmt] = [
        t.Let(
            f"({', '.join(names)}{',' if len(names) == 1 else ''})",
            coerce.owned(ctx, value, value.type, span),
        )
    ]
    for target, name, kind in zip(targets[:star], names, kinds, strict=False):
        lines += store_part(ctx, target, Value(t.Path(name), kind), span)
    starred = targets[star]
    assert isinstance(starred, h.Starred)
    items = tuple(t.Path(name) for name in names[star : len(kinds) - behind])
    lines += store_part(ctx, starred.value, Value(t.Macro("vec", items, "[]"), ListOf(between[0])), span)
    for target, name, kind in zip(
        targets[star + 1 :], names[len(kinds) - behind :], kinds[len(kinds) - behind :], strict=True
    ):
        lines += store_part(ctx, target, Value(t.Path(name), kind), span)
    return lines
