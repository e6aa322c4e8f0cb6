"""Candidates put to the proof: rustc first, then the same differential search that judges the compiler.

One trial takes at most one candidate of each function. They stand in the project's crate beside what they
call and nothing else, so that a trial costs what the candidates cost, not what the project does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from portalis import pipeline, stages
from portalis.compiler.given import Given
from portalis.compiler.proposals import with_given
from portalis.emit import cargo
from portalis.progress import SILENT
from portalis.translation.engine.rustc import TRIED, CandidateCrate, Checked
from portalis.translation.strict_arithmetic import NotStrict, made_strict, shifts, with_references_read

_MAX_CHECKS = 16
_MAX_PROBLEMS = 3


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a candidate.

    Attributes:
        rust: its text, as rewritten and formatted on the way.
        problems: why it does not stand, in words for whoever wrote it; empty where it does.
    """

    rust: str
    problems: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether nothing is known against it."""
        return not self.problems


class Trial:
    """Tries candidates against one run's project.

    Args:
        state: the run, its tests recorded and its own crate built.
    """

    def __init__(self, state: pipeline.State) -> None:
        self._state = state
        self._folder = state.scratch / "model"
        self._folder.mkdir(exist_ok=True)
        self._crate = CandidateCrate(
            pipeline.need(state.compilation), state.rejected, self._folder / "core", state.config.target
        )

    def compile(self, candidates: Mapping[str, str]) -> dict[str, Tried]:
        """Have rustc judge candidates, by item key; arithmetic that could overflow is made strict."""
        tried: dict[str, Tried] = {}
        left: dict[str, str] = {}
        for key, text in candidates.items():
            lossy = next(shifts(text), None)
            if lossy is None:
                left[key] = text
            else:
                why = f"`{lossy}` loses bits where the result passes the type: multiply instead"
                tried[key] = Tried(text, (why,))
        return tried | self._settled(left)

    def verify(self, candidates: Mapping[str, str]) -> dict[str, Tried]:
        """Have candidates that compile searched for a difference from the Python, by item key."""
        try:
            return self._verified(candidates)
        except cargo.RustRejected as problem:
            return self._apart(candidates, problem, self.verify)

    def _verified(self, candidates: Mapping[str, str]) -> dict[str, Tried]:
        given = {key: Given(text, TRIED) for key, text in candidates.items()}
        compilation = with_given(self._crate.base, given)
        state = replace(
            self._state, progress=SILENT, scratch=self._scratch(), crates=None, engine=None,
            compilation=compilation, rejected=self._crate.without(compilation, candidates), compiled=None,
            core=None, native=None, evidence={}, verdicts={}, seconds={}, profile="verify",
        )  # fmt: skip
        way = (stages.check_rust, stages.build_for_tests, stages.verify_items, stages.decide)
        pipeline.run_stages([(stage.__name__, stage) for stage in way], state)
        return {key: Tried(text, _shortcomings(state, key)) for key, text in candidates.items()}

    def _scratch(self) -> Path:
        return Path(tempfile.mkdtemp(prefix="trial-", dir=self._folder))

    def _settled(self, texts: Mapping[str, str]) -> dict[str, Tried]:
        """Checks and rewrites in turn, until rustc takes what is left and the lint is silent.

        rustc looks for some errors only where there are no others, so what fails is left out and asked again.
        """
        tried: dict[str, Tried] = {}
        left = dict(texts)
        for _ in range(_MAX_CHECKS):
            if not left:
                return tried
            try:
                checked = self._crate.check(left)
            except (cargo.CargoOverBounds, cargo.RustRejected) as problem:
                return tried | self._apart(left, problem, self._settled)
            changed = self._after_errors(checked, left, tried)
            if not changed and not any(one.errors for one in checked.values()):
                changed = self._after_lints(checked, left, tried)
                if not changed:
                    return tried | {key: Tried(text) for key, text in left.items()}
            left |= changed
        why = ("its errors and its arithmetic could not be settled",)
        return tried | {key: Tried(text, why) for key, text in left.items()}

    @staticmethod
    def _apart(
        texts: Mapping[str, str], problem: Exception, again: Callable[[dict[str, str]], dict[str, Tried]]
    ) -> dict[str, Tried]:
        """Halves, until what takes rustc for ever, or harms the crate around it, stands alone."""
        keys = list(texts)
        if len(keys) == 1:
            return {keys[0]: Tried(texts[keys[0]], (str(problem),))}
        middle = len(keys) // 2
        tried: dict[str, Tried] = {}
        for half in (keys[:middle], keys[middle:]):
            tried |= again({key: texts[key] for key in half})
        return tried

    @staticmethod
    def _after_errors(
        checked: Mapping[str, Checked], left: dict[str, str], tried: dict[str, Tried]
    ) -> dict[str, str]:
        """What has errors goes, but for arguments of ours that only want a reference read."""
        changed: dict[str, str] = {}
        for key, one in checked.items():
            if not one.errors:
                continue
            text = one.text
            if one.references:
                text = with_references_read(one.text, one.references)
            elif not one.others:
                text = with_references_read(one.text, (), one.mismatched)
            if text == one.text:
                tried[key] = Tried(left.pop(key), tuple(one.errors[:_MAX_PROBLEMS]))
            else:
                changed[key] = text
        return changed

    @staticmethod
    def _after_lints(
        checked: Mapping[str, Checked], left: dict[str, str], tried: dict[str, Tried]
    ) -> dict[str, str]:
        """What may overflow is rewritten, or goes."""
        changed: dict[str, str] = {}
        for key, one in checked.items():
            if one.overflowing:
                try:
                    changed[key] = made_strict(one.text, one.overflowing)
                except NotStrict as problem:
                    tried[key] = Tried(left.pop(key), (str(problem),))
                    continue
                if changed[key] == one.text:
                    # What is left of the lint can't wrap: division and remainder panic where they overflow.
                    del changed[key]
        return changed


def _shortcomings(state: pipeline.State, key: str) -> tuple[str, ...]:
    """Why a candidate is not verified, in words; empty where it is."""
    verdict = state.verdicts.get(key)
    if verdict is not None and verdict.status == "verified":
        return ()
    seen = state.evidence.get(key)
    if seen is not None and seen.counterexamples:
        differences = (
            f"`{one.call}` must give {one.expected}, and gives {one.actual}" for one in seen.counterexamples
        )
        return tuple(differences)[:_MAX_PROBLEMS]
    if key in state.rejected:
        return (state.rejected[key].message,)
    notes = verdict.diagnostics if verdict is not None else ()
    return tuple(one.message for one in notes) or ("it was not exercised",)
