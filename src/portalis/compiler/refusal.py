"""How the compiler says no: a refusal carries a diagnostic and ends the statement, not the compile."""

from __future__ import annotations

from portalis.diagnostics import Diagnostic, Span


class Refusal(Exception):
    """A construct that has no exact Rust; caught per statement, so that one refusal doesn't hide the next."""

    def __init__(self, code: str, span: Span, message: str, hint: str = "") -> None:
        super().__init__(f"{code}: {message}")
        self.diagnostic = Diagnostic(code, message, span, "error", hint)
