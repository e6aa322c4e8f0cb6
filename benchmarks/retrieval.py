"""Scoreboard: the search for verified pairs.

    python benchmarks/retrieval.py                          10,000 and 100,000 vectors of 384 numbers
    python benchmarks/retrieval.py --sizes 10000 --python path/to/code

Three parts. Indexes: the time of a query, top 5, one query at a time after a warm-up (median of --queries),
the time to build, and recall@5 against sorting all inner products in float64. The vectors are
clustered as texts are: --size / 20 random centres, each vector a centre and as much noise. What is not
installed, or needs a GPU, is left out and said. Store: adding, embedding and searching programs made of the
pairs that ship, and how many of them were the same. Leave-one-out: for each function of --python (by default
the pairs that ship) how near its nearest other is, and that it never finds itself.
"""

from __future__ import annotations

import argparse
import ast
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from measure import table
from portalis.translation.retrieval.index import Index, IndexKind, make_index
from portalis.translation.retrieval.pair import Pair, content_key
from portalis.translation.retrieval.seeds import NO_SEEDS, shipped_seeds
from portalis.translation.retrieval.store import PairStore

Vectors = NDArray[np.float32]
K = 5
KINDS: tuple[IndexKind, ...] = ("numpy", "faiss", "hnsw", "torch")


def clustered(size: int, dim: int, seed: int) -> Vectors:
    """Vectors [size, dim] of length 1 around size / 20 centres."""
    random = np.random.default_rng(seed)
    centres = random.standard_normal((max(size // 20, 1), dim)).astype(np.float32)
    vectors = centres[random.integers(len(centres), size=size)]
    vectors += random.standard_normal((size, dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def exact(vectors: Vectors, queries: Vectors) -> NDArray[np.intp]:
    """The K best by inner product in float64 for each query, in blocks that fit in memory."""
    best = []
    for start in range(0, len(queries), 50):
        scores = queries[start : start + 50].astype(np.float64) @ vectors.T.astype(np.float64)
        best.append(np.argsort(-scores, axis=1, kind="stable")[:, :K])
    return np.concatenate(best)


def measure_index(
    kind: IndexKind, vectors: Vectors, queries: Vectors, truth: NDArray[np.intp]
) -> tuple[str, str]:
    """One row: the index; its recall, a query alone and among many, building."""
    try:
        index = make_index(kind, vectors.shape[1], len(vectors))
    except (ImportError, RuntimeError, AssertionError) as error:
        return kind, f"left out: {str(error).splitlines()[0]}"
    began = time.perf_counter()
    index.add(vectors)
    built = time.perf_counter() - began
    times, hits = [], 0
    for row, query in enumerate(queries):
        began = time.perf_counter()
        found = index.search(query[None], K)[0]
        times.append(time.perf_counter() - began)
        hits += len({one.number for one in found} & set(truth[row].tolist()))
    recall = hits / (K * len(queries))
    alone, many = statistics.median(times) * 1e3, _together(index, queries) * 1e3
    return kind, f"{recall:.3f}  {alone:8.2f} ms  {many:8.2f} ms  {built:6.1f} s"


def _together(index: Index, queries: Vectors) -> float:
    """Seconds a query where all are searched at once."""
    index.search(queries[:8], K)
    began = time.perf_counter()
    index.search(queries, K)
    return (time.perf_counter() - began) / len(queries)


def variants(count: int) -> Iterator[Pair]:
    """Pairs made of those that ship: every fifth by another name only, the others with another constant."""
    seeds = shipped_seeds().pairs
    for number in range(count):
        seed = seeds[number % len(seeds)]
        text = seed.python.replace("def ", "def renamed_", 1) if number % 5 == 4 else seed.python
        if number % 5 != 4:
            text += f"\n\nNUMBER = {number}\n"
        yield Pair(text, seed.rust, seed.name, "benchmark", "compiler")


def measure_store(size: int, queries: int) -> None:
    """Adds, embeds and searches pairs of real Python; prints a table."""
    pairs = list(variants(size))
    distinct = len({content_key(pair.python) for pair in pairs})
    with tempfile.TemporaryDirectory(prefix="portalis-bench-") as folder:
        with PairStore(Path(folder) / "pairs.sqlite3", seeds=NO_SEEDS) as store:
            began = time.perf_counter()
            added = store.add(pairs)
            adding = time.perf_counter() - began
            began = time.perf_counter()
            store.nearest(pairs[0].python, K)
            embedding = time.perf_counter() - began
            times = []
            for pair in pairs[1 : queries + 1]:
                began = time.perf_counter()
                store.nearest(pair.python, K)
                times.append(time.perf_counter() - began)
        with PairStore(Path(folder) / "pairs.sqlite3", seeds=NO_SEEDS) as store:
            began = time.perf_counter()
            store.nearest(pairs[0].python, K)
            opening = time.perf_counter() - began
        size_on_disk = (Path(folder) / "pairs.sqlite3").stat().st_size / 2**20
    print(f"\nA store of {size:,} pairs handed in")
    table(
        [
            (
                "kept",
                f"{added:,} ({size - added:,} were there already; {size - distinct:,} by their content)",
            ),
            ("adding", f"{adding / size * 1e3:.2f} ms a pair"),
            ("embedding, once, by the lexical embedder", f"{embedding / max(added, 1) * 1e3:.2f} ms a pair"),
            ("nearest five, with embedding the query", f"{statistics.median(times) * 1e3:.1f} ms"),
            ("first query after opening it again", f"{opening:.2f} s"),
            ("on disk", f"{size_on_disk:.1f} MiB"),
        ]
    )


def functions(path: Path | None) -> dict[str, str]:
    """Names and texts of the functions to look up."""
    if path is None:
        return {pair.name: pair.python for pair in shipped_seeds().pairs}
    found = {}
    for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
        text = file.read_text(encoding="utf-8")
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef):
                found[f"{file.stem}.{node.name}"] = ast.get_source_segment(text, node) or ""
    return found


def leave_one_out(path: Path | None) -> None:
    """How near the nearest other pairs are; prints a table."""
    texts = functions(path)
    with (
        tempfile.TemporaryDirectory(prefix="portalis-bench-") as folder,
        PairStore(Path(folder) / "pairs.sqlite3") as store,
    ):
        found = {name: store.nearest(text, K) for name, text in texts.items()}
    keys = {name: content_key(text) for name, text in texts.items()}
    itself = sum(
        any(content_key(one.pair.python) == keys[name] for one in near) for name, near in found.items()
    )
    nearest = [near[0].similarity for near in found.values() if near]
    print(f"\nLeave-one-out over {len(texts)} functions")
    table(
        [
            ("found themselves", itself),
            ("similarity of the nearest, median", f"{statistics.median(nearest):.2f}"),
            ("lowest and highest", f"{min(nearest):.2f}, {max(nearest):.2f}"),
        ]
    )


def main() -> int:
    """Measures and prints; 0 always."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--dim", type=int, default=384)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=5_000, help="pairs handed to a store")
    parser.add_argument("--python", type=Path, help="functions to look up among the pairs that ship")
    options = parser.parse_args()
    for size in options.sizes:
        vectors = clustered(size + options.queries, options.dim, 1)
        queries, vectors = vectors[: options.queries], vectors[options.queries :]
        truth = exact(vectors, queries)
        print(f"\n{size:,} vectors of {options.dim}: top {K}; recall@{K}, one query, one of many, building")
        table([measure_index(kind, vectors, queries, truth) for kind in KINDS])
    measure_store(options.pairs, options.queries)
    leave_one_out(options.python)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
