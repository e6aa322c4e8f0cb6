"""Translations by content hash, on disk: one JSON file each, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from portalis.translation.result import TranslationResult

_ADAPTER = TypeAdapter(TranslationResult)


class TranslationCache:
    """A folder of results; several translators and threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> TranslationResult | None:
        """The result under a key; None where there is none, or it can't be read back (it is then removed)."""
        file = self._folder / key[:2] / f"{key}.json"
        try:
            return _ADAPTER.validate_json(file.read_bytes())
        except OSError:
            return None
        except ValidationError:
            with contextlib.suppress(OSError):
                file.unlink()
            return None

    def put(self, key: str, result: TranslationResult) -> None:
        """Keep a result. A folder that can't be written costs the caching, not the result."""
        try:
            data = _ADAPTER.dump_json(result)
        except PydanticSerializationError:
            return  # lone surrogates, which JSON in UTF-8 can't hold
        target = self._folder / key[:2] / f"{key}.json"
        with contextlib.suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor, scratch = tempfile.mkstemp(dir=target.parent, suffix=".part")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(data)
                Path(scratch).replace(target)
            except OSError:
                Path(scratch).unlink()
                raise
