"""Functions under decorators of the project that wrap them, written out as what they are after decorating.

    @trace                                  def add_undecorated(a: int, b: int) -> int:
    def add(a: int, b: int) -> int:             return a + b
        return a + b                 →      def add(a: int, b: int) -> int:
                                                print("calling add")
                                                return add_undecorated(a, b)

A decorator runs once, when its module is imported, and what the name stands for afterwards is the wrapper:
its body with the very function, and what the decorator was given, in their places. That text is what types
and Rust are made of; what is reported and verified is the source as it was written. See decision 47.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from portalis.compiler.frontend import comments
from portalis.compiler.frontend.project import Project
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.wrappers.forms import Wrapping, applied
from portalis.compiler.frontend.wrappers.memo import keeps_results
from portalis.compiler.frontend.wrappers.names import Names, names_of
from portalis.compiler.frontend.wrappers.rewriting import Unfit, Wrapped, rewritten

SUFFIX = "_undecorated"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines of text that take the place of those of a function; each with the line that it comes from."""

    first: int
    last: int
    lines: tuple[tuple[str, int], ...]


def written_out(project: Project) -> Project:
    """The project with such functions written out; the same project where there are none."""
    names = {name: names_of(module) for name, module in project.modules.items()}
    made: dict[str, SourceModule] = {}
    taken = {word for one in names.values() for word in one.everything}
    for name, module in project.modules.items():
        needed: dict[str, str] = {}
        pieces = [
            piece
            for node, owner in _decorated(module.tree)
            if (piece := _piece(module, node, owner, names, needed, taken)) is not None
        ]
        if pieces:
            made[name] = _with_pieces(module, pieces, needed)
    return replace(project, modules=project.modules | made, written=project) if made else project


def _decorated(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, str]]:
    """The decorated functions at module level, and methods with the name of their class."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(decorator_list=[_, *_]):
                yield node, ""
            case ast.ClassDef():
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef) and inner.decorator_list and inner.args.args:
                        yield inner, node.name
            case _:
                pass


def _piece(
    module: SourceModule,
    node: ast.FunctionDef,
    owner: str,
    names: Mapping[str, Names],
    needed: dict[str, str],
    taken: set[str],
) -> _Piece | None:
    """The lines that take the place of a function; `taken` are the names that nothing may get any more."""
    own = names[module.name]
    kept = _kept(module, node, owner, names, needed)
    if kept is not None:
        return kept
    found = [_wrapping(one, own, names) for one in node.decorator_list]
    unbound = owner and {"staticmethod", "classmethod"} & set(map(ast.unparse, node.decorator_list))
    if not any(found) or unbound:
        return None
    plain = f"{node.name}{SUFFIX}" + (f"_{owner.lower()}" if owner else "")
    used = taken if owner else own.everything  # what a method wraps is a method of all classes below
    if own.count(node.name, owner) != 1 or node.name.startswith("__") or plain in used:
        return None
    shown = {"__name__": node.name, "__module__": module.name}
    shown["__qualname__"] = f"{owner}.{node.name}" if owner else node.name
    inner, arguments = plain, node.args
    levels: list[ast.FunctionDef] = []
    waiting: list[ast.expr] = []
    outermost = next(at for at, one in enumerate(found) if one is not None)
    for at in reversed(range(len(found))):
        wrapping = found[at]
        if wrapping is None:
            waiting.insert(0, node.decorator_list[at])
            continue
        if levels:
            levels[-1].decorator_list, waiting = waiting, []
        else:
            below, waiting = waiting, []
        try:
            arguments, body = rewritten(wrapping, Wrapped(inner, shown, arguments, bool(owner)))
        except Unfit:
            return None
        if not own.has(body, arguments, inner, names[wrapping.module], needed):
            return None
        inner = node.name if at == outermost else f"{plain}_{len(levels) + 2}"
        levels.append(ast.FunctionDef(inner, arguments, body, [], None, lineno=node.lineno, col_offset=0))
        if not wrapping.named:
            name = wrapping.wrapper.name
            shown = shown | {"__name__": name, "__module__": wrapping.module, "__qualname__": name}
    levels[-1].decorator_list = waiting
    levels[-1].body = [*_docstring(node), *levels[-1].body]
    taken.add(plain)
    local = all(one is None or one.module == module.name for one in found)
    return _laid_out(module, node, plain, below, levels, local=local)


def _kept(
    module: SourceModule,
    node: ast.FunctionDef,
    owner: str,
    names: Mapping[str, Names],
    needed: dict[str, str],
) -> _Piece | None:
    """A function whose only decorator keeps its results, under `functools.cache`."""
    own = names[module.name]
    found = own.function(node.decorator_list[0], names) if len(node.decorator_list) == 1 else None
    if owner or found is None or not keeps_results(found[1], node):
        return None
    if own.bound["functools"] and own.imports.get("functools") != "functools":
        return None
    if not own.bound["functools"]:
        needed["functools"] = "import functools"
    first, last = node.decorator_list[0].lineno, node.end_lineno or node.lineno
    written = module.text.split("\n")
    lines = [("@functools.cache", first), *((written[at - 1], at) for at in range(node.lineno, last + 1))]
    return _Piece(first, last, tuple(lines))


def _docstring(node: ast.FunctionDef) -> list[ast.stmt]:
    text = ast.get_docstring(node, clean=False)
    return [] if text is None else [ast.Expr(ast.Constant(text))]


def _wrapping(decorator: ast.expr, own: Names, names: Mapping[str, Names]) -> Wrapping | None:
    """The form of a decorator; None for one that isn't a wrapping one of the project."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    found = own.function(called, names)
    return applied(*found, decorator) if found is not None else None


