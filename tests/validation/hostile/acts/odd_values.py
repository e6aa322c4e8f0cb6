"""Holds values that lie about themselves."""
# cause:


class Odd(dict):
    def __getattribute__(self, name):
        raise RuntimeError(name)

    def __iter__(self):
        raise RuntimeError("iter")


class Meta(type):
    def __instancecheck__(cls, other):
        raise RuntimeError("isinstance")

    def __eq__(cls, other):
        raise RuntimeError("eq")

    __hash__ = type.__hash__


def attack():
    globals()["ODD"] = Odd()
    globals()["KIND"] = Meta("Kind", (), {})
