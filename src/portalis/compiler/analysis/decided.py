"""Tests that the exact types decide: the branches they exclude are left out before anything else looks.

    def half(n: int) -> int:
        if not isinstance(n, int):      # an argument of exactly this type never gets here:
            raise TypeError("no int")   # the lines are dead, and have no Rust
        return n // 2

Only names of exact builtin types decide anything; a class that isn't known here leaves the test open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from portalis.compiler.analysis.steady import NO_ENDS, ends, is_plain
from portalis.compiler.hir import nodes as h
from portalis.compiler.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    OBJECT,
    STR,
    CallableOf,
    DictOf,
    EnumOf,
    Instance,
    ListOf,
    Prim,
    SetOf,
    Shared,
    TupleOf,
    Type,
    VarTuple,
)  # fmt: skip

CONCRETE = frozenset(
    f"builtins.{name}"
    for name in (
        "int", "float", "str", "bool", "bytes", "list", "dict", "set", "frozenset", "tuple", "complex",
        "bytearray", "range", "type", "object",
    )
)  # fmt: skip
"""Classes of which it is known whether a builtin value is an instance: no abstract base, no protocol."""

_DYNAMIC = frozenset(
    f"builtins.{name}" for name in ("int", "float", "str", "bool", "bytes", "tuple", "list", "dict", "set")
) | {"types.NoneType"}
"""The classes of which a value of any type may be an instance; all others are left to Python at the door."""

_LEAVING = (h.Return, h.Raise, h.Break, h.Continue)
"""What ends a block: a test that is decided may leave statements behind it."""

_PRIMITIVE = {INT: "int", FLOAT: "float", STR: "str", BOOL: "bool", BYTES: "bytes"}


def exact_class(type_: Type) -> str | None:
    """The full name of the class of every value of an exact builtin type."""
    match type_:
        case ListOf():
            name: str | None = "list"
        case DictOf():
            name = "dict"
        case SetOf(frozen=frozen):
            name = "frozenset" if frozen else "set"
        case TupleOf() | VarTuple():
            name = "tuple"
        case _:
            name = _PRIMITIVE.get(type_) if isinstance(type_, Prim) else None
    return f"builtins.{name}" if name is not None else None


def is_instance(type_: Type, classes: frozenset[str]) -> bool | None:
    """Whether values of an exact type are instances of one of the classes; None where that isn't known."""
    if type_ is OBJECT:
        if "builtins.object" in classes:
            return True
        return False if not classes & _DYNAMIC and classes <= CONCRETE else None
    own = exact_class(type_)
    if own is None:
        named = isinstance(type_, (Instance, Shared)) and type_.name in classes
        return True if named else None
    bases = {own, "builtins.object"} | ({"builtins.int"} if type_ is BOOL else set())
    if bases & classes:
        return True
    return False if classes <= CONCRETE else None


def settle(function: h.Function) -> tuple[h.Function, frozenset[int]]:
    """The function without the branches that no argument of exactly its types reaches, and their lines."""
    dead: set[int] = set()
    body = _block(function.body, dead)
    return (replace(function, body=body) if dead or body != function.body else function), frozenset(dead)


def _block(body: list[h.Stmt], dead: set[int]) -> list[h.Stmt]:
    settled: list[h.Stmt] = []
    for at, stmt in enumerate(body, 1):
        settled += _stmt(stmt, dead)
        if settled and isinstance(settled[-1], _LEAVING):
            _bury(body[at:], dead)
            break
    return settled


def _stmt(stmt: h.Stmt, dead: set[int]) -> list[h.Stmt]:
    match stmt:
        case h.If(test=test, body=body, orelse=orelse):
            known = decided(test)
            if known is not None:
                _bury(orelse if known else body, dead)
                return _commented(stmt.comments, _block(body if known else orelse, dead))
            then, otherwise = _block(body, dead), _block(orelse, dead)
            return [replace(stmt, test=simplified(test), body=then, orelse=otherwise)]
        case h.While(test=test, body=body, orelse=orelse):
            inner, otherwise = _block(body, dead), _block(orelse, dead)
            return [replace(stmt, test=simplified(test), body=inner, orelse=otherwise)]
        case h.For(body=body, orelse=orelse):
            return [replace(stmt, body=_block(body, dead), orelse=_block(orelse, dead))]
        case h.Try(body=body, handlers=handlers, orelse=orelse, final=final):
            kept = [replace(handler, body=_block(handler.body, dead)) for handler in handlers]
            inner, otherwise, last = (_block(part, dead) for part in (body, orelse, final))
            return [replace(stmt, body=inner, handlers=kept, orelse=otherwise, final=last)]
        case h.Assert(test=test):
            return [] if decided(test) else [replace(stmt, test=simplified(test))]
        case _:
            return [stmt]


