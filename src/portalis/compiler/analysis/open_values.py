"""Which variables hold values of any type because of what they are bound to, whatever was said of them.

    def names(data: Any) -> list[str]:
        found: list[str] = []
        for key, item in data.items():      # key, item: object
            if isinstance(item, dict):      # item stays an object: it is the one that `data` holds
                found += names(item)
        return found

A list inside a value of any type is an object with an identity; one of its own in Rust (`Vec<i64>`) would be
a copy. So a variable that is bound to such a value is one as well, though it is declared `dict[str, Any]` or
the flow has narrowed it; and so are the parameters it is handed to, and the results it is returned as.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from portalis.compiler.analysis.open_types import container, holds_any, is_scalar, opened
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import ANY, NONE, OBJECT, DictOf, ListOf, OptionalOf, Type, VarTuple

_GIVES = frozenset({"get", "pop", "setdefault", "copy", "popitem"})
"""Methods of a value of any type that give another."""

_ELEMENTS = frozenset({"get", "pop", "setdefault"})
"""Methods of a container that give what it holds."""

_SAME_ITEMS = frozenset(
    f"builtins.{name}" for name in ("list", "tuple", "sorted", "reversed", "iter", "set", "filter")
)
"""Functions whose result has the items of an argument."""

_FILLS = frozenset({"append", "insert", "extend", "appendleft"})
_LOADS = frozenset({"json.loads"})
_COPIES = frozenset({"builtins.dict", "copy.copy", "copy.deepcopy"})

Shape = bool | tuple["Shape", ...]
"""Whether what is iterated gives values of any type, or tuples of which some parts are."""


@dataclass(slots=True)
class _Places:
    """What is known of a project's functions: which parameters, variables and results hold any value."""

    functions: Mapping[str, h.Function]
    fixed: Collection[str]
    wide: Collection[str]
    names: dict[str, set[str]] = field(default_factory=dict)
    filled: dict[str, set[str]] = field(default_factory=dict)
    """The variables whose containers are filled with values of any type, as far as nothing else was said."""
    returns: set[str] = field(default_factory=set)
    changed: bool = False

    def add(self, key: str, name: str) -> None:
        found = self.names.setdefault(key, set())
        if name not in found:
            found.add(name)
            self.changed = True


def open_values(
    functions: Mapping[str, h.Function], fixed: Collection[str] = (), wide: Collection[str] = ()
) -> dict[str, h.Function]:
    """The functions with `object` for all that holds values of any type; those without are the same ones.

    Args:
        functions: the functions, by item key.
        fixed: those whose heads stay as they are.
        wide: those in which every container that holds such values is one itself, so that it may be shared.
    """
    places = _Places(functions, fixed, wide)
    for key, function in functions.items():
        _seeds(places, key, function, wide=key in wide)
    pending = [key for key, function in functions.items() if _concerned(function)]
    while True:
        places.changed = False
        for key in pending:
            _Function(places, functions[key]).run()
        if not places.changed:
            break
    return {key: _rewritten(places, function) for key, function in functions.items()}


def _concerned(function: h.Function) -> bool:
    """Whether anything in the function may be of any type."""
    kinds = (*(p.type for p in function.params), function.returns, *function.locals.values())
    if any(kind in (ANY, OBJECT) or holds_any(kind) for kind in kinds):
        return True
    return any(
        isinstance(node, h.Expr) and (node.type in (ANY, OBJECT) or holds_any(node.type))
        for node in walk(function.body)
    )


def _seeds(places: _Places, key: str, function: h.Function, *, wide: bool) -> None:
    """The variables that are declared so."""
    declared = {**function.locals, **{p.name: p.type for p in function.params}}
    for name, kind in declared.items():
        if kind is OBJECT or (wide and _sharable(kind)):
            places.add(key, name)
    if function.returns is OBJECT or (wide and _sharable(function.returns)):
        places.returns.add(key)


def _sharable(kind: Type) -> bool:
    """Whether it holds values of any type, or is a union of which a member is a container."""
    return holds_any(kind) or opened(kind) is OBJECT


