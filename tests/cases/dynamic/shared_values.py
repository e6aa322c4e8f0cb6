"""Lists and dicts inside values of any type are one object for all that refer to them, here and for the caller."""

from __future__ import annotations

from typing import Any


def pushed(v: Any, x: Any) -> Any:
    v.append(x)
    return v


def twice(v: Any) -> list[Any]:
    out = [v, v]
    out[0].append(1)
    return out


def bump(data: dict[str, Any]) -> int:
    seen = 0
    for key in data:
        seen += 1
        if isinstance(data[key], int):
            data[key] += 1
    data["log"].append(seen)
    return seen


def swap(xs: list[Any]) -> int:
    xs[0], xs[-1] = xs[-1], xs[0]
    return sum(1 for x in xs if x is xs[0])


def grown(xs: Any) -> int:
    n = 0
    for x in xs:
        n += 1
        if n < 5:
            xs.append(x)
    return n


def knotted(n: int) -> Any:
    ring: list[Any] = [n]
    ring.append(ring)
    return ring


def shown_knot(n: int) -> str:
    return repr(knotted(n)) + str({"a": knotted(n)})


def linked(n: int) -> Any:
    node: Any = None
    for i in range(n):
        node = {"value": i, "next": node}
    return node


def unlinked(n: int) -> int:
    node: Any = None
    for i in range(n):
        node = [i, node]
    return len(node)


def trie(words: list[str]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            if letter not in node:
                node[letter] = {}
            node = node[letter]
        node["end"] = True
    return root


def grouped(pairs: list[tuple[str, int]]) -> dict[str, Any]:
    groups: dict[str, Any] = {}
    for name, number in pairs:
        group = groups.setdefault(name, {"count": 0, "items": []})
        group["count"] += 1
        group["items"].append(number)
    return groups


def emptied(d: dict[str, Any]) -> list[Any]:
    taken = []
    while d:
        key, value = d.popitem()
        taken.append([key, value])
    return taken


def methods(v: Any, x: Any) -> list[Any]:
    found = [v.index(x), v.count(x)]
    v.insert(0, x)
    v.remove(x)
    v.extend((x, [x]))
    found.append(v.pop(0))
    v.reverse()
    return found + [v.copy(), v.pop()]


def before_error(v: Any) -> None:
    v.append(1)
    raise ValueError(str(v))


def changed_inside(row: list[int]) -> dict[str, object]:
    mine = list(row)
    mine.append(len(row))
    return {"row": mine, "size": len(mine)}


def stored_and_changed(n: int) -> dict[str, object]:
    row = [n]
    held: dict[str, object] = {"row": row}
    row.append(n)
    return held


def stored_twice(n: int) -> list[object]:
    row = [n]
    return [row, row]


def handed_out(row: list[int]) -> dict[str, object]:
    return {"row": row}


CASES = [
    ("pushed", ([1], 2)),
    ("pushed", ([1], [2])),
    ("pushed", ((1,), 2)),
    ("pushed", (5, 2)),
    ("twice", ([0],)),
    ("bump", ({"a": 1, "b": "x", "log": []},)),
    ("bump", ({"a": 1},)),
    ("swap", ([[1], 2, [3]],)),
    ("grown", ([1, 2],)),
    ("grown", ((1, 2),)),
    ("knotted", (3,)),
    ("shown_knot", (3,)),
    ("linked", (4,)),
    ("unlinked", (200_000,)),
    ("trie", (["ab", "ac", ""],)),
    ("grouped", ([("a", 1), ("b", 2), ("a", 3)],)),
    ("emptied", ({"a": [1], "b": {}},)),
    ("methods", ([1, 2, 1], 1)),
    ("methods", ([1], 2)),
    ("before_error", ([0],)),
    ("changed_inside", ([1, 2],)),
    ("stored_and_changed", (1,)),
    ("stored_twice", (1,)),
    ("handed_out", ([1],)),
]
REFUSED = {"stored_and_changed": "PT401", "stored_twice": "PT401", "handed_out": "PT401"}
