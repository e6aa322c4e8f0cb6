"""Types for unannotated functions: what they are called with, and what they return.

A parameter without annotation gets the union of the types seen for it: at the call sites in the
project, in doctest examples, and of its default; where none is seen, what its use leaves (`guessing`).
A result without annotation gets the union of what the `return` statements give. What was found is
written into the text as annotations and the oracle is asked again, until nothing new is found:

    def twice(x): return x + x       →   def twice(x: builtins.int) -> builtins.int: return x + x
    twice(3)

The trees of the annotated text have the shape of the original, so answers still are about the
original nodes. A type that is seen but cannot be written down, or is only partly known, is not used.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from portalis.compiler.frontend.absent import Absent
from portalis.compiler.frontend.attributes import Attributes, Edit
from portalis.compiler.frontend.contents import elements_of, merged, type_of
from portalis.compiler.frontend.examples import Call, examples
from portalis.compiler.frontend.joining import joined
from portalis.compiler.frontend.narrowing import Narrowing
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.spelling import Speller, has_hole, type_of_literal
from portalis.compiler.frontend.stubs import Stub
from portalis.compiler.frontend.targets import RETURN, Evidence, FunctionNode, Taken, Target, bare, receiver
from portalis.compiler.types import ANY, NEVER, NONE, IterOf, Type
from portalis.utils import ast_utils

RESULT = "_portalis_result"


@dataclass(slots=True)
class Inferred:
    """Types by target: parameter names, and `return`."""

    found: dict[Target, dict[str, Type]] = field(default_factory=dict)


Open = Mapping[str, Mapping[str, FunctionNode | ast.Lambda]]


def open_functions(modules: Mapping[str, SourceModule]) -> Open:
    """By module and qualified name, every function and method that lacks an annotation, and every lambda
    bound to a name; modules without any are left out.
    """
    found = {name: dict(_open(module.tree)) for name, module in modules.items()}
    return {name: functions for name, functions in found.items() if functions}


def infer(
    modules: Mapping[str, SourceModule],
    inferable: Open,
    evidence: Evidence,
    before: Inferred,
    wide: Collection[Target] = (),
) -> Inferred:
    """The types that the evidence shows for everything unannotated, those found before kept.

    Calls of `wide` functions tell nothing.
    """
    seen: dict[Target, dict[str, list[Type]]] = {}
    callables = {
        Target(name, qualname): node
        for name, functions in inferable.items()
        for qualname, node in functions.items()
    }
    for name, calls in evidence.calls.items():
        for call, target in calls.items():
            node = callables.get(target)
            if node is not None:
                args = Taken(node.args, receiver(target.name, node))
                _note_call(seen.setdefault(target, {}), args, call, evidence.types.get(name, {}))
    for name in inferable:
        for told in examples(name, modules[name]):
            if isinstance(told, Call) and (node := callables.get(Target(name, told.name))) is not None:
                args = Taken(node.args, receiver(told.name, node))
                _note_example(seen.setdefault(Target(name, told.name), {}), args, told)
    after = Inferred({target: dict(types) for target, types in before.found.items()})
    for target, node in callables.items():
        known = evidence.types.get(target.module, {})
        shown = {} if target in wide else seen.get(target, {})
        result = {name: joined(types) for name, types in shown.items() if types}
        result = {name: type_ for name, type_ in result.items() if type_ is not NONE}
        returned = _returned(node, known)
        if returned is not None:
            result[RETURN] = returned
        if result:
            after.found.setdefault(target, {}).update(result)
    return after


def _open(tree: ast.Module) -> Iterator[tuple[str, FunctionNode | ast.Lambda]]:
    for item in ast_utils.definitions(tree):
        if not isinstance(item.node, ast.ClassDef):
            lacks_return = item.node.returns is None or bare(item.node.returns)
            if lacks_return or Taken(item.node.args, receiver(item.qualname, item.node)).wanted:
                yield item.qualname, item.node
    yield from _named_lambdas(tree, "")


def _named_lambdas(parent: ast.AST, prefix: str) -> Iterator[tuple[str, ast.Lambda]]:
    for node in ast.iter_child_nodes(parent):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda() as value):
                yield prefix + name, value
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield from _named_lambdas(node, f"{prefix}{name}.<locals>.")
            case ast.ClassDef() | ast.expr():
                pass
            case _:
                yield from _named_lambdas(node, prefix)


def _defaults(args: ast.arguments) -> Iterator[tuple[str, ast.expr]]:
    positional = [arg.arg for arg in (*args.posonlyargs, *args.args)]
    yield from zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True)
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        if default is not None:
            yield arg.arg, default


def _note_call(
    seen: dict[str, list[Type]], taken: Taken, call: ast.Call, types: Mapping[ast.expr, Type]
) -> None:
    wanted = taken.wanted
    for name, value in (*taken.bound(call), *_defaults(taken.args)):
        type_ = type_of_literal(value) or types.get(value)
        if name in wanted and type_ is not None and not has_hole(type_):
            seen.setdefault(name, []).append(type_)


def _note_example(seen: dict[str, list[Type]], taken: Taken, call: Call) -> None:
    wanted = taken.wanted
    for name, value in (*taken.bound(call.node), *_defaults(taken.args)):
        type_ = call.types.get(value) or type_of_literal(value)
        if name in wanted and type_ is not None:
            seen.setdefault(name, []).append(type_)


def _returned(node: FunctionNode | ast.Lambda, types: Mapping[ast.expr, Type]) -> Type | None:
    """The union of what a function returns; None where that is not known, or is declared."""
    if isinstance(node, ast.Lambda):
        result = types.get(node.body)
        return None if result is None or has_hole(result) else result
    declared = node.returns is not None and not bare(node.returns)
    if declared or isinstance(node, ast.AsyncFunctionDef):
        return None
    if node.name == "__init__":
        return NONE  # a checker looks closer at what has an annotation
    if any(isinstance(inner, ast.Yield | ast.YieldFrom) for inner in _own_nodes(node.body)):
        return _yielded(node, types)
    recursive = any(_calls_itself(node, inner) for inner in node.body)
    found: Type = NEVER if _always_leaves(node.body) else NONE
    for inner in _own_nodes(node.body):
        match inner:
            case ast.Return(value=None):
                found = merged(found, NONE)
            case ast.Return(value=ast.expr() as value):
                for part in _ways(value):
                    if isinstance(part, ast.Name) and part.id == "NotImplemented":
                        continue  # Python asks the other operand: no caller of the operator sees it
                    type_ = type_of(part, types)
                    if has_hole(type_) and type_ is not NEVER and recursive:
                        continue  # known in the next round, from what the other returns give
                    found = merged(found, type_)
            case _:
                pass
    return None if has_hole(found) else found


def _yielded(node: FunctionNode, types: Mapping[ast.expr, Type]) -> Type | None:
    """What calling a generator function gives; None where what it yields is not known, or is sent values."""
    elem: Type = NEVER
    statements = [inner for inner in _own_nodes(node.body) if isinstance(inner, ast.Expr)]
    yields = [one for one in _own_nodes(node.body) if isinstance(one, ast.Yield | ast.YieldFrom)]
    if any(all(one is not statement.value for statement in statements) for one in yields):
        return None
    for inner in yields:
        match inner:
            case ast.YieldFrom(value=value):
                if not _calls_itself(node, value) or types.get(value, ANY) is not ANY:
                    elem = merged(elem, elements_of(types.get(value, ANY)))
            case ast.Yield(value=value):
                elem = merged(elem, NONE if value is None else type_of(value, types))
    return None if has_hole(elem) else IterOf(elem, "Iterator")


def _ways(value: ast.expr) -> Iterator[ast.expr]:
    """The values that a conditional expression gives, else the value itself."""
    if isinstance(value, ast.IfExp):
        yield from _ways(value.body)
        yield from _ways(value.orelse)
    else:
        yield value


def _calls_itself(function: FunctionNode, value: ast.AST) -> bool:
    return any(isinstance(node, ast.Name) and node.id == function.name for node in ast.walk(value))


def _own_nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All nodes of a body, those of nested functions and classes left out."""
    for node in body:
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from _own_nodes(ast.iter_child_nodes(node))


