"""Diagnostics for people: place, message, the line with a caret, and the hint.

shop/prices.py:12:9: PT105 `total` is an int here and a str before
   12 |     total = str(total)
      |     ^^^^^
   help: use a second name
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from portalis.cli.findings import Finding, source_lines

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_WIDEST_LINE = 240


def diagnostic_lines(found: Iterable[Finding], stdin: bytes | None = None) -> Iterator[str]:
    """The text of the findings, line by line.

    Args:
        found: the findings, in the order to be shown.
        stdin: the source that came from standard input.
    """
    texts: dict[Path | None, list[str]] = {}
    if stdin is not None:
        texts[None] = stdin.decode("utf-8", "replace").splitlines()
    for finding in found:
        one = finding.diagnostic
        code = click.style(one.code, fg=_COLOURS[one.severity], bold=True)
        yield f"{finding.shown}:{one.line}:{one.column}: {code} {one.message}"
        if finding.path is not None and finding.path not in texts:
            texts[finding.path] = source_lines(finding.path)
        lines = texts.get(finding.path, [])
        if 0 < one.line <= len(lines):
            end = one.end_column if one.end_line == one.line else 0
            yield from _excerpt(one.line, lines[one.line - 1], one.column, end)
        if one.hint:
            yield f"   {click.style('help', fg='cyan')}: {one.hint}"


def _excerpt(number: int, line: str, column: int, end: int) -> Iterator[str]:
    """The source line, and carets under its code points from `column` (1-based) up to `end`."""
    if len(line) > _WIDEST_LINE:
        return
    gutter = f"{number:>5} | "
    start = min(max(column, 1), len(line) + 1) - 1
    stop = min(end - 1, len(line)) if end > column else start + 1
    carets = "^" * max(_width(line[start:stop]), 1)
    before = "".join("\t" if char == "\t" else " " * _width(char) for char in line[:start])
    yield gutter + harmless(line.rstrip())
    yield f"{' ' * (len(gutter) - 2)}| {before}{click.style(carets, fg='red')}"


def harmless(line: str) -> str:
    """The text with control characters replaced, so that no source can steer the terminal."""
    return "".join(
        char if char == "\t" or char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line
    )


def _width(text: str) -> int:
    """Columns on a terminal: wide East Asian characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
