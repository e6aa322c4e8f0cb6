"""How expressions and statements of Python are written in Rust: the rows of `patterns.yaml`."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field

from portalis.config.yaml_file import checked
from portalis.translation.prompting.features import features


@dataclass(frozen=True, slots=True)
class TranslationPattern:
    """One way of writing Python in Rust.

    Attributes:
        name: what it is, in words.
        python: an expression or a statement.
        rust: the same in Rust.
        families: the families of models that are told.
    """

    name: str
    python: str
    rust: str
    families: tuple[str, ...]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    python: str
    rust: str
    families: list[str] = Field(alias="for")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    patterns: list[_Row]


@functools.cache
def patterns(family: str | None = None) -> tuple[TranslationPattern, ...]:
    """The patterns that a family of models is told; all for None."""
    text = (resources.files(__package__) / "patterns.yaml").read_text(encoding="utf-8")
    rows = checked(_Table, text, "patterns.yaml").patterns
    known = (TranslationPattern(row.name, row.python, row.rust, tuple(row.families)) for row in rows)
    return tuple(one for one in known if family is None or family in one.families)


def patterns_for(code: str, family: str) -> tuple[TranslationPattern, ...]:
    """The patterns that a family of models is told when it is asked for some Python: those that it has.

    Where the code is no Python, all of the family's.
    """
    try:
        used = features(ast.parse(code))
    except (SyntaxError, ValueError):
        return patterns(family)
    return tuple(one for one in patterns(family) if _features(one.python) <= used)


@functools.cache
def _features(python: str) -> frozenset[str]:
    return features(ast.parse(f"{python} pass" if python.endswith(":") else python))