def _laid_out(
    module: SourceModule,
    node: ast.FunctionDef,
    plain: str,
    below: list[ast.expr],
    levels: list[ast.FunctionDef],
    *,
    local: bool,
) -> _Piece:
    """The text: the function under its other name as it was written, and the wrappers around it."""
    written = module.text.split("\n")
    first = min(one.lineno for one in node.decorator_list)
    last = node.end_lineno or node.lineno
    indent = " " * node.col_offset
    lines = [(f"{indent}@{ast.unparse(one)}", one.lineno) for one in below]
    head = re.sub(rf"\bdef(\s+){node.name}\b", rf"def\g<1>{plain}", written[node.lineno - 1], count=1)
    lines.append((head, node.lineno))
    lines += [(written[at - 1], at) for at in range(node.lineno + 1, last + 1)]
    for level in levels:
        text = ast.unparse(ast.fix_missing_locations(level))
        places = _places(level, text, local=local)
        lines.append(("", last))
        lines += [(f"{indent}{one}", places.get(at, first)) for at, one in enumerate(text.split("\n"), 1)]
    return _Piece(first, last, tuple(lines))


def _places(level: ast.FunctionDef, text: str, *, local: bool) -> dict[int, int]:
    """The lines of the source from which the statements of a text come; those of another file have none."""
    if not local:
        return {}
    again = ast.parse(text).body[0]
    pairs = zip(ast.walk(level), ast.walk(again), strict=True)
    return {
        new.lineno: old.lineno
        for old, new in pairs
        if isinstance(new, ast.stmt) and isinstance(old, ast.stmt) and new is not again and old.lineno > 1
    }


def _with_pieces(module: SourceModule, pieces: list[_Piece], needed: Mapping[str, str]) -> SourceModule:
    lines: list[tuple[str, int]] = []
    done = 0
    written = module.text.split("\n")
    for piece in pieces:
        lines += [(written[at], at + 1) for at in range(done, piece.first - 1)]
        lines += piece.lines
        done = piece.last
    lines += [(written[at], at + 1) for at in range(done, len(written))]
    lines += [(text, 1) for text in needed.values()]
    text = "\n".join(one for one, _ in lines)
    if needed:
        text += "\n"
    remarks = comments.read(text)
    return replace(
        module,
        text=text,
        tree=ast.parse(text),
        comments=remarks.comments,
        suppressions=remarks.suppressions,
        lines=(0, *(at for _, at in lines)),
    )
