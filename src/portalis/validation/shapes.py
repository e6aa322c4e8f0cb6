"""Types on their way to a child: the JSON that `child.shape` reads, and ready-made values drawn by
Hypothesis.

Hypothesis knows the awkward values of each type better than any list of ours, but an example costs it about a
millisecond; so each type's examples are drawn once per run and shared by all functions that take that type.
"""

from __future__ import annotations

import warnings
from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisWarning

from portalis.compiler.hir.records import as_record
from portalis.compiler.types import (
    INT,
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
)
from portalis.validation.child.codec import Json, NotEncodableError, encode
from portalis.validation.child.shape import DICTS, can_make, read_shape
from portalis.validation.classes import ClassShape, ClassShapes

NO_CLASSES: ClassShapes = {}
_NESTING = 2

_NAMED: dict[str, str] = {
    "datetime.date": "date",
    "datetime.datetime": "datetime",
    "datetime.time": "time",
    "datetime.timedelta": "timedelta",
    "decimal.Decimal": "decimal",
    "fractions.Fraction": "fraction",
    "builtins.bytearray": "bytearray",
    "bytearray": "bytearray",
}
_GENERIC: dict[str, str] = {
    "Sequence": "list",
    "MutableSequence": "list",
    "Collection": "list",
    "Iterable": "list",
    "Mapping": "dict",
    "MutableMapping": "dict",
    "deque": "deque",
    "OrderedDict": "ordereddict",
    "defaultdict": "defaultdict",
    "AbstractSet": "set",
    "Set": "set",
}
_PRIMS: dict[Prim, str] = {
    Prim.INT: "int",
    Prim.BIG: "int",
    Prim.FLOAT: "float",
    Prim.STR: "str",
    Prim.BOOL: "bool",
    Prim.BYTES: "bytes",
    Prim.NONE: "none",
    Prim.ANY: "any",
    Prim.OBJECT: "any",
}


def shape_json(type_: Type, classes: ClassShapes = NO_CLASSES) -> Json:
    """The type as a child reads it; one it can make no values of has the kind "other"."""
    if isinstance(type_, EnumOf) and _open(classes, type_.name):
        return ["enum", [], classes[type_.name].key]
    if as_record(type_) and isinstance(type_, Instance) and _open(classes, type_.name):
        inside = _nested(classes, type_.name)
        return ["tuple", [shape_json(part, inside) for part in classes[type_.name].constructor], str(type_)]
    if isinstance(type_, Shared) and _open(classes, type_.name) and classes[type_.name].family:
        return _of_classes(type_, classes)
    if isinstance(type_, (Instance, Shared)) and _open(classes, type_.name):
        return _instance(classes[type_.name], _nested(classes, type_.name))
    if isinstance(type_, OptionalOf) and _without_shape(type_.inner, classes):
        return ["none", [], str(type_)]
    kind, parts = _kind_and_parts(type_)
    if kind == "union":
        # Inside its own constructor a class is left out, as long as something else can stand there.
        parts = tuple(one for one in parts if not _closed(one, classes)) or parts
    if any(as_record(part) and _without_shape(part, classes) for part in parts):
        return ["empty", [], kind]
    return [kind, [shape_json(part, classes) for part in parts], str(type_)]


def _nested(classes: ClassShapes, name: str) -> ClassShapes:
    """The classes inside a description of one: itself a few levels deep."""
    shape = classes[name]
    return {**classes, name: replace(shape, nesting=shape.nesting + 1)}


def _open(classes: ClassShapes, name: str) -> bool:
    """Whether a class is known, and not described as deep as it is already."""
    return name in classes and classes[name].nesting <= _NESTING


def _closed(type_: Type, classes: ClassShapes) -> bool:
    named = isinstance(type_, Instance | Shared) and type_.name in classes
    return named and not _open(classes, type_.name)  # type: ignore[union-attr]


_FEW = 4
"""Up to as many classes of a family are described as deep as a class is."""


def _of_classes(type_: Shared, classes: ClassShapes) -> Json:
    """An instance of one of several classes, each of which may hold such instances again."""
    held = [one.name for one in classes[type_.name].constructor if isinstance(one, Shared)]
    inside = classes
    for name in [type_.name, *held] * (1 if len(held) <= _FEW else _NESTING):
        inside = _nested(inside, name) if _open(inside, name) else inside
    made = [
        one
        for one in held
        if _open(classes, one) and not any(_without_shape(part, inside) for part in classes[one].constructor)
    ]
    if not made:
        return ["other", [], str(type_)]
    return ["union", [_instance(classes[one], inside) for one in made], str(type_)]


def _without_shape(type_: Type, classes: ClassShapes) -> bool:
    """Whether it is a class that can't be made here: its own constructor is being described."""
    own = isinstance(type_, Shared) or (isinstance(type_, Instance) and as_record(type_))
    return own and not _open(classes, type_.name)  # type: ignore[union-attr]


