"""Names on their way from Python to Rust."""

from __future__ import annotations

import re


def snake(name: str) -> str:
    """`OSError` as `os_error`, `InvalidFormat` as `invalid_format`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return spaced.lower()


def camel(name: str) -> str:
    """`DARK_BLUE` as `DarkBlue`, `red` as `Red`; a name in camel case stays."""
    words = [word for word in name.split("_") if word]
    return "".join(word[:1].upper() + (word[1:].lower() if word.isupper() else word[1:]) for word in words)


def predicate(exception: str) -> str:
    """The method of an error enum that says whether `except` catches it: `is_value_error`."""
    return f"is_{snake(exception)}"
