"""The compiler as one function: a typed project in, Rust and diagnostics out. No I/O, no processes.

`compile_project` lowers everything it can. `Compilation.project` lays out the crate for a chosen
set of functions, so that one which rustc or verification rejects can be left out again.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from portalis.compiler import callgraph, layout
from portalis.compiler.analysis.computes import Computing, computing
from portalis.compiler.analysis.cost_at_door import sublinear
from portalis.compiler.analysis.handing_on import handing_on
from portalis.compiler.analysis.open_values import open_values
from portalis.compiler.analysis.plain_exceptions import plain_exceptions
from portalis.compiler.analysis.repeatable import Repeatable
from portalis.compiler.analysis.sharing import effects
from portalis.compiler.crash import crash_diagnostic
from portalis.compiler.cycles import lost_callee, lower_group
from portalis.compiler.enums import EnumClass
from portalis.compiler.files import module_files
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.project import Project
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.given import Given, settle_given, take_given
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.builder import FunctionBuilder
from portalis.compiler.hir.comparing import generated_equality
from portalis.compiler.hir.dispatch import dispatcher, equality, value_of_class
from portalis.compiler.hir.loaders import find_loaders
from portalis.compiler.hir.records import record_structs
from portalis.compiler.hir.structs import StructInfo, collect_structs, method_of, owner_of
from portalis.compiler.hir.symbols import Symbols, builtin_exception_bases, collect
from portalis.compiler.hir.tables import functions_in
from portalis.compiler.hir.type_parts import instances
from portalis.compiler.hir.values import derives
from portalis.compiler.hir.walk import called
from portalis.compiler.items import list_items
from portalis.compiler.loader_files import loaded_values
from portalis.compiler.lowering.function import LoweredFunction
from portalis.compiler.lowering.loaded import read_before
from portalis.compiler.lowering.project_context import ProjectContext
from portalis.compiler.programs import build_programs, list_programs, raises_exit
from portalis.compiler.python_methods import python_methods
from portalis.compiler.refusal import Refusal
from portalis.compiler.stdlib.effects import SOURCES, calls_python
from portalis.compiler.struct_files import struct_classes, unmapped_fields
from portalis.compiler.types import Type
from portalis.compiler.unit import CompiledProject, ExceptionClass, Item, Param, PythonMethod, RustFunction
from portalis.compiler.upcall_files import used_upcalls
from portalis.compiler.upcalls import PythonSide
from portalis.compiler.written import as_written, wrapped
from portalis.config.type_mappings import TypeRow, TypeTable, default_type_table
from portalis.diagnostics import Diagnostic, Span
from portalis.mapping.library_exceptions import library_exception

Definition = tuple[ast.FunctionDef, StructInfo | None]
"""A function's source, and the struct of which it is a method."""


