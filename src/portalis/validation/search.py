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

from portalis.validation.child.codec import Json, decode, encode
from portalis.validation.containment import Cause
from portalis.validation.crew import Crew, lots
from portalis.validation.evidence import (
    MINIMUM_CASES,
    MINIMUM_LINES,
    Case,
    Counterexample,
    Difference,
    Effort,
    Evidence,
    Target,
)
from portalis.validation.sandbox import Child, ChildDiedError, Limits, RequestFailedError
from portalis.validation.shapes import pools, shape_json

_POOL_EXAMPLES = 60
_HARMLESS = frozenset({"print"})


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
    "quick": Budget(96, 120, 900, 6.0, 16, 6, 15_000_000),
    "normal": Budget(200, 240, 3000, 15.0, 24, 8, 40_000_000),
    "thorough": Budget(2000, 2500, 40_000, 240.0, 48, 60, 900_000_000),
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
        harm = sorted(target.effects - _HARMLESS)
        if harm:
            evidence[target.key] = Evidence(target.key, reason=f"not run, it may touch {', '.join(harm)}")
        else:
            runnable.append(target)
    if not runnable:
        return evidence
    budget = effort if isinstance(effort, Budget) else BUDGETS[effort]
    opening = _opening(import_name, _harmless(known) or runnable, seed)

    def note(seen: Evidence) -> None:
        if found is not None:
            found(seen)
        if progress is not None:
            progress(seen.key)

    workers = jobs or os.cpu_count() or 1
    work = lots(runnable, seconds, workers)
    with tempfile.TemporaryDirectory(prefix="portalis-bytecode-") as bytecode:
        crew = Crew(
            start=lambda: Child([hybrid_dir], Limits(), {"PORTALIS_DISABLE": "1"}, Path(bytecode)),
            opening=lambda child: child.ask(opening, 120.0),
            explore=lambda child, target, avoid: _explore(child, target, avoid, budget, seed),
            explain=_explained,
            end=time.monotonic() + budget_seconds,
            found=note,
        )
        return evidence | crew.run(work, min(workers, len(work)))


def _harmless(targets: Iterable[Target]) -> list[Target]:
    return [target for target in targets if not target.effects - _HARMLESS]


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


def _signature(target: Target) -> Json:
    return {
        "key": target.key,
        "names": [param.name for param in target.params],
        "shapes": [shape_json(param.type, target.classes) for param in target.params],
        "required": sum(not param.has_default for param in target.params),
        "keywords": [param.name for param in target.params if param.kind == "keyword_only"],
        "returns": shape_json(target.returns, target.classes),
    }


def _explore(child: Child, target: Target, avoid: Sequence[str], budget: Budget, seed: int) -> Evidence:
    """Search one target in a child, without the cases to avoid. Raises ChildDiedError."""
    began = time.monotonic()
    request: dict[str, Json] = {
        "do": "explore",
        "key": target.key,
        "native": target.native or target.key,
        "effort": budget.as_json(),
        "seed": seed,
        "recorded": encode(list(target.recorded)),
        "avoid": [*avoid],
        "dead": [str(line) for line in sorted(target.dead_lines)],
    }
    try:
        answer = child.ask(request, 60.0 + 4 * budget.seconds)
        seen = _read_evidence(target.key, answer, time.monotonic() - began)
    except (RequestFailedError, ValueError) as error:
        # An answer that can't be decoded is one that user code has meddled with.
        cause: Cause = "" if isinstance(error, RequestFailedError) else "channel"
        took = time.monotonic() - began
        return Evidence(target.key, reason=str(error), cause=cause, seconds=took, repeatable=False)
    return replace(seen, repeatable=_repeatable(seen, budget))


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


def _repeatable(seen: Evidence, budget: Budget) -> bool:
    """Whether another search would see as much: not where Python wavered, or the guard on processor time may
    have ended the search short of its goal.
    """
    enough = seen.exhaustive or (seen.cases >= MINIMUM_CASES and seen.lines >= MINIMUM_LINES)
    hung = any(one.difference in ("hang", "crash") for one in seen.counterexamples)
    return not seen.flaky and not hung and (enough or seen.seconds < budget.seconds)


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
                reason="python does not answer the same twice" if flaky else "",
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
