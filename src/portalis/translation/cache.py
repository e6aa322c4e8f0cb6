"""Translations by content hash, on disk: one JSON file each, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from portalis.translation.result import TranslationResult

_ADAPTER = TypeAdapter(TranslationResult)


class TranslationCache:
    """A folder of results; several translators and threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> TranslationResult | None:
        """The result under a key; None where there is none, or it can't be read back."""
        try:
            return _ADAPTER.validate_json((self._folder / key[:2] / f"{key}.json").read_bytes())
        except (OSError, ValidationError):
            return None

    def put(self, key: str, result: TranslationResult) -> None:
        """Keep a result. A folder that can't be written costs the caching, not the result."""
        target = self._folder / key[:2] / f"{key}.json"
        with contextlib.suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor, scratch = tempfile.mkstemp(dir=target.parent, suffix=".part")
            with os.fdopen(descriptor, "wb") as file:
                file.write(_ADAPTER.dump_json(result))
            Path(scratch).replace(target)
