"""The project's classes that become Rust structs: their fields, and what keeps a class in Python.

    class Stack:                                pub struct Stack {
        def __init__(self, limit: int):             pub limit: i64,
            self.limit = limit             →        pub items: Vec<i64>,
            self.items: list[int] = []          }

An instance is a value in Rust: it is owned in one place and lent to methods. A class whose instances can
hold instances of itself needs shared ownership and is refused.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from portalis.compiler.enums import EnumClass
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.shared import Marker
from portalis.compiler.hir import enums
from portalis.compiler.hir.inherit import Line, NotInherited, line_of
from portalis.compiler.hir.nodes import Constant
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.hir.values import NO_TRAITS, Traits, value_traits
from portalis.compiler.types import (
    ANY,
    NEVER,
    NONE,
    CallableOf,
    DictOf,
    EnumOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    Shared,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    dynamic,
    is_mutable,
)
from portalis.config.type_mappings import default_type_table

_UNSUPPORTED_METHODS = frozenset(
    """__new__ __getattr__ __getattribute__ __setattr__ __delattr__ __del__ __init_subclass__ __set_name__
    __class_getitem__ __get__ __set__ __reduce__ __getstate__ __setstate__ __copy__ __deepcopy__""".split()
)
RUST_NAMES = frozenset(
    """Vec String Option Some None Result Ok Err Box Error Rc RefCell Cell IndexMap HashMap HashSet
    VecDeque Iterator Default Clone Copy Drop Eq Ord PartialEq PartialOrd Debug Display Hash Send
    Sync Sized Fn FnMut FnOnce From Into AsRef AsMut ToOwned ToString Extend Identity LazyLock Regex
    Decline Self Value""".split()
)
"""Names that generated files use: a struct of that name would hide them."""
_DATACLASS_OPTIONS = frozenset({"frozen", "eq", "order", "unsafe_hash", "repr", "slots", "kw_only", "init"})


_NAMES = (ast.Name, ast.Attribute)
MethodKind = Literal["method", "property", "static", "class"]
_KINDS: Mapping[str, MethodKind] = {"property": "property", "staticmethod": "static", "classmethod": "class"}


@dataclass(frozen=True, slots=True)
class StructField:
    """A field in the order of its first assignment; `default` and `factory` are a dataclass's."""

    name: str
    type: Type
    default: ast.expr | None = None
    factory: ast.expr | None = None
    given: bool = True
    """Whether the constructor takes it."""
    compared: bool = True
    shown: bool = True


@dataclass(frozen=True, slots=True)
class StructInfo:
    """A class of the project as a struct; `methods` are its own, by name.

    `constructor` is the item key of what a call of the class runs, "" for a dataclass's own `__init__`.
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

    def setter(self, name: str) -> str:
        """The method that stores a field of a shared instance."""
        return f"set_{name}" if f"set_{name}" not in self.methods else f"store_{name}"

    @property
    def lends(self) -> bool:
        """Whether instances are shared and have containers, which they lend."""
        return self.shared and any(is_mutable(one.type) for one in self.fields)

    @property
    def by_identity(self) -> bool:
        """Whether instances are shared, and each equals only itself."""
        same = "__eq__" not in self.methods and not (self.is_dataclass and self.options.get("eq", True))
        return self.shared and same

    @property
    def constructor(self) -> str:
        return f"{self.module}:{self.qualname}.__init__" if "__init__" in self.methods else ""

    def match_args(self) -> tuple[str, ...]:
        """The attributes that stand for positional patterns: a dataclass's fields, or `__match_args__`."""
        for stmt in self.node.body:
            match stmt:
                case ast.Assign([ast.Name(id="__match_args__")], ast.Tuple(elts=items)):
                    return tuple(str(one.value) for one in items if isinstance(one, ast.Constant))
        return tuple(one.name for one in self.fields) if self.is_dataclass else ()

    def written(self, method: str) -> str:
        """The qualified name under which a method was written."""
        return f"{self.origin.get(method, self.qualname)}.{method.partition('@')[0]}"

    def field(self, name: str) -> StructField | None:
        """The field of that name."""
        return next((one for one in self.fields if one.name == name), None)


