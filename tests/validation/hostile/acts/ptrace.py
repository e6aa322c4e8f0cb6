"""Looks into other processes."""
# cause:

import ctypes
import os

import aims


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in (1, os.getppid(), aims.PARENT):
        assert libc.ptrace(16, pid, 0, 0) == -1
        try:
            open(f"/proc/{pid}/mem", "rb")
        except OSError:
            continue
        raise AssertionError(pid)
