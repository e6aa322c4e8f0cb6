"""Builds the typed tree of a function: names resolved, types from the oracle, refusals collected."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import TypedDict

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.hir import comparing, special, walrus
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.build_call import field_default
from portalis.compiler.hir.build_decorator import cache_of, kept_results
from portalis.compiler.hir.build_expr import build_expr
from portalis.compiler.hir.build_match import build_match
from portalis.compiler.hir.build_stmt import build_stmt
from portalis.compiler.hir.build_super import super_init
from portalis.compiler.hir.build_with import build_with
from portalis.compiler.hir.build_yield import as_generator, is_generator, own_nodes
from portalis.compiler.hir.class_body import PROTOCOL_METHODS
from portalis.compiler.hir.construct import constructor, needs_default, without_class
from portalis.compiler.hir.decorators import counting
from portalis.compiler.hir.inherit import is_abstract
from portalis.compiler.hir.iterated import stepped
from portalis.compiler.hir.made_types import as_made
from portalis.compiler.hir.own_copy import own_copies, owned_params
from portalis.compiler.hir.scope import Scope, function_scope
from portalis.compiler.hir.split import split
from portalis.compiler.hir.structs import StructInfo, method_of, owner_of
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.hir.versions import decided
from portalis.compiler.hir.walk import walk
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import (
    ANY,
    NONE,
    OBJECT,
    STR,
    CallableOf,
    ClassObject,
    DictOf,
    OptionalOf,
    Type,
    UnionOf,
    VarTuple,
    dynamic,
    lent_sequence,
    make_union,
)  # fmt: skip
from portalis.diagnostics import Diagnostic, Span


@dataclass(frozen=True, slots=True)
class BuiltFunction:
    """A function's tree, or what stands against it."""

    function: h.Function | None
    diagnostics: tuple[Diagnostic, ...]


class ExprPlace(TypedDict):
    """The keyword arguments that every expression node takes."""

    span: Span
    type: Type


class StmtPlace(TypedDict):
    """The keyword arguments that every statement node takes."""

    span: Span
    comments: tuple[str, ...]


_FIXED = (ast.Constant, ast.Name, ast.Attribute, ast.UnaryOp, ast.Tuple, ast.expr_context, ast.unaryop)
"""What a default may be made of for a call site to write it out: Python evaluates it once, Rust each time."""


_ON_INSTANCES = ("method", "property", "setter")


