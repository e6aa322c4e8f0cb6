"""Python's exception hierarchy as data: each class with its base, and how Rust handles it by default.

Checked against the running interpreter in the tests, so that a new Python can't pass it by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache


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
        bases: the classes it inherits from directly; empty for `BaseException`.
        strategy: how it is handled by default.
        rust_std: the standard library's errors that say the same, such as `std::io::Error`.
        io_kind: for those that are one kind of `std::io::Error`: its `std::io::ErrorKind`, or empty.
        fields: what a custom exception carries beside its message: attribute and annotation.
        builtin: whether it is Python's own.
    """

    python_name: str
    rust_error_variant: str
    bases: tuple[str, ...]
    strategy: ErrorHandlingStrategy = ErrorHandlingStrategy.RESULT
    rust_std: tuple[str, ...] = ()
    io_kind: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    builtin: bool = True

    @property
    def base(self) -> str:
        """The first class it inherits from; empty for `BaseException`."""
        return self.bases[0] if self.bases else ""


_BASES: dict[str, str | tuple[str, ...]] = {
    "BaseException": "",
    "BaseExceptionGroup": "BaseException",
    "GeneratorExit": "BaseException",
    "KeyboardInterrupt": "BaseException",
    "SystemExit": "BaseException",
    "Exception": "BaseException",
    "ExceptionGroup": ("BaseExceptionGroup", "Exception"),
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
    "PythonFinalizationError": "RuntimeError",
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

# The kinds that Python tells apart by errno, and Rust by `ErrorKind`; each is also an `OSError`.
_IO_KINDS = {
    "BlockingIOError": "WouldBlock",
    "BrokenPipeError": "BrokenPipe",
    "ConnectionAbortedError": "ConnectionAborted",
    "ConnectionRefusedError": "ConnectionRefused",
    "ConnectionResetError": "ConnectionReset",
    "EOFError": "UnexpectedEof",
    "FileExistsError": "AlreadyExists",
    "FileNotFoundError": "NotFound",
    "InterruptedError": "Interrupted",
    "IsADirectoryError": "IsADirectory",
    "NotADirectoryError": "NotADirectory",
    "PermissionError": "PermissionDenied",
    "TimeoutError": "TimedOut",
}
_STD = {
    "KeyError": ("std::env::VarError",),
    "MemoryError": ("std::collections::TryReserveError",),
    "OSError": ("std::io::Error",),
    "OverflowError": ("std::num::TryFromIntError",),
    "UnicodeDecodeError": ("std::str::Utf8Error", "std::string::FromUtf8Error"),
    "ValueError": ("std::num::ParseIntError", "std::num::ParseFloatError"),
}


def _builtin(name: str, bases: str | tuple[str, ...]) -> ErrorMapping:
    kind = _IO_KINDS.get(name, "")
    strategy = ErrorHandlingStrategy.RESULT
    if name in _PANICS:
        strategy = ErrorHandlingStrategy.PANIC
    elif name in _MISSING:
        strategy = ErrorHandlingStrategy.OPTION
    parents = (bases,) if isinstance(bases, str) else bases
    std = _STD.get(name, ("std::io::Error",) if kind else ())
    return ErrorMapping(name, name, tuple(filter(None, parents)), strategy, std, kind)


BUILTIN: dict[str, ErrorMapping] = {name: _builtin(name, bases) for name, bases in _BASES.items()}


def canonical(name: str) -> str:
    """The name an alias stands for: `IOError` is `OSError`."""
    bare = name.removeprefix("builtins.")
    return _ALIASES.get(bare, bare)


def bases_of(name: str, extra: Mapping[str, ErrorMapping] | None = None) -> tuple[str, ...]:
    """The classes an exception inherits from, in Python's method resolution order, to `BaseException`.

    Source of the order: C3 linearization, as in the Python documentation, "The Python 2.3 Method Resolution
    Order".

    Raises:
        KeyError: the class, or one of its bases, is unknown.
        ValueError: its bases have no consistent order; Python refuses such a class too.
    """
    own = canonical(name)
    return (_builtin_order(own) if own in BUILTIN else _linear(own, extra or {}))[1:]


@cache
def _builtin_order(name: str) -> tuple[str, ...]:
    return _linear(name, BUILTIN)


def _linear(name: str, known: Mapping[str, ErrorMapping]) -> tuple[str, ...]:
    bases = tuple(map(canonical, known[name].bases))
    above = (_builtin_order(base) if base in BUILTIN else _linear(base, known) for base in bases)
    rows = [*map(list, above), list(bases)]
    order = [name]
    while rows := [row for row in rows if row]:
        heads = (row[0] for row in rows)
        head = next((one for one in heads if not any(one in row[1:] for row in rows)), None)
        if head is None:
            raise ValueError(f"the bases of {name} have no consistent order")
        order.append(head)
        rows = [[one for one in row if one != head] for row in rows]
    return tuple(order)
