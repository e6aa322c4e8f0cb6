"""Assignment in all its forms: names, unpacking, elements, augmented, `del`.

A name assigned again in the block where it was bound becomes a new `let` (shadowing), so each
stretch of its life has its own type and mutability; elsewhere it is assigned.
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import root_local, walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.arithmetic import apply as apply_operator
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.dict_like import as_dict, dict_of
from portalis.compiler.lowering.membership import key_ref
from portalis.compiler.lowering.value import Form, Range, Value, lit_char
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import leaves
from portalis.compiler.stdlib.collection_methods import mutable_receiver
from portalis.compiler.types import (
    ANY,
    INT,
    NEVER,
    NONE,
    STR,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    is_copy,
    is_mutable,
)  # fmt: skip
from portalis.diagnostics import Span


def lower_assign(ctx: FunctionContext, stmt: h.Assign) -> list[t.Stmt]:
    """`a = value`, `a = b = value`, `a, b = value`, `x[i] = value`."""
    if len(stmt.targets) == 1:
        return _assign(ctx, stmt.targets[0], stmt.value, stmt.span)
    first, *rest = stmt.targets
    if isinstance(stmt.value, h.Literal):
        return [line for target in stmt.targets for line in _assign(ctx, target, stmt.value, stmt.span)]
    if not isinstance(first, h.Local):
        raise Refusal(
            "PT209", stmt.span, "this chained assignment is not translated", "assign the name first"
        )
    if is_mutable(stmt.value.type):
        raise Refusal(
            "PT401", stmt.span, "several names are bound to one mutable value", "make a value for each"
        )
    lowered = _assign(ctx, first, stmt.value, stmt.span)
    for target in rest:
        again = h.Local(first.name, stmt.value.type, span=stmt.span, type=stmt.value.type)
        lowered += _assign(ctx, target, again, stmt.span)
    return lowered


def _assign(ctx: FunctionContext, target: h.Expr, value: h.Expr, span: Span) -> list[t.Stmt]:
    match target:
        case h.Local() if isinstance(value, h.Lambda):
            return _named_lambda(ctx, target, value, span)
        case h.Local():
            _note_pattern(ctx, target, value)
            subject, value = _held_subject(ctx, value)
            if subject:
                return [*subject, *assign_local(ctx, target, ctx.expr(value), span)]
            if isinstance(value, (h.DictDisplay, h.SetDisplay)) and _static_table(ctx, target, value):
                return []
            if isinstance(value, (h.TupleDisplay, h.ListDisplay)) and target.name in ctx.facts.arrays:
                array = _array(ctx, target, value)
                if array is not None:
                    return assign_local(ctx, target, array, span)
            lowered = assign_local(ctx, target, ctx.expr(value, wanted_type(ctx, target)), span)
            _note_length(ctx, target, value)
            return lowered
        case h.TupleDisplay(items=targets) | h.ListDisplay(items=targets):
            return _unpack(ctx, targets, value, span)
        case h.Subscript():
            return _store(ctx, target, value, span)
        case h.Slice():
            return _store_slice(ctx, target, value, span)
        case _:
            raise Refusal("PT209", span, "this assignment target is not translated")


def _named_lambda(ctx: FunctionContext, target: h.Local, node: h.Lambda, span: Span) -> list[t.Stmt]:
    """`f = lambda x: x + 1` is a nested function of one `return`."""
    from portalis.compiler.lowering.nested import lower_nested

    if ctx.facts.assignments[target.name] > 1:
        raise Refusal("PT215", span, f"`{target.name}` is bound to more than one function")
    params = tuple(h.Parameter(name, type_, "positional_or_keyword") for name, type_ in node.params)
    qualname = f"{ctx.function.qualname}.<locals>.{target.name}"
    returned = h.Return(node.body, span=node.body.span)
    function = h.Function(
        ctx.function.module, qualname, params, node.body.type, [returned], "", dict(node.params), span=span
    )
    return lower_nested(ctx, h.NestedFunction(function, span=span))


def _note_length(ctx: FunctionContext, target: h.Local, value: h.Expr) -> None:
    """Remembers `n = len(xs)`, so that `range(n)` gives indices of `xs`."""
    from portalis.compiler.lowering.iterate import length_owner

    match value:
        case h.CallExternal(fullname="builtins.len", args=(h.Local(name=name),)):
            local = ctx.lookup(target.name)
            if local is not None and ctx.facts.assignments[target.name] == 1:
                local.counts = length_owner(ctx, name)


def _held_subject(ctx: FunctionContext, node: h.Expr) -> tuple[list[t.Stmt], h.Expr]:
    """A match borrows its text: a computed text gets a name that lives as long as the match.

    m = PATTERN.match(f(x))   →   let subject = f(x); let m = re::match_(&PATTERN, &subject);
    """
    from portalis.compiler.stdlib.re import PATTERN

    if not isinstance(node, h.CallMethod) or node.receiver.type != PATTERN or len(node.args) != 1:
        return [], node
    if isinstance(node.args[0], (h.Local, h.Literal)):
        return [], node
    value = ctx.expr(node.args[0])
    if value.type is not STR or (value.form is Form.BORROWED and not value.temporary):
        return [], node
    name = ctx.fresh("subject")
    let = t.Let(name, coerce.owned(ctx, value, STR, node.span))
    local = ctx.declare(name, STR, Form.PLACE)
    local.form = Form.PLACE
    argument = h.Local(name, STR, span=node.span, type=STR)
    return [let], h.CallMethod(
        node.receiver, node.method, (argument,), node.keywords, span=node.span, type=node.type
    )


def _array(ctx: FunctionContext, target: h.Local, node: h.TupleDisplay | h.ListDisplay) -> Value | None:
    """A tuple or list of numbers or texts that is only read by element, as an array."""
    from portalis.compiler.lowering.displays import literal_array

    if len(node.items) < 2 or any(isinstance(item, h.Starred) for item in node.items):
        return None
    if isinstance(node, h.ListDisplay) and ctx.facts.assignments[target.name] > 1:
        return None
    if ctx.facts.mutations.any_depth(target.name):
        return None
    array = literal_array(ctx, node.items, node.span)
    if array is None or isinstance(node, h.TupleDisplay):
        return array
    assert isinstance(array.type, VarTuple)
    return replace(array, type=ListOf(array.type.elem))


def _static_table(ctx: FunctionContext, target: h.Local, node: h.DictDisplay | h.SetDisplay) -> bool:
    """A literal table that is only looked up is made once, not at every call: it becomes a `static`."""
    from portalis.compiler.lowering.freeze import Unfreezable, freeze

    name = target.name
    params = {p.name for p in ctx.function.params}
    once = ctx.facts.assignments[name] == 1 and name not in params and name not in ctx.facts.captured
    if not once or ctx.facts.mutations.any_depth(name) or name not in ctx.facts.looked_up or not node.items:
        return False
    value = literal_value(node)
    if value is None:
        return False
    stem = ctx.function.qualname.replace(".<locals>.", "_").strip("_")
    try:
        frozen = freeze(f"{stem}_{name}", value, None)
    except Unfreezable:
        return False
    ctx.patterns.append(frozen.item)
    ctx.runtime |= frozen.runtime
    ctx.modules |= frozen.imports
    local = ctx.declare(name, frozen.type, frozen.form)
    local.rust, local.form = frozen.item.name, frozen.form
    ctx.frozen_locals.add(local.web)
    return True


def literal_value(node: h.DictDisplay | h.SetDisplay) -> object:
    """The table as a Python value, when it is made of literals alone; None otherwise."""
    if isinstance(node, h.SetDisplay):
        values = [item.value for item in node.items if isinstance(item, h.Literal)]
        return set(values) if len(values) == len(node.items) else None
    pairs = [
        (key.value, item.value)
        for key, item in node.items
        if isinstance(key, h.Literal) and isinstance(item, h.Literal)
    ]
    return dict(pairs) if len(pairs) == len(node.items) else None


def _note_pattern(ctx: FunctionContext, target: h.Local, value: h.Expr) -> None:
    """Remembers which regular expression a match comes from."""
    from portalis.compiler.stdlib.re import pattern_of

    pattern = pattern_of(ctx, value)
    if pattern is not None and ctx.facts.assignments[target.name] == 1:
        ctx.match_patterns[target.name] = pattern
    else:
        ctx.match_patterns.pop(target.name, None)


def wanted_type(ctx: FunctionContext, target: h.Local) -> Type | None:
    """What the variable should hold: its declared type, where that is known."""
    declared = ctx.function.locals.get(target.name, target.declared)
    if declared in (ANY, NONE) or declared is NEVER:
        return None
    return declared


def _type_for(ctx: FunctionContext, name: str, value: Value, declared: Type | None) -> Type:
    """The type of a new variable: narrower than declared when it is bound once."""
    if declared is None:
        return value.type
    if isinstance(declared, OptionalOf) and not isinstance(value.type, OptionalOf) and value.type is not NONE:
        params = {p.name for p in ctx.function.params}
        once = ctx.facts.assignments[name] + (name in params) <= 1
        return declared.inner if once else declared
    if isinstance(value.type, VarTuple):
        return value.type
    union = declared.inner if isinstance(declared, OptionalOf) else declared
    if isinstance(union, UnionOf) and value.type in union.members:
        return value.type  # rebound to another type: each stretch of the variable's life has its own
    if vague(declared):
        return value.type
    return declared


def vague(type_: Type) -> bool:
    """Whether a part of the declared type is unknown to the oracle."""
    match type_:
        case ListOf(elem) | SetOf(elem) | VarTuple(elem):
            return elem in (ANY, NEVER) or vague(elem)
        case DictOf(key, item):
            return ANY in (key, item) or NEVER in (key, item) or vague(item)
        case TupleOf(items):
            return any(item is ANY or vague(item) for item in items)
        case OptionalOf(inner):
            return inner is ANY or vague(inner)
        case Instance(args=args):
            return any(arg is ANY for arg in args)
        case _:
            return type_ is ANY


def assign_local(ctx: FunctionContext, target: h.Local, value: Value, span: Span) -> list[t.Stmt]:
    """A value for a name: a new `let`, or a store into the variable it already has."""
    name = target.name
    current = ctx.lookup(name)
    shadows = current is not None and current.block == ctx.block and name not in ctx.facts.captured
    if current is None or shadows:
        let = _let(ctx, target, value, span)
        local = ctx.lookup(name)
        if local is not None and local.chars is not None and local.type is STR:
            from portalis.compiler.lowering.function import hoist

            return [let, hoist(local.chars, t.Path(local.rust))]
        return [let]
    return [_store_local(ctx, current, value, span)]


def _let(ctx: FunctionContext, target: h.Local, value: Value, span: Span) -> t.Let:
    type_ = _type_for(ctx, target.name, value, wanted_type(ctx, target))
    if type_ is NONE:
        raise Refusal("PT105", span, f"`{target.name}` is only ever None here")
    if _unknown(type_):
        raise Refusal("PT101", span, f"the type of `{target.name}` is not known", "annotate it")
    web = ctx.next_web(target.name)
    candidate = _natural_form(ctx, value, type_, target.name)
    form = ctx.known.forms.get(web, Form.PLACE) if not is_copy(type_) else Form.OWNED
    if candidate is not Form.PLACE and ctx.known.forms.get(web) is None and web not in ctx.assigned_later:
        form = candidate
    expr = _in_form(ctx, value, type_, form, span)
    local = ctx.declare(target.name, type_, form, web=web)
    local.form = form
    local.string = form is Form.BORROWED and value.string
    if not ctx.facts.mutations.any_depth(target.name) and ctx.facts.assignments[target.name] == 1:
        local.elem_range = value.elem_range
    local.range = value.range if ctx.known.ranges.get(web, True) is not None else None
    ctx.assigned.add(web)
    if value.frozen and (form is Form.BORROWED or isinstance(expr, t.ArrayExpr)):
        ctx.frozen_locals.add(web)
    annotation = _annotation(ctx, value, type_, expr, form, span)
    mutable = web in ctx.known.mutable
    if target.name in ctx.facts.names and target.name not in ctx.facts.loaded and not annotation:
        return t.Let("_", expr)
    return t.Let(local.rust, expr, annotation, mutable)


def _unknown(type_: Type) -> bool:
    return type_ in (ANY, NEVER)


def _annotation(ctx: FunctionContext, value: Value, type_: Type, expr: t.Expr, form: Form, span: Span) -> str:
    """A type for what Rust can't infer or would infer otherwise: empty containers, `None`, literals."""
    empty = isinstance(expr, t.Call) and isinstance(expr.func, t.Path) and expr.func.name in (
        "Vec::new", "VecDeque::new", "set::Set::default", "dict::Dict::default",
    )  # fmt: skip
    bare_none = isinstance(expr, t.Path) and expr.name == "None"
    literal = (type_ is INT and not typed_integer(expr)) or (
        type_ is not INT and holds_int(type_) and bare_integer(expr)
    )
    if form in (Form.PLACE, Form.OWNED) and (empty or bare_none or literal):
        return ctx.rust_type(type_, span)
    if isinstance(expr, t.Method) and expr.name == "collect" and not expr.turbofish:
        return ctx.rust_type(type_, span)
    return ""


