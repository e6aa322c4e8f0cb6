"""Methods of structs as verification may call them in Python, to make instances and bring them into a state.

Most have Rust too; where one has none, a state that only it leads to would never be seen.
"""

from __future__ import annotations

import ast

from portalis.compiler.analysis.computes import Computing
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.types import dynamic, lent_sequence
from portalis.compiler.unit import PythonMethod

_BY_POSITION = ("positional_only", "positional_or_keyword")


def python_methods(symbols: Symbols, answer: OracleAnswer, computing: Computing) -> dict[str, PythonMethod]:
    """The methods that only compute and take everything by position, by item key."""
    found: dict[str, PythonMethod] = {}
    for info in symbols.structs.values():
        for name, node in info.methods.items():
            method = _method(info, name, node, answer, computing)
            if method is not None:
                found[f"{info.module}:{info.qualname}.{name}"] = method
    return found


def _method(
    info: StructInfo, name: str, node: ast.FunctionDef, answer: OracleAnswer, computing: Computing
) -> PythonMethod | None:
    signature = answer.signature(info.module, info.written(name))
    if signature is None or info.kinds[name] != "method" or "@" in name:
        return None
    if node.decorator_list or signature.is_async or signature.is_generator or not signature.params:
        return None
    if any(one.kind not in _BY_POSITION for one in signature.params):
        return None
    effects = computing.effects(info.module, node)
    if effects is None:
        return None
    return PythonMethod(
        name, tuple(lent_sequence(dynamic(one.type)) for one in signature.params[1:]), effects
    )