@dataclass(frozen=True, slots=True)
class Compilation:
    """Everything the compiler found, before a choice of what goes into the crate."""

    name: str
    source: Project
    symbols: Symbols
    context: ProjectContext
    functions: dict[str, h.Function]
    lowered: dict[str, LoweredFunction]
    diagnostics: dict[str, tuple[Diagnostic, ...]]
    in_python: dict[str, PythonMethod]
    """The methods that only compute, whether they have Rust or not."""
    definitions: dict[str, Definition]
    answer: OracleAnswer
    computing: Computing
    handles: frozenset[str] = frozenset()
    """The classes of which instances are shared for the functions that this lets in."""
    tried: frozenset[str] = frozenset()
    """Those of which that was tried."""

    def closed(self, rejected: Collection[str]) -> dict[str, str]:
        """What must go when some functions do: each with the callee that takes it along."""
        gone = dict.fromkeys(rejected, "")
        changed = True
        while changed:
            changed = False
            for key, function in self.lowered.items():
                lost = next((callee for callee in sorted(function.callees) if callee in gone), None)
                if key not in gone and lost is not None:
                    gone[key] = lost
                    changed = True
        return gone

    def project(self, rejected: Mapping[str, Diagnostic]) -> CompiledProject:
        """The crate without the rejected functions, which carry their diagnostic instead."""
        gone = self.closed(rejected)
        kept = {key: value for key, value in self.lowered.items() if key not in gone}
        notes: dict[str, tuple[Diagnostic, ...]] = dict(self.diagnostics)
        for key, callee in gone.items():
            notes[key] = (rejected[key],) if key in rejected else (lost_callee(self.functions[key], callee),)
        listed = list_items(self.source.written or self.source, self.symbols)
        notes = as_written(self.source, notes)
        kept = _with_inherited(kept, {item.key for item in listed})
        detours = self._detours(kept)
        items = tuple(
            self._item(item, kept.get(item.key), notes.get(item.key, ()), detour=item.key in detours)
            for item in listed
        )
        files = module_files(self.source, self.context, kept, self.functions)
        return CompiledProject(
            self.name, items, files, exception_classes(self.symbols, kept.values(), self.context),
            structs=struct_classes(self.context, kept.values(), self.in_python),
            loaded=loaded_values(self.context, kept.values()),
            programs=list_programs(self.source, kept),
            upcalls=used_upcalls(kept.values()),
        )  # fmt: skip

    def _detours(self, kept: Mapping[str, LoweredFunction]) -> frozenset[str]:
        """The functions that leave their work to Python functions."""
        calling = {key for key, one in kept.items() if calls_python(one.callee.sources)}
        return handing_on({key: self.functions[key] for key in kept}, calling) if calling else frozenset()

    def _item(
        self,
        item: Item,
        lowered: LoweredFunction | None,
        notes: tuple[Diagnostic, ...],
        *,
        detour: bool,
    ) -> Item:
        if item.kind in ("function", "method") and lowered is None and not notes and not item.diagnostics:
            span = Span(item.line, 1, item.line, 1)
            notes = (Diagnostic("PT205", f"`{item.qualname}` is bound again at module level", span),)
        rust = None
        if lowered is not None:
            rust = rust_function(self.functions[item.key], lowered, self.symbols)
            rust = replace(rust, hands_on=detour, wrapped=item.key in wrapped(self.functions))
        return Item(
            item.module, item.qualname, item.kind, item.file, item.line, item.end_line, rust,
            item.diagnostics + notes + _called_in_python(item, lowered),
            _effects(rust) if rust is not None else frozenset(),
        )  # fmt: skip


def _with_inherited(
    lowered: Mapping[str, LoweredFunction], items: Collection[str]
) -> dict[str, LoweredFunction]:
    """The functions, what the inherited methods they call come to call among their callees.

    An inherited method is no item of its own: it is exercised by its callers.
    """
    inherited = {key: value.callees for key, value in lowered.items() if key not in items}
    found: dict[str, LoweredFunction] = {}
    for key, value in lowered.items():
        callees = set(value.callees)
        waiting = [callee for callee in callees if callee in inherited]
        while waiting:
            more = inherited[waiting.pop()] - callees
            callees |= more
            waiting += [callee for callee in more if callee in inherited]
        found[key] = replace(value, callees=frozenset(callees)) if inherited else value
    return found


def rust_function(function: h.Function, lowered: LoweredFunction, symbols: Symbols) -> RustFunction:
    """What the emitter must know of a lowered function."""
    structs = frozenset(
        name
        for type_ in (*(p.type for p in function.params), lowered.callee.returns, *_owner(function, symbols))
        for name in instances(type_)
        if name in symbols.structs
    )
    mutated = {name: flag for name, _, flag in lowered.callee.params}
    changed = frozenset(name for name, flag in mutated.items() if flag)
    kept = dict(zip(mutated, lowered.callee.keeps, strict=False))
    params = tuple(
        Param(
            p.name,
            p.type,
            p.kind,  # type: ignore[arg-type]
            p.has_default,
            mutated[p.name],
            kept.get(p.name, False),
            at in lowered.callee.steady,
        )
        for at, p in enumerate(function.params)
    )
    return RustFunction(
        lowered.callee.path, params, lowered.callee.returns, lowered.callee.raises, lowered.callee.prints,
        lowered.callees,
        sublinear(function, changed, lowered.swept), lowered.text, lowered.dead_lines,
        lowered.callee.gives_back,
        tuple(sorted(lowered.callee.handed)), lowered.callee.always_handed,
        structs,
        lowered.callee.sources,
        any(map(_has_identity, (symbols.structs[name] for name in structs))),
        lowered.callee.items_raise,
        bool(function.cache),
        lowered.origin,
        frozenset(one.key for one in lowered.upcalls),
        shares_result=lowered.callee.shares_result,
    )  # fmt: skip


