"""`with` on classes of the project and on managers of `contextlib`."""

from __future__ import annotations

import contextlib
import threading
from contextlib import closing, nullcontext, suppress
from types import TracebackType


class Gauge:
    def __init__(self, start: int) -> None:
        self.level = start
        self.open = False

    def __enter__(self) -> Gauge:
        self.open = True
        print("enter", self.level)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.open = False
        print("exit", self.level)

    def add(self, n: int) -> None:
        if n < 0:
            raise ValueError("negative")
        self.level += n

    def close(self) -> None:
        print("close", self.level)


class Quiet:
    def __init__(self, keep: bool) -> None:
        self.keep = keep

    def __enter__(self) -> int:
        return 7

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        print("quiet")
        return self.keep


def measured(n: int) -> int:
    with Gauge(1) as g:
        g.add(n)
        print("inside", g.open)
    return g.level


def returned(n: int) -> int:
    with Gauge(n) as g:
        g.add(5)
        if n > 3:
            return g.level
        g.add(n)
    return 0


def kept(n: int, keep: bool) -> str:
    with Quiet(keep) as seven:
        if n < 0:
            raise ValueError("bad")
        if n == 1:
            return f"one {seven}"
        n += seven
    return f"past {n}"


def suppressed(d: dict[str, int], key: str) -> int:
    total = 1
    with suppress(KeyError, ValueError):
        total += d[key]
        total += 10
    with contextlib.suppress(ZeroDivisionError):
        return 100 // total
    return total


def two(n: int) -> int:
    with Gauge(n) as a, Gauge(n + 1) as b:
        a.add(1)
        b.add(n)
    return a.level + b.level


def in_loop(xs: list[int]) -> int:
    total = 0
    for x in xs:
        with Gauge(x) as g:
            if x == 0:
                continue
            if x == 9:
                break
            g.add(x)
            total += g.level
    return total


def closed(n: int) -> int:
    with closing(Gauge(n)) as g:
        g.add(n)
    return g.level


def nothing(n: int) -> int:
    with nullcontext(n) as m:
        return m + 1


def existing(n: int) -> int:
    g = Gauge(n)
    with g:
        g.add(1)
    return g.level


def result_of(n: int) -> list[int]:
    with Gauge(n):
        out = [n, n]
    return out


def looks(n: int) -> int:
    with Curious() as c:
        c.seen += n
    return c.seen


class Curious:
    """Asks what was raised, which nobody tells it in Rust."""

    def __init__(self) -> None:
        self.seen = 0

    def __enter__(self) -> Curious:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        return isinstance(error, ValueError)


def locked(n: int) -> int:
    with threading.Lock(): return n


CASES = [
    *((name, (n,)) for name in ["measured", "closed", "nothing", "existing", "result_of"] for n in [-1, 2]),
    *(("returned", (n,)) for n in [-1, 2, 4]),
    *(("kept", (n, k)) for n in [-1, 1, 2] for k in [True, False]),
    *(("suppressed", (d, "a")) for d in [{}, {"a": -11}, {"a": 3}]),
    *(("two", (n,)) for n in [-1, 2]),
    *(("in_loop", (xs,)) for xs in [[], [1, 0, 2], [1, 9, 2], [1, -1]]),
    ("looks", (1,)),
    ("locked", (1,)),
]
REFUSED = {
    "two": "PT212", "looks": "PT501", "locked": "PT207", "Curious.__exit__": "PT210",
}
