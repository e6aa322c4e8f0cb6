"""`__init__` that calls methods before all attributes are bound, and instances that are keys by their identity."""

from __future__ import annotations


class Sums:
    """Sums of ranges."""

    def __init__(self, values: list[int]) -> None:
        self.values = list(values)
        self.size = len(values)
        self.sums = self._build()
        self.top = self._largest()
        if self.size > 3:
            self.label = self._named("long")
        else:
            self.label = "short"

    def _build(self) -> list[int]:
        found = [0]
        total = 0
        for value in self.values:
            total += value
            found.append(total)
        return found

    def _largest(self) -> int:
        return max(self.sums)

    def _named(self, kind: str) -> str:
        return f"{kind} {self.top}"

    def between(self, a: int, b: int) -> int:
        return self.sums[b] - self.sums[a]


class Early:
    """Looks at what is bound later: Python raises."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.total = self.twice()
        self.items = [1]

    def twice(self) -> int:
        return 2 * len(self.items) * self.n


class Deep:
    """Looks at it through another method."""

    def __init__(self) -> None:
        self.first = self.outer()
        self.second = 2

    def outer(self) -> int:
        return self.inner() + 1

    def inner(self) -> int:
        return self.second


class Perhaps:
    """Binds an attribute on one way only."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.shown = self.show()
        if n > 0:
            self.label = "positive"

    def show(self) -> str:
        return str(self.n)


class Task:
    def __init__(self, name: str, cost: int) -> None:
        self.name = name
        self.cost = cost

    def __lt__(self, other: Task) -> bool:
        return self.cost < other.cost


def sums(values: list[int], a: int, b: int) -> tuple[int, int, str]:
    made = Sums(values)
    return made.between(a, b), made.top, made.label


def early(n: int) -> int:
    return Early(n).total


def deep() -> int:
    return Deep().first


def perhaps(n: int) -> str:
    return Perhaps(n).shown


def places(costs: list[int]) -> list[str]:
    """The place of each task, which is looked up by the task itself."""
    tasks = [Task(f"t{i}", cost) for i, cost in enumerate(costs)]
    found: dict[Task, int] = {}
    for at, task in enumerate(tasks):
        found[task] = at
    for i in range(1, len(tasks)):
        j = i
        while j > 0 and tasks[j - 1] > tasks[j]:
            tasks[j - 1], tasks[j] = tasks[j], tasks[j - 1]
            found[tasks[j]] = j
            found[tasks[j - 1]] = j - 1
            j -= 1
    return [f"{task.name}{found[task]}" for task in tasks]


def alike(n: int) -> tuple[bool, int]:
    """Two tasks that look the same are two keys."""
    one, other = Task("a", n), Task("a", n)
    seen = {one, other}
    return one in seen and Task("a", n) not in seen, len(seen)


CASES = [
    ("sums", ([1, 2, 3, 4], 1, 3)),
    ("sums", ([5, -2], 0, 1)),
    ("sums", ([], 0, 1)),
    ("places", ([3, 1, 2],)),
    ("places", ([],)),
    ("places", ([1, 1, 0],)),
    ("alike", (1,)),
    ("early", (1,)),
    ("deep", ()),
    *(("perhaps", (n,)) for n in [0, 1]),
]
REFUSED = {
    "Early.__init__": "PT201",
    "early": "PT501",
    "Deep.__init__": "PT201",
    "deep": "PT501",
}
