"""Which exceptions are the user's affair: they carry a message and a hint, and end with exit code 2."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Explained(Protocol):
    """An exception made for the user to read."""

    message: str
    hint: str


def user_failure(error: BaseException) -> tuple[str, str] | None:
    """The message and the hint of an exception that is not a bug of ours; None for all others."""
    if isinstance(error, Explained) and isinstance(error.message, str) and isinstance(error.hint, str):
        return error.message, error.hint
    if isinstance(error, PermissionError) and error.filename is not None:
        return f"no permission for {error.filename}", "choose another folder, or change its permissions"
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return f"{error.filename}: {error.strerror.lower()}", ""
    return None
