"""How instances of the project's classes cross: field by field, of exactly their class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portalis.compiler.types import (
    OBJECT,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    Shared,
    Type,
    is_mutable,
)
from portalis.compiler.unit import StructAttribute, StructClass
from portalis.emit.markers import marker, may_alias, parts, struct_marker


def struct_module(
    structs: Sequence[StructClass], lib: str, needs: Iterable[str], beside: Iterable[str]
) -> str:
    """The text of the binding crate's `structs.rs`, before rustfmt; `beside` are files that it names."""
    uses = [f"use crate::convert_{family}::*;" for family in sorted(needs)]
    uses += [f"use crate::{one}::*;" for one in beside]
    head = [
        "//! The classes of the project, as structs.",
        "",
        "#![allow(unused_imports)]",
        "",
        "use crate::convert::*;",
        *uses,
        "use crate::instance::*;",
        "use crate::raise::{Argument, Class};",
        "use crate::write_back::{Change, Mutable, Seen};",
        *(["use crate::graph;"] if any(one.shared for one in structs) else []),
    ]
    return "\n\n".join(["\n".join(head), *(_struct(one, lib) for one in structs)]) + "\n"


def sharing(structs: Sequence[StructClass]) -> frozenset[str]:
    """The full names of the classes that are shared, or hold instances of such."""
    return _with_holders(structs, {one.fullname for one in structs if one.shared})


def holding_values(structs: Sequence[StructClass]) -> frozenset[str]:
    """The full names of the classes with values of any type in them, or in instances that they hold."""
    own = {one.fullname for one in structs if any(OBJECT in parts(field.type) for field in one.fields)}
    return _with_holders(structs, own)


def _with_holders(structs: Sequence[StructClass], found: set[str]) -> frozenset[str]:
    """The classes and those that hold instances of them."""
    while True:
        more = {one.fullname for one in structs if any(_named(a.type) & found for a in one.fields)}
        if more <= found:
            return frozenset(found)
        found |= more


def _named(type_: Type) -> set[str]:
    return {part.name for part in parts(type_) if isinstance(part, (Instance, Shared))}


def _struct(one: StructClass, lib: str) -> str:
    if one.members:
        return _enumeration(one, lib)
    if one.record:
        return _record(one, lib)
    if one.variants:
        return _family(one, lib)
    return _shared(one, lib) if one.shared else _owned(one, lib)


def _enumeration(one: StructClass, lib: str) -> str:
    """A member crosses by its name: in Python, each is one object."""
    name = struct_marker(one.fullname)
    path = f"{lib}::{one.path}"
    return "\n".join(
        [
            _class_item(one),
            "",
            f"pub struct {name};",
            f"impl PyType for {name} {{",
            f"type Rust = {path};",
            "fn take(object: Object) -> Taken<Self::Rust> {",
            f"exactly(object, &{_static(name)})?;",
            f"{path}::from_name(&member_name(object)?).ok_or(Declined)",
            "}",
            "fn give(value: &Self::Rust) -> Taken<Owned> {",
            f"member(&{_static(name)}, value.name())",
            "}",
            "}",
        ]
    )


def _record(one: StructClass, lib: str) -> str:
    """A plain tuple in Python, where tuples may hold each other without end: each counts as a step down."""
    name = struct_marker(one.fullname)
    path = f"{lib}::{one.path}"
    held = f"({''.join(f'{marker(a.type)}, ' for a in one.fields).strip()})"
    return "\n".join(
        [
            f"pub struct {name};",
            f"impl PyType for {name} {{",
            f"type Rust = {path};",
            "fn take(object: Object) -> Taken<Self::Rust> {",
            "let _step = step_down()?;",
            f"Ok({path}::from(<{held}>::take(object)?))",
            "}",
            "fn give(value: &Self::Rust) -> Taken<Owned> {",
            "let _step = step_down()?;",
            f"<{held}>::give(value.parts())",
            "}",
            "fn is(value: &Self::Rust, object: Object) -> bool {",
            f"step_down().is_ok() && <{held}>::is(value.parts(), object)",
            "}",
            "}",
        ]
    )


