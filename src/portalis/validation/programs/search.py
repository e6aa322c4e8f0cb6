"""The search for a case on which a program and its binary differ, guided by the lines that it comes to."""

from __future__ import annotations

import ast
import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from portalis.validation.child.codec import Json
from portalis.validation.evidence import MINIMUM_CASES, Counterexample, Evidence
from portalis.validation.programs.cases import CaseMaker, ProgramCase
from portalis.validation.programs.compare import DECLINED, beyond_limits, difference
from portalis.validation.sandbox import Child, ChildDiedError, Limits, RequestFailedError

_BATCH = 8
_TWICE = 6
_LONGER = 4
"""How many times its cases a search may take for what they rarely come into."""
_RUN_SECONDS = 5.0
CASES = {"quick": 96, "normal": 256, "thorough": 1024}
"""How many cases are run, by effort."""


@dataclass(frozen=True, slots=True)
class ProgramTarget:
    """A program to verify.

    Attributes:
        key: the item, `module:__main__`.
        module: the module's name, where it lies in a package; "" for a script of its own.
        script: the file that Python runs.
        binary: what Rust runs.
        root: the import root.
        texts: the sources of the project, by file.
        items: what is verified by running it, `__main__` among them: the file, first and last line of each.
        asks: whether it looks at its arguments, its input or files; if not, one case is all there is.
    """

    key: str
    module: str
    script: Path
    binary: Path
    root: Path
    texts: Mapping[str, str]
    items: Mapping[str, tuple[str, int, int]]
    asks: bool = True


@dataclass(slots=True)
class _Tally:
    """What was seen so far."""

    agreed: dict[ProgramCase, dict[str, set[int]]] = field(default_factory=dict)
    counterexamples: list[Counterexample] = field(default_factory=list)
    declined: int = 0
    discarded: int = 0
    flaky: bool = False
    returned: bool = False
    reason: str = ""
    wrong: dict[str, set[int]] = field(default_factory=dict)
    """The lines of the case on which the sides differ."""


def verify_programs(
    targets: Sequence[ProgramTarget], effort: str, seed: int, seconds: float, jobs: int
) -> dict[str, Evidence]:
    """The evidence of each program, and of the functions that are only exercised by running it."""
    found: dict[str, Evidence] = {}
    with ThreadPoolExecutor(jobs) as pool:
        searches = pool.map(lambda target: _verify(target, CASES[effort], seed, seconds), targets)
        for evidence in (one for each in searches for one in each):
            if evidence.key not in found or evidence.cases > found[evidence.key].cases:
                found[evidence.key] = evidence
    return found


def _verify(target: ProgramTarget, wanted: int, seed: int, seconds: float) -> list[Evidence]:
    """The evidence that runs of one program give."""
    start = time.monotonic()
    tally = _Tally()
    try:
        with _child(target) as child:
            _search(child, target, tally, wanted, seed, start + seconds)
    except (ChildDiedError, RequestFailedError, OSError) as error:
        tally.reason = f"its runs could not be finished: {error}"
    taken = time.monotonic() - start
    return [_evidence(key, place, target, tally, taken) for key, place in target.items.items()]


def _child(target: ProgramTarget) -> Child:
    limits = Limits(processes=16, open_files=256, case_seconds=_BATCH * 4 * _RUN_SECONDS)
    return Child([target.root, target.binary.parent], limits)


def _search(child: Child, target: ProgramTarget, tally: _Tally, wanted: int, seed: int, end: float) -> None:
    maker, rng = CaseMaker(target.texts.values(), seed), random.Random(f"{seed}:{target.key}")
    tried: set[ProgramCase] = set()
    waiting = maker.first() if target.asks else maker.first()[:1]
    if not target.asks:
        wanted = 1
    interesting: list[ProgramCase] = []
    reached: set[tuple[str, int]] = set()
    most = wanted * _LONGER
    while len(tried) < wanted and not tally.counterexamples and time.monotonic() < end:
        rare = _rarest(tally, target)
        while target.asks and len(waiting) < _BATCH:
            chosen = rng.random()
            if chosen < 0.5 and rare:
                waiting.append(maker.near(rng.choice(rare)))
            elif chosen < 0.75 and interesting:
                waiting.append(maker.near(rng.choice(interesting)))
            else:
                waiting.append(maker.fresh())
        batch = [case for case in dict.fromkeys(waiting[:_BATCH]) if case not in tried]
        waiting = waiting[_BATCH:]
        if not batch:
            wanted -= 1
            continue
        cases: list[Json] = [case.as_json(twice=len(tried) + at < _TWICE) for at, case in enumerate(batch)]
        tried.update(batch)
        answer = child.ask(_request(target, cases), _BATCH * 4 * _RUN_SECONDS)
        runs = answer["runs"]
        assert isinstance(runs, list)
        for case, run in zip(batch, runs, strict=True):
            lines = _judged(tally, target, case, run)
            places = {(file, line) for file, seen in lines.items() for line in seen}
            if places - reached:
                reached |= places
                interesting.append(case)
        if tally.discarded >= _BATCH and not tally.agreed:
            tally.reason = f"its Python takes more than {_RUN_SECONDS:.0f} s, or more memory than there is"
            return
        if (
            target.asks
            and len(tried) >= wanted
            and wanted < most
            and 0 < len(_rarest(tally, target)) < MINIMUM_CASES
        ):
            wanted += _BATCH


