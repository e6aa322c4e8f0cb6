"""Kills the process of Portalis."""
# cause: denied

import os
import signal

import aims


def attack():
    os.kill(aims.PARENT, signal.SIGKILL)
