"""Variables that may have no value where they are read: Python raises, the Rust declines."""

from dataclasses import dataclass


@dataclass
class Counted:
    """Something that is changed in place."""

    n: int
    seen: list[int]

    def bump(self) -> None:
        self.n += 1
        self.seen.append(self.n)


def fill(xs: list[int]) -> None:
    xs[0] = 7
    xs.append(1)


def implied(flag: bool, n: int) -> int:
    if flag:
        xs = [1]
        xs.append(2)
    if flag:
        xs.append(3)
        fill(xs)
        xs[0] += n
    return len(xs) + xs[0]


def reads_itself(flag: bool, n: int) -> list[int]:
    if flag:
        xs = [1, n]
    xs.append(len(xs))
    xs[len(xs) - 1] = xs[0] + n
    xs.insert(xs[0], int("4"))
    xs += [len(xs)]
    del xs[0]
    return xs


def grouped(words: list[str]) -> list[list[str]]:
    for word in words:
        if word == "(":
            groups: list[list[str]] = [[]]
        elif word == ")":
            groups.append([])
        else:
            groups[-1].append(word)
    return groups


def counted(words: list[str]) -> dict[str, int]:
    for word in words:
        if word == "start":
            counts: dict[str, int] = {}
        else:
            counts[word] = counts.get(word, 0) + 1
    return counts


def instances(ns: list[int]) -> list[int]:
    for n in ns:
        if n == 0:
            one = Counted(1, [])
        elif n == 1:
            one.bump()
        else:
            one.seen.append(n)
            one.n = n
    return one.seen + [one.n]


def anything(ns: list[int], flag: bool):
    if flag:
        a = 1.5
    for n in ns:
        if n > 3:
            a = 1 + a
        else:
            a = 1
    return a


def tried(text: str) -> int:
    try:
        items = [int(part) for part in text.split(",")]
        items.append(1)
    except ValueError:
        pass
    return sum(items)


def never_none(xs: list[int]) -> int:
    for x in xs:
        pass
    if x is None:
        return 1
    return 2


def always_true(ns: list[int]) -> int:
    for n in ns:
        if n == 0:
            one = Counted(1, [])
    if one:
        return 1
    return 2


def zero(ns: list[int]) -> str:
    for n in ns:
        last = n
    return "some" if last else "none"


def optional(xs: list[int] | None, n: int) -> int:
    held = None if xs is None else list(xs)
    if held is not None:
        held.append(n)
        fill(held)
    if held is None:
        held = [n]
    held.append(len(held))
    return sum(held)


CASES = [
    *(("implied", (True, n)) for n in [0, 5]),
    *(("reads_itself", (True, n)) for n in [0, 5]),
    *(("grouped", (ws,)) for ws in [["("], ["(", "a", ")", "b", "c", "(", "d"]]),
    *(("counted", (ws,)) for ws in [["start"], ["start", "a", "b", "a"]]),
    *(("instances", (ns,)) for ns in [[0], [0, 1, 1, 5, 1], [0, 7, 0]]),
    *(("anything", (ns, f)) for ns in [[1], [5, 5], [5, 1, 6]] for f in [True]),
    *(("tried", (t,)) for t in ["1", "1,2"]),
    *(("never_none", (xs,)) for xs in [[0], [1, 2]]),
    *(("always_true", (ns,)) for ns in [[0], [1, 0]]),
    *(("zero", (ns,)) for ns in [[0], [1, 2]]),
    *(("optional", (xs, 4)) for xs in [None, [1], [1, 2]]),
]
DECLINES = [
    ("implied", (False, 1)),
    ("reads_itself", (False, 1)),
    ("grouped", ([],)),
    ("grouped", (["a"],)),
    ("counted", (["a"],)),
    ("instances", ([1],)),
    ("anything", ([], False)),
    ("anything", ([5], False)),
    ("tried", ("x",)),
    ("never_none", ([],)),
    ("always_true", ([1],)),
    ("zero", ([],)),
]
