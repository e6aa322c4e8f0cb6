"""Leaves a set-uid program."""
# cause:

import os


def attack():
    open("program", "w").write("#!/bin/sh")
    os.chmod("program", 0o4755)
