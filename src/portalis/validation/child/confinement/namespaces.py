"""Namespaces of the child's own: users, mounts, processes, network, IPC, host name (`namespaces(7)`).

The user namespace comes first, since it gives an unprivileged process the right to make the others. Each of
these is tried by itself, because containers and distributions forbid them one by one.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from .kernel import Layers, checked, libc

_NEW_USER = 0x10000000
_OTHERS = {
    "mount namespace": 0x00020000,
    "process namespace": 0x20000000,
    "network namespace": 0x40000000,
    "ipc namespace": 0x08000000,
    "host name namespace": 0x04000000,
}
HOST_NAME = b"portalis"


def unshare(layers: Layers) -> None:
    """Leave the namespaces of the machine, as far as it allows. A process namespace begins with the next
    fork.
    """
    uid, gid = os.getuid(), os.getgid()

    def own_user() -> None:
        checked(libc.unshare(_NEW_USER), "unshare")
        # The own user and no other: files keep their owner, and nobody else can be become.
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")

    layers.attempt("user namespace", own_user)
    for name, flag in _OTHERS.items():
        layers.attempt(name, lambda flag=flag: checked(libc.unshare(flag), "unshare"))  # type: ignore[misc]
    if layers.holds("host name namespace"):
        libc.sethostname(HOST_NAME, len(HOST_NAME))
