"""Whole numbers: signs, shifts, powers, and the edge of 64 bits."""


def floor(a: int, b: int) -> tuple[int, int]:
    """Quotient and remainder have the divisor's sign."""
    return a // b, a % b


def both(a: int, b: int) -> tuple[int, int]:
    return divmod(a, b)


def by_constants(n: int) -> list[int]:
    return [n // 7, n % 7, n // -7, n % -7, n // 1, n % 1, -n // 2, -(n // 2)]


def power(base: int, exponent: int) -> int:
    return base**exponent


def powers_of_two(n: int) -> int:
    return 2 ** (n % 10) + (-2) ** 3 - (-2) ** 2


def modular(base: int, exponent: int, modulus: int) -> int:
    return pow(base, exponent, modulus)


def shifts(n: int, by: int) -> tuple[int, int]:
    return n << by, n >> by


def bits(a: int, b: int) -> list[int]:
    return [a & b, a | b, a ^ b, ~a, -a, +a, a & 0xFF, a | 1]


def sums(a: int, b: int) -> list[int]:
    return [a + b, a - b, a * b]


def true_division(a: int, b: int) -> float:
    return a / b


def chained(a: int, b: int, c: int) -> bool:
    return a < b <= c != 0


def clamp(n: int, low: int = 0, high: int = 100) -> int:
    if n < low:
        return low
    elif n > high:
        return high
    return n


def collatz(n: int) -> int:
    """Steps until 1."""
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return abs(a)


def mixed(flag: bool, n: int) -> int:
    return flag + n * True - (not flag)


def augmented(n: int, by: int) -> list[int]:
    results = []
    n += by
    results.append(n)
    n -= 1
    results.append(n)
    n *= by
    results.append(n)
    n //= 3
    results.append(n)
    n %= 5
    results.append(n)
    n **= 2
    results.append(n)
    n <<= 3
    results.append(n)
    n >>= 1
    results.append(n)
    n |= 8
    n &= 0xF
    n ^= 3
    results.append(n)
    return results


CASES = [
    *(("floor", pair) for pair in [(7, 2), (-7, 2), (7, -2), (-7, -2), (0, 3), (6, -3), (1, 0)]),
    *(("both", pair) for pair in [(7, 2), (-7, 2), (7, -2), (-7, -2), (1, 0)]),
    *(("by_constants", (n,)) for n in [0, 1, 13, -1, -13, 2**62, -(2**62)]),
    *(("power", pair) for pair in [(2, 10), (-3, 3), (0, 0), (7, 22), (-2, 63)]),
    *(("powers_of_two", (n,)) for n in [0, 9, -1]),
    *(("modular", args) for args in [(3, 200, 13), (-3, 3, 7), (2, 10, -7), (5, 0, 1), (1, 2, 0)]),
    *(("shifts", pair) for pair in [(1, 0), (-5, 1), (3, 40), (5, 70), (1, -1)][:3]),
    ("shifts", (1, -1)),
    *(("bits", pair) for pair in [(12, 10), (-12, 10), (0, 0), (-1, 255)]),
    *(("sums", pair) for pair in [(3, 4), (-3, 4), (2**31, -(2**31))]),
    *(("true_division", pair) for pair in [(1, 3), (-7, 2), (0, 5), (2**62, 3), (1, 0)]),
    *(("chained", args) for args in [(1, 2, 2), (2, 2, 3), (1, 2, 1), (-2, -1, 0)]),
    *(("clamp", args) for args in [(5,), (-5,), (500,), (5, 7), (5, 1, 3)]),
    *(("collatz", (n,)) for n in [1, 6, 27]),
    *(("gcd", pair) for pair in [(12, 18), (-12, 18), (0, 5), (5, 0)]),
    *(("mixed", pair) for pair in [(True, 3), (False, 3), (False, -3)]),
    *(("augmented", pair) for pair in [(5, 2), (-5, 3), (100, -7)]),
]
DECLINES = [
    ("power", (10, 19)),
    ("power", (2, -1)),
    ("shifts", (5, 70)),
    ("sums", (2**63 - 1, 1)),
    ("sums", (-(2**63), 1)),
    ("floor", (2**70, 3)),
    ("augmented", (2**62, 5)),
]
SHOWN = ["floor", "collatz", "gcd"]
