"""The model engine: it asks, has the answers judged, and sends what failed back until the budget ends.

The best of several answers is the one that agrees with Python, however likely the model found it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from portalis import pipeline
from portalis.compiler.given import Given
from portalis.compiler.unit import Origin
from portalis.diagnostics import Diagnostic, Span
from portalis.pipeline import Proposals
from portalis.translation.answer_cache import prompt_digest
from portalis.translation.answers import ParsedAnswer
from portalis.translation.backends.needs import needs
from portalis.translation.backends.protocol import Answer, Prompt
from portalis.translation.engine.admission import NotAdmitted, admitted
from portalis.translation.engine.learning import pairs_of
from portalis.translation.engine.tasks import Task, tasks_of
from portalis.translation.engine.trial import Trial, Tried
from portalis.translation.nemo_service import NeMoService
from portalis.translation.prompting.context import Attempt, Example
from portalis.translation.prompting.prompter import Prompter
from portalis.translation.prompting.render import PromptTooLong
from portalis.translation.retrieval.store import PairStore

NONE_FOUND = "PT820"


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How much the engine tries.

    Attributes:
        samples: answers asked for in each round.
        repairs: rounds after the first, in which a former answer goes back with what was wrong with it.
        examples: the most verified pairs shown with a task; 0 for none.
        alone: whether the model is asked for every function, and what the compiler has is set aside.
    """

    samples: int = 4
    repairs: int = 1
    examples: int = 3
    alone: bool = False

    def __post_init__(self) -> None:
        for name, least in (("samples", 1), ("repairs", 0), ("examples", 0)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}, not {getattr(self, name)}")


@dataclass(slots=True)
class TaskRecord:
    """What became of a task, for reports and benchmarks.

    Attributes:
        key: the item.
        asked: answers received.
        usable: how many held one function of the head that was asked for.
        compiled: how many different ones rustc took.
        verified: the place of the answer that stands among all of the task's, from 1; 0 for none.
        rounds: rounds in which it was asked.
        problems: what was wrong with the last answer that was tried.
    """

    key: str
    asked: int = 0
    usable: int = 0
    compiled: int = 0
    verified: int = 0
    rounds: int = 0
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """A task that is not done: what was tried, and the best attempt of the last round."""

    task: Task
    record: TaskRecord
    attempt: Attempt | None = None
    compiled: bool = False
    """Whether the attempt is one that rustc has seen in this round."""
    seen: set[str] = field(default_factory=set)
    prompt: str = ""


