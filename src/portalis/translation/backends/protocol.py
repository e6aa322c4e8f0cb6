"""What `NeMoService` asks of a model, wherever it runs, and the errors in which a backend answers.

A backend does one thing: complete prompts, and embed texts where it can. Batching, retries, caching, the move
to the CPU and metrics belong to the service, so that they are the same for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Role = Literal["system", "user", "assistant"]
Finish = Literal["stop", "length"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


Prompt = tuple[Message, ...]
"""A conversation that ends where the model is to answer; the backend applies the model's chat template."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How answers are drawn.

    Attributes:
        max_tokens: the most tokens of an answer.
        temperature: 0 for the likeliest token always.
        top_p: the share of probability that is drawn from, in (0, 1].
        top_k: how many of the likeliest tokens are drawn from; 0 for all.
        samples: answers for each prompt.
        beams: width of a beam search; 1 for none.
        seed: fixes the draw where the backend can; None for a fresh one.
        stop: texts at which an answer ends; they are no part of it.
    """

    max_tokens: int = 512
    temperature: float = 0.2
    top_p: float = 0.95
    top_k: int = 0
    samples: int = 1
    beams: int = 1
    seed: int | None = 0
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer.

    Attributes:
        text: what the model wrote, without special tokens.
        tokens: how many tokens it wrote.
        finish: whether it ended by itself, or at `max_tokens`.
        logprob: the mean natural logarithm of its tokens' probabilities; None where the backend doesn't say.
    """

    text: str
    tokens: int
    finish: Finish
    logprob: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The completions of one prompt, the likeliest first where that is known."""

    completions: tuple[Completion, ...]
    prompt_tokens: int = 0


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What is known of a loaded model.

    Attributes:
        identity: which model it is, for reports and cache keys: its name and a digest of its weights, or the
            endpoint and the model's name there. Never holds a secret.
        backend: the kind of backend, as `InferenceConfig.backend` names it.
        device: where it computes: `cpu`, `cuda:0`, or `remote`.
        context_tokens: the most tokens of prompt and answer together; None where the backend doesn't say.
        embedding_size: length of its embeddings; None where it gives none.
        details: further facts, such as `dtype`, `parameters`, `quantization`.
    """

    identity: str
    backend: str
    device: str
    context_tokens: int | None = None
    embedding_size: int | None = None
    details: dict[str, str | int | float | bool] = field(default_factory=dict)


class Backend(Protocol):
    """A model that can be asked. Made by its class's constructor without work; `load` does the work."""

    concurrent: bool
    """Whether the backend wants prompts singly and many at a time (an endpoint), rather than in batches."""

    takes_turns: bool
    """Whether it may be given more prompts than `batch_size` at a time: where one ends, the next begins."""

    def load(self) -> ModelInfo:
        """Load the model, or reach the endpoint.

        Raises:
            BackendError: it can't be had; `hint` says what to install or to change.
        """
        ...

    def count_tokens(self, prompt: Prompt) -> int:
        """The prompt's length in tokens, chat template included; an estimate where there is no tokenizer."""
        ...

    def complete(self, prompts: Sequence[Prompt], sampling: Sampling) -> list[Answer]:
        """Answer prompts together, in their order; the caller has grouped them by length.

        Raises:
            OutOfMemory: the device's memory does not hold so many at a time.
            TransientError: another try may succeed.
            BackendError: none will.
        """
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts, [n, dim], of length 1 each (zero for an empty text).

        Raises:
            As `complete`; BackendError where the backend has no embeddings.
        """
        ...

    def move_to_cpu(self) -> ModelInfo:
        """Go on on the CPU.

        Raises:
            BackendError: it can't be.
        """
        ...

    def close(self) -> None:
        """Free what is held; safe twice."""
        ...


class BackendError(Exception):
    """A backend can't do what was asked; `hint` says what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class TransientError(BackendError):
    """A failure that another try may not meet: a refused connection, 429, 5xx, a time-out.

    `retry_after` are the seconds that the server asks to wait, where it does.
    """

    def __init__(self, message: str, hint: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class OutOfMemory(BackendError):
    """The device's memory is too small for the batch."""
