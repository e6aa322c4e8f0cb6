"""The Rust tree: what lowering builds and the printer prints.

Only the shapes that translated Python needs are here. Types are spelled by `portalis.mapping`
and stand in the tree as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class Lit:
    """A literal, already spelled as Rust."""

    text: str


@dataclass(frozen=True, slots=True)
class Path:
    """A name or path: `number`, `luhn::checksum`, `None`."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    func: Expr
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """`receiver.name::<turbofish>(args)`."""

    receiver: Expr
    name: str
    args: tuple[Expr, ...] = ()
    turbofish: str = ""


class Access(Enum):
    """How a method of a shared instance borrows it, and for how long."""

    READ = auto()
    """For as long as the call."""
    STORE = auto()
    """For as long as the call, to change it."""
    LEND = auto()
    """Until the statement ends."""
    LEND_MUT = auto()
    """Until the statement ends, to change it."""


@dataclass(frozen=True, slots=True)
class Accessor(Method):
    """`node.children()`: a method that borrows a shared instance."""

    access: Access = Access.READ


@dataclass(frozen=True, slots=True)
class Macro:
    """`name!(args)`; `delimiters` is "()" or "[]"; `repeat` prints `[value; count]`."""

    name: str
    args: tuple[Expr, ...]
    delimiters: str = "()"
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Binary:
    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`, `!x` or `*x`."""

    op: str
    operand: Expr


@dataclass(frozen=True, slots=True)
class Ref:
    """`&x` or `&mut x`."""

    operand: Expr
    mutable: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    base: Expr
    index: Expr


@dataclass(frozen=True, slots=True)
class Field:
    base: Expr
    name: str


@dataclass(frozen=True, slots=True)
class Cast:
    operand: Expr
    type: str


@dataclass(frozen=True, slots=True)
class Range:
    low: Expr | None
    high: Expr | None
    inclusive: bool = False


@dataclass(frozen=True, slots=True)
class Try:
    """`operand?`."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class TupleExpr:
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class ArrayExpr:
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class StructExpr:
    """`Name { field: value }`."""

    name: str
    fields: tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """`|params| body`, with a return type only when given."""

    params: tuple[str, ...]
    body: Expr
    returns: str = ""
    move: bool = False
    suspends: bool = False
    """Whether it is `async`."""


@dataclass(frozen=True, slots=True)
class BlockExpr:
    block: Block
    label: str = ""


@dataclass(frozen=True, slots=True)
class IfExpr:
    """`condition` may be a `LetCondition`; `otherwise` is a block or a further if."""

    condition: Expr
    then: Block
    otherwise: Block | IfExpr | None = None


@dataclass(frozen=True, slots=True)
class LetCondition:
    """`let pattern = value` as a condition."""

    pattern: str
    value: Expr


@dataclass(frozen=True, slots=True)
class Arm:
    pattern: str
    body: Expr
    guard: Expr | None = None


@dataclass(frozen=True, slots=True)
class Match:
    subject: Expr
    arms: tuple[Arm, ...]


@dataclass(frozen=True, slots=True)
class Return:
    value: Expr | None = None


@dataclass(frozen=True, slots=True)
class Break:
    label: str = ""
    value: Expr | None = None


@dataclass(frozen=True, slots=True)
class Continue:
    label: str = ""


Expr = (
    Lit
    | Path
    | Call
    | Method
    | Macro
    | Binary
    | Unary
    | Ref
    | Index
    | Field
    | Cast
    | Range
    | Try
    | TupleExpr
    | ArrayExpr
    | StructExpr
    | Closure
    | BlockExpr
    | IfExpr
    | LetCondition
    | Match
    | Return
    | Break
    | Continue
)


@dataclass(frozen=True, slots=True)
class Let:
    pattern: str
    value: Expr | None = None
    type: str = ""
    mutable: bool = False
    otherwise: Block | None = None


@dataclass(frozen=True, slots=True)
class Assign:
    """`target op= value`; `op` is empty for a plain assignment."""

    target: Expr
    value: Expr
    op: str = ""


@dataclass(frozen=True, slots=True)
class ExprStmt:
    expr: Expr


@dataclass(frozen=True, slots=True)
class While:
    condition: Expr
    body: Block
    label: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    body: Block
    label: str = ""


@dataclass(frozen=True, slots=True)
class For:
    pattern: str
    iterable: Expr
    body: Block
    label: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A `//` comment on a line of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A function inside a function, printed: none of its names are those around it."""

    text: str


Stmt = Let | Assign | ExprStmt | While | Loop | For | Comment | Item


@dataclass(frozen=True, slots=True)
class Block:
    stmts: tuple[Stmt, ...] = ()
    tail: Expr | None = None


@dataclass(frozen=True, slots=True)
class FnItem:
    """A function item; `params` are printed as given (`number: &str`)."""

    name: str
    params: tuple[str, ...]
    returns: str
    body: Block
    doc: str = ""
    attributes: tuple[str, ...] = ()
    public: bool = True
    generics: str = ""


@dataclass(frozen=True, slots=True)
class StaticItem:
    """`pub static NAME: Type = value;` or a `const`."""

    name: str
    type: str
    value: Expr
    keyword: str = "static"
    doc: str = ""


@dataclass(frozen=True, slots=True)
class StructItem:
    """`pub struct Name { pub field: Type }`."""

    name: str
    fields: tuple[tuple[str, str], ...]
    derives: tuple[str, ...] = ("Debug", "Clone")
    doc: str = ""


UNIT = TupleExpr(())
