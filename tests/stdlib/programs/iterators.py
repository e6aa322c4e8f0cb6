"""`itertools` and `functools.reduce`."""

import itertools
import operator
from functools import reduce


def from_iterable(xss: list[list[int]]) -> list[int]:
    return list(itertools.chain.from_iterable(xss))


def from_texts(xss: list[list[str]]) -> list[str]:
    return [x for x in itertools.chain.from_iterable(xss) if x]


def product_of_pairs(xs: list[int], text: str) -> list[tuple[int, str]]:
    return list(itertools.product(xs, text))


def product_of_four(xs: list[int], ys: list[int]) -> list[tuple[int, int, int, int]]:
    return list(itertools.product(xs, ys, xs, ys))


def product_twice(xs: list[int]) -> list[tuple[int, int]]:
    return list(itertools.product(xs, repeat=2))


def product_often(text: str, n: int) -> list[str]:
    return ["".join(row) for row in itertools.product(text[:3], repeat=n % 4)]


def permutations(xs: list[int]) -> list[tuple[int, ...]]:
    return list(itertools.permutations(xs[:4]))


def permutations_of_two(xs: list[str]) -> list[tuple[str, str]]:
    return list(itertools.permutations(xs, 2))


def permutations_of_some(xs: list[int], r: int) -> list[tuple[int, ...]]:
    return list(itertools.permutations(xs[:4], r))


def anagrams(text: str) -> set[str]:
    return {"".join(row) for row in itertools.permutations(text[:4])}


def combinations_of_some(xs: list[int], r: int) -> list[tuple[int, ...]]:
    return list(itertools.combinations(xs, r))


def combinations_of_four(xs: list[int]) -> list[tuple[int, int, int, int]]:
    return list(itertools.combinations(xs, 4))


def multisets(xs: list[int]) -> list[tuple[int, int]]:
    return list(itertools.combinations_with_replacement(xs, 2))


def sums(xs: list[int], r: int) -> list[int]:
    return [sum(row) for row in itertools.combinations(xs, r)]


def running_maximum(xs: list[int]) -> list[int]:
    return list(itertools.accumulate(xs, max))


def running_product(xs: list[int]) -> list[int]:
    return list(itertools.accumulate(xs, operator.mul))


def running_from(xs: list[int], start: int) -> list[int]:
    return list(itertools.accumulate(xs, lambda a, b: a - b, initial=start))


def running_texts(xs: list[str]) -> list[str]:
    return list(itertools.accumulate(xs, lambda a, b: b + a))


def island(xs: list[int], stop: int) -> list[int]:
    return list(itertools.islice(xs, stop))


def island_from(xs: list[int], start: int, stop: int) -> list[int]:
    return list(itertools.islice(xs, start, stop))


def island_by(xs: list[str], start: int, step: int) -> list[str]:
    return list(itertools.islice(xs, start, None, step))


def counted(start: int, step: int, n: int) -> list[int]:
    return list(itertools.islice(itertools.count(start, step), n % 9))


def numbered(xs: list[str]) -> list[tuple[int, str]]:
    return list(zip(itertools.count(1), xs))


def cycled(xs: list[str], n: int) -> list[str]:
    return list(itertools.islice(itertools.cycle(xs), n % 17))


def repeated(text: str, n: int) -> list[str]:
    return list(itertools.repeat(text, n % 5)) + [a + b for a, b in zip(text, itertools.repeat("-"))]


def taken(xs: list[int]) -> list[int]:
    return list(itertools.takewhile(lambda x: x > 0, xs))


def dropped(xs: list[str]) -> list[str]:
    return list(itertools.dropwhile(lambda x: len(x) > 1, xs))


def filtered(xs: list[int]) -> list[int]:
    return list(itertools.filterfalse(lambda x: x & 1, xs)) + list(itertools.filterfalse(None, xs))


def compressed(text: str, chosen: list[bool]) -> list[str]:
    return list(itertools.compress(text, chosen))


def compressed_by_ints(xs: list[int], chosen: list[int]) -> list[int]:
    return list(itertools.compress(xs, chosen))


def longest(xs: list[int], ys: list[int], fill: int) -> list[tuple[int, int]]:
    return list(itertools.zip_longest(xs, ys, fillvalue=fill))


def longest_texts(xs: list[str], text: str) -> list[str]:
    return [a + b for a, b in itertools.zip_longest(xs, text, fillvalue="?")]


def longest_or_none(xs: list[int], ys: list[str]) -> list[tuple[int | None, str | None]]:
    return list(itertools.zip_longest(xs, ys))


def starred(pairs: list[tuple[int, int]]) -> list[int]:
    return list(itertools.starmap(lambda a, b: a ^ b, pairs))


def steps(xs: list[int]) -> list[int]:
    return [b ^ a for a, b in itertools.pairwise(xs)]


def folded(xs: list[int]) -> int:
    return reduce(operator.xor, xs, 0)


def folded_texts(xs: list[str]) -> str:
    return reduce(lambda a, b: a + "," + b, xs)


def longest_of_three(
    xs: list[int], ys: list[str], zs: list[bool]
) -> list[tuple[int | None, str | None, bool | None]]:
    return list(itertools.zip_longest(xs, ys, zs))


def longest_filled(xs: list[str], ys: list[str], text: str) -> list[str]:
    return [a + b + c for a, b, c in itertools.zip_longest(xs, ys, text, fillvalue="-")]


def flat_pairs(pairs: list[tuple[int, int]]) -> list[int]:
    return list(itertools.chain.from_iterable(pairs))


def flat_texts(xs: list[str]) -> list[str]:
    return list(itertools.chain.from_iterable(xs)) + list(itertools.chain(*xs))


def flat_sets(rows: list[list[int]]) -> int:
    return len(set(itertools.chain.from_iterable(set(row) for row in rows)))
