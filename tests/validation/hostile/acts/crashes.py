"""Reads from address 0."""
# cause: exit

import ctypes


def attack():
    ctypes.string_at(0)
