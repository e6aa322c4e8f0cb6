"""Assignment expressions, `del`, loop variables that are read after the loop, stars, targets of every kind."""


def walrus_while(xs: list[int]) -> int:
    total = 0
    i = 0
    while (n := len(xs) - i) > 0:
        total += n
        i += 1
    return total


def walrus_if(text: str) -> str:
    if (n := len(text)) > 10:
        return f"long {n}"
    return f"short {n}"


def walrus_comp(xs: list[int]) -> list[int]:
    return [y for x in xs if (y := x * 2) > 4]


def walrus_any(xs: list[int]) -> int:
    if any((found := x) > 10 for x in xs):
        return found
    return -1


def walrus_expr(n: int) -> int:
    return (m := n * 2) + m


def walrus_in_call(s: str) -> list[int]:
    return [k := len(s), k * 2, k ** 2]


def walrus_elif(d: dict[str, int], key: str) -> int:
    if (v := d.get(key)) is not None:
        return v
    elif (w := d.get(key.lower())) is not None:
        return w
    return 0


def walrus_and(s: str) -> bool:
    return (n := len(s)) > 2 and n % 2 == 0


def noisy(x: int) -> int:
    print("noisy", x)
    return x


def chained(a: int, b: int, c: int) -> bool:
    return noisy(a) < noisy(b) <= noisy(c)


def asserting(n: int) -> int:
    assert n > 0, f"n was {n}"
    assert n != 50
    return n


def del_items(xs: list[int], d: dict[str, int]) -> int:
    del xs[0]
    del xs[1:3]
    if "a" in d:
        del d["a"]
    return len(xs) + len(d)


def del_name(n: int) -> int:
    m = n + 1
    k = m * 2
    del m
    return k


def del_loop(xs: list[int]) -> int:
    total = 0
    for x in xs:
        y = x * 2
        total += y
        del y
    return total


def while_else(n: int) -> str:
    i = 2
    while i * i <= n:
        if n % i == 0:
            break
        i += 1
    else:
        return "prime"
    return f"divisible by {i}"


def for_else(xs: list[int], y: int) -> int:
    for i, x in enumerate(xs):
        if x == y:
            break
    else:
        i = -1
    return i


def loop_target_after(xs: list[int]) -> int:
    for x in xs:
        pass
    return x


def loop_target_range(n: int) -> int:
    i = 0
    for i in range(n):
        if i * i > n:
            break
    return i


def tuple_target_after(ps: list[tuple[int, str]]) -> str:
    a, b = 0, ""
    for a, b in ps:
        pass
    return f"{a}{b}"


def enumerate_after(xs: list[int]) -> int:
    i, x = 0, 0
    for i, x in enumerate(xs):
        if x > 5:
            break
    return i * 100 + x


def nested_after(grid: list[list[int]]) -> int:
    r = 0
    c = 0
    for r, row in enumerate(grid):
        for c, v in enumerate(row):
            if v == 0:
                break
    return r * 10 + c


def targets_sub(xs: list[int]) -> list[int]:
    for xs[0] in range(3):
        pass
    return xs


def nested_targets(ps: list[tuple[int, tuple[str, float]]]) -> str:
    out = ""
    for a, (b, c) in ps:
        out += f"{a}{b}{c}"
    return out


def star_target(xs: list[list[int]]) -> list[int]:
    out = []
    for first, *rest in xs:
        out.append(first + len(rest))
    return out


def unpack_list_loop(xs: list[list[int]]) -> int:
    t = 0
    for a, b in xs:
        t += a * b
    return t


def aug_str_list(n: int) -> list[str]:
    parts: list[str] = []
    parts += ["a"]
    parts *= n
    s = "x"
    s *= n
    parts += [s]
    return parts


def aug_sets(a: set[int], b: set[int]) -> int:
    c = set(a)
    c |= b
    c -= {1}
    c ^= {2}
    c &= b
    return len(c)


def star_display(xs: list[int], ys: list[int]) -> list[int]:
    return [0, *xs, *ys, 1]


def star_tuple(xs: list[int]) -> tuple[int, ...]:
    return (*xs, 1)


def star_set(xs: list[int]) -> int:
    return len({*xs, 1})


