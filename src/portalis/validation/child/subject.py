"""What is under test in a child: the original function, its translation, and how both are called."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .codec import Json
from .lazily import Drained, Limited, limit_of
from .members import member
from .outcome import caller, translated
from .recipe import find_class
from .shape import Shape, read_shape


@dataclass(frozen=True, slots=True)
class Signature:
    """A function as the parent describes it: shapes of its parameters in order, the keyword-only ones
    last, before `*args` and `**kwargs`; these stand in `keywords` with their stars.
    """

    key: str
    names: tuple[str, ...]
    shapes: tuple[Shape, ...]
    required: int
    keywords: tuple[str, ...]
    returns: Shape
    moving: frozenset[int] = frozenset()
    """The arguments whose inner objects are compared by what they are, not by which."""
    new_result: bool = False
    """Whether the translation gives a copy where the result is a part of an argument."""

    @property
    def module(self) -> str:
        return self.key.partition(":")[0]

    @property
    def lazy(self) -> bool:
        """Whether a call gives an iterator, whose items are what is compared."""
        return self.returns.kind == "iterator"


@dataclass(slots=True)
class Subject:
    """A function on both sides; `original` and `translation` take every argument by position."""

    signature: Signature
    function: types.FunctionType
    original: Callable[..., object]
    translation: Callable[..., object]

    def positional(self, function: Callable[..., object]) -> Callable[..., object]:
        """Another function of the same signature, taking every argument by position."""
        call = caller(function, self.signature.keywords, self.signature.names)
        return Drained(call) if self.signature.lazy else call

    def aim(self, args: tuple[object, ...]) -> None:
        """Make ready for a call with these arguments: of an iterator, both sides give as many items."""
        match self.original, self.translation:
            case Drained() as python, Limited() as rust:
                python.limit = rust.limit = limit_of(args)


@dataclass(slots=True)
class Project:
    """What a child knows of the project: signatures of everything that may be run, and the extension's
    functions.
    """

    modules: frozenset[str] = frozenset()
    signatures: dict[str, Signature] = field(default_factory=dict)
    natives: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    declined: object = None

    def by_module(self, module: str) -> list[Signature]:
        """The signatures of one module, in the order given."""
        return [one for one in self.signatures.values() if one.module == module]


def read_signature(json: Json) -> Signature:
    """The signature written as an object with the fields of Signature."""
    match json:
        case {
            "key": str(key),
            "names": list(names),
            "shapes": list(shapes),
            "required": int(required),
            "keywords": list(keywords),
            "returns": returns,
            "moving": list(moving),
            **rest,
        }:
            return Signature(
                key,
                tuple(str(name) for name in names),
                tuple(read_shape(shape) for shape in shapes),
                required,
                tuple(str(name) for name in keywords),
                read_shape(returns),
                frozenset(at for at in moving if isinstance(at, int)),
                rest.get("new_result") is True,
            )
    raise ValueError("not a signature")


def find_function(key: str) -> tuple[types.FunctionType, Callable[..., object]]:
    """The Python function behind `module:qualname`, and what callers reach under that name.

    Raises LookupError when there is none, and whatever importing the module raises.
    """
    module, _, qualname = key.partition(":")
    found: object = importlib.import_module(module)
    for name in qualname.split("."):
        accessor = isinstance(found, property) and name == "setter"
        found = found.fset if isinstance(found, property) and accessor else member(found, name)
    if isinstance(found, property):
        found = found.fget
    if not callable(found):
        raise LookupError(f"{key} is not callable")
    plain = inspect.unwrap(found)
    plain = getattr(plain, "__func__", plain)
    if not isinstance(plain, types.FunctionType):
        raise LookupError(f"{key} is not a Python function")
    return plain, found


def find_subject(project: Project, key: str, native_key: str) -> Subject:
    """The subject behind a key, and the extension's function that stands for its translation.

    Raises LookupError where a side is missing.
    """
    signature = project.signatures.get(key)
    if signature is None:
        raise LookupError(f"{key} was not described")
    native = project.natives.get(native_key)
    if native is None:
        raise LookupError("the extension has no such function")
    function, found = find_function(key)
    owner, _, name = key.rpartition(".")
    if name == "__init__" or (name == "__post_init__" and dataclasses.is_dataclass(find_class(owner))):
        found = find_class(owner)
    keywords, names = signature.keywords, signature.names
    original, translation = caller(found, keywords, names), translated(native, keywords, names)
    if signature.lazy:
        return Subject(signature, function, Drained(original), Limited(translation))
    return Subject(signature, function, original, translation)


def load_natives(import_name: str) -> tuple[Mapping[str, Callable[..., object]], object]:
    """The extension's functions by key, and what they return when they decline."""
    bridge = importlib.import_module(f"{import_name}.__portalis__")
    return bridge.native_functions(), bridge.DECLINED
