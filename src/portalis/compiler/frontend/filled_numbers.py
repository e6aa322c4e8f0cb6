"""Containers of ints that floats are put into: they hold both.

    def fill(c, x):                     c: list[int | float]
        c[0] = math.sin(x)

    class Series:
        def __init__(self, n):
            self.c = list(range(n))     self.c: list[int | float]
            fill(self.c, 0.5)

A checker takes what a list holds from where it is made, and a parameter from what it is called with. Where a
function puts floats into a parameter, what its callers hand over holds floats as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from portalis.compiler.frontend.attributes import Attribute, puts_of
from portalis.compiler.frontend.contents import Handed, put_into, takes_floats
from portalis.compiler.frontend.inference import Inferred, Open
from portalis.compiler.frontend.targets import Evidence, FunctionNode, Taken, Target, receiver
from portalis.compiler.types import Type


@dataclass(slots=True)
class FilledNumbers:
    """The parameters of a project that floats are put into."""

    inferable: Open
    found: dict[tuple[Target, str], Type] = field(default_factory=dict)

    def infer(self, evidence: Evidence, inferred: Inferred) -> None:
        """Widen what was inferred of parameters, by one answer of the oracle."""
        before = -1
        while before != len(self.found):
            before = len(self.found)
            for name, functions in self.inferable.items():
                handed = self.handed(evidence, name)
                for qualname, node in functions.items():
                    if isinstance(node, FunctionNode):
                        self._function(Target(name, qualname), node, evidence, inferred, handed)

    def handed(self, evidence: Evidence, module: str) -> Handed:
        """The arguments of a module's calls that are containers which the function puts floats into."""
        return {
            argument: type_
            for call, target in evidence.calls.get(module, {}).items()
            for argument, type_ in self._arguments(call, target)
        }

    def _arguments(self, call: ast.Call, target: Target) -> Iterator[tuple[ast.expr, Type]]:
        node = self.inferable.get(target.module, {}).get(target.name)
        if node is not None:
            for name, value in Taken(node.args, receiver(target.name, node)).bound(call):
                type_ = self.found.get((target, name))
                if type_ is not None:
                    yield value, type_

    def _function(
        self, target: Target, node: FunctionNode, evidence: Evidence, inferred: Inferred, handed: Handed
    ) -> None:
        known: Mapping[ast.expr, Type] = evidence.types.get(target.module, {})
        types = inferred.found.get(target, {})
        open_ = {name for name in types if name in Taken(node.args, receiver(target.name, node)).wanted}
        if not open_:
            return
        owner = f"{target.module}.{target.name}"
        uses = [one for one in ast.walk(node) if isinstance(one, ast.Name) and one.id in open_]
        rebound = {one.id for one in uses if not isinstance(one.ctx, ast.Load)}
        names: dict[ast.expr, Attribute] = {
            one: Attribute(owner, one.id) for one in uses if one.id not in rebound
        }
        for attribute, put in puts_of(target.module, node, known, names, handed):
            if attribute.owner == owner:
                natural = types[attribute.name]
                whole = put_into(natural, put.steps, put.type_of(known), known)
                if takes_floats(natural, whole):
                    types[attribute.name] = self.found[target, attribute.name] = whole
