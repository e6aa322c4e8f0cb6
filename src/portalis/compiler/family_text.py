"""The Rust of a base class as a type: an enum of the classes of a project, with what their instances share.

    class Shape(ABC): …         pub enum Shape { Circle(Circle), Square(Square) }
    class Circle(Shape): …  →   impl Shape { pub fn area(&self) -> f64 { match self { … } } }
    class Square(Shape): …

A variant holds the handle of an instance, so a copy of the enum is a second reference to the same object.
"""

from __future__ import annotations

from collections.abc import Sequence

from portalis.compiler.hir.families import part_name
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.lowering.project_context import ProjectContext
from portalis.compiler.shared_struct import FieldText, identity_traits
from portalis.compiler.types import is_mutable


def parts_of(info: StructInfo, symbols: Symbols) -> list[StructInfo]:
    """The families of which every instance is one of this family, too."""
    own = set(info.members)
    others = (one for one in symbols.structs.values() if one.members and one.fullname != info.fullname)
    return sorted((one for one in others if set(one.members) <= own), key=lambda one: one.fullname)


def family_imports(info: StructInfo, context: ProjectContext) -> set[str]:
    """The paths that the enum needs beside those of its fields' types."""
    found = {"crate::runtime::shared::Identity"}
    held = [context.symbols.structs[one] for one in info.members] + parts_of(info, context.symbols)
    found |= {
        "::".join(filter(None, ("crate", context.paths[one.module], one.rust)))
        for one in held
        if one.module != info.module
    }
    found |= {"std::hash::Hash", "std::hash::Hasher"} if info.keys else set()
    return found | ({"std::cell::Ref", "std::cell::RefMut"} if info.lends else set())


def family_text(
    info: StructInfo, fields: Sequence[FieldText], doc: str, methods: Sequence[str], symbols: Symbols
) -> str:
    """The items of a family, before rustfmt; `methods` are printed already."""
    name = info.rust
    members = [symbols.structs[one].rust for one in info.members]
    variants = "".join(f"{one}({one}),\n" for one in members)
    doc = doc or f"/// An instance of `{info.node.name}`, of whichever class.\n"
    parts = parts_of(info, symbols)
    held = [_accessors(info, at, field, type_, symbols) for at, (field, type_) in enumerate(fields)]
    inside = [*held, *methods, *(_as_part(info, one, symbols) for one in parts)]
    items = [f"{doc}#[derive(Clone, Debug)]\npub enum {name} {{\n{variants}}}"]
    if inside:
        items.append(f"impl {name} {{\n" + "\n\n".join(inside) + "\n}")
    address = _each(info, symbols, "address()")
    items.append(f"impl Identity for {name} {{\nfn address(&self) -> usize {{\n{address}\n}}\n}}")
    items += [_from_part(info, one, symbols) for one in parts]
    items += identity_traits(info)
    return "\n\n".join(items)


def _each(info: StructInfo, symbols: Symbols, call: str) -> str:
    """The same call on the instance, whichever class it has."""
    arms = "".join(
        f"{info.rust}::{symbols.structs[one].rust}(this) => this.{call},\n" for one in info.members
    )
    return f"match self {{\n{arms}}}"


def _accessors(info: StructInfo, at: int, field: str, type_: str, symbols: Symbols) -> str:
    one = info.fields[at]
    lent = is_mutable(one.type)
    given = f"Ref<'_, {type_}>" if lent else type_
    texts = [f"pub fn {field}(&self) -> {given} {{\n{_each(info, symbols, f'{field}()')}\n}}"]
    if lent:
        texts.append(
            f"pub fn {one.name}_mut(&self) -> RefMut<'_, {type_}> {{\n"
            f"{_each(info, symbols, f'{one.name}_mut()')}\n}}"
        )
    if not info.frozen:
        setter = info.setter(one.name)
        texts.append(
            f"pub fn {setter}(&self, value: {type_}) {{\n{_each(info, symbols, f'{setter}(value)')}\n}}"
        )
    return "\n\n".join(texts)


def _as_part(info: StructInfo, part: StructInfo, symbols: Symbols) -> str:
    """The method that gives the instance as one of a base class further down."""
    arms = "".join(
        f"{info.rust}::{one}(this) => Some({part.rust}::{one}(this.clone())),\n"
        for one in (symbols.structs[member].rust for member in part.members)
    )
    rest = "" if set(part.members) == set(info.members) else "_ => None,\n"
    return f"pub fn {part_name(part)}(&self) -> Option<{part.rust}> {{\nmatch self {{\n{arms}{rest}}}\n}}"


def _from_part(info: StructInfo, part: StructInfo, symbols: Symbols) -> str:
    arms = "".join(
        f"{part.rust}::{one}(this) => {info.rust}::{one}(this),\n"
        for one in (symbols.structs[member].rust for member in part.members)
    )
    return (
        f"impl From<{part.rust}> for {info.rust} {{\nfn from(value: {part.rust}) -> {info.rust} {{\n"
        f"match value {{\n{arms}}}\n}}\n}}"
    )
