"""`Counter`, `defaultdict`, `deque`, `heapq`, `bisect`, `functools.reduce`."""

import bisect
import heapq
import operator
from collections import Counter, defaultdict, deque
from functools import reduce


def pairs(xs: list[int]) -> int:
    return sum(v // 2 for v in Counter(xs).values())


def spelled(s: str) -> str:
    return "".join(k * v for k, v in Counter(s).items())


def anagrams(s: str, u: str) -> bool:
    return Counter(s) == Counter(u)


def once(s: str) -> str:
    c = Counter(s)
    c["z"] += 2
    return "".join(sorted(k for k in c if c[k] == 1)) + str(len(c))


def balance(s: str) -> bool:
    count: defaultdict[str, int] = defaultdict(int)
    for i in range(len(s)):
        count[s[i]] += 1
        count["x"] -= 1
    return all(_ == 0 for _ in count.values())


def totals(pairs: list[tuple[str, int]]) -> dict[str, int]:
    total: defaultdict[str, int] = defaultdict(int)
    for name, value in pairs:
        total[name] += value
        if total[name] > 5:
            total["big"] = 1
    return dict(total)


def places(words: list[str]) -> dict[str, int]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(words):
        found[word].append(i)
    return {k: len(v) for k, v in found.items()}


def nested(ps: list[tuple[str, str]]) -> int:
    table: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for a, b in ps:
        table[a][b] += 1
    return sum(len(v) for v in table.values())


def breadth_first(graph: dict[int, list[int]], start: int) -> list[int]:
    seen = {start}
    queue = deque([start])
    order: list[int] = []
    while len(queue) > 0:
        node = queue.popleft()
        order.append(node)
        for other in graph.get(node, []):
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return order


def queue_of_pairs(n: int) -> list[tuple[int, str]]:
    queue: deque[tuple[int, str]] = deque()
    queue.append((n, "a"))
    queue.extend([(1, "b"), (2, "c")])
    queue.rotate(1)
    a, b = queue.pop()
    queue.appendleft((a + 1, b + "x"))
    if queue and queue[0][0] > 1 and queue[-1] != (1, "a"):
        queue.clear()
    return list(queue)


def empty_queue() -> int:
    queue: deque[int] = deque()
    return queue.pop()


def frequencies(s: str) -> dict[str, int]:
    found = dict.fromkeys("abc", 0)
    for c in s:
        if c in found:
            found[c] += 1
    return found


def filled(s: str) -> str:
    counts = {}
    for c in s:
        counts[c] = counts.get(c, 0) + 1
    return "".join(f"{k}{v}" for k, v in sorted(counts.items())) + max(counts, key=counts.get)


def drained(xs: list[int]) -> list[int]:
    heap: list[int] = []
    for x in xs:
        heapq.heappush(heap, x)
    out = []
    while heap:
        out.append(heapq.heappop(heap))
    return out


def heaped(xs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    heap = list(xs)
    heapq.heapify(heap)
    heapq.heappush(heap, (3, "q"))
    return heap


def no_heap() -> int:
    heap: list[int] = []
    return heapq.heappop(heap)


def found_at(xs: list[int], x: int) -> tuple[int, int]:
    return bisect.bisect_left(xs, x), bisect.bisect(xs, x) - 1


def inserted(xs: list[str], x: str) -> list[str]:
    ys = sorted(xs)
    bisect.insort(ys, x)
    return ys[bisect.bisect_left(ys, "k") :]


def product(xs: list[int]) -> int:
    return reduce(operator.mul, xs)


def mixed(xs: list[int]) -> int:
    return reduce(lambda x, y: x * y % 1000, xs, 1)


def backwards(xs: list[str]) -> str:
    return reduce(lambda text, x: x + text, xs, "")


CASES = [
    *(("pairs", (xs,)) for xs in [[], [1, 1, 2, 1, 1]]),
    *(("spelled", (s,)) for s in ["", "abab", "äöä"]),
    *(("anagrams", p) for p in [("ab", "ba"), ("ab", "a")]),
    *(("once", (s,)) for s in ["", "abz"]),
    *(("balance", (s,)) for s in ["", "xx", "a"]),
    *(("totals", (p,)) for p in [[], [("a", 3), ("b", 1), ("a", 3)]]),
    *(("places", (w,)) for w in [[], ["a", "b", "a"]]),
    *(("nested", (p,)) for p in [[], [("a", "b"), ("a", "c"), ("b", "b")]]),
    *(("breadth_first", p) for p in [({}, 1), ({1: [2, 3], 2: [1, 4], 3: [4]}, 1)]),
    *(("queue_of_pairs", (n,)) for n in [0, 1, 7, -3]),
    ("empty_queue", ()),
    *(("frequencies", (s,)) for s in ["", "abca!"]),
    *(("filled", (s,)) for s in ["abba", "x", ""]),
    *(("drained", (xs,)) for xs in [[], [5, 3, 9, 3, -1]]),
    *(("heaped", (xs,)) for xs in [[], [(5, "a"), (3, "z"), (3, "b"), (9, "")]]),
    ("no_heap", ()),
    *(("found_at", p) for p in [([], 1), ([1, 2, 2, 3], 2), ([3, 1, 2], 2)]),
    *(("inserted", p) for p in [([], "a"), (["z", "b", "k"], "k")]),
    *(("product", (xs,)) for xs in [[], [2, 3, 7]]),
    *(("mixed", (xs,)) for xs in [[], [999, 999, 7]]),
    *(("backwards", (xs,)) for xs in [[], ["a", "b"]]),
]
SHOWN = ["breadth_first", "balance"]
