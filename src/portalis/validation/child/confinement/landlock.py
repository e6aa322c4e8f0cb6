"""Landlock: which files may be read and written, no TCP, no signals and no abstract sockets to others
(`landlock(7)`).

It needs no privilege and no namespace. What a kernel's version of it doesn't know is left out.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Sequence

from .kernel import Layers, libc, syscall

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 1 << 1, 1 << 2, 1 << 3
_REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_READS = _EXECUTE | _READ_FILE | _READ_DIR
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_TCP_BIND_AND_CONNECT = 3
_SCOPE_SOCKETS_AND_SIGNALS = 3


def restrict(layers: Layers, readable: Sequence[str], writable: Sequence[str]) -> None:
    """Allow reading beneath `readable` and `writable`, writing beneath `writable` and to /dev/null.

    Tells `layers` of "landlock writes", "landlock reads", "landlock tcp" and "landlock signals".
    """
    version = libc.syscall(ctypes.c_long(_CREATE_RULESET), None, ctypes.c_size_t(0), 1)
    without_reads = not layers.attempt("landlock reads", lambda: _available(version, 1))
    layers.attempt("landlock tcp", lambda: _available(version, 4))
    layers.attempt("landlock signals", lambda: _available(version, 6))
    if layers.attempt("landlock writes", lambda: _apply(version, readable, writable, without_reads)):
        return
    for name in ("landlock reads", "landlock tcp", "landlock signals"):
        layers.tried[name] = layers.tried["landlock writes"]


def _available(version: int, needed: int) -> None:
    if version < needed:
        raise OSError(0, f"the kernel has version {max(version, 0)} of Landlock, {needed} is needed")


def _apply(version: int, readable: Sequence[str], writable: Sequence[str], without_reads: bool) -> None:
    _available(version, 1)
    writes = _WRITE_FILE | _REMOVE_AND_MAKE
    writes |= _REFER if version >= 2 else 0
    writes |= _TRUNCATE if version >= 3 else 0
    writes |= _IOCTL_DEVICE if version >= 5 else 0
    reads = 0 if without_reads else _READS
    words = [writes | reads]
    if version >= 4:
        words.append(_TCP_BIND_AND_CONNECT)
    if version >= 6:
        words.append(_SCOPE_SOCKETS_AND_SIGNALS)
    block = struct.pack(f"<{len(words)}Q", *words)
    ruleset = syscall(_CREATE_RULESET, "landlock", block, ctypes.c_size_t(len(block)), 0)
    try:
        if reads:
            for path in readable:
                _allow(ruleset, path, reads)
        for path in writable:
            _allow(ruleset, path, writes | reads)
        _allow(ruleset, os.devnull, (writes | reads) & _ON_FILES)
        syscall(_RESTRICT_SELF, "landlock", ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, access: int) -> None:
    """Allow `access` beneath a path; one that isn't there is nothing to allow."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            access &= _ON_FILES
        if access:
            rule = struct.pack("<Qi", access, descriptor)
            syscall(_ADD_RULE, "landlock", ruleset, _RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)
