"""Looks for the code that judges it."""
# cause:

import sys


def attack():
    found = [name for name in sys.modules if "portalis" in name and "hostile" not in name]
    assert found == [], found
    assert not hasattr(sys.modules["__main__"], "main")
