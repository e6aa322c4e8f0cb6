"""The body of a wrapper as the body of one function that it wraps.

result = func(*args, **kwargs)             result = add_undecorated(a, b)
print(f"{func.__name__}: {result}")        print(f"{'add'}: {result}")
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping
from dataclasses import dataclass

from portalis.compiler.frontend.wrappers.forms import Wrapping


class Unfit(Exception):
    """The wrapper does what this rewriting has no place for."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The function that is wrapped: as it is called and shown, its parameters, and whether it is a method."""

    name: str
    shown: Mapping[str, str]
    """Its `__name__`, `__qualname__` and `__module__`."""
    arguments: ast.arguments
    method: bool


def rewritten(wrapping: Wrapping, wrapped: Wrapped) -> tuple[ast.arguments, list[ast.stmt]]:
    """The parameters and the body that the name has after decorating.

    Raises:
        Unfit: the wrapper does more with its function or arguments than call the one with the others.
    """
    wrapper = copy.deepcopy(wrapping.wrapper)
    own = wrapper.args
    passes_on = own.vararg is not None
    if own.kwarg is not None and not passes_on:
        raise Unfit
    arguments = _with_annotations(wrapping, own, wrapped.arguments)
    if passes_on:
        if own.posonlyargs or own.kwonlyargs or own.defaults or len(own.args) > wrapped.method:
            raise Unfit
        arguments = wrapped.arguments if own.kwarg is not None else _by_position(wrapped.arguments)
    rename: dict[str, ast.expr] = {}
    if passes_on and own.args:
        rename[own.args[0].arg] = ast.Name(_positional(wrapped.arguments)[0], ast.Load())
    body = wrapper.body[1:] if ast.get_docstring(wrapper) is not None else wrapper.body
    bound = _bound(body)
    names = {one.arg for one in ast.walk(arguments) if isinstance(one, ast.arg)}
    fixed = {wrapping.taken, *wrapping.given} | {
        one.arg for one in (own.vararg, own.kwarg) if one is not None
    }
    if bound & fixed or (bound & rename.keys()):
        raise Unfit
    if passes_on:
        rename |= {name: ast.Name(_apart(name, names | bound), ast.Load()) for name in bound & names}
        read = {node.id for stmt in body for node in ast.walk(stmt) if isinstance(node, ast.Name)}
        if names & (read - bound - fixed - rename.keys()):
            raise Unfit  # a global of the wrapper's module has the name of a parameter
    inner = _Inner(wrapping, wrapped, own, rename)
    return arguments, [inner.statement(stmt) for stmt in body]


def _by_position(taken: ast.arguments) -> ast.arguments:
    """The parameters of `wrapper(*args)`: nothing is given by name."""
    if any(default is None for default in taken.kw_defaults):
        raise Unfit
    made = copy.deepcopy(taken)
    made.posonlyargs, made.args = [*made.posonlyargs, *made.args], []
    made.kwonlyargs, made.kw_defaults, made.kwarg = [], [], None
    return made


def _with_annotations(wrapping: Wrapping, own: ast.arguments, taken: ast.arguments) -> ast.arguments:
    """The parameters of a wrapper that hands them on one by one, with the annotations of what takes them."""
    made = copy.deepcopy(own)
    wanted = [*taken.posonlyargs, *taken.args]
    for node in ast.walk(wrapping.wrapper):
        match node:
            case ast.Call(func=ast.Name(id=name), args=args) if name == wrapping.taken:
                for given, param in zip(args, wanted, strict=False):
                    for one in (*made.posonlyargs, *made.args):
                        if isinstance(given, ast.Name) and given.id == one.arg and one.annotation is None:
                            one.annotation = copy.deepcopy(param.annotation)
            case _:
                pass
    return made


def _positional(arguments: ast.arguments) -> list[str]:
    return [one.arg for one in (*arguments.posonlyargs, *arguments.args)]


