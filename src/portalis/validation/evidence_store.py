"""The evidence store: what verification saw, kept by content hash in one SQLite file.

An entry is written in a transaction of its own as soon as an item is done, so a run that is killed loses
the items in flight and nothing else. The store is a cache: where it can't be read or written, verification
goes on without it and says so.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import json
import logging
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Literal, TypeVar, cast

from portalis.scratch import Busy, FileLock
from portalis.validation import evidence as evidence_module
from portalis.validation.child.codec import Json, NotEncodableError, Value, decode, encode
from portalis.validation.evidence import Evidence

FILE_NAME = "evidence.sqlite3"
MAX_BYTES = 256 << 20
"""What the entries of a store may take together; beyond it the least recently used go."""

_APPLICATION = 0x506F7274  # "Port", where `file` and others look for whose database it is
_FORMAT = 1
_AFTER_PRUNING = 0.8
_BUSY_SECONDS = 30.0
_MAX_NODES = 5_000_000
LINE_FIELDS = ("missed_lines", "missed_branches")
"""The fields of Evidence that name lines of the source. They are kept as if the item began at a certain line,
so that one which only moved keeps its evidence.
"""
_FIRST_LINE = 100_000  # so far down that decorators above it have lines, too

# Columns are read by their order: key, kind, name, seconds, used, size, body.
_SCHEMA = (
    """CREATE TABLE entry (key TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,
    seconds REAL NOT NULL, used REAL NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL)""",
    "CREATE INDEX entry_used ON entry (used, key, size)",
    "CREATE INDEX entry_seconds ON entry (kind, used, key, name, seconds)",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_FORMAT}",
)

_log = logging.getLogger("portalis")

T = TypeVar("T")
Kind = Literal["evidence", "value"]


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store holds: items with evidence, and the size of all entries in bytes, compressed."""

    items: int
    size: int


