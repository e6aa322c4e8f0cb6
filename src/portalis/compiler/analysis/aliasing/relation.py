"""Which variables share objects, as a relation that binding, storing and forgetting change.

b = a            # bind b to {a}:        b and a share
c.append(b)      # store {b} into c:     c shares with b, and with a
b = []           # bind b to nothing:    c and a share, b with nobody
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from portalis.compiler.analysis.aliasing.parts import EVERYTHING, NOTHING, Types, meet

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the objects inside a value come from.

    `roots` are the variables that may reach them, with the types of those objects. `twice` are the types of
    objects that may stand in two places inside the value.
    """

    roots: dict[str, Types] = field(default_factory=dict)
    twice: Types = NOTHING

    def only(self, types: Types) -> Origin:
        """The part of the origin that objects of these types have."""
        kept = {root: meet(found, types) for root, found in self.roots.items()}
        return Origin({root: found for root, found in kept.items() if found}, meet(self.twice, types))


FRESH = Origin()


@dataclass(slots=True)
class Relation:
    """The pairs of variables that share, with the types of the objects; of one name: it holds one twice."""

    pairs: dict[Pair, Types] = field(default_factory=dict)
    handed: set[str] = field(default_factory=set)
    """The parameters, among those that are bound again, that may still be what the caller handed in."""

    def copy(self) -> Relation:
        return Relation(dict(self.pairs), set(self.handed))

    def same(self, other: Relation) -> bool:
        return self.pairs == other.pairs and self.handed == other.handed

    def shared(self, one: str, other: str) -> Types:
        """The types of the objects that both may reach."""
        return self.pairs.get(_pair(one, other), NOTHING)

    def partners(self, name: str) -> Iterator[tuple[str, Types]]:
        """The variables that share with this one, itself too where it holds an object twice."""
        for (one, other), types in [*self.pairs.items()]:
            if one == name or other == name:
                yield (other if one == name else one), types

    def bind(self, name: str, origin: Origin) -> None:
        """`name = value`."""
        found: dict[str, Types] = {}
        twice = origin.twice
        for root, types in origin.roots.items():
            if root != name:
                found[root] = found.get(root, NOTHING) | types
            for partner, common in self.partners(root):
                both = meet(common, types)
                if partner == root:
                    twice |= both
                elif partner != name:
                    found[partner] = found.get(partner, NOTHING) | both
        self.forget((name,))
        self.handed.discard(name)
        for other, types in found.items():
            self.add(name, other, types)
        self.add(name, name, twice)

    def store(self, holder: str, origin: Origin) -> None:
        """The value becomes a part of what `holder` holds."""
        for root, types in origin.roots.items():
            if root == holder:
                self.add(holder, holder, types)
                continue
            for partner, common in [*self.partners(root)]:
                # An object that the holder has already is in it twice.
                self.add(holder, partner if partner != root else holder, meet(common, types))
            self.add(holder, root, types)
        self.add(holder, holder, origin.twice)

    def combined(self, origins: Collection[Origin]) -> Origin:
        """The origin of a value that has all of these values inside."""
        made = FRESH
        for origin in origins:
            twice = made.twice | origin.twice
            for root, types in origin.roots.items():
                for other, found in made.roots.items():
                    twice |= meet(found, types) if other == root else meet(self.shared(root, other), types)
            made = Origin(_joined(made.roots, origin.roots), twice)
        return made

    def taken(self, origin: Origin) -> Origin:
        """The origin of a part that was taken out of where it was: `xs.pop()`."""
        roots: dict[str, Types] = {}
        twice = origin.twice
        for root, types in origin.roots.items():
            for partner, common in self.partners(root):
                both = meet(common, types)
                if both:
                    roots[partner] = roots.get(partner, NOTHING) | both
        return Origin(roots, twice)

    def add(self, one: str, other: str, types: Types) -> None:
        """Both may reach objects of these types."""
        types -= EVERYTHING
        if types:
            pair = _pair(one, other)
            self.pairs[pair] = self.pairs.get(pair, NOTHING) | types

    def forget(self, names: Collection[str]) -> None:
        """The variables are bound anew, or nobody reads them any more."""
        self.pairs = {
            pair: t for pair, t in self.pairs.items() if pair[0] not in names and pair[1] not in names
        }

    def join(self, other: Relation) -> None:
        """What holds on one of two ways may hold after them."""
        for (one, two), types in other.pairs.items():
            self.add(one, two, types)
        self.handed |= other.handed


def after_all(ways: Iterable[Relation | None]) -> Relation | None:
    """The state where several ways meet; None stands for a way that leaves."""
    found: Relation | None = None
    for way in ways:
        if way is None:
            continue
        if found is None:
            found = way
        else:
            found.join(way)
    return found


def either(origins: Collection[Origin]) -> Origin:
    """The origin of a value that is one of several."""
    roots: dict[str, Types] = {}
    twice = NOTHING
    for origin in origins:
        roots = _joined(roots, origin.roots)
        twice |= origin.twice
    return Origin(roots, twice)


def _joined(some: dict[str, Types], others: dict[str, Types]) -> dict[str, Types]:
    return {name: some.get(name, NOTHING) | others.get(name, NOTHING) for name in [*some, *others]}


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)
