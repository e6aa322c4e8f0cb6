"""Comprehensions and generator expressions.

    [f(x) for x in xs if p(x)]   →   xs.iter().filter(|x| p(x)).map(|x| f(x)).collect()

when nothing in it can raise; else a loop, so that the first error is Python's first error:

    { let mut items = Vec::new(); for x in xs { if p(x)? { items.push(f(x)?); } } items }
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir import walrus
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.anything import of_anything
from portalis.compiler.lowering.applied import applied_to
from portalis.compiler.lowering.context import FunctionContext, Raising
from portalis.compiler.lowering.iterate import (
    Item,
    Iteration,
    Leaf,
    Several,
    fallible,
    iterate,
    require_order,
)
from portalis.compiler.lowering.present import flattened
from portalis.compiler.lowering.targets import Binding, bind, owned_items
from portalis.compiler.lowering.truth import truth
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    ANY,
    NEVER,
    OBJECT,
    DictOf,
    Instance,
    ListOf,
    SetOf,
    Type,
    VarTuple,
    alike,
    borrows_whole,
    dynamic,
    is_copy,
    is_mutable,
)

Emit = Callable[[Value], list[t.Stmt]]


class NotAChain(Exception):
    """The comprehension needs the loop form."""


def lower_comprehension(ctx: FunctionContext, node: h.Comprehension, expect: Type | None) -> Value:
    """A list, set or dict comprehension as a value."""
    if expect is OBJECT:
        expect = of_anything(node)
    wanted = expect.elem if isinstance(expect, (ListOf, SetOf, VarTuple)) else None
    match node.kind:
        case "list":
            return collect_list(ctx, node, wanted)
        case "set":
            return collect_set(ctx, node)
        case "dict":
            return collect_dict(ctx, node, expect if isinstance(expect, DictOf) else None)
        case _:
            raise Refusal(
                "PT202", node.span, "a generator expression is only translated where it is consumed at once"
            )


# Chains ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chain:
    """An infallible iterator chain: `expr` yields `element`, a value over the closure's parameters."""

    expr: t.Expr
    pattern: str
    prelude: tuple[t.Stmt, ...]
    element: Value
    key: Value | None
    identity: Leaf | None
    ordered: bool


def _binds(node: h.Comprehension) -> bool:
    """Whether it binds a variable of the function, which a lazy closure could not give a first value."""
    return any(isinstance(inner, h.Walrus) for inner in walk(node))


def _in_closure(prelude: tuple[t.Stmt, ...], body: t.Expr) -> t.Expr:
    return t.BlockExpr(t.Block(prelude, body)) if prelude else body


def chain(ctx: FunctionContext, node: h.Comprehension) -> Chain:
    """The chain of a comprehension with one clause; raises NotAChain when something in it can raise."""
    if len(node.clauses) != 1 or _binds(node):
        raise NotAChain
    source, clause = flattened(ctx, node.clauses[0], iterate(ctx, node.clauses[0].iterable))
    if fallible(source.item):
        raise NotAChain
    expr = source.expr

    def inside() -> Chain:
        nonlocal expr
        ctx.closure_depth += 1
        try:
            for condition in clause.conditions:
                expr = _filter(ctx, expr, clause, source.item, condition)
            with ctx.frame():
                binding = bind(ctx, clause.target, source.item, clause.span)
                key = ctx.expr(node.key) if node.key is not None else None
                element = ctx.expr(node.element, None)
                same = _identity(node, clause, source.item, element)
                binding = pruned(binding, element.expr, key.expr if key is not None else None)
                return Chain(expr, binding.pattern, binding.prelude, element, key, same, source.ordered)
        finally:
            ctx.closure_depth -= 1

    result, raises = ctx.probe(inside)
    if raises:
        raise NotAChain
    return result


def pruned(binding: Binding, *bodies: t.Expr | None) -> Binding:
    """A binding without the names that a closure doesn't use."""
    pattern, prelude = binding.pattern, binding.prelude
    for step in reversed(prelude):
        if (
            isinstance(step, t.Let)
            and isinstance(step.value, (t.Cast, t.Unary))
            and not mentions(bodies, step.pattern)
        ):
            prelude = tuple(other for other in prelude if other is not step)
    for name in re.findall(r"[A-Za-z_]\w*", pattern):
        if name not in ("mut", "_") and not mentions(bodies, name) and not mentions(prelude, name):
            pattern = re.sub(rf"&?\b(?:mut )?{name}\b", "_", pattern)
    return Binding(pattern, prelude)


