"""The typed tree of a Python function: the last form in which the program is still Python.

Names are resolved, call arguments are in parameter order with their defaults filled in, and
every expression carries its type. Nodes compare by identity, so they can be keys of facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portalis.compiler.enums import FunctionValue
from portalis.compiler.types import Type
from portalis.diagnostics import Span

Constant = int | float | str | bytes | bool | None


@dataclass(slots=True, eq=False, kw_only=True)
class Node:
    """What every node has."""

    span: Span


@dataclass(slots=True, eq=False, kw_only=True)
class Expr(Node):
    """An expression; `type` is narrowed as the oracle sees it at this place."""

    type: Type


@dataclass(slots=True, eq=False)
class Literal(Expr):
    value: Constant


@dataclass(slots=True, eq=False)
class ClassConstant(Expr):
    """An attribute of a class itself; `owner` is the full name of the class."""

    owner: str
    name: str
    value: Constant


@dataclass(slots=True, eq=False)
class Local(Expr):
    """A parameter or local variable; `declared` is its type before narrowing."""

    name: str
    declared: Type


@dataclass(slots=True, eq=False)
class GlobalName(Expr):
    """A module-level value of the project, read from its home module."""

    module: str
    name: str


@dataclass(slots=True, eq=False)
class FunctionTable(GlobalName):
    """A module-level value that holds functions; each comes with its tree: a name or a lambda."""

    functions: tuple[tuple[FunctionValue, Expr], ...]


@dataclass(slots=True, eq=False)
class External(Expr):
    """Anything outside the project, by full name: `builtins.len`, `math.pi`, `re`."""

    fullname: str


@dataclass(slots=True, eq=False)
class FunctionRef(Expr):
    """A function of the project used as a value, by item key."""

    key: str


@dataclass(slots=True, eq=False)
class ListDisplay(Expr):
    items: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class TupleDisplay(Expr):
    items: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class SetDisplay(Expr):
    items: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class DictDisplay(Expr):
    """`{key: value}`; a None key marks `**mapping`."""

    items: tuple[tuple[Expr | None, Expr], ...]


@dataclass(slots=True, eq=False)
class Starred(Expr):
    """`*value` inside a display, a call or an assignment target."""

    value: Expr


@dataclass(slots=True, eq=False)
class Unary(Expr):
    """`op` is one of `-`, `+`, `~`, `not`."""

    op: str
    operand: Expr


@dataclass(slots=True, eq=False)
class Binary(Expr):
    """`op` as Python writes it: `+ - * / // % ** << >> & | ^ @`."""

    op: str
    left: Expr
    right: Expr


@dataclass(slots=True, eq=False)
class Logical(Expr):
    """`and` or `or` over two or more operands."""

    op: str
    operands: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Compare(Expr):
    """A chain of comparisons; `ops` as Python writes them (`==`, `not in`, `is` …)."""

    left: Expr
    ops: tuple[str, ...]
    rights: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Conditional(Expr):
    test: Expr
    body: Expr
    orelse: Expr


@dataclass(slots=True, eq=False)
class CallFunction(Expr):
    """A call of a project function, arguments in the order of its parameters.

    `order` are the places of the arguments in the order Python evaluates them, where that is another.
    """

    key: str
    args: tuple[Expr, ...]
    order: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class CallExternal(Expr):
    """A call of a builtin or library function or class, by full name."""

    fullname: str
    args: tuple[Expr, ...]
    keywords: dict[str, Expr] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class CallMethod(Expr):
    receiver: Expr
    method: str
    args: tuple[Expr, ...]
    keywords: dict[str, Expr] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class CallValue(Expr):
    """A call of a local: a nested function, a lambda, a callable parameter; `order` as in `CallFunction`."""

    callee: Expr
    args: tuple[Expr, ...]
    order: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class NewException(Expr):
    """`ValueError("…")` or a project exception; `name` is its full name."""

    name: str
    args: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class LeaveProgram(NewException):
    """What `sys.exit(status)` raises: a SystemExit, which has no argument where the status is None."""


@dataclass(slots=True, eq=False)
class NewInstance(Expr):
    """An instance of a project class by its fields, in the order of evaluation; `name` is its full name."""

    name: str
    fields: tuple[tuple[str, Expr], ...]


@dataclass(slots=True, eq=False)
class BoundMethod(Expr):
    """`value.method` as a value, of a method of the project; `key` is the method's item key."""

    value: Expr
    key: str


@dataclass(slots=True, eq=False)
class Attribute(Expr):
    value: Expr
    name: str


@dataclass(slots=True, eq=False)
class Subscript(Expr):
    """`sure` says that the element is known to be there."""

    value: Expr
    index: Expr
    sure: bool = False


@dataclass(slots=True, eq=False)
class Slice(Expr):
    value: Expr
    lower: Expr | None
    upper: Expr | None
    step: Expr | None