def _called_in_python(item: Item, lowered: LoweredFunction | None) -> tuple[Diagnostic, ...]:
    """What a reader of the report should know of the functions that the Rust calls in Python."""
    found = sorted({one.key.replace(":", ".") for one in lowered.upcalls}) if lowered is not None else []
    if not found:
        return ()
    names = ", ".join(f"`{name}`" for name in found)
    span = Span(item.line, 1, item.line, 1)
    return (Diagnostic("PT506", f"calls {names} in python", span, "note"),)


def _effects(rust: RustFunction) -> frozenset[str]:
    """What the translation does besides returning, in the words that verification knows."""
    reads = {SOURCES[path.partition("::")[0]] for path in rust.sources}
    return frozenset(reads | {"print"} if rust.prints else reads)


def _has_identity(info: StructInfo) -> bool:
    """Whether a copy of an instance can be told from it."""
    return info.enum is None and "value" not in info.traits


def _owner(function: h.Function, symbols: Symbols) -> tuple[Type, ...]:
    """The class of a method: even one that takes no instance is looked up on it."""
    info = owner_of(symbols, function.key)
    return (info.type,) if info is not None else ()


def exception_classes(
    symbols: Symbols, lowered: Collection[LoweredFunction], context: ProjectContext
) -> tuple[ExceptionClass, ...]:
    """The exceptions the kept functions name, and the project's own classes that derive from those."""
    named = {name for function in lowered for name in function.exceptions}
    found: dict[str, ExceptionClass] = {}
    for name in sorted(named):
        if name in symbols.exceptions:
            info = symbols.exceptions[name]
            bases = tuple(
                symbols.exceptions[base].variant
                if base in symbols.exceptions
                else base.removeprefix("builtins.")
                for base in info.bases
            )
            text = context.bare_texts.get(f"{info.module}:{info.qualname}", "")
            found[info.variant] = ExceptionClass(
                info.variant, info.module, info.qualname, bases, text, info.shows_repr
            )
        elif (library := library_exception(name)) is not None:
            found[library.variant] = ExceptionClass(
                library.variant, library.module, library.qualname, library.bases
            )
        else:
            short = name.removeprefix("builtins.")
            bases = tuple(base.removeprefix("builtins.") for base in builtin_exception_bases(short) or ())
            found[short] = ExceptionClass(short, "builtins", short, bases)
    return tuple(found.values())


