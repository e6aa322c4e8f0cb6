"""What a model is asked: a task for each function that stayed Python and whose head has Rust."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from portalis import pipeline
from portalis.compiler.driver import Compilation
from portalis.compiler.given import Head, frozen_constants
from portalis.compiler.lowering.function import LoweredFunction
from portalis.compiler.proposals import heads
from portalis.compiler.struct_files import struct_text
from portalis.suppression import suppressed
from portalis.translation.prompting.context import Callee, PromptContext
from portalis.translation.prompting.helpers import helpers_for

_ALWAYS_RAISED = ("ValueError", "TypeError", "KeyError", "IndexError", "ZeroDivisionError", "OverflowError")


@dataclass(frozen=True, slots=True)
class Task:
    """One function to write.

    Attributes:
        key: the item.
        head: what its Rust must look like from outside.
        context: what the model is told, and may use.
        exceptions: the variants of `Error` that are the project's own.
    """

    key: str
    head: Head
    context: PromptContext
    exceptions: frozenset[str] = frozenset()


def tasks_of(state: pipeline.State, *, everything: bool = False) -> list[Task]:
    """The tasks of a run after the compiler, in the order of the items; with `everything`, all functions.

    An item that its author keeps in Python is none; nor is one that only waits for a callee: the compiler
    translates it once that has Rust.
    """
    compilation = pipeline.need(state.compilation)
    silenced = _silenced(state)
    found = []
    for key, head in heads(compilation, everything=everything).items():
        if isinstance(head, Head) and key not in silenced and not _waits(compilation, key):
            found.append(_task(compilation, key, head, compilation.definitions[key][0]))
    return found


def _waits(compilation: Compilation, key: str) -> bool:
    """Whether the compiler only lacks a callee of the function."""
    return any(note.code == "PT501" for note in compilation.diagnostics.get(key, ()))


def _silenced(state: pipeline.State) -> frozenset[str]:
    """The items that a comment keeps in Python."""
    items = pipeline.need(state.compiled).items
    kept, _ = suppressed(pipeline.need(state.source), items)
    told = {item.key: item.diagnostics for item in items}
    return frozenset(item.key for item in kept if item.diagnostics != told[item.key])


def _task(compilation: Compilation, key: str, head: Head, node: ast.FunctionDef) -> Task:
    module = key.partition(":")[0]
    code = source_of_function(compilation, key)
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    callees = tuple(_callees(compilation, key, node))
    helpers = helpers_for(code, head.text)
    context = PromptContext(
        code,
        node.name,
        python_signature=_python_head(compilation, key, node),
        rust_signature=head.text,
        callees=callees,
        types=tuple(_types(compilation, head, node)),
        constants=tuple(frozen_constants(compilation.context, module, names).values()),
        helpers=helpers,
        diagnostics=tuple(f"{one.code}: {one.message}" for one in compilation.diagnostics.get(key, ())),
    )
    own = frozenset(info.variant for info in compilation.symbols.exceptions.values())
    return Task(key, head, context, own)


def source_of_function(compilation: Compilation, key: str) -> str:
    """The lines of a function or method, at the left margin."""
    node, owner = compilation.definitions[key]
    module = key.partition(":")[0] if owner is None else owner.written_in(node.name)
    lines = compilation.source.modules[module].text.splitlines()[node.lineno - 1 : node.end_lineno]
    margin = node.col_offset
    return "\n".join(line[margin:] if line[:margin].isspace() or not margin else line for line in lines)


def _python_head(compilation: Compilation, key: str, node: ast.FunctionDef) -> str:
    """The head with the types that are known of it, however few are written."""
    function = compilation.functions.get(key)
    if function is None:
        return ""
    params = ", ".join(f"{param.name}: {param.type}" for param in function.params)
    return f"def {node.name}({params}) -> {function.returns}"


def _callees(compilation: Compilation, key: str, node: ast.FunctionDef) -> Iterator[Callee]:
    """The functions with Rust that the Python names, and the methods that its calls of methods may mean."""
    module = key.partition(":")[0]
    named: set[str] = set()
    methods: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name | ast.Attribute):
            found = compilation.symbols.functions.get(compilation.answer.fullname(module, part) or "")
            named.update((found[0],) if found is not None else ())
        if isinstance(part, ast.Attribute):
            methods.add(part.attr)
    for other, lowered in compilation.lowered.items():
        last = other.rpartition(":")[2].rpartition(".")[2]
        of_class = bool(lowered.callee.owner) and last in methods and other.partition(":")[0] == module
        if other != key and (other in named or of_class):
            yield Callee(last, f"crate::{lowered.callee.path}", _head_of(lowered))


def _head_of(lowered: LoweredFunction) -> str:
    """`fn area(r: f64) -> f64` of a function's Rust."""
    return lowered.text[lowered.text.index("fn ") :].partition("{")[0].strip()


def _types(compilation: Compilation, head: Head, node: ast.FunctionDef) -> Iterator[str]:
    """The error type with the variants that matter here, and the structs of the head."""
    named = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    own = [info.variant for info in compilation.symbols.exceptions.values() if info.qualname in named]
    known = [
        name
        for name in sorted(named)
        if isinstance(kind := getattr(builtins, name, None), type) and issubclass(kind, BaseException)
    ]
    variants = dict.fromkeys([*own, *known, *_ALWAYS_RAISED])
    yield f"pub enum Error {{ {', '.join(f'{name}(String)' for name in variants)} }}"
    for name in sorted(head.structs):
        info = compilation.symbols.structs[name]
        yield struct_text(info, [], compilation.context)
        methods = [
            _head_of(one)
            for key, one in compilation.lowered.items()
            if one.callee.owner == info.qualname and key.partition(":")[0] == info.module
        ]
        if methods:
            yield f"impl {info.rust} {{ {'; '.join(methods)}; }}"
