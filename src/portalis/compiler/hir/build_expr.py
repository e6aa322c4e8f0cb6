"""Builds typed expressions from Python's syntax tree and the oracle's answer."""

from __future__ import annotations

import ast
from types import EllipsisType
from typing import TYPE_CHECKING

from portalis.compiler.hir import comparing, members, special
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.build_call import build_call
from portalis.compiler.hir.build_yield import check_stops
from portalis.compiler.hir.class_values import class_name, class_value
from portalis.compiler.hir.dotted import dotted_global
from portalis.compiler.hir.iterated import iterated
from portalis.compiler.hir.own_class import class_name as own_class_name
from portalis.compiler.hir.scope import function_scope
from portalis.compiler.hir.tables import module_value
from portalis.compiler.hir.versions import decided
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    COMPLEX,
    FLOAT,
    INT,
    NAMESPACE,
    NONE,
    OBJECT,
    STR,
    ClassObject,
    Instance,
    OptionalOf,
    Prim,
    Type,
    UnionOf,
)

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder

_BINARY = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.MatMult: "@",
}  # fmt: skip
_COMPARE = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_UNARY = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not"}
_LITERALS: dict[type, Type] = {bool: BOOL, int: INT, float: FLOAT, str: STR, bytes: BYTES, type(None): NONE}


def binary_operator(op: ast.operator) -> str:
    """The operator as Python writes it."""
    return _BINARY[type(op)]


def build_expr(b: FunctionBuilder, node: ast.expr) -> h.Expr:  # noqa: C901  one case a node
    """The typed expression; refuses with PT2xx what has no form."""
    match node:
        case ast.Constant():
            return _constant(b, node)
        case ast.Name():
            return _name(b, node)
        case ast.Attribute():
            return _attribute(b, node)
        case ast.Call():
            return build_call(b, node)
        case ast.BinOp(left, op, right):
            return special.binary(b, h.Binary(_BINARY[type(op)], b.expr(left), b.expr(right), **b.at(node)))
        case ast.UnaryOp(op, operand):
            name = _UNARY[type(op)]
            return _unary(b, node, name, b.test(operand) if name == "not" else b.expr(operand))
        case ast.BoolOp(op, values):
            name = "and" if isinstance(op, ast.And) else "or"
            return special.logical(b, h.Logical(name, tuple(map(b.expr, values)), **b.at(node)))
        case ast.Compare(left, ops, rights):
            names = tuple(_COMPARE[type(op)] for op in ops)
            return comparing.compare(
                b, h.Compare(b.expr(left), names, tuple(map(b.expr, rights)), **b.at(node))
            )
        case ast.IfExp(test, body, orelse):
            if (way := decided(b, test)) is not None:
                return b.expr(body if way else orelse)
            return h.Conditional(b.test(test), b.expr(body), b.expr(orelse), **b.at(node))
        case ast.List(elts):
            return h.ListDisplay(tuple(map(b.expr, elts)), **b.at(node))
        case ast.Tuple(elts):
            return h.TupleDisplay(tuple(map(b.expr, elts)), **b.at(node))
        case ast.Set(elts):
            return h.SetDisplay(tuple(map(b.expr, elts)), **b.at(node))
        case ast.Dict(keys, values):
            pairs = zip(keys, values, strict=True)
            items = tuple((None if k is None else b.expr(k), b.expr(v)) for k, v in pairs)
            return h.DictDisplay(items, **b.at(node))
        case ast.Starred(value):
            return h.Starred(b.expr(value), **b.at(node))
        case ast.Subscript():
            return _subscript(b, node)
        case ast.JoinedStr(values):
            return h.FString(tuple(_part(b, value) for value in values), span=b.span(node), type=STR)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return _comprehension(b, node)
        case ast.Lambda():
            return _lambda(b, node)
        case ast.NamedExpr(target, value):
            built = b.expr(target)
            assert isinstance(built, h.Local)
            return h.Walrus(built, b.expr(value), **b.at(node))
        case ast.Yield() | ast.YieldFrom():
            raise Refusal(
                "PT202", b.span(node), "the value of a `yield` is not translated", "yield as a statement"
            )
        case _:
            what = type(node).__name__.lower()
            raise Refusal("PT214", b.span(node), f"`{what}` expressions are not translated")


def _constant(b: FunctionBuilder, node: ast.Constant) -> h.Expr:
    value = node.value
    if isinstance(value, complex):
        parts = tuple(h.Literal(one, span=b.span(node), type=FLOAT) for one in (value.real, value.imag))
        return h.CallExternal("builtins.complex", parts, {}, span=b.span(node), type=Instance(COMPLEX))
    if isinstance(value, EllipsisType):
        raise Refusal("PT214", b.span(node), f"the literal `{ast.unparse(node)}` is not translated")
    return h.Literal(value, span=b.span(node), type=_LITERALS[type(value)])


def _unary(b: FunctionBuilder, node: ast.UnaryOp, op: str, operand: h.Expr) -> h.Expr:
    if op == "-" and isinstance(operand, h.Literal) and type(operand.value) in (int, float):
        return h.Literal(-operand.value, span=b.span(node), type=operand.type)  # type: ignore[operator]
    return special.unary(b, h.Unary(op, operand, **b.at(node)))


def _has_numbers_beside(declared: Type) -> bool:
    """Whether ints and floats may be left of a union when what isn't a builtin value is ruled out."""
    kind = declared.inner if isinstance(declared, OptionalOf) else declared
    if not isinstance(kind, UnionOf):
        return False
    return {INT, FLOAT} <= set(kind.members) and not all(isinstance(one, Prim) for one in kind.members)


