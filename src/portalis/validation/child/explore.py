"""The search: run cases on both sides, keep what reaches new lines, branches, comparisons or endings, mutate
that, stop when it pays no more.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from .callers import Caller
from .caps import Caps
from .compare import error_message, mutable_parts, same_when_unshared
from .compose import Args, Sibling, accepts, overlays, repair, text_positions
from .construct import Constructors
from .cost import CASE_LINES, PROBE_LINES, WEIGHED_EVERY, Meter
from .draw import Drawer
from .fits import fits
from .guide import Guide
from .hints import gather
from .inputs import Inputs
from .learned import Learned, learn
from .outcome import Outcome
from .reach import Arc, Reach
from .recipe import Recipe, holds_recipe
from .shape import Shape, can_make
from .shrink import shrink
from .tally import Effort, Seed, Tally
from .telling import Telling
from .trial import Difference, Trial
from .within import Within

LINES_WANTED = 0.9
CASES_WANTED = 64
_NEIGHBOURS_EVERY = 40
_VISITS = 3
_OVERLAID = 4
_LIKE_ACCEPTED = 0.4
_MAX_CASE_TEXT = 50_000
_MAX_CORPUS = 160
_MOST_DISCARDED = 3


class Search:
    """One item's search. `avoid` holds texts of cases that took an earlier child down while Python ran,
    `borrowed` real calls of other functions of the same types.
    """

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
        borrowed: Sequence[Args] = (),
        callers: Sequence[Caller] = (),
    ) -> None:
        self.trial = trial
        self._effort = effort
        shapes = trial.subject.signature.shapes
        self._recorded = [args for args in recorded if len(args) == len(shapes)]
        self._avoid = avoid
        self._seen: set[str] = set()
        self._made: dict[int, bool] = {}
        self._endings: set[tuple[object, ...]] = set()
        self.kept: list[tuple[Args, Outcome]] = []
        self.doubtful: list[tuple[Args, Outcome]] = []
        self._repair_luck = 1.0
        self._visits = 0
        self._overlaid = False
        self._told = 0
        self.learned: Learned | None = None
        self.tally = Tally()
        self.meter = Meter(effort.lines, effort.seconds)
        self.reach = Reach(trial.subject.function.__code__, dead)
        self._guide = Guide(trial)
        self._rng = random.Random(f"{seed}:{trial.subject.signature.key}")
        caps = Caps()
        for _ in avoid:
            caps.tighten_all()
        hints = gather(trial.subject.function, project_modules)
        self._borrowed = [args for args in borrowed if all(map(fits, args, shapes))]
        known = [arg for args in (*self._recorded, *self._borrowed) for arg in args if isinstance(arg, str)][
            :60
        ]
        self._drawer = Drawer(
            self._rng, hints, pools, known, caps, self._makeable, Constructors(trial).toward
        )
        self._typed = [args for args in self._recorded if all(map(fits, args, shapes))]
        self._inputs = Inputs(shapes, self._drawer, self._typed or self._borrowed, siblings)
        self._within = Within(trial, callers, self._drawer, self._inside)

    def run(self) -> None:
        """Search until the goal is met, nothing new comes, or the budget is spent."""
        self.meter.start()
        if not self._run_domain():
            base = self._inputs.base()
            if self._is_made(base):
                self.trial.warm_up(base)
            for args in self._recorded:
                self._case(args, True)
            self._run_all(self._borrowed)
            self._run_all(self._inputs.sweep())
            self._run_all(self._inputs.doors())
            self._run_telling()
            self._run_all(self._inputs.boundary_cases(max(32, self._effort.cases // 2)))
            self._run_learned()
            self._wander()
            self._check_again()
        if self.trial.struck:
            self.meter.strike(self.trial.struck)

    def _run_telling(self) -> None:
        """Run the few inputs that every search tries beside what it draws: they don't count towards its
        goal.
        """
        tally, before = self.tally, (self.tally.agreed, self.tally.since_news)
        telling = Telling(self.trial.subject.signature.shapes, self._drawer)
        late = tally.discarded + _MOST_DISCARDED
        for args in telling.all():
            if self._over():
                break
            # Declines make what is drawn smaller; these are few enough to be run all the same.
            if tally.discarded < late or self._drawer.caps.allow(args):
                self._case(args, False)
        self._told = tally.agreed - before[0]
        tally.since_news = min(tally.since_news, before[1])

    def _run_learned(self) -> None:
        """Where Python refuses nearly all that is drawn by type, run inputs like the calls it accepted."""
        names = self.trial.subject.signature.names
        learned = learn(names, self._typed, self._probe, iter(self._inputs.fresh, None))
        if learned is not None:
            self.learned = learned
            self._run_all(learned.draw(self._rng) for _ in range(self._effort.cases))

    def _wander(self) -> None:
        """Follow what was kept, for as long as it leads to something new."""
        # What came before was laid down: that it brought no news is no sign that following it brings none.
        self.tally.since_news = 0
        if self.reach.line_share() < LINES_WANTED:
            self._run_all(self._within.cases(self.reach))
        self._visit_neighbours()
        while not self._over() and not self._enough():
            self._case(self._next(), False)
            if self.tally.agreed % _NEIGHBOURS_EVERY == 0 or self._enough():
                self._visit_neighbours()
            if self.tally.since_news > self._effort.patience and self.reach.line_share() < LINES_WANTED:
                self._overlay_literals()

    def _run_all(self, rows: Iterable[Args]) -> None:
        """Run cases until the budget is spent, but for those that are known to be too large."""
        for args in rows:
            if self._over():
                return
            if self._drawer.caps.allow(args):
                self._case(args, False)

    def _visit_neighbours(self) -> None:
        """Run what the comparisons of kept inputs lead to, and their fixed edits; a few inputs only, accepted
        ones first.
        """
        waiting = [seed for seed in self._inputs.corpus if not seed.visited]
        waiting.sort(key=lambda seed: not seed.normal)
        for seed in waiting[:_VISITS]:
            seed.visited = True
            self._visits += 1
            if self._visits > self._effort.visits:
                return
            # These are many and alike: they may bring news, but that they don't is no sign of an end.
            waited = self.tally.since_news
            self._run_all(self._guide.leads(seed.args))
            self._run_all(self._inputs.near(seed))
            self.tally.since_news = min(self.tally.since_news, waited)

    def _overlay_literals(self) -> None:
        """Once, where lines are still missing: put the function's literals at every place of accepted
        strings, repaired.
        """
        if self._overlaid:
            return
        self._overlaid = True
        corpus = self._inputs.corpus
        accepted = [seed.args for seed in corpus if seed.normal] or [seed.args for seed in corpus]
        for args in accepted[:_OVERLAID]:
            for changed in overlays(args, self._drawer.hints.own_strings):
                if self._over() or self.reach.line_share() >= LINES_WANTED:
                    return
                self._case(changed, False)
                if not accepts(self._probe(changed)):
                    repaired = repair(changed, self._probe, self._is_new, self._rng)
                    if repaired is not None:
                        self._case(repaired, False)

    def _probe(self, args: Args) -> Outcome:
        """Run Python alone."""
        if not self._is_made(args):
            return Outcome(args, expired=True)
        outcome = self.trial.original(args)
        if outcome.expired:
            self.meter.charge_over()
        else:
            self.meter.charge(PROBE_LINES)
        return outcome

    def _inside(self, caller: Caller, args: Args, reach: Reach) -> Outcome:
        """Run a caller of the original in Python, watched."""
        if not self._is_made(args):
            return Outcome(args, expired=True)
        outcome = self.trial.inside(caller.call, args, reach)
        if outcome.expired:
            self.meter.charge_over()
        else:
            self.meter.charge(PROBE_LINES)
        return outcome

    def _over(self) -> bool:
        tally = self.tally
        return (
            tally.attempts >= self._effort.attempts
            or len(tally.mismatches) >= self._effort.mismatches
            or tally.flaky
            or self.meter.over(4 if tally.agreed < CASES_WANTED else 1)
        )

    def _enough(self) -> bool:
        tally, effort = self.tally, self._effort
        if (
            not tally.normal
            or self.reach.line_share() < LINES_WANTED
            or tally.agreed - self._told < effort.cases
        ):
            return tally.since_news > 5 * effort.patience
        if self.reach.complete:
            return tally.since_news > effort.patience // 4
        return tally.since_news > effort.patience

    def _run_domain(self) -> bool:
        """Run every input there is, where that is few; whether it was."""
        rows = self._inputs.whole_domain()
        if rows is None:
            return False
        for row in rows:
            self._case(row, False)
        self.tally.exhaustive = self.tally.agreed == len(rows)
        if self.tally.exhaustive and not self.trial.controlled:
            # Every call there is was seen: what none of them reached, none can.
            self.reach.rest_is_dead()
        return True

    def _next(self) -> Args:
        """The next input: a neighbour of a good one, a mixture of two, a repaired one, a sibling's, or a
        fresh one.
        """
        inputs, rng = self._inputs, self._rng
        if not inputs.corpus:
            return inputs.fresh()
        if self.learned is not None and rng.random() < _LIKE_ACCEPTED:
            drawn = self.learned.draw(rng)
            return self._repaired(Seed(drawn, False)) or drawn
        seed = inputs.pick()
        roll = rng.random()
        if roll < 0.42:
            return inputs.mutated(seed.args)
        if roll < 0.5 and len(inputs.shapes) > 1:
            return inputs.mixed(seed.args)
        if roll < 0.64:
            return self._repaired(seed) or inputs.mutated(seed.args)
        if roll < 0.74:
            return inputs.completed(seed.args) or inputs.mutated(seed.args)
        if roll < 0.77:
            return inputs.aliased(seed.args)
        return inputs.fresh()

    def _repaired(self, seed: Seed) -> Args | None:
        """An accepted neighbour, looked for as long as that has been worth its calls."""
        tally = self.tally
        if not text_positions(seed.args) or tally.normal * 3 > tally.agreed > 20:
            return None
        if self._rng.random() > self._repair_luck:
            return None
        start = self._inputs.mutated(seed.args) if seed.normal else seed.args
        found = repair(start, self._probe, self._is_new, self._rng)
        self._repair_luck = 1.0 if found is not None else max(self._repair_luck * 0.8, 0.1)
        return found

    def _is_new(self, outcome: Outcome) -> bool:
        return _ending(outcome) not in self._endings

    def _case(self, args: Args, recorded: bool) -> None:
        """Run one case on both sides and learn from it."""
        tally = self.tally
        tally.attempts += 1
        tally.since_news += 1
        text = repr(args)
        # One object in two places reads like two equal ones, and is another case.
        case = text if same_when_unshared(args) else f"{text} shared"
        if case in self._seen or text in self._avoid or len(text) > _MAX_CASE_TEXT:
            return
        self._seen.add(case)
        if not self._is_made(args):
            tally.discarded += 1
            return
        reach = None if self.reach.complete else self.reach
        if len(self._seen) % WEIGHED_EVERY == 1:
            left = self.trial.weighed(args, reach)
            if not left.expired:
                self.meter.weigh(left.lines)
        else:
            left = self.trial.original(args, text, reach)
        if left.expired:
            tally.discarded += 1
            self._drawer.caps.tighten(args)
            self.meter.charge_over()
            return
        self.meter.charge(CASE_LINES)
        right = self.trial.translation(args, left.seconds)
        if right.unmade:
            tally.discarded += 1
            return
        difference = self.trial.difference(args, left, right)
        if difference is not None:
            self._mismatch(args, difference)
        elif self.trial.has_declined(right):
            self._declined(args)
        else:
            self._agreed(args, left, reach.watched() if reach is not None else set(), recorded)

    def _declined(self, args: Args) -> None:
        """Count a decline; where most calls decline, draw plainer values, then smaller ones."""
        tally = self.tally
        tally.declined += 1
        if tally.declined > 24 and tally.declined > tally.agreed // 4:
            self._drawer.caps.plainer()
        if tally.declined > 48 and tally.declined > tally.agreed and tally.declined % 8 == 0:
            self._drawer.caps.tighten(args)

    def _agreed(self, args: Args, left: Outcome, arcs: set[Arc], recorded: bool) -> None:
        tally, corpus = self.tally, self._inputs.corpus
        tally.agreed += 1
        tally.recorded += recorded
        tally.normal += left.error is None
        news = self.reach.keep(arcs)
        if tally.agreed & (tally.agreed - 1) == 0:
            tally.progress.append((tally.agreed, self.reach.branch_share()))
        ending = _ending(left)
        fresh = ending not in self._endings and len(self._endings) < _MAX_CORPUS
        if fresh:
            self._endings.add(ending)
        compared = self._guide.is_new(args)
        if news or compared:
            tally.since_news = 0
        telling = news or fresh or compared
        if (telling or (recorded and len(corpus) < 40)) and len(corpus) < _MAX_CORPUS:
            corpus.append(Seed(args, left.error is None))
        if (telling or recorded or len(self.kept) < 8) and len(self.kept) < self._effort.kept:
            self.kept.append((args, left))

    def _is_made(self, args: Args) -> bool:
        """Whether the arguments can be had: instances may not be."""
        return all(self._makeable((arg,)) for arg in args if holds_recipe(arg))

    def _makeable(self, args: Args) -> bool:
        """Whether the instances among the arguments can be made; smaller ones are drawn after one that took
        too long.
        """
        text = hash(repr(args))
        known = self._made.get(text)
        if known is None or any(isinstance(arg, Recipe) and arg.refused is not None for arg in args):
            outcome = self.trial.made(args)
            if outcome.expired:
                self._drawer.caps.tighten(args)
                self.meter.charge_over()
            self._made[text] = known = not outcome.expired and outcome.error is None
        return known

    def _mismatch(self, args: Args, found: Difference) -> None:
        """Make sure it is not Python that wavers, then shrink and note it."""
        trial = self.trial
        again, once_more = trial.original(args), trial.original(args)
        if again.expired or trial.difference(args, again, once_more) is not None:
            self.tally.flaky = True
            return
        self.doubtful.append((args, again))
        if found.kind != "hang" and self._effort.mismatches > 1:
            kind = found.kind
            args = shrink(args, lambda one: not self.meter.over(8) and _kind(self._both(one)) == kind)
            found = trial.both(args) or found
            self.doubtful.append((args, trial.original(args)))
        self.tally.mismatches.setdefault(repr(args), (args, found))

    def _both(self, args: Args) -> Difference | None:
        self.meter.charge(CASE_LINES)
        return self.trial.both(args) if self._is_made(args) else None

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
