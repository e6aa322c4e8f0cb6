"""Whole numbers and matrices."""


def primes_below(limit: int) -> list[int]:
    """The primes less than a limit, by the sieve of Eratosthenes.

    >>> primes_below(30)
    [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
    """
    if limit < 3:
        return []
    sieve = [True] * limit
    sieve[0] = False
    sieve[1] = False
    n = 2
    while n * n < limit:
        if sieve[n]:
            for multiple in range(n * n, limit, n):
                sieve[multiple] = False
        n += 1
    return [number for number, is_prime in enumerate(sieve) if is_prime]


def longest_collatz(limit: int) -> tuple[int, int]:
    """The start below a limit with the longest Collatz sequence, and that length.

    >>> longest_collatz(100)
    (97, 119)
    """
    best = (1, 1)
    for start in range(2, limit):
        n = start
        steps = 1
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        if steps > best[1]:
            best = (start, steps)
    return best


def matrix_product(a: list[list[float]], b: list[list[float]]) -> list[list[float]]:
    """The product of two matrices, given as lists of rows.

    >>> matrix_product([[1.0, 2.0], [3.0, 4.0]], [[0.5, 0.0], [0.0, 2.0]])
    [[0.5, 4.0], [1.5, 8.0]]
    >>> matrix_product([[1.0, 2.0]], [[1.0]])
    Traceback (most recent call last):
        ...
    ValueError: the rows of a are not as long as b is high
    """
    for row in a:
        if len(row) != len(b):
            raise ValueError("the rows of a are not as long as b is high")
    width = len(b[0]) if b else 0
    for row in b:
        if len(row) != width:
            raise ValueError("b is ragged")
    result: list[list[float]] = []
    for row in a:
        out = [0.0] * width
        for k, factor in enumerate(row):
            for j, other in enumerate(b[k]):
                out[j] += factor * other
        result.append(out)
    return result
