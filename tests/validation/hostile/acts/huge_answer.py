"""Announces an answer of 4 GiB."""
# cause: channel

import os


def attack():
    for number in range(3, 5000):
        try:
            os.write(number, b"\xff\xff\xff\xff" + b"[" * 60000)
        except OSError:
            pass
