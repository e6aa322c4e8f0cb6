"""Decorators of the project that keep results: what they make is what `functools.cache` makes.

    def memoize(func):                                    import functools
        cache = {}
        def wrapper(n):                                   @functools.cache
            if n not in cache:                     →      def fib(n: int) -> int:
                cache[n] = func(n)                            …
            return cache[n]
        return wrapper

The dict is the wrapper's alone, so nobody sees which results it holds. Results are found by the arguments,
and one that was not given, since an error came, is not kept.
"""

from __future__ import annotations

import ast

from portalis.compiler.frontend.wrappers.forms import wraps


def keeps_results(definition: ast.FunctionDef, decorated: ast.FunctionDef) -> bool:
    """Whether a decorator makes a function that only differs by keeping its results.

    The function must take its arguments as the wrapper does: one by position, or all in `*args`.
    """
    body = definition.body[1:] if ast.get_docstring(definition) is not None else definition.body
    match definition.args, body:
        case (
            ast.arguments(posonlyargs=[], args=[taken], vararg=None, kwonlyargs=[], kwarg=None, defaults=[]),
            [
                ast.Assign(targets=[ast.Name(id=cache)], value=made)
                | ast.AnnAssign(target=ast.Name(id=cache), value=made),
                ast.FunctionDef(name=name) as wrapper,
                ast.Return(value=ast.Name(id=returned)),
            ],
        ) if name == returned and _is_empty(made) and not definition.decorator_list:
            plain = not wrapper.decorator_list or wraps(wrapper, taken.arg)
            return plain and _fits(wrapper.args, decorated.args) and _looks_up(wrapper, taken.arg, cache)
        case _:
            return False


def _is_empty(made: ast.expr | None) -> bool:
    match made:
        case ast.Dict(keys=[]) | ast.Call(func=ast.Name(id="dict"), args=[], keywords=[]):
            return True
        case _:
            return False


def _fits(own: ast.arguments, taken: ast.arguments) -> bool:
    """Whether calls that fit the one fit the other, and bind all arguments alike."""
    plain = not (taken.posonlyargs or taken.vararg or taken.kwonlyargs or taken.kwarg or taken.defaults)
    match own:
        case ast.arguments(posonlyargs=[], args=[one], vararg=None, kwonlyargs=[], kwarg=None, defaults=[]):
            return plain and [param.arg for param in taken.args] == [one.arg]
        case ast.arguments(posonlyargs=[], args=[], vararg=ast.arg(), kwonlyargs=[], kwarg=None):
            return plain
        case _:
            return False


def _looks_up(wrapper: ast.FunctionDef, func: str, cache: str) -> bool:
    """Whether the body is one of the ways to look a result up, and keep it where there is none."""
    star = wrapper.args.vararg
    key = star.arg if star is not None else wrapper.args.args[0].arg
    call = f"{func}(*{key})" if star is not None else f"{func}({key})"
    found = ast.unparse(ast.Module(wrapper.body, []))
    names = {node.id for node in ast.walk(wrapper) if isinstance(node, ast.Name)}
    keep, give, there = f"{cache}[{key}] = {call}", f"return {cache}[{key}]", f"if {key} in {cache}"
    ways = [
        f"if {key} not in {cache}:\n    {keep}\n{give}",
        f"{there}:\n    {give}\n{keep}\n{give}",
        f"{there}:\n    {give}\nelse:\n    {keep}\n    {give}",
    ]
    for result in sorted(names - {key, cache, func}):
        kept = f"{result} = {call}\n{cache}[{key}] = {result}\nreturn {result}"
        inside = kept.replace("\n", "\n    ")
        ways.append(f"{there}:\n    {give}\n{kept}")
        ways.append(f"{there}:\n    {give}\nelse:\n    {inside}")
    return found in ways
