"""Who waits for whom: a first process that reaps, and a worker that runs user code.

With a process namespace there are three: the one that was launched, which stays outside and waits; the first
process of the namespace, with whose end the kernel ends every other in it; and the worker. Without one, the
launched process is the reaper itself, and adopts what the worker leaves behind.
"""

from __future__ import annotations

import os
import signal
import struct
from typing import NoReturn

from .kernel import PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, prctl

_STATUS = struct.Struct("<i")


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL, "pdeathsig")


def adopt_orphans() -> None:
    """Become the parent of all that descendants leave behind."""
    prctl(PR_SET_CHILD_SUBREAPER, 1, "subreaper")


def enter_namespace() -> int:
    """Fork into the process namespace made before; returns, in the child only, where to write how the
    worker ended. The parent waits and ends as the worker did.
    """
    read, write = os.pipe()
    child = os.fork()
    if child:
        _drop_everything_but(read)
        os.waitpid(child, 0)
        status = os.read(read, _STATUS.size)
        end_as(_STATUS.unpack(status)[0] if len(status) == _STATUS.size else int(signal.SIGKILL))
    os.close(read)
    die_with_parent()
    return write


def fork_worker(report: int | None) -> None:
    """Fork the worker; returns in it. The parent reaps until the worker ends, then ends too.

    `report` is the descriptor that `enter_namespace` gave, None without a namespace of processes.
    """
    worker = os.fork()
    if not worker:
        if report is not None:
            os.close(report)
        die_with_parent()
        return
    _drop_everything_but(report)
    while True:
        pid, status = os.waitpid(-1, 0)
        if pid == worker:
            break
    if report is None:
        end_as(status)
    os.write(report, _STATUS.pack(status))
    os._exit(0)


def end_as(status: int) -> NoReturn:
    """End the way a wait status says."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.WEXITSTATUS(status))


def _drop_everything_but(kept: int | None) -> None:
    """Close what only the worker needs, so that its end can be seen, and let no signal but SIGKILL in."""
    limit = os.sysconf("SC_OPEN_MAX")
    if kept is None:
        os.closerange(0, limit)
    else:
        os.closerange(0, kept)
        os.closerange(kept + 1, limit)
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD}:
        signal.signal(number, signal.SIG_IGN)
