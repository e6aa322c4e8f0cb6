"""Reads a file outside."""
# cause: denied

import aims


def attack():
    aims.took(open(aims.SECRET).read())
