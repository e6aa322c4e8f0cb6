"""Writes to the user's home folder."""
# cause: denied

import aims


def attack():
    open(aims.HOME + "/.portalis-canary", "w").write("x")
