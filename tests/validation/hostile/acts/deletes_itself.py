"""Deletes its own module."""
# cause: denied

import os


def attack():
    os.remove(__file__)
