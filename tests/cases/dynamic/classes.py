"""Classes that hold values of any type: by an annotation, by a type parameter, in owned and in shared instances."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Node:
    def __init__(self, data: Any) -> None:
        self.data = data
        self.next: Node | None = None


class LinkedList:
    def __init__(self) -> None:
        self.head: Node | None = None

    def push(self, data: Any) -> None:
        node = Node(data)
        node.next = self.head
        self.head = node

    def pop(self) -> Any:
        if self.head is None:
            raise IndexError("empty list")
        data = self.head.data
        self.head = self.head.next
        return data

    def __contains__(self, data: object) -> bool:
        node = self.head
        while node is not None:
            if node.data == data:
                return True
            node = node.next
        return False

    def __str__(self) -> str:
        shown = []
        node = self.head
        while node is not None:
            shown.append(str(node.data))
            node = node.next
        return "->".join(shown)


class Stack(Generic[T]):
    def __init__(self, limit: int = 10) -> None:
        self.items: list[T] = []
        self.limit = limit

    def push(self, data: T) -> None:
        if len(self.items) >= self.limit:
            raise OverflowError("full")
        self.items.append(data)

    def pop(self) -> T:
        return self.items.pop()


class Branch(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value = value
        self.left: Branch[T] | None = None


def listed(items: list[Any], wanted: Any) -> tuple[str, bool, Any]:
    linked = LinkedList()
    for item in items:
        linked.push(item)
    return str(linked), wanted in linked, linked.pop()


def total(n: int) -> int:
    stack: Stack[int] = Stack(n)
    for i in range(n):
        stack.push(i)
    found = 0
    while stack.items:
        found += stack.pop()
    return found


def depth(texts: list[str]) -> str:
    branch = Branch("root")
    tip = branch
    for text in texts:
        tip.left = Branch(text)
        tip = tip.left
    return branch.value + tip.value


CASES = [
    ("listed", ([1, "a", 2.5], "a")),
    ("listed", ([(1, "b"), None], (1.0, "b"))),
    ("listed", ([1], 2)),
    ("listed", ([], 2)),
    ("total", (4,)),
    ("depth", ([],)),
    ("depth", (["a", "b"],)),
]
DECLINES = [("listed", ([[1]], 1))]
