"""A project's own tests, read for what they tell of types: the calls of its functions in them.

    from shop.prices import total                 total(prices: list[int])
    assert total([3, 4]) == 7

    @pytest.mark.parametrize("text, n", [("a", 1)])   repeat(text: str, n: int)
    def test_repeat(text, n):
        assert len(repeat(text, n)) == n

Tests are typed together with the project, and never translated. What is expected to fail tells nothing:
`with pytest.raises(TypeError): total("ab")` is no way to call `total`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from portalis.compiler.frontend import source
from portalis.compiler.frontend.joining import joined
from portalis.compiler.frontend.project import Project
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.spelling import type_of_literal
from portalis.compiler.frontend.targets import FunctionNode, Target
from portalis.compiler.types import Type
from portalis.utils import ast_utils

_FOLDERS = ("tests", "test")
_PATTERNS = ("test_*.py", "*_test.py")
_MAX_TEXT = 1 << 20
"""Characters of tests that are read: the oracle types them as often as the project."""
_RAISES = frozenset({"raises", "assertRaises", "assertRaisesRegex", "suppress"})


def tests_of(project: Project) -> list[SourceModule]:
    """The test modules beside a project and inside its packages that import something of it, in fixed order.

    A file that cannot be read or parsed is left out, and so are those beyond a mebibyte of text.
    """
    found: dict[str, SourceModule] = {}
    taken = {module.path for module in project.modules.values()}
    size = 0
    for path in files(project.root, project.import_names):
        name, relative = _name(project, path)
        if path in taken or name in project.modules or name in found:
            continue
        try:
            module = source.read(path, name, relative, is_package=False)
        except source.UnreadableError:
            continue
        size += len(module.text)
        if size > _MAX_TEXT:
            break
        if any(_is_own(project, edge.module) for edge in module.imports):
            found[name] = module
    return list(found.values())


def texts(project: Project) -> list[str]:
    """The texts of the tests, for keys of what depends on them."""
    return [f"{test.name}: {test.text}" for test in tests_of(project)]


def missing_packages(project: Project, tests: list[SourceModule]) -> list[str]:
    """The packages that the names of tests suppose and that no module of the project is."""
    parents: set[str] = set()
    for test in tests:
        parts = test.name.split(".")
        parents.update(".".join(parts[:count]) for count in range(1, len(parts)))
    return sorted(parents - project.modules.keys())


def files(root: Path, import_names: Iterable[str]) -> Iterator[Path]:
    """What may hold tests of the packages and modules below an import root, in fixed order."""
    beside = [root, root.parent] if root.name == "src" else [root]
    for folder in beside:
        for pattern in _PATTERNS:
            yield from sorted(folder.glob(pattern))
        for name in _FOLDERS:
            for pattern in _PATTERNS:
                yield from sorted((folder / name).rglob(pattern))
    for name in import_names:
        for pattern in _PATTERNS:
            yield from sorted((root / name).rglob(pattern))


def _name(project: Project, path: Path) -> tuple[str, str]:
    """A module name and a path from the import root; relative imports inside a package mean what they say."""
    if path.is_relative_to(project.root):
        parts = path.relative_to(project.root).with_suffix("").parts
        if parts[0] in project.import_names and all(part.isidentifier() for part in parts):
            return ".".join(parts), "/".join(parts) + ".py"
    return path.stem, f"{path.stem}.py"


def _is_own(project: Project, module: str) -> bool:
    return module.partition(".")[0] in project.import_names


def parametrized(tests: list[SourceModule]) -> dict[Target, dict[str, Type]]:
    """The types that `pytest.mark.parametrize` gives the parameters of test functions."""
    found: dict[Target, dict[str, Type]] = {}
    for test in tests:
        for item in ast_utils.definitions(test.tree):
            if isinstance(item.node, ast.ClassDef):
                continue
            types = {name: type_ for one in item.node.decorator_list for name, type_ in _parameters(one)}
            if types:
                found[Target(test.name, item.qualname)] = types
    return found


def _parameters(decorator: ast.expr) -> Iterator[tuple[str, Type]]:
    match decorator:
        case ast.Call(func=ast.Attribute(attr="parametrize"), args=[names, table, *_]):
            rows = table.elts if isinstance(table, ast.List | ast.Tuple) else []
            given = _names(names)
        case _:
            return
    columns: list[list[Type | None]] = [[] for _ in given]
    for row in rows:
        match row:
            case ast.Call(func=ast.Attribute(attr="param"), args=values):
                pass
            case ast.Tuple(elts=values) | ast.List(elts=values) if len(given) > 1:
                pass
            case value:
                values = [value]
        for column, value in zip(columns, values, strict=False):
            column.append(type_of_literal(value))
    for name, column in zip(given, columns, strict=True):
        known = [type_ for type_ in column if type_ is not None]
        if known:
            yield name, joined(known)


def _names(node: ast.expr) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [name.strip() for name in text.split(",") if name.strip()]
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [name for part in parts for name in _names(part)]
        case _:
            return []


def told(test: SourceModule, calls: Mapping[ast.Call, Target]) -> dict[ast.Call, Target]:
    """The calls of a test that tell how a function is called: those that are not expected to fail."""
    failing = {node for part in _expected_to_fail(test.tree) for node in ast.walk(part)}
    return {call: target for call, target in calls.items() if call not in failing}


def _expected_to_fail(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in ast.walk(tree):
        match node:
            case ast.With(items=items, body=body) if any(_expects(item.context_expr) for item in items):
                yield from body
            case ast.Try(body=body, handlers=[_, *_]):
                yield from body
            case _:
                pass


def _expects(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in _RAISES
        case _:
            return False


def open_tests(tests: list[SourceModule]) -> dict[str, dict[str, FunctionNode]]:
    """By module and qualified name, the functions of the tests."""
    return {
        test.name: {
            item.qualname: item.node
            for item in ast_utils.definitions(test.tree)
            if not isinstance(item.node, ast.ClassDef)
        }
        for test in tests
    }
