"""What the builtins and methods of the library take and give, as far as it tells of the values around them.

A row is `what it takes -> what it gives`; `T` is one type all over a row. After the rows are used the oracle
types the whole text, from typeshed: these only have to lead from a use to a parameter.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache

from portalis.compiler.frontend.usage.terms import Kind, Mark, Term, list_of, number, of_kind


def _rows(text: str) -> Mapping[str, str]:
    """The rows of a table by name: `name other: what it takes -> what it gives`."""
    lines = (line.partition(":") for line in text.strip().splitlines())
    return {name: row.strip() for names, _, row in lines for name in names.split()}


BUILTINS: Mapping[str, str] = _rows(
    """
    len: Sized -> int
    range: int, int, int -> Iterable[int]
    sum: Iterable[number], number -> number
    sorted list: Iterable[T] -> list[T]
    reversed tuple iter: Iterable[T] -> Iterable[T]
    set frozenset: Iterable[T] -> set[T]
    enumerate: Iterable[T], int -> Iterable[tuple[int, T]]
    any all: Iterable[U] -> bool
    next: Iterable[T], T -> T
    ord: letter -> int
    chr bin hex oct: int -> str
    abs: number -> number
    round: number, int -> number
    pow: number, number, int -> number
    divmod: number, number -> tuple[number, number]
    str: shown -> str
    repr: U -> str
    float: U -> float
    bool: U -> bool
    print: U, U, U, U -> None
    isinstance: U, V -> bool
    input: str -> str
    bytes: U -> bytes
    hash id: U -> int
    collections.Counter: Iterable[T] -> dict[T, int]
    collections.deque: Iterable[T], int -> list[T]
    functools.reduce: U, Iterable[T], T -> T
    heapq.heapify: list[T] -> None
    heapq.heappush: list[T], T -> None
    heapq.heappop: list[T] -> T
    heapq.heappushpop heapq.heapreplace: list[T], T -> T
    heapq.nlargest heapq.nsmallest: int, Iterable[T] -> list[T]
    bisect.bisect bisect.bisect_left bisect.bisect_right: list[T], T -> int
    bisect.insort: list[T], T -> None
    itertools.combinations itertools.permutations: Iterable[T], int -> Iterable[Iterable[T]]
    itertools.accumulate itertools.cycle: Iterable[T] -> Iterable[T]
    itertools.chain.from_iterable: Iterable[Iterable[T]] -> Iterable[T]
    itertools.islice: Iterable[T], int, int, int -> Iterable[T]
    itertools.groupby: Iterable[T], U -> Iterable[tuple[V, Iterable[T]]]
    itertools.repeat: T, int -> Iterable[T]
    itertools.pairwise: Iterable[T] -> Iterable[tuple[T, T]]
    itertools.count: number, number -> Iterable[number]
    copy.deepcopy copy.copy: T -> T
    string.capwords: text -> str
    re.sub: str, U, text -> str
    re.findall re.split: str, text -> list[str]
    re.match re.search re.fullmatch: str, text -> U
    re.finditer: str, text -> Iterable[U]
    re.compile: str -> U
    re.escape: str -> str
    statistics.mean statistics.median: Iterable[number] -> number
    statistics.mode: Iterable[T] -> T
    datetime.date: int, int, int -> U
    datetime.datetime: int, int, int, int, int, int -> U
    datetime.timedelta: number -> U
    calendar.isleap: int -> bool
    calendar.monthrange: int, int -> tuple[int, int]
    random.randint: int, int -> int
    random.choice: Iterable[T] -> T
    operator.add: T, T -> T
    operator.mul operator.sub operator.truediv: number, number -> number
    operator.mod operator.floordiv: int, int -> int
    math.gcd math.lcm math.comb math.perm math.isqrt math.factorial: int, int, int -> int
    math.floor math.ceil math.trunc: number, number -> int
    math.sqrt math.sin math.cos math.tan math.asin math.acos math.atan: number, number -> float
    math.atan2 math.hypot math.log math.log2 math.log10 math.exp math.pow: number, number -> float
    math.fabs math.fmod math.degrees math.radians math.sinh math.cosh: number, number -> float
    math.tanh math.copysign: number, number -> float
    math.prod: Iterable[number] -> number
    math.fsum: Iterable[number] -> float
    math.dist: Iterable[number], Iterable[number] -> float
    math.isclose: number, number -> bool
    """
)

TEXT_METHODS: Mapping[str, str] = _rows(
    """
    upper lower title capitalize swapcase casefold expandtabs: -> str
    strip lstrip rstrip removeprefix removesuffix: str -> str
    center ljust rjust: int, str -> str
    zfill: int -> str
    isdigit isalpha isupper islower isspace isalnum isdecimal isnumeric istitle isidentifier: -> bool
    isprintable isascii: -> bool
    find rfind index rindex count: str, int, int -> int
    startswith endswith: U -> bool
    replace: str, str, int -> str
    split rsplit: str, int -> list[str]
    splitlines: -> list[str]
    partition rpartition: str -> tuple[str, str, str]
    join: Iterable[str] -> str
    format: U, U, U, U -> str
    encode: str -> bytes
    translate: U -> str
    """
)
LIST_METHODS: Mapping[str, str] = _rows(
    """
    append appendleft remove: T -> None
    extend: Iterable[T] -> None
    insert: int, T -> None
    pop: int -> T
    popleft: -> T
    index: T, int, int -> int
    count: T -> int
    copy: -> list[T]
    sort reverse clear: -> None
    """
)
SET_METHODS: Mapping[str, str] = _rows(
    """
    add discard remove: T -> None
    pop: -> T
    copy: -> set[T]
    union intersection difference symmetric_difference: Iterable[T] -> set[T]
    issubset issuperset isdisjoint: Iterable[T] -> bool
    update: Iterable[T] -> None
    clear: -> None
    """
)
DICT_METHODS: Mapping[str, str] = _rows(
    """
    keys elements: -> Iterable[K]
    values: -> Iterable[V]
    items: -> Iterable[tuple[K, V]]
    get pop setdefault: K, V -> V
    copy: -> dict[K, V]
    clear: -> None
    popitem: -> tuple[K, V]
    update: dict[K, V] -> None
    most_common: int -> list[tuple[K, V]]
    """
)

LETTER_METHODS = frozenset(
    "isdigit isalpha isupper islower isspace isalnum isdecimal isnumeric upper lower swapcase".split()
)
"""Methods that programs ask of single characters as well as of longer texts."""

_OWNERS: tuple[tuple[Kind, frozenset[str]], ...] = (
    (Kind.STR, frozenset(dir(str))),
    (Kind.LIST, frozenset(dir(list)) | {"popleft", "appendleft"}),
    (Kind.DICT, frozenset(dir(dict))),
    (Kind.SET, frozenset(dir(set))),
    (Kind.INT, frozenset(dir(int))),
    (Kind.BYTES, frozenset(dir(bytes))),
)


@cache
def owners(member: str) -> tuple[Kind, ...]:
    """The kinds of values that have a method."""
    return tuple(kind for kind, members in _OWNERS if member in members)


@cache
def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def signature(row: str, known: dict[str, Term]) -> tuple[list[Term], Term]:
    """The terms of what a row takes and gives; `known` are those of its type variables, found or made."""
    takes, _, gives = row.rpartition("->")
    params = _parsed(f"({takes.strip()},)") if takes.strip() else ast.Tuple(elts=[])
    assert isinstance(params, ast.Tuple)
    return [declared(one, known) for one in params.elts], declared(_parsed(gives.strip()), known)


_PLAIN: Mapping[str, Kind] = {
    "int": Kind.INT, "float": Kind.FLOAT, "str": Kind.STR, "bool": Kind.BOOL, "bytes": Kind.BYTES,
}  # fmt: skip
_LISTS = frozenset({"list", "List", "Sequence", "MutableSequence", "deque", "Deque"})
_DICTS = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict"})
_SETS = frozenset({"set", "Set", "frozenset", "FrozenSet"})


def annotated(node: ast.expr, classes: Mapping[str, str]) -> Term:
    """The term for an annotation; `classes` are the full names of the text's own classes by name."""
    match node:
        case ast.Name(id=name) | ast.Constant(value=str(name)) if name in classes:
            return Term(Kind.INSTANCE, owner=classes[name])
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            return _or_none(annotated(inner, classes))
        case ast.BinOp(left=inner, op=ast.BitOr(), right=ast.Constant(value=None)):
            return _or_none(annotated(inner, classes))
        case ast.Subscript(value=ast.Name(id=name), slice=inner) if name in _LISTS:
            return list_of(annotated(inner, classes))
        case ast.Name(id=name) if name in _LISTS:
            return list_of(Term())
        case ast.Name(id=name) if name in _SETS:
            return Term(Kind.SET, elem=Term())
        case ast.Name(id=name) if name in _DICTS:
            key = Term()
            return Term(Kind.DICT, elem=key, key=key, item=Term())
        case _:
            return declared(node, {})


