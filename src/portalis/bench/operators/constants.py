"""Constants: numbers one off, texts with a character too few or in the other case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t

_INTEGER = re.compile(r"(-?\d[\d_]*?)(_?(?:[iu](?:8|16|32|64|size))?)")
_FLOAT = re.compile(r"(-?\d[\d_]*\.\d+)(_?f64)?")
_PLAIN = re.compile(r'"([^"\\{}]+)"')
_CHAR = re.compile(r"'([A-Za-z0-9])'")


def number(node: object, _about: About) -> Iterator[object]:
    """`7` → `8`, `6`; `1.5` → `2.5`; `true` → `false`."""
    match node:
        case t.Lit(text) if (found := _INTEGER.fullmatch(text)) is not None:
            value = int(found[1].replace("_", ""))
            yield t.Lit(f"{value + 1}{found[2]}")
            yield t.Lit(f"{value - 1}{found[2]}")
        case t.Lit(text) if (found := _FLOAT.fullmatch(text)) is not None:
            yield t.Lit(f"{float(found[1].replace('_', '')) + 1!r}{found[2] or ''}")
        case t.Lit("true") | t.Path("true"):
            yield t.Lit("false")
        case t.Lit("false") | t.Path("false"):
            yield t.Lit("true")


def text(node: object, _about: About) -> Iterator[object]:
    """`"abc"` → `"ab"`, `"ABC"`, `"bc"`; `'a'` → `'b'`. Format strings keep their shape."""
    match node:
        case t.Lit(literal) if (found := _PLAIN.fullmatch(literal)) is not None:
            inside = found[1]
            for other in (inside[:-1], inside[1:], inside.swapcase()):
                if other != inside:
                    yield t.Lit(f'"{other}"')
        case t.Lit(literal) if (found := _CHAR.fullmatch(literal)) is not None:
            yield t.Lit(f"'{chr(ord(found[1]) + 1)}'")