class _Unsupported(Exception):
    """Why a class stays in Python, in words."""


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
) -> Structs:
    """The structs of a project; `records` are those of its recursive tuples."""
    unknown: dict[str, Type] = {name: ANY for name in answer.records if name not in records}
    known: dict[str, StructInfo] = {}
    refused: dict[str, str] = {}
    stored = _stored(trees.values())
    for module, tree in trees.items():
        classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        for node in tree.body:
            fullname = f"{module}.{node.name}" if isinstance(node, ast.ClassDef) else ""
            if not isinstance(node, ast.ClassDef) or fullname in symbols.exceptions:
                continue
            try:
                found = enumerations.get(fullname)
                known[fullname] = (
                    _struct(module, node, answer, stored, classes)
                    if found is None
                    else _enumeration(module, node, found)
                )
            except (_Unsupported, NotInherited) as reason:
                refused[fullname] = str(reason)
    shared = _recursive(known)
    known = {name: replace(info, shared=name in shared) for name, info in known.items()}
    traits = value_traits(_with_enums(known))
    known = {name: replace(info, traits=traits[name]) for name, info in known.items()}
    generic = [name for name, info in known.items() if _is_generic(info.node)]
    known |= records
    tuples: dict[Type, Type] = {answer.records[name]: info.type for name, info in records.items()}
    mark = Marker(shared, _own_types(known) | unknown, generic)
    known = {name: _marked(info, mark) for name, info in known.items()}
    for name, info in known.items():
        changed = next((f for f in info.fields if info.shared and not _lendable(f.type)), None)
        if changed is not None:
            refused[name] = f"its instances are shared, and its field `{changed.name}` is a `{changed.type}`"
        for attribute, part in _foreign(info, {*known, *refused}):
            refused[name] = f"its field `{attribute}` is a `{part}`"
        clash = _clash(info)
        if clash is not None:
            refused[name] = f"two of its methods would be `{clash}` in Rust"
        if info.shared and f"{name}Fields" in symbols.classes:
            refused[name] = f"the class `{info.qualname}Fields` has the name of its fields in Rust"
    # What holds a value of a class without a struct has none either.
    while lost := _losing(known, refused):
        refused |= {name: f"it holds a `{part}`, which stays in Python" for name, part in lost.items()}
    kept = {name: info for name, info in known.items() if name not in refused}
    mark = Marker(
        [name for name, info in kept.items() if info.shared], _own_types(kept) | unknown, generic, tuples
    )
    return Structs(kept, refused, mark)


def _foreign(info: StructInfo, project: Collection[str]) -> Iterator[tuple[str, str]]:
    """The fields whose type holds a class that is neither the project's nor has a Rust twin."""
    named = default_type_table().named
    for one in info.fields:
        for part in instances(one.type):
            if part not in named and part not in project:
                yield one.name, part


def _own_types(known: Mapping[str, StructInfo]) -> dict[str, Type]:
    """The types of members of enumerations, and of instances with traits."""
    return {name: info.type for name, info in known.items() if info.enum is not None or info.traits}


def _with_enums(known: Mapping[str, StructInfo]) -> dict[str, StructInfo]:
    """The classes with the enumerations among the types of their fields marked."""
    mark = Marker((), {name: info.type for name, info in known.items() if info.enum is not None})
    return {name: _marked(info, mark) for name, info in known.items()}


def _enumeration(module: str, node: ast.ClassDef, found: EnumClass) -> StructInfo:
    """An enumeration: what stands in its body beside methods are its members, which are known from import."""
    decorators = [ast.unparse(one) for one in node.decorator_list]
    if not {*decorators} <= {"unique", "enum.unique"}:
        raise _Unsupported(f"it is decorated with `{decorators[0]}`")
    if node.name in RUST_NAMES:
        raise _Unsupported("its name means something else in Rust")
    methods = {stmt.name: stmt for stmt in node.body if isinstance(stmt, ast.FunctionDef)}
    reason = enums.unsupported(found, methods)
    if reason:
        raise _Unsupported(reason)
    for stmt in node.body:
        if not isinstance(stmt, (ast.FunctionDef, ast.Assign, ast.AnnAssign, ast.Pass, ast.Expr)):
            raise _Unsupported("its body holds more than members and methods")
    kinds = {name: _kind(method) for name, method in methods.items()}
    return StructInfo(f"{module}.{node.name}", module, node.name, node, (), methods, kinds, enum=found)


