"""Nodes with links to their own class: swaps, chains of assignments, truth by length, identity."""

from __future__ import annotations


class Tree:
    def __init__(self, value: int) -> None:
        self.value = value
        self.left: Tree | None = None
        self.right: Tree | None = None

    def mirror(self) -> None:
        self.left, self.right = self.right, self.left
        if self.left is not None:
            self.left.mirror()
        if self.right is not None:
            self.right.mirror()

    def insert(self, value: int) -> None:
        if value < self.value:
            if self.left:
                self.left.insert(value)
            else:
                self.left = Tree(value)
        elif self.right:
            self.right.insert(value)
        else:
            self.right = Tree(value)

    def __len__(self) -> int:
        size = 1
        if self.left is not None:
            size += len(self.left)
        if self.right is not None:
            size += len(self.right)
        return size

    @property
    def leftmost(self) -> Tree:
        if self.left is None:
            return self
        return self.left.leftmost

    @classmethod
    def of(cls, values: list[int]) -> Tree:
        tree = cls(values[0])
        for value in values[1:]:
            tree.insert(value)
        return tree


def values_of(tree: Tree | None) -> list[int]:
    if not tree:
        return []
    return values_of(tree.left) + [tree.value] + values_of(tree.right)


def mirrored(values: list[int]) -> list[int]:
    tree = Tree.of(values)
    tree.mirror()
    return values_of(tree)


def measured(values: list[int]) -> list[int]:
    tree = Tree.of(values)
    return [len(tree), tree.leftmost.value, 1 if tree.leftmost is tree else 0]


class Link:
    def __init__(self, data: int) -> None:
        self.data = data
        self.next: Link | None = None


class Chain:
    def __init__(self) -> None:
        self.head: Link | None = None
        self.tail: Link | None = None

    def append(self, data: int) -> None:
        if self.tail is None:
            self.head = self.tail = Link(data)
        else:
            self.tail.next = Link(data)
            self.tail = self.tail.next

    def bump(self) -> None:
        if self.head is not None:
            self.head.data += 10


def chained(values: list[int]) -> list[int]:
    chain = Chain()
    for value in values:
        chain.append(value)
    chain.bump()
    found: list[int] = []
    link = chain.head
    while link is not None:
        found.append(link.data)
        link = link.next
    if chain.tail is not None:
        found.append(chain.tail.data)
    return found


def counted(values: list[int]) -> int:
    """What the test before the loop says of `head.next` no longer holds inside it."""
    chain = Chain()
    for value in values:
        chain.append(value)
    head = chain.head
    if not head or not head.next:
        return 0
    count = 0
    while head:
        count += 1
        head = head.next
    return count


def is_last(link: Link) -> bool:
    """Every instance is true: what is left for others is never reached."""
    if link:
        return link.next is None
    return True


def first_of(link: Link) -> int:
    if link is None:
        return -1
    return link.data


def ends(values: list[int]) -> list[int]:
    return [first_of(Link(value)) for value in values if is_last(Link(value))]


CASES = [
    ("mirrored", ([2, 1, 3],)),
    ("mirrored", ([5, 2, 8, 1, 9, 3],)),
    ("mirrored", ([],)),
    ("measured", ([4],)),
    ("measured", ([2, 1, 3],)),
    ("chained", ([],)),
    ("chained", ([1],)),
    ("chained", ([1, 2, 3],)),
    ("counted", ([1],)),
    ("counted", ([1, 2, 3],)),
    ("ends", ([],)),
    ("ends", ([4, 2],)),
]
DECLINES = [("is_last", (None,)), ("first_of", (None,))]
SHOWN = ["Tree"]
