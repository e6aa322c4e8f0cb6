"""Questions that are being asked right now, so that threads with the same one wait for one answer."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass

from portalis.translation.backends.protocol import Answer, BackendError

Outcome = Answer | BackendError


@dataclass(frozen=True, slots=True)
class Claim:
    """What a caller is to ask, and what others are asking already.

    Attributes:
        mine: keys whose outcome the caller owes to the others, with where it goes.
        theirs: keys of which the outcome comes from elsewhere.
    """

    mine: dict[bytes, Future[Outcome]]
    theirs: dict[bytes, Future[Outcome]]

    def settle(self, key: bytes, outcome: Outcome) -> None:
        """Tell those who wait."""
        self.mine[key].set_result(outcome)


class InFlight:
    """Keys in the air; thread-safe. Callers settle their own, then wait for others: no ring of waiting."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._futures: dict[bytes, Future[Outcome]] = {}

    @contextmanager
    def claim(self, keys: Iterable[bytes]) -> Iterator[Claim]:
        """Around asking: keys that nobody asks become the caller's; what it leaves open has failed."""
        claim = Claim({}, {})
        with self._lock:
            for key in keys:
                if key in self._futures:
                    claim.theirs[key] = self._futures[key]
                else:
                    claim.mine[key] = self._futures[key] = Future()
        try:
            yield claim
        finally:
            with self._lock:
                for key in claim.mine:
                    del self._futures[key]
            for future in claim.mine.values():
                if not future.done():
                    future.set_result(BackendError("asking was broken off in another thread", "ask again"))
