"""Functions that look alike and are not: a row for each, the right one and one that is wrong in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t

Family = Literal["overflow", "text", "length", "default"]


@dataclass(frozen=True, slots=True)
class Twin:
    """`right` as the tree names it (`text::lower`, `.len`), and `wrong`: a name of the same kind, a method
    (`.trim`) that the first argument takes in the place of a call, or a chain (`.chars.count`).
    """

    family: Family
    right: str
    wrong: str


_STRICT = ("add", "sub", "mul", "neg", "abs", "pow", "shl")

TWINS: tuple[Twin, ...] = (
    *(Twin("overflow", f".strict_{name}", f".wrapping_{name}") for name in _STRICT),
    *(Twin("overflow", f".strict_{name}", f".saturating_{name}") for name in ("add", "sub", "mul")),
    Twin("overflow", "int::sum", ".into_iter.fold.wrapping"),
    Twin("text", "text::lower", ".to_ascii_lowercase"),
    Twin("text", "text::lower", "text::upper"),
    Twin("text", "text::upper", ".to_ascii_uppercase"),
    Twin("text", "text::upper", "text::lower"),
    Twin("text", "text::casefold", "text::lower"),
    Twin("text", "text::title", "text::capitalize"),
    Twin("text", "text::capitalize", "text::title"),
    Twin("text", "text::swapcase", "text::upper"),
    Twin("text", "text::strip", ".trim"),
    Twin("text", "text::strip", "text::lstrip"),
    Twin("text", "text::strip", "text::rstrip"),
    Twin("text", "text::lstrip", "text::strip"),
    Twin("text", "text::rstrip", "text::strip"),
    Twin("text", "text::strip_chars", "text::lstrip_chars"),
    Twin("text", "text::lstrip_chars", "text::strip_chars"),
    Twin("text", "text::rstrip_chars", "text::strip_chars"),
    Twin("text", "text::find", "text::rfind"),
    Twin("text", "text::rfind", "text::find"),
    Twin("text", "text::index", "text::rindex"),
    Twin("text", "text::rindex", "text::index"),
    Twin("text", "text::zfill", "text::rjust_zero"),
    Twin("text", "text::ljust", "text::rjust"),
    Twin("text", "text::rjust", "text::ljust"),
    Twin("text", "text::center", "text::ljust"),
    Twin("text", "text::partition", "text::rpartition"),
    Twin("text", "text::rpartition", "text::partition"),
    Twin("text", "text::remove_prefix", "text::remove_suffix"),
    Twin("text", "text::remove_suffix", "text::remove_prefix"),
    Twin("text", "text::is_digit", "text::is_decimal"),
    Twin("text", "text::is_decimal", "text::is_digit"),
    Twin("text", "text::is_alnum", "text::is_alpha"),
    Twin("text", "text::is_alpha", "text::is_alnum"),
    Twin("text", "text::is_upper", "text::is_lower"),
    Twin("text", "text::is_lower", "text::is_upper"),
    Twin("text", "chars::is_digit", ".is_ascii_digit"),
    Twin("text", "chars::is_alpha", ".is_alphabetic"),
    Twin("text", "chars::is_alpha", ".is_ascii_alphabetic"),
    Twin("text", "chars::is_upper", ".is_uppercase"),
    Twin("text", ".starts_with", ".ends_with"),
    Twin("text", ".ends_with", ".starts_with"),
    Twin("text", ".starts_with", ".contains"),
    Twin("text", "re::match_", "re::search"),
    Twin("text", "re::is_match", "re::is_found"),
    Twin("text", "re::search", "re::match_"),
    Twin("text", "re::fullmatch", "re::match_"),
    Twin("text", "text::split_by", "text::split_by_last"),
    Twin("length", ".chars.count", ".len"),
    Twin("length", "text::len", ".len"),
    Twin("length", ".is_empty", ".is_ascii"),
    Twin("length", ".keys", ".values"),
    Twin("length", ".values", ".keys"),
    Twin("default", ".unwrap_or", ".unwrap_or_default"),
    Twin("default", ".unwrap_or_default", ".unwrap"),
    Twin("default", ".is_none_or", ".is_some_and"),
    Twin("default", ".is_some_and", ".is_none_or"),
    Twin("default", "extremes::max_or", "extremes::min_or"),
    Twin("default", "extremes::min_or", "extremes::max_or"),
    Twin("default", "bisect::left", "bisect::right"),
    Twin("default", "bisect::right", "bisect::left"),
)


def renamed(family: Family) -> Callable[[object, About], Iterator[object]]:
    """The operator that puts the wrong twins of a family in."""
    rows: dict[str, list[str]] = {}
    for twin in TWINS:
        if twin.family == family:
            rows.setdefault(twin.right, []).append(twin.wrong)

    def operator(node: object, _about: About) -> Iterator[object]:
        match node:
            case t.Method(t.Method(receiver, outer, ()), inner, ()) if f".{outer}.{inner}" in rows:
                for wrong in rows[f".{outer}.{inner}"]:
                    yield t.Cast(t.Method(receiver, wrong[1:]), "usize")
            case t.Method(_, name) if f".{name}" in rows:
                for wrong in rows[f".{name}"]:
                    yield _method(node, wrong)
            case t.Call(t.Path(name), args) if name in rows:
                for wrong in rows[name]:
                    yield _call(node, args, wrong)

    return operator


def _method(node: t.Method, wrong: str) -> t.Expr:
    args = () if wrong == ".unwrap_or_default" else node.args
    return replace(node, name=wrong[1:], args=args)


def _call(node: t.Call, args: tuple[t.Expr, ...], wrong: str) -> t.Expr:
    if wrong == ".into_iter.fold.wrapping":
        items = t.Method(args[0], "into_iter")
        return t.Method(items, "fold", (t.Lit("0_i64"), t.Path("i64::wrapping_add")))
    if wrong == ".len":
        return t.Cast(t.Method(args[0], "len"), "i64")
    if wrong.startswith(".to_ascii"):
        return t.Method(_plain(args[0]), wrong[1:])
    if wrong.startswith("."):
        return t.Method(_plain(args[0]), wrong[1:])
    return replace(node, func=t.Path(wrong))


def _plain(expr: t.Expr) -> t.Expr:
    return expr.operand if isinstance(expr, t.Ref) else expr
