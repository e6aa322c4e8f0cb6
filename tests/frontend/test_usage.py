"""Types for parameters of which only their uses tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.compiler.frontend import oracle, project
from portalis.compiler.frontend.usage import all_guesses


def guessed(tmp_path: Path, text: str) -> dict[str, dict[str, str]]:
    """The guesses about a text, by function."""
    (tmp_path / "m.py").write_text(text, "utf-8")
    found = all_guesses(project.load([tmp_path / "m.py"]).modules)
    return {
        target.name: {name: str(type_) for name, type_ in types.items()}
        for target, types in found.params.items()
    }


NUMBER = "float | int"


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("def f(s): return sum(c in 'aeiou' for c in s)", {"s": "str"}),
        ("def f(words): return [w for w in words if w.isalpha()]", {"words": "list[str]"}),
        ("def f(x): return x.split()[0].upper()", {"x": "str"}),
        ("def f(x): return ' '.join(x)", {"x": "list[str]"}),
        ("def f(xs): return ' '.join(x for x in xs if len(x) > 1)", {"xs": "list[str]"}),
        ("def f(xs): return sum(x * x for x in xs)", {"xs": f"list[{NUMBER}]"}),
        ("def f(xs): return sum(n + 1 for n in xs)", {"xs": f"list[{NUMBER}]"}),
        ("def f(xs): return [x for x in xs if x % 2 == 0]", {"xs": "list[int]"}),
        ("def f(xs): return sorted(xs)[-2]", {"xs": f"list[{NUMBER}]"}),
        ("def f(a, b): return a / b if b else 0", {"a": NUMBER, "b": NUMBER}),
        ("def f(low, high): return list(range(low, high + 1))", {"low": "int", "high": "int"}),
        ("def f(n): return 1 if n < 2 else n * f(n - 1)", {"n": "int"}),
        ("def f(size): return '*' * size", {"size": "int"}),
        ("def f(grid): return [[c * 2 for c in row] for row in grid]", {"grid": f"list[list[{NUMBER}]]"}),
        (
            "def f(g, i, j):\n    g[i][j] = 1\n    return g[i + 1][j]",
            {"g": "list[list[int]]", "i": "int", "j": "int"},
        ),
        ("def f(p):\n    x, y = p\n    return x + 2 * y", {"p": f"tuple[{NUMBER}, {NUMBER}]"}),
        ("def f(d): return d['name'].title()", {"d": "dict[str, str]"}),
        ("def f(d): return {k: v + 1 for k, v in d.items()}", {"d": f"dict[object, {NUMBER}]"}),
        ("def f(s):\n    s = s.lower()\n    s = s.split(',')\n    return s", {"s": "str"}),
        ("def f(n):\n    n = str(n % 10)\n    return n", {"n": "int"}),
        ("def f(items):\n    items.append('x')", {"items": "list[str]"}),
        ("import math\ndef f(a, b): return math.gcd(a, b)", {"a": "int", "b": "int"}),
        ("import re\ndef f(t): return re.sub(r'\\W', '', t)", {"t": "str"}),
        ("def f(x, y=None): return x.upper() if y is None else y.lower()", {"x": "str", "y": "str | None"}),
        ("def f(x): return f'{x:04b}'", {"x": "int"}),
        (
            "def f(g, xs): return [x % 2 for x in xs if g(x)]",
            {"g": "Callable[[int], bool]", "xs": "list[int]"},
        ),
        ("def f(d): return d.year + d.month", {"d": "datetime.date"}),
        (
            "class P:\n    pass\ndef f(o):\n    if isinstance(o, P):\n        return 0\n    return o % 2",
            {"o": "int | m.P"},
        ),
        (
            "class P: pass\ndef f(o):\n    if not isinstance(o, (P, str)):\n        raise o\n    return 1",
            {"o": "m.P | str"},
        ),
        ("def f(d): return d.hour * 60 + d.minute", {"d": "datetime.datetime"}),
        ("def f(xs, i, j): return xs[i] + xs[j]", {"xs": f"list[{NUMBER}]", "i": "int", "j": "int"}),
    ],
)
def test_uses_tell(tmp_path: Path, text: str, types: dict[str, str]) -> None:
    assert guessed(tmp_path, text).get("f", {}) == types


@pytest.mark.parametrize(
    "text",
    [
        "def f(x): return x",
        "def f(x): return x.unknown_method()",
        "def f(x): return x.lower() + x[0] if x else x + 1",
        "def f(a, b): return a[::-1] + b",
    ],
)
def test_nothing_is_said_of_what_could_be_anything(tmp_path: Path, text: str) -> None:
    assert "f" not in guessed(tmp_path, text)


def test_nested_functions_and_calls_lead_to_each_other(tmp_path: Path) -> None:
    text = """
