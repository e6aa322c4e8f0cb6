"""Lowers the limits of Portalis."""
# cause: denied

import resource

import aims


def attack():
    resource.prlimit(aims.PARENT, resource.RLIMIT_NOFILE, (3, 3))
