"""The key of an item's evidence: a hash of everything that the evidence depends on.

    source and its callees · constants as imported · data files · packages from outside
    the Rust and what it names · versions of the crates · profile
    signature · recorded calls · effort, seed, limits
    Python, rustc, platform, Portalis itself

When in doubt a thing is part of the key: evidence that is found again for too little would be a claim that
nobody has tested. What only steers which inputs are tried (other functions of the module, whose results are
tried as inputs) is left out: it can't make evidence false.
"""

from __future__ import annotations

import hashlib
import importlib.machinery
import json
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from importlib.metadata import distributions, version
from pathlib import Path

from portalis.build_cache import own_code
from portalis.compiler.frontend.closure import Closures
from portalis.compiler.frontend.project import Project
from portalis.compiler.types import EnumOf, Instance, Shared, Type
from portalis.compiler.unit import CompiledProject
from portalis.emit.markers import parts
from portalis.emit.rust_reach import RustReach
from portalis.validation.child.codec import Json, encode
from portalis.validation.evidence import Target
from portalis.validation.freeze import FrozenModules
from portalis.validation.sandbox import Limits
from portalis.validation.search import Budget

_SETS = frozenset({"s", "z"})
_MAX_NODES = 5_000_000


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is the same for all items of a run: the tools, the budget of an item, the seed."""

    rustc: str
    profile: str
    lock_file: str
    budget: Budget
    seed: int


class EvidenceKeys:
    """The keys of one project's items, as it is now."""

    def __init__(
        self, source: Project, compiled: CompiledProject, frozen: FrozenModules, run: Circumstances
    ) -> None:
        self._python = Closures(source.modules)
        self._rust = RustReach(compiled)
        self._constants = frozen.constants
        self._lines = {item.key: item.line for item in compiled.items}
        self._values: dict[tuple[str, str], bytes] = {}
        self._shared = _shared(source, frozen, run)

    def line(self, key: str) -> int:
        """The first line of an item."""
        return self._lines[key]

    def of(self, target: Target) -> str:
        """The key of what verification sees of a target."""
        keys = self._rust.callees(target.key)
        reached: frozenset[tuple[str, str]] = frozenset()
        for module in sorted({key.partition(":")[0] for key in keys}):
            names = [key.partition(":")[2] for key in keys if key.partition(":")[0] == module]
            reached |= self._python.of(module, names)
        for name in _class_names(target):
            reached |= self._python.of_class(name)
        sha = hashlib.sha256(self._shared.encode())
        for part in (self._python.digest(reached), self._rust.digest(keys), *self._described(target)):
            sha.update(f"{part}\0".encode("utf-8", "surrogatepass"))
        for binding in sorted(reached):
            sha.update(self._value(binding))
        return sha.hexdigest()

    def _described(self, target: Target) -> Iterable[str]:
        """The target's own fields, lines relative to the item."""
        line = self._lines[target.key]
        for field in fields(target):
            match field.name:
                case "recorded":
                    yield json.dumps([canonical(args) for args in target.recorded])
                case "dead_lines":
                    yield repr(sorted(dead - line for dead in target.dead_lines))
                case "effects":
                    yield repr(sorted(target.effects))
                case name:
                    yield f"{name}={getattr(target, name)!r}"

    def _value(self, binding: tuple[str, str]) -> bytes:
        """A hash of the value that a module-level name has after import; empty where it is no plain data."""
        found = self._values.get(binding)
        if found is None:
            module, name = binding
            known = self._constants.get(module, {})
            chosen = {name: known[name]} if name in known else ({} if name else known)
            text = json.dumps([[module, one, canonical(value)] for one, value in sorted(chosen.items())])
            self._values[binding] = found = hashlib.sha256(text.encode()).digest() if chosen else b""
        return found


def project_key(source: Project, run: Sequence[str] = ()) -> str:
    """A hash of all that running the project's own code depends on: every file of it, and the Python."""
    sha = hashlib.sha256()
    for part in (*_python(), own_code(), *run):
        sha.update(f"{part}\0".encode())
    for name, module in source.modules.items():
        sha.update(f"{name}\0{module.path}\0{module.text}\0".encode("utf-8", "surrogatepass"))
    for part in (*_data_files(source), *_packages(source)):
        sha.update(f"{part}\0".encode("utf-8", "surrogatepass"))
    return sha.hexdigest()


def installed() -> list[str]:
    """The packages beside this one with their versions: stubs of some say what types others have."""
    return sorted({f"{one.name} {one.version}" for one in distributions()})


def canonical(value: object) -> Json:
    """The JSON form of plain data, the same for equal sets in whatever order they are kept."""
    return _sorted(encode(value, _MAX_NODES))


def _sorted(form: Json) -> Json:
    if not isinstance(form, list):
        return form
    inner = [_sorted(part) for part in form]
    if len(inner) == 2 and isinstance(inner[0], str) and inner[0] in _SETS and isinstance(inner[1], list):
        return [inner[0], sorted(inner[1], key=json.dumps)]
    return inner


def _shared(source: Project, frozen: FrozenModules, run: Circumstances) -> str:
    """What every key of a run depends on."""
    sha = hashlib.sha256()
    limits = [f"{field.name}={getattr(Limits(), field.name)!r}" for field in fields(Limits)]
    described = (
        *_python(), own_code(), run.rustc, run.profile, run.lock_file, repr(run.budget), str(run.seed),
        version("hypothesis"), *limits, *_data_files(source), *_packages(source),
        *(f"{module}: {why}" for module, why in sorted(frozen.problems.items())),
    )  # fmt: skip
    for part in described:
        sha.update(f"{part}\0".encode("utf-8", "surrogatepass"))
    return sha.hexdigest()


def _python() -> tuple[str, ...]:
    """The interpreter and the machine it runs on."""
    return (
        sys.version,
        platform.python_implementation(),
        sys.platform,
        platform.machine(),
        *platform.libc_ver(),
    )


def _data_files(source: Project) -> Iterable[str]:
    """The files of the packages that are no Python source, by content."""
    for file in source.data_files:
        try:
            content = hashlib.sha256(file.path.read_bytes()).hexdigest()
        except OSError as error:
            content = str(error.strerror)
        yield f"{file.relative} {content}"


def _packages(source: Project) -> Iterable[str]:
    """The packages from outside that the project imports: their files, by size and time of change.

    They are looked for as the interpreter does, without running any of them.
    """
    own = {name.partition(".")[0] for name in source.modules}
    named = {edge.module.partition(".")[0] for module in source.modules.values() for edge in module.imports}
    for name in sorted(named - own - set(sys.stdlib_module_names) - {""}):
        found = importlib.machinery.PathFinder.find_spec(name)
        if found is None:
            yield f"{name} is not installed"
            continue
        folders = found.submodule_search_locations
        files = [Path(found.origin)] if found.origin and not folders else []
        for folder in folders or ():
            files += sorted(path for path in Path(folder).rglob("*") if path.suffix in (".py", ".so", ".pyd"))
        for file in files:
            yield f"{file} {_stamp(file)}"


def _stamp(file: Path) -> str:
    try:
        found = file.stat()
    except OSError as error:
        return str(error.strerror)
    return f"{found.st_size} {found.st_mtime_ns}"


def _class_names(target: Target) -> set[str]:
    """The classes of the project in the types of a target, as dotted names."""
    types: list[Type] = [*(param.type for param in target.params), target.returns]
    return {
        part.name
        for type_ in types
        for part in parts(type_)
        if isinstance(part, (EnumOf, Instance, Shared)) and "." in part.name
    }
