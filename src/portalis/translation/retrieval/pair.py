"""A verified pair."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Python and the Rust that was verified to equal it.

    Attributes:
        python: the item's source.
        rust: its Rust.
        name: its qualified name.
        origin: where it is from: a module's name, `seed` for what ships.
        engine: what proposed the Rust: `compiler` or `model`.
        evidence: a digest of what verification saw.
    """

    python: str
    rust: str
    name: str
    origin: str
    engine: str
    evidence: str
