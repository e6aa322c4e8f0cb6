"""What can be wrong with a type or an exception that is to be mapped: each error has a code and a place."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler import types as py
from portalis.diagnostics import Diagnostic, Span

START = Span(1, 1, 1, 1)


class MappingError(Exception):
    """Something that has no Rust twin, or isn't what it should be.

    `str()` is the message: lower case, without a full stop. `portalis explain CODE` says more.

    Attributes:
        code: the diagnostic code, such as `PT108`.
        hint: what the user can do, or empty.
        span: where in the text that was given; lines and columns count from 1, in code points.
            None where there was no text.
    """

    def __init__(self, message: str, code: str, hint: str = "", span: Span | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
        self.span = span

    @property
    def diagnostic(self) -> Diagnostic:
        """The error as a diagnostic; one without a place stands at the start of its text."""
        return replace(Diagnostic(self.code, str(self), START, hint=self.hint), span=self.span or START)


class AnnotationError(MappingError, ValueError):
    """The text is not a type annotation."""


class UnmappedType(MappingError):
    """A Python type that has no Rust twin.

    Attributes:
        type: the type that could not be mapped (it may be a part of the one asked for).
    """

    def __init__(
        self, type_: py.Type, code: str, reason: str, hint: str = "", span: Span | None = None
    ) -> None:
        super().__init__(reason, code, hint, span)
        self.type = type_


class UnknownException(MappingError, LookupError):
    """An exception that is neither Python's nor registered."""


class RaiseError(MappingError, ValueError):
    """A `raise` that can't be written in Rust as it stands."""
