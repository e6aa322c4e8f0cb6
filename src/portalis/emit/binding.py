"""The binding crate: Python's thin way into the core crate, an abi3 extension module.

One native function per bound item, taking every argument by position. What differs per function is a few
lines; all else (unwinding, write-back, exceptions, counts) is in the resource files, compiled once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from portalis.compiler.stdlib.effects import beyond
from portalis.compiler.types import NONE, EnumOf, Instance, Shared, Type, UnionOf, is_collection
from portalis.compiler.unit import CompiledProject, LoadedValue, RustFunction, StructClass
from portalis.emit.binding_callables import callables_module
from portalis.emit.binding_errors import class_table
from portalis.emit.binding_loaders import loader_module
from portalis.emit.binding_manifest import CARGO_CONFIG, LOOKING_UP, NATIVE_MODULE, library, manifest
from portalis.emit.binding_structs import holding_values, sharing, struct_module
from portalis.emit.binding_world import connections, reads_dates, sources_of, world_files
from portalis.emit.crate import CoreCrate, write_formatted
from portalis.emit.markers import (
    CannotCross,
    families,
    given,
    holds_mutable,
    holds_typed,
    holds_values,
    lend,
    marker,
    may_alias,
    moves_inside,
    parts,
    take,
    type_families,
)
from portalis.emit.markers import refusal as refusal
from portalis.mapping.union_enum import enum_name, variant_name

_ALWAYS = ("convert", "door", "raise", "module", "write_back")
_DECIMAL_ROOTS = ("decimal::Decimal", "decimal::parse", "decimal_text::text")
_VALUE_NAMES = """
pub use {lib}::runtime::held::Held as HELD;
pub use {lib}::runtime::shared::Identity as SAME;
pub use {lib}::runtime::value::Value as VALUE;
"""
_CAPTURE_ROOTS = ("out::begin_capture", "out::take_capture")


@dataclass(frozen=True, slots=True)
class BindingCrate:
    """A binding crate on disk: the name of its module and the keys (`module:qualname`) it binds."""

    directory: Path
    package: str
    module: str
    keys: tuple[str, ...]


def runtime_roots(compiled: CompiledProject) -> tuple[str, ...]:
    """The runtime items that the binding calls itself: pass them to `write_core` where a binding follows."""
    prints = any(item.rust is not None and item.rust.prints for item in compiled.items)
    decimals = any("decimal" in families(function) for function in bindable(compiled).values())
    return (
        *(_CAPTURE_ROOTS if prints else ()),
        *(_DECIMAL_ROOTS if decimals else ()),
        *sources_of(compiled),
    )


def bindable(compiled: CompiledProject) -> dict[str, RustFunction]:
    """The functions that can be called from Python, by key."""
    refused = refusals(compiled)
    return {
        item.key: item.rust for item in compiled.items if item.rust is not None and item.key not in refused
    }


def calls_python(compiled: CompiledProject) -> bool:
    """Whether some function that can be called from Python is handed functions, which Rust then calls.

    It may be handed them inside instances.
    """
    bound = bindable(compiled)
    return "call" in _needs(bound, _structs_of(bound, compiled, compiled.loaded))


def _needs(bound: dict[str, RustFunction], structs: Sequence[StructClass]) -> set[str]:
    """The conversion files that the functions and the classes in their signatures need."""
    fields = (one.type for struct in structs for one in struct.fields)
    return set().union(type_families(fields), *map(families, bound.values()))


def refusals(compiled: CompiledProject) -> dict[str, str]:
    """The functions that can't be called from Python, each with the reason."""
    found: dict[str, str] = {}
    for item in compiled.items:
        if item.rust is None:
            continue
        if item.kind == "program":
            found[item.key] = "it is a program"
            continue
        reason = _effect_refusal(item.rust) or refusal(item.rust) or _held_refusal(item.rust, compiled)
        if reason:
            found[item.key] = reason
    return found


def _effect_refusal(function: RustFunction) -> str:
    """Why a call would do more than can be undone where it declines; "" where it does not."""
    touched = sorted(beyond(function.sources))
    return f"it touches {' and '.join(touched)}" if touched else ""


def _held_refusal(function: RustFunction, compiled: CompiledProject) -> str:
    """Why an instance in the signature can't cross: one of its attributes can't; "" where all can."""
    for one in _structs_of({"": function}, compiled):
        for attribute in one.fields:
            try:
                marker(attribute.type)
            except CannotCross as error:
                return f"attribute `{attribute.name}` of `{one.qualname}`: {error}"
    return ""


