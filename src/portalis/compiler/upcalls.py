"""Which functions that stay in Python Rust may call, in a package that has both; and as what.

    def clean(text: str) -> str: …   (stays in Python)   →   upcalls::util_clean(text)?

Rust may decline after the call, and then all of it is run again in Python: so the callee must be one that may
run twice (`analysis.repeatable`). What goes there and what comes back crosses by value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from portalis.compiler.analysis.repeatable import Repeatable
from portalis.compiler.frontend.answer import OracleAnswer, SigParam
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.layout import segment
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.types import (
    BIG,
    BOOL,
    BYTES,
    COPY_INSTANCES,
    DECIMAL,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    STR,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    dynamic,
    is_mutable,
)
from portalis.compiler.unit import Param, Upcall

_PRIMS = frozenset({INT, BIG, FLOAT, STR, BOOL, BYTES, NONE, OBJECT})
_INSTANCES = COPY_INSTANCES | {DECIMAL}
_MAX_TUPLE = 12


@dataclass(slots=True)
class PythonSide:
    """The functions of a project as Python has them, and the names of the Rust functions that call them."""

    symbols: Symbols
    answer: OracleAnswer
    repeatable: Repeatable
    paths: dict[str, str]
    """Python module to Rust module path."""
    _names: dict[str, tuple[str, str, tuple[Type, ...]]] = field(default_factory=dict)

    def find(self, key: str, place: str, caller: str, given: tuple[Type, ...]) -> Upcall | str:
        """A function as the Rust of another may call it; or why it may not.

        Args:
            key: the item key of the function.
            place: where Python looks it up, as `module:name.name`; "" where it is defined.
            caller: the item key of the function whose Rust would call it.
            given: the types of the arguments, in the order of the code's variables.
        """
        module, _, name = key.partition(":")
        node = self.symbols.functions.get(f"{module}.{name}", ("", None))[1]
        if node is None:
            return "only functions of a module can be called from Rust"
        signature = self._signature(module, name, given)
        if isinstance(signature, str):
            return signature
        params, returns = signature
        containers = frozenset(one.name for one in params if is_mutable(one.type))
        asked = self.repeatable.of(key, node, containers)
        if asked.objection:
            return asked.objection
        if caller.partition(".<locals>")[0] in asked.reached:
            return f"it comes back to `{caller.partition(':')[2]}`"
        place = place or key
        taken = tuple(one.type for one in params)
        return Upcall(key, place, node.lineno, self._name(key, place, taken), params, returns)

    def _signature(
        self, module: str, name: str, given: tuple[Type, ...]
    ) -> tuple[tuple[Param, ...], Type] | str:
        """What it takes and gives; or why that can't cross."""
        signature = self.answer.signature(module, name)
        if signature is None or signature.is_async or signature.is_generator:
            return "it is no function that returns a value"
        if len(given) != len(signature.params):
            return "it takes another number of arguments"
        params: list[Param] = []
        for one, type_ in zip(_as_variables(signature.params), given, strict=True):
            if one.kind == "var_keyword":
                return "it takes `**`"
            declared = dynamic(VarTuple(one.type) if one.kind == "var_positional" else one.type)
            taken = _taken(declared, type_)
            if taken is None:
                return f"its parameter `{one.name}` takes a `{declared}`"
            params.append(Param(one.name, taken, one.kind, one.has_default))
        returns = dynamic(signature.returns)
        if not _comes(returns):
            return f"it gives a `{returns}`"
        return tuple(params), returns

    def _name(self, key: str, place: str, taken: tuple[Type, ...]) -> str:
        """The name of the Rust function: `util_clean`; `util_clean_in_luhn` where `luhn` looks it up."""
        module, _, name = key.partition(":")
        home = place.partition(":")[0]
        parts = [*self.paths[module].split("::"), rust_name(name)]
        if home != module:
            parts += ["in", *self.paths[home].split("::")]
        stem = segment("_".join(part.strip("_") for part in parts))
        found, at, named = stem, 2, (key, place, taken)
        while self._names.setdefault(found, named) != named:
            found, at = f"{stem}_{at}", at + 1
        return found


def _as_variables(params: Sequence[SigParam]) -> list[SigParam]:
    """In the order of the code's variables: `*args` after those that are passed by name only."""
    return [one for one in params if one.kind != "var_positional"] + [
        one for one in params if one.kind == "var_positional"
    ]


def _taken(declared: Type, given: Type) -> Type | None:
    """As what an argument is handed over; None where it can't be.

    Of a sequence only the call tells what it is in Python: a list, a tuple, or None for one that is left out.
    """
    if _goes(declared) or _looked_at(declared):
        return declared
    inner = declared.inner if isinstance(declared, OptionalOf) else declared
    match given:
        case Prim.NONE if inner is not declared:
            return given
        case ListOf() | VarTuple() | TupleOf() if isinstance(inner, IterOf) or _is_sequence(inner):
            return given if _goes(given) or _looked_at(given) else None
        case _:
            return None


def _is_sequence(type_: Type) -> bool:
    return isinstance(type_, Instance) and type_.name == "typing.Sequence"


def _goes(type_: Type) -> bool:
    """Whether a value of the type can be handed to Python: it never changes, so a copy is as good."""
    match type_:
        case OptionalOf(inner) | VarTuple(inner):
            return _goes(inner)
        case TupleOf(items):
            return 0 < len(items) <= _MAX_TUPLE and all(map(_goes, items))
        case UnionOf(members):
            return all(map(_goes, members))
        case Instance(name, ()):
            return name in _INSTANCES
        case _:
            return type_ in _PRIMS


def _looked_at(type_: Type) -> bool:
    """Whether values of the type can be handed to a function that only looks at them.

    A set would not be one of the same order.
    """
    match type_:
        case OptionalOf(inner):
            return _looked_at(inner)
        case ListOf(elem):
            return _goes(elem)
        case DictOf(key, value):
            return _goes(key) and _goes(value)
        case _:
            return False


def _comes(type_: Type) -> bool:
    """Whether a value of the type can be taken from Python: a list, dict or set is new, and so is what it
    holds; one that holds an object twice declines.
    """
    match type_:
        case ListOf(elem) | SetOf(elem) | OptionalOf(elem) | VarTuple(elem):
            return _comes(elem)
        case DictOf(key, value):
            return _goes(key) and _comes(value)
        case TupleOf(items):
            return 0 < len(items) <= _MAX_TUPLE and all(map(_comes, items))
        case _:
            return _goes(type_)
