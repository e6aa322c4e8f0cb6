# What docs/support.md asks the compiler: one small function per row, under the headings below.
# Each row shows the body's last line, and whether `portalis check` translates the function today.
from __future__ import annotations

import bisect
import collections
import functools
import hashlib
import itertools
import math
import re
import string
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum

_WORD = re.compile(r"[a-z]+(\d*)")
_TABLE = {"a": 1, "b": 2}


class Colour(Enum):
    RED = 1


class Point:
    def __init__(self, x: int) -> None:
        self.x = x


class Wrong(ValueError):
    pass


# == Numbers
def n1(a: int, b: int) -> int: return a + b - a * b
def n2(a: int, b: int) -> int: return a // b
def n3(a: int, b: int) -> int: return a % b
def n4(a: int, b: int) -> float: return a / b
def n5(a: int) -> int: return a ** 2
def n6(a: int, b: int) -> int: return a << b | a & b ^ ~a
def n7(a: float, b: float) -> float: return a // b + a % b
def n8(a: float, b: float) -> float: return a ** b
def n9(a: int, b: int, c: int) -> bool: return a < b <= c
def n10(a: int, b: float) -> float: return a * b
def n11(a: int, b: int) -> tuple[int, int]: return divmod(a, b)
def n12(a: float) -> int: return round(a)
def n13(a: float) -> float: return round(a, 2)
def n14(a: str) -> int: return int(a)
def n15(a: str) -> int: return int(a, 36)
def n16(a: str) -> float: return float(a)
def n17(a: int) -> int: return abs(a)
def n18(a: int, b: int, m: int) -> int: return pow(a, b, m)
def n19(a: float) -> int: return math.floor(a)
def n20(a: int, b: int) -> int: return math.gcd(a, b)
def n21(a: int) -> int: return a.bit_length()
def n22(a: complex) -> float: return abs(a)


# == Text
def t1(s: str, i: int) -> str: return s[i]
def t2(s: str) -> str: return s[::-1]
def t3(s: str, i: int, j: int) -> str: return s[i:j]
def t4(s: str, t: str) -> str: return s + t * 2
def t5(s: str, t: str) -> bool: return s in t
def t6(s: str) -> str: return s.strip().upper().replace("A", "b")
def t7(s: str) -> list[str]: return s.split(",")
def t8(xs: list[str]) -> str: return ", ".join(xs)
def t9(n: int) -> str: return f"{n:>08,}"
def t10(x: float) -> str: return f"{x:.3f}"
def t11(n: int, s: str) -> str: return "%04d %s" % (n, s)
def t12(n: int) -> str: return "{:x} {!r}".format(n, "s")
def t13(s: str) -> str: return s.translate(str.maketrans("ab", "cd"))
def t14(s: str) -> bytes: return s.encode("utf-8")
def t15(s: str) -> list[int]: return [ord(c) for c in s]
def t16(n: int) -> str: return chr(n)
def t17(s: str) -> bool: return s.isdigit() and s.isascii()
def t18(s: str) -> tuple[str, str, str]: return s.partition(":")
def t19(template: str, n: int) -> str: return template.format(n)


# == Bytes
def b1(b: bytes, i: int) -> int: return b[i]
def b2(b: bytes) -> str: return b.decode("utf-8")
def b3(b: bytes) -> str: return b.hex()
def b4(b: bytes, c: bytes) -> bytes: return b + c


# == Lists and tuples
def l1(xs: list[int]) -> int: return xs[-1]
def l2(xs: list[int]) -> list[int]: return xs[1::2]
def l3(xs: list[int], x: int) -> None: xs.append(x)
def l4(xs: list[int], x: int) -> None: xs[0] = x
def l5(xs: list[int], i: int, x: int) -> None: xs.insert(i, x)
def l6(xs: list[int]) -> int: return xs.pop()
def l7(xs: list[int], x: int) -> None: xs.remove(x)
def l8(xs: list[int], ys: list[int]) -> None: xs.extend(ys)
def l9(xs: list[int]) -> None: xs.sort()
def l10(xs: list[int]) -> None: xs.reverse()
def l11(xs: list[int], i: int) -> None: del xs[i]
def l12(xs: list[int], x: int) -> int: return xs.index(x) + xs.count(x)
def l13(xs: list[int]) -> list[int]: return sorted(xs, key=lambda x: -x)
def l14(xs: list[str]) -> list[str]: return sorted(xs, key=len, reverse=True)
def l15(xs: list[int]) -> list[int]: return xs + [1, 2] * 3
def l16(xs: list[int]) -> bool: return 3 in xs
def l17(xs: list[int], ys: list[int]) -> bool: return xs < ys
def l18(n: int) -> list[list[int]]: return [[0] * n for _ in range(n)]
def l19(xs: list[int]) -> tuple[int, list[int]]:
    first, *rest = xs
    return first, rest
def l20(xs: list[int]) -> int: return sum(x * x for x in xs if x > 0)
def l21(xs: list[int]) -> int: return max(xs, default=0) + min(xs, key=abs)
def l22(xs: list[int], ys: list[str]) -> list[tuple[int, str]]: return list(zip(xs, ys))
def l23(xs: list[str]) -> list[tuple[int, str]]: return list(enumerate(xs, 1))
def l24(xs: list[int]) -> bool: return any(x > 3 for x in xs) or all(xs)
def l25(xs: list[int]) -> list[str]: return list(map(str, reversed(xs)))
def l26(t: tuple[int, ...]) -> int: return len(t) + t[0]
def l27(t: tuple[int, str]) -> str: return t[1]
def l28(xs: list[int], i: int, j: int) -> None: xs[i:j] = [1, 2]
def l29(xs: list[int]) -> list[int]: return [*xs, *xs]
def l30(xs: list[int]) -> None: xs.clear()


