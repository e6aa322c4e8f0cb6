"""The store of verified pairs: what is near is found, nothing twice, nothing lost, itself never."""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from portalis.rust_grammar import Spans, parse, problems
from portalis.translation.retrieval.embedders import FunctionEmbedder, LexicalEmbedder
from portalis.translation.retrieval.index import Index, NumpyIndex, TorchIndex, make_index
from portalis.translation.retrieval.pair import Pair, content_key
from portalis.translation.retrieval.seeds import NO_SEEDS, Seeds, read_seeds, shipped_seeds
from portalis.translation.retrieval.store import PairStore, PairStoreError

GCD = "def gcd(a: int, b: int) -> int:\n    while b:\n        a, b = b, a % b\n    return a\n"
LCM = "def lcm(a: int, b: int) -> int:\n    return a // gcd(a, b) * b\n"
WORDS = "def words(text: str) -> list[str]:\n    return [w.lower() for w in text.split() if w.isalpha()]\n"
TITLE = "def title(text: str) -> str:\n    return ' '.join(w.capitalize() for w in text.split())\n"
PROGRAMS = {"gcd": GCD, "lcm": LCM, "words": WORDS, "title": TITLE}


def pair(name: str, python: str, rust: str = "", engine: str = "compiler", origin: str = "module") -> Pair:
    return Pair(python, rust or f"pub fn {name}() {{}}", name, origin, engine, "digest")


@pytest.fixture
def store(tmp_path: Path) -> PairStore:
    made = PairStore(tmp_path / "pairs.sqlite3", seeds=NO_SEEDS)
    made.add(pair(name, text) for name, text in PROGRAMS.items())
    return made


def names(store: PairStore, query: str, k: int = 3, **more: list[str]) -> list[str]:
    return [one.pair.name for one in store.nearest(query, k, **more)]


def test_what_is_alike_is_near(store: PairStore) -> None:
    query = "def greatest(x: int, y: int) -> int:\n    while y != 0:\n        x, y = y, x % y\n    return x\n"
    found = store.nearest(query, 4)
    assert [one.pair.name for one in found][:2] == ["gcd", "lcm"]
    assert [one.similarity for one in found] == sorted((one.similarity for one in found), reverse=True)
    assert (
        names(store, "def caps(s: str) -> str:\n    return ' '.join(x.upper() for x in s.split())\n")[0]
        == "title"
    )


@pytest.mark.parametrize(
    "same",
    [
        GCD,
        GCD.replace("gcd", "another_name"),
        GCD.replace("while b:", "while b:  # until there is no rest"),
        GCD.replace("    while", '    """The greatest common divisor."""\n\n    while'),
        GCD.replace("    ", "\t"),
        GCD.replace("a % b", "(a) % (b)"),
    ],
)
def test_an_item_never_finds_itself(store: PairStore, same: str) -> None:
    assert content_key(same) == content_key(GCD)
    assert "gcd" not in names(store, same, 4)
    assert len(names(store, same, 4)) == 3
    assert store.add([pair("again", same)]) == 0
    assert len(store) == 4


def test_other_code_is_another_pair() -> None:
    assert (
        len({content_key(text) for text in (GCD, LCM, GCD.replace("%", "//"), GCD.replace("int", "float"))})
        == 4
    )


def test_a_recursive_functions_name_does_not_count() -> None:
    text = "def f(n):\n    return n * f(n - 1) if n else 1\n"
    assert content_key(text) == content_key(text.replace("f(", "factorial("))
    assert content_key(text) != content_key(text.replace("* f(", "* g("))


def test_further_texts_can_be_kept_out(store: PairStore) -> None:
    assert names(store, GCD, 3, exclude=[LCM, WORDS]) == ["title"]


def test_text_that_is_no_python_has_neighbours_too(store: PairStore) -> None:
    assert names(store, "def gcd(a, b:\n  while b a, b = b, a % b return a", 1) == ["gcd"]
    assert names(store, "", 3) == []
    assert names(store, GCD, 0) == []


def test_pairs_outlive_the_process(store: PairStore) -> None:
    store.close()
    store.close()
    with PairStore(store.path, seeds=NO_SEEDS) as again:
        assert [one.name for one in again] == list(PROGRAMS)
        assert names(again, LCM, 1) == ["gcd"]
    with pytest.raises(PairStoreError, match="closed"):
        again.nearest(GCD)


