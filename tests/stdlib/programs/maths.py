"""`math` and the methods of numbers."""

import math


def gcd(a: int, b: int, c: int) -> int:
    return math.gcd(a, b, c)


def gcd_one(a: int) -> int:
    return math.gcd(a) + math.gcd()


def lcm(a: int, b: int, c: int) -> int:
    return math.lcm(a, b, c)


def lcm_one(a: int) -> int:
    return math.lcm(a) + math.lcm()


def perm_one(n: int) -> int:
    return math.perm(n)


def fsum(xs: list[float]) -> float:
    return math.fsum(xs)


def fsum_ints(xs: list[int]) -> float:
    return math.fsum(xs)


def fsum_generated(xs: list[float]) -> float:
    return math.fsum(x / 3.0 for x in xs)


def dist(p: list[float], q: list[float]) -> float:
    return math.dist(p, q)


def dist_in_plane(a: float, b: float, c: float, d: float) -> float:
    return math.dist((a, b), [c, d])


def hypot_of_three(a: float, b: float, c: float) -> float:
    return math.hypot(a, b, c)


def hypot_of_one(a: float) -> float:
    return math.hypot(a) + math.hypot()


def isclose(a: float, b: float, relative: float, absolute: float) -> bool:
    return math.isclose(a, b, rel_tol=relative, abs_tol=absolute)


def isclose_absolute(a: float, b: float) -> bool:
    return math.isclose(a, b, abs_tol=0.5)


def remainder(a: float, b: float) -> float:
    return math.remainder(a, b)


def nextafter(a: float, b: float) -> float:
    return math.nextafter(a, b)


def ulp(a: float) -> float:
    return math.ulp(a)


def prod_from(xs: list[int], start: int) -> int:
    return math.prod(xs, start=start)


def ratio(x: float) -> tuple[int, int]:
    return x.as_integer_ratio()


def hexadecimal(x: float) -> str:
    return x.hex()


def parts(n: int) -> tuple[int, int, int]:
    return n.numerator, n.denominator, n.imag


def to_bytes(n: int, size: int) -> bytes:
    return n.to_bytes(size, "big")


def to_bytes_little(n: int, size: int) -> bytes:
    return n.to_bytes(length=size, byteorder="little")


def from_bytes(data: bytes) -> int:
    return int.from_bytes(data, "big")


def from_bytes_little(data: bytes) -> int:
    return int.from_bytes(data, byteorder="little")


def sorted_down(xs: list[float]) -> list[float]:
    return sorted(xs, reverse=True)
