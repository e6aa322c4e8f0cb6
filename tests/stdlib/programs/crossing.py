"""What `collections` and `fractions` make goes to Python and comes from there, as what it is."""

from collections import Counter, OrderedDict, defaultdict, deque
from fractions import Fraction


def counted(xs: list[str]) -> Counter[str]:
    return Counter(xs)


def grouped(xs: list[str]) -> defaultdict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, x in enumerate(xs):
        found[x[:1]].append(at)
    return found


def tallied(xs: list[int]) -> defaultdict[int, int]:
    found: defaultdict[int, int] = defaultdict(int)
    for x in xs:
        found[x] += 1
    return found


def in_order(xs: list[str]) -> OrderedDict[str, int]:
    found: OrderedDict[str, int] = OrderedDict()
    for x in xs:
        found[x] = len(x)
        found.move_to_end(x, False)
    return found


def queued(xs: list[int], n: int) -> deque[int]:
    found = deque(xs)
    for _ in range(min(max(n, 0), len(xs))):
        found.append(found.popleft())
    return found


def quotients(xs: list[int]) -> list[Fraction]:
    return [Fraction(x, 6) for x in xs]


def in_a_pair(xs: list[int], text: str) -> tuple[deque[int], Counter[str] | None]:
    return deque(xs[::-1]), Counter(text) if text else None


def lowered(counts: Counter[str], xs: list[str]) -> int:
    counts.subtract(xs)
    counts["a"] += 2
    del counts["b"]
    return counts.total()


def most(counts: Counter[str]) -> list[tuple[str, int]]:
    return counts.most_common(2)


def appended(table: defaultdict[str, list[int]], xs: list[str]) -> int:
    for x in xs:
        table[x].append(len(x))
    return sum(len(row) for row in table.values())


def dropped(table: defaultdict[str, int], xs: list[str]) -> int:
    total = 0
    for x in xs:
        total += table[x]
        if x in table and len(x) > 1:
            del table[x]
    return total


def to_the_end(table: OrderedDict[str, int], xs: list[str]) -> list[str]:
    for x in xs:
        if x in table:
            table.move_to_end(x)
        else:
            table[x] = len(table)
    return list(table)


def without_first(table: OrderedDict[str, int]) -> int:
    total = 0
    while len(table) > 2:
        key, value = table.popitem(False)
        total += len(key) * value
    return total


def turned(queue: deque[int], n: int) -> list[int]:
    queue.rotate(n)
    queue.appendleft(n)
    return [x for x in queue if x > 0]


def first_of_each(queue: deque[str], xs: list[str]) -> str:
    queue.extend(xs)
    text = ""
    while len(queue) > 1:
        text += queue.popleft()[:1]
        text += queue.pop()[:1]
    return text


def mean(xs: list[Fraction]) -> Fraction:
    total = Fraction(0)
    for x in xs:
        total += x
    return total / max(len(xs), 1)


def parts_of(x: Fraction, y: Fraction | None) -> tuple[int, int, Fraction]:
    return x.numerator, x.denominator, x if y is None else x * y


def by_value(table: dict[Fraction, deque[int]]) -> list[Fraction]:
    return sorted(key for key, queue in table.items() if queue)


def without(counts: Counter[str], x: str) -> Counter[str]:
    rest = counts.copy()
    rest[x] -= 1
    return rest


def grown(table: defaultdict[str, int], x: str) -> tuple[int, defaultdict[str, int]]:
    rest = table.copy()
    rest[x] += 1
    return len(table), rest


def windows(xs: list[int], k: int) -> list[deque[int]]:
    out: list[deque[int]] = []
    current: deque[int] = deque()
    for x in xs:
        current.append(x)
        if len(current) > k:
            current.popleft()
        out.append(current.copy())
    return out
