"""What calls tell of their arguments: of builtins, of methods, of the functions of the same text."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING

from portalis.compiler.frontend.usage import signatures
from portalis.compiler.frontend.usage.signatures import signature
from portalis.compiler.frontend.usage.terms import (
    Kind,
    Mark,
    Term,
    can_be_one,
    elem_of,
    find,
    gather,
    is_number,
    is_whole,
    join,
    list_of,
    number,
    of_kind,
    text_of,
    unify,
)

if TYPE_CHECKING:
    from portalis.compiler.frontend.usage.expressions import Callee, Reader, Scope


def call(reader: Reader, node: ast.Call, scope: Scope) -> Term:
    args = [reader.read(arg, scope) for arg in node.args]
    keywords = {one.arg: reader.read(one.value, scope) for one in node.keywords}
    _read_key(reader, node, args, scope)
    spread = any(isinstance(arg, ast.Starred) for arg in node.args) or None in keywords
    match node.func:
        case ast.Name(id=name) if name in scope and name not in reader.functions:
            return _handed(reader, node, scope[name], args, spread or bool(keywords))
        case ast.Name(id=name) if name in reader.functions and name not in reader.imports:
            if name == reader.running:
                _count(reader.functions[name], node.args)
            return _own_call(reader.functions[name], args, keywords, spread)
        case ast.Attribute(value=ast.Name(id="self"), attr=attr) if (reader.owner, attr) in reader.methods:
            return _own_call(reader.methods[reader.owner, attr], args, keywords, spread)
        case _:
            pass
    dotted = reader.dotted(node.func, scope)
    if dotted is None and isinstance(node.func, ast.Name):
        dotted = node.func.id
    if dotted is not None:
        return _library(reader, node, dotted, [] if spread else args)
    if isinstance(node.func, ast.Attribute):
        return _method(reader, node, reader.read(node.func.value, scope), node.func.attr, args, spread)
    reader.read(node.func, scope)
    return reader.at(node)


def _handed(reader: Reader, node: ast.Call, function: Term, args: list[Term], unclear: bool) -> Term:
    """A call of a function that is a value."""
    own = find(function)
    if unclear or own.kind not in (None, Kind.FUNCTION):
        own.marks.add(Mark.MIXED)
        return reader.at(node)
    unify(own, Term(Kind.FUNCTION))
    own = find(own)
    if own.parts is None:
        own.parts = [Term() for _ in args]
    own.item = own.item or Term()
    if len(own.parts) != len(args):
        own.marks.add(Mark.MIXED)
        return reader.at(node)
    for part, arg in zip(own.parts, args, strict=True):
        gather(part, arg)
    return find(own.item)


def _read_key(reader: Reader, node: ast.Call, args: list[Term], scope: Scope) -> None:
    """What the function tells that is called with each element (`key=`, `map`, `filter`)."""
    function = next((one.value for one in node.keywords if one.arg == "key"), None)
    over = node.func.value if isinstance(node.func, ast.Attribute) else None
    elements = [elem_of(reader.read(over, scope))] if over is not None and function is not None else []
    match node.func:
        case ast.Name(id="map" | "filter") | ast.Attribute(attr="reduce") if len(args) >= 2:
            function = node.args[0]
            elements = [elem_of(one) for one in args[1:]]
        case ast.Name(id="sorted" | "max" | "min") if len(args) == 1 and function is not None:
            elements = [elem_of(args[0])]
        case _:
            pass
    if function is not None and elements:
        applied(reader, function, elements, scope)


def applied(reader: Reader, function: ast.expr, elements: list[Term], scope: Scope) -> Term:
    """The result of a function that is called with these values."""
    match function:
        case ast.Lambda(args=args, body=body):
            for arg, elem in zip(args.args, elements, strict=False):
                unify(reader.at(arg), elem)
            return reader.read(body, {**scope, **{arg.arg: reader.at(arg) for arg in args.args}})
        case ast.Name(id=name) if name in reader.functions:
            return _own_call(reader.functions[name], elements, {}, spread=False)
        case ast.Name(id=name) if name in scope:
            own = find(scope[name])
            if own.kind is None and not own.members:
                unify(own, Term(Kind.FUNCTION, parts=[Term() for _ in elements], item=Term()))
            if find(own).kind is Kind.FUNCTION and find(own).parts is not None:
                for part, elem in zip(find(own).parts or (), elements, strict=False):
                    gather(part, elem)
                return find(find(own).item or Term())
            return reader.at(function)
        case ast.Name(id=name):
            return _library(reader, function, reader.imports.get(name, name), elements)
        case ast.Attribute(value=ast.Name(id="str"), attr=attr):
            text_of(elements[0])
            return _method(reader, function, elements[0], attr, elements[1:], spread=False)
        case _:
            return reader.at(function)


def _own_call(
    callee: Callee,
    args: list[Term],
    keywords: Mapping[str | None, Term],
    spread: bool,
) -> Term:
    if not spread:
        given = [*zip(callee.params, args, strict=False), *keywords.items()]
        for name, value in given:
            param = callee.params.get(name or "")
            if param is None:
                continue
            if find(value).kind is Kind.NONE:
                find(param).marks.add(Mark.ABSENT)
                continue
            if can_be_one(param, value):
                _note(param, value)
    return find(callee.result)


def _library(reader: Reader, node: ast.AST, name: str, args: list[Term]) -> Term:
    match name:
        case "min" | "max" if args:
            return _extreme(args, ordered=not _has_key(node))
        case "zip":
            return Term(Kind.OTHER, elem=Term(Kind.TUPLE, parts=[elem_of(one) for one in args]))
        case "map" if isinstance(node, ast.Call) and len(args) >= 2:
            elements = [elem_of(one) for one in args[1:]]
            return Term(Kind.OTHER, elem=applied(reader, node.args[0], elements, {}))
        case "filter" if len(args) == 2:
            return Term(Kind.OTHER, elem=elem_of(args[1]))
        case "sorted" if args and not _has_key(node):
            elem_of(args[0]).marks.add(Mark.ORDERED)
        case "int" if args:
            return number(whole=True)
        case "collections.defaultdict" if isinstance(node, ast.Call) and len(node.args) == 1:
            return _with_default(reader, node, node.args[0])
        case _:
            pass
    row = signatures.BUILTINS.get(name)
    return _by_row(reader, node, row, args, {}) if row is not None else reader.at(node)


_MADE = {"list": Kind.LIST, "set": Kind.SET, "int": Kind.INT, "str": Kind.STR, "float": Kind.FLOAT}


def _with_default(reader: Reader, node: ast.Call, factory: ast.expr) -> Term:
    """A `defaultdict`: a dict of what its factory makes."""
    kind = _MADE.get(factory.id) if isinstance(factory, ast.Name) else None
    key, item = reader.at(node, 1), reader.at(node, 2)
    if kind in (Kind.LIST, Kind.SET):
        unify(item, Term(kind, elem=reader.at(node, 3)))
    elif kind is Kind.INT:
        unify(item, number(whole=True))
    elif kind is not None:
        unify(item, of_kind(kind))
    return Term(Kind.DICT, elem=key, key=key, item=find(item))


def _has_key(node: ast.AST) -> bool:
    """Whether a call says itself by what its elements are compared."""
    return isinstance(node, ast.Call) and any(one.arg == "key" for one in node.keywords)


def _extreme(args: list[Term], *, ordered: bool) -> Term:
    if len(args) == 1:
        if ordered:
            elem_of(args[0]).marks.add(Mark.ORDERED)
        return elem_of(args[0])
    if any(map(is_number, args)):
        for one in args:
            unify(one, number())
        return number(whole=all(map(is_whole, args)))
    for one in args[1:]:
        join(args[0], one)
    return find(args[0])


def _method(reader: Reader, node: ast.AST, value: Term, name: str, args: list[Term], spread: bool) -> Term:
    own = find(value)
    if own.kind is Kind.INSTANCE:
        callee = reader.methods.get((own.owner, name))
        return reader.at(node) if callee is None else _own_call(callee, args, {}, spread)
    own.members.add(name)
    if name == "sort" and not _has_key(node):
        elem_of(own).marks.add(Mark.ORDERED)
    kind: Kind | None = own.kind
    if kind is None:
        known = signatures.owners(name)
        kind = known[0] if len(known) == 1 else None
    if kind is Kind.STR and name == "join" and args and find(args[0]).kind is None:
        unify(args[0], list_of(of_kind(Kind.STR)))  # who has a text already, has no need to join it
    match kind:
        case Kind.STR:
            row, known_types = signatures.TEXT_METHODS.get(name), {}
        case Kind.LIST:
            row, known_types = signatures.LIST_METHODS.get(name), {"T": elem_of(own)}
        case Kind.SET:
            row, known_types = signatures.SET_METHODS.get(name), {"T": elem_of(own)}
        case Kind.DICT if own.key is not None and own.item is not None:
            row, known_types = signatures.DICT_METHODS.get(name), {"K": own.key, "V": own.item}
        case _:
            row, known_types = None, {}
    return reader.at(node) if row is None else _by_row(reader, node, row, [] if spread else args, known_types)


def _by_row(reader: Reader, node: ast.AST, row: str, args: list[Term], known: dict[str, Term]) -> Term:
    for name in "TUVK":
        known.setdefault(name, reader.at(node, ord(name)))
    takes, gives = signature(row, known)
    for param, arg in zip(takes, args, strict=False):
        if find(arg).kind is not Kind.NONE:
            _note(param, arg)
    return gives


def _count(callee: Callee, args: list[ast.expr]) -> None:
    """A number that a function hands to itself, one step on (`f(n - 1)`), is counted: an int."""
    for param, arg in zip(callee.params.values(), args, strict=False):
        match arg:
            case ast.BinOp(left=ast.Name(), op=ast.Add() | ast.Sub(), right=ast.Constant(value=int())):
                if is_number(param):
                    unify(param, number(whole=True))
            case _:
                pass


def _note(param: Term, value: Term) -> None:
    """That a value is handed to a parameter: what is known of whole types holds for both.

    A number that fits both int and float stays what it was.
    """
    if is_number(param) and is_number(value):
        if is_whole(param):
            unify(value, number(whole=True))
        return
    if find(param).kind is Kind.STR and find(value).kind is Kind.STR:
        find(value).marks.update(find(param).marks)
        return
    if can_be_one(param, value):
        unify(param, value)
