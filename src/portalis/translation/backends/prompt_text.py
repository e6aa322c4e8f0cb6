"""Prompts for servers that take plain text, and their length where there is no tokenizer."""

from __future__ import annotations

import json
from collections.abc import Mapping

from portalis.translation.backends.protocol import BackendError, Prompt

_BYTES_PER_TOKEN = 3
"""Of code, on the low side, so that an estimate is rather too long than too short."""
_TOKENS_PER_MESSAGE = 8


def estimated_tokens(prompt: Prompt) -> int:
    """The prompt's length in tokens, rather too high than too low."""
    size = sum(len(message.content.encode("utf-8", "replace")) for message in prompt)
    return -(-size // _BYTES_PER_TOKEN) + _TOKENS_PER_MESSAGE * len(prompt)


def as_text(prompt: Prompt, template: str = "", tokens: Mapping[str, str] | None = None) -> str:
    """A prompt as one text.

    Args:
        prompt: the conversation.
        template: the model's chat template, as Hugging Face's tokenizers hold it; without one the messages
            stand one after the other.
        tokens: further names that the template may use: `bos_token`, `eos_token`.

    Raises:
        BackendError: the template can't be rendered.
    """
    if not template:
        return "\n\n".join(message.content for message in prompt)
    from jinja2 import TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def refuse(message: str) -> None:
        raise TemplateError(message)

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.globals["raise_exception"] = refuse
    try:
        return environment.from_string(template).render(
            messages=as_dicts(prompt), add_generation_prompt=True, **(tokens or {})
        )
    except TemplateError as error:
        raise BackendError(
            f"the server's chat template can't be rendered: {error}", "mend it there"
        ) from error


def as_dicts(prompt: Prompt) -> list[dict[str, str]]:
    """The messages as the OpenAI API writes them."""
    return [{"role": message.role, "content": message.content} for message in prompt]


def as_json(prompt: Prompt) -> str:
    """The same as JSON."""
    return json.dumps(as_dicts(prompt))
