"""Which names a function's source shows to be changed in place, where its body has no typed tree.

    def f(xs, grid):        changed: xs, grid        resized: xs
        xs.append(1)
        grid[0][1] = 2

A change through another name is not seen: Rust that makes it is rejected by rustc, since its parameter is
then only borrowed, and Rust that leaves it out disagrees with Python.
"""

from __future__ import annotations

import ast

from portalis.compiler.analysis.mutation import CHANGES_FIRST, MUTATORS

_METHODS = frozenset(name for names in MUTATORS.values() for name in names)
_KEEPS_LENGTH = frozenset({"sort", "reverse", "rotate"})
_CALLED_WITH = frozenset(name.rpartition(".")[2] for name in CHANGES_FIRST)


def changed_names(node: ast.FunctionDef) -> tuple[frozenset[str], frozenset[str]]:
    """The names that are changed in place, and those of them whose length may change."""
    changed: set[str] = set()
    resized: set[str] = set()
    for inner in ast.walk(node):
        for place in _stored(inner):
            if (root := _root(place)) is not None and not isinstance(place, ast.Name):
                changed.add(root)
                if isinstance(inner, ast.Delete) or isinstance(getattr(place, "slice", None), ast.Slice):
                    resized.add(root)
        if isinstance(inner, ast.AugAssign) and isinstance(inner.target, ast.Name):
            changed.add(inner.target.id)  # where it is a list; of what is copied it is no parameter's change
            resized.add(inner.target.id)
        if isinstance(inner, ast.Call):
            for name, keeps in _called(inner):
                changed.add(name)
                resized.update(() if keeps else (name,))
    return frozenset(changed), frozenset(resized)


def _stored(node: ast.AST) -> list[ast.expr]:
    """The places that a statement binds, changes or deletes."""
    match node:
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            return [place for target in targets for place in _places(target)]
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.For(target=target):
            return _places(target)
        case _:
            return []


def _places(target: ast.expr) -> list[ast.expr]:
    match target:
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return [place for item in items for place in _places(item)]
        case ast.Starred(value=value):
            return _places(value)
        case _:
            return [target]


def _root(place: ast.expr) -> str | None:
    """The name that a chain of attributes and subscripts starts at."""
    while isinstance(place, ast.Attribute | ast.Subscript):
        place = place.value
    return place.id if isinstance(place, ast.Name) else None


def _called(call: ast.Call) -> list[tuple[str, bool]]:
    """The names that a call changes, each with whether its length stays."""
    found: list[tuple[str, bool]] = []
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if method in _METHODS and (root := _root(call.func)) is not None:
        found.append((root, method in _KEEPS_LENGTH))
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in _CALLED_WITH and call.args and (root := _root(call.args[0])) is not None:
        found.append((root, name in ("heapify", "shuffle")))
    return found