@dataclass(slots=True, eq=False)
class Clause(Node):
    """`for target in iterable if conditions` of a comprehension."""

    target: Expr
    iterable: Expr
    conditions: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Comprehension(Expr):
    """`kind` is `list`, `set`, `dict` or `generator`; `key` only for dicts."""

    kind: str
    element: Expr
    key: Expr | None
    clauses: tuple[Clause, ...]


@dataclass(slots=True, eq=False)
class Lambda(Expr):
    params: tuple[tuple[str, Type], ...]
    body: Expr


@dataclass(slots=True, eq=False)
class Formatted(Node):
    """`{value!conversion:spec}` of an f-string; `spec` is itself a list of parts."""

    value: Expr
    conversion: str
    spec: tuple[str | Formatted, ...]


@dataclass(slots=True, eq=False)
class FString(Expr):
    parts: tuple[str | Formatted, ...]


@dataclass(slots=True, eq=False)
class Walrus(Expr):
    target: Local
    value: Expr


@dataclass(slots=True, eq=False)
class WhenThere(Expr):
    """`then` with the subject under the name `bound` where it is not None, else `otherwise`.

    The variable is one of this expression only, as that of a comprehension.
    """

    subject: Expr
    bound: Local
    then: Expr
    otherwise: Expr


@dataclass(slots=True, eq=False)
class Yield(Expr):
    """`yield value` as a statement: nothing is handed in by `send`."""

    value: Expr


# Statements -----------------------------------------------------------------------------


@dataclass(slots=True, eq=False, kw_only=True)
class Stmt(Node):
    """What every statement has: the comments that stand above it."""

    comments: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Assign(Stmt):
    """`targets[0] = targets[1] = value`."""

    targets: tuple[Expr, ...]
    value: Expr


@dataclass(slots=True, eq=False)
class AugAssign(Stmt):
    target: Expr
    op: str
    value: Expr


@dataclass(slots=True, eq=False)
class ExprStmt(Stmt):
    value: Expr


@dataclass(slots=True, eq=False)
class Return(Stmt):
    value: Expr | None


@dataclass(slots=True, eq=False)
class If(Stmt):
    """`matched` marks what was a `case` of a `match`; `complete`, that the test holds where it is asked."""

    test: Expr
    body: list[Stmt]
    orelse: list[Stmt]
    matched: bool = False
    complete: bool = False


@dataclass(slots=True, eq=False)
class While(Stmt):
    test: Expr
    body: list[Stmt]
    orelse: list[Stmt]


@dataclass(slots=True, eq=False)
class For(Stmt):
    target: Expr
    iterable: Expr
    body: list[Stmt]
    orelse: list[Stmt]


@dataclass(slots=True, eq=False)
class Break(Stmt):
    pass


@dataclass(slots=True, eq=False)
class Continue(Stmt):
    pass


@dataclass(slots=True, eq=False)
class Pass(Stmt):
    pass


@dataclass(slots=True, eq=False)
class Raise(Stmt):
    """`exception` is None for a bare `raise`; `cause` only matters to tracebacks."""

    exception: Expr | None


@dataclass(slots=True, eq=False)
class Handler(Node):
    """`except names as bound`; no names means every exception."""

    names: tuple[str, ...]
    bound: str | None
    body: list[Stmt]
    comments: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Try(Stmt):
    body: list[Stmt]
    handlers: list[Handler]
    orelse: list[Stmt]
    final: list[Stmt]


@dataclass(slots=True, eq=False)
class Assert(Stmt):
    test: Expr
    message: Expr | None


@dataclass(slots=True, eq=False)
class Delete(Stmt):
    target: Expr


@dataclass(slots=True, eq=False)
class NestedFunction(Stmt):
    function: Function


@dataclass(slots=True, eq=False)
class LiftedFunction(Stmt):
    """A nested function that stands for itself: what it captured are its last parameters; `key` names it."""

    key: str


@dataclass(slots=True, eq=False)
class Parameter:
    """`kind` is Python's, or `nonlocal` for a variable of the owner that a lifted function binds again.

    `default` is the value of a nested function's parameter, where it is the same at every call.
    """

    name: str
    type: Type
    kind: str
    has_default: bool = False
    default: Expr | None = None


@dataclass(slots=True, eq=False)
class Function(Node):
    """A function: parameters, result type, body. `locals` are the types of its variables."""

    module: str
    qualname: str
    params: tuple[Parameter, ...]
    returns: Type
    body: list[Stmt]
    docstring: str
    locals: dict[str, Type]
    rebinds: frozenset[str] = frozenset()
    """Variables of the owner that a nested function binds again: its `nonlocal` names."""
    yields: Type | None = None
    """What a generator function yields; its `returns` is None then."""
    spelled: dict[str, str] = field(default_factory=dict)
    """Variables that were told apart from another, with the name that both have in the source."""
    unbound: frozenset[str] = frozenset()
    """Variables that may have no value where they are read; their types in `locals` are optional for that."""
    cache: str = ""
    """`unbounded` or `bounded` for a function under `functools.cache` or `lru_cache`."""
    cache_size: int | None = None
    """How many results a bounded cache keeps."""

    @property
    def key(self) -> str:
        return f"{self.module}:{self.qualname}"
