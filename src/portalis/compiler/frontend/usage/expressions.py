"""What expressions tell of the values in them.

Every expression has a term; those of one text are read again and again, until what is learnt at the end of a
function has reached its beginning, so the term of an expression is kept.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portalis.compiler.frontend.usage.calls import call
from portalis.compiler.frontend.usage.operators import compared, operated, unary
from portalis.compiler.frontend.usage.terms import (
    Kind,
    Mark,
    Term,
    can_be_one,
    elem_of,
    find,
    gather,
    is_number,
    join,
    list_of,
    number,
    of_kind,
    unify,
)
from portalis.compiler.frontend.usage.tests import ways

Scope = dict[str, Term]
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Callee:
    """A function of the text: the terms of its parameters by name, in order, and that of its result."""

    params: dict[str, Term]
    result: Term
    own: frozenset[str] = frozenset()
    """The parameters whose type is to be found."""


@dataclass(slots=True)
class Reader:
    """Reads the expressions of one module."""

    imports: Mapping[str, str]
    """The dotted names that imports bind."""
    functions: Mapping[str, Callee]
    """The module's own functions by name, classes by what `__init__` takes."""
    fields: dict[tuple[str, str], Term] = field(default_factory=dict)
    """Attributes by class."""
    methods: Mapping[tuple[str | None, str], Callee] = field(default_factory=dict)
    owner: str | None = None
    """The class whose method is being read, by its full name."""
    asked: frozenset[str] = frozenset()
    """The names that it asks for a class of the text."""
    running: str | None = None
    """The function that is being read."""
    _kept: dict[tuple[ast.AST, int], Term] = field(default_factory=dict)

    def at(self, node: ast.AST, part: int = 0) -> Term:
        """The term that belongs to a place in the text."""
        return find(self._kept.setdefault((node, part), Term()))

    def read(self, node: ast.expr, scope: Scope) -> Term:  # noqa: C901  one case an expression
        """The term of an expression; what it does is noted at the values that it uses."""
        match node:
            case ast.Name(id=name):
                return find(scope[name]) if name in scope else self.at(node)
            case ast.Constant(value=value):
                return _constant(value) or self.at(node)
            case ast.BinOp():
                left, right = self.read(node.left, scope), self.read(node.right, scope)
                return operated(self.at(node), node.op, left, right)
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                self.test(inner, scope)
                return of_kind(Kind.BOOL)
            case ast.UnaryOp(op=op, operand=inner):
                return unary(op, self.read(inner, scope))
            case ast.Compare():
                sides = [node.left, *node.comparators]
                terms = [self.read(one, scope) for one in sides]
                for at, sign in enumerate(node.ops):
                    compared(sign, (sides[at], sides[at + 1]), terms[at], terms[at + 1])
                return of_kind(Kind.BOOL)
            case ast.BoolOp(values=values):
                return self._either(node, [self.read(one, scope) for one in values])
            case ast.IfExp(test=test, body=body, orelse=other):
                self.test(test, scope)
                return self._either(node, [self.read(body, scope), self.read(other, scope)])
            case ast.Call():
                return call(self, node, scope)
            case ast.Subscript(value=value, slice=index):
                return self._subscript(self.read(value, scope), index, scope)
            case ast.Attribute(value=value, attr=attr):
                return self._attribute(value, attr, scope)
            case ast.List(elts=parts) | ast.Set(elts=parts):
                return self._display(node, parts, scope)
            case ast.Tuple(elts=parts):
                return Term(Kind.TUPLE, parts=[self.read(one, scope) for one in parts])
            case ast.Dict(keys=keys, values=values):
                return self._dict(node, keys, values, scope)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self._comprehension(node, scope)
            case ast.JoinedStr(values=values):
                for one in values:
                    if isinstance(one, ast.FormattedValue):
                        self._formatted(one, scope)
                return of_kind(Kind.STR)
            case ast.Lambda(args=args, body=body):
                self.read(body, {**scope, **{arg.arg: self.at(arg) for arg in args.args}})
                return of_kind(Kind.OTHER)
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                scope[name] = self.read(value, scope)
                return scope[name]
            case ast.Starred(value=value) | ast.Await(value=value):
                return self.read(value, scope)
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.read(child, scope)
                return self.at(node)

    def test(self, node: ast.expr, scope: Scope) -> None:
        """Read what is only asked for its truth: the sides of an `and` need not be alike."""
        match node:
            case ast.BoolOp(op=op, values=values):
                for one in values:
                    self.test(one, scope)
                    if isinstance(op, ast.And):
                        scope = {**scope, **ways(self, one, scope)[0]}
            case _:
                self.read(node, scope).marks.add(Mark.ASKED)

    def _formatted(self, node: ast.FormattedValue, scope: Scope) -> None:
        value = self.read(node.value, scope)
        match node.format_spec:
            case ast.JoinedStr(values=[ast.Constant(value=str() as spec)]) if spec[-1:] in tuple(
                "bcdoxXeEfFgG%,"
            ):
                whole = spec[-1] in "bcdoxX"
                if can_be_one(value, number(whole=whole)):
                    unify(value, number(whole=whole))
            case _:
                pass

    def _either(self, node: ast.AST, parts: list[Term]) -> Term:
        found = self.at(node)
        for part in parts:
            if find(part).kind not in (Kind.NONE, Kind.BOOL):
                found = join(found, part)
        return found if any(find(part).kind is not Kind.BOOL for part in parts) else of_kind(Kind.BOOL)

    # Parts ---------------------------------------------------------------------------------------

    def _subscript(self, value: Term, index: ast.expr, scope: Scope) -> Term:
        own = find(value)
        if isinstance(index, ast.Slice):
            for bound in (index.lower, index.upper, index.step):
                if bound is not None:
                    unify(self.read(bound, scope), number(whole=True))
            own.marks.add(Mark.SLICED)
            return own
        key = self.read(index, scope)
        position = _position(index)
        if position is not None and own.parts is not None and -len(own.parts) <= position < len(own.parts):
            return find(own.parts[position])
        return self.item(own, key, literal=position is not None)

    def item(self, value: Term, key: Term, *, literal: bool = False) -> Term:
        """What is found in a value under a key."""
        own = find(value)
        if own.kind is Kind.STR:
            unify(key, number(whole=True))
            return own
        if own.kind is Kind.LIST:
            unify(key, number(whole=True))
            return elem_of(own)
        if own.kind is None:
            if is_number(key):
                own.marks.add(Mark.COUNTED)
            if literal:
                return self._fresh_item(own)
            if own.key is None:
                own.key = key
            elif own.key is not key:
                join(own.key, key)
        elif own.kind is Kind.DICT and own.key is not None:
            join(own.key, key)
        return self._fresh_item(own)

    @staticmethod
    def _fresh_item(own: Term) -> Term:
        if own.item is None:
            own.item = Term()
        return find(own.item)

    def _attribute(self, value: ast.expr, attr: str, scope: Scope) -> Term:
        dotted = self.dotted(value, scope)
        if dotted is not None:
            return of_kind(Kind.FLOAT) if dotted == "math" else self.at(value, 1)
        holder = self._holder(value, scope)
        if holder is not None:
            return find(self.fields.setdefault((holder, attr), Term()))
        self.read(value, scope).members.add(attr)
        return self.at(value, 1)

    def _holder(self, node: ast.expr, scope: Scope) -> str | None:
        """The class of the text that an expression is an instance of."""
        if isinstance(node, ast.Name) and node.id == "self" and self.owner is not None:
            return self.owner
        own = self.read(node, scope)
        return own.owner if own.kind is Kind.INSTANCE else None

    def dotted(self, node: ast.expr, scope: Scope) -> str | None:
        """The dotted name of what an import binds."""
        match node:
            case ast.Name(id=name) if name not in scope:
                return self.imports.get(name)
            case ast.Attribute(value=value, attr=attr):
                before = self.dotted(value, scope)
                return f"{before}.{attr}" if before is not None else None
            case _:
                return None

    def _display(self, node: ast.List | ast.Set, parts: Iterable[ast.expr], scope: Scope) -> Term:
        elem = self.at(node)
        for part in parts:
            found = self.read(part, scope)
            gather(elem, elem_of(found) if isinstance(part, ast.Starred) else found)
        return list_of(elem) if isinstance(node, ast.List) else Term(Kind.SET, elem=elem)

    def _dict(
        self, node: ast.Dict, keys: list[ast.expr | None], values: list[ast.expr], scope: Scope
    ) -> Term:
        key, item = self.at(node), self.at(node, 1)
        for one, value in zip(keys, values, strict=True):
            found = self.read(value, scope)
            if one is not None:
                gather(key, self.read(one, scope))
                gather(item, found)
        return Term(Kind.DICT, elem=key, key=key, item=item)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: Scope
    ) -> Term:
        inner = dict(scope)
        for part in node.generators:
            self.bind(part.target, elem_of(self._iterated(part.iter, inner)), inner)
            for test in part.ifs:
                self.test(test, inner)
        if isinstance(node, ast.DictComp):
            key = self.read(node.key, inner)
            return Term(Kind.DICT, elem=key, key=key, item=self.read(node.value, inner))
        elem = self.read(node.elt, inner)
        match node:
            case ast.ListComp():
                return list_of(elem)
            case ast.SetComp():
                return Term(Kind.SET, elem=elem)
            case _:
                return Term(Kind.OTHER, elem=elem)

    def _iterated(self, node: ast.expr, scope: Scope) -> Term:
        term = self.read(node, scope)
        if is_number(term):
            find(term).marks.add(Mark.MIXED)
        return term

    def bind(self, target: ast.expr, value: Term, scope: Scope) -> None:
        """What an assignment to a target tells, and what its names stand for from here on."""
        match target:
            case ast.Name(id=name):
                find(value).names.add(name)
                scope[name] = value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                self._unpack(targets, value, scope)
            case ast.Subscript(value=holder, slice=index):
                own = self.read(holder, scope)
                own.marks.add(Mark.STORED)
                if isinstance(index, ast.Slice):
                    self._subscript(own, index, scope)
                else:
                    join(self.item(own, self.read(index, scope)), value)
            case ast.Attribute(value=holder, attr=attr):
                known = self._attribute(holder, attr, scope)
                if find(value).kind is Kind.NONE:
                    known.marks.add(Mark.ABSENT)
                else:
                    join(known, value)
            case ast.Starred(value=inner):
                self.bind(inner, value, scope)
            case _:
                pass

    def _unpack(self, targets: list[ast.expr], value: Term, scope: Scope) -> None:
        own = find(value)
        starred = any(isinstance(one, ast.Starred) for one in targets)
        if starred or own.kind in (Kind.LIST, Kind.STR, Kind.SET):
            for one in targets:
                inner = elem_of(own)
                self.bind(one, list_of(inner) if isinstance(one, ast.Starred) else inner, scope)
            return
        if own.parts is None:
            own.parts = [Term() for _ in targets]
        parts = own.parts if len(own.parts) == len(targets) else [self.at(one, 2) for one in targets]
        for one, part in zip(targets, parts, strict=True):
            self.bind(one, part, scope)


def _position(index: ast.expr) -> int | None:
    """The value of an index that is written out."""
    match index:
        case ast.Constant(value=int() as position):
            return position
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as position)):
            return -position
        case _:
            return None


def _constant(value: object) -> Term | None:
    match value:
        case bool():
            return of_kind(Kind.BOOL)
        case int():
            return number(whole=True)
        case float() | complex():
            return of_kind(Kind.FLOAT)
        case str():
            return of_kind(Kind.STR)
        case bytes():
            return of_kind(Kind.BYTES)
        case None:
            return of_kind(Kind.NONE)
        case _:
            return None
