"""Verification of many functions: children that search, a parent that hands out work and outlives every
crash.

Items are grouped by module, so that a child imports little, and given to a few children at once. A child
that dies or hangs while the translation runs has found a mismatch; one that does so while Python runs has
lost that case, and its item is searched again without it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import get_args

from portalis.validation.child.codec import Json, decode, encode
from portalis.validation.evidence import Case, Counterexample, Difference, Effort, Evidence, Target
from portalis.validation.sandbox import Child, ChildDiedError, Limits, RequestFailedError
from portalis.validation.shapes import pools, shape_json

_RETRIES = 3
_POOL_EXAMPLES = 60
_HARMLESS = frozenset({"print"})


@dataclass(frozen=True, slots=True)
class Budget:
    """What an effort means for one item: agreeing cases wanted, cases without news, attempts, seconds of
    processor time for the guard, cases kept, kept inputs whose comparisons are followed, lines of Python in
    all.
    """

    cases: int
    patience: int
    attempts: int
    seconds: float
    kept: int
    visits: int
    lines: int

    def as_json(self) -> list[Json]:
        return [self.cases, self.patience, self.attempts, self.seconds, self.kept, self.visits, self.lines]


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
) -> dict[str, Evidence]:
    """Run each target's original beside its translation and return the evidence by key.

    `hybrid_dir` holds the package `import_name` with its extension; `seed` fixes every draw;
    `budget_seconds` bounds the whole in wall time (what is left over is given the reason "the time budget
    was spent"); `jobs` is the number of children at once, by default the number of cores; `progress` is
    called with each key that is done. `known` are all targets of the project, where `targets` are only some:
    a search is then the same as among all of them.
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
    work: SimpleQueue[list[Target]] = SimpleQueue()
    for _, group in groupby(sorted(runnable, key=lambda target: target.key), lambda target: target.module):
        work.put(list(group))
    with tempfile.TemporaryDirectory(prefix="portalis-bytecode-") as bytecode:
        crew = _Crew(
            hybrid_dir=hybrid_dir,
            opening=_opening(import_name, _harmless(known) or runnable, seed),
            bytecode=Path(bytecode),
            budget=effort if isinstance(effort, Budget) else BUDGETS[effort],
            seed=seed,
            end=time.monotonic() + budget_seconds,
            progress=progress,
        )
        workers = max(1, min(jobs or os.cpu_count() or 1, work.qsize()))
        with ThreadPoolExecutor(workers) as pool:
            for found in pool.map(lambda _: crew.work(work), range(workers)):
                evidence.update(found)
    return evidence


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
        "shapes": [shape_json(param.type) for param in target.params],
        "required": sum(not param.has_default for param in target.params),
        "keywords": [param.name for param in target.params if param.kind == "keyword_only"],
        "returns": shape_json(target.returns),
    }


@dataclass(frozen=True, slots=True)
class _Crew:
    """What the workers of one run share."""

    hybrid_dir: Path
    opening: dict[str, Json]
    bytecode: Path
    budget: Budget
    seed: int
    end: float
    progress: Callable[[str], None] | None

    def work(self, queue: SimpleQueue[list[Target]]) -> dict[str, Evidence]:
        """Take groups of targets from the queue until it is empty, with one child after another."""
        evidence: dict[str, Evidence] = {}
        waiting: list[Target] = []
        deaths: dict[str, list[ChildDiedError]] = {}
        while waiting or (waiting := _take(queue)):
            with self._child() as child:
                try:
                    child.ask(self.opening, 120.0)
                except (ChildDiedError, RequestFailedError) as error:
                    reason = f"the extension did not load: {error}"
                    evidence.update({target.key: Evidence(target.key, reason=reason) for target in waiting})
                    waiting = []
                    continue
                alive = True
                while alive and (waiting or (waiting := _take(queue))):
                    target = waiting[0]
                    died = deaths.setdefault(target.key, [])
                    found: Evidence | None
                    try:
                        found = self._explore(child, target, died)
                    except ChildDiedError as error:
                        alive = False
                        died.append(error)
                        found = self._explained(target, _post_mortem(target, died), died[-1])
                    if found is not None:
                        waiting.pop(0)
                        evidence[target.key] = found
                        self._done(target)
        return evidence

    def _child(self) -> Child:
        return Child([self.hybrid_dir], Limits(), {"PORTALIS_DISABLE": "1"}, self.bytecode)

    def _explained(self, target: Target, found: Evidence | None, died: ChildDiedError) -> Evidence | None:
        """A counterexample that took a child down, with Python's answer, asked of a new child."""
        if found is None or not found.counterexamples:
            return found
        (example,) = found.counterexamples
        request: dict[str, Json] = {
            "do": "answer",
            "key": target.key,
            "args": died.text,
            "kind": example.difference,
        }
        try:
            with self._child() as child:
                child.ask(self.opening, 120.0)
                answer = child.ask(request, 30.0)
        except (ChildDiedError, RequestFailedError):
            return found
        match answer:
            case {"call": str(call), "expected": str(expected), "pytest": str(pytest)} if expected:
                told = replace(example, call=call, expected=expected, pytest=pytest)
                return replace(found, counterexamples=(told,))
        return found

    def _done(self, target: Target) -> None:
        if self.progress is not None:
            self.progress(target.key)

    def _explore(self, child: Child, target: Target, died: Sequence[ChildDiedError]) -> Evidence:
        """Search one target in a child. Raises ChildDiedError."""
        if time.monotonic() > self.end:
            return Evidence(target.key, reason="the time budget was spent")
        began = time.monotonic()
        request: dict[str, Json] = {
            "do": "explore",
            "key": target.key,
            "native": target.native or target.key,
            "effort": self.budget.as_json(),
            "seed": self.seed,
            "recorded": encode(list(target.recorded)),
            "avoid": [error.text for error in died],
            "dead": [str(line) for line in sorted(target.dead_lines)],
        }
        try:
            answer = child.ask(request, 60.0 + 4 * self.budget.seconds)
        except RequestFailedError as error:
            return Evidence(target.key, reason=str(error), seconds=time.monotonic() - began)
        return _read_evidence(target.key, answer, time.monotonic() - began)


def _take(queue: SimpleQueue[list[Target]]) -> list[Target]:
    try:
        return queue.get_nowait()
    except Empty:
        return []


def _post_mortem(target: Target, died: Sequence[ChildDiedError]) -> Evidence | None:
    """What the death of a child says about a target; None when it should be searched again."""
    last = died[-1]
    name = f"{target.module}.{target.key.partition(':')[2]}"
    if last.phase == "translation":
        difference: Difference = "hang" if last.hung else "crash"
        actual = "does not end" if last.hung else f"ends the process ({last.detail})"
        call = name + _as_call(last.text)
        example = Counterexample(call, difference, "answers", actual)
        return Evidence(target.key, mismatches=1, counterexamples=(example,))
    if len(died) < _RETRIES:
        return None
    return Evidence(
        target.key, discarded=len(died), reason=f"python itself {last} on {name}{_as_call(last.text)}"
    )


def _as_call(text: str) -> str:
    """`('a',)` as `('a')`, the arguments' tuple as a call's parentheses."""
    return text[:-2] + ")" if text.endswith(",)") else text


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
