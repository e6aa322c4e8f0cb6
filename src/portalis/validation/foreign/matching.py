"""Whether the Rust type of a candidate can stand for a Python type, and what it costs where it can.

An engineer's Rust may say `&[u32]` where Portalis would say `&[i64]`. It may do so: a value that doesn't fit
makes the call decline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portalis.compiler.types import (
    STR,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
)
from portalis.validation.rust_syntax import (
    UNIT,
    Alias,
    ArrayType,
    ImplType,
    PathType,
    RefType,
    RustType,
    SliceType,
    TupleType,
)

MAX_TUPLE = 8
_HASHER = "::rustc_hash::FxBuildHasher"
_INTEGERS = frozenset("i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize".split())
_TEXTS = frozenset({"String", "str", "char"})
_SEQUENCES = frozenset({"Vec", "VecDeque"})
_MAPS = frozenset({"HashMap", "BTreeMap", "IndexMap"})
_SETS = frozenset({"HashSet", "BTreeSet", "IndexSet"})
_TEXT_TRAITS = frozenset({"AsRef", "Into", "Borrow"})
_ITERATORS = frozenset({"Iterator", "IntoIterator", "DoubleEndedIterator", "ExactSizeIterator"})
_LISTS = frozenset({"typing.Sequence"})
_MAX_ALIASES = 16


class CannotMatch(Exception):
    """The Rust type can't stand for the Python type; the message says what could."""


class NoCrossing(Exception):
    """Values of the Python type can't cross into Rust at all."""


@dataclass(slots=True)
class Matcher:
    """What is known while the types of one function are matched.

    `generics` are the type parameters, with the Python types they turned out to stand for; `notes` what a
    reader of the verdict should know about the types met.
    """

    aliases: Mapping[str, Alias]
    generics: dict[str, Type | None]
    notes: list[str] = field(default_factory=list)

    def match(self, python: Type, rust: RustType, *, result: bool = False) -> None:
        """Check that a type fits, and note what its parameters stand for.

        Raises:
            CannotMatch: it doesn't.
        """
        rust = self.plain(rust)
        match rust:
            case RefType(inner):
                self.match(python, inner, result=result)
                return
            case PathType("Box" | "Cow", _, (inner,)):
                self.match(python, inner, result=result)
                return
            case PathType(name, path, ()) if name == path and name in self.generics:
                self._bind(name, python)
                return
            case ImplType():
                self._implementor(python, rust, result)
                return
        if self._is_scalar(python, rust):
            return
        inside = self._inside(python, rust, result)
        if inside is None:
            raise CannotMatch(f"`{rust}` can't stand for `{python}`, {expected(python)} can")
        for part, own in inside:
            self.match(part, own, result=result)

    def plain(self, rust: RustType) -> RustType:
        """The type with the text's own aliases written out.

        Raises:
            CannotMatch: they lead in a circle.
        """
        for _ in range(_MAX_ALIASES):
            alias = self.aliases.get(rust.path) if isinstance(rust, PathType) else None
            if alias is None or not isinstance(rust, PathType):
                return rust
            rust = substituted(alias.target, dict(zip(alias.params, rust.args, strict=False)))
        raise CannotMatch(f"`{rust}` is an alias of itself")

    def _bind(self, name: str, python: Type) -> None:
        known = self.generics[name]
        if known is not None and known != python:
            raise CannotMatch(f"`{name}` would have to be both `{known}` and `{python}`")
        self.generics[name] = python

    def _implementor(self, python: Type, rust: ImplType, result: bool) -> None:
        item = rust.item
        elem = element(python)
        iterates = rust.trait in _ITERATORS and not (result and rust.trait == "IntoIterator")
        if iterates and item is not None and elem is not None:
            self.match(elem, item, result=result)
            return
        if rust.trait in _TEXT_TRAITS and not result and python == STR and str(item) in ("str", "String"):
            return
        if rust.trait == "AsRef" and not result and isinstance(item, SliceType) and not has_reference(item):
            self.match(python, item)
            return
        raise CannotMatch(f"`{rust}` can't stand for `{python}`, {expected(python)} can")

    def _is_scalar(self, python: Type, rust: RustType) -> bool:
        """Whether the types are scalars that fit, with a note where one holds less than the other."""
        name = rust.name if isinstance(rust, PathType) else ""
        match python:
            case Prim.INT if name in _INTEGERS:
                if name not in ("i64", "i128", "u128"):
                    self.notes.append(f"calls with integers beyond `{name}` decline")
                return True
            case Prim.FLOAT if name in ("f64", "f32"):
                if name == "f32":
                    self.notes.append("`f32` keeps about 7 digits, Python's float about 16")
                return True
            case Prim.STR if name in _TEXTS:
                if name == "char":
                    self.notes.append("calls with text of more or less than one character decline")
                return True
            case Prim.BOOL:
                return name == "bool"
            case Instance("portalis.byte"):
                return name == "u8"
            case Prim.NONE:
                return rust == UNIT
            case _:
                return False

    def _inside(self, python: Type, rust: RustType, result: bool) -> list[tuple[Type, RustType]] | None:
        """The parts that must match in turn where the heads of the types do; None where they don't."""
        name = rust.name if isinstance(rust, PathType) else ""
        elem = element(python)
        match python, rust:
            case (OptionalOf(inner), PathType("Option", _, (own,))):
                return [(inner, own)]
            case (TupleOf(items), TupleType(owns)) if len(items) == len(owns) <= MAX_TUPLE:
                return list(zip(items, owns, strict=True))
            case (DictOf(key, value) | Instance("typing.Mapping", (key, value)), PathType(args=args)) if (
                name in _MAPS and len(args) >= 2
            ):
                if result and name != "IndexMap":
                    self.notes.append(f"a `{name}` doesn't keep the order of a dict, which is compared")
                return [(key, args[0]), (value, args[1])]
            case (SetOf(inner), PathType(args=(own, *_))) if name in _SETS:
                return [(inner, own)]
            case (_, PathType(args=(own, *_))) if name in _SEQUENCES and elem is not None:
                return [(elem, own)]
            case (_, SliceType(own) | ArrayType(own)) if elem is not None:
                return [(elem, own)]
            case _:
                return None


