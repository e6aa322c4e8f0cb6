"""Writes to every descriptor."""
# cause: channel

import os


def attack():
    for number in range(3, 5000):
        try:
            os.write(number, b"\xff" * 64)
        except OSError:
            pass
