"""Special methods where their syntax is used: an operator on instances is a call of the method behind it.

    len(stack)        →   stack.__len__()          a + b      →   a.__add__(b)
    if stack:         →   if stack.__len__() != 0: x in tree  →   tree.__contains__(x)
    print(point)      →   print(point.__str__())   v[i] = x   →   v.__setitem__(i, x)

Instances are of exactly their class, so the method is known. Python's second ways (a reflected operator, the
other operand's comparison) are taken only where the first doesn't exist. What would need a method that
gives `NotImplemented` is refused, as that method is.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.compiler.hir import members, named_tuples
from portalis.compiler.hir import nodes as h
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import (
    BOOL,
    INT,
    NONE,
    STR,
    ClassObject,
    EnumOf,
    Instance,
    OptionalOf,
    Shared,
    Type,
)
from portalis.diagnostics import Span

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder
    from portalis.compiler.hir.structs import StructInfo

BINARY = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow",
    "<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor", "@": "matmul",
}  # fmt: skip
UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}
COMPARE = {
    "==": "__eq__", "!=": "__ne__", "<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__",
}  # fmt: skip
MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def struct_of(b: FunctionBuilder, type_: Type) -> StructInfo | None:
    """The struct that instances of the type are."""
    return b.symbols.structs.get(type_.name) if isinstance(type_, (EnumOf, Instance, Shared)) else None


def call(
    b: FunctionBuilder, info: StructInfo, name: str, receiver: h.Expr, args: tuple[h.Expr, ...], span: Span
) -> h.CallFunction:
    """A call of a special method, whose parameters must be as many as the syntax gives.

    Raises:
        Refusal: the class has no such method, or one of another shape.
    """
    definition = info.methods.get(name)
    if definition is None or info.kinds[name] != "method":
        raise Refusal("PT201", span, f"`{info.qualname}` has no `{name}`")
    spec = definition.args
    if (
        len(spec.posonlyargs) + len(spec.args) != len(args) + 1
        or spec.vararg
        or spec.kwonlyargs
        or spec.kwarg
    ):
        raise Refusal("PT201", span, f"`{info.qualname}.{name}` does not take {len(args)} arguments")
    qualname = f"{info.qualname}.{name}"
    signature = b.answer.signature(info.module, info.written(name))
    returns = signature.returns if signature is not None else NONE
    return h.CallFunction(f"{info.module}:{qualname}", (receiver, *args), span=span, type=returns)


def length(b: FunctionBuilder, info: StructInfo, receiver: h.Expr, span: Span) -> h.Expr:
    """`len(x)`: what `__len__` gives, which must not be negative."""
    found = call(b, info, "__len__", receiver, (), span)
    if found.type is not INT:
        raise Refusal("PT201", span, f"`__len__` gives a `{found.type}`, not an int")
    if _counts(info.methods["__len__"]):
        return found
    return h.CallExternal("builtins.len", (found,), span=span, type=INT)


def _counts(node: ast.FunctionDef) -> bool:
    """Whether all that a `__len__` returns are lengths itself."""
    returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
    return bool(returned) and all(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "len"
        for one in returned
    )


def test(b: FunctionBuilder, node: h.Expr) -> h.Expr:
    """The condition, with the truth of instances as the call that decides it."""
    match node:
        case h.Logical(operands=operands):
            return replace(node, operands=tuple(test(b, one) for one in operands))
        case h.Unary(op="not", operand=operand):
            return replace(node, operand=test(b, operand), type=BOOL)
    kind = node.type.inner if isinstance(node.type, OptionalOf) else node.type
    info = struct_of(b, kind)
    if info is not None and info.enum is not None and info.enum.mixed:
        if kind is not node.type:
            raise Refusal("PT214", node.span, f"the truth of a `{node.type}` is not translated")
        return members.as_mixed(b, node)
    if info is None:
        return node
    if not {"__bool__", "__len__"} & info.methods.keys():
        sure = isinstance(node, h.Local) and node.declared == kind
        return h.Literal(True, span=node.span, type=BOOL) if sure else node
    if kind is node.type:
        return _truth(b, info, node)
    if not plain(node):
        raise Refusal("PT214", node.span, f"the truth of a computed `{node.type}`", "bind it to a name first")
    none = h.Literal(None, span=node.span, type=NONE)
    there = h.Compare(node, ("is not",), (none,), span=node.span, type=BOOL)
    return h.Logical("and", (there, _truth(b, info, replace(node, type=kind))), span=node.span, type=BOOL)


def _truth(b: FunctionBuilder, info: StructInfo, node: h.Expr) -> h.Expr:
    if "__bool__" in info.methods:
        return _of_bool(call(b, info, "__bool__", node, (), node.span), "__bool__")
    zero = h.Literal(0, span=node.span, type=INT)
    return h.Compare(length(b, info, node, node.span), ("!=",), (zero,), span=node.span, type=BOOL)


def _of_bool(found: h.CallFunction, name: str) -> h.CallFunction:
    if found.type is not BOOL:
        raise Refusal("PT201", found.span, f"`{name}` gives a `{found.type}`, not a bool")
    return found


def plain(node: h.Expr) -> bool:
    """Whether evaluating the expression twice, or later, is the same: a variable or a field of one."""
    while isinstance(node, h.Attribute):
        node = node.value
    return isinstance(node, (h.Local, h.Literal))


def binary(b: FunctionBuilder, node: h.Binary) -> h.Expr:
    """`a + b` on instances; other operands are left as they are."""
    stem = BINARY[node.op]
    left, right = struct_of(b, node.left.type), struct_of(b, node.right.type)
    if left is not None and f"__{stem}__" in left.methods:
        return call(b, left, f"__{stem}__", node.left, (node.right,), node.span)
    if isinstance(node.left.type, EnumOf) or isinstance(node.right.type, EnumOf):
        return replace(node, left=members.as_mixed(b, node.left), right=members.as_mixed(b, node.right))
    if right is not None and left is None and f"__r{stem}__" in right.methods:
        if not (plain(node.left) and plain(node.right)):
            raise Refusal(
                "PT201", node.span, "a reflected operator on computed operands is not translated",
                "bind them to names first",
            )  # fmt: skip
        return call(b, right, f"__r{stem}__", node.right, (node.left,), node.span)
    return node


def unary(b: FunctionBuilder, node: h.Unary) -> h.Expr:
    """`-a` on an instance."""
    info = struct_of(b, node.operand.type)
    if info is None or node.op not in UNARY:
        return node
    if info.enum is not None and UNARY[node.op] not in info.methods:
        return replace(node, operand=members.as_mixed(b, node.operand))
    return call(b, info, UNARY[node.op], node.operand, (), node.span)


def compare(b: FunctionBuilder, node: h.Compare) -> h.Expr:
    """One comparison of instances; in a longer chain they are refused."""
    node = members.compared(b, node)
    operands = (node.left, *node.rights)
    if all(struct_of(b, one.type) is None for one in operands) or "is" in node.ops[0]:
        return node
    if len(node.ops) != 1:
        raise Refusal("PT214", node.span, "a chain of comparisons of instances is not translated")
    op, left, right = node.ops[0], node.left, node.rights[0]
    if op in ("in", "not in"):
        return _contains(b, node, op, left, right)
    info, other = struct_of(b, left.type), struct_of(b, right.type)
    if info is None or (other is not None and info is not other):
        return node
    if op == "!=" and "__ne__" not in info.methods and "__eq__" in info.methods:
        same = _of_bool(call(b, info, "__eq__", left, (right,), node.span), "__eq__")
        return h.Unary("not", same, span=node.span, type=BOOL)
    if COMPARE[op] in info.methods:
        return call(b, info, COMPARE[op], left, (right,), node.span)
    mirrored = COMPARE[MIRRORED[op]]
    if other is info and mirrored in info.methods:
        if not (plain(left) and plain(right)):
            raise Refusal(
                "PT201", node.span, f"`{op}` of computed instances by `{mirrored}` is not translated",
                "bind them to names first",
            )  # fmt: skip
        return call(b, info, mirrored, right, (left,), node.span)
    return node


def _contains(b: FunctionBuilder, node: h.Compare, op: str, left: h.Expr, right: h.Expr) -> h.Expr:
    info = struct_of(b, right.type)
    if info is None:
        return node
    if not (plain(left) or plain(right)):
        raise Refusal("PT201", node.span, "`in` on a computed instance is not translated", "name it first")
    if "__contains__" not in info.methods and "__iter__" in info.methods:
        return replace(node, rights=(call(b, info, "__iter__", right, (), node.span),))
    found = _of_bool(call(b, info, "__contains__", right, (left,), node.span), "__contains__")
    return found if op == "in" else h.Unary("not", found, span=node.span, type=BOOL)


def text(b: FunctionBuilder, node: h.Expr, *, representation: bool = False) -> h.Expr:
    """`str(x)` or `repr(x)` of an instance; any other value is left as it is.

    Raises:
        Refusal: the text of an instance would tell where it is in memory.
    """
    info = struct_of(b, node.type)
    if info is None:
        return node
    if info.enum is not None and ("__repr__" if representation else "__str__") not in info.methods:
        return members.text(info, node, representation=representation)
    names = ("__repr__",) if representation else ("__str__", "__repr__")
    for name in names:
        if name in info.methods:
            found = call(b, info, name, node, (), node.span)
            if found.type is not STR:
                raise Refusal("PT201", node.span, f"`{name}` gives a `{found.type}`, not a text")
            return found
    if info.is_dataclass and info.options.get("repr", True) and not info.shared and plain(node):
        return _dataclass_text(b, info, node)
    raise Refusal("PT303", node.span, f"the text of a `{info.qualname}` is not translated")


def _dataclass_text(b: FunctionBuilder, info: StructInfo, node: h.Expr) -> h.Expr:
    """`Point(x=1, y=2)`, as a dataclass shows itself."""
    parts: list[str | h.Formatted] = [f"{info.qualname}("]
    for at, one in enumerate(one for one in info.fields if one.shown):
        value = h.Attribute(node, one.name, span=node.span, type=one.type)
        parts.append(f"{', ' if at else ''}{one.name}=")
        shown = text(b, value, representation=True)
        parts.append(h.Formatted(shown, "" if shown is not value else "r", (), span=node.span))
    return h.FString((*parts, ")"), span=node.span, type=STR)


def external(b: FunctionBuilder, node: h.CallExternal) -> h.Expr:
    """A builtin function called with instances."""
    if node.fullname == "builtins.print":
        return replace(node, args=tuple(text(b, one) for one in node.args))
    if len(node.args) != 1 or node.keywords:
        return node
    argument = node.args[0]
    info = struct_of(b, argument.type)
    if isinstance(argument, h.External) and (own := members.enum_of(b, argument.type)) is not None:
        assert own.enum is not None
        if node.fullname == "builtins.len" and isinstance(argument.type, ClassObject):
            return h.Literal(len(own.enum.members), span=node.span, type=INT)
    if info is not None and info.enum is not None and node.fullname in _NUMBERS:
        return replace(node, args=(members.as_mixed(b, argument),))
    if node.fullname == "builtins.bool":
        return replace(node, args=(test(b, argument),))
    if info is None:
        return node
    match node.fullname:
        case "builtins.len" if (count := named_tuples.length(b, argument)) is not None:
            return count
        case "builtins.tuple":
            return named_tuples.parts(b, argument)
        case "builtins.len":
            return length(b, info, argument, node.span)
        case "builtins.str":
            return text(b, argument)
        case "builtins.repr":
            return text(b, argument, representation=True)
        case "builtins.abs":
            return call(b, info, "__abs__", argument, (), node.span)
        case _:
            return node


_NUMBERS = frozenset({"builtins.int", "builtins.float", "builtins.abs", "builtins.chr", "builtins.hex"})


def formatted(b: FunctionBuilder, node: h.Formatted) -> h.Formatted:
    """`{x}` of an f-string."""
    info = struct_of(b, node.value.type)
    if info is None:
        return node
    if info.enum is not None:
        own = members.formatted(b, info, node)
        if own is not None and own.conversion == "":
            return own
        return replace(node, value=text(b, node.value, representation=node.conversion == "r"), conversion="")
    if node.conversion == "" and (node.spec or "__format__" in info.methods):
        raise Refusal("PT303", node.span, f"a format of a `{info.qualname}` is not translated")
    shown = text(b, node.value, representation=node.conversion == "r")
    return replace(node, value=shown, conversion="")


def item(b: FunctionBuilder, node: h.Subscript) -> h.Expr:
    """`x[i]` of an instance."""
    if isinstance(node.value, h.External) and (own := members.enum_of(b, node.value.type)) is not None:
        return members.lookup(own, "__getitem__", node.index, node.span)
    part = named_tuples.item(b, node)
    if part is not None:
        return part
    info = struct_of(b, node.value.type)
    if info is None or info.record:
        return node
    return call(b, info, "__getitem__", node.value, (node.index,), node.span)


def store(b: FunctionBuilder, targets: tuple[h.Expr, ...], value: h.Expr, span: Span) -> h.Expr | None:
    """`x[i] = value` of an instance as a call, None for all other targets."""
    if not any(isinstance(one, h.CallFunction) for one in targets):
        return None
    match targets:
        case (h.CallFunction(key=key, args=(receiver, index)),) if key.endswith(".__getitem__"):
            info = struct_of(b, receiver.type)
            assert info is not None
            if not (plain(receiver) and plain(index)) and not plain(value):
                raise Refusal(
                    "PT201", span, "the value is evaluated before the instance and the index",
                    "bind it to a name first",
                )  # fmt: skip
            return call(b, info, "__setitem__", receiver, (index, value), span)
        case _:
            raise Refusal("PT209", span, "this binding of an element or property is not translated")
