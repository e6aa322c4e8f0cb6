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
from collections.abc import Callable
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
    CallableOf,
    ClassObject,
    DictOf,
    EnumOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    Shared,
    Type,
    VarTuple,
    is_mutable,
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
    if definition is None and name == "__eq__" and info.has_equality:
        return h.CallFunction(info.key(name), (receiver, *args), span=span, type=BOOL)
    if definition is None or info.kinds[name] not in ("method", "setter"):
        raise Refusal("PT201", span, f"`{info.qualname}` has no `{name}`")
    spec = definition.args
    if (
        len(spec.posonlyargs) + len(spec.args) != len(args) + 1
        or spec.vararg
        or spec.kwonlyargs
        or spec.kwarg
    ):
        raise Refusal("PT201", span, f"`{info.qualname}.{name}` does not take {len(args)} arguments")
    signature = b.answer.signature(info.written_in(name), info.written(name))
    returns = signature.returns if signature is not None else NONE
    return h.CallFunction(info.key(name), (receiver, *args), span=span, type=returns)


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
        none = h.Literal(None, span=node.span, type=NONE)
        # It is true, if it is bound: see `analysis.unbound`.
        return h.Compare(node, ("is not",), (none,), span=node.span, type=BOOL) if sure else node
    if kind is node.type:
        return _truth(b, info, node)
    if plain(node):
        none = h.Literal(None, span=node.span, type=NONE)
        there = h.Compare(node, ("is not",), (none,), span=node.span, type=BOOL)
        present = _truth(b, info, replace(node, type=kind))
        return h.Logical("and", (there, present), span=node.span, type=BOOL)
    absent = h.Literal(False, span=node.span, type=BOOL)
    return when_there(b, node, lambda found: _truth(b, info, found), absent)


def logical(b: FunctionBuilder, node: h.Logical) -> h.Expr:
    """`a or b` as a value, where the truth of `a` is what a method says."""
    first, rest = node.operands[0], node.operands[1:]
    kind = first.type.inner if isinstance(first.type, OptionalOf) else first.type
    info = struct_of(b, kind)
    if info is None or info.enum is not None or not {"__bool__", "__len__"} & info.methods.keys():
        return node
    if node.type is BOOL:
        return node
    other = rest[0] if len(rest) == 1 else logical(b, replace(node, operands=rest))
    if not plain(other) or (kind is first.type and not plain(first)):
        raise Refusal(
            "PT214", node.span, f"`{node.op}` of a computed `{node.type}`", "bind it to a name first"
        )

    def chosen(found: h.Expr) -> h.Expr:
        values = (replace(found), replace(other)) if node.op == "or" else (replace(other), replace(found))
        return h.Conditional(_truth(b, info, found), *values, span=node.span, type=node.type)

    if kind is first.type:
        return chosen(first)
    absent = replace(other) if node.op == "or" else h.Literal(None, span=node.span, type=NONE)
    return when_there(b, first, chosen, absent)


def when_there(
    b: FunctionBuilder, node: h.Expr, then: Callable[[h.Local], h.Expr], otherwise: h.Expr
) -> h.WhenThere:
    """What is made of a value that may be None where it is there, else `otherwise`."""
    assert isinstance(node.type, OptionalOf)
    stem = node.name if isinstance(node, (h.Local, h.Attribute)) else "found"
    bound = b.inner_name(stem.lstrip("_") or "found", node.type.inner, node.span)
    made = then(replace(bound))
    return h.WhenThere(node, bound, made, otherwise, span=node.span, type=made.type)


def _truth(b: FunctionBuilder, info: StructInfo, node: h.Expr) -> h.Expr:
    if "__bool__" in info.methods:
        return of_bool(call(b, info, "__bool__", node, (), node.span), "__bool__")
    zero = h.Literal(0, span=node.span, type=INT)
    return h.Compare(length(b, info, node, node.span), ("!=",), (zero,), span=node.span, type=BOOL)


def of_bool(found: h.CallFunction, name: str) -> h.CallFunction:
    """The call of a method that must give a bool."""
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
        fixed = isinstance(node.left, h.Literal) or (
            isinstance(node.left, h.Local) and not is_mutable(node.left.type)
        )
        if not fixed and not (plain(node.left) and plain(node.right)):
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