def _name(b: FunctionBuilder, node: ast.Name) -> h.Expr:
    scope = b.scope.find(node.id)
    if scope is not None:
        declared = b.local_type(scope, node.id)
        narrowed = b.type_of(node)
        vague = narrowed is ANY or (
            narrowed is OBJECT and declared is not OBJECT and not _has_numbers_beside(declared)
        )
        if b.owner is not None and node.id == b.receiver and declared == b.owner.type:
            return h.Local(node.id, declared, span=b.span(node), type=declared)
        if b.owner is not None and b.owner.enum is not None and isinstance(declared, ClassObject):
            return members.class_itself(b.owner, b.span(node))
        return h.Local(node.id, declared, span=b.span(node), type=declared if vague else narrowed)
    if node.id == "__doc__":
        text = ast.get_docstring(b.source.tree, clean=False)
        return h.Literal(text, span=b.span(node), type=NONE if text is None else STR)
    fullname = b.scope.imported(node.id) or b.answer.fullname(b.module, node)
    return resolve_global(b, node, fullname or f"{b.module}.{node.id}")


def resolve_global(b: FunctionBuilder, node: ast.expr, fullname: str) -> h.Expr:
    """A module-level or library name as a value."""
    symbols = b.symbols
    if fullname in symbols.functions:
        return h.FunctionRef(symbols.functions[fullname][0], **b.at(node))
    if fullname in symbols.constants and fullname not in symbols.classes:
        module, name = symbols.constants[fullname]
        return module_value(b, module, name, b.span(node), b.type_of(node))
    member = members.named(b, fullname, b.span(node))
    if member is not None:
        return member
    return h.External(fullname, **b.at(node))


def _attribute(b: FunctionBuilder, node: ast.Attribute) -> h.Expr:
    constant = own_class_name(b, node) or class_value(b, node) or class_name(b, node)
    if constant is not None:
        return constant
    fullname = dotted_global(b, node)
    if fullname is not None:
        return resolve_global(b, node, fullname)
    value = b.expr(node.value)
    if value.type == NAMESPACE:  # a value of its own at each place, of the type that is known there
        name = h.Literal(node.attr, span=b.span(node), type=STR)
        return h.CallMethod(value, "__getattr__", (name,), **b.at(node))
    of_member = members.attribute(b, value, node)
    if of_member is not None:
        return of_member
    own = special.struct_of(b, value.type.inner if isinstance(value.type, OptionalOf) else value.type)
    if own is not None and own.kinds.get(node.attr) == "property":
        key = own.key(node.attr)
        return h.CallFunction(key, (value,), **b.at(node))
    if own is not None and own.kinds.get(node.attr) == "method":
        return h.BoundMethod(value, own.key(node.attr), **b.at(node))
    return h.Attribute(value, node.attr, **b.at(node))


def _subscript(b: FunctionBuilder, node: ast.Subscript) -> h.Expr:
    value = b.expr(node.value)
    if isinstance(node.slice, ast.Slice):
        bounds = (node.slice.lower, node.slice.upper, node.slice.step)
        lower, upper, step = (None if x is None else b.expr(x) for x in bounds)
        return h.Slice(value, lower, upper, step, **b.at(node))
    return special.item(b, h.Subscript(value, b.expr(node.slice), **b.at(node)))


def _part(b: FunctionBuilder, node: ast.expr) -> str | h.Formatted:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.FormattedValue(value, conversion, spec):
            parts: tuple[str | h.Formatted, ...] = ()
            if isinstance(spec, ast.JoinedStr):
                parts = tuple(_part(b, part) for part in spec.values)
            letter = chr(conversion) if conversion != -1 else ""
            return special.formatted(b, h.Formatted(b.expr(value), letter, parts, span=b.span(node)))
        case _:
            raise Refusal("PT303", b.span(node), "this part of the f-string is not translated")


def _comprehension(
    b: FunctionBuilder, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
) -> h.Expr:
    kinds = {ast.ListComp: "list", ast.SetComp: "set", ast.DictComp: "dict", ast.GeneratorExp: "generator"}
    first = b.expr(node.generators[0].iter)
    names = {n.id for g in node.generators for n in ast.walk(g.target) if isinstance(n, ast.Name)}
    with b.inner_names(names):
        clauses = []
        for index, generator in enumerate(node.generators):
            if generator.is_async:
                raise Refusal("PT208", b.span(node), "asynchronous comprehensions are not translated")
            iterable = iterated(b, first if index == 0 else b.expr(generator.iter))
            target = b.expr(generator.target)
            conditions = tuple(map(b.test, generator.ifs))
            clauses.append(h.Clause(target, iterable, conditions, span=b.span(generator.target)))
        if isinstance(node, ast.DictComp):
            key, element = b.expr(node.key), b.expr(node.value)
        else:
            key, element = None, b.expr(node.elt)
    if isinstance(node, ast.GeneratorExp):
        check_stops(element)
        for clause in clauses:
            check_stops(clause)
    return h.Comprehension(kinds[type(node)], element, key, tuple(clauses), **b.at(node))


def _lambda(b: FunctionBuilder, node: ast.Lambda) -> h.Expr:
    args = node.args
    if args.vararg or args.kwarg or args.kwonlyargs or args.defaults:
        raise Refusal("PT215", b.span(node), "only lambdas with plain parameters are translated")
    names = [a.arg for a in (*args.posonlyargs, *args.args)]
    scope = function_scope(node, f"{b.scope.qualname}.<locals>.<lambda>", b.scope)
    with b.inner_scope(scope):
        params = tuple((name, b.lambda_param(node, name)) for name in names)
        scope.types.update(params)
        body = b.expr(node.body)
        check_stops(body)
    return h.Lambda(params, body, **b.at(node))