def _bound(body: list[ast.stmt]) -> set[str]:
    """The variables of a wrapper; what has scopes or state of its own is not for this rewriting."""
    found: set[str] = set()
    for node in (inner for stmt in body for inner in ast.walk(stmt)):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.ExceptHandler(name=str(name)):
                found.add(name)
            case (
                ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda() | ast.Global()
                | ast.Nonlocal() | ast.Yield() | ast.YieldFrom() | ast.Await() | ast.Import()
                | ast.ImportFrom() | ast.MatchAs() | ast.MatchStar() | ast.MatchMapping()
            ):  # fmt: skip
                raise Unfit
            case _:
                pass
    return found


def _apart(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


class _Inner(ast.NodeTransformer):
    """Puts in the function that is wrapped, its parameters, and what the decorator was given."""

    def __init__(
        self, wrapping: Wrapping, wrapped: Wrapped, own: ast.arguments, rename: Mapping[str, ast.expr]
    ) -> None:
        self._wrapping, self._wrapped, self._own, self._rename = wrapping, wrapped, own, rename
        self._stars = {one.arg for one in (own.vararg, own.kwarg) if one is not None}

    def statement(self, node: ast.stmt) -> ast.stmt:
        """A statement, with what stands for names in it."""
        made = self.visit(node)
        assert isinstance(made, ast.stmt)
        return ast.fix_missing_locations(made)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if not (isinstance(node.func, ast.Name) and node.func.id == self._wrapping.taken):
            return self.generic_visit(node)
        if self._stars:
            args, keywords = self._passed_on(node.args, node.keywords)
        else:
            args = [self._plain(one) for one in node.args]
            keywords = [ast.keyword(one.arg, self._plain(one.value)) for one in node.keywords]
        func: ast.expr = ast.Name(self._wrapped.name, ast.Load())
        if self._wrapped.method:
            if not args or isinstance(args[0], ast.Starred):
                raise Unfit
            func = ast.Attribute(args.pop(0), self._wrapped.name, ast.Load())
        return ast.copy_location(ast.Call(func, args, keywords), node)

    def _plain(self, node: ast.expr) -> ast.expr:
        made = self.visit(node)
        assert isinstance(made, ast.expr)
        return made

    def _passed_on(
        self, args: list[ast.expr], keywords: list[ast.keyword]
    ) -> tuple[list[ast.expr], list[ast.keyword]]:
        """`*args, **kwargs` as the parameters of the function that is wrapped."""
        match args:
            case [*first, ast.Starred(value=ast.Name(id=star))] if star == getattr(
                self._own.vararg, "arg", None
            ) and len(first) == len(self._own.args):
                pass
            case _:
                raise Unfit
        stars = [(one.arg, one.value) for one in keywords]
        match stars, self._own.kwarg:
            case [], None:
                pass
            case [(None, ast.Name(id=name))], ast.arg(arg=own) if name == own:
                pass
            case _:
                raise Unfit
        taken = self._wrapped.arguments
        given = [self._plain(one) for one in first]
        given += [ast.Name(name, ast.Load()) for name in _positional(taken)[len(first) :]]
        if taken.vararg is not None:
            given.append(ast.Starred(ast.Name(taken.vararg.arg, ast.Load()), ast.Load()))
        if self._own.kwarg is None:
            return given, []
        named = [ast.keyword(one.arg, ast.Name(one.arg, ast.Load())) for one in taken.kwonlyargs]
        if taken.kwarg is not None:
            named.append(ast.keyword(None, ast.Name(taken.kwarg.arg, ast.Load())))
        return given, named

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if name == self._wrapping.taken:
                if attr not in self._wrapped.shown:
                    raise Unfit
                return ast.copy_location(ast.Constant(self._wrapped.shown[attr]), node)
            case _:
                return self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        other = self._rename.get(node.name or "")
        if isinstance(other, ast.Name):
            node.name = other.id
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id == self._wrapping.taken or node.id in self._stars:
            raise Unfit
        if node.id in self._wrapping.given:
            return ast.copy_location(copy.deepcopy(self._wrapping.given[node.id]), node)
        other = self._rename.get(node.id)
        if isinstance(other, ast.Name):
            return ast.copy_location(ast.Name(other.id, node.ctx), node)
        return node