def mentions(node: object, name: str) -> bool:
    """Whether a Rust tree names a path, in code or inside the braces of a format string."""
    match node:
        case t.Path(found) | t.Lit(found):
            return re.search(rf"\b{re.escape(name)}\b", found) is not None
        case tuple():
            return any(mentions(part, name) for part in node)
    if hasattr(node, "__dataclass_fields__"):
        return any(mentions(getattr(node, field), name) for field in node.__dataclass_fields__)
    return False


def _identity(node: h.Comprehension, clause: h.Clause, item: Item, element: Value) -> Leaf | None:
    """What is yielded, where the elements are just that: not where a condition tells more of their type."""
    match node.element, clause.target, item:
        case h.Local(name=a), h.Local(name=b), Leaf() if a == b and element.type == item.type:
            return item
    return None


def _filter(ctx: FunctionContext, expr: t.Expr, clause: h.Clause, item: Item, condition: h.Expr) -> t.Expr:
    """`.filter(|&x| …)`: the closure sees a reference to what is yielded."""
    if not _copyable(item):
        if isinstance(item, Leaf) and isinstance(clause.target, h.Local):
            with ctx.frame():
                local = ctx.declare(clause.target.name, item.type, Form.BORROWED)
                local.form = Form.BORROWED
                local.whole = borrows_whole(item.type)
                return t.Method(expr, "filter", (t.Closure((local.rust,), truth(ctx, condition)),))
        raise NotAChain
    with ctx.frame():
        binding = bind(ctx, clause.target, item, clause.span)
        test = truth(ctx, condition)
        binding = pruned(binding, test)
        body = _in_closure(binding.prelude, test)
        pattern = binding.pattern if binding.pattern == "_" else f"&{binding.pattern}"
        return t.Method(expr, "filter", (t.Closure((pattern,), body),))


def _copyable(item: Item) -> bool:
    """Whether every leaf is Copy in Rust (a number, a char, a shared reference)."""
    if isinstance(item, Several):
        return all(map(_copyable, item.items))
    return item.form in (Form.BORROWED, Form.STATIC, Form.CHAR) or item.reference or is_copy(item.type)


def finish(ctx: FunctionContext, made: Chain, type_: Type, node: h.Node) -> t.Expr:
    """The chain with owned elements of a type."""
    leaf = made.identity
    if leaf is not None and leaf.type == type_ and not leaf.unsigned:
        if leaf.reference and leaf.form is not Form.STATIC:
            return t.Method(made.expr, "copied")
        if leaf.form is Form.OWNED:
            return made.expr
        if leaf.form is Form.BORROWED and not is_mutable(type_) and not leaf.frozen:
            return t.Method(made.expr, "cloned")
    body = coerce.owned(ctx, made.element, type_, node.span)
    return t.Method(made.expr, "map", (t.Closure((made.pattern,), _in_closure(made.prelude, body)),))


# Loops -----------------------------------------------------------------------------------------


def loops(
    ctx: FunctionContext, node: h.Comprehension, emit: Callable[[], list[t.Stmt]], depth: int = 0
) -> list[t.Stmt]:
    """The clauses from `depth` on as nested loops around what `emit` makes."""
    if depth == len(node.clauses):
        return emit()
    source, clause = flattened(ctx, node.clauses[depth], iterate(ctx, node.clauses[depth].iterable))
    ctx.loop_depth += 1
    try:
        with ctx.frame():
            binding = bind(ctx, clause.target, source.item, clause.span)
            conditions = [_condition(ctx, condition) for condition in clause.conditions]
            body = loops(ctx, node, emit, depth + 1)
    finally:
        ctx.loop_depth -= 1
    require_order(source, clause.span)  # a loop may raise, and which error comes first would show the order
    for before, condition in reversed(conditions):
        body = [*before, t.ExprStmt(t.IfExpr(condition, t.Block(tuple(body))))]
    iterable = source.source if source.source is not None else source.expr
    return [t.For(binding.pattern, iterable, t.Block((*binding.prelude, *body)))]