def element(python: Type) -> Type | None:
    """The type of the elements of a sequence; a byte's is an int."""
    match python:
        case ListOf(elem) | VarTuple(elem) | IterOf(elem):
            return elem
        case Instance(name, (elem,)) if name in _LISTS:
            return elem
        case Prim.BYTES:
            return _BYTE
        case _:
            return None


_BYTE = Instance("portalis.byte")
"""What `bytes` is a sequence of: only `u8` stands for it."""


def expected(python: Type) -> str:
    """What can stand for a Python type, in words."""
    match python:
        case Prim.INT:
            return "an integer such as `i64`"
        case Prim.FLOAT:
            return "`f64`"
        case Prim.BOOL:
            return "`bool`"
        case Prim.STR:
            return "`&str` or `String`"
        case Prim.BYTES:
            return "`&[u8]` or `Vec<u8>`"
        case Prim.NONE:
            return "`()`"
        case OptionalOf(inner):
            return f"`Option<…>` of {expected(inner)}"
        case DictOf() | Instance("typing.Mapping"):
            return "a map such as `IndexMap<…>`"
        case SetOf():
            return "a set such as `HashSet<…>`"
        case TupleOf(items):
            return f"a tuple of {len(items)}"
        case Instance("portalis.byte"):
            return "`u8`"
        case _:
            return "a slice or `Vec<…>`" if element(python) is not None else "no type"


def canonical(python: Type) -> str:
    """The Rust type, owned, in which values of a Python type cross.

    Raises:
        NoCrossing: they can't.
    """
    match python:
        case Prim.INT:
            return "i64"
        case Prim.FLOAT:
            return "f64"
        case Prim.BOOL:
            return "bool"
        case Prim.STR:
            return "::std::string::String"
        case Prim.BYTES:
            return "::std::vec::Vec<u8>"
        case Prim.NONE:
            return "()"
        case OptionalOf(inner):
            return f"::std::option::Option<{canonical(inner)}>"
        case DictOf(key, value) | Instance("typing.Mapping", (key, value)):
            return f"::indexmap::IndexMap<{canonical(key)}, {canonical(value)}, {_HASHER}>"
        case SetOf(elem):
            return f"::std::collections::HashSet<{canonical(elem)}, {_HASHER}>"
        case TupleOf(items) if 0 < len(items) <= MAX_TUPLE:
            return f"({''.join(f'{canonical(item)}, ' for item in items)})"
        case _:
            items_of = element(python)
            if items_of is None:
                raise NoCrossing(f"values of type `{python}` can't cross between Python and Rust here")
            return f"::std::vec::Vec<{canonical(items_of)}>"


def has_reference(rust: RustType) -> bool:
    """Whether a type borrows, at any depth."""
    match rust:
        case RefType():
            return True
        case PathType(args=parts) | TupleType(parts):
            return any(map(has_reference, parts))
        case SliceType(elem) | ArrayType(elem):
            return has_reference(elem)
        case _:
            return False


def substituted(rust: RustType, known: Mapping[str, RustType]) -> RustType:
    """The type with type parameters replaced."""
    match rust:
        case PathType(name, path, ()) if name == path and name in known:
            return known[name]
        case PathType(name, path, args):
            return PathType(name, path, tuple(substituted(arg, known) for arg in args))
        case RefType(inner, mutable):
            return RefType(substituted(inner, known), mutable)
        case SliceType(elem):
            return SliceType(substituted(elem, known))
        case ArrayType(elem, length):
            return ArrayType(substituted(elem, known), length)
        case TupleType(items):
            return TupleType(tuple(substituted(item, known) for item in items))
        case ImplType(trait, item, text):
            return ImplType(trait, None if item is None else substituted(item, known), text)
        case _:
            return rust


def owned(rust: RustType) -> RustType:
    """The type that owns what a type borrows: `&[(&str, i64)]` → `Vec<(String, i64)>`."""
    match rust:
        case RefType(PathType("str")):
            return PathType("String", "::std::string::String")
        case RefType(SliceType(elem)):
            return PathType("Vec", "::std::vec::Vec", (owned(elem),))
        case RefType(inner):
            return owned(inner)
        case PathType("Cow", path, (inner,)):
            return PathType("Cow", path, (inner,))
        case PathType(name, path, args):
            return PathType(name, path, tuple(map(owned, args)))
        case SliceType(elem):
            return SliceType(owned(elem))
        case ArrayType(elem, length):
            return ArrayType(owned(elem), length)
        case TupleType(items):
            return TupleType(tuple(map(owned, items)))
        case _:
            return rust


def spelled(python: Type) -> str:
    """The owned Rust type that a candidate would best say for a Python type.

    Raises:
        NoCrossing: there is none.
    """
    text = canonical(python)
    for path in (
        "::std::string::",
        "::std::vec::",
        "::std::option::",
        "::std::collections::",
        "::indexmap::",
    ):
        text = text.replace(path, "")
    return text.replace(f", {_HASHER}>", ">").replace(", )", ")")
