"""Calls of functions that stay in Python: here because they ask what a class is, as a value."""


class NoCode(ValueError):
    """A text without a code."""


LIMITS = {"short": 3, "long": 9}


def code(text: str) -> str:
    kind = type(text)
    if not text:
        raise NoCode("empty")
    return kind(text).upper()


def limit(name: str, *, default: int = 5) -> int:
    kind = type(name)
    return LIMITS.get(kind(name), default)


def spread(first: int, *more: int) -> tuple[int, ...]:
    kind = type(first)
    return (kind(len(more)), first, *more)


def average(numbers: list[int], weights: dict[str, int]) -> float:
    kind = type(0.5)
    return kind(sum(numbers)) / (sum(weights.values()) or 1)


def parts(text: str) -> dict[str, list[int]]:
    kind = type(text)
    return {char: [at for at, one in enumerate(text) if one == char] for char in kind(text)}


def small(n: int) -> int | None:
    kind = type(n)
    return kind(n) if n < 10 else None


def noted(texts: list[str], seen: list[str]) -> list[str]:
    kind = type(texts)
    seen.append("noted")
    return kind(texts)


def first(texts: list[str]) -> str:
    kind = type("")
    return kind(texts[0])


def checksum(text: str) -> int:
    total = 0
    for at, char in enumerate(code(text)):
        total += (at + 1) * ord(char)
    return total % 97


def is_code(text: str) -> bool:
    try:
        return len(code(text)) == checksum(text) % 7
    except ValueError:
        return False


def why(text: str) -> str:
    try:
        return code(text)
    except NoCode as error:
        return f"no code: {error}"


def within(names: list[str]) -> list[int]:
    return [limit(name, default=len(name)) + limit("short") for name in names]


def widths(n: int) -> int:
    return sum(spread(n, 1, 2)) + len(spread(n))


def mean(numbers: list[int]) -> float:
    return average(numbers, {"one": 1}) + average([], {})


def places(text: str, char: str) -> list[int]:
    found = parts(text)
    found.setdefault(char, []).append(-1)
    return found[char]


def smalls(numbers: list[int]) -> list[int]:
    return [one for n in numbers if (one := small(n)) is not None]


def takes_notes(texts: list[str]) -> list[str]:
    return noted(texts, [])


def leads(texts: list[str]) -> str:
    return first(texts)


CASES = [
    ("code", ("ab",)),
    ("code", ("",)),
    ("limit", ("short",)),
    ("spread", (1, 2)),
    ("average", ([1], {"a": 2})),
    ("parts", ("aba",)),
    ("small", (3,)),
    ("noted", (["a"], [])),
    ("first", (["a"],)),
    ("checksum", ("abc",)),
    ("checksum", ("é",)),
    ("checksum", ("",)),
    ("is_code", ("abc",)),
    ("is_code", ("",)),
    ("why", ("",)),
    ("why", ("x",)),
    ("within", (["short", "long", "other"],)),
    ("within", ([],)),
    ("widths", (4,)),
    ("mean", ([1, 2, 4],)),
    ("mean", ([],)),
    ("places", ("abca", "a")),
    ("places", ("abca", "z")),
    ("smalls", ([1, 20, 3],)),
    ("takes_notes", (["a"],)),
    ("leads", (["a", "b"],)),
]
REFUSED = {
    "code": "PT301", "limit": "PT301", "spread": "PT301", "average": "PT301", "parts": "PT301", "small": "PT301",
    "noted": "PT301", "first": "PT301", "takes_notes": "PT501", "leads": "PT501",
}
SHOWN = ["checksum", "why"]
