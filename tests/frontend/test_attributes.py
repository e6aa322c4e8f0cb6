"""Types of attributes: from everything that a project binds to them and puts into them."""

from __future__ import annotations

import ast
from pathlib import Path

from portalis.compiler.frontend import oracle, project

TEXT = '''
"""Examples.

>>> bag = Bag(3)
>>> bag.put("x")
"""
from collections import defaultdict, deque
from typing import Any


class Node:
    def __init__(self, data):
        self.data = data
        self.next = None


class Bag:
    limit: int

    def __init__(self, limit, *rest):
        self.limit = limit
        self.head = self.tail = None
        self.first, self.count = None, 0
        self.items = []
        self.slots = [None] * limit
        self.rows = [[] for _ in range(limit)]
        self.seen = set()
        self.queue = deque()
        self.groups = defaultdict(list)
        self.table = {}
        self.unknown = []
        self.either = None
        self.never = None
        self.size = 0

    def put(self, item):
        node = Node(len(item))
        node.next = self.head
        self.head = node
        self.tail = node
        self.first = item
        self.items.append(item)
        self.slots[0] = item
        self.rows[0].append(len(item))
        self.seen.update([1, 2])
        self.queue.extend(self.rows[0])
        self.groups[item].append(2.5)
        self.table[len(item)] = item
        self.size += 1

    def mix(self, anything: Any, flag: bool):
        self.unknown.append(anything)
        self.unknown.append(1)
        self.either = 1
        self.either = "x"

    def last(self):
        return self.head.next.data


def outside(bag: Bag):
    bag.size = None
    return bag.last()
'''


def test_attributes_get_the_union_of_their_bindings(tmp_path: Path, mypy_cache: Path) -> None:
    (tmp_path / "bags.py").write_text(TEXT, "utf-8")
    answer = oracle.ask(project.load([tmp_path]), cache_dir=mypy_cache)
    names = "limit head tail first count items slots rows seen queue groups table either size".split()
    found = {name: str(answer.variable("bags", "Bag", name)) for name in names}
    assert found == {
        "limit": "int",
        "head": "bags.Node | None",
        "tail": "bags.Node | None",
        "first": "str | None",
        "count": "int",
        "items": "list[str]",
        "slots": "list[str | None]",
        "rows": "list[list[int]]",
        "seen": "set[int]",
        "queue": "collections.deque[int]",
        "groups": "collections.defaultdict[str, list[float]]",
        "table": "dict[int, str]",
        "either": "int | str | None",
        "size": "int | None",
    }
    assert str(answer.variable("bags", "Bag", "never")) == "None"
    assert "Any" in str(answer.variable("bags", "Bag", "unknown"))
    assert str(answer.variable("bags", "Node", "next")) == "bags.Node | None"
    last = answer.signature("bags", "Bag.last")
    assert last is not None and str(last.returns) == "int"
    put = answer.signature("bags", "Bag.put")
    assert put is not None and [str(one.type) for one in put.params] == ["bags.Bag", "str"]


LOCALS = """
from collections import Counter, OrderedDict, defaultdict, deque


def words(texts: list[str], n: int):
    counts = defaultdict(int)
    nested = defaultdict(lambda: defaultdict(float))
    tally = Counter()
    first = deque()
    last = OrderedDict()
    anything = defaultdict(list)
    for text in texts:
        counts[text] += 1
        nested[len(text)][text] = 0.5
        tally.update(text)
        first.appendleft((n, text))
        last[text] = n

    def inner(first):
        first.append(1)

    again = deque()
    again = deque([n])
    bare: dict = {}
    bare[n] = [texts]
    return counts, nested, tally, first, last, anything, again, inner, bare
"""


def test_an_empty_container_holds_what_its_function_puts_in(tmp_path: Path, mypy_cache: Path) -> None:
    (tmp_path / "local.py").write_text(LOCALS, "utf-8")
    project_ = project.load([tmp_path])
    answer = oracle.ask(project_, cache_dir=mypy_cache)
    (result,) = [
        node.value
        for node in ast.walk(project_.modules["local"].tree)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple)
    ]
    found = {one.id: str(answer.type_of("local", one)) for one in result.elts if isinstance(one, ast.Name)}
    assert found["counts"] == "collections.defaultdict[str, int]"
    assert found["nested"] == "collections.defaultdict[int, collections.defaultdict[str, float]]"
    assert found["tally"] == "collections.Counter[str]"
    assert found["first"] == "collections.deque[tuple[int, str]]"
    assert found["bare"] == "dict[int, list[list[str]]]"
    assert found["last"] == "collections.OrderedDict[str, int]"
    assert "Any" in found["anything"] or "Never" in found["anything"]


POSSIBLE = """
class Node:
    def __init__(self, size: int) -> None:
        self.size = size
        self.next = None
        self.weight = None

    def follow(self, other: "Node") -> None:
        self.next = other

    def weigh(self) -> None:
        self.weight = self.next.size * 2 + 1
"""


def test_what_is_computed_from_a_possible_none_has_the_type_of_what_is_there(
    tmp_path: Path, mypy_cache: Path
) -> None:
    (tmp_path / "chain.py").write_text(POSSIBLE, "utf-8")
    answer = oracle.ask(project.load([tmp_path]), cache_dir=mypy_cache)
    assert str(answer.variable("chain", "Node", "next")) == "chain.Node | None"
    assert str(answer.variable("chain", "Node", "weight")) == "int | None"
