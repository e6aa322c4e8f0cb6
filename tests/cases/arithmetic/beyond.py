def factorial(n: int) -> int:
    """The product of the numbers up to n."""
    if n < 0:
        raise ValueError("n is negative")
    value = 1
    for i in range(1, n + 1):
        value *= i
    return value


def by_recursion(n: int) -> int:
    return 1 if n in (0, 1) else n * by_recursion(n - 1)


def fibonacci(n: int) -> int:
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def choose(n: int, k: int) -> int:
    result = 1
    for i in range(min(k, n - k)):
        result = result * (n - i) // (i + 1)
    return result


def catalan(n: int) -> int:
    return factorial(2 * n) // (factorial(n) * factorial(n + 1))


def digit_sum(n: int) -> int:
    """The digits are short again."""
    rest = factorial(n)
    total = 0
    while rest > 0:
        total += rest % 10
        rest //= 10
    return total


def shown(n: int) -> str:
    return f"{n}! = {factorial(n)}, {str(factorial(n))[0]}, {-fibonacci(n)!r}"


def compared(n: int, m: int) -> list[bool]:
    a, b = factorial(n), factorial(m)
    return [a == b, a < b, a >= 10, 10 < b, bool(a - b), not a, a == 2**n]


def bits(n: int) -> list[str]:
    x = factorial(n)
    shifted = x << n
    back = shifted >> 3
    return [str(shifted), str(back), str(x & 1023), str(x | 1), str(x ^ back), str(~x), str(x**2)]


def quotients(n: int, k: int) -> list[int]:
    x = -factorial(n)
    whole = x // k
    return [x % k, whole % 1000, (whole * k + x % k - x) % 7]


def ratio(n: int) -> float:
    return factorial(n) / factorial(n - 1)


def reversed_digits(n: int) -> int:
    """As long as what comes in: 64 bits do."""
    result = 0
    while n > 0:
        result = result * 10 + n % 10
        n //= 10
    return result


def hashed(text: str) -> int:
    """Kept short in every round."""
    value = 7
    for char in text:
        value = (value * 31 + ord(char)) % 1_000_003
    return value


def used_as_index(n: int) -> list[int]:
    """Where only 64 bits are of use, a longer number declines."""
    return list(range(factorial(n)))


CASES = [
    ("factorial", (0,)),
    ("factorial", (20,)),
    ("factorial", (21,)),
    ("factorial", (60,)),
    ("factorial", (-1,)),
    ("by_recursion", (30,)),
    ("fibonacci", (92,)),
    ("fibonacci", (93,)),
    ("fibonacci", (300,)),
    ("choose", (100, 50)),
    ("choose", (5, 2)),
    ("catalan", (40,)),
    ("digit_sum", (100,)),
    ("shown", (25,)),
    ("shown", (3,)),
    ("compared", (30, 29)),
    ("compared", (3, 3)),
    ("bits", (5,)),
    ("bits", (30,)),
    ("quotients", (30, 7)),
    ("quotients", (30, -7)),
    ("quotients", (30, 0)),
    ("ratio", (5,)),
    ("reversed_digits", (1230,)),
    ("hashed", ("abc",)),
    ("used_as_index", (3,)),
]
DECLINES = [("ratio", (30,)), ("used_as_index", (21,))]
SHOWN = ["factorial", "fibonacci", "choose", "reversed_digits"]