def _condition(ctx: FunctionContext, node: h.Expr) -> tuple[list[t.Stmt], t.Expr]:
    """A condition inside a loop, after the assignment expressions that it begins with."""
    from portalis.compiler.lowering.assign import lower_assign

    made, rest = walrus.taken(node)
    return [line for one in made for line in lower_assign(ctx, one)], truth(ctx, rest)


def loop_over(ctx: FunctionContext, node: h.Expr, emit: Emit) -> list[t.Stmt]:
    """Statements that run through any iterable expression and hand each element to `emit`."""
    if isinstance(node, h.Comprehension) and node.kind in ("generator", "list"):
        return loops(ctx, node, lambda: emit(ctx.expr(node.element)))
    source = iterate(ctx, node)
    require_order(source, node.span)
    target = h.Local(ctx.fresh("item"), ANY, span=node.span, type=ANY)
    ctx.loop_depth += 1
    try:
        with ctx.frame():
            if isinstance(source.item, Leaf):
                binding = bind(ctx, target, source.item, node.span)
                element = ctx.expr(target)
            else:
                raise Refusal("PT214", node.span, "this iterable of tuples is not consumed here")
            body = emit(element)
    finally:
        ctx.loop_depth -= 1
    iterable = source.source if source.source is not None else source.expr
    return [t.For(binding.pattern, iterable, t.Block((*binding.prelude, *body)))]


def collected(ctx: FunctionContext, name: str, start: t.Expr, body: list[t.Stmt], type_: str = "") -> t.Expr:
    """`{ let mut name = start; body; name }`."""
    first = t.Let(name, start, type_, mutable=True)
    return t.BlockExpr(t.Block((first, *body), t.Path(name)))


# Collecting ------------------------------------------------------------------------------------


def _settled(found: Type, wanted: Type | None) -> Type:
    left_open = wanted is not None and wanted != dynamic(wanted) and alike(found, wanted)
    return found if wanted is None or wanted is NEVER or left_open else wanted


def collect_list(ctx: FunctionContext, node: h.Expr, wanted: Type | None, *, ordered: bool = True) -> Value:
    """The elements of any iterable expression as a new `Vec`; `ordered`: their order may show."""
    ordered = ordered and id(node) not in ctx.unordered
    if isinstance(node, h.Comprehension) and node.kind in ("generator", "list"):
        try:
            made = chain(ctx, node)
            if ordered and not made.ordered:
                raise Refusal(
                    "PT404", node.span, "the order of a set would show in the result", "use `sorted(…)`"
                )
            elem = _settled(made.element.type, wanted)
            return Value(
                t.Method(finish(ctx, made, elem, node), "collect", (), _vec(ctx, elem, node)), ListOf(elem)
            )
        except NotAChain:
            return _fallible_list(ctx, node, wanted) or _list_by_loop(ctx, node, wanted)
    if isinstance(node.type, (ListOf, VarTuple)) and not isinstance(
        node, (h.CallExternal, h.Slice, h.Comprehension)
    ):
        value = ctx.expr(node)
        if isinstance(value.type, (ListOf, VarTuple)):
            return _copy_of(ctx, value, wanted, node)
    lent = ctx.lookup(node.name) if isinstance(node, h.Local) else None
    if lent is not None and isinstance(lent.type, Instance) and lent.type.name == "typing.Sequence":
        return _copy_of(ctx, replace(ctx.expr(node), type=ListOf(lent.type.args[0])), wanted, node)
    source = iterate(ctx, node)
    if ordered or fallible(source.item):
        require_order(source, node.span)
    if fallible(source.item):
        return _raising_list(ctx, source, wanted, node) or _list_by_loop(ctx, node, wanted)
    expr, elem, _ = owned_items(ctx, source, node.span)
    return Value(t.Method(expr, "collect", (), _vec(ctx, elem, node)), ListOf(elem))


def try_chain(ctx: FunctionContext, node: h.Expr) -> Iteration | None:
    """An iterable that can raise as an iterator of `Result`s; None where only loops will do."""
    if not isinstance(node, h.Comprehension) or len(node.clauses) != 1:
        return None
    saved = ctx.snapshot_names()
    try:
        made = generator(ctx, node)
    except NotAChain:
        ctx.restore_names(saved)
        return None
    return made if isinstance(made.item, Leaf) and made.item.fallible else None


