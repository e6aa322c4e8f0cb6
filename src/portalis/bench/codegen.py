"""Faults that the optimiser turns into the function's own code: no faults at all.

Trivial compiler equivalence (Papadakis, Jia, Harman, Le Traon: "Trivial Compiler Equivalence", ICSE 2015),
on LLVM's optimised form instead of machine code: each fault stands in one crate beside a copy of its function
without it. The two are the same where their texts are, local names, metadata and source places aside, and
where what they refer to is the same in turn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from portalis.bench.field import MARK, Field
from portalis.emit import cargo
from portalis.emit.binding_manifest import VERIFY_PROFILE
from portalis.emit.crate import CoreCrate

_NAME = r"(?:\"[^\"]+\"|[\w.$]+)"
_DEFINE = re.compile(rf"^define .*?@({_NAME})\(")
_GLOBAL = re.compile(rf"^@({_NAME}) = (.*)$")
_ALIAS = re.compile(rf"\balias\b.*@({_NAME})\s*$")
_PLACE = "<{ ptr, [16 x i8] }>"
_USED = re.compile(rf"@({_NAME})")
_LOCAL = re.compile(r"%(?:\"[^\"]+\"|[\w.$-]+)")
_LABEL = re.compile(r"^(\"[^\"]+\"|[\w.$-]+):")
_METADATA = re.compile(r",? ![\w.]+ !\d+|,? !srcloc !\d+| #\d+")
_TRAILING = re.compile(r"\s*; preds = .*$")


def same_code(core: CoreCrate, planted: Field, target: Path) -> frozenset[str]:
    """The ids of the faults whose optimised code is that of their function.

    Args:
        core: the crate of `planted` on disk.
        planted: made with `copies=True`.
        target: cargo's target folder.

    Raises:
        CargoError: the crate can't be compiled.
    """
    manifest = core.directory / "Cargo.toml"
    manifest.write_text(f"{manifest.read_text(encoding='utf-8')}\n{VERIFY_PROFILE}", encoding="utf-8")
    code = read(cargo.llvm_ir(core.directory, target))
    same: set[str] = set()
    for path, fault in planted.paths.items():
        copy = f"{path.rpartition(MARK)[0]}{MARK}none"
        own, other = code.symbols.get(f"{core.lib}::{path}"), code.symbols.get(f"{core.lib}::{copy}")
        if own is not None and other is not None and code.same(own, other):
            same.add(fault.id)
    return frozenset(same)


@dataclass(frozen=True, slots=True)
class _Definition:
    """A function or constant: its text with `@` for every name it uses, and those names in order."""

    text: str
    used: tuple[str, ...]


@dataclass(slots=True)
class Code:
    """One module of LLVM's form. `symbols` gives the symbol of a Rust path."""

    symbols: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, _Definition] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)

    def same(self, one: str, other: str, assumed: frozenset[tuple[str, str]] = frozenset()) -> bool:
        """Whether two symbols stand for the same code or data, as far as their texts show."""
        one, other = self.aliases.get(one, one), self.aliases.get(other, other)
        if one == other or (one, other) in assumed or (one in self.places and other in self.places):
            return True
        first, second = self.definitions.get(one), self.definitions.get(other)
        if first is None or second is None or first.text != second.text:
            return False
        further = assumed | {(one, other)}
        return all(self.same(a, b, further) for a, b in zip(first.used, second.used, strict=True))


def read(text: str) -> Code:
    """The functions, constants and aliases of a module of LLVM's textual form, as rustc writes it."""
    code = Code()
    path = ""
    body: list[str] = []
    for line in text.splitlines():
        if body:
            body.append(line)
            if line == "}":
                found = _DEFINE.match(body[0])
                assert found is not None
                code.definitions[found[1]] = _normal(body)
                body = []
        elif line.startswith("; "):
            # rustc writes a function's path above it, and a line about its attributes.
            path = path if line.startswith("; Function Attrs") else line[2:].strip()
        elif (start := _DEFINE.match(line)) is not None:
            code.symbols.setdefault(path, start[1])
            body = [line]
        elif (constant := _GLOBAL.match(line)) is not None:
            _constant(code, constant[1], constant[2])
    return code


def _constant(code: Code, name: str, value: str) -> None:
    alias = _ALIAS.search(value)
    if alias is not None:
        code.aliases[name] = alias[1]
        code.symbols.setdefault(_path(name), name)
    elif _PLACE in value:
        code.places.add(name)
    else:
        code.definitions[name] = _normal([value])


def _path(symbol: str) -> str:
    """The Rust path in a symbol of rustc's older mangling, "" in another.

    >>> _path("_ZN6my_kit4luhn8checksum17h87bcf22e976ec95bE")
    'my_kit::luhn::checksum'
    """
    rest, parts = symbol.removeprefix("_ZN"), []
    while (length := re.match(r"\d+", rest)) is not None:
        end = length.end() + int(length[0])
        parts.append(rest[length.end() : end])
        rest = rest[end:]
    return "::".join(parts[:-1])


def _normal(lines: list[str]) -> _Definition:
    """A definition without what differs though the code does not."""
    names: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        return names.setdefault(match[0], f"%{len(names)}")

    kept: list[str] = []
    for line in lines:
        if not line.lstrip().startswith(";"):
            plain = _METADATA.sub("", _TRAILING.sub("", line))
            kept.append(_LOCAL.sub(renamed, _LABEL.sub(r"%\1:", plain)))
    text = "\n".join(kept)
    used = tuple(_USED.findall(text))
    return _Definition(_USED.sub("@", text), used[1:] if lines[0].startswith("define") else used)