def typed_integer(expr: t.Expr) -> bool:
    """Whether Rust knows the width of an integer expression without being told."""
    match expr:
        case t.Lit(text):
            return text.endswith("i64")
        case t.Binary(op=op, left=left, right=right):
            return typed_integer(left) or (op not in ("<<", ">>") and typed_integer(right))
        case t.Unary(operand=operand):
            return typed_integer(operand)
        case t.IfExpr(then=then, otherwise=otherwise):
            ends = [then.tail, otherwise.tail if isinstance(otherwise, t.Block) else otherwise]
            return any(end is not None and typed_integer(end) for end in ends)
        case t.BlockExpr(block):
            return block.tail is None or isinstance(block.tail, t.Path) or typed_integer(block.tail)
        case t.Match(arms=arms):
            return any(not isinstance(arm.body, (t.Return, t.Break, t.Lit)) for arm in arms)
        case _:
            return True


def bare_integer(expr: object) -> bool:
    """Whether an integer literal without a suffix stands somewhere as a value of its own."""
    match expr:
        case t.Lit(text):
            return text.lstrip("-").replace("_", "").isdigit()
        case t.Method(receiver=receiver, args=args):
            return bare_integer(receiver) or any(
                isinstance(a, t.Closure) and bare_integer(a.body) for a in args
            )
        case t.Call(args=items) | t.Macro(args=items) | t.TupleExpr(items) | t.ArrayExpr(items):
            spelled = any(isinstance(x, t.Lit) and x.text.endswith("i64") for x in items)
            return not spelled and any(map(bare_integer, items))
        case t.BlockExpr(block):
            return any(isinstance(s, t.ExprStmt) and bare_integer(s.expr) for s in block.stmts)
        case _:
            return False


