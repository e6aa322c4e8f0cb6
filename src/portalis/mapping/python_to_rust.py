"""The one place where a Python type becomes a Rust one; every other part asks here.

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

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from portalis.compiler import types as py
from portalis.config.type_mappings import TypeRow, TypeTable, default_type_table
from portalis.mapping import numpy_types
from portalis.mapping.errors import UnmappedType
from portalis.mapping.hashing import unhashable_part
from portalis.mapping.rust_type import (
    NAMED,
    UNIT,
    Fn,
    Holder,
    Iter,
    MappedType,
    Path,
    Ref,
    RustType,
    Slice,
    Tuple,
    names_lifetime,
    words,
)
from portalis.mapping.traits import TraitRows, traits_of
from portalis.mapping.union_enum import enum_definition, enum_name, variant_name

Position = Literal["owned", "param", "param_mut", "return"]
Dicts = Literal["ordered", "std"]


@dataclass(frozen=True, slots=True)
class MappingOptions:
    """What a caller may choose.

    Attributes:
        dicts: `ordered` gives the runtime's aliases, which keep Python's order; `std` the standard library's.
        unions: whether a union of several types becomes an enum; otherwise it is refused.
        annotations_only: whether rows that only serve annotations count.
        shared_callables: whether a callable returns `Result<T, Error>`, is lent as `&dyn Fn` and owned as
            `Rc<dyn Fn>`, as values that Python code stores and hands on must be.
    """

    dicts: Dicts = "ordered"
    unions: bool = False
    annotations_only: bool = False
    shared_callables: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A Rust item for a class of the user's: its text, and what the text needs.

    Attributes:
        texts: the item, after those it stands on.
        imports: paths to `use`.
        crates: Cargo dependencies.
    """

    texts: tuple[str, ...]
    imports: frozenset[str] = frozenset()
    crates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """What a caller knows beside the table: type parameters with their bounds, and items it defines."""

    variables: Mapping[str, frozenset[str]] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)


DEFAULT_OPTIONS = MappingOptions()
NO_NAMES = Names()


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


def map_type(
    type_: py.Type,
    position: Position,
    options: MappingOptions,
    table: TypeTable,
    names: Names = NO_NAMES,
) -> MappedType:
    """`rust_type` by a table of the caller's, whose answers are not remembered.

    Raises:
        UnmappedType: the type, or a part of it, has no Rust twin.
    """
    mapper = _Mapper(table, options, names)
    tree = mapper.at(type_, position)
    imports, crates, definitions = mapper.needs(type_, tree)
    traits = traits_of(type_, TraitRows(table, names.variables, options.dicts == "std"))
    return MappedType(
        tree,
        imports,
        crates,
        definitions,
        traits,
        str(mapper.borrowed(type_)),
        unhashable_part(type_, table) is None and {"Eq", "Hash"} <= traits,
        mapper.default(type_),
        tuple(sorted(mapper.bounds.items())),
    )


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
        case py.EnumOf():
            return True
        case py.Instance(name):
            row = rows.named.get(name)
            return row is not None and row.copy_
        case _:
            return False