def _struct(
    module: str,
    node: ast.ClassDef,
    answer: OracleAnswer,
    stored: frozenset[str],
    classes: Mapping[str, ast.ClassDef],
) -> StructInfo:
    named_tuple = [answer.fullname(module, base) for base in node.bases if isinstance(base, _NAMES)] == [
        "typing.NamedTuple"
    ]
    plain = all(_is_object(base) or _is_parameters(base) for base in node.bases)
    line = None if named_tuple or plain else line_of(module, node, classes, answer)
    if node.keywords:
        raise _Unsupported("it has keywords")
    if node.name in RUST_NAMES:
        raise _Unsupported("its name means something else in Rust")
    options = {"frozen": True, "order": True} if named_tuple else _decorators(node)
    methods, declared = _members(node, options is not None)
    constants = _constants(node, options is not None, stored)
    origin: dict[str, str] = {}
    if line is not None:
        if options is not None:
            raise _Unsupported("it is a dataclass with a base class")
        for one in line.classes[1:]:
            _members(one, False)
            constants = _constants(one, False, stored) | constants
        methods, origin = line.methods()
    if options is not None and ("__init__" in methods or "__post_init__" in methods):
        raise _Unsupported("it is a dataclass with an `__init__` or `__post_init__` of its own")
    if options is not None:
        names = list(declared)
    elif line is not None:
        inits = [_members(one, False)[0] for one in reversed(line.initializers())]
        names = list(dict.fromkeys(name for init in inits for name in _assigned(init)))
    else:
        names = list(dict.fromkeys(_assigned(methods)))
    owners = [one.name for one in line.classes] if line is not None else [node.name]
    fields = tuple(_field(module, owners, name, declared.get(name), answer) for name in names)
    if not fields:
        raise _Unsupported("it has no fields")
    shared = next((one.name for one in fields if one.name in methods), None)
    if shared is not None:
        raise _Unsupported(f"`{shared}` is a field and a method")
    twice = next((name for name in constants if name in methods or any(f.name == name for f in fields)), None)
    if twice is not None or len({name.upper() for name in constants}) < len(constants):
        raise _Unsupported(f"`{twice or next(iter(constants))}` has two meanings")
    return StructInfo(
        f"{module}.{node.name}", module, node.name, node, fields, methods,
        {name: _kind(method) for name, method in methods.items()},
        options is not None, bool(options and options.get("frozen")), options or {},
        named_tuple=named_tuple, line=line, origin=origin, constants=constants,
    )  # fmt: skip


def _members(
    node: ast.ClassDef, is_dataclass: bool
) -> tuple[dict[str, ast.FunctionDef], dict[str, ast.expr | None]]:
    """The methods of a class, and what a dataclass declares with its defaults."""
    methods: dict[str, ast.FunctionDef] = {}
    declared: dict[str, ast.expr | None] = {}
    for stmt in node.body:
        match stmt:
            case ast.FunctionDef():
                if stmt.name in methods:
                    raise _Unsupported(f"`{stmt.name}` is defined more than once")
                methods[stmt.name] = stmt
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if is_dataclass:
                declared[name] = value
            case ast.AnnAssign(target=ast.Name(), value=None) | ast.Pass() | ast.Expr(value=ast.Constant()):
                continue
            case ast.Assign(targets=[ast.Name(id="__slots__")]):
                continue
            case ast.Assign(targets=[ast.Name()]) | ast.AnnAssign(target=ast.Name()):
                continue  # see `_constants`
            case _:
                raise _Unsupported("its body holds more than methods and fields")
    for name in methods:
        if name in _UNSUPPORTED_METHODS:
            raise _Unsupported(f"it defines `{name}`")
    return methods, declared


