"""The bridge between this package and its Rust functions; made by Portalis, which isn't needed at run time.

`PORTALIS_DISABLE=1` leaves the package pure Python. `PORTALIS_FALLBACK=off` makes a call that Rust
declines raise `Declined` instead of being answered by the Python original. `PORTALIS_COUNTS=FOLDER` leaves
the counts of this process in that folder when it ends (`1`: in `portalis-counts` beside the package).
"""

from __future__ import annotations

import atexit
import functools
import importlib
import os
import pathlib
import sys
import time
import types
import warnings
from collections.abc import Callable

__all__ = ["Declined", "bind", "counts", "native_functions", "reset_counts", "write_counts"]

# The minor version of Python whose behaviour the Rust was verified against.
PYTHON: tuple[int, int] = (3, 11)

# Per module: qualified name to first line of the code, number of parameters, whether it may call itself.
BOUND: dict[str, dict[str, tuple[int, int, bool]]] = {}

NATIVE = "_portalis_native"
CALLABLES = "__portalis_callables__"
DISABLED = os.environ.get("PORTALIS_DISABLE", "") not in ("", "0")
COUNTS = os.environ.get("PORTALIS_COUNTS", "")
FALLBACK = os.environ.get("PORTALIS_FALLBACK", "").lower() not in ("off", "0", "no", "false")

# Generator, coroutine, asynchronous generator.
_UNFIT = 0x20 | 0x80 | 0x200
_STAR, _STARS = 0x04, 0x08  # *args, **kwargs


class Declined(RuntimeError):
    """Rust declined a call, and PORTALIS_FALLBACK=off forbids the Python original to answer."""


def bind(module: str, names: dict[str, object]) -> None:
    """Let Rust answer the verified functions of a module; `names` are its globals.

    The function objects stay: only the code they run is exchanged, for one that calls Rust first.
    """
    if DISABLED or module not in BOUND:
        return
    native = _native()
    if native is None:
        return
    if COUNTS not in ("", "0"):
        _count_this_process()
    for qualname, (line, arity, recursive) in BOUND[module].items():
        function = _find(names, qualname)
        key = f"{module}:{qualname}"
        if function is not None and key in native.functions and _fits(function.__code__, line, arity):
            _swap(function, key, native, recursive)


def counts() -> dict[str, dict[str, int]]:
    """Per qualified name that was called: how many calls Rust answered, and how many the fallback."""
    native = sys.modules.get(f"{__package__}.{NATIVE}")
    if native is None:
        return {}
    return {
        key.replace(":", "."): {"rust": rust, "fallback": declined}
        for key, (rust, declined) in native.counts().items()
    }


def reset_counts() -> None:
    """Count from zero again."""
    native = sys.modules.get(f"{__package__}.{NATIVE}")
    if native is not None:
        native.reset_counts()


def write_counts(folder: str = "") -> str:
    """Write the counts so far as JSON, for `portalis report --runtime`; the path of the file.

    A process has one file per package, which is replaced when it is written again; a program that runs on
    and on may call this now and then.

    Args:
        folder: where to, made if missing; by default what `PORTALIS_COUNTS` named at import.

    Raises:
        OSError: the folder can't be written.
    """
    import json

    target = pathlib.Path(folder) if folder else _counts_folder()
    target.mkdir(parents=True, exist_ok=True)
    process = f"{os.getpid()}-{_process_began()}"
    path = target / f"{__package__}-{process}.json"
    data = {"portalis_counts": 1, "package": __package__, "process": process, "counts": counts()}
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    unfinished.replace(path)
    return str(path)


def native_functions() -> dict[str, types.BuiltinFunctionType]:
    """The Rust functions themselves by `module:qualname`; they take all arguments by position.

    A call that declines returns `DECLINED` (an attribute of this module).

    Raises:
        ImportError: the extension can't be loaded here.
    """
    return dict(_load().functions)


def __getattr__(name: str) -> object:
    if name == "DECLINED":
        return _load().DECLINED
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _load() -> types.ModuleType:
    native = importlib.import_module(f"{__package__}.{NATIVE}")
    if hasattr(native, "judge"):
        native.judge(_callables().only_computes)
    return native


def _callables() -> types.ModuleType:
    """What tells which functions Rust may call; only there where Rust is handed functions."""
    return importlib.import_module(f"{__package__}.{CALLABLES}")


@functools.cache
def _native() -> types.ModuleType | None:
    """The extension, or None with a warning where this interpreter can't use it."""
    if sys.version_info[:2] != PYTHON:
        wanted = ".".join(map(str, PYTHON))
        found = ".".join(map(str, sys.version_info[:2]))
        reason = f"it was verified with Python {wanted} and this is Python {found}"
    else:
        try:
            return _load()
        except ImportError as error:
            reason = str(error)
    warnings.warn(
        f"{__package__} runs as pure Python, its Rust can't be used: {reason}", RuntimeWarning, stacklevel=3
    )
    return None


@functools.cache
def _count_this_process() -> None:
    """Have the counts written when this process ends; a fork starts from zero."""
    _process_began()
    _counts_folder()
    atexit.register(_write_at_exit)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_after_fork)


