"""How instances of the project's classes can be made: by their constructor, then calls of their methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portalis.compiler.hir.type_parts import instances
from portalis.compiler.types import NONE, Instance, OptionalOf, Shared, Type
from portalis.compiler.unit import CompiledProject, Param, RustFunction, StructClass


@dataclass(frozen=True, slots=True)
class ClassShape:
    """A class as `module:qualname`, the types its constructor takes, and what changes an instance.

    That is methods by name with the types they take; `*name` is handed what its last argument holds one by
    one, `&name` is a function of the module that is handed the instance, `=name` binds an attribute, `@name`
    leads the end of a chain of that attribute back to the instance.
    """

    key: str
    constructor: tuple[Type, ...]
    methods: tuple[tuple[str, tuple[Type, ...]], ...]
    members: tuple[str, ...] = ()
    """The members of an enumeration, which needs no making."""
    effects: frozenset[str] = frozenset()
    """What they look at besides their arguments."""
    record: bool = False
    """Whether it is a plain tuple of what its `constructor` lists, and no class."""
    family: bool = False
    """Whether it is a base class as a type: an instance is of one of the classes in its `constructor`."""
    nesting: int = 0
    """How many descriptions of the class this one stands inside."""


ClassShapes = Mapping[str, ClassShape]
"""By full name."""


_READING = frozenset(
    f"__{name}__"
    for name in ("str", "repr", "format", "len", "bool", "hash", "eq", "ne", "lt", "le", "gt", "ge")
)
"""Methods that by their meaning leave an instance as it is."""


def class_shapes(compiled: CompiledProject) -> dict[str, ClassShape]:
    """The classes whose constructor is known: one that was translated or only computes, or a dataclass's."""
    functions = {item.key: item.rust for item in compiled.items}
    looks_at = {item.key: item.effects for item in compiled.items}
    shapes: dict[str, ClassShape] = {}
    for one in compiled.structs:
        key = f"{one.module}:{one.qualname}"
        if one.members:
            shapes[one.fullname] = ClassShape(key, (), (), one.members)
            continue
        if one.record:
            held = tuple(field.type for field in one.fields)
            shapes[one.fullname] = ClassShape(key, held, (), record=True)
            continue
        if one.variants:
            held = tuple(Shared(fullname) for fullname, _ in one.variants)
            shapes[one.fullname] = ClassShape(key, held, (), family=True)
            continue
        own = functions.get(f"{key}.__init__")
        python = {method.name: method for method in one.in_python}
        made = python.get("__init__")
        constructor = made.params if one.constructor is None and made is not None else one.constructor
        if constructor is None or (own is not None and not _by_position(own.params)):
            continue
        called = {
            found: rust
            for found, rust in functions.items()
            if rust is not None and found.rpartition(".")[0] == key and _changes(rust, one)
        }
        methods = tuple(
            (
                f"{_star(rust.params)}{found.rpartition('.')[2]}",
                tuple(param.type for param in rust.params[1:]),
            )
            for found, rust in called.items()
        )
        prepared = _preparing(one, functions)
        others = tuple(
            (name, method.params) for name, method in python.items() if name not in ("__init__", *_READING)
        )
        run = (*called, *prepared, f"{key}.__init__", f"{key}.__post_init__")
        effects = frozenset(effect for method in one.in_python for effect in method.effects).union(
            *(looks_at.get(function, ()) for function in run)
        )
        shapes[one.fullname] = ClassShape(
            key, constructor, (*methods, *others, *prepared.values(), *_stores(one)), effects=effects
        )
    return shapes


def effects_of_making(names: Iterable[str], shapes: ClassShapes) -> frozenset[str]:
    """What making instances of classes looks at, those that their constructors and methods take included."""
    waiting, seen = [*names], set[str]()
    while waiting:
        name = waiting.pop()
        if name in shapes and name not in seen:
            seen.add(name)
            taken = (shapes[name].constructor, *(types for _, types in shapes[name].methods))
            waiting += [inner for types in taken for type_ in types for inner in instances(type_)]
    return frozenset(effect for name in seen for effect in shapes[name].effects)


def _changes(rust: RustFunction, one: StructClass) -> bool:
    """Whether a method may change its receiver."""
    taken = rust.params[:-1] if _star(rust.params) else rust.params
    named = bool(taken) and taken[0].name == "self" and _by_position(taken)
    return named and (one.shared or rust.params[0].mutated)


def _preparing(
    one: StructClass, functions: Mapping[str, RustFunction | None]
) -> dict[str, tuple[str, tuple[Type, ...]]]:
    """The functions of the class's module, by key, that change what they are handed and give nothing.

    make_set(x)         x.rank, x.parent = 0, x         without which no other function works
    """
    found: dict[str, tuple[str, tuple[Type, ...]]] = {}
    for key, rust in functions.items():
        module, _, name = key.partition(":")
        if rust is None or module != one.module or "." in name or rust.returns != NONE or not rust.params:
            continue
        first, *others = rust.params
        own = isinstance(first.type, (Instance, Shared)) and first.type.name == one.fullname
        if own and (one.shared or first.mutated) and _by_position(rust.params):
            found[key] = f"&{name}", tuple(param.type for param in others)
    return found


def _by_position(params: Sequence[Param]) -> bool:
    """Whether every argument can be passed by position, as a recipe for an instance does."""
    return all(param.kind in ("positional_only", "positional_or_keyword") for param in params)


def _star(params: Sequence[Param]) -> str:
    """What stands before the name of a method that takes any number of arguments: `*insert`."""
    return "*" if params and params[-1].kind == "var_positional" else ""


def _stores(one: StructClass) -> Iterator[tuple[str, tuple[Type, ...]]]:
    """What can be bound on an instance from outside: its attributes, and a way back to itself.

    So private methods, which are called on instances in the middle of a change, meet such ones too.
    """
    if one.frozen:
        return
    for field in one.fields:
        yield f"={field.name}", (field.type,)
        if one.shared and field.type == OptionalOf(Shared(one.fullname)):
            yield f"@{field.name}", ()
