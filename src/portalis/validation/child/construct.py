"""Arguments that a class's constructor takes, from those that it refused.

Polynomial(3, [1.0])     its `len(coefficients) != degree + 1` met 1 and 4: tries Polynomial(0, [1.0])
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import replace

from .guide import toward
from .profile import Instrumented, instrument
from .recipe import Recipe, find_class
from .trial import Trial


class Constructors:
    """Follows the comparisons inside the constructors of a project's classes."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._known: dict[str, Instrumented | None] = {}

    def toward(self, refused: Recipe) -> Iterator[Recipe]:
        """Recipes near one that the constructor refused, at which its comparisons go the other way."""
        if refused.key not in self._known:
            self._known[refused.key] = _instrumented(find_class(refused.key))
        made = self._known[refused.key]
        if made is None or not self._trial.profiled_making(made, find_class(refused.key), refused.args):
            return iter(())
        return (replace(refused, args=args) for args in toward(made.profile, refused.args))


def _instrumented(kind: type) -> Instrumented | None:
    """The reporting copy of a class's `__init__`, where instances are made in no way of its own."""
    constructor = getattr(kind, "__init__", None)
    own_way = any("__new__" in vars(base) for base in kind.__mro__ if base is not object)
    if own_way or not isinstance(constructor, types.FunctionType):
        return None
    return instrument(constructor)
