"""The printer puts parentheses where Rust's precedence needs them, and nowhere else."""

from __future__ import annotations

import pytest

from portalis.compiler.rust import tree as t
from portalis.compiler.rust.printer import expr, stmt

A, B, C = t.Path("a"), t.Path("b"), t.Path("c")


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (t.Binary("+", A, t.Binary("*", B, C)), "a + b * c"),
        (t.Binary("*", t.Binary("+", A, B), C), "(a + b) * c"),
        (t.Binary("-", A, t.Binary("-", B, C)), "a - (b - c)"),
        (t.Method(t.Binary("+", A, B), "abs"), "(a + b).abs()"),
        (t.Method(t.Lit("-1"), "abs"), "(-1_i64).abs()"),
        (t.Unary("-", t.Method(A, "abs")), "-a.abs()"),
        (t.Unary("!", t.Binary("==", A, B)), "!(a == b)"),
        (t.Binary("<", t.Cast(A, "i64"), B), "(a as i64) < b"),
        (t.Binary("==", t.Binary("==", A, B), C), "(a == b) == c"),
        (t.Try(t.Call(A, (B,))), "a(b)?"),
        (t.Ref(t.Unary("*", A)), "&*a"),
        (t.Method(t.Ref(A), "len"), "(&a).len()"),
        (t.Range(t.Lit("0"), t.Binary("+", A, B)), "0..a + b"),
        (t.Method(t.Range(t.Lit("0"), A), "rev"), "(0..a).rev()"),
        (t.TupleExpr((A,)), "(a,)"),
        (t.Closure(("x",), t.Path("x"), "i64"), "|x| -> i64 { x }"),
    ],
)
def test_parentheses(node: t.Expr, text: str) -> None:
    assert expr(node) == text


def test_statements_that_end_in_a_block_take_no_semicolon() -> None:
    assert stmt(t.ExprStmt(t.IfExpr(A, t.Block()))) == "if a {}"
    assert stmt(t.ExprStmt(t.Call(A, ()))) == "a();"
