"""Searching vectors: exactly with NumPy, PyTorch on a GPU or FAISS; approximately with FAISS where asked."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

IndexKind = Literal["auto", "numpy", "torch", "faiss", "hnsw"]
LARGE = 50_000
"""From so many vectors on FAISS is used where it is installed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A vector that was found: its number in the order of adding, and its inner product with the query."""

    number: int
    score: float


class Index(Protocol):
    """Vectors that can be searched by inner product."""

    def add(self, vectors: Vectors) -> None:
        """Add vectors [n, dim]; they are numbered on from those before."""
        ...

    def search(self, queries: Vectors, k: int) -> list[list[Found]]:
        """For each of the queries [q, dim] the k best, the best first; of equals the first added."""
        ...

    def __len__(self) -> int: ...


class NumpyIndex:
    """Exact search in main memory; its room doubles when it is full."""

    def __init__(self, dim: int) -> None:
        import numpy as np

        self._numpy = np
        self._room = np.empty((16, dim), np.float32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, vectors: Vectors) -> None:
        """Add vectors."""
        needed = self._count + len(vectors)
        if needed > len(self._room):
            room = self._numpy.empty(
                (max(needed, 2 * len(self._room)), self._room.shape[1]), self._numpy.float32
            )
            room[: self._count] = self._room[: self._count]
            self._room = room
        self._room[self._count : needed] = vectors
        self._count = needed

    def search(self, queries: Vectors, k: int) -> list[list[Found]]:
        """The k best for each query."""
        k = min(k, self._count)
        if k == 0:
            return [[] for _ in queries]
        numpy = self._numpy
        scores = queries @ self._room[: self._count].T
        best = numpy.argpartition(scores, -k, axis=1)[:, -k:] if k < self._count else None
        return [
            _ranked(row, best[at] if best is not None else range(self._count))
            for at, row in enumerate(scores)
        ]


def _ranked(scores: NDArray[np.float32], numbers: Sequence[int] | NDArray[np.intp]) -> list[Found]:
    found = [Found(int(number), float(scores[number])) for number in numbers]
    return sorted(found, key=lambda one: (-one.score, one.number))


class TorchIndex:
    """Exact search on a GPU, where the vectors stay."""

    def __init__(self, dim: int, device: str = "cuda") -> None:
        import torch

        self._torch = torch
        self._vectors = torch.empty((0, dim), device=device)

    def __len__(self) -> int:
        return len(self._vectors)

    def add(self, vectors: Vectors) -> None:
        """Add vectors."""
        fresh = self._torch.as_tensor(vectors, device=self._vectors.device)
        self._vectors = self._torch.cat((self._vectors, fresh))

    def search(self, queries: Vectors, k: int) -> list[list[Found]]:
        """The k best for each query."""
        k = min(k, len(self))
        if k == 0:
            return [[] for _ in queries]
        asked = self._torch.as_tensor(queries, device=self._vectors.device)
        scores, numbers = self._torch.topk(asked @ self._vectors.T, k)
        return _paired(numbers.tolist(), scores.tolist())


class FaissIndex:
    """FAISS: flat, which is exact, or an HNSW graph, which is faster and may miss some.

    HNSW: Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical
    Navigable Small World graphs", 2016; here with 32 neighbours, 200 candidates when building, 128 in search.
    """

    def __init__(self, dim: int, *, graph: bool = False) -> None:
        import faiss

        self._index: Any = faiss.IndexFlatIP(dim)
        if graph:
            self._index = faiss.IndexHNSWFlat(dim, 32, faiss.METRIC_INNER_PRODUCT)
            self._index.hnsw.efConstruction = 200
            self._index.hnsw.efSearch = 128

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, vectors: Vectors) -> None:
        """Add vectors."""
        self._index.add(vectors)

    def search(self, queries: Vectors, k: int) -> list[list[Found]]:
        """The k best for each query."""
        k = min(k, len(self))
        if k == 0:
            return [[] for _ in queries]
        scores, numbers = self._index.search(queries, k)
        return _paired(numbers.tolist(), scores.tolist())


def _paired(numbers: list[list[int]], scores: list[list[float]]) -> list[list[Found]]:
    return [
        sorted(
            (Found(number, score) for number, score in zip(row, values, strict=True) if number >= 0),
            key=lambda one: (-one.score, one.number),
        )
        for row, values in zip(numbers, scores, strict=True)
    ]


def make_index(kind: IndexKind, dim: int, size: int) -> Index:
    """An empty index.

    Args:
        kind: which; `auto` is exact: on the GPU where this process has loaded PyTorch, FAISS for `LARGE`
            stores where it is installed, else NumPy.
        dim: length of the vectors.
        size: how many will be added.

    Raises:
        ImportError: the library of the kind that was asked for is not installed.
    """
    if kind == "auto":
        kind = _chosen(size)
    makers: dict[str, Callable[[], Index]] = {
        "numpy": lambda: NumpyIndex(dim),
        "torch": lambda: TorchIndex(dim),
        "faiss": lambda: FaissIndex(dim),
        "hnsw": lambda: FaissIndex(dim, graph=True),
    }
    try:
        return makers[kind]()
    except ImportError as error:
        package = "faiss-cpu" if kind in ("faiss", "hnsw") else kind
        raise ImportError(f"the index `{kind}` needs {package}: pip install {package}") from error


def _chosen(size: int) -> Literal["numpy", "torch", "faiss"]:
    torch = sys.modules.get("torch")  # importing it takes seconds; where a model runs on a GPU it is there
    if size >= LARGE // 5 and torch is not None and torch.cuda.is_available():
        return "torch"
    return "faiss" if size >= LARGE and importlib.util.find_spec("faiss") is not None else "numpy"