def text(b: FunctionBuilder, node: h.Expr, *, representation: bool = False) -> h.Expr:
    """`str(x)` or `repr(x)` of an instance; any other value is left as it is.

    Raises:
        Refusal: the text of an instance would tell where it is in memory.
    """
    parts = _text_of_parts(b, node, representation=representation)
    if parts is not None:
        return parts
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


def _text_of_parts(b: FunctionBuilder, node: h.Expr, *, representation: bool) -> h.Expr | None:
    """The text of an instance that may be None, or of a list of instances; None for all else."""
    span = node.span
    match node.type:
        case OptionalOf(inner) if struct_of(b, inner) is not None:
            word = h.Literal("None", span=span, type=STR)
            return when_there(b, node, lambda one: text(b, one, representation=representation), word)
        case ListOf(elem) if struct_of(b, elem) is not None and not isinstance(elem, EnumOf):
            one = b.inner_name("one", elem, span)
            shown = text(b, replace(one), representation=True)
            clause = h.Clause(one, node, (), span=span)
            each = h.Comprehension("list", shown, None, (clause,), span=span, type=ListOf(STR))
            comma = h.Literal(", ", span=span, type=STR)
            joined = h.CallMethod(comma, "join", (each,), span=span, type=STR)
            return h.FString(("[", h.Formatted(joined, "", (), span=span), "]"), span=span, type=STR)
        case _:
            return None


def _dataclass_text(b: FunctionBuilder, info: StructInfo, node: h.Expr) -> h.Expr:
    """`Point(x=1, y=2)`, as a dataclass shows itself."""
    parts: list[str | h.Formatted] = [f"{info.qualname}("]
    for at, one in enumerate(one for one in info.fields if one.shown):
        value = h.Attribute(node, one.name, span=node.span, type=one.type)
        parts.append(f"{', ' if at else ''}{one.name}=")
        shown = text(b, value, representation=True)
        parts.append(h.Formatted(shown, "" if shown is not value else "r", (), span=node.span))
    return h.FString((*parts, ")"), span=node.span, type=STR)


def _without_view(node: h.CallExternal) -> h.CallExternal:
    """`len(d)` for `len(d.keys())`, as for `values` and `items`."""
    match node:
        case h.CallExternal(
            "builtins.len" | "builtins.bool", (h.CallMethod(receiver, "keys" | "values" | "items", (), {}),)
        ) if isinstance(receiver.type, DictOf):
            return replace(node, args=(receiver,))
        case _:
            return node


def external(b: FunctionBuilder, node: h.CallExternal) -> h.Expr:
    """A builtin function called with instances."""
    if node.fullname == "builtins.print":
        return replace(node, args=tuple(text(b, one) for one in node.args))
    node = _without_view(ordered(b, node))
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
        return _shown(b, node)
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
        case "builtins.abs" | "builtins.next":
            name = "__abs__" if node.fullname == "builtins.abs" else "__next__"
            return call(b, info, name, argument, (), node.span)
        case _:
            return node


def ordered(b: FunctionBuilder, node: h.CallExternal) -> h.CallExternal:
    """`sorted(xs)`, `min(xs)` and `max(xs)` of instances that a field of theirs orders."""
    if node.fullname not in ("builtins.sorted", "builtins.min", "builtins.max") or len(node.args) != 1:
        return node
    key = order_key(b, node.args[0].type, node.span) if "key" not in node.keywords else None
    return node if key is None else replace(node, keywords={"key": key, **node.keywords})


def order_key(b: FunctionBuilder, type_: Type, span: Span) -> h.Lambda | None:
    """The key that orders instances as `__lt__` does, where that compares a field of both; else None.

    def __lt__(self, other): return self.cost < other.cost   →   key=lambda one: one.cost
    """
    elem = type_.elem if isinstance(type_, (ListOf, VarTuple, SetOf, IterOf)) else None
    info = struct_of(b, elem) if elem is not None else None
    definition = info.methods.get("__lt__") if info is not None else None
    if elem is None or info is None or definition is None or "__gt__" in info.methods or info.enum:
        return None
    body = definition.body[1:] if ast.get_docstring(definition) else definition.body
    names = [one.arg for one in definition.args.args]
    match body:
        case [
            ast.Return(
                value=ast.Compare(
                    left=ast.Attribute(value=ast.Name(id=first), attr=name),
                    ops=[ast.Lt() | ast.Gt() as op],
                    comparators=[ast.Attribute(value=ast.Name(id=second), attr=same)],
                )
            )
        ] if [first, second] == names and name == same:
            field = info.field(name)
        case _:
            return None
    if field is None or field.late or field.type not in (INT, STR):
        return None
    if isinstance(op, ast.Gt) and field.type is not INT:
        return None
    one = b.inner_name("one", elem, span)
    read: h.Expr = h.Attribute(one, name, span=span, type=field.type)
    if isinstance(op, ast.Gt):
        read = h.Unary("-", read, span=span, type=INT)
    return h.Lambda(((one.name, elem),), read, span=span, type=CallableOf((elem,), field.type))


