"""Sums of flags, lists made to be reversed, and annotations that say nothing of what a container holds."""


def votes(flags: list[bool]) -> int:
    return sum(flags)


def votes_and(flags: list[bool], more: int) -> int:
    return sum(flags, more) + True


def voted(table: dict[str, bool], kept: set[bool]) -> int:
    return sum(table.values()) * 10 + sum(kept)


def backwards(text: str) -> str:
    return " ".join(reversed(text.split()))


def lines_backwards(text: str) -> list[str]:
    return [line.strip() for line in reversed(text.split(";")) if line]


def merge(left: list, right: list) -> list:
    merged = []
    while left and right:
        if left[0] <= right[0]:
            merged.append(left.pop(0))
        else:
            merged.append(right.pop(0))
    return merged + left + right


def merge_sort(items: list) -> list:
    """
    >>> merge_sort([3, 1, 2])
    [1, 2, 3]
    """
    if len(items) < 2:
        return items[:]
    middle = len(items) // 2
    return merge(merge_sort(items[:middle]), merge_sort(items[middle:]))


def gray(n: int) -> list:
    if n == 0:
        return [""]
    smaller = gray(n - 1)
    return ["0" + code for code in smaller] + ["1" + code for code in reversed(smaller)]


def table_of(pairs: list, counts: dict = {}) -> dict:
    """
    >>> table_of([("a", 1), ("b", 2)])
    {'a': [1], 'b': [2]}
    """
    table: dict = {}
    for key, value in pairs:
        table.setdefault(key, []).append(value + counts.get(key, 0))
    return table


CASES = [
    *(("votes", (flags,)) for flags in ([], [True], [True, False, True])),
    *(("votes_and", p) for p in [([], 0), ([True, True], 40), ([True], 2**63 - 3)]),
    *(("voted", p) for p in [({}, set()), ({"a": True, "b": False}, {True, False})]),
    *(("backwards", (text,)) for text in ("", " a  b\u2003c ", "é")),
    *(("lines_backwards", (text,)) for text in ("", "a; b;;c ")),
    *(("merge_sort", (items,)) for items in ([], [1], [3, 1, 2, 1])),
    *(("gray", (n,)) for n in (0, 1, 3)),
    *(("table_of", p) for p in [([],), ([("a", 1), ("a", 2)],), ([("a", 1)], {"a": 5})]),
]
DECLINES = [
    ("votes_and", ([True], 2**63 - 2)),
    *(("merge_sort", (items,)) for items in ([True, 0], ["b", "a"], [1, "a"])),
    *(("table_of", (pairs,)) for pairs in ([(1, 2)], [("a", "b")])),
]
"""What their calls show is narrower than what they take."""