def _instance(shape: ClassShape, classes: ClassShapes) -> Json:
    """An instance: what its constructor takes, and what the methods take that can be called on it."""

    def call(name: str, types: tuple[Type, ...]) -> Json:
        return ["call", [shape_json(type_, classes) for type_ in types], name]

    makeable = [
        call(name, types)
        for name, types in shape.methods
        if all(_is_plain(type_) or (name[0] == "=" and shape.nesting == 0) for type_ in types)
    ]
    constructor: Json = ["call", [_drawable(shape_json(one, classes)) for one in shape.constructor], ""]
    return ["instance", [constructor, *makeable], shape.key]


def _drawable(shape: Json) -> Json:
    """What a constructor is given for a parameter: of several types, those that values can be made of.

    That leaves instances untried, not types of the function under test: its own parameters keep them all.
    """
    match shape:
        case ["optional", [inner], text] if not can_make(read_shape(inner)):
            return ["none", [], text]
        case ["union", list(parts), text]:
            made = [part for part in parts if can_make(read_shape(part))]
            return ["union", made or parts, text]
        case ["optional", [inner], text]:
            return ["optional", [_drawable(inner)], text]
        case _:
            return shape


def _is_plain(type_: Type) -> bool:
    """Whether values of the type are made without an instance."""
    if isinstance(type_, EnumOf):
        return True
    kind, parts = _kind_and_parts(type_)
    return kind != "other" and all(map(_is_plain, parts))


def _kind_and_parts(type_: Type) -> tuple[str, tuple[Type, ...]]:
    match type_:
        case Prim():
            return _PRIMS.get(type_, "other"), ()
        case ListOf(elem):
            return "list", (elem,)
        case VarTuple(elem):
            return "vartuple", (elem,)
        case SetOf(elem, frozen):
            return ("frozenset" if frozen else "set"), (elem,)
        case DictOf(key=key, value=value):
            return "dict", (key, value)
        case TupleOf(items):
            return "tuple", items
        case OptionalOf(inner):
            return "optional", (inner,)
        case UnionOf(members):
            return "union", members
        case IterOf(elem, "Generator"):
            return "iterator", (elem,)
        case Instance("typing.Sequence", (elem,)) | IterOf(elem, "Iterable"):
            return "union", (ListOf(elem), VarTuple(elem))
        case Instance("collections.Counter", (elem,)):
            return "counter", (elem, INT)
        case CallableOf(tuple() as params, returns):
            return "callable", (*params, returns)
        case Instance(name, args):
            generic = _GENERIC.get(name.rpartition(".")[2]) if args else None
            return generic or _NAMED.get(name, "other"), args
        case _:
            return "other", ()


def pools(types: list[Type], number: int, seed_value: int) -> Json:
    """For each container type, `[shape, values]` with up to `number` values that Hypothesis draws from
    `seed_value`.
    """
    made: list[Json] = []
    for type_ in sorted({kind for one in types for kind in _drawn(one)}, key=str):
        strategy = _strategy(type_)
        if strategy is None or isinstance(type_, Prim):
            continue
        values: list[Json] = []
        for value in _examples(strategy, number, seed_value):
            try:
                values.append(encode(value, 2000))
            except NotEncodableError:
                continue
        made.append([shape_json(type_), ["l", values]])
    return made


def _drawn(type_: Type) -> tuple[Type, ...]:
    """The types whose values are drawn for a type."""
    match type_:
        case Instance("typing.Sequence", (elem,)):
            return ListOf(elem), VarTuple(elem)
        case _:
            return (type_,)


def _examples(strategy: st.SearchStrategy[object], number: int, seed_value: int) -> list[object]:
    """Examples of a strategy, the same for the same seed."""
    drawn: list[object] = []

    @seed(seed_value)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: object) -> None:
        drawn.append(value)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HypothesisWarning)
        collect()
    return drawn


def _strategy(type_: Type) -> st.SearchStrategy[object] | None:
    """The Hypothesis strategy of a type, or None where it has none that is worth drawing."""
    scalars: dict[str, st.SearchStrategy[object]] = {
        "int": st.integers(-(2**63), 2**63 - 1),
        "float": st.floats(),
        "str": st.text(max_size=20),
        "bytes": st.binary(max_size=20),
        "bool": st.booleans(),
        "none": st.none(),
    }
    kind, parts = _kind_and_parts(type_)
    if kind in scalars:
        return scalars[kind]
    inner = [_strategy(part) for part in parts]
    known = [part for part in inner if part is not None]
    if len(known) < len(parts):
        return None
    match kind, known:
        case "list", [element]:
            return st.lists(element, max_size=12)
        case "vartuple", [element]:
            return st.lists(element, max_size=12).map(tuple)
        case "set", [element] if _hashable(parts[0]):
            return st.sets(element, max_size=12)
        case "frozenset", [element] if _hashable(parts[0]):
            return st.frozensets(element, max_size=12)
        case "dict", [key, value] if _hashable(parts[0]):
            return st.dictionaries(key, value, max_size=8)
        case "tuple", _:
            return st.tuples(*known)
        case "optional", [element]:
            return st.none() | element
        case _:
            return None


_UNHASHABLE = DICTS | {"list", "set", "deque", "bytearray", "any", "other"}


def _hashable(type_: Type) -> bool:
    kind, parts = _kind_and_parts(type_)
    return kind not in _UNHASHABLE and all(map(_hashable, parts))
