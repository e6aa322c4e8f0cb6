"""The Rust of the project's structs: the item, and the `impl` with the methods that were translated."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping, Sequence

from portalis.compiler import enum_files
from portalis.compiler.family_text import family_imports, family_text
from portalis.compiler.hir.nodes import Constant
from portalis.compiler.hir.structs import StructInfo, owner_of
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.hir.type_parts import holds_callable, instances
from portalis.compiler.hir.values import derives
from portalis.compiler.lowering.context import STRUCT_OPTIONS
from portalis.compiler.lowering.function import LoweredFunction, rust_doc
from portalis.compiler.lowering.project_context import ProjectContext
from portalis.compiler.lowering.value import lit_float, lit_int, lit_str
from portalis.compiler.record_struct import record_text
from portalis.compiler.rust import printer
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.printer import print_impl, print_struct
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.shared_struct import DEBUG, IMPORTS, shared_text
from portalis.compiler.types import Type
from portalis.compiler.unit import PythonMethod, StructAttribute, StructClass
from portalis.config.type_mappings import TypeTable
from portalis.mapping import UnmappedType
from portalis.mapping.python_to_rust import map_type


def used_structs(symbols: Symbols, lowered: Collection[LoweredFunction]) -> list[StructInfo]:
    """The structs that functions need, and those that their fields hold, by name."""
    pending = [name for function in lowered for name in function.structs]
    pending += [
        info.fullname for function in lowered if (info := owner_of(symbols, function.callee.key)) is not None
    ]
    found: dict[str, StructInfo] = {}
    while pending:
        name = pending.pop()
        info = symbols.structs.get(name)
        if info is not None and name not in found:
            found[name] = info
            pending += [inner for field in info.fields for inner in instances(field.type)]
            pending += info.members
    return [found[name] for name in sorted(found)]


def unmapped_fields(structs: Iterable[StructInfo], table: TypeTable) -> dict[str, str]:
    """Why classes have no struct after all: a field of a type that has no Rust form; by full name."""
    found: dict[str, str] = {}
    for info in structs:
        for one in info.fields:
            try:
                map_type(one.type, "owned", STRUCT_OPTIONS, table)
            except UnmappedType as reason:
                for name in info.members or (info.fullname,):
                    found[name] = f"the type of its field `{one.name}` has no Rust form: {reason}"
    return found


def struct_imports(info: StructInfo, context: ProjectContext) -> set[str]:
    """The paths that the types of a struct's fields need, those of its own file aside."""
    home = f"crate::{context.paths[info.module]}"
    if info.members:
        return family_imports(info, context) | _field_imports(info, context, home)
    own = set(IMPORTS) if info.shared else {"std::rc::Rc"} if info.record else set()
    own |= {"std::hash::Hash", "std::hash::Hasher"} if info.keys else set()
    own |= {"std::cell::Ref", "std::cell::RefMut"} if info.lends else set()
    return own | _field_imports(info, context, home)


def _field_imports(info: StructInfo, context: ProjectContext, home: str) -> set[str]:
    return {
        path
        for field in info.fields
        for path in map_type(field.type, "owned", STRUCT_OPTIONS, context.table).imports
        if path.rpartition("::")[0] != home
    }


def struct_text(info: StructInfo, methods: Sequence[LoweredFunction], context: ProjectContext) -> str:
    """A struct and its `impl`, before rustfmt."""
    fields = tuple(
        (rust_name(field.name), str(map_type(field.type, "owned", STRUCT_OPTIONS, context.table)))
        for field in info.fields
    )
    doc = rust_doc(ast.get_docstring(info.node) or "")
    head = "".join(f"/// {line}".rstrip() + "\n" for line in doc.splitlines())
    if info.record:
        return record_text(info.rust, [text for _, text in fields])
    if info.enum is not None:
        return enum_files.enum_text(info, head, [method.text for method in methods])
    if info.members:
        return family_text(info, fields, head, [method.text for method in methods], context.symbols)
    items = [*_constants(info), *(method.text for method in methods)]
    if info.shared:
        text = shared_text(info, fields, head, items)
        return f"{text}\n\n{_DEFAULT.replace('NAME', info.rust)}" if _has_default(info, methods) else text
    traits = derives(info.traits)
    shown = not any(map(holds_callable, (one.type for one in info.fields)))
    text = print_struct(t.StructItem(info.rust, fields, traits if shown else traits[1:], doc))
    text = text if shown else f"{text}\n\n{DEBUG.replace('NAME', info.rust)}"
    if not items:
        return text
    text = f"{text}\n\n{print_impl(info.rust, items)}"
    return f"{text}\n\n{_DEFAULT.replace('NAME', info.rust)}" if _has_default(info, methods) else text


