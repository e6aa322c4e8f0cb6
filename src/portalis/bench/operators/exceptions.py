"""Exceptions: another class, another message, a handler that catches too much or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t

_QUOTED = re.compile(r'"(.*)"', re.DOTALL)
_GUARD = re.compile(r"is_\w+")


def kind(node: object, about: About) -> Iterator[object]:
    """`Error::ValueError(…)` → the next class that takes the same."""
    match node:
        case t.Call(t.Path(name)) if name.startswith("Error::"):
            own = name.removeprefix("Error::")
            for family in (about.plain, about.optional):
                if own in family and len(family) > 1:
                    other = family[(family.index(own) + 1) % len(family)]
                    yield replace(node, func=t.Path(f"Error::{other}"))


def message(node: object, _about: About) -> Iterator[object]:
    """`Error::ValueError("bad".to_string())` → `"bad!"`; no message → an empty one, and the other way."""
    match node:
        case t.Call(t.Path(name), (t.Path("None"),)) if name.startswith("Error::"):
            yield replace(node, args=(t.Call(t.Path("Some"), (t.Call(t.Path("String::new"), ()),)),))
        case t.Call(t.Path(name), (t.Call(t.Path("Some")),)) if name.startswith("Error::"):
            yield replace(node, args=(t.Path("None"),))
        case t.Call(t.Path(name), (value,)) if name.startswith("Error::"):
            changed = _longer(value)
            if changed is not None:
                yield replace(node, args=(changed,))


def _longer(value: t.Expr) -> t.Expr | None:
    match value:
        case t.Method(t.Lit(text) as literal, "to_string") if found := _QUOTED.fullmatch(text):
            return replace(value, receiver=replace(literal, text=f'"{found[1]}!"'))
        case t.Macro("format", (t.Lit(text), *rest)) if found := _QUOTED.fullmatch(text):
            return replace(value, args=(t.Lit(f'"{found[1]}!"'), *rest))
        case t.Call(t.Path("String::new"), ()):
            return t.Method(t.Lit('"!"'), "to_string")
        case _:
            return None


def handler(node: object, about: About) -> Iterator[object]:
    """`Err(error) if error.is_value_error()` → any error, or another class."""
    match node:
        case t.Arm(guard=t.Method(_, question, ()) as guard) if _GUARD.fullmatch(question):
            yield replace(node, guard=None)
            others = [other for other in about.questions if other != question]
            for other in others[:2]:
                yield replace(node, guard=replace(guard, name=other))
        case t.Match(arms=arms) if len(arms) > 2:
            for at, arm in enumerate(arms):
                if arm.guard is not None:
                    yield replace(node, arms=(*arms[:at], *arms[at + 1 :]))
        case t.Method(receiver, "is_none"):
            yield t.Method(receiver, "is_some")
        case t.Method(receiver, "is_some"):
            yield t.Method(receiver, "is_none")