def holds_int(type_: Type) -> bool:
    """Whether ints are inside a container type."""
    match type_:
        case ListOf(elem) | VarTuple(elem) | SetOf(elem) | OptionalOf(elem):
            return elem is INT or holds_int(elem)
        case DictOf(key, item):
            return INT in (key, item) or holds_int(item)
        case TupleOf(items):
            return INT in items or any(map(holds_int, items))
        case _:
            return False


def _natural_form(ctx: FunctionContext, value: Value, type_: Type, name: str) -> Form:
    """The cheapest form in which the variable can hold the value for its whole life."""
    if is_copy(type_) or value.type != type_ or name in ctx.facts.captured:
        return Form.PLACE
    if value.form in (Form.CHAR, Form.STATIC):
        return value.form
    mutated = ctx.facts.mutations
    if value.form is Form.PLACE and not isinstance(value.expr, t.Path) and not _stable(ctx, value.expr):
        return Form.PLACE
    borrowable = value.form is Form.BORROWED or (
        value.form is Form.PLACE and not isinstance(value.expr, t.Path)
    )
    if not borrowable or value.temporary or mutated.any_depth(name):
        return Form.PLACE
    if isinstance(type_, Instance) or (isinstance(type_, OptionalOf) and type_.inner is not STR):
        return Form.PLACE
    return Form.BORROWED if _stable(ctx, value.expr) else Form.PLACE


