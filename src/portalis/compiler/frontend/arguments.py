"""What the arguments of a command line are, as far as the calls of `add_argument` in the sources tell.

parser.add_argument("-n", "--count", type=int, default=1)   →   count: int
parser.add_argument("files", nargs="+")                     →   files: list[str]
parser.add_argument("--out")                                →   out: str | None
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

_TYPES = {"int": int, "float": float, "str": str}


@dataclass(frozen=True, slots=True)
class ArgumentType:
    """The type of an attribute of the namespace: `name` is `int`, `float`, `str` or `bool`."""

    name: str
    listed: bool = False
    optional: bool = False


def argument_types(texts: Iterable[str]) -> dict[str, ArgumentType]:
    """The types by name; what two parsers of the project have as different types is left out."""
    found: dict[str, ArgumentType | None] = {}
    for text in texts:
        if "add_argument" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.Call(func=ast.Attribute(attr="add_argument")):
                    name, type_ = _argument(node)
                    if name:
                        found[name] = type_ if found.get(name, type_) == type_ else None
    return {name: type_ for name, type_ in found.items() if type_ is not None}


def _argument(call: ast.Call) -> tuple[str, ArgumentType | None]:
    """The name of the attribute and its type; "" and None where they are not known."""
    flags = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    options = {one.arg: one.value for one in call.keywords if one.arg is not None}
    if not flags or len(flags) != len(call.args):
        return "", None
    positional = not flags[0].startswith("-")
    long = next((flag for flag in flags if flag.startswith("--")), flags[0])
    name = flags[0] if positional else long.lstrip("-").replace("-", "_")
    if "dest" in options:
        name = _text(options["dest"])
    action = _text(options["action"]) if "action" in options else "store"
    default = options.get("default")
    match action:
        case "store_true" | "store_false":
            return name, ArgumentType("bool") if default is None or _fits(default, bool) else None
        case "count":
            known = default is not None and _fits(default, int)
            return name, ArgumentType("int", optional=not known) if known or default is None else None
        case "store" | "append":
            return name, _stored(options, action, positional=positional)
        case _:
            return "", None


def _stored(options: dict[str, ast.expr], action: str, *, positional: bool) -> ArgumentType | None:
    kind = ast.unparse(options["type"]) if "type" in options else "str"
    if kind not in _TYPES:
        return None
    nargs = options.get("nargs")
    several = nargs is not None and not (isinstance(nargs, ast.Constant) and nargs.value == "?")
    if several and action == "append":
        return None
    default, constant = options.get("default"), options.get("const")
    missing = default is None or (isinstance(default, ast.Constant) and default.value is None)
    if several or action == "append":
        if not missing:
            return None
        listed = positional and action == "store"
        sure = listed or _true(options.get("required"))
        return ArgumentType(kind, listed=True, optional=not sure)
    if not missing and not (default is not None and _fits(default, _TYPES[kind])):
        return None
    if constant is not None and not _fits(constant, _TYPES[kind]):
        return None
    sure = (positional and nargs is None) or (nargs is None and _true(options.get("required")))
    optional = (missing and not sure) or (nargs is not None and constant is None and not positional)
    return ArgumentType(kind, optional=optional)


def _fits(node: ast.expr, kind: type) -> bool:
    """Whether a value that is written out is of exactly that type."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) is kind


def _true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
