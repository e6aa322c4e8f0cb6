"""The evidence store keeps what it is given, survives what can happen to a file, and never answers for
another item.
"""

from __future__ import annotations

import dataclasses
import logging
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from portalis.validation.evidence import Case, Counterexample, Evidence
from portalis.validation.evidence_store import FILE_NAME, LINE_FIELDS, EvidenceStore

SEEN = Evidence(
    "pkg.mod:f",
    cases=224,
    recorded=3,
    lines=0.9375,
    branches=0.5,
    missed_lines=(12, 14),
    missed_branches=((12, 14), (13, -1)),
    mismatches=1,
    counterexamples=(Counterexample("pkg.mod.f(1)", "value", "1", "2", "def test_f(): ..."),),
    normal_return=True,
    kept=(
        Case((float("inf"), -0.0, "\ud800", {"class": 1}), ([1], b"\0"), {"a": (None, {1})}, None, "", "out"),
        Case((2**70,), (2**70,), None, "builtins:ValueError", "bad", ""),
    ),
    speedup=3.5,
    seconds=1.25,
    progress=((1, 0.25), (2, 0.5)),
)  # fmt: skip


def test_evidence_comes_back_as_it_was(tmp_path: Path) -> None:
    with EvidenceStore(tmp_path) as store:
        store.put("k", SEEN, 10)
    with EvidenceStore(tmp_path) as store:
        found = store.get("k", "pkg.mod:f", 10)
        assert found == dataclasses.replace(SEEN, cached=True)
        assert repr(found) == repr(dataclasses.replace(SEEN, cached=True))  # tells -0.0 from 0.0
        assert store.get("k", "pkg.mod:g", 10) is None
        assert store.get("other", "pkg.mod:f", 10) is None
        assert store.info().items == 1
        assert store.history(["pkg.mod:f", "pkg.mod:g"]) == {"pkg.mod:f": 1.25}


def test_an_item_that_moved_keeps_its_evidence(tmp_path: Path) -> None:
    with EvidenceStore(tmp_path) as store:
        store.put("k", SEEN, 10)
        found = store.get("k", "pkg.mod:f", 3)
    assert found is not None
    assert found.missed_lines == (5, 7)
    assert found.missed_branches == ((5, 7), (6, -1))


def test_every_field_that_names_lines_moves() -> None:
    """A new field of Evidence with numbers in it has to be looked at: lines are moved in `_shifted`."""
    numbers = {field.name for field in dataclasses.fields(Evidence) if "tuple[int" in str(field.type)}
    assert numbers - {"progress"} <= set(LINE_FIELDS)


def test_what_another_search_may_see_otherwise_is_not_kept(tmp_path: Path) -> None:
    with EvidenceStore(tmp_path) as store:
        store.put("k", dataclasses.replace(SEEN, repeatable=False), 10)
        assert store.get("k", "pkg.mod:f", 10) is None


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    with EvidenceStore(tmp_path) as store:
        for number in range(20):
            store.put(f"k{number}", dataclasses.replace(SEEN, key=f"pkg.mod:f{number}"), 1)
    with EvidenceStore(tmp_path) as store:
        assert store.get("k0", "pkg.mod:f0", 1) is not None
    with EvidenceStore(tmp_path) as store:
        half = store.info().size // 2
        gone = store.prune(half)
        assert store.info().items == 20 - gone
        assert half * 0.8 < store.info().size <= half
        assert store.get("k0", "pkg.mod:f0", 1) is not None
        assert store.get("k1", "pkg.mod:f1", 1) is None
        assert store.get("k19", "pkg.mod:f19", 1) is not None


def test_a_full_store_is_pruned_when_it_closes(tmp_path: Path) -> None:
    with EvidenceStore(tmp_path, max_bytes=2000) as store:
        for number in range(20):
            store.put(f"k{number}", dataclasses.replace(SEEN, key=f"pkg.mod:f{number}"), 1)
    with EvidenceStore(tmp_path) as store:
        assert 0 < store.info().size <= 2000


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE thesis (chapter TEXT)")
    connection.commit()
    connection.close()


