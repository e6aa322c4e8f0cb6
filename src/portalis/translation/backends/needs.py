"""Packages of extras, imported where they are used: what is missing is said with how to install it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from portalis.translation.backends.protocol import BackendError


@contextmanager
def needs(extra: str, purpose: str) -> Iterator[None]:
    """Around imports of packages that an extra brings.

    Args:
        extra: the extra of Portalis that has them: `remote`, `model`, `gpu`.
        purpose: what they are for, as the subject of the message: `an OpenAI-compatible endpoint`.

    Raises:
        BackendError: one of them is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise BackendError(
            f"{purpose} needs the package {error.name!r}, which is not installed",
            f"pip install 'portalis[{extra}]'",
        ) from error
