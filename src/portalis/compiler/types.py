"""Python types as the compiler knows them: a closed algebra of frozen values.

The oracle turns mypy's answer into these; nothing else in Portalis knows mypy's types.
Equality is structural, so a type is a key for tables and caches.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Prim(Enum):
    """The types without parameters; the value is the Python spelling."""

    INT = "int"
    BIG = "int of any size"
    """An `int` that the compiler found to outgrow 64 bits: the oracle never answers it."""
    FLOAT = "float"
    STR = "str"
    BOOL = "bool"
    BYTES = "bytes"
    NONE = "None"
    ANY = "Any"
    OBJECT = "object"
    NEVER = "Never"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class ListOf:
    """`list[elem]`."""

    elem: Type

    def __str__(self) -> str:
        return f"list[{self.elem}]"


@dataclass(frozen=True, slots=True)
class DictOf:
    """`dict[key, value]`; `default` names the factory of a `defaultdict`, `counter` marks a `Counter`."""

    key: Type
    value: Type

    def __str__(self) -> str:
        return f"dict[{self.key}, {self.value}]"


@dataclass(frozen=True, slots=True)
class SetOf:
    """`set[elem]`, or `frozenset[elem]` when `frozen`."""

    elem: Type
    frozen: bool = False

    def __str__(self) -> str:
        return f"{'frozenset' if self.frozen else 'set'}[{self.elem}]"


@dataclass(frozen=True, slots=True)
class TupleOf:
    """A tuple of fixed length, `tuple[a, b]`; `()` is the empty tuple."""

    items: tuple[Type, ...]

    def __str__(self) -> str:
        return f"tuple[{', '.join(map(str, self.items)) or '()'}]"


@dataclass(frozen=True, slots=True)
class VarTuple:
    """`tuple[elem, ...]`, a tuple of any length."""

    elem: Type

    def __str__(self) -> str:
        return f"tuple[{self.elem}, ...]"


@dataclass(frozen=True, slots=True)
class OptionalOf:
    """`inner | None`; `inner` is never itself optional."""

    inner: Type

    def __str__(self) -> str:
        return f"{self.inner} | None"


@dataclass(frozen=True, slots=True)
class UnionOf:
    """A union of two or more types other than None, sorted by their spelling."""

    members: tuple[Type, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.members))


@dataclass(frozen=True, slots=True)
class CallableOf:
    """`Callable[[params], returns]`; `params` is None for `Callable[..., returns]`."""

    params: tuple[Type, ...] | None
    returns: Type

    def __str__(self) -> str:
        inside = "..." if self.params is None else f"[{', '.join(map(str, self.params))}]"
        return f"Callable[{inside}, {self.returns}]"


@dataclass(frozen=True, slots=True)
class IterOf:
    """Something that can only be iterated: `Iterable`, `Iterator`, `Generator`, `range`, a dict view."""

    elem: Type
    name: str = "Iterable"

    def __str__(self) -> str:
        return f"{self.name}[{self.elem}]"


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of any other class, by full dotted name (`datetime.date`, `pkg.mod.Point`).

    `traits` are what instances of a class of the project can do of themselves (see `hir.values`).
    """

    name: str
    args: tuple[Type, ...] = ()
    traits: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name + (f"[{', '.join(map(str, self.args))}]" if self.args else "")