def _family(one: StructClass, lib: str) -> str:
    """A base class as a type: an object is of exactly one of its classes, and crosses as of that one."""
    path = f"{lib}::{one.path}"
    held = [(struct_marker(fullname), f"{path}::{variant}") for fullname, variant in one.variants]

    def each(call: str) -> list[str]:
        return [f"{variant}(one) => <{name}>::{call}," for name, variant in held]

    def of_class(done: str) -> list[str]:
        made = [(name, done.format(name=name, variant=variant)) for name, variant in held]
        return [f"if exactly(object, &{_static(name)}).is_ok() {{ return {text}; }}" for name, text in made]

    return "\n".join(
        [
            f"pub struct {struct_marker(one.fullname)};",
            f"impl PyType for {struct_marker(one.fullname)} {{",
            f"type Rust = {path};",
            "fn take(object: Object) -> Taken<Self::Rust> {",
            *of_class("Ok({variant}(<{name}>::take(object)?))"),
            "Err(Declined)",
            "}",
            "fn give(value: &Self::Rust) -> Taken<Owned> {",
            "match value {",
            *each("give(one)"),
            "}",
            "}",
            "fn is(value: &Self::Rust, object: Object) -> bool {",
            "graph::stands_for(value, object)",
            "}",
            "const MET: bool = true;",
            "fn meet(object: Object, seen: &mut Seen) -> Taken<()> {",
            *of_class("<{name}>::meet(object, seen)"),
            "Ok(())",
            "}",
            "}",
        ]
    )


def _class_item(one: StructClass) -> str:
    path = ", ".join(f'c"{part}"' for part in one.qualname.split("."))
    static = _static(struct_marker(one.fullname))
    return f'static {static}: Class = Class::new(c"{one.module}", &[{path}], Argument::Text);'


def _owned(one: StructClass, lib: str) -> str:
    name = struct_marker(one.fullname)
    takes = [f"{a.rust}: {_read(a)}," for a in one.fields]
    gives = [f"{_verb('write', a)}(&made, {_c(a)}, &value.{a.rust})?;" for a in one.fields]
    changes = [f"{_verb('changed', a)}(&fresh, object, {_c(a)}, &value.{a.rust})?;" for a in one.fields]
    take = [f"Ok({lib}::{one.path} {{", *takes, "})"]
    if one.named_tuple:
        given = ", ".join(f"<{marker(a.type)}>::give(&value.{a.rust})?" for a in one.fields)
        return _impls(one, lib, take, [f"tuple_of(&{_static(name)}, [{given}])"], changes, "")
    give = [f"let made = blank(&{_static(name)})?;", *gives, "Ok(made)"]
    if one.frozen and not any(may_alias(a.type) for a in one.fields):
        return _impls(one, lib, take, give, changes, "")
    update = [
        "changes.push(Change::of::<Self>(object, value)?);",
        "Ok(())",
    ]
    return _impls(one, lib, take, give, changes, _inside(one, "seen.note(object)?;", update))


