"""Which of many calls of a function to keep: as many kinds of call as there are, not the first that came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

from .codec import Json

KEPT_PER_FUNCTION = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    args: Json
    kind: Hashable
    telling: bool


class KeptCalls:
    """Up to `most` different calls of one function.

    Once that many are kept, a call of a rarer kind takes the place of one of the commonest kind; a telling
    call, which reached lines that none before it reached, stays.
    """

    def __init__(self, most: int = KEPT_PER_FUNCTION) -> None:
        self._most = most
        self._calls: dict[str, _Kept] = {}
        self._given: set[str] = set()
        self._kinds: Counter[Hashable] = Counter()

    def knows(self, text: str) -> bool:
        """Whether the call of that text is kept."""
        return text in self._calls

    def add(self, text: str, args: Json, kind: Hashable, telling: bool) -> None:
        """Take note of a call: its text tells it from others, `kind` groups it with those like it."""
        if text in self._calls:
            return
        if len(self._calls) >= self._most and not self._make_room(kind, telling):
            return
        self._calls[text] = _Kept(args, kind, telling)
        self._kinds[kind] += 1

    def _make_room(self, kind: Hashable, telling: bool) -> bool:
        """Drop the newest call of the commonest kind, where that makes the calls more various."""
        commonest, count = self._kinds.most_common(1)[0]
        if not telling and count <= self._kinds[kind] + 1:
            return False
        for text, call in reversed(self._calls.items()):
            if call.kind == commonest and not call.telling and text not in self._given:
                del self._calls[text]
                self._kinds[commonest] -= 1
                return True
        return False

    def all(self) -> list[Json]:
        """The calls kept, oldest first."""
        return [call.args for call in self._calls.values()]

    def take(self) -> list[Json]:
        """The calls not taken before; from now on they stay."""
        fresh = [text for text in self._calls if text not in self._given]
        self._given.update(fresh)
        return [self._calls[text].args for text in fresh]
