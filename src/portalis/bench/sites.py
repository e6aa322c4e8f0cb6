"""Every place of a Rust tree, with a way to put something else there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

Tree = TypeVar("Tree")


@dataclass(frozen=True, slots=True)
class Site:
    """A node, and the whole tree with another node in its place."""

    node: object
    put: Callable[[object], object]


def sites(tree: object) -> Iterator[Site]:
    """The places of a tree from the root on, in reading order.

    >>> from portalis.compiler.rust import tree as t
    >>> [site.put(t.Lit("9")) for site in sites(t.Binary("+", t.Lit("1"), t.Lit("2")))][1]
    Binary(op='+', left=Lit(text='9'), right=Lit(text='2'))
    """
    return _below(tree, lambda new: new)


def _below(node: object, put: Callable[[object], object]) -> Iterator[Site]:
    yield Site(node, put)
    if not is_dataclass(node) or isinstance(node, type):
        return
    for name in (field.name for field in fields(node)):
        value = getattr(node, name)
        if isinstance(value, tuple):
            for at, part in enumerate(value):
                if is_dataclass(part):
                    yield from _below(part, _member(node, name, value, at, put))
        elif is_dataclass(value):
            yield from _below(value, _field(node, name, put))


def _field(node: object, name: str, put: Callable[[object], object]) -> Callable[[object], object]:
    return lambda new: put(replace(node, **{name: new}))  # type: ignore[type-var]


def _member(
    node: object, name: str, value: tuple[object, ...], at: int, put: Callable[[object], object]
) -> Callable[[object], object]:
    return lambda new: put(replace(node, **{name: (*value[:at], new, *value[at + 1 :])}))  # type: ignore[type-var]
