"""Loops over sets that come to the same in every order, and ones that don't."""


def consecutive(xs: list[int]) -> int:
    """The length of the longest run of numbers.

    >>> consecutive([100, 4, 200, 1, 3, 2])
    4
    """
    longest = 0
    nums = set(xs)
    for n in nums:
        if n - 1 not in nums:
            length = 1
            while n + length in nums:
                length += 1
            longest = max(longest, length)
    return longest


def repeated(xs: list[int]) -> list[int]:
    """What stands there more than once, in order.

    >>> repeated([3, 1, 3, 1, 2])
    [1, 3]
    """
    out = []
    for x in set(xs):
        if xs.count(x) > 1:
            out.append(x)
    return sorted(out)


def distinct(xs: list[str]) -> list[str]:
    rows = list(set(xs))
    rows.sort()
    return rows


def squares(xs: list[int]) -> list[int]:
    rows = [x % 10 for x in set(xs)]
    print(len(rows), sum(rows))
    return sorted(rows)


def all_there(xs: list[int], ys: list[int]) -> bool:
    """An early end that is the same for every item."""
    for x in set(xs):
        if x not in ys:
            return False
    return True


def any_long(words: set[str]) -> bool:
    found = False
    for word in words:
        if len(word) > 3:
            found = True
            break
    return found


def none_long(words: set[str]) -> str:
    for word in words:
        if len(word) > 3:
            break
    else:
        return "none"
    return "some"


def checked(xs: set[int]) -> int:
    total = 0
    for x in xs:
        if x < 0:
            raise ValueError("negative")
        total += x * x - 1
    return total


def divided(xs: set[int], k: int) -> int:
    """The remainder by zero is the same error for every item."""
    count = 0
    for x in xs:
        if x % k == 0:
            count += 1
    return count


def best_score(words: set[str], wanted: str) -> int:
    best = -1
    for word in words:
        score = 0
        for ch in word:
            if ch in wanted:
                score += 1
        if score > best:
            best = score
    return best


def histogram(xs: set[int]) -> list[int]:
    """Counts in a list of its own: an index beyond it tells nothing of the item.

    >>> histogram({1, 4, 6})
    [1, 2, 0]
    """
    counts = [0] * 3
    for x in xs:
        counts[x % 3] += 1
    return counts


def closure(xs: set[int]) -> set[int]:
    out: set[int] = set()
    fine = True
    for x in xs:
        out.add(x)
        out.add(-x)
        fine = fine and x > 0
    if not fine:
        out.discard(0)
    return out


def pairs(xs: list[int]) -> int:
    """Two sets, one in the other.

    >>> pairs([1, 2, 3])
    2
    """
    count = 0
    evens = {x for x in xs if x % 2 == 0}
    for a in list(evens):
        for b in set(xs) - evens:
            if abs(a - b) == 1:
                count += 1
    return count


def small(n: int) -> bool:
    return n < 3


def smallest(xs: set[int]) -> int:
    least = 10
    for x in xs:
        if small(x):
            least = min(x, least)
    return least


def commonest(xs: list[int]) -> int:
    """The value that stands there most often; where two do, Python's order of a set decides.

    >>> commonest([1, 2, 2])
    2
    """
    return max(set(xs), key=xs.count)


def rarest(words: list[str]) -> str:
    return min(set(words), key=words.count)


def single(xs: list[int]) -> int:
    one = set(xs)
    if len(one) == 1:
        return next(iter(one)) + list(one)[0] + one.pop()
    return 0


def first(xs: set[int]) -> int:
    return next(iter(xs))


def first_listed(xs: set[int]) -> int:
    return list(xs)[0]


def updated(xs: list[int], more: set[int]) -> int:
    seen = {0}
    seen.update(xs)
    seen.update(more)
    seen.update(x + 1 for x in xs)
    both = seen.union(xs, [7]).intersection(range(100)).difference([1], {2})
    if seen.issuperset(xs) and seen.isdisjoint([-5]):
        seen.difference_update([3])
    seen.intersection_update(range(50))
    seen.symmetric_difference_update({0, 8})
    return len(both) * 1000 + sum(seen)


# In these the order shows.


def last(xs: set[int]) -> int:
    kept = 0
    for x in xs:
        kept = x
    return kept


def first_large(xs: set[int]) -> int:
    for x in xs:
        if x > 3:
            return x
    return 0


def two_ways(xs: set[int]) -> int:
    for x in xs:
        if x > 3:
            return 1
        if x < 0:
            return 2
    return 0


def how_far(xs: set[int]) -> int:
    seen = 0
    for x in xs:
        seen += 1
        if x > 3:
            break
    return seen


def read_meanwhile(xs: set[int]) -> int:
    total = 0
    for x in xs:
        total += x
        if total > 5:
            total += 1
    return total


def two_operations(xs: set[int]) -> int:
    total = 1
    for x in xs:
        total += x
        total *= 2
    return total


