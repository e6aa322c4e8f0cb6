"""How the compiler says no: a refusal carries a diagnostic and ends the statement, not the compile."""

from __future__ import annotations

from portalis.compiler.types import Type
from portalis.diagnostics import Diagnostic, Span


class Refusal(Exception):
    """A construct that has no exact Rust; caught per statement, so that one refusal doesn't hide the next.

    `shares` is the type of what would have two names, where that is the reason: handles could have them.
    """

    def __init__(
        self, code: str, span: Span, message: str, hint: str = "", *, shares: Type | None = None
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.shares = shares
        self.diagnostic = Diagnostic(code, message, span, "error", hint)
