"""Dumps its memory."""
# cause: exit

import os
import resource
import signal


def attack():
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
    except (ValueError, OSError):
        pass
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)  # a background job is started with it ignored
    os.kill(os.getpid(), signal.SIGQUIT)
