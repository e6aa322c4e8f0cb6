"""Pairing expressions: each of ours with mypy's twin, down to the leaves."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from mypy import nodes

from portalis.compiler.frontend.oracle.pairs import Binding, ExprPair, Pairs, Place, ShapeError


def pair_all(
    pairs: Pairs,
    ours: Sequence[ast.expr | None],
    theirs: Sequence[nodes.Expression | None],
    place: Place,
) -> None:
    if len(ours) != len(theirs):
        raise ShapeError
    for mine, twin in zip(ours, theirs, strict=True):
        if (mine is None) != (twin is None):
            raise ShapeError
        if mine is not None and twin is not None:
            pair_expr(pairs, mine, twin, place)


def pair_expr(
    pairs: Pairs,
    node: ast.expr,
    twin: nodes.Expression,
    place: Place,
    *,
    rebinds: bool = False,
    weak: bool = False,
) -> None:
    """Pair an expression and all below it."""
    match node, twin:
        case (ast.JoinedStr(), _):
            _fstring(pairs, node, twin, place)
        case (ast.FormattedValue(), nodes.CallExpr(args=[value, spec])):
            pair_expr(pairs, node.value, value, place)
            if node.format_spec is not None:
                pair_expr(pairs, node.format_spec, spec, place)
        case (ast.ListComp(), nodes.ListComprehension()):
            _generator(pairs, node.generators, [node.elt], twin.generator, [twin.generator.left_expr], place)
        case (ast.SetComp(), nodes.SetComprehension()):
            _generator(pairs, node.generators, [node.elt], twin.generator, [twin.generator.left_expr], place)
        case (ast.GeneratorExp(), nodes.GeneratorExpr()):
            _generator(pairs, node.generators, [node.elt], twin, [twin.left_expr], place)
        case (ast.DictComp(), nodes.DictionaryComprehension()):
            _generator(pairs, node.generators, [node.key, node.value], twin, [twin.key, twin.value], place)
        case (ast.Tuple() | ast.List() | ast.Starred(), _) if weak:
            for mine, theirs in _children(node, twin):
                pair_expr(pairs, mine, theirs, place, weak=True)
        case _:
            for mine, theirs in _children(node, twin):
                pair_expr(pairs, mine, theirs, place)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and isinstance(twin, nodes.NameExpr):
        pairs.bindings.append(Binding(place.scope, node.id, twin.node, twin.kind, weak))
    pairs.exprs.append(ExprPair(node, twin, place.in_finally, rebinds))


def _generator(
    pairs: Pairs,
    ours: list[ast.comprehension],
    results: list[ast.expr],
    twin: nodes.GeneratorExpr | nodes.DictionaryComprehension,
    their_results: Sequence[nodes.Expression | None],
    place: Place,
) -> None:
    if not len(ours) == len(twin.indices) == len(twin.sequences) == len(twin.condlists):
        raise ShapeError
    for mine, target, sequence, tests in zip(ours, twin.indices, twin.sequences, twin.condlists, strict=True):
        pair_expr(pairs, mine.target, target, place, weak=True)
        pair_expr(pairs, mine.iter, sequence, place)
        pair_all(pairs, mine.ifs, tests, place)
    pair_all(pairs, results, their_results, place)


def _fstring(pairs: Pairs, node: ast.JoinedStr, twin: nodes.Expression, place: Place) -> None:
    """mypy reads `f"a{b}"` as `"".join(["a", "{:{}}".format(b, "")])`, one part alone as that part."""
    if len(node.values) == 1:
        pair_expr(pairs, node.values[0], twin, place)
        return
    match twin:
        case nodes.CallExpr(args=[nodes.ListExpr(items=items)]):
            parts = node.values
            if len(parts) == len(items) + 1:
                parts = parts[:-1]
            pair_all(pairs, parts, items, place)
        case _:
            raise ShapeError


def _children(node: ast.expr, twin: nodes.Expression) -> list[tuple[ast.expr, nodes.Expression]]:
    """The pairs directly below a pair; checks that the two are twins."""
    ours, theirs = _parts(node, twin)
    if len(ours) != len(theirs) or any((a is None) != (b is None) for a, b in zip(ours, theirs, strict=True)):
        raise ShapeError
    return [(a, b) for a, b in zip(ours, theirs, strict=True) if a is not None and b is not None]


_Parts = tuple[Sequence[ast.expr | None], Sequence[nodes.Expression | None]]


def _parts(node: ast.expr, twin: nodes.Expression) -> _Parts:
    match node, twin:
        case (ast.Name(id=name), nodes.NameExpr(name=other)) if name == other.rstrip("'"):
            return [], []  # mypy renames to f' the second of two `with … as f`
        case (ast.Attribute(attr=name), nodes.MemberExpr(name=other)) if name == other:
            return [node.value], [twin.expr]
        case (ast.Attribute(attr=name), nodes.SuperExpr(name=other)) if name == other:
            return [node.value], [twin.call]
        case (ast.Constant(), _):
            return _constant(node, twin)
        case (ast.Call(), nodes.CallExpr()):
            arguments = [arg.value if isinstance(arg, ast.Starred) else arg for arg in node.args]
            keywords = [keyword.value for keyword in node.keywords]
            return [node.func, *arguments, *keywords], [twin.callee, *twin.args]
        case (ast.BinOp(), nodes.OpExpr(op=op)) if op not in ("and", "or"):
            return [node.left, node.right], [twin.left, twin.right]
        case (ast.BoolOp(), nodes.OpExpr(op="and" | "or")):
            return node.values, _unrolled(twin, len(node.values))
        case (ast.Compare(), nodes.ComparisonExpr()):
            return [node.left, *node.comparators], twin.operands
        case (ast.UnaryOp(), nodes.UnaryExpr()):
            return [node.operand], [twin.expr]
        case (ast.Subscript(), nodes.IndexExpr()):
            return [node.value, node.slice], [twin.base, twin.index]
        case _:
            return _rarer_parts(node, twin)


def _rarer_parts(node: ast.expr, twin: nodes.Expression) -> _Parts:
    match node, twin:
        case (ast.Slice(), nodes.SliceExpr()):
            return [node.lower, node.upper, node.step], [twin.begin_index, twin.end_index, twin.stride]
        case (ast.IfExp(), nodes.ConditionalExpr()):
            return [node.test, node.body, node.orelse], [twin.cond, twin.if_expr, twin.else_expr]
        case (ast.Tuple(), nodes.TupleExpr()):
            return node.elts, twin.items
        case (ast.List(), nodes.ListExpr() | nodes.TupleExpr()):
            return node.elts, twin.items
        case (ast.Set(), nodes.SetExpr()):
            return node.elts, twin.items
        case (ast.Dict(), nodes.DictExpr()):
            keys, values = [key for key, _ in twin.items], [value for _, value in twin.items]
            return [*node.keys, *node.values], [*keys, *values]
        case (ast.Starred(), nodes.StarExpr()):
            return [node.value], [twin.expr]
        case (ast.Await(), nodes.AwaitExpr()):
            return [node.value], [twin.expr]
        case (ast.Yield(), nodes.YieldExpr()):
            return [node.value], [twin.expr]
        case (ast.YieldFrom(), nodes.YieldFromExpr()):
            return [node.value], [twin.expr]
        case (ast.NamedExpr(), nodes.AssignmentExpr()):
            return [node.target, node.value], [twin.target, twin.value]
        case (ast.Lambda(), nodes.LambdaExpr()):
            ours = [default for _, default in parameters(node.args)]
            theirs = [argument.initializer for argument in twin.arguments]
            return [*ours, node.body], [*theirs, twin.expr()]
        case _:
            raise ShapeError


def _constant(node: ast.Constant, twin: nodes.Expression) -> _Parts:
    match node.value, twin:
        case (None, nodes.NameExpr(name="None")) | (True, nodes.NameExpr(name="True")):
            return [], []
        case (False, nodes.NameExpr(name="False")) | (complex(), nodes.ComplexExpr()):
            return [], []
        case (str(value), nodes.StrExpr(value=other)) | (int(value), nodes.IntExpr(value=other)) if (
            value == other
        ):
            return [], []
        case (bytes(), nodes.BytesExpr()) | (float(), nodes.FloatExpr()):
            return [], []
        case (value, nodes.EllipsisExpr()) if value is ...:
            return [], []
        case _:
            raise ShapeError


def _unrolled(twin: nodes.OpExpr, count: int) -> list[nodes.Expression]:
    """The operands of `a and b and c`, which mypy nests to the right."""
    operands: list[nodes.Expression] = []
    while count > 2 and isinstance(twin.right, nodes.OpExpr):
        operands.append(twin.left)
        twin, count = twin.right, count - 1
    return [*operands, twin.left, twin.right]


def parameters(args: ast.arguments) -> list[tuple[str, ast.expr | None]]:
    """Names and defaults in mypy's order: positional, `*args`, keyword-only, `**kwargs`."""
    positional = [*args.posonlyargs, *args.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(args.defaults))
    found = [(arg.arg, default) for arg, default in zip(positional, [*defaults, *args.defaults], strict=True)]
    if args.vararg:
        found.append((args.vararg.arg, None))
    found.extend((arg.arg, default) for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True))
    if args.kwarg:
        found.append((args.kwarg.arg, None))
    return found
