"""The Rust side of a function's parameters and result, with the lifetimes that a borrowed result needs.

>>> text, number = MappedType(Ref(Path("str"))), MappedType(Path("i64"))
>>> signature = RustSignature((text, number), MappedType(Ref(Path("str"))), ("name", "width"), name="pad")
>>> str(signature.linked())
'fn pad(name: &str, width: i64) -> &str'
>>> both = RustSignature((text, text), MappedType(Ref(Path("str"))), ("left", "right"), name="longest")
>>> str(both.linked())
"fn longest<'a>(left: &'a str, right: &'a str) -> &'a str"
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from portalis.compiler.types import Instance
from portalis.config.rust_syntax import KEYWORDS
from portalis.mapping.errors import UnmappedType
from portalis.mapping.rust_type import UNIT, MappedType, Path, Ref, borrows, names_lifetime, tied

_ERROR = Path("Error")
_NEVER_RAW = frozenset({"self", "Self", "super", "crate"})


@dataclass(frozen=True, slots=True)
class RustSignature:
    """The Rust side of a function's parameters and result. `str()` prints it, `declaration` as Rust source.

    Attributes:
        params: one type per parameter, borrowed where it is only read.
        returns: the result, before `optional` and `fallible` wrap it.
        names: the parameters' names, or empty.
        fallible: whether the function can raise: the result is `Result<_, Error>`.
        name: the function's name, or empty.
        optional: whether it can end without a value: the result is `Option<_>`, inside the `Result`.
    """

    params: tuple[MappedType, ...]
    returns: MappedType
    names: tuple[str, ...] = ()
    fallible: bool = False
    name: str = ""
    optional: bool = False

    @property
    def parts(self) -> tuple[MappedType, ...]:
        """The parameters' types and the result's."""
        return (*self.params, self.returns)

    @property
    def imports(self) -> frozenset[str]:
        """Paths to `use` for the whole signature."""
        bounds = {"std::hash::Hash"} if any("Hash" in traits for _, traits in self.generics) else set[str]()
        return frozenset(bounds).union(*(one.imports for one in self.parts))

    @property
    def crates(self) -> dict[str, str]:
        """Cargo dependencies: published name to the value in `[dependencies]`."""
        return {name: spec for one in self.parts for name, spec in one.crates.items()}

    @property
    def definitions(self) -> tuple[str, ...]:
        """The Rust items that the types stand on, each once."""
        return tuple(dict.fromkeys(text for one in self.parts for text in one.definitions))

    @property
    def generics(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The type parameters, each with the traits that some place needs."""
        found: dict[str, frozenset[str]] = {}
        for one in self.parts:
            for name, bounds in one.generics:
                found[name] = found.get(name, frozenset()) | bounds
        return tuple(sorted(found.items()))

    def __str__(self) -> str:
        return self._text(self.name, self.names)

    def declaration(self, name: str = "") -> str:
        """The head of the function as Rust source, to which a body can be added.

        Args:
            name: the function's name, where the signature has none.

        >>> RustSignature((MappedType(Path("i64")),), MappedType(Path("bool"))).declaration("is_even")
        'fn is_even(arg0: i64) -> bool'
        """
        names = self.names or tuple(f"arg{index}" for index in range(len(self.params)))
        return self._text(self.name or name or "f", tuple(map(_identifier, names)))

    def linked(self, sources: Iterable[int] | None = None) -> RustSignature:
        """The signature with lifetimes where the result borrows and Rust can't infer from what.

        Args:
            sources: the indices of the parameters that the result may borrow from; None: all that are lent.

        Raises:
            UnmappedType: the result borrows, and there is no parameter to borrow from.
        """
        named = names_lifetime(self.returns.tree)
        if not named and not borrows(self.returns.tree):
            return self
        chosen = set(range(len(self.params)) if sources is None else sources)
        lent = [index for index, one in enumerate(self.params) if index in chosen and borrows(one.tree)]
        if not lent:
            raise UnmappedType(
                Instance(str(self.returns)),
                "PT103",
                f"the result {self.returns} borrows, but no parameter is lent",
            )
        declared = any(names_lifetime(one.tree) for one in self.params)
        if not named and not declared and sum(borrows(one.tree) for one in self.params) == 1:
            return self
        params = tuple(
            replace(one, tree=tied(one.tree)) if index in lent else one
            for index, one in enumerate(self.params)
        )
        return replace(self, params=params, returns=replace(self.returns, tree=tied(self.returns.tree)))

    def _text(self, name: str, names: tuple[str, ...]) -> str:
        generics = ["'a"] if any(names_lifetime(one.tree) for one in self.parts) else []
        generics += [
            f"{one}: {' + '.join(sorted(bounds))}" if bounds else one for one, bounds in self.generics
        ]
        types = tuple(str(one) for one in self.params)
        inside = [f"{one}: {text}" for one, text in zip(names, types, strict=True)] if names else types
        result = f"Option<{self.returns}>" if self.optional else str(self.returns)
        result = f"Result<{result}, {_ERROR}>" if self.fallible else result
        plain = not self.fallible and not self.optional and self.returns.tree == UNIT
        head = f"fn {name}" if name else "fn"
        bounds = f"<{', '.join(generics)}>" if generics else ""
        return f"{head}{bounds}({', '.join(inside)}){'' if plain else f' -> {result}'}"


def is_lent(type_: MappedType) -> bool:
    """Whether a parameter of the type is a reference."""
    return isinstance(type_.tree, Ref) or borrows(type_.tree) > 0


def all_imports(types: Iterable[MappedType]) -> frozenset[str]:
    """The paths to `use` for several types together."""
    return reduce(frozenset.union, (one.imports for one in types), frozenset())


def _identifier(name: str) -> str:
    if name in _NEVER_RAW:
        return f"{name.lower()}_"
    return f"r#{name}" if name in KEYWORDS else name
