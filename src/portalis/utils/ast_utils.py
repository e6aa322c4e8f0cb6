"""Small helpers over Python syntax trees: what is defined in a text, where, and with which examples.

They need nothing but the text, so tools built on Portalis can use them without a project.
"""

from __future__ import annotations

import ast
import builtins
import doctest
import symtable
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

DefinitionKind = Literal["function", "method", "class"]
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Definition:
    """A function, method or class of a text.

    Attributes:
        qualname: its qualified name, as `__qualname__` has it.
        kind: `function`, `method` or `class`.
        line: its first line, from 1, decorators included.
        end_line: its last line.
        node: its syntax tree.
    """

    qualname: str
    kind: DefinitionKind
    line: int
    end_line: int
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class DoctestExample:
    """One `>>>` example of a text.

    Attributes:
        owner: the qualified name of what it documents; "" for the module.
        line: the line of the text it stands on, from 1.
        source: the code, a newline at its end.
        want: the output wanted.
        raises: the last line of the traceback that is wanted, or None.
    """

    owner: str
    line: int
    source: str
    want: str
    raises: str | None


def parse_source(text: str, filename: str = "<text>") -> ast.Module:
    """The syntax tree of a text.

    Args:
        text: Python source.
        filename: what error messages call it.

    Raises:
        SyntaxError: the text is not Python, holds null bytes, or is nested deeper than the parser can go.
    """
    try:
        return ast.parse(text, filename)
    except (RecursionError, MemoryError) as error:
        raise SyntaxError("code is nested too deeply") from error
    except ValueError as error:
        raise SyntaxError(str(error)) from error


def definitions(tree: ast.Module) -> list[Definition]:
    """Every function, method and class in a tree, nested ones too, in the order of the text."""
    return list(_definitions(tree, "", in_class=False))


def _definitions(parent: ast.AST, prefix: str, *, in_class: bool) -> Iterator[Definition]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, _Definition):
            is_class = isinstance(node, ast.ClassDef)
            kind: DefinitionKind = "class" if is_class else "method" if in_class else "function"
            line = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            qualname = prefix + node.name
            yield Definition(qualname, kind, line, node.end_lineno or node.lineno, node)
            inner = f"{qualname}." if is_class else f"{qualname}.<locals>."
            yield from _definitions(node, inner, in_class=is_class)
        elif not isinstance(node, ast.expr):
            yield from _definitions(node, prefix, in_class=in_class)


def functions(tree: ast.Module) -> list[Definition]:
    """The functions and methods among the `definitions`."""
    return [item for item in definitions(tree) if item.kind != "class"]


def classes(tree: ast.Module) -> list[Definition]:
    """The classes among the `definitions`."""
    return [item for item in definitions(tree) if item.kind == "class"]


def docstrings(tree: ast.Module) -> dict[str, str]:
    """The cleaned docstrings by qualified name; the module's own under the empty name."""
    found = {"": ast.get_docstring(tree)}
    found.update((item.qualname, ast.get_docstring(item.node)) for item in definitions(tree))
    return {name: text for name, text in found.items() if text is not None}


def doctest_examples(text: str) -> list[DoctestExample]:
    """Every doctest example in the docstrings of a source text, in the order of the text.

    Docstrings that doctest itself refuses (inconsistent indentation) give no examples.

    Raises:
        SyntaxError: the text is not Python.
    """
    tree = parse_source(text)
    owners: list[tuple[str, ast.Module | _Definition]] = [("", tree)]
    owners += [(item.qualname, item.node) for item in definitions(tree)]
    parser = doctest.DocTestParser()
    found: list[DoctestExample] = []
    for owner, node in owners:
        match node.body[0] if node.body else None:
            case ast.Expr(value=ast.Constant(value=str(body), lineno=line)):
                pass
            case _:
                continue
        try:
            examples = parser.get_examples(body)
        except ValueError:
            continue
        found.extend(
            DoctestExample(owner, line + example.lineno, example.source, example.want, example.exc_msg)
            for example in examples
        )
    return sorted(found, key=lambda example: example.line)


def imported_names(tree: ast.Module) -> dict[str, str]:
    """What the imports of a tree bind: name to dotted origin (`np` → `numpy`, `sqrt` → `math.sqrt`).

    Relative imports keep their dots (`.util.clean`); a star import appears as `*` under the module's name.
    """
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    top = alias.name.partition(".")[0]
                    found[alias.asname or top] = alias.name if alias.asname else top
            case ast.ImportFrom(module=module, names=names, level=level):
                base = "." * level + (module or "")
                for alias in names:
                    joined = base + alias.name if base.endswith(".") else f"{base}.{alias.name}"
                    key = f"{base}.*" if alias.name == "*" else alias.asname or alias.name
                    found[key] = joined
            case _:
                pass
    return found


def free_variables(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> frozenset[str]:
    """The names a function takes from enclosing functions and the module; builtins are left out."""
    if isinstance(function, ast.Lambda):
        body: list[ast.stmt] = [ast.Expr(function)]
    else:
        bare = ast.parse(ast.unparse(function)).body[0]
        if isinstance(bare, ast.FunctionDef | ast.AsyncFunctionDef):
            bare.decorator_list = []
        body = [bare]
    text = ast.unparse(ast.fix_missing_locations(ast.Module(body=body, type_ignores=[])))
    table = symtable.symtable(text, "<function>", "exec").get_children()[0]
    return frozenset(name for name in _globals_of(table) if not hasattr(builtins, name))


def _globals_of(table: symtable.SymbolTable) -> set[str]:
    found = {
        symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()
    }
    for child in table.get_children():
        found |= _globals_of(child)
    return found
