"""What a judge of Rust text has to say: one finding, with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portalis.diagnostics import Severity, Span

Judge = str
"""Who speaks: `rustfmt`, `tree-sitter`, `rustc`, `clippy` or `portalis`."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding about Rust text.

    Attributes:
        message: what is wrong, in the judge's words.
        severity: `error` where the text can't be used, else `warning`.
        code: rustc's (`E0308`), a lint's (`clippy::unwrap_used`) or ours (`PT811`); "" where it has none.
        span: its place in the text, 1-based lines and columns, the end exclusive; None: the text as a whole.
        judge: who says so.
        help: what to do about it, where the judge knows.
    """

    message: str
    severity: Severity
    code: str = ""
    span: Span | None = None
    judge: Judge = "portalis"
    help: str = ""

    def __str__(self) -> str:
        place = f"{self.span.line}:{self.span.column}: " if self.span is not None else ""
        code = f" [{self.code}]" if self.code else ""
        return f"{place}{self.severity}{code}: {self.message}"


_BOILERPLATE = ("for further information", "to override")


def read_rustc(entry: Mapping[str, object]) -> Issue | None:
    """An issue from one JSON message of rustc or clippy; None for summaries and bare notes.

    The format is described in the rustc book, "JSON Output".
    """
    match entry:
        case {"level": str(level), "message": str(text), "spans": list(spans)} if level.startswith(
            ("error", "warning")
        ):
            pass
        case _:
            return None
    if text.startswith("aborting due to") or text.endswith(("warning emitted", "warnings emitted")):
        return None
    code = entry.get("code")
    name = str(code.get("code", "")) if isinstance(code, dict) else ""
    return Issue(
        text,
        "error" if level.startswith("error") else "warning",
        name,
        _primary(spans),
        "clippy" if name.startswith("clippy::") else "rustc",
        _help(entry.get("children")),
    )


def _primary(spans: list[object]) -> Span | None:
    """The first primary span that lies in the text itself."""
    for span in spans:
        match span:
            case {
                "is_primary": True,
                "line_start": int(line),
                "column_start": int(column),
                "line_end": int(end_line),
                "column_end": int(end_column),
            }:
                return Span(line, column, end_line, end_column)
            case _:
                continue
    return None


def _help(children: object) -> str:
    """The first piece of advice among a message's children."""
    for child in children if isinstance(children, list) else []:
        match child:
            case {"level": "help", "message": str(text)} if not text.startswith(_BOILERPLATE):
                return text
            case _:
                continue
    return ""
