"""What lowering knows of the rest of the project: constants, types, and the functions lowered so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portalis.compiler.analysis.aliasing.clash import Effects
from portalis.compiler.analysis.sharing import Effect
from portalis.compiler.hir.loaders import Loaders
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.types import Type, UnionOf
from portalis.compiler.upcalls import PythonSide
from portalis.config.type_mappings import TypeTable, default_type_table

if TYPE_CHECKING:
    from portalis.compiler.lowering.freeze import Frozen


@dataclass(frozen=True, slots=True)
class Callee:
    """What a caller must know of a lowered function."""

    key: str
    path: str
    params: tuple[tuple[str, Type, bool], ...]
    """Name, type, mutated."""
    returns: Type
    raises: bool
    prints: bool
    recursive: bool = False
    sources: frozenset[str] = frozenset()
    """What it reads of the world, by the paths in the runtime."""
    gives_back: int | None = None
    owner: str = ""
    """The struct in whose `impl` it stands."""
    receiver: bool = False
    """Whether its first parameter is the receiver, `self`."""
    yields: Type | None = None
    """What the iterator yields that a call gives."""
    items_raise: bool = False
    """Whether that yields `Result`s."""
    once: frozenset[int] = frozenset()
    """The places of the parameters that it iterates over at most once."""
    stops: bool = False
    """Whether a StopIteration may leave it: a generator that calls it would end with an error."""
    keeps: tuple[bool, ...] = ()
    """Which parameters are callables that outlive the call: they are handed over, the others lent."""
    effects: Effects | None = None
    """What a call does to objects that have several names; None where that is not known yet."""
    handed: frozenset[int] = frozenset()
    """The places of the parameters that may be its result: see `handed_back`."""
    always_handed: bool = False
    """Whether its result is always one of them."""
    steady: frozenset[int] = frozenset()
    """The places of the parameters in which every object stays where it is."""

    @property
    def shares_result(self) -> bool:
        """Whether a result that is no new instance holds objects of an argument that is not it as it is."""
        shares = self.effects.shares if self.effects is not None else ()
        made = self.key.endswith(".__init__")
        return not made and any(other is None and at not in self.handed for at, other in shares)


@dataclass(frozen=True, slots=True)
class HandedBack:
    """`names` are the parameters that a `return` may give as they are; `always`: every one gives such."""

    names: tuple[str, ...] = ()
    always: bool = False


NOTHING = HandedBack()


@dataclass(frozen=True, slots=True)
class FrozenTable:
    """A table of functions: its static, what that needs in its module, and what it lets its readers do."""

    frozen: Frozen
    alias: str
    """The name for the type of its functions, as Rust."""
    runtime: frozenset[str]
    imports: frozenset[str]
    statics: frozenset[tuple[str, str]]
    callees: frozenset[str]
    exceptions: frozenset[str]
    unions: frozenset[UnionOf]
    structs: frozenset[str]
    prints: bool
    sources: frozenset[str]


@dataclass(slots=True)
class ProjectContext:
    """What is known of the project: constants by (module, name), lowered functions by key."""

    symbols: Symbols
    constants: dict[tuple[str, str], object]
    paths: dict[str, str]
    """Python module to Rust module path (`stdnum.util` → `util`)."""
    python: tuple[int, int]
    callees: dict[str, Callee] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    bare_texts: dict[str, str] = field(default_factory=dict)
    own_texts: frozenset[str] = frozenset()
    """Exception classes of which `str` is not their argument, as `module:qualname`."""
    declared: dict[tuple[str, str], Type | None] = field(default_factory=dict)
    """The types that the source gives the constants in use, by (module, name): what is empty needs them."""
    tables: dict[tuple[str, str], FrozenTable] = field(default_factory=dict)
    """The tables of functions that are used so far, by (module, name)."""
    packages: frozenset[str] = frozenset()
    """Rust paths below which other modules lie."""
    table: TypeTable = field(default_factory=default_type_table)
    """The types, with a row for each struct of the project."""
    upcalls: PythonSide | None = None
    """What is known of functions that stay in Python, where Rust may call them: not in a crate."""
    loaders: Loaders = field(default_factory=Loaders)
    """The functions that load something once, and keep it."""
    effects: dict[str, Effect] = field(default_factory=dict)
    """What each function does to shared instances."""
    lends: bool = False
    """Whether any shared class has a container that its instances lend."""

    sharing: dict[str, set[str]] = field(default_factory=dict)
    """The classes of which an instance would have to be shared, and the functions that it would let in."""

    in_unions: dict[str, str] = field(default_factory=dict)
    """The classes that stand in unions, by the name that they have in Rust."""
    exits: bool = False
    """Whether something raises what `except Exception` lets through."""
    exact_floats: bool = False
    """Whether a result that is declared float and may be an int declines then, rather than being refused."""

    def mutated_params(self, key: str) -> tuple[bool, ...]:
        """Which parameters a project function changes in place, as far as it is known."""
        callee = self.callees.get(key)
        return tuple(mutated for _, _, mutated in callee.params) if callee is not None else ()

    def kept_params(self, key: str) -> tuple[bool, ...]:
        """Which parameters of a project function are callables that outlive the call, as far as is known."""
        callee = self.callees.get(key)
        return callee.keeps if callee is not None else ()