def _fallible_list(ctx: FunctionContext, node: h.Comprehension, wanted: Type | None) -> Value | None:
    """`[int(x) for x in s]` → `s.chars().map(|x| int::from_char(x)).collect::<Result<Vec<_>, Error>>()?`."""
    made = try_chain(ctx, node)
    if made is None or not isinstance(made.item, Leaf):
        return None
    if _settled(made.item.type, wanted) != made.item.type:
        return None
    require_order(made, node.span)  # which error comes first would show the order
    collected_ = t.Method(made.expr, "collect", (), f"Result<{_vec(ctx, made.item.type, node)}, Error>")
    return Value(ctx.attempt(collected_), ListOf(made.item.type), elem_range=made.item.range)


def _raising_list(ctx: FunctionContext, source: Iteration, wanted: Type | None, node: h.Expr) -> Value | None:
    """`list(digits(s))` → `digits(s).collect::<Result<Vec<_>, Error>>()?`."""
    item = source.item
    if not isinstance(item, Leaf) or _settled(item.type, wanted) != item.type:
        return None
    made = t.Method(source.expr, "collect", (), f"Result<{_vec(ctx, item.type, node)}, Error>")
    return Value(ctx.attempt(made), ListOf(item.type), elem_range=item.range)


def _copy_of(ctx: FunctionContext, value: Value, wanted: Type | None, node: h.Expr) -> Value:
    """`list(xs)`: a new list with the same elements; Python copies too, one level deep."""
    assert isinstance(value.type, (ListOf, VarTuple))
    elem = value.type.elem
    if value.form is Form.OWNED:
        return replace(value, type=ListOf(elem))
    if value.frozen:
        return Value(coerce.thaw(value.expr, value.type), ListOf(elem))
    return Value(t.Method(value.expr, "to_vec"), ListOf(elem))


def _vec(ctx: FunctionContext, elem: Type, node: h.Expr) -> str:
    return f"Vec<{ctx.rust_type(elem, node.span)}>"


def _list_by_loop(ctx: FunctionContext, node: h.Expr, wanted: Type | None) -> Value:
    found: list[Type] = []
    name = ctx.fresh("items")

    def emit(value: Value) -> list[t.Stmt]:
        elem = _settled(value.type, wanted)
        found.append(elem)
        return [t.ExprStmt(t.Method(t.Path(name), "push", (coerce.owned(ctx, value, elem, node.span),)))]

    body = loop_over(ctx, node, emit)
    return Value(collected(ctx, name, t.Call(t.Path("Vec::new"), ()), body), ListOf(found[0]))


def collect_set(ctx: FunctionContext, node: h.Expr, *, frozen: bool = False) -> Value:
    """The elements of any iterable expression as a new set."""
    listed = collect_list(ctx, _as_generator(node), None, ordered=False)
    assert isinstance(listed.type, ListOf)
    ctx.hashable(listed.type.elem, node.span)
    expr = listed.expr
    match expr:
        case t.Method(receiver, "collect", ()):
            expr = receiver
        case t.Method(receiver, "to_vec", ()):
            expr = t.Method(t.Method(receiver, "iter"), "cloned")
    return Value(ctx.rt("set::from_items", expr), SetOf(listed.type.elem, frozen))


def _as_generator(node: h.Expr) -> h.Expr:
    if isinstance(node, h.Comprehension):
        return h.Comprehension(
            "generator", node.element, node.key, node.clauses, span=node.span, type=node.type
        )
    return node


def _pair_types(key: Value, value: Value, wanted: DictOf | None) -> tuple[Type, Type]:
    """The types of a dict's keys and values: those wanted; any value for what can be one, where a bare `dict`
    leaves them open.
    """
    if wanted is None:
        return key.type, value.type
    kept = ((key.type, wanted.key), (value.type, wanted.value))
    made = [
        found if is_mutable(found) else OBJECT if said is ANY else _settled(found, said)
        for found, said in kept
    ]
    return made[0], made[1]


