"""What the analysis reports, and what it is told of the function's surroundings."""

from __future__ import annotations

from dataclasses import dataclass

from portalis.compiler.analysis.aliasing.parts import NOTHING, Types
from portalis.compiler.types import Instance, Shared, Type
from portalis.diagnostics import Span

Pairs = tuple[tuple[int, int | None], ...]
"""Of a function: the places of its arguments that share when it returns; None stands for the result."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What a call does to objects that may have several names, as far as its caller must know."""

    shares: Pairs = ()
    changes: tuple[Types, ...] = ()
    """Of each argument the types of the objects that are changed."""
    shared: Types = NOTHING
    """The types of the containers of shared instances that are changed."""
    moves: tuple[Types, ...] = ()
    """Of each argument the types among its `changes` whose objects do more than grow at their end."""


@dataclass(frozen=True, slots=True)
class Clash:
    """An object with two names, of which one would not see a change in Rust.

    `kind` is `changed` (through `name`, while `other` is read later), `returned` (the result shares with
    `other`) or `kept` (`name` and `other`, both the caller's, share afterwards). `other` may be `name`: an
    object that stands in two places inside one value.
    """

    kind: str
    name: str
    other: str
    type: Type
    span: Span


def told_last(type_: Type) -> tuple[bool, str]:
    """The order in which the types of a clash count: instances first, for which handles would serve."""
    return not isinstance(type_, Instance | Shared), str(type_)


@dataclass(frozen=True, slots=True)
class Outside:
    """What the caller of a function holds: its parameters, and what a nested function captures."""

    params: tuple[str, ...]
    rebound: frozenset[str]
    captured: frozenset[str]
    handed: frozenset[str] = frozenset()
    """The parameters that the function may give back as they are."""
