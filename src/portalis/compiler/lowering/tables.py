"""Tables of functions: function pointers in a static, made once.

OPERATORS = {"+": add, "-": lambda a, b: a - b}

pub type OperatorsFn = fn(i64, i64) -> Result<i64, Error>;
pub static OPERATORS: LazyLock<dict::Dict<&str, OperatorsFn>> = LazyLock::new(|| {
    let pairs: [(&str, OperatorsFn); 2] = [("+", add), ("-", |a, b| Ok(a.strict_sub(b)))];
    dict::from_pairs(pairs)
});
"""

from __future__ import annotations

from portalis.compiler.analysis.facts import gather
from portalis.compiler.enums import FunctionValue
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.enums import camel
from portalis.compiler.lowering.context import FunctionContext, Learned
from portalis.compiler.lowering.freeze import Functions, Unfreezable, checked_steady, freeze
from portalis.compiler.lowering.project_context import FrozenTable
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import NONE, CallableOf


def lower_table(ctx: FunctionContext, node: h.FunctionTable) -> Value:
    """A use of a table: the name of its static.

    Raises:
        Refusal: the table may change, or one of its functions has no Rust.
    """
    place = checked_steady(ctx, node)
    table = ctx.project.tables.get(place)
    if table is None:
        ctx.project.tables[place] = table = _frozen(ctx, node)
    ctx.statics |= {place, *table.statics}
    ctx.callees |= table.callees
    ctx.exceptions |= table.exceptions
    ctx.unions |= table.unions
    ctx.structs |= table.structs
    ctx.learned.prints = ctx.learned.prints or table.prints
    ctx.learned.sources |= table.sources
    path = table.frozen.item.name
    if node.module != ctx.function.module:
        path = f"{ctx.module_path(node.module)}::{path}"
    return Value(t.Path(path), table.frozen.type, table.frozen.form, frozen=True)


def _frozen(ctx: FunctionContext, node: h.FunctionTable) -> FrozenTable:
    """The static, in the words of the module in which it stands."""
    nobody = h.Function(node.module, node.name, (), NONE, [], "", {}, span=node.span)
    facts = gather(nobody, ctx.mutated_params, ctx.project.kept_params)
    own = FunctionContext(ctx.project, nobody, facts, Learned(raises=True))
    trees = dict(node.functions)

    alias = f"{camel(node.name.rpartition('.')[2])}Fn"
    aliases: dict[CallableOf, str] = {}

    def spelled(type_: CallableOf) -> str:
        from portalis.compiler.lowering.closures import pointer_type

        aliases[type_] = pointer_type(own, type_, node.span)
        return alias

    def made(value: FunctionValue, type_: CallableOf) -> t.Expr:
        from portalis.compiler.lowering.closures import pointer

        return pointer(own, trees[value], type_)

    try:
        value = ctx.project.constants[node.module, node.name]
        frozen = freeze(node.name, value, node.type, Functions(spelled, made))
    except Unfreezable as reason:
        raise Refusal("PT407", node.span, f"the global `{node.name}` can't be frozen: {reason}") from None
    if own.patterns:
        raise Refusal("PT407", node.span, f"a function in the global `{node.name}` needs a static of its own")
    (spelling,) = aliases.values()
    text = f"/// A function in [`{frozen.item.name}`].\npub type {alias} = {spelling};"
    return FrozenTable(
        frozen, text, frozen.runtime | own.runtime, frozen.imports | own.modules,
        frozenset(own.statics), frozenset(own.callees), frozenset(own.exceptions), frozenset(own.unions),
        frozenset(own.structs), own.learned.prints, own.learned.sources,
    )  # fmt: skip