class FunctionBuilder:
    """The state of building one function of one module."""

    def __init__(
        self, source: SourceModule, symbols: Symbols, answer: OracleAnswer, sources: dict[str, SourceModule]
    ) -> None:
        self.source = source
        self.sources = sources
        self.module = source.name
        self.symbols = symbols
        self.answer = answer
        self.scope = Scope("", set())
        self.definition: ast.FunctionDef | None = None
        """The module-level function or method that is built."""
        self.owner: StructInfo | None = None
        """The struct whose method is built."""
        self.defining = ""
        """The class of its line in which the method, or what is built of its `__init__`, was written."""
        self.receiver = ""
        """The parameter that is an instance of a class with base classes."""
        self.diagnostics: list[Diagnostic] = []
        self._lines = source.text.splitlines()
        self._last_line = 0
        self._inner_names: set[str] = set()
        self._only_head = False

    # What the build_* modules ask for -----------------------------------------------------

    def expr(self, node: ast.expr) -> h.Expr:
        return build_expr(self, node)

    def test(self, node: ast.expr) -> h.Expr:
        """An expression of which only the truth counts."""
        if isinstance(node, ast.BoolOp):
            name = "and" if isinstance(node.op, ast.And) else "or"
            return h.Logical(name, tuple(map(self.test, node.values)), **self.at(node))
        return special.test(self, build_expr(self, node))

    def span(self, node: ast.AST) -> Span:
        line, end_line = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1)
        start = self._column(line, getattr(node, "col_offset", 0))
        return Span(line, start, end_line, self._column(end_line, getattr(node, "end_col_offset", 0)))

    def _column(self, line: int, offset: int) -> int:
        text = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        if text.isascii():
            return min(offset, len(text)) + 1
        return len(text.encode()[:offset].decode(errors="ignore")) + 1

    def type_of(self, node: ast.expr) -> Type:
        return self.answer.type_of(self.module, node) or ANY

    def at(self, node: ast.expr) -> ExprPlace:
        """The span and type every expression node takes."""
        return {"span": self.span(node), "type": self.type_of(node)}

    def at_stmt(self, node: ast.stmt) -> StmtPlace:
        """The span and comments every statement node takes."""
        return {"span": self.span(node), "comments": self.comments_above(node)}

    def local_type(self, scope: Scope, name: str) -> Type:
        if name not in scope.types:
            scope.types[name] = self.answer.variable(self.module, scope.qualname, name) or ANY
        return scope.types[name]

    def _declared(self, scope: Scope, name: str) -> Type:
        """The type of a parameter or annotated variable; where nobody says one, it is any."""
        scope.types[name] = dynamic(self.local_type(scope, name))
        return scope.types[name]

    def _taken(self, scope: Scope, name: str) -> Type:
        """The type of what a parameter takes: its variable may be bound to values of other types later."""
        declared = self._declared(scope, name)
        signature = self.answer.signature(self.module, scope.qualname)
        given = next((p.type for p in signature.params if p.name == name), ANY) if signature else ANY
        wider = isinstance(declared, (UnionOf, OptionalOf)) and given is not ANY
        return dynamic(given) if wider and make_union([given, declared]) == declared else declared

    def lambda_param(self, node: ast.Lambda, name: str) -> Type:
        """A lambda's parameter type: the oracle's from the context, else from how its uses are typed."""
        inferred = self.type_of(node)
        names = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
        if (
            isinstance(inferred, CallableOf)
            and inferred.params is not None
            and len(inferred.params) == len(names)
        ):
            found = inferred.params[names.index(name)]
            if found is not ANY:
                return found
        for use in ast.walk(node.body):
            if isinstance(use, ast.Name) and use.id == name and self.type_of(use) is not ANY:
                return self.type_of(use)
        return ANY

    def comments_above(self, node: ast.AST) -> tuple[str, ...]:
        """Own-line comments directly above a statement, and the one that trails its first line."""
        line: int = getattr(node, "lineno", 1)
        found: list[str] = []
        above = line - 1
        comments = self.source.comments
        while above > self._last_line and above in comments and comments[above].own_line:
            found.insert(0, comments[above].text)
            above -= 1
        if line in comments and not comments[line].own_line:
            found.append(comments[line].text)
        return tuple(found)

    def block(self, body: list[ast.stmt]) -> list[h.Stmt]:
        """Statements in order; a refusal ends only its own statement."""
        built: list[h.Stmt] = []
        for node in (single for stmt in body for single in _singly(stmt)):
            try:
                inherited = super_init(self, node)
                if inherited is not None:
                    built += inherited
                elif isinstance(node, ast.Match):
                    built += build_match(self, node)
                elif isinstance(node, ast.If) and (way := decided(self, node.test)) is not None:
                    built += self.block(node.body if way else node.orelse)
                elif isinstance(node, ast.With):
                    built += build_with(self, node)
                elif isinstance(node, ast.For) and (steps := stepped(self, node)) is not None:
                    built += steps
                else:
                    built += walrus.ahead(build_stmt(self, node))
            except Refusal as refusal:
                self.diagnostics.append(refusal.diagnostic)
            if not isinstance(node, (ast.If, ast.For, ast.While, ast.Try, ast.Match, ast.With)):
                self._last_line = node.end_lineno or node.lineno
        return built

    @contextmanager
    def inner_scope(self, scope: Scope) -> Iterator[None]:
        """Build inside a nested function or lambda."""
        outer, self.scope = self.scope, scope
        try:
            yield
        finally:
            self.scope = outer

    @contextmanager
    def inner_names(self, names: set[str]) -> Iterator[None]:
        """Build inside a comprehension, whose targets are names of their own."""
        types = _Fresh(self, self.scope.qualname)
        with self.inner_scope(Scope(self.scope.qualname, names, {}, types, self.scope)):
            yield

    def fresh(self, stem: str, type_: Type) -> str:
        """A new variable of the function being built, with a name that nothing has."""
        taken = self.scope.names | self._inner_names
        taken |= {
            one.id for one in ast.walk(self.definition or ast.Module([], [])) if isinstance(one, ast.Name)
        }
        name = next(one for at in count(1) if (one := stem if at == 1 else f"{stem}_{at}") not in taken)
        self.scope.names.add(name)
        self.scope.types[name] = type_
        return name

    def inner_name(self, stem: str, type_: Type, span: Span) -> h.Local:
        """A variable that one expression has for itself, with a name that nothing has."""
        name = self.fresh(stem, type_)
        del self.scope.types[name]
        self.scope.names.discard(name)
        self._inner_names.add(name)
        return h.Local(name, type_, span=span, type=type_)

    def held(self, stem: str, value: h.Expr) -> tuple[list[h.Stmt], h.Expr]:
        """A value as something that can be looked at again and again: under a name, where it has none."""
        if isinstance(value, (h.Local, h.Literal)):
            return [], value
        name = self.fresh(stem, value.type)
        target = h.Local(name, value.type, span=value.span, type=value.type)
        return [h.Assign((target,), value, span=value.span)], replace(target)

    def default_of(self, key: str, node: ast.expr) -> h.Expr:
        """A default of another function, built where it was written; only what is the same at every call."""
        if not all(isinstance(n, _FIXED) for n in ast.walk(node)):
            raise Refusal(
                "PT403", self.span(node), f"the default `{ast.unparse(node)}` is computed or mutable"
            )
        owner = owner_of(self.symbols, key)
        module = key.partition(":")[0] if owner is None else owner.written_in(method_of(owner, key))
        if module == self.module:
            with self.inner_scope(Scope("", set())):
                return self.expr(node)
        return FunctionBuilder(self.sources[module], self.symbols, self.answer, self.sources).expr(node)

    def nested(self, node: ast.FunctionDef) -> h.Function:
        """A function defined inside the one being built."""
        cache = cache_of(self, node)
        if not cache:
            self.scope.functions[node.name] = node
        scope = function_scope(node, f"{self.scope.qualname}.<locals>.{node.name}", self.scope)
        return replace(owned_params(self._function(node, scope)), cache=cache)

    @contextmanager
    def written_in(self, module: str) -> Iterator[None]:
        """What is built now stands in that module: its names, types and lines are those there."""
        saved = self.source, self.module, self._lines, self._last_line
        if module != self.module:
            self.source, self.module = self.sources[module], module
            self._lines, self._last_line = self.source.text.splitlines(), 0
        try:
            yield
        finally:
            self.source, self.module, self._lines, self._last_line = saved

    # The entries ----------------------------------------------------------------------------

    def head(self, node: ast.FunctionDef, owner: StructInfo | None, name: str) -> BuiltFunction:
        """A function with its parameters and result, and no body: for Rust that comes from elsewhere."""
        self._only_head = True
        return self.build(node, owner, name)

    def build(self, node: ast.FunctionDef, owner: StructInfo | None = None, name: str = "") -> BuiltFunction:
        """The typed tree of a module-level function, or of a method of `owner`, there known by `name`."""
        function: h.Function | None = None
        name = name or node.name
        try:
            method = owner is not None and owner.kinds[name] == "method"
            if owner is not None and name in PROTOCOL_METHODS:
                why = f"`{name}` is only called by Python itself, for pickling, copying or subscripts"
                raise Refusal("PT201", self.span(node), why, "nothing: such methods stay in Python")
            if method and not is_abstract(node) and counting(self, node):
                raise Refusal(
                    "PT203", self.span(node), f"`{node.name}` is decorated", "decorators come later"
                )
            cache = cache_of(self, node) if owner is None else ""
            qualname = owner.written(name) if owner is not None else node.name
            self.owner, self.definition = owner, node
            scope = function_scope(node, qualname, None)
            if owner is not None:
                self.defining = owner.origin.get(name, owner.qualname)
                if owner.line is not None and owner.kinds[name] in _ON_INSTANCES and node.args.args:
                    self.receiver = node.args.args[0].arg
                    scope.types[self.receiver] = owner.type
            function = self._function(node, scope)
            if owner is not None:
                function = self._inherited(function, owner.module, f"{owner.qualname}.{name}")
                function = self._method(function, owner)
            if cache:
                function = replace(function, cache=cache, cache_size=kept_results(node))
        except Refusal as refusal:
            self.diagnostics.append(refusal.diagnostic)
        return BuiltFunction(None if self.diagnostics else function, tuple(self.diagnostics))

    def _inherited(self, function: h.Function, module: str, qualname: str) -> h.Function:
        """A method under the name that it has in the class that inherits it."""
        if (function.module, function.qualname) != (module, qualname):
            inner = next((n for n in walk(function.body) if isinstance(n, h.NestedFunction)), None)
            if inner is not None:
                why = "a nested function of an inherited method is not translated"
                raise Refusal("PT211", inner.span, why)
        return replace(function, qualname=qualname, module=module)

    def _method(self, function: h.Function, owner: StructInfo) -> h.Function:
        """A method: its receiver is an instance of exactly its class; `__init__` makes one."""
        name = method_of(owner, function.key)
        kind = owner.kinds[name]
        if kind == "static":
            return function
        if kind == "class":
            if not function.params or not isinstance(function.params[0].type, ClassObject):
                raise Refusal("PT201", function.span, f"`{function.qualname}` does not take its class")
            return without_class(function)
        if not function.params or function.params[0].type != owner.type:
            raise Refusal("PT201", function.span, f"`{function.qualname}` has no receiver")
        if name == "__init__":
            return constructor(self._with_class_values(function, owner), owner)
        if function.key == owner.constructor:
            return self._generated_init(function, owner)
        if function.qualname.endswith(".__exit__"):
            return _unasked(function)
        return function

    def _with_class_values(self, function: h.Function, owner: StructInfo) -> h.Function:
        """`__init__` after the attributes that the class has values for, as far as it doesn't bind them."""
        receiver, span = function.params[0].name, function.span
        head: list[h.Stmt] = []
        for one in owner.fields:
            if one.classwide and needs_default(function.body, receiver, one.name):
                place = h.Local(receiver, owner.type, span=span, type=owner.type)
                target = h.Attribute(place, one.name, span=span, type=one.type)
                head.append(h.Assign((target,), field_default(self, owner, one, span), span=span))
        return replace(function, body=[*head, *function.body]) if head else function

    def _generated_init(self, function: h.Function, owner: StructInfo) -> h.Function:
        """The `__init__` that a dataclass gets: it binds the fields and calls `__post_init__`."""
        receiver, span = function.params[0], function.span
        clash = next((one.name for one in owner.fields if one.name in function.locals), None)
        if clash is not None:
            raise Refusal("PT201", span, f"`{clash}` is a field and a variable of `__post_init__`")
        given = tuple(
            h.Parameter(one.name, one.type, kind, one.default is not None)
            for kind in ("positional_or_keyword", "keyword_only")
            for one in owner.fields
            if one.given and one.keyword is (kind == "keyword_only")
        )
        head: list[h.Stmt] = []
        for one in owner.fields:
            if not one.given and (one.default is not None or one.factory is not None):
                place = h.Local(receiver.name, owner.type, span=span, type=owner.type)
                target = h.Attribute(place, one.name, span=span, type=one.type)
                head.append(h.Assign((target,), field_default(self, owner, one, span), span=span))
        locals_ = function.locals | {one.name: one.type for one in given}
        function = replace(function, params=(receiver, *given), body=[*head, *function.body], locals=locals_)
        return constructor(function, owner, frozenset(one.name for one in given))

    def _function(self, node: ast.FunctionDef, scope: Scope) -> h.Function:
        spec = node.args
        with self.inner_scope(scope):
            params = []
            kinds = (
                [(a, "positional_only") for a in spec.posonlyargs]
                + [(a, "positional_or_keyword") for a in spec.args]
                + [(a, "keyword_only") for a in spec.kwonlyargs]
            )
            defaults = [None] * (len(spec.posonlyargs) + len(spec.args) - len(spec.defaults)) + list(
                spec.defaults
            )
            defaults += list(spec.kw_defaults)
            for (arg, kind), default in zip(kinds, defaults, strict=True):
                value = self.expr(default) if isinstance(default, ast.Constant) else None
                type_ = lent_sequence(self._taken(scope, arg.arg))
                scope.types[arg.arg] = type_
                params.append(h.Parameter(arg.arg, type_, kind, default is not None, value))
            self._annotated(node, scope)
            params += self._open_params(node, scope)
            self._compared(params, scope)
            docstring = ast.get_docstring(node) or ""
            first = node.body[0]
            self._last_line = (first.end_lineno or first.lineno) if docstring else node.lineno
            written = node.body[1:] if docstring else node.body
            body = [] if self._only_head else self.block(written)
            for name in scope.names:
                self.local_type(scope, name)
        function = h.Function(
            self.module, scope.qualname, tuple(params), self._returns(node, scope), body, docstring,
            dict(scope.types), scope.rebinds, span=self.span(node),
        )  # fmt: skip
        if self._only_head:
            return function
        function = split(own_copies(as_made(function)))
        return as_generator(function) if is_generator(node) and not self.diagnostics else function

    def _annotated(self, node: ast.FunctionDef, scope: Scope) -> None:
        """Variables whose annotation says `Any` or a type variable hold anything, whatever comes first.

        A bare `list` or `dict` says nothing of what it holds: that is learned from what is stored.
        """
        for stmt in own_nodes(node):
            if isinstance(stmt, ast.AnnAssign) and isinstance(stmt.target, ast.Name):
                bare = (
                    isinstance(stmt.annotation, ast.Name)
                    and self.local_type(scope, stmt.target.id) is not ANY
                )
                if not bare:
                    self._declared(scope, stmt.target.id)

    def _open_params(self, node: ast.FunctionDef, scope: Scope) -> list[h.Parameter]:
        """`*args` as a tuple of any length, `**kwargs` as a dict."""
        found: list[h.Parameter] = []
        for arg, kind in ((node.args.vararg, "var_positional"), (node.args.kwarg, "var_keyword")):
            if arg is None:
                continue
            if self.scope.parent is not None:
                raise Refusal(
                    "PT206", self.span(node), f"the nested function `{node.name}` takes `*` or `**`"
                )
            type_ = self._declared(scope, arg.arg)
            if type_ in (VarTuple(ANY), DictOf(STR, ANY)):
                raise Refusal(
                    "PT101",
                    self.span(node),
                    f"the type of what `{arg.arg}` holds is not known",
                    "annotate it",
                )
            if not isinstance(type_, VarTuple | DictOf):
                raise Refusal("PT206", self.span(node), f"`{arg.arg}` has the type `{type_}`")
            found.append(h.Parameter(arg.arg, type_, kind))
        return found

    def _compared(self, params: list[h.Parameter], scope: Scope) -> None:
        """The other operand of a comparison is an instance too: Rust compares no others with it."""
        name = scope.qualname.rpartition(".")[2]
        if self.owner is None or name not in comparing.COMPARE.values() or len(params) != 2:
            return
        if params[1].type in (ANY, OBJECT):
            params[1] = replace(params[1], type=self.owner.type)
            scope.types[params[1].name] = self.owner.type

    def _returns(self, node: ast.FunctionDef, scope: Scope) -> Type:
        signature = self.answer.signature(self.module, scope.qualname)
        declared = signature.returns if signature is not None else ANY
        if declared is ANY and not any(isinstance(n, ast.Return) and n.value for n in own_nodes(node)):
            return NONE
        return OBJECT if declared is ANY else declared


def _unasked(function: h.Function) -> h.Function:
    """`__exit__`, whose parameters are None where it doesn't look at them: nobody tells it more."""
    asked = {one.name for one in walk(function.body) if isinstance(one, h.Local)}
    params = tuple(
        one
        if at == 0 or one.name in asked or one.kind != "positional_or_keyword"
        else replace(one, type=NONE)
        for at, one in enumerate(function.params)
    )
    return replace(function, params=params)


def _singly(node: ast.stmt) -> list[ast.stmt]:
    """`del a[i], b[j]` as a statement for each, which is what it does."""
    if isinstance(node, ast.Delete) and len(node.targets) > 1:
        return [ast.copy_location(ast.Delete([target]), node) for target in node.targets]
    return [node]


class _Fresh(dict[str, Type]):
    """The types of comprehension targets: the oracle knows them by use, not by name."""

    def __init__(self, builder: FunctionBuilder, qualname: str) -> None:
        super().__init__()
        self._builder = builder
        self._qualname = qualname

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: str) -> Type:
        return ANY
