"""The child shuts itself in, before any user code is loaded: resource limits, namespaces, Landlock.

Each measure is tried and what held is reported; the parent decides whether that is enough. System calls go
through ctypes because the standard library has no wrapper for them (`unshare` came with 3.12). Numbers of
the Landlock calls are the same on every architecture; the interface is described in `landlock(7)` and
`user_namespaces(7)`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH_BENEATH = 1
_SIGKILL = 9
# WRITE_FILE, REMOVE_DIR, REMOVE_FILE, MAKE_CHAR … MAKE_SYM; REFER came with ABI 2, TRUNCATE with ABI 3.
_WRITES = (1 << 1) | sum(1 << bit for bit in range(4, 13))
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_TCP_BIND_AND_CONNECT = 3
_SCOPE_SOCKETS_AND_SIGNALS = 3


def limit_resources(limits: dict[str, int]) -> None:
    """Set the soft and hard limits named in `limits` (`RLIMIT_AS` and so on); one the machine refuses stays
    as it is.
    """
    for name, amount in limits.items():
        which = getattr(resource, name, None)
        if which is None:
            continue
        _, hard = resource.getrlimit(which)
        top = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(which, (top, top))


def isolate(writable: Sequence[str]) -> dict[str, bool]:
    """Cut off network, writes outside `writable`, and signals to other processes, as far as the machine
    allows.

    Returns what held: `network`, `writes`, `signals`.
    """
    held = {"network": False, "writes": False, "signals": False}
    if not sys.platform.startswith("linux"):
        return held
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    held["network"] = _leave_network(libc)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        abi = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
        if abi >= 1:
            held["writes"] = _landlock(libc, abi, writable)
            held["signals"] = held["writes"] and abi >= 6
            held["network"] = held["network"] or (held["writes"] and abi >= 4)
    return held


def _leave_network(libc: ctypes.CDLL) -> bool:
    """Move into a network namespace without devices; as a user namespace's own root where we are not root."""
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) == 0:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{uid} {uid} 1"),
            ("gid_map", f"{gid} {gid} 1"),
        ):
            with contextlib.suppress(OSError):
                Path(f"/proc/self/{name}").write_text(text)
        return True
    return bool(libc.unshare(_CLONE_NEWNET) == 0)


def _landlock(libc: ctypes.CDLL, abi: int, writable: Sequence[str]) -> bool:
    """Allow writing only beneath `writable` (folders) and to /dev/null."""
    handled = _WRITES | (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0)
    words = [handled]
    if abi >= 4:
        words.append(_TCP_BIND_AND_CONNECT)
    if abi >= 6:
        words.append(_SCOPE_SOCKETS_AND_SIGNALS)
    attributes = struct.pack(f"<{len(words)}Q", *words)
    ruleset = libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        return False
    try:
        for path in writable:
            if not _allow(libc, ruleset, path, handled):
                return False
        _allow(libc, ruleset, os.devnull, (1 << 1) | (_TRUNCATE if abi >= 3 else 0))
        return bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, access: int) -> bool:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("<Qi", access, descriptor)
        return bool(libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0) == 0)
    finally:
        os.close(descriptor)