def _stable(ctx: FunctionContext, expr: t.Expr) -> bool:
    """Whether every variable that the expression borrows from is a plain shared borrow, or never changes."""
    for name in _paths(expr):
        local = next((x for x in ctx.visible() if x.rust == name), None)
        if local is None or is_copy(local.type) or local.form in (Form.BORROWED, Form.STATIC, Form.CHAR):
            continue
        params = {p.name for p in ctx.function.params}
        once = ctx.facts.assignments[local.name] + (local.name in params) <= 1
        if not once or ctx.facts.mutations.any_depth(local.name) or local.loop_depth != ctx.loop_depth:
            return False
        if local.form is Form.PLACE and ctx.moved_somewhere(local.name):
            return False
    return True


def _paths(expr: object) -> list[str]:
    """Every plain path inside a Rust expression."""
    if isinstance(expr, t.Path):
        return [expr.name]
    found: list[str] = []
    if hasattr(expr, "__dataclass_fields__"):
        for field in expr.__dataclass_fields__:
            found += _paths(getattr(expr, field))
    elif isinstance(expr, tuple):
        for part in expr:
            found += _paths(part)
    return found


def _in_form(ctx: FunctionContext, value: Value, type_: Type, form: Form, span: Span) -> t.Expr:
    match form:
        case Form.CHAR if value.form is Form.CHAR:
            return value.expr
        case Form.CHAR if isinstance(value.literal, str) and len(value.literal) == 1:
            return lit_char(value.literal)
        case Form.STATIC if value.form is Form.STATIC:
            return value.expr
        case Form.BORROWED:
            if value.frozen:
                return value.expr
            return coerce.borrowed(ctx, value, type_, span)
        case _:
            return coerce.owned(ctx, value, type_, span)


