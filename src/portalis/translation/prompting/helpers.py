"""Helpers of the crate's runtime that a model may call, picked by what the Python does.

Each public function of the runtime says in its documentation which Python it stands for (`/// a // b`), so
the list is the runtime's own source, and a helper is offered where the item's Python has that operation.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from portalis.rust_grammar import parse, source_of
from portalis.translation.prompting.context import Callee
from portalis.translation.prompting.features import FORMAT, features

_FILES = ("int", "float", "text", "chars", "seq", "fmt", "repr")
"""The files whose functions work on plain values; the others hold types of their own."""
_DOC = re.compile(r"///\s*(?P<first>`([^`]+)`(?: and `[^`]+`)*)(?P<rest>[^\n]*)")
_REST = re.compile(r"(?: of (?:a|an) \w+| as (?:text|a character))?(?:\.|[;:,] .*)?")
"""What may follow: which value it is, or a note. `where b is known not to be zero` is a promise to keep."""
_ALSO = {"seq::at": "items[index]", "float::round": "round(x)"}
"""Helpers whose documentation is in other words."""
_TYPES = {
    "int": ("i64",), "float": ("f64",), "text": ("str", "String"), "chars": ("char", "str", "String"),
    "seq": ("[", "Vec<"),
}  # fmt: skip
"""What a signature must mention for a file's helpers to be of use; the others are always."""


@dataclass(frozen=True, slots=True)
class _Helper:
    """A helper, the Python it stands for, and what of Python's syntax that is."""

    callee: Callee
    file: str
    features: frozenset[str]


def helpers_for(code: str, rust_signature: str = "", limit: int = 12) -> tuple[Callee, ...]:
    """The helpers that stand for operations of some Python.

    Args:
        code: the Python.
        rust_signature: its Rust head, by which helpers for other types are passed over.
        limit: the most helpers.

    Returns:
        Helpers with their paths in a crate (`crate::runtime::int::floor_div`), in the runtime's order; none
        where the code is not Python.
    """
    try:
        used = features(ast.parse(code))
    except (SyntaxError, ValueError):
        return ()
    found = [
        one.callee
        for one in _all()
        if one.features and one.features <= used and _fits(one.file, rust_signature)
    ]
    return tuple(found[:limit])


@functools.cache
def all_paths() -> frozenset[str]:
    """The paths of all helpers that there are to offer: an example may show one that was not picked."""
    return frozenset(one.callee.path for one in _all())


def _fits(file: str, signature: str) -> bool:
    return not signature or file not in _TYPES or any(word in signature for word in _TYPES[file])


@functools.cache
def _all() -> tuple[_Helper, ...]:
    folder = resources.files("portalis.compiler.rust") / "runtime"
    return tuple(
        helper for stem in _FILES for helper in _of_file((folder / f"{stem}.rs").read_text("utf-8"), stem)
    )


def _of_file(text: str, stem: str) -> Iterator[_Helper]:
    for node in parse(text).named_children:
        if node.type != "function_item" or not source_of(node).startswith("pub fn"):
            continue
        before = node.prev_named_sibling
        name = source_of(node.child_by_field_name("name"))
        said = _said(source_of(before).strip(), f"{stem}::{name}")
        if not said:
            continue
        body = node.child_by_field_name("body")
        end = body.start_byte if body is not None else node.end_byte
        head = " ".join((node.text or b"")[: end - node.start_byte].decode().split())
        head = head.replace("( ", "(").replace(", )", ")")
        path = f"crate::runtime::{stem}::{name}"
        for expression in said:
            yield _Helper(Callee(expression, path, head), stem, _stands_for(expression))


def _said(comment: str, name: str) -> list[str]:
    """The Python that a helper stands for, by its documentation."""
    found = _DOC.match(comment)
    if name in _ALSO:
        return [_ALSO[name]]
    if found is None or _REST.fullmatch(found["rest"].rstrip()) is None:
        return []
    return re.findall(r"`([^`]+)`", found["first"])


def _stands_for(expression: str) -> frozenset[str]:
    """What of Python's syntax the documentation of a helper names; nothing where that is no Python."""
    try:
        found = features(ast.parse(expression))
    except SyntaxError:
        return frozenset()
    return frozenset() if FORMAT in found else found  # `%d` or `%x`: `format!` says which
