"""Methods of a base class as a type: each goes to the method of the class that the instance has.

    def area(self: Shape) -> float      pub fn area(&self) -> f64 { match self {
        if type(self) is Circle:            Shape::Circle(this) => this.area(),
            return Circle.area(self)   →    Shape::Square(this) => this.area(),
        …                               } }

They are functions of the typed tree like others, so that what a call may change, raise or print is found by
the same analyses as everywhere.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.builder import BuiltFunction, FunctionBuilder
from portalis.compiler.hir.families import CLASS_NAME
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import BOOL, FLOAT, INT, OBJECT, STR, IterOf, Type, is_mutable
from portalis.diagnostics import Span

_BY_PLACE = frozenset({"positional_only", "positional_or_keyword", "keyword_only"})


def dispatcher(b: FunctionBuilder, info: StructInfo, name: str) -> BuiltFunction:
    """The method of that name of a family, whose body asks for the class of the instance.

    Args:
        b: a builder in the module that the method was written in.
        info: the family.
        name: the method's name in the family.
    """
    node = info.methods[name]
    built = b.head(node, info, name)
    if built.function is None:
        return built
    try:
        return BuiltFunction(_dispatching(b, built.function, info, name), ())
    except Refusal as refusal:
        return BuiltFunction(None, (refusal.diagnostic,))


def value_of_class(info: StructInfo, name: str, structs: Mapping[str, StructInfo], span: Span) -> h.Function:
    """What gives the name of an instance's class, or a constant of it."""
    bodies: list[tuple[StructInfo, list[h.Stmt]]] = []
    kind: Type = STR
    for one in (structs[member] for member in info.members):
        given: h.Expr = h.Literal(one.node.name, span=span, type=STR)
        if name != CLASS_NAME:
            value = one.constants[name]
            kind = {bool: BOOL, int: INT, float: FLOAT}.get(type(value), STR)
            given = h.ClassConstant(one.fullname, name, value, span=span, type=kind)
        bodies.append((one, [h.Return(given, span=span)]))
    params = (h.Parameter("self", info.type, "positional_or_keyword"),)
    doc = "The name of the instance's class." if name == CLASS_NAME else ""
    return h.Function(
        info.module, f"{info.qualname}.{name}", params, kind, [by_class("self", info, bodies, span)], doc,
        {"self": info.type}, span=span,
    )  # fmt: skip


def _dispatching(b: FunctionBuilder, head: h.Function, info: StructInfo, name: str) -> h.Function:
    members = [b.symbols.structs[one] for one in info.members]
    if info.kinds[name] == "property" and any(one.field(name) is not None for one in members):
        return _reading(head, info, members, name)
    lacking = next((one for one in members if name not in one.methods), None)
    if lacking is not None:
        raise Refusal("PT201", head.span, f"`{lacking.qualname}` has no `{name}`")
    other = next((one for one in members if not _fits(info, one, name)), None)
    if other is not None or info.kinds[name] not in ("method", "property", "setter"):
        where = (other or info).qualname
        raise Refusal("PT201", head.span, f"`{where}.{name}` takes other parameters than the base class says")
    if isinstance(head.returns, IterOf):
        raise Refusal("PT202", head.span, f"the iterator of `{info.qualname}.{name}` is not translated")
    if any(one.kind not in _BY_PLACE for one in head.params):
        raise Refusal("PT206", head.span, f"`{info.qualname}.{name}` takes `*` or `**`")
    calls = [(one, _call(b, head, one, name)) for one in members]
    span = head.span
    bodies: list[tuple[StructInfo, list[h.Stmt]]] = [
        (one, [h.Return(call, span=span)]) for one, call in calls
    ]
    return replace(head, body=[by_class(head.params[0].name, info, bodies, span)])


def _reading(head: h.Function, info: StructInfo, members: list[StructInfo], name: str) -> h.Function:
    """A property that is an attribute in some of the classes."""
    bodies: list[tuple[StructInfo, list[h.Stmt]]] = []
    for one in members:
        receiver, field = _seen(head.params[0].name, head, one), one.field(name)
        if field is None and one.kinds.get(name) != "property":
            raise Refusal("PT201", head.span, f"`{one.qualname}` has no `{name}`")
        if field is not None and (field.late or is_mutable(field.type)):
            raise Refusal("PT201", head.span, f"`{one.qualname}.{name}` is not given as a property gives it")
        read: h.Expr = h.CallFunction(one.key(name), (receiver,), span=head.span, type=head.returns)
        if field is not None:
            read = h.Attribute(receiver, name, span=head.span, type=field.type)
        bodies.append((one, [h.Return(read, span=head.span)]))
    return replace(head, body=[by_class(head.params[0].name, info, bodies, head.span)])


