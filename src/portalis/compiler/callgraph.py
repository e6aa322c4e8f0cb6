"""The order of translation: callees before callers, cycles together.

    a calls b, b calls c and b        →   [c], [b] (recursive), [a]

Tarjan's strongly connected components (Tarjan 1972, SIAM J. Comput. 1(2)), iteratively.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Functions that call each other in a cycle, or one function; `recursive` when there is a cycle."""

    keys: tuple[str, ...]
    recursive: bool


def order(calls: Mapping[str, frozenset[str]]) -> list[Group]:
    """The groups of a call graph, each after all that it calls."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    groups: list[Group] = []
    for root in calls:
        if root in index:
            continue
        work = [(root, iter(sorted(calls[root] & calls.keys())))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, pending = work[-1]
            following = next(pending, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    groups.append(_component(node, stack, on_stack, calls))
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                on_stack.add(following)
                work.append((following, iter(sorted(calls[following] & calls.keys()))))
            elif following in on_stack:
                low[node] = min(low[node], index[following])
    return groups


def _component(node: str, stack: list[str], on_stack: set[str], calls: Mapping[str, frozenset[str]]) -> Group:
    members: list[str] = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        members.append(member)
        if member == node:
            break
    return Group(tuple(sorted(members)), len(members) > 1 or node in calls[node])