def _store_local(ctx: FunctionContext, local: Local, value: Value, span: Span) -> t.Assign:
    """`x = value` for a variable bound further out."""
    form = local.form
    if value.type != local.type and local.type is not ANY:
        value = coerce.convert(ctx, value, local.type, span)
    fits = (
        is_copy(local.type)
        or form is Form.PLACE
        or (
            form is Form.CHAR
            and (value.form is Form.CHAR or (isinstance(value.literal, str) and len(value.literal) == 1))
        )
        or (form is Form.STATIC and value.form is Form.STATIC)
    )
    if not fits:
        ctx.learned.forms[local.web] = Form.PLACE
        form = Form.PLACE
    expr = _in_form(ctx, value, local.type, form, span)
    ctx.note_store(local)
    local.range = None
    ctx.learned.ranges[local.web] = None
    return t.Assign(t.Path(local.rust), expr)


_INITIAL: dict[Type, t.Expr] = {
    INT: t.Lit("0"), Prim.FLOAT: t.Lit("0.0"), Prim.BOOL: t.Lit("false"),
    STR: t.Call(t.Path("String::new"), ()),
}  # fmt: skip


def _initial(type_: Type, span: Span) -> t.Expr:
    """A value that is never seen, for a variable that is stored into from a closure."""
    match type_:
        case Prim() if type_ in _INITIAL:
            return _INITIAL[type_]
        case ListOf() | VarTuple():
            return t.Call(t.Path("Vec::new"), ())
        case OptionalOf():
            return t.Path("None")
        case _:
            raise Refusal(
                "PT212", span, f"a `{type_}` bound inside this `try` is not translated", "bind it before"
            )


def declare_ahead(ctx: FunctionContext, name: str, span: Span, *, initial: bool = False) -> t.Stmt:
    """`let x;` before a statement in whose branches it is bound."""
    declared = ctx.function.locals.get(name, ANY)
    web = ctx.next_web(name)
    type_ = declared if declared not in (ANY, NONE) else ctx.known.types.get(web, ANY)
    if type_ is ANY or vague(type_):
        raise Refusal("PT101", span, f"the type of `{name}` is not known", "annotate it")
    form = Form.OWNED if is_copy(type_) else ctx.known.forms.get(web, Form.PLACE)
    local = ctx.declare(name, type_, form, web=web)
    local.form = form
    local.range = None
    ctx.learned.ranges[web] = None
    if initial:
        local.form = Form.OWNED if is_copy(type_) else Form.PLACE
        ctx.learned.mutable.add(web)
        return t.Let(local.rust, _initial(type_, span), ctx.rust_type(type_, span), mutable=True)
    return t.Let(local.rust, None, ctx.rust_type(type_, span), mutable=web in ctx.known.mutable)


def bind_tuple(ctx: FunctionContext, targets: tuple[h.Expr, ...], value: Value, span: Span) -> list[t.Stmt]:
    """The parts of a tuple value under names that are all new."""
    names = [ctx.fresh("part") for _ in targets]
    kinds, head = _parts(ctx, value, names, span)
    return _let_pattern(ctx, targets, kinds, value, head, names, span)


# Unpacking ----------------------------------------------------------------------------------------


def _unpack(ctx: FunctionContext, targets: tuple[h.Expr, ...], value: h.Expr, span: Span) -> list[t.Stmt]:
    """`a, b = x, y`; all of the right side is evaluated first."""
    swap = _swap(ctx, targets, value, span)
    if swap is not None:
        return swap
    wanted = TupleOf(tuple(wanted_type(ctx, x) or ANY if isinstance(x, h.Local) else ANY for x in targets))
    lowered = ctx.expr(value, wanted if isinstance(value, h.TupleDisplay) else None)
    if any(isinstance(x, h.Starred) for x in targets):
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
        stores += _store_part(ctx, target, part, span)
    return [head, *stores]


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
            after.append(_let(ctx, target, part, span))
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
        local = ctx.declare(target.name, kind, natural, web=web)
        local.form = natural
        local.range = ranges[index] if ctx.known.ranges.get(web, True) is not None else None
        ctx.assigned.add(web)
        mutable = "mut " if web in ctx.known.mutable and not after else ""
        patterns.append(f"{mutable}{local.rust}")
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
    return [t.Let(f"{brackets[0]}{', '.join(patterns)}{brackets[1]}", head.value, spelled), *after]


def _part_ranges(value: Value) -> list[Range | None]:
    if isinstance(value.expr, t.TupleExpr):
        return [
            Range(int(x.text.replace("_", "")), int(x.text.replace("_", "")))
            if isinstance(x, t.Lit) and x.text.lstrip("-").replace("_", "").isdigit() else None
            for x in value.expr.items
        ]  # fmt: skip
    size = len(value.type.items) if isinstance(value.type, TupleOf) else 16
    return [None] * max(size, 16)


