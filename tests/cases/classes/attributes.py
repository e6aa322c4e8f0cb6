"""Attributes without annotations: their types come from everything that is bound to them."""


class Entry:
    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.next = None


class Chain:
    def __init__(self):
        self.head = self.tail = None
        self.size = 0

    def push(self, key: str, value: int):
        entry = Entry(key, value)
        if self.tail is None:
            self.head = entry
        else:
            self.tail.next = entry
        self.tail = entry
        self.size += 1

    def find(self, key: str):
        current = self.head
        while current:
            if current.key == key:
                return current.value
            current = current.next
        return None

    def keys(self):
        found = []
        current = self.head
        while current is not None:
            found.append(current.key)
            current = current.next
        return found


class Ring:
    def __init__(self, size: int):
        self.slots = [None] * size
        self.seen, self.last = set(), None
        self.counts = {}

    def put(self, index: int, text: str):
        self.slots[index] = text
        self.seen.add(text)
        self.last = text
        self.counts[text] = self.counts.get(text, 0) + 1

    def shown(self):
        return "".join("-" if text is None else "+" for text in self.slots)


class Grid:
    def __init__(self):
        self.rows = []

    def grow(self, width: int, height: int) -> None:
        self.rows = [[0 for _ in range(width)] for _ in range(height)]
        for y in range(height):
            for x in range(width):
                self.rows[y][x] = x * y

    def total(self) -> int:
        return sum(sum(row) for row in self.rows)


def chained(words: list[str]) -> tuple[int, list[str], int | None]:
    chain = Chain()
    for index, word in enumerate(words):
        chain.push(word, index)
    return chain.size, chain.keys(), chain.find("b")


def rung(words: list[str]) -> tuple[str, str | None, int, int]:
    ring = Ring(3)
    for index, word in enumerate(words):
        ring.put(index, word)
    return ring.shown(), ring.last, len(ring.seen), ring.counts.get("a", 0)


def grown(width: int, height: int) -> int:
    grid = Grid()
    before = grid.total()
    grid.grow(width, height)
    return before + grid.total()


CASES = [
    ("chained", ([],)),
    ("chained", (["a", "b", "c", "b"],)),
    ("rung", ([],)),
    ("rung", (["a", "a"],)),
    ("rung", (["a", "b", "c", "d"],)),
    ("grown", (0, 3)),
    ("grown", (4, 3)),
]
