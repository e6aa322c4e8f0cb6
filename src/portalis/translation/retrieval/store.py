"""A store of verified pairs: one SQLite file, with a vector of each pair for every embedder that asked.

Several processes may read and write at once (write-ahead log). Pairs are not a cache: a file that can't be
read is put aside under a name of its own, never overwritten; another program's is left alone, with an error.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from portalis.scratch import FileLock
from portalis.translation.retrieval.embedders import Embedder, LexicalEmbedder
from portalis.translation.retrieval.index import Index, IndexKind, make_index
from portalis.translation.retrieval.pair import SEED, Pair, content_key
from portalis.translation.retrieval.seeds import Seeds, shipped_seeds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE_NAME = "pairs.sqlite3"
_APPLICATION = 0x50727073  # "Prps"
_FORMAT = 1
_BUSY_SECONDS = 30.0
_BATCH = 256
_SCHEMA = (
    """CREATE TABLE pair (id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE,
    python TEXT NOT NULL, rust TEXT NOT NULL, name TEXT NOT NULL, origin TEXT NOT NULL, engine TEXT NOT NULL,
    evidence TEXT NOT NULL, added REAL NOT NULL)""",
    """CREATE TABLE embedder (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, dim INTEGER NOT NULL)""",
    """CREATE TABLE vector (embedder INTEGER NOT NULL REFERENCES embedder(id) ON DELETE CASCADE,
    pair INTEGER NOT NULL REFERENCES pair(id) ON DELETE CASCADE, data BLOB NOT NULL,
    PRIMARY KEY (embedder, pair)) WITHOUT ROWID""",
    "CREATE INDEX vector_pair ON vector (pair)",
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "INSERT INTO fact VALUES ('seeds', ''), ('removals', '0')",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_FORMAT}",
)
_COLUMNS = "python, rust, name, origin, engine, evidence"

_log = logging.getLogger("portalis")


class PairStoreError(Exception):
    """A store can't be used; `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A pair that was found, with the cosine of its angle to the query."""

    pair: Pair
    similarity: float


