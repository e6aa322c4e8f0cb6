"""Lowers a whole function, in passes: each learns what the next needs (forms, ranges, `mut`, `Result`)."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from portalis.compiler.analysis.decided import settle
from portalis.compiler.analysis.facts import FunctionFacts, gather
from portalis.compiler.analysis.filled import settle_dicts
from portalis.compiler.analysis.once import read_once
from portalis.compiler.analysis.record_parts import check_parts
from portalis.compiler.analysis.unbound import settled
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.build_yield import stops
from portalis.compiler.hir.structs import has_receiver, owner_of
from portalis.compiler.hir.type_parts import parts
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext, Learned
from portalis.compiler.lowering.defaults import check_copies, with_defaults_apart
from portalis.compiler.lowering.effects import aliases, effects_of, parts_of
from portalis.compiler.lowering.flow import diverges, ends_never, tailed
from portalis.compiler.lowering.generators import (
    check_returned,
    generator_body,
    generator_signature,
    iterator_signature,
    take_along,
)
from portalis.compiler.lowering.given_back import given_back, without_result
from portalis.compiler.lowering.given_calls import with_given_apart
from portalis.compiler.lowering.handed_back import handed_back, signature, with_choices_apart
from portalis.compiler.lowering.hoisting import characters
from portalis.compiler.lowering.lift import handed_on, lift_nested
from portalis.compiler.lowering.memo import with_caches
from portalis.compiler.lowering.over_copies import over_copies
from portalis.compiler.lowering.project_context import Callee, ProjectContext
from portalis.compiler.lowering.results import remembering
from portalis.compiler.lowering.stmt import lower_block
from portalis.compiler.lowering.upcalls import refuse_in_program
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.handed import through
from portalis.compiler.rust.lints import allowed
from portalis.compiler.rust.printer import print_item
from portalis.compiler.rust.tidy import tidy
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.stdlib.re_source import written_out
from portalis.compiler.types import (
    ANY,
    NONE,
    OBJECT,
    STR,
    CallableOf,
    DictOf,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    Shared,
    UnionOf,
    dynamic,
    is_copy,
    is_shared,
)
from portalis.compiler.unit import Origin, Upcall
from portalis.mapping.python_to_rust import Position

_MAX_PASSES = 8


@dataclass(frozen=True, slots=True)
class LoweredFunction:
    """A function's Rust and what it needs around it."""

    callee: Callee
    item: t.FnItem
    patterns: tuple[t.StaticItem, ...]
    runtime: frozenset[str]
    imports: frozenset[str]
    constants: frozenset[tuple[str, str]]
    callees: frozenset[str]
    exceptions: frozenset[str]
    dead_lines: frozenset[int]
    unions: frozenset[UnionOf]
    structs: frozenset[str]
    """Full names of the classes whose structs it needs."""
    loaders: frozenset[str]
    """The loaders it calls, by item key."""
    text: str
    """The function and its own statics as Rust, before rustfmt."""
    origin: Origin | None = None
    """Who wrote it, where that is not the compiler."""
    swept: frozenset[str] | None = None
    """The parameters that it runs over whole, where that is known otherwise than by its tree."""
    upcalls: frozenset[Upcall] = frozenset()
    """The functions that it calls in Python."""


