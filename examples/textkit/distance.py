"""How far two texts are apart."""


def edit_distance(a: str, b: str) -> int:
    """The least number of insertions, deletions and substitutions between two texts.

    >>> edit_distance("kitten", "sitting")
    3
    """
    previous = list(range(len(b) + 1))
    for i, left in enumerate(a, start=1):
        current = [i]
        for j, right in enumerate(b, start=1):
            cost = 0 if left == right else 1
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost))
        previous = current
    return previous[-1]


def closest(word: str, candidates: list[str]) -> str | None:
    """The candidate nearest to the word, the first of equals; None where there are no candidates.

    >>> closest("appel", ["pear", "apple", "peach"])
    'apple'
    """
    best: str | None = None
    least = -1
    for candidate in candidates:
        distance = edit_distance(word, candidate)
        if least < 0 or distance < least:
            best = candidate
            least = distance
    return best
