"""Kills all that it may."""
# cause: denied

import os
import signal


def attack():
    os.kill(-1, signal.SIGKILL)
