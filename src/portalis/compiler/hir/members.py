"""Members of enumerations where the program names, compares, shows or looks them up.

Color.RED            →   a member, by its own name where an alias was written
Color(3), Color["X"] →   a call of the class's `__call__`, `__getitem__`
level + 1            →   level.value + 1, for an `IntEnum`
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.compiler.enums import EnumMember
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.enums import value_type
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import BOOL, INT, STR, ClassObject, EnumOf, Type
from portalis.diagnostics import Span

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder
    from portalis.compiler.hir.structs import StructInfo

_MIXED: dict[str, Type] = {"int": INT, "str": STR}


def enum_of(b: FunctionBuilder, type_: Type) -> StructInfo | None:
    """The enumeration whose members, or which itself, the type describes."""
    if not isinstance(type_, (ClassObject, EnumOf)):
        return None
    info = b.symbols.structs.get(type_.name)
    return info if info is not None and info.enum is not None else None


def named(b: FunctionBuilder, fullname: str, span: Span) -> h.External | None:
    """The member behind a full name (`pkg.mod.Color.RED`), None where it is none."""
    owner, _, name = fullname.rpartition(".")
    info = b.symbols.structs.get(owner)
    return member(info, name, span) if info is not None else None


def member(info: StructInfo, name: str, span: Span) -> h.External | None:
    """The member of that name, or that the name is an alias of."""
    if info.enum is None:
        return None
    own = dict(info.enum.aliases).get(name, name)
    if all(one.name != own for one in info.enum.members):
        return None
    return h.External(f"{info.fullname}.{own}", span=span, type=info.type)


def class_itself(info: StructInfo, span: Span) -> h.External:
    """The enumeration as a value: what is iterated, called and subscripted."""
    return h.External(info.fullname, span=span, type=ClassObject(info.fullname))


def attribute(b: FunctionBuilder, value: h.Expr, node: ast.Attribute) -> h.Expr | None:
    """`color.name`, `color.value`, `color.GREEN`; None for what isn't a member's."""
    info = enum_of(b, value.type)
    if info is None:
        return None
    found = member(info, node.attr, b.span(node))
    if found is not None:
        return found
    if node.attr in ("name", "_name_"):
        return h.Attribute(value, "name", span=b.span(node), type=STR)
    if node.attr in ("value", "_value_"):
        return _value(info, value, b.span(node))
    return None


def _value(info: StructInfo, node: h.Expr, span: Span) -> h.Attribute:
    assert info.enum is not None
    kind = value_type(info.enum)
    if kind is None:
        raise Refusal("PT201", span, f"the values of `{info.qualname}` have no one type with a Rust form")
    return h.Attribute(node, "value", span=span, type=kind)


def lookup(info: StructInfo, method: str, key: h.Expr, span: Span) -> h.Expr:
    """`Color(3)` or `Color["RED"]`."""
    if method == "__call__" and key.type == info.type:
        return key
    return h.CallMethod(class_itself(info, span), method, (key,), span=span, type=info.type)


def as_mixed(b: FunctionBuilder, node: h.Expr) -> h.Expr:
    """The value of a member that is an int or a text too; every other expression as it is."""
    info = enum_of(b, node.type)
    if info is None or not isinstance(node.type, EnumOf) or node.type.mixed not in _MIXED:
        return node
    found = _value(info, node, node.span)
    if found.type != _MIXED[node.type.mixed]:
        raise Refusal("PT201", node.span, f"the values of `{info.qualname}` are not its members")
    return found


def compared(b: FunctionBuilder, node: h.Compare) -> h.Compare:
    """A comparison in which a member that is an int or a text too is compared as that."""
    operands = (node.left, *node.rights)
    if not any(isinstance(one.type, EnumOf) and one.type.mixed for one in operands):
        return node
    if any(op in ("is", "is not", "in", "not in") for op in node.ops):
        return node
    equal = all(op in ("==", "!=") for op in node.ops)
    if equal and len({one.type for one in operands}) == 1:
        return node
    left, *rights = (as_mixed(b, one) for one in operands)
    return h.Compare(left, node.ops, tuple(rights), span=node.span, type=BOOL)


def text(info: StructInfo, node: h.Expr, *, representation: bool) -> h.Expr:
    """`str(color)` or `repr(color)` where the class leaves it to the library."""
    assert info.enum is not None
    name = "__repr__" if representation else "__str__"
    return h.CallMethod(node, name, (), span=node.span, type=STR)


def formatted(b: FunctionBuilder, info: StructInfo, node: h.Formatted) -> h.Formatted | None:
    """`{color}` and `{color:>10}` as the member's text or its value; None where its own `__str__` decides."""
    assert info.enum is not None
    if node.conversion:
        return None
    members = info.enum.members
    if "__str__" not in info.methods and info.enum.mixed and all(_shows_value(one) for one in members):
        return replace(node, value=as_mixed(b, node.value))
    if "__str__" in info.methods or all(one.texts[2] == one.texts[0] for one in members):
        if info.enum.mixed and "__str__" in info.methods:
            raise Refusal("PT303", node.span, f"a format of a `{info.qualname}` is not translated")
        return replace(node, conversion="s") if not node.spec else None
    raise Refusal("PT303", node.span, f"a format of a `{info.qualname}` is not translated")


def _shows_value(member: EnumMember) -> bool:
    """Whether a format of the member is that of its value."""
    return member.plain and member.texts[2] == str(member.value)