def write_binding(
    compiled: CompiledProject,
    core: CoreCrate,
    directory: Path,
    *,
    keys: Collection[str] | None = None,
) -> BindingCrate:
    """Write the binding crate of a core crate (written with `runtime_roots`).

    Args:
        compiled: the compiler's answer.
        core: the core crate on disk.
        directory: the folder of the binding crate.
        keys: the items to bind; all that can be when not given. Those that can't cross are left out.

    Raises:
        OSError: the folder can't be written.
    """
    bound = {key: function for key, function in bindable(compiled).items() if keys is None or key in keys}
    structs = _structs_of(bound, compiled, compiled.loaded)
    needs = _needs(bound, structs)
    sources = sources_of(compiled)
    if reads_dates(sources):
        needs.add("date")
    stems = (*_ALWAYS, *sorted(f"convert_{family}" for family in needs))
    if needs & LOOKING_UP:
        stems = (*stems, "library")
    stems = (*stems, *world_files(sources))
    texts = {f"src/{stem}.rs": _resource(f"{stem}.rs") for stem in stems}
    unions = _unions(bound, core.lib, needs, structs=bool(structs))
    if unions:
        texts["src/unions.rs"] = unions
        stems = (*stems, "unions")
    held = [part for one in structs for field in one.fields for part in parts(field.type)]
    named = [part for one in bound.values() for part in _types_of(one)]
    callables = callables_module([*named, *held], core.lib, needs)
    if callables:
        texts["src/callables.rs"] = callables
        stems = (*stems, "callables")
    if structs:
        texts["src/instance.rs"] = _resource("instance.rs")
        if any(one.shared for one in structs):
            texts["src/graph.rs"] = _resource("graph.rs")
            stems = (*stems, "graph")
        beside = [stem for stem in ("callables", "unions") if stem in stems]
        texts["src/structs.rs"] = struct_module(structs, core.lib, needs, beside)
        stems = (*stems, "instance", "structs")
    if compiled.loaded:
        texts["src/loaders.rs"] = loader_module(compiled.loaded, needs)
        stems = (*stems, "loaders")
    texts["src/lib.rs"] = library(stems)
    texts["src/functions.rs"] = _functions(bound, core.lib, needs, structs)
    identity = f"\npub use {core.lib}::runtime::shared::Identity as IDENTITY;\n" if "graph" in stems else ""
    value = _VALUE_NAMES.format(lib=core.lib) if "value" in needs else ""
    if "decimal" in needs:
        value += (
            f"\npub use {core.lib}::runtime::decimal::{{Decimal as DECIMAL, parse as read_decimal}};\n"
            f"pub use {core.lib}::runtime::decimal_text::text as show_decimal;\n"
        )
    tables = _tables(tuple(bound), bound.values(), core, needs)
    connected = connections(sources, compiled.loaded, core.lib)
    texts["src/tables.rs"] = tables + identity + value + connected
    texts["Cargo.toml"] = manifest(core, directory, needs)
    texts[".cargo/config.toml"] = CARGO_CONFIG
    write_formatted(directory, texts, owned=("src",))
    return BindingCrate(directory, f"{core.package}-python", NATIVE_MODULE, tuple(bound))


def _unions(bound: dict[str, RustFunction], lib: str, needs: Iterable[str], *, structs: bool) -> str:
    """How each union crosses: the first member whose exact type the object has; "" where none is used."""
    found: dict[str, UnionOf] = {}
    for function in bound.values():
        for type_ in (*(param.type for param in function.params), given(function)):
            for part in parts(type_):
                if isinstance(part, UnionOf):
                    found[enum_name(part)] = part
    if not found:
        return ""
    uses = [f"use crate::convert_{family}::*;" for family in sorted(needs)]
    uses += ["use crate::structs::*;"] if structs else []
    head = "\n".join(["//! The unions of the Python signatures.", "", "use crate::convert::*;", *uses])
    return "\n\n".join([head, *(_union(name, union, lib) for name, union in sorted(found.items()))]) + "\n"


def _union(name: str, union: UnionOf, lib: str) -> str:
    takes, gives = [], []
    for member in union.members:
        variant = f"{lib}::unions::{name}::{variant_name(member)}"
        takes.append(
            f"if let Ok(value) = <{marker(member)}>::take(object) {{ return Ok({variant}(value)); }}"
        )
        gives.append(f"{variant}(value) => <{marker(member)}>::give(value),")
    return "\n".join(
        [
            f"pub struct {name};",
            f"impl PyType for {name} {{",
            f"type Rust = {lib}::unions::{name};",
            "fn take(object: Object) -> Taken<Self::Rust> {",
            *takes,
            "Err(Declined)",
            "}",
            *_met(union),
            "fn give(value: &Self::Rust) -> Taken<Owned> {",
            "match value {",
            *gives,
            "}",
            "}",
            "}",
        ]
    )


