"""A context as a conversation: `render(context, family)`.

Verified pairs are shown as turns that went before, so that the last answer looks like the others; a former
attempt is a turn of the model, and what was wrong with it the user's reply.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from jinja2 import Environment, PackageLoader, StrictUndefined

from portalis.rust_grammar import Spans, parse
from portalis.translation.backends.protocol import Message, Prompt
from portalis.translation.prompting.context import Attempt, Example, PromptContext
from portalis.translation.prompting.families import INSTRUCT, Family
from portalis.translation.prompting.patterns import patterns_for
from portalis.translation.prompting.quoting import fenced, line
from portalis.translation.reading.heads import head_of


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
    """A prompt from which all is left out that can be is longer than the model reads.

    Attributes:
        needed: its length in tokens.
        tokens: how many there may be.
    """

    def __init__(self, needed: int, tokens: int) -> None:
        super().__init__(
            f"the prompt has {needed} tokens without anything that could be left out; {tokens} fit beside "
            "the answer (use a model with a longer context, a smaller max_length, or split the function)"
        )
        self.needed = needed
        self.tokens = tokens


def render(context: PromptContext, family: Family = INSTRUCT, budget: Budget | None = None) -> Prompt:
    """The conversation in which a model is asked for the Rust of an item.

    Where it passes the budget, examples are left out first, the farthest first; then helpers, diagnostics,
    types, constants, and of several problems of a former attempt the last. The code, the signature, the
    callees and the attempt itself never are.

    Raises:
        PromptTooLong: that is still too long.
    """
    context = replace(context, examples=context.examples[: family.examples])
    for shorter in _shorter(context):
        prompt = _conversation(shorter, family)
        if budget is None:
            return prompt
        needed = budget.count(prompt)
        if needed <= budget.tokens:
            return prompt
    raise PromptTooLong(needed, budget.tokens if budget is not None else 0)


def _shorter(context: PromptContext) -> Iterator[PromptContext]:
    """The context, and with ever more left out."""
    yield context
    while context.examples:
        context = replace(context, examples=context.examples[:-1])
        yield context
    for part in ("helpers", "diagnostics", "types", "constants"):
        while kept := getattr(context, part):
            # By halves: a long list would else be counted once for each of its parts.
            context = replace(context, **{part: kept[: len(kept) // 2]})
            yield context
    while context.attempt is not None and len(context.attempt.problems) > 1:
        half = len(context.attempt.problems) // 2
        context = replace(context, attempt=Attempt(context.attempt.rust, context.attempt.problems[:half]))
        yield context


def _conversation(context: PromptContext, family: Family) -> Prompt:
    def block(name: str, values: Mapping[str, object]) -> str:
        return _block(family.template, name, values)

    if family.continues:
        return (Message("user", block("text", _values(context))),)
    system = {**_values(context), "patterns": patterns_for(context.code, family.name)}
    messages = [Message("system", block("system", system))]
    for example in reversed(context.examples):  # the nearest stands next to the question
        shown = PromptContext(example.python, rust_signature=_signature(example))
        messages.append(Message("user", block("ask", _values(shown))))
        messages.append(Message("assistant", block("answer", {"rust": example.rust})))
    ask = block("ask", _values(context))
    if context.attempt is None:
        return (*messages, Message("user", ask))
    asked = {**_values(context), "problems": context.attempt.problems}
    if not context.attempt.rust:
        return (*messages, Message("user", f"{ask}\n\n{block('warning', asked)}"))
    messages.append(Message("user", ask))
    messages.append(Message("assistant", block("answer", {"rust": context.attempt.rust})))
    return (*messages, Message("user", block("repair", asked)))


def _signature(example: Example) -> str:
    """The head of an example's Rust; "" where it is no function."""
    for node in parse(example.rust).named_children:
        if node.type == "function_item":
            return head_of(node, Spans(example.rust)).text
    return ""


def _values(context: PromptContext) -> dict[str, object]:
    return {name: getattr(context, name) for name in PromptContext.__dataclass_fields__}


def _block(file: str, name: str, values: Mapping[str, object]) -> str:
    """One block of a template, or of `instruct.j2` where it has none of that name.

    Jinja itself renders whole templates only.
    """
    template = _environment().get_template(file)
    if name not in template.blocks:
        template = _environment().get_template("instruct.j2")
    return "".join(template.blocks[name](template.new_context(dict(values)))).strip()


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # the texts are Markdown, made safe by the filters below
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"fenced": fenced, "line": line, "quoted": _quoted}
    return environment


def _quoted(text: str) -> str:
    """A text as one line of code inside a sentence."""
    plain = line(text)
    return f"`{plain}`" if "`" not in plain else f"`` {plain} ``"
