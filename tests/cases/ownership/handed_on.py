"""Loops whose body hands on the owner of what they run over."""

from __future__ import annotations

from collections import defaultdict


class Graph:
    def __init__(self, edges: list[tuple[int, int]]):
        self.near: defaultdict[int, list[int]] = defaultdict(list)
        for a, b in edges:
            self.near[a].append(b)
        self.steps = 0

    def depth_first(self, at: int, seen: list[int]) -> int:
        seen.append(at)
        self.steps += 1
        for other in self.near[at]:
            if other not in seen:
                self.depth_first(other, seen)
        return len(self.near)


class Tokens:
    def __init__(self, text: str, words: dict[str, int], rows: list[list[int]]):
        self.text = text
        self.words = words
        self.rows = rows
        self.out: list[str] = []

    def emit(self, token: str) -> int:
        self.out.append(token)
        return len(self.out)

    def letters(self) -> int:
        return sum(self.emit(c) for c in self.text)

    def run(self) -> int:
        total = 0
        for c in self.text:
            total += self.emit(c)
        for at, (word, times) in enumerate(self.words.items()):
            total += self.emit(word * times + str(at))
        for row in self.rows:
            for x in row:
                total += self.emit(str(x))
        return total


def reached(edges: list[tuple[int, int]], start: int) -> tuple[list[int], int, int]:
    graph = Graph(edges)
    seen: list[int] = []
    known = graph.depth_first(start, seen)
    return seen, known, graph.steps


def told(text: str, words: dict[str, int], rows: list[list[int]]) -> tuple[int, int, list[str]]:
    tokens = Tokens(text, words, rows)
    return tokens.letters(), tokens.run(), tokens.out


def walk(near: defaultdict[int, list[int]], at: int, seen: set[int]) -> int:
    seen.add(at)
    found = 1
    for other in near[at]:
        if other not in seen:
            found += walk(near, other, seen)
    return found


def size(edges: list[tuple[int, int]], start: int) -> int:
    near: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        near[a].append(b)
    return walk(near, start, set()) * 100 + len(near)


CASES = [
    ("reached", ([(1, 2), (2, 3), (1, 3), (3, 1)], 1)),
    ("reached", ([], 5)),
    ("told", ("ab", {"x": 2, "y": 0}, [[1, 2], [], [3]])),
    ("told", ("", {}, [])),
    ("size", ([(1, 2), (2, 3), (3, 4)], 1)),
]
