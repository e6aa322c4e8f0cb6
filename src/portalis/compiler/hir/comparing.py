"""Comparisons of instances: the method that decides, identity, and None beside an instance.

a == b              →   a.__eq__(b)
node == other.next  →   other.next is not None and node.__eq__(other.next)
a >= b              →   not a.__lt__(b), where `functools.total_ordering` says so
x in tree           →   tree.__contains__(x)
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.compiler.hir import members
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.special import call, of_bool, plain, struct_of, when_there
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import BOOL, NONE, ListOf, OptionalOf, Type
from portalis.diagnostics import Span

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder
    from portalis.compiler.hir.structs import StructInfo

COMPARE = {
    "==": "__eq__", "!=": "__ne__", "<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__",
}  # fmt: skip
MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ORDERED: Mapping[str, Mapping[str, tuple[bool, str, str]]] = {
    "<": {">": (True, "and", "!="), "<=": (False, "or", "=="), ">=": (True, "", "")},
    "<=": {">=": (True, "or", "=="), "<": (False, "and", "!="), ">": (True, "", "")},
    ">": {"<": (True, "and", "!="), ">=": (False, "or", "=="), "<=": (True, "", "")},
    ">=": {"<=": (True, "or", "=="), ">": (False, "and", "!="), "<": (True, "", "")},
}
"""By the comparison that a class has, in the order in which `functools.total_ordering` looks for one: for
each of the others, whether the first is negated, and what is added to it."""


def compare(b: FunctionBuilder, node: h.Compare) -> h.Expr:
    """One comparison of instances; in a longer chain they are refused."""
    node = members.compared(b, node)
    operands = (node.left, *node.rights)
    if all(struct_of(b, _present(one.type)) is None for one in operands) or "is" in node.ops[0]:
        return node
    if len(node.ops) != 1:
        raise Refusal("PT214", node.span, "a chain of comparisons of instances is not translated")
    op, left, right = node.ops[0], node.left, node.rights[0]
    if op in ("in", "not in"):
        return _contains(b, node, op, left, right)
    if isinstance(left.type, OptionalOf) or isinstance(right.type, OptionalOf):
        return _optional(b, node, op, left, right)
    return _instances(b, node, op, left, right)


def _present(type_: Type) -> Type:
    return type_.inner if isinstance(type_, OptionalOf) else type_


def _instances(b: FunctionBuilder, node: h.Compare, op: str, left: h.Expr, right: h.Expr) -> h.Expr:
    info, other = struct_of(b, left.type), struct_of(b, right.type)
    if info is None or (other is not None and info is not other):
        return node
    if op == "!=" and "__ne__" not in info.methods and info.has_equality:
        same = of_bool(call(b, info, "__eq__", left, (right,), node.span), "__eq__")
        return h.Unary("not", same, span=node.span, type=BOOL)
    if COMPARE[op] in info.methods or (op == "==" and info.has_equality):
        return call(b, info, COMPARE[op], left, (right,), node.span)
    if info.ordered and op not in ("==", "!="):
        return _by_total_ordering(b, info, node, op, left, right)
    mirrored = COMPARE[MIRRORED[op]]
    if other is info and mirrored in info.methods:
        if not (_read(left) and _read(right)):
            raise Refusal(
                "PT201", node.span, f"`{op}` of computed instances by `{mirrored}` is not translated",
                "bind them to names first",
            )  # fmt: skip
        return call(b, info, mirrored, right, (left,), node.span)
    return node


def _read(node: h.Expr) -> bool:
    """Whether an operand may be evaluated after the other one: it changes nothing, and has the same error."""
    match node:
        case h.Subscript(value=value, index=index) if isinstance(value.type, ListOf):
            return plain(value) and _simple(index)
        case _:
            return plain(node)


def _simple(index: h.Expr) -> bool:
    match index:
        case h.Binary(op="+" | "-" | "*", left=left, right=right):
            return _simple(left) and _simple(right)
        case h.Unary(op="-", operand=operand):
            return _simple(operand)
        case _:
            return plain(index)


def _by_total_ordering(
    b: FunctionBuilder, info: StructInfo, node: h.Compare, op: str, left: h.Expr, right: h.Expr
) -> h.Expr:
    """A comparison that the decorator makes of the one that the class defines, and of `==`."""
    own = next(one for one in _ORDERED if COMPARE[one] in info.methods)
    negated, joined, added = _ORDERED[own][op]
    found: h.Expr = of_bool(call(b, info, COMPARE[own], left, (right,), node.span), COMPARE[own])
    if negated:
        found = h.Unary("not", found, span=node.span, type=BOOL)
    if not joined:
        return found
    if not (plain(left) and plain(right)):
        raise Refusal(
            "PT201", node.span, f"`{op}` of computed instances, which compares twice, is not translated",
            "bind them to names first",
        )  # fmt: skip
    again = replace(node, left=replace(left), ops=(added,), rights=(replace(right),))
    second = _instances(b, again, added, replace(left), replace(right))
    return h.Logical(joined, (found, second), span=node.span, type=BOOL)


def _optional(b: FunctionBuilder, node: h.Compare, op: str, left: h.Expr, right: h.Expr) -> h.Expr:
    """`==` where a side may be None: None equals None, and no instance."""
    info, other = struct_of(b, _present(left.type)), struct_of(b, _present(right.type))
    if op not in ("==", "!=") or info is None or info is not other or not info.has_equality:
        return node
    if "__ne__" in info.methods or not _knows_others(info):
        raise Refusal(
            "PT214", node.span, f"`{op}` of a `{left.type}` and a `{right.type}` asks `__eq__` about None",
            "test for None first",
        )  # fmt: skip
    if not (plain(left) or plain(right)):
        raise Refusal(
            "PT214", node.span, f"`{op}` of two computed instances is not translated", "name them first"
        )
    positive = op == "=="

    def decided(a: h.Expr, c: h.Expr) -> h.Expr:
        same = of_bool(call(b, info, "__eq__", a, (c,), node.span), "__eq__")
        return same if positive else h.Unary("not", same, span=node.span, type=BOOL)

    def with_left(a: h.Expr) -> h.Expr:
        if not isinstance(right.type, OptionalOf):
            return decided(a, right)
        return when_there(b, right, lambda c: decided(a, c), differs)

    differs = h.Literal(not positive, span=node.span, type=BOOL)
    if not isinstance(left.type, OptionalOf):
        return with_left(left)
    if not isinstance(right.type, OptionalOf):
        return when_there(b, left, with_left, differs)
    none = h.Literal(None, span=node.span, type=NONE)
    neither = h.Compare(replace(right), ("is" if positive else "is not",), (none,), span=node.span, type=BOOL)
    return when_there(b, left, with_left, neither)


def _knows_others(info: StructInfo) -> bool:
    """Whether `__eq__` says that a value of another class is not equal, and does nothing before.

    if not isinstance(other, Node): return NotImplemented        return isinstance(other, Node) and …
    """
    definition = info.methods.get("__eq__")
    if definition is None:
        return True  # a dataclass's own
    body = definition.body[1:] if ast.get_docstring(definition) else definition.body
    names = [one.arg for one in definition.args.args]
    match body:
        case [ast.If(test=ast.UnaryOp(op=ast.Not(), operand=test), body=[ast.Return(value=given)]), *_]:
            return _asks(test, names, info) and _unequal(given)
        case [ast.If(test=test, orelse=[]), ast.Return(value=given)]:
            return _asks(test, names, info) and _unequal(given)
        case [ast.If(test=test, orelse=[ast.Return(value=given)])]:
            return _asks(test, names, info) and _unequal(given)
        case [ast.Return(value=ast.BoolOp(op=ast.And(), values=[test, *_]))]:
            return _asks(test, names, info)
        case _:
            return False


def _asks(test: ast.expr, names: list[str], info: StructInfo) -> bool:
    """Whether the test is that the other operand is an instance of the class."""
    match test:
        case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), kind]):
            own = (info.qualname, f"{names[0]}.__class__", f"type({names[0]})")
            return name == names[1] and ast.unparse(kind) in own
        case _:
            return False


def _unequal(given: ast.expr | None) -> bool:
    match given:
        case ast.Constant(value=False) | ast.Name(id="NotImplemented"):
            return True
        case _:
            return False


def _contains(b: FunctionBuilder, node: h.Compare, op: str, left: h.Expr, right: h.Expr) -> h.Expr:
    info = struct_of(b, right.type)
    if info is None:
        return node
    if not (plain(left) or plain(right)):
        raise Refusal("PT201", node.span, "`in` on a computed instance is not translated", "name it first")
    if "__contains__" not in info.methods and "__iter__" in info.methods:
        return replace(node, rights=(call(b, info, "__iter__", right, (), node.span),))
    found = of_bool(call(b, info, "__contains__", right, (left,), node.span), "__contains__")
    return found if op == "in" else h.Unary("not", found, span=node.span, type=BOOL)


def generated_equality(
    info: StructInfo, b: FunctionBuilder, span: Span, python: tuple[int, int]
) -> h.Function:
    """The `__eq__` of a dataclass: the fields that count, in order, until two differ.

    Before 3.13 Python compares two tuples of the fields, in which the same object equals itself unasked: an
    instance in a ring equals itself. Later each pair of fields is asked, and such a ring recurs for ever.
    """
    names = ("self", "other")
    receiver, other = (h.Local(name, info.type, span=span, type=info.type) for name in names)
    parts: list[h.Expr] = []
    for one in info.fields:
        if one.compared:
            left = h.Attribute(replace(receiver), one.name, span=span, type=one.type)
            right = h.Attribute(replace(other), one.name, span=span, type=one.type)
            parts.append(compare(b, h.Compare(left, ("==",), (right,), span=span, type=BOOL)))
    whole = parts[0] if len(parts) == 1 else h.Logical("and", tuple(parts), span=span, type=BOOL)
    if info.shared and python < (3, 13):
        itself = h.Compare(replace(receiver), ("is",), (replace(other),), span=span, type=BOOL)
        whole = h.Logical("or", (itself, whole), span=span, type=BOOL)
    params = tuple(h.Parameter(name, info.type, "positional_or_keyword") for name in names)
    locals_: dict[str, Type] = dict.fromkeys(names, info.type)
    doc = "Instances are equal when their fields are."
    return h.Function(
        info.module, f"{info.qualname}.__eq__", params, BOOL, [h.Return(whole, span=span)], doc, locals_,
        span=span,
    )  # fmt: skip
