"""The source files of the core crate: one for each Python module that has Rust in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from portalis.compiler.frontend.project import Project
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.layout import file_of
from portalis.compiler.loader_files import RUNTIME as LOADER_RUNTIME
from portalis.compiler.loader_files import loader_text, used_loaders
from portalis.compiler.lowering.context import STRUCT_OPTIONS
from portalis.compiler.lowering.dynamic import VARIANTS
from portalis.compiler.lowering.freeze import freeze
from portalis.compiler.lowering.function import LoweredFunction, rust_doc
from portalis.compiler.lowering.project_context import ProjectContext
from portalis.compiler.rust.printer import print_file, print_item
from portalis.compiler.struct_files import struct_imports, struct_text, used_structs
from portalis.compiler.types import UnionOf
from portalis.compiler.unit import RustFile
from portalis.mapping.python_to_rust import map_type
from portalis.mapping.union_enum import enum_name, variant_name


def module_files(
    project: Project,
    context: ProjectContext,
    lowered: Mapping[str, LoweredFunction],
    functions: Mapping[str, h.Function],
) -> tuple[RustFile, ...]:
    """The files, with their imports, the constants that are used, and the functions in source order."""
    used = {constant for function in lowered.values() for constant in function.constants}
    structs = used_structs(context.symbols, lowered.values())
    files: list[RustFile] = []
    with_rust = {key.partition(":")[0] for key in lowered} | {module for module, _ in used}
    with_rust |= {info.module for info in structs}
    loaders = used_loaders(context, lowered.values())
    with_rust |= {loader.module for loader in loaders}
    paths = [context.paths[name] for name in with_rust]
    by_module: dict[str, list[LoweredFunction]] = {name: [] for name in with_rust}
    for key, value in lowered.items():
        by_module[key.partition(":")[0]].append(value)
    for name in sorted(with_rust):
        module = project.modules[name]
        parts = by_module[name]
        parts.sort(key=lambda part: functions[part.callee.key].span.line)
        runtime = {module for part in parts for module in part.runtime}
        imports = {path for part in parts for path in part.imports}
        texts: list[str] = []
        for module_name, constant in sorted(used):
            if module_name == name:
                place = (name, constant)
                table = context.tables.get(place)
                if table is not None:
                    frozen = table.frozen
                    texts.append(table.alias)
                    runtime, imports = runtime | table.runtime, imports | table.imports
                else:
                    frozen = freeze(constant, context.constants[place], context.declared.get(place))
                texts.append(print_item(frozen.item))
                runtime |= frozen.runtime
                imports |= frozen.imports | _enum_imports(frozen.enums, name, context)
        own = [info for info in structs if info.module == name]
        for info in own:
            imports |= struct_imports(info, context)
        for loader in loaders:
            if loader.module == name:
                text, needed = loader_text(loader, context)
                texts.append(text)
                runtime |= LOADER_RUNTIME
                imports |= needed
        texts += _in_order(own, parts, functions, context)
        doc = rust_doc(ast.get_docstring(module.tree) or f"Translated from `{module.relative}`.")
        uses = _uses(runtime, imports, "\n\n".join(texts))
        files.append(RustFile(file_of(context.paths[name], paths), print_file(doc, uses, texts)))
    unions = sorted({union for function in lowered.values() for union in function.unions}, key=str)
    if unions:
        dynamic = any(_VALUE in function.imports for function in lowered.values())
        files.append(_unions_file(unions, context, dynamic=dynamic))
    return tuple(files)


def _into_value(union: UnionOf) -> str:
    """`impl From<IntOrStr> for Value`, before rustfmt."""
    name = enum_name(union)
    rows = [
        f"{name}::{variant_name(one)}(inner) => Value::{VARIANTS[one]}(inner),\n" for one in union.members
    ]
    head = f"impl From<{name}> for Value {{\nfn from(value: {name}) -> Value {{\nmatch value {{\n"
    return f"{head}{''.join(rows)}}}\n}}\n}}"


def _enum_imports(enums: frozenset[str], module: str, context: ProjectContext) -> set[str]:
    """The paths of the enumerations in a module's constant, its own aside."""
    found = (context.symbols.structs[fullname] for fullname in enums)
    return {
        "::".join(filter(None, ("crate", context.paths[info.module], info.rust)))
        for info in found
        if info.module != module
    }


def _in_order(
    structs: list[StructInfo],
    parts: list[LoweredFunction],
    functions: Mapping[str, h.Function],
    context: ProjectContext,
) -> list[str]:
    """Structs and functions in the order of the source; methods stand with their struct."""
    methods: dict[str, list[LoweredFunction]] = {info.qualname: [] for info in structs}
    placed: list[tuple[int, str]] = []
    for part in parts:
        if part.callee.owner:
            methods[part.callee.owner].append(part)
        else:
            placed.append((functions[part.callee.key].span.line, part.text))
    placed += [(info.node.lineno, struct_text(info, methods[info.qualname], context)) for info in structs]
    return [text for _, text in sorted(placed)]


_VALUE = "crate::runtime::value::Value"


def _unions_file(unions: list[UnionOf], context: ProjectContext, *, dynamic: bool) -> RustFile:
    """The enums that stand for the project's unions; with `dynamic` they become values of any type."""
    definitions: dict[str, None] = {}
    imports: set[str] = set()
    for union in unions:
        mapped = map_type(union, "owned", STRUCT_OPTIONS, context.table)
        definitions.update(dict.fromkeys(mapped.definitions))
        imports |= mapped.imports
    text = "\n\n".join(f"/// One of several Python types.\n{definition}" for definition in definitions)
    given = [union for union in unions if dynamic and all(member in VARIANTS for member in union.members)]
    imports |= {_VALUE} if given else set()
    text = "\n\n".join([text, *map(_into_value, given)])
    uses = "".join(f"use {path};\n" for path in sorted(imports))
    return RustFile("unions.rs", f"//! The unions of the Python signatures, as enums.\n\n{uses}\n{text}\n")


_ERROR = re.compile(r"\bError(?:::|>)")


def _uses(runtime: set[str], imports: set[str], text: str) -> tuple[str, ...]:
    """The `use` lines of a file."""
    lines = set(imports)
    if _ERROR.search(text):
        lines.add("crate::error::Error")
    lines |= {f"crate::runtime::{module}" for module in runtime}
    return tuple(sorted(lines, key=lambda line: (line.startswith("crate::"), line)))
