"""Carrying the runtime only as used: the top-level items that generated code reaches, and no others.

A reference is a name: `text::slice` where `text` is a runtime file, a name brought in by `use`, or
a name of the same file. Too much may be carried where a local variable has a helper's name; never
too little. An `impl` travels when every runtime type and trait in its head does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from portalis.emit.crate_table import used_crates
from portalis.emit.rust_items import RustItem, SplitFile, mask, split

Reference = tuple[str, str]
"""A runtime file's stem and the name of an item in it."""

_PAIR = re.compile(r"\b(\w+)\s*::\s*(\w+)")
_IDENT = re.compile(r"(?<![\w':])(fn\s+)?([A-Za-z_]\w*)(\s*(?:::\s*<|\())?")
_BOUND = re.compile(
    r"\blet\s+(?:mut\s+)?([a-z_]\w*)|\bfor\s+([a-z_]\w*)\s+in\b"
    r"|[(,]\s*(?:mut\s+)?([a-z_]\w*)\s*:(?!:)|\|([a-z_]\w*)\s*[|,]"
)
_IMPL_HEAD = re.compile(r"^(?:unsafe\s+)?impl\b\s*(?:<(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*>)?([^{]*)", re.DOTALL)
_ERROR_VARIANT = re.compile(r"\bError::([A-Z]\w*)")
_FORMAT_CONST = re.compile(r"\{([A-Z][A-Z0-9_]+)[:}]")

