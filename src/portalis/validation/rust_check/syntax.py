"""Is a text Rust at all? rustc's own parser says so, through rustfmt; without it, tree-sitter's grammar."""

from __future__ import annotations

import re
from pathlib import Path

from portalis.diagnostics import Span
from portalis.validation.rust_check.grammar import parse, source_of, span_of, walk
from portalis.validation.rust_check.issue import Issue
from portalis.validation.rust_check.tools import find_tool, run_tool

EDITION = "2024"
_ERROR = re.compile(
    r"^error(?:\[(?P<code>E\d{4})\])?: (?P<text>.+)\n +--> (?:<stdin>|\S+?):(?P<line>\d+):(?P<column>\d+)",
    re.MULTILINE,
)
_MAX_ISSUES = 20


def syntax_issues(text: str, folder: Path) -> list[Issue]:
    """The syntax errors of a text, each with its place; empty where it parses.

    Args:
        text: Rust source, a whole file or some items.
        folder: an empty folder for the tool to run in.
    """
    if "\0" in text:
        at = text.index("\0")
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        return [Issue("a null byte is not Rust", "error", "PT811", Span(line, column, line, column + 1))]
    rustfmt = find_tool("rustfmt")
    if rustfmt is None:
        return grammar_issues(text)
    run = run_tool([rustfmt, "--edition", EDITION, "--color", "never", "--emit", "stdout"], text, folder)
    if run.ended:
        return [Issue(f"the parser gave no verdict: {run.ended}", "error", "PT811", judge="rustfmt")]
    found = [
        Issue(error["text"], "error", error["code"] or "PT811", _point(error), "rustfmt")
        for error in _ERROR.finditer(run.stderr)
        # A file that `mod name;` asks for is no matter of syntax.
        if error["code"] != "E0583"
    ]
    return found[:_MAX_ISSUES]


def grammar_issues(text: str) -> list[Issue]:
    """The same by tree-sitter's grammar alone."""
    found: list[Issue] = []
    for node in walk(parse(text)):
        if node.is_missing:
            found.append(Issue(f"`{node.type}` is missing", "error", "PT811", span_of(node), "tree-sitter"))
        elif node.is_error:
            inside = source_of(node).strip().splitlines()
            near = f" near `{inside[0][:40]}`" if inside else ""
            found.append(Issue(f"this does not parse{near}", "error", "PT811", span_of(node), "tree-sitter"))
        if len(found) >= _MAX_ISSUES:
            break
    return found


def _point(error: re.Match[str]) -> Span:
    line, column = int(error["line"]), int(error["column"])
    return Span(line, column, line, column + 1)