def _after_fork() -> None:
    _process_began.cache_clear()
    reset_counts()


@functools.cache
def _counts_folder() -> pathlib.Path:
    """Where counts go; a relative name counts from where the program was when it imported the package."""
    if COUNTS in ("", "0", "1"):
        return pathlib.Path(__file__).absolute().parent.parent / "portalis-counts"
    return pathlib.Path(COUNTS).absolute()


@functools.cache
def _process_began() -> int:
    """Nanoseconds, so that a process number that comes again has another file."""
    return time.time_ns()


def _write_at_exit() -> None:
    try:
        write_counts()
    except OSError as error:
        sys.stderr.write(f"{__package__}: the counts could not be written: {error}\n")


def _find(names: dict[str, object], qualname: str) -> types.FunctionType | None:
    """The function of that qualified name among a module's globals, if it still is one."""
    first, *rest = qualname.split(".")
    found = names.get(first)
    for name in rest:
        found = vars(found).get(name) if isinstance(found, type) else None
    if isinstance(found, staticmethod | classmethod):
        found = found.__func__
    return found if isinstance(found, types.FunctionType) else None


def _fits(code: types.CodeType, line: int, arity: int) -> bool:
    """Whether the code is that of the verified source and has that many parameters."""
    fits = code.co_firstlineno == line and _parameters(code) == arity
    return fits and not code.co_freevars and not code.co_flags & _UNFIT


def _parameters(code: types.CodeType) -> int:
    """How many variables the arguments go to: `*args` is a tuple, and `**kwargs` a dict, after the others."""
    stars = bool(code.co_flags & _STAR) + bool(code.co_flags & _STARS)
    return code.co_argcount + code.co_kwonlyargcount + stars


def _swap(function: types.FunctionType, key: str, native: types.ModuleType, recursive: bool) -> None:
    """Exchange a function's code for one that calls Rust, and the original where Rust declines."""
    code = function.__code__
    total = _parameters(code)
    by_position = code.replace(
        co_argcount=total,
        co_posonlyargcount=0,
        co_kwonlyargcount=0,
        co_flags=code.co_flags & ~(_STAR | _STARS),
    )
    fallback: Callable[..., object] = types.FunctionType(by_position, function.__globals__, function.__name__)
    if not FALLBACK:
        fallback = _refusing(key.replace(":", "."))
    elif recursive:
        fallback = _as_it_was(function, fallback)
    if hasattr(native, "judge"):
        _callables().originals[function] = code
    values = {"native": native.functions[key], "fallback": fallback, ...: native.DECLINED}
    template = _template(total)
    function.__code__ = template.replace(
        co_argcount=code.co_argcount,
        co_posonlyargcount=code.co_posonlyargcount,
        co_kwonlyargcount=code.co_kwonlyargcount,
        co_flags=template.co_flags | code.co_flags & (_STAR | _STARS),
        co_varnames=(*code.co_varnames[:total], template.co_varnames[-1]),
        co_consts=tuple(values.get(constant, constant) for constant in template.co_consts),
        co_name=code.co_name,
        co_qualname=code.co_qualname,
        co_filename=code.co_filename,
        co_firstlineno=code.co_firstlineno,
    )


def _refusing(name: str) -> Callable[..., object]:
    """What stands for the original of a function when the fallback is off."""

    def refuse(*_arguments: object) -> object:
        raise Declined(f"{name}: Rust declined this call, and PORTALIS_FALLBACK is off")

    return refuse


def _as_it_was(function: types.FunctionType, original: Callable[..., object]) -> Callable[..., object]:
    """The original of a function that may call itself: while it answers, its inner calls are Python too.

    Else Rust would run the rest of the recursion again at each level, and Python's stack fill twice as fast.
    """
    code = function.__code__

    def answer(*arguments: object) -> object:
        bound = function.__code__
        function.__code__ = code
        try:
            return original(*arguments)
        finally:
            if function.__code__ is code:
                function.__code__ = bound

    return answer


@functools.cache
def _template(arity: int) -> types.CodeType:
    """The code of a bound function with that many parameters; its constants stand for what `_swap` puts in.

    What is called goes through a local variable, since the compiler warns of calling a constant. Tracebacks
    show the first line of the function, without columns.
    """
    passed = ", ".join(f"a{position}" for position in range(arity))
    source = (
        f"def bound({passed}): it = (it := 'native')({passed}); "
        f"return it if it is not ... else (it := 'fallback')({passed})"
    )
    module = compile(source, "<portalis>", "exec", dont_inherit=True)
    (code,) = (constant for constant in module.co_consts if isinstance(constant, types.CodeType))
    return code.replace(co_linetable=_one_line(len(code.co_code) // 2))


def _one_line(units: int) -> bytes:
    """A line table (PEP 626, as of Python 3.11) that puts so many code units on the first line.

    Each entry is a head byte (0x80, kind 13 for "no columns", up to eight units) and a line difference of 0.
    """
    entries = (min(8, units - start) for start in range(0, units, 8))
    return b"".join(bytes((0x80 | 13 << 3 | length - 1, 0)) for length in entries)
