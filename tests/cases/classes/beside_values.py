"""Instances beside numbers and texts in a union: `isinstance` tells which, and a branch has what it tells."""

from __future__ import annotations


class Track:
    def __init__(self, parts: list[float]) -> None:
        self.parts = list(parts)

    def size(self) -> int:
        return len(self.parts)

    def __mul__(self, other: Track | float | int) -> Track | float:
        if isinstance(other, float) or isinstance(other, int):
            return Track([part * other for part in self.parts])
        elif isinstance(other, Track) and self.size() == other.size():
            total = 0.0
            for i in range(self.size()):
                total += self.parts[i] * other.parts[i]
            return total
        else:
            raise TypeError("tracks of different sizes")


class Jet:
    def __init__(self, real: float, rest: list[float]) -> None:
        self.real = real
        self.rest = list(rest)

    def __add__(self, other: Jet | float) -> Jet:
        if not isinstance(other, Jet):
            return Jet(self.real + other, self.rest)
        return Jet(self.real + other.real, [a + b for a, b in zip(self.rest, other.rest)])


class Pouch:
    def __init__(self, items: list[int]) -> None:
        self.items = list(items)

    def take(self, other: Pouch | int) -> None:
        if isinstance(other, Pouch):
            self.items.append(len(other.items))
            other.items.append(0)
        else:
            self.items.append(other)


class Flap(Pouch):
    def __init__(self) -> None:
        super().__init__([7])


def scaled(parts: list[float], by: float) -> list[float]:
    made = Track(parts) * by
    assert isinstance(made, Track)
    return made.parts


def scaled_whole(parts: list[float], by: int) -> list[float]:
    made = Track(parts) * by
    return made.parts if isinstance(made, Track) else []


def dot(a: list[float], b: list[float]) -> float:
    found = Track(a) * Track(b)
    return found if isinstance(found, float) else -1.0


def added(a: float, b: float) -> float:
    found = Jet(a, [b, 1.0]) + 2.5 + Jet(b, [a])
    return found.real + found.rest[0]


def taken(n: int) -> list[int]:
    """A pouch that is handed to itself is one pouch."""
    one, other = Pouch([]), Flap()
    one.take(n)
    one.take(other)
    one.take(one)
    return [*one.items, *other.items]


def kinds(n: int) -> str:
    things: list[Track | int | str] = [Track([1.0]), n, "text"]
    found = []
    for thing in things:
        if isinstance(thing, (int, str)):
            found.append(str(thing))
        else:
            found.append(f"{thing.size()} parts")
    return ", ".join(found)


def flag(x: int | bool) -> str:
    """One is not True."""
    if x is True:
        return "true"
    return "false" if x is False else "a number"


def perhaps(x: bool | None) -> str:
    if x is True:
        return "yes"
    return "no" if x is False else "unknown"


def several(x: bool | str | None) -> int:
    if x is True:
        return 1
    if x is not False and x is not None:
        return len(x)
    return 0


def checked(n: int) -> bool:
    assert isinstance(n, int) and n > 0, "n must be positive"
    even = n % 2 == 0
    assert isinstance(n % 2 == 0, bool), "not a bool"
    return even


def total(xs: list[int | str | list[int]]) -> int:
    found = 0
    for x in xs:
        if isinstance(x, list) and len(x) > 1:
            found += x[0]
        elif isinstance(x, (int, bool)):
            found += x
        elif isinstance(x, str) and x.isdigit() and int(x) > 2:
            found += int(x)
    return found


def text_of(x: int | str) -> str:
    if isinstance(x, int):
        found = str(x + 1)
    else:
        found = x.upper()
    return found


CASES = [
    ("scaled", ([1.0, 2.5], 2.0)),
    ("scaled_whole", ([1.0, 2.5], 3)),
    ("dot", ([1.0, 2.0], [3.0, 4.0])),
    ("dot", ([1.0], [])),
    ("added", (1.5, 2.0)),
    ("taken", (3,)),
    ("kinds", (4,)),
    ("flag", (1,)),
    ("flag", (True,)),
    ("flag", (False,)),
    ("perhaps", (None,)),
    ("perhaps", (True,)),
    ("perhaps", (False,)),
    ("several", ("abc",)),
    ("several", (True,)),
    ("several", (None,)),
    ("checked", (4,)),
    ("checked", (-4,)),
    ("total", ([1, "5", [7, 8], [9], "1", "x"],)),
    ("text_of", (1,)),
    ("text_of", ("a",)),
]