def _constants(node: ast.ClassDef, is_dataclass: bool, stored: frozenset[str]) -> dict[str, Constant]:
    """The attributes of the class itself: literals that nothing in the project binds again."""
    found: dict[str, Constant] = {}
    for stmt in node.body:
        match stmt:
            case ast.Assign(targets=[ast.Name(id="__slots__")]):
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if not is_dataclass:
                pass
            case _:
                continue
        literal = _literal(value)
        if literal is None:
            raise _Unsupported(f"its attribute `{name}` is no number or text written out")
        if name in stored:
            raise _Unsupported(f"its attribute `{name}` is bound again")
        if name in found:
            raise _Unsupported(f"its attribute `{name}` is bound twice")
        found[name] = literal
    return found


def _literal(node: ast.expr) -> int | float | str | None:
    match node:
        case ast.Constant(value=bool() | float() as value):
            return value
        case ast.Constant(value=int() as number) if number < 2**63:
            return number
        case ast.Constant(value=str() as text) if text.isprintable():
            return text
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)) if (
            value < 2**63
        ):
            return -value
        case _:
            return None


def _stored(trees: Iterable[ast.Module]) -> frozenset[str]:
    """The names of all attributes that a project binds or deletes."""
    return frozenset(
        node.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
    )


def _kind(node: ast.FunctionDef) -> MethodKind:
    """What the decorator of a method makes of it; one of another kind is refused with the method itself."""
    match node.decorator_list:
        case [ast.Name(id=name)] if name in _KINDS:
            return _KINDS[name]
        case _ if node.name == "__new__":
            return "static"
        case _ if node.name in ("__init_subclass__", "__class_getitem__"):
            return "class"
        case _:
            return "method"


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


def _decorators(node: ast.ClassDef) -> dict[str, bool] | None:
    """The options of `@dataclass`, None where the class is not one."""
    options: dict[str, bool] | None = None
    for decorator in node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        name = ast.unparse(call.func if call is not None else decorator)
        if name not in ("dataclass", "dataclasses.dataclass") or options is not None:
            raise _Unsupported(f"it is decorated with `{name}`")
        options = {}
        for keyword in call.keywords if call is not None else []:
            value = keyword.value
            if keyword.arg not in _DATACLASS_OPTIONS or not isinstance(value, ast.Constant):
                raise _Unsupported(f"the option `{keyword.arg}` of its `dataclass` is not translated")
            options[keyword.arg] = bool(value.value)
        if options.get("kw_only") or options.get("init") is False:
            raise _Unsupported("its fields are keyword-only or not set by its constructor")
    return options


def _assigned(methods: Mapping[str, ast.FunctionDef]) -> Iterator[str]:
    """The attributes that `__init__` sets, in order."""
    init = methods.get("__init__")
    if init is None or not init.args.args:
        return
    receiver = init.args.args[0].arg
    for node in ast.walk(init):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr, ctx=ast.Store()) if name == receiver:
                yield attr


def _field(
    module: str, owners: Sequence[str], name: str, default: ast.expr | None, answer: OracleAnswer
) -> StructField:
    said = (answer.variable(module, owner, name) for owner in owners)
    known = next((one for one in said if one is not None), None)
    type_ = dynamic(known) if known is not None else None
    if type_ is None or type_ is NONE or _vague(type_):
        raise _Unsupported(f"the type of its field `{name}` is not known")
    if isinstance(type_, (IterOf, CallableOf)):
        raise _Unsupported(f"its field `{name}` is a `{type_}`")
    match default:
        case ast.Call(func=func, keywords=keywords) if ast.unparse(func) in ("field", "dataclasses.field"):
            found = {keyword.arg: keyword.value for keyword in keywords}
            flags = {key: _flag(value) for key, value in found.items() if key in _FIELD_FLAGS}
            if not found.keys() <= {"default", "default_factory", *_FIELD_FLAGS} or None in flags.values():
                raise _Unsupported(f"the options of its field `{name}` are not translated")
            if flags.get("init") is False and not {"default", "default_factory"} & found.keys():
                raise _Unsupported(f"its constructor does not set its field `{name}`")
            if flags.get("hash", True) != flags.get("compare", True):
                raise _Unsupported(f"its field `{name}` counts for its hash or its comparison only")
            given, compared, shown = (flags.get(key) is not False for key in ("init", "compare", "repr"))
            default, factory = found.get("default"), found.get("default_factory")
            return StructField(name, type_, default, factory, given, compared, shown)
        case _:
            return StructField(name, type_, default)


