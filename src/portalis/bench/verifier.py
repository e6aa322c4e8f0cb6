"""`portalis bench verifier`: faults planted in translated Rust, and which of them verification catches."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from portalis import pipeline, stages
from portalis.bench import codegen, hunt
from portalis.bench.fault import Fault, chosen, faults
from portalis.bench.field import Field, about, plant
from portalis.bench.judged import Judgement
from portalis.bench.operators import OPERATORS
from portalis.bench.result import Function, Result, Trial
from portalis.bench.stillborn import rejected
from portalis.compiler.unit import Item
from portalis.config import Config
from portalis.emit import binding, cargo, crate
from portalis.emit.hybrid import Sources, write_hybrid
from portalis.pipeline import State, need
from portalis.progress import SILENT, Progress
from portalis.validation.evidence import Evidence

_SPARE = 2
_MAX_CHECKS = 12
_BATCH = 2500


@dataclass(frozen=True, slots=True)
class Options:
    """What to plant and how far to go.

    Up to `per_function` faults in each verified function, by these operators; `only` limits the functions to
    those whose key (`module:name`) begins with one of these. `longer` searches survivors ten times as long,
    and `sample` of the functions as they are.
    """

    per_function: int = 3
    operators: Collection[str] = tuple(OPERATORS)
    only: tuple[str, ...] = ()
    longer: bool = True
    sample: int = 0


@dataclass(slots=True)
class _Run:
    """The state of one run; evidence of functions is by key."""

    state: State
    options: Options
    judged: Mapping[str, Judgement]
    stillborn: list[Fault] = field(default_factory=list)
    functions: dict[str, Evidence] = field(default_factory=dict)
    sample: dict[str, Evidence] = field(default_factory=dict)
    trials: list[Trial] = field(default_factory=list)


def run(
    sources: Sequence[Path | str],
    config: Config,
    options: Options,
    judged: Mapping[str, Judgement] | None = None,
    progress: Progress = SILENT,
) -> Result:
    """Plant, build, hunt and judge.

    Args:
        sources: as every command takes them.
        config: its effort and seed are those of the searches.
        options: what to plant.
        judged: faults that a person found to change nothing, by id.
        progress: told of every stage.

    Raises:
        RustRejected: rustc rejects a translation as it is.
        CargoError, OSError: as for `portalis verify`.
    """
    config.target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portalis-") as scratch:
        work = _Run(State(sources, config, progress, Path(scratch)), options, judged or {})
        way = (
            *pipeline.CHECK,
            ("checking the rust", stages.check_rust),
            ("doctests", stages.record_calls),
        )
        for name, stage in way:
            progress.stage(name)
            stage(work.state)
        for batch in _batches(work):
            _try(work, batch)
        return _result(work)


def _batches(work: _Run) -> Iterator[list[Fault]]:
    """The faults to try, more than are wanted since rustc will reject some, in parts for one build each."""
    compilation, compiled = need(work.state.compilation), need(work.state.compiled)
    around = about(compiled)
    batch: list[Fault] = []
    for key in _keys(work):
        every = faults(compilation.lowered[key], around, work.options.operators)
        picked = chosen(every, work.options.per_function * _SPARE, work.state.config.seed)
        if batch and len(batch) + len(picked) > _BATCH * _SPARE:
            yield batch
            batch = []
        batch += picked
    yield batch


def _keys(work: _Run) -> list[str]:
    """The functions that were asked for and can be run."""
    only = work.options.only
    return [key for key in sorted(binding.bindable(need(work.state.compiled))) if key.startswith(only or "")]


def _try(work: _Run, batch: Sequence[Fault]) -> None:
    """Build one crate with a batch of faults, hunt them, and judge those that got away."""
    state = work.state
    planted = _wanted(_living(work, batch), work.options.per_function)
    made = _build(state, planted)
    grounds = _grounds(state)
    if not work.functions:
        _search_functions(work, grounds)
    good = [fault for fault in planted if _verified(work, fault.key)]
    state.progress.stage("hunting faults", len(good))
    seen = hunt.search_faults(grounds, good, made.natives)
    items = hunt.items_by_key(need(state.compiled))
    trials = [Trial(fault, hunt.verdict(items[fault.key], seen[fault.id]), seen[fault.id]) for fault in good]
    trials = _without_equivalent(work, trials)
    work.trials += _searched_longer(work, grounds, made, trials)


def _living(work: _Run, batch: Sequence[Fault]) -> list[Fault]:
    """The faults that rustc accepts."""
    state, alive = work.state, list(batch)
    for _ in range(_MAX_CHECKS):
        state.progress.stage(f"checking {len(alive)} faults")
        made = plant(need(state.compilation), need(state.compiled), alive)
        directory = state.scratch / "core"
        crate.write_core(made.compiled, directory, roots=binding.runtime_roots(made.compiled))
        checked = cargo.check(directory, state.config.target)
        if checked.succeeded:
            return alive
        dead = rejected(made, directory, checked.errors)
        work.stillborn += dead.values()
        alive = [fault for fault in alive if fault.id not in dead]
    raise cargo.CargoError("rustc still rejects the faults after many rounds", "please report this")


def _wanted(alive: Sequence[Fault], per_function: int) -> list[Fault]:
    """As many of each function's faults as were asked for; they come in their order of choice."""
    taken: dict[str, int] = {}
    wanted: list[Fault] = []
    for fault in alive:
        taken[fault.key] = taken.get(fault.key, 0) + 1
        if taken[fault.key] <= per_function:
            wanted.append(fault)
    return wanted


