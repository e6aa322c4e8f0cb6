"""What a function's source shows where its body has no typed tree."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from portalis.compiler.analysis.written_changes import changed_names
from portalis.compiler.analysis.written_sweeps import swept_names


def function(body: str) -> ast.FunctionDef:
    node = ast.parse(f"def f(xs, ys, n):\n{dedent(body)}".replace("\n", "\n    ")).body[0]
    assert isinstance(node, ast.FunctionDef)
    return node


@pytest.mark.parametrize(
    ("body", "changed", "resized"),
    [
        ("xs.append(1)", {"xs"}, {"xs"}),
        ("xs[0][1] = 2", {"xs"}, set()),
        ("xs[1:] = ys", {"xs"}, {"xs"}),
        ("del xs[0]", {"xs"}, {"xs"}),
        ("xs.sort()", {"xs"}, set()),
        ("xs[0], ys[0] = ys[0], xs[0]", {"xs", "ys"}, set()),
        ("xs[0].items.add(n)", {"xs"}, {"xs"}),
        ("heapq.heappush(xs, n)", {"xs"}, {"xs"}),
        ("shuffle(xs)", {"xs"}, set()),
        ("xs = sorted(ys)\nreturn xs[0]", set(), set()),
        ("for xs[0] in ys:\n    pass", {"xs"}, set()),
    ],
)
def test_changes(body: str, changed: set[str], resized: set[str]) -> None:
    assert changed_names(function(body)) == (changed, resized)


@pytest.mark.parametrize(
    ("body", "swept"),
    [
        ("return sum(xs)", {"xs"}),
        ("for x in sorted(xs):\n    pass", {"xs"}),
        ("return [x for x in xs[1:] if x in ys]", {"xs"}),
        ("for i in range(len(xs)):\n    pass", {"xs"}),
        ("for k, v in xs.items():\n    pass", {"xs"}),
        ("return max(*xs, n)", {"xs", "n"}),
        ("return xs[n]", set()),
        ("for i in range(n):\n    xs[0] += 1", set()),
    ],
)
def test_sweeps(body: str, swept: set[str]) -> None:
    assert swept_names(function(body)) == swept
