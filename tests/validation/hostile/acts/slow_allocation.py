"""Takes memory bit by bit."""
# cause: memory


def attack():
    kept = []
    while True:
        kept.append(bytearray(32 << 20))