def lower_function(
    project: ProjectContext, function: h.Function, path: str, *, recursive: bool
) -> LoweredFunction:
    """The Rust of a module-level function.

    Raises:
        Refusal: something in it has no exact Rust.
    """
    for param in function.params:
        if param.type is ANY or isinstance(param.type, IterOf):
            hint = "annotate it" if param.type is ANY else "take a `list`"
            raise Refusal(
                "PT101", function.span, f"the parameter `{param.name}` has the type `{param.type}`", hint
            )
    if function.returns is ANY:
        raise Refusal("PT101", function.span, "the type of the result is not known", "annotate it")
    if isinstance(function.returns, IterOf):
        check_returned(function, recursive=recursive)
    mutated = project.mutated_params
    function, dead = settled(settle_dicts(written_out(with_caches(project, function), mutated)))
    function = with_defaults_apart(with_choices_apart(function))
    function = over_copies(function, parts_of(project), effects_of(project, parts_of(project)))
    facts = gather(function, mutated, project.kept_params)
    function, inside = lift_nested(
        project, function, facts, lambda own, again: lower_function(
            project, own, f"{path}::{rust_name(own.qualname.rpartition('.')[2])}", recursive=again
        ),
    )  # fmt: skip
    if inside:
        facts = gather(function, mutated, project.kept_params)
    gives_back = given_back(function, facts, project.callees)
    if gives_back is not None:
        function = without_result(function)
    taken = with_given_apart(function, project.callees)
    if gives_back is not None or taken is not function:
        function, facts = taken, gather(taken, mutated, project.kept_params)
    if recursive:
        _announce(project, function, facts, path, gives_back)
    ctx, body = run_passes(project, function, facts, None, recursive=recursive, inside=inside)
    refuse_in_program(function, ctx.known.sources)
    effects = aliases(ctx)
    check_copies(function, facts, effects.shares)
    check_parts(function, ctx.record_parts, lambda key, at: _only_read(project, key, at))
    for made in inside.values():
        ctx.absorb_lifted(made)
    function = replace(function, returns=dynamic(ctx.returns))
    callee = _callee(project, function, facts, path, ctx.known, recursive)
    parts = parts_of(project)
    steady = frozenset(at for at, p in enumerate(function.params) if parts.stay(p.type, effects.moves[at]))
    callee = replace(callee, gives_back=gives_back, effects=effects, steady=steady)
    _check_unions(function, facts)
    # What can only be None is nothing that Rust would have to be told.
    params = tuple(param_text(ctx, param, facts) for param in function.params if param.type is not NONE)
    returns, generics = "" if isinstance(function.returns, IterOf) else return_text(ctx, function), ""
    if ctx.handed.names:
        params, returns, generics = signature(ctx, function, params, returns)
    body = through(remembering(ctx, tidy(body)), handed_on(function.params))
    if function.yields is not None:
        params, returns, generics = generator_signature(ctx, params)
        body = generator_body(ctx, body)
    elif isinstance(function.returns, IterOf):
        params, returns, generics = iterator_signature(ctx, params, function.returns)
    item = t.FnItem(
        path.rpartition("::")[2], params, returns, body, rust_doc(function.docstring),
        allowed(params, returns, shared_keys=_shared_keys(function)),
        public=".<locals>." not in function.qualname, generics=generics,
    )  # fmt: skip
    return LoweredFunction(
        callee, item, tuple(ctx.patterns), frozenset(ctx.runtime), frozenset(ctx.modules),
        frozenset(ctx.statics),
        frozenset(ctx.callees), frozenset(ctx.exceptions), frozenset(ctx.dead_lines) | dead,
        frozenset(ctx.unions), frozenset(ctx.structs), frozenset(ctx.loaders),
        _printed(item, [print_item(one) for one in ctx.patterns], method=bool(callee.owner)),
        upcalls=frozenset(ctx.upcalls),
    )  # fmt: skip


def _check_unions(function: h.Function, facts: FunctionFacts) -> None:
    for param in function.params:
        if isinstance(param.type, UnionOf) and is_mutated(param, facts):
            message = f"`{param.name}` holds values of the types `{param.type}`, and is changed in place"
            raise Refusal("PT105", function.span, message, "use a name of its own for each")


def _printed(item: t.FnItem, statics: list[str], *, method: bool) -> str:
    """The function with its statics: beside it, but inside a method, since an `impl` holds none."""
    if not method:
        return "\n\n".join([*statics, print_item(item)])
    body = replace(item.body, stmts=(*map(t.Item, statics), *item.body.stmts))
    return print_item(replace(item, body=body))


