"""A small backend that computes its answers by rule, for what the service does around any backend."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

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

Before = Callable[["RuleBackend", Sequence[Prompt], Sampling], None]


class RuleBackend:
    """Answers a prompt about `def NAME` with `pub fn NAME() -> i64`, whose body is the sample's seed.

    Args:
        config: the settings; `use_gpu` says where it pretends to be.
        memory: the most samples at a time that the pretended GPU holds.
        before: called before each batch; raises what it likes.
        logprob: of every answer.
        same: whether all samples are the same.
    """

    concurrent = False
    takes_turns = False

    def __init__(
        self,
        config: InferenceConfig,
        memory: int | None = None,
        before: Before | None = None,
        logprob: float | None = -0.5,
        same: bool = False,
    ) -> None:
        self.config = config
        self.memory = memory
        self.before = before
        self.logprob = logprob
        self.same = same
        self.device = "cuda:0" if config.use_gpu else "cpu"
        self.batches: list[list[str]] = []
        self.embedded: list[list[str]] = []
        self.inside = threading.Lock()
        self.closed = 0

    def load(self) -> ModelInfo:
        if self.memory == 0 and self.device != "cpu":
            raise OutOfMemory("the weights don't fit")
        return self.info()

    def info(self) -> ModelInfo:
        dtype = "bfloat16" if self.device.startswith("cuda") else "float32"
        return ModelInfo("rule@1", "transformers", self.device, 4096, 4, {"dtype": dtype})

    def count_tokens(self, prompt: Prompt) -> int:
        return sum(len(message.content.split()) for message in prompt)

    def complete(self, prompts: Sequence[Prompt], sampling: Sampling) -> list[Answer]:
        assert self.inside.acquire(blocking=False), "two threads in one model"
        try:
            self.batches.append([name_in(prompt) for prompt in prompts])
            if self.before is not None:
                self.before(self, prompts, sampling)
            wanted = len(prompts) * sampling.samples
            if self.memory is not None and self.device != "cpu" and wanted > self.memory:
                raise OutOfMemory(f"no room for {wanted}")
            return [self.answer(prompt, sampling) for prompt in prompts]
        finally:
            self.inside.release()

    def answer(self, prompt: Prompt, sampling: Sampling) -> Answer:
        name = name_in(prompt)
        if name == "chatty":
            return Answer((Completion("I would rather talk about the weather.", 8, "stop", self.logprob),), 5)
        seeds = [0 if self.same else (sampling.seed or 0) + index for index in range(sampling.samples)]
        texts = [f"```rust\npub fn {name}() -> i64 {{\n    {seed}\n}}\n```" for seed in seeds]
        logprobs = [self.logprob - seed / 100 if self.logprob is not None else None for seed in seeds]
        pairs = zip(texts, logprobs, strict=True)
        return Answer(tuple(Completion(text, 10, "stop", value) for text, value in pairs), 5)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded.append(list(texts))
        rows = np.array([[len(text), text.count("e"), 1, 2] for text in texts], dtype=np.float32)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    def move_to_cpu(self) -> ModelInfo:
        self.device = "cpu"
        return self.info()

    def close(self) -> None:
        self.closed += 1


def name_in(prompt: Prompt) -> str:
    found = re.findall(r"def (\w+)", prompt[-1].content)
    if not found:
        raise BackendError("there is no function in the prompt")
    return str(found[0])


def python(name: str, length: int = 1) -> str:
    """A function of a given number of statements."""
    return f"def {name}() -> int:\n" + "    pass\n" * (length - 1) + "    return 1\n"