def _rarest(tally: _Tally, target: ProgramTarget) -> list[ProgramCase]:
    """The agreeing cases that come into the item which the fewest come into."""
    found: list[list[ProgramCase]] = []
    for file, first, last in target.items.values():
        wanted = _lines(target.texts[file], first, last)
        found.append([case for case, seen in tally.agreed.items() if seen.get(file, set()) & wanted])
    return min((cases for cases in found if cases), key=len, default=[])


def _request(target: ProgramTarget, cases: list[Json]) -> dict[str, Json]:
    return {
        "do": "program",
        "script": str(target.script),
        "module": target.module,
        "root": str(target.root),
        "binary": str(target.binary),
        "seconds": _RUN_SECONDS,
        "cases": cases,
    }


def _judged(tally: _Tally, target: ProgramTarget, case: ProgramCase, run: Json) -> dict[str, set[int]]:
    """Count one case; the lines that it came to, by file, where both sides agreed."""
    assert isinstance(run, dict)
    original, again, binary, lines = (run[name] for name in ("original", "again", "binary", "lines"))
    assert isinstance(original, dict)
    assert isinstance(binary, dict)
    assert isinstance(lines, dict)
    if beyond_limits(original):
        tally.discarded += 1
        return {}
    if isinstance(again, dict) and difference(original, {**again, "stderr": _said(again)}) is not None:
        tally.flaky = True
        tally.reason = "Python itself does not do the same twice"
        return {}
    if binary["status"] == DECLINED:
        tally.declined += 1
        return {}
    seen = {
        str(file): {int(str(one)) for one in found}
        for file, found in lines.items()
        if isinstance(found, list)
    }
    differs = difference(original, binary)
    if differs is not None:
        kind, expected, actual = differs
        tally.counterexamples.append(
            Counterexample(case.describe(target.script.name), kind, expected, actual)
        )
        tally.wrong = seen
        return {}
    tally.returned |= original["status"] == 0
    tally.agreed[case] = seen
    return seen


def _said(run: Mapping[str, Json]) -> str:
    from portalis.validation.programs.compare import without_traceback

    return without_traceback(str(run["stderr"]))


def _evidence(
    key: str, place: tuple[str, int, int], target: ProgramTarget, tally: _Tally, seconds: float
) -> Evidence:
    """The evidence of one item: the runs that came into it, and the lines that they reached."""
    file, first, last = place
    wanted = _lines(target.texts[file], first, last)
    cases = [seen[file] & wanted for seen in tally.agreed.values() if seen.get(file, set()) & wanted]
    reached = set().union(*cases)
    lines = len(reached) / len(wanted) if wanted else 1.0
    to_blame = key == target.key or bool(tally.wrong.get(file, set()) & wanted)
    wrong = tally.counterexamples if to_blame else []
    return Evidence(
        key,
        cases=len(cases),
        declined=tally.declined,
        discarded=tally.discarded,
        lines=lines,
        branches=lines,
        missed_lines=tuple(sorted(wanted - reached)),
        mismatches=len(wrong),
        counterexamples=tuple(wrong),
        normal_return=tally.returned,
        exhaustive=not target.asks and bool(cases),
        flaky=tally.flaky,
        seconds=seconds,
        reason=tally.reason
        or ("the program differs on another case" if tally.counterexamples and not wrong else ""),
        repeatable=not tally.discarded,
    )


def _lines(text: str, first: int, last: int) -> set[int]:
    """The lines of a definition on which a statement of its body begins, docstrings aside."""
    found: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.stmt) and first < node.lineno <= last:
            constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            silent = isinstance(node, (ast.Global, ast.Nonlocal, ast.Pass))
            if not constant and not silent:
                found.add(node.lineno)
    return found
