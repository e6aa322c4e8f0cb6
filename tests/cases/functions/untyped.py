"""Functions that say nothing of their types: what they do with their parameters tells."""

import datetime
import math
import re
from collections import deque


def vowels(text):
    return sum(c in "aeiou" for c in text.lower())


def initials(name):
    return "".join(part[0].upper() + "." for part in name.split())


def average(numbers):
    if not numbers:
        raise ValueError("no numbers")
    return sum(numbers) / len(numbers)


def evens(numbers):
    return [n for n in numbers if n % 2 == 0]


def largest_two(numbers):
    return sorted(numbers)[-2:]


def longest_word(words):
    return max(words, key=len)


def caesar(text, shift):
    result = []
    for c in text:
        if c.isupper():
            result.append(chr((ord(c) - 65 + shift) % 26 + 65))
        else:
            result.append(c)
    return "".join(result)


def factorial(n):
    if n < 0:
        raise ValueError("n must not be negative")
    return 1 if n == 0 else n * factorial(n - 1)


def primes(limit):
    return [n for n in range(2, limit + 1) if all(n % d for d in range(2, math.isqrt(n) + 1))]


def transpose(matrix):
    return [[row[i] for row in matrix] for i in range(len(matrix[0]))]


def tally(words):
    counts = {}
    for word in words:
        counts[word.lower()] = counts.get(word.lower(), 0) + 1
    return counts


def slug(title):
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def pairs(text):
    for i in range(0, len(text), 2):
        yield text[i : i + 2]


def padded(text):
    return [pair if len(pair) == 2 else pair + "_" for pair in pairs(text)]


def body_mass(weight, height):
    index = weight / height**2
    return "low" if index < 18.5 else "high" if index >= 25 else "fine"


def first_or_none(items, start):
    for item in items:
        if item.startswith(start):
            return item
    return None


def without_smallest(numbers):
    if not numbers:
        return []
    return [n for n in numbers if n != min(numbers)]


class Node:
    def __init__(self, data, left=None, right=None):
        self.data = data
        self.left = left
        self.right = right


def depth(node):
    if node is None:
        return 0
    return 1 + max(depth(node.left), depth(node.right))


def grown(count):
    root = None
    for i in range(count):
        root = Node(i, root, None)
    return depth(root)


def balanced(text):
    stack = []
    pairs = {")": "(", "]": "["}
    for c in text:
        if c in pairs.values():
            stack.append(c)
        elif c in pairs and (not stack or stack.pop() != pairs[c]):
            return False
    return not stack


def steps(maze, start, end):
    queue = deque([(start[0], start[1], 0)])
    seen = {tuple(start)}
    while queue:
        row, column, count = queue.popleft()
        if (row, column) == tuple(end):
            return count
        for r, c in [(row, column + 1), (row + 1, column)]:
            if r < len(maze) and c < len(maze[0]) and maze[r][c] == 0 and (r, c) not in seen:
                seen.add((r, c))
                queue.append((r, c, count + 1))
    return -1


def reachable(graph, start):
    found = {start}
    order = []
    queue = deque([start])
    while queue:
        node = queue.popleft()
        order.append(node)
        for other in graph[node]:
            if other not in found:
                found.add(other)
                queue.append(other)
    return order


def end_of_year(day):
    return day.month == 12 and day.day > 24


class Matrix:
    def __init__(self, rows):
        self.rows = [list(row) for row in rows]

    def columns(self):
        return [list(column) for column in zip(*self.rows)]

    def times(self, other):
        return [[sum(a * b for a, b in zip(r, c)) for c in zip(*other.rows)] for r in self.rows]


def multiplied(a, b):
    return Matrix(a).times(Matrix(b)) + Matrix(a).columns()


CASES = [
    ("balanced", ("a(b[c])",)),
    ("balanced", ("([)]",)),
    ("balanced", ("é)",)),
    ("steps", ([[0, 0], [1, 0]], [0, 0], [1, 1])),
    ("steps", ([[0, 1], [1, 0]], [0, 0], [1, 1])),
    ("steps", ([], [], [])),
    ("reachable", ({"a": ["b"], "b": ["a", "c"], "c": []}, "a")),
    ("reachable", ({1: [2]}, 1)),
    ("end_of_year", (datetime.date(2024, 12, 25),)),
    ("end_of_year", (datetime.date(2024, 11, 25),)),
    ("multiplied", ([[1, 2], [3, 4]], [[1, 0.5], [0, 1]])),
    ("multiplied", ([], [])),
    ("vowels", ("Éducation",)),
    ("initials", ("ada lovelace",)),
    ("average", ([1, 2.5],)),
    ("average", ([],)),
    ("average", ([3],)),
    ("evens", ([1, 2, 3, 4, -6],)),
    ("largest_two", ([1, 2.5, 2],)),
    ("longest_word", (["a", "ccc", "bbb"],)),
    ("longest_word", ([],)),
    ("caesar", ("XYZ-é", 3)),
    ("factorial", (10,)),
    ("factorial", (-1,)),
    ("primes", (30,)),
    ("transpose", ([[1, 2], [3.5, 4]],)),
    ("transpose", ([],)),
    ("tally", (["a", "B", "A"],)),
    ("slug", ("Hello,  World! 2",)),
    ("padded", ("abcde",)),
    ("padded", ("",)),
    ("body_mass", (70, 1.8)),
    ("body_mass", (70, 0)),
    ("first_or_none", (["ab", "cd"], "c")),
    ("first_or_none", (["ab"], "x")),
    ("without_smallest", ([2, 1, 1, 3],)),
    ("without_smallest", ([],)),
    ("grown", (4,)),
]
