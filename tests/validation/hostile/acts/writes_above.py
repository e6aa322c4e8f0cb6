"""Writes by way of dots."""
# cause: denied

import os

import aims


def attack():
    open(os.path.relpath(aims.CANARY), "w").write("gone")
