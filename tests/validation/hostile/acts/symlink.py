"""Writes through a symbolic link."""
# cause: denied

import os

import aims


def attack():
    os.symlink(aims.CANARY, "link")
    open("link", "a").write("gone")
