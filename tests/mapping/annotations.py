"""Random annotations, each in the old and in the new spelling."""

from __future__ import annotations

from hypothesis import strategies as st

Spelled = tuple[str, str]
"""The same type twice: `Optional[List[int]]` and `list[int] | None`."""

_PLAIN = [
    "int", "float", "str", "bool", "bytes", "None", "bytearray", "complex", "datetime.date",
    "datetime.timedelta", "pathlib.Path", "decimal.Decimal", "fractions.Fraction", "uuid.UUID",
    "re.Pattern[str]", "np.float32",
    "np.ndarray", "npt.NDArray[np.int64]", "np.ndarray[tuple[int, int], np.dtype[np.float64]]", "io.StringIO",
    "Literal['a', 'b']", "Literal[1, 2]", "Annotated[int, 'positive']", "ipaddress.IPv4Address",
]  # fmt: skip
_KEYS = ["int", "str", "bytes", "bool", "datetime.date", "uuid.UUID", "pathlib.Path", "decimal.Decimal"]

_plain = st.sampled_from([(name, name) for name in _PLAIN])
_key = st.recursive(
    st.sampled_from([(name, name) for name in _KEYS]),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda parts: (f"Tuple[{_first(parts)}]", f"tuple[{_second(parts)}]")
    ),
    max_leaves=3,
)


def _first(parts: list[Spelled]) -> str:
    return ", ".join(old for old, _ in parts)


def _second(parts: list[Spelled]) -> str:
    return ", ".join(new for _, new in parts)


def _one(old: str, new: str, inner: st.SearchStrategy[Spelled]) -> st.SearchStrategy[Spelled]:
    return inner.map(lambda part: (old.format(part[0]), new.format(part[1])))


def _extended(inner: st.SearchStrategy[Spelled]) -> st.SearchStrategy[Spelled]:
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        _one("List[{}]", "list[{}]", inner),
        _one("Sequence[{}]", "collections.abc.Sequence[{}]", inner),
        _one("Deque[{}]", "collections.deque[{}]", inner),
        _one("Tuple[{}, ...]", "tuple[{}, ...]", inner),
        _one("Optional[{}]", "{} | None", inner),
        _one("Iterator[{}]", "collections.abc.Iterator[{}]", inner),
        _one("typing.Iterable['{}']", "Iterable[{}]", inner.filter(lambda part: "'" not in part[0])),
        _one("Set[{}]", "set[{}]", _key),
        _one("FrozenSet[{}]", "frozenset[{}]", _key),
        _one("typing.Counter[{}]", "collections.Counter[{}]", _key),
        st.tuples(_key, inner).map(
            lambda pair: (f"Dict[{pair[0][0]}, {pair[1][0]}]", f"dict[{pair[0][1]}, {pair[1][1]}]")
        ),
        st.tuples(_key, inner).map(
            lambda pair: (
                f"DefaultDict[{pair[0][0]}, {pair[1][0]}]",
                f"defaultdict[{pair[0][1]}, {pair[1][1]}]",
            )
        ),
        some.map(lambda parts: (f"Tuple[{_first(parts)}]", f"tuple[{_second(parts)}]")),
        some.map(lambda parts: (f"Union[{_first(parts)}]", " | ".join(new for _, new in parts))),
        st.tuples(some, inner).map(
            lambda pair: (
                f"Callable[[{_first(pair[0])}], {pair[1][0]}]",
                f"collections.abc.Callable[[{_second(pair[0])}], {pair[1][1]}]",
            )
        ),
    )


spelled_twice = st.recursive(_plain, _extended, max_leaves=6)
