"""A verified pair, and what makes two of them the same."""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass

from portalis.utils.ast_utils import parse_source

SEED = "seed"
"""The origin of the pairs that ship."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Python and the Rust that was verified to equal it.

    Attributes:
        python: the item's source.
        rust: its Rust.
        name: its qualified name.
        origin: where it is from: a module's name, `seed` for what ships.
        engine: what proposed the Rust: `compiler` or `model`.
        evidence: a digest of what verification saw; "" where it isn't kept.
    """

    python: str
    rust: str
    name: str
    origin: str
    engine: str
    evidence: str = ""


def content_key(python: str) -> bytes:
    """What two texts of Python share where they differ in nothing that a translation depends on.

    Layout, comments, docstrings and the name of a function that is the whole text don't count.

    >>> content_key("def f(x):\\n    return x") == content_key("def g(x):  # same\\n  return (x)")
    True
    """
    try:
        tree = parse_source(python)
        for node in ast.walk(tree):
            _drop_docstring(node)
        match tree.body:
            case [(ast.FunctionDef() | ast.AsyncFunctionDef()) as function]:
                _rename(function)
            case _:
                pass
        text = ast.unparse(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        text = " ".join(python.split())
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _drop_docstring(node: ast.AST) -> None:
    if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        match node.body:
            case [ast.Expr(value=ast.Constant(value=str())), *rest]:
                node.body = rest or [ast.Pass()]
            case _:
                pass


def _rename(function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """Give a function the name `_`, in its own calls too."""
    name = function.name
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == name:
            node.id = "_"
    function.name = "_"
