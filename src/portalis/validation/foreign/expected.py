"""The Rust signature that a candidate for a Python function is expected to have."""

from __future__ import annotations

import ast

from portalis.compiler.types import BYTES, STR, OptionalOf, Type, is_copy
from portalis.mapping.naming import snake
from portalis.validation.foreign.errors import OWN_ERROR
from portalis.validation.foreign.matching import element, spelled
from portalis.validation.foreign.python_side import PythonItem

_CHANGES = frozenset(
    """add append appendleft clear difference_update discard extend extendleft insert intersection_update pop
    popitem popleft remove reverse rotate setdefault sort symmetric_difference_update update""".split()
)


def rust_names(name: str) -> tuple[str, ...]:
    """The names under which a candidate may define a Python function, the likeliest first.

    >>> rust_names("wordCount"), rust_names("match")
    (('wordCount', 'r#wordCount', 'word_count', 'r#word_count'), ('match', 'r#match'))
    """
    return tuple(dict.fromkeys((name, f"r#{name}", snake(name), f"r#{snake(name)}")))


def expected_signatures(item: PythonItem, code: str) -> str:
    """The signature without errors and the one with, one a line; types that can stand for theirs will do.

    Raises:
        NoCrossing: a type has no form in Rust that could be tested.
    """
    changed = _changed_names(code, item.name)
    params = ", ".join(
        f"{snake(param.name)}: {_parameter(param.type, param.name in changed)}" for param in item.params
    )
    result = spelled(item.returns)
    head = f"fn {snake(item.name)}({params})"
    plain = head if result == "()" else f"{head} -> {result}"
    return f"{plain}\n{head} -> Result<{result}, {OWN_ERROR}>"


def _parameter(type_: Type, changed: bool) -> str:
    owned = spelled(type_)
    elem = element(type_)
    match type_:
        case _ if changed and not is_copy(type_):
            return f"&mut {owned}"
        case _ if type_ == STR:
            return "&str"
        case _ if type_ == BYTES:
            return "&[u8]"
        case _ if is_copy(type_):
            return owned
        case OptionalOf(inner):
            return f"Option<{_parameter(inner, False)}>"
        case _ if elem is not None:
            return f"&[{spelled(elem)}]"
        case _:
            return f"&{owned}"


def _changed_names(code: str, name: str) -> frozenset[str]:
    """Parameters that a function seems to change in place: assigned into, or told to change."""
    found: set[str] = set()
    for function in ast.walk(ast.parse(code)):
        if not (isinstance(function, ast.FunctionDef) and function.name == name):
            continue
        rebound = {
            n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        for node in ast.walk(function):
            match node:
                case ast.Subscript(value=changed, ctx=ast.Store() | ast.Del()):
                    found.add(_root(changed))
                case ast.Call(func=ast.Attribute(value=changed, attr=told)) if told in _CHANGES:
                    found.add(_root(changed))
                case _:
                    continue
        found -= rebound
    return frozenset(found)


def _root(node: ast.expr) -> str:
    """The name that an expression reaches into: `table` of `table[key][0]`."""
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
