"""How each Python type crosses into Rust: its marker in the binding crate, and how an argument is lent.

>>> from portalis.compiler.types import INT, STR, DictOf, ListOf, OptionalOf
>>> marker(DictOf(STR, ListOf(INT))), lend(OptionalOf(ListOf(INT)), "a")
('Dict<Str, List<Int>>', 'a.as_deref()')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portalis.compiler.hir.records import as_record
from portalis.compiler.types import (
    BIG,
    BOOL,
    BYTEARRAY,
    BYTES,
    DECIMAL,
    FLOAT,
    FRACTION,
    INT,
    OBJECT,
    STR,
    CallableOf,
    DictOf,
    EnumOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    Shared,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    is_copy,
    is_mutable,
)
from portalis.compiler.unit import Param, RustFunction
from portalis.mapping.union_enum import enum_name

MAX_TUPLE = 12

_PRIMS = {
    Prim.INT: "Int",
    Prim.BIG: "Big",
    Prim.FLOAT: "Float",
    Prim.BOOL: "Bool",
    Prim.STR: "Str",
    Prim.BYTES: "Bytes",
    Prim.NONE: "Unit",
    Prim.OBJECT: "Dynamic",
}
_DATES = {
    "datetime.date": "Date",
    "datetime.datetime": "DateTime",
    "datetime.time": "Time",
    "datetime.timedelta": "Delta",
}
_NUMBERS = {DECIMAL: "Dec", FRACTION: "Frac"}
_CONTAINERS = {
    "collections.Counter": "Counter",
    "collections.OrderedDict": "OrderedDict",
    "collections.defaultdict": "DefaultDict",
    "collections.deque": "Deque",
}
_CROSSING = _DATES | _NUMBERS | _CONTAINERS
"""Classes of the library whose instances cross, by value."""
_FAMILIES = (
    dict.fromkeys(_DATES, ("date",))
    | dict.fromkeys(_CONTAINERS, ("collections", "dict"))
    | {DECIMAL: ("decimal",), FRACTION: ("fraction", "big"), "collections.deque": ("deque",)}
)
"""The conversion files that each of them needs."""
_ITERABLES = frozenset({"Iterable", "Collection", "Reversible", "Sequence"})
_READ_ONLY = frozenset({"typing.Sequence", "typing.Mapping"})
_WITHOUT_MARKER = (
    "re.",
    "builtins.",
    "bytearray",
    "collections.",
    "typing.",
    "hashlib.",
    "io.",
    "argparse.",
    "csv.",
    "queue.",
    "urllib.",
)


class CannotCross(Exception):
    """Values of a type cannot cross between Python and Rust."""


def marker(type_: Type) -> str:  # noqa: C901  one case a type
    """The marker type that stands for a Python type in the binding crate.

    Raises:
        CannotCross: there is none.
    """
    match type_:
        case Prim() if type_ in _PRIMS:
            return _PRIMS[type_]
        case ListOf(elem):
            return f"List<{marker(elem)}>"
        case VarTuple(elem):
            return f"VarTuple<{marker(elem)}>"
        case DictOf(key, value):
            return f"Dict<{marker(key)}, {marker(value)}>"
        case SetOf(elem, frozen):
            return f"{'FrozenSet' if frozen else 'Set'}<{marker(elem)}>"
        case TupleOf(items) if 0 < len(items) <= MAX_TUPLE:
            return f"({''.join(f'{marker(item)}, ' for item in items).strip()})"
        case OptionalOf(inner):
            return f"Optional<{marker(inner)}>"
        case UnionOf(members):
            for member in members:
                marker(member)
            return enum_name(type_)
        case _ if type_ == BYTEARRAY:
            return "Bytearray"
        case Instance("collections.defaultdict", (_, item)) if not _makes_default(item):
            raise CannotCross(f"a `{type_}` can't cross: what it makes of a missing key has no class")
        case Instance(name, args) if name in _CROSSING:
            inside = ", ".join(map(marker, args))
            return f"{_CROSSING[name]}<{inside}>" if args else _CROSSING[name]
        case Instance("typing.Sequence", (elem,)):
            return f"Seq<{marker(elem)}>"
        case Instance("typing.Mapping", (key, value)):
            return f"Dict<{marker(key)}, {marker(value)}>"
        case IterOf(elem, name) if name in _ITERABLES:
            return f"Seq<{marker(elem)}>"
        case EnumOf(name):
            return struct_marker(name)
        case CallableOf(tuple() as params, returns) if all(map(_is_value, (*params, returns))):
            return callable_marker(type_)
        case Instance(name, ()) | Shared(name) if not name.startswith(_WITHOUT_MARKER):
            return struct_marker(name)
        case _:
            raise CannotCross(f"values of type {type_} can't cross between Python and Rust")


def _makes_default(type_: Type) -> bool:
    """Whether the class of the values makes, called without arguments, the value that Rust's `Default` is."""
    match type_:
        case Instance("collections.deque" | "collections.Counter"):
            return True
        case _:
            return type_ in (INT, BIG, FLOAT, BOOL, STR) or isinstance(type_, ListOf | DictOf | SetOf)