def _shown(b: FunctionBuilder, node: h.CallExternal) -> h.Expr:
    """`str(x)`, `repr(x)` of what has instances inside."""
    if node.fullname not in ("builtins.str", "builtins.repr"):
        return node
    found = text(b, node.args[0], representation=node.fullname == "builtins.repr")
    return node if found is node.args[0] else found


_NUMBERS = frozenset({"builtins.int", "builtins.float", "builtins.abs", "builtins.chr", "builtins.hex"})


def formatted(b: FunctionBuilder, node: h.Formatted) -> h.Formatted:
    """`{x}` of an f-string."""
    info = struct_of(b, node.value.type)
    if info is None:
        shown = text(b, node.value, representation=node.conversion == "r")
        if shown is node.value or node.conversion == "a":
            return node
        inner = node.value.type.inner if isinstance(node.value.type, OptionalOf) else node.value.type
        part = struct_of(b, inner)
        if node.conversion == "" and (node.spec or (part is not None and "__format__" in part.methods)):
            raise Refusal("PT303", node.span, f"a format of a `{node.value.type}` is not translated")
        return replace(node, value=shown, conversion="")
    if info.enum is not None:
        own = members.formatted(b, info, node)
        if own is not None and own.conversion == "":
            return own
        return replace(node, value=text(b, node.value, representation=node.conversion == "r"), conversion="")
    if node.conversion == "" and "__format__" in info.methods:
        return _by_format(b, info, node)
    if node.conversion == "" and node.spec:
        raise Refusal("PT303", node.span, f"a format of a `{info.qualname}` is not translated")
    shown = text(b, node.value, representation=node.conversion == "r")
    return replace(node, value=shown, conversion="")


def _by_format(b: FunctionBuilder, info: StructInfo, node: h.Formatted) -> h.Formatted:
    """`{x:>5}` by the class's `__format__`, which is given the specification as a text."""
    spec = h.FString(node.spec, span=node.span, type=STR) if node.spec else None
    literal = "".join(part for part in node.spec if isinstance(part, str))
    if spec is None or all(isinstance(part, str) for part in node.spec):
        given: h.Expr = h.Literal(literal, span=node.span, type=STR)
    else:
        given = spec
    found = call(b, info, "__format__", node.value, (given,), node.span)
    if found.type is not STR:
        raise Refusal("PT201", node.span, f"`__format__` gives a `{found.type}`, not a text")
    return replace(node, value=found, spec=())


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
            _check_order(value, receiver, index, span)
            return call(b, info, "__setitem__", receiver, (index, value), span)
        case (h.CallFunction(key=key, args=(receiver,)),):
            info = struct_of(b, receiver.type)
            setter = f"{key.rpartition('.')[2]}.setter"
            if info is None or setter not in info.methods:
                raise Refusal("PT209", span, "this property has no setter", "bind the attribute behind it")
            _check_order(value, receiver, receiver, span)
            return call(b, info, setter, receiver, (value,), span)
        case _:
            raise Refusal("PT209", span, "this binding of an element or property is not translated")


def _check_order(value: h.Expr, receiver: h.Expr, index: h.Expr, span: Span) -> None:
    if not (plain(receiver) and plain(index)) and not plain(value):
        raise Refusal(
            "PT201", span, "the value is evaluated before the instance and the index",
            "bind it to a name first",
        )  # fmt: skip


def delete(b: FunctionBuilder, node: h.Expr, span: Span) -> h.Expr | None:
    """`del x[i]` of an instance as a call, None for all other targets."""
    match node:
        case h.CallFunction(key=key, args=(receiver, index)) if key.endswith(".__getitem__"):
            info = struct_of(b, receiver.type)
            assert info is not None
            return call(b, info, "__delitem__", receiver, (index,), span)
        case _:
            return None