def dict_merge(a: dict[str, int], b: dict[str, int]) -> dict[str, int]:
    return {**a, "z": 1, **b}


def print_star(xs: list[int]) -> None:
    print(*xs)
    print(*xs, sep=", ", end="!\n")
    print("a", *xs, 1.5, sep="-")


def max_star(xs: list[int]) -> int:
    return max(*xs, 3)


def format_star(xs: list[str]) -> str:
    return "{}-{}".format(*xs)


def zip_star(rows: list[list[int]]) -> list[tuple[int, ...]]:
    return list(zip(*rows))


def zip_star_sum(rows: list[list[int]]) -> list[int]:
    return [sum(col) for col in zip(*rows)]


def multi(xs: list[int]) -> int:
    a = xs[0] = 5
    return a


def starred_assign(xs: list[int]) -> int:
    a, *b = xs
    *c, d = xs
    e, *f, g = xs
    return a + len(b) + len(c) + d + e + len(f) + g


def nested_unpack(p: tuple[int, tuple[int, int]]) -> int:
    a, (b, c) = p
    [d, e] = b, c
    return a + d * e


def delete_var_branch(flag: bool) -> int:
    x = 1
    if flag:
        del x
        x = 2
    return x


def raised_after(xs: list[int]) -> list[int]:
    """Deleted, then bound again; `x` and `last` may have no value."""
    for x in xs:
        last = x
        del x
    out = [last]
    del out[0:1]
    return out


def negative_strides(xs: list[int]) -> list[int]:
    del xs[::2]
    xs[::-1] = [x + 1 for x in xs]
    xs[1:1] = range(2)
    xs[:1] = (9, 8, 7)
    return xs


def wrong_stride(xs: list[int]) -> None:
    xs[::2] = [1, 2]


def lazy_walrus(a: int, b: int) -> str:
    """The second one is not always evaluated."""
    if a > 0 and (c := a * b) > 10:
        return f"{c}"
    if a > 5 or (d := b) > 3:
        return "or"
    return f"none {d}"


def walrus_again(n: int) -> list[int]:
    x = n
    return [x, (x := x + 1), (x := x * 2), x]


def until(words: list[str]) -> str:
    i = 0
    while i < len(words) and (word := words[i]) != "stop":
        i += 1
    else:
        word = "done" if i == len(words) else word
    return word + str(i)


def shared_name(xs: list[int]) -> tuple[list[int], int]:
    doubled = [last := x * 2 for x in xs]
    return doubled, last


def shapes(word: str, pair: tuple[int, int, int]) -> str:
    first, *middle, last = word
    a, *rest = pair
    *init, z = pair
    return f"{first}{len(middle)}{last}{a}{rest}{init}{z}"


def transposed(rows: list[str]) -> list[str]:
    return ["".join(column) for column in zip(*rows)]


def pairs(rows: list[list[int]]) -> int:
    total = 0
    for a, b in zip(*rows):
        total += a * b
    return total


def separators(words: list[str], sep: str) -> None:
    print(*words, sep=sep)
    print(*[len(w) for w in words], "|", sep=sep, end=sep)
    print(1, 2.5, None, sep=sep)


def keep_list(rows: list[list[int]]) -> int:
    for row in rows:
        kept = list(row)
    return len(kept)


def deleted_unsure(n: int) -> int:
    if n:
        rows = [n]
    del rows
    return n


