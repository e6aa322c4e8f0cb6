"""Methods of `str`. Several rows under one name are tried in order of the arguments given."""

from __future__ import annotations

from portalis.compiler.lowering.value import MAX_LEN, Form, Range
from portalis.compiler.stdlib.rows import Row
from portalis.compiler.types import BOOL, BYTES, INT, STR, ListOf, TupleOf

_INDEX = Range(-1, MAX_LEN)
_SIZE = Range(0, MAX_LEN)
_PARTS = TupleOf((STR, STR, STR))


def _strip(name: str) -> tuple[Row, ...]:
    return (
        Row(("str",), f"text::{name}", STR, form=Form.BORROWED),
        Row(("str", "str"), f"text::{name}_chars", STR, form=Form.BORROWED),
    )


def _pad(name: str) -> tuple[Row, ...]:
    return (
        Row(("str", "int"), f"text::{name}", STR, tail=("' '",)),
        Row(("str", "int", "char"), f"text::{name}", STR),
    )


def _search(name: str, *, raises: bool, bounds: Range) -> tuple[Row, ...]:
    return (
        Row(("str", "str"), f"text::{name}", INT, raises, range=bounds),
        Row(("str", "str", "opt_int"), f"text::{name}_in", INT, raises, range=bounds, tail=("None",)),
        Row(("str", "str", "opt_int", "opt_int"), f"text::{name}_in", INT, raises, range=bounds),
    )


def _affix(std: str, runtime: str) -> tuple[Row, ...]:
    return (
        Row(("str", "str"), f".{std}", BOOL),
        Row(("str", "str", "opt_int"), f"text::{runtime}", BOOL, tail=("None",)),
        Row(("str", "str", "opt_int", "opt_int"), f"text::{runtime}", BOOL),
    )


def _split(name: str) -> tuple[Row, ...]:
    prefix = "r" if name == "rsplit" else ""
    return (
        Row(("str",), "text::split", ListOf(STR)),
        Row(
            ("str", "str"), "text::split_on", ListOf(STR), True, names=("self", "sep"), plain="text::split_by"
        ),
        Row(
            ("str", "str", "int"),
            f"text::{prefix}split_on_max",
            ListOf(STR),
            True,
            names=("self", "sep", "maxsplit"),
            plain=f"text::{prefix}split_by_max",
        ),
    )


ROWS: dict[str, tuple[Row, ...]] = {
    "strip": _strip("strip"),
    "lstrip": _strip("lstrip"),
    "rstrip": _strip("rstrip"),
    "ljust": _pad("ljust"),
    "rjust": _pad("rjust"),
    "center": _pad("center"),
    "find": _search("find", raises=False, bounds=_INDEX),
    "rfind": _search("rfind", raises=False, bounds=_INDEX),
    "index": _search("index", raises=True, bounds=_SIZE),
    "rindex": _search("rindex", raises=True, bounds=_SIZE),
    "count": _search("count", raises=False, bounds=_SIZE),
    "startswith": _affix("starts_with", "starts_with_at"),
    "endswith": _affix("ends_with", "ends_with_at"),
    "split": _split("split"),
    "rsplit": _split("rsplit"),
    "splitlines": (Row(("str",), "text::split_lines", ListOf(STR)),),
    "partition": (Row(("str", "str"), "text::partition", _PARTS, True, plain="text::partition_by"),),
    "rpartition": (Row(("str", "str"), "text::rpartition", _PARTS, True, plain="text::rpartition_by"),),
    "zfill": (Row(("str", "int"), "text::zfill", STR),),
    "replace": (
        Row(("str", "str", "str"), ".replace", STR),
        Row(("str", "str", "str", "int"), "text::replace_n", STR),
    ),
    "expandtabs": (Row(("str",), "text::expand_tabs", STR, tail=("8",)), Row(("str", "int"), "text::expand_tabs", STR)),
    "removeprefix": (Row(("str", "str"), "text::remove_prefix", STR, form=Form.BORROWED),),
    "removesuffix": (Row(("str", "str"), "text::remove_suffix", STR, form=Form.BORROWED),),
    "isascii": (Row(("str",), ".is_ascii", BOOL),),
    **{name: (Row(("str",), f"text::{name}", STR),) for name in ("upper", "lower", "title", "capitalize", "swapcase", "casefold")},
    **{
        f"is{name}": (Row(("str",), f"text::is_{name}", BOOL),)
        for name in (
            "digit", "decimal", "numeric", "alpha", "alnum", "space", "upper", "lower", "title", "identifier", "printable",
        )
    },
}  # fmt: skip

