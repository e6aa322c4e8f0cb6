"""Variables of a function that are bound once, to an empty container, or to a list of such.

    counts = defaultdict(int)        →   counts: defaultdict[str, int] = defaultdict(int)
    for word in words:
        counts[word] += 1

So is `counts: dict = {}`. A checker takes the type of such a variable from its binding alone, and that says
nothing of what will be put in. What the function puts in tells, as for attributes. The same holds for
`[0] * n`, where floats are put in later.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

_MAKERS = frozenset({"deque", "Counter", "defaultdict", "OrderedDict"})
_BARE = _MAKERS | frozenset({"list", "dict", "set", "List", "Dict", "Set", "Deque", "DefaultDict"})
"""Annotations that don't say what is held."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef


def empty_containers(
    tree: ast.Module,
) -> Iterator[tuple[str, str, ast.Assign | ast.AnnAssign, list[ast.Name]]]:
    """Each such variable: a name for its scope, its own, the statement that binds it, and all its uses."""
    for function in ast.walk(tree):
        if not isinstance(function, _Function):
            continue
        scope = f"{function.name}@{function.lineno}"
        for statement in _own(function):
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value, type_comment=None) if (
                    _is_empty(value) or _is_plain(value) or _holds_ints(value)
                ):
                    uses = list(_uses(function, name))
                    if _bound_once(function, name):
                        yield scope, name, statement, uses
                case ast.AnnAssign(
                    target=ast.Name(id=name), annotation=ast.Name(id=said) as note, value=ast.expr() as value
                ) if said in _BARE and note.lineno == note.end_lineno:
                    if (_is_empty(value) or _is_plain(value)) and _bound_once(function, name):
                        yield scope, name, statement, list(_uses(function, name))
                case _:
                    pass


def _is_plain(value: ast.expr) -> bool:
    """Whether a value is `[]`, `{}`, `list()`, `dict()`, `set()`, or a list of such: `[[] for _ in rows]`."""
    match value:
        case ast.ListComp(elt=inner) | ast.DictComp(value=inner):
            return _is_plain(inner) or _is_empty(inner)
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=ast.Name(id="list" | "dict" | "set"), args=[], keywords=[]):
            return True
        case _:
            return False


def _holds_ints(value: ast.expr) -> bool:
    """Whether a value is `[0, 0]`, `[0] * n`, `list(range(n))` or rows of such."""
    match value:
        case ast.List(elts=[_, *_] as items):
            return all(map(_is_int, items)) or all(map(_holds_ints, items))
        case (
            ast.BinOp(left=ast.List() as items, op=ast.Mult())
            | ast.BinOp(op=ast.Mult(), right=ast.List() as items)
        ):
            return _holds_ints(items)
        case ast.ListComp(elt=item):
            return _is_int(item) or _holds_ints(item)
        case ast.Call(func=ast.Name(id="list"), args=[ast.Call(func=ast.Name(id="range"))], keywords=[]):
            return True
        case _:
            return False


def _is_int(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def _is_empty(value: ast.expr) -> bool:
    match value:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in _MAKERS:
            if name == "defaultdict":
                return len(args) == 1 and not value.keywords
            return not args or (len(args) == 1 and isinstance(args[0], ast.List) and not args[0].elts)
        case _:
            return False


def _own(function: _Scope) -> Iterator[ast.AST]:
    """The nodes of a function that are not those of a scope inside it."""
    pending: list[ast.AST] = list(ast.iter_child_nodes(function))
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, _Scope):
            pending.extend(ast.iter_child_nodes(node))


def _bound_once(function: _Function, name: str) -> bool:
    """Whether one statement of the function binds the name, and nothing inside it binds it again."""
    parameters = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
    stores = 0
    for node in _own(function):
        match node:
            case ast.Name(id=found, ctx=ast.Store() | ast.Del()) if found == name:
                stores += 1
            case ast.Global(names=names) | ast.Nonlocal(names=names) if name in names:
                return False
            case ast.FunctionDef(name=found) | ast.ClassDef(name=found) | ast.ExceptHandler(name=found):
                stores += found == name
            case ast.alias(name=found, asname=other):
                stores += (other or found.partition(".")[0]) == name
            case _:
                pass
    rebound = any(isinstance(node, ast.Nonlocal) and name in node.names for node in ast.walk(function))
    return stores == 1 and name not in parameters and not rebound


def _uses(function: _Scope, name: str) -> Iterator[ast.Name]:
    for node in _own(function):
        if isinstance(node, ast.Name) and node.id == name:
            yield node
        elif isinstance(node, _Scope) and not _binds(node, name):
            yield from _uses(node, name)


def _binds(scope: _Scope, name: str) -> bool:
    """Whether a scope inside has a variable of its own by the name."""
    if isinstance(scope, ast.ClassDef):
        return True
    if any(isinstance(one, ast.arg) and one.arg == name for one in ast.walk(scope.args)):
        return True
    return any(
        isinstance(one, ast.Name) and one.id == name and not isinstance(one.ctx, ast.Load)
        for one in _own(scope)
    )
