"""Functions under decorators of the module that wrap them, with and without arguments, one upon another."""

import functools
from functools import wraps


def announced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print(f"calling {function.__name__}")
        result = function(*args, **kwargs)
        print(f"{function.__name__} gave {result}")
        return result

    return wrapper


def non_negative(function):
    @wraps(function)
    def inner(n):
        if n < 0:
            raise ValueError(f"{function.__qualname__} of a negative number")
        return function(n)

    return inner


def repeated(times, sep="-"):
    def decorate(function):
        def again(*args, **kwargs):
            found = []
            for _ in range(times):
                found.append(function(*args, **kwargs))
            return sep.join(found)

        return again

    return decorate


def otherwise(default):
    """A default for what raises."""

    def decorate(function):
        @wraps(function)
        def safe(*args, **kwargs):
            try:
                return function(*args, **kwargs)
            except (ValueError, ZeroDivisionError):
                return default
            finally:
                print("done")

        return safe

    return decorate


def by_position(function):
    def inner(*values):
        return function(*values) + 1

    return inner


def remembered(function):
    cache = {}

    @wraps(function)
    def wrapper(*args):
        if args in cache:
            return cache[args]
        result = function(*args)
        cache[args] = result
        return result

    return wrapper


def looked_up(function):
    known = dict()

    def wrapper(n):
        if n not in known:
            known[n] = function(n)
        return known[n]

    return wrapper


def filled(method):
    @wraps(method)
    def check(self, *args, **kwargs):
        if not self.items:
            raise IndexError(f"{method.__name__} of nothing")
        return method(self, *args, **kwargs)

    return check


def counted(function):
    calls = 0

    def wrapper(*args, **kwargs):
        nonlocal calls
        calls += 1
        return function(*args, **kwargs)

    return wrapper


def showing(function):
    def wrapper(*args, **kwargs):
        print(args, kwargs)
        return function(*args, **kwargs)

    return wrapper


@announced
def add(a: int, b: int = 3) -> int:
    """The sum."""
    return a + b


@non_negative
def half(n: int) -> int:
    return n // 2


@repeated(2)
def shout(text: str) -> str:
    return text.upper()


@repeated(times=3, sep=" ")
def whisper(text: str, mark: str = ".") -> str:
    return text.lower() + mark


@otherwise(-1)
def divide(a: int, b: int = 2, *, scale: int = 1) -> int:
    return a // b * scale


@announced
@non_negative
def triple(n: int) -> int:
    return 3 * n


@announced
@repeated(2)
def echo(text: str) -> str:
    return text


@by_position
def summed(a: int, b: int = 4, *, c: int = 5) -> int:
    return a + b + c


@otherwise(0)
def factorial(n: int) -> int:
    if n < 0:
        raise ValueError("negative")
    return 1 if n == 0 else n * factorial(n - 1)


@remembered
def paths(rows: int, columns: int) -> int:
    return 1 if rows == 0 or columns == 0 else paths(rows - 1, columns) + paths(rows, columns - 1)


@looked_up
def staircase(n: int) -> int:
    return 1 if n < 2 else staircase(n - 1) + staircase(n - 2)


@announced
def joined(first: str, *more: str) -> str:
    return " ".join([first, *more])


@announced
def untyped(result, function):
    return result + function


@counted
def keeps_count(n: int) -> int:
    return n


@showing
def shows_arguments(n: int) -> int:
    return n


class Shelf:
    def __init__(self, items: list[int]) -> None:
        self.items = list(items)

    @filled
    def take(self, at: int = -1) -> int:
        return self.items.pop(at)

    @property
    @announced
    def size(self) -> int:
        return len(self.items)


def taken(items: list[int], at: int) -> tuple[int, int, int]:
    shelf = Shelf(items)
    return shelf.take(), shelf.take(at=at), shelf.size


def several(n: int, m: int) -> int:
    return add(n, b=m) + add(n) + half(n) + divide(b=n, a=m) + divide(n, scale=3) + summed(n) + triple(m)


def unnamed(text: str) -> str:
    """What has no `functools.wraps` has another name and signature in Python."""
    return shout(text) + whisper(text) + whisper(text, mark="!") + echo(text) + str(summed(1) + summed(1, 2))


def remembered_paths(rows: int, columns: int) -> int:
    return paths(rows, columns) + staircase(rows + columns)


def untyped_too() -> int:
    return untyped(1, 2)


CASES = [
    ("add", (1, 2)), ("add", (1,)), ("half", (9,)), ("half", (-1,)), ("divide", (7, 2)), ("divide", (7, 0)), ("divide", (7,)), ("triple", (4,)),
    ("triple", (-4,)), ("unnamed", ("é",)), ("unnamed", ("",)), ("factorial", (5,)),
    ("factorial", (-5,)), ("joined", ("a", "b", "c")), ("joined", ("a",)), ("several", (5, 7)),
    ("several", (-5, 7)), ("several", (0, 0)), ("taken", ([1, 2, 3], 0)), ("taken", ([1, 2], 5)),
    ("taken", ([1], 0)), ("taken", ([], 0)), ("remembered_paths", (4, 5)), ("untyped_too", ()),
    ("keeps_count", (3,)), ("shows_arguments", (3,)),
]  # fmt: skip
REFUSED = {
    "keeps_count": "PT203", "shows_arguments": "PT203",
    "announced": "PT203", "by_position": "PT206", "counted": "PT206", "filled": "PT203", "looked_up": "PT215",
    "non_negative": "PT203", "otherwise": "PT203", "remembered": "PT203", "repeated": "PT206", "showing": "PT206",
}  # fmt: skip
SHOWN = ["triple"]
