"""Parameters that are handed None and look for it, though their annotations have none.

>>> root, left = Branch(1), Branch(2)
>>> root.left, root.right = left, Branch(3)
"""

from __future__ import annotations


class Branch:
    def __init__(self, data):
        self.data = data
        self.left = None
        self.right = None


def total(node: Branch) -> int:
    if not isinstance(node, Branch) or not node:
        return 0
    return node.data + total(node.left) + total(node.right)


def depth(node: Branch) -> int:
    if node is None:
        return 0
    return 1 + max(depth(node.left), depth(node.right))


def show(node: Branch) -> None:
    if node:
        show(node.left)
        print(node.data, end=",")
        show(node.right)


def grown(values: list[int]) -> Branch:
    root = Branch(values[0])
    for value in values[1:]:
        branch = Branch(value)
        if root.left is None:
            root.left = branch
        else:
            root.left.right = branch
    return root


def summed(values: list[int]) -> int:
    root = grown(values)
    show(root)
    return 100 * total(root) + depth(root)


CASES = [
    ("summed", ([1],)),
    ("summed", ([4, 5, 6],)),
    ("summed", ([],)),
]
