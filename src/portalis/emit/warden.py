"""Runs a command that is not to outlive who asked for it: `python -I -S warden.py COMMAND…`.

Standard input is a pipe from the parent. When it closes, because the parent has gone, however it went, the
whole process group is killed; so the warden must be the leader of one. Its exit code is the command's.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading


def _watch() -> None:
    while os.read(0, 1):
        pass
    os.killpg(0, signal.SIGKILL)


def main() -> int:
    """Run the command."""
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    threading.Thread(target=_watch, daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    # Without the interpreter's own end, which would wait for nobody but cost time.
    sys.stdout.flush()
    os._exit(main() & 0xFF)
