"""Planted faults: which there are in a function, and which of them a run tries."""

from __future__ import annotations

import difflib
import hashlib
import random
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from portalis.bench.operators import OPERATORS, About
from portalis.bench.sites import sites
from portalis.compiler.lowering.function import LoweredFunction
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.printer import print_item


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in the Rust of the function `key`.

    `line` is the first changed line of the function's Rust (1-based, before rustfmt), `before` and `after`
    the changed lines. `id` is the same as long as these are, whatever else a run plants.
    """

    id: str
    key: str
    operator: str
    line: int
    before: str
    after: str
    item: t.FnItem


def faults(lowered: LoweredFunction, about: About, operators: Collection[str]) -> list[Fault]:
    """Every fault that the named operators can plant in a function, each text once."""
    key, original = lowered.callee.key, print_item(lowered.item)
    lent = (param.partition(": &mut ") for param in lowered.item.params)
    about = replace(about, lent=frozenset(name for name, mark, _ in lent if mark))
    seen = {original}
    counted: Counter[str] = Counter()
    found: list[Fault] = []
    for name, item in _mutated(lowered.item, about, operators):
        text = print_item(item)
        if text in seen:
            continue
        seen.add(text)
        line, before, after = _difference(original, text)
        digest = hashlib.sha256("\0".join((key, name, before, after)).encode()).hexdigest()[:12]
        counted[digest] += 1
        number = f"-{counted[digest]}" if counted[digest] > 1 else ""
        found.append(Fault(digest + number, key, name, line, before, after, item))
    return found


def _mutated(item: t.FnItem, about: About, operators: Collection[str]) -> Iterator[tuple[str, t.FnItem]]:
    for site in sites(item.body):
        for name in OPERATORS:
            if name in operators:
                for wrong in OPERATORS[name](site.node, about):
                    body = site.put(wrong)
                    if isinstance(body, t.Block):
                        yield name, replace(item, body=body)


def _difference(original: str, mutated: str) -> tuple[int, str, str]:
    """The first changed line and the changed lines of both."""
    old, new = original.splitlines(), mutated.splitlines()
    first, before, after = 0, [], []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            first = first or i + 1
            before += old[i:j]
            after += new[k:m]
    return first, "\n".join(before), "\n".join(after)


def chosen(found: list[Fault], number: int, seed: int) -> list[Fault]:
    """Up to `number` faults, from as many operators as can be; the same ones for the same seed."""
    if not found:
        return []
    rng = random.Random(f"{seed}:{found[0].key}")
    by_operator: dict[str, list[Fault]] = {}
    for fault in found:
        by_operator.setdefault(fault.operator, []).append(fault)
    queues = list(by_operator.values())
    for queue in queues:
        rng.shuffle(queue)
    rng.shuffle(queues)
    picked: list[Fault] = []
    while queues and len(picked) < number:
        queues = [queue for queue in queues if queue]
        picked += [queue.pop() for queue in queues[: number - len(picked)]]
    return picked
