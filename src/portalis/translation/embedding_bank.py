"""Embeddings that were used lately, in memory: on the GPU where the model is there, else in main memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BYTES = 4


class EmbeddingBank:
    """A matrix of vectors and which key has which row; the row not used for longest makes way. Thread-safe.

    Args:
        device: `cuda:0`, or any device of PyTorch; None for main memory without PyTorch.
        size_mib: what the matrix takes, MiB; it is taken at the first vector.
    """

    def __init__(self, device: str | None, size_mib: int = 64) -> None:
        self._device = device
        self._size = size_mib << 20
        self._lock = threading.Lock()
        self._slots: OrderedDict[bytes, int] = OrderedDict()
        self._matrix: Any = None  # a float32 ndarray or tensor [capacity, dim]

    def get(self, keys: Iterable[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The vectors that are held, by key."""
        with self._lock:
            held = [key for key in keys if key in self._slots]
            if not held:
                return {}
            for key in held:
                self._slots.move_to_end(key)
            rows = self._matrix[[self._slots[key] for key in held]]
            host = rows.cpu().numpy() if self._device is not None else rows
            return dict(zip(held, host, strict=True))

    def put(self, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Hold vectors, all of one size; with those of another size the bank begins anew."""
        import numpy as np

        if not vectors:
            return
        with self._lock:
            size = len(next(iter(vectors.values())))
            if self._matrix is None or self._matrix.shape[1] != size:
                self._slots.clear()
                self._matrix = self._empty(max(self._size // (size * _BYTES), 1), size)
            capacity = self._matrix.shape[0]
            kept = list(vectors.items())[-capacity:]
            slots = [self._slot(key, capacity) for key, _ in kept]
            self._matrix[slots] = self._there(np.stack([vector for _, vector in kept]))

    def clear(self) -> None:
        """Free the memory."""
        with self._lock:
            self._slots.clear()
            self._matrix = None

    def _slot(self, key: bytes, capacity: int) -> int:
        if key in self._slots:
            slot = self._slots.pop(key)
        elif len(self._slots) < capacity:
            slot = len(self._slots)
        else:
            _, slot = self._slots.popitem(last=False)
        self._slots[key] = slot
        return slot

    def _empty(self, rows: int, size: int) -> Any:
        if self._device is None:
            import numpy as np

            return np.empty((rows, size), dtype=np.float32)
        import torch

        try:
            return torch.empty((rows, size), dtype=torch.float32, device=self._device)
        except torch.OutOfMemoryError:
            self._device = None  # the model needs the GPU's memory more
            return self._empty(rows, size)

    def _there(self, vectors: NDArray[np.float32]) -> Any:
        if self._device is None:
            return vectors
        import torch

        return torch.from_numpy(vectors).to(self._device)