CHAR_METHODS: dict[str, str] = {
    f"is{name}": f"chars::is_{name}"
    for name in (
        "digit",
        "decimal",
        "numeric",
        "alpha",
        "alnum",
        "space",
        "upper",
        "lower",
        "title",
        "printable",
    )
}
"""Tests that have a form for a single `char`."""

BYTES_ROWS: dict[str, tuple[Row, ...]] = {
    "hex": (
        Row(("bytes",), "bytes::hex", STR),
        Row(("bytes", "char"), "bytes::hex_apart", STR, names=("self", "sep"), tail=("1",)),
        Row(("bytes", "char", "int"), "bytes::hex_apart", STR, names=("self", "sep", "bytes_per_sep")),
    ),
    "splitlines": (Row(("bytes",), "bytes_lines::split_lines", ListOf(BYTES)),),
    **{
        name: (Row(("bytes", "bytes"), f"bytes_lines::{name}", TupleOf((BYTES, BYTES, BYTES)), True),)
        for name in ("partition", "rpartition")
    },
    "rsplit": (
        Row(("bytes",), "bytes_lines::split_spaces", ListOf(BYTES)),
        Row(("bytes", "bytes"), "bytes::split_on", ListOf(BYTES), True),
    ),
    "find": (Row(("bytes", "bytes"), "bytes::find", INT),),
    "rfind": (Row(("bytes", "bytes"), "bytes::rfind", INT),),
    "index": (Row(("bytes", "bytes"), "bytes::index", INT, True),),
    "split": (
        Row(("bytes",), "bytes_lines::split_spaces", ListOf(BYTES)),
        Row(("bytes", "bytes"), "bytes::split_on", ListOf(BYTES), True),
        Row(
            ("bytes", "bytes", "int"),
            "bytes_lines::split_on_max",
            ListOf(BYTES),
            True,
            names=("self", "sep", "maxsplit"),
        ),
    ),
    "translate": (Row(("bytes", "bytes"), "bytes_lines::translate", BYTES, True),),
    **{
        name: (
            Row(("bytes",), f"bytes::{name}", BYTES, form=Form.BORROWED),
            Row(("bytes", "bytes"), f"bytes::{name}_set", BYTES, form=Form.BORROWED),
        )
        for name in ("strip", "lstrip", "rstrip")
    },
    **{
        name: (Row(("bytes", "int"), f"bytes::{name}", BYTES, tail=("b' '",)),) for name in ("ljust", "rjust")
    },
    "zfill": (Row(("bytes", "int"), "bytes::zfill", BYTES),),
    "rindex": (Row(("bytes", "bytes"), "bytes::rindex", INT, True),),
    "title": (Row(("bytes",), "bytes::title", BYTES),),
    "capitalize": (Row(("bytes",), "bytes::capitalize", BYTES),),
    "swapcase": (Row(("bytes",), "bytes::swapcase", BYTES),),
    "removeprefix": (Row(("bytes", "bytes"), "bytes::remove_prefix", BYTES, form=Form.BORROWED),),
    "removesuffix": (Row(("bytes", "bytes"), "bytes::remove_suffix", BYTES, form=Form.BORROWED),),
    "isascii": (Row(("bytes",), ".is_ascii", BOOL),),
    "isspace": (Row(("bytes",), "bytes::is_space_only", BOOL),),
    **{
        f"is{name}": (Row(("bytes",), f"bytes::is_{name}", BOOL),)
        for name in ("digit", "alpha", "alnum", "upper", "lower")
    },
    "count": (Row(("bytes", "bytes"), "bytes::count", INT),),
    "startswith": (Row(("bytes", "bytes"), ".starts_with", BOOL),),
    "endswith": (Row(("bytes", "bytes"), ".ends_with", BOOL),),
    "upper": (Row(("bytes",), ".to_ascii_uppercase", BYTES),),
    "lower": (Row(("bytes",), ".to_ascii_lowercase", BYTES),),
    "replace": (Row(("bytes", "bytes", "bytes"), "bytes::replace", BYTES),),
}
