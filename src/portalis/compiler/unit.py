"""What the compiler hands on: Rust text for each translated item, diagnostics for all others.

This is the contract between the compiler and `emit`, `validation`, `cli`.
Everything is frozen data; nothing here knows how it was made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from portalis.compiler.types import IterOf, Type
from portalis.diagnostics import Diagnostic

ItemKind = Literal["function", "method", "class", "constant", "program"]
ParamKind = Literal[
    "positional_only", "positional_or_keyword", "keyword_only", "var_positional", "var_keyword"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a translated function.

    `has_default` parameters keep their default in Python (the wrapper passes every argument).
    `mutated` means the Rust takes `&mut` and the caller's object is changed.
    """

    name: str
    type: Type
    kind: ParamKind = "positional_or_keyword"
    has_default: bool = False
    mutated: bool = False
    kept: bool = False
    """Whether a callable is handed over, as an `Rc`, rather than lent."""
    steady: bool = False
    """Whether every object inside it that can change stays where it is; new ones may follow at the end."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A model that wrote the Rust of a function.

    Attributes:
        model: which one: its name and a digest, or its endpoint.
        prompt: the SHA-256 of the conversation in which it was asked, hex.
        samples: how many answers of it were tried, this one included.
        rounds: how many of those rounds were repairs.
    """

    model: str
    prompt: str
    samples: int = 1
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class RustFunction:
    """A function for which the compiler has Rust.

    `path` is its path in the core crate (`luhn::checksum`); the Rust takes the parameters in
    order, `&str`/`&[T]`/`&IndexMap`/`&HashSet` borrowed, `&mut` where mutated, Copy types by value.
    `raises` means it returns `Result<T, Error>`. `dead_lines` are lines of the Python that no argument of
    exactly these types can reach (a handler around what can't raise): they have no Rust.
    """

    path: str
    params: tuple[Param, ...]
    returns: Type
    raises: bool
    prints: bool
    callees: frozenset[str]
    sublinear: bool = False
    text: str = ""
    dead_lines: frozenset[int] = frozenset()
    gives_back: int | None = None
    """The parameter whose changed object is the result in Python; the Rust changes it and gives nothing."""
    handed: tuple[int, ...] = ()
    """The parameters of which the result may be the very object: the Rust gives a `Cow` then."""
    always_handed: bool = False
    """Whether it always is: the Rust gives a reference."""
    structs: frozenset[str] = frozenset()
    """Full names of the project's classes in its signature."""
    sources: frozenset[str] = frozenset()
    """What it reads of the world, callees included, by the paths in the runtime (`clock::TODAY`)."""
    identity: bool = False
    """Whether one of them has instances whose identity a copy would lose."""
    items_raise: bool = False
    """Whether what it gives is an iterator of `Result`s."""
    cached: bool = False
    """Whether it keeps its results, in a cache that Python callers can look at."""
    origin: Origin | None = None
    """Who wrote it, where that is not the compiler."""
    upcalls: frozenset[str] = frozenset()
    """The functions that it calls in Python, by item key."""
    hands_on: bool = False
    """Whether it leaves its work to such functions: then a Python caller gains nothing by the Rust."""
    wrapped: bool = False
    """Whether it is what decorators of the project made of it: in Python that is another function."""
    shares_result: bool = False
    """Whether its result shares objects with an argument, which Rust callers know and Python would see."""

    @property
    def lazy(self) -> bool:
        """Whether it gives an iterator, which does not cross: a Python caller has the Python one."""
        return isinstance(self.returns, IterOf)


@dataclass(frozen=True, slots=True)
class ExceptionClass:
    """An exception the crate can raise: a variant of its `Error` enum.

    `module` is "builtins" for Python's own. `bases` are variant names, nearest first, to `BaseException`.
    `default_message` is `str(exc)` of an instance made without arguments.
    """

    name: str
    module: str
    qualname: str
    bases: tuple[str, ...]
    default_message: str = ""
    shows_repr: bool = False
    """Whether `str(exc)` is the `repr` of the argument, which is what the variant then holds."""


