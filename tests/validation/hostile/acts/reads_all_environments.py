"""Reads every environment that it finds."""
# cause:

import glob
import os

import aims


def attack():
    seen = repr(dict(os.environ))
    for name in glob.glob("/proc/*/environ"):
        try:
            seen += open(name).read()
        except OSError:
            pass
    assert aims.WORD not in seen
