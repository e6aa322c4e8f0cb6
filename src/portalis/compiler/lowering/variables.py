"""A value becomes a variable: a `let` with its type and form, a store into one that stands, one ahead."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.hoisting import characters
from portalis.compiler.lowering.value import Form, Value, lit_char
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import lends, uncast
from portalis.compiler.types import (
    ANY,
    CLOSING,
    FLOAT,
    INT,
    NEVER,
    NONE,
    STR,
    CallableOf,
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
    dynamic,
    is_copy,
)  # fmt: skip
from portalis.diagnostics import Span


def note_pattern(ctx: FunctionContext, target: h.Local, value: h.Expr) -> None:
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
    if isinstance(declared, UnionOf | OptionalOf) and _only_functions(declared):
        # `key = len` of a parameter: the oracle adds the type of `len` to what the variable may be.
        return next((p.type for p in ctx.function.params if p.name == target.name), declared)
    return declared


def _only_functions(declared: Type) -> bool:
    inner = declared.inner if isinstance(declared, OptionalOf) else declared
    return isinstance(inner, UnionOf) and all(isinstance(one, CallableOf) for one in inner.members)


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
    if isinstance(union, UnionOf) and value.type in union.members and ctx.facts.assignments[name] <= 1:
        return value.type
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
        return [let_local(ctx, target, value, span), *characters(ctx, ctx.lookup(name))]
    return [store_local(ctx, current, value, span)]


def let_local(ctx: FunctionContext, target: h.Local, value: Value, span: Span) -> t.Let:
    declared = wanted_type(ctx, target)
    type_ = _type_for(ctx, target.name, value, declared)
    if vague(type_) and not _unknown(type_):
        # Nothing says what it holds: that may be anything.
        type_ = dynamic(declared if declared is not None and type(declared) is type(type_) else type_)
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
    local.whole = form is Form.BORROWED and value.whole and type_ is STR
    if not ctx.facts.mutations.any_depth(target.name) and ctx.facts.assignments[target.name] == 1:
        local.elem_range = value.elem_range
    local.range = value.range if ctx.known.ranges.get(web, True) is not None else None
    ctx.assigned.add(web)
    if value.frozen and (form is Form.BORROWED or isinstance(expr, t.ArrayExpr)):
        ctx.frozen_locals.add(web)
    annotation = _annotation(ctx, value, type_, expr, form, span)
    if isinstance(type_, CallableOf) and not (value.frozen and form is Form.BORROWED):
        annotation, expr = ctx.rust_type(type_, span), uncast(expr)
    mutable = web in ctx.known.mutable
    unread = target.name in ctx.facts.names and target.name not in ctx.facts.loaded and not annotation
    if unread and type_ != CLOSING:  # which does what it is for when it is dropped
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
    if isinstance(type_, OptionalOf):
        from_table = value.frozen and isinstance(type_.inner, CallableOf)
        if type_.inner is not STR and not from_table:
            return Form.PLACE
    if isinstance(type_, Instance):
        return Form.PLACE
    return Form.BORROWED if _stable(ctx, value.expr) else Form.PLACE


def _stable(ctx: FunctionContext, expr: t.Expr) -> bool:
    """Whether every variable that the expression borrows from is a plain shared borrow, or never changes.

    What a shared instance lends is given back when the statement ends.
    """
    if lends(expr):
        return False
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


def store_local(ctx: FunctionContext, local: Local, value: Value, span: Span) -> t.Assign:
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
    match expr:
        case t.Binary(op, t.Path(name), right) if name == local.rust and op in _AUGMENTED:
            if local.type in (INT, FLOAT):
                return t.Assign(t.Path(name), right, op)
    return t.Assign(t.Path(local.rust), expr)


_AUGMENTED = frozenset(("+", "-", "*", "/", "<<", ">>", "&", "|", "^"))


def forget(ctx: FunctionContext, local: Local) -> None:
    """A variable of a Copy type is handed to a function that binds it again."""
    ctx.learned.mutable.add(local.web)
    ctx.learned.ranges[local.web] = None
    local.range = None


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
