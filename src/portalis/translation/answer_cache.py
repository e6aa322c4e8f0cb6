"""Answers and embeddings on disk, by the hash of all they depend on: one SQLite file in the cache folder.

SQLite in its write-ahead mode serves several processes and threads at once (https://sqlite.org/wal.html).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from portalis.translation.backends.protocol import Answer, ModelInfo, Prompt, Sampling

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")

FILE_NAME = "model-answers.sqlite"
_VERSION = 1
_BUSY_SECONDS = 30.0
_ASKED_AT_ONCE = 500
_ANSWER = TypeAdapter(Answer)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, answer BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS embeddings (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
"""


def answer_key(prompt: Prompt, model: ModelInfo, sampling: Sampling) -> bytes:
    """The hash of all that an answer depends on: conversation, model as it was loaded, draw."""
    return _digest(["answer", _turns(prompt), _loaded(model), asdict(sampling)])


def prompt_digest(prompt: Prompt) -> str:
    """The SHA-256 of a conversation, hex: by it reports name a prompt."""
    return hashlib.sha256(json.dumps(_turns(prompt)).encode("ascii")).hexdigest()


def _turns(prompt: Prompt) -> list[list[str]]:
    return [[message.role, message.content] for message in prompt]


def embedding_key(text: str, model: ModelInfo, name: str | None) -> bytes:
    """The hash of all that an embedding depends on; `name` is that of an endpoint's embedding model."""
    return _digest(["embedding", text, _loaded(model), name])


class AnswerCache:
    """A file of answers and embeddings; threads and processes may share it.

    What can't be read back is asked again. A file that is no such cache, or is damaged, is set aside under a
    name that ends in `.damaged`, and a new one is begun.

    Args:
        folder: where the file is; it exists.
        on_problem: told in words what went wrong; a cache that can't be used costs time, not answers.
    """

    def __init__(self, folder: Path, on_problem: Callable[[str], None]) -> None:
        self._file = folder / FILE_NAME
        self._on_problem = on_problem
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = self._open()

    def answers(self, keys: Iterable[bytes]) -> dict[bytes, Answer]:
        """The answers that are known, by key."""
        found: dict[bytes, Answer] = {}
        for key, data in self._get("answers", "answer", list(keys)).items():
            try:
                found[key] = _ANSWER.validate_json(data)
            except ValidationError:
                self._on_problem("an answer in the cache can't be read back; it is asked again")
        return found

    def put_answers(self, answers: Mapping[bytes, Answer]) -> None:
        """Keep answers."""
        rows = []
        for key, answer in answers.items():
            text = json.dumps(asdict(answer))  # escapes lone surrogates, which UTF-8 can't hold
            rows.append((key, text.encode("ascii")))
        self._put("answers", rows)

    def embeddings(self, keys: Iterable[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The vectors that are known, by key."""
        import numpy as np

        found = self._get("embeddings", "vector", list(keys))
        return {key: np.frombuffer(data, dtype="<f4") for key, data in found.items() if len(data) % 4 == 0}

    def put_embeddings(self, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Keep vectors."""
        self._put("embeddings", [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()])

    def close(self) -> None:
        """Close the file; safe twice. What is asked or kept afterwards is nothing."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def _get(self, table: str, column: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        def read(connection: sqlite3.Connection) -> dict[bytes, bytes]:
            found: dict[bytes, bytes] = {}
            for start in range(0, len(keys), _ASKED_AT_ONCE):
                part = keys[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(part))
                found |= dict(
                    connection.execute(f"SELECT key, {column} FROM {table} WHERE key IN ({marks})", part)
                )
            return found

        return self._use(read) or {}

    def _put(self, table: str, rows: Sequence[tuple[bytes, bytes]]) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)

        if rows:
            self._use(write)

    def _use(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        with self._lock:
            if self._connection is None:
                return None
            try:
                return work(self._connection)
            except sqlite3.OperationalError as error:  # locked for long, a full disk, a folder made read-only
                self._on_problem(f"the cache of answers was passed over: {error}")
            except sqlite3.DatabaseError as error:
                self._on_problem(f"the cache of answers is damaged and set aside: {error}")
                self._connection.close()
                self._connection = self._renewed()
        return None

    def _open(self) -> sqlite3.Connection | None:
        try:
            return self._connected()
        except sqlite3.OperationalError as error:
            self._on_problem(f"no cache of answers in {self._file.parent}: {error}")
        except sqlite3.DatabaseError as error:
            self._on_problem(f"the cache of answers is damaged and set aside: {error}")
            return self._renewed()
        return None

    def _renewed(self) -> sqlite3.Connection | None:
        """A new file in the place of a damaged one, which is kept beside it."""
        try:
            self._file.replace(self._file.with_suffix(".damaged"))
            for suffix in ("-wal", "-shm"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
            return self._connected()
        except (OSError, sqlite3.Error) as error:
            self._on_problem(f"no cache of answers in {self._file.parent}: {error}")
            return None

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=_BUSY_SECONDS, check_same_thread=False)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, _VERSION):
                raise sqlite3.DatabaseError(f"it is of format {version}, and this Portalis writes {_VERSION}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_SCHEMA)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        except BaseException:
            connection.close()
            raise
        return connection


def _loaded(model: ModelInfo) -> list[object]:
    details = [model.details.get(name) for name in ("dtype", "quantization")]
    return [model.backend, model.identity, *details]


def _digest(parts: list[object]) -> bytes:
    return hashlib.sha256(json.dumps([_VERSION, *parts]).encode("ascii")).digest()