def _is_value(type_: Type) -> bool:
    """Whether values of the type never change, so that they may cross to a function that Rust calls."""
    match type_:
        case TupleOf(items):
            return 0 < len(items) <= MAX_TUPLE and all(map(_is_value, items))
        case OptionalOf(inner):
            return _is_value(inner)
        case _:
            return type_ in _PRIMS


def callable_marker(type_: CallableOf) -> str:
    """The marker of a callable: `Callable[[int, str], bool]` is `IntStrToBool`."""
    *words, last = (re.sub(r"\W", "", marker(part)) for part in (*(type_.params or ()), type_.returns))
    return f"{''.join(words)}To{last}"


def struct_marker(fullname: str) -> str:
    """The marker of a class of the project: `shop.cart.Item` is `ShopCartItem`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[._]", fullname))


def lend(type_: Type, name: str, *, mutated: bool = False, kept: bool = False) -> str:
    """The Rust expression that passes a taken value of the type to a core function."""
    if mutated:
        return f"{name}.as_mut()" if isinstance(type_, OptionalOf) else f"&mut {name}"
    match type_:
        case CallableOf() | OptionalOf(CallableOf()) if kept:
            return name
        case CallableOf():
            return f"&*{name}"
        case OptionalOf(CallableOf()):
            return f"{name}.as_deref()"
        case Prim.STR | Prim.BYTES | OptionalOf(Prim.STR | Prim.BYTES):
            return name
        case IterOf():
            return f"{name}.into_iter()"
        case _ if is_copy(type_):
            return name
        case OptionalOf(ListOf() | VarTuple() | Instance("typing.Sequence")):
            return f"{name}.as_deref()"
        case OptionalOf():
            return f"{name}.as_ref()"
        case _:
            return f"&{name}"


def take(type_: Type, position: int) -> str:
    """The Rust expression that takes the argument at a position; text and bytes are borrowed."""
    borrowed = {
        STR: "str",
        BYTES: "bytes",
        OptionalOf(STR): "optional_str",
        OptionalOf(BYTES): "optional_bytes",
    }
    if type_ in borrowed:
        return f"args.{borrowed[type_]}({position})?"
    return f"args.take::<{marker(type_)}>({position})?"


def refusal(function: RustFunction) -> str | None:
    """Why a function can't be called from Python, in words for a diagnostic; None where it can."""
    for param in function.params:
        if param.mutated and any(map(as_record, parts(param.type))):
            return f"parameter `{param.name}` is changed and holds tuples that are made anew for Python"
        if unknown := _unknown_class(param.type, function):
            return f"parameter `{param.name}`: values of type {unknown} can't cross between Python and Rust"
        try:
            marker(param.type)
        except CannotCross as error:
            return f"parameter `{param.name}`: {error}"
        if param.mutated and (reason := _mutation_refusal(param)):
            return reason
    returns = given(function)
    if any(_only_read(part) for part in parts(returns)):
        return f"a result of type {returns} may be of more than one Python type"
    if any(map(as_record, parts(returns))):
        return f"a result of type {returns} would be made anew for Python, which shares what is in it"
    if any(isinstance(part, CallableOf) for part in parts(returns)):
        return "the result is a function, which can't cross to Python"
    try:
        marker(returns)
    except CannotCross as error:
        return f"result: {error}"
    if unknown := _unknown_class(returns, function):
        return f"result: values of type {unknown} can't cross between Python and Rust"
    return None


def given(function: RustFunction) -> Type:
    """The type of what a call gives; of an iterator, that of its items, which verification compares."""
    return function.returns.elem if isinstance(function.returns, IterOf) else function.returns


def _unknown_class(type_: Type, function: RustFunction) -> str:
    """A class in the type that neither crosses nor is a struct of the project; "" where there is none."""
    for part in parts(type_):
        match part:
            case EnumOf(name) | Instance(name) | Shared(name) if (
                name not in _CROSSING and name not in _READ_ONLY and part != BYTEARRAY
            ):
                if name not in function.structs:
                    return str(part)
            case _:
                continue
    return ""


