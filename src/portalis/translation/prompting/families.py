"""Which template a model is asked with: the rows of `families.yaml`."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field

from portalis.config.yaml_file import checked
from portalis.translation.backends.protocol import ModelInfo

_SIZE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*([bm])(?![a-z])", re.IGNORECASE)
_UNITS = {"b": 1e9, "m": 1e6}


@dataclass(frozen=True, slots=True)
class Family:
    """Models that are asked in one way.

    Attributes:
        name: as in `families.yaml`.
        template: the file of its template.
        examples: the most examples shown.
        continues: whether the answer goes on from the prompt's end (base models) instead of replying to it.
    """

    name: str
    template: str
    examples: int
    continues: bool = False


class _Where(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    chat_template: bool | None = None
    parameters_max: int | None = Field(default=None, gt=0)
    identity: str | None = None

    def holds(self, model: ModelInfo) -> bool:
        """Whether a model meets the conditions; what isn't known of it meets none."""
        if self.chat_template is not None and model.details.get("chat_template") is not self.chat_template:
            return False
        if self.parameters_max is not None:
            size = parameters(model)
            if size is None or size > self.parameters_max:
                return False
        return self.identity is None or bool(re.search(self.identity, model.identity, re.IGNORECASE))


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    template: str
    examples: int = Field(ge=0)
    continues: bool = False
    where: _Where = _Where()


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    families: list[_Row] = Field(min_length=1)


@functools.cache
def _table() -> tuple[tuple[Family, _Where], ...]:
    text = (resources.files(__package__) / "families.yaml").read_text(encoding="utf-8")
    rows = checked(_Table, text, "families.yaml").families
    return tuple((Family(row.name, row.template, row.examples, row.continues), row.where) for row in rows)


def families() -> dict[str, Family]:
    """All families, by name."""
    return {family.name: family for family, _ in _table()}


INSTRUCT = families()["instruct"]
"""The family of a model of which nothing is known."""


def family_of(model: ModelInfo) -> Family:
    """The family of a loaded model, by its tokenizer, its size and its identity."""
    return next((family for family, where in _table() if where.holds(model)), INSTRUCT)


def parameters(model: ModelInfo) -> int | None:
    """How many parameters a model has: as it was loaded, else as its name says (`…-0.5B-…`).

    >>> parameters(ModelInfo("Qwen2.5-Coder-0.5B-Instruct", "openai", "remote"))
    500000000
    """
    known = model.details.get("parameters")
    if isinstance(known, int | float) and not isinstance(known, bool):
        return int(known)
    named = _SIZE.search(model.identity)
    return int(float(named[1]) * _UNITS[named[2].lower()]) if named is not None else None
