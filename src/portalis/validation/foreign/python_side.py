"""The Python of a check: one function of a self-contained source, with its types and what it may touch."""

from __future__ import annotations

import ast
import builtins
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portalis.compiler.frontend import oracle, project
from portalis.compiler.frontend.answer import OracleAnswer, Signature
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.stdlib.effects import effect_of
from portalis.compiler.types import ANY, NONE, OBJECT, Type
from portalis.compiler.unit import Param
from portalis.diagnostics import Diagnostic, Span
from portalis.emit.markers import parts

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
NO_FUNCTION = "PT741"
_BUILTIN_EXCEPTIONS = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)


@dataclass(frozen=True, slots=True)
class PythonItem:
    """A function to compare with: its name, parameters and result, and the classes it might raise.

    `effects` are words for what it may touch besides its arguments. `problems` say why it can't be judged;
    the rest is then empty.
    """

    name: str
    params: tuple[Param, ...] = ()
    returns: Type = NONE
    exceptions: frozenset[str] = frozenset()
    effects: frozenset[str] = frozenset()
    problems: tuple[Diagnostic, ...] = ()


def read_items(
    wanted: Sequence[tuple[str, str | None]], folder: Path, mypy_cache: Path | None
) -> list[PythonItem]:
    """Ask the oracle about functions, all sources in one build; where it fails, each source in its own.

    Args:
        wanted: pairs of Python source and the name of a function in it; None for the only one.
        folder: an empty folder to write the sources to.
        mypy_cache: where mypy may keep what it knows of the standard library.
    """
    folder.mkdir(exist_ok=True)
    try:
        return _read_together(wanted, folder, mypy_cache)
    except (oracle.OracleError, RecursionError) as error:
        if len({code for code, _ in wanted}) == 1:
            problem = _problem("PT101", f"its types can't be found: {error}")
            return [PythonItem(name or "", problems=(problem,)) for _, name in wanted]
    found: dict[tuple[str, str | None], PythonItem] = {}
    for number, one in enumerate(wanted):
        found[one] = read_items([one], folder / str(number), mypy_cache)[0]
    return [found[one] for one in wanted]


def _read_together(
    wanted: Sequence[tuple[str, str | None]], folder: Path, mypy_cache: Path | None
) -> list[PythonItem]:
    files: dict[str, Path] = {}
    for code, _ in wanted:
        stem = module_of(code)
        files[code] = folder / f"{stem}.py"
        files[code].write_bytes(code.encode("utf-8", "surrogatepass"))
    loaded = project.load(list(dict.fromkeys(files.values())))
    answer = oracle.ask(loaded, cache_dir=mypy_cache)
    unread = {one.module: one.diagnostic for one in loaded.diagnostics if one.diagnostic.severity == "error"}
    found: list[PythonItem] = []
    for code, name in wanted:
        module = loaded.modules.get(module_of(code))
        if module is None:
            problem = unread.get(module_of(code)) or _problem(NO_FUNCTION, "the source can't be read")
            found.append(PythonItem(name or "", problems=(problem,)))
        else:
            found.append(_item(module, name, answer))
    return found


def module_of(code: str) -> str:
    """The module name that stands for a source: the same text has the same name."""
    return "m" + hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _problem(code: str, message: str, node: ast.AST | None = None, hint: str = "") -> Diagnostic:
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
    return Diagnostic(code, message, Span(line, column, line, column), "error", hint)


def _item(module: SourceModule, name: str | None, answer: OracleAnswer) -> PythonItem:
    functions = [n for n in module.tree.body if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    by_name = {function.name: function for function in functions}
    if name is None and len(by_name) != 1:
        listed = ", ".join(f"`{one}`" for one in by_name) or "none"
        message = f"which function is meant? the source defines {listed}"
        return PythonItem("", problems=(_problem(NO_FUNCTION, message, None, "give its name"),))
    node = by_name.get(name) if name is not None else functions[-1]
    if node is None:
        message = f"the source defines no function `{name}` at its top level"
        return PythonItem(name or "", problems=(_problem(NO_FUNCTION, message),))
    signature = answer.signature(module.name, node.name)
    problems = tuple(_form_problems(node, signature))
    if problems or signature is None:
        return PythonItem(
            node.name, problems=problems or (_problem(NO_FUNCTION, "its types are not known", node),)
        )
    params = tuple(
        Param(param.name, param.type, param.kind, param.has_default)
        for param in signature.params
        if param.kind != "var_positional" and param.kind != "var_keyword"
    )
    returns = signature.returns
    if returns is ANY and not _returns_values(node):
        returns = NONE
    problems = tuple(_type_problems(node, params, returns))
    if problems:
        return PythonItem(node.name, problems=problems)
    return PythonItem(
        node.name, params, returns, _exceptions(module.tree), frozenset(_effects(module, node, answer))
    )


def _form_problems(
    node: ast.FunctionDef | ast.AsyncFunctionDef, signature: Signature | None
) -> Iterator[Diagnostic]:
    if isinstance(node, ast.AsyncFunctionDef):
        yield _problem("PT201", f"`{node.name}` is a coroutine", node)
    if signature is not None and signature.is_generator:
        yield _problem("PT202", f"`{node.name}` is a generator", node, "return a list")
    if node.args.vararg or node.args.kwarg:
        yield _problem("PT206", f"`{node.name}` takes `*args` or `**kwargs`", node, "name the parameters")


def _type_problems(
    node: ast.FunctionDef | ast.AsyncFunctionDef, params: Iterable[Param], returns: Type
) -> Iterator[Diagnostic]:
    places = {arg.arg: arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
    for param in params:
        if _open(param.type):
            yield _problem(
                "PT101", f"the type of parameter `{param.name}` is not known", places[param.name],
                f"annotate it: `{param.name}: <type>`, containers with what they hold",
            )  # fmt: skip
    if _open(returns):
        yield _problem(
            "PT101",
            f"what `{node.name}` returns is not known",
            node.returns or node,
            "annotate it: `-> <type>`",
        )


def _open(type_: Type) -> bool:
    return any(part in (ANY, OBJECT) for part in parts(type_))


def _returns_values(node: ast.AST) -> bool:
    return any(isinstance(inner, ast.Return) and inner.value is not None for inner in ast.walk(node))


def _exceptions(tree: ast.Module) -> frozenset[str]:
    """Names of exception classes that the source could mean: Python's own, and every class it names."""
    named = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            named.update(alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute):
            named.add(node.attr)
    return _BUILTIN_EXCEPTIONS | {name for name in named if name[:1].isupper()}


def _effects(module: SourceModule, node: FunctionNode, answer: OracleAnswer) -> Iterator[str]:
    """What the function, and what it names in the source, may touch."""
    top = {one.name: one for one in module.tree.body if isinstance(one, (ast.FunctionDef, ast.ClassDef))}
    pending: list[ast.AST] = [node]
    seen: set[str] = {node.name}
    while pending:
        for inner in ast.walk(pending.pop()):
            if isinstance(inner, ast.Name) and inner.id in top and inner.id not in seen:
                seen.add(inner.id)
                pending.append(top[inner.id])
            if isinstance(inner, ast.Call) and isinstance(inner.func, (ast.Name, ast.Attribute)):
                found = effect_of(answer.fullname(module.name, inner.func) or "")
                if found is not None:
                    yield found
