"""Writes through a hard link."""
# cause: denied

import os

import aims


def attack():
    os.link(aims.CANARY, "link")
    open("link", "a").write("gone")
