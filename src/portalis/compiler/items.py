"""The items of a project: what is translated, verified and reported, in source order."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portalis.compiler.frontend.project import Project
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.hir.class_body import method_key
from portalis.compiler.hir.programs import NAME, main_block
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.unit import Item, ItemKind
from portalis.diagnostics import Diagnostic, Span


def list_items(project: Project, symbols: Symbols) -> list[Item]:
    """Functions, methods, classes and constants; `@overload` and `TYPE_CHECKING` bodies don't count."""
    found: list[Item] = []
    for module in project.modules.values():
        found += _of_module(module, symbols)
    return found


def _of_module(module: SourceModule, symbols: Symbols) -> Iterator[Item]:
    seen: set[str] = set()
    last = {
        node.name: node
        for node in module.tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    for node in module.tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                if _is_overload(node) or last[node.name] is not node:
                    continue  # of several definitions under one name a caller gets the last
                seen.add(node.name)
                notes = (
                    ()
                    if isinstance(node, ast.FunctionDef)
                    else (_note(node, "PT208", "asynchronous functions are not translated yet"),)
                )
                yield _item(module, node.name, "function", node, notes)
            case ast.ClassDef():
                yield from _of_class(module, node, node.name, symbols)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                if name not in seen and not name.startswith("__"):
                    seen.add(name)
                    yield _item(module, name, "constant", node, ())
    block = main_block(module.tree)
    if block is not None:
        yield _item(module, NAME, "program", block, ())


def _of_class(module: SourceModule, node: ast.ClassDef, qualname: str, symbols: Symbols) -> Iterator[Item]:
    fullname = f"{module.name}.{qualname}"
    known = fullname in symbols.exceptions or fullname in symbols.structs
    why = f": {symbols.unstructured[fullname]}" if fullname in symbols.unstructured else ""
    note = _note(node, "PT201", f"the class `{qualname}` stays in Python{why}")
    yield _item(module, qualname, "class", node, () if known else (note,))
    for child in node.body:
        match child:
            case ast.FunctionDef() | ast.AsyncFunctionDef() if not _is_overload(child):
                notes = (
                    () if fullname in symbols.structs else (_method_note(child, qualname, fullname, symbols),)
                )
                yield _item(module, f"{qualname}.{method_key(child)}", "method", child, notes)
            case ast.ClassDef():
                yield from _of_class(module, child, f"{qualname}.{child.name}", symbols)


def _method_note(
    node: ast.FunctionDef | ast.AsyncFunctionDef, qualname: str, fullname: str, symbols: Symbols
) -> Diagnostic:
    if fullname in symbols.exceptions:
        return _note(node, "PT201", f"methods of the exception `{qualname}` are not translated")
    return _note(node, "PT201", f"its class `{qualname}` stays in Python")


def _is_overload(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(d).rpartition(".")[2] == "overload" for d in node.decorator_list)


def _note(node: ast.stmt, code: str, message: str) -> Diagnostic:
    column = node.col_offset + 1
    return Diagnostic(code, message, Span(node.lineno, column, node.lineno, column))


def _item(
    module: SourceModule, name: str, kind: ItemKind, node: ast.stmt, notes: tuple[Diagnostic, ...]
) -> Item:
    return Item(
        module.name, name, kind, module.relative, node.lineno, node.end_lineno or node.lineno, None, notes
    )
