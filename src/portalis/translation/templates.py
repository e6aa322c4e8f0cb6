"""Translation patterns and prompt templates: what a model is told, and in which words.

>>> prompt = render(PromptContext("def one() -> int:\\n    return 1", rust_signature="pub fn one() -> i64"))
>>> [message.role for message in prompt]
['system', 'user']
>>> next(one.rust for one in TRANSLATION_PATTERNS if one.name == "membership")
'xs.contains(&a)'
>>> sorted(PROMPT_TEMPLATES)
['completion', 'instruct', 'small']
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from portalis.translation.prompting.context import Attempt, Callee, Example, PromptContext, context_of
from portalis.translation.prompting.families import Family, families, family_of
from portalis.translation.prompting.helpers import helpers_for
from portalis.translation.prompting.patterns import TranslationPattern, patterns, patterns_for
from portalis.translation.prompting.prompter import Prompter
from portalis.translation.prompting.render import Budget, PromptTooLong, render

__all__ = (
    "PROMPT_TEMPLATES", "TRANSLATION_PATTERNS", "Attempt", "Budget", "Callee", "Example", "Family",
    "PromptContext", "PromptTemplate", "PromptTooLong", "Prompter", "TranslationPattern", "context_of",
    "families", "family_of", "helpers_for", "patterns_for", "render",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    """The template of a family of models.

    Attributes:
        family: the models that are asked with it, and how many examples they are shown.
        source: its text, in Jinja; blocks are messages: `system`, `ask`, `answer`, `repair` and
            `warning`, or `text` for
            models that go on instead of replying. A block that it lacks is that of `instruct`.
    """

    family: Family
    source: str


def _templates() -> dict[str, PromptTemplate]:
    folder = resources.files("portalis.translation.prompting") / "templates"
    return {
        name: PromptTemplate(family, (folder / family.template).read_text(encoding="utf-8"))
        for name, family in families().items()
    }


PROMPT_TEMPLATES: Mapping[str, PromptTemplate] = MappingProxyType(_templates())
"""The templates, by the name of their family."""

TRANSLATION_PATTERNS: tuple[TranslationPattern, ...] = patterns()
"""How expressions and statements of Python are written in Rust; models are told those of use to them."""
