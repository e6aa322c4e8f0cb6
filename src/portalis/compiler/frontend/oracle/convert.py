"""mypy's types to ours.

mypy's algebra is wide and mutable; ours is small and frozen. What ours cannot say becomes `Any`,
never a guess.
"""

from __future__ import annotations

from collections.abc import Callable

from mypy import nodes, types
from mypy.maptype import map_instance_to_supertype

from portalis.compiler.frontend.oracle.names import public
from portalis.compiler.types import (
    ANY,
    BINARY_FILE,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NEVER,
    NONE,
    OBJECT,
    STR,
    TEXT_FILE,
    CallableOf,
    ClassObject,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    make_union,
)

_SIMPLE: dict[str, Type] = {
    "builtins.int": INT,
    "builtins.float": FLOAT,
    "builtins.str": STR,
    "builtins.bool": BOOL,
    "builtins.bytes": BYTES,
    "builtins.object": OBJECT,
    "typing.Hashable": OBJECT,
    # Whatever can be made an int or a float may stand there: these come in, all others stay with Python.
    "typing.SupportsInt": INT,
    "typing.SupportsIndex": INT,
    "typing.SupportsFloat": FLOAT,
    "builtins.range": IterOf(INT, "range"),
    "types.NoneType": NONE,
}

_GENERIC: dict[str, Callable[[tuple[Type, ...]], Type]] = {
    "builtins.list": lambda args: ListOf(args[0]),
    "builtins.dict": lambda args: DictOf(args[0], args[1]),
    "builtins.set": lambda args: SetOf(args[0]),
    "builtins.frozenset": lambda args: SetOf(args[0], frozen=True),
    "builtins.tuple": lambda args: VarTuple(args[0]),
}

_FILES: dict[str, Type] = {
    "io.TextIOWrapper": TEXT_FILE,
    "typing.TextIO": TEXT_FILE,
    **{f"io.Buffered{kind}": BINARY_FILE for kind in ("Reader", "Writer")},
    "typing.BinaryIO": BINARY_FILE,
}
"""Open files, by the names that they have in the stubs."""
_PAIR_VIEWS = frozenset({"dict_items", "ItemsView"})
_VALUE_VIEWS = frozenset({"dict_values"})
_ITERABLES = frozenset(
    {"typing.Iterable", "typing.Iterator", "typing.Generator", "typing.Reversible", "typing.Collection"}
    | {"typing.KeysView", "typing.ValuesView", "typing.AsyncIterable", "typing.AsyncIterator"}
)
_ITERATOR_HOMES = frozenset({"builtins", "itertools"})
_MAX_DEPTH = 24


def convert(mypy_type: types.Type | None, depth: int = 0) -> Type:
    """Our type for mypy's; `Any` where ours has no word for it."""
    if mypy_type is None or depth > _MAX_DEPTH:
        return ANY
    if isinstance(mypy_type, types.TypeAliasType) and mypy_type.is_recursive:
        alias = mypy_type.alias
        return Instance(alias.fullname) if alias is not None and is_record(alias) else ANY
    proper = types.get_proper_type(mypy_type)
    match proper:
        case types.Instance():
            return _instance(proper, depth)
        case types.NoneType():
            return NONE
        case types.UnionType():
            return _union([convert(item, depth + 1) for item in proper.items if not _is_error(item)])
        case types.LiteralType():
            return convert(proper.fallback, depth + 1)
        case types.TupleType():
            return _tuple(proper, depth)
        case types.CallableType() | types.Overloaded() | types.TypeType():
            return _callable(proper, depth)
        case types.TypeVarType() if proper.id.is_self():
            return convert(proper.upper_bound, depth + 1)
        case types.UninhabitedType() | types.DeletedType():
            return NEVER
        case _:  # Any, TypeVar, TypedDict, ParamSpec, partial and unbound types
            return ANY


def is_record(alias: nodes.TypeAlias) -> bool:
    """Whether the alias names a plain tuple of fixed length and has no parameters."""
    target = alias.target
    if alias.alias_tvars or not isinstance(target, types.TupleType):
        return False
    return target.partial_fallback.type.fullname == "builtins.tuple"


def _is_error(member: types.Type) -> bool:
    """Whether a member of a union stands for what raises: the attribute of a possible None, for one, and
    what would be computed with it.
    """
    proper = types.get_proper_type(member)
    if not isinstance(proper, types.AnyType):
        return False
    origin = proper.source_any or proper
    return origin.type_of_any == types.TypeOfAny.from_error


def _union(members: list[Type]) -> Type:
    return ANY if ANY in members else make_union(members)


def _instance(instance: types.Instance, depth: int) -> Type:
    info = instance.type
    name = info.fullname
    simple = _SIMPLE.get(name)
    if simple is not None:
        return simple
    if info.is_newtype and info.bases:
        return convert(info.bases[0], depth + 1)
    if public(name) in _FILES:
        return _FILES[public(name)]
    arguments = tuple(convert(arg, depth + 1) for arg in instance.args)
    if name == "typing.IO":
        return TEXT_FILE if arguments[0] is STR else BINARY_FILE if arguments[0] is BYTES else ANY
    build = _GENERIC.get(name)
    if build is not None:
        return build(arguments)
    short = info.name
    if short in _PAIR_VIEWS and len(arguments) == 2:
        return IterOf(TupleOf(arguments), short)
    if short in _VALUE_VIEWS and len(arguments) == 2:
        return IterOf(arguments[1], short)
    if name in _ITERABLES or short == "dict_keys":
        return IterOf(arguments[0], short)
    if info.module_name in _ITERATOR_HOMES:
        elem = _iterated(instance)
        if elem is not None:
            return IterOf(convert(elem, depth + 1), public(name).removeprefix("builtins."))
    return Instance(public(name), arguments)


def _iterated(instance: types.Instance) -> types.Type | None:
    """What an iterator class of the standard library yields; None if the class is not an iterator."""
    for base in instance.type.mro:
        if base.fullname == "typing.Iterator":
            return map_instance_to_supertype(instance, base).args[0]
    return None


def _tuple(tuple_type: types.TupleType, depth: int) -> Type:
    fallback = tuple_type.partial_fallback.type
    if fallback.fullname != "builtins.tuple":
        return Instance(public(fallback.fullname))
    if any(isinstance(types.get_proper_type(item), types.UnpackType) for item in tuple_type.items):
        return ANY
    return TupleOf(tuple(convert(item, depth + 1) for item in tuple_type.items))


def _callable(value: types.CallableType | types.Overloaded | types.TypeType, depth: int) -> Type:
    if isinstance(value, types.TypeType):
        item = types.get_proper_type(value.item)
        return ClassObject(public(item.type.fullname)) if isinstance(item, types.Instance) else ANY
    if value.is_type_obj():
        return ClassObject(public(value.type_object().fullname))
    if isinstance(value, types.Overloaded):
        return ANY
    returns = convert(value.ret_type, depth + 1)
    if any(kind not in (nodes.ARG_POS, nodes.ARG_OPT) for kind in value.arg_kinds):
        return CallableOf(None, returns)
    return CallableOf(tuple(convert(arg, depth + 1) for arg in value.arg_types), returns)
