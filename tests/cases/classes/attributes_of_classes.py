"""Attributes that classes have, that come later, what instances are ordered and found by, iterators."""
from __future__ import annotations


class Limits:
    NAMES = ("a", "b")
    SIZES = [1, 2, 3]
    TABLE = {"a": 1, "b": 2}
    WHOLE = 2 * 8

    def __init__(self, n: int) -> None:
        self.n = n

    def has(self, name: str) -> bool:
        return name in self.NAMES

    def look(self, name: str) -> int:
        return self.TABLE.get(name, 0) + self.n + Limits.WHOLE + self.SIZES[-1] + len(Limits.NAMES)


def limited(name: str) -> int:
    limits = Limits(3)
    return limits.look(name) if limits.has(name) else Limits.SIZES[0]


class Counts:
    total = 0
    name: str = "none"
    shared: list[int] = []

    def __init__(self, start: int) -> None:
        if start > 0:
            self.total = start

    def more(self) -> int:
        self.total += 1
        return self.total

    def rename(self, name: str) -> None:
        self.name = name

    def keep(self, n: int) -> None:
        self.shared.append(n)


def counts(start: int) -> str:
    one, other = Counts(start), Counts(0)
    one.more()
    one.rename("one")
    return f"{one.total} {other.total} {one.name} {other.name}"


class PathSum:
    target: int

    def __init__(self) -> None:
        self.paths = 0

    def count(self, xs: list[int], target: int) -> int:
        self.target = target
        for x in xs:
            self.step(x)
        self.target += 1
        return self.paths + self.target

    def step(self, x: int) -> None:
        if x == self.target:
            self.paths += 1


def path_sum(xs: list[int], target: int) -> int:
    return PathSum().count(xs, target)


def too_early(x: int) -> int:
    early = PathSum()
    if x > 100:
        early.target = x
    early.step(x)
    return early.paths


class Element:
    def __init__(self, data: int) -> None:
        self.data = data
        self.rank: int
        self.parent: Element


def make_set(x: Element) -> None:
    x.rank = 0
    x.parent = x


def find_set(x: Element) -> Element:
    if x != x.parent:
        x.parent = find_set(x.parent)
    return x.parent


def union_set(x: Element, y: Element) -> None:
    x, y = find_set(x), find_set(y)
    if x == y:
        return
    if x.rank > y.rank:
        y.parent = x
    else:
        x.parent = y
        if x.rank == y.rank:
            y.rank += 1


def joined(n: int) -> list[int]:
    elements = [Element(i) for i in range(n % 7)]
    for one in elements:
        make_set(one)
    for at in range(2, len(elements), 2):
        union_set(elements[at], elements[at - 2])
    if len(elements) > 2:
        union_set(elements[0], elements[2])
        union_set(elements[0], elements[1])
    return [find_set(one).data for one in elements]


class Stop:
    def __init__(self, name: int) -> None:
        self.name = name
        self.next: Stop | None = None

    def loops(self) -> bool:
        seen: set[Stop] = set()
        at: Stop | None = self
        while at:
            if at in seen:
                return True
            seen.add(at)
            at = at.next
        return False


def ring(n: int, back: int) -> bool:
    stops = [Stop(0) for _ in range(abs(n) % 6 + 1)]
    for at in range(len(stops) - 1):
        stops[at].next = stops[at + 1]
    if 0 <= back < len(stops):
        stops[-1].next = stops[back]
    return stops[0].loops()


def visits(n: int) -> list[int]:
    a, b = Stop(n), Stop(n)
    times: dict[Stop, int] = {a: 1}
    for one in (a, b, a):
        times[one] = times.get(one, 0) + 1
    return list(times.values())


class Job:
    def __init__(self, cost: int, name: str) -> None:
        self.cost = cost
        self.name = name

    def __lt__(self, other: Job) -> bool:
        return self.cost < other.cost


def jobs(costs: list[int]) -> list[str]:
    found = [Job(cost, f"{at}:{cost}") for at, cost in enumerate(costs)]
    names = [one.name for one in sorted(found)]
    found.sort(reverse=True)
    names += [one.name for one in found]
    return names + [min(found).name, max(found).name]


class Branch:
    def __init__(self, n: int, up: Branch | None = None) -> None:
        self.n = n
        self.up = up

    def __bool__(self) -> bool:
        return self.n != 0

    def root(self) -> Branch:
        return self.up or self


def rooted(n: int, up: int) -> int:
    return Branch(n, Branch(up)).root().n


class Odd:
    __iter__ = None

    def __init__(self, n: int) -> None:
        self.n = n

    def get(self) -> int:
        return self.n


class Countdown:
    def __init__(self, start: int) -> None:
        self.now = start

    def __iter__(self) -> Countdown:
        return self

    def __next__(self) -> int:
        if self.now <= 0:
            raise StopIteration
        self.now -= 1
        return self.now


def count_down(n: int, skip: int) -> list[int]:
    seen: list[int] = []
    numbers = Countdown(n % 20)
    for x in numbers:
        if x == skip:
            continue
        if x < 2:
            break
        seen.append(x)
    for x in numbers:
        seen.append(x + 100)
    for x in Countdown(3):
        seen.append(x)
    return seen


def first_two(n: int) -> int:
    numbers = Countdown(n)
    first = next(numbers)
    try:
        return first * 1000 + next(numbers)
    except StopIteration:
        return first


def all_of(n: int) -> list[int]:
    return list(Countdown(n))


class Letters:
    def __init__(self, text: str) -> None:
        self.text = text

    def __iter__(self) -> LettersIterator:
        return LettersIterator(self.text)


class LettersIterator:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def __iter__(self) -> LettersIterator:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.text):
            raise StopIteration()
        self.at += 1
        return self.text[self.at - 1]


def letters(text: str) -> str:
    found = ""
    for one in Letters(text):
        for other in Letters(text):
            found += one + other
    return found


def kept(n: int) -> int:
    one = Counts(n)
    one.keep(n)
    return len(one.shared)


def odd(n: int) -> int:
    return Odd(n).get()


def iterated(n: int) -> int:
    return next(iter(Countdown(n))) + len([x for x in LettersIterator("ab")])


CASES = [
    ("too_early", (101,)),
    ("kept", (1,)), ("odd", (1,)), ("iterated", (3,)), ("all_of", (3,)), ("path_sum", ([1], 1)),
    ("first_two", (5,)), ("first_two", (1,)), ("first_two", (0,)), ("count_down", (9, 5)), ("count_down", (0, 0)), ("letters", ("abc",)), ("letters", ("",)),
    ("limited", ("a",)), ("limited", ("c",)), ("counts", (3,)), ("counts", (-1,)), ("path_sum", ([1, 2, 2], 2)),
    ("path_sum", ([], 5)), ("joined", (0,)), ("joined", (6,)), ("ring", (5, 2)), ("ring", (5, -1)),
    ("ring", (0, 0)), ("visits", (3,)), ("jobs", ([3, 1, 3, 2, 1],)), ("jobs", ([],)), ("jobs", ([5],)),
    ("rooted", (1, 2)), ("rooted", (1, 0)),
]
DECLINES = [("too_early", (1,))]
REFUSED = {
    "Counts.keep": "PT407", "kept": "PT501", "Odd.__init__": "PT201", "Odd.get": "PT201", "odd": "PT201",
    "all_of": "PT214", "iterated": "PT214",
}
