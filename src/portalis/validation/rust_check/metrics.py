"""Figures about a text of Rust: sizes, complexity, and how often it clones, unwraps or goes unsafe."""

from __future__ import annotations

from collections import Counter

from tree_sitter import Node

from portalis.rust_grammar import parse, source_of, walk

Metrics = dict[str, int | float]

_BRANCHES = frozenset(
    {"if_expression", "while_expression", "for_expression", "loop_expression", "try_expression"}
)
_NESTING = frozenset(
    {"if_expression", "while_expression", "for_expression", "loop_expression", "match_expression"}
)
_COUNTED = {"clone": "clones", "unwrap": "unwraps", "expect": "expects"}
_PANICS = frozenset({"panic", "todo", "unimplemented", "unreachable"})


def measure(text: str) -> Metrics:
    """Figures about a text, which need not compile.

    Returns:
        `lines`, `code_lines`, `comment_lines`; counts of `functions`, `structs`, `enums`, `traits`, `impls`,
        `unsafe_blocks`, `clones`, `unwraps`, `expects`, `panics` (macros that panic); of functions the
        `complexity_max` and `complexity_mean` (cyclomatic: McCabe, IEEE TSE 1976, a `match` counts its arms
        less one, `?` one), `nesting_max` (levels) and `longest_function` (lines).
    """
    root = parse(text)
    counts: Counter[str] = Counter()
    comment_lines: set[int] = set()
    functions: list[Node] = []
    for node in walk(root):
        match node.type:
            case "function_item":
                functions.append(node)
            case "struct_item" | "enum_item" | "trait_item" | "impl_item":
                counts[f"{node.type.removesuffix('_item')}s"] += 1
            case "unsafe_block":
                counts["unsafe_blocks"] += 1
            case "line_comment" | "block_comment":
                comment_lines.update(range(node.start_point.row, node.end_point.row + 1))
            case "call_expression":
                counts[_COUNTED.get(_method(node), "")] += 1
            case "macro_invocation":
                name = source_of(node.child_by_field_name("macro")).rpartition("::")[2]
                counts["panics" if name in _PANICS else ""] += 1
            case _:
                continue
    lines = text.splitlines()
    blank = {at for at, line in enumerate(lines) if not line.strip()}
    complexities = [complexity(function) for function in functions]
    return {
        "lines": len(lines),
        "code_lines": len(lines) - len(blank | {at for at in comment_lines if _only_comment(lines, at)}),
        "comment_lines": len(comment_lines),
        "functions": len(functions),
        **{
            name: counts[name]
            for name in (
                "structs", "enums", "traits", "impls", "unsafe_blocks", "clones", "unwraps", "expects",
                "panics",
            )
        },
        "complexity_max": max(complexities, default=0),
        "complexity_mean": round(sum(complexities) / len(complexities), 2) if complexities else 0.0,
        "nesting_max": max(map(_nesting, functions), default=0),
        "longest_function": max((f.end_point.row - f.start_point.row + 1 for f in functions), default=0),
    }  # fmt: skip


def complexity(function: Node) -> int:
    """The cyclomatic complexity of a function's node."""
    total = 1
    for node in walk(function):
        if node.type in _BRANCHES:
            total += 1
        elif node.type == "match_block":
            arms = sum(child.type == "match_arm" for child in node.named_children)
            total += max(arms - 1, 0)
        elif node.type in ("&&", "||"):
            total += 1
    return total


def _nesting(function: Node) -> int:
    deepest = 0
    pending = [(function, 0)]
    while pending:
        node, depth = pending.pop()
        # An `else if` stands beside its `if`, not inside it.
        inner = node.type in _NESTING and (node.parent is None or node.parent.type != "else_clause")
        depth += inner
        deepest = max(deepest, depth)
        pending.extend((child, depth) for child in node.children)
    return deepest


def _method(call: Node) -> str:
    """The name of the method that a call expression calls."""
    function = call.child_by_field_name("function")
    if function is None or function.type != "field_expression":
        return ""
    return source_of(function.child_by_field_name("field"))


def _only_comment(lines: list[str], at: int) -> bool:
    return at < len(lines) and lines[at].lstrip().startswith(("//", "/*", "*"))