def _torn(path: Path) -> None:
    with EvidenceStore(path.parent) as store:
        for number in range(200):
            store.put(f"k{number}", dataclasses.replace(SEEN, key=f"pkg.mod:f{number}"), 1)
    data = bytearray(path.read_bytes())
    data[100:] = os.urandom(len(data) - 100)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [lambda path: path.write_bytes(b"not a database, but long enough to look at" * 50), _foreign, _torn],
    ids=["text", "foreign", "torn"],
)
def test_a_file_that_is_no_store_of_ours_is_put_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: object
) -> None:
    path = tmp_path / FILE_NAME
    damage(path)  # type: ignore[operator]
    before = path.read_bytes()
    with caplog.at_level(logging.WARNING), EvidenceStore(tmp_path) as store:
        store.get("k1", "pkg.mod:f1", 1)
        store.put("new", SEEN, 1)
        store.put("new", SEEN, 1)
        assert store.get("new", "pkg.mod:f", 1) is not None
    assert "put aside" in caplog.text
    assert (tmp_path / "evidence.damaged").read_bytes()[:100] == before[:100]


def test_a_damaged_entry_is_no_answer(tmp_path: Path) -> None:
    with EvidenceStore(tmp_path) as store:
        store.put("k", SEEN, 1)
        store.put("l", SEEN, 1)
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    (body,) = connection.execute("SELECT body FROM entry WHERE key = 'k'").fetchone()
    connection.execute("UPDATE entry SET body = ? WHERE key = 'k'", (body[:-3] + b"xyz",))
    connection.execute("UPDATE entry SET body = ? WHERE key = 'l'", (body,))
    connection.commit()
    connection.close()
    with EvidenceStore(tmp_path) as store:
        assert store.get("k", "pkg.mod:f", 1) is None
        assert store.get("l", "pkg.mod:f", 1) is None  # another entry's body


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_only_be_read_still_answers(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with EvidenceStore(tmp_path) as store:
        store.put("k", SEEN, 1)
    for path in (*tmp_path.iterdir(), tmp_path):
        path.chmod(0o500)
    try:
        with EvidenceStore(tmp_path) as store:
            assert store.get("k", "pkg.mod:f", 1) is not None
            store.put("l", SEEN, 1)
            assert store.get("l", "pkg.mod:f", 1) is None
        assert "can't be written" in caplog.text
    finally:
        tmp_path.chmod(0o700)


def test_no_folder_is_no_crash(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with EvidenceStore(tmp_path / "file" / "cache") as store:
        store.put("k", SEEN, 1)
        assert store.get("k", "pkg.mod:f", 1) is None
        assert store.history(["pkg.mod:f"]) == {}
    assert "can't be written" in caplog.text


_WRITER = """
import dataclasses, sys
from pathlib import Path
from portalis.validation.evidence import Evidence
from portalis.validation.evidence_store import EvidenceStore
name, folder = sys.argv[1:]
with EvidenceStore(Path(folder)) as store:
    for number in range(100):
        store.put(f"{name}{number}", Evidence(f"pkg.mod:{name}{number}", cases=number), 1)
        print(number, flush=True)
"""


def _writer(name: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WRITER, name, str(folder)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": ":".join(sys.path)}
    )


def test_processes_share_a_store(tmp_path: Path) -> None:
    writers = [_writer(name, tmp_path) for name in "abc"]
    assert [writer.communicate() and writer.returncode for writer in writers] == [0, 0, 0]
    with EvidenceStore(tmp_path) as store:
        assert store.info().items == 300


def test_a_killed_writer_loses_nothing_that_it_finished(tmp_path: Path) -> None:
    for name in "abcdef":
        writer = _writer(name, tmp_path)
        assert writer.stdout is not None
        done = [writer.stdout.readline() for _ in range(20)]
        writer.kill()
        writer.communicate()
        assert done[-1] == "19\n"
        with EvidenceStore(tmp_path) as store:
            for number in range(20):
                found = store.get(f"{name}{number}", f"pkg.mod:{name}{number}", 1)
                assert found is not None
                assert found.cases == number
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert not (tmp_path / "evidence.damaged").exists()
