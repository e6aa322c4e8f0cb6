"""Calls of `dict`, `set`, `collections`, `itertools`, `hashlib` and `base`, with CPython's answers."""

from __future__ import annotations

import base64
import binascii
import hashlib
import itertools
import random
import struct
import zlib
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterator

from tests.runtime_lib.driver import Case, case

Pairs = list[tuple[str, int]]
KEYS = ("a", "b", "c", "d", "it's", 'say "x"', "é\n")


def random_pairs(rng: random.Random) -> Pairs:
    return [(rng.choice(KEYS), rng.randint(-3, 5)) for _ in range(rng.randint(0, 6))]


def items(mapping: dict[str, int]) -> list[list[object]]:
    return [[key, value] for key, value in mapping.items()]


def dict_cases(rng: random.Random) -> Iterator[Case]:
    pairs, others, key, value = random_pairs(rng), random_pairs(rng), rng.choice(KEYS), rng.randint(0, 9)

    def on(mapping: dict[str, int], action: Callable[[], object]) -> Callable[[], object]:
        return lambda: [action(), items(mapping)]

    def increment(mapping: dict[str, int]) -> None:
        mapping[key] += 1

    steps: dict[str, tuple[tuple[object, ...], Callable[[dict[str, int]], object]]] = {
        "from_pairs": ((), lambda d: None),
        "get_item": ((key,), lambda d: d[key]),
        "increment": ((key,), increment),
        "pop": ((key,), lambda d: d.pop(key)),
        "pop_default": ((key, value), lambda d: d.pop(key, value)),
        "pop_item": ((), lambda d: d.popitem()),
        "delete": ((key,), lambda d: d.__delitem__(key)),
        "set_default": ((key, value), lambda d: d.setdefault(key, value)),
        "update": ((others,), lambda d: d.update(dict(others))),
        "update_pairs": ((others,), lambda d: d.update(others)),
        "union": ((others,), lambda d: items(d | dict(others))),
        "from_keys": ((value,), lambda d: items(dict.fromkeys([pair[0] for pair in pairs], value))),
        "equal": ((others,), lambda d: d == dict(others)),
    }
    for name, (args, action) in steps.items():
        mapping = dict(pairs)
        yield case(f"dict.{name}", (pairs, *args), on(mapping, lambda m=mapping, a=action: a(m)))
    shuffled = rng.sample(list(dict(pairs).items()), len(dict(pairs)))
    yield case("dict.equal", (pairs, shuffled), lambda: [dict(pairs) == dict(shuffled), items(dict(pairs))])
    yield case("dict.int_key", (pairs, value), lambda: [{7: 1}[value], items(dict(pairs))])
    for last in (True, False):
        ordered = OrderedDict(pairs)
        args = (pairs, key, int(last))
        yield case("dict.move_to_end", args, on(ordered, lambda o=ordered, e=last: o.move_to_end(key, e)))
        ordered = OrderedDict(pairs)
        name = "pop_last" if last else "pop_first"
        yield case(f"dict.{name}", (pairs,), on(ordered, lambda o=ordered, e=last: list(o.popitem(e))))
    default = defaultdict(int, pairs)
    yield case("dict.get_or_default", (pairs, key), on(default, lambda: default[key]))


def counter_cases(rng: random.Random) -> Iterator[Case]:
    pairs, others, key = random_pairs(rng), random_pairs(rng), rng.choice(KEYS)
    count = rng.choice((None, -1, 0, 1, 2, 9))
    words = [word for word, _ in others]
    one, two = Counter(dict(pairs)), Counter(dict(others))
    results: dict[str, tuple[tuple[object, ...], Callable[[Counter[str]], object]]] = {
        "counter": ((others,), lambda c: items(Counter(words))),
        "count_of": ((key,), lambda c: c[key]),
        "update": ((others,), lambda c: c.update(words)),
        "subtract": ((others,), lambda c: c.subtract(words)),
        "update_counts": ((others,), lambda c: c.update(two)),
        "subtract_counts": ((others,), lambda c: c.subtract(two)),
        "add": ((others,), lambda c: items(c + two)),
        "sub": ((others,), lambda c: items(c - two)),
        "and": ((others,), lambda c: items(c & two)),
        "or": ((others,), lambda c: items(c | two)),
        "eq": ((others,), lambda c: c == two),
        "elements": ((), lambda c: list(c.elements())),
        "total": ((), lambda c: c.total()),
        "most_common": ((count,), lambda c: c.most_common(count)),
    }
    for name, (args, action) in results.items():
        counter = Counter(one)
        yield case(f"counter.{name}", (pairs, *args), lambda c=counter, a=action: [a(c), items(c)])


