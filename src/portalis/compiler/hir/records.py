"""Aliases of tuples that hold such tuples again, as structs.

    Entry = tuple[str, int, list["Entry"]]   →   pub struct Entry(Rc<EntryParts>);
                                                 pub type EntryParts = (String, i64, Vec<Entry>);

Rust has no name for a type that leads back to itself but a struct. A tuple never changes, so a handle to one
is as good as a copy. What its lists and dicts hold could change: `analysis.record_parts` refuses who does it.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.hir.class_body import StructField
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.rust.vocabulary import TYPE_NAMES
from portalis.compiler.types import (
    ANY,
    NEVER,
    OBJECT,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    Prim,
    TupleOf,
    Type,
    VarTuple,
)

RECORD = frozenset({"value", "record"})
"""The traits of a record: it never changes itself, and can be taken apart as a tuple."""
_MOST_PARTS = 8
"""As many as a tuple that crosses to and from Python may have."""


def record_structs(
    trees: Mapping[str, ast.Module], symbols: Symbols, answer: OracleAnswer
) -> dict[str, StructInfo]:
    """The structs of a project's recursive tuples, by the full name of the alias."""
    found: dict[str, StructInfo] = {}
    for fullname, held in answer.records.items():
        module, _, name = fullname.rpartition(".")
        stmt = _definition(trees.get(module), name)
        rust = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
        taken = rust in TYPE_NAMES or any(
            f"{module}.{one}" in symbols.classes for one in (rust, f"{rust}Parts")
        )
        if stmt is None or taken or not 0 < len(held.items) <= _MOST_PARTS:
            continue
        if all(_is_held(part, fullname) for part in held.items):
            fields = tuple(StructField(str(at), part) for at, part in enumerate(held.items))
            node = ast.ClassDef(rust, [], [], [], [], lineno=stmt.lineno, col_offset=stmt.col_offset)
            found[fullname] = StructInfo(
                fullname,
                module,
                rust,
                node,
                fields,
                {},
                {},
                frozen=True,
                record=True,
                rust=rust,
                traits=RECORD,
            )
    return found


def as_record(type_: Type) -> bool:
    """Whether values of the type are records."""
    return isinstance(type_, Instance) and "record" in type_.traits


def _definition(tree: ast.Module | None, name: str) -> ast.stmt | None:
    """The statement that defines an alias."""
    for node in ast.walk(tree) if tree is not None else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=found)]) | ast.AnnAssign(target=ast.Name(id=found)):
                if found == name:
                    return node
            case ast.stmt() if isinstance(getattr(node, "name", None), ast.Name):
                if node.name.id == name:  # type: ignore[attr-defined]  # `type Entry = …`, since Python 3.12
                    return node
    return None


def _is_held(type_: Type, record: str) -> bool:
    """Whether a record may hold values of the type: what never changes, and containers of such."""
    match type_:
        case ListOf(elem) | VarTuple(elem):
            return _is_fixed(elem, record)
        case DictOf(key, value):
            return _is_fixed(key, "") and _is_fixed(value, record)
        case _:
            return _is_fixed(type_, record)


def _is_fixed(type_: Type, record: str) -> bool:
    match type_:
        case Prim():
            return type_ not in (ANY, OBJECT, NEVER)
        case OptionalOf(inner):
            return _is_fixed(inner, record)
        case TupleOf(items):
            return all(_is_fixed(item, record) for item in items)
        case Instance(name, ()):
            return name == record
        case _:
            return False
