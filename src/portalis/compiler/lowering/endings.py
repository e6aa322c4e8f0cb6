"""What leaving a place runs on the way: the `finally` blocks around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from portalis.compiler.hir import nodes as h


@dataclass(frozen=True, slots=True)
class Final:
    """A `finally` block that stands before each way out of its body.

    `loops` and `raising` are how many loops and targets of errors were open around the statement.
    """

    body: list[h.Stmt]
    loops: int
    raising: int
    reads: frozenset[str]


@dataclass(slots=True)
class Endings:
    """The `finally` blocks inside the innermost closure, and what is read after leaving it.

    `optional` says that this closure's result is `Some(value)` where the body returned, else None.
    """

    optional: bool = False
    pending: list[Final] = field(default_factory=list)
    reads: frozenset[str] = frozenset()

    def read_later(self) -> frozenset[str]:
        """The variables that `finally` blocks read once this place is left."""
        return self.reads.union(*(final.reads for final in self.pending))
