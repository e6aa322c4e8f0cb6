"""Prints the Rust tree as text; rustfmt lays it out afterwards.

Parentheses are printed only where Rust's precedence needs them.
Source of the precedence table: The Rust Reference, "Expression precedence".
"""

from __future__ import annotations

from collections.abc import Iterable

from portalis.compiler.rust import tree as t
from portalis.compiler.rust.numbers import spelled

_BINARY = {
    "*": 11, "/": 11, "%": 11, "+": 10, "-": 10, "<<": 9, ">>": 9, "&": 8, "^": 7, "|": 6,
    "==": 5, "!=": 5, "<": 5, ">": 5, "<=": 5, ">=": 5, "&&": 4, "||": 3,
}  # fmt: skip
_CAST, _UNARY, _POSTFIX, _ATOM = 12, 13, 14, 15
_RANGE, _LOWEST = 2, 0
_BLOCK_LIKE = (t.BlockExpr, t.IfExpr, t.Match)


def print_file(doc: str, uses: Iterable[str], items: Iterable[str]) -> str:
    """A whole source file of printed items."""
    parts = [_doc(doc, "//!")] if doc else []
    lines = "\n".join(f"use {use};" for use in uses)
    return "\n\n".join([*parts, *([lines] if lines else []), *items]) + "\n"


def print_item(item: t.FnItem | t.StaticItem) -> str:
    """A function or a static."""
    head = _doc(item.doc, "///") + "\n" if item.doc else ""
    if isinstance(item, t.StaticItem):
        type_ = item.type.replace("&'static ", "&")  # what a static refers to is static anyway
        if item.keyword == "thread_local":
            made = f"const {{ {expr(item.value)} }}"
            return f"{head}thread_local! {{\n    static {item.name}: {type_} = {made};\n}}"
        return f"{head}pub {item.keyword} {item.name}: {type_} = {expr(item.value)};"
    attributes = "".join(f"{a}\n" for a in item.attributes)
    returns = f" -> {item.returns}" if item.returns and item.returns != "()" else ""
    visibility = "pub " if item.public else ""
    params = ", ".join(item.params)
    return (
        f"{head}{attributes}{visibility}fn {item.name}{item.generics}({params}){returns} {block(item.body)}"
    )


def print_struct(item: t.StructItem) -> str:
    """A struct with public fields."""
    head = _doc(item.doc, "///") + "\n" if item.doc else ""
    derives = f"#[derive({', '.join(item.derives)})]\n" if item.derives else ""
    if not item.fields:
        return f"{head}{derives}pub struct {item.name};"
    fields = "".join(f"pub {name}: {type_},\n" for name, type_ in item.fields)
    return f"{head}{derives}pub struct {item.name} {{\n{fields}}}"


def print_impl(name: str, items: Iterable[str]) -> str:
    """The methods of a struct, printed already."""
    return f"impl {name} {{\n" + "\n\n".join(items) + "\n}"


def _doc(text: str, marker: str) -> str:
    return "\n".join(f"{marker} {line}".rstrip() for line in text.splitlines())


def block(body: t.Block) -> str:
    """A block with its braces."""
    lines = [stmt(s) for s in body.stmts]
    if body.tail is not None:
        lines.append(expr(body.tail))
    if not lines:
        return "{}"
    return "{\n" + "\n".join(lines) + "\n}"


def stmt(node: t.Stmt) -> str:
    """One statement."""
    match node:
        case t.Let(pattern, value, type_, mutable, otherwise):
            text = f"let {'mut ' if mutable else ''}{pattern}"
            text += f": {type_}" if type_ else ""
            text += f" = {expr(value)}" if value is not None else ""
            return text + (f" else {block(otherwise)};" if otherwise is not None else ";")
        case t.Assign(target, value, op):
            return f"{expr(target)} {op}= {expr(value)};"
        case t.ExprStmt(inner):
            text = expr(inner)
            return text if isinstance(inner, _BLOCK_LIKE) and text.endswith("}") else text + ";"
        case t.While(condition, body, label):
            return f"{_label(label)}while {expr(condition)} {block(body)}"
        case t.Loop(body, label):
            return f"{_label(label)}loop {block(body)}"
        case t.For(pattern, iterable, body, label):
            return f"{_label(label)}for {pattern} in {expr(iterable)} {block(body)}"
        case t.Comment(text):
            return f"// {text}".rstrip()
        case t.Item(text):
            return text


def _label(label: str) -> str:
    return f"'{label}: " if label else ""


def _precedence(node: t.Expr) -> int:
    match node:
        case t.Binary(op=op):
            return _BINARY[op]
        case t.Cast():
            return _CAST
        case t.Unary() | t.Ref():
            return _UNARY
        case t.Lit(text) if text.startswith("-"):
            return _UNARY
        case t.Range():
            return _RANGE
        case t.Closure() | t.Return() | t.Break():
            return _LOWEST
        case t.Method() | t.Call() | t.Try() | t.Field() | t.Index():
            return _POSTFIX
        case _:
            return _ATOM


