"""When types are taken from use: once all that the text says is known, and unless the oracle objects.

An error that is new in a function once its parameters have guessed types says that the guess does not fit
what the function does: it is withdrawn, and the parameters stay unknown. What is bound again to another type
is no objection: variables have a type for each of their bindings.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portalis.compiler.frontend.attributes import Attribute, Attributes
from portalis.compiler.frontend.inference import Inferred, Open
from portalis.compiler.frontend.objections import UNFIT, Said, places
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.targets import RETURN, Target
from portalis.compiler.frontend.usage import Uses, all_guesses
from portalis.compiler.types import OBJECT, Type


@dataclass(slots=True)
class Guessing:
    """The guesses of one project, and which of them stand."""

    modules: Mapping[str, SourceModule]
    inferable: Open
    attributes: Attributes
    _made: Uses | None = None
    _standing: dict[Target, dict[str, Type]] = field(default_factory=dict)
    _before: frozenset[tuple[str, int]] = frozenset()

    def begin(self, inferred: Inferred, messages: Iterable[Said]) -> bool:
        """Guess, once, what is still unknown; whether there is anything new."""
        if self._made is not None or not self.inferable:
            return False
        self._before = places(messages, UNFIT)
        self._made = all_guesses({name: self.modules[name] for name in self.inferable})
        self.attributes.guessed.update(
            (Attribute(owner, name), type_) for (owner, name), type_ in self._made.fields.items()
        )
        for target, types in self._made.params.items():
            known = inferred.found.get(target, {})
            new = {name: type_ for name, type_ in types.items() if name not in known}
            if new and target.name in self.inferable.get(target.module, {}):
                self._standing[target] = new
                inferred.found.setdefault(target, {}).update(new)
        return bool(self._standing or self.attributes.guessed)

    def widened(self, target: Target) -> dict[str, Type]:
        """What uses alone say of a function's parameters."""
        return dict(self._made.params.get(target, {})) if self._made is not None else {}

    def judge(self, inferred: Inferred, messages: Iterable[Said]) -> None:
        """Withdraw the guesses of functions in which the oracle finds errors that it did not find before."""
        if self._made is None:
            return
        new = places(messages, UNFIT) - self._before
        self._judge_attributes(new)
        for target in list(self._standing):
            node = self.inferable[target.module][target.name]
            if any(name == target.module and node.lineno <= at <= (node.end_lineno or 0) for name, at in new):
                self._withdraw(target, inferred.found.get(target, {}))

    def _judge_attributes(self, new: frozenset[tuple[str, int]]) -> None:
        """Withdraw what was guessed of attributes that are named where the oracle objects.

        Uses are read module by module: what other modules do with the class did not tell anything.
        """
        if not self.attributes.guessed:
            return
        for name in {module for module, _ in new if module in self.modules}:
            named = {
                node.attr
                for node in ast.walk(self.modules[name].tree)
                if isinstance(node, ast.Attribute) and (name, node.lineno) in new
            }
            for one in list(self.attributes.guessed):
                if one.name in named and one.owner.startswith(f"{name}."):
                    del self.attributes.guessed[one]

    def _withdraw(self, target: Target, known: dict[str, Type]) -> None:
        """Forget the guesses of a function, first those that say least."""
        standing = self._standing[target]
        least = [name for name, type_ in standing.items() if type_ is OBJECT]
        for name in (*(least or standing), RETURN):
            known.pop(name, None)
            standing.pop(name, None)
        if not standing:
            del self._standing[target]
