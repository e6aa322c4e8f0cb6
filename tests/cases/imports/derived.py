"""Base classes in another module: their methods are built with the names of the module that wrote them."""

from . import bases
from .bases import Measured, Named

UNIT = "mm"


class Box(Named, Measured):
    def __init__(self, name: str, side: int) -> None:
        super().__init__(name)
        self.side = side

    def size(self) -> int:
        return self.side**3

    def suffix(self) -> str:
        return "!"


class Crate(Box, bases.Measured):
    prefix = "a "

    def title(self) -> str:
        return super().title() + UNIT


class Left(Named):
    def suffix(self) -> str:
        return super().suffix() + "l"


class Right(Named):
    def suffix(self) -> str:
        return super().suffix() + "r"


class Both(Left, Right):
    """`Left.suffix` goes on in `Right`: the order of the bases is that of the class of the instance."""


def boxed(name: str, side: int) -> tuple[str, str, str, int]:
    box = Box(name, side)
    return box.title(), box.label(), box.label(3), Box.scale(side)


def crated(name: str, side: int) -> tuple[str, str, str]:
    crate = Crate(name, side)
    return crate.title(), crate.label(), Crate.shown() + Box.shown()


def both(name: str) -> str:
    return Both(name).title()


CASES = [
    *(("boxed", (name, side)) for name, side in [("box", 2), ("", -3), ("é", 0)]),
    *(("crated", (name, side)) for name, side in [("box", 2), ("", -3)]),
    ("both", ("x",)),
]
