"""`match` as tests and assignments, which is what it does.

    match point:                       if point[0] == 0:
        case (0, y):                       y = point[1]
            return y             →         return y
        case (x, y) if x == y:         elif point[0] == point[1]:
            return x                       x = point[0]; y = point[1]
                                           return x

What the type of the subject decides is decided here: a text is no sequence, a tuple has its length, an int
is none of the classes it isn't. A branch that can't be taken is a test of `False`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir import special
from portalis.compiler.hir.patterns import Found, Matcher
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import root_local, walk
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import BOOL, is_mutable

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder


def build_match(b: FunctionBuilder, node: ast.Match) -> list[h.Stmt]:
    """The statements of a `match`: its subject under a name where it has none, and a chain of `if`s."""
    before, subject = _subject(b, node)
    comments = b.comments_above(node)
    chain = _chain(b, node, _cases(node), subject)
    whole = [*before, *chain]
    if whole:
        whole[0].comments = (*comments, *whole[0].comments)
    return whole


def _cases(node: ast.Match) -> list[ast.match_case]:
    """The cases; one of alternatives that bind names is a case for each."""
    found: list[ast.match_case] = []
    for case in node.cases:
        pattern = case.pattern
        if isinstance(pattern, ast.MatchOr) and any(map(_captures, pattern.patterns)):
            found += [ast.match_case(one, case.guard, case.body) for one in pattern.patterns]
        else:
            found.append(case)
    return found


def _captures(pattern: ast.pattern) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(pattern):
        match node:
            case (
                ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name))
            ):
                names.add(name)
    return names


def _subject(b: FunctionBuilder, node: ast.Match) -> tuple[list[h.Stmt], h.Expr]:
    """The subject as something that can be looked at again and again."""
    built = b.expr(node.subject)
    if isinstance(built, h.TupleDisplay) and not any(isinstance(x, h.Starred) for x in built.items):
        before: list[h.Stmt] = []
        items: list[h.Expr] = []
        for item in built.items:
            made, place = b.held("subject", item)
            before += made
            items.append(place)
        return before, replace(built, items=tuple(items))
    return b.held("subject", built)


def _chain(
    b: FunctionBuilder,
    node: ast.Match,
    cases: list[ast.match_case],
    subject: h.Expr,
    told: frozenset[str] | None = None,
) -> list[h.Stmt]:
    """The cases; `told` are the classes that those before have dealt with, None at the first."""
    if not cases:
        return []
    case, *rest = cases
    found = Matcher(b).pattern(case.pattern, subject)
    test = found.test(b.span(case.pattern))
    if case.guard is not None and test is not False:
        guard = _guard(b, node, case, found)
        parts = [guard] if test is True else [*_conjuncts(test), guard]
        test = parts[0] if len(parts) == 1 else h.Logical("and", tuple(parts), span=guard.span, type=BOOL)
    stores = _stores(found, subject)
    body = [*stores, *b.block(case.body)]
    comments = b.comments_above(case.pattern)
    if body and comments:
        body[0].comments = (*comments, *body[0].comments)
    if test is True and not rest:
        return body
    condition = test if isinstance(test, h.Expr) else h.Literal(test, span=found.span, type=BOOL)
    classes = (told or frozenset()) | _classes(condition, subject)
    orelse = _chain(b, node, rest, subject, classes)
    info = special.struct_of(b, subject.type)
    complete = not orelse and info is not None and bool(info.members) and {*info.members} <= classes
    span = b.span(case.pattern)
    return [h.If(condition, body, orelse, matched=told is None, complete=complete, span=span)]


def _classes(condition: h.Expr, subject: h.Expr) -> frozenset[str]:
    """The classes of which every instance meets the condition."""
    match condition, subject:
        case (
            h.CallExternal(fullname="builtins.isinstance", args=(h.Local(name=name), wanted)),
            h.Local(name=same),
        ) if name == same:
            names = wanted.items if isinstance(wanted, h.TupleDisplay) else (wanted,)
            return frozenset(one.fullname for one in names if isinstance(one, h.External))
        case _:
            return frozenset()


def _conjuncts(test: h.Expr) -> list[h.Expr]:
    return [*test.operands] if isinstance(test, h.Logical) and test.op == "and" else [test]


def _stores(found: Found, subject: h.Expr) -> list[h.Stmt]:
    """The captures as assignments; the subject's own name is bound last."""
    roots = {one.name for one in walk(subject) if isinstance(one, h.Local)}
    late = [one for one in found.captures if one.name in roots]
    if len(late) > 1:
        raise Refusal("PT204", found.span, "a pattern binds several names that its subject reads")
    stores: list[h.Stmt] = []
    for capture in (*(one for one in found.captures if one.name not in roots), *late):
        if isinstance(capture.value, h.Local) and capture.value.name == capture.name:
            continue
        target = h.Local(capture.name, capture.declared, span=found.span, type=capture.value.type)
        stores.append(h.Assign((target,), capture.value, span=found.span))
        stores += capture.after
    return stores


def _guard(b: FunctionBuilder, node: ast.Match, case: ast.match_case, found: Found) -> h.Expr:
    """The guard over the parts of the subject instead of the names that the pattern binds to them."""
    assert case.guard is not None
    values = {one.name: one.value for one in found.captures}
    if any(one.after for one in found.captures):
        raise Refusal("PT204", found.span, "a guard after a pattern that takes the rest of a mapping")
    for name, value in values.items():
        if isinstance(value, h.Local) and value.name == name:
            continue
        if _read_elsewhere(b, node, name):
            raise Refusal(
                "PT204", found.span, f"`{name}` is bound even where the guard fails, and read elsewhere",
                "use another name in this case",
            )  # fmt: skip
    built = b.test(case.guard)
    roots = {root[0].name for value in values.values() if (root := root_local(value)) is not None}
    for one in walk(built):
        match one:
            case h.CallFunction(args=args) | h.CallValue(args=args):
                handed = args
            case h.CallMethod(receiver=receiver, args=args):
                handed = (receiver, *args)
            case _:
                continue
        if any(
            is_mutable(x.type) and (r := root_local(x)) is not None and r[0].name in roots for x in handed
        ):
            raise Refusal("PT204", found.span, "a guard may change what the pattern looks at")

    def change(part: h.Node) -> h.Node:
        if isinstance(part, h.Local) and part.name in values:
            return replace(values[part.name], span=part.span)
        return part

    return rewrite(built, change)


def _read_elsewhere(b: FunctionBuilder, node: ast.Match, name: str) -> bool:
    """Whether the function reads a name outside the cases of the `match` that bind it themselves."""
    own = {
        id(one)
        for case in node.cases
        if name in _captures(case.pattern)
        for part in (*case.body, *([case.guard] if case.guard is not None else []))
        for one in ast.walk(part)
    }
    return any(id(one) not in own for one in _loads(b.definition, name))


def _loads(definition: ast.AST | None, name: str) -> Iterator[ast.Name]:
    for one in ast.walk(definition) if definition is not None else ():
        if isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Load):
            yield one
