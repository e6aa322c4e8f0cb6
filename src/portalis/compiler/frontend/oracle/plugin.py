"""A mypy plugin that sharpens what the standard library's stubs leave as `Any`.

Stubs say `Any` where the result depends on a value: `int ** int` is a float for a negative
exponent, `match.group(1)` is None for a group that took no part. The Rust declines in those rare
cases (the original Python answers), so here the common type is given: what is called with it
must decline when the value is of the other type, never convert it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mypy import nodes, types
from mypy.options import Options
from mypy.plugin import AttributeContext, FunctionContext, MethodContext, Plugin

from portalis.compiler.frontend.arguments import ArgumentType

_POWERS = frozenset(
    f"builtins.{kind}.{method}" for kind in ("int", "float") for method in ("__pow__", "__rpow__")
)
_MAYBE_NONE = frozenset(
    f"re.{name}"
    for name in (
        "Match.group",
        "Match.groups",
        "Match.groupdict",
        "Match.__getitem__",
        "Pattern.split",
        "split",
    )
)
_SEQUENCES = frozenset({"builtins.list", "builtins.tuple", "typing.Sequence"})
_NUMBERS = frozenset({"builtins.int", "builtins.float", "builtins.bool"})
_STREAMS = ("stdin", "stdout", "stderr")

FIRST = "<portalis>"
"""A module that every other depends on: while it is checked, the stubs are sharpened for all that follow."""
FIRST_TEXT = "import sys\nlen('')\n"


_BEFORE = 10
"""mypy's number for what a module needs first (`mypy.build.PRI_MED`)."""


class Sharpener(Plugin):
    """Gives the common type of calls whose stubs say `Any`, and that of the arguments of command lines."""

    def __init__(self, options: Options, arguments: Mapping[str, ArgumentType]) -> None:
        super().__init__(options)
        self._arguments = arguments

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], types.Type] | None:
        """mypy asks this for every attribute."""
        owner, _, name = fullname.rpartition(".")
        found = self._arguments.get(name) if owner == "argparse.Namespace" else None
        return None if found is None else lambda ctx: _argument(ctx, found)

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], types.Type] | None:
        """mypy asks this for every method called."""
        if fullname in _POWERS:
            return _power_method
        return _not_none_method if fullname in _MAYBE_NONE else None

    def get_additional_deps(self, file: nodes.MypyFile) -> list[tuple[int, str, int]]:
        """mypy asks this for every module that it parses, and types the modules named first."""
        return [] if file.is_stub or file.fullname == FIRST else [(_BEFORE, FIRST, -1)]

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], types.Type] | None:
        """mypy asks this for every function called."""
        match fullname:
            case "builtins.len":
                self._sharpen_streams()
                return None
            case "builtins.pow":
                return _power_function
            case "re.findall":
                return _findall
            case "builtins.zip":
                return _columns
            case _:
                return _not_none_function if fullname in _MAYBE_NONE else None

    def _sharpen_streams(self) -> None:
        """`sys.stdin` is a text file: the stub adds `Any` since a program without a console has none."""
        for name in _STREAMS:
            found = self.lookup_fully_qualified(f"sys.{name}")
            if found is not None and isinstance(found.node, nodes.Var) and found.node.type is not None:
                found.node.type = _without_any(found.node.type)


def _argument(ctx: AttributeContext, found: ArgumentType) -> types.Type:
    """What an attribute of a namespace holds, where the stub says `Any`."""
    kind: types.Type = ctx.api.named_generic_type(f"builtins.{found.name}", [])
    if found.listed:
        kind = ctx.api.named_generic_type("builtins.list", [kind])
    return types.UnionType.make_union([kind, types.NoneType()]) if found.optional else kind


def _power_method(ctx: MethodContext) -> types.Type:
    return _power(ctx, [ctx.type, *(item for group in ctx.arg_types for item in group)])


def _power_function(ctx: FunctionContext) -> types.Type:
    return _power(ctx, [item for group in ctx.arg_types for item in group])


def _power(ctx: MethodContext | FunctionContext, operands: list[types.Type]) -> types.Type:
    """`int` for integers, `float` where one operand is a float, instead of `Any`."""
    if not isinstance(types.get_proper_type(ctx.default_return_type), types.AnyType):
        return ctx.default_return_type
    kinds: set[str] = set()
    for operand in operands:
        proper = types.get_proper_type(operand)
        if isinstance(proper, types.LiteralType):
            proper = proper.fallback
        if not isinstance(proper, types.Instance) or proper.type.fullname not in _NUMBERS:
            return ctx.default_return_type
        kinds.add(proper.type.fullname)
    name = "builtins.float" if "builtins.float" in kinds else "builtins.int"
    return ctx.api.named_generic_type(name, [])


def _not_none_method(ctx: MethodContext) -> types.Type:
    return _without_any(ctx.default_return_type)


def _not_none_function(ctx: FunctionContext) -> types.Type:
    return _without_any(ctx.default_return_type)


def _without_any(kind: types.Type) -> types.Type:
    """`str | Any`, which stubs write for "None is possible but rarely meant", as `str`, at any depth."""
    proper = types.get_proper_type(kind)
    match proper:
        case types.UnionType():
            kept = [
                _without_any(i)
                for i in proper.items
                if not isinstance(types.get_proper_type(i), types.AnyType)
            ]
            return types.UnionType.make_union(kept) if kept else proper
        case types.Instance():
            return proper.copy_modified(args=[_without_any(arg) for arg in proper.args])
        case types.TupleType():
            return proper.copy_modified(items=[_without_any(item) for item in proper.items])
        case _:
            return proper


def _columns(ctx: FunctionContext) -> types.Type:
    """`zip(*rows)` gives tuples of what the rows hold; stubs say `Any` of more rows than they count."""
    kinds = {kind for group in ctx.arg_kinds for kind in group}
    given = [types.get_proper_type(one) for group in ctx.arg_types for one in group]
    made = types.get_proper_type(ctx.default_return_type)
    if kinds != {nodes.ARG_STAR} or not isinstance(made, types.Instance):
        return ctx.default_return_type
    held = _item_of(_item_of(given[0]))
    if held is None or isinstance(types.get_proper_type(held), types.AnyType):
        return ctx.default_return_type
    column = ctx.api.named_generic_type("builtins.tuple", [held])
    return made.copy_modified(args=[column])


def _item_of(kind: types.Type | None) -> types.Type | None:
    """What a list, a tuple of any length or a text holds."""
    match types.get_proper_type(kind) if kind is not None else None:
        case types.Instance(type=info, args=(inner,)) if info.fullname in _SEQUENCES:
            return inner
        case types.Instance(type=info) as text if info.fullname == "builtins.str":
            return text
        case _:
            return None


def _findall(ctx: FunctionContext) -> types.Type:
    """`re.findall` of a literal pattern: texts, or tuples of texts where it has several groups."""
    pattern = ctx.args[0][0] if ctx.args and ctx.args[0] else None
    if not isinstance(pattern, nodes.StrExpr):
        return ctx.default_return_type
    try:
        groups = re.compile(pattern.value).groups
    except re.error:
        return ctx.default_return_type
    text = ctx.api.named_generic_type("builtins.str", [])
    if groups < 2:
        return ctx.api.named_generic_type("builtins.list", [text])
    fallback = ctx.api.named_generic_type("builtins.tuple", [text])
    return ctx.api.named_generic_type("builtins.list", [types.TupleType([text] * groups, fallback)])
