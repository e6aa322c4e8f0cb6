"""Digests of `hashlib` and `hmac` that are made and asked for in one expression.

hashlib.sha256(data).hexdigest()                      →   hashlib::sha256_hex(data)
hmac.new(key, data, hashlib.sha256).hexdigest()       →   hashlib::hmac_hex(key, data, hashlib::sha256, 64)
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.bytearrays import as_bytes
from portalis.compiler.stdlib.sources import given
from portalis.compiler.types import BYTES, STR, Type

_BLOCKS = {"md5": 64, "sha1": 64, "sha224": 64, "sha256": 64, "sha384": 128, "sha512": 128}
"""The size of a block in bytes, by the name of the hash."""


def lower_digest(ctx: FunctionContext, node: h.CallMethod) -> Value | None:
    """`hashlib.md5(data).hexdigest()` in one call; None for every other."""
    inner = node.receiver
    if node.method not in ("digest", "hexdigest") or node.args or node.keywords:
        return None
    if not isinstance(inner, h.CallExternal):
        return None
    suffix, type_ = ("", BYTES) if node.method == "digest" else ("_hex", STR)
    if inner.fullname == "hmac.new":
        return _keyed(ctx, inner, suffix, type_)
    found = _hashed(inner)
    if found is None:
        return None
    name, source = found
    return Value(ctx.rt(f"hashlib::{name}{suffix}", _data(ctx, source)), type_)


def _hashed(node: h.CallExternal) -> tuple[str, h.Expr] | None:
    """The name of a hash and what is hashed: of `hashlib.md5(data)` or `hashlib.new("md5", data)`."""
    if not node.fullname.startswith(("hashlib", "_hashlib")) or node.keywords:
        return None
    match node.fullname.rpartition(".")[2].removeprefix("openssl_"), node.args:
        case "new", (h.Literal(value=str(name)), source) if name.lower() in _BLOCKS:
            return name.lower(), source
        case name, (source,) if name in _BLOCKS:
            return name, source
        case _:
            return None


def _data(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    return coerce.borrowed(ctx, as_bytes(ctx.expr(node)), BYTES, node.span)


def _name(node: h.Expr) -> str:
    """The hash that `hashlib.sha256` or `"sha256"` means; "" for any other value."""
    match node:
        case h.Literal(value=str(name)) if name.lower() in _BLOCKS:
            return name.lower()
        case h.External(fullname=fullname) if fullname.startswith(("hashlib", "_hashlib")):
            name = fullname.rpartition(".")[2].removeprefix("openssl_")
            return name if name in _BLOCKS else ""
        case _:
            return ""


def _keyed(ctx: FunctionContext, node: h.CallExternal, suffix: str, type_: Type) -> Value:
    """`hmac.new(key, message, digestmod)`."""
    key, message, mode = given(node, ("key", "msg", "digestmod"), 3, "new")
    assert key is not None and message is not None and mode is not None
    name = _name(mode)
    if not name:
        raise Refusal(
            "PT305", node.span, "this hash of `hmac` is not translated", "name it: `hashlib.sha256`"
        )
    args = (_data(ctx, key), _data(ctx, message), t.Path(f"hashlib::{name}"), t.Lit(str(_BLOCKS[name])))
    return Value(ctx.rt(f"hashlib::hmac{suffix}", *args), type_)


def lower_hmac(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`hmac.digest(key, message, digest)`."""
    key, message, mode = given(node, ("key", "msg", "digest"), 3, "digest")
    assert key is not None and message is not None and mode is not None
    made = h.CallExternal("hmac.new", (key, message, mode), {}, span=node.span, type=node.type)
    return _keyed(ctx, made, "", BYTES)


SPECIAL = {"hmac.digest": lower_hmac}
