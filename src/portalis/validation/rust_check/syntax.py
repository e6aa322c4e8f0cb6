"""Is a text Rust at all? rustc's own parser says so, through rustfmt; without it, tree-sitter's grammar."""

from __future__ import annotations

import re
from pathlib import Path

from portalis.diagnostics import Span
from portalis.rust_grammar import MAX_PROBLEMS, Spans, parse, problems
from portalis.validation.rust_check.issue import Issue
from portalis.validation.rust_check.tools import find_tool, run_tool

EDITION = "2024"
_ERROR = re.compile(
    r"^error(?:\[(?P<code>E\d{4})\])?: (?P<text>.+)\n +--> (?:<stdin>|\S+?):(?P<line>\d+):(?P<column>\d+)",
    re.MULTILINE,
)


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
    return found[:MAX_PROBLEMS]


def grammar_issues(text: str) -> list[Issue]:
    """The same by tree-sitter's grammar alone."""
    return [
        Issue(message, "error", "PT811", span, "tree-sitter")
        for message, span in problems(parse(text), Spans(text))
    ]


def _point(error: re.Match[str]) -> Span:
    line, column = int(error["line"]), int(error["column"])
    return Span(line, column, line, column + 1)
