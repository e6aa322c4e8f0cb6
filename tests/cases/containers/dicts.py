"""Dicts: order, missing keys, views, changes."""

from collections import Counter, defaultdict


def counts(s: str) -> dict[str, int]:
    result: dict[str, int] = {}
    for c in s:
        result[c] = result.get(c, 0) + 1
    return result


def counted(words: list[str]) -> list[tuple[str, int]]:
    return Counter(words).most_common(2)


def grouped(words: list[str]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups


def gathered(words: list[str]) -> dict[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[word[:1]].append(word)
    return dict(groups)


def look(d: dict[str, int], key: str) -> int:
    return d[key]


def changed(d: dict[str, int], key: str) -> int:
    d[key] = d.pop("x", 5) + 1
    d["new"] = len(d)
    del d[key]
    return d.pop("y")


def reorder(d: dict[str, int]) -> list[str]:
    """A key that goes and comes back is last; one that is overwritten keeps its place."""
    d["a"] = 1
    if "b" in d:
        value = d.pop("b")
        d["b"] = value
    return list(d)


def views(d: dict[str, int]) -> tuple[list[str], list[int], list[tuple[str, int]]]:
    return list(d.keys()), list(d.values()), sorted(d.items(), key=lambda kv: kv[1])


def inverted(d: dict[str, int]) -> dict[int, str]:
    return {value: key for key, value in d.items()}


def merged(a: dict[str, int], b: dict[str, int]) -> dict[str, int]:
    c = {**a, **b}
    c.update({"z": 0})
    return c | a


def spread(a: dict[str, int], b: dict[str, int], n: int) -> dict[str, int]:
    return {"first": n, **a, "middle": n + 1, **b, "last": n + 2}


def index_by(pairs: list[tuple[int, str]]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for number, word in pairs:
        found.setdefault(number, {}).update({word: number})
        found.setdefault(number % 2, dict()).setdefault(word, 0)
    return found


def drop(d: dict[str, int], xs: list[int]) -> int:
    del d["a"], xs[0], xs[-1]
    return len(d) + len(xs)


def bump(d: dict[str, int], key: str) -> None:
    d[key] += 1


def tables(n: int) -> dict[tuple[int, int], str]:
    return {(i, j): f"{i}{j}" for i in range(n) for j in range(i)}


def best(d: dict[str, int]) -> str:
    return max(d, key=lambda k: d[k])


def total(d: dict[str, int]) -> int:
    return sum(d.values()) + len(d)


def equal(a: dict[str, int], b: dict[str, int]) -> bool:
    return a == b


def same_items(d: dict[int, list[int]], k: int) -> list[int]:
    return d.get(k, [])


CASES = [
    *(("counts", (s,)) for s in ["", "abcab", "ää"]),
    *(("counted", (w,)) for w in [[], ["a", "b", "b", "c", "c"]]),
    *(("grouped", (w,)) for w in [[], ["a", "bb", "c"]]),
    *(("gathered", (w,)) for w in [[], ["ab", "b", "ac", ""]]),
    *(("look", p) for p in [({"a": 1}, "a"), ({}, "it's"), ({}, 'a"b\'')]),
    *(("changed", p) for p in [({"x": 1, "y": 2}, "k"), ({"y": 2}, "new"), ({}, "k")]),
    *(("reorder", (d,)) for d in [{}, {"a": 0, "b": 1, "c": 2}]),
    *(("views", (d,)) for d in [{}, {"b": 2, "a": 2, "c": 1}]),
    *(("inverted", (d,)) for d in [{}, {"a": 1, "b": 2, "c": 1}]),
    *(("spread", p) for p in [({"a": 1, "first": 7}, {"a": 2, "middle": 3}, 5), ({}, {}, 0)]),
    *(("index_by", (p,)) for p in [[], [(1, "a"), (3, "b"), (1, "b"), (2, "a")]]),
    *(("drop", p) for p in [({"a": 1}, [1, 2, 3]), ({"b": 1}, [1]), ({"a": 1}, [5])]),
    *(("merged", p) for p in [({"a": 1}, {"a": 2, "b": 3}), ({}, {})]),
    *(("bump", p) for p in [({"a": 1}, "a"), ({}, "a")]),
    *(("tables", (n,)) for n in [0, 3]),
    *(("best", (d,)) for d in [{}, {"a": 1, "b": 3, "c": 3}]),
    *(("total", (d,)) for d in [{}, {"a": 1, "b": 3}]),
    *(("equal", p) for p in [({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({}, {"a": 1})]),
    *(("same_items", p) for p in [({}, 1)]),
]
SHOWN = ["counts", "grouped", "index_by"]
