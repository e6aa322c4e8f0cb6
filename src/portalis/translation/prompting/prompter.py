"""What a loaded model is asked, and how its answers are read: family, budget and names in one place."""

from __future__ import annotations

from collections.abc import Callable

from portalis.rust_grammar import parse, source_of
from portalis.translation.answers import ParsedAnswer, Unusable, parse_answer
from portalis.translation.backends.protocol import ModelInfo, Prompt
from portalis.translation.prompting.context import PromptContext
from portalis.translation.prompting.families import Family, family_of
from portalis.translation.prompting.helpers import all_paths
from portalis.translation.prompting.render import Budget, render


class Prompter:
    """Asks one model; holds nothing but how."""

    def __init__(self, model: ModelInfo, count_tokens: Callable[[Prompt], int], answer_tokens: int) -> None:
        """Ask as suits a model.

        Args:
            model: the loaded model.
            count_tokens: the length of a prompt, as `Backend.count_tokens`.
            answer_tokens: how many tokens of the model's context are kept for the answer.
        """
        self._family = family_of(model)
        self._budget = (
            Budget(model.context_tokens - answer_tokens, count_tokens)
            if model.context_tokens is not None
            else None
        )

    @property
    def family(self) -> Family:
        """The family of the model."""
        return self._family

    def render(self, context: PromptContext) -> Prompt:
        """The conversation in which the model is asked.

        Raises:
            PromptTooLong: the code alone is too long for the model.
        """
        return render(context, self._family, self._budget)

    def parse(self, context: PromptContext, text: str) -> ParsedAnswer | Unusable:
        """The Rust in an answer to that context.

        Raises:
            ValueError: the context's signature is not the head of one Rust function.
        """
        if self._family.continues:
            text = continued(context, text)
        return parse_answer(text, context.rust_signature or None, offered(context))


def continued(context: PromptContext, text: str) -> str:
    """An answer that goes on from the prompt's last lines, with those before it; only its block counts."""
    head = f"{context.rust_signature} {{\n" if context.rust_signature else ""
    return f"```rust\n{head}{text.partition('```')[0]}\n```\n"


def offered(context: PromptContext) -> frozenset[str]:
    """What an answer to a context may name: paths of callees and helpers, names of types and constants."""
    names = {one.path for one in (*context.callees, *context.helpers)}
    if context.helpers:  # a crate with the runtime; examples may have shown others
        names |= all_paths()
    for text in (*context.types, *context.constants):
        for node in parse(text).named_children:
            if node.type in _DEFINES:
                names.add(source_of(node.child_by_field_name("name")))
            elif node.type == "use_declaration":
                names.add(source_of(node.child_by_field_name("argument")).rpartition("::")[2])
    return frozenset(names)


_DEFINES = frozenset({"const_item", "enum_item", "static_item", "struct_item", "trait_item", "type_item"})
