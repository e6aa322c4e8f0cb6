"""Writes a file without end."""
# cause: disk


def attack():
    with open("file", "wb") as file:
        while True:
            file.write(b"x" * (1 << 20))
            file.flush()
