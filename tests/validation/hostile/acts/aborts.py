"""Calls abort."""
# cause: exit

import os


def attack():
    os.abort()
