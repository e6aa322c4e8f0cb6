"""Pairing our syntax tree with mypy's, node by node.

mypy makes its tree from the same text by a fixed translation, so the two are walked side by
side and every `ast` expression meets its mypy twin. Positions are not used as keys: several
expressions share one, and inside f-strings and on non-ASCII lines they cannot be relied on.
A block whose shape differs from what is expected is left out (its nodes get no types), never
paired wrongly: each pair must be of the expected kinds, and names must agree.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace

from mypy import nodes
from mypy import patterns as mypy_patterns

from portalis.compiler.frontend.inference import RESULT
from portalis.compiler.frontend.oracle.pair_expressions import pair_all, pair_expr, parameters
from portalis.compiler.frontend.oracle.pairs import (
    Binding,
    FunctionNode,
    FunctionPair,
    Pairs,
    Place,
    ShapeError,
)


def pair_module(tree: ast.Module, file: nodes.MypyFile) -> Pairs:
    """Pair a module's tree with mypy's; statements that mypy has after ours end are ignored."""
    pairs = Pairs()
    _block(pairs, tree.body, file.defs, Place(), trailing=True)
    return pairs


def _flatten(
    stmts: Sequence[nodes.Statement],
) -> tuple[dict[tuple[int, int], tuple[nodes.FuncDef, list[nodes.Expression]]], list[nodes.Statement]]:
    """mypy's statements as functions by the place of their `def`, and the others in order."""
    functions: dict[tuple[int, int], tuple[nodes.FuncDef, list[nodes.Expression]]] = {}
    others: list[nodes.Statement] = []
    pending: list[nodes.Node] = list(reversed(stmts))
    while pending:
        stmt = pending.pop()
        if isinstance(stmt, nodes.OverloadedFuncDef):
            parts: list[nodes.Node] = [*stmt.items]
            if stmt.impl is not None and stmt.impl not in stmt.items:
                parts.append(stmt.impl)
            pending.extend(reversed(parts))
        elif isinstance(stmt, nodes.Decorator):
            functions[stmt.func.line, stmt.func.column] = (stmt.func, list(stmt.original_decorators))
        elif isinstance(stmt, nodes.FuncDef):
            functions[stmt.line, stmt.column] = (stmt, [])
        elif isinstance(stmt, nodes.Statement):
            others.append(stmt)
    return functions, others


def _block(
    pairs: Pairs,
    ours: Sequence[ast.stmt],
    theirs: Sequence[nodes.Statement],
    place: Place,
    *,
    trailing: bool = False,
) -> None:
    functions, others = _flatten(theirs)
    plain = [stmt for stmt in ours if not isinstance(stmt, FunctionNode)]
    for stmt in ours:
        if isinstance(stmt, FunctionNode):
            found = functions.get((stmt.lineno, stmt.col_offset))
            if found is None or found[0].name != stmt.name:
                pairs.unpaired_lines.append(stmt.lineno)
                continue
            _function(pairs, stmt, found[0], found[1], place)
    if trailing:
        others = others[: len(plain)]
    same_lines = len(plain) == len(others) and all(
        a.lineno == b.line for a, b in zip(plain, others, strict=True)
    )
    if not same_lines:
        pairs.unpaired_lines.extend(stmt.lineno for stmt in plain)
        return
    for mine, twin in zip(plain, others, strict=True):
        try:
            _statement(pairs, mine, twin, place)
        except ShapeError:
            pairs.unpaired_lines.append(mine.lineno)


def _function(
    pairs: Pairs, node: FunctionNode, twin: nodes.FuncDef, decorators: list[nodes.Expression], place: Place
) -> None:
    qualname = place.qualify(node.name)
    if place.kind == "class" and (role := _role(node)):
        qualname = f"{qualname}.{role}"
    if len(decorators) == len(node.decorator_list):
        for mine, theirs in zip(node.decorator_list, decorators, strict=True):
            _try_expr(pairs, mine, theirs, place)
    class_name = place.scope if place.kind == "class" else None
    pairs.functions.append(FunctionPair(qualname, node, twin, class_name, tuple(node.decorator_list)))
    inner = Place(qualname, "function")
    arguments = parameters(node.args)
    if len(arguments) != len(twin.arguments):
        pairs.unpaired_lines.append(node.lineno)
        return
    for (name, default), argument in zip(arguments, twin.arguments, strict=True):
        pairs.bindings.append(Binding(qualname, name, argument.variable, nodes.LDEF))
        if default is not None and argument.initializer is not None:
            _try_expr(pairs, default, argument.initializer, place)
    _block(pairs, node.body, twin.body.body, inner)