def test_an_added_pair_is_found_at_once_and_a_removed_one_no_more(store: PairStore) -> None:
    other = PairStore(store.path, seeds=NO_SEEDS)
    query = "def gcd3(a: int, b: int, c: int) -> int:\n    return gcd(gcd(a, b), c)\n"
    near = query.replace("gcd3", "gcd4").replace("c)", "c + 0)")
    assert "near" not in names(store, query, 9)
    other.add([pair("near", near)])
    assert names(store, query, 1) == ["near"]
    assert other.remove(near)
    assert not other.remove(near)
    assert "near" not in names(store, query, 9)
    assert len(names(store, query, 9)) == 4


def test_the_compilers_rust_takes_the_place_of_a_models(store: PairStore) -> None:
    query = "def f(x: int) -> int:\n    return x + 1\n"
    assert store.add([pair("f", query, "fn model() {}", "model")]) == 1
    assert store.add([pair("f", query, "fn other() {}", "model")]) == 0
    assert store.add([pair("f", query, "fn compiler() {}", "compiler")]) == 1
    assert store.add([pair("f", query, "fn model() {}", "model")]) == 0
    assert [one.rust for one in store if one.name == "f"] == ["fn compiler() {}"]


def _add_many(path: Path, worker: int) -> None:
    with PairStore(path, seeds=NO_SEEDS) as mine:
        for number in range(20):
            mine.add([pair(f"w{worker}_{number}", f"def f(x):\n    return x * {worker} + {number}\n")])
            mine.add([pair("shared", f"def f(x):\n    return x - {number}\n")])
            mine.nearest(GCD, 2)


def test_several_processes_add_and_search_at_once(tmp_path: Path) -> None:
    path = tmp_path / "pairs.sqlite3"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_add_many, args=(path, number)) for number in range(1, 4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    with PairStore(path, seeds=NO_SEEDS) as store:
        assert len(store) == 3 * 20 + 20
        assert len(names(store, GCD, 100)) == 80


# Seeds -------------------------------------------------------------------------------------------


def test_the_seeds_that_ship_are_short_rust_and_are_found(tmp_path: Path) -> None:
    seeds = shipped_seeds()
    assert len(seeds.pairs) > 100
    assert len({content_key(one.python) for one in seeds.pairs}) == len(seeds.pairs)
    for one in seeds.pairs:
        root = parse(one.rust)
        assert [node.type for node in root.named_children] == ["function_item"]
        assert not list(problems(root, Spans(one.rust)))
        compile(one.python, one.name, "exec")
    with PairStore(tmp_path / "pairs.sqlite3") as store:
        assert len(store) == len(seeds.pairs)
        for one in seeds.pairs[:20]:
            assert one.name not in names(store, one.python, 3)
            assert len(names(store, one.python, 3)) == 3


def test_seeds_change_with_the_version_and_leave_the_users_pairs_alone(tmp_path: Path) -> None:
    def seeds(*rows: tuple[str, str, str]) -> Seeds:
        keys = ("name", "python", "rust")
        return read_seeds("".join(json.dumps(dict(zip(keys, row, strict=True))) + "\n" for row in rows))

    path = tmp_path / "pairs.sqlite3"
    first = seeds(("gcd", GCD, "fn gcd() {}"), ("lcm", LCM, "fn lcm() {}"), ("words", WORDS, "fn words() {}"))
    with PairStore(path, seeds=first) as store:
        assert store.add([pair("mine", GCD, "fn mine() {}", "model"), pair("title", TITLE)]) == 2
        assert names(store, GCD, 9) == names(store, GCD.replace("gcd", "g"), 9)
    second = seeds(("gcd", GCD, "fn newer() {}"), ("lcm", LCM, "fn newer() {}"))
    with PairStore(path, seeds=second) as store:
        assert {one.name: one.rust for one in store} == {
            "mine": "fn mine() {}", "title": "pub fn title() {}", "lcm": "fn newer() {}",
        }  # fmt: skip
        assert sorted(names(store, WORDS, 9)) == ["lcm", "mine", "title"]


# Files that are no store -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be read" * 50, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_damaged_file_is_put_aside_and_kept(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "pairs.sqlite3"
    path.write_bytes(content)
    with PairStore(path, seeds=NO_SEEDS) as store:
        store.add([pair("gcd", GCD)])
        assert len(store) == 1
    aside = list(tmp_path.glob("pairs.sqlite3.damaged-*"))
    assert [one.read_bytes() for one in aside] == [content]
    assert "put aside" in caplog.text
    path.write_bytes(content)
    PairStore(path, seeds=NO_SEEDS).close()
    assert len(list(tmp_path.glob("pairs.sqlite3.damaged-*"))) == 2


def test_pages_that_were_overwritten_are_noticed(store: PairStore, caplog: pytest.LogCaptureFixture) -> None:
    store.add(pair(f"f{n}", f"def f(x):\n    return x + {n}\n") for n in range(300))
    store.close()
    data = bytearray(store.path.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 64] = b"\xff" * 64
    store.path.write_bytes(data)
    with PairStore(store.path, seeds=NO_SEEDS) as again:
        assert len(again) == 0
    assert "put aside" in caplog.text
    assert list(store.path.parent.glob("pairs.sqlite3.damaged-*"))


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "pairs.sqlite3"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE songs (name)")
        other.execute("INSERT INTO songs VALUES ('one')")
    other.close()
    with pytest.raises(PairStoreError, match="another program's") as caught:
        PairStore(path)
    assert caught.value.hint
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM songs").fetchall() == [("one",)]
    other.close()


def test_a_newer_version_is_left_alone(store: PairStore) -> None:
    store.close()
    with sqlite3.connect(store.path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(PairStoreError, match="format 99"):
        PairStore(store.path)


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PairStoreError, match="can't be opened") as caught:
        PairStore(tmp_path / "file" / "pairs.sqlite3")
    assert "folder that can be written" in caught.value.hint


# Vectors and indexes -----------------------------------------------------------------------------


def test_lexical_vectors_are_units_and_the_same_everywhere() -> None:
    vectors = LexicalEmbedder().embed([GCD, LCM, "", GCD])
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 1], atol=1e-6)
    assert np.array_equal(vectors[0], vectors[3])
    # Hashing must not depend on the process: the places of this text's features are known.
    assert np.flatnonzero(LexicalEmbedder(16).embed(["x"])[0]).tolist() == [2, 7, 10, 11, 13]


