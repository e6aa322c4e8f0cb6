"""Programs: what a module does when it is run, as a function without parameters.

if __name__ == "__main__":            pub fn program() -> Result<(), Error> {
    sys.exit(main(sys.argv[1:]))  →       return Err(program::exit(main(&program::arguments()[1..])?));

The block runs once, after the module was loaded. What it binds are names of the module, which nobody else may
look at; then they are its own.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator, Mapping

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.refusal import Refusal
from portalis.diagnostics import Span

NAME = "__main__"
"""The name of a program among the items of its module."""


def main_block(tree: ast.Module) -> ast.If | None:
    """`if __name__ == "__main__":` of a module; of several, the last."""
    found = [node for node in tree.body if isinstance(node, ast.If) and is_main_test(node.test)]
    return found[-1] if found else None


def is_main_test(test: ast.expr) -> bool:
    """Whether a condition asks if the module is run."""
    match test:
        case ast.Compare(
            left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant("__main__")]
        ):
            return True
        case ast.Compare(
            left=ast.Constant("__main__"), ops=[ast.Eq()], comparators=[ast.Name(id="__name__")]
        ):
            return True
        case _:
            return False


def as_function(block: ast.If) -> ast.FunctionDef:
    """The block as the definition that is built."""
    nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    made = ast.FunctionDef(name=NAME, args=nothing, body=block.body, decorator_list=[], returns=None)
    return ast.copy_location(made, block)


def bound_in(block: ast.If) -> frozenset[str]:
    """The names that the block binds in its module."""
    return frozenset(_bound(block.body))


def own_names(answer: OracleAnswer, module: str, block: ast.If) -> OracleAnswer:
    """The oracle's answer, with what the block binds as variables of its own."""
    return answer.with_variables(module, NAME, bound_in(block))


def check(modules: Mapping[str, SourceModule], module: str, block: ast.If) -> None:
    """What a function of its own could not do as the block does it.

    Raises:
        Refusal: others look at what it binds, or more is done when a module is loaded than to bind values.
    """
    source = modules[module]
    if block.orelse or len([one for one in source.tree.body if _runs_as_main(one)]) > 1:
        raise Refusal("PT216", _span(block), "the program is not in one block", "join the blocks")
    if source.tree.body[-1] is not block:
        after = source.tree.body[source.tree.body.index(block) + 1]
        raise Refusal("PT216", _span(after), "this runs after the program", "move it above")
    own = bound_in(block)
    elsewhere = {name for one in source.tree.body if one is not block for name in _bound([one])}
    if shared := sorted(own & elsewhere):
        why = f"the program binds `{shared[0]}` of the module again"
        raise Refusal("PT216", _span(block), why, "give it a name of its own")
    if seen := sorted(own & set(_looked_up(source.text, block.lineno))):
        why = f"a function reads `{seen[0]}`, which only the program binds"
        raise Refusal("PT216", _span(block), why, "hand it over as an argument")
    for one in _loaded(modules, module):
        for statement in _steps(one.tree):
            what = ast.unparse(statement).splitlines()[0]
            raise Refusal(
                "PT216",
                _span(block),
                f"`{what}` runs when `{one.name}` is loaded",
                "move it into the program",
            )


def _loaded(modules: Mapping[str, SourceModule], first: str) -> Iterator[SourceModule]:
    """The modules of the project that a module needs, as far as its imports tell, itself among them."""
    waiting, seen = [first], {first}
    while waiting:
        module = modules[waiting.pop()]
        yield module
        for name in _imported(module):
            parts = name.split(".")
            for count in range(1, len(parts) + 1):
                part = ".".join(parts[:count])
                if part in modules and part not in seen:
                    seen.add(part)
                    waiting.append(part)


def _imported(module: SourceModule) -> Iterator[str]:
    """The full names that a module imports, wherever it does; each may be a module or something in one."""
    own = module.name.split(".")
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                yield from (one.name for one in names)
            case ast.ImportFrom(module=name, names=names, level=level):
                kept = own[: len(own) - level + (1 if module.is_package else 0)] if level else []
                base = ".".join(filter(None, [*kept, name]))
                yield from (f"{base}.{one.name}" for one in names)
    yield module.name


def _runs_as_main(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and is_main_test(node.test)


_HARMLESS = ("sys.path.", "sys.setrecursionlimit", "warnings.", "__all__.", "typing.")


def _steps(tree: ast.Module) -> Iterator[ast.stmt]:
    """What a module does when it is loaded besides binding names: calls whose result nobody wants."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)) or _runs_as_main(node):
            continue
        for inner in ast.walk(node):
            match inner:
                case ast.Expr(value=ast.Call() | ast.Await() as done) if not _fills(done):
                    if not ast.unparse(inner).startswith(_HARMLESS):
                        yield inner


_CHANGES = frozenset(
    """append extend insert add update setdefault sort reverse pop clear remove discard appendleft register
    """.split()
)


def _fills(node: ast.expr) -> bool:
    """Whether a call only changes a value of the module, which is taken as it is then."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGES


def _bound(body: list[ast.stmt]) -> Iterator[str]:
    """The names that statements of a module bind, functions' own aside."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
                continue
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                continue
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.ExceptHandler(name=str(name)):
                yield name
        waiting.extend(ast.iter_child_nodes(node))


def _looked_up(text: str, before: int) -> Iterator[str]:
    """The names of a module that what is defined before a line reads: functions, methods, lambdas."""
    waiting = [
        one for one in symtable.symtable(text, "<module>", "exec").get_children() if one.get_lineno() < before
    ]
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())


def _span(node: ast.stmt) -> Span:
    return Span(node.lineno, node.col_offset + 1, node.lineno, node.col_offset + 1)