class PairStore:
    """Verified pairs in a file, and the nearest of them. Threads and processes may share it."""

    def __init__(
        self,
        path: Path,
        embedder: Embedder | None = None,
        *,
        index: IndexKind = "auto",
        seeds: Seeds | None = None,
    ) -> None:
        """Open a store, or make it.

        Args:
            path: its file; the folder is made where there is none.
            embedder: gives the vectors; None for the lexical one, which needs no model.
            index: how it is searched.
            seeds: the pairs that are there from the start; None for those that ship.

        Raises:
            PairStoreError: it can't be opened, or is another program's or a newer version's.
        """
        self.path = path
        self._embedder = embedder or LexicalEmbedder()
        self._kind = index
        self._mutex = threading.RLock()
        self._index: Index | None = None
        self._numbers: list[int] = []
        self._removals = ""
        self._connection: sqlite3.Connection | None = self._open()
        self._sow(seeds if seeds is not None else shipped_seeds())

    def __enter__(self) -> PairStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with self._reading() as connection:
            return int(connection.execute("SELECT count(*) FROM pair").fetchone()[0])

    def __iter__(self) -> Iterator[Pair]:
        with self._reading() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM pair ORDER BY id").fetchall()
        return (Pair(*row) for row in rows)

    def add(self, pairs: Iterable[Pair]) -> int:
        """Add pairs that were verified.

        A pair whose Python is there already, but for layout, comments and names, takes that one's place where
        the compiler made it and a model the other, or where the other is a seed; else it is passed over.

        Returns:
            How many were new or took another's place.
        """
        with self._writing() as connection:
            return sum(_insert(connection, pair) for pair in pairs)

    def remove(self, python: str) -> bool:
        """Take out the pair with this Python, say because its Rust was found to be wrong.

        Returns:
            Whether there was one.
        """
        with self._writing() as connection:
            gone = connection.execute("DELETE FROM pair WHERE key = ?", (content_key(python),)).rowcount
            if gone:
                _removed(connection)
        return gone > 0

    def nearest(self, query: str, k: int = 3, exclude: Collection[str] = ()) -> list[Neighbour]:
        """The k pairs whose Python is nearest to a text of Python, the nearest first.

        Args:
            query: the Python; a pair of the same content is never given.
            k: how many.
            exclude: further texts of Python whose pairs are not to be given.
        """
        if k <= 0:
            return []
        keys = {content_key(text) for text in (query, *exclude)}
        vector = self._embedder.embed([query])
        with self._mutex:
            index = self._refreshed(vector.shape[1])
            found = index.search(vector, k + len(keys))[0] if vector.any() else []
            with self._reading() as connection:
                known = [(one, _row(connection, self._numbers[one.number])) for one in found]
        kept = [(one, row) for one, row in known if row is not None and row[0] not in keys]
        return [Neighbour(Pair(*row[1:]), one.score) for one, row in kept[:k]]

    def close(self) -> None:
        """Close the file; safe twice."""
        with self._mutex:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._index = None

    # The file -----------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock"), wait=True):
                try:
                    return _connected(self.path)
                except sqlite3.OperationalError:
                    raise
                except sqlite3.DatabaseError as error:
                    aside = _set_aside(self.path)
                    _log.warning(
                        "the pairs in %s can't be read (%s): put aside as %s", self.path, error, aside
                    )
                    return _connected(self.path)
        except (OSError, sqlite3.Error) as error:
            raise PairStoreError(
                f"the store of verified pairs {self.path} can't be opened: {error}",
                "name a folder that can be written (cache-dir, PORTALIS_CACHE_DIR)",
            ) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._mutex:
            if self._connection is None:
                raise PairStoreError(f"the store {self.path} is closed")
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise PairStoreError(
                    f"the store of verified pairs {self.path} can't be used: {error}",
                    "if it is damaged, move the file away: a new one is begun",
                ) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _sow(self, seeds: Seeds) -> None:
        """Bring the seeds up to those given: they change with the version of Portalis."""
        with self._reading() as connection:
            if _fact(connection, "seeds") == seeds.digest:
                return
        with self._writing() as connection:
            keys = {content_key(pair.python) for pair in seeds.pairs}
            old = connection.execute("SELECT id, key FROM pair WHERE origin = ?", (SEED,)).fetchall()
            gone = [(number,) for number, key in old if key not in keys]
            connection.executemany("DELETE FROM pair WHERE id = ?", gone)
            if gone:
                _removed(connection)
            for pair in seeds.pairs:
                _insert(connection, pair)
            connection.execute("UPDATE fact SET value = ? WHERE name = 'seeds'", (seeds.digest,))

    # Vectors ------------------------------------------------------------------------------------

    def _refreshed(self, dim: int) -> Index:
        """The index with all pairs that are in the file now."""
        with self._reading() as connection:
            removals = _fact(connection, "removals")
            if self._index is None or removals != self._removals:
                count = int(connection.execute("SELECT count(*) FROM pair").fetchone()[0])
                self._index, self._numbers = make_index(self._kind, dim, count), []
                self._removals = removals
            last = self._numbers[-1] if self._numbers else 0
        self._embed_missing(dim, last)
        with self._reading() as connection:
            rows = connection.execute(
                """SELECT pair, data FROM vector JOIN embedder ON embedder.id = vector.embedder
                WHERE identity = ? AND pair > ? ORDER BY pair""",
                (self._embedder.identity, last),
            ).fetchall()
        if rows:
            self._index.add(_unpacked([data for _, data in rows], dim))
            self._numbers += [number for number, _ in rows]
        return self._index

    def _embed_missing(self, dim: int, after: int) -> None:
        """Give each pair above a number its vector, where it has none."""
        number = self._embedder_number(dim)
        while True:
            with self._reading() as connection:
                rows = connection.execute(
                    """SELECT id, python FROM pair WHERE id > ? AND NOT EXISTS
                    (SELECT 1 FROM vector WHERE embedder = ? AND vector.pair = pair.id)
                    ORDER BY id LIMIT ?""",
                    (after, number, _BATCH),
                ).fetchall()
            if not rows:
                return
            vectors = self._embedder.embed([python for _, python in rows])
            packed = [(number, pair, row.tobytes()) for (pair, _), row in zip(rows, vectors, strict=True)]
            with self._writing() as connection:
                # A pair may be gone by now.
                connection.executemany(
                    "INSERT OR IGNORE INTO vector SELECT ?1, id, ?3 FROM pair WHERE id = ?2", packed
                )

    def _embedder_number(self, dim: int) -> int:
        """The number of the embedder in the file."""
        identity = self._embedder.identity
        asked = "SELECT id, dim FROM embedder WHERE identity = ?"
        with self._reading() as connection:
            row = connection.execute(asked, (identity,)).fetchone()
        if row is None:
            with self._writing() as connection:
                connection.execute(
                    "INSERT OR IGNORE INTO embedder (identity, dim) VALUES (?, ?)", (identity, dim)
                )
                row = connection.execute(asked, (identity,)).fetchone()
        number, known = row
        if known != dim:
            raise PairStoreError(
                f"the embedder {identity} gives vectors of length {dim}; those in {self.path} have {known}",
                "name another embedder differently, or move the file away",
            )
        return int(number)