def _or_none(term: Term) -> Term:
    term.marks.add(Mark.ABSENT)
    return term


def declared(node: ast.expr, known: dict[str, Term]) -> Term:
    """The term for an annotation of builtin types or for a part of a row; open where neither says more."""
    match node:
        case ast.Name(id="number"):
            return number()
        case ast.Name(id="int"):
            return number(whole=True)
        case ast.Name(id="Sized"):
            return Term(marks={Mark.SIZED})
        case ast.Name(id="shown"):
            return Term(marks={Mark.SHOWN})
        case ast.Name(id="letter"):
            return Term(Kind.STR, marks={Mark.LETTER})
        case ast.Name(id="text"):
            return Term(Kind.STR, marks={Mark.TEXT})
        case ast.Name(id=name) if name in _PLAIN:
            return of_kind(_PLAIN[name])
        case ast.Constant(value=None):
            return of_kind(Kind.NONE)
        case ast.Name(id=name) if len(name) == 1:
            return known.setdefault(name, Term())
        case ast.Subscript(value=ast.Name(id=name), slice=inside):
            return _generic(name, inside, known)
        case _:
            return Term()


def _generic(name: str, inside: ast.expr, known: dict[str, Term]) -> Term:
    parts = [declared(one, known) for one in (inside.elts if isinstance(inside, ast.Tuple) else [inside])]
    if name in _LISTS:
        return list_of(parts[0])
    if name in _SETS:
        return Term(Kind.SET, elem=parts[0])
    if name in _DICTS and len(parts) == 2:
        return Term(Kind.DICT, elem=parts[0], key=parts[0], item=parts[1])
    if name in ("tuple", "Tuple"):
        return Term(Kind.TUPLE, parts=parts)
    if name in ("Iterable", "Iterator", "Collection"):
        return Term(elem=parts[0])
    return Term()
