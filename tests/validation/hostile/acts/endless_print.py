"""Prints without end."""
# cause: output


def attack():
    while True:
        print("x" * 1000)
