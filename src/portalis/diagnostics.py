"""Diagnostics: what Portalis says about the user's code, each with a stable code.

A `Rule` is the definition of a code: its message, explanation, and a bad and a good example
stand together, and `portalis explain` prints that same text. A `Diagnostic` is one finding.
The rules live beside this file, one module per family, under `portalis.rules`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a source: 1-based lines, 1-based columns counted in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Rule:
    """The definition of a diagnostic code."""

    code: str
    name: str
    summary: str
    explanation: str
    bad: str
    good: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: lower-case message without a full stop, and a hint that can be acted on."""

    code: str
    message: str
    span: Span
    severity: Severity = "error"
    hint: str = ""
