"""Models on this machine, by transformers: folders, GGUF files, `.nemo` archives, embedding models."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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

    from portalis.translation.backends.generation import Generated, SlotEngine
    from portalis.translation.backends.local_model import LocalModel

_INSTALL = "pip install 'portalis[model]'"
_NO_MEMORY = "not enough memory"  # of PyTorch's allocator for CPUs, which has no error of its own
_STEPS = 8
"""A stop text is looked for at least every so many tokens."""


class TransformersBackend:
    """A model of transformers, on a GPU or the CPU.

    Args:
        model_path: a Hugging Face folder (or one of sentence-transformers, which only embeds), a GGUF file,
            or a `.nemo` archive whose weights are those of a Hugging Face model.
        config: `use_gpu`, `device`, `dtype`, `threads`, `batch_size` and `cache_dir` are looked at.
            `quantization` is refused: it is CTranslate2's (`backend="ctranslate2"`). So is
            `tensor_parallel_size` above 1: serve such a model (`vllm serve`, NIM) and name its endpoint.

    Answers are repeatable: the same prompt, settings and seed draw the same, whatever else is in the batch,
    up to the rounding of sums, which on a GPU depends on the batch. Threads are a setting of the whole
    process.
    """

    concurrent = False
    takes_turns = True

    def __init__(self, model_path: str, config: InferenceConfig) -> None:
        self._path = Path(model_path).expanduser()
        self._config = config
        self._lock = threading.Lock()
        self._loaded: LocalModel | None = None
        self._engine: SlotEngine | None = None
        self._identity = ""

    def load(self) -> ModelInfo:
        """Load the model; see `Backend.load`."""
        config = self._config
        if config.quantization != "none":
            raise BackendError(
                f"a model of transformers is not quantised to {config.quantization} here",
                "use backend='ctranslate2', which computes in int8",
            )
        if config.tensor_parallel_size > 1:
            raise BackendError(
                "a local model is not split over GPUs",
                f"serve it (vllm serve MODEL --tensor-parallel-size {config.tensor_parallel_size}, or NIM) "
                "and name the endpoint",
            )
        try:
            import torch
            import transformers  # noqa: F401 # asked for here, so that the error says what to install
        except ImportError as error:
            raise BackendError(f"a local model needs {error.name}", _INSTALL) from error
        from portalis.translation.backends import local_model
        from portalis.translation.backends.model_identity import identity

        if config.threads is not None:
            torch.set_num_threads(config.threads)
        with self._lock, self._memory():
            self._loaded = local_model.load(self._path, config, local_model.device_of(config))
            self._identity = identity(self._path, prepare(config.cache_dir or Config().cache))
            self._make_engine()
            return self._info()

    def _make_engine(self) -> None:
        from portalis.translation.backends import families
        from portalis.translation.backends.generation import SlotEngine

        loaded = self._ready()
        self._engine = None
        if not loaded.generates:
            return
        if reason := families.unfit(loaded.model.config, loaded.context):
            loaded.details["engine"] = f"generate ({reason})"
            return
        families.use_slots(loaded.model)
        graphs = loaded.model.device.type == "cuda"
        self._engine = SlotEngine(loaded.model, loaded.ends, loaded.context, graphs=graphs)
        loaded.details["engine"] = "slots, CUDA graphs" if graphs else "slots"

    def _info(self) -> ModelInfo:
        loaded = self._ready()
        return ModelInfo(
            identity=self._identity,
            backend="transformers",
            device=str(loaded.model.device),
            context_tokens=loaded.context,
            embedding_size=int(loaded.model.config.hidden_size),
            details=dict(loaded.details),
        )

    def count_tokens(self, prompt: Prompt) -> int:
        """See `Backend.count_tokens`; exact."""
        from portalis.translation.backends.chat import render

        return len(render(self._ready().tokenizer, prompt))

    def complete(self, prompts: Sequence[Prompt], sampling: Sampling) -> list[Answer]:
        """See `Backend.complete`. More prompts than `batch_size` may be given: they take turns.

        Answers whose prompt and `max_tokens` pass the model's context end where the context does.
        """
        from portalis.translation.backends.chat import render

        loaded = self._ready()
        if not loaded.generates:
            raise BackendError("this model only embeds", "name a model that writes text")
        tokens = [render(loaded.tokenizer, prompt) for prompt in prompts]
        longest = max(map(len, tokens), default=0)
        if longest >= loaded.context:
            raise BackendError(
                f"a prompt has {longest} tokens, and the model's context is {loaded.context}",
                "shorten it: fewer examples, a smaller item",
            )
        # Without a draw, all samples are the same one.
        alike = sampling.samples if sampling.temperature == 0 and sampling.beams == 1 else 1
        with self._lock, self._memory():
            generated = self._generate(tokens, sampling, alike)
        return [
            self._answer(len(prompt), [one for one in answers for _ in range(alike)], sampling)
            for prompt, answers in zip(tokens, generated, strict=True)
        ]

    def _generate(self, tokens: list[list[int]], sampling: Sampling, alike: int) -> list[list[Generated]]:
        from dataclasses import replace

        from portalis.translation.backends import families, generation_plain
        from portalis.translation.backends.chat import stop_test

        loaded = self._ready()
        asked = replace(sampling, samples=1) if alike > 1 else sampling
        stopped = stop_test(loaded.tokenizer, sampling.stop, _STEPS)
        if not tokens:
            return []
        if self._engine is not None and sampling.beams == 1:
            slots = self._config.batch_size * asked.samples
            return self._engine.generate(tokens, asked, slots, stopped)
        with families.plain_attention(loaded.model):
            found: list[list[Generated]] = []
            for start in range(0, len(tokens), self._config.batch_size):
                batch = tokens[start : start + self._config.batch_size]
                found += generation_plain.generate(
                    loaded.model, batch, asked, loaded.ends, loaded.context, stopped
                )
            return found

    def _answer(self, prompt: int, generated: list[Generated], sampling: Sampling) -> Answer:
        completions = [self._completion(one, sampling) for one in generated]
        completions.sort(key=lambda one: -one.logprob if one.logprob is not None else 0.0)
        return Answer(tuple(completions), prompt)

    def _completion(self, generated: Generated, sampling: Sampling) -> Completion:
        from portalis.translation.backends.chat import cut_tokens

        text, kept, cut = cut_tokens(self._ready().tokenizer.decode, generated.tokens, sampling.stop)
        ended = generated.ended or cut
        logprobs = generated.logprobs[:kept]
        mean = sum(logprobs) / kept if kept else None
        return Completion(text, kept, "stop" if ended else "length", mean)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Backend.embed`: the mean of the last hidden states; what passes the context is cut off."""
        from portalis.translation.backends.embedding import embed

        loaded = self._ready()
        model = loaded.model.base_model if loaded.generates else loaded.model
        with self._lock, self._memory():
            return embed(model, loaded.tokenizer, texts, loaded.embedding, self._config.batch_size)

    def move_to_cpu(self) -> ModelInfo:
        """See `Backend.move_to_cpu`; computes in float32 there unless the settings name a dtype."""
        import torch

        with self._lock:
            loaded = self._ready()
            self._release()
            if self._config.dtype == "auto":
                loaded.model.to("cpu", torch.float32)
                loaded.details["dtype"] = "float32"
            else:
                loaded.model.to("cpu")
            _empty_cache()
            self._make_engine()
            return self._info()

    def close(self) -> None:
        """See `Backend.close`."""
        with self._lock:
            self._release()
            self._loaded = None
            _empty_cache()

    def _release(self) -> None:
        if self._engine is not None:
            self._engine.release()
            self._engine = None

    def _ready(self) -> LocalModel:
        if self._loaded is None:
            raise BackendError("the model is not loaded", "call `load` first")
        return self._loaded

    @contextmanager
    def _memory(self) -> Iterator[None]:
        """A device's memory that ends, as `OutOfMemory`, with what was taken given back."""
        import torch

        try:
            yield
        except torch.OutOfMemoryError as error:
            self._after_out_of_memory()
            raise OutOfMemory(
                str(error).splitlines()[0], "a smaller batch, or a shorter max_length"
            ) from error
        except RuntimeError as error:
            if _NO_MEMORY not in str(error) and "out of memory" not in str(error):
                raise
            self._after_out_of_memory()
            raise OutOfMemory(
                str(error).splitlines()[0], "a smaller batch, or a shorter max_length"
            ) from error

    def _after_out_of_memory(self) -> None:
        if self._engine is not None:
            self._engine.release()
        _empty_cache()


def _empty_cache() -> None:
    """Give the memory of what is no longer held back to the driver."""
    import gc

    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
