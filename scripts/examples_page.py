"""docs/examples.md: Python and the Rust that Portalis makes of it, from the programs of tests/cases.

A program names what is shown of it in `SHOWN`. The Rust is that of the snapshot beside it, which the tests
compare with what is translated today and run against the Python.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import tree_sitter_rust
from tree_sitter import Language, Node, Parser

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"
_HEAD = """\
# Examples

Python on the left, on the right the Rust that `portalis translate` writes, neither shortened nor touched up.
Each pair comes from the programs in `tests/cases`, which the tests translate, compile and call on both sides.
"""
_NAMED = ("function_item", "struct_item", "enum_item", "trait_item")
_LEADING = ("line_comment", "attribute_item")


def examples_page() -> str:
    """The page: a section for each folder of programs."""
    parts = [_HEAD]
    for folder in sorted(path for path in CASES.iterdir() if path.is_dir()):
        pairs = [pair for file in sorted(folder.rglob("*.py")) for pair in _pairs(file)]
        if pairs:
            parts += [f"## {folder.name.capitalize()}\n", *pairs]
    return "\n".join(parts)


def _pairs(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    tree = ast.parse(text)
    rust = file.with_suffix(".rs")
    for name in _shown(tree):
        python = _python_item(text, tree, name)
        yield _side_by_side(python, _rust_item(rust.read_bytes(), name))


def _shown(tree: ast.Module) -> list[str]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="SHOWN")], value=value):
                names: list[str] = ast.literal_eval(value)
                return names
    return []


def _python_item(text: str, tree: ast.Module, name: str) -> str:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
    raise LookupError(f"SHOWN names `{name}`, which is no function or class of its program")


def _rust_item(source: bytes, name: str) -> str:
    """A function, or a type with its `impl` blocks, with their comments and attributes."""
    found: list[str] = []
    leading: list[Node] = []
    for node in Parser(Language(tree_sitter_rust.language())).parse(source).root_node.children:
        if node.type in _LEADING:
            leading.append(node)
            continue
        if _names(node, name):
            start = (leading[0] if leading else node).start_byte
            found.append(source[start : node.end_byte].decode())
        leading = []
    if not found:
        raise LookupError(f"the snapshot has no Rust of `{name}`")
    return "\n\n".join(found)


def _names(node: Node, name: str) -> bool:
    field = "type" if node.type == "impl_item" else "name" if node.type in _NAMED else None
    named = node.child_by_field_name(field) if field else None
    return named is not None and named.text is not None and named.text.decode() == name


def _side_by_side(python: str, rust: str) -> str:
    left, right = f"```python\n{python}\n```", f"```rust\n{rust}\n```"
    return f"<table><tr><td valign=top>\n\n{left}\n\n</td><td valign=top>\n\n{right}\n\n</td></tr></table>\n"
