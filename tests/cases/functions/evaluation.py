"""What is asked about is evaluated, in Python's order, even where the types give the answer."""


def length(s: str, i: int) -> int:
    return len(s[i])


def true(s: str, i: int) -> bool:
    return bool(s[i])


def always(s: str) -> bool:
    return bool((int(s), 1))


def never(s: str) -> bool:
    return int(s) in ()


def returns_none(xs: list[int]) -> bool:
    return xs.append(3) is None


def item_first(xs: list[int]) -> bool:
    return xs.pop() in [len(xs)]


def int_first(a: str, b: str) -> bool:
    return int(a) < float(b)


def captured(item: str, items: list[str]) -> bool:
    return item in items


def nested(s: str) -> str:
    try:
        int(s)
    except ValueError as error:
        try:
            int("q" + s)
        except ValueError as inner:
            return str(error) + str(inner) + str(error)
    return ""


def multiplied(n: int) -> int:
    total = 0
    for i in range(3):
        total += i * n
    return total


def stopped(rows: list[list[int]]) -> int:
    count = 0
    for row in rows:
        for cell in row:
            if cell < 0:
                break
        else:
            count += 1
            continue
        break
    return count


CASES = [
    *((name, ("ab", i)) for name in ("length", "true") for i in (0, 5)),
    *((name, (s,)) for name in ("always", "never", "nested") for s in ("1", "x")),
    ("returns_none", ([],)),
    *(("item_first", (xs,)) for xs in [[1, 1], [1, 2], []]),
    *(("int_first", pair) for pair in [("x", "y"), ("1", "y"), ("1", "2")]),
    *(("captured", ("a", items)) for items in [[], ["a"], ["b"]]),
    *(("multiplied", (n,)) for n in [0, -5]),
    *(("stopped", (rows,)) for rows in [[], [[1], [-1], [2]], [[1]]]),
]