class EvidenceStore:
    """One store, open; safe to share between threads and between processes.

    Opening never fails: a file that is damaged or somebody else's is set aside, and where there can be no
    store at all, nothing is found and nothing kept. Each of these is logged once.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self.path = folder / FILE_NAME
        self._max_bytes = max_bytes
        self._mutex = threading.Lock()
        self._used: dict[str, float] = {}
        self._connection: sqlite3.Connection | None = None
        self._lock: FileLock | None = None
        self._writable = True
        self._open()

    def __enter__(self) -> EvidenceStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Reading and writing -------------------------------------------------------------------------

    def get(self, key: str, item: str, line: int) -> Evidence | None:
        """The evidence under a key, marked as `cached`; None where there is none.

        Args:
            key: the hash of all that the evidence depends on.
            item: the item's `module:qualname`, which must be the one that it was kept for.
            line: the item's first line today.
        """
        found = self._read(key, "evidence", item)
        try:
            seen = unpacked(found)
        except ValueError:
            return None
        return (
            replace(_shifted(seen, line - _FIRST_LINE), cached=True) if isinstance(seen, Evidence) else None
        )

    def put(self, key: str, seen: Evidence, line: int) -> None:
        """Keep evidence, in a transaction of its own; what another search may see otherwise is not kept."""
        if seen.repeatable:
            body = packed(_shifted(replace(seen, cached=False), _FIRST_LINE - line))
            self._write(key, "evidence", seen.key, seen.seconds, body)

    def get_value(self, key: str, name: str) -> Value:
        """The plain value that was kept under a key and a name; None where there is none."""
        return self._read(key, "value", name)

    def put_value(self, key: str, name: str, value: Value) -> None:
        """Keep a plain value."""
        self._write(key, "value", name, 0.0, value)

    def history(self, items: Iterable[str]) -> dict[str, float]:
        """Seconds that the latest search of each item took, as far as they are known."""
        wanted = set(items)

        def read(connection: sqlite3.Connection) -> dict[str, float]:
            rows = connection.execute(
                "SELECT name, seconds FROM entry WHERE kind = 'evidence' ORDER BY used, key"
            )
            return {name: seconds for name, seconds in rows if name in wanted}

        return self._do(read, {})

    def info(self) -> StoreInfo:
        """What it holds."""

        def read(connection: sqlite3.Connection) -> StoreInfo:
            count = connection.execute("SELECT count(*) FROM entry WHERE kind = 'evidence'").fetchone()[0]
            size = connection.execute("SELECT coalesce(sum(size), 0) FROM entry").fetchone()[0]
            return StoreInfo(count, size)

        return self._do(read, StoreInfo(0, 0))

    def prune(self, max_bytes: int) -> int:
        """Drop the least recently used entries until the rest take `max_bytes` at most; how many went."""

        def drop(connection: sqlite3.Connection) -> int:
            over = connection.execute("SELECT coalesce(sum(size), 0) FROM entry").fetchone()[0] - max_bytes
            gone: list[tuple[str]] = []
            for key, size in connection.execute("SELECT key, size FROM entry ORDER BY used, key"):
                if over <= 0:
                    break
                gone.append((key,))
                over -= size
            connection.executemany("DELETE FROM entry WHERE key = ?", gone)
            return len(gone)

        dropped = self._change(drop, 0)
        if dropped:
            # Outside of a transaction, or it frees nothing. Each row that is read is a page that is freed.
            self._do(lambda connection: connection.execute("PRAGMA incremental_vacuum").fetchall(), [])
        return dropped

    def close(self) -> None:
        """Write down what was used, prune, and close; safe to call twice."""
        used, self._used = self._used, {}
        if used:
            rows = [(when, key) for key, when in used.items()]
            self._change(lambda c: c.executemany("UPDATE entry SET used = ? WHERE key = ?", rows), None)
        if self._writable and self.info().size > self._max_bytes:
            self.prune(int(self._max_bytes * _AFTER_PRUNING))
        with self._mutex:
            self._disconnect()

    # Inside --------------------------------------------------------------------------------------

    def _read(self, key: str, kind: Kind, name: str) -> Value:
        def read(connection: sqlite3.Connection) -> Value:
            row = connection.execute(
                "SELECT body FROM entry WHERE key = ? AND kind = ? AND name = ?", (key, kind, name)
            ).fetchone()
            if row is None:
                return None
            try:
                content: Json = json.loads(zlib.decompress(row[0]))
                match content:
                    case [str(own), value] if own == key:
                        return decode(value)
            except (zlib.error, ValueError, RecursionError, TypeError):
                pass
            return None

        found = self._do(read, None)
        if found is not None:
            self._used[key] = time.time()
        return found

    def _write(self, key: str, kind: Kind, name: str, seconds: float, value: Value) -> None:
        try:
            content = json.dumps([key, encode(value, _MAX_NODES)], ensure_ascii=True, separators=(",", ":"))
        except NotEncodableError:
            return
        body = zlib.compress(content.encode("ascii"))
        row = (key, kind, name, seconds, time.time(), len(body), body)
        self._change(
            lambda c: c.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", row), None
        )

    def _change(self, work: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        """Do work in a transaction of its own."""

        def whole(connection: sqlite3.Connection) -> T:
            connection.execute("BEGIN IMMEDIATE")
            try:
                done = work(connection)
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            return done

        return self._do(whole, nothing) if self._writable else nothing

    def _do(self, work: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        """Do work on the database; `nothing` where there is none or it fails, which is then dealt with."""
        with self._mutex:
            if self._connection is None:
                return nothing
            try:
                return work(self._connection)
            except sqlite3.OperationalError as error:
                self._go_without(error)
            except sqlite3.DatabaseError as error:
                self._set_aside(error)
            return nothing

    @property
    def _lock_path(self) -> Path:
        """Held while the file is open, so that nobody sets it aside under another's hands."""
        return self.path.with_suffix(".lock")

    def _open(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self._lock_path, shared=True, wait=True)
            if self.path.exists() and not os.access(self.path, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self.path))
        except OSError:
            self._open_read_only()
            return
        try:
            self._connection = _connected(self.path)
        except sqlite3.OperationalError as error:
            self._go_without(error)
        except sqlite3.DatabaseError as error:
            self._set_aside(error)

    def _open_read_only(self) -> None:
        """Use what is there where nothing can be written: the file as it stands, without its log."""
        self._writable = False
        _log.warning("%s can't be written, so what verification finds is not kept", self.path.parent)
        if self.path.is_file():
            location = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            with contextlib.suppress(sqlite3.Error):
                connection = sqlite3.connect(
                    location, uri=True, isolation_level=None, check_same_thread=False
                )
                _check(connection)
                self._connection = connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _go_without(self, error: Exception) -> None:
        _log.warning("the evidence store %s can't be used, so nothing is kept: %s", self.path, error)
        self._disconnect()

    def _set_aside(self, error: sqlite3.Error) -> None:
        """Put a file that can't be read out of the way and start anew, if nobody else has it open."""
        self._disconnect()
        aside = self.path.with_suffix(".damaged")
        try:
            with FileLock(self._lock_path):
                for ending in ("-wal", "-shm"):
                    self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
                if self.path.exists():
                    self.path.replace(aside)
            self._lock = FileLock(self._lock_path, shared=True, wait=True)
            self._connection = _connected(self.path)
        except (Busy, OSError, sqlite3.Error):
            self._go_without(error)
            return
        _log.warning("the evidence store can't be read (%s): it is put aside as %s", error, aside)


