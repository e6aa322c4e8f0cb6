"""System calls by name, and which layers hold."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Collection

libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47


class Layers:
    """The layers tried so far: name to "" where it holds, else to why it does not.

    `without` names layers that are not to be tried.
    """

    def __init__(self, without: Collection[str] = ()) -> None:
        self.tried: dict[str, str] = {}
        self._without = frozenset(without)

    def attempt(self, name: str, action: Callable[[], object]) -> bool:
        """Try a layer; an OSError says why it does not hold."""
        if name in self._without:
            self.tried[name] = "switched off"
            return False
        try:
            action()
        except OSError as error:
            self.tried[name] = error.strerror or str(error)
            return False
        self.tried[name] = ""
        return True

    def holds(self, name: str) -> bool:
        """Whether a layer was tried and holds."""
        return self.tried.get(name) == ""


def checked(result: int, what: str) -> int:
    """The result of a call of libc. Raises OSError where it is negative."""
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return int(result)


def prctl(option: int, argument: int, what: str, second: int = 0) -> None:
    """`prctl(2)`. Raises OSError."""
    word = ctypes.c_ulong
    checked(libc.prctl(option, word(argument), word(second), word(0), word(0)), what)


def syscall(number: int, what: str, *arguments: object) -> int:
    """A system call that libc has no function for. Raises OSError."""
    return checked(libc.syscall(ctypes.c_long(number), *arguments), what)
