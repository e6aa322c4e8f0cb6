"""The functions that the compiler left in Python, as tasks for somebody else, and their answers taken in.

`heads` says what is open and which head an answer must have; `with_given` enters answers into a compilation.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace

from portalis.compiler.crash import crash_diagnostic
from portalis.compiler.driver import Compilation, span_of, written
from portalis.compiler.given import Given, Head, required_head, settle_given, take_given
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.builder import FunctionBuilder
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.refusal import Refusal
from portalis.diagnostics import Diagnostic


def heads(compilation: Compilation, *, everything: bool = False) -> dict[str, Head | Diagnostic]:
    """For every function without Rust, the head that Rust given for it must have, or why there is none.

    With `everything`, also for the functions that have Rust.
    """
    found: dict[str, Head | Diagnostic] = {}
    for key, (node, owner) in compilation.definitions.items():
        if key in compilation.lowered and not everything:
            continue
        function = compilation.functions.get(key) or _only_head(compilation, key, node, owner)
        if isinstance(function, Diagnostic):
            found[key] = function
            continue
        try:
            _check_effects(compilation, key, node, function)
            found[key] = required_head(compilation.context, function, node)
        except Refusal as refusal:
            found[key] = refusal.diagnostic
    return found


def _check_effects(compilation: Compilation, key: str, node: ast.FunctionDef, function: h.Function) -> None:
    """Refuses what Rust of unknown effects can't be compared with.

    Raises:
        Refusal: the Python does more than compute, or prints, which Rust text can't do into our sink.
    """
    module = key.partition(":")[0]
    if compilation.computing.effects(module, node) != frozenset():
        raise Refusal("PT503", function.span, "it may do more than compute with what it is given")
    if any(isinstance(one, ast.Name) and one.id == "print" for one in ast.walk(node)):
        raise Refusal("PT503", function.span, "it prints")


def _only_head(
    compilation: Compilation, key: str, node: ast.FunctionDef, owner: StructInfo | None
) -> h.Function | Diagnostic:
    """A function of which the body has no tree; the diagnostic where its head has none either."""
    name, module = written(compilation.source, key, node, owner)
    builder = FunctionBuilder(module, compilation.symbols, compilation.answer, compilation.source.modules)
    try:
        built = builder.head(node, owner, name)
    except Exception as error:  # noqa: BLE001  a crash of ours costs one item, and names its place
        return crash_diagnostic(error, module.relative, span_of(node))
    return built.function or built.diagnostics[0]


def with_given(compilation: Compilation, given: Mapping[str, Given]) -> Compilation:
    """The compilation with Rust for some of its functions; what else was lowered stays as it is."""
    functions, lowered = dict(compilation.functions), dict(compilation.lowered)
    for key in given:
        if key not in functions:
            built = _only_head(compilation, key, *compilation.definitions[key])
            if isinstance(built, h.Function):
                functions[key] = built
    context = replace(compilation.context, callees=dict(compilation.context.callees))
    take_given(context, functions, compilation.definitions, given, lowered)
    settle_given(context, given, lowered)
    notes = {key: found for key, found in compilation.diagnostics.items() if key not in lowered}
    return replace(compilation, context=context, functions=functions, lowered=lowered, diagnostics=notes)
