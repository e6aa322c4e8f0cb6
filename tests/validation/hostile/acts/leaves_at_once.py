"""Ends without a word."""
# cause: exit

import os


def attack():
    os._exit(0)