def compile_project(
    name: str,
    source: Project,
    answer: OracleAnswer,
    constants: Mapping[str, Mapping[str, object]],
    python: tuple[int, int],
    bare_texts: Mapping[str, str],
    enums: Mapping[str, EnumClass] = MappingProxyType({}),
    own_texts: Collection[str] = (),
    given: Mapping[str, Given] = MappingProxyType({}),
    earlier: Compilation | None = None,
    *,
    beside_python: bool = False,
) -> Compilation:
    """Builds and lowers every function of a project.

    Args:
        name: the project's name, for the crate.
        source: the parsed project.
        answer: the oracle's types.
        constants: module-level values taken at import, by module and name.
        python: the target's version, which decides a few library details.
        bare_texts: `str(cls())` of the project's exception classes, by `module:qualname`.
        enums: the enumerations as they are after import, by full name.
        own_texts: the project's exception classes of which `str` is not their argument, as `module:qualname`.
        given: Rust that stands for functions instead of their own translation, by item key.
        earlier: the same project by other types: what was found there of classes as handles holds here.
        beside_python: whether the Rust runs in a package with the Python, so that it may call functions
            that stay there; a crate is alone.
    """

    def compiled(handles: frozenset[str], given: Mapping[str, Given] = MappingProxyType({})) -> Compilation:
        return _compile(
            name, source, answer, constants, python, bare_texts, enums, own_texts, given, handles,
            beside_python=beside_python,
        )  # fmt: skip

    handles = earlier.handles if earlier is not None else frozenset[str]()
    tried = earlier.tried if earlier is not None else frozenset[str]()
    best = compiled(handles)
    while more := _shareable(best) - tried:
        tried |= more
        other = compiled(handles | more)
        won = other.lowered.keys() - best.lowered.keys()
        serving = frozenset(one for one in more if best.context.sharing[one] & won)
        if serving and serving != more:
            other = compiled(handles | serving)
        if not serving or len(other.lowered) <= len(best.lowered):
            break
        best, handles = other, handles | serving
    return replace(compiled(handles, given) if given else best, handles=handles, tried=tried)


def _shareable(compilation: Compilation) -> frozenset[str]:
    """The classes that could be shared, where functions stay in Python since they are not."""
    structs = compilation.symbols.structs
    return frozenset(
        name
        for name in compilation.context.sharing
        if name in structs and not structs[name].shared and not structs[name].traits & {"value"}
    )


def _compile(
    name: str,
    source: Project,
    answer: OracleAnswer,
    constants: Mapping[str, Mapping[str, object]],
    python: tuple[int, int],
    bare_texts: Mapping[str, str],
    enums: Mapping[str, EnumClass],
    own_texts: Collection[str],
    given: Mapping[str, Given],
    handles: Collection[str],
    *,
    beside_python: bool,
) -> Compilation:
    """The same with the classes of which instances are shared settled."""
    trees = {module.name: module.tree for module in source.modules.values()}
    symbols = collect(trees)
    records = record_structs(trees, symbols, answer)
    symbols.python = python
    paths = layout.module_paths(trees, source.import_names)
    barred: dict[str, str] = {}
    while True:
        structs = collect_structs(trees, symbols, answer, enums, records, handles, barred)
        symbols.structs, symbols.unstructured = structs.known, structs.refused
        table = struct_types(symbols, paths)
        unmapped = unmapped_fields(structs.known.values(), table)
        if not unmapped:
            break
        barred |= unmapped  # and what holds such classes
    answer = answer.mapped(structs.mark)
    frozen = {(module, key): value for module, values in constants.items() for key, value in values.items()}
    symbols.tables = {place: held for place, value in frozen.items() if (held := tuple(functions_in(value)))}
    packages = layout.packages(paths)
    context = ProjectContext(
        symbols,
        frozen,
        paths,
        python,
        bare_texts=dict(bare_texts),
        own_texts=frozenset(own_texts),
        packages=packages,
        table=table,
    )
    if beside_python:
        asked = Repeatable(symbols, answer, frozen, plain_exceptions(trees, answer))
        context.upcalls = PythonSide(symbols, answer, asked, paths)
    functions: dict[str, h.Function] = {}
    diagnostics: dict[str, tuple[Diagnostic, ...]] = {}
    definitions = {key: (node, owner) for key, node, owner in _definitions(symbols)}
    for key, (node, owner) in definitions.items():
        known_as, module = written(source, key, node, owner)
        try:
            builder = FunctionBuilder(module, symbols, answer, source.modules)
            built = (builder.head if key in given else builder.build)(node, owner, known_as)
        except Exception as error:  # noqa: BLE001  a crash of ours costs one item, and names its place
            diagnostics[key] = (crash_diagnostic(error, module.relative, span_of(node)),)
            continue
        if built.function is None:
            diagnostics[key] = built.diagnostics
        else:
            functions[key] = built.function
    for key, program in build_programs(source, symbols, answer).items():
        if program.function is None:
            diagnostics[key] = program.diagnostics
        else:
            functions[key] = program.function
    context.exits = any(map(raises_exit, functions.values()))
    context.loaders = find_loaders(trees, symbols, answer)
    for info in symbols.structs.values():
        if info.members:
            _dispatch(info, source, symbols, answer, functions, diagnostics)
        elif info.generates_equality:
            module = source.modules[info.module]
            builder = FunctionBuilder(module, symbols, answer, source.modules)
            function = generated_equality(info, builder, span_of(info.node), python)
            functions[function.key] = function
    functions = open_values(functions, given)
    context.lends = any(info.lends for info in structs.known.values())
    context.effects = effects(functions) if context.lends else {}
    lowered: dict[str, LoweredFunction] = {}
    take_given(context, functions, definitions, given, lowered)
    calls = {
        key: called(function) | read_before(function, context.loaders)
        for key, function in functions.items()
        if key not in lowered
    }
    for group in callgraph.order(calls):
        lower_group(context, source, functions, group, lowered, diagnostics)
    settle_given(context, given, lowered)
    known = computing(trees, symbols, answer, frozen)
    in_python = python_methods(symbols, answer, known)
    return Compilation(
        name, source, symbols, context, functions, lowered, diagnostics, in_python, definitions, answer, known
    )