def _only_read(project: ProjectContext, key: str, at: int) -> bool:
    """Whether a project function neither changes nor keeps an argument."""
    callee = project.callees.get(key)
    if callee is None or at >= len(callee.params) or callee.params[at][2]:
        return False
    # Of a function of the same cycle nothing is known at first: the cycle is lowered again when it is.
    return callee.effects is None or not any(at in pair for pair in callee.effects.shares)


def announce(project: ProjectContext, cycle: Mapping[str, h.Function]) -> None:
    """What can be told of the functions of a cycle, by path, before any of them is lowered.

    A parameter is changed when the function does it, or hands it to one of the cycle that does.
    """
    settled = {
        path: with_defaults_apart(with_choices_apart(settle(settle_dicts(function))[0]))
        for path, function in cycle.items()
    }
    known: dict[str, tuple[bool, ...]] = {function.key: () for function in settled.values()}

    def mutated(key: str) -> tuple[bool, ...]:
        return known[key] if key in known else project.mutated_params(key)

    while True:
        facts = {path: gather(function, mutated, project.kept_params) for path, function in settled.items()}
        found = {
            function.key: tuple(is_mutated(p, facts[path]) for p in function.params)
            for path, function in settled.items()
        }
        if found == known:
            break
        known = found
    for path, function in settled.items():
        gives_back = given_back(function, facts[path], project.callees)
        if gives_back is not None:
            function = without_result(function)
        _announce(project, function, facts[path], path, gives_back)


def _callee(
    project: ProjectContext,
    function: h.Function,
    facts: FunctionFacts,
    path: str,
    known: Learned,
    recursive: bool,
) -> Callee:
    params = tuple((p.name, p.type, is_mutated(p, facts)) for p in function.params)
    owner = owner_of(project.symbols, function.key)
    lazy, once = function.yields is not None, read_once(function)
    handed = handed_back(function, facts, project.callees)
    yields = dynamic(function.returns.elem) if isinstance(function.returns, IterOf) else function.yields
    returns = function.returns if yields is None else IterOf(yields, "Generator")
    return Callee(
        function.key, path, params, returns, known.raises and not lazy, known.prints, recursive,
        known.sources,
        yields=yields, items_raise=known.raises if lazy else known.items_raise,
        once=frozenset(at for at, p in enumerate(function.params) if p.name in once),
        stops=not lazy and (stops(function) or _calls_what_stops(project, function)),
        owner=owner.qualname if owner is not None else "",
        receiver=has_receiver(project.symbols, function.key),
        keeps=tuple(keeps(p, facts) for p in function.params),
        handed=frozenset(at for at, p in enumerate(function.params) if p.name in handed.names),
        always_handed=handed.always,
    )  # fmt: skip


def _shared_keys(function: h.Function) -> bool:
    """Whether a variable holds instances by their identity: as the keys of a dict, in a set."""
    kinds = [*(param.type for param in function.params), function.returns, *function.locals.values()]
    kinds += [node.type for node in walk(function.body) if isinstance(node, (h.Attribute, h.SetDisplay))]
    while kinds:
        kind = kinds.pop()
        if isinstance(kind, SetOf) and isinstance(kind.elem, Shared):
            return True
        if isinstance(kind, DictOf) and isinstance(kind.key, Shared):
            return True
        kinds += parts(kind)
    return False


def _calls_what_stops(project: ProjectContext, function: h.Function) -> bool:
    called = (node.key for node in walk(function.body) if isinstance(node, h.CallFunction))
    return any(callee.stops for key in called if (callee := project.callees.get(key)) is not None)


def _announce(
    project: ProjectContext, function: h.Function, facts: FunctionFacts, path: str, gives_back: int | None
) -> None:
    """A recursive function is known to itself and its cycle before it is lowered, as one that raises."""
    known = Learned(raises=True)
    callee = replace(_callee(project, function, facts, path, known, True), gives_back=gives_back)
    project.callees.setdefault(function.key, callee)