_FIELD_FLAGS = ("init", "repr", "compare", "hash")


def _flag(node: ast.expr) -> bool | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, bool) else None


def _vague(type_: Type) -> bool:
    return type_ in (ANY, NEVER) or any(map(_vague, parts(type_)))


def parts(type_: Type) -> tuple[Type, ...]:
    """The types directly inside a type."""
    match type_:
        case ListOf(elem) | SetOf(elem) | VarTuple(elem) | OptionalOf(elem):
            return (elem,)
        case DictOf(key, value):
            return (key, value)
        case TupleOf(items) | UnionOf(items):
            return items
        case Instance(args=args):
            return args
        case _:
            return ()


def instances(type_: Type) -> Iterator[str]:
    """The full names of the classes in a type."""
    if isinstance(type_, (EnumOf, Instance, Shared)):
        yield type_.name
    for part in parts(type_):
        yield from instances(part)


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


def _lendable(type_: Type) -> bool:
    """Whether a field of a shared class may have the type: one that can't be changed, or a container."""
    match type_:
        case (
            ListOf()
            | DictOf()
            | SetOf()
            | Instance()
            | OptionalOf(ListOf() | DictOf() | SetOf() | Instance())
        ):
            return True
        case _:
            return not is_mutable(type_)


def _losing(known: Mapping[str, StructInfo], refused: Mapping[str, str]) -> dict[str, str]:
    """The structs with a field of a class that has none, and that class."""
    return {
        name: part
        for name, info in known.items()
        if name not in refused
        for one in info.fields
        for part in instances(one.type)
        if part in refused
    }


def owner_of(symbols: Symbols, key: str) -> StructInfo | None:
    """The struct whose method has the item key, or None for a function."""
    module, _, qualname = key.partition(":")
    owner, _, name = qualname.rpartition(".")
    info = symbols.structs.get(f"{module}.{owner}") if owner else None
    return info if info is not None and name in info.methods else None


def has_receiver(symbols: Symbols, key: str) -> bool:
    """Whether the item is a method that takes an instance of its class first."""
    info = owner_of(symbols, key)
    name = key.rpartition(".")[2]
    return info is not None and name != "__init__" and info.kinds[name] in ("method", "property")


_SPECIAL_NAMES: Mapping[str, str] = {
    "__init__": "new", "__len__": "length", "__eq__": "equals", "__ne__": "differs", "__hash__": "hash_value",
    "__bool__": "is_true", "__str__": "text", "__getitem__": "get_item", "__setitem__": "set_item",
    "__delitem__": "del_item", "__next__": "next_item", "__truediv__": "div", "__floordiv__": "floor_div",
}  # fmt: skip
"""Names that a Rust reader would not take for methods of a std trait with another signature."""


def method_name(name: str) -> str:
    """A method's name in Rust: `__init__` is `new`, other special methods lose their underscores."""
    if "@" in name:
        own, _, base = name.partition("@")
        return f"{re.sub('(?<=[a-z0-9])(?=[A-Z])', '_', base).lower().strip('_')}_{method_name(own)}"
    if name in _SPECIAL_NAMES:
        return _SPECIAL_NAMES[name]
    return name.strip("_") if name.startswith("__") and name.endswith("__") else name


def _clash(info: StructInfo) -> str | None:
    """A name that two of the methods would have in Rust, those that read and store shared fields included."""
    names = [method_name(name) for name in info.methods]
    if info.enum is not None:
        names += ["name", "value", "from_name", "from_value"]
    if info.shared:
        names += [f"{stem}{one.name}" for one in info.fields for stem in ("",)]
        names += [info.setter(one.name) for one in info.fields]
        names += [f"{one.name}_mut" for one in info.fields if is_mutable(one.type)]
        names += ["is", "address", "clone", "drop", "from"]
    return next((name for name in names if names.count(name) > 1), None)
