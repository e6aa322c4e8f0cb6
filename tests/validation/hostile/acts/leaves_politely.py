"""Ends by SystemExit."""
# cause: exit

import sys


def attack():
    sys.exit(0)
