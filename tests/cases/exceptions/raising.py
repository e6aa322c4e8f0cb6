"""Exceptions: classes, messages, handlers, else and finally."""


class Problem(Exception):
    """Anything wrong."""


class Missing(Problem):
    """Not there."""


class Bad(Problem):
    """There, but not good."""


class Both(Problem, ValueError):
    """Two bases."""


def check(n: int) -> int:
    if n < 0:
        raise ValueError("negative")
    if n == 0:
        raise ValueError
    if n > 100:
        raise Bad(f"{n} is too much")
    if n == 50:
        raise Missing()
    if n == 51:
        raise KeyError("k")
    if n == 52:
        raise Problem("a")
    return n


def two_bases(n: int) -> int:
    if n:
        raise Both("both")
    return n


def caught(n: int) -> str:
    try:
        result = check(n)
    except Bad as error:
        return f"bad: {error}"
    except Problem:
        return "problem"
    except (KeyError, IndexError) as error:
        return f"lookup {error}"
    except ValueError as error:
        return "value " + str(error)
    else:
        return f"fine {result}"


def ordered(n: int, log: list[str]) -> int:
    try:
        log.append("try")
        n = check(n)
    except ValueError:
        log.append("except")
        raise
    else:
        log.append("else")
        n += 1
    finally:
        log.append("finally")
    return n


def finally_wins(n: int) -> str:
    for i in range(3):
        try:
            if i == n:
                return f"returned {i}"
        finally:
            print("finally", i)
    return "done"


def division(a: int, b: int) -> float:
    try:
        return a / b
    except ZeroDivisionError:
        return 0.0


def looked_up(xs: list[int], d: dict[str, int], i: int, key: str) -> int:
    try:
        return xs[i] + d[key]
    except LookupError:
        return -1


def parsed(s: str) -> int | None:
    try:
        return int(s)
    except ValueError:
        return None


def messages(s: str) -> str:
    try:
        return str(int(s, 16))
    except ValueError as error:
        return str(error)


def chained(s: str) -> int:
    try:
        return int(s)
    except ValueError as error:
        raise Bad("not a number: " + s) from error


def asserted(n: int) -> int:
    assert n > 0
    assert n < 10, f"{n} is too big"
    return n


def nested(s: str) -> str:
    try:
        try:
            n = int(s)
            check(n)
        except KeyError:
            return "inner"
        return "no error"
    except Exception as error:
        return "outer " + str(error)


def bound_in_try(s: str) -> str:
    """A variable keeps what it had when the error came."""
    stage = "start"
    try:
        stage = "parsing"
        n = int(s)
        stage = "checking"
        check(n)
        stage = "done"
    except ValueError:
        return "failed while " + stage
    return stage


def retry(words: list[str]) -> list[int]:
    good = []
    for word in words:
        try:
            n = int(word)
        except ValueError:
            continue
        if n < 0:
            break
        good.append(n)
    return good


def counted(words: list[str]) -> int:
    errors = 0
    for word in words:
        try:
            check(int(word))
        except Problem:
            errors += 10
        except ValueError:
            errors += 1
    return errors


def native(xs: list[int], s: str, d: dict[int, str]) -> int:
    if s == "pop":
        return xs.pop()
    if s == "index":
        return xs[5]
    if s == "key":
        return len(d[7])
    if s == "remove":
        xs.remove(9)
    if s == "min":
        return min(xs)
    if s == "chr":
        return len(chr(-1))
    if s == "ord":
        return ord(s)
    if s == "float":
        return int(float(s))
    if s == "unpack":
        a, b = xs
        return a + b
    if s == "string":
        return s.index("x")
    if s == "not implemented":
        raise NotImplementedError
    if s == "type":
        raise TypeError("a type")
    if s == "runtime":
        raise RuntimeError("a", )
    if s == "zero":
        return 1 % len(xs)
    return 0


CASES = [
    *(("check", (n,)) for n in [1, -1, 0, 101, 50, 51, 52]),
    *(("two_bases", (n,)) for n in [0, 1]),
    *(("caught", (n,)) for n in [1, -1, 0, 101, 50, 51, 52]),
    *(("ordered", (n, [])) for n in [1, -1, 101, 51]),
    *(("finally_wins", (n,)) for n in [0, 2, 5]),
    *(("division", p) for p in [(1, 2), (1, 0)]),
    *(("looked_up", p) for p in [([1], {"a": 2}, 0, "a"), ([1], {}, 0, "a"), ([], {"a": 1}, 0, "a")]),
    *(("parsed", (s,)) for s in ["1", " -2 ", "1_0", "x", "", "+", "٣", "1.0"]),
    *(("messages", (s,)) for s in ["ff", "0xFF", "g", "", "it's", "é\n"]),
    *(("chained", (s,)) for s in ["5", "x"]),
    *(("asserted", (n,)) for n in [5, 0, 11]),
    *(("nested", (s,)) for s in ["5", "x", "51", "0", "101"]),
    *(("bound_in_try", (s,)) for s in ["x", "5", "-1"]),
    *(("retry", (w,)) for w in [[], ["1", "x", "2", "-1", "3"]]),
    *(("counted", (w,)) for w in [["1", "101", "x", "0", "50"], [], ["51"]]),
    *(("native", ([], s, {})) for s in ["pop", "index", "key", "remove", "min", "chr", "ord", "float", "unpack", "string", "not implemented", "type", "runtime", "zero", ""]),
    ("native", ([1, 2], "unpack", {})),
    ("native", ([9, 2], "remove", {})),
    ("native", ([9, 2, 3], "min", {})),
]
REFUSED = {"two_bases": "PT201"}
SHOWN = ["check", "caught", "retry"]
