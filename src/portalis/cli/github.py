"""Diagnostics as GitHub Actions workflow commands, which show as annotations in a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portalis.cli.findings import Finding

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def github(found: Iterable[Finding]) -> Iterator[str]:
    """One workflow command per finding."""
    for finding in found:
        one = finding.diagnostic
        fields = {"title": one.code, "file": finding.shown, "line": one.line, "col": one.column}
        if one.end_line:
            fields["endLine"] = one.end_line
            if one.end_line == one.line:
                fields["endColumn"] = one.end_column
        listed = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
        text = f"{one.message}\n{one.hint}" if one.hint else one.message
        yield f"::{_LEVELS[one.severity]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
