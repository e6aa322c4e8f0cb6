"""Stubs beside the source: what `mod.pyi` says of the functions of `mod.py` that say nothing themselves.

    # mod.py                     # mod.pyi
    def take(n, iterable):       def take(n: int, iterable: Iterable[_T]) -> list[_T]: ...

The annotations are written into the text that the oracle reads. Their names are the stub's, which is
handed to the oracle as a module of its own. An overloaded function keeps what it has: none of the signatures
is its own.
"""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.spelling import Speller
from portalis.compiler.frontend.targets import RETURN
from portalis.utils import ast_utils

_ALIAS = "_portalis_stub"


@dataclass(frozen=True, slots=True)
class Stub:
    """A stub as a module: its name, the path it is given, its text, and the annotations of its functions."""

    module: str
    relative: str
    text: str
    functions: Mapping[str, Mapping[str, ast.expr]]
    """By qualified name: the annotation of each parameter, and of the result as `return`."""
    own: frozenset[str]
    """Names that the stub binds, but for classes that the module defines itself."""

    def spelled(self, qualname: str, speller: Speller) -> dict[str, str]:
        """The annotations of a function, as the module's text can say them."""
        rename = _Names(self.own, speller)
        return {
            name: ast.unparse(rename.visit(ast.parse(ast.unparse(given), mode="eval").body))
            for name, given in self.functions.get(qualname, {}).items()
        }

    def import_line(self) -> str:
        """What makes the stub's names reachable."""
        return f"import {self.module} as {_ALIAS}\n"


def stub_of(module: SourceModule) -> Stub | None:
    """The stub that lies beside a module; None where there is none that can be read."""
    path = module.path.with_suffix(".pyi")
    try:
        text = path.read_text(encoding="utf-8")
        tree = ast_utils.parse_source(text)
    except (OSError, SyntaxError, ValueError):
        return None
    package, _, last = (f"{module.name}.__init__" if module.is_package else module.name).rpartition(".")
    name = f"{_ALIAS}_{last.strip('_')}"
    folder, _, _ = module.relative.rpartition("/")
    classes = {stmt.name for stmt in module.tree.body if isinstance(stmt, ast.ClassDef)}
    return Stub(
        f"{package}.{name}" if package else name,
        f"{folder}/{name}.py" if folder else f"{name}.py",
        text,
        _functions(tree),
        frozenset(_bound(tree)) - classes,
    )


def _functions(tree: ast.Module) -> dict[str, dict[str, ast.expr]]:
    items = [item for item in ast_utils.definitions(tree) if not isinstance(item.node, ast.ClassDef)]
    times = Counter(item.qualname for item in items)
    found: dict[str, dict[str, ast.expr]] = {}
    for item in items:
        node = item.node
        if times[item.qualname] > 1 or isinstance(node, ast.ClassDef):
            continue
        args = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        given = {arg.arg: arg.annotation for arg in args if arg.annotation is not None}
        if node.returns is not None:
            given[RETURN] = node.returns
        found[item.qualname] = given
    return found


def _bound(tree: ast.Module) -> set[str]:
    """The names that the stub's own statements bind."""
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                names.update((alias.asname or alias.name).partition(".")[0] for alias in aliases)
            case ast.Assign(targets=targets):
                names.update(target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.ClassDef(name=name):
                names.add(name)
    return names


class _Names(ast.NodeTransformer):
    """Leads the names of an annotation to where the stub has them from."""

    def __init__(self, own: frozenset[str], speller: Speller) -> None:
        self._own = own
        self._speller = speller

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self._own:
            return ast.Attribute(ast.Name(_ALIAS), node.id)
        if hasattr(builtins, node.id):
            return ast.parse(self._speller.builtin(node.id), mode="eval").body
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, str):
            return node
        try:
            inner = ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return node
        visited = self.visit(inner)
        assert isinstance(visited, ast.expr)
        return visited
