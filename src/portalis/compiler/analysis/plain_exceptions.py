"""Exception classes that only say what they are a kind of: making one runs no code of the project's.

class Missing(Coded, KeyError):
    pass
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.hir.symbols import builtin_exception_bases


def plain_exceptions(trees: Mapping[str, ast.Module], answer: OracleAnswer) -> frozenset[str]:
    """The classes, by full name; they may say how one is shown."""
    nodes = {
        f"{module}.{node.name}": (module, node)
        for module, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    found: set[str] = set()
    changed = True
    while changed:
        more = {
            name
            for name, (module, node) in nodes.items()
            if name not in found
            and _is_plain(node, [answer.fullname(module, one) for one in _bases(node)], found)
        }
        found |= more
        changed = bool(more)
    return frozenset(found)


def _bases(node: ast.ClassDef) -> list[ast.Name | ast.Attribute]:
    return [one for one in node.bases if isinstance(one, (ast.Name, ast.Attribute))]


def _is_plain(node: ast.ClassDef, bases: list[str | None], known: Collection[str]) -> bool:
    """Whether a class only says what it is a kind of, and how it is shown."""
    if node.keywords or node.decorator_list or not node.bases or len(bases) != len(node.bases):
        return False
    if not all(base is not None and (base in known or is_error(base)) for base in bases):
        return False
    return all(
        isinstance(stmt, ast.Pass)
        or (isinstance(stmt, (ast.Expr, ast.Assign, ast.AnnAssign)) and isinstance(stmt.value, ast.Constant))
        or (isinstance(stmt, ast.FunctionDef) and stmt.name in ("__str__", "__repr__"))
        for stmt in node.body
    )


def is_error(fullname: str) -> bool:
    """Whether a name is that of one of Python's own exceptions that `except Exception` catches."""
    module, _, name = fullname.rpartition(".")
    bases = builtin_exception_bases(name) if module == "builtins" else None
    return bases is not None and "builtins.Exception" in (fullname, *bases)
