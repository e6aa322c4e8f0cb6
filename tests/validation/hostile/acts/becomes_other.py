"""Becomes another user, or asks for powers."""
# cause:

import os


def attack():
    for call in (
        lambda: os.setuid(12345),
        lambda: os.setgroups([12345]),
        lambda: os.chown(".", 12345, 12345),
        lambda: os.mknod("disk", 0o60600, 2048),
    ):
        try:
            call()
        except OSError:
            continue
        raise AssertionError(call)
    status = open("/proc/self/status").read()
    assert "CapEff:\t0000000000000000" in status
    assert "CapBnd:\t0000000000000000" in status
    assert "NoNewPrivs:\t1" in status