def test_each_embedder_has_its_own_vectors(store: PairStore) -> None:
    asked: list[int] = []

    def by_length(texts: list[str]) -> np.ndarray:
        asked.append(len(texts))
        angles = np.array([len(text) / 100 for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    assert names(store, GCD + "# " + "x" * 10, 1)
    with PairStore(store.path, FunctionEmbedder("length", by_length), seeds=NO_SEEDS) as other:
        assert names(other, "x" * len(WORDS), 1) == ["words"]
        assert names(other, "x" * len(LCM), 1) == ["lcm"]
    assert asked == [1, 4, 1]  # the stored texts are embedded once
    with PairStore(store.path, FunctionEmbedder("length", by_length), seeds=NO_SEEDS) as again:
        assert names(again, "x" * len(LCM), 1) == ["lcm"]
    assert asked == [1, 4, 1, 1]
    changed = FunctionEmbedder("length", lambda texts: np.ones((len(texts), 3), np.float32))
    with (
        PairStore(store.path, changed, seeds=NO_SEEDS) as wrong,
        pytest.raises(PairStoreError, match="length 3"),
    ):
        wrong.nearest(GCD)


def indexes(dim: int) -> list[Index]:
    made: list[Index] = [NumpyIndex(dim)]
    pytest.importorskip("torch")
    return [*made, TorchIndex(dim, "cpu")]


def test_exact_indexes_agree_with_sorting() -> None:
    random = np.random.default_rng(7)
    vectors = random.standard_normal((500, 24)).astype(np.float32)
    queries = random.standard_normal((7, 24)).astype(np.float32)
    for index in indexes(24):
        for start in range(0, 500, 130):
            index.add(vectors[start : start + 130])
        assert len(index) == 500
        expected = np.argsort(-(queries @ vectors.T), axis=1)[:, :5]
        assert [[one.number for one in row] for row in index.search(queries, 5)] == expected.tolist()
        assert all(len(row) == 500 for row in index.search(queries, 10_000))
        assert index.search(queries, 0) == [[]] * 7


def test_faiss_where_it_is_installed() -> None:
    pytest.importorskip("faiss")
    vectors = np.random.default_rng(7).standard_normal((300, 8)).astype(np.float32)
    exact, flat, graph = (make_index(kind, 8, 300) for kind in ("numpy", "faiss", "hnsw"))
    for index in (exact, flat, graph):
        index.add(vectors)
    assert [one.number for one in flat.search(vectors[:1], 5)[0]] == [
        one.number for one in exact.search(vectors[:1], 5)[0]
    ]
    assert graph.search(vectors[:1], 1)


def test_an_index_whose_library_is_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "faiss", None)
    with pytest.raises(ImportError, match="pip install faiss-cpu"):
        make_index("faiss", 8, 10)
    assert isinstance(make_index("auto", 8, 100_000), NumpyIndex | TorchIndex)