def set_cases(rng: random.Random) -> Iterator[Case]:
    a, b = ([rng.randint(0, 6) for _ in range(rng.randint(0, 5))] for _ in range(2))
    pure: dict[str, Callable[[set[int], set[int]], set[int]]] = {
        "union": set.union,
        "intersection": set.intersection,
        "difference": set.difference,
        "symmetric_difference": set.symmetric_difference,
    }
    for name, method in pure.items():
        yield case(f"set.{name}", (a, b), lambda m=method: [sorted(m(set(a), set(b))), sorted(set(a))])
    in_place: dict[str, Callable[[set[int], set[int]], None]] = {
        "union_update": set.update,
        "intersection_update": set.intersection_update,
        "difference_update": set.difference_update,
        "symmetric_difference_update": set.symmetric_difference_update,
    }
    for name, change in in_place.items():
        target = set(a)
        yield case(f"set.{name}", (a, b), lambda c=change, t=target: [c(t, set(b)), sorted(t)])
    yield case("set.is_proper_subset", (a, b), lambda: [set(a) < set(b), sorted(set(a))])
    item = rng.randint(0, 6)
    target = set(a)
    yield case("set.remove", (a, b, item), lambda: [target.remove(item), sorted(target)])
    few = set(a[:1])
    yield case("set.pop", (a[:1], b), lambda: [few.pop(), sorted(few)])


def deque_cases(rng: random.Random) -> Iterator[Case]:
    numbers = [rng.randint(0, 5) for _ in range(rng.randint(0, 6))]
    longest, item, place = rng.choice((None, 0, 2, 4, -1)), rng.randint(0, 5), rng.randint(-8, 8)
    most = rng.randint(0, 5)
    steps: dict[str, tuple[tuple[object, ...], Callable[[deque[int]], object]]] = {
        "new": ((), lambda q: None),
        "at": ((place,), lambda q: q[place]),
        "store": ((place,), lambda q: q.__setitem__(place, 99)),
        "pop": ((), lambda q: q.pop()),
        "pop_left": ((), lambda q: q.popleft()),
        "rotate": ((place,), lambda q: q.rotate(place)),
        "index": ((item,), lambda q: q.index(item)),
        "remove": ((item,), lambda q: q.remove(item)),
        "count": ((item,), lambda q: q.count(item)),
    }
    for name, (args, action) in steps.items():
        if name == "store" and not -8 <= place <= 8:
            continue
        yield case(
            f"deque.{name}", (numbers, longest, *args), lambda a=action: act(deque(numbers, longest), a)
        )
    yield case(
        "deque.append", (numbers, most, item), lambda: act(deque(numbers, most), lambda q: q.append(item))
    )
    yield case(
        "deque.append_left",
        (numbers, most, item),
        lambda: act(deque(numbers, most), lambda q: q.appendleft(item)),
    )
    yield case(
        "deque.extend_left",
        (numbers, None, numbers),
        lambda: act(deque(numbers), lambda q: q.extendleft(numbers)),
    )


def act(queue: deque[int], action: Callable[[deque[int]], object]) -> list[object]:
    return [action(queue), list(queue)]


