"""Why user code could not go on: which limit or wall of the sandbox an exception comes from."""

from __future__ import annotations

import errno
import os
from _socket import gaierror

from .outcome import OverOutputError, OverTimeError

_CHAIN = 10
_SCRATCH = os.path.realpath(".")
_DENIED = frozenset(
    {errno.EPERM, errno.EACCES, errno.EROFS, errno.ENETUNREACH, errno.ENETDOWN, errno.EAFNOSUPPORT}
)
_FULL = frozenset({errno.EFBIG, errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE})


def cause_of(error: BaseException) -> str:
    """The parent's name of the cause (`validation.containment.Cause`), "" where it is the code's own error.

    Exceptions that this one came from are looked at too, the nearest first.
    """
    seen: BaseException | None = error
    for _ in range(_CHAIN):
        if seen is None:
            break
        found = _own_cause(seen)
        if found:
            return found
        seen = seen.__cause__ or seen.__context__
    return ""


def _own_cause(error: BaseException) -> str:
    match error:
        case MemoryError():
            return "memory"
        case RecursionError():
            return "recursion"
        case OverTimeError():
            return "time"
        case OverOutputError():
            return "output"
        case SystemExit():
            return "exit"
        case gaierror():
            return "denied"
        case OSError():
            return _system_cause(error)
        case RuntimeError() if "can't start new thread" in str(error):
            return "processes"
    return ""


def _system_cause(error: OSError) -> str:
    if error.errno in _DENIED:
        return "denied"
    if error.errno in _FULL:
        return "disk"
    if error.errno == errno.ENOMEM:
        return "memory"
    if error.errno == errno.EAGAIN and error.filename is None:
        return "processes"
    absent = error.errno == errno.ENOENT and isinstance(error.filename, str)
    return "denied" if absent and not os.path.realpath(error.filename).startswith(_SCRATCH) else ""
