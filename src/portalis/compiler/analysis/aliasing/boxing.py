"""What one statement makes into objects inside values of any type.

return {"rows": rows, "count": len(rows)}       # `rows` becomes an object; it may still be read here
return {"rows": rows, "last": rows.pop()}       # … and not be changed: `rows` is boxed as it was before
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk


@dataclass(slots=True)
class Boxing:
    """The variables that the statement at hand boxes, and the expressions that were met."""

    roots: set[str] = field(default_factory=set)
    _seen: set[int] = field(default_factory=set)
    _around: list[set[str]] = field(default_factory=list)
    """The comprehensions and lambdas around, each by the variables that it meets once."""

    def begin(self) -> None:
        """Another statement is looked at."""
        self.roots.clear()

    def enter(self, node: h.Comprehension | h.Lambda) -> None:
        """What is inside is evaluated many times."""
        clauses = node.clauses if isinstance(node, h.Comprehension) else ()
        once = len(clauses) == 1
        names = {n.name for c in clauses for n in walk(c.target) if isinstance(n, h.Local)}
        self._around.append(names if once else set())

    def leave(self) -> None:
        """The end of what `enter` began."""
        self._around.pop()

    def repeats(self, root: str) -> bool:
        """Whether one object of the variable may be boxed many times by one expression."""
        return bool(self._around) and (len(self._around) > 1 or root not in self._around[0])

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