def _store_part(ctx: FunctionContext, target: h.Expr, part: Value, span: Span) -> list[t.Stmt]:
    match target:
        case h.Local():
            return assign_local(ctx, target, part, span)
        case h.Subscript():
            return _store_value(ctx, target, part, span)
        case h.TupleDisplay(items=inner) if isinstance(part.type, TupleOf) and len(inner) == len(
            part.type.items
        ):
            names = [ctx.fresh("part") for _ in inner]
            head = t.Let(f"({', '.join(names)})", part.expr)
            stores: list[t.Stmt] = [head]
            for item, name, kind in zip(inner, names, part.type.items, strict=True):
                stores += _store_part(ctx, item, Value(t.Path(name), kind), span)
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
    if not isinstance(value.type, (ListOf, VarTuple)):
        raise Refusal("PT214", span, f"unpacking a `{value.type}` with a star is not translated")
    star = next(i for i, x in enumerate(targets) if isinstance(x, h.Starred))
    elem = value.type.elem
    if is_mutable(elem):
        coerce.share(ctx, Value(t.Path(""), elem), span)
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
        stmts += _store_part(ctx, target, part(name), span)
    starred = targets[star]
    assert isinstance(starred, h.Starred)
    rest = Value(t.Method(t.Path(middle), "to_vec"), ListOf(elem))
    stmts += _store_part(ctx, starred.value, rest, span)
    for target, name in zip(targets[star + 1 :], after, strict=True):
        stmts += _store_part(ctx, target, part(name), span)
    return stmts


# Elements -----------------------------------------------------------------------------------------


def _store(ctx: FunctionContext, target: h.Subscript, value: h.Expr, span: Span) -> list[t.Stmt]:
    holder = dict_of(target.value.type)
    wanted = getattr(holder, "value", getattr(holder, "elem", None))
    return _store_value(ctx, target, ctx.expr(value, wanted), span)


def _store_value(ctx: FunctionContext, target: h.Subscript, value: Value, span: Span) -> list[t.Stmt]:
    """`xs[i] = v`, `d[k] = v`: Python evaluates the value first, then container and index."""
    container = as_dict(ctx.expr(target.value))
    before: list[t.Stmt] = []
    match container.type:
        case ListOf(elem):
            expr = coerce.owned(ctx, value, elem, span)
            if not isinstance(expr, (t.Lit, t.Path)):
                name = ctx.fresh("value")
                before.append(t.Let(name, expr))
                expr = t.Path(name)
            place = mutable_receiver(ctx, target.value, container)
            from portalis.compiler.lowering.subscript import in_bounds

            if in_bounds(ctx, target.value, target.index):
                element = t.Index(place, t.Cast(ctx.i64(target.index), "usize"))
                if before:
                    let = before.pop()
                    assert isinstance(let, t.Let) and let.value is not None
                    expr = let.value
                return [t.Assign(element, expr)]
            held = (
                place
                if container.form is Form.MUTREF or isinstance(place, t.Try)
                else t.Ref(place, mutable=True)
            )
            return [*before, t.ExprStmt(ctx.rt_try("seq::store", held, ctx.i64(target.index), expr))]
        case DictOf(key, item):
            expr = coerce.owned(ctx, value, item, span)
            if not isinstance(expr, (t.Lit, t.Path)):
                name = ctx.fresh("value")
                before.append(t.Let(name, expr))
                expr = t.Path(name)
            index = coerce.owned(ctx, ctx.expr(target.index, key), key, span)
            place = mutable_receiver(ctx, target.value, container)
            return [*before, t.ExprStmt(t.Method(place, "insert", (index, expr)))]
        case _:
            raise Refusal("PT209", span, f"storing into a `{container.type}` is not translated")


def _store_slice(ctx: FunctionContext, target: h.Slice, value: h.Expr, span: Span) -> list[t.Stmt]:
    """`xs[a:b] = values`."""
    from portalis.compiler.lowering.subscript import _plain_range

    if not isinstance(target.value.type, ListOf) or target.step is not None:
        raise Refusal("PT209", span, "this slice assignment is not translated")
    items = ctx.expr(value, target.value.type)
    if not isinstance(items.type, (ListOf, VarTuple)) or items.type.elem != target.value.type.elem:
        raise Refusal("PT209", span, f"assigning a `{items.type}` to a slice is not translated")
    owned = coerce.owned(ctx, items, items.type, span)
    container = ctx.expr(target.value)
    place = mutable_receiver(ctx, target.value, container)
    held = place if container.form is Form.MUTREF else t.Ref(place, mutable=True)
    bounds = _plain_range(ctx, target)
    if bounds is None:
        raise Refusal("PT209", span, "a slice bound that may be None is not translated here")
    name = ctx.fresh("values")
    return [t.Let(name, owned), t.ExprStmt(ctx.rt("seq::set_slice", held, bounds, t.Path(name)))]


