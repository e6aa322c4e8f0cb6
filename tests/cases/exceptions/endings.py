"""`return`, `break`, `continue` and `raise` in and out of `try` with `finally`."""


def noisy(x: int) -> int:
    print("noisy", x)
    if x < 0:
        raise ValueError("negative")
    return x


def returned(x: int) -> int:
    try:
        return noisy(x)
    finally:
        print("done")


def returned_or_not(x: int) -> int:
    try:
        if noisy(x) > 3:
            return 1
        x += 1
    finally:
        print("final", x)
    return x


def wins(x: int) -> int:
    try:
        return noisy(x)
    finally:
        return 5


def wins_sometimes(x: int) -> int:
    try:
        noisy(x)
    finally:
        if x < -5:
            return 5
    return x


def caught(x: int) -> str:
    try:
        return str(noisy(x))
    except ValueError as error:
        return "caught " + str(error)
    finally:
        print("after")


def falls(x: int) -> str:
    out = ""
    try:
        out += str(noisy(x))
        if x == 2:
            return "two"
    except ValueError:
        out += "caught"
        if x == -2:
            return "minus two"
    else:
        out += "else"
        if x == 3:
            raise KeyError("three")
    finally:
        out += "!"
        print(out)
    return out


def loops(xs: list[int]) -> int:
    total = 0
    for x in xs:
        try:
            if x == 0:
                continue
            if x == 100:
                break
            total += noisy(x)
            if x == 50:
                return total
        finally:
            total += 1000
            print("loop", total)
    return total


def nested(x: int) -> list[str]:
    log: list[str] = []
    try:
        try:
            log.append("a")
            if x == 1:
                return log
            noisy(x)
            log.append("b")
        finally:
            log.append("inner")
            if x == 7:
                raise KeyError("seven")
        log.append("c")
    except KeyError:
        log.append("key")
    finally:
        log.append("outer")
    return log


def nothing(x: int) -> None:
    try:
        if x > 3:
            return
        noisy(x)
    finally:
        print("end")
    print("past")


def value_first(x: int) -> int:
    y = x
    try:
        return y
    finally:
        y = 100
        print(y)


def reraise(x: int) -> int:
    try:
        return noisy(x)
    except (ValueError, KeyError) as e:
        print("again", e)
        raise
    finally:
        print("finally")


def swallow_in_loop(xs: list[int]) -> int:
    count = 0
    for x in xs:
        try:
            noisy(x)
            count += 1
        finally:
            continue
    return count


def while_true(xs: list[int]) -> int:
    i = 0
    while True:
        try:
            if i >= len(xs):
                return -1
            if xs[i] == 9:
                break
            noisy(xs[i])
        except ValueError:
            i += 10
            continue
        finally:
            i += 1
    return i


def moved(word: str, n: int) -> str:
    parts = [word]
    try:
        if n > 2:
            return ",".join(parts)
        parts.append(str(noisy(n)))
    finally:
        print(len(parts))
    return "-".join(parts)


def list_back(n: int) -> list[int]:
    out = [n]
    try:
        out.append(noisy(n))
        return out
    finally:
        out.append(9)


def outer_loop(rows: list[list[int]]) -> int:
    total = 0
    for row in rows:
        try:
            for x in row:
                try:
                    if x == 1:
                        break
                    if x == 2:
                        return total
                    total += noisy(x)
                finally:
                    total += 10
            else:
                total += 5
                continue
        finally:
            total += 100
        total += 1000
    return total


CASES = [
    *((name, (n,)) for name in ["noisy", "returned", "wins", "caught", "value_first", "reraise"] for n in [-1, 4]),
    *(("returned_or_not", (n,)) for n in [-1, 3, 4]),
    *(("wins_sometimes", (n,)) for n in [-6, -1, 4]),
    *(("falls", (n,)) for n in [-3, -2, 1, 2, 3]),
    *(("loops", (xs,)) for xs in [[], [1, 0, 2], [1, 100, 2], [1, 50, 2], [1, -1, 2]]),
    *(("nested", (n,)) for n in [-1, 1, 2, 7]),
    *(("nothing", (n,)) for n in [-1, 3, 4]),
    *(("swallow_in_loop", (xs,)) for xs in [[], [1, -1, 2]]),
    *(("while_true", (xs,)) for xs in [[], [1, 9], [1, -1, 2], [3, 4]]),
    *(("moved", ("w", n)) for n in [-1, 2, 3]),
    *(("list_back", (n,)) for n in [-1, 3]),
    *(("outer_loop", (rows,)) for rows in [[], [[3, 1, 4], [5]], [[], [2]], [[3], [-1]]]),
]
REFUSED = {"nested": "PT401", "list_back": "PT401"}
