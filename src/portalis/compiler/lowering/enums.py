"""Members of enumerations: their names, values and texts, and looking them up.

color.value     →   color.value()
Color(3)        →   Color::from_value(3).ok_or_else(|| Error::ValueError(…))?
for c in Color: →   for c in Color::ALL {
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.enums import value_type, variants
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import INT, STR, ClassObject, EnumOf, Type, is_copy
from portalis.diagnostics import Span


def info_of(ctx: FunctionContext, type_: Type) -> StructInfo | None:
    """The enumeration that members of the type belong to, or that the type is of."""
    if not isinstance(type_, (ClassObject, EnumOf)):
        return None
    info = ctx.project.symbols.structs.get(type_.name)
    return info if info is not None and info.enum is not None else None


def lower_member(ctx: FunctionContext, node: h.External) -> Value | None:
    """`Color::Red`; None for what is no member."""
    info = info_of(ctx, node.type)
    if info is None or info.enum is None or isinstance(node.type, ClassObject):
        return None
    variant = variants(info.enum)[node.fullname.rpartition(".")[2]]
    return Value(t.Path(f"{ctx.rust_type(info.type, node.span)}::{variant}"), info.type)


def lower_attribute(ctx: FunctionContext, node: h.Attribute, value: Value) -> Value:
    """`color.name` and `color.value`."""
    call = t.Method(value.expr, node.name)
    if node.name == "name":
        return Value(call, STR, Form.STATIC)
    if node.name == "value":
        return Value(call, node.type, Form.OWNED if is_copy(node.type) else Form.STATIC)
    raise Refusal("PT214", node.span, f"the attribute `{node.name}` of a `{value.type}` is not translated")


def lower_method(ctx: FunctionContext, node: h.CallMethod, info: StructInfo) -> Value:
    """The texts of a member; looking one up by its value or name."""
    match node.method:
        case "__call__" | "__getitem__":
            return _lookup(ctx, node, info)
        case "__str__":
            return Value(t.Method(ctx.expr(node.receiver).expr, "to_string"), STR)
        case "__repr__":
            return Value(_representation(ctx, node, info), STR)
        case _:
            raise Refusal(
                "PT201", node.span, f"`{info.qualname}.{node.method}` is not a method of the class itself"
            )


def _lookup(ctx: FunctionContext, node: h.CallMethod, info: StructInfo) -> Value:
    assert info.enum is not None
    by_value = node.method == "__call__"
    kind = value_type(info.enum) if by_value else STR
    if kind is None:
        raise Refusal(
            "PT201", node.span, f"the values of `{info.qualname}` have no one type with a Rust form"
        )
    given = ctx.expr(node.args[0], kind)
    if given.type != kind:
        raise Refusal("PT105", node.span, f"a `{given.type}` stands where a `{kind}` is expected")
    wanted = coerce.borrowed(ctx, given, kind, node.span)
    before: tuple[t.Stmt, ...] = ()
    if not isinstance(wanted, (t.Path, t.Lit)):
        name = ctx.fresh("wanted")
        held = given.expr if not is_copy(kind) else coerce.integer(given)
        before = (t.Let(name, held),)
        wanted = coerce.borrowed(ctx, Value(t.Path(name), kind, given.form), kind, node.span)
    from portalis.compiler.lowering.calls import variant_of
    from portalis.compiler.lowering.formatting import repr_of

    subject = Value(wanted, kind, Form.OWNED if is_copy(kind) else Form.BORROWED)
    shown = repr_of(ctx, subject, node.span) if kind is not INT else wanted
    if by_value:
        variant = variant_of(ctx, "builtins.ValueError")
        inline = shown.name if isinstance(shown, t.Path) else ""
        template = lit_str(f"{{{inline}}} is not a valid {info.qualname}")
        shown = t.Macro("format", (template,) if inline else (template, shown))
    else:
        variant = variant_of(ctx, "builtins.KeyError")
    error = t.Closure((), t.Call(t.Path(f"Error::{variant}"), (shown,)))
    owner = ctx.rust_type(info.type, node.span)
    found = t.Call(t.Path(f"{owner}::{'from_value' if by_value else 'from_name'}"), (wanted,))
    tried = ctx.attempt(t.Method(found, "ok_or_else", (error,)))
    return Value(t.BlockExpr(t.Block(before, tried)) if before else tried, info.type)


def _representation(ctx: FunctionContext, node: h.CallMethod, info: StructInfo) -> t.Expr:
    """`<Color.RED: 1>`."""
    from portalis.compiler.lowering.formatting import repr_of

    assert info.enum is not None
    kind = value_type(info.enum)
    usual = all(
        one.plain and one.texts[1] == f"<{info.enum.qualname}.{one.name}: {one.value!r}>"
        for one in info.enum.members
    )
    if kind is None or not usual or not isinstance(node.receiver, (h.Local, h.External)):
        raise Refusal("PT303", node.span, f"the text of this `{info.qualname}` is not translated")
    member = ctx.expr(node.receiver).expr
    form = Form.OWNED if is_copy(kind) else Form.STATIC
    value = repr_of(ctx, Value(t.Method(member, "value"), kind, form), node.span)
    return t.Macro("format", (lit_str(f"<{info.enum.qualname}.{{}}: {{}}>"), t.Method(member, "name"), value))


def all_members(ctx: FunctionContext, info: StructInfo, span: Span) -> t.Expr:
    """`Color::ALL`."""
    return t.Path(f"{ctx.rust_type(info.type, span)}::ALL")
