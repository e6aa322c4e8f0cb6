"""Does a text of Rust define what the Python does: each function, each parameter, each exception?

Names are compared as a translator would write them (`parseItem` → `parse_item`, a keyword with `_` or `r#`),
types through `portalis.mapping`, which is told nothing but the annotations.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portalis.diagnostics import Span
from portalis.mapping.naming import snake
from portalis.utils.ast_utils import Definition, classes, functions, parse_source
from portalis.validation.rust_check.issue import Issue
from portalis.validation.rust_check.outline import Outline, outline
from portalis.validation.rust_syntax import RustFunction

_TOP = Span(1, 1, 1, 1)
_CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__"})
_TRAITS = {
    "__str__": ("fmt", "to_string"),
    "__repr__": ("fmt",),
    "__eq__": ("eq",),
    "__lt__": ("cmp", "partial_cmp", "lt"),
    "__hash__": ("hash",),
    "__len__": ("len",),
    "__iter__": ("iter", "into_iter"),
    "__next__": ("next",),
    "__getitem__": ("index", "get"),
    "__setitem__": ("index_mut", "set", "insert"),
    "__contains__": ("contains", "contains_key"),
    "__add__": ("add",),
    "__sub__": ("sub",),
    "__mul__": ("mul",),
    "__neg__": ("neg",),
    "__bool__": ("is_empty",),
    "__del__": ("drop",),
    "__call__": ("call",),
}
"""The std methods that stand for Python's special ones."""
_DERIVED = frozenset({"__eq__", "__lt__", "__hash__", "__repr__"})


def counterpart_issues(rust_code: str, python_code: str) -> list[Issue]:
    """What of the Python has no counterpart in the Rust.

    A missing function, class or parameter is an error, an exception that the Rust never names a warning.

    Raises:
        SyntaxError: the Python does not parse.
    """
    tree = parse_source(python_code)
    found = outline(rust_code)
    issues: list[Issue] = []
    for definition in classes(tree):
        if "<locals>" not in definition.qualname:
            issues += _class_issues(definition, found)
    for definition in functions(tree):
        if "<locals>" not in definition.qualname and not _declared_only(definition.node):
            issues += _function_issues(definition, found)
    issues += _exception_issues(tree, found)
    return issues


def _class_issues(definition: Definition, found: Outline) -> Iterator[Issue]:
    name = definition.qualname.rpartition(".")[2]
    if name in found.types or any(name in variants for variants in found.types.values()):
        return
    yield Issue(
        f"the class `{definition.qualname}` has no struct, enum or trait `{name}`", "error", "PT815", _TOP,
        help=f"define `{name}`",
    )  # fmt: skip


def _function_issues(definition: Definition, found: Outline) -> Iterator[Issue]:
    owner, _, name = definition.qualname.rpartition(".")
    owner = owner.rpartition(".")[2]
    twins = [
        function
        for function in found.functions
        if function.name.removeprefix("r#") in _names(name, owner)
        and (not owner or function.owner in ("", owner))
    ]
    if not twins:
        if name in _DERIVED and owner in found.types:
            return
        wanted = _names(name, owner)[0]
        where = f" in `impl {owner}`" if owner else ""
        yield Issue(
            f"the function `{definition.qualname}` has no counterpart `fn {wanted}`{where}", "error", "PT815",
            _TOP, help=f"define `{wanted}`{where}",
        )  # fmt: skip
        return
    if name in _TRAITS:
        return
    closest = min(twins, key=lambda twin: len(list(_parameter_issues(definition, twin))))
    yield from _parameter_issues(definition, closest)


def _names(name: str, owner: str) -> list[str]:
    """The Rust names that stand for a Python function's, the usual one first."""
    if name in _CONSTRUCTORS:
        return ["new", "try_new", "default", "from"]
    plain = snake(name)
    spelled = [plain, f"{plain}_", name, plain.strip("_")]
    return list(dict.fromkeys([*_TRAITS.get(name, ()), *spelled])) if owner else list(dict.fromkeys(spelled))


def _parameter_issues(definition: Definition, twin: RustFunction) -> Iterator[Issue]:
    assert isinstance(definition.node, (ast.FunctionDef, ast.AsyncFunctionDef))
    wanted = _parameters(definition)
    given = [param.name.removeprefix("mut ").removeprefix("r#") for param in twin.params]
    if len(wanted) != len(given):
        yield Issue(
            f"`{twin.name}` takes {_count(len(given))}, `{definition.qualname}` takes {_count(len(wanted))}: "
            f"{', '.join(wanted) or 'none'}",
            "error", "PT816", twin.span,
        )  # fmt: skip
        return
    for name, pattern in zip(wanted, given, strict=True):
        if pattern.strip("_") not in (snake(name).strip("_"), name.strip("_")):
            yield Issue(
                f"the parameter `{name}` of `{definition.qualname}` is called `{pattern}` in `{twin.name}`",
                "warning", "PT816", twin.span,
            )  # fmt: skip


def _count(number: int) -> str:
    return f"{number} parameter{'' if number == 1 else 's'}"


def _parameters(definition: Definition) -> list[str]:
    """The parameters of a function, without the receiver of a method."""
    node = definition.node
    assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    spec = node.args
    names = [a.arg for a in (*spec.posonlyargs, *spec.args)]
    static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list)
    if definition.kind == "method" and not static:
        names = names[1:]
    if spec.vararg is not None:
        names.append(spec.vararg.arg)
    names += [a.arg for a in spec.kwonlyargs]
    if spec.kwarg is not None:
        names.append(spec.kwarg.arg)
    return names


def _exception_issues(tree: ast.Module, found: Outline) -> Iterator[Issue]:
    """Exceptions that the Python raises by name and the Rust never mentions."""
    seen: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=ast.Name(id=name)) | ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
                pass
            case (
                ast.Raise(exc=ast.Attribute(attr=name))
                | ast.Raise(exc=ast.Call(func=ast.Attribute(attr=name)))
            ):
                pass
            case _:
                continue
        bare = name.removesuffix("Error") or name
        if name in seen or name.islower() or {name, bare} & found.identifiers:
            continue
        seen.add(name)
        yield Issue(
            f"the exception `{name}`, raised on line {node.lineno} of the Python, is not named in the Rust",
            "warning", "PT817", _TOP, help=f"return an error that says `{name}`",
        )  # fmt: skip


def _declared_only(node: ast.AST) -> bool:
    """Whether a definition is an `@overload`."""
    decorators = node.decorator_list if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else []
    return any(ast.unparse(d).rpartition(".")[2] == "overload" for d in decorators)
