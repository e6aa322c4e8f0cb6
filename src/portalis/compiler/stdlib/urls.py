"""`urllib.parse`: URLs taken apart into their named parts, and queries."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.rows import PARSED_URL, SPLIT_URL, Row
from portalis.compiler.types import INT, STR, DictOf, ListOf, OptionalOf, TupleOf, Type

ROWS: dict[str, tuple[Row, ...]] = {
    "urllib.parse.urlsplit": (Row(("str",), "url_split::split", SPLIT_URL),),
    "urllib.parse.urlparse": (Row(("str",), "url_split::parse", PARSED_URL),),
    "urllib.parse.parse_qs": (Row(("str",), "url_split::parse_qs", DictOf(STR, ListOf(STR))),),
}

_OWNERS = (("urllib.parse.SplitResult", "split_url"), ("urllib.parse.ParseResult", "parsed_url"))
ATTRIBUTES: dict[tuple[str, str], Row] = {
    **{
        (owner, name): Row((kind,), f"url_split::{name}", STR, form=Form.BORROWED)
        for owner, kind in _OWNERS
        for name in ("scheme", "netloc", "path", "params", "query", "fragment")
        if name != "params" or kind == "parsed_url"
    },
    **{
        (owner, name): Row((kind,), f"url_split::{name}", OptionalOf(STR))
        for owner, kind in _OWNERS
        for name in ("hostname", "username", "password")
    },
    **{(owner, "port"): Row((kind,), "url_split::port", OptionalOf(INT), True) for owner, kind in _OWNERS},
}


def lower_encode(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`urlencode(query)` of a dict or of pairs of texts."""
    if len(node.args) != 1 or node.keywords:
        raise Refusal("PT305", node.span, "this form of `urlencode` is not translated")
    value = ctx.expr(node.args[0])
    if value.frozen or value.type not in (DictOf(STR, STR), ListOf(TupleOf((STR, STR)))):
        raise Refusal("PT305", node.span, f"`urlencode` of a `{value.type}` is not translated")
    pairs = coerce.borrowed(ctx, value, value.type, node.span)
    if isinstance(value.type, ListOf):
        pairs = t.Method(
            t.Method(coerce.as_ref(value) if value.form is Form.OWNED else value.expr, "iter"),
            "map",
            (t.Closure(("(name, value)",), t.TupleExpr((t.Path("name"), t.Path("value")))),),
        )
    return Value(ctx.rt("url_split::encode", pairs), STR)


SPECIAL = {"urllib.parse.urlencode": lower_encode}
