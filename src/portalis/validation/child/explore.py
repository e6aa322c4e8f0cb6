"""The search: run cases on both sides, keep what reaches new lines, branches or endings, mutate that, stop
when it pays no more.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator, Sequence

from .caps import Caps
from .compare import error_message, mutable_parts
from .compose import Args, Sibling, accepts, from_sibling, overlays, repair, text_positions
from .draw import Drawer, boundaries
from .hints import gather
from .mutate import mutate, neighbours
from .outcome import Outcome
from .reach import Arc, Reach
from .shape import Shape, can_make, domain
from .shrink import shrink
from .tally import Effort, Seed, Tally
from .trial import WARM_UP_SECONDS, Difference, Trial

MAX_MISMATCHES = 3
LINES_WANTED = 0.9
CASES_WANTED = 64
_NEIGHBOURS_EVERY = 40
_VISITS = 3
_OVERLAID = 4
_SHRINK_SECONDS = 3.0
_MAX_CASE_TEXT = 50_000
_MAX_CORPUS = 160


class Search:
    """One item's search. `avoid` holds texts of cases that took an earlier child down while Python ran."""

    def __init__(
        self,
        trial: Trial,
        effort: Effort,
        seed: int,
        project_modules: frozenset[str],
        pools: dict[Shape, list[object]],
        siblings: list[Sibling],
        recorded: Sequence[Args],
        avoid: frozenset[str],
        dead: frozenset[int],
    ) -> None:
        self.trial = trial
        self._effort = effort
        self._shapes = trial.subject.signature.shapes
        self._siblings = siblings
        self._recorded = [args for args in recorded if len(args) == len(self._shapes)]
        self._avoid = avoid
        self._seen: set[str] = set()
        self._endings: set[tuple[object, ...]] = set()
        self._corpus: list[Seed] = []
        self.kept: list[tuple[Args, Outcome]] = []
        self._repair_luck = 1.0
        self._end = 0.0
        self._wall_end = 0.0
        self._visits = 0
        self._overlaid = False
        self.tally = Tally()
        self.reach = Reach(trial.subject.function.__code__, dead)
        self._rng = random.Random(f"{seed}:{trial.subject.signature.key}")
        caps = Caps()
        for _ in avoid:
            caps.tighten_all()
        hints = gather(trial.subject.function, project_modules)
        known = [arg for args in self._recorded for arg in args if isinstance(arg, str)][:60]
        self._drawer = Drawer(self._rng, hints, pools, known, caps)

    def run(self) -> None:
        """Search until the goal is met, nothing new comes, or the budget is spent."""
        if self._run_domain():
            return
        # A first call may load tables; that must not count against the case.
        self.trial.original(self._base(), seconds=WARM_UP_SECONDS)
        self._end = time.process_time() + self._effort.seconds
        self._wall_end = time.monotonic() + 6 * self._effort.seconds
        for args in self._recorded:
            self._case(args, True)
        for args in itertools.chain(self._doors(), self._boundary_cases()):
            if self._over():
                return
            if self._drawer.caps.allow(args):
                self._case(args, False)
        while not self._over() and not self._enough():
            self._case(self._next(), False)
            if self.tally.agreed % _NEIGHBOURS_EVERY == 0 or self._enough():
                self._visit_neighbours()
            if self.tally.since_news > self._effort.patience and self.reach.line_share() < LINES_WANTED:
                self._overlay_literals()
        self._check_again()

    def _visit_neighbours(self) -> None:
        """Run the fixed edits of inputs not yet visited, one argument at a time; a few inputs only, accepted
        ones first.
        """
        waiting = [seed for seed in self._corpus if not seed.visited]
        waiting.sort(key=lambda seed: not seed.normal)
        for seed in waiting[:_VISITS]:
            seed.visited = True
            self._visits += 1
            if self._visits > self._effort.visits:
                return
            for at, value in enumerate(seed.args):
                for other in neighbours(value):
                    changed = (*seed.args[:at], other, *seed.args[at + 1 :])
                    if not self._over() and self._drawer.caps.allow(changed):
                        self._case(changed, False)

    def _overlay_literals(self) -> None:
        """Once, where lines are still missing: put the function's literals at every place of accepted
        strings, repaired.
        """
        if self._overlaid:
            return
        self._overlaid = True
        accepted = [seed.args for seed in self._corpus if seed.normal] or [seed.args for seed in self._corpus]
        for args in accepted[:_OVERLAID]:
            for changed in overlays(args, self._drawer.hints.own_strings):
                if self._over() or self.reach.line_share() >= LINES_WANTED:
                    return
                self._case(changed, False)
                if not accepts(self.trial.original(changed)):
                    repaired = repair(changed, self.trial.original, self._is_new, self._rng)
                    if repaired is not None:
                        self._case(repaired, False)

    def _over(self) -> bool:
        tally = self.tally
        short = tally.agreed < CASES_WANTED
        return (
            tally.attempts >= self._effort.attempts
            or len(tally.mismatches) >= MAX_MISMATCHES
            or tally.flaky
            or time.monotonic() > self._wall_end
            or time.process_time() > self._end + (3 * self._effort.seconds if short else 0.0)
        )

    def _enough(self) -> bool:
        tally, effort = self.tally, self._effort
        if not tally.normal or self.reach.line_share() < LINES_WANTED or tally.agreed < effort.cases:
            return tally.since_news > 5 * effort.patience
        if self.reach.complete:
            return tally.since_news > effort.patience // 4
        return tally.since_news > effort.patience

    def _run_domain(self) -> bool:
        """Run every input there is, where that is few; whether it was."""
        columns = [domain(shape) for shape in self._shapes]
        rows: list[Args] = [()]
        for column in columns:
            if column is None or len(rows) * len(column) > 512:
                return False
            rows = [(*row, value) for row in rows for value in column]
        for row in rows:
            self._case(row, False)
        self.tally.exhaustive = self.tally.agreed == len(rows)
        return True

    def _doors(self) -> Iterator[Args]:
        """Inputs of a type next to the declared one, which Rust must decline or answer as Python does."""
        wrong: dict[str, tuple[object, ...]] = {
            "int": (True, 2.0),
            "float": (3, True),
            "str": ("\ud800", b"a"),
            "bool": (1,),
            "list": ((),),
            "vartuple": ([],),
            "bytes": ("a",),
        }
        base = (
            self._recorded[0] if self._recorded else tuple(self._drawer.draw(shape) for shape in self._shapes)
        )
        for at, shape in enumerate(self._shapes):
            for value in wrong.get(shape.kind, ()):
                yield (*base[:at], value, *base[at + 1 :])

    def _boundary_cases(self) -> list[Args]:
        """Each parameter's boundary values in turn, the others drawn or recorded."""
        rows: list[Args] = []
        for at, shape in enumerate(self._shapes):
            for value in boundaries(shape, self._drawer):
                base = self._base()
                rows.append((*base[:at], value, *base[at + 1 :]))
        self._rng.shuffle(rows)
        return rows[: max(32, self._effort.cases // 2)]

    def _base(self) -> Args:
        if self._recorded and self._rng.random() < 0.7:
            return self._rng.choice(self._recorded)
        return self._fresh()

    def _fresh(self) -> Args:
        return tuple(self._drawer.draw(shape) for shape in self._shapes)

    def _next(self) -> Args:
        """The next input: a neighbour of a good one, a mixture of two, a repaired one, a sibling's, or a
        fresh one.
        """
        rng = self._rng
        if not self._corpus:
            return self._fresh()
        seed = self._pick()
        roll = rng.random()
        if roll < 0.42:
            return self._mutated(seed.args)
        if roll < 0.5 and len(self._shapes) > 1:
            other = self._pick().args
            return tuple(rng.choice(pair) for pair in zip(seed.args, other, strict=True))
        if roll < 0.64:
            return self._repaired(seed) or self._mutated(seed.args)
        if roll < 0.74:
            probed = from_sibling(self._mutated(seed.args), self._shapes, self._siblings, rng)
            return probed or self._mutated(seed.args)
        if roll < 0.77:
            return self._aliased(seed.args)
        return self._fresh()

    def _pick(self) -> Seed:
        rng = self._rng
        normal = [seed for seed in self._corpus if seed.normal]
        return rng.choice(normal) if normal and rng.random() < 0.6 else rng.choice(self._corpus)

    def _mutated(self, args: Args) -> Args:
        rng = self._rng
        changed = list(args)
        for _ in range(1 if rng.random() < 0.8 else 2):
            at = rng.randrange(len(changed))
            changed[at] = mutate(changed[at], self._shapes[at], self._drawer)
        return tuple(changed)

    def _repaired(self, seed: Seed) -> Args | None:
        """An accepted neighbour, looked for as long as that has been worth its calls."""
        tally = self.tally
        if not text_positions(seed.args) or tally.normal * 3 > tally.agreed > 20:
            return None
        if self._rng.random() > self._repair_luck:
            return None
        start = self._mutated(seed.args) if seed.normal else seed.args
        found = repair(start, self.trial.original, self._is_new, self._rng)
        self._repair_luck = 1.0 if found is not None else max(self._repair_luck * 0.8, 0.1)
        return found

    def _is_new(self, outcome: Outcome) -> bool:
        return _ending(outcome) not in self._endings

    def _aliased(self, args: Args) -> Args:
        """The same mutable object for two parameters of one shape."""
        pairs = [
            (one, other)
            for one, other in itertools.combinations(range(len(args)), 2)
            if self._shapes[one] == self._shapes[other] and mutable_parts(args[one], set())
        ]
        if not pairs:
            return self._mutated(args)
        one, other = self._rng.choice(pairs)
        return (*args[:other], args[one], *args[other + 1 :])

    def _case(self, args: Args, recorded: bool) -> None:
        """Run one case on both sides and learn from it."""
        tally = self.tally
        tally.attempts += 1
        tally.since_news += 1
        text = repr(args)
        if text in self._seen or text in self._avoid or len(text) > _MAX_CASE_TEXT:
            return
        self._seen.add(text)
        arcs: set[Arc] | None = None
        if not self.reach.complete:
            self.reach.watch()
        try:
            left = self.trial.original(args, text)
        finally:
            if not self.reach.complete:
                arcs = self.reach.unwatch()
        if left.expired and arcs is not None:
            # Tracing is slow; without it the call may well keep to its time.
            left, arcs = self.trial.original(args, text), None
        if left.expired:
            self._discarded(args, left.seconds)
            return
        right = self.trial.translation(args, left.seconds)
        difference = self.trial.difference(args, left, right)
        if difference is not None:
            self._mismatch(args, difference)
        elif self.trial.has_declined(right):
            self._declined(args)
        else:
            self._agreed(args, left, arcs, recorded)

    def _discarded(self, args: Args, seconds: float) -> None:
        """Count a case on which Python passed a limit, draw smaller, and don't charge the first few to the
        budget.
        """
        self.tally.discarded += 1
        self._drawer.caps.tighten(args)
        if self.tally.discarded <= 10:
            self._end += 2 * seconds

    def _declined(self, args: Args) -> None:
        """Count a decline; where most calls decline, draw plainer values, then smaller ones."""
        tally = self.tally
        tally.declined += 1
        if tally.declined > 24 and tally.declined > tally.agreed // 4:
            self._drawer.caps.plainer()
        if tally.declined > 48 and tally.declined > tally.agreed and tally.declined % 8 == 0:
            self._drawer.caps.tighten(args)

    def _agreed(self, args: Args, left: Outcome, arcs: set[Arc] | None, recorded: bool) -> None:
        tally = self.tally
        tally.agreed += 1
        tally.recorded += recorded
        tally.normal += left.error is None
        news = self.reach.keep(arcs) if arcs is not None else False
        if tally.agreed & (tally.agreed - 1) == 0:
            tally.progress.append((tally.agreed, self.reach.branch_share()))
        ending = _ending(left)
        fresh = ending not in self._endings and len(self._endings) < _MAX_CORPUS
        if fresh:
            self._endings.add(ending)
        if news:
            tally.since_news = 0
        telling = news or fresh
        if (telling or (recorded and len(self._corpus) < 40)) and len(self._corpus) < _MAX_CORPUS:
            self._corpus.append(Seed(args, left.error is None))
        if (telling or recorded or len(self.kept) < 8) and len(self.kept) < self._effort.kept:
            self.kept.append((args, left))

    def _mismatch(self, args: Args, found: Difference) -> None:
        """Make sure it is not Python that wavers, then shrink and note it."""
        trial = self.trial
        again, once_more = trial.original(args), trial.original(args)
        if again.expired or trial.difference(args, again, once_more) is not None:
            self.tally.flaky = True
            return
        if found.kind != "hang":
            end = time.monotonic() + _SHRINK_SECONDS
            kind = found.kind
            args = shrink(args, lambda one: time.monotonic() < end and _kind(trial.both(one)) == kind)
            found = trial.both(args) or found
        self.tally.mismatches.setdefault(repr(args), (args, found))

    def _check_again(self) -> None:
        """Run Python again on some kept cases: it must answer as before, and share state only where Rust
        does.
        """
        for args, before in self.kept[:6]:
            again = self.trial.original(args)
            if again.expired:
                continue
            if self.trial.difference(args, before, again) is not None:
                self.tally.flaky = True
                return
            shared = self.trial.shared_state(args) if mutable_parts(before.result, set()) else None
            if shared is not None:
                self.tally.mismatches.setdefault(repr(args), (args, shared))
                return


def unmakeable(shapes: Sequence[Shape], names: Sequence[str]) -> str:
    """Which parameter no input can be made for, in words; "" where there is none."""
    for name, shape in zip(names, shapes, strict=True):
        if not can_make(shape):
            return f"no inputs can be made for parameter `{name}` of type {shape.text or shape.kind}"
    return ""


def _kind(found: Difference | None) -> str:
    return found.kind if found is not None else ""


def _ending(outcome: Outcome) -> tuple[object, ...]:
    """What distinguishes one way of ending from another, coarsely."""
    if outcome.error is not None:
        return type(outcome.error), error_message(outcome.error)[:24], outcome.place
    result = outcome.result
    if isinstance(result, (str, bytes, list, dict, set, tuple)):
        return type(result), min(len(result), 20)
    if isinstance(result, bool) or result is None:
        return type(result), result
    if isinstance(result, (int, float)):
        return type(result), result > 0, result == 0
    return (type(result),)
