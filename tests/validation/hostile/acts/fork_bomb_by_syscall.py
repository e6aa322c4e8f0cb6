"""Forks by the system call itself, past Python."""
# cause:

import ctypes


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    for number in (57, 58, 220, 435):
        for _ in range(50):
            assert libc.syscall(number, 17, 0, 0, 0, 0) != 0
