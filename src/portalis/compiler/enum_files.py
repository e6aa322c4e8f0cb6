"""The Rust of the project's enumerations, before rustfmt.

class Color(Enum):       pub enum Color { Red, Green }
    RED = 1          →   impl Color { pub const ALL: …; pub fn name(self) -> …; pub fn value(self) -> … }
    GREEN = 2            impl std::fmt::Display for Color { … }
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portalis.compiler.enums import EnumClass, EnumMember
from portalis.compiler.hir.enums import value_type, variants
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.lowering.freeze import constant_text, static_type
from portalis.compiler.lowering.value import lit_str
from portalis.compiler.rust.printer import expr
from portalis.compiler.types import FLOAT, INT, STR, Type


def has_display(info: StructInfo) -> bool:
    """Whether the library decides a member's text, so that Rust's `Display` gives it."""
    return "__str__" not in info.methods


def enum_text(info: StructInfo, head: str, methods: Sequence[str]) -> str:
    """The enum with its `impl`s; `head` is its documentation, `methods` are printed already."""
    found = info.enum
    assert found is not None
    names = variants(found)
    name = info.rust
    ordered = found.mixed == "int" and _ascending(found)
    derives = "Debug, Clone, Copy, PartialEq, Eq, " + ("PartialOrd, Ord, " if ordered else "") + "Hash"
    listed = "".join(f"{names[one.name]},\n" for one in found.members)
    count = len(found.members)
    every = ", ".join(f"{name}::{names[one.name]}" for one in found.members)
    items = [
        f"/// The members, in the order of their definition.\npub const ALL: [{name}; {count}] = [{every}];",
        "/// The member's name in Python.\npub fn name(self) -> &'static str {\n"
        + _match(found, name, lambda one: expr(lit_str(one.name)))
        + "\n}",
    ]
    kind = value_type(found)
    if kind is not None:
        items.append(
            f"/// The member's value.\npub fn value(self) -> {static_type(kind)} {{\n"
            f"{_match(found, name, lambda one: constant_text(one.value, kind))}\n}}"
        )
    items.append(_from_name(found, name))
    if kind is not None:
        items.append(_from_value(found, name, kind))
    lint = "#[allow(clippy::enum_variant_names)]\n" if _alike(name, list(names.values())) else ""
    parts = [
        f"{head}{lint}#[derive({derives})]\npub enum {name} {{\n{listed}}}",
        f"impl {name} {{\n" + "\n\n".join([*items, *methods]) + "\n}",
    ]
    if has_display(info):
        parts.append(
            f"impl std::fmt::Display for {name} {{\n"
            "fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {\n"
            f"{_display(found, name)}\n}}\n}}"
        )
    if found.mixed == "int" and not ordered and kind is INT:
        parts.append(_ORDER.replace("NAME", name))
    return "\n\n".join(parts)


_ORDER = """\
impl Ord for NAME {
    fn cmp(&self, other: &NAME) -> std::cmp::Ordering {
        self.value().cmp(&other.value())
    }
}

impl PartialOrd for NAME {
    fn partial_cmp(&self, other: &NAME) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}"""


def _match(found: EnumClass, name: str, result: Callable[[EnumMember], str]) -> str:
    names = variants(found)
    arms = "".join(f"{name}::{names[one.name]} => {result(one)},\n" for one in found.members)
    return f"match self {{\n{arms}}}"


def _from_name(found: EnumClass, name: str) -> str:
    names = variants(found)
    by_member: dict[str, list[str]] = {one.name: [one.name] for one in found.members}
    for alias, own in found.aliases:
        by_member[own].append(alias)
    arms = "".join(
        f"{' | '.join(expr(lit_str(one)) for one in spelled)} => Some({name}::{names[own]}),\n"
        for own, spelled in by_member.items()
    )
    return (
        f"/// The member of this name.\npub fn from_name(name: &str) -> Option<{name}> {{\n"
        f"match name {{\n{arms}_ => None,\n}}\n}}"
    )


def _from_value(found: EnumClass, name: str, kind: Type) -> str:
    names = variants(found)
    taken = "&str" if kind is STR else static_type(kind)
    head = f"/// The member with this value.\npub fn from_value(value: {taken}) -> Option<{name}> {{\n"
    if kind is STR or static_type(kind) in ("i64", "bool"):
        rows = [
            f"{constant_text(one.value, kind)} => Some({name}::{names[one.name]}),\n" for one in found.members
        ]
        whole = static_type(kind) == "bool" and len(rows) == 2
        return head + f"match value {{\n{''.join(rows)}{'' if whole else '_ => None,'}\n}}\n}}"
    test = "#[allow(clippy::float_cmp)]\n" if kind is FLOAT else ""
    return f"{test}{head}{name}::ALL.into_iter().find(|member| member.value() == value)\n}}"


def _display(found: EnumClass, name: str) -> str:
    members = found.members
    if all(one.texts[0] == f"{found.qualname}.{one.name}" for one in members):
        return f'write!(f, "{found.qualname}.{{}}", self.name())'
    if all(one.texts[0] == one.name for one in members):
        return "f.write_str(self.name())"
    if value_type(found) is STR and all(one.texts[0] == one.value for one in members):
        return "f.write_str(self.value())"
    if found.mixed == "int" and all(one.texts[0] == str(one.value) for one in members):
        return 'write!(f, "{}", self.value())'
    names = variants(found)
    arms = "".join(f"{name}::{names[one.name]} => {expr(lit_str(one.texts[0]))},\n" for one in members)
    return f"f.write_str(match self {{\n{arms}}})"


def _ascending(found: EnumClass) -> bool:
    values = [one.value for one in found.members if isinstance(one.value, int)]
    return len(values) == len(found.members) and values == sorted(values)


def _alike(name: str, names: Sequence[str]) -> bool:
    """Whether clippy would ask for shorter names of variants; they are Python's."""
    lowered = [one.lower() for one in names]
    if any(one.startswith(name.lower()) or one.endswith(name.lower()) for one in lowered):
        return True
    words = [_words(one) for one in names]
    return len(names) >= 3 and (len({one[0] for one in words}) == 1 or len({one[-1] for one in words}) == 1)


def _words(name: str) -> list[str]:
    found: list[str] = []
    for char in name:
        if char.isupper() or not found:
            found.append(char)
        else:
            found[-1] += char
    return found
