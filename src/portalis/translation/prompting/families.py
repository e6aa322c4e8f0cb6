"""Which template a model is asked with."""

from __future__ import annotations

from dataclasses import dataclass

from portalis.translation.backends.protocol import ModelInfo


@dataclass(frozen=True, slots=True)
class Family:
    """Models that are asked in one way.

    Attributes:
        name: as in `families.yaml`.
        template: the file of its template, in this package's `templates`.
        examples: the most examples shown.
        continues: whether the answer goes on from the prompt's end (base models) instead of replying to it.
    """

    name: str
    template: str
    examples: int
    continues: bool = False


INSTRUCT = Family("instruct", "instruct.j2", 3)


def family_of(model: ModelInfo) -> Family:
    """The family of a loaded model, by its identity and its size."""
    raise NotImplementedError
