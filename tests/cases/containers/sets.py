"""Sets, whose order nobody may see."""


def algebra(a: set[int], b: set[int]) -> list[set[int]]:
    return [a | b, a & b, a - b, a ^ b]


def relations(a: set[int], b: set[int]) -> list[bool]:
    return [a == b, a != b, a.isdisjoint(b), a.issubset(b), a.issuperset(b)]


def unique(xs: list[int]) -> list[int]:
    return sorted(set(xs))


def first_repeated(xs: list[int]) -> int | None:
    seen: set[int] = set()
    for x in xs:
        if x in seen:
            return x
        seen.add(x)
    return None


def changed(a: set[str]) -> None:
    a.add("x")
    a.discard("y")
    a |= {"r"}


def removed(a: set[str], s: str) -> int:
    a.remove(s)
    return len(a)


def frozen(xs: list[str]) -> frozenset[str]:
    return frozenset(xs) | frozenset({"a"})


def letters(s: str) -> int:
    return len({c.lower() for c in s if c.isalpha()})


def extremes(a: set[int]) -> tuple[int, int, int]:
    return min(a), max(a), sum(a)


def any_big(a: set[int]) -> bool:
    return any(x > 10 for x in a) and all(x > 0 for x in a)


CASES = [
    *(("algebra", p) for p in [({1, 2}, {2, 3}), (set(), {1})]),
    *(("relations", p) for p in [({1}, {1, 2}), ({1}, {1}), ({3}, {1})]),
    *(("unique", (xs,)) for xs in [[], [3, 1, 3]]),
    *(("first_repeated", (xs,)) for xs in [[], [1, 2, 1], [1, 2]]),
    *(("changed", (a,)) for a in [set(), {"y", "z"}]),
    *(("removed", p) for p in [({"a"}, "a"), ({"a"}, "b")]),
    *(("frozen", (xs,)) for xs in [[], ["b", "a"]]),
    *(("letters", (s,)) for s in ["", "aAb1é"]),
    *(("extremes", (a,)) for a in [{3, 1, 2}, set()]),
    *(("any_big", (a,)) for a in [set(), {11, 2}, {11, -1}]),
]
SHOWN = ["first_repeated"]
