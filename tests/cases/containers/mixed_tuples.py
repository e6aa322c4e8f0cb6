"""Loops over tuples of several types, and texts of what may be one of several types or None."""

import re
from collections.abc import Iterator
from typing import SupportsFloat, SupportsIndex, SupportsInt

_LAST = re.compile(r"^(.*\.)?(\d+)$")


def fields(t: tuple[int, str, float]) -> list[int | str | float]:
    out: list[int | str | float] = []
    for x in t:
        out.append(x)
    return out


class Version:
    """Its parts are made ints; a part may be missing."""

    def __init__(self, major: SupportsInt, minor: SupportsInt = 0, pre: str | None = None) -> None:
        self.major = int(major)
        self.minor = int(minor)
        self.pre = pre

    def to_tuple(self) -> tuple[int, int, str | None]:
        return (self.major, self.minor, self.pre)

    def texts(self) -> list[str]:
        return [str(x) for x in self.to_tuple()]


def version(a: int, pre: str | None) -> str:
    out = ""
    for one in Version(a, 2, pre).to_tuple():
        if one is not None:
            out += f"{one}."
    return out + "/".join(Version(a).texts())


def numbers(n: int) -> float:
    total = 0.0
    pair = (n, 2.5)
    for y in pair:
        total += y
    return total


def several(flag: bool) -> Iterator[int]:
    if flag:
        return iter(())
    return iter((1, 2))


def counted(flag: bool) -> int:
    return sum(several(flag)) + len([x for x in several(flag)])


def shown(x: int | str | None) -> str:
    return f"{x} {x!r} {str(x)}" + "%s=%r" % ("k", x)


def described(d: dict[str, int | str | None]) -> str:
    return ", ".join("%s=%r" % (key, val) for key, val in d.items())


def half(x: SupportsFloat) -> float:
    return float(x) / 2


def nth(xs: list[str], i: SupportsIndex) -> str:
    return xs[i]


def bumped(text: str) -> str:
    match = _LAST.search(text)
    if match:
        next_ = str(int(match.group(2)) + 1)
        text = match.group(1) + next_ if match.group(1) else next_
    else:
        text += ".0"
    return text


def doubled(text: str) -> str:
    match = _LAST.search(text)
    return match.group(1) + "!" if match else ""


CASES = [
    ("fields", ((1, "a", 2.5),)),
    *(("version", (a, pre)) for a in [0, 3] for pre in [None, "", "rc"]),
    *(("numbers", (n,)) for n in [0, 3]),
    *(("counted", (f,)) for f in [False, True]),
    *(("shown", (x,)) for x in [None, 3, "it's"]),
    *(("described", (d,)) for d in [{}, {"a": 1, "b": None, "c": "x"}]),
    *(("half", (x,)) for x in [0.0, 2.5]),
    *(("nth", (["a", "b"], i)) for i in [0, -1, 2]),
    *(("bumped", (text,)) for text in ["", "a", "1", "rc.9", "a.b.10"]),
    *(("doubled", (text,)) for text in ["", "rc.9"]),
]
DECLINES = [
    ("doubled", ("9",)),
]
