"""Stops its own process."""
# cause: time

import os
import signal


def attack():
    os.kill(os.getpid(), signal.SIGSTOP)