def _sub(node: t.Expr, minimum: int) -> str:
    text = expr(node)
    return f"({text})" if _precedence(node) < minimum else text


def _args(items: tuple[t.Expr, ...]) -> str:
    return ", ".join(map(expr, items))


def expr(node: t.Expr) -> str:  # noqa: C901  one case a node
    """One expression, without outer parentheses."""
    match node:
        case t.Lit(text) | t.Path(text):
            return text
        case t.Call(t.Field() as func, args):  # what a field holds, not a method of that name
            return f"({expr(func)})({_args(args)})"
        case t.Call(func, args):
            return f"{_sub(func, _POSTFIX)}({_args(args)})"
        case t.Method(receiver, name, args, turbofish):
            fish = f"::<{turbofish}>" if turbofish else ""
            return f"{_receiver(spelled(receiver))}.{name}{fish}({_args(args)})"
        case t.Macro(name, args, delimiters, repeat):
            inside = "; ".join(map(expr, args)) if repeat else _args(args)
            return f"{name}!{delimiters[0]}{inside}{delimiters[1]}"
        case t.Binary():
            return _binary(node)
        case t.Unary(op, operand):
            return f"{op}{_sub(operand, _UNARY)}"
        case t.Ref(t.Closure() as operand, False):
            return f"&{expr(operand)}"
        case t.Ref(operand, mutable):
            return f"&{'mut ' if mutable else ''}{_sub(operand, _UNARY)}"
        case t.Index(base, index):
            return f"{_receiver(base)}[{expr(index)}]"
        case t.Field(base, name):
            return f"{_receiver(base)}.{name}"
        case t.Cast(operand, type_):
            return f"{_sub(operand, _CAST)} as {type_}"
        case t.Range(low, high, inclusive):
            return _range(low, high, inclusive)
        case t.Try(operand):
            return f"{_receiver(operand)}?"
        case t.TupleExpr(items):
            return f"({_args(items)}{',' if len(items) == 1 else ''})"
        case t.ArrayExpr(items):
            return f"[{_args(items)}]"
        case t.StructExpr(name, ()):
            return name
        case t.StructExpr(name, fields):
            return f"{name} {{ {', '.join(_field(field, value) for field, value in fields)} }}"
        case _:
            return _flow(node)


def _field(name: str, value: t.Expr) -> str:
    """`x: 1`, or `x` where the value is a variable of that name."""
    text = expr(value)
    return name if text == name else f"{name}: {text}"


def _flow(node: t.Expr) -> str:
    match node:
        case t.Closure(params, body, returns, move, suspends):
            arrow = f" -> {returns}" if returns else ""
            text = expr(body)
            if returns and not isinstance(body, t.BlockExpr):
                text = f"{{ {text} }}"
            words = ("async " if suspends else "") + ("move " if move else "")
            return f"{words}|{', '.join(params)}|{arrow} {text}"
        case t.BlockExpr(body, label):
            return _label(label) + block(body)
        case t.IfExpr(condition, then, otherwise):
            text = f"if {expr(condition)} {block(then)}"
            match otherwise:
                case None:
                    return text
                case t.IfExpr():
                    return f"{text} else {expr(otherwise)}"
                case _:
                    return f"{text} else {block(otherwise)}"
        case t.LetCondition(pattern, value):
            return f"let {pattern} = {expr(value)}"
        case t.Match(subject, arms):
            return f"match {expr(subject)} {{\n" + "\n".join(map(_arm, arms)) + "\n}"
        case t.Return(value):
            return "return" if value is None else f"return {expr(value)}"
        case t.Break(label, value):
            text = "break" + (f" '{label}" if label else "")
            return text if value is None else f"{text} {expr(value)}"
        case t.Continue(label):
            return "continue" + (f" '{label}" if label else "")
        case _:
            raise TypeError(f"no printer for {type(node).__name__}")


def _arm(arm: t.Arm) -> str:
    guard = f" if {expr(arm.guard)}" if arm.guard is not None else ""
    return f"{arm.pattern}{guard} => {expr(arm.body)},"


def _receiver(node: t.Expr) -> str:
    text = _sub(node, _POSTFIX)
    if isinstance(node, _BLOCK_LIKE) or (isinstance(node, t.Lit) and node.text.startswith("-")):
        return text if text.startswith("(") else f"({text})"
    return text


def _binary(node: t.Binary) -> str:
    level = _BINARY[node.op]
    comparison = level == _BINARY["=="]
    left = _sub(node.left, level + 1 if comparison else level)
    right = _sub(node.right, level + 1)
    if isinstance(node.left, t.Cast) and node.op in {"<", "<<"}:
        left = f"({expr(node.left)})"  # `x as i64 < y` would be read as generics
    if isinstance(node.left, _BLOCK_LIKE):
        left = f"({expr(node.left)})"
    return f"{left} {node.op} {right}"


def _range(low: t.Expr | None, high: t.Expr | None, inclusive: bool) -> str:
    start = _sub(low, _RANGE + 1) if low is not None else ""
    stop = _sub(high, _RANGE + 1) if high is not None else ""
    return f"{start}{'..=' if inclusive else '..'}{stop}"
