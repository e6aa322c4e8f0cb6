"""A lowered expression: its Rust, its Python type, and what the Rust holds (a value, a place, a borrow)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from portalis.compiler.hir import nodes as h
from portalis.compiler.rust import tree as t
from portalis.compiler.types import Type

I64_MIN, I64_MAX = -(2**63), 2**63 - 1
MAX_LEN = 2**48  # no sequence in a 64-bit process is longer


class Form(Enum):
    """What the Rust expression evaluates to."""

    OWNED = auto()
    """A fresh value (and every value of a Copy type)."""
    PLACE = auto()
    """A place that holds an owned value: a variable, an element, a field."""
    BORROWED = auto()
    """A shared borrow: `&str`, `&[T]`, `&T`, `Option<&str>`."""
    MUTREF = auto()
    """A place that holds a `&mut T`."""
    CHAR = auto()
    """A `char` that stands for a string of one character."""
    STATIC = auto()
    """A `&'static str`."""


@dataclass(frozen=True, slots=True)
class Range:
    """An interval of integers, both ends included."""

    low: int
    high: int

    def fits(self) -> bool:
        """Whether every value is an `i64`."""
        return self.low >= I64_MIN and self.high <= I64_MAX


@dataclass(frozen=True, slots=True)
class Value:
    """A lowered expression.

    `local` names the variable when the expression is just that variable; `movable` says that it
    owns what it names. `temporary` marks a borrow of something that dies with the statement.
    `unsigned` marks an integer expression whose Rust is `usize`. `frozen` marks a container out of a
    `static`, whose strings are `&'static str` and whose sequences are slices all the way down.
    """

    expr: t.Expr
    type: Type
    form: Form = Form.OWNED
    range: Range | None = None
    local: str | None = None
    movable: bool = False
    temporary: bool = False
    unsigned: bool = False
    frozen: bool = False
    literal: object = None
    elem_range: Range | None = None
    whole: bool = False
    """A borrow of the owned type, as an element is: `&String`, not `&str`; `&Option<T>`, not `Option<&T>`."""
    loaded: bool = False
    """What a loader gave, which is lent (see `hir.loaders`)."""

    node: h.Expr | None = None
    """The expression that it is the value of, where that is a container that could change."""

    def with_expr(self, expr: t.Expr) -> Value:
        return replace(self, expr=expr, local=None, movable=False)


def plain(expr: t.Expr) -> bool:
    """Whether evaluating the expression has no effect and no error, so that it may be left out."""
    match expr:
        case t.Path() | t.Lit():
            return True
        case t.Ref(operand) | t.Unary(_, operand) | t.Field(operand, _):
            return plain(operand)
        case t.TupleExpr(items):
            return all(map(plain, items))
        case _:
            return False


def instead(expr: t.Expr, answer: t.Expr) -> t.Expr:
    """An answer that the type alone gives, after the expression has had its effects and errors.

    bool((f(x),))   →   { let _ = (f(x)?,); true }
    """
    if plain(expr):
        return answer
    return t.BlockExpr(t.Block((t.Let("_", expr),), answer))


def lit_int(value: int) -> t.Lit:
    """An integer literal, digits grouped as rustfmt users like them."""
    text = str(abs(value))
    if len(text) > 5:
        head = len(text) % 3 or 3
        text = "_".join([text[:head], *(text[i : i + 3] for i in range(head, len(text), 3))])
    return t.Lit(("-" if value < 0 else "") + text)


_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def _escape(char: str, quote: str) -> str:
    if char == quote:
        return "\\" + char
    if char in _ESCAPES:
        return _ESCAPES[char]
    return char if char.isprintable() else f"\\u{{{ord(char):x}}}"


def lit_str(value: str) -> t.Lit:
    """A string literal."""
    return t.Lit('"' + "".join(_escape(c, '"') for c in value) + '"')


def lit_char(value: str) -> t.Lit:
    """A `char` literal."""
    return t.Lit("'" + _escape(value, "'") + "'")


def lit_bytes(value: bytes) -> t.Lit:
    """A byte-string literal."""
    return t.Lit(
        'b"' + "".join(chr(b) if 32 <= b < 127 and b not in (34, 92) else f"\\x{b:02x}" for b in value) + '"'
    )


def lit_float(value: float) -> t.Expr:
    """A float literal; nan and the infinities are paths."""
    if value != value:
        return t.Path("f64::NAN")
    if value in (float("inf"), float("-inf")):
        return t.Path("f64::INFINITY" if value > 0 else "f64::NEG_INFINITY")
    return t.Lit(repr(value))
