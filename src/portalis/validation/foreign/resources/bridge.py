"""The bridge between the Python originals and the candidates in Rust; it runs in the sandbox."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path

__all__ = ["RustError", "native_functions"]

_NATIVE = importlib.import_module(f"{__package__}._portalis_native")
_POLICY = json.loads(Path(__file__).with_name("policy.json").read_text(encoding="utf-8"))
DECLINED = _NATIVE.DECLINED


class RustError(Exception):
    """What a candidate ended in instead of a value: an error with what it states, or a panic."""

    def __init__(self, text: str) -> None:
        self.kind, self.stated_class, has_message, message = text.split("\x1f", 3)
        self.message = message if has_message == "1" else None
        super().__init__(self.__portalis_text__())

    def __portalis_text__(self) -> str:
        """In words for a counter-example."""
        if self.kind == "panic":
            return f"panics: {self.message}" if self.message else "panics"
        said = "" if self.message is None else repr(self.message)
        return f"returns Err({self.stated_class}({said}))" if self.stated_class else f"returns Err({said})"

    def __portalis_stands_for__(self, error: BaseException) -> bool:
        """Whether a Python exception is what this error says, by the policy of the check."""
        if self.kind == "panic":
            return bool(_POLICY["panics_raise"])
        if _POLICY["errors"] == "raised":
            return True
        exact = _POLICY["errors"] == "exact"
        if (self.stated_class or exact) and type(error).__name__ != self.stated_class:
            return False
        if self.message is None:
            return not exact
        return self.message in _messages(error)


def _messages(error: BaseException) -> set[str]:
    """The texts that state an exception's message."""
    text = str(error)
    found = {text, f"{type(error).__name__}: {text}"}
    # The text of a KeyError is the repr of its key.
    if isinstance(error, KeyError) and len(error.args) == 1 and isinstance(error.args[0], str):
        found.add(error.args[0])
    return found


def native_functions() -> dict[str, Callable[..., object]]:
    """The candidates by key; they take every argument by position."""
    return dict(_NATIVE.functions)