CASES = [
    *(("walrus_while", (xs,)) for xs in [[], [1, 2, 3]]),
    *(("walrus_if", (t,)) for t in ["", "a" * 10, "b" * 11]),
    *(("walrus_comp", (xs,)) for xs in [[], [1, 2, 3]]),
    *(("walrus_any", (xs,)) for xs in [[], [1, 2], [1, 11, 12]]),
    *(("walrus_expr", (n,)) for n in [-1, 2]),
    *(("walrus_in_call", (s,)) for s in ["", "abc"]),
    *(("walrus_elif", ({"a": 1, "B": 2}, k)) for k in ["a", "A", "B", "x"]),
    *(("walrus_and", (s,)) for s in ["", "abc", "abcd"]),
    *(("chained", p) for p in [(1, 2, 3), (2, 1, 3), (1, 3, 2), (1, 2, 2)]),
    *(("asserting", (n,)) for n in [-1, 50, 51]),
    *(("del_items", p) for p in [([], {}), ([1], {}), ([1, 2, 3, 4, 5], {"a": 1, "b": 2})]),
    ("del_name", (1,)),
    ("del_loop", ([1, 2],)),
    *(("while_else", (n,)) for n in [1, 4, 7, 35]),
    *(("for_else", (xs, 3)) for xs in [[], [1], [1, 3]]),
    *(("loop_target_after", (xs,)) for xs in [[1], [1, 2]]),
    *(("loop_target_range", (n,)) for n in [-1, 0, 1, 10]),
    *(("tuple_target_after", (ps,)) for ps in [[], [(1, "a"), (2, "b")]]),
    *(("enumerate_after", (xs,)) for xs in [[], [1], [1, 9, 2]]),
    *(("nested_after", (g,)) for g in [[], [[]], [[1, 0], [3]], [[1], [2, 3]]]),
    *(("targets_sub", (xs,)) for xs in [[], [7, 8]]),
    ("nested_targets", ([(1, ("a", 0.5)), (2, ("b", -0.0))],)),
    *(("star_target", (xs,)) for xs in [[], [[]], [[1], [2, 3, 4]]]),
    *(("unpack_list_loop", (xs,)) for xs in [[], [[1, 2], [3, 4]], [[1]], [[1, 2, 3]]]),
    *(("aug_str_list", (n,)) for n in [-1, 0, 3]),
    ("aug_sets", ({1, 2, 3}, {3, 4})),
    *(("star_display", (xs, [5])) for xs in [[], [1, 2]]),
    *(("star_tuple", (xs,)) for xs in [[], [1, 2]]),
    *(("star_set", (xs,)) for xs in [[], [1, 2]]),
    *(("dict_merge", (a, {"b": 2, "z": 9})) for a in [{}, {"a": 0, "b": 1}]),
    *(("print_star", (xs,)) for xs in [[], [1], [1, 2]]),
    *(("max_star", (xs,)) for xs in [[1], [5, 2]]),
    *(("zip_star", (rows,)) for rows in [[], [[]], [[1, 2], [3]], [[1, 2], [3, 4]]]),
    *(("zip_star_sum", (rows,)) for rows in [[], [[1, 2], [3, 4]]]),
    *(("multi", (xs,)) for xs in [[], [1, 2]]),
    *(("starred_assign", (xs,)) for xs in [[], [1], [1, 2], [1, 2, 3, 4]]),
    ("nested_unpack", ((1, (2, 3)),)),
    *(("delete_var_branch", (f,)) for f in [True, False]),
    ("raised_after", ([1, 2],)),
    *(("negative_strides", (xs,)) for xs in [[], [1], [1, 2, 3, 4, 5]]),
    *(("wrong_stride", (xs,)) for xs in [[], [1, 2, 3], [1, 2, 3, 4, 5]]),
    *(("lazy_walrus", p) for p in [(1, 2), (2, 6), (6, 0), (0, 4), (0, 3)]),
    ("walrus_again", (3,)),
    *(("until", (ws,)) for ws in [[], ["a", "stop", "b"], ["a"]]),
    ("shared_name", ([1, 2],)),
    ("format_star", (["a", "b"],)),
    *(("keep_list", (rows,)) for rows in [[[1]], [[1], [2, 3]]]),
    ("deleted_unsure", (1,)),
    *(("shapes", (w, (1, 2, 3))) for w in ["", "a", "ab", "abcd"]),
    *(("transposed", (rows,)) for rows in [[], ["ab", "cde"], ["", "x"]]),
    *(("pairs", (rows,)) for rows in [[], [[1, 2], [3, 4]], [[1], [2], [3]]]),
    *(("separators", (ws, ", ")) for ws in [[], ["a"], ["a", "bc"]]),
]
DECLINES = [
    ("loop_target_after", ([],)),
    ("raised_after", ([],)),
    ("max_star", ([],)),
    ("shared_name", ([],)),
    ("keep_list", ([],)),
    ("deleted_unsure", (0,)),
]
REFUSED = {"format_star": "PT214"}
