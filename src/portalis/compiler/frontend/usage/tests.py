"""What `isinstance` tells of a value: a parameter that is asked for its class may be of each that is named.

    def __mul__(self, other):               other: Vector | int | float
        if isinstance(other, Vector):
            return self.dot(other)
        return self.scaled(2 * other)

In the branch where a test holds, the value is another term, of that class; where it doesn't, a third.
Only tests for classes of the text count: what may be one builtin or another is a value of any type.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portalis.compiler.frontend.usage.terms import Kind, Term, find, number

if TYPE_CHECKING:
    from portalis.compiler.frontend.usage.expressions import Reader, Scope

REST = ""
"""Stands among the classes for what is none of them."""
_KINDS = {
    "int": Kind.INT, "float": Kind.FLOAT, "str": Kind.STR, "bool": Kind.BOOL, "bytes": Kind.BYTES,
    "list": Kind.LIST, "dict": Kind.DICT, "set": Kind.SET,
}  # fmt: skip
_NUMBERS = frozenset({"int", "float"})


def ways(reader: Reader, test: ast.expr, scope: Scope) -> tuple[Scope, Scope]:
    """What names stand for where a condition holds, and where it doesn't, as far as it tells."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            holds, fails = ways(reader, operand, scope)
            return fails, holds
        case ast.BoolOp(op=ast.And(), values=values):
            return _all(reader, values, scope), _doubtful(reader, values, scope)
        case ast.BoolOp(op=ast.Or(), values=[first, *others]):
            name, classes = _asked(reader, first, scope)
            for one in others:
                other, more = _asked(reader, one, scope)
                classes = classes + more if other == name and more else []
            return _ways(scope, name, classes)
        case _:
            return _ways(scope, *_asked(reader, test, scope))


def asked_names(reader: Reader, body: list[ast.stmt]) -> frozenset[str]:
    """The names that statements ask whether they are instances of a class of the text."""
    found: set[str] = set()
    for node in (inner for statement in body for inner in ast.walk(statement)):
        match node:
            case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), wanted], keywords=[]):
                classes = [_class(reader, one) for one in _alternatives(wanted)]
                if any(one is not None and one[1].kind is Kind.INSTANCE for one in classes):
                    found.add(name)
    return frozenset(found)


def _all(reader: Reader, values: list[ast.expr], scope: Scope) -> Scope:
    found: Scope = {}
    for value in values:
        found |= ways(reader, value, {**scope, **found})[0]
    return found


def _doubtful(reader: Reader, values: list[ast.expr], scope: Scope) -> Scope:
    """Where an `and` fails any of its tests may have failed: nothing is noted of the value there."""
    return {name: reader.at(value, 5) for value in values for name in ways(reader, value, scope)[0]}


def _asked(reader: Reader, test: ast.expr, scope: Scope) -> tuple[str, list[tuple[str, Term]]]:
    """The name that is asked for its class, and the classes, each with a new term; none for other tests."""
    match test:
        case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), wanted], keywords=[]) if (
            name in scope and name in reader.asked
        ):
            found = [_class(reader, one) for one in _alternatives(wanted)]
            known = [one for one in found if one is not None]
            return name, known if len(known) == len(found) else []
        case _:
            return "", []


def _alternatives(wanted: ast.expr) -> list[ast.expr]:
    match wanted:
        case ast.Tuple(elts=parts):
            return parts
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return [*_alternatives(left), *_alternatives(right)]
        case _:
            return [wanted]


def _class(reader: Reader, node: ast.expr) -> tuple[str, Term] | None:
    if not isinstance(node, ast.Name) or node.id in reader.imports:
        return None
    made = reader.functions.get(node.id)
    owner = find(made.result).owner if made is not None else None
    if owner is not None:
        return owner, Term(Kind.INSTANCE, owner=owner)
    return (node.id, Term(_KINDS[node.id])) if node.id in _KINDS and made is None else None


def _ways(scope: Scope, name: str, classes: list[tuple[str, Term]]) -> tuple[Scope, Scope]:
    if not classes:
        return {}, {}
    asked = find(scope[name]).tested
    for owner, term in classes:
        asked.setdefault(owner, term)
    rest = asked.setdefault(REST, Term())
    find(rest).tested = asked
    owners = [owner for owner, _ in classes]
    if len(owners) == 1:
        held = asked[owners[0]]
    else:
        held = number() if set(owners) <= _NUMBERS else Term()
    return {name: held}, {name: rest}