def _try_expr(pairs: Pairs, mine: ast.expr, theirs: nodes.Expression, place: Place) -> None:
    try:
        pair_expr(pairs, mine, theirs, place)
    except ShapeError:
        pairs.unpaired_lines.append(mine.lineno)


def _statement(pairs: Pairs, node: ast.stmt, twin: nodes.Statement, place: Place) -> None:
    match node, twin:
        case (ast.Expr(), nodes.ExpressionStmt()):
            pair_expr(pairs, node.value, twin.expr, place)
        case (ast.Assign(), nodes.AssignmentStmt()):
            pair_all(pairs, [*node.targets, node.value], [*twin.lvalues, twin.rvalue], place)
            pairs.assignments.append(node)
        case (ast.AnnAssign(), nodes.AssignmentStmt()):
            pair_all(pairs, [node.target], twin.lvalues, place)
            if node.value is not None:
                pair_expr(pairs, node.value, twin.rvalue, place)
            pairs.assignments.append(node)
        case (ast.AugAssign(), nodes.OperatorAssignmentStmt()):
            pair_expr(pairs, node.target, twin.lvalue, place, rebinds=True)
            pair_expr(pairs, node.value, twin.rvalue, place)
        case (ast.Return(), nodes.ReturnStmt()):
            pair_all(pairs, [node.value], [_result(twin.expr)], place)
        case (ast.Raise(), nodes.RaiseStmt()):
            pair_all(pairs, [node.exc, node.cause], [twin.expr, twin.from_expr], place)
        case (ast.Assert(), nodes.AssertStmt()):
            pair_all(pairs, [node.test, node.msg], [twin.expr, twin.msg], place)
        case (ast.Delete(), nodes.DelStmt()):
            many = len(node.targets) > 1 and isinstance(twin.expr, nodes.TupleExpr)
            targets = twin.expr.items if many and isinstance(twin.expr, nodes.TupleExpr) else [twin.expr]
            pair_all(pairs, node.targets, targets, place)
        case (ast.ClassDef(), nodes.ClassDef()):
            _class(pairs, node, twin, place)
        case _:
            _compound(pairs, node, twin, place)


def _role(node: FunctionNode) -> str:
    """`setter` or `deleter` of a property, which has the getter's name."""
    match node.decorator_list:
        case [ast.Attribute(value=ast.Name(id=name), attr="setter" | "deleter" as role)] if name == node.name:
            return role
        case _:
            return ""


def _result(value: nodes.Expression | None) -> nodes.Expression | None:
    """What is returned, without the assignment that inference writes around it."""
    match value:
        case nodes.AssignmentExpr(target=nodes.NameExpr(name=name)) if name.rstrip("'") == RESULT:
            return value.value
        case _:
            return value


def _compound(pairs: Pairs, node: ast.stmt, twin: nodes.Statement, place: Place) -> None:
    match node, twin:
        case (ast.If(), nodes.IfStmt()):
            pair_all(pairs, [node.test], twin.expr, place)
            _block(pairs, node.body, twin.body[0].body, place)
            _block(pairs, node.orelse, _body(twin.else_body), place)
        case (ast.While(), nodes.WhileStmt()):
            pair_expr(pairs, node.test, twin.expr, place)
            _block(pairs, node.body, twin.body.body, place)
            _block(pairs, node.orelse, _body(twin.else_body), place)
        case (ast.For() | ast.AsyncFor(), nodes.ForStmt()):
            pair_all(pairs, [node.target, node.iter], [twin.index, twin.expr], place)
            _block(pairs, node.body, twin.body.body, place)
            _block(pairs, node.orelse, _body(twin.else_body), place)
        case (ast.With() | ast.AsyncWith(), nodes.WithStmt()):
            pair_all(pairs, [item.context_expr for item in node.items], twin.expr, place)
            pair_all(pairs, [item.optional_vars for item in node.items], twin.target, place)
            _block(pairs, node.body, twin.body.body, place)
        case (ast.Try() | ast.TryStar(), nodes.TryStmt()):
            _try(pairs, node, twin, place)
        case (ast.Match(), nodes.MatchStmt()):
            _match(pairs, node, twin, place)
        case (ast.ImportFrom(), nodes.ImportBase()):
            pairs.imports.append(node)
        case (
            (ast.Import(), nodes.ImportBase())
            | (ast.Global(), nodes.GlobalDecl())
            | (ast.Nonlocal(), nodes.NonlocalDecl())
            | (ast.Pass(), nodes.PassStmt())
            | (ast.Break(), nodes.BreakStmt())
            | (ast.Continue(), nodes.ContinueStmt())
        ):
            pass
        case _:
            raise ShapeError