@dataclass(frozen=True, slots=True)
class StructClass:
    """A class of the project that is a Rust struct; `path` is its path in the core crate.

    `fields` are the attributes of an instance, in order, each a public field of that name (`rust`).
    """

    fullname: str
    module: str
    qualname: str
    path: str
    fields: tuple[StructAttribute, ...]
    shared: bool = False
    """Whether the struct is a handle, whose fields are read and stored by methods."""
    frozen: bool = False
    named_tuple: bool = False
    constructor: tuple[Type, ...] | None = None
    """What its constructor takes; None where that isn't translated."""
    members: tuple[str, ...] = ()
    """The names of its members, where the class is an enumeration, and the Rust an enum."""
    in_python: tuple[PythonMethod, ...] = ()
    """Its methods that have no Rust and only compute."""
    record: bool = False
    """Whether it is no class, but a tuple that an alias names; its fields are the parts."""
    variants: tuple[tuple[str, str], ...] = ()
    """The classes that an instance may have, where it is a base class as a type, each with its variant."""


@dataclass(frozen=True, slots=True)
class PythonMethod:
    """A method without Rust that may be run on generated inputs: what it takes by position, receiver aside,
    and what it looks at besides.
    """

    name: str
    params: tuple[Type, ...]
    effects: frozenset[str]


@dataclass(frozen=True, slots=True)
class StructAttribute:
    """An attribute: its name in Python, its field's in Rust, its type, whether the constructor takes it."""

    name: str
    rust: str
    type: Type
    setter: str = ""
    """The method of a shared instance that stores it."""
    lender: str = ""
    """The method that lends it to be changed."""
    given: bool = True
    late: bool = False
    """Whether an instance may be without it; the type is then optional, and None stands for that."""
    classwide: bool = False
    """Whether instances that are without it have the value of their class."""


@dataclass(frozen=True, slots=True)
class LoadedValue:
    """What Rust has a Python function load, once for a name: the function, and the static that asks for it.

    `source` names it among what a function reads of the world; `path` is the static's in the core crate.
    """

    source: str
    module: str
    name: str
    path: str
    key: Type
    gives: Type


@dataclass(frozen=True, slots=True)
class Upcall:
    """A function that stays in Python and that Rust calls.

    `place` is where Python looks it up (`module:name.name`), `line` the first of its code, `name` that of the
    Rust function which calls it. Of a parameter that is `*args` the type is that of the tuple.
    """

    key: str
    place: str
    line: int
    name: str
    params: tuple[Param, ...]
    returns: Type


@dataclass(frozen=True, slots=True)
class Item:
    """A unit of translation, verification and report. Its key is `module:qualname`."""

    module: str
    qualname: str
    kind: ItemKind
    file: str
    line: int
    end_line: int
    rust: RustFunction | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    effects: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        return f"{self.module}:{self.qualname}"


@dataclass(frozen=True, slots=True)
class RustFile:
    """One file of the core crate, relative to `src/`; `text` is complete Rust before rustfmt."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Program:
    """A module that can be run: its key among the items, its script, and the Rust function for it."""

    key: str
    module: str
    file: str
    path: str
    raises: bool


@dataclass(frozen=True, slots=True)
class CompiledProject:
    """The compiler's whole answer for a project.

    `crates` are the Cargo dependencies the files need, name to version (with features).
    """

    name: str
    items: tuple[Item, ...]
    files: tuple[RustFile, ...]
    exceptions: tuple[ExceptionClass, ...]
    crates: dict[str, str] = field(default_factory=dict)
    structs: tuple[StructClass, ...] = ()
    loaded: tuple[LoadedValue, ...] = ()
    programs: tuple[Program, ...] = ()
    upcalls: tuple[Upcall, ...] = ()
    """The functions that the Rust calls in Python, by their names there."""
