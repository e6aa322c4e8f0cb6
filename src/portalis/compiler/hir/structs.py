"""The project's classes that become Rust structs: their fields, and what keeps a class in Python.

    class Stack:                                pub struct Stack {
        def __init__(self, limit: int):             pub limit: i64,
            self.limit = limit             →        pub items: Vec<i64>,
            self.items: list[int] = []          }

An instance is a value in Rust, owned in one place and lent to methods; one that can lead to itself is shared.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from portalis.compiler.enums import EnumClass
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.shared import Marker
from portalis.compiler.hir import enums
from portalis.compiler.hir.class_attributes import ClassValues, Stored, lines_of, stored_names, values_of
from portalis.compiler.hir.class_body import (
    MethodKind,
    StructField,
    Unsupported,
    all_set,
    dataclass_options,
    field_of,
    hidden,
    kind_of,
    late_field,
    late_names,
    members_of,
    without_value,
)
from portalis.compiler.hir.dataclass_lines import along, field_names, keyword_fields, sometimes_named
from portalis.compiler.hir.families import Family, family_struct, find_families, joins
from portalis.compiler.hir.inherit import Line, NotInherited, has_keywords, line_of, names_protocol
from portalis.compiler.hir.nodes import Constant
from portalis.compiler.hir.struct_checks import lose, unfit
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.hir.type_parts import holds_float, instances, key_classes
from portalis.compiler.hir.values import NO_TRAITS, Traits, value_traits
from portalis.compiler.rust.vocabulary import TYPE_NAMES
from portalis.compiler.types import (
    ANY,
    EnumOf,
    Instance,
    Shared,
    Type,
    is_mutable,
)

_NAMES = (ast.Name, ast.Attribute)


@dataclass(frozen=True, slots=True)
class StructInfo:
    """A class of the project as a struct; `methods` are its own, by name.

    `constructor` is the item key of what a call of the class runs, "" for a dataclass's own `__init__`; where
    that calls `__post_init__`, it is the key of that method, which is built as the whole.
    """

    fullname: str
    module: str
    qualname: str
    node: ast.ClassDef
    fields: tuple[StructField, ...]
    methods: Mapping[str, ast.FunctionDef]
    kinds: Mapping[str, MethodKind]
    is_dataclass: bool = False
    frozen: bool = False
    options: Mapping[str, bool] = field(default_factory=dict)
    """What `@dataclass(…)` was told."""
    shared: bool = False
    """Whether instances are shared between their holders, because they hold instances of their own class."""
    named_tuple: bool = False
    line: Line | None = None
    """The class and its base classes, where it has some."""
    origin: Mapping[str, str] = field(default_factory=dict)
    """The class of the line in which a method was written."""
    traits: Traits = NO_TRAITS
    """What instances can do of themselves."""
    enum: EnumClass | None = None
    """What is known of the members, where the class is an enumeration."""
    record: bool = False
    """Whether it is no class, but a tuple that an alias names (`hir.records`); its fields are the parts."""

    @property
    def type(self) -> Type:
        """The type of an instance."""
        if self.enum is not None:
            return EnumOf(self.fullname, self.enum.mixed)
        return Shared(self.fullname) if self.shared else Instance(self.fullname, (), self.traits)

    constants: Mapping[str, Constant] = field(default_factory=dict)
    """The attributes of the class itself, which nothing binds again."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the class itself that are taken at import, each with the class that binds it."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Second names of methods; they are among the `methods` too."""
    rust: str = ""
    """The name of the struct, which nothing else in its file has."""
    keyed: bool = False
    """Whether something in the project has instances as keys."""
    members: tuple[str, ...] = ()
    """The classes that an instance may be of, where it is a base class as a type (`hir.families`)."""
    values: tuple[str, ...] = ()
    """Those of its methods that give a value of the instance's class."""
    ordered: bool = False
    """Whether `functools.total_ordering` adds the comparisons that it does not define."""

    def key(self, method: str) -> str:
        """The item key of a method, by any of its names."""
        return f"{self.module}:{self.qualname}.{self.aliases.get(method, method)}"

    def setter(self, name: str) -> str:
        """The method that stores a field of a shared instance."""
        stem = name.lstrip("_") or name
        return f"set_{stem}" if f"set_{stem}" not in self.methods else f"store_{stem}"

    @property
    def lends(self) -> bool:
        """Whether instances are shared and have containers, which they lend."""
        return self.shared and any(is_mutable(one.type) for one in self.fields)

    @property
    def only_itself(self) -> bool:
        """Whether an instance equals nothing but itself."""
        return "__eq__" not in self.methods and not (self.is_dataclass and self.options.get("eq", True))

    @property
    def by_identity(self) -> bool:
        """Whether instances are shared, and each equals only itself."""
        return self.shared and self.only_itself

    @property
    def constructor(self) -> str:
        found = next((name for name in ("__init__", "__post_init__") if name in self.methods), "")
        plain = found == "__post_init__" and not self.is_dataclass
        return f"{self.module}:{self.qualname}.{found}" if found and not plain else ""

    @property
    def generates_equality(self) -> bool:
        """Whether the class is a dataclass whose `__eq__` is a method, since its fields derive none."""
        made = self.is_dataclass and bool(self.options.get("eq", True)) and not self.named_tuple
        exact = not any(holds_float(one.type) for one in self.fields if one.compared)
        return made and exact and "__eq__" not in self.methods and "eq" not in self.traits

    @property
    def has_equality(self) -> bool:
        """Whether a method compares instances, rather than a derived trait or their identity."""
        return "__eq__" in self.methods or self.generates_equality

    @property
    def keys(self) -> bool:
        """Whether instances are keys by their identity."""
        return self.keyed and self.by_identity and "__hash__" not in {*self.methods, *self.tables}

    def match_args(self) -> tuple[str, ...]:
        """The attributes that stand for positional patterns: a dataclass's fields, or `__match_args__`."""
        if self.members:
            return ()
        for stmt in self.node.body:
            match stmt:
                case ast.Assign([ast.Name(id="__match_args__")], ast.Tuple(elts=items)):
                    return tuple(str(one.value) for one in items if isinstance(one, ast.Constant))
        return tuple(one.name for one in self.fields if not one.keyword) if self.is_dataclass else ()

    def written(self, method: str) -> str:
        """The qualified name under which a method was written."""
        method = self.aliases.get(method, method)
        return f"{self.origin.get(method, self.qualname)}.{method.partition('@')[0]}"

    def written_in(self, method: str) -> str:
        """The module in which a method was written."""
        owner = self.origin.get(self.aliases.get(method, method))
        return self.module if self.line is None or owner is None else self.line.module_of(owner)

    def field(self, name: str) -> StructField | None:
        """The field of that name."""
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Structs:
    """The classes with a struct by full name, and for the others why they have none."""

    known: Mapping[str, StructInfo]
    refused: Mapping[str, str]
    mark: Marker
    """Marks in a type the classes that are shared, and takes their arguments from the generic ones."""