def keeps(param: h.Parameter, facts: FunctionFacts) -> bool:
    """Whether the parameter is a callable that outlives the call."""
    inside = param.type.inner if isinstance(param.type, OptionalOf) else param.type
    return isinstance(inside, CallableOf) and param.name in facts.kept


def is_mutated(param: h.Parameter, facts: FunctionFacts) -> bool:
    """Whether the function changes what the parameter holds, so that the Rust takes a `&mut`."""
    if param.kind == "nonlocal":
        return True
    return facts.mutations.any_depth(param.name) and not is_copy(param.type) and param.type is not STR


def run_passes(
    project: ProjectContext,
    function: h.Function,
    facts: FunctionFacts,
    outer: FunctionContext | None,
    *,
    recursive: bool = False,
    fallible: bool = False,
    inside: Mapping[str, LoweredFunction] = MappingProxyType({}),
) -> tuple[FunctionContext, t.Block]:
    """Passes over a body until a pass learns nothing new; returns the last one's state and block.

    A `fallible` function returns a `Result`, whether or not it can raise.
    """
    known = Learned(raises=recursive or fallible)
    for _ in range(_MAX_PASSES):
        ctx = FunctionContext(project, function, facts, known)
        ctx.inside = {key: made.item for key, made in inside.items()}
        if outer is None:
            ctx.handed = handed_back(function, facts, project.callees)
        else:
            ctx.outer = outer
            ctx.env = [*outer.env, {}]
            ctx.closure_depth, ctx.loop_depth = 1, outer.loop_depth
            ctx.frozen_locals = set(outer.frozen_locals)
            ctx.match_patterns = dict(outer.match_patterns)
        body = _one_pass(ctx, recursive)
        learned = _merged(known, ctx.learned)
        if learned.snapshot() == known.snapshot():
            return ctx, body
        known = learned
    raise Refusal("PT901", function.span, "the passes over this function did not settle")


def _merged(known: Learned, found: Learned) -> Learned:
    """What is known after a pass; facts only ever grow, so the passes come to an end."""
    return replace(
        known,
        forms=known.forms | found.forms,
        ranges=known.ranges | found.ranges,
        types=known.types | found.types,
        mutable=known.mutable | found.mutable,
        hoisted=known.hoisted | found.hoisted,
        returns=found.returns or known.returns,
        raises=known.raises or found.raises,
        items_raise=known.items_raise or found.items_raise,
        prints=known.prints or found.prints,
        sources=known.sources | found.sources,
    )


def _one_pass(ctx: FunctionContext, recursive: bool) -> t.Block:
    function = ctx.function
    prelude: list[t.Stmt] = []
    if recursive:
        prelude.append(t.Let("_depth", ctx.rt("decline::enter")))
    for param in function.params:
        prelude += _declare_param(ctx, param)
    stmts = lower_block(ctx, function.body)
    if not ends_never(t.Block(tuple(stmts))) and not diverges(function.body):
        stmts += _end(ctx)
    ctx.learned.raises = ctx.raising[0].used
    return tailed(t.Block((*prelude, *stmts)))


def _end(ctx: FunctionContext) -> list[t.Stmt]:
    """Falling off the end returns None."""
    if ctx.returns is NONE:
        return [t.ExprStmt(t.Return(t.Call(t.Path("Ok"), (t.UNIT,))))] if ctx.known.raises else []
    if isinstance(ctx.returns, OptionalOf):
        none: t.Expr = t.Path("None")
        return [t.ExprStmt(t.Return(t.Call(t.Path("Ok"), (none,)) if ctx.known.raises else none))]
    if ctx.returns is OBJECT:
        ctx.rust_type(OBJECT, ctx.function.span)
        absent = t.Path("Value::None")
        return [t.ExprStmt(t.Return(t.Call(t.Path("Ok"), (absent,)) if ctx.known.raises else absent))]
    reason = t.Lit(f'"the end is reached, which gives None for `{ctx.returns}`"')
    return [t.ExprStmt(t.Return(ctx.rt("decline::decline", reason)))]