def collect_dict(ctx: FunctionContext, node: h.Comprehension, wanted: DictOf | None) -> Value:
    """A dict comprehension; the first place of a key is kept, its last value wins."""
    assert node.key is not None
    span = node.span
    try:
        made = chain(ctx, node)
        assert made.key is not None
        if not made.ordered:
            raise Refusal("PT404", span, "the order of a set would show in the dict")
        key_type, value_type = _pair_types(made.key, made.element, wanted)
        ctx.hashable(key_type, span)
        pair = t.TupleExpr(
            (coerce.owned(ctx, made.key, key_type, span), coerce.owned(ctx, made.element, value_type, span))
        )
        closure = t.Closure((made.pattern,), _in_closure(made.prelude, pair))
        pairs = t.Method(made.expr, "map", (closure,))
        return Value(ctx.rt("dict::from_pairs", pairs), DictOf(key_type, value_type))
    except NotAChain:
        pass
    found: list[DictOf] = []
    name = ctx.fresh("items")

    def emit() -> list[t.Stmt]:
        assert node.key is not None
        key, value = ctx.expr(node.key), ctx.expr(node.element)
        type_ = DictOf(*_pair_types(key, value, wanted))
        found.append(type_)
        args = (coerce.owned(ctx, key, type_.key, span), coerce.owned(ctx, value, type_.value, span))
        return [t.ExprStmt(t.Method(t.Path(name), "insert", args))]

    body = loops(ctx, node, emit)
    ctx.runtime.add("dict")
    ctx.hashable(found[0].key, span)
    return Value(collected(ctx, name, t.Call(t.Path("dict::Dict::default"), ()), body), found[0])


# Lazily ----------------------------------------------------------------------------------------


def generator(ctx: FunctionContext, node: h.Comprehension) -> Iteration:
    """A generator expression as a lazy iterator; one that can raise yields `Result`s."""
    try:
        made = chain(ctx, node)
        if made.identity is not None:
            return Iteration(made.expr, made.identity, not node.clauses[0].conditions, made.ordered)
        element = made.element
        if element.temporary or element.form in (Form.PLACE, Form.MUTREF):
            element = Value(
                coerce.owned(ctx, element, element.type, node.span), element.type, range=element.range
            )
        leaf = Leaf(
            element.type, element.form, unsigned=element.unsigned, range=element.range, frozen=element.frozen
        )
        mapper = t.Closure((made.pattern,), _in_closure(made.prelude, element.expr))
        return Iteration(t.Method(made.expr, "map", (mapper,)), leaf, True, made.ordered)
    except NotAChain:
        pass
    if len(node.clauses) != 1 or _binds(node):
        raise NotAChain
    source, clause = flattened(ctx, node.clauses[0], iterate(ctx, node.clauses[0].iterable))
    ctx.closure_depth += 1
    try:
        if clause.conditions:
            source = _filtered_source(ctx, clause, source)
        with ctx.errors_to(Raising()), ctx.frame():
            binding = bind(ctx, clause.target, source.item, clause.span)
            element = ctx.expr(node.element)
            body = coerce.owned(ctx, element, element.type, node.span)
    finally:
        ctx.closure_depth -= 1
    require_order(source, clause.span)
    closure = _fallible_closure(ctx, binding, source.item, body, element.type, node)
    leaf = Leaf(element.type, fallible=True, range=element.range)
    return Iteration(t.Method(source.expr, "map", (closure,)), leaf, source.reversible, source.ordered)


def _fallible_closure(
    ctx: FunctionContext, binding: Binding, item: Item, body: t.Expr, type_: Type, node: h.Node
) -> t.Expr:
    """`|c| int::from_char(c)` is `int::from_char`; what more there is gets a `Result` spelled out."""
    if isinstance(body, t.Try) and not binding.prelude:
        match body.operand:
            case t.Call(t.Path() as function, (t.Path(name),)) if name == binding.pattern and _by_value(item):
                return function
            case operand if not contains_try(operand):
                return t.Closure((binding.pattern,), operand)
    returns = f"Result<{ctx.rust_type(type_, node.span)}, Error>"
    inside = body.operand if isinstance(body, t.Try) else t.Call(t.Path("Ok"), (body,))
    return t.Closure((binding.pattern,), _in_closure(binding.prelude, inside), returns)


def _by_value(item: Item) -> bool:
    """Whether what is yielded is just what a function takes; a `&String` would have to become a `&str`."""
    if not isinstance(item, Leaf):
        return False
    return item.form is Form.CHAR or (is_copy(item.type) and not item.reference and not item.behind)


