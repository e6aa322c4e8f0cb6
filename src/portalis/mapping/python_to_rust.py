"""The one place where a Python type becomes a Rust type; every other part asks here.

Which twin a type has is data (`config/type_mappings.yaml`); this module knows only the shapes:
how a parameter borrows, how `Optional` and tuples nest, what is refused and under which code.

>>> from portalis.compiler.types import INT, STR, DictOf, ListOf, OptionalOf
>>> numbers = ListOf(INT)
>>> str(rust_type(numbers)), str(rust_type(numbers, "param")), str(rust_type(numbers, "param_mut"))
('Vec<i64>', '&[i64]', '&mut Vec<i64>')
>>> str(rust_type(OptionalOf(STR), "param")), str(rust_type(DictOf(STR, INT), "return"))
('Option<&str>', 'Dict<String, i64>')
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from portalis.compiler import types as py
from portalis.config.type_mappings import TypeRow, TypeTable, default_type_table
from portalis.mapping.rust_type import UNIT, Fn, Iter, MappedType, Path, Ref, RustType, Slice, Tuple
from portalis.mapping.union_enum import enum_definition, enum_name

Position = Literal["owned", "param", "param_mut", "return"]
Dicts = Literal["ordered", "std"]


class UnmappedType(Exception):
    """A Python type that has no Rust twin.

    Attributes:
        type: the type that could not be mapped (it may be a part of the one asked for).
        code: the diagnostic code that explains it.
        hint: what the user can do, or empty.
    """

    def __init__(self, type_: py.Type, code: str, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.type = type_
        self.code = code
        self.hint = hint


@dataclass(frozen=True, slots=True)
class MappingOptions:
    """What a caller may choose.

    Attributes:
        dicts: `ordered` gives the runtime's aliases, which keep Python's order; `std` the standard library's.
        unions: whether a union of several types becomes an enum; otherwise it is refused.
        annotations_only: whether rows that only serve annotations count.
        fallible_callables: whether a callable parameter returns `Result<T, Error>`.
    """

    dicts: Dicts = "ordered"
    unions: bool = False
    annotations_only: bool = False
    fallible_callables: bool = False


DEFAULT_OPTIONS = MappingOptions()


@lru_cache(maxsize=8192)
def rust_type(
    type_: py.Type, position: Position = "owned", options: MappingOptions = DEFAULT_OPTIONS
) -> MappedType:
    """The Rust type for a Python type at a position.

    Args:
        type_: the Python type.
        position: `owned` and `return` own their value, `param` borrows what isn't `Copy`,
            `param_mut` is `&mut`, or `Option<&mut T>` for an optional.
        options: see `MappingOptions`.

    Returns:
        The Rust type, which prints itself and names its imports and crates.

    Raises:
        UnmappedType: the type, or a part of it, has no Rust twin.
    """
    return map_type(type_, position, options, default_type_table())


def map_type(type_: py.Type, position: Position, options: MappingOptions, table: TypeTable) -> MappedType:
    """`rust_type` by a table of the caller's, whose answers are not remembered.

    Raises:
        UnmappedType: the type, or a part of it, has no Rust twin.
    """
    mapper = _Mapper(table, options)
    tree = mapper.at(type_, position)
    imports, crates, definitions = mapper.needs()
    return MappedType(tree, imports, crates, definitions, copies(type_, table))


def copies(type_: py.Type, table: TypeTable | None = None) -> bool:
    """Whether the Rust form of the type is `Copy`, by the table."""
    rows = table or default_type_table()
    match type_:
        case py.Prim():
            row = rows.primitives.get(type_.value)
            return row is not None and row.copy_
        case py.OptionalOf(inner):
            return copies(inner, rows)
        case py.TupleOf(items):
            return all(copies(item, rows) for item in items)
        case py.Instance(name):
            row = rows.library.get(name)
            return row is not None and row.copy_
        case _:
            return False


class _Mapper:
    """Maps one type and gathers what its parts need."""

    def __init__(self, table: TypeTable, options: MappingOptions) -> None:
        self.table = table
        self.options = options
        self.rows: list[TypeRow] = []
        self.definitions: dict[str, str] = {}

    def needs(self) -> tuple[frozenset[str], dict[str, str], tuple[str, ...]]:
        """Imports, crates and definitions of everything mapped so far."""
        imports = frozenset(row.import_ for row in self.rows if row.import_)
        crates = {name: self.table.crates[name] for row in self.rows for name in row.crates}
        return imports, dict(sorted(crates.items())), tuple(self.definitions.values())

    def at(self, type_: py.Type, position: Position) -> RustType:
        match position:
            case "owned" | "return":
                return self.owned(type_)
            case "param":
                return self.borrowed(type_)
            case "param_mut":
                return self.mutable(type_)

    def owned(self, type_: py.Type) -> RustType:  # noqa: C901  one case a type
        match type_:
            case py.Prim():
                return self._named(self._primitive(type_), (), type_)
            case py.ListOf(elem):
                return self._named(self.table.containers["list"], (elem,), type_)
            case py.VarTuple(elem):
                return self._named(self.table.containers["vartuple"], (elem,), type_)
            case py.DictOf(key, value):
                return self._named(self.table.containers["dict"], (self._hashable(key), value), type_)
            case py.SetOf(elem, frozen):
                row = self.table.containers["frozenset" if frozen else "set"]
                return self._named(row, (self._hashable(elem),), type_)
            case py.TupleOf(items):
                return Tuple(tuple(map(self.owned, items)))
            case py.OptionalOf(inner):
                return Path("Option", (self.owned(inner),))
            case py.UnionOf():
                return self._union(type_)
            case py.CallableOf():
                return self._callable(type_, boxed=True)
            case py.IterOf(elem):
                return Iter(self.owned(elem), boxed=True)
            case py.Instance("collections.Counter", (elem,)):
                return self.owned(py.DictOf(elem, py.INT))
            case py.Instance("collections.defaultdict", (key, value)):
                return self.owned(py.DictOf(key, value))
            case py.Instance(_, args):
                return self._named(self._instance(type_), args, type_)
            case py.ClassObject() | py.ModuleRef():
                raise UnmappedType(type_, "PT103", f"{type_} has no Rust type")

    def borrowed(self, type_: py.Type) -> RustType:
        """The form a parameter takes that the function only reads."""
        if copies(type_, self.table):
            return self.owned(type_)
        match type_:
            case py.OptionalOf(inner):
                return Path("Option", (self.borrowed(inner),))
            case py.CallableOf():
                return self._callable(type_, boxed=False)
            case py.IterOf(elem):
                return Iter(self.owned(elem))
        owned = self.owned(type_)
        row = self._row_of(type_)
        twin = row.borrowed if row else "ref"
        if twin == "ref":
            return Ref(owned)
        if twin == "slice" and isinstance(owned, Path):
            return Ref(Slice(owned.args[0]))
        return Ref(Path(twin))

    def mutable(self, type_: py.Type) -> RustType:
        """The form a parameter takes whose value the function changes."""
        match type_:
            case py.OptionalOf(inner):
                return Path("Option", (self.mutable(inner),))
            case _:
                return Ref(self.owned(type_), mutable=True)

    def _row_of(self, type_: py.Type) -> TypeRow | None:
        match type_:
            case py.Prim():
                return self.table.primitives.get(type_.value)
            case py.ListOf():
                return self.table.containers["list"]
            case py.VarTuple():
                return self.table.containers["vartuple"]
            case py.Instance(name):
                return self.table.library.get(name)
            case _:
                return None

    def _named(self, row: TypeRow, args: tuple[py.Type, ...], type_: py.Type) -> RustType:
        chosen = row.std if self.options.dicts == "std" and row.std is not None else row
        self.rows.append(chosen)
        if chosen.rust == "()":
            return UNIT
        if chosen.args and len(args) != chosen.args:
            raise UnmappedType(
                type_,
                "PT101",
                f"{type_} has unknown type arguments",
                "write the type arguments, as in list[int]",
            )
        inside = tuple(map(self.owned, args)) if chosen.args else tuple(map(Path, chosen.of))
        return Path(chosen.rust, inside)

    def _primitive(self, type_: py.Prim) -> TypeRow:
        row = self.table.primitives.get(type_.value)
        if row is not None:
            return row
        if type_ in (py.ANY, py.OBJECT):
            raise UnmappedType(
                type_, "PT101", f"the type here is {type_}", "annotate it with the type it always has"
            )
        raise UnmappedType(type_, "PT103", f"{type_} has no value to translate")

    def _instance(self, type_: py.Instance) -> TypeRow:
        row = self.table.library.get(type_.name)
        if row is None or (row.scope == "annotation" and not self.options.annotations_only):
            raise UnmappedType(type_, "PT103", f"values of type {type_} are not translated")
        return row

    def _hashable(self, key: py.Type) -> py.Type:
        """The type itself, if Rust can hash it as Python does.

        A float has no total equality in Rust; a mutable container has no hash in Python.
        """
        if unhashable := _unhashable_part(key):
            raise UnmappedType(
                unhashable,
                "PT106",
                f"{unhashable} can't be a key here",
                "use int, str, bytes or a tuple of them",
            )
        return key

    def _union(self, type_: py.UnionOf) -> RustType:
        if not self.options.unions:
            raise UnmappedType(
                type_, "PT104", f"a union of {type_} is not translated", "split the function, one per type"
            )
        name = enum_name(type_)
        variants = tuple(str(self.owned(member)) for member in type_.members)
        self.definitions[name] = enum_definition(type_, variants)
        return Path(name)

    def _callable(self, type_: py.CallableOf, *, boxed: bool) -> RustType:
        if type_.params is None:
            raise UnmappedType(
                type_, "PT101", f"{type_} does not say its parameters", "write them: Callable[[int], int]"
            )
        returns = self.owned(type_.returns)
        if self.options.fallible_callables:
            returns = Path("Result", (returns, Path("Error")))
        return Fn(tuple(map(self.borrowed, type_.params)), returns, boxed)


def _unhashable_part(type_: py.Type) -> py.Type | None:
    match type_:
        case py.FLOAT | py.ListOf() | py.DictOf() | py.SetOf():
            return type_
        case py.TupleOf(items) | py.UnionOf(items):
            found = (_unhashable_part(item) for item in items)
            return next((part for part in found if part is not None), None)
        case py.VarTuple(elem) | py.OptionalOf(elem):
            return _unhashable_part(elem)
        case _:
            return None
