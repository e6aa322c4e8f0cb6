"""What the oracle answers: our own frozen types, asked for with nodes of our own trees.

Answers are keyed by the identity of the `ast` nodes in `SourceModule.tree`: no two nodes share a
key, whatever their spans (spans inside f-strings are not reliable before Python 3.12).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from portalis.compiler.types import TupleOf, Type

SigKind = Literal["positional_only", "positional_or_keyword", "var_positional", "keyword_only", "var_keyword"]


@dataclass(frozen=True, slots=True)
class SigParam:
    """A parameter: for `*args` the type is that of one element, for `**kwargs` that of one value."""

    name: str
    type: Type
    kind: SigKind
    has_default: bool
    annotated: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """A function's signature; `decorators` are full dotted names (source text where unknown).

    `returns` is the declared return type: for a generator the `Iterator`/`Generator`, for a coroutine
    the awaited type. It is `Any` where nothing is declared or inferred.
    """

    params: tuple[SigParam, ...]
    returns: Type
    is_generator: bool
    is_async: bool
    decorators: tuple[str, ...]
    annotated: bool = True


@dataclass(frozen=True, slots=True)
class TypingError:
    """An error mypy reports in the project: `code` is mypy's own (`arg-type`)."""

    module: str
    line: int
    message: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Unannotated:
    """A function that lacks annotations; `missing` names the parameters, and `return` for the result."""

    module: str
    qualname: str
    line: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class OracleAnswer:
    """mypy's answer about a project, as our own data."""

    errors: tuple[TypingError, ...]
    unannotated: tuple[Unannotated, ...]
    seconds: float
    _types: dict[str, dict[ast.expr, Type]]
    _fullnames: dict[str, dict[ast.expr, str]]
    _variables: dict[tuple[str, str | None, str], Type]
    _signatures: dict[tuple[str, str], Signature]
    records: Mapping[str, TupleOf] = field(default_factory=dict)
    """Aliases of tuples that hold such tuples again, by full name: types mean them by that name."""

    def type_of(self, module: str, node: ast.expr) -> Type | None:
        """The type at an expression, narrowed where the flow narrows it; None in code held unreachable.

        At a name that is assigned it is the type of the variable.
        """
        return self._types.get(module, {}).get(node)

    def fullname(self, module: str, node: ast.Name | ast.Attribute) -> str | None:
        """What a name is bound to (`builtins.len`, `stdnum.util.clean`, `re.compile`); None for locals."""
        return self._fullnames.get(module, {}).get(node)

    def variable(self, module: str, scope_qualname: str | None, name: str) -> Type | None:
        """The declared or inferred type of a module global (scope None), or of a parameter or local.

        Scopes are spelled as Python does: `outer.<locals>.inner`, `Class.method`; a class is one too.
        """
        return self._variables.get((module, scope_qualname, name))

    def types(self) -> frozenset[Type]:
        """Every type that an expression or a variable has."""
        found = {type_ for types in self._types.values() for type_ in types.values()}
        return frozenset(found | {*self._variables.values()})

    def declared(self) -> frozenset[Type]:
        """Every type that a variable, a parameter or a result has."""
        found = {*self._variables.values()}
        for signature in self._signatures.values():
            found |= {signature.returns, *(one.type for one in signature.params)}
        return frozenset(found)

    def mapped(self, change: Callable[[Type], Type]) -> OracleAnswer:
        """The same answer with every type changed."""
        signatures = {
            key: replace(
                found,
                params=tuple(replace(one, type=change(one.type)) for one in found.params),
                returns=change(found.returns),
            )
            for key, found in self._signatures.items()
        }
        types = {
            module: {node: change(type_) for node, type_ in found.items()}
            for module, found in self._types.items()
        }
        variables = {key: change(type_) for key, type_ in self._variables.items()}
        return replace(self, _types=types, _variables=variables, _signatures=signatures)

    def with_variables(self, module: str, scope: str, names: Collection[str]) -> OracleAnswer:
        """The same answer with globals of a module as variables of a scope."""
        found: dict[tuple[str, str | None, str], Type] = {
            (module, scope, name): type_
            for name in names
            if (type_ := self._variables.get((module, None, name))) is not None
        }
        return replace(self, _variables={**self._variables, **found})

    def signature(self, module: str, qualname: str) -> Signature | None:
        """The signature of a function, method or nested function."""
        return self._signatures.get((module, qualname))
