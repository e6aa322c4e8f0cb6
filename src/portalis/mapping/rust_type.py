"""Rust types as a small tree that prints itself.

The mapping builds these and the compiler's printer shows them, so no Rust type is ever glued from strings.

>>> str(Ref(Slice(Path("i64"))))
'&[i64]'
>>> str(Path("Option", (Ref(Path("str")),)))
'Option<&str>'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal


@dataclass(frozen=True, slots=True)
class Path:
    """A named type with its arguments: `i64`, `Vec<String>`."""

    name: str
    args: tuple[RustType, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}<{', '.join(map(str, self.args))}>" if self.args else self.name


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference: `&T`, or `&mut T`; `lifetime` is `'a`, or empty where Rust infers it."""

    inner: RustType
    mutable: bool = False
    lifetime: str = ""

    def __str__(self) -> str:
        lifetime = f"{self.lifetime} " if self.lifetime else ""
        return f"&{lifetime}{'mut ' if self.mutable else ''}{self.inner}"


@dataclass(frozen=True, slots=True)
class Slice:
    """The unsized `[T]`, always met behind a reference."""

    elem: RustType

    def __str__(self) -> str:
        return f"[{self.elem}]"


@dataclass(frozen=True, slots=True)
class Tuple:
    """A Rust tuple; `()` is the unit type."""

    items: tuple[RustType, ...] = ()

    def __str__(self) -> str:
        inside = ", ".join(map(str, self.items))
        return f"({inside},)" if len(self.items) == 1 else f"({inside})"


Holder = Literal["impl", "box", "rc", "dyn"]
"""How a trait is held: by the caller's own type, in a `Box` or an `Rc`, or behind a reference."""
_OWNERS: dict[Holder, str] = {"box": "Box", "rc": "Rc"}


@dataclass(frozen=True, slots=True)
class Fn:
    """Something that can be called: `impl Fn(A) -> B`, boxed, or `dyn` in a `Ref`."""

    params: tuple[RustType, ...]
    returns: RustType
    holder: Holder = "impl"

    def __str__(self) -> str:
        text = f"Fn({', '.join(map(str, self.params))})"
        if self.returns != UNIT:
            text += f" -> {self.returns}"
        return _held(text, self.holder)


@dataclass(frozen=True, slots=True)
class Iter:
    """Something that can be iterated: `impl Iterator<Item = T>`, boxed, or `dyn` in a `Ref`."""

    item: RustType
    holder: Holder = "impl"

    def __str__(self) -> str:
        return _held(f"Iterator<Item = {self.item}>", self.holder)


def _held(text: str, holder: Holder) -> str:
    owner = _OWNERS.get(holder)
    return f"{owner}<dyn {text}>" if owner is not None else f"{holder} {text}"


RustType = Path | Ref | Slice | Tuple | Fn | Iter
UNIT = Tuple()


INFERRED, NAMED = Path("'_"), Path("'a")
"""The lifetime that Rust infers, and the one that a type or signature declares."""


def borrows(tree: RustType) -> int:
    """How many lifetimes a parameter of this type brings in; those inside a closure's type don't count."""
    match tree:
        case Ref(inner):
            return 1 + borrows(inner)
        case Path(_, args):
            return int(tree in (INFERRED, NAMED)) + sum(map(borrows, args))
        case Tuple(items):
            return sum(map(borrows, items))
        case Slice(elem) | Iter(elem):
            return borrows(elem)
        case Fn():
            return 0


def words(tree: RustType) -> frozenset[str]:
    """The names that stand in a type."""
    match tree:
        case Ref(inner) | Slice(inner) | Iter(inner):
            return words(inner)
        case Path(name, args):
            return frozenset(re.findall(r"\w+", name)).union(*map(words, args))
        case Tuple(items):
            return frozenset[str]().union(*map(words, items))
        case Fn(params, returns, holder):
            owner = _OWNERS.get(holder)
            own = frozenset({owner}) if owner is not None else frozenset[str]()
            return own.union(*map(words, (*params, returns)))


def tied(tree: RustType) -> RustType:
    """The type with the lifetime `'a` on what it borrows itself.

    >>> str(tied(Path("Option", (Ref(Slice(Path("String"))),))))
    "Option<&'a [String]>"
    """
    match tree:
        case Ref():
            return replace(tree, lifetime="'a")
        case Path(name, args):
            return NAMED if tree == INFERRED else Path(name, tuple(map(tied, args)))
        case Tuple(items):
            return Tuple(tuple(map(tied, items)))
        case _:
            return tree


def names_lifetime(tree: RustType) -> bool:
    """Whether the type can't be written without declaring `'a`."""
    match tree:
        case Ref(inner, _, lifetime):
            return bool(lifetime) or names_lifetime(inner)
        case Path(_, args) | Tuple(args):
            return tree == NAMED or any(map(names_lifetime, args))
        case Slice(elem) | Iter(elem):
            return names_lifetime(elem)
        case Fn(params, returns):
            return any(map(names_lifetime, (*params, returns)))


@dataclass(frozen=True, slots=True)
class MappedType:
    """A Rust type with what it needs to compile, and what can be done with it.

    `str()` prints the type.

    Attributes:
        tree: the type itself.
        imports: paths to `use`, such as `chrono::NaiveDate`.
        crates: Cargo dependencies: published name to the value in `[dependencies]`.
        definitions: Rust items the type stands on, such as the enum of a union.
        traits: which of the traits that can be derived the type has, as rustc says.
        borrowed: how a parameter is written that only reads such a value, such as `&[i64]`.
        hashable: whether it can be a key: Python hashes it, and Rust in the same way.
        default: a Rust expression for the value of Python's `T()`, or empty.
        generics: the type parameters it names, each with the traits it must have.
    """

    tree: RustType
    imports: frozenset[str] = frozenset()
    crates: dict[str, str] = field(default_factory=dict, hash=False)
    definitions: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    borrowed: str = ""
    hashable: bool = False
    default: str = ""
    generics: tuple[tuple[str, frozenset[str]], ...] = ()

    def __str__(self) -> str:
        return str(self.tree)

    @property
    def is_copy(self) -> bool:
        """Whether the type is `Copy`: it is passed by value."""
        return "Copy" in self.traits

    @property
    def lifetimes(self) -> tuple[str, ...]:
        """The lifetimes that an item which names the type must declare."""
        return ("'a",) if names_lifetime(self.tree) else ()