def _body(block: nodes.Block | None) -> list[nodes.Statement]:
    return block.body if block is not None else []


def _class(pairs: Pairs, node: ast.ClassDef, twin: nodes.ClassDef, place: Place) -> None:
    if node.name != twin.name:
        raise ShapeError
    if len(node.decorator_list) == len(twin.decorators):
        pair_all(pairs, node.decorator_list, twin.decorators, place)
    if len(node.bases) == len(twin.base_type_exprs):
        pair_all(pairs, node.bases, twin.base_type_exprs, place)
    for keyword in node.keywords:
        if keyword.arg == "metaclass" and twin.metaclass is not None:
            pair_expr(pairs, keyword.value, twin.metaclass, place)
    _block(pairs, node.body, twin.defs.body, Place(place.qualify(node.name), "class"))


def _try(pairs: Pairs, node: ast.Try | ast.TryStar, twin: nodes.TryStmt, place: Place) -> None:
    _block(pairs, node.body, twin.body.body, place)
    if len(node.handlers) != len(twin.handlers):
        raise ShapeError
    for handler, kind, variable, body in zip(
        node.handlers, twin.types, twin.vars, twin.handlers, strict=True
    ):
        pair_all(pairs, [handler.type], [kind], place)
        if handler.name and variable is not None:
            pairs.bindings.append(Binding(place.scope, handler.name, variable.node, variable.kind))
        _block(pairs, handler.body, body.body, place)
    _block(pairs, node.orelse, _body(twin.else_body), place)
    _block(pairs, node.finalbody, _body(twin.finally_body), replace(place, in_finally=True))


def _match(pairs: Pairs, node: ast.Match, twin: nodes.MatchStmt, place: Place) -> None:
    pair_expr(pairs, node.subject, twin.subject, place)
    if len(node.cases) != len(twin.patterns):
        raise ShapeError
    for case, pattern, guard, body in zip(node.cases, twin.patterns, twin.guards, twin.bodies, strict=True):
        _pattern(pairs, case.pattern, pattern, place)
        pair_all(pairs, [case.guard], [guard], place)
        _block(pairs, case.body, body.body, place)


def _pattern(pairs: Pairs, node: ast.pattern, twin: mypy_patterns.Pattern, place: Place) -> None:
    """The expressions and captures in a pattern."""
    match node, twin:
        case (ast.MatchValue(), mypy_patterns.ValuePattern()):
            pair_expr(pairs, node.value, twin.expr, place)
        case (ast.MatchAs(), mypy_patterns.AsPattern()):
            if node.pattern is not None and twin.pattern is not None:
                _pattern(pairs, node.pattern, twin.pattern, place)
            _capture(pairs, node.name, twin.name, place)
        case (ast.MatchStar(), mypy_patterns.StarredPattern()):
            _capture(pairs, node.name, twin.capture, place)
        case (ast.MatchOr(), mypy_patterns.OrPattern()):
            _patterns(pairs, node.patterns, twin.patterns, place)
        case (ast.MatchSequence(), mypy_patterns.SequencePattern()):
            _patterns(pairs, node.patterns, twin.patterns, place)
        case (ast.MatchMapping(), mypy_patterns.MappingPattern()):
            pair_all(pairs, node.keys, twin.keys, place)
            _patterns(pairs, node.patterns, twin.values, place)
            _capture(pairs, node.rest, twin.rest, place)
        case (ast.MatchClass(), mypy_patterns.ClassPattern()):
            pair_expr(pairs, node.cls, twin.class_ref, place)
            _patterns(pairs, node.patterns, twin.positionals, place)
            _patterns(pairs, node.kwd_patterns, twin.keyword_values, place)
        case (ast.MatchSingleton(), mypy_patterns.SingletonPattern()):
            pass
        case _:
            raise ShapeError


def _patterns(
    pairs: Pairs, ours: Sequence[ast.pattern], theirs: Sequence[mypy_patterns.Pattern], place: Place
) -> None:
    if len(ours) != len(theirs):
        raise ShapeError
    for mine, twin in zip(ours, theirs, strict=True):
        _pattern(pairs, mine, twin, place)


def _capture(pairs: Pairs, name: str | None, twin: nodes.NameExpr | None, place: Place) -> None:
    if name is not None and twin is not None:
        pairs.bindings.append(Binding(place.scope, name, twin.node, twin.kind))
