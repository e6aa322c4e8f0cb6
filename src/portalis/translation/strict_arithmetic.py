"""Arithmetic that could overflow, written so that it declines, in Rust that somebody else wrote.

    total += x * 2;     →     total = strict::add(total, strict::mul(x, 2));

Rust's operators wrap silently in a release build. Which of them work on integers and may overflow says
clippy's `arithmetic_side_effects`, which knows the types; what is rewritten is the syntax tree at its places.
https://rust-lang.github.io/rust-clippy/master/#arithmetic_side_effects
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tree_sitter import Node

from portalis.rust_grammar import Spans, parse, source_of, walk

LINT = "clippy::arithmetic_side_effects"
_HOME = "strict"
_FUNCTIONS = {"+": "add", "-": "sub", "*": "mul", "+=": "add", "-=": "sub", "*=": "mul"}
_OPERATIONS = ("binary_expression", "compound_assignment_expr", "unary_expression")
_SHIFTS = frozenset({"<<", "<<=", ">>", ">>="})

Place = tuple[int, int]
"""A line and a column, from 1; columns in code points."""


class NotStrict(Exception):
    """An operation that can't be written so; the text says which, for whoever wrote it."""


def made_strict(text: str, places: Collection[Place]) -> str:
    """The text with the operations at these places as calls that decline.

    Args:
        text: one function.
        places: where the lint found operations that may overflow.

    Raises:
        NotStrict: one of them is a shift, or changes a place that would be evaluated twice.
    """
    root = parse(text)
    spans = Spans(text)
    wanted = {
        node.start_byte for node in walk(root) if node.type in _OPERATIONS and _place(spans, node) in places
    }
    return _written(root, wanted, text.encode("utf-8"))


def shifts(text: str) -> Iterator[str]:
    """The shifts to the left in a text: they lose bits, and no lint says where."""
    for node in walk(parse(text)):
        if node.type in _OPERATIONS and _operator(node) in ("<<", "<<="):
            yield source_of(node)


def with_references_read(text: str, calls: Collection[Place], arguments: Collection[Place] = ()) -> str:
    """The text with a `*` before arguments of our calls that are references.

    Args:
        text: one function.
        calls: places of calls of which the first argument is one.
        arguments: places of arguments that are.
    """
    spans = Spans(text)
    marks: list[int] = []
    for node in walk(parse(text)):
        if node.type == "arguments" and node.parent is not None and _is_ours(node.parent):
            given = node.named_children
            if _place(spans, node.parent) in calls:
                marks.append(given[0].start_byte)
            marks += [one.start_byte for one in given if _place(spans, one) in arguments]
    data = text.encode("utf-8")
    for at in sorted(marks, reverse=True):
        data = data[:at] + b"*" + data[at:]
    return data.decode("utf-8")


def _place(spans: Spans, node: Node) -> Place:
    span = spans.of(node)
    return span.line, span.column


def _is_ours(call: Node) -> bool:
    if call.type != "call_expression":
        return False
    return source_of(call.child_by_field_name("function")).startswith(f"{_HOME}::")


def _operator(node: Node) -> str:
    if node.type == "unary_expression":
        return source_of(node.children[0])
    return source_of(node.child_by_field_name("operator"))


def _written(node: Node, wanted: Collection[int], data: bytes) -> str:
    """A node's text with the operations that start at these bytes rewritten."""
    if node.type in _OPERATIONS and node.start_byte in wanted:
        operator = _operator(node)
        if operator in _SHIFTS:
            raise NotStrict(f"`{source_of(node)}` shifts, which may lose bits: multiply or divide instead")
        if node.type == "unary_expression" and operator == "-":
            return f"{_HOME}::neg({_written(node.named_children[0], wanted, data)})"
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if operator in _FUNCTIONS and left is not None and right is not None:
            return _called(node, operator, left, right, wanted, data)
    if node.child_count == 0:
        return source_of(node)
    pieces: list[str] = []
    at = node.start_byte
    for child in node.children:
        pieces += [data[at : child.start_byte].decode("utf-8"), _written(child, wanted, data)]
        at = child.end_byte
    return "".join(pieces) + data[at : node.end_byte].decode("utf-8")


def _called(node: Node, operator: str, left: Node, right: Node, wanted: Collection[int], data: bytes) -> str:
    first, second = _written(left, wanted, data), _written(right, wanted, data)
    call = f"{_HOME}::{_FUNCTIONS[operator]}({first}, {second})"
    if node.type == "binary_expression":
        return call
    if any(inner.type in ("call_expression", "macro_invocation") for inner in walk(left)):
        raise NotStrict(f"`{source_of(node)}` may overflow: name the place before it is changed")
    return f"{first} = {call}"