@dataclass(slots=True)
class _Function:
    """One look at a function: what it binds to values of any type."""

    places: _Places
    function: h.Function
    names: set[str] = field(init=False)
    filled: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = self.places.names.setdefault(self.function.key, set())
        self.filled = self.places.filled.setdefault(self.function.key, set())

    def run(self) -> None:
        for node in walk(self.function.body):
            self._visit(node)

    def _visit(self, node: h.Node) -> None:
        match node:
            case h.Assign(targets=targets, value=value):
                for target in targets:
                    self._bind(target, self._shape(value))
                    self._fill(target, self._gives_open(value))
            case h.Walrus(target=target, value=value):
                self._bind(target, self.is_open(value))
            case h.For(target=target, iterable=iterable) | h.Clause(target=target, iterable=iterable):
                self._bind(target, self._items(iterable))
            case h.CallFunction(key=key, args=args):
                self._handed(key, args)
            case h.CallMethod(receiver=receiver, method=method, args=args) if method in _FILLS and args:
                added = self._items(args[0]) is True if method == "extend" else self.is_open(args[-1])
                self._fill(receiver, added)
            case h.Return(value=h.Expr() as value):
                self._returned(value)
            case _:
                pass

    def _bind(self, target: h.Expr, shape: Shape) -> None:
        match target:
            case h.Local(name=name, declared=declared) if shape is True:
                known = self.function.locals.get(name, declared)
                if known in (ANY, OBJECT, NONE) or container(known):
                    self._add(name)
            case h.TupleDisplay(items=items) | h.ListDisplay(items=items):
                parts = shape if isinstance(shape, tuple) and len(shape) == len(items) else None
                for at, item in enumerate(items):
                    inside = parts[at] if parts is not None else shape is True
                    if not isinstance(item, h.Starred):
                        self._bind(item, inside)

    def _fill(self, target: h.Expr, filled: bool) -> None:
        if filled and isinstance(target, h.Local) and target.name not in self.filled:
            self.filled.add(target.name)
            self.places.changed = True

    def _gives_open(self, value: h.Expr) -> bool:
        """Whether it is a new container with values of any type in it."""
        match value:
            case h.ListDisplay(items=items) | h.SetDisplay(items=items):
                return any(map(self.is_open, items))
            case h.DictDisplay(items=pairs):
                return any(self.is_open(item) for _, item in pairs)
            case h.Comprehension(element=element):
                return self.is_open(element)
            case h.CallExternal(fullname=fullname, args=(_, *_)) if fullname in _SAME_ITEMS:
                return self._items(value) is True
            case h.Local(name=name):
                return name in self.filled
            case _:
                return False

    def _add(self, name: str) -> None:
        given = name in {p.name for p in self.function.params}
        if not (given and self.function.key in self.places.fixed):
            self.places.add(self.function.key, name)

    def _handed(self, key: str, args: tuple[h.Expr, ...]) -> None:
        """An argument that is any value makes the parameter one, and the other way round."""
        callee = self.places.functions.get(key)
        if callee is None or len(args) != len(callee.params):
            return
        taken = self.places.names.get(key, set())
        for arg, param in zip(args, callee.params, strict=True):
            if self.is_open(arg) and container(param.type) and key not in self.places.fixed:
                if param.kind not in ("var_positional", "var_keyword"):
                    self.places.add(key, param.name)
            elif param.name in taken and isinstance(arg, h.Local) and holds_any(self._declared(arg)):
                self._add(arg.name)

    def _returned(self, value: h.Expr) -> None:
        key = self.function.key
        if key in self.places.fixed:
            return
        if self.is_open(value) and container(self.function.returns) and self.function.yields is None:
            if key not in self.places.returns:
                self.places.returns.add(key)
                self.places.changed = True
        elif key in self.places.returns and isinstance(value, h.Local) and holds_any(self._declared(value)):
            self._add(value.name)

    def _declared(self, node: h.Expr) -> Type:
        if isinstance(node, h.Local):
            params = {p.name: p.type for p in self.function.params}
            return params.get(node.name) or self.function.locals.get(node.name, node.declared)
        return node.type

    def is_open(self, node: h.Expr) -> bool:
        """Whether the value of an expression is one of any type."""
        if is_scalar(node.type):
            return False
        match node:
            case h.Local(name=name):
                return name in self.names
            case h.Subscript(value=value):
                return self.is_open(value) or self._holds(value)
            case h.Slice(value=value) | h.Walrus(value=value):
                return self.is_open(value)
            case h.CallMethod(receiver=receiver, method=method):
                if self.is_open(receiver):
                    return method in _GIVES
                return method in _ELEMENTS and self._holds(receiver)
            case h.CallFunction(key=key):
                return key in self.places.returns
            case h.CallExternal(fullname=fullname, args=args):
                return fullname in _LOADS or (fullname in _COPIES and any(map(self.is_open, args[:1])))
            case h.Binary(left=left, right=right):
                return self.is_open(left) or self.is_open(right)
            case h.Conditional(body=body, orelse=orelse):
                return self.is_open(body) or self.is_open(orelse)
            case h.Logical(operands=operands):
                return any(map(self.is_open, operands))
            case _:
                return False

    def _holds(self, node: h.Expr) -> bool:
        """Whether the elements of a container are values of any type."""
        elem = self._element(self._declared(node))
        return elem is OBJECT or (elem is ANY and isinstance(node, h.Local) and node.name in self.filled)

    def _element(self, kind: Type) -> Type:
        """What a container holds, a dict under its keys."""
        match kind:
            case ListOf(elem) | VarTuple(elem) | DictOf(value=elem):
                return opened(elem) if self.function.key in self.places.wide else elem
            case OptionalOf(inner):
                return self._element(inner)
            case _:
                return NONE

    def _shape(self, node: h.Expr) -> Shape:
        if isinstance(node, h.TupleDisplay):
            return tuple(self._shape(item) for item in node.items)
        return self.is_open(node)

    def _items(self, node: h.Expr) -> Shape:
        """What iterating over an expression gives."""
        match node:
            case h.CallMethod(receiver=receiver, method="items" | "keys" | "values" as view, args=()):
                open_ = self.is_open(receiver)
                kind = self._declared(receiver)
                keys = open_ or (isinstance(kind, DictOf) and kind.key is OBJECT)
                values = open_ or self._holds(receiver)
                shapes: dict[str, Shape] = {"items": (keys, values), "keys": keys, "values": values}
                return shapes[view]
            case h.CallExternal(fullname="builtins.enumerate", args=(first, *_)):
                return (False, self._items(first))
            case h.CallExternal(fullname="builtins.zip", args=args):
                return tuple(map(self._items, args))
            case h.CallExternal(fullname=fullname, args=args) if fullname in _SAME_ITEMS and args:
                return self._items(args[-1] if fullname == "builtins.filter" else args[0])
            case _:
                kind = self._declared(node)
                if isinstance(kind, DictOf) and not self.is_open(node):
                    return kind.key is OBJECT
                return self.is_open(node) or self._holds(node)


def _rewritten(places: _Places, function: h.Function) -> h.Function:
    names = places.names.get(function.key, set())
    look = _Function(places, function)

    def change(node: h.Node) -> h.Node:
        match node:
            case h.Function() if node.key == function.key:
                return node
            case h.Local(name=name) if name in names:
                kind = node.type if is_scalar(node.type) and not is_scalar(node.declared) else OBJECT
                same = node.declared is OBJECT and node.type is kind
                return node if same else replace(node, declared=OBJECT, type=kind)
            case h.Expr() if node.type is not OBJECT and look.is_open(node):
                return replace(node, type=OBJECT)
            case _:
                return node

    made = rewrite(function, change)
    params = tuple(
        replace(p, type=OBJECT) if p.name in names and p.type is not OBJECT else p for p in made.params
    )
    locals_ = {name: OBJECT if name in names else kind for name, kind in made.locals.items()}
    returns = OBJECT if function.key in places.returns and function.yields is None else made.returns
    if (params, locals_, returns) == (made.params, made.locals, made.returns):
        return made
    return replace(made, params=params, locals=locals_, returns=returns)