def _dispatch(
    info: StructInfo,
    source: Project,
    symbols: Symbols,
    answer: OracleAnswer,
    functions: dict[str, h.Function],
    diagnostics: dict[str, tuple[Diagnostic, ...]],
) -> None:
    """The methods of a base class as a type."""
    for name in info.values:
        function = value_of_class(info, name, symbols.structs, span_of(info.node))
        if any(function.key in called(one) for one in functions.values()):
            functions[function.key] = function
    for name in info.methods:
        if name in info.values:
            continue
        module = source.modules[info.written_in(name)]
        built = dispatcher(FunctionBuilder(module, symbols, answer, source.modules), info, name)
        if built.function is None:
            diagnostics[info.key(name)] = built.diagnostics
        else:
            functions[info.key(name)] = built.function
    if info.generates_equality:
        try:
            same = equality(info, symbols.structs, span_of(info.node))
        except Refusal as refusal:
            diagnostics[info.key("__eq__")] = (refusal.diagnostic,)
        else:
            functions[same.key] = same


def written(
    source: Project, key: str, node: ast.FunctionDef, owner: StructInfo | None
) -> tuple[str, SourceModule]:
    """The name by which a function is known, and the module in which it is written."""
    name = node.name if owner is None else method_of(owner, key)
    return name, source.modules[key.partition(":")[0] if owner is None else owner.written_in(name)]


def struct_types(symbols: Symbols, paths: Mapping[str, str]) -> TypeTable:
    """The types with a row for each struct of the project."""
    table = default_type_table()
    for info in symbols.structs.values():
        path = "::".join(filter(None, ("crate", paths[info.module], info.rust)))
        row: dict[str, object] = {"rust": info.rust, "import": path}
        row["traits"] = derives(info.traits)
        if info.keys:
            row["traits"] = ["Clone", "Debug", "PartialEq", "Eq", "Hash"]
        if info.enum is not None:
            row["traits"] = ["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash"]
        table = table.with_row(info.fullname, TypeRow.model_validate(row))
    return table


def _definitions(symbols: Symbols) -> Iterator[tuple[str, ast.FunctionDef, StructInfo | None]]:
    """What is built: module-level functions, and the methods of structs; each with its item key."""
    for key, node in symbols.functions.values():
        yield key, node, None
    for info in symbols.structs.values():
        for name, node in info.methods.items():
            if name not in info.aliases and not info.members:
                yield info.key(name), node, info


def span_of(node: ast.FunctionDef | ast.ClassDef) -> Span:
    return Span(node.lineno, node.col_offset + 1, node.lineno, node.col_offset + 1)