def _commented(comments: tuple[str, ...], body: list[h.Stmt]) -> list[h.Stmt]:
    """The statements of a branch under the comments of its `if`."""
    return [replace(body[0], comments=comments + body[0].comments), *body[1:]] if body else []


def _bury(body: list[h.Stmt], dead: set[int]) -> None:
    for stmt in body:
        dead.update(range(stmt.span.line, stmt.span.end_line + 1))


def decided(test: h.Expr, items: Mapping[str, Type] = MappingProxyType({})) -> bool | None:
    """What the types alone say of a condition; `items` are the types of a comprehension's variables."""
    match test:
        case h.Literal(value=bool(flag)):
            return flag
        case h.CallExternal(
            fullname="builtins.isinstance", args=(h.Local(name=name, declared=type_), wanted)
        ):
            classes = _classes(wanted)
            return is_instance(items.get(name, type_), classes) if classes else None
        case h.CallExternal(fullname="builtins.isinstance", args=(value, wanted)) if _only_computes(value):
            classes = _classes(wanted)
            return is_instance(value.type, classes) if classes and exact_class(value.type) else None
        case h.CallExternal(fullname="builtins.callable", args=(h.Local(declared=CallableOf()),)):
            return True
        case h.CallExternal(fullname="builtins.callable", args=(h.Local(declared=type_),)) if exact_class(
            type_
        ):
            return False
        case h.Compare(
            left=h.CallExternal(fullname="builtins.type", args=(h.Local(name=name, declared=type_),)),
            ops=("is" | "is not" | "==" | "!=" as op,),
            rights=(h.External(fullname=wanted_name),),
        ):
            own = exact_class(items.get(name, type_))
            if own is None or not wanted_name.startswith("builtins."):
                return None
            return (own == wanted_name) is (op in ("is", "=="))
        case h.Compare(
            left=h.Local(declared=type_), ops=("is" | "is not" as op,), rights=(h.Literal(value=None),)
        ) if _never_none(type_):
            return op == "is not"
        case h.Compare(
            left=h.Local(name=name, declared=type_),
            ops=("==" | "!=" as op,),
            rights=(h.CallExternal(fullname="builtins.int", args=(h.Local(name=same),)),),
        ) if name == same and items.get(name, type_) is INT:
            return op == "=="
        case h.Unary(op="not", operand=operand):
            known = decided(operand, items)
            return None if known is None else not known
        case h.Logical(op=op, operands=operands):
            return _logical(op, operands, items)
        case h.CallExternal(
            fullname="builtins.all" | "builtins.any" as name, args=(h.Comprehension() as each,)
        ):
            return _quantified(name.endswith("all"), each)
    return None


def _never_none(type_: Type) -> bool:
    """Whether no value of the type is None."""
    return exact_class(type_) is not None or isinstance(type_, (Instance, Shared, EnumOf, CallableOf))


def _quantified(wanted: bool, each: h.Comprehension) -> bool | None:
    """`all(isinstance(x, int) for x in xs)` over a list of ints, and `any(not …)`: of the empty list, too."""
    match each.clauses:
        case (h.Clause(h.Local(name=name), h.Local(declared=ListOf(elem) | VarTuple(elem)), ()),):
            known = decided(each.element, {name: elem})
            return known if known is wanted else None
    return None


def _only_computes(operand: h.Expr) -> bool:
    """Whether nothing shows of an operand but its truth: it changes nothing and can't raise."""
    return is_plain(operand.type) and ends(operand, lambda _: False) == NO_ENDS


def _logical(op: str, operands: tuple[h.Expr, ...], items: Mapping[str, Type]) -> bool | None:
    """`and` is decided by a false operand, `or` by a true one, where what stands before it only computes."""
    deciding = op == "or"
    open_ = False
    for operand in operands:
        known = decided(operand, items)
        if known is deciding:
            return deciding
        if known is None and not _only_computes(operand):
            return None
        open_ |= known is None
    return None if open_ else not deciding


def simplified(test: h.Expr) -> h.Expr:
    """A condition without the operands that are decided and change nothing."""
    match test:
        case h.Logical(op=op, operands=operands):
            neutral = op == "and"
            kept = tuple(simplified(operand) for operand in operands if decided(operand) is not neutral)
            if not kept:
                return test
            return kept[0] if len(kept) == 1 else replace(test, operands=kept)
        case h.Unary(op="not", operand=operand):
            return replace(test, operand=simplified(operand))
    return test


def _classes(wanted: h.Expr) -> frozenset[str]:
    """The classes that the second argument of `isinstance` names; empty where it is anything else."""
    match wanted:
        case h.TupleDisplay(items=items):
            found = [_classes(item) for item in items]
            return frozenset().union(*found) if all(found) else frozenset()
        case h.Binary(op="|", left=left, right=right):
            a, b = _classes(left), _classes(right)
            return a | b if a and b else frozenset()
        case h.External(fullname=fullname):
            return frozenset({fullname})
        case _:
            return frozenset()