class ModelEngine:
    """Proposes Rust for what the compiler left in Python.

    Args:
        service: the model; it is loaded when there is something to ask.
        settings: how much is tried.
        store: verified pairs, of which the nearest are shown; None for none.

    Raises:
        BackendError: a package that every model needs is not installed.
    """

    def __init__(
        self, service: NeMoService, settings: EngineSettings | None = None, store: PairStore | None = None
    ) -> None:
        with needs("remote", "the model engine"):
            from loguru import logger
        self._log = logger
        self.service = service
        self.settings = settings if settings is not None else EngineSettings()
        self.store = store
        self.records: list[TaskRecord] = []
        self.seconds: dict[str, float] = {"asking": 0.0, "compiling": 0.0, "verifying": 0.0}

    @property
    def stamp(self) -> str:
        """The model's path and the settings, for cache keys."""
        return f"{self.service.model_path}\0{self.service.config}\0{self.settings}"

    def close(self) -> None:
        """Free the model and close the store; safe twice."""
        self.service.cleanup()
        if self.store is not None:
            self.store.close()

    def propose(self, state: pipeline.State) -> Proposals:
        """Rust that agreed with Python, by item key; the records tell of the rest.

        Raises:
            BackendError: the model can't be loaded.
            CargoError: cargo could not do its work.
        """
        tasks = tasks_of(state, everything=self.settings.alone)
        waiting = {task.key: _Open(task, TaskRecord(task.key)) for task in tasks}
        self.records = [one.record for one in waiting.values()]
        if not waiting:
            return Proposals(rejected=self._set_aside(state, {}))
        trial = Trial(state)
        found: dict[str, Given] = {}
        for number in range(1 + self.settings.repairs):
            if not waiting:
                break
            state.progress.stage(f"asking the model for {len(waiting)} functions")
            candidates = self._asked(waiting, number)
            done = self._judged(trial, candidates, waiting, number)
            found |= done
            waiting = {key: one for key, one in waiting.items() if key not in done and one.prompt}
        self._log.info("the model engine: {} of {} functions verified", len(found), len(self.records))
        notes = {one.key: _note(one, state) for one in self.records if one.key not in found}
        return Proposals(found, notes, self._set_aside(state, found))

    def _set_aside(self, state: pipeline.State, found: Mapping[str, Given]) -> dict[str, Diagnostic]:
        """What the compiler has Rust for, where the model is to work alone."""
        if not self.settings.alone:
            return {}
        lowered = pipeline.need(state.compilation).lowered
        spans = pipeline.need(state.compilation).functions
        return {
            key: Diagnostic(NONE_FOUND, "the model has no Rust for it that agrees", spans[key].span)
            for key in lowered
            if key not in found
        }

    def learn(self, state: pipeline.State) -> None:
        """Keep the verified pairs of a run."""
        if self.store is not None:
            self.store.add(pairs_of(state))

    # asking ---------------------------------------------------------------------------------------

    def _asked(self, waiting: Mapping[str, _Open], number: int) -> dict[str, list[str]]:
        """The different usable answers to each task, the likeliest first."""
        began = time.perf_counter()
        prompts = {key: prompt for key, one in waiting.items() if (prompt := self._prompt(one)) is not None}
        answers = self.service.complete_many(list(prompts.values()), samples=self.settings.samples)
        self.seconds["asking"] += time.perf_counter() - began
        found: dict[str, list[str]] = {}
        for (key, prompt), answer in zip(prompts.items(), answers, strict=True):
            one = waiting[key]
            one.record.rounds = number + 1
            one.prompt = prompt_digest(prompt)
            one.compiled = False
            if isinstance(answer, Answer):
                found[key] = self._usable(one, answer)
            else:
                self._log.warning("no answer for {}: {}", key, answer)
                one.record.problems = (str(answer),)
        return found

    def _prompt(self, one: _Open) -> Prompt | None:
        """The conversation about a task; None where the model can't read so much."""
        context = one.task.context
        if self.settings.examples and self.store is not None and one.attempt is None:
            near = self.store.nearest(context.code, self.settings.examples)
            context = replace(context, examples=tuple(Example(n.pair.python, n.pair.rust) for n in near))
        try:
            return self._prompter().render(replace(context, attempt=one.attempt))
        except PromptTooLong as problem:
            one.record.problems = (str(problem),)
            one.prompt = ""
            return None

    def _prompter(self) -> Prompter:
        return Prompter(self.service.info, self.service.count_tokens, self.service.config.max_length)

    def _usable(self, one: _Open, answer: Answer) -> list[str]:
        """The functions in the answers to a task that were not tried before."""
        found: list[str] = []
        unusable: Attempt | None = None
        prompter = self._prompter()
        for completion in answer.completions:
            one.record.asked += 1
            parsed = prompter.parse(one.task.context, completion.text)
            if not isinstance(parsed, ParsedAnswer):
                unusable = unusable or Attempt("", (parsed.reason,))
                continue
            try:
                text = admitted(parsed.code, one.task.exceptions)
            except NotAdmitted as reason:
                unusable = unusable or Attempt(parsed.code, (str(reason),))
                continue
            one.record.usable += 1
            if text not in one.seen:
                one.seen.add(text)
                found.append(text)
        if unusable is not None:
            one.attempt = unusable
            one.record.problems = unusable.problems
        return found

    # judging --------------------------------------------------------------------------------------

    def _judged(
        self, trial: Trial, candidates: Mapping[str, Sequence[str]], waiting: Mapping[str, _Open], number: int
    ) -> dict[str, Given]:
        """The first candidate of each task that stands; of the others the best attempt is kept."""
        compiled = self._compiled(trial, candidates, waiting)
        found: dict[str, Given] = {}
        for column in _columns(compiled):
            tried = {key: text for key, text in column.items() if key not in found}
            if not tried:
                break
            began = time.perf_counter()
            outcome = trial.verify(tried)
            self.seconds["verifying"] += time.perf_counter() - began
            for key, one in outcome.items():
                task = waiting[key]
                if one.stands:
                    task.record.verified = task.record.asked
                    model = self.service.info.identity
                    found[key] = Given(one.rust, Origin(model, task.prompt, task.record.asked, number))
                else:
                    task.attempt = Attempt(one.rust, one.problems)
                    task.record.problems = one.problems
        return found

    def _compiled(
        self, trial: Trial, candidates: Mapping[str, Sequence[str]], waiting: Mapping[str, _Open]
    ) -> dict[str, list[str]]:
        """What rustc takes of the candidates, as it was rewritten on the way; different ones only."""
        began = time.perf_counter()
        found: dict[str, list[str]] = {}
        for column in _columns(candidates):
            for key, one in trial.compile(column).items():
                if one.stands and one.rust not in found.get(key, ()):
                    found.setdefault(key, []).append(one.rust)
                    waiting[key].record.compiled += 1
                elif not one.stands and not found.get(key):
                    _note_failure(waiting[key], one)
        self.seconds["compiling"] += time.perf_counter() - began
        return found


def _note(record: TaskRecord, state: pipeline.State) -> Diagnostic:
    """Why the model's answers to a task don't stand."""
    node, _ = pipeline.need(state.compilation).definitions[record.key]
    why = record.problems[0].strip().splitlines()[0] if record.problems else "it gave no answer"
    message = f"the model has no Rust for it that agrees, in {record.asked} answers; of the last: {why}"
    return Diagnostic(NONE_FOUND, message, Span(node.lineno, 1, node.lineno, 1), "note")


def _note_failure(one: _Open, tried: Tried) -> None:
    """Of a round the first answer that rustc rejects goes back, unless a better one follows."""
    if not one.compiled:
        one.compiled = True
        one.attempt = Attempt(tried.rust, tried.problems)
        one.record.problems = tried.problems


def _columns(rows: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """The first of each row, the second of each row that has one, and so on."""
    return [
        {key: text for key, text in zip(rows, column, strict=True) if text is not None}
        for column in zip_longest(*rows.values())
    ]
