"""A backend made dependable: batches, retries, smaller batches where memory ends, at last the CPU."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from portalis.translation.backends.protocol import (
    Answer,
    Backend,
    BackendError,
    ModelInfo,
    OutOfMemory,
    Prompt,
    Sampling,
    TransientError,
)
from portalis.translation.batching import batches
from portalis.translation.inference_config import InferenceConfig
from portalis.translation.metrics import ServiceMetrics
from portalis.translation.model_settings import Expectation
from portalis.translation.retrying import Retry
from portalis.utils.cuda_utils import optimize_gpu_memory

if TYPE_CHECKING:
    import numpy as np
    from loguru import Logger
    from numpy.typing import NDArray

MakeBackend = Callable[[InferenceConfig], Backend]
Outcome = Answer | BackendError
_UNBOUNDED = sys.maxsize
_TURNS = 8
"""Batches that are handed over at a time where prompts take turns: enough to keep all rows busy."""
T = TypeVar("T")


class _Item(NamedTuple):
    """A prompt and its length."""

    prompt: Prompt
    tokens: int


class ModelRunner:
    """Asks one backend, from any number of threads.

    A local model answers one batch at a time; an endpoint is asked `concurrency` prompts at a time.

    Args:
        make: makes the backend; again with other settings where the model doesn't fit on the GPU.
        config: the settings.
        metrics: where retries, batches and tokens are counted.
        logger: told of what a user may wonder about later; never code.
        expected: what the model should be.
        sleep: waits between tries.
    """

    def __init__(
        self,
        make: MakeBackend,
        config: InferenceConfig,
        metrics: ServiceMetrics,
        logger: Logger,
        expected: Expectation | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._make = make
        self._config = config
        self._metrics = metrics
        self._logger = logger
        self._lock = threading.RLock()
        self._retry = Retry(
            config.attempts, config.wait_min, config.wait_max, config.request_timeout, self._tell_retry, sleep
        )
        self._room = _UNBOUNDED
        self._pool: ThreadPoolExecutor | None = None
        self._on_gpu = False
        self._fell_back = False
        self._backend: Backend = make(config)
        self._info = self._load(expected)

    @property
    def info(self) -> ModelInfo:
        """What is known of the model, where it runs now."""
        return self._info

    def count_tokens(self, prompt: Prompt) -> int:
        """The prompt's length in tokens, as the backend counts."""
        with self._lock:  # tokenizers are not for several threads
            return self._backend.count_tokens(prompt)

    def outcomes(self, prompts: Sequence[Prompt], sampling: Sampling) -> Iterator[tuple[int, Outcome]]:
        """Each prompt's index with its answer, or with why it has none, as they come.

        Raises:
            Nothing of the backend's: one prompt's failure is no other's.
        """
        found = (
            self._singly(prompts, sampling)
            if self._backend.concurrent
            else self._in_batches(prompts, sampling)
        )
        for index, outcome in found:
            if isinstance(outcome, Answer):
                self._metrics.count("prompt_tokens", outcome.prompt_tokens)
                self._metrics.count("generated_tokens", sum(one.tokens for one in outcome.completions))
            yield index, outcome

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors [n, dim] of texts.

        Raises:
            BackendError: the backend has none to give, or failed to the last try.
        """
        found = self._embed_once(texts)
        if not isinstance(found, OutOfMemory):
            return found
        self._tell_memory(len(texts))
        if len(texts) > 1:
            import numpy as np

            half = (len(texts) + 1) // 2
            return np.concatenate([self.embed(texts[:half]), self.embed(texts[half:])])
        if not self._moved():
            raise found
        return self.embed(texts)

    def close(self) -> None:
        """Free the model, and give up what is being asked; safe twice."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)
            self._backend.close()  # ends the exchanges that run, so that nobody waits for them
            pool.shutdown()
            return
        with self._lock:
            self._backend.close()

    def _load(self, expected: Expectation | None) -> ModelInfo:
        started = time.perf_counter()
        try:
            info = self._loaded()
            if expected is not None:
                expected.check(info)
        except BaseException:
            self._backend.close()
            raise
        self._on_gpu = info.device.startswith("cuda")
        wanted = self._config.use_gpu and self._config.device is None
        if wanted and info.device == "cpu" and not self._fell_back:
            self._logger.warning("no GPU can be used: the model runs on the CPU")
        if self._backend.concurrent:
            self._pool = ThreadPoolExecutor(self._config.concurrency, thread_name_prefix="portalis-model")
        seconds = time.perf_counter() - started
        self._logger.info("{} is ready on {} in {:.1f} s", info.identity, info.device, seconds)
        return info

    def _loaded(self) -> ModelInfo:
        try:
            return self._retry(self._backend.load)
        except OutOfMemory:
            if not self._config.use_gpu:
                raise
        self._backend.close()
        optimize_gpu_memory()
        self._fell_back = True
        self._metrics.count("cpu_fallbacks")
        self._logger.warning("the GPU's memory is too small for the model: it runs on the CPU")
        self._backend = self._make(replace(self._config, use_gpu=False, device="cpu"))
        return self._retry(self._backend.load)

    def _in_batches(self, prompts: Sequence[Prompt], sampling: Sampling) -> Iterator[tuple[int, Outcome]]:
        items = [_Item(prompt, self.count_tokens(prompt)) for prompt in prompts]
        for batch in batches([item.tokens for item in items], self._batch(sampling)):
            found = self._together([items[index] for index in batch], sampling)
            yield from zip(batch, found, strict=True)

    def _batch(self, sampling: Sampling) -> int:
        """How many prompts are handed over at a time.

        A CPU gains nothing by more answers at a time, and its memory doesn't end with an error that could be
        caught: the system ends the process.
        """
        if not self._on_gpu:
            return max(self._config.batch_size // sampling.samples, 1)
        return self._config.batch_size * (_TURNS if self._backend.takes_turns else 1)

    def _together(self, items: Sequence[_Item], sampling: Sampling) -> list[Outcome]:
        """The outcomes of a batch, which is made smaller where it must be."""
        if self._need(items, sampling) > self._room and (less := self._smaller(items, sampling)):
            return less
        found = self._answer([item.prompt for item in items], sampling)
        if isinstance(found, list):
            return [*found]
        if isinstance(found, OutOfMemory):
            return self._with_less_memory(items, sampling, found)
        if len(items) > 1 and not isinstance(found, TransientError):
            return self._halves(items, sampling)  # whichever prompt it is, the others are answered
        return [found for _ in items]

    def _with_less_memory(
        self, items: Sequence[_Item], sampling: Sampling, error: OutOfMemory
    ) -> list[Outcome]:
        self._tell_memory(min(len(items), self._config.batch_size) * sampling.samples)
        self._room = min(self._room, self._need(items, sampling) - 1)
        if less := self._smaller(items, sampling):
            return less
        return self._together(items, sampling) if self._moved() else [error]

    def _need(self, items: Sequence[_Item], sampling: Sampling) -> int:
        """What memory grows by: the answers that are computed at a time, times their length in tokens."""
        rows = min(len(items), self._config.batch_size) * sampling.samples
        return rows * (max(item.tokens for item in items) + sampling.max_tokens)

    def _smaller(self, items: Sequence[_Item], sampling: Sampling) -> list[Outcome]:
        """The outcomes of a batch in two parts; nothing where it has none: one prompt, one sample."""
        if len(items) > 1:
            return self._halves(items, sampling)
        if sampling.samples > 1 and sampling.beams == 1:
            return [self._half_the_samples(items[0], sampling)]
        return []

    def _halves(self, items: Sequence[_Item], sampling: Sampling) -> list[Outcome]:
        half = (len(items) + 1) // 2
        return self._together(items[:half], sampling) + self._together(items[half:], sampling)

    def _half_the_samples(self, item: _Item, sampling: Sampling) -> Outcome:
        """A prompt's samples drawn in two turns; the second has seeds of its own."""
        half = (sampling.samples + 1) // 2
        seed = sampling.seed + half if sampling.seed is not None else None
        [first] = self._together([item], replace(sampling, samples=half))
        if not isinstance(first, Answer):
            return first
        [second] = self._together([item], replace(sampling, samples=sampling.samples - half, seed=seed))
        if not isinstance(second, Answer):
            return second
        both = first.completions + second.completions
        if all(one.logprob is not None for one in both):
            both = tuple(sorted(both, key=lambda one: -(one.logprob or 0.0)))
        return Answer(both, first.prompt_tokens)

    def _answer(self, prompts: Sequence[Prompt], sampling: Sampling) -> list[Answer] | BackendError:
        """Asks, with retries. An error is given back bare: its traceback would hold the batch's tensors."""
        self._metrics.count("batches")
        try:
            answers = self._ask(lambda backend: backend.complete(prompts, sampling))
        except BackendError as error:
            return _bare(error)
        if len(answers) != len(prompts) or not all(answer.completions for answer in answers):
            return BackendError(
                f"the backend gave {len(answers)} answers to {len(prompts)} prompts", "report this"
            )
        return answers

    def _embed_once(self, texts: Sequence[str]) -> NDArray[np.float32] | OutOfMemory:
        try:
            vectors = self._ask(lambda backend: backend.embed(texts))
        except OutOfMemory as error:
            return OutOfMemory(str(error), error.hint)
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise BackendError(
                f"the backend gave embeddings {vectors.shape} for {len(texts)} texts", "report this"
            )
        return vectors

    def _ask(self, work: Callable[[Backend], T]) -> T:
        """Has the backend work, with retries; a local one for one caller at a time."""
        exclusive: AbstractContextManager[object] = nullcontext() if self._backend.concurrent else self._lock

        def once() -> T:
            with exclusive, self._metrics.computing(self._on_gpu):
                return work(self._backend)

        return self._retry(once)

    def _singly(self, prompts: Sequence[Prompt], sampling: Sampling) -> Iterator[tuple[int, Outcome]]:
        """Asks an endpoint, which has its own batching, for many prompts at a time."""
        outage = _Outage(2 * self._config.concurrency)

        def ask(prompt: Prompt) -> Outcome:
            if outage.over is not None:
                return outage.over
            found = self._answer([prompt], sampling)
            outcome: Outcome = found[0] if isinstance(found, list) else found
            outage.saw(outcome)
            return outcome

        pool = self._pool
        try:
            if pool is None:
                raise RuntimeError
            waiting = {pool.submit(ask, prompt): index for index, prompt in enumerate(prompts)}
        except RuntimeError:
            raise BackendError("the service is closed", "call initialize") from None
        try:
            for future in as_completed(waiting):
                yield waiting[future], _outcome_of(future)
        finally:
            for future in waiting:
                future.cancel()

    def _moved(self) -> bool:
        """Whether the model has gone to the CPU just now."""
        with self._lock:
            if not self._on_gpu:
                return False
            try:
                self._info = self._backend.move_to_cpu()
            except BackendError as error:
                self._logger.warning("the model can't go to the CPU ({})", type(error).__name__)
                return False
            self._on_gpu = False
            self._room = _UNBOUNDED
            self._metrics.count("cpu_fallbacks")
        optimize_gpu_memory()
        self._logger.warning("the GPU's memory is too small for one prompt: the model goes on on the CPU")
        return True

    def _tell_retry(self, error: TransientError, attempt: int, seconds: float) -> None:
        self._metrics.count("retries")
        kind = type(error.__cause__ or error).__name__
        self._logger.warning("try {} failed ({}); the next is in {:.1f} s", attempt, kind, seconds)

    def _tell_memory(self, size: int) -> None:
        self._metrics.count("batches_halved")
        self._logger.warning("memory ended with a batch of {} on {}", size, self._info.device)
        if self._on_gpu:
            optimize_gpu_memory()


class _Outage:
    """Whether an endpoint is down: so many failures in a row that the other prompts need not wait."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._failures = 0
        self.over: TransientError | None = None

    def saw(self, outcome: Outcome) -> None:
        """Count one prompt's outcome, after its retries."""
        with self._lock:
            self._failures = self._failures + 1 if isinstance(outcome, TransientError) else 0
            if self._failures >= self._limit and isinstance(outcome, TransientError):
                self.over = TransientError(
                    f"not asked, since {self._failures} prompts in a row failed: {outcome}", outcome.hint
                )


def _outcome_of(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except CancelledError:
        return BackendError("the service was closed before the model was asked", "call initialize")


def _bare(error: BackendError) -> BackendError:
    """The same error without traceback and causes, which hold frames of the backend and so its tensors."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
