"""Tables of functions at module level: which functions they hold is taken from the imported module.

    OPERATORS = {"+": operator.add, "-": lambda a, b: a - b}
    HANDLERS = {}                       # filled at import by `@handler("name")`

A value at import says what stands in a table however it was filled, and names each function: by its module
and qualified name, or, a lambda, by a place in its body. Their trees come from the source.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from portalis.compiler.enums import FunctionValue
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.scope import Scope
from portalis.compiler.hir.type_parts import parts
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import ANY, OBJECT, CallableOf, DictOf, ListOf, TupleOf, Type, VarTuple
from portalis.diagnostics import Span

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder

_HOMES = {"_operator": "operator", "_functools": "functools", "posixpath": "os.path"}
_DIGEST = "openssl_"


def functions_in(value: object) -> Iterator[FunctionValue]:
    """The functions that stand in a value, at any depth."""
    match value:
        case FunctionValue():
            yield value
        case list() | tuple():
            for item in value:
                yield from functions_in(item)
        case dict():
            for item in value.values():
                yield from functions_in(item)
        case _:
            pass


def module_value(b: FunctionBuilder, module: str, name: str, span: Span, type_: Type) -> h.GlobalName:
    """A module-level value of the project; one that holds functions comes with their trees.

    Raises:
        Refusal: what those functions take and give is not known, or one isn't found.
    """
    held = b.symbols.tables.get((module, name))
    if held is None:
        return h.GlobalName(module, name, span=span, type=type_)
    kind = _in_one(type_)
    wanted = {one for one in _inside(kind) if isinstance(one, CallableOf)}
    if len(wanted) != 1 or not all(map(_known, wanted)):
        raise Refusal(
            "PT215", span, f"what the functions in `{name}` take and give is not known",
            "annotate it, for example `dict[str, Callable[[int], int]]`",
        )  # fmt: skip
    functions = tuple((one, _function(b, name, one, next(iter(wanted)), span)) for one in dict.fromkeys(held))
    return h.FunctionTable(module, name, functions, span=span, type=kind)


def _known(type_: Type) -> bool:
    return isinstance(type_, CallableOf) and type_.params is not None and not {ANY, OBJECT} & {
        part for one in (*type_.params, type_.returns) for part in (one, *_inside(one))
    }  # fmt: skip


def _inside(type_: Type) -> Iterator[Type]:
    """The type and all the types in it, but what callables take and give."""
    yield type_
    if not isinstance(type_, CallableOf):
        for part in parts(type_):
            yield from _inside(part)


def _in_one(type_: Type) -> Type:
    """The type of a table, in which a tuple of functions of one type is one of any length."""
    match type_:
        case TupleOf((CallableOf() as first, _, *_) as items) if all(item == first for item in items):
            return VarTuple(first)
        case DictOf(key, value):
            return DictOf(key, _in_one(value))
        case ListOf(elem):
            return ListOf(_in_one(elem))
        case VarTuple(elem):
            return VarTuple(_in_one(elem))
        case _:
            return type_


def _function(b: FunctionBuilder, table: str, one: FunctionValue, type_: CallableOf, span: Span) -> h.Expr:
    if one.qualname != "<lambda>":
        fullname = f"{one.module}.{one.qualname}"
        if fullname in b.symbols.functions:
            return h.FunctionRef(b.symbols.functions[fullname][0], span=span, type=type_)
        if one.module in b.symbols.modules:
            why = f"`{table}` holds `{fullname}`, which is no function that is translated"
            raise Refusal("PT215", span, why)
        return h.External(_home(one), span=span, type=type_)
    found = _lambda(b, one)
    if found is None:
        raise Refusal("PT215", span, f"a function in `{table}` is not found in the source")
    with b.written_in(one.module), b.inner_scope(Scope("", set())):
        return b.expr(found)


def _home(one: FunctionValue) -> str:
    """The full name by which programs know a library function."""
    if one.module == "_hashlib" and one.qualname.startswith(_DIGEST):
        return f"hashlib.{one.qualname.removeprefix(_DIGEST)}"
    return f"{_HOMES.get(one.module, one.module)}.{one.qualname}"


def _lambda(b: FunctionBuilder, one: FunctionValue) -> ast.Lambda | None:
    """The lambda of the source with that place in its body, the innermost of several."""
    source = b.sources.get(one.module)
    found = [
        node
        for node in ast.walk(source.tree if source is not None else ast.Module([], []))
        if isinstance(node, ast.Lambda) and _spans(node.body, (one.line, one.column))
    ]
    return max(found, key=lambda node: (node.lineno, node.col_offset), default=None)


def _spans(node: ast.expr, place: tuple[int, int]) -> bool:
    start, end = (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)
    return start <= place < end