def contains_try(node: object) -> bool:
    """Whether a `?` is somewhere inside a Rust tree."""
    if isinstance(node, tuple):
        return any(map(contains_try, node))
    if hasattr(node, "__dataclass_fields__"):
        return isinstance(node, t.Try) or any(
            contains_try(getattr(node, name)) for name in node.__dataclass_fields__
        )
    return False


def _filtered_source(ctx: FunctionContext, clause: h.Clause, source: Iteration) -> Iteration:
    """The source behind its conditions, none of which may raise."""
    if fallible(source.item):
        raise NotAChain

    def inside() -> t.Expr:
        expr = source.expr
        for condition in clause.conditions:
            expr = _filter(ctx, expr, clause, source.item, condition)
        return expr

    expr, raises = ctx.probe(inside)
    if raises:
        raise NotAChain
    return replace(source, expr=expr, source=None, reversible=False)


def applied(ctx: FunctionContext, function: h.Expr, argument: h.Expr, span: object) -> h.Expr:
    """`f(x)` for a callable that is named or written in place, as an expression over a fresh name."""
    match function:
        case h.Lambda(params=((name, _),), body=body):
            return _renamed(body, name, argument)
        case _:
            return applied_to(ctx, function, (argument,), ANY)


def _renamed(body: h.Expr, name: str, argument: h.Expr) -> h.Expr:
    """A lambda's body where the argument already has the parameter's name."""
    assert isinstance(argument, h.Local)
    return body


def callable_name(function: h.Expr, ctx: FunctionContext) -> str:
    """The name a mapped element takes: the lambda's own parameter, or a fresh one."""
    match function:
        case h.Lambda(params=((name, _),)):
            return name
        case _:
            return ctx.fresh("x")


def _as_comprehension(ctx: FunctionContext, node: h.CallExternal, *, keep: bool) -> h.Comprehension:
    """`map(f, xs)` → `(f(x) for x in xs)`; `filter(f, xs)` → `(x for x in xs if f(x))`."""
    if not keep and len(node.args) > 2:
        from portalis.compiler.stdlib.callables import over_several

        return over_several(ctx, node)
    function, source = node.args
    name = callable_name(function, ctx)
    target = h.Local(name, ANY, span=node.span, type=ANY)
    if keep:
        if isinstance(function, h.Literal) and function.value is None:
            test: h.Expr = target
        else:
            test = applied(ctx, function, target, node.span)
        clause = h.Clause(target, source, (test,), span=node.span)
        return h.Comprehension("generator", target, None, (clause,), span=node.span, type=node.type)
    clause = h.Clause(target, source, (), span=node.span)
    return h.Comprehension(
        "generator",
        applied(ctx, function, target, node.span),
        None,
        (clause,),
        span=node.span,
        type=node.type,
    )


def mapped(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`map(f, xs)`."""
    if len(node.args) < 2:
        raise Refusal("PT305", node.span, "this form of `map` is not translated")
    return generator(ctx, _as_comprehension(ctx, node, keep=False))


def filtered(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`filter(f, xs)`."""
    if len(node.args) != 2:
        raise Refusal("PT305", node.span, "`filter` takes two arguments")
    return generator(ctx, _as_comprehension(ctx, node, keep=True))


def _flattening(ctx: FunctionContext, node: h.CallExternal, rows: h.Expr) -> h.Expr:
    """`chain.from_iterable(f(y) for y in ys)` → `(x for y in ys for x in f(y))`."""
    if not isinstance(rows, h.Comprehension) or rows.kind != "generator":
        return node
    item = h.Local(ctx.fresh("x"), ANY, span=node.span, type=ANY)
    last = h.Clause(item, rows.element, (), span=node.span)
    return h.Comprehension("generator", item, None, (*rows.clauses, last), span=node.span, type=node.type)


def as_comprehension(ctx: FunctionContext, node: h.Expr) -> h.Expr:
    """`map`, `filter` and flattening calls as generator expressions; everything else as it is."""
    match node:
        case h.CallExternal(fullname="itertools.chain.from_iterable", args=(source,), keywords={}):
            return _flattening(ctx, node, as_comprehension(ctx, source))
        case h.CallExternal(fullname="builtins.map", args=(_, _, *_)):
            return _as_comprehension(ctx, node, keep=False)
        case h.CallExternal(fullname="builtins.filter", args=(_, _)):
            return _as_comprehension(ctx, node, keep=True)
    return node
