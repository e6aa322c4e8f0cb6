"""Import-time values: what a project's modules hold after they are imported, taken down once in the sandbox.

Tables computed at import are frozen into the Rust from here, and exception classes are described, so that
the compiler never runs user code itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portalis.compiler.enums import EnumClass, EnumMember, FunctionValue, MemberValue
from portalis.validation.child.codec import Json, Member, Value, decode
from portalis.validation.child.functions import Function
from portalis.validation.containment import WORDS, Cause, cause_named, spoiled
from portalis.validation.sandbox import Child, ChildDiedError, Limits, RequestFailedError

__all__ = ["FrozenConstants", "FrozenException", "FrozenModules", "freeze"]

FrozenConstants = dict[str, dict[str, Value]]
"""Module name to the module-level names whose values are plain data (`child.codec.Value`), with those
values.
"""

_IMPORT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class FrozenException:
    """An exception class of the project.

    `lineage` is the method resolution order as `module:qualname`, from the class itself through to
    `builtins:object`. `own_str` and `own_init` say that a class of the project overrides `__str__` or
    `__init__`/`__new__`. `bare_text` is `str` of an instance made without arguments (None: it can't be made
    so), `keeps_text` whether `str(cls("x"))` is "x".
    """

    module: str
    qualname: str
    lineage: tuple[str, ...]
    own_str: bool
    own_init: bool
    bare_text: str | None
    keeps_text: bool

    @property
    def key(self) -> str:
        return f"{self.module}:{self.qualname}"


@dataclass(frozen=True, slots=True)
class FrozenModules:
    """What importing a project gave.

    `problems` says, by module, why one could not be imported, and `causes` which limit or wall of the sandbox
    it ran into, if it did; `side_effects` what an import printed or left behind.
    """

    constants: FrozenConstants = field(default_factory=dict)
    exceptions: dict[str, FrozenException] = field(default_factory=dict)
    enums: dict[str, EnumClass] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    side_effects: dict[str, str] = field(default_factory=dict)
    causes: dict[str, Cause] = field(default_factory=dict)

    def for_compiler(self) -> Mapping[str, Mapping[str, object]]:
        """The constants with members of enumerations, and functions, as the compiler knows them."""
        return {
            module: {name: self._with_members(value) for name, value in found.items()}
            for module, found in self.constants.items()
        }

    def _with_members(self, value: object) -> object:
        match value:
            case Member(key=key, name=name):
                known = self.enums.get(key.replace(":", "."))
                return MemberValue(known.fullname, known.mixed, name) if known is not None else value
            case Function(module, qualname, line, column):
                return FunctionValue(module, qualname, line, column)
            case list() | tuple() | set() | frozenset():
                return type(value)(map(self._with_members, value))
            case dict():
                return {self._with_members(one): self._with_members(item) for one, item in value.items()}
            case _:
                return value


def freeze(
    root: Path | Sequence[Path], modules: Iterable[str], bytecode: Path | None = None
) -> FrozenModules:
    """Import `modules` (dotted names) in a sandboxed child with `root` on its path, and take down what they
    hold.

    `bytecode` is a writable folder where compiled modules are kept between children. A module that fails,
    prints, hangs or takes its process down is reported and costs only itself. Raises OSError where no child
    can be started.
    """
    path = [root] if isinstance(root, Path) else list(root)
    frozen = FrozenModules()
    waiting = list(modules)
    while waiting:
        with Child(path, Limits(case_seconds=_IMPORT_SECONDS), bytecode=bytecode) as child:
            while waiting:
                name = waiting.pop(0)
                try:
                    answer = child.ask({"do": "freeze", "module": name}, 2 * _IMPORT_SECONDS)
                    _take(frozen, name, answer)
                    if spoiled(answer):
                        break
                except RequestFailedError as error:
                    # We failed where we should not: the process may not be what it was.
                    frozen.problems[name] = str(error)
                    break
                except ChildDiedError as error:
                    frozen.problems[name] = f"importing it {WORDS[error.cause]} ({error.detail})"
                    frozen.causes[name] = error.cause
                    break
                except ValueError:
                    _unusable(frozen, name)
    return frozen


def _take(frozen: FrozenModules, name: str, answer: dict[str, Json]) -> None:
    """Add one module's answer."""
    match answer:
        case {"problem": str(problem)}:
            frozen.problems[name] = problem
            if cause := cause_named(answer.get("cause")):
                frozen.causes[name] = cause
                frozen.problems[name] = f"importing it {WORDS[cause]} ({problem})"
        case {
            "constants": dict(constants),
            "exceptions": list(exceptions),
            "enums": list(enums),
            "printed": str(printed),
            "created": list(created),
        }:
            frozen.constants[name] = {constant: decode(value) for constant, value in constants.items()}
            for description in exceptions:
                exception = _exception(description)
                frozen.exceptions[exception.key] = exception
            for description in enums:
                enumeration = _enumeration(description)
                frozen.enums[enumeration.fullname] = enumeration
            effects = [f"prints {printed!r}"] if printed else []
            effects += [f"creates {entry}" for entry in created]
            if effects:
                frozen.side_effects[name] = "; ".join(effects)
        case _:
            _unusable(frozen, name)


def _unusable(frozen: FrozenModules, name: str) -> None:
    """Note an answer that isn't one."""
    frozen.problems[name] = f"importing it {WORDS['channel']} (the answer can't be read)"
    frozen.causes[name] = "channel"


def _enumeration(description: Json) -> EnumClass:
    match description:
        case {
            "module": str(module),
            "qualname": str(qualname),
            "mixed": str(mixed),
            "members": list(members),
            "aliases": list(aliases),
            "odd": str(odd),
        }:
            return EnumClass(
                module, qualname, mixed, tuple(map(_member, members)), tuple(map(_alias, aliases)), odd
            )
    raise RequestFailedError("not a description of an enumeration")


def _member(description: Json) -> EnumMember:
    match description:
        case [str(name), list(value), str(text), str(representation), str(formatted)]:
            plain = decode(value[0]) if value else None
            return EnumMember(name, plain, bool(value), (text, representation, formatted))
    raise RequestFailedError("not a description of a member")


def _alias(description: Json) -> tuple[str, str]:
    match description:
        case [str(name), str(member)]:
            return name, member
    raise RequestFailedError("not a description of an alias")


def _exception(description: Json) -> FrozenException:
    match description:
        case {
            "module": str(module),
            "qualname": str(qualname),
            "mro": list(mro),
            "own_str": bool(own_str),
            "own_init": bool(own_init),
            "bare_text": (str() | None) as bare_text,
            "keeps_text": bool(keeps_text),
        }:
            names = tuple(str(name) for name in mro)
            return FrozenException(module, qualname, names, own_str, own_init, bare_text, keeps_text)
    raise RequestFailedError("not a description of an exception")