@dataclass(frozen=True, slots=True)
class Shared:
    """An instance of a project class that Rust shares: copying the value copies a reference to one object."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class EnumOf:
    """A member of an enumeration of the project; `mixed` is the builtin type it also is, if any."""

    name: str
    mixed: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ClassObject:
    """The class itself as a value (`type[pkg.mod.Point]`)."""

    name: str

    def __str__(self) -> str:
        return f"type[{self.name}]"


@dataclass(frozen=True, slots=True)
class ModuleRef:
    """A module as a value, by dotted name."""

    name: str

    def __str__(self) -> str:
        return f"module {self.name}"


Type = (
    Prim
    | ListOf
    | DictOf
    | SetOf
    | TupleOf
    | VarTuple
    | OptionalOf
    | UnionOf
    | CallableOf
    | IterOf
    | Instance
    | Shared
    | EnumOf
    | ClassObject
    | ModuleRef
)

INT, FLOAT, STR, BOOL, BYTES = Prim.INT, Prim.FLOAT, Prim.STR, Prim.BOOL, Prim.BYTES
BIG = Prim.BIG
NONE, ANY, OBJECT, NEVER = Prim.NONE, Prim.ANY, Prim.OBJECT, Prim.NEVER

COPY_PRIMS = frozenset({INT, FLOAT, BOOL, NONE})
COPY_INSTANCES = frozenset({"datetime.date", "datetime.datetime", "datetime.timedelta", "datetime.time"})
"""Instances that cross between Python and Rust, and are copied."""
TEXT_FILE, BINARY_FILE = Instance("io.TextFile"), Instance("io.BinaryFile")
"""What `open` gives, and the standard streams. A copy is the same file, so the value itself never changes."""
PARSER, NAMESPACE = Instance("argparse.ArgumentParser"), Instance("argparse.Namespace")
"""A parser of the command line, a copy of which is the same parser, and what it gives."""
CLOSING = Instance("io.Closing")
"""What closes a file where its `with` ends."""
COMPLEX, FRACTION = "builtins.complex", "fractions.Fraction"
DECIMAL = "decimal.Decimal"
BYTEARRAY = Instance("builtins.bytearray")
STRING_IO, BYTES_IO = Instance("io.StringIO"), Instance("io.BytesIO")


def is_copy(type_: Type) -> bool:
    """Whether the Rust form of the type is `Copy`."""
    match type_:
        case Prim():
            return type_ in COPY_PRIMS
        case OptionalOf(inner):
            return is_copy(inner)
        case TupleOf(items):
            return all(map(is_copy, items))
        case Instance(name, traits=traits):
            return name in COPY_INSTANCES or name == COMPLEX or "copy" in traits
        case EnumOf():
            return True
        case _:
            return False


def borrows_whole(type_: Type) -> bool:
    """Whether a borrow of an element (`&String`, `&Vec<u8>`, `&Option<T>`) is not a parameter's (`&str`)."""
    return type_ in (STR, BYTES) or (isinstance(type_, OptionalOf) and not is_copy(type_))


_IMMUTABLE_MODULES = frozenset(
    {"builtins", "datetime", "re", "typing", "hashlib", "decimal", "fractions", "urllib"}
)


def is_mutable(type_: Type) -> bool:
    """Whether a Python program could change a value of this type in place, at any depth."""
    match type_:
        case ListOf() | DictOf() | SetOf(frozen=False):
            return True
        case SetOf(elem) | VarTuple(elem) | OptionalOf(elem):
            return is_mutable(elem)
        case Instance(traits=traits) if "value" in traits:
            return False
        case Instance() if type_ in (TEXT_FILE, BINARY_FILE, CLOSING, PARSER, NAMESPACE):
            return False
        case Instance(name):
            # Of the library's classes only these change; a class of the project may.
            changes = name.startswith("collections.") or type_ == BYTEARRAY
            return changes or name.partition(".")[0] not in _IMMUTABLE_MODULES
        case TupleOf(items) | UnionOf(items):
            return any(map(is_mutable, items))
        case _:
            return False


def is_collection(type_: Type) -> bool:
    """Whether the type is one of the containers of `collections`: `deque[int]`, `Counter[str]`."""
    return isinstance(type_, Instance) and type_.name.startswith("collections.")


def dynamic(type_: Type) -> Type:
    """A declared type, with `object` wherever it says `Any`: a value of which only the run tells the type.

    >>> str(dynamic(ListOf(OptionalOf(ANY))))
    'list[object]'
    """
    return replaced(type_, ANY)