def _declare_param(ctx: FunctionContext, param: h.Parameter) -> list[t.Stmt]:
    mutated = is_mutated(param, ctx.facts)
    form = Form.OWNED if is_copy(param.type) else Form.MUTREF if mutated else Form.BORROWED
    if keeps(param, ctx.facts):
        form = Form.PLACE
    local = ctx.declare(param.name, param.type, form)
    if _is_receiver(ctx, param):
        local.rust = "self"
    ctx.assigned.add(local.web)
    if ctx.function.yields is not None and is_shared(param.type):
        take_along(ctx, local)
        return []
    wanted = ctx.known.forms.get(local.web)
    local.form, local.range = form, None
    if wanted is Form.PLACE and form is Form.BORROWED:
        owned = f"{param.name}#0"
        local.form = Form.PLACE
        optional = param.type.inner if isinstance(param.type, OptionalOf) else None
        if optional is not None and optional is not STR and not is_shared(param.type):
            raise Refusal(
                "PT105", ctx.function.span, f"the parameter `{param.name}` is bound again inside a branch"
            )
        if local.web in ctx.known.hoisted:
            raise Refusal(
                "PT105",
                ctx.function.span,
                f"the parameter `{param.name}` is bound again and indexed in a loop",
            )
        value = coerce.own_borrow(Value(t.Path(local.rust), param.type, Form.BORROWED))
        return [t.Let(local.rust, value, mutable=owned in ctx.known.mutable)]
    return characters(ctx, local)


def _is_receiver(ctx: FunctionContext, param: h.Parameter) -> bool:
    """Whether the parameter is a method's `self`."""
    return has_receiver(ctx.project.symbols, ctx.function.key) and param is ctx.function.params[0]


def param_text(ctx: FunctionContext, param: h.Parameter, facts: FunctionFacts) -> str:
    """A parameter as the head of the function has it: `xs: &[i64]`."""
    if _is_receiver(ctx, param):
        if is_copy(param.type):
            return "self"
        return "&mut self" if is_mutated(param, facts) else "&self"
    position: Position = "param_mut" if is_mutated(param, facts) else "param"
    if keeps(param, facts):
        position = "owned"
    resized = param.name in facts.mutations.resized
    if position == "param_mut" and isinstance(param.type, ListOf) and not resized:
        spelled = f"&mut [{ctx.rust_type(param.type.elem, ctx.function.span)}]"
    else:
        spelled = ctx.rust_type(param.type, ctx.function.span, position)
    owned = is_copy(param.type) or position == "owned"
    mutable = "mut " if owned and f"{param.name}#0" in ctx.known.mutable else ""
    if param.kind == "nonlocal":
        mutable, spelled = "", f"&mut {ctx.rust_type(param.type, ctx.function.span)}"
    used = param.name in facts.reads
    return f"{mutable}{'' if used else '_'}{rust_name(param.name)}: {spelled}"


def return_text(ctx: FunctionContext, function: h.Function) -> str:
    """The type of the result as the head of the function has it."""
    spelled = (
        ctx.rust_type(function.returns, function.span, "return") if function.returns is not NONE else "()"
    )
    return f"Result<{spelled}, Error>" if ctx.known.raises else spelled


_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)]) +")


def rust_doc(docstring: str) -> str:
    """A docstring as rustdoc: examples and indented blocks are fenced, so that rustdoc doesn't run them."""
    lines: list[str] = []
    fenced = False
    item = ""
    for line in textwrap.dedent(docstring).splitlines():
        example = line.startswith((">>>", "...", "    "))
        if example and not fenced:
            lines.append("```text")
            fenced = True
        elif fenced and not line.strip():
            lines.append("```")
            fenced = False
        # What goes on in the next line belongs to the item of the list.
        start = None if fenced else _LIST_ITEM.match(line)
        item = start[0] if start else item if line.strip() and not fenced else ""
        lines.append(line if start or not item else " " * len(item) + line.lstrip())
    if fenced:
        lines.append("```")
    return "\n".join(lines)
