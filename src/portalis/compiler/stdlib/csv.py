"""`csv`: readers over lines that are there, writers into a text buffer.

for row in csv.reader(lines):      for row in csv::read(lines, ',', '"') {
w = csv.writer(out)           →    let mut w = csv::Writer::new(&mut out, ',', '"', "\\r\\n");
w.writerow([name, n])              w.row(&[name, &n.to_string()]);

All rows are read at once, so nothing may change the lines meanwhile; what Python refuses declines.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Iteration, Leaf
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.value import Form, Value, lit_char, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib import buffers
from portalis.compiler.stdlib.sources import slice_of
from portalis.compiler.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    STR,
    STRING_IO,
    DictOf,
    Instance,
    ListOf,
    TupleOf,
    Type,
)

WRITER = Instance("csv.Writer")
_ENDS = ("\r\n", "\n")


def _characters(node: h.CallExternal) -> tuple[t.Expr, t.Expr]:
    """The delimiter and the quote character, which have to be written out."""
    found: list[t.Expr] = []
    for name, usual in (("delimiter", ","), ("quotechar", '"')):
        given = node.keywords.get(name)
        written = usual if given is None else given.value if isinstance(given, h.Literal) else None
        if not isinstance(written, str) or len(written) != 1 or written in "\r\n ":
            raise Refusal(
                "PT305", node.span, f"the `{name}` of `csv` must be one character that is written out"
            )
        found.append(lit_char(written))
    if found[0] == found[1]:
        raise Refusal("PT305", node.span, "a delimiter that is the quote character is not translated")
    return found[0], found[1]


def _lines(ctx: FunctionContext, node: h.CallExternal) -> t.Expr:
    """The lines as a slice, of a source that is there as a whole."""
    from portalis.compiler.lowering.generators import stable

    if len(node.args) != 1 or set(node.keywords) - {"delimiter", "quotechar"}:
        raise Refusal("PT305", node.span, "this form of a `csv` reader is not translated")
    (source,) = node.args
    if source.type == STRING_IO:
        return t.Ref(buffers.lines_of(ctx, source))
    split = isinstance(source, h.CallMethod) and source.method in ("split", "splitlines")
    if not (isinstance(source, h.Local) or split) or not isinstance(source.type, ListOf):
        raise Refusal(
            "PT305", node.span, "`csv` reads a list of lines, or a text buffer", "name the list first"
        )
    if not split:
        stable(ctx, node)
    lines, elem = slice_of(ctx, source)
    if elem is not STR:
        raise Refusal("PT305", node.span, f"`csv` of `{elem}` lines is not translated")
    return lines


def rows(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`csv.reader(lines)`."""
    read = ctx.rt("csv::read", _lines(ctx, node), *_characters(node))
    return Iteration(t.Method(read, "into_iter"), Leaf(ListOf(STR)), source=read)


def dict_rows(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`csv.DictReader(lines)`, whose first row has the names."""
    read = ctx.rt("csv::read_dicts", _lines(ctx, node), *_characters(node))
    return Iteration(t.Method(read, "into_iter"), Leaf(DictOf(STR, STR)), source=read)


def lower_writer(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`csv.writer(out)` of a text buffer."""
    known = {"delimiter", "quotechar", "lineterminator"}
    if len(node.args) != 1 or node.args[0].type != STRING_IO or set(node.keywords) - known:
        raise Refusal("PT305", node.span, "`csv.writer` is translated of a `StringIO`")
    end = node.keywords.get("lineterminator")
    written = "\r\n" if end is None else end.value if isinstance(end, h.Literal) else None
    if written not in _ENDS:
        raise Refusal("PT305", node.span, "this `lineterminator` is not translated")
    place = mutable_receiver(ctx, node.args[0], held := ctx.expr(node.args[0]))
    lent = place if held.form is Form.MUTREF else t.Ref(place, mutable=True)
    ctx.runtime.add("csv")
    made = t.Call(t.Path("csv::Writer::new"), (lent, *_characters(node), lit_str(str(written))))
    return Value(made, WRITER)


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`w.writerow(row)` and `w.writerows(rows)`, whose results nobody looks at."""
    place = mutable_receiver(ctx, node.receiver, receiver)
    match node.method, node.args:
        case "writerow", (h.ListDisplay(items=()) | h.TupleDisplay(items=()),) if not node.keywords:
            return Value(t.Method(place, "row", (t.Ref(t.ArrayExpr(())),), "String"), NONE)
        case "writerow", (row,) if not node.keywords:
            return Value(t.Method(place, "row", (_row(ctx, row),)), NONE)
        case "writerows", (table,) if not node.keywords:
            value = ctx.expr(table)
            if value.type == ListOf(ListOf(STR)) and not value.frozen:
                passed = coerce.borrowed(ctx, value, value.type, node.span)
                return Value(t.Method(place, "rows", (passed,)), NONE)
    raise Refusal("PT301", node.span, f"`{node.method}` of a `csv` writer is not translated in this form")


def _row(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    """The texts of a row's fields."""
    if isinstance(node, (h.ListDisplay, h.TupleDisplay)) and not any(
        isinstance(item, h.Starred) for item in node.items
    ):
        values = [ctx.expr(item) for item in node.items]
        if all(isinstance(value.literal, str) for value in values):
            return t.Ref(t.ArrayExpr(tuple(lit_str(str(value.literal)) for value in values)))
        pairs = zip(values, node.items, strict=True)
        return t.Ref(t.ArrayExpr(tuple(_field(ctx, value, item) for value, item in pairs)))
    value = ctx.expr(node)
    match value.type:
        case ListOf(elem) if elem is STR and not value.frozen:
            return coerce.borrowed(ctx, value, value.type, node.span)
        case TupleOf(items) if isinstance(value.expr, t.Path):
            parts = (Value(t.Field(value.expr, str(at)), kind, Form.PLACE) for at, kind in enumerate(items))
            return t.Ref(t.ArrayExpr(tuple(_field(ctx, part, node) for part in parts)))
    raise Refusal("PT305", node.span, f"a `csv` row of type `{value.type}` is not translated")


def _field(ctx: FunctionContext, value: Value, node: h.Expr) -> t.Expr:
    from portalis.compiler.lowering.formatting import to_str

    if value.type is NONE:
        return lit_str("")
    if value.type not in (STR, INT, FLOAT, BOOL):
        raise Refusal("PT305", node.span, f"a `csv` field of type `{value.type}` is not translated")
    return coerce.owned(ctx, to_str(ctx, value, node.span), STR, node.span)


SPECIAL = {"csv.writer": lower_writer}
