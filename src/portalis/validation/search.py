"""Verification of many functions: what a child is asked, and what its answer says.

Who is asked when, and what the death of a child means, is in `crew`.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from portalis.validation.child.codec import Json, Value, decode, encode
from portalis.validation.containment import Cause
from portalis.validation.crew import Crew, lots
from portalis.validation.evidence import (
    MINIMUM_CASES,
    MINIMUM_LINES,
    RUNNABLE_EFFECTS,
    Case,
    Counterexample,
    Difference,
    Effort,
    Evidence,
    Target,
)
from portalis.validation.repeat import OTHER_LAYOUT, Repeater
from portalis.validation.sandbox import Child, ChildDiedError, Limits, RequestFailedError
from portalis.validation.shapes import pools, shape_json

_POOL_EXAMPLES = 60
_MOST_BORROWED = 24
_WAVERS = "python does not answer the same twice"


@dataclass(frozen=True, slots=True)
class Budget:
    """What an effort means for one item: agreeing cases wanted, cases without news, attempts, seconds of
    processor time for the guard, cases kept, kept inputs whose comparisons are followed, lines of Python in
    all, differences after which to stop (made small where that is more than one).
    """

    cases: int
    patience: int
    attempts: int
    seconds: float
    kept: int
    visits: int
    lines: int
    mismatches: int = 3

    def as_json(self) -> list[Json]:
        return [
            self.cases, self.patience, self.attempts, self.seconds, self.kept, self.visits, self.lines,
            self.mismatches,
        ]  # fmt: skip


BUDGETS: dict[Effort, Budget] = {
    "quick": Budget(96, 120, 2500, 20.0, 16, 6, 15_000_000),
    "normal": Budget(200, 240, 5000, 40.0, 24, 8, 40_000_000),
    "thorough": Budget(2000, 2500, 50_000, 600.0, 48, 60, 900_000_000),
}


def verify(
    hybrid_dir: Path,
    import_name: str,
    targets: Sequence[Target],
    effort: Effort | Budget = "normal",
    seed: int = 0,
    budget_seconds: float = 600.0,
    jobs: int | None = None,
    progress: Callable[[str], None] | None = None,
    known: Sequence[Target] = (),
    seconds: Mapping[str, float] = MappingProxyType({}),
    found: Callable[[Evidence], None] | None = None,
) -> dict[str, Evidence]:
    """Run each target's original beside its translation and return the evidence by key.

    `hybrid_dir` holds the package `import_name` with its extension; `seed` fixes every draw;
    `budget_seconds` bounds the whole in wall time (what is left over is given the reason "the time budget
    was spent"); `jobs` is the number of children at once, by default the number of cores; `progress` is
    called with each key that is done. `known` are all targets of the project, where `targets` are only some:
    a search is then the same as among all of them. `seconds` says what searches took before, by key: the
    longest are begun first. `found` is called with each item's evidence as soon as it is there, from several
    threads.
    """
    evidence: dict[str, Evidence] = {}
    runnable: list[Target] = []
    for target in targets:
        if target.effects - RUNNABLE_EFFECTS:
            evidence[target.key] = Evidence(target.key)  # the verdict says which effects
        else:
            runnable.append(target)
    if not runnable:
        return evidence
    by_module: dict[str, list[Target]] = {}
    for target in known or runnable:
        by_module.setdefault(target.module, []).append(target)
    borrowed = {target.key: _borrowed(target, by_module.get(target.module, ())) for target in runnable}
    budget = effort if isinstance(effort, Budget) else BUDGETS[effort]
    opening = _opening(import_name, _harmless(known) or runnable, seed)

    def note(seen: Evidence) -> None:
        if found is not None:
            found(seen)
        if progress is not None:
            progress(seen.key)

    workers = jobs or os.cpu_count() or 1
    work = lots(runnable, seconds, workers)

    def start(layout: Mapping[str, str]) -> Child:
        return Child([hybrid_dir], Limits(), {"PORTALIS_DISABLE": "1", **layout}, Path(bytecode))

    def open_project(child: Child) -> object:
        return child.ask(opening, 120.0)

    with (
        tempfile.TemporaryDirectory(prefix="portalis-bytecode-") as bytecode,
        Repeater(lambda: start(OTHER_LAYOUT), open_project) as repeater,
    ):
        crew = Crew(
            start=lambda: start({}),
            opening=open_project,
            explore=lambda child, target, avoid: _explore(
                child, target, avoid, budget, seed, borrowed[target.key], repeater
            ),
            explain=_explained,
            end=time.monotonic() + budget_seconds,
            found=note,
        )
        return evidence | crew.run(work, min(workers, len(work)))


def _borrowed(target: Target, neighbours: Iterable[Target]) -> list[Value]:
    """Real calls of the module's other functions that take the same types: what `validate` was called with is
    good for `is_valid`.
    """
    wanted = [param.type for param in target.params]
    calls: list[Value] = []
    for other in sorted(neighbours, key=lambda one: one.key):
        if other.key != target.key and [param.type for param in other.params] == wanted:
            calls += other.recorded[:_MOST_BORROWED]
    return calls[:_MOST_BORROWED]


def _harmless(targets: Iterable[Target]) -> list[Target]:
    return [target for target in targets if not target.effects - RUNNABLE_EFFECTS]


def _opening(import_name: str, targets: Iterable[Target], seed: int) -> dict[str, Json]:
    """The request that tells a child about the project."""
    known = list(targets)
    return {
        "do": "open",
        "import_name": import_name,
        "modules": [*sorted({target.module for target in known})],
        "signatures": [_signature(target) for target in known],
        "pools": pools([param.type for target in known for param in target.params], _POOL_EXAMPLES, seed),
    }


_KEYWORDS = {"keyword_only": "", "var_positional": "*", "var_keyword": "**"}
"""How a parameter is passed that can't be passed by position, before its name."""


def _signature(target: Target) -> Json:
    return {
        "key": target.key,
        "names": [param.name for param in target.params],
        "shapes": [shape_json(param.type, target.classes) for param in target.params],
        "required": sum(not param.has_default for param in target.params),
        "keywords": [
            _KEYWORDS[param.kind] + param.name for param in target.params if param.kind in _KEYWORDS
        ],
        "returns": shape_json(target.returns, target.classes),
        "moving": [*sorted(target.moving)],
        "new_result": target.new_result,
    }


def _explore(
    child: Child,
    target: Target,
    avoid: Sequence[str],
    budget: Budget,
    seed: int,
    borrowed: list[Value],
    repeater: Repeater,
) -> Evidence:
    """Search one target in a child, without the cases to avoid. Raises ChildDiedError."""
    began = time.monotonic()
    request: dict[str, Json] = {
        "do": "explore",
        "key": target.key,
        "native": target.native or target.key,
        "effort": budget.as_json(),
        "seed": seed,
        "recorded": encode(list(target.recorded)),
        "borrowed": encode(borrowed),
        "avoid": [*avoid],
        "dead": [str(line) for line in sorted(target.dead_lines)],
        "effects": [*sorted(target.effects)],
    }
    try:
        answer = child.ask(request, 60.0 + 4 * budget.seconds)
        seen = _read_evidence(target.key, answer, time.monotonic() - began)
    except (RequestFailedError, ValueError) as error:
        # An answer that can't be decoded is one that user code has meddled with.
        cause: Cause = "" if isinstance(error, RequestFailedError) else "channel"
        took = time.monotonic() - began
        return Evidence(target.key, reason=str(error), cause=cause, seconds=took, repeatable=False)
    return _asked_again(replace(seen, repeatable=_repeatable(seen)), target, answer, repeater)


def _asked_again(seen: Evidence, target: Target, answer: dict[str, Json], repeater: Repeater) -> Evidence:
    """The evidence, without differences on calls that Python answers otherwise in another process."""
    match answer:
        case {"evidence": {"kept": list(kept), "doubtful": list(doubtful)}}:
            found = repeater.wavering(target, [*doubtful, *kept])
        case _:
            return seen
    told = next((text for text in found if text), "")
    if not told:
        return seen
    # Where Python itself has no one answer, a difference says nothing; an end of the process does.
    sure = [one for one in seen.counterexamples if one.difference in ("crash", "hang")]
    return replace(
        seen,
        counterexamples=tuple(sure),
        mismatches=len(sure),
        flaky=True,
        repeatable=False,
        reason=f"{_WAVERS}: {told}",
    )


def _explained(child: Child, target: Target, found: Evidence, died: ChildDiedError) -> Evidence:
    """A counterexample that took a child down, with Python's answer, asked of a new child."""
    (example,) = found.counterexamples
    request: dict[str, Json] = {
        "do": "answer",
        "key": target.key,
        "args": died.text,
        "kind": example.difference,
    }
    match child.ask(request, 30.0):
        case {"call": str(call), "expected": str(expected), "pytest": str(pytest)} if expected:
            told = replace(example, call=call, expected=expected, pytest=pytest)
            return replace(found, counterexamples=(told,))
    return found


def _repeatable(seen: Evidence) -> bool:
    """Whether another search would see as much: not where Python wavered, or the guard on processor time
    ended the search short of its goal.
    """
    enough = seen.exhaustive or (seen.cases >= MINIMUM_CASES and seen.lines >= MINIMUM_LINES)
    hung = any(one.difference in ("hang", "crash") for one in seen.counterexamples)
    return not seen.flaky and not hung and (enough or not seen.guard)


def _read_evidence(key: str, answer: dict[str, Json], seconds: float) -> Evidence:
    """The evidence in a child's answer."""
    match answer:
        case {"reason": str(reason)}:
            return Evidence(key, reason=reason, seconds=seconds)
        case {
            "evidence": {
                "cases": int(cases),
                "recorded": int(recorded),
                "declined": int(declined),
                "discarded": int(discarded),
                "lines": (int() | float()) as lines,
                "branches": (int() | float()) as branches,
                "missed": list(missed),
                "missed_branches": list(missed_branches),
                "normal": bool(normal),
                "exhaustive": bool(exhaustive),
                "flaky": bool(flaky),
                "mismatches": list(mismatches),
                "kept": list(kept),
                "speedup": (int() | float() | None) as speedup,
                "progress": list(progress),
                "guard": str(guard),
                "precondition": str(precondition),
            }
        }:
            return Evidence(
                key,
                cases=cases,
                recorded=recorded,
                declined=declined,
                discarded=discarded,
                lines=float(lines),
                branches=float(branches),
                missed_lines=tuple(line for line in missed if isinstance(line, int)),
                missed_branches=tuple(map(_branch, missed_branches)),
                mismatches=len(mismatches),
                counterexamples=tuple(map(_counterexample, mismatches)),
                normal_return=normal,
                exhaustive=exhaustive,
                flaky=flaky,
                kept=tuple(map(_case, kept)),
                speedup=None if speedup is None else float(speedup),
                seconds=seconds,
                reason=_WAVERS if flaky else "",
                guard=guard,
                progress=tuple(map(_reached, progress)),
                precondition=precondition,
            )
    return Evidence(key, reason="the sandbox gave no usable answer", seconds=seconds)


def _reached(json: Json) -> tuple[int, float]:
    match json:
        case [int(cases), (int() | float()) as branches]:
            return cases, float(branches)
    raise RequestFailedError("not a number of cases and a share of branches")


def _branch(json: Json) -> tuple[int, int]:
    match json:
        case [int(line), int(to_line)]:
            return line, to_line
    raise RequestFailedError("not a branch")


def _counterexample(json: Json) -> Counterexample:
    match json:
        case [str(call), str(kind), str(expected), str(actual), str(pytest)]:
            for known in get_args(Difference):
                if kind == known:
                    return Counterexample(call, known, expected, actual, pytest)
    raise RequestFailedError("not a counterexample")


def _case(json: Json) -> Case:
    match json:
        case {
            "args": args,
            "after": after,
            "result": result,
            "raised": (str() | None) as raised,
            "message": str(message),
            "output": str(output),
        }:
            before_values, after_values = decode(args), decode(after)
            if isinstance(before_values, tuple) and isinstance(after_values, tuple):
                return Case(before_values, after_values, decode(result), raised, message, output)
    raise RequestFailedError("not a case")
