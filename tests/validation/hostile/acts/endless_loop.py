"""Does not end."""
# cause: time


def attack():
    while True:
        pass
