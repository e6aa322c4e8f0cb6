"""The verified pairs of a run, for the store that prompts are illustrated from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from portalis import pipeline
from portalis.translation.engine.tasks import source_of_function
from portalis.translation.retrieval.pair import Pair


def pairs_of(state: pipeline.State) -> Iterator[Pair]:
    """Every function that a run verified, with its Rust as it stands in the crate, documentation left out."""
    compilation = pipeline.need(state.compilation)
    for item in pipeline.need(state.compiled).items:
        verdict = state.verdicts.get(item.key)
        if item.rust is None or verdict is None or verdict.status != "verified":
            continue
        if item.key not in compilation.definitions or item.rust.upcalls:
            continue  # what calls Python is no example of Rust
        seen = state.evidence.get(item.key)
        told = f"{seen.cases} {seen.lines} {seen.branches}" if seen is not None else ""
        yield Pair(
            source_of_function(compilation, item.key),
            _bare(item.rust.text),
            item.qualname,
            item.module,
            "compiler" if item.rust.origin is None else "model",
            hashlib.sha256(told.encode()).hexdigest(),
        )


def _bare(text: str) -> str:
    """Rust without its documentation, which the Python has too."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("///"))
