"""Asks for 64 GiB at once."""
# cause: memory


def attack():
    return bytearray(64 << 30)
