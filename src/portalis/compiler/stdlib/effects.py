"""Which library functions touch the world: files, processes, the network, the clock, randomness.

What may touch them stays Python, but for what verification can show both sides alike: `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Iterable

_MODULES: dict[str, str] = {
    "os": "files or processes", "shutil": "files", "subprocess": "processes", "socket": "the network",
    "urllib.request": "the network", "requests": "the network", "http.client": "the network", "tempfile": "files",
    "pathlib": "files", "glob": "files", "random": "randomness", "secrets": "randomness", "time": "the clock",
    "sys": "the interpreter", "warnings": "the warning filters", "logging": "the log", "importlib": "the import system",
    "pkgutil": "the import system", "threading": "threads", "multiprocessing": "processes", "signal": "signals",
    "uuid": "randomness",
}  # fmt: skip
_FUNCTIONS: dict[str, str] = {
    "builtins.open": "files",
    "builtins.input": "standard input",
    "datetime.date.today": "the clock",
    "datetime.datetime.now": "the clock",
    "datetime.datetime.today": "the clock",
    "datetime.datetime.utcnow": "the clock",
}


_PURE = frozenset({"random.Random"})
"""With a seed; without one the row refuses it."""


SOURCES: dict[str, str] = {
    "clock": "the clock",
    "decimal_context": "the decimal context",
    "files": "files or the standard streams",
    "loaded": "what is loaded once",
    "program": "the process",
    "shared_random": "randomness",
    "upcalls": "functions that stay in python",
}
"""The runtime modules through which Rust looks at the world, and at what of it."""

_SHOWN_ALIKE = frozenset({"clock", "decimal_context", "loaded", "shared_random", "upcalls"})


def beyond(sources: Iterable[str]) -> frozenset[str]:
    """What of the world is touched in a way that a binding can't show alike to both sides, nor undo.

    >>> sorted(beyond({"clock::NOW", "files::TextFile"}))
    ['files or the standard streams']
    """
    modules = {path.partition("::")[0] for path in sources}
    return frozenset(SOURCES[module] for module in modules - _SHOWN_ALIKE)


def calls_python(sources: Iterable[str]) -> bool:
    """Whether a function that reads these of the world comes to call functions that stay in Python."""
    return any(path.startswith("upcalls::") for path in sources)


def effect_of(fullname: str) -> str | None:
    """What the function may touch, or None for a pure one (as far as the table knows it)."""
    if fullname in _PURE:
        return None
    if fullname in _FUNCTIONS:
        return _FUNCTIONS[fullname]
    module = fullname.rpartition(".")[0]
    while module:
        if module in _MODULES:
            return _MODULES[module]
        module = module.rpartition(".")[0]
    return None
