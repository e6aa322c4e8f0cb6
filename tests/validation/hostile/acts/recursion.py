"""Recurses without end."""
# cause: recursion


def attack():
    return attack()
