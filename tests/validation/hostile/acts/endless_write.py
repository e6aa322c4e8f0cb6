"""Writes to standard output past Python, without end."""
# cause: disk

import os


def attack():
    while True:
        os.write(1, b"x" * (1 << 20))
