"""Regular expressions that are put together at run time."""

from __future__ import annotations

import re


def count_word(text: str, word: str) -> int:
    return len(re.findall(r"\b" + re.escape(word) + r"\b", text))


def plain_word(text: str, word: str) -> bool:
    return re.search(rf"\b{word}\b", text) is not None


def any_case(text: str, word: str) -> list[str]:
    return re.findall(re.escape(word[:2]), text, re.IGNORECASE)


def ascii_case(text: str, word: str) -> list[str]:
    pattern = re.compile(f"{re.escape(word[:2])}\\w", re.I | re.A)
    return pattern.findall(text)


def censored(text: str, words: list[str]) -> str:
    if not words:
        return text
    pattern = re.compile("|".join(re.escape(word) for word in words))
    return pattern.sub("*", text)


def whole_words(text: str, words: list[str]) -> list[str]:
    pattern = rf"\b(?:{'|'.join(map(re.escape, words))})\b"
    return re.findall(pattern, text)


def plain_words(text: str, words: list[str]) -> list[tuple[int, int]]:
    pattern = re.compile(f"({'|'.join(words)})", flags=re.IGNORECASE)
    return [m.span() for m in pattern.finditer(text)]


def between(text: str, left: str, right: str) -> list[str]:
    left, right = left[:1] or "(", right[:1] or ")"
    return re.findall(re.escape(left) + "(.*?)" + re.escape(right), text)


def prefix_of(text: str, prefix: str) -> str:
    m = re.match(rf"{re.escape(prefix[:3])}(?P<rest>.*)$", text, re.DOTALL)
    return m.group("rest") if m else "none"


def split_at(text: str, mark: str) -> list[str]:
    return re.split(f"\\s*{re.escape(mark[:1] or '-')}\\s*", text)


def replaced(text: str, words: list[str]) -> list[str]:
    return [re.sub(r"(?<!\w)" + re.escape(word) + r"(?!\w)", r"<\g<0>>", text) for word in words]


def tail(text: str, end: str) -> bool:
    return re.search(re.escape(end[-2:]) + "$", text) is not None


def empty_branch(text: str) -> tuple[list[str], list[str], int]:
    return (
        re.findall(r"\b(?:a||b)\b", text),
        re.findall(r"(?:a|)\b", text),
        len(re.findall(r"\b(?:|b)\b", text)),
    )
