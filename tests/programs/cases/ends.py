"""The ways in which a program ends."""

import sys


class Broken(Exception):
    pass


def check(way: str) -> int | None:
    if way == "exit":
        sys.exit(3)
    if way == "message":
        sys.exit("it failed")
    if way == "none":
        sys.exit(None)
    if way == "bare":
        sys.exit()
    if way == "flag":
        sys.exit(way != "")
    if way == "big":
        raise SystemExit(257)
    if way == "negative":
        raise SystemExit(-1)
    if way == "own":
        raise Broken("by itself")
    if way == "silent":
        raise Broken
    if way == "key":
        raise KeyError(way)
    if way == "builtin":
        raise ValueError("two\nlines")
    if way == "assert":
        assert way == "", "not so"
    return None if way == "nothing" else len(way)


def guarded(way: str) -> str:
    try:
        check(way)
    except Exception as error:
        return f"caught {error}"
    finally:
        print("left")
    return "fine"


def main() -> int | None:
    argv = sys.argv
    if len(argv) > 2:
        try:
            print(guarded(argv[1]))
        except SystemExit as error:
            print("exit", error)
        return 9
    if len(argv) == 2:
        return check(argv[1])
    print("usage: ends WAY", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())


WAYS = "exit message none bare flag big negative own silent key builtin assert nothing four".split()
RUNS = [
    {},
    *[{"argv": [way]} for way in WAYS],
    *[{"argv": [way, "guarded"]} for way in WAYS],
]
