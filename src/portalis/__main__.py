"""`python -m portalis` and the `portalis` command."""

from __future__ import annotations

import os
import sys

from portalis.cli.run import INTERRUPTED, run


def main() -> None:
    """Runs the command line and exits with its code."""
    code = run(sys.argv[1:])
    if code == INTERRUPTED:
        # CPython ends itself by the signal, whatever the code, where Ctrl-C came inside an `exec`.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