def _constants(info: StructInfo) -> list[str]:
    """The attributes of the class itself, as one item of the `impl`."""
    lines = [
        f"pub const {name.upper()}: {type_} = {printer.expr(value)};"
        for name, constant in info.constants.items()
        for type_, value in [_constant(constant)]
    ]
    return ["\n".join(lines)] if lines else []


def _constant(value: Constant) -> tuple[str, t.Expr]:
    match value:
        case bool(flag):
            return "bool", t.Lit("true" if flag else "false")
        case int(number):
            return "i64", lit_int(number)
        case float(number):
            return "f64", lit_float(number)
        case _:
            return "&'static str", lit_str(str(value))


_DEFAULT = """\
impl Default for NAME {
    fn default() -> NAME {
        NAME::new()
    }
}"""


def _has_default(info: StructInfo, methods: Sequence[LoweredFunction]) -> bool:
    """Whether an instance can be made of nothing, without an error."""
    return any(
        method.callee.key == info.constructor and not method.callee.params and not method.callee.raises
        for method in methods
    )


def mangled(name: str, owner: str) -> str:
    """The attribute that `self.__name` in a class body means.

    >>> mangled("__heap", "_Queue"), mangled("__len__", "Queue"), mangled("size", "Queue")
    ('_Queue__heap', '__len__', 'size')
    """
    private = name.startswith("__") and not name.endswith("__") and bool(owner.strip("_"))
    return f"_{owner.lstrip('_')}{name}" if private else name


def _constructor(info: StructInfo, lowered: Collection[LoweredFunction]) -> tuple[Type, ...] | None:
    """The types that the constructor of a class takes, which it may have from a base class."""
    if any(one.keyword for one in info.fields):
        return None
    if not info.constructor:
        return tuple(one.type for one in info.fields if one.given)
    found = (function.callee.params for function in lowered if function.callee.key == info.constructor)
    return next((tuple(type_ for _, type_, _ in params) for params in found), None)


def struct_classes(
    context: ProjectContext, lowered: Collection[LoweredFunction], python: Mapping[str, PythonMethod]
) -> tuple[StructClass, ...]:
    """What others must know of the structs that functions need; `python` are methods by key that only
    compute.
    """
    with_rust = {function.callee.key for function in lowered}
    return tuple(
        StructClass(
            info.fullname,
            info.module,
            info.qualname,
            "::".join(filter(None, (context.paths[info.module], info.rust))),
            tuple(
                StructAttribute(
                    mangled(one.name, info.qualname.rpartition(".")[2]),
                    rust_name(one.name),
                    one.type,
                    info.setter(one.name),
                    f"{one.name}_mut",
                    one.given,
                    one.late,
                    one.classwide,
                )
                for one in info.fields
            ),
            info.shared,
            info.frozen,
            info.named_tuple,
            _constructor(info, lowered),
            tuple(one.name for one in info.enum.members) if info.enum is not None else (),
            tuple(
                python[key]
                for name in info.methods
                if (key := f"{info.module}:{info.qualname}.{name}") in python and key not in with_rust
            ),
            info.record,
            tuple((one, context.symbols.structs[one].rust) for one in info.members),
        )
        for info in used_structs(context.symbols, lowered)
    )
