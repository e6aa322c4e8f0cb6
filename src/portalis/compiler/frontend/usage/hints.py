"""What the names of parameters tell, where what is done with them fits several types.

`for c in s: …` reads a text or a list of texts; one who writes `s` means the first, one who writes `words`
the second. Names decide between types that both fit, and never against a use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from portalis.compiler.frontend.usage.terms import Kind

_TEXTS = frozenset(
    """s t st str string strng text txt word sentence phrase message msg line char ch letter password passwd
    title paragraph dna rna strand code pattern sub substring key plaintext ciphertext cipher plain name email
    url isbn bits binary brackets parens roman digits letters chars characters alphabet""".split()
)
_LISTS = frozenset(
    """l lst list ls arr array nums numbers items values seq sequence data elements xs ys lists collection
    ints stack queue heap array1 array2 iterable coll vector vec v row col matrix grid board""".split()
)
_WHOLES = frozenset(
    """n m k i j num number count index idx year month day hours minutes seconds limit size length width
    height start stop end step depth base digit rows cols age exponent modulus""".split()
)
_COUNTS = frozenset("n k i j year month day count index idx limit rows cols digits".split())
_DICTS = frozenset(
    "d dict dic dictionary mapping map graph counts adj tree table lookup inventory scores".split()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def hinted(names: Iterable[str]) -> Kind | None:
    """The kind that names are used for; None where they tell nothing, or disagree."""
    found = {kind for name in names if (kind := _hinted(name)) is not None}
    return found.pop() if len(found) == 1 else None


def is_count(name: str) -> bool:
    """Whether a number of this name is an int to everybody."""
    return name in _COUNTS


def _hinted(name: str) -> Kind | None:
    words = [word.lower() for word in _WORD.findall(name)]
    if not words:
        return None
    last = words[-1]
    tables = ((_TEXTS, Kind.STR), (_LISTS, Kind.LIST), (_WHOLES, Kind.INT), (_DICTS, Kind.DICT))
    known = next((kind for table, kind in tables if last in table), None)
    if known is not None:
        return known
    if len(last) > 3 and last.endswith("s") and not last.endswith(("ss", "us", "is")):
        return Kind.LIST
    return next(filter(None, map(_plain, words)), None)


def _plain(word: str) -> Kind | None:
    """Words that name a type wherever they stand: `list_of_ages`, `str_in`."""
    tables = ((_STR, Kind.STR), (_LIST, Kind.LIST), (_DICT, Kind.DICT))
    return next((kind for table, kind in tables if word in table), None)


_STR = frozenset({"str", "string", "text"})
_LIST = frozenset({"list", "lst", "arr", "array"})
_DICT = frozenset({"dict", "dictionary"})
