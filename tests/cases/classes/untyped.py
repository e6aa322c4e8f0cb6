"""Classes and functions without annotations, of which uses tell what they hold."""

from collections import defaultdict


class Node:
    def __init__(self, value):
        self.value = value
        self.left = None
        self.right = None


class Graph:
    def __init__(self):
        self.near = defaultdict(list)
        self.degrees = defaultdict(int)

    def add(self, a, b):
        self.near[a].append(b)
        self.degrees[a] += 1

    def leads(self, a, b, seen=None):
        if seen is None:
            seen = set()
        if a == b:
            return True
        seen.add(a)
        for other in self.near[a]:
            if other not in seen and self.leads(other, b, seen):
                return True
        return False


class Recent:
    def __init__(self, capacity):
        self.capacity = capacity
        self.kept = {}

    def put(self, key, value):
        if key in self.kept:
            self.kept.pop(key)
        elif len(self.kept) >= self.capacity:
            self.kept.pop(next(iter(self.kept)))
        self.kept[key] = value


def insert(root, value):
    if root is None:
        return Node(value)
    if value < root.value:
        root.left = insert(root.left, value)
    else:
        root.right = insert(root.right, value)
    return root


def in_order(root, out):
    if root:
        in_order(root.left, out)
        out.append(root.value)
        in_order(root.right, out)


def depth(root):
    if not root:
        return 0
    return 1 + max(depth(root.left), depth(root.right))


def sorted_by_tree(values: list[int]) -> tuple[list[int], int]:
    root = None
    for value in values:
        root = insert(root, value)
    out = []
    in_order(root, out)
    return [int(one) for one in out], depth(root)


def leads(pairs: list[tuple[int, int]], a: int, b: int) -> tuple[bool, int]:
    graph = Graph()
    for one, other in pairs:
        graph.add(one, other)
    return graph.leads(a, b), graph.degrees[a]


def remembered(keys: list[str], capacity: int) -> list[str]:
    recent = Recent(capacity)
    for at, key in enumerate(keys):
        recent.put(key, at)
    return [str(key) for key in recent.kept]


def fences(text, key):
    rails = [[] for _ in range(key)]
    lowest = key - 1
    for at, letter in enumerate(text):
        place = at % (lowest * 2)
        rails[min(place, lowest * 2 - place)].append(letter)
    return "".join("".join(rail) for rail in rails)


def components(n, pairs):
    near = [[] for _ in range(n)]
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    seen = [False] * n
    count = 0

    def visit(at):
        seen[at] = True
        for other in near[at]:
            if not seen[other]:
                visit(other)

    for at in range(n):
        if not seen[at]:
            visit(at)
            count += 1
    return count


CASES = [
    ("sorted_by_tree", ([3, 1, 2, 5, 4],)), ("sorted_by_tree", ([],)),
    ("leads", ([(1, 2), (2, 3)], 1, 3)), ("leads", ([(1, 2), (2, 1)], 1, 4)), ("leads", ([], 2, 2)),
    ("remembered", (["a", "b", "a", "c", "d"], 2)), ("remembered", (["x"], 0)),
    ("fences", ("hello world", 3)), ("fences", ("ab", 1)),
    ("components", (5, [(0, 1), (3, 4)])), ("components", (0, [])),
]  # fmt: skip