def _shared(one: StructClass, lib: str) -> str:
    """A handle: an object that was met before is the instance it was then, and the other way round."""
    name = struct_marker(one.fullname)
    links = [a for a in one.fields if _is_link(a, one)]
    takes = [f"{a.rust}: " + ("Default::default()," if a in links else f"{_read(a)},") for a in one.fields]
    # A link may lead back here, so the instance is known before its links are followed.
    later = [
        f"let {a.rust} = {_read(a)};\n"
        + (f"*made.{a.lender}() = {a.rust};" if is_mutable(a.type) else f"made.{a.setter}({a.rust});")
        for a in links
    ]
    take = [
        "if let Some(found) = graph::taken(object) { return Ok(found); }",
        "let _step = graph::deeper()?;",
        f"let made = {lib}::{one.path}::from({lib}::{one.path}Fields {{",
        *takes,
        "});",
        "graph::note_taken::<Self>(object, &made);",
        *later,
        "Ok(made)",
    ]
    gives = [f"{_verb('write', a)}(&made, {_c(a)}, &value.{a.rust}())?;" for a in one.fields]
    give = [
        "if let Some(found) = graph::given(value) { return Ok(found); }",
        "let _step = graph::deeper()?;",
        f"let made = blank(&{_static(name)})?;",
        "graph::note_given(&made, value);",
        *gives,
        "Ok(made)",
    ]
    changes = [f"{_verb('changed', a)}(&fresh, object, {_c(a)}, &value.{a.rust}())?;" for a in one.fields]
    same = "fn is(value: &Self::Rust, object: Object) -> bool {\ngraph::stands_for(value, object)\n}\n"
    # Many may lead to a shared instance, which the graph writes back; what it holds is held once.
    noted = "if !seen.first(object) { return Ok(()); }\nlet _step = graph::deeper()?;"
    inside = _inside(one, noted, [])
    return _impls(one, lib, take, give, changes, same + inside)


def _inside(one: StructClass, noted: str, update: Sequence[str]) -> str:
    """How the objects inside an instance that can change are met, and written back where it is no handle."""
    held = [a for a in one.fields if may_alias(a.type) or _named(a.type)]
    meets = [f"{_verb('meet', a)}(object, {_c(a)}, seen)?;" for a in held]
    written = [
        "fn update(value: &Self::Rust, object: Object, changes: &mut Vec<Change>) -> Taken<()> {",
        *update,
        "}",
    ]
    return "\n".join(
        [
            "const CHANGES: bool = true;" if update else "const MET: bool = true;",
            "fn meet(object: Object, seen: &mut Seen) -> Taken<()> {",
            noted,
            *meets,
            "Ok(())",
            "}",
            *(written if update else ()),
        ]
    )


def _verb(what: str, attribute: StructAttribute) -> str:
    """The function that moves an attribute; one that instances may lack is optional in Rust only."""
    if attribute.late and isinstance(attribute.type, OptionalOf):
        return f"{what}_late::<{marker(attribute.type.inner)}>"
    own = "_own" if what == "write" and attribute.classwide else ""
    return f"{what}{own}::<{marker(attribute.type)}>"


def _read(attribute: StructAttribute) -> str:
    return f"{_verb('read', attribute)}(object, {_c(attribute)})?"


def _is_link(attribute: StructAttribute, one: StructClass) -> bool:
    """Whether an attribute that can be bound later may lead to instances."""
    if not _named(attribute.type):
        return False
    match attribute.type:
        case ListOf() | DictOf() | SetOf():
            return True
        case Instance(name):
            return name.startswith("collections.")
        case OptionalOf():
            return is_mutable(attribute.type) or not one.frozen
        case _:
            return False


def _static(name: str) -> str:
    return f"{name.upper()}_CLASS"


def _impls(
    one: StructClass, lib: str, take: Sequence[str], give: Sequence[str], changes: Sequence[str], same: str
) -> str:
    name = struct_marker(one.fullname)
    return "\n".join(
        [
            _class_item(one),
            "",
            f"pub struct {name};",
            f"impl PyType for {name} {{",
            f"type Rust = {lib}::{one.path};",
            "fn take(object: Object) -> Taken<Self::Rust> {",
            f"exactly(object, &{_static(name)})?;",
            *take,
            "}",
            "fn give(value: &Self::Rust) -> Taken<Owned> {",
            *give,
            "}",
            same,
            "}",
            "",
            f"impl Mutable for {name} {{",
            "fn prepare(value: &Self::Rust, object: Object) -> Taken<Owned> {",
            "let fresh = unchanged()?;",
            *changes,
            "Ok(fresh)",
            "}",
            "fn commit(object: Object, fresh: Object) -> bool {",
            "rebind(object, fresh)",
            "}",
            "}",
        ]
    )


def _c(attribute: StructAttribute) -> str:
    return f'c"{attribute.name}"'
