"""Leaves by /proc/1/root."""
# cause: denied

import aims


def attack():
    open("/proc/1/root" + aims.CANARY, "a").write("gone")
