"""`difflib`: the ratio of two texts, and the texts of a list that are most like one.

SequenceMatcher(None, a, b).ratio()   →   difflib::ratio(a, b)
get_close_matches(word, words, 1)     →   difflib::close_matches(word, words, 1, 0.6)
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.rows import argument
from portalis.compiler.stdlib.sources import given, slice_of
from portalis.compiler.types import FLOAT, STR, ListOf, Type


def lower_ratio(ctx: FunctionContext, node: h.CallMethod) -> Value | None:
    """The ratio of two texts in one call; None for any other call."""
    match node:
        case h.CallMethod(
            receiver=h.CallExternal(fullname="difflib.SequenceMatcher") as matcher,
            method="ratio",
            args=(),
            keywords={},
        ):
            pass
        case _:
            return None
    junk, a, b = given(matcher, ("isjunk", "a", "b"), 0, "SequenceMatcher")
    if junk is not None and not (isinstance(junk, h.Literal) and junk.value is None):
        raise Refusal("PT305", node.span, "`SequenceMatcher` with a function for junk is not translated")
    if a is None or b is None or a.type is not STR or b.type is not STR:
        raise Refusal("PT305", node.span, "`SequenceMatcher` is translated over two texts")
    texts = [coerce.borrowed(ctx, ctx.expr(text), STR, node.span) for text in (a, b)]
    return Value(ctx.rt("difflib::ratio", *texts), FLOAT)


def lower_close_matches(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`get_close_matches(word, possibilities, n, cutoff)` of texts."""
    word, words, count, cutoff = given(node, ("word", "possibilities", "n", "cutoff"), 2, "get_close_matches")
    assert word is not None and words is not None
    text = coerce.borrowed(ctx, ctx.expr(word), STR, node.span)
    items, elem = slice_of(ctx, words)
    if elem is not STR:
        raise Refusal("PT214", node.span, f"`get_close_matches` of `{elem}` items is not translated")
    size = ctx.i64(count) if count is not None else t.Lit("3")
    least = argument(ctx, "float", ctx.expr(cutoff), node) if cutoff is not None else t.Lit("0.6")
    return Value(ctx.rt_try("difflib::close_matches", text, items, size, least), ListOf(STR))


SPECIAL = {"difflib.get_close_matches": lower_close_matches}
