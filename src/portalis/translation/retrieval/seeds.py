"""The verified pairs that ship: short functions out of the project's own test programs."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from importlib import resources

from portalis.translation.retrieval.pair import SEED, Pair

FILE = "seeds.jsonl"


@dataclass(frozen=True, slots=True)
class Seeds:
    """Pairs that a store holds from the start, with a digest that tells one set from another."""

    pairs: tuple[Pair, ...]
    digest: str


NO_SEEDS = Seeds((), "none")


def read_seeds(text: str) -> Seeds:
    """The seeds of a file: a JSON object a line, with `name`, `python` and `rust`."""
    rows = [json.loads(one) for one in text.splitlines() if one]
    pairs = tuple(Pair(row["python"], row["rust"], row["name"], SEED, "compiler") for row in rows)
    return Seeds(pairs, hashlib.sha256(text.encode("utf-8")).hexdigest())


@functools.cache
def shipped_seeds() -> Seeds:
    """The seeds that ship; `scripts/seed_pairs.py` writes them."""
    return read_seeds((resources.files(__package__) / FILE).read_text(encoding="utf-8"))
