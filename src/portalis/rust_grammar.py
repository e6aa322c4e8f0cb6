"""Rust text as tree-sitter's syntax tree: an error-tolerant parse that keeps every place.

tree-sitter's grammar is a little more lenient than rustc's, so it finds the parts of a text and never
decides alone whether the text is Rust where rustfmt, which holds rustc's own parser, is at hand.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import tree_sitter_rust
from tree_sitter import Language, Node, Parser

from portalis.diagnostics import Span

MAX_PROBLEMS = 20
_MAX_DEPTH = 2000
"""Levels of the tree; rustc runs out of stack somewhat later."""


@functools.cache
def _language() -> Language:
    return Language(tree_sitter_rust.language())


def parse(text: str) -> Node:
    """The root of a text's tree; parts that don't parse are `ERROR` nodes."""
    return Parser(_language()).parse(text.encode("utf-8", "surrogatepass")).root_node


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, in the order of the text."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(current.children))


def source_of(node: Node | None) -> str:
    """A node's text; "" for none."""
    return (node.text or b"").decode("utf-8", "replace") if node is not None else ""


class Spans:
    """Places of nodes in a text: lines and columns from 1, columns counted in code points as rustc does."""

    def __init__(self, text: str) -> None:
        self._lines = text.encode("utf-8", "surrogatepass").split(b"\n")

    def of(self, node: Node) -> Span:
        """The span of a node, its end exclusive."""
        start, end = node.start_point, node.end_point
        return Span(
            start.row + 1,
            self._column(start.row, start.column),
            end.row + 1,
            self._column(end.row, end.column),
        )

    def _column(self, row: int, column: int) -> int:
        line = self._lines[row] if row < len(self._lines) else b""
        return len(line[:column].decode("utf-8", "replace")) + 1


def problems(root: Node, spans: Spans) -> Iterator[tuple[str, Span]]:
    """What does not parse, in words, with its place; the first of them only."""
    if _depth(root) > _MAX_DEPTH:
        yield "the text nests too deeply", spans.of(root)
        return
    found = 0
    for node in walk(root):
        if found >= MAX_PROBLEMS:
            return
        if node.is_missing:
            found += 1
            yield f"`{node.type}` is missing", spans.of(node)
        elif node.is_error:
            found += 1
            near = source_of(node).strip().partition("\n")[0][:40]
            yield f"this does not parse{f' near `{near}`' if near else ''}", spans.of(node)


def _depth(root: Node) -> int:
    """How many levels a tree has, as far as `_MAX_DEPTH` and a few more."""
    level, depth = [root], 0
    while level and depth <= _MAX_DEPTH:
        level, depth = [child for node in level for child in node.children], depth + 1
    return depth
