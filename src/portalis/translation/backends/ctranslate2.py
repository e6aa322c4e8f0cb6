"""Models by CTranslate2: fast on CPUs, in int8 where asked. https://opennmt.net/CTranslate2/"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portalis.config.cache import prepare
from portalis.config.settings import Config
from portalis.translation.backends.protocol import (
    Answer,
    BackendError,
    Completion,
    ModelInfo,
    OutOfMemory,
    Prompt,
    Sampling,
)
from portalis.translation.inference_config import InferenceConfig

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from portalis.translation.backends.ctranslate2_conversion import Converted

_INSTALL = "pip install 'portalis[model]'"


class CTranslate2Backend:
    """A model by CTranslate2.

    Args:
        model_path: a folder in CTranslate2's format with the tokenizer's files, or whatever
            `TransformersBackend` takes (it is then converted once, and kept in the cache folder).
        config: `use_gpu`, `device`, `dtype`, `quantization` (`none` or `int8`), `threads`, `batch_size` and
            `cache_dir` are looked at; `tensor_parallel_size` above 1 is refused.

    A completion's `logprob` counts in the token that ended the answer, and what a stop text cut off.
    CTranslate2 takes a seed when a model is loaded only: `config.seed` makes the answers to the same calls in
    the same order repeat, and the seed of a call is not looked at.
    """

    concurrent = False
    takes_turns = True

    def __init__(self, model_path: str, config: InferenceConfig) -> None:
        self._path = Path(model_path).expanduser()
        self._config = config
        self._lock = threading.Lock()
        self._model: Converted | None = None
        self._generator: Any = None
        self._identity = ""
        self._device = "cpu"

    def load(self) -> ModelInfo:
        """Load the model, converted before where needed; see `Backend.load`."""
        config = self._config
        if config.quantization == "int4":
            raise BackendError("CTranslate2 doesn't quantise to int4", "use quantization='int8'")
        if config.tensor_parallel_size > 1:
            raise BackendError(
                "a local model is not split over GPUs",
                f"serve it (vllm serve MODEL --tensor-parallel-size {config.tensor_parallel_size}, or NIM) "
                "and name the endpoint",
            )
        try:
            import ctranslate2  # noqa: F401 # asked for here, so that the error says what to install
            import transformers  # noqa: F401
        except ImportError as error:
            raise BackendError(f"this backend needs {error.name}", _INSTALL) from error
        from portalis.translation.backends import ctranslate2_conversion as conversion
        from portalis.translation.backends.model_identity import identity

        if not self._path.exists():
            raise BackendError(
                f"there is no {self._path}",
                "name a folder of CTranslate2 or Hugging Face, a .gguf file or a .nemo archive",
            )
        cache = prepare(config.cache_dir or Config().cache)
        with self._lock:
            self._device = self._chosen_device()
            self._identity = identity(self._path, cache)
            if conversion.is_converted(self._path):
                self._model = conversion.opened(self._path)
            else:
                self._model = conversion.converted(self._path, self._weights(), self._identity, cache)
            self._make_generator()
            return self._info()

    def _chosen_device(self) -> str:
        import ctranslate2

        have = ctranslate2.get_cuda_device_count()
        named = self._config.device
        if named is None:
            return "cuda:0" if self._config.use_gpu and have else "cpu"
        if named == "cpu":
            return named
        kind, _, index = named.partition(":")
        if kind != "cuda" or not (index or "0").isdigit() or int(index or 0) >= have:
            raise BackendError(
                f"there is no {named}: CTranslate2 sees {have} GPUs",
                "leave `device` out to use what there is, or name `cpu`",
            )
        return f"cuda:{index or 0}"

    def _weights(self) -> str:
        """The format of the weights, as CTranslate2 calls it."""
        if self._config.quantization == "int8":
            return "int8"
        if self._config.dtype != "auto":
            return self._config.dtype
        return "float32" if self._device == "cpu" else "bfloat16"

    def _make_generator(self) -> None:
        import ctranslate2

        if self._model is None:
            raise BackendError("the model is not loaded", "call `load` first")
        kind, _, index = self._device.partition(":")
        # `auto` would choose int8 by itself: what isn't asked for isn't quantised.
        compute = self._config.quantization if self._config.quantization != "none" else self._weights()
        if self._config.seed is not None:
            ctranslate2.set_random_seed(self._config.seed)
        with self._memory():
            try:
                self._generator = ctranslate2.Generator(
                    str(self._model.folder),
                    device=kind,
                    device_index=int(index or 0),
                    compute_type=compute,
                    intra_threads=self._config.threads or 0,
                )
            except ValueError as error:
                raise BackendError(str(error), "use another dtype, or quantization='int8'") from error

    def _info(self) -> ModelInfo:
        model, generator = self._ready()
        return ModelInfo(
            identity=self._identity,
            backend="ctranslate2",
            device=self._device,
            context_tokens=model.facts.context,
            details={
                "dtype": str(generator.compute_type),
                "quantization": self._config.quantization,
                "chat_template": bool(model.tokenizer.chat_template),
            },
        )

    def count_tokens(self, prompt: Prompt) -> int:
        """See `Backend.count_tokens`; exact."""
        from portalis.translation.backends.chat import render

        return len(render(self._ready()[0].tokenizer, prompt))

    def complete(self, prompts: Sequence[Prompt], sampling: Sampling) -> list[Answer]:
        """See `Backend.complete`. More prompts than `batch_size` may be given: they take turns."""
        from portalis.translation.backends.chat import render

        model, _ = self._ready()
        tokens = [render(model.tokenizer, prompt) for prompt in prompts]
        longest = max(map(len, tokens), default=0)
        context = model.facts.context
        if context is not None and longest >= context:
            raise BackendError(
                f"a prompt has {longest} tokens, and the model's context is {context}",
                "shorten it: fewer examples, a smaller item",
            )
        if not tokens:
            return []
        limit = sampling.max_tokens if context is None else min(sampling.max_tokens, context - longest)
        # Without a draw, all samples are the same one.
        alike = sampling.samples if sampling.temperature == 0 and sampling.beams == 1 else 1
        asked = replace(sampling, samples=1) if alike > 1 else sampling
        with self._lock, self._memory():
            results = self._generate(tokens, asked, limit)
        answers = []
        for prompt, result in zip(tokens, results, strict=True):
            pairs = zip(result.sequences_ids, result.scores, strict=True)
            completions = [self._completion(ids, score, sampling, limit) for ids, score in pairs] * alike
            completions.sort(key=lambda one: -(one.logprob if one.logprob is not None else 0.0))
            answers.append(Answer(tuple(completions), len(prompt)))
        return answers

    def _generate(self, tokens: list[list[int]], sampling: Sampling, limit: int) -> list[Any]:
        model, generator = self._ready()
        drawn = sampling.temperature > 0 and sampling.beams == 1
        options: dict[str, Any] = {"sampling_topk": 1}
        if drawn:
            options = {
                "sampling_topk": sampling.top_k,
                "sampling_topp": sampling.top_p,
                "sampling_temperature": sampling.temperature,
            }
        named = [model.tokenizer.convert_ids_to_tokens(prompt) for prompt in tokens]
        results: list[Any] = generator.generate_batch(
            named,
            max_batch_size=self._config.batch_size,
            max_length=limit,
            beam_size=sampling.beams,
            num_hypotheses=sampling.samples,
            end_token=list(model.facts.ends) or None,
            include_prompt_in_result=False,
            return_scores=True,
            **options,
        )
        return results

    def _completion(self, ids: list[int], score: float, sampling: Sampling, limit: int) -> Completion:
        from portalis.translation.backends.chat import cut_tokens

        decode = self._ready()[0].tokenizer.decode
        text, kept, cut = cut_tokens(decode, ids, sampling.stop)
        ended = len(ids) < limit or cut
        return Completion(text, kept, "stop" if ended else "length", float(score) if ids else None)

    def embed(self, _texts: Sequence[str]) -> NDArray[np.float32]:
        """Refused: CTranslate2 gives no hidden states of a decoder."""
        raise BackendError(
            "CTranslate2 gives no embeddings", "name an embedding model, or use backend='transformers'"
        )

    def move_to_cpu(self) -> ModelInfo:
        """See `Backend.move_to_cpu`; the weights stay as they were converted, and compute as the CPU can."""
        with self._lock:
            self._generator = None
            self._device = "cpu"
            self._make_generator()
            return self._info()

    def close(self) -> None:
        """See `Backend.close`."""
        with self._lock:
            self._generator = None
            self._model = None

    def _ready(self) -> tuple[Converted, Any]:
        if self._model is None or self._generator is None:
            raise BackendError("the model is not loaded", "call `load` first")
        return self._model, self._generator

    @contextmanager
    def _memory(self) -> Iterator[None]:
        """A device's memory that ends, as `OutOfMemory`: CTranslate2 has no error of its own for it."""
        try:
            yield
        except RuntimeError as error:
            if "out of memory" not in str(error):
                raise
            raise OutOfMemory(str(error), "a smaller batch, or a shorter max_length") from error
