"""f-strings, `%` and `format`, with the whole mini-language."""


def integers(n: int) -> list[str]:
    return [
        f"{n}", f"{n:5}", f"{n:<5}|", f"{n:^7}|", f"{n:05}", f"{n:+}", f"{n: }", f"{n:,}", f"{n:_}", f"{n:x}", f"{n:#X}",
        f"{n:b}", f"{n:#o}", f"{n:*>8d}", f"{n:=+8}", f"{n:e}", f"{n:.2f}", f"{n!r:>6}", f"{n:08.1f}",
    ]


def floats(x: float) -> list[str]:
    return [
        f"{x}", f"{x:.3f}", f"{x:10.2f}|", f"{x:<10.1f}|", f"{x:e}", f"{x:.2e}", f"{x:g}", f"{x:.3g}", f"{x:%}", f"{x:.1%}",
        f"{x:+.1f}", f"{x:,.2f}", f"{x:010.3f}", f"{x!r}", f"{x:G}",
    ]


def strings(s: str) -> list[str]:
    return [f"{s}", f"{s:>6}|", f"{s:*^9}", f"{s:.2}", f"{s!r}", f"{s:-<4.3}", f"{{{s}}}", f"{s!s:>5}"]


def percent(n: int, x: float, s: str) -> list[str]:
    return [
        "%d" % n, "%5d|" % n, "%-5d|" % n, "%05d" % n, "%+d" % n, "%x" % n, "%X" % n, "%o" % n, "%s %s" % (n, s), "%r" % s,
        "%.2f" % x, "%8.3f|" % x, "%e" % x, "%g" % x, "%%", "%d%%" % n, "%5s|" % s, "%-5s|" % s, "%.1s" % s, "%i" % n,
    ]


def method(n: int, s: str) -> list[str]:
    return [
        "{} {}".format(n, s), "{1} {0}".format(n, s), "{a:>4}{b!r}".format(a=n, b=s), "{0:03}".format(n),
        "{{}}".format(), format(n, "x"), format(s, "^5"),
    ]


def escaped(s: str) -> str:
    return f"{s!a}"


def nested(s: str, width: int, precision: int) -> str:
    return f"{s:>{width}}|{3.14159:{width}.{precision}f}|"


def containers(xs: list[int], d: dict[str, float], t: tuple[int, str]) -> list[str]:
    return [f"{xs}", str(d), repr(t), "%s" % xs, f"{[s for s in ['a', 'é']]}", str((1,)), str([None, True])]


def values(flag: bool, n: int | None) -> list[str]:
    return [f"{flag}", str(flag), f"{flag:d}", f"{flag:>6}", f"{n}", str(n), repr(n), "%s" % flag, "%d" % flag]


def expression(a: int, b: int) -> str:
    return f"{a} + {b} = {a + b}, {a=}, {a > b = }"


def printed(xs: list[str], n: int) -> None:
    print(" ".join(xs))
    print("a", n, 1.5, None, True, sep=", ")
    print()
    print(xs, end="")


CASES = [
    *(("integers", (n,)) for n in [0, 7, -42, 1234567, 255]),
    *(("floats", (x,)) for x in [0.0, -0.0, 1.5, -1234567.891, 1e-7, 1e20, inf, nan, 0.05, 13994272462298.5625, 900719925474099.25]),
    *(("strings", (s,)) for s in ["", "ab", "äöüß", "it's", "a\nb\"", "\x7f\u200b😀"]),
    ("escaped", ("é",)),
    *(("percent", p) for p in [(0, 0.0, ""), (-42, 1.5, "é'"), (255, 1e-7, "abc")]),
    *(("method", p) for p in [(7, "ab"), (-1, "é")]),
    *(("nested", p) for p in [("ab", 8, 2), ("", 0, 0), ("ab", -1, 2)]),
    *(("containers", p) for p in [([], {}, (1, "a")), ([1, -2], {"é": 0.1, "b": 1e16}, (0, "it's"))]),
    *(("values", p) for p in [(True, None), (False, 3)]),
    *(("expression", p) for p in [(1, 2), (3, -1)]),
    *(("printed", p) for p in [([], 0), (["a", "é"], -1)]),
]
REFUSED = {
    "escaped": "PT303",
}
SHOWN = ["floats", "percent"]