def float_sum(xs: set[float]) -> float:
    total = 0.0
    for x in xs:
        total += x
    return total


def which_error(words: set[str]) -> int:
    total = 0
    for word in words:
        total += int(word)
    return total


def which_of_best(words: list[str]) -> str:
    best, most = "", 0
    for word in set(words):
        if words.count(word) > most:
            most = words.count(word)
            best = word
    return best


def listed(xs: set[int]) -> list[int]:
    out = []
    for x in xs:
        out.append(x)
    return out


def seen_outside(xs: set[int], seen: set[int]) -> bool:
    for x in xs:
        seen.add(x)
        if x > 3:
            return True
    return False


def caught(xs: set[int], k: int) -> int:
    total = 0
    try:
        for x in xs:
            total += x // k
            if x > 3:
                raise ValueError("large")
    except ValueError:
        pass
    return total


def told_at_last(xs: set[int]) -> bool:
    total = 0
    try:
        for x in xs:
            total += x
            if x > 3:
                return True
    finally:
        print(total)
    return False


def printed(xs: set[int]) -> None:
    for x in xs:
        print(x)


class Loud:
    """An instance that speaks when it is asked for its truth."""

    def __init__(self, n: int) -> None:
        self.n = n

    def __bool__(self) -> bool:
        print(self.n)
        return self.n > 1


def loud(n: int) -> str:
    return "much" if Loud(n) else "little"


def asked(xs: set[int]) -> int:
    count = 0
    for x in xs:
        if Loud(x):
            count += 1
    return count


CASES = [
    ("asked", ({1, 3},)),
    ("loud", (1,)),
    ("loud", (2,)),
    *(("consecutive", (xs,)) for xs in [[], [100, 4, 200, 1, 3, 2], [0], [5, 6, 7, -1]]),
    *(("repeated", (xs,)) for xs in [[], [3, 1, 3, 1, 2], [9, 8]]),
    *(("distinct", (xs,)) for xs in [[], ["b", "a", "b"]]),
    *(("squares", (xs,)) for xs in [[], [13, 3, 21]]),
    *(("all_there", p) for p in [([1, 2], [2, 1]), ([1, 2], [1]), ([], [])]),
    *(("any_long", (xs,)) for xs in [set(), {"a", "abcd"}, {"a"}]),
    *(("none_long", (xs,)) for xs in [set(), {"a", "abcd"}, {"a"}]),
    *(("checked", (xs,)) for xs in [set(), {1, 2, 3}, {1, -1, -2}]),
    *(("divided", p) for p in [({1, 2, 3}, 2), ({1, 2}, 0), (set(), 0)]),
    *(("best_score", p) for p in [({"abc", "aab"}, "ab"), (set(), "a")]),
    *(("histogram", (xs,)) for xs in [set(), {1, 4, 6}, {-1}]),
    *(("closure", (xs,)) for xs in [set(), {1, 2}, {0, 3}, {-4, 4}]),
    *(("pairs", (xs,)) for xs in [[], [1, 2, 3], [2, 4, 5]]),
    *(("smallest", (xs,)) for xs in [set(), {1, 2, 5}, {5, 6}]),
    *(("commonest", (xs,)) for xs in [[], [1], [1, 2, 2], [3, 3, 3, 1, 1]]),
    *(("rarest", (xs,)) for xs in [[], ["a", "a", "b"]]),
    *(("single", (xs,)) for xs in [[4, 4], [], [1, 2]]),
    *(("first", (xs,)) for xs in [{4}, set()]),
    *(("first_listed", (xs,)) for xs in [{4}, set()]),
    *(
        (name, (xs,))
        for name in ["last", "first_large", "two_ways", "how_far", "read_meanwhile", "two_operations", "listed", "printed"]
        for xs in [set(), {1, 9}, {-1, 2}]
    ),
    *(("caught", (xs, 1)) for xs in [{1, 2}, {5}]),
    *(("told_at_last", (xs,)) for xs in [{1, 2}, {5}]),
    ("float_sum", ({0.5, 2.0},)),
    ("which_error", ({"1", "2"},)),
    ("which_of_best", (["a", "b", "b"],)),
    *(("seen_outside", (xs, {0})) for xs in [{1}, {5}]),
    *(("updated", p) for p in [([1, 2], {3}), ([-5], {0, 8}), ([], set())]),
]
DECLINES = [("commonest", ([1, 2],)), ("rarest", (["a", "b"],)), ("first", ({1, 2},)), ("first_listed", ({1, 2},))]
REFUSED = dict.fromkeys(
    [
        "last", "first_large", "two_ways", "how_far", "read_meanwhile", "two_operations", "float_sum", "which_error",
        "which_of_best", "listed", "caught", "told_at_last", "seen_outside", "printed", "asked",
    ],
    "PT404",
)  # fmt: skip
SHOWN = ["consecutive"]
