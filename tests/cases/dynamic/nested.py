"""Lists, dicts and sets inside values of any type: data as `json` gives it, gone through and rebuilt."""

from __future__ import annotations

import json
from typing import Any, Union

Json = Union[None, bool, int, float, str, "list[Json]", "dict[str, Json]"]


def flatten(xs: list[Any]) -> list[Any]:
    out: list[Any] = []
    for x in xs:
        if isinstance(x, list):
            out.extend(flatten(x))
        else:
            out.append(x)
    return out


def weighted(items: list[int | list], depth: int) -> int:
    total = 0
    for item in items:
        total += weighted(item, depth + 1) if isinstance(item, list) else item
    return total * depth


def flat_keys(data: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in data.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict):
            result.update(flat_keys(value, name))
        else:
            result[name] = value
    return result


def depth(v: Any) -> int:
    if isinstance(v, dict):
        return 1 + max((depth(x) for x in v.values()), default=0)
    if isinstance(v, (list, tuple)):
        return 1 + max((depth(x) for x in v), default=0)
    return 0


def find(data: Any, path: str) -> Any:
    current = data
    for part in path.split("."):
        if isinstance(current, list):
            current = current[int(part)]
        elif isinstance(current, dict):
            current = current.get(part)
        else:
            return None
    return current


def merged(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    out = dict(a)
    for key, value in b.items():
        if key in out and isinstance(out[key], dict) and isinstance(value, dict):
            out[key] = merged(out[key], value)
        else:
            out[key] = value
    return out


def names(records: list[dict[str, Any]]) -> list[str]:
    return [record["name"].strip().lower() for record in records if record.get("active")]


def summary(scores: list[int]) -> dict[str, object]:
    ordered = sorted(scores)
    return {"n": len(ordered), "sorted": ordered, "best": max(scores) if scores else None}


def report(n: int) -> dict[str, Any]:
    rows = []
    for i in range(n):
        row = {"id": i, "tags": ["a", str(i)], "at": (i, "x")}
        rows.append(row)
    return {"rows": rows, "total": n, "empty": [], "none": None, "seen": {i for i in range(n)}}


def shown(v: Any) -> str:
    return f"{v!r} {v} {len(v)} {bool(v)}"


def compared(a: Any, b: Any) -> list[bool]:
    return [a == b, a != b, a < b, a in [b], a is b]


def loaded(text: str) -> Any:
    data = json.loads(text)
    if isinstance(data, dict):
        data["seen"] = True
    return data


def dumped(v: Any) -> str:
    return json.dumps(v) + json.dumps(v, indent=2, sort_keys=True)


def total(v: Json) -> float:
    if isinstance(v, bool) or v is None or isinstance(v, str):
        return 0.0
    if isinstance(v, (int, float)):
        return float(v)
    if isinstance(v, list):
        return sum([total(x) for x in v], 0.0)
    return sum([total(x) for x in v.values()], 0.0)


def counted(v: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for x in v:
        kind = "list" if isinstance(x, list) else "dict" if isinstance(x, dict) else "other"
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def sliced(v: Any) -> list[Any]:
    return [v[1:], v[:-1], v[::-1], v[5:2]]


def joined(a: Any, b: Any) -> Any:
    return [a + b, a * 2, [*a, *b]]


CASES = [
    ("flatten", ([1, [2, [3, "a"], []], (4, [5])],)),
    ("flatten", ([],)),
    ("weighted", ([5, 2, [-7, 1], 3, [6, [-13, 8], 4]], 1)),
    ("flat_keys", ({"a": {"b": 1, "c": {"d": [1, 2]}}, "e": None}, "")),
    ("flat_keys", ({}, "x")),
    ("depth", ([1, {"a": [(), {}]}, "x"],)),
    ("depth", ("abc",)),
    ("find", ({"a": [{"b": 7}]}, "a.0.b")),
    ("find", ({"a": [{"b": 7}]}, "a.1.b")),
    ("find", ({"a": 1}, "a.b")),
    ("merged", ({"a": {"x": 1}, "b": [1]}, {"a": {"y": 2}, "b": {"z": 3}})),
    ("names", ([{"name": " Ann ", "active": 1}, {"name": "Bob"}],)),
    ("names", ([{"name": 5, "active": True}],)),
    ("names", ([{"active": True}],)),
    ("summary", ([3, 1, 2],)),
    ("summary", ([],)),
    ("report", (2,)),
    ("report", (0,)),
    ("shown", ([1, "a", [2.5, None, {"k": (1,)}], {3}],)),
    ("shown", ({},)),
    ("shown", (set(),)),
    ("shown", (5,)),
    ("compared", ([1, [2]], [1, [2]])),
    ("compared", ([1, 2], [1, 3])),
    ("compared", ({"a": 1}, {"a": 1.0})),
    ("compared", ([1], (1,))),
    ("compared", ([1, "a"], [1, 2])),
    ("loaded", ('{"a": [1, 2.5, "x\\u00e9\\n", null, true], "b": {"c": {}}, "b": -0}',)),
    ("loaded", (" [1e3, -2, []] ",)),
    ("dumped", ({"b": [1, None, True, 2.5, "é"], "a": {"x": (1, 2)}},)),
    ("dumped", ([{1}],)),
    ("dumped", ({(1, 2): 3},)),
    ("total", ([1, 2.5, {"a": [3, None, "x", True]}],)),
    ("counted", ([[], {}, 1, [1]],)),
    ("counted", ({"a": 1, "b": 2},)),
    ("counted", (5,)),
    ("sliced", ([1, [2], 3],)),
    ("sliced", ("abc",)),
    ("sliced", (5,)),
    ("joined", ([1], [[2]])),
    ("joined", ([1], 2)),
    ("joined", ("a", "b")),
]
DECLINES = [
    ("shown", ({1, 2},)),
    ("loaded", ("[1,]",)),
    ("loaded", ("[12345678901234567890]",)),
    ("weighted", ([True, [1]], 2)),
    ("dumped", ({1: 2},)),
    ("dumped", ({1: 2, "a": 3},)),
    ("sliced", ({"a": 1},)),
]
