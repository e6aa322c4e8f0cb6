"""Expressions that only compute: they change nothing, and the only errors they raise are named.

    n - 1 not in nums           nothing to name
    10 % n                      the remainder by zero, whose message is the same for every n
    int(text), table[key]       no: the message shows the value

What may end the evaluation is a token of the error, the same for every value that raises it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children
from portalis.compiler.types import (
    BIG,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    STR,
    DictOf,
    EnumOf,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
)  # fmt: skip

Ends = frozenset[tuple[object, ...]]
"""The ways in which something may end before its end, each by a token."""
NO_ENDS: Ends = frozenset()
PureCall = Callable[[h.CallFunction], bool]

_ARITHMETIC = frozenset({"+", "-", "*", "&", "|", "^"})
_DIVISIONS = frozenset({"/", "//", "%"})
_NUMBERS = (INT, BIG, FLOAT, BOOL)
_BUILTINS = frozenset(
    f"builtins.{name}"
    for name in (
        "len", "abs", "any", "all", "sorted", "list", "tuple", "set", "frozenset", "enumerate", "zip",
        "range", "bool", "sum", "isinstance", "reversed",
    )
)  # fmt: skip
_TEXTS = frozenset(
    """lower upper title capitalize casefold swapcase strip lstrip rstrip startswith endswith count find rfind
    isdigit isdecimal isnumeric isalpha isalnum isspace islower isupper istitle isidentifier isprintable
    isascii replace removeprefix removesuffix splitlines join""".split()
)
_READING = {
    ListOf: frozenset({"count", "copy"}),
    VarTuple: frozenset({"count"}),
    DictOf: frozenset({"get", "keys", "values", "items", "copy"}),
    SetOf: frozenset(
        """copy union intersection difference symmetric_difference issubset issuperset isdisjoint""".split()
    ),
}


def ends(node: h.Expr, pure_call: PureCall) -> Ends | None:
    """The errors that evaluating may end with; None where it may do more, or an error shows a value.

    Args:
        node: the expression.
        pure_call: whether a call of the project's functions changes nothing and can't raise.
    """
    own = _own_ends(node, pure_call)
    if own is None:
        return None
    for part in _operands(node):
        more = ends(part, pure_call)
        if more is None:
            return None
        own |= more
    return own


def _operands(node: h.Expr) -> list[h.Expr]:
    """The expressions that are evaluated for a node, those of a comprehension's clauses included."""
    found: list[h.Expr] = []
    for child in children(node):
        match child:
            case h.Clause(iterable=iterable, conditions=conditions):
                found += [iterable, *conditions]
            case h.Expr():
                found.append(child)
    return found


def _own_ends(node: h.Expr, pure_call: PureCall) -> Ends | None:
    """What evaluating the node itself may end with, once its operands are there."""
    match node:
        case h.Literal() | h.Local() | h.ClassConstant() | h.GlobalName():
            computes = True
        case h.Comprehension(clauses=clauses):
            computes = all(is_plain(test.type) for clause in clauses for test in clause.conditions)
        case h.ListDisplay() | h.TupleDisplay() | h.SetDisplay():
            computes = True
        case h.Unary(operand=operand):
            computes = is_plain(operand.type)
        case h.Logical(operands=operands):
            computes = all(is_plain(operand.type) for operand in operands)
        case h.Conditional(test=test):
            computes = is_plain(test.type)
        case h.Compare(left=left, rights=rights):
            computes = all(is_plain(side.type) for side in (left, *rights))
        case h.Slice(step=step):
            computes = step is None or isinstance(step, (h.Literal, h.Unary))
        case h.CallFunction():
            computes = pure_call(node)
        case h.CallExternal(fullname=name, args=args, keywords=keywords):
            computes = not keywords and _only_computes(name, args)
        case h.CallMethod(receiver=receiver, method=method, keywords=keywords):
            computes = not keywords and _reads(receiver.type, method)
        case h.Binary(op=op, left=left, right=right):
            return _operator_ends(op, left, right)
        case h.Subscript():
            return _lookup_ends(node)
        case _:
            computes = False
    return NO_ENDS if computes else None


def _lookup_ends(node: h.Subscript) -> Ends | None:
    """That of a dict names the key; that of a sequence names nothing."""
    type_ = node.value.type
    if node.sure or isinstance(type_, TupleOf):
        return NO_ENDS
    if isinstance(type_, (ListOf, VarTuple)) or type_ is STR:
        return frozenset({("IndexError", "str" if type_ is STR else type(type_).__name__)})
    return None


def is_plain(type_: Type) -> bool:
    """Whether comparing values of a type, and asking for their truth, runs no code of the project's."""
    match type_:
        case ListOf(elem) | VarTuple(elem) | SetOf(elem):
            return is_plain(elem)
        case OptionalOf(inner):
            return is_plain(inner)
        case TupleOf(items):
            return all(map(is_plain, items))
        case DictOf(key, value):
            return is_plain(key) and is_plain(value)
        case EnumOf():
            return True
        case _:
            return type_ in (INT, BIG, FLOAT, BOOL, STR, BYTES, NONE)


def _operator_ends(op: str, left: h.Expr, right: h.Expr) -> Ends | None:
    numbers = left.type in _NUMBERS and right.type in _NUMBERS
    if op in _ARITHMETIC:
        texts = left.type in (STR, BYTES) or right.type in (STR, BYTES)
        return NO_ENDS if numbers or texts or isinstance(left.type, (ListOf, SetOf)) else None
    if op in _DIVISIONS and numbers:
        if isinstance(right, h.Literal) and right.value:
            return NO_ENDS
        return frozenset({("ZeroDivisionError", op, FLOAT in (left.type, right.type))})
    if op == "**" and left.type in (INT, BIG) and isinstance(right, h.Literal):
        return NO_ENDS if isinstance(right.value, int) and right.value >= 0 else None
    return None


def _only_computes(name: str, args: tuple[h.Expr, ...]) -> bool:
    if name in ("builtins.min", "builtins.max"):
        return len(args) > 1
    if name in ("builtins.str", "builtins.int", "builtins.float"):
        return len(args) == 1 and args[0].type in (INT, BOOL)
    if name == "math.gcd":
        return True
    return name in _BUILTINS


def _reads(type_: Type, method: str) -> bool:
    if type_ is STR:
        return method in _TEXTS
    return method in _READING.get(type(type_), frozenset())


def form(node: h.Node) -> tuple[object, ...]:
    """What a node says, without where it stands: equal for expressions that say the same."""
    names = [one.name for one in fields(node) if one.name not in ("span", "type", "declared", "comments")]
    return (type(node).__name__, *(_form_of(getattr(node, name)) for name in names))


def _form_of(value: object) -> object:
    match value:
        case h.Node():
            return form(value)
        case list() | tuple():
            return tuple(map(_form_of, value))
        case dict():
            return tuple((key, _form_of(part)) for key, part in value.items())
        case _:
            return (type(value).__name__, value)  # True is no 1 here
