"""What a service has done so far, in figures that serving and reports share."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from portalis.utils import cuda_utils

Snapshot = dict[str, int | float]

_RECENT = 1024
_SAMPLE_SECONDS = 1.0
COUNTS = (
    "requests", "succeeded", "failed", "unusable", "prompts", "prompts_failed", "duplicates", "cache_hits",
    "cache_misses", "embeddings", "embedding_cache_hits", "batches", "retries", "batches_halved",
    "cpu_fallbacks", "prompt_tokens", "generated_tokens",
)  # fmt: skip


class ServiceMetrics:
    """Counts and times of a service; safe to use from several threads.

    Args:
        utilization: gives the share of the last moments in which the GPU computed, 0 to 100.
        clock: seconds, never going back.
    """

    def __init__(
        self,
        utilization: Callable[[], float] | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter(dict.fromkeys(COUNTS, 0))
        self._utilization = utilization if utilization is not None else _first_gpu
        self._clock = clock
        self._active = 0
        self._since = 0.0
        self._busy = 0.0
        self._seconds = 0.0
        self._recent: deque[float] = deque(maxlen=_RECENT)
        self._confidence = 0.0
        self._confidences = 0
        self._gpu = (0.0, 0)
        self._sampled = float("-inf")

    def count(self, name: str, by: int = 1) -> None:
        """Add to one of `COUNTS`.

        Raises:
            KeyError: there is no such count.
        """
        if name not in COUNTS:
            raise KeyError(name)
        with self._lock:
            self._counts[name] += by

    def finished(self, succeeded: bool, seconds: float, confidence: float | None = None) -> None:
        """A request is done.

        Args:
            succeeded: whether it has an answer.
            seconds: how long it took; of a batch, its share.
            confidence: of the translation, 0 to 1; None where the request was none.
        """
        with self._lock:
            self._counts["requests"] += 1
            self._counts["succeeded" if succeeded else "failed"] += 1
            self._seconds += seconds
            self._recent.append(seconds)
            if confidence is not None:
                self._confidence += confidence
                self._confidences += 1

    @contextmanager
    def computing(self, on_gpu: bool = False) -> Iterator[None]:
        """Around what the model computes; time in which several do counts once."""
        with self._lock:
            self._active += 1
            if self._active == 1:
                self._since = self._clock()
        try:
            yield
        finally:
            with self._lock:
                self._active -= 1
                if self._active == 0:
                    self._busy += self._clock() - self._since
            if on_gpu:
                self._sample()

    def snapshot(self) -> Snapshot:
        """The figures so far.

        Returns:
            Every name of `COUNTS`; `success_rate`, `cache_hit_rate`, `mean_confidence` (0 to 1),
            `total_seconds`, `mean_seconds`, `p50_seconds` and `p95_seconds` (percentiles of the last 1024
            requests), `model_seconds` (in which the model computed), `tokens_per_second` (generated, by
            `model_seconds`) and `gpu_utilization` (0 to 100, mean of samples). What there is nothing of is 0.
        """
        with self._lock:
            counts = {name: self._counts[name] for name in COUNTS}
            running = self._clock() - self._since if self._active else 0.0
            busy = self._busy + running
            recent = sorted(self._recent)
            figures: Snapshot = {
                "success_rate": _ratio(counts["succeeded"], counts["requests"]),
                "cache_hit_rate": _ratio(counts["cache_hits"], counts["cache_hits"] + counts["cache_misses"]),
                "mean_confidence": _ratio(self._confidence, self._confidences),
                "total_seconds": self._seconds,
                "mean_seconds": _ratio(self._seconds, counts["requests"]),
                "p50_seconds": _percentile(recent, 0.5),
                "p95_seconds": _percentile(recent, 0.95),
                "model_seconds": busy,
                "tokens_per_second": _ratio(counts["generated_tokens"], busy),
                "gpu_utilization": _ratio(*self._gpu),
            }
        return counts | figures

    def _sample(self) -> None:
        """Ask the driver for the GPU's load, now and then: asking costs milliseconds."""
        with self._lock:
            now = self._clock()
            if now - self._sampled < _SAMPLE_SECONDS:
                return
            self._sampled = now
        share = self._utilization()
        with self._lock:
            self._gpu = (self._gpu[0] + share, self._gpu[1] + 1)


def _first_gpu() -> float:
    return cuda_utils.get_gpu_memory_info()["utilization"]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _percentile(ordered: list[float], share: float) -> float:
    """By nearest rank."""
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0
