"""Names on their way from Python to Rust."""

from __future__ import annotations

import re


def snake(name: str) -> str:
    """`OSError` as `os_error`, `InvalidFormat` as `invalid_format`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return spaced.lower()
