"""Ownership: a change made to a copy and lost, a value moved out where a copy was due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t

_CHANGING = frozenset(
    """push insert extend extend_from_slice clear sort sort_unstable sort_by_key sort_by_cached_key reverse
    push_str push_back push_front retain truncate entry pop remove swap""".split()
)
_COPIES = frozenset({"clone", "to_vec", "to_string", "to_owned", "cloned", "copied"})


def write_back(node: object, about: About) -> Iterator[object]:
    """`f(&mut xs)` → `f(&mut xs.clone())`, `xs.push(x)` → `xs.clone().push(x)`: the change is lost."""
    match node:
        case t.Ref(t.Path(name) as place, True) if name.isidentifier():
            yield t.Ref(t.Method(place, "clone"), True)
        case t.Method(t.Path() as place, name) if name in _CHANGING:
            yield replace(node, receiver=t.Method(place, "to_owned"))
        case t.Call(args=args):
            for at, given in enumerate(args):
                if isinstance(given, t.Path) and given.name in about.lent:
                    lost = t.Ref(t.Method(given, "to_owned"), True)
                    yield replace(node, args=(*args[:at], lost, *args[at + 1 :]))


def taken(node: object, _about: About) -> Iterator[object]:
    """`xs.clone()` → `std::mem::take(xs)`, and the empty value in its place: whoever looks next sees it."""
    match node:
        case t.Method(t.Path() as place, name, ()) if name in _COPIES:
            yield t.Call(t.Path("std::mem::take"), (place,))
            yield t.Call(t.Path("std::mem::take"), (t.Ref(place, True),))
            yield place
        case t.Method(receiver, name, ()) if name in _COPIES:
            yield receiver