def _met(union: UnionOf) -> list[str]:
    """How the objects inside a value of a union that can change are met."""
    changing = [marker(member) for member in union.members if may_alias(member)]
    if not changing:
        return []
    return [
        "const CHANGES: bool = true;",
        "fn meet(object: Object, seen: &mut crate::write_back::Seen) -> Taken<()> {",
        *(f"if <{one}>::take(object).is_ok() {{ return <{one}>::meet(object, seen); }}" for one in changing),
        "Ok(())",
        "}",
    ]


def _resource(name: str) -> str:
    return (resources.files("portalis.emit.resources") / name).read_text(encoding="utf-8")


def _structs_of(
    bound: dict[str, RustFunction], compiled: CompiledProject, loaded: Sequence[LoadedValue] = ()
) -> tuple[StructClass, ...]:
    """The classes that cross, those that are loaded from Python, and those in their fields."""
    known = {one.fullname: one for one in compiled.structs}
    pending = [name for function in bound.values() for name in function.structs]
    pending += [one.gives.name for one in loaded if isinstance(one.gives, Instance)]
    found: dict[str, StructClass] = {}
    while pending:
        name = pending.pop()
        if name in known and name not in found:
            found[name] = known[name]
            inside = (part for one in known[name].fields for part in parts(one.type))
            pending += [part.name for part in inside if isinstance(part, (EnumOf, Instance, Shared))]
            pending += [fullname for fullname, _ in known[name].variants]
    return tuple(found[name] for name in sorted(found))


