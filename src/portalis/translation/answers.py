"""Reading what a model answers: one function of the signature that was asked for, or a reason why not.

Nothing is compiled or executed here, and nothing that is not admitted gets any further: what an answer may
use is a list (`portalis.validation.foreign.admission.proposal`), read off the syntax tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from portalis.rust_grammar import Spans, parse, problems, source_of, walk
from portalis.translation.reading.blocks import code_blocks
from portalis.translation.reading.heads import Head, head_of, read_head, same_head
from portalis.translation.reading.homes import HOMES
from portalis.translation.reading.scope import foreign_items, names_of, odd_characters
from portalis.validation.foreign.admission import proposal
from portalis.validation.foreign.guard import refusals
from portalis.validation.rust_syntax import use_paths

MAX_CHARS = 100_000
"""Longer answers are not read: no function is that long, and a model that does not stop is."""
_MAX_REASONS = 5
_ERROR = "crate::error::Error"
_COMMENTS = frozenset({"line_comment", "block_comment"})
_HELPERS = frozenset(
    {"const_item", "enum_item", "function_item", "impl_item", "struct_item", "trait_item", "type_item"}
)
_STUBS = frozenset({"todo", "unimplemented"})


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """Rust that was read from an answer.

    Attributes:
        code: the function. What stood beside it (`use` lines, helpers) has moved to the head of its body,
            so that it can stand in any module in which its signature's names are known. Attributes are left
            out, the visibility is the expected one. Without an expected signature it is the whole text.
        name: the function's name; "" for a text of several items.
        uses: the paths of the `use` lines, those added for names that were offered among them.
    """

    code: str
    name: str
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why an answer can't be used, in words that can go back to the model."""

    reason: str


def parse_answer(
    text: str, expected: str | None = None, offered: frozenset[str] = frozenset()
) -> ParsedAnswer | Unusable:
    """The Rust in an answer.

    Args:
        text: what the model wrote.
        expected: the head that the function must have (`pub fn total(xs: &[i64]) -> Result<i64, Error>`);
            types are compared as types, parameters' names and lifetimes don't count. None admits any items.
        offered: what of its surroundings the Rust may use besides the signature's names: paths of the crate
            (`crate::runtime::int::floor_div`), which it may name by their last part, and bare names (a
            constant of the module). `crate::error::Error` always is.

    Returns:
        The Rust, or why there is none.

    Raises:
        ValueError: `expected` is not the head of one function.
    """
    head = read_head(expected) if expected is not None else None
    if len(text) > MAX_CHARS:
        return Unusable(f"the answer has {len(text)} characters, more than the {MAX_CHARS} that are read")
    blocks = code_blocks(text)
    if not blocks:
        return Unusable("the answer has no Rust code block")
    if head is None:
        return _whole("\n".join(block.strip("\n") for block in blocks) + "\n")
    return _function(blocks, head, offered | {_ERROR})


def _whole(code: str) -> ParsedAnswer | Unusable:
    """A text of any items, admitted as a module of its own."""
    root = parse(code)
    reasons = [*_syntax(root, code)] or [
        *(one.message for one in refusals(code, frozenset(), proposal(frozenset()))),
        *(f"{what} is not admitted" for what in (*foreign_items(root), *odd_characters(root, code))),
    ]
    items = [node for node in root.named_children if node.type in _HELPERS]
    if not items:
        reasons.append("the answer defines nothing")
    if reasons:
        return _unusable(reasons)
    name = source_of(items[0].child_by_field_name("name"))
    return ParsedAnswer(code, name if [one.type for one in items] == ["function_item"] else "", _uses(root))


def _function(blocks: Sequence[str], head: Head, offered: frozenset[str]) -> ParsedAnswer | Unusable:
    """The one function of that head."""
    name = head.function.name
    found: dict[str, tuple[str, Node, Node]] = {}
    for code in blocks:
        root = parse(code)
        function = _named(root, name, method=head.receiver != "")
        if function is not None:
            found.setdefault(" ".join(source_of(function).split()), (code, root, function))
    if not found:
        code = "\n".join(blocks)
        broken = [*_syntax(parse(code), code)]
        return _unusable([f"the answer defines no function `{name}`", *broken[:1]])
    if len(found) > 1:
        return Unusable(f"the answer defines `{name}` {len(found)} times; give one code block")
    code, root, function = next(iter(found.values()))
    reasons = [*_syntax(root, code)] or [*_beside(root, function), *_signature(function, code, head)]
    if reasons:
        return _unusable(reasons)
    return _alone(root, function, head, offered)


def _syntax(root: Node, code: str) -> Iterator[str]:
    for what, span in problems(root, Spans(code)):
        yield f"line {span.line}: {what}"


def _named(root: Node, name: str, *, method: bool) -> Node | None:
    """The function of a name among the items of a text, or, for a method, in an `impl` block of it."""
    places = [root]
    if method:
        blocks = [node for node in root.named_children if node.type == "impl_item"]
        places += [body for node in blocks if (body := node.child_by_field_name("body")) is not None]
    for place in places:
        for node in place.named_children:
            if node.type == "function_item" and source_of(node.child_by_field_name("name")) == name:
                return node
    return None