def replaced(type_: Type, old: Prim) -> Type:
    """The type with `object` in the place of another, at any depth.

    >>> str(replaced(DictOf(STR, FLOAT), FLOAT))
    'dict[str, object]'
    """
    match type_:
        case Prim():
            return OBJECT if type_ is old else type_
        case ListOf(elem):
            return ListOf(replaced(elem, old))
        case SetOf(elem, frozen):
            return SetOf(replaced(elem, old), frozen)
        case VarTuple(elem):
            return VarTuple(replaced(elem, old))
        case DictOf(key, value):
            return DictOf(replaced(key, old), replaced(value, old))
        case TupleOf(items):
            return TupleOf(tuple(replaced(item, old) for item in items))
        case OptionalOf(inner):
            return make_union([replaced(inner, old), NONE])
        case UnionOf(members) if old is FLOAT and any(isinstance(one, Instance | Shared) for one in members):
            # No value of any type holds an instance: what may be an int or a float is said beside it.
            return make_union([one if one is FLOAT else replaced(one, old) for one in members] + [INT])
        case UnionOf(members):
            return make_union([replaced(member, old) for member in members])
        case Instance(args=args):
            return replace(type_, args=tuple(replaced(arg, old) for arg in args))
        case IterOf(elem, name):
            return IterOf(replaced(elem, old), name)
        case CallableOf(tuple() as params, returns):
            return CallableOf(tuple(replaced(param, old) for param in params), replaced(returns, old))
        case _:
            return type_


def alike(a: Type, b: Type) -> bool:
    """Whether a value could be of both types: what one leaves open may be what the other says.

    >>> alike(ListOf(ANY), ListOf(INT)), alike(ListOf(STR), ListOf(INT))
    (True, False)
    """
    if a == b or {a, b} & {ANY, OBJECT, NEVER}:
        return True
    match a, b:
        case (ListOf(x), ListOf(y)) | (SetOf(x), SetOf(y)) | (VarTuple(x), VarTuple(y)):
            return alike(x, y)
        case (OptionalOf(x), OptionalOf(y)):
            return alike(x, y)
        case (DictOf(key, value), DictOf(key2, value2)):
            return alike(key, key2) and alike(value, value2)
        case (TupleOf(xs), TupleOf(ys)) | (UnionOf(xs), UnionOf(ys)):
            return len(xs) == len(ys) and all(map(alike, xs, ys))
        case (Instance(name, xs), Instance(name2, ys)):
            return name == name2 and len(xs) == len(ys) and all(map(alike, xs, ys))
        case _:
            return False


_SEQUENCES = frozenset({"Iterable", "Collection", "Reversible"})


def lent_sequence(type_: Type) -> Type:
    """A parameter that is only iterated as the sequence that is lent for it: a list or a tuple.

    >>> str(lent_sequence(IterOf(INT))), str(lent_sequence(IterOf(INT, "Iterator")))
    ('typing.Sequence[int]', 'Iterator[int]')
    """
    match type_:
        case IterOf(elem, name) if name in _SEQUENCES:
            return Instance("typing.Sequence", (elem,))
        case OptionalOf(inner):
            return OptionalOf(lent_sequence(inner))
        case _:
            return type_


def is_shared(type_: Type) -> bool:
    """Whether the value is a reference to a shared instance, or None."""
    return isinstance(type_.inner if isinstance(type_, OptionalOf) else type_, Shared)


def make_union(members: list[Type]) -> Type:
    """The union of the members: flattened, without duplicates, None outermost, in a fixed order.

    An object may be anything, so a union with one is no narrower.
    """
    flat: list[Type] = []
    for member in members:
        match member:
            case UnionOf(inner):
                flat.extend(inner)
            case OptionalOf(UnionOf(inner)):
                flat.extend((*inner, NONE))
            case OptionalOf(inner_one):
                flat.extend((inner_one, NONE))
            case _:
                flat.append(member)
    if OBJECT in flat:
        return OBJECT
    unique = sorted({m for m in flat if m not in (NONE, NEVER)}, key=str)
    has_none = NONE in flat
    if not unique:
        return NONE if has_none else NEVER
    body: Type = unique[0] if len(unique) == 1 else UnionOf(tuple(unique))
    return OptionalOf(body) if has_none else body
