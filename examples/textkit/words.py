"""Counting words, and packing repeated characters."""

import sys

STOP_WORDS = frozenset({"a", "an", "and", "in", "of", "the", "to"})


def frequencies(text: str) -> dict[str, int]:
    """How often each word occurs, in the order of first occurrence, stop words left out.

    >>> frequencies("The cat and the hat, the cat!")
    {'cat': 2, 'hat': 1}
    """
    counts: dict[str, int] = {}
    for raw in text.lower().split():
        word = raw.strip(".,;:!?\"'()")
        if word and word not in STOP_WORDS:
            counts[word] = counts.get(word, 0) + 1
    return counts


def slug(title: str, *, separator: str = "-", limit: int = 40) -> str:
    """A title as part of a web address.

    >>> slug("Rust & Python: a Story")
    'rust-python-a-story'
    >>> slug("Rust & Python: a Story", separator="_", limit=6)
    'rust_p'
    """
    letters = [char if char.isalnum() else " " for char in title.lower()]
    return separator.join("".join(letters).split())[:limit]


def pack(text: str) -> list[tuple[str, int]]:
    """Runs of equal characters with their lengths.

    >>> pack("aaab")
    [('a', 3), ('b', 1)]
    """
    runs: list[tuple[str, int]] = []
    for char in text:
        if runs and runs[-1][0] == char:
            runs[-1] = (char, runs[-1][1] + 1)
        else:
            runs.append((char, 1))
    return runs


def unpack(runs: list[tuple[str, int]]) -> str:
    """The text that `pack` was given.

    >>> unpack([('a', 3), ('b', 1)])
    'aaab'
    """
    return "".join(char * count for char, count in runs)


def main(*paths: str) -> None:
    """Prints the word counts of files. Its open parameter list and its files keep it in Python."""
    for path in paths:
        with open(path, encoding="utf-8") as file:
            print(path, frequencies(file.read()))


if __name__ == "__main__":
    main(*sys.argv[1:])
