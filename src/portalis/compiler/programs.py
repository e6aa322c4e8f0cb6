"""The programs of a project: the main block of each module, built and listed."""

from __future__ import annotations

from collections.abc import Mapping

from portalis.compiler.crash import crash_diagnostic
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.project import Project
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.builder import BuiltFunction, FunctionBuilder
from portalis.compiler.hir.programs import NAME, as_function, check, main_block, own_names
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.function import LoweredFunction
from portalis.compiler.refusal import Refusal
from portalis.compiler.stdlib.argparse import ends_program
from portalis.compiler.unit import Program
from portalis.diagnostics import Span


def build_programs(source: Project, symbols: Symbols, answer: OracleAnswer) -> dict[str, BuiltFunction]:
    """The typed tree of each main block, by item key, or what stands against it."""
    found: dict[str, BuiltFunction] = {}
    for module in source.modules.values():
        block = main_block(module.tree)
        if block is None:
            continue
        try:
            check(source.modules, module.name, block)
            own = own_names(answer, module.name, block)
            builder = FunctionBuilder(module, symbols, own, source.modules)
            built = builder.build(as_function(block))
        except Refusal as refusal:
            built = BuiltFunction(None, (refusal.diagnostic,))
        except Exception as error:  # noqa: BLE001  a crash of ours costs one item, and names its place
            span = Span(block.lineno, 1, block.lineno, 1)
            built = BuiltFunction(None, (crash_diagnostic(error, module.relative, span),))
        found[f"{module.name}:{NAME}"] = built
    return found


def raises_exit(function: h.Function) -> bool:
    """Whether the function itself ends the program, which `except Exception` does not hold up."""
    return any(
        ends_program(node) or (isinstance(node, h.NewException) and node.name == "builtins.SystemExit")
        for node in walk(function.body)
    )


def list_programs(source: Project, lowered: Mapping[str, LoweredFunction]) -> tuple[Program, ...]:
    """The programs that have Rust."""
    found = []
    for module in source.modules.values():
        key = f"{module.name}:{NAME}"
        if key in lowered:
            callee = lowered[key].callee
            found.append(Program(key, module.name, module.relative, callee.path, callee.raises))
    return tuple(found)