def collect_structs(
    trees: Mapping[str, ast.Module],
    symbols: Symbols,
    answer: OracleAnswer,
    enumerations: Mapping[str, EnumClass],
    records: Mapping[str, StructInfo] = MappingProxyType({}),
    handles: Collection[str] = (),
    barred: Mapping[str, str] = MappingProxyType({}),
) -> Structs:
    """The structs of a project.

    Args:
        trees: its modules.
        symbols: what their names mean.
        answer: what the oracle says of types.
        enumerations: the enumerations as they are after import, by full name.
        records: the structs of its recursive tuples.
        handles: classes of which instances are shared because of how they are used.
        barred: classes that have no struct, with the reason.
    """
    unknown: dict[str, Type] = {name: ANY for name in answer.records if name not in records}
    known: dict[str, StructInfo] = {}
    refused: dict[str, str] = {}
    stored = stored_names(trees, answer)
    classes = {
        f"{module}.{node.name}": (module, node)
        for module, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    lines = lines_of(classes, answer)
    for module, tree in trees.items():
        for qualname, node in _classes(tree.body, ""):
            fullname = f"{module}.{qualname}"
            if fullname in symbols.exceptions:
                continue
            try:
                found = enumerations.get(fullname)
                known[fullname] = (
                    _struct(module, qualname, node, answer, stored, classes, lines)
                    if found is None
                    else _enumeration(module, qualname, node, found)
                )
            except (Unsupported, NotInherited) as why:
                refused[fullname] = str(why)
    _name_structs(known, refused)
    families = find_families(trees, known, classes, answer)
    members = {member for one in families for member in one.members}
    keyed = _with_members(key_classes(answer.types()), families)
    own = {name for name in keyed if name in known and known[name].only_itself}
    used = {name for name in (*handles, *own) if name in known and joins(known[name])}
    shared = _recursive(known) | members | used
    known = {name: replace(info, shared=name in shared, keyed=name in keyed) for name, info in known.items()}
    traits = value_traits(_with_enums(known))
    known = {name: replace(info, traits=traits[name]) for name, info in known.items()}
    generic = [name for name, info in known.items() if _is_generic(info.node)]
    known |= records
    tuples: dict[Type, Type] = {answer.records[name]: info.type for name, info in records.items()}
    bases: dict[str, Type] = {one.base: Shared(one.fullname) for one in families if one.base}
    unions: dict[frozenset[str], Type] = {
        names: Shared(one.fullname)
        for one in families
        for names in (one.written, frozenset({*one.members, one.base}))
    }
    mark = Marker(shared - bases.keys(), _own_types(known) | unknown | bases, generic, unions=unions)
    known = {name: _marked(info, mark) for name, info in known.items()}
    known = {name: _alone(info) if name in bases else info for name, info in known.items()}
    for name, info in known.items():
        reason = unfit(info, {*known, *refused, *(one.fullname for one in families)}, known)
        if info.shared and f"{name}Fields" in symbols.classes:
            reason = f"the class `{info.qualname}Fields` has the name of its fields in Rust"
        refused |= {name: reason} if reason else {}
    refused |= {name: why for name, why in barred.items() if name in known}
    lost = lose(known, refused, families)
    kept = {name: info for name, info in known.items() if name not in refused}
    bases = {name: type_ for name, type_ in bases.items() if name not in lost}
    unions = {names: type_ for names, type_ in unions.items() if str(type_) not in lost}
    mark = Marker(
        [name for name, info in kept.items() if info.shared and name not in bases],
        _own_types(kept) | unknown | bases, generic, tuples, unions,
    )  # fmt: skip
    for one in families:
        if one.fullname not in lost:
            found_in = tuple(kept[member] for member in one.members if member in kept)
            kept[one.fullname] = family_struct(one, found_in, classes, answer)
    return Structs(kept, refused, mark)


def _with_members(names: Collection[str], families: Collection[Family]) -> set[str]:
    """The classes of that name, and those of which instances may be where a base class is named."""
    return {*names, *(member for one in families if one.base in names for member in one.members)}


def _alone(info: StructInfo) -> StructInfo:
    """A base class as the first of its own line: `self` is of exactly that class, whatever the name means."""
    line = info.line or Line((info.node,), (info.module,))
    return replace(info, line=line, origin=dict.fromkeys(info.methods, info.qualname) | dict(info.origin))


def _classes(body: list[ast.stmt], outer: str) -> Iterator[tuple[str, ast.ClassDef]]:
    """The classes of a module by qualified name, those in the bodies of classes too."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield f"{outer}{node.name}", node
            yield from _classes(node.body, f"{outer}{node.name}.")


def _name_structs(known: dict[str, StructInfo], refused: dict[str, str]) -> None:
    """Give every struct a name that its file has once: `Outer.Inner` is `OuterInner`, `geometry.Vec` is
    `GeometryVec`.
    """
    taken: set[tuple[str, str]] = set()
    for fullname, info in sorted(known.items(), key=lambda one: one[1].qualname.count(".")):
        outer, _, last = info.qualname.rpartition(".")
        name = outer.replace(".", "") + last.strip("_") if outer else info.qualname
        if name in TYPE_NAMES:
            parts = info.module.rpartition(".")[2].split("_")
            name = "".join(map(str.capitalize, parts)) + name
        known[fullname] = replace(info, rust=name)
        if (info.module, name) in taken or name in TYPE_NAMES:
            refused[fullname] = "its name means something else in Rust"
        taken.add((info.module, name))


def _own_types(known: Mapping[str, StructInfo]) -> dict[str, Type]:
    """The types of members of enumerations, and of instances with traits."""
    return {name: info.type for name, info in known.items() if info.enum is not None or info.traits}


def _with_enums(known: Mapping[str, StructInfo]) -> dict[str, StructInfo]:
    """The classes with the enumerations among the types of their fields marked."""
    mark = Marker((), {name: info.type for name, info in known.items() if info.enum is not None})
    return {name: _marked(info, mark) for name, info in known.items()}


def _enumeration(module: str, qualname: str, node: ast.ClassDef, found: EnumClass) -> StructInfo:
    """An enumeration: what stands in its body beside methods are its members, which are known from import."""
    decorators = [ast.unparse(one) for one in node.decorator_list]
    if not {*decorators} <= {"unique", "enum.unique"}:
        raise Unsupported(f"it is decorated with `{decorators[0]}`")
    methods = {stmt.name: stmt for stmt in node.body if isinstance(stmt, ast.FunctionDef)}
    reason = enums.unsupported(found, methods)
    if reason:
        raise Unsupported(reason)
    for stmt in node.body:
        if not isinstance(stmt, (ast.FunctionDef, ast.Assign, ast.AnnAssign, ast.Pass, ast.Expr)):
            raise Unsupported("its body holds more than members and methods")
    kinds = {name: kind_of(method) for name, method in methods.items()}
    return StructInfo(f"{module}.{qualname}", module, qualname, node, (), methods, kinds, enum=found)


def _struct(
    module: str,
    qualname: str,
    node: ast.ClassDef,
    answer: OracleAnswer,
    stored: Stored,
    classes: Mapping[str, tuple[str, ast.ClassDef]],
    lines: Mapping[str, frozenset[str]],
) -> StructInfo:
    bases = [answer.fullname(module, base) for base in node.bases if isinstance(base, _NAMES)]
    named_tuple = bases == ["typing.NamedTuple"]
    plain = all(_is_object(base) or _is_parameters(base) for base in node.bases)
    line = None if named_tuple or plain else line_of(module, node, classes, answer)
    if has_keywords(module, node, answer) or any(map(names_protocol, node.bases)):
        protocol = any(map(names_protocol, node.bases))
        raise Unsupported("it is a Protocol" if protocol else "it has keywords")
    if line is not None and qualname != node.name:
        raise Unsupported("it has a base class, and stands in the body of another class")
    ordered, decorators = _ordered(module, node, answer)
    options = {"frozen": True, "order": True} if named_tuple else dataclass_options(decorators)
    own = members_of(node, options is not None)
    related = lines.get(f"{module}.{qualname}", frozenset({f"{module}.{qualname}"}))
    values = values_of(node, options is not None, stored, related)
    origin: dict[str, str] = {}
    if line is not None:
        own, origin, values, options = along(line, own, values, options, stored, related)
    methods, aliases = own.methods, own.aliases
    names = field_names(own, options, line)
    names += [name for name in values.defaults if name not in names]
    owners = [(module, qualname)]
    if line is not None and len(line.classes) > 1:
        owners = [(home, one.name) for home, one in zip(line.modules, line.classes, strict=True)]
    fields = tuple(field_of(owners, name, own.declared.get(name), answer) for name in names)
    made = line.dataclasses() if line is not None else (node,) if options is not None else ()
    keywords = keyword_fields(made)
    fields = tuple(replace(one, keyword=True) if one.name in keywords else one for one in fields)
    if options is not None:
        fields = tuple(one if one.name in own.declared else hidden(one) for one in fields)
        if not {"__init__", "__post_init__"} & methods.keys():
            all_set(fields)
    fields = _with_defaults(fields, values)
    sometimes = sometimes_named(own, options, line)
    fields = tuple(without_value(one) if one.name in sometimes else one for one in fields)
    if options is None:
        fields += tuple(
            found
            for name in late_names(node if line is None else line.classes, set(names) | set(methods))
            if not stored.only_of_class(name, related)
            and (found := late_field(owners, name, answer)) is not None
        )
    shared = next((one.name for one in fields if one.name in methods), None)
    if shared is not None:
        raise Unsupported(f"`{shared}` is a field and a method")
    constants, bound = values.constants, {*methods, *(one.name for one in fields)}
    twice = next((name for name in (*constants, *values.tables) if name in bound), None)
    if twice is not None or len({name.upper() for name in constants}) < len(constants):
        raise Unsupported(f"`{twice or next(iter(constants))}` has two meanings")
    methods = methods | {name: methods[own] for name, own in aliases.items()}
    return StructInfo(
        f"{module}.{qualname}", module, qualname, node, fields, methods,
        {name: kind_of(method) for name, method in methods.items()},
        options is not None, bool(options and options.get("frozen")), options or {},
        named_tuple=named_tuple, line=line, origin=origin, constants=constants, aliases=aliases,
        ordered=ordered,
        tables={name: qualname if one == node.name else one for name, one in values.tables.items()},
    )  # fmt: skip


def _with_defaults(fields: tuple[StructField, ...], values: ClassValues) -> tuple[StructField, ...]:
    """The fields, with the attributes of the class that stand for them until an instance has its own."""
    return tuple(
        replace(one, default=values.defaults[one.name], given=False, classwide=True)
        if one.name in values.defaults
        else one
        for one in fields
    )


def _ordered(module: str, node: ast.ClassDef, answer: OracleAnswer) -> tuple[bool, list[ast.expr]]:
    """Whether `functools.total_ordering` decorates the class, and its other decorators."""
    rest = [
        one
        for one in node.decorator_list
        if not isinstance(one, _NAMES) or answer.fullname(module, one) != "functools.total_ordering"
    ]
    return len(rest) < len(node.decorator_list), rest


def _marked(info: StructInfo, mark: Marker) -> StructInfo:
    fields = tuple(replace(one, type=mark(one.type)) for one in info.fields)
    return replace(info, fields=fields)


def _is_object(base: ast.expr) -> bool:
    return isinstance(base, ast.Name) and base.id == "object"


def _is_parameters(base: ast.expr) -> bool:
    """Whether the base only says which type parameters the class has: `Generic[T]`."""
    return isinstance(base, ast.Subscript) and ast.unparse(base.value) in ("Generic", "typing.Generic")


def _is_generic(node: ast.ClassDef) -> bool:
    """Whether the class has type parameters; what they stand for is any value."""
    return bool(getattr(node, "type_params", None)) or any(map(_is_parameters, node.bases))


def _recursive(known: Mapping[str, StructInfo]) -> set[str]:
    """The classes whose fields lead back to themselves."""
    held = {
        name: {one for f in info.fields for one in instances(f.type)} & known.keys()
        for name, info in known.items()
    }
    found: set[str] = set()
    for name in known:
        seen: set[str] = set()
        pending = list(held[name])
        while pending:
            other = pending.pop()
            if other not in seen:
                seen.add(other)
                pending.extend(held[other])
        if name in seen:
            found.add(name)
    return found


def owner_of(symbols: Symbols, key: str) -> StructInfo | None:
    """The struct whose method has the item key, or None for a function."""
    module, _, qualname = key.partition(":")
    owner, _, name = qualname.rpartition(".")
    info = symbols.structs.get(f"{module}.{owner}") if owner else None
    if info is not None and (name in info.methods or (name == "__eq__" and info.generates_equality)):
        return info
    above, _, stem = owner.rpartition(".")
    info = symbols.structs.get(f"{module}.{above}") if above else None
    return info if info is not None and f"{stem}.{name}" in info.methods else None


def method_of(info: StructInfo, key: str) -> str:
    """The name of the method in its class, by its item key."""
    return key.removeprefix(f"{info.module}:{info.qualname}.")


def has_receiver(symbols: Symbols, key: str) -> bool:
    """Whether the item is a method that takes an instance of its class first."""
    info = owner_of(symbols, key)
    if info is None or key == info.constructor:
        return False
    name = method_of(info, key)
    return name not in info.kinds or info.kinds[name] in ("method", "property", "setter")