def _build(state: State, planted: Sequence[Fault]) -> Field:
    """The package that is searched: one extension with the functions and the faults."""
    state.progress.stage(f"compiling {len(planted)} faults")
    made = plant(need(state.compilation), need(state.compiled), planted)
    core = crate.write_core(made.compiled, state.scratch / "core", roots=binding.runtime_roots(made.compiled))
    bound = binding.write_binding(made.compiled, core, state.scratch / "binding")
    native = cargo.build(bound.directory, state.config.target, "verify")
    source = need(state.source)
    sources = Sources(source.root, source.import_names)
    write_hybrid(sources, need(state.compiled), (), native, state.scratch / "hybrid", stubs=False)
    return made


def _grounds(state: State) -> hunt.Grounds:
    config = state.config
    return hunt.Grounds(
        state.scratch / "hybrid",
        need(state.source).import_names,
        {target.key: target for target in stages.targets_of(state)},
        config.effort,
        config.seed,
        config.workers,
        lambda key: state.progress.step(1, key),
    )


def _search_functions(work: _Run, grounds: hunt.Grounds) -> None:
    """Verify the functions as they are: only what is verified can be wrongly so."""
    keys = _keys(work)
    work.state.progress.stage("verifying functions as they are", len(keys))
    work.functions = hunt.search_functions(grounds, keys)
    verified = [key for key in keys if _verified(work, key)]
    rng = random.Random(work.state.config.seed)
    picked = rng.sample(verified, min(work.options.sample, len(verified)))
    if picked:
        work.state.progress.stage("verifying a sample of them ten times as long", len(picked))
        work.sample = hunt.search_functions(grounds, sorted(picked), hunt.longer(grounds.effort))


def _verified(work: _Run, key: str) -> bool:
    item = hunt.items_by_key(need(work.state.compiled))[key]
    return hunt.verdict(item, work.functions[key]) == "survived"


def _without_equivalent(work: _Run, trials: Sequence[Trial]) -> list[Trial]:
    """Survivors that are compiled to the function's own code, or that a person found to change nothing."""
    survivors = [one.fault for one in trials if one.ending == "survived"]
    same: frozenset[str] = frozenset()
    if survivors:
        work.state.progress.stage(f"comparing the code of {len(survivors)} survivors")
        state = work.state
        made = plant(need(state.compilation), need(state.compiled), survivors, copies=True)
        core = crate.write_core(made.compiled, state.scratch / "core")
        same = codegen.same_code(core, made, state.config.target)
    found: list[Trial] = []
    for one in trials:
        judgement = work.judged.get(one.fault.id)
        if one.ending == "survived" and one.fault.id in same:
            one = replace(one, ending="same-code")
        elif one.ending == "survived" and judgement is not None:
            one = replace(one, ending="judged", reason=judgement.reason)
        found.append(one)
    return found


def _searched_longer(work: _Run, grounds: hunt.Grounds, made: Field, trials: Sequence[Trial]) -> list[Trial]:
    """Survivors, and those judged to be no faults, after a search ten times as long."""
    left = [one.fault for one in trials if one.ending in ("survived", "judged")]
    if not work.options.longer or not left:
        return list(trials)
    work.state.progress.stage("searching survivors ten times as long", len(left))
    seen = hunt.search_faults(grounds, left, made.natives, hunt.longer(grounds.effort))
    items = hunt.items_by_key(need(work.state.compiled))
    return [_after_longer(one, seen.get(one.fault.id), items) for one in trials]


def _after_longer(one: Trial, longer: Evidence | None, items: Mapping[str, Item]) -> Trial:
    if longer is None:
        return one
    ending = hunt.verdict(items[one.fault.key], longer)
    if one.ending == "judged" and ending == "mismatch":
        # A counterexample is stronger than an opinion.
        one = replace(one, ending="survived", reason="")
    return replace(one, longer=longer, ending_longer=ending)


def _result(work: _Run) -> Result:
    config = work.state.config
    functions = tuple(
        Function(key, _verified(work, key), seen, work.sample.get(key))
        for key, seen in sorted(work.functions.items())
    )
    order = {name: at for at, name in enumerate(OPERATORS)}
    trials = sorted(work.trials, key=lambda one: (order[one.fault.operator], one.fault.key, one.fault.line))
    return Result(
        tuple(map(str, work.state.sources)), config.effort, config.seed, functions, tuple(trials),
        tuple(work.stillborn),
    )  # fmt: skip