def _fits(info: StructInfo, member: StructInfo, name: str) -> bool:
    """Whether the class's own method takes the same parameters, with the same defaults, in the same way."""
    kinds = info.kinds[name] == member.kinds[name]
    one, other = info.methods[name].args, member.methods[name].args
    return kinds and _spelled(one) == _spelled(other)


def _spelled(args: ast.arguments) -> tuple[object, ...]:
    names = [[one.arg for one in part] for part in (args.posonlyargs, args.args, args.kwonlyargs)]
    names[0 if args.posonlyargs else 1][:1] = ["self"]
    defaults = [ast.dump(one) if one is not None else "" for one in (*args.defaults, *args.kw_defaults)]
    return names, defaults, args.vararg is not None, args.kwarg is not None


def _call(b: FunctionBuilder, head: h.Function, member: StructInfo, name: str) -> h.CallFunction:
    signature = b.answer.signature(member.written_in(name), member.written(name))
    returns = signature.returns if signature is not None else head.returns
    receiver = _seen(head.params[0].name, head, member)
    others = (h.Local(one.name, one.type, span=head.span, type=one.type) for one in head.params[1:])
    return h.CallFunction(member.key(name), (receiver, *others), span=head.span, type=returns)


def _seen(name: str, head: h.Function, member: StructInfo) -> h.Local:
    """The receiver where its class is known."""
    return h.Local(name, head.params[0].type, span=head.span, type=member.type)


def by_class(name: str, info: StructInfo, bodies: list[tuple[StructInfo, list[h.Stmt]]], span: Span) -> h.If:
    """What is done for each class that the variable may be an instance of."""
    found: list[h.Stmt] = []
    for member, body in reversed(bodies):
        subject = h.Local(name, info.type, span=span, type=info.type)
        wanted = h.External(member.fullname, span=span, type=member.type)
        kind = h.CallExternal("builtins.type", (subject,), span=span, type=OBJECT)
        test = h.Compare(kind, ("is",), (wanted,), span=span, type=BOOL)
        found = [h.If(test, body, found, complete=not found, span=span)]
    assert isinstance(found[0], h.If)
    return replace(found[0], matched=True)


def equality(info: StructInfo, structs: Mapping[str, StructInfo], span: Span) -> h.Function:
    """The `__eq__` of a family with dataclasses: instances of two classes are not equal.

    Raises:
        Refusal: a class has an `__eq__` of its own, which may say otherwise.
    """
    names = ("self", "other")
    members = [structs[one] for one in info.members]
    own = next((one for one in members if "__eq__" in one.methods or "__ne__" in one.methods), None)
    if own is not None:
        raise Refusal("PT214", span, f"`{own.qualname}` says itself what equals its instances")
    bodies: list[tuple[StructInfo, list[h.Stmt]]] = []
    for one in members:
        left, right = (h.Local(name, info.type, span=span, type=one.type) for name in names)
        same: h.Expr = h.Compare(left, ("is",), (right,), span=span, type=BOOL)
        if one.has_equality:
            same = h.CallFunction(one.key("__eq__"), (left, right), span=span, type=BOOL)
        other = h.Local("other", info.type, span=span, type=info.type)
        wanted = h.External(one.fullname, span=span, type=one.type)
        kind = h.CallExternal("builtins.type", (other,), span=span, type=OBJECT)
        test = h.Compare(kind, ("is",), (wanted,), span=span, type=BOOL)
        differs = h.Return(h.Literal(False, span=span, type=BOOL), span=span)
        bodies.append((one, [h.If(test, [h.Return(same, span=span)], [], span=span), differs]))
    params = tuple(h.Parameter(name, info.type, "positional_or_keyword") for name in names)
    doc = "Instances are equal when they are of one class, and equal there."
    return h.Function(
        info.module, f"{info.qualname}.__eq__", params, BOOL, [by_class("self", info, bodies, span)], doc,
        dict.fromkeys(names, info.type), span=span,
    )  # fmt: skip
