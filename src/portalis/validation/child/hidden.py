"""Keeps this package and what it uses apart from user code.

Programs patch what they find in `sys.modules` (clocks, sockets, random numbers, `json`); what they must not
change by that is the code that judges them. So the package is taken out of that table, and calls the library
through copies of its modules.
"""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager

_SHARED = ("sys", "builtins")
_own: dict[str, types.ModuleType] = {}
_builtins = dict(vars(builtins))
_copies: dict[str, types.ModuleType] = {}


def hide(package: str) -> None:
    """Take a package and its modules out of the table, and give them copies of the modules they use.

    `sys` stays itself: it is where standard output and the trace function are set. So does `builtins`, which
    `mend` puts right.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        if name not in _own:
            _give_copies(sys.modules[name], package)
        _own[name] = sys.modules.pop(name)


def mend() -> bool:
    """Put back what user code has changed of the builtins, which the library uses as well; whether it had."""
    now, before = builtins.__dict__, _builtins
    changed = [name for name, value in before.items() if name != "_" and now.get(name) is not value]
    for name in changed:
        now[name] = before[name]
    return changed != []


def _give_copies(module: types.ModuleType, package: str) -> None:
    for name, used in list(vars(module).items()):
        if isinstance(used, types.ModuleType) and used.__name__.partition(".")[0] not in (package, *_SHARED):
            vars(module)[name] = _copies.setdefault(used.__name__, _copy(used))


def _copy(module: types.ModuleType) -> types.ModuleType:
    made = types.ModuleType(module.__name__)
    vars(made).update(vars(module))
    return made


@contextmanager
def visible() -> Iterator[None]:
    """The package is importable inside the block, for imports that were put off."""
    package = next(iter(_own), __name__).partition(".")[0]
    sys.modules.update(_own)
    try:
        yield
    finally:
        hide(package)