# Augmented and del --------------------------------------------------------------------------------


def lower_augmented(ctx: FunctionContext, stmt: h.AugAssign) -> list[t.Stmt]:
    """`x += value`, in place where Python's is."""
    match stmt.target:
        case h.Local():
            return _augment_local(ctx, stmt, stmt.target)
        case h.Subscript():
            return _augment_element(ctx, stmt, stmt.target)
        case _:
            raise Refusal("PT209", stmt.span, "this augmented assignment is not translated")


def _augment_local(ctx: FunctionContext, stmt: h.AugAssign, target: h.Local) -> list[t.Stmt]:
    current = ctx.expr(target)
    local = ctx.lookup(target.name)
    assert local is not None
    if current.type is STR and stmt.op == "+" and local.form is Form.PLACE:
        return _push(ctx, stmt, local)
    if isinstance(current.type, (ListOf, SetOf, DictOf)):
        return _augment_container(ctx, stmt, target, current)
    value = ctx.expr(stmt.value)
    result = apply_operator(ctx, stmt.op, current, value, stmt)
    match result.expr:
        case t.Binary(op, t.Path(name), right) if name == local.rust and is_copy(local.type):
            if local.type == result.type and ctx.block_local(local) is not None:
                ctx.note_store(local)
                ctx.learned.ranges[local.web] = None
                if local.range is not None:
                    result = apply_operator(ctx, stmt.op, Value(current.expr, current.type), value, stmt)
                    if not isinstance(result.expr, t.Binary):
                        local.range = None
                        return [t.Assign(t.Path(local.rust), result.expr)]
                local.range = None
                return [t.Assign(t.Path(local.rust), right, op)]
    if local.form in (Form.BORROWED, Form.STATIC, Form.CHAR) and not is_copy(local.type):
        return assign_local(ctx, target, result, stmt.span)
    if ctx.known.ranges.get(local.web, True) is not None and local.range is not None:
        ctx.learned.ranges[local.web] = None
    return [_store_local(ctx, local, result, stmt.span)]


def _push(ctx: FunctionContext, stmt: h.AugAssign, local: Local) -> list[t.Stmt]:
    """`text += piece` → `text.push_str(piece)`, in amortised constant time as in CPython."""
    from portalis.compiler.lowering.sequences import format_macro

    ctx.learned.mutable.add(local.web)
    value = ctx.expr(stmt.value)
    if value.type is not STR:
        raise Refusal("PT105", stmt.span, f"a `{value.type}` is added to a string")
    place = t.Path(local.rust)
    if any(isinstance(n, h.Local) and n.name == local.name for n in walk(stmt.value)):
        return [
            _store_local(ctx, local, Value(format_macro(ctx, [Value(place, STR), value]), STR), stmt.span)
        ]
    if value.form is Form.CHAR:
        return [t.ExprStmt(t.Method(place, "push", (value.expr,)))]
    if isinstance(value.literal, str) and len(value.literal) == 1:
        return [t.ExprStmt(t.Method(place, "push", (lit_char(value.literal),)))]
    return [t.ExprStmt(t.Method(place, "push_str", (coerce.borrowed(ctx, value, STR, stmt.span),)))]


def _augment_container(
    ctx: FunctionContext, stmt: h.AugAssign, target: h.Local, current: Value
) -> list[t.Stmt]:
    """`xs += ys` extends in place; `s |= t` updates in place."""
    place = mutable_receiver(ctx, target, current)
    held = place if current.form is Form.MUTREF else t.Ref(place, mutable=True)
    value = ctx.expr(stmt.value, current.type)
    match current.type, stmt.op:
        case ListOf(elem), "+" if isinstance(value.type, (ListOf, VarTuple)) and value.type.elem in (
            elem,
            NEVER,
        ):
            if any(isinstance(n, h.Local) and n.name == target.name for n in walk(stmt.value)):
                raise Refusal("PT405", stmt.span, "a list is extended by itself")
            return [
                t.ExprStmt(t.Method(place, "extend", (coerce.owned(ctx, value, current.type, stmt.span),)))
            ]
        case ListOf(elem), "*" if value.type is INT and not is_mutable(elem):
            return [t.ExprStmt(ctx.rt("seq::repeat_in_place", held, coerce.integer(value)))]
        case SetOf(), ("|" | "&" | "-" | "^") if value.type == current.type:
            names = {"|": "union", "&": "intersection", "-": "difference", "^": "symmetric_difference"}
            other = coerce.borrowed(ctx, value, value.type, stmt.span)
            return [t.ExprStmt(ctx.rt(f"set::{names[stmt.op]}_update", held, other))]
        case DictOf(), "|" if value.type == current.type:
            return [
                t.ExprStmt(ctx.rt("dict::update", held, coerce.borrowed(ctx, value, value.type, stmt.span)))
            ]
        case _:
            raise Refusal("PT214", stmt.span, f"`{stmt.op}=` of a `{current.type}` is not translated")


