"""A crash of the compiler as a diagnostic of the item it was working on."""

from __future__ import annotations

import traceback

from portalis.diagnostics import Diagnostic, Span


def crash_diagnostic(error: Exception, file: str, span: Span) -> Diagnostic:
    """PT901: names the user's file and line, and where in the compiler it went wrong."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('portalis/')[2]}:{frames[-1].lineno}" if frames else ""
    message = f"the compiler crashed on {file}:{span.line}: {type(error).__name__}: {error}{place}"
    return Diagnostic("PT901", message, span, "error", "please report this with the function's source")
