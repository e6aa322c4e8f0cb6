"""What a translator has done so far, counted across threads."""

from __future__ import annotations

import threading
from collections import Counter

from portalis.translation.result import TranslationResult

Statistics = dict[str, int | float]


class StatisticsCounter:
    """Counts results; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._seconds = 0.0
        self._confidence = 0.0

    def add(self, result: TranslationResult) -> None:
        """Count one result."""
        with self._lock:
            self._counts["total"] += 1
            self._counts[result.status] += 1
            self._counts["cached"] += bool(result.metadata.get("cached"))
            self._seconds += result.processing_time
            self._confidence += result.confidence

    def take(self, validated: bool) -> Statistics:
        """The figures so far.

        Args:
            validated: whether success is `verified`, or, where nothing is verified, `translatable`.

        Returns:
            `total`, `verified`, `compiled`, `translatable`, `python`, `cached` (counts), `success_rate` and
            `mean_confidence` (0 to 1; 0 where there is nothing yet), `total_seconds` and `mean_seconds`.
        """
        with self._lock:
            total = self._counts["total"]
            succeeded = self._counts["verified" if validated else "translatable"]
            counts: Statistics = {
                name: self._counts[name]
                for name in ("total", "verified", "compiled", "translatable", "python", "cached")
            }
            return counts | {
                "success_rate": succeeded / total if total else 0.0,
                "mean_confidence": self._confidence / total if total else 0.0,
                "total_seconds": self._seconds,
                "mean_seconds": self._seconds / total if total else 0.0,
            }