def itertools_cases(rng: random.Random) -> Iterator[Case]:
    a, b, c = ([rng.randint(-3, 5) for _ in range(rng.randint(0, 4))] for _ in range(3))
    r, n = rng.randint(-1, 4), rng.randint(-2, 5)
    it = itertools
    yield case("itertools.product2", (a, b), lambda: list(it.product(a, b)))
    yield case("itertools.product3", (a, b, c), lambda: list(it.product(a, b, c)))
    yield case("itertools.product", (a, b, c), lambda: list(it.product(a, b, c)))
    yield case("itertools.product_repeat", (a, r), lambda: list(it.product(a, repeat=r)))
    yield case("itertools.permutations", (a, r), lambda: list(it.permutations(a, r)))
    yield case("itertools.permutations", (a, None), lambda: list(it.permutations(a)))
    yield case("itertools.combinations", (a, r), lambda: list(it.combinations(a, r)))
    yield case("itertools.combinations2", (a,), lambda: list(it.combinations(a, 2)))
    yield case("itertools.combinations3", (a,), lambda: list(it.combinations(a, 3)))
    name = "itertools.combinations_with_replacement"
    yield case(name, (a, r), lambda: list(it.combinations_with_replacement(a, r)))
    yield case("itertools.accumulate", (a,), lambda: list(it.accumulate(a, lambda x, y: x - y)))
    start = lambda: list(it.accumulate(a, lambda x, y: x - y, initial=n))  # noqa: E731
    yield case("itertools.accumulate_from", (a, n), start)
    yield case("itertools.group_by", (a,), lambda: [[k, list(g)] for k, g in it.groupby(a, lambda x: x % 2)])
    first, last, step = (rng.choice((None, -2, -1, 0, 1, 2, 3, 7)) for _ in range(3))
    yield case("itertools.islice", (a, first, last, step), lambda: list(it.islice(a, first, last, step)))
    yield case("itertools.islice", (a, None, last, None), lambda: list(it.islice(a, last)))

    def longest() -> list[list[int]]:
        pairs = it.zip_longest(a, b)
        return [[-1 if x is None else x, -2 if y is None else y] for x, y in pairs]

    yield case("itertools.zip_longest", (a, b), longest)
    yield case("itertools.pairwise", (a,), lambda: list(it.pairwise(a)))
    yield case("itertools.count", (n, r), lambda: list(it.islice(it.count(n, r), 5)))
    yield case("itertools.repeat_n", (n, r), lambda: list(it.repeat(n, r)))
    yield case("itertools.compress", (a, b), lambda: list(it.compress(a, (x % 2 == 0 for x in b))))


def damaged(rng: random.Random, data: bytes) -> bytes:
    """Encoded data, sometimes with a character changed, removed or put in."""
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        place = rng.randint(0, len(data))
        data = (
            data[:place]
            + rng.choice((b"=", b"==", b"\n", b"!", b"A", b"-", b"a", b""))
            + data[place + rng.randint(0, 1) :]
        )
    return data


def base_cases(rng: random.Random) -> Iterator[Case]:
    data = rng.randbytes(rng.choice((0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 100)))
    as_list = list(data)
    for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"):
        digest = hashlib.new(name, data)
        yield case(f"hashlib.{name}", (as_list,), lambda d=digest: [list(d.digest()), d.hexdigest()])
    for bits in ("16", "32", "64"):
        encode, decode = getattr(base64, f"b{bits}encode"), getattr(base64, f"b{bits}decode")
        yield case(f"base.b{bits}_encode", (as_list,), lambda e=encode: list(e(data)))
        text = damaged(rng, encode(data))
        yield case(f"base.b{bits}_decode", (list(text),), lambda d=decode, t=text: list(d(t)))
    yield case("base.url_b64_encode", (as_list,), lambda: list(base64.urlsafe_b64encode(data)))
    text = damaged(rng, base64.urlsafe_b64encode(data))
    yield case("base.url_b64_decode", (list(text),), lambda: list(base64.urlsafe_b64decode(text)))
    noise = bytes(rng.choice(b"AB+/=\n") for _ in range(rng.randint(0, 9)))
    yield case("base.b64_decode", (list(noise),), lambda: list(base64.b64decode(noise)))
    yield case("base.hexlify", (as_list,), lambda: list(binascii.hexlify(data)))
    digits = damaged(rng, binascii.hexlify(data))
    yield case("base.unhexlify", (list(digits),), lambda: list(binascii.unhexlify(digits)))
    start = rng.choice((0, 1, -1, 2**32, rng.getrandbits(40)))
    yield case("base.crc32", (as_list, start), lambda: zlib.crc32(data, start))
    if start == rng.choice((0, 1)):
        yield case("base.adler32", (as_list, start), lambda: zlib.adler32(data, start))
    for code in ("B", "b", ">H", "<h", ">i", "<I", ">Q", "<q"):
        value = rng.choice((0, 1, -1, 127, 128, 255, 256, -128, 65535, 2**31, 2**63 - 1, -(2**63)))
        yield case("base.pack", (code, value), lambda f=code, v=value: list(struct.pack(f, v)))
        size = struct.calcsize(code)
        raw = rng.randbytes(size)
        yield case("base.unpack", (list(raw), code), lambda f=code, r=raw: struct.unpack(f, r)[0])


def all_cases(seed: int, rounds: int = 300) -> dict[str, list[Case]]:
    """The cases by topic."""
    rng = random.Random(seed)
    topics = {
        "dict": dict_cases,
        "counter": counter_cases,
        "set": set_cases,
        "deque": deque_cases,
        "itertools": itertools_cases,
        "base": base_cases,
    }
    return {name: [one for _ in range(rounds) for one in make(rng)] for name, make in topics.items()}
