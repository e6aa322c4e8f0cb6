"""Which regular expression a call is about: literals, constants, and what is compiled inside a function.

pattern = re.compile(r"[0-9]+")        (nothing)
return pattern.match(text) is not None   →   re::match_(&F_PATTERN, text).is_some()
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from portalis.compiler.analysis.facts import gather
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.refusal import Refusal
from portalis.compiler.stdlib.re_computed import Hole, binding, pieces, with_places
from portalis.compiler.stdlib.re_pattern import TranslatedPattern, UnsupportedPattern, analyse
from portalis.compiler.types import Instance

_FLAGS = {name: int(flag) for name, flag in re.RegexFlag.__members__.items()}


def flags_of(node: h.Expr | None) -> int | None:
    """The flags that an expression of names and `|` means, or None for any other."""
    match node:
        case None:
            return 0
        case h.External(fullname=fullname) if fullname.startswith("re."):
            return _FLAGS.get(fullname.rpartition(".")[2])
        case h.Literal(value=int(value)):
            return int(value)
        case h.Binary(op="|", left=left, right=right):
            one, other = flags_of(left), flags_of(right)
            return None if one is None or other is None else one | other
        case _:
            return None


def source(ctx: FunctionContext, node: h.Expr) -> tuple[str, int] | None:
    """The pattern and flags behind an expression: a constant, a literal, or `re.compile` of one."""
    match node:
        case h.GlobalName(module=module, name=name):
            constant = ctx.project.constants.get((module, name))
            if isinstance(constant, re.Pattern) and isinstance(constant.pattern, str):
                return constant.pattern, constant.flags
            if isinstance(constant, str):
                return constant, 0
        case h.Literal(value=str(text)):
            return text, 0
        case h.CallExternal(fullname="re.compile"):
            return _compiled(ctx, node)
        case h.Local(type=Instance(name="re.Pattern")) if (value := binding(ctx, node)) is not node:
            return source(ctx, value)
    found = pieces(ctx, node)
    made = None if found is None else with_places(found, 0)
    return None if made is None else (made, 0)


def _compiled(ctx: FunctionContext, node: h.CallExternal) -> tuple[str, int] | None:
    """The pattern and flags of `re.compile(pattern, flags)`."""
    named = dict(zip(("pattern", "flags"), node.args, strict=False)) | node.keywords
    pattern, flags = named.pop("pattern", None), flags_of(named.pop("flags", None))
    if pattern is None or flags is None or named:
        return None
    if isinstance(pattern, h.CallExternal) and pattern.fullname == "re.compile":
        return None
    found = source(ctx, pattern)
    if found is not None and flags & re.VERBOSE and computed(ctx, pattern) is not None:
        return None
    return None if found is None else (found[0], found[1] | flags)


def computed(ctx: FunctionContext, node: h.Expr) -> tuple[str | Hole, ...] | None:
    """The parts of a pattern that is put together at run time; None for every other."""
    match node:
        case h.Literal() | h.GlobalName():
            return None
        case h.CallExternal(fullname="re.compile", args=(inner, *_)):
            return computed(ctx, inner)
        case h.Local(type=Instance(name="re.Pattern")):
            made = binding(ctx, node)
            return None if made is node else computed(ctx, made)
        case _:
            found = pieces(ctx, node)
            return found if found is not None and any(isinstance(one, Hole) for one in found) else None


def analysed(ctx: FunctionContext, node: h.Expr, flags: int = 0) -> TranslatedPattern:
    """The pattern behind an expression, translated. Raises Refusal."""
    found = source(ctx, node)
    if found is None:
        raise Refusal("PT302", node.span, "only literal patterns and compiled constants are translated")
    try:
        return analyse(found[0], found[1] | flags)
    except UnsupportedPattern as reason:
        raise Refusal("PT302", node.span, f"the regular expression: {reason}") from None


def written_out(
    function: h.Function, mutated_params: Callable[[str], tuple[bool, ...]] = lambda _: ()
) -> h.Function:
    """The function with patterns that are bound once, as a statement of its own body, written where they are
    used.
    """
    found = {
        stmt.targets[0].name: (place, stmt.value)
        for place, stmt in enumerate(function.body)
        if isinstance(stmt, h.Assign) and len(stmt.targets) == 1 and isinstance(stmt.targets[0], h.Local)
        if _is_pattern(stmt.value)
    }
    if not found:
        return function
    bound = gather(function, mutated_params).assignments + Counter(_bound_elsewhere(function))
    early = {
        name
        for name, (place, _) in found.items()
        if any(isinstance(node, h.Local) and node.name == name for node in walk(function.body[:place]))
    }
    kept = {name: value for name, (_, value) in found.items() if bound[name] == 1 and name not in early}
    if not kept:
        return function
    compiled = {name for name, value in kept.items() if isinstance(value, h.CallExternal)}

    def change(node: h.Node) -> h.Node:
        match node:
            case h.Local(name=name) if name in compiled:
                return kept[name]
            case h.CallExternal(fullname=fullname, args=(h.Local(name=name), *rest)) if (
                fullname.startswith("re.") and name in kept
            ):
                return h.CallExternal(
                    fullname, (kept[name], *rest), node.keywords, span=node.span, type=node.type
                )
            case _:
                return node

    made = rewrite(function, change)
    left = {node.name for place, stmt in enumerate(made.body) for node in _uses(stmt, place, found)}
    gone = {found[name][0] for name in kept if name in compiled or name not in left}
    return replace(made, body=[stmt for place, stmt in enumerate(made.body) if place not in gone])


def _uses(stmt: h.Stmt, place: int, found: Mapping[str, tuple[int, h.Expr]]) -> Iterator[h.Local]:
    """The variables in a statement, but for the one that a pattern is bound to by it."""
    for node in walk(stmt):
        if isinstance(node, h.Local) and found.get(node.name, (None,))[0] != place:
            yield node


def _bound_elsewhere(function: h.Function) -> Iterator[str]:
    """Parameters, and the names of scopes inside: of nested functions, lambdas and comprehensions."""
    yield from (param.name for param in function.params)
    for node in walk(function.body):
        match node:
            case h.NestedFunction(function=inner):
                yield from {param.name for param in inner.params} | set(inner.locals)
            case h.Lambda(params=params):
                yield from (name for name, _ in params)
            case h.Clause(target=target):
                yield from (part.name for part in walk(target) if isinstance(part, h.Local))


def _is_pattern(value: h.Expr) -> bool:
    match value:
        case h.Literal(value=str()):
            return True
        case h.CallExternal(fullname="re.compile", args=args, keywords=keywords):
            given = (*args, *keywords.values())
            return all(isinstance(arg, h.Literal) or flags_of(arg) is not None for arg in given)
        case _:
            return False
