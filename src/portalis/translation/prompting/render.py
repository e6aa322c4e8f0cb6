"""A context as a conversation: `render(context, family)`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portalis.translation.backends.protocol import Prompt
from portalis.translation.prompting.context import PromptContext
from portalis.translation.prompting.families import INSTRUCT, Family


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a prompt may be.

    Attributes:
        tokens: the most tokens of a prompt: the model's context less what the answer may take.
        count: the length of a prompt in tokens, as `Backend.count_tokens`.
    """

    tokens: int
    count: Callable[[Prompt], int]


class PromptTooLong(ValueError):
    """The item's own Python, with nothing left out that could be, is longer than the model reads."""


def render(context: PromptContext, family: Family = INSTRUCT, budget: Budget | None = None) -> Prompt:
    """The conversation in which a model is asked for the Rust of an item.

    Where it passes the budget, examples are left out first, the farthest first; then helpers, diagnostics
    and types. The code, the signature, the callees and a former attempt never are.

    Raises:
        PromptTooLong: that is still too long.
    """
    raise NotImplementedError
