"""Bounds of ranges and slices: one more, one less, an end left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t

_ONE = t.Lit("1")


def bounds(node: object, _about: About) -> Iterator[object]:
    """`a..b` → `a..b + 1`, `a..b - 1`, `a + 1..b`, `a..=b`."""
    match node:
        case t.Range(low, high, inclusive):
            if high is not None:
                yield replace(node, high=t.Binary("-", high, _ONE))
                yield replace(node, inclusive=not inclusive)
            if low is not None:
                yield replace(node, low=t.Binary("+", low, _ONE))
        case t.Call(t.Path("range::range" | "range::range_by"), (low, high, *more)):
            yield replace(node, args=(low, t.Binary("+", high, _ONE), *more))
            yield replace(node, args=(t.Binary("+", low, _ONE), high, *more))
        case t.Call(t.Path("seq::at" | "text::char_at" | "text::at" | "chars::at" | "bytes::at"), (base, at)):
            yield replace(node, args=(base, t.Binary("+", at, _ONE)))


def ends(node: object, _about: About) -> Iterator[object]:
    """`a..b` → `..b`, `a..`."""
    match node:
        case t.Range(low, high) if low is not None and high is not None:
            yield t.Range(None, high)
            yield t.Range(low, None)
