"""Containers that a function makes empty, groups, ordered dicts, queues, comparing functions."""

import itertools
import queue
from collections import Counter, OrderedDict, defaultdict, deque
from functools import cmp_to_key


def counted(words: list[str]) -> dict[str, int]:
    counts = defaultdict(int)
    for word in words:
        counts[word] += 1
    return dict(counts)


def widest_window(text: str, k: int) -> int:
    """How long a part of the text with at most `k` different characters can be."""
    count = Counter()
    best = left = 0
    for right, c in enumerate(text):
        count[c] += 1
        while len(count) > k:
            count[text[left]] -= 1
            if count[text[left]] == 0:
                del count[text[left]]
            left += 1
        best = max(best, right - left + 1)
    return best


def shortest_path(grid: list[list[int]]) -> int:
    waiting = deque()
    waiting.append((0, 0, 1))
    seen = {(0, 0)}
    while waiting:
        row, column, steps = waiting.popleft()
        if row == len(grid) - 1 and column == len(grid[0]) - 1:
            return steps
        for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            place = (row + down, column + right)
            if not (0 <= place[0] < len(grid) and 0 <= place[1] < len(grid[0])):
                continue
            if place not in seen and grid[place[0]][place[1]] == 0:
                seen.add(place)
                waiting.append((place[0], place[1], steps + 1))
    return -1


def run_lengths(text: str) -> list[tuple[str, int]]:
    return [(char, len(list(run))) for char, run in itertools.groupby(text)]


def read_twice(xs: list[int]) -> list[int]:
    found = []
    for _, group in itertools.groupby(xs):
        found.append(len(list(group)) + sum(group))
    return found


def changed_meanwhile(xs: list[int]) -> list[int]:
    found = []
    for key, _ in itertools.groupby(xs):
        if len(xs) < 9:
            xs.append(key)
        found.append(key)
    return found


def most_recent(keys: list[str], size: int) -> list[str]:
    cache: OrderedDict[str, int] = OrderedDict()
    for place, key in enumerate(keys):
        if key in cache:
            cache.move_to_end(key)
        cache[key] = place
        if len(cache) > size:
            cache.popitem(last=False)
    return list(cache)


def moving_average(xs: list[float]) -> list[float]:
    window: deque[float] = deque(maxlen=3)
    averages = []
    for x in xs:
        window.append(x)
        averages.append(sum(window) / len(window))
    return averages


def escapes(xs: list[int]) -> deque[int]:
    window: deque[int] = deque(xs, 3)
    return window


def in_order(jobs: list[tuple[int, str]]) -> list[str]:
    waiting: queue.PriorityQueue[tuple[int, str]] = queue.PriorityQueue()
    for job in jobs:
        waiting.put(job)
    done = []
    while not waiting.empty():
        done.append(waiting.get()[1])
    return done


def largest_number(xs: list[str]) -> str:
    return "".join(sorted(xs, key=cmp_to_key(lambda a, b: -1 if a + b > b + a else 1)))


CASES = [
    ("counted", ([],)), ("counted", (["a", "b", "a"],)),
    *(("widest_window", p) for p in [("", 2), ("abaccc", 2), ("abcabc", 0), ("aab", 3)]),
    ("shortest_path", ([[0, 0, 0], [1, 1, 0], [0, 0, 0]],)), ("shortest_path", ([[0, 1], [1, 0]],)),
    ("run_lengths", ("",)), ("run_lengths", ("aaabccé",)),
    ("most_recent", (["a", "b", "a", "c", "d"], 3)), ("most_recent", ([], 0)), ("most_recent", (["x"], 0)),
    ("moving_average", ([1.0, 2.5, -3.0, 0.1],)), ("moving_average", ([],)),
    ("in_order", ([(3, "c"), (1, "z"), (1, "a")],)), ("in_order", ([],)),
    ("read_twice", ([1, 1, 2],)), ("escapes", ([1, 2, 3, 4],)),
    ("changed_meanwhile", ([1, 1, 2],)),
    ("largest_number", (["3", "30", "34", "5", "9"],)), ("largest_number", ([],)),
]  # fmt: skip
REFUSED = {"read_twice": "PT202", "escapes": "PT305", "changed_meanwhile": "PT202"}
SHOWN = ["shortest_path", "run_lengths", "moving_average"]