def _functions(
    bound: dict[str, RustFunction], lib: str, needs: Iterable[str], structs: Sequence[StructClass]
) -> str:
    uses = [f"use crate::convert_{family}::*;" for family in sorted(needs)]
    uses += ["use crate::structs::*;"] if structs else []
    if any(isinstance(part, UnionOf) for one in bound.values() for part in _types_of(one)):
        uses.append("use crate::unions::*;")
    if "call" in needs:
        uses.append("use crate::callables::*;")
    if any(one.always_handed for one in bound.values()):
        uses.append("use std::borrow::Cow;")
    sharers, holders = sharing(structs), holding_values(structs)
    bodies = [
        _body(
            index,
            function,
            lib,
            graph=bool(function.structs & sharers),
            values=holds_values(function) or bool(function.structs & holders),
        )
        for index, function in enumerate(bound.values())
    ]
    parts = [
        "//! One door and one body per function: arguments in, answer out.",
        "\n".join(["use crate::convert::*;", *uses, "use crate::door::*;"]) if bound else "",
        _DOOR_MACRO if bound else "",
        *bodies,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _types_of(function: RustFunction) -> list[Type]:
    """Every type, and type inside a type, of a signature."""
    return [part for type_ in (*(p.type for p in function.params), given(function)) for part in parts(type_)]


_DOOR_MACRO = """\
macro_rules! door {
    ($door:ident, $index:literal, $arity:literal, $prints:literal, $body:expr) => {
        pub unsafe extern "C" fn $door(_: Object, args: *mut Object, count: isize) -> Object {
            unsafe { enter($index, $arity, $prints, args, count, $body) }
        }
    };
}"""


def _body(index: int, function: RustFunction, lib: str, *, graph: bool, values: bool) -> str:
    """The door of one function: take the arguments, call, make the changes ready, answer.

    `graph` says whether shared instances are reached, `values` whether values of any type are.
    """
    params = list(enumerate(function.params))
    lines = ["let _session = crate::graph::begin();"] if graph else []
    lines += ["let _values = crate::convert_value::begin();"] if values else []
    for at, param in params:
        mutable = "mut " if param.mutated or at in function.handed else ""
        lines.append(f"let {mutable}a{at} = {take(param.type, at)};")
    lines += _kept_apart(function, graph=graph, values=values)
    # An empty list has no address of its own.
    lines += [f"a{at}.reserve(1);" for at in function.handed]
    passed = ", ".join(
        lend(param.type, f"a{at}", mutated=param.mutated, kept=param.kept)
        for at, param in params
        if param.type != NONE
    )
    call = f"{lib}::{function.path}({passed})"
    changed = [(at, param) for at, param in params if param.mutated]
    answer = "returned_or_raised" if function.raises else "returned"
    arity = len(params)
    if function.lazy:
        # Only verification calls this door; its last argument is the number of items wanted.
        lines.append(f"let limit = args.take::<Int>({arity})?;")
        items = "items" if function.items_raise else "items.map(Ok)"
        made = f"{call}.map(|items| drained({items}, limit))"
        call = made if function.raises else f"drained({items.replace('items', call, 1)}, limit)"
        answer, arity = "listed_or_raised" if function.raises else "listed", arity + 1
    if values:
        call = f"crate::convert_value::run(|| {call})"
    if function.returns == NONE and not function.raises:
        lines.append(f"{call};")
        call = "()"
    elif changed or graph:
        lines.append(f"let result = {call};")
        call = "result"
    chain = ""
    for at, param in changed:
        inside = holds_mutable(param.type) and not moves_inside(param)
        own = isinstance(param.type, Instance) and not is_collection(param.type)
        way = "updated" if inside and not own else "changed"
        lines.append(f"let c{at} = args.{way}::<{marker(param.type)}>({at}, &a{at})?;")
        chain += f".with{'_all' if way == 'updated' else ''}(c{at})"
    if graph:
        chain += ".with_all(crate::graph::changes()?)"
    if values:
        chain += ".with_all(crate::convert_value::changes()?)"
    if function.gives_back is not None:
        chain = f".giving_back(args, {function.gives_back}){chain}"
    if function.handed:
        lines += _handed_back(function, call)
        final = "answer"
        lines.append(f"Ok(answer{chain})" if chain else "Ok(answer)")
    else:
        final = f"{answer}::<{marker(given(function))}>({call})"
        lines.append(f"Ok({final}?{chain})" if chain else final)
    used = "args" if arity else "_args"
    prints = "true" if function.prints else "false"
    body = "\n".join(lines)
    header = f"door_{index}, {index}, {arity}, {prints}"
    return f"door!({header}, |{used}: &Args| {{\n{body}\n}});"


def _handed_back(function: RustFunction, call: str) -> list[str]:
    """The answer of a function that may give back an argument: its very object then."""
    from_ = ", ".join(f"({at}, &a{at}[..])" for at in function.handed)
    if function.always_handed:
        call = f"{call}.map(Cow::Borrowed)" if function.raises else f"Cow::Borrowed({call})"
    result = call if function.raises else f"Ok({call})"
    return [f"let answer = returned_or_handed::<{marker(given(function))}, _>(args, {result}, &[{from_}])?;"]


def _kept_apart(function: RustFunction, *, graph: bool, values: bool) -> list[str]:
    """What declines where an object that is changed might be reached in a second way."""
    params = list(enumerate(function.params))
    inside = [param for _, param in params if param.mutated and holds_mutable(param.type)]
    loose = values and any(holds_typed(param.type) for _, param in params)
    if not inside and not graph and not loose:
        return [f"args.apart({at}, {other})?;" for at, other in _aliases(function)]
    met = [
        f"args.meet::<{marker(param.type)}>({at}, &mut seen)?;"
        for at, param in params
        if may_alias(param.type) or any(isinstance(part, Shared) for part in parts(param.type))
    ]
    return ["let mut seen = crate::write_back::Seen::default();", *met] if met else []


def _aliases(function: RustFunction) -> list[tuple[int, int]]:
    """Pairs of a changed parameter and another through which the same object might be seen."""
    params = list(enumerate(function.params))
    return [
        (at, other)
        for at, param in params
        if param.mutated
        for other, second in params
        if other != at and may_alias(second.type) and not (second.mutated and other < at)
    ]


def _tables(
    keys: Sequence[str], functions: Iterable[RustFunction], core: CoreCrate, needs: Collection[str]
) -> str:
    prints = any(function.prints for function in functions) and "out" in core.runtime
    capture = (
        f"Some(({core.lib}::runtime::out::begin_capture, {core.lib}::runtime::out::take_capture))"
        if prints
        else "None"
    )
    judge = "Some(crate::convert_call::judge)" if "call" in needs else "None"
    doors = "\n".join(
        f'Door {{ name: c"{key}", call: functions::door_{index} }},' for index, key in enumerate(keys)
    )
    uses = "use crate::functions;\n" if keys else ""
    return f"""\
//! What this module binds: its functions, and the exceptions they raise.

use crate::door::Door;
{uses}use crate::raise::{{Argument, Class}};
use std::ffi::CStr;

pub use {core.lib}::error::Error as ERROR;

pub const NAME: &CStr = c"{NATIVE_MODULE}";

/// How printed text is held back until the call has an answer.
pub const CAPTURE: Option<Capture> = {capture};

/// Opens a capture, and closes it and gives its text.
pub type Capture = (fn(), fn() -> String);

pub static DOORS: [Door; {len(keys)}] = [
{doors}
];

/// Takes what tells which Python functions only compute, where functions are handed over.
pub const JUDGE: Option<pyo3_ffi::PyCFunction> = {judge};

{class_table(core.exceptions)}"""
