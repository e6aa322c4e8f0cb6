"""Takes memory that limits don't count."""
# cause:

import ctypes
import os


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    for number, arguments in (
        (319, (b"x", 0)),
        (279, (b"x", 0)),
        (29, (0, 1 << 30, 0o1600)),
        (194, (0, 1 << 30, 0o1600)),
    ):
        if (number in (319, 29)) == (os.uname().machine == "x86_64"):
            assert libc.syscall(number, *arguments) == -1
    for folder in ("/dev/shm", "/run/shm"):
        try:
            open(folder + "/portalis-canary", "w")
        except OSError:
            continue
        raise AssertionError(folder)
