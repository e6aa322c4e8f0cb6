"""Regular expressions that are put together at run time, around texts that stand for themselves.

re.findall(rf"\\b{re.escape(word)}\\b", text)   →   re::find_all(&re_built::built(&[Text(r"\\b"), Escaped(word), Text(r"\\b")]), text)

The pattern is read with a private character in the place of each such text, so that its groups are known when the
Rust is generated. A text that isn't escaped, and has a character with a meaning in it, declines at run time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.freeze import raw_string
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.re_pattern import TranslatedPattern
from portalis.compiler.stdlib.sources import slice_of
from portalis.compiler.types import INT, STR

_FIRST = 0xE000


@dataclass(frozen=True, slots=True)
class Hole:
    """A computed text in a pattern: `kind` is `Escaped`, `Plain`, `AnyEscaped` or `AnyPlain`."""

    kind: str
    node: h.Expr


def binding(ctx: FunctionContext, node: h.Expr) -> h.Expr:
    """What a variable is bound to, where that is its only value and the same at every use; else the node."""
    if not isinstance(node, h.Local) or not _stays(ctx, node.name):
        return node
    for stmt in walk(ctx.function.body):
        match stmt:
            case h.Assign(targets=(h.Local(name=name),), value=value) if name == node.name:
                inside = [one.name for one in walk(value) if isinstance(one, h.Local)]
                return value if all(_stays(ctx, one) for one in inside) else node
    return node


def _stays(ctx: FunctionContext, name: str) -> bool:
    """Whether the variable has one value only, a text or a number or what nobody changes."""
    is_param = any(param.name == name for param in ctx.function.params)
    changed = ctx.facts.mutations.any_depth(name)
    return ctx.facts.assignments[name] + is_param <= 1 and name not in ctx.facts.captured and not changed


def pieces(ctx: FunctionContext, node: h.Expr) -> tuple[str | Hole, ...] | None:
    """The texts and holes of a pattern; None where it is no such thing, or has nothing that is written out."""
    found = tuple(_pieces(ctx, node))
    escaped = any(isinstance(one, Hole) and one.kind.endswith("Escaped") for one in found)
    written = any(isinstance(one, str) for one in found)
    return found if escaped or (written and len(found) > 1) else None


def _pieces(ctx: FunctionContext, node: h.Expr) -> Iterator[str | Hole]:
    match node:
        case h.Literal(value=str(text)):
            yield text
        case h.Binary(op="+", left=left, right=right) if left.type is STR and right.type is STR:
            yield from _pieces(ctx, left)
            yield from _pieces(ctx, right)
        case h.FString(parts=parts):
            for part in parts:
                if isinstance(part, str):
                    yield part
                elif part.spec or part.conversion:
                    yield Hole("", part.value)
                else:
                    yield from _pieces(ctx, part.value)
        case h.CallExternal(fullname="re.escape", args=(inner,), keywords={}):
            yield Hole("Escaped", inner)
        case h.CallMethod(receiver=h.Literal(value="|"), method="join", args=(items,), keywords={}):
            yield _alternatives(items)
        case h.Local() if (value := binding(ctx, node)) is not node and value.type is STR:
            yield from _pieces(ctx, value)
        case _:
            yield Hole("Plain" if node.type is STR else "", node)


def _alternatives(items: h.Expr) -> Hole:
    match items:
        case h.CallExternal(
            fullname="builtins.map", args=(h.External(fullname="re.escape"), source), keywords={}
        ):
            return Hole("AnyEscaped", source)
        case h.Comprehension(
            element=h.CallExternal(fullname="re.escape", args=(h.Local(name=name),)),
            clauses=(h.Clause(target=h.Local(name=bound), iterable=source, conditions=()),),
        ) if name == bound:
            return Hole("AnyEscaped", source)
        case _:
            return Hole("AnyPlain", items)


def with_places(found: tuple[str | Hole, ...], flags: int) -> str | None:
    """The pattern with a private character for each hole; None where a text could mean more in its place."""
    whole = "".join(one if isinstance(one, str) else "\0" for one in found)
    if "\0" in "".join(one for one in found if isinstance(one, str)) or re.search("[\ue000-\uf8ff]", whole):
        return None
    if flags & re.VERBOSE or re.search(r"\(\?[aiLmsux-]+[:)]", whole):
        return None
    text, number = "", 0
    for place, one in enumerate(found):
        if isinstance(one, str):
            text += one
            continue
        after = found[place + 1] if place + 1 < len(found) else ""
        if not one.kind or not _takes_text(text, after if isinstance(after, str) else "", one.kind):
            return None
        text += chr(_FIRST + number)
        number += 1
    return text


_GROUP_OPENS = r"\((?:\?:|\?P<\w+>)?$"
_BEFORE = re.compile(_GROUP_OPENS + r"|\(\?<?[=!]$")
"""The beginning of a group, right before a text."""


def _takes_text(before: str, after: str, kind: str) -> bool:
    """Whether a text may stand between the two without changing what they mean, nor they what it does."""
    slashes = len(before) - len(before.rstrip("\\"))
    unfinished = re.search(r"\\\d+$|\{[^{}]*$|\(\?[^)]*$", before) and not _BEFORE.search(before)
    if slashes % 2 or unfinished or _in_class(before) or after.startswith(tuple("*+?{")):
        return False
    alone = not before and not after
    grouped = re.search(_GROUP_OPENS, before) is not None and after.startswith(")")
    return alone or grouped or not kind.startswith("Any")


def _in_class(before: str) -> bool:
    """Whether a `[` is open at the end of the text."""
    inside, place = False, 0
    while place < len(before):
        char = before[place]
        place += 2 if char == "\\" else 1
        if inside:
            inside = char != "]"
        elif char == "[":
            inside = True
            place += len(re.match(r"\^?\]?", before[place:])[0])  # type: ignore[index]  # it always matches
    return inside


def built(
    ctx: FunctionContext,
    found: tuple[str | Hole, ...],
    translated: TranslatedPattern,
    flags: int,
    node: h.Expr,
) -> t.Expr:
    """The regular expression as it is put together at run time."""
    holes = [one for one in found if isinstance(one, Hole)]
    texts = re.split(r"\\x\{(e[0-9a-f]{3})\}", translated.text)
    if [int(place, 16) - _FIRST for place in texts[1::2]] != list(range(len(holes))):
        raise Refusal("PT302", node.span, "this place of a computed text in a pattern is not translated")
    parts: list[t.Expr] = []
    for place, text in enumerate(texts[::2]):
        if text:
            parts.append(t.Call(t.Path("re_built::Part::Text"), (raw_string(text),)))
        if place < len(holes):
            parts.append(_part(ctx, holes[place]))
    case = "Exact" if not flags & re.IGNORECASE else "AnyAscii" if flags & re.ASCII else "Any"
    return ctx.rt("re_built::built", t.Ref(t.ArrayExpr(tuple(parts))), t.Path(f"re_built::Case::{case}"))


def _part(ctx: FunctionContext, hole: Hole) -> t.Expr:
    if hole.kind.startswith("Any"):
        items, elem = slice_of(ctx, hole.node)
        if elem is not STR:
            raise Refusal("PT302", hole.node.span, f"alternatives of type `{elem}` are not translated")
        return t.Call(t.Path(f"re_built::Part::{hole.kind}"), (items,))
    value = ctx.expr(hole.node)
    if value.type is INT:
        raise Refusal("PT302", hole.node.span, "a number in a pattern is not translated")
    return t.Call(t.Path(f"re_built::Part::{hole.kind}"), (coerce.borrowed(ctx, value, STR, hole.node.span),))