def kept_in_python(function: RustFunction) -> str:
    """Why Python callers keep the Python of a function that could be called there; "" where they don't."""
    moving = next((param for param in function.params if moves_inside(param)), None)
    if moving is None:
        return ""
    return f"parameter `{moving.name}` is changed and holds mutable values that may move"


def moves_inside(param: Param) -> bool:
    """Whether a call may move, replace or take out objects inside a parameter that can change themselves.

    Which objects stand where afterwards can't be told from values, so they are made anew.
    """
    return (
        param.mutated and _element(param.type) is not None and holds_mutable(param.type) and not _kept(param)
    )


def _element(type_: Type) -> Type | None:
    """What a container that can change holds; None for a type that is no such container."""
    match type_:
        case (
            ListOf(elem)
            | SetOf(elem, frozen=False)
            | DictOf(_, elem)
            | Instance("collections.deque" | "collections.Counter", (elem,))
            | Instance("collections.defaultdict" | "collections.OrderedDict", (_, elem))
        ):
            return elem
        case _:
            return None


def _mutation_refusal(param: Param) -> str | None:
    elem = _element(param.type)
    if elem is not None:
        if any(_only_read(part) for part in parts(elem)):
            return (
                f"parameter `{param.name}` is changed, and what it holds may be of more than one Python type"
            )
        return None
    match param.type:
        case TupleOf() | VarTuple() | OptionalOf() if _kept(param):
            return None
        case Instance(args=()):
            return None
        case _:
            return f"parameter `{param.name}` of type {param.type} is changed, which can't be written back"


def _kept(param: Param) -> bool:
    """Whether all that is inside a parameter can be written back, each object at its place."""
    unions = any(isinstance(part, UnionOf) and is_mutable(part) for part in parts(param.type))
    return param.steady and not unions and not any(map(_only_read, parts(param.type)))


def holds_mutable(type_: Type) -> bool:
    """Whether values of the type hold objects that can change; itself may, or may not."""
    elem = type_.elem if isinstance(type_, SetOf) else _element(type_)
    return is_mutable(type_ if elem is None else elem)


def _only_read(type_: Type) -> bool:
    """Whether several Python types pass for the type, so that a result of it is not determined."""
    match type_:
        case Instance(name):
            return name in _READ_ONLY
        case IterOf():
            return True
        case _:
            return False


def may_alias(type_: Type) -> bool:
    """Whether an argument of the type may be, or hold, a mutable object."""
    return holds_typed(type_) or any(part is OBJECT for part in parts(type_))


def holds_typed(type_: Type) -> bool:
    """Whether an argument may be, or hold, a mutable object that Rust has as a value of a type."""
    return any(is_mutable(part) or _only_read(part) for part in parts(type_))


def holds_values(function: RustFunction) -> bool:
    """Whether values of any type are in the signature, and with them objects of several holders."""
    types = (*(param.type for param in function.params), given(function))
    return any(part is OBJECT for type_ in types for part in parts(type_))


def parts(type_: Type) -> Iterator[Type]:
    """The type and every type inside it."""
    yield type_
    match type_:
        case ListOf(elem) | VarTuple(elem) | OptionalOf(elem) | IterOf(elem) | SetOf(elem):
            yield from parts(elem)
        case DictOf(key, value):
            yield from parts(key)
            yield from parts(value)
        case TupleOf(items) | UnionOf(items):
            for item in items:
                yield from parts(item)
        case Instance(_, args):
            for arg in args:
                yield from parts(arg)
        case _:
            return


def families(function: RustFunction) -> frozenset[str]:
    """Which conversion files of the binding crate a function needs: `dict` for `convert_dict.rs`."""
    return type_families((*(param.type for param in function.params), given(function)))


def type_families(types: Iterable[Type]) -> frozenset[str]:
    """Which of these files values of the types need."""
    found: set[str] = set()
    for type_ in types:
        for part in parts(type_):
            match part:
                case Prim.BIG:
                    found.add("big")
                case Prim.OBJECT:
                    found |= {"value", "dict", "set"}
                case DictOf() | Instance("typing.Mapping"):
                    found.add("dict")
                case SetOf():
                    found.add("set")
                case CallableOf():
                    found.add("call")
                case IterOf() | Instance("typing.Sequence"):
                    found.add("seq")
                case _ if part == BYTEARRAY:
                    found.add("bytearray")
                case Instance(name) if name in _FAMILIES:
                    found.update(_FAMILIES[name])
                case _:
                    pass
    return frozenset(found)