# A trait brought in by `use` is needed where one of its methods is called; its name then never shows.
_TRAIT_MARKS: Mapping[str, tuple[str, ...]] = {
    "Write": ("write!", "writeln!", ".write_str(", ".write_char(", ".write_all(", ".flush("),
    "Read": (".read_to_string(", ".read_to_end(", ".read_exact(", ".read(&mut "),
    "BufRead": (".lines(", ".read_line("),
    "FromStr": ("::from_str(",),
    "BuildHasher": (".hash_one(", ".build_hasher("),
    "Hash": (".hash(",),
    "Hasher": (".finish(",),
    "Digest": ("::digest(", "::new(", ".update(", ".finalize("),
    "Datelike": (
        ".year(", ".month(", ".day(", ".ordinal(", ".weekday(", ".iso_week(", ".num_days_from_ce(",
        ".with_year(", ".with_month(", ".with_day(", ".with_ordinal(", "::from_num_days",
    ),
    "Timelike": (
        ".hour(", ".minute(", ".second(", ".nanosecond(", ".num_seconds_from_midnight(",
        ".with_hour(", ".with_minute(", ".with_second(", ".with_nanosecond(",
    ),
    "UnicodeNormalization": (".nfc(", ".nfd(", ".nfkc(", ".nfkd("),
    "UnicodeGeneralCategory": (".general_category(",),
    "Itertools": ("itertools",),
    "DerefMut": (".deref_mut(",),
    "Borrow": (".borrow(",),
    "Identity": (".address(", ".is("),
    "IsTerminal": (".is_terminal(",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carried:
    """What travels: the text per runtime file stem, the crates it needs, the `Error` variants it names."""

    files: dict[str, str]
    crates: dict[str, str]
    variants: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Import:
    """One leaf of a `use` tree; from the runtime: file stem in `module`, item in `name` ("" for the file)."""

    alias: str
    path: str
    module: str
    name: str


@dataclass(frozen=True, slots=True)
class _Module:
    stem: str
    file: SplitFile
    names: Mapping[str, tuple[RustItem, ...]]
    impls: tuple[RustItem, ...]
    imports: tuple[_Import, ...]


@dataclass(slots=True)
class _Walk:
    """The state of one walk over the runtime: what was reached and what is left to look at."""

    modules: Mapping[str, _Module]
    reached: set[Reference] = field(default_factory=set)
    impls: set[tuple[str, int]] = field(default_factory=set)
    pending: list[Reference] = field(default_factory=list)

    def reach(self, references: Iterable[Reference]) -> None:
        for reference in references:
            if reference not in self.reached:
                self.reached.add(reference)
                self.pending.append(reference)


def carry(generated: Iterable[str], runtime: Path, roots: Iterable[str] = ()) -> Carried:
    """The part of the runtime that generated Rust reaches.

    Args:
        generated: the text of each generated file.
        runtime: the folder of runtime files.
        roots: further items to keep, as `file::name`.

    Raises:
        ValueError: a root names no runtime item.
    """
    modules = {
        path.stem: _load(path.stem, path.read_text(encoding="utf-8")) for path in sorted(runtime.glob("*.rs"))
    }
    walk = _Walk(modules)
    for root in roots:
        stem, _, name = root.partition("::")
        if stem not in modules or name not in modules[stem].names:
            raise ValueError(f"the runtime has no `{root}`")
        walk.reach([(stem, name)])
    for text in generated:
        walk.reach(_outside_references(text, modules))
    _close(walk)
    texts = {stem: _carried_text(walk, modules[stem]) for stem in sorted({stem for stem, _ in walk.reached})}
    blanked = {stem: mask(text) for stem, text in texts.items()}
    crates = used_crates("\n".join(blanked.values()))
    variants = {variant for text in blanked.values() for variant in _ERROR_VARIANT.findall(text)}
    return Carried(texts, crates, frozenset(variants))


def error_variants(text: str) -> frozenset[str]:
    """The variants of `Error` that a piece of Rust names."""
    return frozenset(_ERROR_VARIANT.findall(mask(text)))


@lru_cache(
    maxsize=256
)  # beyond the number of runtime files: a smaller one forgets each before it is asked again
def _load(stem: str, text: str) -> _Module:
    file = split(text)
    names: dict[str, tuple[RustItem, ...]] = {}
    for item in file.items:
        if item.kind == "mod":
            continue
        for name in item.names:
            names[name] = (*names.get(name, ()), item)
    impls = tuple(item for item in file.items if item.kind == "impl")
    imports = tuple(leaf for item in file.items if item.kind == "use" for leaf in _use_leaves(item.masked))
    return _Module(stem, file, names, impls, imports)


def _use_leaves(masked: str) -> list[_Import]:
    """The names that a `use` item brings in, with groups taken apart."""
    body = re.sub(r"^(?:#\[[^\]]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?use\s+", "", masked.strip()).rstrip(";")
    leaves: list[_Import] = []
    for path in _expand(" ".join(body.split())):
        target, _, alias = path.partition(" as ")
        parts = [part.strip() for part in target.split("::") if part.strip()]
        if parts[-1] == "self":
            parts.pop()
            target = "::".join(parts)
        inside = _runtime_part(parts)
        module = inside[0] if inside else ""
        name = inside[1] if len(inside) > 1 else ""
        leaves.append(_Import(alias.strip() or parts[-1], target, module, name))
    return leaves


def _expand(path: str) -> list[str]:
    """`a::{b, c::{d}}` as `a::b`, `a::c::d`."""
    head, brace, rest = path.partition("{")
    if not brace:
        return [path.strip()] if path.strip() else []
    inner = rest[: rest.rindex("}")]
    depth, start, pieces = 0, 0, []
    for position, char in enumerate(inner):
        depth += (char == "{") - (char == "}")
        if char == "," and depth == 0:
            pieces.append(inner[start:position])
            start = position + 1
    pieces.append(inner[start:])
    return [leaf for piece in pieces for one in _expand(piece.strip()) for leaf in (head.strip() + one,)]


def _runtime_part(parts: list[str]) -> list[str]:
    """What follows `crate::runtime` (or, inside the runtime, `super`) in a path; empty for other paths."""
    if parts[:2] == ["crate", "runtime"]:
        return parts[2:]
    if parts[:1] == ["super"]:
        return parts[1:]
    return []


def _outside_references(text: str, modules: Mapping[str, _Module]) -> set[Reference]:
    """The runtime items that a generated file names."""
    masked = mask(text)
    found = {
        (head, tail)
        for head, tail in _PAIR.findall(masked)
        if head in modules and tail in modules[head].names
    }
    for use in re.findall(r"\buse\s+[^;]+;", masked):
        for leaf in _use_leaves(use):
            if leaf.module in modules and leaf.name:
                found |= _imported(leaf, modules)
            elif leaf.module in modules and leaf.alias != leaf.module:
                pairs = re.findall(rf"\b{leaf.alias}\s*::\s*(\w+)", masked)
                found |= {(leaf.module, name) for name in pairs if name in modules[leaf.module].names}
    return found


def _imported(leaf: _Import, modules: Mapping[str, _Module]) -> set[Reference]:
    names = modules[leaf.module].names
    if leaf.name == "*":
        return {(leaf.module, name) for name in names}
    return {(leaf.module, leaf.name)} if leaf.name in names else set()


def _close(walk: _Walk) -> None:
    """Follow references until nothing new is reached; then impls, which may reach more."""
    while True:
        while walk.pending:
            stem, name = walk.pending.pop()
            module = walk.modules[stem]
            for item in module.names[name]:
                walk.reach((stem, other) for other in item.names)
                walk.reach(_item_references(item, module, walk.modules))
        grown = False
        for stem, module in walk.modules.items():
            for position, item in enumerate(module.impls):
                if (stem, position) not in walk.impls and _impl_travels(item, module, walk):
                    walk.impls.add((stem, position))
                    walk.reach(_item_references(item, module, walk.modules))
                    grown = True
        if not grown and not walk.pending:
            return


def _impl_travels(item: RustItem, module: _Module, walk: _Walk) -> bool:
    """Whether all runtime names in the head of an impl (its generics aside) are reached."""
    head = _IMPL_HEAD.match(re.sub(r"^(?:#\[[^\]]*\]\s*)*", "", item.masked.strip()))
    if head is None:
        return False
    named = _references(head.group(1).split(" where ")[0], module, walk.modules, frozenset())
    return bool(named) and named <= walk.reached


def _item_references(item: RustItem, module: _Module, modules: Mapping[str, _Module]) -> set[Reference]:
    bound = frozenset(name for names in _BOUND.findall(item.masked) for name in names if name)
    found = _references(item.masked, module, modules, bound)
    constants = _FORMAT_CONST.findall(item.text)
    return found | {(module.stem, name) for name in constants if name in module.names}


def _references(
    masked: str, module: _Module, modules: Mapping[str, _Module], bound: frozenset[str]
) -> set[Reference]:
    """The runtime items that a piece of a runtime file names; `bound` are its local variables."""
    found: set[Reference] = set()
    aliases = {leaf.alias: leaf for leaf in module.imports if leaf.module in modules}
    for head, tail in _PAIR.findall(masked):
        target = aliases[head].module if head in aliases and not aliases[head].name else head
        if target in modules and tail in modules[target].names:
            found.add((target, tail))
    globs = [leaf.module for leaf in module.imports if leaf.name == "*" and leaf.module in modules]
    for match in _IDENT.finditer(masked):
        defined, name, called = match.groups()
        if defined or (name in bound and not called) or _is_member(masked, match.start()):
            continue
        if name in module.names:
            found.add((module.stem, name))
        elif name in aliases and aliases[name].name:
            found |= _imported(aliases[name], modules)
        else:
            found |= {(stem, name) for stem in globs if name in modules[stem].names}
    return found


def _is_member(masked: str, start: int) -> bool:
    """Whether what starts here is a field or method: it follows one dot, not the two of a range."""
    before = masked[max(0, start - 80) : start].rstrip()
    return before.endswith(".") and not before.endswith("..")


def _carried_text(walk: _Walk, module: _Module) -> str:
    """The carried part of one runtime file, in its own order."""
    kept: list[RustItem] = []
    for item in module.file.items:
        if item.kind == "impl":
            if (module.stem, module.impls.index(item)) in walk.impls:
                kept.append(item)
        elif item.kind not in ("use", "mod") and any(
            (module.stem, name) in walk.reached for name in item.names
        ):
            kept.append(item)
    body = "\n\n".join(item.text for item in kept)
    blanked = "\n".join(item.masked for item in kept)
    uses = [
        f"use {leaf.path}{'' if leaf.path.endswith(('::' + leaf.alias, '*')) else f' as {leaf.alias}'};"
        for leaf in module.imports
        if _use_needed(leaf, blanked)
    ]
    return "\n\n".join(part for part in (module.file.header.strip(), "\n".join(uses), body) if part) + "\n"


def _use_needed(leaf: _Import, blanked: str) -> bool:
    """Whether carried code needs an import: by its name, or for a trait by one of its methods."""
    if leaf.name == "*" or leaf.path.endswith("*"):
        return True
    last = leaf.path.rsplit("::", 1)[-1].strip()
    if leaf.module and not leaf.name:
        return re.search(rf"(?<![\w.:]){leaf.alias}\s*::", blanked) is not None
    if leaf.alias != "_" and re.search(rf"(?<![\w.:]){re.escape(leaf.alias)}\b", blanked):
        return True
    if last == "Repr" and leaf.module:
        return ".repr(" in blanked
    return any(mark in blanked for mark in _TRAIT_MARKS.get(last, ()))