class _Mapper:
    """Maps one type and gathers what its parts need."""

    def __init__(self, table: TypeTable, options: MappingOptions, names: Names) -> None:
        self.table = table
        self.options = options
        self.names = names
        self.rows: list[TypeRow] = []
        self.arrays: set[str] = set()
        self.holders: set[str] = set()
        self.definitions: dict[str, str] = {}
        self.held: list[RustType] = []
        self.defined: list[Definition] = []
        self.bounds: dict[str, frozenset[str]] = {}

    def needs(self, type_: py.Type, tree: RustType) -> tuple[frozenset[str], dict[str, str], tuple[str, ...]]:
        """Imports, crates and definitions of everything mapped so far.

        Raises:
            UnmappedType: two different things would have one name.
        """
        definitions = (*(text for one in self.defined for text in one.texts), *self.definitions.values())
        written = words(tree).union(*map(words, self.held))
        paths = {path for row in self.rows for path in (row.import_, row.borrowed_import) if path}
        imports = {path for path in paths | self.arrays | self.holders if path.rpartition("::")[2] in written}
        imports |= {path for one in self.defined for path in one.imports}
        last = [path.rpartition("::")[2] for path in sorted(imports)]
        if doubled := {name for name in last if last.count(name) > 1}:
            raise UnmappedType(type_, "PT103", f"{type_} needs two Rust types named {min(doubled)}")
        crates = {name: self.table.spec(name) for row in self.rows for name in row.crates}
        for one in self.defined:
            crates.update(one.crates)
        return frozenset(imports), dict(sorted(crates.items())), tuple(dict.fromkeys(definitions))

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
                return self._named(self.table.containers["dict"], (key, value), type_)
            case py.SetOf(elem, frozen):
                row = self.table.containers["frozenset" if frozen else "set"]
                return self._named(row, (elem,), type_)
            case py.TupleOf(items):
                return Tuple(tuple(map(self.owned, items)))
            case py.OptionalOf(inner):
                return Path("Option", (self.owned(inner),))
            case py.UnionOf():
                return self._union(type_)
            case py.CallableOf():
                if self.options.shared_callables:
                    self.holders.add("std::rc::Rc")
                    return self._callable(type_, "rc")
                return self._callable(type_, "box")
            case py.IterOf(elem):
                return Iter(self.owned(elem), "box")
            case py.Instance(numpy_types.ARRAY) if self.options.annotations_only:
                return self._array(type_, "owned")
            case py.Instance(name, ()) if name in self.names.variables:
                self.bounds.setdefault(name, self.names.variables[name])
                return Path(name)
            case py.Instance(_, args):
                return self._named(self._instance(type_), args, type_)
            case py.Shared(name) | py.EnumOf(name):
                return self._named(self._instance(py.Instance(name)), (), type_)
            case py.ClassObject() | py.ModuleRef():
                raise UnmappedType(type_, "PT103", f"{type_} has no Rust type")

    def borrowed(self, type_: py.Type, *, inside: bool = False) -> RustType:
        """The form a parameter takes that the function only reads.

        `inside` another type, a trait can't be the caller's own: it stands behind a reference.
        """
        if copies(type_, self.table):
            return self.owned(type_)
        match type_:
            case py.OptionalOf(inner):
                return Path("Option", (self.borrowed(inner, inside=True),))
            case py.CallableOf():
                lent = inside or self.options.shared_callables
                return Ref(self._callable(type_, "dyn")) if lent else self._callable(type_, "impl")
            case py.IterOf(elem) if inside:
                return Ref(Iter(self.owned(elem), "dyn"), mutable=True)
            case py.IterOf(elem):
                return Iter(self.owned(elem))
            case py.Instance(numpy_types.ARRAY) if self.options.annotations_only:
                return self._array(type_, "view")
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
            case py.Instance(numpy_types.ARRAY) if self.options.annotations_only:
                return self._array(type_, "view_mut")
            case _:
                return Ref(self.owned(type_), mutable=True)

    def default(self, type_: py.Type) -> str:
        """A Rust expression for what Python's constructor gives without arguments, or empty."""
        match type_:
            case py.OptionalOf():
                return "None"
            case py.TupleOf(items):
                parts = [self.default(item) for item in items]
                return str(Tuple(tuple(map(Path, parts)))) if all(parts) else ""
            case py.SetOf(_, frozen):
                row: TypeRow | None = self.table.containers["frozenset" if frozen else "set"]
            case py.DictOf():
                row = self.table.containers["dict"]
            case _:
                row = self._row_of(type_)
        return self._chosen(row).default if row is not None else ""

    def _row_of(self, type_: py.Type) -> TypeRow | None:
        match type_:
            case py.Prim():
                return self.table.primitives.get(type_.value)
            case py.ListOf():
                return self.table.containers["list"]
            case py.VarTuple():
                return self.table.containers["vartuple"]
            case py.Instance(name) if name not in self.names.variables:
                return self.table.named.get(name)
            case _:
                return None

    def _trait_rows(self, variables: Mapping[str, frozenset[str]]) -> TraitRows:
        return TraitRows(self.table, variables, self.options.dicts == "std")

    def _chosen(self, row: TypeRow) -> TypeRow:
        return row.std if self.options.dicts == "std" and row.std is not None else row

    def _named(self, row: TypeRow, args: tuple[py.Type, ...], type_: py.Type) -> RustType:
        chosen = self._chosen(row)
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
        inside = tuple(map(self.owned, args)) if chosen.args else ()
        if chosen.keyed:
            self._hashable(args[0])
        lifetime = (NAMED,) if chosen.lifetime else ()
        return Path(chosen.rust, (*lifetime, *inside, *map(Path, chosen.of)))

    def _primitive(self, type_: py.Prim) -> TypeRow:
        row = self.table.primitives.get(type_.value)
        if row is not None and not (row.scope == "generated" and self.options.annotations_only):
            return row
        if type_ in (py.ANY, py.OBJECT):
            raise UnmappedType(
                type_, "PT101", f"the type here is {type_}", "annotate it with the type it always has"
            )
        raise UnmappedType(type_, "PT103", f"{type_} has no value to translate")

    def _instance(self, type_: py.Instance) -> TypeRow:
        row = self.table.named.get(type_.name)
        if row is None or (row.scope == "annotation" and not self.options.annotations_only):
            raise UnmappedType(type_, "PT103", f"values of type {type_} are not translated")
        if type_.name in self.names.definitions:
            self.defined.append(self.names.definitions[type_.name])
        return row

    def _hashable(self, key: py.Type) -> None:
        """Refuses a key that Rust can't hash, or would not hash as Python does.

        A float has no total equality in Rust; a mutable container has no hash in Python.
        """
        if isinstance(key, py.Instance) and key.name in self.names.variables:
            self.bounds[key.name] = self.bounds.get(key.name, frozenset()) | {"Eq", "Hash"}
            return
        variables = {name: frozenset({"Eq", "Hash"}) for name in self.names.variables}
        part = unhashable_part(key, self.table)
        if part is None and not {"Eq", "Hash"} <= traits_of(key, self._trait_rows(variables)):
            part = key
        if part is not None:
            raise UnmappedType(
                part, "PT106", f"{part} can't be a key here", "use int, str, bytes or a tuple of them"
            )
        for name in self.names.variables.keys() & self.bounds.keys():
            if re.search(rf"\b{name}\b", str(key)):
                self.bounds[name] |= {"Eq", "Hash"}

    def _union(self, type_: py.UnionOf) -> RustType:
        if not self.options.unions:
            raise UnmappedType(
                type_, "PT104", f"a union of {type_} is not translated", "split the function, one per type"
            )
        names = [variant_name(member) for member in type_.members]
        if doubled := sorted({name for name in names if names.count(name) > 1}):
            raise UnmappedType(type_, "PT104", f"two members of {type_} would be named {doubled[0]}")
        members = tuple(map(self.owned, type_.members))
        if any(map(names_lifetime, members)):
            raise UnmappedType(type_, "PT104", f"a member of {type_} borrows from another value")
        if self.names.variables and (used := self.bounds.keys() & set(re.findall(r"\w+", str(type_)))):
            raise UnmappedType(type_, "PT104", f"{min(used)} is a type parameter in a union")
        self.held += members
        name = enum_name(type_)
        traits = traits_of(type_, self._trait_rows({}))
        text = enum_definition(type_, tuple(map(str, members)), traits)
        if self.definitions.setdefault(name, text) != text:
            raise UnmappedType(type_, "PT104", f"two unions would be named {name}")
        return Path(name)

    def _array(self, type_: py.Instance, form: numpy_types.Form) -> RustType:
        row = self.table.named[numpy_types.ARRAY]
        element = self.owned(numpy_types.dtype_of(type_))
        array = numpy_types.array(type_, element, form)
        self.rows.append(row)
        self.arrays.add(numpy_types.import_path(array))
        return array

    def _callable(self, type_: py.CallableOf, holder: Holder) -> RustType:
        if type_.params is None:
            raise UnmappedType(
                type_, "PT101", f"{type_} does not say its parameters", "write them: Callable[[int], int]"
            )
        returns = self.owned(type_.returns)
        if self.options.shared_callables:
            returns = Path("Result", (returns, Path("Error")))
        return Fn(tuple(self.borrowed(param, inside=True) for param in type_.params), returns, holder)