def outer(grid, start):
    def neighbours(cell):
        r, c = cell
        return [(r + 1, c), (r, c + 1)]
    return [n for n in neighbours(start) if grid[n[0]][n[1]] == "#"]

def is_even(n):
    return n % 2 == 0

def evens(numbers):
    return [x for x in numbers if is_even(x)]
"""
    found = guessed(tmp_path, text)
    assert found["outer.<locals>.neighbours"] == {"cell": "tuple[int, int]"}
    assert found["outer"] == {"grid": "list[str]", "start": "tuple[int, int]"}
    assert found["evens"] == {"numbers": "list[int]"}


def test_instances_are_known_by_what_they_have(tmp_path: Path) -> None:
    text = """
class Node:
    def __init__(self, data, left=None, right=None):
        self.data = data
        self.left = left
        self.right = right

def depth(root):
    if root is None:
        return 0
    return 1 + max(depth(root.left), depth(root.right))
"""
    found = guessed(tmp_path, text)
    assert found["depth"] == {"root": "m.Node | None"}
    assert found["Node.__init__"] == {"data": "object", "left": "m.Node | None", "right": "m.Node | None"}


def test_calls_say_more_than_uses_and_the_oracle_may_object(tmp_path: Path, mypy_cache: Path) -> None:
    text = """
def double(x):
    return x * 2

def odd(xs):
    xs.sort()
    return xs.lower()

def longest(words):
    return max(words, key=len)

assert double("ab") == "abab"
"""
    (tmp_path / "m.py").write_text(text, "utf-8")
    answer = oracle.ask(project.load([tmp_path / "m.py"]), cache_dir=mypy_cache)

    def params(name: str) -> list[str]:
        signature = answer.signature("m", name)
        assert signature is not None
        return [str(param.type) for param in signature.params]

    assert params("double") == ["str"]
    assert params("odd") == ["Any"]
    assert params("longest") == ["list[str]"]


def test_attributes_that_are_only_none_are_known_by_their_uses(tmp_path: Path, mypy_cache: Path) -> None:
    text = """
class Node:
    def __init__(self, data):
        self.data = data
        self.left = None
        self.right = None

def height(root):
    if not root:
        return 0
    return 1 + max(height(root.left), height(root.right))

def most(root):
    best = root.data
    while root:
        best = max(best, root.data)
        root = root.right
    return best

class Trie:
    def __init__(self):
        self.children = {}

def insert(node, word):
    for c in word.lower():
        if not node.children.get(c):
            node.children[c] = Trie()
        node = node.children[c]

def paths(graph, start):
    found = []
    collect(graph, start, found)
    return found

def collect(graph, at, found):
    found.append(at + 1)
    for other in graph[at]:
        collect(graph, other, found)

print(most(Node(3)))
"""
    (tmp_path / "m.py").write_text(text, "utf-8")
    loaded = project.load([tmp_path / "m.py"])
    uses = all_guesses(loaded.modules)
    assert str(uses.fields["m.Node", "left"]) == "m.Node | None"
    assert str(uses.fields["m.Trie", "children"]) == "dict[str, m.Trie]"
    assert str(uses.fields["m.paths@30", "found"]) == "list[float | int]"
    answer = oracle.ask(loaded, cache_dir=mypy_cache)
    signature = answer.signature("m", "most")
    assert signature is not None
    assert str(signature.params[0].type) == "m.Node | None"
