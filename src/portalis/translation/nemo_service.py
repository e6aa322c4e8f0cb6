"""`NeMoService`: a language model that proposes Rust for Python.

    with NeMoService("models/qwen2.5-coder-0.5b", InferenceConfig(max_length=512)) as service:
        result = service.translate_code("def double(x: int) -> int: return 2 * x")
    result.rust_code, result.confidence

One service over several backends: a folder or file on this machine, an OpenAI-compatible endpoint, a Triton
model. What it proposes was neither compiled nor run: `NeMoTranslator` does that.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from portalis.config import Config
from portalis.config import cache as cache_folder
from portalis.translation import service_log
from portalis.translation.answer_cache import AnswerCache, answer_key, embedding_key, prompt_digest
from portalis.translation.backends.choose import make_backend
from portalis.translation.backends.needs import needs
from portalis.translation.backends.protocol import (
    Answer,
    BackendError,
    Message,
    ModelInfo,
    OutOfMemory,
    Prompt,
    Sampling,
    TransientError,
)
from portalis.translation.batching import batches, windows
from portalis.translation.embedding_bank import EmbeddingBank
from portalis.translation.in_flight import InFlight
from portalis.translation.inference_config import InferenceConfig
from portalis.translation.metrics import ServiceMetrics, Snapshot
from portalis.translation.model_result import Asked, result_of
from portalis.translation.model_runner import MakeBackend, ModelRunner
from portalis.translation.model_settings import Expectation, read_settings
from portalis.translation.prompting.context import PromptContext, context_of
from portalis.translation.prompting.prompter import Prompter
from portalis.translation.prompting.render import PromptTooLong
from portalis.translation.reading.heads import read_head
from portalis.translation.result import TranslationResult
from portalis.translation.service_log import ServiceLog
from portalis.utils.cuda_utils import check_cuda_available

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BackendError", "InferenceConfig", "NeMoService", "OutOfMemory", "PromptContext", "TransientError",
    "TranslationResult",
]  # fmt: skip

Context = PromptContext | Mapping[str, object] | None
_WINDOW = 8
"""A stream is read so many batches at a time: enough for buckets of like length, and little memory."""

service_log.quiet()


class NeMoService:
    """A model for code translation; may be used from several threads at once.

    The model is loaded by `initialize`, on entering the context, or at the first use.

    Args:
        model_path: a Hugging Face folder, a `.gguf` or `.nemo` file, a CTranslate2 folder, or an endpoint:
            `https://host:8000/v1`, `triton://host:8000/model`, `grpc://host:8001/model`.
        config: its settings.
        make: makes the backend, for one that is not Portalis' own; chosen by `model_path` where None.
        expected: what the model should be; see `from_config`.
        sleep: waits between tries.
    """

    def __init__(
        self,
        model_path: str | Path,
        config: InferenceConfig | None = None,
        *,
        make: MakeBackend | None = None,
        expected: Expectation | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.model_path = str(model_path)
        self.config = config if config is not None else InferenceConfig()
        self.metrics = ServiceMetrics()
        self._make = make if make is not None else partial(make_backend, self.model_path)
        self._expected = expected
        self._sleep = sleep
        self._lock = threading.Lock()
        self._in_flight = InFlight()
        self._runner: ModelRunner | None = None
        self._cache: AnswerCache | None = None
        self._bank: EmbeddingBank | None = None
        self._log: ServiceLog | None = None
        self._closed = False

    @classmethod
    def from_config(cls, path: str | Path | None = None) -> NeMoService:
        """A service with the settings of a file like `translation_model.yaml`.

        Args:
            path: the file; None for the one that ships, which names no model and so is refused.

        Raises:
            ConfigError: the file can't be read, holds what is no setting, or names no model.
        """
        model_path, config, expected = read_settings(Path(path) if path is not None else None)
        return cls(model_path, config, expected=expected)

    def __enter__(self) -> NeMoService:
        self.initialize()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cleanup()

    def initialize(self) -> None:
        """Load the model, or reach the endpoint; nothing where that was done.

        Raises:
            BackendError: it can't be had; its `hint` says what to install or to change.
            ConfigError: the cache folder can't be made.
        """
        with self._lock:
            if self._runner is None:
                self._open()
            self._closed = False

    @property
    def info(self) -> ModelInfo:
        """What is known of the model, and where it runs now.

        Raises:
            BackendError: as `initialize`; or the service is closed.
        """
        return self._ready().info

    def count_tokens(self, prompt: Prompt) -> int:
        """The length of a prompt in tokens, as the model counts; an estimate where there is no tokenizer."""
        return self._ready().count_tokens(prompt)

    def translate_code(self, python_code: str, context: Context = None) -> TranslationResult:
        """Propose Rust for one text of Python.

        Args:
            python_code: a function, or several items.
            context: what else the model is told: a `PromptContext`, or a mapping with its fields.

        Returns:
            The best of the samples, with status `translatable`; nothing was compiled or run. Where no answer
            could be used, empty `rust_code` with status `python` and the reasons as warnings.

        Raises:
            BackendError: the model can't be loaded or asked (`TransientError` after the last try).
            PromptTooLong: the text is longer than the model reads.
            TypeError: `python_code` is not a str, or a key of `context` is unknown.
            ValueError: the context's `rust_signature` is not the head of one Rust function.
        """
        [asked] = self._ask_all([_context(python_code, context)], raising=True)
        return asked

    def batch_translate(
        self, codes: Sequence[str], contexts: Sequence[Context] | None = None
    ) -> list[TranslationResult]:
        """Propose Rust for many texts, `batch_size` at a time.

        Args:
            codes: the texts.
            contexts: of each text what `translate_code` takes; None for none.

        Returns:
            The results in the order of the texts. A text that failed has empty `rust_code`, confidence 0 and
            a warning that says why; the others are not lost by it.

        Raises:
            BackendError: the model can't be loaded.
            TypeError: as `translate_code`; so also ValueError.
            ValueError: there are not as many contexts as texts.
        """
        if contexts is None:
            contexts = [None] * len(codes)
        if len(contexts) != len(codes):
            raise ValueError(f"there are {len(codes)} texts and {len(contexts)} contexts")
        return self._ask_all([_context(*pair) for pair in zip(codes, contexts, strict=True)])

    def translate_stream(self, codes: Iterable[str | tuple[str, Context]]) -> Iterator[TranslationResult]:
        """Propose Rust for texts that need not fit in memory: eight batches are read at a time.

        Args:
            codes: the texts, or pairs of a text and its context.

        Yields:
            The results, in the order of the texts, as `batch_translate` gives them.
        """
        size = max(self.config.batch_size, self.config.concurrency) * _WINDOW
        for window in windows(codes, size):
            pairs = [(item, None) if isinstance(item, str) else item for item in window]
            yield from self._ask_all([_context(*pair) for pair in pairs])

    def complete_many(
        self, prompts: Sequence[Prompt], samples: int | None = None, sampling: Sampling | None = None
    ) -> list[Answer | BackendError]:
        """Ask the model: batched, tried again, cached and counted.

        Args:
            prompts: the conversations; equal ones are asked once.
            samples: answers for each; None for `config.samples`.
            sampling: how answers are drawn; None for what `config` says.

        Returns:
            For each prompt, in their order, its answer or why there is none.

        Raises:
            BackendError: the model can't be loaded.
        """
        drawn = sampling if sampling is not None else self.config.sampling
        if samples is not None:
            drawn = replace(drawn, samples=samples)
        return [outcome for outcome, _ in self._complete(prompts, drawn)]

    def generate_embeddings(self, snippets: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts.

        Args:
            snippets: the texts.

        Returns:
            A float32 array [n, dim]; each row of length 1, or zero for an empty text.

        Raises:
            BackendError: the model gives no embeddings, or failed to the last try.
        """
        runner = self._ready()
        if not all(_is_text((Message("user", text),)) for text in snippets):
            raise _no_text()
        with needs("remote", "an embedding"):
            import numpy as np
        self.metrics.count("embeddings", len(snippets))
        if not snippets:
            return np.zeros((0, runner.info.embedding_size or 0), dtype=np.float32)
        keys = [embedding_key(text, runner.info, self.config.embedding_model) for text in snippets]
        known = self._known_vectors(keys)
        self.metrics.count("embedding_cache_hits", sum(key in known for key in keys))
        missing = {key: text for key, text in zip(keys, snippets, strict=True) if key not in known}
        lengths = [len(text) for text in missing.values()]
        pairs = list(missing.items())
        for batch in batches(lengths, self.config.batch_size):
            vectors = runner.embed([pairs[index][1] for index in batch])
            found = {pairs[index][0]: vector for index, vector in zip(batch, vectors, strict=True)}
            self._keep_vectors(found)
            known |= found
        return np.stack([known[key] for key in keys]).astype(np.float32)

    def cleanup(self) -> None:
        """Free the model, GPU memory, connections and files; safe twice. `initialize` brings them back."""
        with self._lock:
            self._closed = True
            runner, self._runner = self._runner, None
            cache, self._cache = self._cache, None
            bank, self._bank = self._bank, None
            log, self._log = self._log, None
        for held in (runner, cache, log):
            if held is not None:
                held.close()
        if bank is not None:
            bank.clear()

    def get_metrics(self) -> Snapshot:
        """The figures so far; see `ServiceMetrics.snapshot`."""
        return self.metrics.snapshot()

    def _open(self) -> None:
        log = ServiceLog(self.config.log_dir)
        try:
            runner = ModelRunner(
                self._make, self.config, self.metrics, log.logger, self._expected, self._sleep
            )
            if self.config.cache:
                self._cache = AnswerCache(self._cache_folder(), partial(log.logger.warning, "{}"))
        except BaseException:
            log.close()
            raise
        device = runner.info.device
        self._bank = EmbeddingBank(device if device.startswith("cuda") and check_cuda_available() else None)
        self._log, self._runner = log, runner

    def _cache_folder(self) -> Path:
        return cache_folder.prepare(self.config.cache_dir or Config().cache)

    def _ready(self) -> ModelRunner:
        if self._runner is None and self._closed:
            raise BackendError("the service was closed by cleanup", "call initialize")
        self.initialize()
        runner = self._runner
        if runner is None:
            raise BackendError("the service was closed by cleanup", "call initialize")
        return runner

    def _ask_all(self, contexts: Sequence[PromptContext], raising: bool = False) -> list[TranslationResult]:
        started = time.perf_counter()
        runner = self._ready()
        sampling = self.config.sampling
        prompter = Prompter(runner.info, runner.count_tokens, self.config.max_length)
        prompts = [_prompt(prompter, context, raising) for context in contexts]
        prompted = time.perf_counter()
        outcomes = iter(self._complete([one for one in prompts if isinstance(one, tuple)], sampling))
        asked: list[Asked] = []
        for context, prompt in zip(contexts, prompts, strict=True):
            if isinstance(prompt, BackendError):
                asked.append(Asked(context, prompt))
                continue
            outcome, cached = next(outcomes)
            if raising and isinstance(outcome, BackendError):
                self.metrics.finished(False, time.perf_counter() - started)
                raise outcome
            asked.append(Asked(context, outcome, prompt_digest(prompt), cached))
        answered = time.perf_counter()
        results = [result_of(one, runner.info, sampling, prompter) for one in asked]
        ended = time.perf_counter()
        share = 1 / max(len(results), 1)
        timings = {
            "prompting": (prompted - started) * share,
            "model": (answered - prompted) * share,
            "parsing": (ended - answered) * share,
        }
        return [self._counted(one, timings, (ended - started) * share) for one in results]

    def _counted(
        self, result: TranslationResult, timings: dict[str, float], seconds: float
    ) -> TranslationResult:
        succeeded = bool(result.rust_code)
        self.metrics.finished(succeeded, seconds, result.confidence if succeeded else None)
        if not succeeded and "usable" in result.metadata:
            self.metrics.count("unusable")
        return replace(result, timings=dict(timings), processing_time=seconds)

    def _complete(
        self, prompts: Sequence[Prompt], sampling: Sampling
    ) -> list[tuple[Answer | BackendError, bool]]:
        """The outcome of each prompt, and whether it was known."""
        distinct = list(dict.fromkeys(prompts))
        self.metrics.count("prompts", len(prompts))
        self.metrics.count("duplicates", len(prompts) - len(distinct))
        found: dict[Prompt, tuple[Answer | BackendError, bool]] = {
            prompt: (_no_text(), False) for prompt in distinct if not _is_text(prompt)
        }
        readable = [prompt for prompt in distinct if prompt not in found]
        if sampling.seed is None and sampling.temperature > 0:
            # Such a draw is asked for because it is another each time: it is neither kept nor shared.
            outcomes = self._ready().outcomes(readable, sampling)
            found |= {readable[index]: (outcome, False) for index, outcome in outcomes}
        else:
            found |= self._repeatable(readable, sampling)
        result = [found[prompt] for prompt in prompts]
        self.metrics.count("prompts_failed", sum(isinstance(one, BackendError) for one, _ in result))
        return result

    def _repeatable(
        self, prompts: Sequence[Prompt], sampling: Sampling
    ) -> dict[Prompt, tuple[Answer | BackendError, bool]]:
        """The outcomes of different prompts, out of the cache, from other threads that ask them, or asked."""
        runner, cache = self._ready(), self._cache
        keys = {answer_key(prompt, runner.info, sampling): prompt for prompt in prompts}
        with self._in_flight.claim(keys) as claim:
            known = cache.answers(claim.mine) if cache is not None else {}
            found: dict[Prompt, tuple[Answer | BackendError, bool]] = {}
            for key, answer in known.items():
                claim.settle(key, answer)
                found[keys[key]] = (answer, True)
            missing = [key for key in claim.mine if key not in known]
            for index, outcome in runner.outcomes([keys[key] for key in missing], sampling):
                prompt = keys[missing[index]]
                if cache is not None and isinstance(outcome, Answer):
                    # The model may have moved meanwhile, and its precision with it.
                    cache.put_answers({answer_key(prompt, runner.info, sampling): outcome})
                claim.settle(missing[index], outcome)
                found[prompt] = (outcome, False)
        self.metrics.count("duplicates", len(claim.theirs))
        for key, future in claim.theirs.items():
            found[keys[key]] = (future.result(), False)
        if cache is not None:
            self.metrics.count("cache_hits", len(known))
            self.metrics.count("cache_misses", len(missing))
        return found

    def _known_vectors(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        known = self._bank.get(keys) if self._bank is not None else {}
        if self._cache is not None:
            stored = self._cache.embeddings(dict.fromkeys(key for key in keys if key not in known))
            if self._bank is not None:
                self._bank.put(stored)
            known |= stored
        return known

    def _keep_vectors(self, vectors: dict[bytes, NDArray[np.float32]]) -> None:
        if self._bank is not None:
            self._bank.put(vectors)
        if self._cache is not None:
            self._cache.put_embeddings(vectors)


def _context(code: str, given: Context) -> PromptContext:
    if not isinstance(code, str):
        raise TypeError(f"the Python must be a str, not {type(code).__name__}")
    context = context_of(code, given)
    if context.rust_signature:
        read_head(context.rust_signature)  # before a model is asked for what can't be read
    return context


def _prompt(prompter: Prompter, context: PromptContext, raising: bool) -> Prompt | BackendError:
    try:
        return prompter.render(context)
    except PromptTooLong as error:
        if raising:
            raise
        return BackendError(str(error))


def _is_text(prompt: Prompt) -> bool:
    """Whether a prompt can be written in UTF-8, which every backend does with it."""
    try:
        for message in prompt:
            message.content.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _no_text() -> BackendError:
    return BackendError("the text holds half of a surrogate pair", "write it as an escape: \\ud800")
