"""Functions that say nothing of their types: what they do with their parameters tells."""

import math
import re


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


CASES = [
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
