"""Names in a Rust tree: which are read, which patterns bind in vain, which bindings must be `mut`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import nodes

_WORD = re.compile(r"[A-Za-z_]\w*")
_PLAIN_PATH = re.compile(r"[\w:]+")
_IN_BRACES = re.compile(r"\{([A-Za-z_]\w*)")
_BOUND = re.compile(r"(?<![\w:.'&])(?:&\s*)?(?:mut |ref )?\b([a-z]\w*)\b(?!\s*(?:::|\(|\{|!|'))")
_NO_NAMES = frozenset({"true", "false", "mut", "ref"})
# Methods of strings, vectors, maps and options that take `&self`.
_READING = frozenset(
    {"chars", "len", "is_empty", "iter", "as_str", "to_string", "to_vec", "clone", "keys", "values", "bytes",
     "contains", "contains_key", "get", "starts_with", "ends_with", "as_ref", "as_deref", "is_some",
     "is_none"}
)  # fmt: skip


def uses(tree: object) -> frozenset[str]:
    """The variables that a tree may name: never too few."""
    return frozenset(_used(nodes(tree)))


def _used(found: Iterable[object]) -> set[str]:
    names: set[str] = set()
    for node in found:
        match node:
            case t.Path(text) if "::" not in text or _PLAIN_PATH.fullmatch(text) is None:
                names.update(_WORD.findall(text))
            case t.Lit(text):
                names.update((_IN_BRACES if text.startswith('"') else _WORD).findall(text))
    return names


def unread(pattern: str, live: frozenset[str]) -> str:
    """The pattern with `_` for what it binds in vain.

    >>> unread("(i, &flag)", frozenset({"i"}))
    '(i, _)'
    """
    if '"' in pattern or "'" in pattern:
        return pattern
    name, colon, type_ = pattern.partition(": ")

    def kept(match: re.Match[str]) -> str:
        return match[0] if match[1] in live or match[1] in _NO_NAMES else "_"

    return _BOUND.sub(kept, name) + colon + type_


def pure(expr: t.Expr) -> bool:
    """Whether nobody can tell if the expression is evaluated or not."""
    match expr:
        case t.Lit() | t.Path():
            return True
        case t.Cast(operand) | t.Unary(_, operand) | t.Ref(operand) | t.Field(operand):
            return pure(operand)
        case t.Method(receiver, "as_str", ()):
            return pure(receiver)
        case _:
            return False


def needs_mut(name: str, after: tuple[object, ...]) -> bool:
    """Whether something after a binding may change the variable itself, as far as its uses show."""
    for part in after:
        seen = sum(isinstance(node, t.Path) and name in uses(node) for node in nodes(part))
        if seen > sum(_reads(node, name) for node in nodes(part)):
            return True
        if isinstance(part, t.Let) and part.pattern in (name, f"mut {name}"):
            return False
    return False


def _reads(node: object, name: str) -> bool:
    match node:
        case t.Method(t.Path(found), method) if found == name:
            return method in _READING
        case t.Ref(t.Path(found), False):
            return found == name
        case _:
            return False