def _connected(path: Path) -> sqlite3.Connection:
    """A connection to a database that is ours; it is made where there is none.

    Raises:
        sqlite3.DatabaseError: the file is not such a database.
    """
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            _make(connection)
        _check(connection)
        # A killed writer leaves a log; the next connection takes from it what was committed.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(connection: sqlite3.Connection) -> None:
    """Make the tables, all or nothing, unless another process was quicker."""
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # holds only before there is a table
    connection.execute("BEGIN EXCLUSIVE")
    try:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            for statement in _SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _check(connection: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError where a database is not one of ours, of this version."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    form = connection.execute("PRAGMA user_version").fetchone()[0]
    if (application, form) != (_APPLICATION, _FORMAT):
        raise sqlite3.DatabaseError("it is another program's database, or another version's")


# Evidence as plain values --------------------------------------------------------------------------


def packed(value: object) -> Value:
    """Evidence, or a part of it, as plain values that say of each part what it is.

    Raises:
        TypeError: a class that is not one of `validation.evidence`.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        name = type(value).__name__
        if getattr(evidence_module, name, None) is not type(value):
            raise TypeError(f"{name} has no place in the evidence store")
        parts: dict[Value, Value] = {
            field.name: packed(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
        return ["class", name, parts]
    if isinstance(value, tuple) and any(map(dataclasses.is_dataclass, value)):
        return ["tuple", [packed(item) for item in value]]
    return ["plain", cast("Value", value)]


def unpacked(value: Value) -> object:
    """What `packed` was given. Raises ValueError where it was something else."""
    match value:
        case ["plain", plain]:
            return plain
        case ["tuple", list(items)]:
            return tuple(map(unpacked, items))
        case ["class", str(name), dict(parts)]:
            made = getattr(evidence_module, name, None)
            if isinstance(made, type) and dataclasses.is_dataclass(made):
                try:
                    return made(**{str(field): unpacked(part) for field, part in parts.items()})
                except TypeError as error:
                    raise ValueError(str(error)) from error
    raise ValueError("not packed evidence")


def _shifted(seen: Evidence, lines: int) -> Evidence:
    """The evidence of the same item so many lines further down."""

    def moved(line: int) -> int:
        return line + lines if line >= 0 else line  # -1 is no line, but the end of the function

    return replace(
        seen,
        missed_lines=tuple(map(moved, seen.missed_lines)),
        missed_branches=tuple((moved(start), moved(end)) for start, end in seen.missed_branches),
    )
