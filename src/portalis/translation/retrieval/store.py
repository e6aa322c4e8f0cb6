"""A store of verified pairs in SQLite, with a vector of each for every embedder that asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from portalis.translation.retrieval.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class Embedder(Protocol):
    """Gives vectors to texts of Python."""

    identity: str
    """Names the embedder and its version: vectors of one are not comparable with another's."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors [n, dim] of length 1, zero for a text without content."""
        ...


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A pair that was found, with the cosine of its angle to the query."""

    pair: Pair
    similarity: float


class PairStore:
    """Verified pairs in a file; several processes may read and add at once."""

    def __init__(self, path: Path, embedder: Embedder | None = None) -> None:
        """Open a store, or make it with the pairs that ship. Without an embedder the lexical one is used."""
        raise NotImplementedError

    def add(self, pairs: Iterable[Pair]) -> int:
        """Add pairs; those whose Python is there already, but for layout and comments, are passed over.

        Returns:
            How many were new.
        """
        raise NotImplementedError

    def nearest(self, query: str, k: int = 3, exclude: Collection[str] = ()) -> list[Neighbour]:
        """The k pairs whose Python is nearest to a text of Python, the nearest first.

        Args:
            query: the Python; a pair of the same content is never given.
            k: how many.
            exclude: further texts of Python whose pairs are not to be given.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close the file; safe twice."""
        raise NotImplementedError
