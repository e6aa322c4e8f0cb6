"""A conversation as the tokens that a model was trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from portalis.translation.backends.protocol import BackendError, Message, Prompt


def render(tokenizer: Any, prompt: Prompt) -> list[int]:
    """The tokens of a conversation, by the tokenizer's chat template.

    Where the template knows no system turn, its text goes before the first turn of the user. A tokenizer
    without a template is a base model's: it is given the texts alone, a blank line between them, and goes on
    from there.

    Raises:
        BackendError: the template refuses the conversation.
    """
    if not getattr(tokenizer, "chat_template", None):
        text = "\n\n".join(turn.content for turn in prompt) + "\n"
        return list(tokenizer(text)["input_ids"])
    from jinja2 import TemplateError

    try:
        text = _templated(tokenizer, prompt)
    except TemplateError as refused:
        if prompt[0].role != "system":
            raise BackendError(f"the model's chat template refuses the prompt: {refused}") from refused
        try:
            text = _templated(tokenizer, _without_system(prompt))
        except TemplateError as again:
            raise BackendError(f"the model's chat template refuses the prompt: {again}") from again
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])


def _templated(tokenizer: Any, prompt: Prompt) -> str:
    turns = [{"role": turn.role, "content": turn.content} for turn in prompt]
    return str(tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True))


def _without_system(prompt: Prompt) -> Prompt:
    first, *others = prompt
    if others and others[0].role == "user":
        joined = Message("user", f"{first.content}\n\n{others[0].content}")
        return (joined, *others[1:])
    return (Message("user", first.content), *others)


def stop_test(tokenizer: Any, stop: Sequence[str], steps: int) -> Callable[[list[int]], bool] | None:
    """Whether an answer has come to a stop text, asked at least every `steps` tokens; None for no texts."""
    texts = [text for text in stop if text]
    if not texts:
        return None
    tail = steps + max(len(text.encode()) for text in texts)

    def stopped(tokens: list[int]) -> bool:
        text = tokenizer.decode(tokens[-tail:], skip_special_tokens=True)
        return any(one in text for one in texts)

    return stopped


def cut(text: str, stop: Sequence[str]) -> str:
    """The text before the first stop text.

    >>> cut("fn f() {}\\n```\\nso", ["```", "so"])
    'fn f() {}\\n'
    """
    places = [place for one in stop if one and (place := text.find(one)) >= 0]
    return text[: min(places)] if places else text


def cut_tokens(
    decode: Callable[..., str], tokens: Sequence[int], stop: Sequence[str]
) -> tuple[str, int, bool]:
    """An answer before its first stop text: its text, the tokens that took, and whether it was cut."""
    text = decode(list(tokens), skip_special_tokens=True)
    shorter = cut(text, stop)
    kept = len(tokens)
    if shorter == text:
        return text, kept, False
    while kept and decode(list(tokens[: kept - 1]), skip_special_tokens=True).startswith(shorter):
        kept -= 1
    return shorter, kept, True
