"""Python text as Rust literals."""

from __future__ import annotations

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def rust_string(text: str) -> str:
    """A Rust string literal for the text.

    Raises:
        ValueError: the text holds a lone surrogate, which no Rust string can.

    >>> print(rust_string('a "b"\\n'))
    "a \\"b\\"\\n"
    """
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("a lone surrogate has no place in a Rust string")
    body = "".join(
        _ESCAPES.get(char) or (char if char.isprintable() else f"\\u{{{ord(char):x}}}") for char in text
    )
    return f'"{body}"'
