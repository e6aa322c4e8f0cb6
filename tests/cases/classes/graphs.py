"""Shared instances that hold containers: short borrows, code that comes back to what it came from."""
from __future__ import annotations


class Trie:
    def __init__(self) -> None:
        self.nodes: dict[str, Trie] = {}
        self.is_leaf = False

    def insert(self, word: str) -> None:
        current = self
        for char in word:
            if char not in current.nodes:
                current.nodes[char] = Trie()
            current = current.nodes[char]
        current.is_leaf = True

    def find(self, word: str) -> bool:
        current = self
        for char in word:
            if char not in current.nodes:
                return False
            current = current.nodes[char]
        return current.is_leaf

    def count(self) -> int:
        return int(self.is_leaf) + sum(child.count() for child in self.nodes.values())

    def words(self, prefix: str = "") -> list[str]:
        found = [prefix] if self.is_leaf else []
        for char, child in self.nodes.items():
            found += child.words(prefix + char)
        return found

    def delete(self, word: str) -> bool:
        if not word:
            self.is_leaf = False
            return len(self.nodes) == 0
        child = self.nodes.get(word[0])
        if child is None:
            return False
        if child.delete(word[1:]):
            del self.nodes[word[0]]
        return len(self.nodes) == 0


class Tree:
    def __init__(self, value: int, parent: Tree | None = None) -> None:
        self.value = value
        self.parent = parent
        self.children: list[Tree] = []
        self.sizes = [0]

    def add(self, value: int) -> Tree:
        child = Tree(value, self)
        self.children.append(child)
        self.sizes.append(len(self.sizes) + len(self.children))
        return child

    def grow(self) -> None:
        self.children.append(Tree(len(self.children), self))

    def depth(self) -> int:
        return 1 + max([child.depth() for child in self.children], default=0)

    def total(self) -> int:
        result = self.value
        for child in self.children:
            result += child.total()
        return result

    def bump(self) -> None:
        self.value += 1
        for child in self.children:
            child.bump()

    def count_up(self) -> None:
        self.value = len(self.children)

    def first(self) -> Tree:
        return self.children[0].first() if self.children else self

    def last(self) -> Tree:
        return self.children[-1]

    def second_depth(self) -> int:
        return self.value + self.children[1].depth() * len(self.children)

    def swap(self) -> None:
        self.children[0], self.children[1] = self.children[1], self.children[0]

    def has(self, other: Tree) -> bool:
        for child in self.children:
            if child is other:
                return True
        return False

    def pop(self) -> int:
        gone = self.children.pop()
        gone.parent = None
        return gone.value + len(self.children)

    def rename(self, names: list[int]) -> None:
        for child, name in zip(self.children, names):
            child.value = name

    def grow_all(self) -> None:
        for child in self.children:
            child.grow()


def used(words: list[str], gone: str) -> tuple[int, list[str], bool, list[str]]:
    trie = Trie()
    for word in words:
        trie.insert(word)
    before = trie.words()
    return trie.count(), before, trie.delete(gone), trie.words()


def grown(values: list[int]) -> tuple[int, int, list[int], bool]:
    tree = Tree(1)
    current = tree
    for value in values:
        current = current.add(value)
        tree.grow()
    tree.bump()
    if len(tree.children) > 1:
        tree.swap()
    return tree.total(), tree.depth(), tree.sizes.copy(), tree.has(current)


class Kin:
    def __init__(self, n: int) -> None:
        self.n = n
        self.kids: list[Kin] = []
        self.table: dict[str, list[Kin]] = {}
        self.other: Kin | None = None

    def make(self) -> Kin:
        self.kids.append(Kin(0))
        return Kin(len(self.kids))

    def rebind(self) -> int:
        self.kids = []
        return 1

    def add_made(self) -> None:
        self.kids.append(self.make())

    def counted(self) -> list[int]:
        return [kid.count() for kid in self.kids]

    def count(self) -> int:
        self.n += 1
        return self.n

    def arrange(self) -> None:
        self.kids.sort(key=lambda kid: kid.n)

    def around(self) -> int:
        return len(self.kids) + self.make().n + len(self.kids)

    def either(self) -> bool:
        return len(self.kids) > 0 and self.make().n > 1 or self.kids[0].count() == 2

    def file(self, key: str) -> None:
        self.table.setdefault(key, []).append(self)
        if key in self.table and self.table[key][0].make().n > 3:
            self.table[key] = [self]
        while len(self.table[key]) < 3:
            self.table[key].append(Kin(len(self.table[key])))

    def drain(self) -> int:
        total = 0
        while self.kids:
            kid = self.kids.pop()
            total += kid.around()
        return total

    def both(self) -> int:
        if self.kids:
            if self.make().n > 2:
                return 1
        return 0

    def alias(self) -> int:
        kids = self.kids
        self.make()
        return len(kids)

    def copied(self) -> int:
        kids = list(self.kids)
        for kid in kids:
            kid.make()
        return len(kids)

    def sum_counts(self) -> int:
        return sum(kid.count() for kid in self.kids)

    def holds(self, other: Kin) -> bool:
        return other in self.kids

    def endless(self) -> None:
        for kid in self.kids:
            self.kids.append(kid)

    def take(self, kids: list[Kin]) -> None:
        self.kids = list(kids)
        self.other = kids[0].other if kids else None
        self.n = len(self.kids) + len(kids)

    def given(self) -> list[Kin]:
        return self.kids

    def replace(self) -> int:
        for i in range(len(self.kids)):
            self.kids[i].n += i
            self.kids[i] = self.kids[i].make()
        return sum(k.n for k in self.kids)

    def pass_on(self) -> None:
        self.kids[0].kids.append(self.kids[-1])


def kin(n: int) -> Kin:
    root = Kin(n)
    for _ in range(n):
        root.add_made()
    return root


def reentered(n: int) -> tuple[list[int], int, int, bool, int, int]:
    root = kin(n)
    counts = root.counted()
    total = root.around() + root.sum_counts()
    if n > 1:
        root.pass_on()
        total += root.replace()
    found = root.holds(root.kids[0]), root.holds(Kin(1))
    return counts, total, root.copied(), found[0] and not found[1], root.both(), root.drain()


def chosen(n: int) -> tuple[bool, int]:
    root = kin(n)
    return root.either(), len(root.kids)


def handed(n: int) -> tuple[int, int]:
    root = Kin(0)
    others = [kin(i) for i in range(n)]
    root.take(others)
    root.rebind()
    return root.n, len(others)


def deep(n: int) -> int:
    root = Tree(0)
    current = root
    for value in range(n):
        current = current.add(value)
    return root.value


CASES = [
    ("used", ([], "")),
    ("used", (["a", "ab", "b", "é"], "ab")),
    ("used", (["a", "ab", "b"], "abc")),
    ("used", (["abc"], "abc")),
    ("grown", ([],)),
    ("grown", ([3, 1, 2],)),
    ("reentered", (1,)),
    ("reentered", (4,)),
    ("reentered", (0,)),
    ("chosen", (0,)),
    ("chosen", (1,)),
    ("chosen", (3,)),
    ("handed", (0,)),
    ("handed", (3,)),
    ("deep", (20000,)),
]
REFUSED = {
    "Tree.grow_all": "PT405",
    "Kin.arrange": "PT401",
    "Kin.file": "PT401",
    "Kin.alias": "PT401",
    "Kin.endless": "PT405",
    "Kin.given": "PT402",
}