def _always_leaves(body: list[ast.stmt]) -> bool:
    """Whether control surely does not run off the end of a body."""
    match body[-1] if body else None:
        case ast.Return() | ast.Raise():
            return True
        case ast.If(body=then, orelse=other):
            return _always_leaves(then) and _always_leaves(other)
        case ast.Try(body=tried, handlers=handlers, orelse=other, finalbody=final):
            ways = [other or tried, *(handler.body for handler in handlers)]
            return _always_leaves(final) or all(map(_always_leaves, ways))
        case ast.While(test=ast.Constant(value=True)) as loop:
            return not any(isinstance(node, ast.Break) for node in _own_nodes(loop.body))
        case _:
            return False


def implicit_none(inferable: Open, inferred: Inferred) -> frozenset[tuple[str, int]]:
    """Module and line of each function whose result was inferred: it may end without `return`."""
    return frozenset(
        (name, node.lineno)
        for name, functions in inferable.items()
        for qualname, node in functions.items()
        if RETURN in inferred.found.get(Target(name, qualname), {}) and getattr(node, "returns", None) is None
    )


def annotated(
    module: SourceModule,
    functions: Mapping[str, FunctionNode | ast.Lambda],
    inferred: Inferred,
    attributes: Attributes,
    modules: Iterable[str],
    stub: Stub | None = None,
    absent: Absent | None = None,
    narrowing: Narrowing | None = None,
) -> str:
    """The module's text with what was inferred written in; line numbers stay as they are."""
    mine = {target.name: types for target, types in inferred.found.items() if target.module == module.name}
    speller = Speller(frozenset(modules))
    edits = list(attributes.edits(module.name, speller))
    edits += absent.edits(module.name) if absent is not None else ()
    declared = False
    for qualname, node in functions.items():
        types = mine.get(qualname, {})
        if stub is not None and qualname in stub.functions and not isinstance(node, ast.Lambda):
            given = stub.spelled(qualname, speller)
            edits.extend(_function_edits(module, node, types, speller, given))
            declared = True
            continue
        if isinstance(node, ast.Lambda) and types:
            edits.extend(_lambda_edit(module, node, types, speller))
        elif not isinstance(node, ast.Lambda):
            edits.extend(_function_edits(module, node, types, speller))
            if narrowing is not None:
                edits.extend(_bare_edits(Target(module.name, qualname), node, types, speller, narrowing))
    if not edits:
        return module.text
    lines = module.text.split("\n")
    for row, column, text, replaced in sorted(edits, reverse=True):
        line = lines[row - 1].encode()
        lines[row - 1] = (line[:column] + text.encode() + line[column + replaced :]).decode()
    imports = speller.imports() + (stub.import_line() if stub is not None and declared else "")
    return "\n".join(lines).rstrip("\n") + "\n" + imports


