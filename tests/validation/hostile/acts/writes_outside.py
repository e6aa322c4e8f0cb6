"""Writes to a path outside."""
# cause: denied

import aims


def attack():
    open(aims.CANARY, "w").write("gone")
