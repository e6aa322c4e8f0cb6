"""`deque` in full, and the queues of `queue`."""

from __future__ import annotations

import queue
from collections import deque


def window(xs: list[int]) -> list[int]:
    last: deque[int] = deque(maxlen=3)
    for x in xs:
        last.append(x)
    return list(last)


def last_ones(xs: list[int], n: int) -> list[int]:
    found = deque(xs, n)
    if found:
        found.extend([1, 2])
        found.appendleft(7)
        found.rotate(1)
        found.pop()
    return list(found)


def sums(xs: list[int], k: int) -> list[int]:
    seen: deque[int] = deque([0], maxlen=k)
    found = []
    for x in xs:
        seen.extendleft((x, x + 1))
        found.append(sum(seen) + len(seen))
    return found


def inserted(xs: list[str], i: int, text: str) -> list[str]:
    found = deque(xs)
    found.insert(i, text)
    found.reverse()
    found.insert(-1, "!")
    return list(found)


def first_in(xs: list[int]) -> list[int]:
    waiting: queue.Queue[int] = queue.Queue()
    for x in xs:
        waiting.put(x)
    found = []
    while not waiting.empty():
        x = waiting.get()
        if x > 20:
            waiting.put(x - 20 if x < 1000 else 3)
        found.append(x)
    return found


def smallest_first(xs: list[tuple[int, str]]) -> list[str]:
    waiting: queue.PriorityQueue[tuple[int, str]] = queue.PriorityQueue()
    for n, text in xs:
        waiting.put((-n if n > -100 else n, text))
    found = []
    while waiting.qsize() > 0:
        found.append(waiting.get()[1])
    return found


def last_in(xs: list[str]) -> tuple[str, int, bool]:
    waiting: queue.LifoQueue[str] = queue.LifoQueue()
    waiting.put("end")
    for text in xs:
        waiting.put_nowait(text)
    return waiting.get(), waiting.qsize(), waiting.full()
