"""Instances that are iterated, by generators of their own; functions that return an iterator."""

from __future__ import annotations
from collections.abc import Iterator
from dataclasses import dataclass


class Node:
    def __init__(self, data: int) -> None:
        self.data = data
        self.left: Node | None = None
        self.right: Node | None = None

    def __iter__(self) -> Iterator[int]:
        if self.left:
            yield from self.left
        yield self.data
        yield from self.right or []

    def preorder(self) -> Iterator[Node]:
        yield self
        for child in (self.left, self.right):
            if child is not None:
                yield from child.preorder()


def build(xs: list[int]) -> Node | None:
    root: Node | None = None
    for x in xs:
        if root is None:
            root = Node(x)
        else:
            node = root
            while True:
                if x < node.data:
                    if node.left is None:
                        node.left = Node(x)
                        break
                    node = node.left
                else:
                    if node.right is None:
                        node.right = Node(x)
                        break
                    node = node.right
    return root


def sorted_by_tree(xs: list[int]) -> list[int]:
    root = build(xs)
    if root is None:
        return []
    return list(root)


def tree_sum(xs: list[int]) -> int:
    root = build(xs)
    if root is None:
        return 0
    return sum(root) + sum(n.data for n in root.preorder())


def has(xs: list[int], k: int) -> bool:
    root = build(xs)
    return root is not None and k in root


@dataclass
class Bag:
    items: list[int]

    def __iter__(self) -> Iterator[int]:
        for i in self.items:
            yield i

    def __len__(self) -> int:
        return sum(1 for _ in self)


def bagged(xs: list[int]) -> tuple[list[int], int, str]:
    bag = Bag(list(xs))
    out = []
    for i, x in enumerate(bag):
        out.append(i * x)
    return out, len(bag), ",".join(str(x) for x in bag)


class Link:
    def __init__(self, data: int, after: Link | None) -> None:
        self.data = data
        self.after = after


class Chain:
    def __init__(self) -> None:
        self.head: Link | None = None
        self.size = 0

    def push(self, x: int) -> None:
        self.head = Link(x, self.head)
        self.size += 1

    def __iter__(self) -> Iterator[int]:
        node = self.head
        while node:
            yield node.data
            node = node.after

    def __str__(self) -> str:
        return "->".join(str(item) for item in self)

    def __getitem__(self, index: int) -> int:
        for i, x in enumerate(self):
            if i == index:
                return x
        raise IndexError("list index out of range")

    def __contains__(self, k: int) -> bool:
        return any(k == x for x in self)


def chained(xs: list[int], at: int) -> str:
    chain = Chain()
    for x in xs:
        chain.push(x)
    return f"{chain} {chain[at]} {len(tuple(chain))} {max(chain)} {at in chain}"


def walk(node: Link | None, n: int) -> Iterator[int]:
    while node is not None and n > 0:
        yield node.data
        node = node.after
        n -= 1


def walked(xs: list[int], n: int) -> list[int]:
    chain = Chain()
    for x in xs:
        chain.push(x)
    return [x for x in walk(chain.head, n)]


class Tree:
    def __init__(self, root: Node) -> None:
        self.root = root

    def __iter__(self) -> Iterator[int]:
        return iter(self.root)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def treed(xs: list[int]) -> int:
    root = build(xs)
    if root is None:
        return -1
    tree = Tree(root)
    return len(tree) + max(tree)


def squares(xs: list[int], k: int) -> Iterator[int]:
    return (x * x + k for x in xs if x != k)


def counted(text: str) -> Iterator[tuple[int, str]]:
    n = int(text)
    return zip(range(n), text)


def parsed(words: list[str]) -> Iterator[int]:
    return map(int, words)


def uses(xs: list[int], k: int, text: str, words: list[str]) -> tuple[list[int], str, int]:
    return list(squares(xs, k)), ",".join(f"{a}{b}" for a, b in counted(text)), sum(parsed(words))


def rebinds(xs: list[int], k: int) -> Iterator[int]:
    k = k + 1
    return (x * k for x in xs)


def uses_rebound(xs: list[int], k: int) -> list[int]:
    return list(rebinds(xs, k))


CASES = [
    ("build", ([2, 1, 3, 2],)),
    ("sorted_by_tree", ([3, 1, 2, 5, 4],)),
    ("sorted_by_tree", ([],)),
    ("tree_sum", ([2, 1, 3],)),
    ("tree_sum", ([],)),
    ("has", ([2, 1, 3], 3)),
    ("has", ([2, 1, 3], 4)),
    ("bagged", ([4, 5],)),
    ("chained", ([4, 5, 1], 1)),
    ("chained", ([4, 5], 7)),
    ("walked", ([1, 2, 3], 2)),
    ("treed", ([2, 1],)),
    ("treed", ([],)),
    ("squares", ([1, 2, 3], 2)),
    ("counted", ("3",)),
    ("counted", ("x",)),
    ("parsed", (["1", "2"],)),
    ("parsed", (["1", "x"],)),
    ("uses", ([1, 2], 1, "2", ["3"])),
    ("uses_rebound", ([1, 2], 1)),
]
REFUSED = {"rebinds": "PT202", "uses_rebound": "PT501"}
