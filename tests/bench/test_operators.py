"""Every operator plants its fault: Rust in, the wrong Rust that comes out."""

from __future__ import annotations

import pytest

from portalis.bench.operators import OPERATORS, About
from portalis.bench.sites import sites
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.printer import block

ABOUT = About(("IndexError", "ValueError"), ("BadCheck", "BadForm"), ("is_value_error", "is_key_error"))
A, B, C, ONE, X = t.Path("a"), t.Path("b"), t.Path("c"), t.Lit("1"), t.Path("x")


def call(name: str, *args: t.Expr) -> t.Call:
    return t.Call(t.Path(name), args)


def block_of(*stmts: t.Stmt, tail: t.Expr | None = None) -> t.Block:
    return t.Block(stmts, tail)


PLANTED: list[tuple[str, t.Block, str]] = [
    ("arithmetic", block_of(tail=t.Binary("+", A, B)), "a - b"),
    ("arithmetic", block_of(tail=t.Method(A, "strict_mul", (B,))), "a.strict_add(b)"),
    ("overflow", block_of(tail=t.Method(A, "strict_add", (B,))), "a.wrapping_add(b)"),
    ("division", block_of(tail=t.Method(A, "rem_euclid", (B,))), "a % b"),
    ("division", block_of(tail=t.Try(call("int::floor_div", A, B))), "a / b"),
    ("rounding", block_of(tail=t.Try(call("float::round", A))), "a.round() as i64"),
    ("rounding", block_of(tail=call("float::sum", A)), "a.into_iter().sum::<f64>()"),
    ("comparison", block_of(tail=t.Binary("<", A, B)), "a <= b"),
    ("condition", block_of(t.ExprStmt(t.IfExpr(A, block_of(t.ExprStmt(call("f")))))), "if !a {\nf();\n}"),
    ("logic", block_of(tail=t.Binary("&&", A, B)), "a || b"),
    ("constant", block_of(tail=t.Lit("7_i64")), "8_i64"),
    ("text-constant", block_of(tail=t.Lit('" -."')), '" -"'),
    ("bounds", block_of(tail=call("f", t.Range(A, B))), "f(a..b - 1)"),
    ("slice-end", block_of(tail=call("f", t.Range(A, B))), "f(..b)"),
    ("argument-swap", block_of(tail=call("f", A, B)), "f(b, a)"),
    ("argument-value", block_of(tail=call("f", A, B)), "f(a, a)"),
    ("statement", block_of(t.Assign(A, B), tail=A), "{\na\n}"),
    ("rebinding", block_of(t.Let("a", call("f", A)), tail=A), "{\na\n}"),
    ("write-back", block_of(t.ExprStmt(t.Method(A, "push", (ONE,)))), "a.to_owned().push(1);"),
    ("clone", block_of(tail=t.Method(A, "clone")), "std::mem::take(&mut a)"),
    ("exception", block_of(tail=call("Error::ValueError", X)), "Error::IndexError(x)"),
    ("exception", block_of(tail=call("Error::BadCheck", t.Path("None"))), "Error::BadForm(None)"),
    (
        "message",
        block_of(tail=call("Error::ValueError", t.Method(t.Lit('"bad"'), "to_string"))),
        '"bad!".to_string()',
    ),
    (
        "handler",
        block_of(tail=t.Match(X, (t.Arm("Err(e)", A, t.Method(t.Path("e"), "is_value_error")),))),
        "Err(e) => a,",
    ),
    (
        "operand-order",
        block_of(tail=t.Binary("+", t.Try(call("f", A)), t.Try(call("g", B)))),
        "let later = g(b)?;\nlet sooner = f(a)?;\nsooner + later",
    ),
    (
        "statement-order",
        block_of(t.ExprStmt(call("f")), t.ExprStmt(call("g"))),
        "{\ng();\nf();\n}",
    ),
    ("item-order", block_of(tail=t.Method(t.Method(A, "keys"), "cloned")), "a.keys().rev().cloned()"),
    ("item-order", block_of(tail=t.Method(A, "insert", (B, C))), "a.shift_remove(&moved);"),
    ("text-method", block_of(tail=call("text::lower", A)), "a.to_ascii_lowercase()"),
    ("length", block_of(tail=t.Method(t.Method(A, "chars"), "count")), "a.len() as usize"),
    ("default", block_of(tail=t.Method(A, "unwrap_or", (B,))), "a.unwrap_or_default()"),
    ("loop", block_of(t.For("x", A, block_of(t.ExprStmt(call("f"))))), "for x in a.into_iter().skip(1)"),
]


@pytest.mark.parametrize(("name", "tree", "wanted"), PLANTED, ids=[f"{n}-{w[:20]}" for n, _, w in PLANTED])
def test_the_operator_plants_its_fault(name: str, tree: t.Block, wanted: str) -> None:
    found = {
        block(body)
        for site in sites(tree)
        for wrong in OPERATORS[name](site.node, ABOUT)
        if isinstance(body := site.put(wrong), t.Block)
    }
    assert any(wanted in text for text in found)
    assert block(tree) not in found


def test_every_operator_is_shown() -> None:
    assert {name for name, _, _ in PLANTED} == set(OPERATORS)
