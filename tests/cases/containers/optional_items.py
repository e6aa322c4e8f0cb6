"""Containers of what may be None: elements, conditions that rule None out, and what is made of the rest."""

from __future__ import annotations


def first_text(texts: list[str | None]) -> str:
    for text in texts:
        if text is not None:
            return text
    return ""


def lengths(texts: list[str | None]) -> list[int]:
    return [len(text) for text in texts if text is not None]


def numbers(items: list[int | str]) -> list[int]:
    return [item for item in items if isinstance(item, int)]


def at(texts: list[str | None], index: int) -> str | None:
    return texts[index]


def length_at(texts: list[str | None], index: int) -> int:
    text = texts[index]
    if text is None:
        return -1
    return len(text)


def put(texts: list[str | None], text: str) -> None:
    texts.append(text)
    texts.append(None)
    texts[0] = text


def joined(texts: list[str | None]) -> str:
    return ",".join([text for text in texts if text])


def among(texts: list[str | None], text: str) -> bool:
    return text in texts and None in texts


def increased(counts: list[int | None], limit: int) -> list[int]:
    return [count + 1 for count in counts if count is not None and count > limit]


def halves(counts: list[int | None]) -> dict[int, int]:
    return {count: count // 2 for count in counts if count}


def divided(counts: list[int | None], by: int) -> list[int]:
    return [count // by for count in counts if count]


def total(amounts: list[float | None]) -> float:
    return sum(amount for amount in amounts if amount is not None)


def known(pairs: list[tuple[str, int | None]]) -> dict[str, int]:
    return {key: value for key, value in pairs if value is not None}


def any_upper(texts: list[str | None]) -> bool:
    return any(text.isupper() for text in texts if text)


def longest(texts: list[str | None]) -> int:
    best = 0
    for text in texts:
        if text and len(text) > best:
            best = len(text)
    return best


def sizes(rows: list[list[int] | None]) -> int:
    return sum(len(row) for row in rows if row is not None)


def filled(texts: list[str | None]) -> list[str]:
    found = []
    for index, text in enumerate(texts):
        if text is None:
            found.append("-")
        elif text == "a":
            found.append(text.upper())
        else:
            found.append(texts[index - 1] or text)
    return found


CASES = [
    *(
        (name, (texts,))
        for name in ["first_text", "lengths", "joined", "any_upper", "longest", "filled"]
        for texts in [[], [None], [None, "é", "", "AB"], ["a", None, "b", "a", "c"], ["", None, None, "x"]]
    ),
    *(("numbers", (items,)) for items in [[], [1, "a", 2], ["b"]]),
    *((name, (["a", None, ""], index)) for name in ["at", "length_at"] for index in [0, 1, 2, -1, 3]),
    *(("put", p) for p in [([None], "a"), ([], "b")]),
    *(("among", p) for p in [(["a", None], "a"), (["a"], "a"), ([None], "a"), ([], "")]),
    *(("increased", p) for p in [([1, None, 5], 2), ([], 0), ([None], 0)]),
    *(("halves", (counts,)) for counts in [[1, None, 0, 5], []]),
    *(("divided", p) for p in [([4, None, 0], 2), ([1], 0), ([None], 0)]),
    ("total", ([0.5, None, 1.25],)),
    *(("known", (pairs,)) for pairs in [[("a", 1), ("b", None), ("a", 2)], []]),
    *(("sizes", (rows,)) for rows in [[[1, 2], None, []], []]),
]
DECLINES = [("total", ([],))]
SHOWN = ["lengths", "longest"]
