"""Containers, read and changed."""


def add_all(xs: list[int], *, by: int = 1) -> None:
    """Add to each; stops at a negative one."""
    for i in range(len(xs)):
        if xs[i] < 0:
            raise ValueError("negative")
        xs[i] += by


def total(xs: list[float]) -> float:
    """Their sum."""
    result = 0.0
    for x in xs:
        result += x
    return result


def words(text: str, sep: str | None = None) -> list[str]:
    """Split."""
    return text.split(sep)


def count(xs: list[str]) -> dict[str, int]:
    """How often each occurs."""
    d: dict[str, int] = {}
    for x in xs:
        d[x] = d.get(x, 0) + 1
    return d


def merge(into: dict[str, int], other: dict[str, int]) -> None:
    """Add the counts of the other."""
    for k, v in other.items():
        into[k] = into.get(k, 0) + v


def uniq(xs: set[int], t: tuple[int, str]) -> tuple[int, str]:
    """Add the number of elements."""
    return t[0] + len(xs), t[1]


def add_set(s: set[int], x: int) -> bool:
    """Add an element; whether it was new."""
    had = x in s
    s.add(x)
    return not had


def tail(t: tuple[str, ...]) -> tuple[str, ...]:
    """All but the first."""
    return t[1:]


def grid(t: list[list[int]]) -> list[list[int]]:
    """Rows in reverse, all of them new."""
    return [list(row) for row in t[::-1]]


def copy_into(to: list[int], rows: list[list[int]]) -> None:
    """Append all numbers of the rows."""
    for row in rows:
        to.extend(row)


def stamp(rows: list[list[int]], table: dict[str, list[int]]) -> int:
    """Number the rows; a row more; stops at an empty one."""
    for i in range(len(rows)):
        if not rows[i]:
            raise ValueError("empty")
        rows[i][0] = i
        table.setdefault("rows", []).append(i)
    rows.append([0])
    return len(rows)
