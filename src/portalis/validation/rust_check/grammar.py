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


def span_of(node: Node) -> Span:
    """A node's place, columns counted in bytes from 1 as the grammar does."""
    start, end = node.start_point, node.end_point
    return Span(start.row + 1, start.column + 1, end.row + 1, end.column + 1)
