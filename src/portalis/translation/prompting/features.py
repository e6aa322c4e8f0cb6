"""What some Python does, as a set of words, for picking what to tell a model about it."""

from __future__ import annotations

import ast
import builtins

FORMAT = "%format"
"""A text formatted by `%`."""
_OPERATORS = frozenset({"FloorDiv", "Mod", "Pow", "LShift", "RShift", "Div"})
_EXCEPTIONS = frozenset(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)


def features(tree: ast.AST) -> frozenset[str]:
    """The operations in some Python: operators, calls with their number of arguments, kinds of subscripts.

    >>> sorted(features(ast.parse("text.find(x)[1:] // 2")))
    ['.find/1', 'FloorDiv', '[:]']
    """
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod()):
                found.add(FORMAT)
            case ast.BinOp(op=op) | ast.AugAssign(op=op):
                if type(op).__name__ in _OPERATORS:
                    found.add(type(op).__name__)
            case ast.Call(func=ast.Name(id=name)) if name in _EXCEPTIONS:
                pass  # `raise` tells enough, whichever class it is
            case ast.Call(func=called, args=args, keywords=keywords):
                names = "".join(sorted(f",{one.arg}" for one in keywords))
                found.add(f"{_called(called)}/{len(args)}{names}")
            case ast.Subscript(slice=index, ctx=context):
                step = isinstance(index, ast.Slice) and index.step is not None
                kind = "[::]" if step else "[:]" if isinstance(index, ast.Slice) else "[]"
                found.add(kind + _CONTEXTS[type(context)])
            case ast.Compare(ops=operators):
                found.update(_COMPARES[type(one)] for one in operators if type(one) in _COMPARES)
            case ast.UnaryOp(op=ast.Not()) | ast.BoolOp():
                found.add("logic")
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp() | ast.DictComp():
                found.add("comprehension")
            case ast.Assign(targets=[ast.Tuple()], value=ast.Tuple()):
                found.add("parallel")
            case ast.IfExp() | ast.For() | ast.JoinedStr() | ast.Raise() | ast.Assert():
                found.add(type(node).__name__)
            case _:
                pass
    return frozenset(found)


_COMPARES: dict[type[ast.cmpop], str] = {ast.Is: "is", ast.IsNot: "is", ast.In: "in", ast.NotIn: "in"}
_CONTEXTS: dict[type[ast.expr_context], str] = {ast.Load: "", ast.Store: "=", ast.Del: "del"}


def _called(function: ast.expr) -> str:
    """How a call names what it calls: `len`, `math.sqrt`, `.find`; "" where it is no name."""
    match function:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id="math"), attr=name):
            return f"math.{name}"
        case ast.Attribute(attr=name):
            return f".{name}"
        case _:
            return ""