# == Dicts and sets
def d1(d: dict[str, int], k: str) -> int: return d[k]
def d2(d: dict[str, int], k: str) -> int: return d.get(k, 0)
def d3(d: dict[str, int], k: str) -> None: d[k] = d.get(k, 0) + 1
def d4(d: dict[str, int]) -> list[tuple[str, int]]: return [(k, v) for k, v in d.items()]
def d5(d: dict[str, int], k: str) -> None: del d[k]
def d6(d: dict[str, list[int]], k: str) -> None: d.setdefault(k, []).append(1)
def d7(xs: list[str]) -> dict[str, int]: return {x: len(x) for x in xs}
def d8(d: dict[str, int]) -> int: return sum(d.values())
def d9(d: dict[str, int], e: dict[str, int]) -> None: d.update(e)
def d10(d: dict[str, int], k: str) -> int: return d.pop(k)
def d11(d: dict[str, int], e: dict[str, int]) -> dict[str, int]: return {**d, **e}
def d12(xs: list[str]) -> dict[str, int]: return dict(Counter(xs))
def d13(xs: list[str]) -> dict[int, list[str]]:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for x in xs:
        groups[len(x)].append(x)
    return dict(groups)
def s1(xs: list[int]) -> int: return len(set(xs))
def s2(s: set[int], x: int) -> None: s.add(x)
def s3(s: set[int], t: set[int]) -> set[int]: return s & t | s - t
def s4(s: set[int], x: int) -> bool: return x in s
def s5(s: frozenset[str], t: frozenset[str]) -> bool: return s <= t
def s6(s: set[int]) -> list[int]: return sorted(s)
def s7(s: set[int]) -> list[int]: return list(s)


# == Statements
def st1(n: int) -> int:
    total = 0
    for i in range(n):
        if i % 3 == 0: continue
        if i > 10: break
        total += i
    else:
        total = -1
    return total
def st2(n: int) -> int:
    while n > 1:
        n //= 2
    return n
def st3(s: str) -> int:
    try:
        return int(s)
    except ValueError:
        return 0
def st4(s: str) -> int:
    try:
        n = int(s)
    except (ValueError, OverflowError) as error:
        raise Wrong(str(error)) from error
    else:
        n += 1
    finally:
        print("done")
    return n
def st5(n: int) -> int:
    assert n > 0, "must be positive"
    return n
def st6(n: int) -> int:
    if n < 0:
        raise ValueError("negative")
    return n
def st7(n: int) -> None: print(n, "items", sep=": ")
def st8(a: int, b: int) -> tuple[int, int]:
    a, b = b, a
    return a, b
def st9(n: int) -> int:
    match n:
        case 0: return 1
        case _: return n
def st10(path: str) -> str:
    with open(path) as file:
        return file.read()
def st11(n: int) -> int:
    if (m := n * 2) > 10:
        return m
    return n


# == Functions
def f1(n: int, *, step: int = 1, name: str = "x") -> str: return name * (n + step)
def f2(n: int) -> int: return f2(n - 1) + 1 if n > 0 else 0
def f3(n: int) -> int:
    def inner(m: int) -> int:
        return m * n
    return inner(n + 1)
def f4(f: Callable[[int], int], n: int) -> int: return f(n)
def f5(*values: int) -> int: return sum(values)
def f6(n: int) -> Iterator[int]:
    for i in range(n):
        yield i
async def f7(n: int) -> int: return n
@functools.lru_cache
def f8(n: int) -> int: return n if n < 2 else f8(n - 1) + f8(n - 2)
def f9(x: int | None) -> int: return x if x is not None else 0
def f10(x: int | str) -> str: return str(x)
def f11(s: str, x: int | None = None) -> str: return s or f"{x}"
def f12(k: str) -> int: return _TABLE[k]
def f13(xs: Iterable[int]) -> int: return sum(xs)


# == Classes
def c1(p: Point) -> int: return p.x
def c2(c: Colour) -> int: return c.value
def c3(x: object) -> str: return str(x)


# == Library
def y1(s: str) -> bool: return re.match(r"\d+$", s) is not None
def y2(s: str) -> str: return re.sub(r"\s+", " ", s)
def y3(s: str) -> str:
    found = _WORD.fullmatch(s)
    return found.group(1) if found else ""
def y4(s: str) -> list[str]: return _WORD.findall(s)
def y5(s: str) -> int: return date.fromisoformat(s).toordinal()
def y6(y: int, m: int, d: int) -> date: return date(y, m, d) + timedelta(days=1)
def y7(s: str) -> datetime: return datetime.strptime(s, "%Y-%m-%d")
def y8(d: date) -> str: return d.strftime("%d.%m.%Y")
def y9(xs: list[int], ys: list[int]) -> list[tuple[int, int]]: return list(itertools.product(xs, ys))
def y10(xs: list[int]) -> list[int]: return list(itertools.accumulate(xs))
def y11(xs: list[int]) -> list[int]: return list(itertools.chain(xs, xs))
def y12(xs: list[int]) -> int: return functools.reduce(lambda a, b: a * b, xs, 1)
def y13(s: str) -> bool: return s in string.ascii_letters
def y14(x: float) -> float: return math.sqrt(x) + math.pi
def y15(b: bytes) -> str: return hashlib.sha256(b).hexdigest()
def y16(xs: list[int]) -> int:
    queue = deque(xs)
    queue.appendleft(1)
    return queue.popleft()
def y17(xs: list[int], x: int) -> int: return bisect.bisect_left(xs, x)
def y18() -> date: return date.today()