def _unpacked(data: Sequence[bytes], dim: int) -> NDArray[np.float32]:
    import numpy as np

    return np.frombuffer(b"".join(data), np.float32).reshape(-1, dim)


def _insert(connection: sqlite3.Connection, pair: Pair) -> bool:
    """Add a pair, or put it in another's place; whether either was done."""
    key = content_key(pair.python)
    values = (key, pair.python, pair.rust, pair.name, pair.origin, pair.engine, pair.evidence, time.time())
    other = connection.execute("SELECT id, origin, engine, rust FROM pair WHERE key = ?", (key,)).fetchone()
    if other is not None:
        number, origin, engine, rust = other
        better = (origin == SEED) == (pair.origin == SEED) and (engine, pair.engine) == ("model", "compiler")
        newer = pair.rust != rust and (origin == SEED or better)
        if not newer:
            return False
        connection.execute("DELETE FROM pair WHERE id = ?", (number,))
        _removed(connection)
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO pair (key, {_COLUMNS}, added) VALUES ({marks})", values)
    return True


def _removed(connection: sqlite3.Connection) -> None:
    """Tell all who have the vectors in memory that some are gone."""
    connection.execute("UPDATE fact SET value = value + 1 WHERE name = 'removals'")


def _fact(connection: sqlite3.Connection, name: str) -> str:
    return str(connection.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()[0])


def _row(connection: sqlite3.Connection, number: int) -> tuple[bytes, str, str, str, str, str, str] | None:
    found: tuple[bytes, str, str, str, str, str, str] | None = connection.execute(
        f"SELECT key, {_COLUMNS} FROM pair WHERE id = ?", (number,)
    ).fetchone()
    return found


def _connected(path: Path) -> sqlite3.Connection:
    """A connection to a store; it is made where there is none.

    Raises:
        PairStoreError: the file is a database of another program or of a newer version.
        sqlite3.DatabaseError: it is no database, or damaged.
    """
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            _make(connection)
        _check(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN EXCLUSIVE")
    try:
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    form = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != _APPLICATION:
        raise PairStoreError(f"{path} is another program's database", "name another file for the pairs")
    if form != _FORMAT:
        raise PairStoreError(
            f"{path} is of format {form}, this version of Portalis reads {_FORMAT}",
            "use the version that wrote it, or name another file for the pairs",
        )
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def _set_aside(path: Path) -> Path:
    """Move a file that can't be read to a free name beside it, with its log."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    count = 0
    while aside.exists():
        count += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{count}")
    path.replace(aside)
    for ending in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(aside.with_name(aside.name + ending))
    return aside
