"""Scoreboard of the model engine: what a model gets verified of the functions that the compiler refuses.

    python benchmarks/model.py path/to/package --model model.gguf --samples 1,4,16 --repairs 0,1

Each combination is run on the same functions; all answers are judged by rustc and by verification. What was
verified is searched once more with another seed and more effort: a difference found then is one that was
`verified` wrongly. Times are wall time.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import product
from pathlib import Path

from portalis import pipeline
from portalis.compiler.given import Given
from portalis.config import Config, load_config
from portalis.progress import SILENT
from portalis.translation.engine.model_engine import EngineSettings, ModelEngine
from portalis.translation.engine.trial import Trial
from portalis.translation.inference_config import InferenceConfig
from portalis.translation.nemo_service import NeMoService
from portalis.translation.retrieval.store import PairStore

_BEFORE = ("reading", "types and imports", "translating", "checking the rust", "doctests", "tests")


@dataclass(slots=True)
class Row:
    """What one combination of settings came to; counts are of functions but for `answers` and `usable`."""

    samples: int
    repairs: int
    examples: int
    tasks: int = 0
    answers: int = 0
    usable: int = 0
    compiled: int = 0
    verified: int = 0
    wrong: int = 0
    asking: float = 0.0
    compiling: float = 0.0
    verifying: float = 0.0
    keys: list[str] = field(default_factory=list)
    differences: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def seconds_each(self) -> float:
        """Wall time for each function that was asked about."""
        return (self.asking + self.compiling + self.verifying) / max(self.tasks, 1)


def measure(state: pipeline.State, service: NeMoService, store: PairStore, settings: EngineSettings) -> Row:
    """One combination on one package."""
    engine = ModelEngine(service, settings, store if settings.examples else None)
    row = Row(settings.samples, settings.repairs, settings.examples)
    found = engine.propose(state).given
    row.tasks = len(engine.records)
    row.answers = sum(one.asked for one in engine.records)
    row.usable = sum(one.usable for one in engine.records)
    row.compiled = sum(one.compiled > 0 for one in engine.records)
    row.verified = len(found)
    row.asking, row.compiling, row.verifying = (
        round(engine.seconds[name], 2) for name in ("asking", "compiling", "verifying")
    )
    row.keys = sorted(found)
    row.differences = recheck(state, found)
    row.wrong = len(row.differences)
    return row


def recheck(state: pipeline.State, given: Mapping[str, Given]) -> dict[str, tuple[str, ...]]:
    """What a longer search with another seed has against what was verified; differences only."""
    if not given:
        return {}
    harder = state.config.model_copy(update={"seed": state.config.seed + 1, "effort": "thorough"})
    trial = Trial(replace(state, config=harder))
    tried = trial.verify({key: one.text for key, one in given.items()})
    return {
        key: one.problems
        for key, one in tried.items()
        if any("must give" in problem for problem in one.problems)
    }


def prepared(source: Path, config: Config, scratch: Path) -> pipeline.State:
    """A run up to where the model is asked."""
    state = pipeline.State([source], config, SILENT, scratch)
    pipeline.run_stages([stage for stage in pipeline.VERIFY if stage[0] in _BEFORE], state)
    return state


def added(rows: Sequence[Row]) -> Row:
    """The rows of several packages as one."""
    whole = Row(rows[0].samples, rows[0].repairs, rows[0].examples)
    for row in rows:
        for name in ("tasks", "answers", "usable", "compiled", "verified", "wrong"):
            setattr(whole, name, getattr(whole, name) + getattr(row, name))
        for name in ("asking", "compiling", "verifying"):
            setattr(whole, name, round(getattr(whole, name) + getattr(row, name), 2))
        whole.keys += row.keys
        whole.differences |= row.differences
    return whole


def numbers(text: str) -> list[int]:
    """`1,4,16` as numbers."""
    return [int(part) for part in text.split(",")]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("packages", type=Path, nargs="+")
    parser.add_argument("--model", required=True)
    parser.add_argument("--samples", type=numbers, default=[4])
    parser.add_argument("--repairs", type=numbers, default=[1])
    parser.add_argument("--examples", type=numbers, default=[3])
    parser.add_argument("--temperature", type=float, default=0.8)
    parser.add_argument("--max-length", type=int, default=512)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    inference = InferenceConfig(temperature=options.temperature, max_length=options.max_length)
    rows: dict[tuple[int, int, int], list[Row]] = {}
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, NeMoService(options.model, inference) as service:
        store = PairStore(Path(folder) / "pairs.sqlite3")
        for package in options.packages:
            config = load_config(package).model_copy(update={"effort": "quick"})
            scratch = Path(folder) / f"{package.name}-{len(rows)}"
            scratch.mkdir()
            state = prepared(package, config, scratch)
            for combination in product(options.samples, options.repairs, options.examples):
                row = measure(state, service, store, EngineSettings(*combination))
                rows.setdefault(combination, []).append(row)
                print(package.name, row, flush=True)
        identity = service.info.identity
        store.close()
    whole = [added(found) for found in rows.values()]
    print(f"model: {identity}, temperature {options.temperature}; {time.perf_counter() - began:.0f} s in all")
    print("samples  repairs  examples  functions  usable answers  compile  verified  wrong  s each")
    for one in whole:
        usable = f"{one.usable} of {one.answers}"
        counts = f"{one.compiled:7}  {one.verified:8}  {one.wrong:5}"
        print(
            f"{one.samples:7}  {one.repairs:7}  {one.examples:8}  {one.tasks:9}  {usable:>14}  "
            f"{counts}  {one.seconds_each:6.1f}"
        )
    if options.json is not None:
        text = json.dumps({"model": identity, "rows": [asdict(one) for one in whole]}, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
