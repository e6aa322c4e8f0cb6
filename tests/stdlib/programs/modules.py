"""Small modules: `statistics`, `random`, `heapq`, `bisect`, `copy`, `operator`."""

import bisect
import copy
import heapq
import operator
import random
import statistics


def mean(xs: list[float]) -> float:
    return statistics.mean(xs)


def mean_of_ints(xs: list[int]) -> float:
    return statistics.mean(xs)


def fmean(xs: list[float]) -> float:
    return statistics.fmean(xs)


def fmean_of_ints(xs: list[int]) -> float:
    return statistics.fmean(xs)


def median(xs: list[float]) -> float:
    return statistics.median(xs)


def median_of_ints(xs: list[int]) -> float:
    return statistics.median(xs)


def median_low(xs: list[int]) -> int:
    return statistics.median_low(xs)


def median_high(xs: list[str]) -> str:
    return statistics.median_high(xs)


def mode(xs: list[str]) -> str:
    return statistics.mode(xs)


def multimode(xs: list[int]) -> list[int]:
    return statistics.multimode(x % 3 for x in xs)


def variance(xs: list[float]) -> float:
    return statistics.variance(xs)


def pvariance(xs: list[float]) -> float:
    return statistics.pvariance(xs)


def variance_of_ints(xs: list[int]) -> float:
    return statistics.variance(xs)


def stdev(xs: list[float]) -> float:
    return statistics.stdev(xs)


def pstdev(xs: list[float]) -> float:
    return statistics.pstdev(xs)


def stdev_of_ints(xs: list[int]) -> float:
    return statistics.stdev(xs)


def draws(seed: int) -> list[float]:
    rng = random.Random(seed)
    return [rng.random() for _ in range(700)]


def bounded(seed: int, low: int, high: int) -> list[int]:
    rng = random.Random(seed)
    return [rng.randint(low, high) for _ in range(9)]


def ranged(seed: int, start: int, stop: int, step: int) -> list[int]:
    rng = random.Random(seed)
    return [rng.randrange(start, stop, step), rng.randrange(1 + stop % 99), rng.randrange(start, stop)]


def bits(seed: int, k: int) -> list[int]:
    rng = random.Random(seed)
    return [rng.getrandbits(k), rng.getrandbits(k), rng.getrandbits(k % 64)]


def chosen(seed: int, xs: list[str], text: str) -> list[str]:
    rng = random.Random(seed)
    return [rng.choice(xs), rng.choice(text)]


def shuffled(seed: int, xs: list[int]) -> list[int]:
    rng = random.Random(seed)
    ys = xs[:]
    rng.shuffle(ys)
    rng.shuffle(ys)
    return ys


def sampled(seed: int, xs: list[int], k: int) -> list[int]:
    rng = random.Random(seed)
    return rng.sample(xs, k) + rng.sample(list(range(1000)), k)


def several(seed: int, xs: list[str]) -> list[str]:
    rng = random.Random(seed)
    return rng.choices(xs, k=5) + rng.choices(xs)


def spread(seed: int, a: float, b: float) -> list[float]:
    rng = random.Random(seed)
    return [rng.uniform(a, b), rng.gauss(a, b), rng.gauss(), rng.gauss(a, b), rng.normalvariate(a, b)]


def waits(seed: int, rate: float) -> float:
    return random.Random(seed).random() if rate == 1.5 else waited(seed, rate)


def waited(seed: int, rate: float) -> float:
    rng = random.Random(seed)
    return rng.expovariate(rate)


def replaced(xs: list[int], item: int) -> list[int]:
    heap = xs[:]
    heapq.heapify(heap)
    smallest = heapq.heapreplace(heap, item)
    return [smallest, *heap]


def pushed_and_popped(xs: list[int], item: int) -> list[int]:
    heap = xs[:]
    heapq.heapify(heap)
    smallest = heapq.heappushpop(heap, item)
    return [smallest, *heap]


def largest(xs: list[int]) -> list[int]:
    return heapq.nlargest(3, xs)


def smallest_by(xs: list[str], n: int) -> list[str]:
    return heapq.nsmallest(n, xs, key=len)


def largest_by(xs: list[str], n: int) -> list[str]:
    return heapq.nlargest(n, xs, key=len)


def place_in(xs: list[int], x: int, lo: int, hi: int) -> int:
    return bisect.bisect_left(xs, x, lo, hi)


def place_after(xs: list[int], x: int, lo: int) -> int:
    return bisect.bisect_right(xs, x, lo=lo) + bisect.bisect(xs, x, lo)


def copied(xs: list[int], d: dict[str, int]) -> tuple[list[int], dict[str, int]]:
    ys, e = copy.copy(xs), copy.deepcopy(d)
    ys.append(1)
    e["x"] = 2
    return ys, e


def operated(a: int, b: int) -> tuple[int, int, int, bool, bool]:
    return operator.sub(a, b), operator.and_(a, b), operator.neg(a), operator.lt(a, b), operator.ne(a, b)


def divided(a: int, b: int) -> tuple[float, int, int]:
    return operator.truediv(a, b), operator.floordiv(a, b), operator.mod(a, b)


def by_second(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted(pairs, key=operator.itemgetter(1))
