"""Variables that are bound again: to values of other types, by loops, in branches and after errors."""

from __future__ import annotations


def digit_sum(number: int) -> int:
    number = str(number)
    total = 0
    for digit in number:
        digit = int(digit)
        total += digit
    return total


def words(text: str) -> list[str]:
    text = text.split()
    text.sort()
    return text


def commas(text: str) -> int:
    text = text.strip()
    text = text.split(",")
    text = len(text)
    return text


def in_branch(number: int) -> int:
    if number < 0:
        number = str(number)
        return len(number)
    return number


def sizes(items: list[str]) -> str:
    total = 0
    for item in items:
        item = item.strip()
        item = len(item)
        total += item
    total = f"{total} in all"
    return total


def stripped(items: list[str]) -> list[str]:
    found = []
    for item in items:
        if item.startswith(" "):
            item = item.strip()
        found.append(item)
    return found


def firsts(rows: list[list[int]]) -> int:
    total = 0
    for row in rows:
        if len(row) > 2:
            row = row[:2]
        total += sum(row)
    return total


def lowered(table: dict[str, str]) -> list[str]:
    found = []
    for key, value in table.items():
        key = key.lower()
        value = value.strip()
        found.append(key + value)
    return found


def settings(text: str) -> list[str]:
    found = []
    for line in text.splitlines():
        line = line.strip()
        if not line:
            continue
        line = line.split("=")
        found.append(line[0])
    return found


def round_trip(number: int, halved: bool) -> str:
    if halved:
        number = number / 2
        return f"{number}"
    for step in range(3):
        number = str(number)
        number = int(number) + step
    return str(number)


def tried(text: str) -> int:
    try:
        text = int(text)
    except ValueError:
        return len(text)
    return text


def parts(text: str) -> int:
    first, second = text.split("-")
    first, second = int(second), int(first)
    return first - second


def either(number: int, text: str) -> str:
    chosen = number
    if number > 3:
        chosen = text
    return str(chosen)


def told(text: str) -> str:
    if text.isdigit():
        found = int(text)
    else:
        found = text
    if isinstance(found, int):
        return f"int {found + 1}"
    return f"str {found}"


def named(text: str | None) -> str:
    text = text or "nobody"
    return text + "!"


def ordered(text: str) -> list[int]:
    found = set()
    for char in text:
        found.add(ord(char))
    found = sorted(found)
    return found


def kept_by_closure(number: int) -> str:
    def show() -> str:
        return str(number)

    number = number + 1
    return show()


def merged(number: int) -> str:
    while number > 0:
        number = str(number - 1)
        if number == "3":
            break
        number = int(number)
    return f"{number}"


def lazy(number: int) -> int:
    waiting = (number + k for k in range(3))
    number = str(number)
    return sum(waiting) + len(number)


CASES = [
    *(("digit_sum", (n,)) for n in [0, 1234, -5]),
    *((name, (text,)) for name in ["words", "commas"] for text in ["", "b a", " x,y ,z"]),
    *(("in_branch", (n,)) for n in [3, -12]),
    *((name, (items,)) for name in ["sizes", "stripped"] for items in [[], [" a ", "b"], ["ü", " "]]),
    *(("firsts", (rows,)) for rows in [[], [[1, 2, 3], [], [4]]]),
    *(("lowered", (table,)) for table in [{}, {"A": " x", "b": "y "}]),
    *(("settings", (text,)) for text in ["", "a=1\n\n b = 2\nc"]),
    *(("round_trip", p) for p in [(3, True), (3, False), (-1, False)]),
    *(("tried", (text,)) for text in ["12", "x1", ""]),
    *(("parts", (text,)) for text in ["4-3", "1-", "1-2-3", "x-1"]),
    *(("either", p) for p in [(1, "a"), (5, "a")]),
    *(("told", (text,)) for text in ["41", "a"]),
    *(("named", (text,)) for text in [None, "", "Ann"]),
    *(("ordered", (text,)) for text in ["", "bab"]),
    *(("kept_by_closure", (n,)) for n in [0, 41]),
    *(("merged", (n,)) for n in [0, 7]),
    *(("lazy", (n,)) for n in [0, 12]),
]
REFUSED = {"merged": "PT105", "lazy": "PT202"}
SHOWN = ["digit_sum", "settings"]