def _augment_element(ctx: FunctionContext, stmt: h.AugAssign, target: h.Subscript) -> list[t.Stmt]:
    """`xs[i] += v` → `*seq::at_mut(xs, i)? += v`, Python's order: element read, value, store."""
    if any(isinstance(n, (h.CallFunction, h.CallValue, h.CallMethod, h.Walrus)) for n in walk(target)):
        raise Refusal(
            "PT209",
            stmt.span,
            "the place of this augmented assignment is computed by a call",
            "name it first",
        )
    container = ctx.expr(target.value)
    elem = getattr(container.type, "value", getattr(container.type, "elem", None))
    if not isinstance(container.type, (ListOf, DictOf)) or elem is None:
        return _augment_counter(ctx, stmt, target, container)
    current = ctx.expr(target)
    value = ctx.expr(stmt.value)
    result = apply_operator(ctx, stmt.op, current, value, stmt)
    if result.type != elem:
        raise Refusal("PT105", stmt.span, f"a `{result.type}` is stored where a `{elem}` was")
    name = ctx.fresh("value")
    owned = coerce.owned(ctx, result, elem, stmt.span)
    let = t.Let(name, owned)
    store = _store_value(ctx, target, Value(t.Path(name), elem), stmt.span)
    match store, is_copy(elem):
        case ([t.Assign(place, t.Path(stored))], True) if stored == name:
            match owned:
                case t.Binary(op, left, right) if left == place:
                    return [t.Assign(place, right, op)]
            return [t.Assign(place, owned)]
    return [let, *store]


def _augment_counter(
    ctx: FunctionContext, stmt: h.AugAssign, target: h.Subscript, container: Value
) -> list[t.Stmt]:
    """`counts[k] += n` where a missing key counts as zero, or as what the factory makes.

    let count = counts.entry(key).or_insert(0);
    *count = count.strict_add(n);
    """
    from portalis.compiler.stdlib.collection_classes import counter_entry, default_entry

    match container.type:
        case Instance(name="collections.Counter"):
            elem: Type = INT
        case Instance(name="collections.defaultdict", args=(_, kind)) if is_copy(kind):
            elem = kind
        case _:
            message = f"`{stmt.op}=` on an element of a `{container.type}` is not translated"
            raise Refusal("PT209", stmt.span, message)
    root = root_local(target)
    value = ctx.expr(stmt.value)
    if (
        root is None
        or leaves(value.expr)
        or any(isinstance(n, h.Local) and n.name == root[0].name for n in walk(stmt.value))
    ):
        raise Refusal("PT209", stmt.span, "what is added here reads the dict, or can raise", "name it first")
    name = ctx.fresh("count" if elem is INT else "entry")
    make = counter_entry if container.type.name == "collections.Counter" else default_entry
    entry = make(ctx, target.value, container, target.index)
    result = apply_operator(ctx, stmt.op, Value(t.Unary("*", t.Path(name)), elem), value, stmt)
    if result.type != elem:
        raise Refusal("PT105", stmt.span, f"a `{result.type}` is stored where a `{elem}` was")
    changed = coerce.owned(ctx, result, elem, stmt.span)
    return [t.Let(name, entry), t.Assign(t.Unary("*", t.Path(name)), changed)]


def lower_delete(ctx: FunctionContext, stmt: h.Delete) -> list[t.Stmt]:
    """`del xs[i]`, `del d[k]`."""
    target = stmt.target
    if isinstance(target, h.Subscript):
        container = ctx.expr(target.value)
        place = mutable_receiver(ctx, target.value, container)
        held = (
            place if container.form is Form.MUTREF or isinstance(place, t.Try) else t.Ref(place, mutable=True)
        )
        match container.type:
            case ListOf():
                return [t.ExprStmt(ctx.rt_try("seq::delete", held, ctx.i64(target.index)))]
            case DictOf(key, _):
                wanted = key_ref(ctx, ctx.expr(target.index), key, stmt.span)
                return [t.ExprStmt(ctx.rt_try("dict::delete", held, wanted))]
    raise Refusal("PT209", stmt.span, "this `del` is not translated")
