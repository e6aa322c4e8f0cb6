"""Lints that a Python signature asks for: how many parameters, and how deep their types, is the user's."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MANY = 7
_COMPLEX = 250
_PART = re.compile(r"[\w:]*\w\s*<?|[(\[<]|[)\]>]|&")


def allowed(params: Sequence[str], returns: str, *, shared_keys: bool = False) -> tuple[str, ...]:
    """The `allow` attributes of a function with these parameters (`name: Type`) and result.

    `shared_keys` says that instances are keys by their identity: what changes in them is no part of that.

    >>> allowed(["a: i64"] * 8, "i64")
    ('#[allow(clippy::too_many_arguments)]',)
    """
    found = ["too_many_arguments"] if len(params) > _MANY else []
    types = [param.partition(": ")[2] for param in params]
    if any(complexity(type_) > _COMPLEX for type_ in (*types, returns)):
        found.append("type_complexity")
    if shared_keys:
        found.append("mutable_key_type")
    return (f"#[allow({', '.join(f'clippy::{lint}' for lint in found)})]",) if found else ()


def complexity(type_: str) -> int:
    """Clippy's score of a type: ten times its depth for each path, tuple and slice, the depth for each `&`.

    Source: clippy_lints/src/types/type_complexity.rs.

    >>> complexity("Vec<(String, i64)>")
    90
    """
    score, depth = 0, 1
    for part in _PART.findall(type_):
        if part == "&":
            score += depth
        elif part in (")", "]", ">"):
            depth -= 1
        else:
            score += 10 * depth
            depth += part.endswith(("<", "(", "["))
    return score