def _beside(root: Node, function: Node) -> Iterator[str]:
    """What stands beside the function and can't move into it, in words."""
    for node in root.named_children:
        kind = node.type
        if node == function or kind in _COMMENTS or kind in _HELPERS or kind == "use_declaration":
            continue
        if kind == "impl_item" or _dropped(node):
            continue
        if kind == "attribute_item":
            continue  # the guard has judged it where it matters; it isn't kept
        yield f"{kind.removesuffix('_item').replace('_', ' ')} beside the function is not admitted"


def _dropped(node: Node) -> bool:
    """Whether an item only shows or tests the function: `main`, and a module of tests."""
    if node.type == "mod_item":
        before = node.prev_named_sibling
        return before is not None and source_of(before).replace(" ", "") == "#[cfg(test)]"
    return node.type == "function_item" and source_of(node.child_by_field_name("name")) == "main"


def _signature(function: Node, code: str, head: Head) -> Iterator[str]:
    given = head_of(function, Spans(code))
    if not same_head(given, head):
        yield f"the signature must be `{head.text}`, not `{given.text}`"


def _alone(root: Node, function: Node, head: Head, offered: frozenset[str]) -> ParsedAnswer | Unusable:
    """The function with all that it needs in its body, if all of it is admitted."""
    kept = _kept(root, function, head)
    text = _composed(function, head, _use_lines(kept), kept)
    tree = parse(text)
    names = names_of(tree, parse(f"{head.text} {{}}"), offered)
    crate = frozenset(path for path in offered if path.startswith("crate::"))
    reasons = [
        *_syntax(tree, text),
        *(one.message for one in refusals(text, frozenset(), proposal(crate))),
        *(f"{what} is not admitted" for what in (*foreign_items(tree), *odd_characters(tree, text))),
        *(f"`{name}!` is no translation" for name in _stubs(tree)),
        *(f"`{name}` is neither defined in the answer nor offered" for name in names.unknown),
    ]
    if reasons:
        return _unusable(reasons)
    given = [path for path in _use_lines(kept) if _needed(path, function, kept)]
    uses = tuple(sorted({*given, *names.wanted}))
    return ParsedAnswer(_composed(function, head, uses, kept), head.function.name, uses)


def _kept(root: Node, function: Node, head: Head) -> list[Node]:
    """What stands beside the function and moves into it."""
    block = function.parent.parent if function.parent is not None else None
    return [
        node
        for node in root.named_children
        if node != function
        and (node.type in _HELPERS or node.type == "use_declaration")
        and not _dropped(node)
        and not (head.receiver and node == block)
    ]


def _use_lines(kept: Sequence[Node]) -> tuple[str, ...]:
    """The paths of the `use` lines, with their other names."""
    found: dict[str, None] = {}
    for node in kept:
        if node.type == "use_declaration":
            for path in use_paths(node.child_by_field_name("argument"), ()):
                alias = f" as {path.alias}" if path.alias else ""
                found["::".join(path.segments) + alias] = None
    return tuple(found)


def _needed(path: str, function: Node, kept: Sequence[Node]) -> bool:
    """Whether a `use` line does anything inside the body, as far as that can be seen.

    The signature finds its names outside; a `use` that only served it would be unused in the body. Traits are
    needed without being named, so only names known to be types go.
    """
    name = path.rpartition("::")[2]
    if name not in HOMES:
        return True
    body = function.child_by_field_name("body")
    inner = [body, *(node for node in kept if node.type != "use_declaration")]
    leaves = (leaf for node in inner if node is not None for leaf in walk(node) if leaf.child_count == 0)
    return any(source_of(leaf) == name for leaf in leaves)


def _uses(root: Node) -> tuple[str, ...]:
    return _use_lines([node for node in walk(root) if node.type == "use_declaration"])


def _composed(function: Node, head: Head, uses: Sequence[str], kept: Sequence[Node]) -> str:
    """The function's text, with what moves into it at the head of its body."""
    whole = function.text or b""
    body = function.child_by_field_name("body")
    start = body.start_byte - function.start_byte if body is not None else len(whole)
    first = function.children[0]
    skipped = first.end_byte - function.start_byte if first.type == "visibility_modifier" else 0
    given = whole[skipped:start].decode("utf-8", "replace").strip()
    visibility = f"{head.visibility} " if head.visibility else ""
    lines = [f"{visibility}{given} {{", *(f"use {path};" for path in uses)]
    lines += [source_of(node) for node in kept if node.type != "use_declaration"]
    inner = whole[start + 1 :].decode("utf-8", "replace")
    return "\n".join(lines) + "\n" + inner.lstrip("\n") + "\n"


def _stubs(root: Node) -> Iterator[str]:
    for node in walk(root):
        if node.type == "macro_invocation":
            name = source_of(node.child_by_field_name("macro"))
            if name.rpartition("::")[2] in _STUBS:
                yield name


def _unusable(reasons: Sequence[str]) -> Unusable:
    """The first few reasons, each once."""
    return Unusable("; ".join(list(dict.fromkeys(reasons))[:_MAX_REASONS]))
