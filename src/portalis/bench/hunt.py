"""The hunt: each fault is searched exactly as its function would be, and judged as the function would be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from portalis.bench.fault import Fault
from portalis.compiler.unit import CompiledProject, Item
from portalis.validation import search, status
from portalis.validation.evidence import Effort, Evidence, Target
from portalis.validation.search import BUDGETS, Budget

Verdict = Literal["mismatch", "unverified", "survived"]

LONGER = 10
"""How much longer than the stated effort the second search of a survivor is."""
_NO_LIMIT = 1e9


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where a hunt takes place: the built package, what is known of its functions, and how to search.

    `targets` are those of the functions themselves, by key.
    """

    hybrid: Path
    import_names: tuple[str, ...]
    targets: Mapping[str, Target]
    effort: Effort
    seed: int
    workers: int | None
    step: Callable[[str], None]


def usual(effort: Effort) -> Budget:
    """The budget of a search at this effort that ends at the first difference: it decides the status."""
    return replace(BUDGETS[effort], mismatches=1)


def longer(effort: Effort) -> Budget:
    """The budget of a search ten times as long."""
    one = usual(effort)
    return replace(
        one, cases=one.cases * LONGER, patience=one.patience * LONGER, attempts=one.attempts * LONGER,
        seconds=one.seconds * LONGER, visits=one.visits * LONGER, lines=one.lines * LONGER,
    )  # fmt: skip


def search_functions(
    grounds: Grounds, keys: Sequence[str], budget: Budget | None = None
) -> dict[str, Evidence]:
    """The evidence of functions themselves, by key."""
    return _search(grounds, [grounds.targets[key] for key in keys], budget or usual(grounds.effort))


def search_faults(
    grounds: Grounds,
    faults: Sequence[Fault],
    natives: Mapping[str, str],
    budget: Budget | None = None,
) -> dict[str, Evidence]:
    """The evidence of faults, by id: rounds in which each function has one of its faults for translation."""
    waiting: dict[str, list[Fault]] = {}
    for fault in faults:
        waiting.setdefault(fault.key, []).append(fault)
    found: dict[str, Evidence] = {}
    while waiting:
        now = {key: queue.pop() for key, queue in waiting.items()}
        waiting = {key: queue for key, queue in waiting.items() if queue}
        targets = [
            replace(grounds.targets[key], native=natives[fault.id]) for key, fault in sorted(now.items())
        ]
        evidence = _search(grounds, targets, budget or usual(grounds.effort))
        found.update({now[key].id: seen for key, seen in evidence.items()})
    return found


def _search(grounds: Grounds, targets: Sequence[Target], budget: Budget) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    for name in grounds.import_names:
        own = [target for target in targets if target.module.partition(".")[0] == name]
        known = [one for one in grounds.targets.values() if one.module.partition(".")[0] == name]
        if own:
            found |= search.verify(
                grounds.hybrid, name, own, budget, grounds.seed, _NO_LIMIT, grounds.workers,
                grounds.step, known,
            )  # fmt: skip
    return found


def verdict(item: Item, seen: Evidence) -> Verdict:
    """What the item's status would be on this evidence alone, its callees taken for verified."""
    assert item.rust is not None
    alone = replace(item, rust=replace(item.rust, callees=frozenset()))
    decided = status.decide([alone], {item.key: seen})[item.key]
    if decided.status == "verified":
        return "survived"
    return "mismatch" if seen.mismatches else "unverified"


def items_by_key(compiled: CompiledProject) -> dict[str, Item]:
    """The translated functions of a project."""
    return {item.key: item for item in compiled.items if item.rust is not None}
