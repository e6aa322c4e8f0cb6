"""src/portalis/translation/retrieval/seeds.jsonl: verified pairs that ship, from the programs of tests/cases.

A function is taken where its program calls it on both sides (`CASES`), its Rust is short and needs only
`std` and `Error`, and an answer like it would be admitted: it is what models are shown as an example.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from examples_page import CASES
from portalis.rust_grammar import Spans, parse, source_of
from portalis.translation.answers import ParsedAnswer, parse_answer
from portalis.translation.reading.heads import head_of
from portalis.translation.retrieval.pair import content_key

MOST_LINES = 24
FEWEST_LINES = 4
"""Of Rust; shorter functions show nothing."""
_DATA = frozenset({"CASES", "DECLINES", "REFUSED", "SHOWN"})


def seed_lines() -> str:
    """The file: a JSON object a line, in the order of the programs; of equal functions the first."""
    lines: list[str] = []
    seen: set[bytes] = set()
    for program in sorted(CASES.glob("*/*.py")):
        for name, python, rust in _pairs(program):
            key = content_key(python)
            if key not in seen:
                seen.add(key)
                lines.append(json.dumps({"name": name, "python": python, "rust": rust}, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def _pairs(program: Path) -> Iterator[tuple[str, str, str]]:
    """Name, Python and Rust of the functions of a program that can be examples."""
    snapshot = program.with_suffix(".rs")
    if not snapshot.is_file():
        return
    rust = dict(_functions(snapshot.read_text(encoding="utf-8")))
    text = program.read_text(encoding="utf-8")
    tree = ast.parse(text)
    called = _called(tree)
    module = program.relative_to(CASES).with_suffix("").as_posix().replace("/", ".")
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name not in called or node.name not in rust:
            continue
        head, whole = rust[node.name]
        if FEWEST_LINES <= whole.count("\n") + 1 <= MOST_LINES and _stands_alone(node, tree):
            read = parse_answer(f"```rust\n{whole}\n```", head)
            if isinstance(read, ParsedAnswer):
                yield f"{module}.{node.name}", ast.get_source_segment(text, node) or "", whole


def _functions(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The public functions of a Rust file: their heads and texts."""
    spans = Spans(text)
    for node in parse(text).named_children:
        if node.type == "function_item" and source_of(node).startswith("pub fn"):
            head = head_of(node, spans)
            yield head.function.name, (head.text, source_of(node))


def _called(tree: ast.Module) -> frozenset[str]:
    """The functions that a program's `CASES` call and its other data don't name."""
    named: dict[str, set[str]] = {name: set() for name in _DATA}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in _DATA:
                texts = (one for one in ast.walk(value) if isinstance(one, ast.Constant))
                named[name] |= {one.value for one in texts if isinstance(one.value, str)}
            case _:
                pass
    return frozenset(named["CASES"] - named["DECLINES"] - named["REFUSED"])


def _stands_alone(function: ast.FunctionDef, tree: ast.Module) -> bool:
    """Whether a function uses nothing that its module defines, itself aside."""
    own = {name for node in tree.body for name in _names(node)} - {function.name}
    return not any(isinstance(node, ast.Name) and node.id in own for node in ast.walk(function))


def _names(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case _:
            pass
