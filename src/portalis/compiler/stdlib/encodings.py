"""Texts as bytes and back: `encode`, `decode`, `str(data, encoding)`, `bytes(text, encoding)`.

text.encode("ascii", "ignore")   →   text::encode_ascii_ignore(text)
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.stdlib.sources import given
from portalis.compiler.types import BYTES, STR, Type

_NAMES = {
    "utf8": "utf8", "u8": "utf8", "utf": "utf8", "cp65001": "utf8",
    "ascii": "ascii", "usascii": "ascii", "646": "ascii",
    "latin1": "latin1", "latin": "latin1", "l1": "latin1", "iso88591": "latin1", "8859": "latin1",
}  # fmt: skip
"""What CPython's names of an encoding come to without case, `-`, `_` and spaces."""

_HANDLED: dict[tuple[Type, str], frozenset[str]] = {
    (STR, "utf8"): frozenset({"strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace"}),
    (STR, "ascii"): frozenset({"strict", "ignore", "replace"}),
    (STR, "latin1"): frozenset({"strict", "ignore", "replace"}),
    (BYTES, "utf8"): frozenset({"strict", "ignore", "replace"}),
    (BYTES, "ascii"): frozenset({"strict", "ignore", "replace"}),
    (BYTES, "latin1"): frozenset({"strict", "ignore", "replace"}),
}
"""The error handlers that have a twin, by what is coded and the encoding."""


def lower_coded(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`text.encode(encoding, errors)` and `data.decode(encoding, errors)`."""
    encoding, errors = given(node, ("encoding", "errors"), 0, node.method)
    return coded(ctx, receiver, encoding, errors, node)


def coded(
    ctx: FunctionContext, value: Value, encoding: h.Expr | None, errors: h.Expr | None, node: h.Expr
) -> Value:
    """A text as bytes, or bytes as a text; the encoding and the handler of errors must be written."""
    source: Type = STR if value.type is STR else BYTES
    name = _NAMES.get(_written(encoding, "utf-8").lower().translate({ord(c): None for c in "-_ "}), "")
    handler = _written(errors, "strict")
    if handler not in _HANDLED.get((source, name), frozenset()):
        raise Refusal("PT305", node.span, "this encoding is not translated", "use UTF-8, ASCII or Latin-1")
    # No text of Rust's has what UTF-8 can't encode, and no byte is outside Latin-1.
    always = (source, name) in ((STR, "utf8"), (BYTES, "latin1"))
    verb, module = ("encode", "text") if source is STR else ("decode", "bytes")
    twin = f"{module}::{verb}_{name}"
    if handler != "strict" and not always:
        twin = f"codecs::{verb}_{name}_{handler}"
    made = ctx.rt(twin, coerce.borrowed(ctx, value, source, node.span))
    return Value(made, BYTES if source is STR else STR)


def _written(node: h.Expr | None, default: str) -> str:
    if node is None:
        return default
    return node.value if isinstance(node, h.Literal) and isinstance(node.value, str) else ""
