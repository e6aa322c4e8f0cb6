"""Python's exception hierarchy as data: each class with its base, and how Rust handles it by default.

Checked against the running interpreter in the tests, so that a new Python can't pass it by.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ErrorHandlingStrategy(Enum):
    """How a Python exception shows in Rust.

    `RESULT`: the function returns `Result<T, Error>`; most exceptions.
    `PANIC`: the program can't go on (memory, recursion, an interpreter that exits).
    `OPTION`: the exception only says that there is no value; the function returns `Option<T>`.
    """

    RESULT = "result"
    PANIC = "panic"
    OPTION = "option"


@dataclass(frozen=True, slots=True)
class ErrorMapping:
    """An exception and its Rust side.

    Attributes:
        python_name: the class, as Python code names it.
        rust_error_variant: the variant of the crate's `Error`.
        base: the class it inherits from; empty for `BaseException`.
        strategy: how it is handled by default.
    """

    python_name: str
    rust_error_variant: str
    base: str
    strategy: ErrorHandlingStrategy = ErrorHandlingStrategy.RESULT


_BASES: dict[str, str] = {
    "BaseException": "",
    "BaseExceptionGroup": "BaseException",
    "GeneratorExit": "BaseException",
    "KeyboardInterrupt": "BaseException",
    "SystemExit": "BaseException",
    "Exception": "BaseException",
    "ExceptionGroup": "BaseExceptionGroup",
    "ArithmeticError": "Exception",
    "FloatingPointError": "ArithmeticError",
    "OverflowError": "ArithmeticError",
    "ZeroDivisionError": "ArithmeticError",
    "AssertionError": "Exception",
    "AttributeError": "Exception",
    "BufferError": "Exception",
    "EOFError": "Exception",
    "ImportError": "Exception",
    "ModuleNotFoundError": "ImportError",
    "LookupError": "Exception",
    "IndexError": "LookupError",
    "KeyError": "LookupError",
    "MemoryError": "Exception",
    "NameError": "Exception",
    "UnboundLocalError": "NameError",
    "OSError": "Exception",
    "BlockingIOError": "OSError",
    "ChildProcessError": "OSError",
    "ConnectionError": "OSError",
    "BrokenPipeError": "ConnectionError",
    "ConnectionAbortedError": "ConnectionError",
    "ConnectionRefusedError": "ConnectionError",
    "ConnectionResetError": "ConnectionError",
    "FileExistsError": "OSError",
    "FileNotFoundError": "OSError",
    "InterruptedError": "OSError",
    "IsADirectoryError": "OSError",
    "NotADirectoryError": "OSError",
    "PermissionError": "OSError",
    "ProcessLookupError": "OSError",
    "TimeoutError": "OSError",
    "ReferenceError": "Exception",
    "RuntimeError": "Exception",
    "NotImplementedError": "RuntimeError",
    "RecursionError": "RuntimeError",
    "StopAsyncIteration": "Exception",
    "StopIteration": "Exception",
    "SyntaxError": "Exception",
    "IndentationError": "SyntaxError",
    "TabError": "IndentationError",
    "SystemError": "Exception",
    "TypeError": "Exception",
    "ValueError": "Exception",
    "UnicodeError": "ValueError",
    "UnicodeDecodeError": "UnicodeError",
    "UnicodeEncodeError": "UnicodeError",
    "UnicodeTranslateError": "UnicodeError",
    "Warning": "Exception",
    "BytesWarning": "Warning",
    "DeprecationWarning": "Warning",
    "EncodingWarning": "Warning",
    "FutureWarning": "Warning",
    "ImportWarning": "Warning",
    "PendingDeprecationWarning": "Warning",
    "ResourceWarning": "Warning",
    "RuntimeWarning": "Warning",
    "SyntaxWarning": "Warning",
    "UnicodeWarning": "Warning",
    "UserWarning": "Warning",
}

_ALIASES = {"IOError": "OSError", "EnvironmentError": "OSError"}
_PANICS = frozenset({"KeyboardInterrupt", "MemoryError", "RecursionError", "SystemError", "SystemExit"})
_MISSING = frozenset({"GeneratorExit", "StopAsyncIteration", "StopIteration"})


def _strategy(name: str) -> ErrorHandlingStrategy:
    if name in _PANICS:
        return ErrorHandlingStrategy.PANIC
    return ErrorHandlingStrategy.OPTION if name in _MISSING else ErrorHandlingStrategy.RESULT


BUILTIN: dict[str, ErrorMapping] = {
    name: ErrorMapping(name, name, base, _strategy(name)) for name, base in _BASES.items()
}


def canonical(name: str) -> str:
    """The name an alias stands for: `IOError` is `OSError`."""
    bare = name.removeprefix("builtins.")
    return _ALIASES.get(bare, bare)


def bases_of(name: str, extra: dict[str, ErrorMapping] | None = None) -> tuple[str, ...]:
    """The classes an exception inherits from, nearest first, through to `BaseException`.

    Raises:
        KeyError: the class, or one of its bases, is unknown.
    """
    known = BUILTIN | (extra or {})
    found: list[str] = []
    base = known[canonical(name)].base
    while base:
        found.append(base)
        base = known[canonical(base)].base
    return tuple(found)