def _function_edits(
    module: SourceModule,
    node: FunctionNode,
    types: dict[str, Type],
    speller: Speller,
    given: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Edit]:
    """Annotations where there are none: those `given` by a stub, else what was inferred."""

    def spelled(name: str) -> str | None:
        return given.get(name) or (speller.spell(types[name]) if name in types else None)

    for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        text = spelled(arg.arg) if arg.annotation is None else None
        if text is not None:
            yield arg.end_lineno or arg.lineno, arg.end_col_offset or arg.col_offset, f": {text}", 0
    text = spelled(RETURN) if node.returns is None else None
    place = _after_parameters(module.text, node)
    if text is not None and place is not None:
        yield *place, f" -> {text}", 0
    elif node.returns is None:
        yield from _result_edits(node)


def _bare_edits(
    target: Target, node: FunctionNode, types: dict[str, Type], speller: Speller, narrowing: Narrowing
) -> Iterator[Edit]:
    """Annotations with bare containers that become whole ones; those that go over lines stay."""
    args = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    notes = [(arg.arg, arg.annotation) for arg in args] + [(RETURN, node.returns)]
    for name, note in notes:
        if note is None or note.end_lineno != note.lineno or note.end_col_offset is None:
            continue
        type_ = narrowing.narrowed(target, name, note, types.get(name))
        text = None if type_ is None else speller.spell(type_)
        if text is not None:
            yield note.lineno, note.col_offset, text, note.end_col_offset - note.col_offset


def _result_edits(node: FunctionNode) -> Iterator[Edit]:
    """`return x` becomes `return (_portalis_result := (x))`.

    Where a function declares no result, mypy types `x` as something that goes where anything does
    (`sum(xs)` is then `Any`); what is assigned it types for itself. Pairing looks through the assignment.
    """
    for inner in _own_nodes(node.body):
        match inner:
            case ast.Return(value=ast.expr() as value):
                yield value.lineno, value.col_offset, f"({RESULT} := (", 0
                yield value.end_lineno or value.lineno, value.end_col_offset or value.col_offset, "))", 0
            case _:
                pass


def _lambda_edit(
    module: SourceModule, node: ast.Lambda, types: dict[str, Type], speller: Speller
) -> Iterator[Edit]:
    """`f = lambda x: …` becomes `f: Callable[[int], int] = lambda x: …`."""
    simple = not (node.args.defaults or node.args.vararg or node.args.kwarg or node.args.kwonlyargs)
    names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
    if not simple or any(name not in types for name in names):
        return
    returns = types.get(RETURN)
    result = speller.spell(returns) if returns is not None else speller.anything()
    parts = [speller.spell(types[name]) for name in names]
    known = [part for part in parts if part is not None]
    if result is None or len(known) != len(parts):
        return
    text = speller.function(known, result)
    for statement in ast.walk(module.tree):
        match statement:
            case ast.Assign(targets=[ast.Name() as name], value=value) if value is node:
                yield name.end_lineno or name.lineno, name.end_col_offset or name.col_offset, f": {text}", 0
            case _:
                pass


def _after_parameters(text: str, node: FunctionNode) -> tuple[int, int] | None:
    """Line and byte column just behind the parenthesis that closes the parameters."""
    lines = text.split("\n")[node.lineno - 1 : node.body[0].end_lineno]
    start = len(lines[0].encode()[: node.col_offset].decode())
    lines[0] = lines[0][start:]
    depth, opened = 0, False
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
            if token.string == "(":
                depth, opened = depth + 1, True
            elif token.string == ")":
                depth -= 1
                if opened and depth == 0:
                    row, column = token.end
                    shift = start if row == 1 else 0
                    whole = text.split("\n")[node.lineno + row - 2]
                    return node.lineno + row - 1, len(whole[: column + shift].encode())
    except (tokenize.TokenError, SyntaxError):
        return None
    return None
