"""What one statement makes into objects inside values of any type.

return {"rows": rows, "count": len(rows)}       # `rows` becomes an object; it may still be read here
return {"rows": rows, "last": rows.pop()}       # … and not be changed: `rows` is boxed as it was before
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from portalis.compiler.hir import nodes as h


@dataclass(slots=True)
class Boxing:
    """The variables that the statement at hand boxes, and the expressions that were met."""

    roots: set[str] = field(default_factory=set)
    _seen: set[int] = field(default_factory=set)

    def begin(self) -> None:
        """Another statement is looked at."""
        self.roots.clear()

    def add(self, node: h.Expr) -> None:
        """The expression is boxed."""
        self._seen.add(id(node))

    def again(self, name: str) -> bool:
        """Whether the variable was boxed in this statement before; from now on it was."""
        before = name in self.roots
        self.roots.add(name)
        return before

    def unseen(self, boxed: Mapping[int, h.Expr]) -> Iterator[h.Expr]:
        """What was boxed, and not met by the analysis."""
        return (node for key, node in boxed.items() if key not in self._seen)
