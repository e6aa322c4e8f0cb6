"""Closes every descriptor."""
# cause: channel

import os


def attack():
    os.closerange(0, 65536)
