"""Types for parameters of which nothing is known but what their functions do with them.

    def vowels(text):                      text: str
        return sum(c in "aeiou" for c in text)

    def second(xs):                        xs: list[int | float]
        return sorted(x * 2 for x in xs)[1]

It is the weakest evidence: what annotations, calls and examples say comes first. A value of another type
than the one found here declines at the door of the Rust, so a wrong guess costs speed and nothing else.
Uses are read from the syntax, in the order of the statements, until nothing new is learnt; see `expressions`.
"""

from __future__ import annotations

import ast
import datetime
from collections.abc import Iterator, Mapping

from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.targets import FunctionNode, Taken, Target, receiver
from portalis.compiler.frontend.usage.expressions import Callee, Reader
from portalis.compiler.frontend.usage.settle import is_passed_on, settle, type_of
from portalis.compiler.frontend.usage.signatures import annotated
from portalis.compiler.frontend.usage.statements import Walker, parameter, with_default
from portalis.compiler.frontend.usage.terms import Kind, Term, find
from portalis.compiler.types import OBJECT, Type
from portalis.utils import ast_utils

_ROUNDS = 4
LIBRARY = {
    f"datetime.{one.__name__}": frozenset(name for name in dir(one) if not name.startswith("_"))
    for one in (datetime.date, datetime.datetime, datetime.timedelta)
}
"""What instances of classes of the library have that functions are handed; the narrowest come first."""


def guesses(module: SourceModule) -> dict[Target, dict[str, Type]]:
    """The types that uses leave for the unannotated parameters of a module's functions and methods."""
    functions: dict[str, FunctionNode] = {}
    classes: dict[str, ast.ClassDef] = {}
    for item in ast_utils.definitions(module.tree):
        if isinstance(item.node, ast.ClassDef):
            classes[item.qualname] = item.node
        else:
            functions[item.qualname] = item.node
    names = {name: f"{module.name}.{name}" for name in classes}
    callees = {qualname: _callee(qualname, node, names) for qualname, node in functions.items()}
    reader = _reader(module, callees, names)
    nested: dict[ast.AST, Callee] = {
        node: callees[qualname] for qualname, node in functions.items() if "<locals>" in qualname
    }
    walker = Walker(reader, nested)
    members = {names[name]: frozenset(_members(node)) for name, node in classes.items()} | LIBRARY
    for by_name in (False, True):
        for _ in range(_ROUNDS):
            for qualname, node in functions.items():
                if "<locals>" not in qualname:
                    walker.function(node, callees[qualname], {}, names.get(qualname.rpartition(".")[0]))
            terms = [term for callee in callees.values() for term in (*callee.params.values(), callee.result)]
            terms += [part for term in terms for part in find(term).tested.values()]
            for term in (*terms, *reader.fields.values()):
                settle(term, members, by_name=by_name)
    found: dict[Target, dict[str, Type]] = {}
    for qualname, callee in callees.items():
        types = {name: type_of(callee.params[name]) for name in callee.own}
        known = {name: type_ for name, type_ in types.items() if type_ is not None}
        if known:
            # Beside what is known, what is only passed on is an object: what holds it has a type then.
            passed_on = (
                name for name in callee.own if name not in known and is_passed_on(callee.params[name])
            )
            known.update(dict.fromkeys(passed_on, OBJECT))
            found[Target(module.name, qualname)] = known
    return found


def _reader(module: SourceModule, callees: Mapping[str, Callee], names: Mapping[str, str]) -> Reader:
    makers: dict[str, Callee] = {}
    for name, full in names.items():
        init = callees.get(f"{name}.__init__")
        makers[name] = Callee(init.params if init is not None else {}, Term(Kind.INSTANCE, owner=full))
    return Reader(
        imports=dict(_imports(module.tree)),
        functions={name: callee for name, callee in callees.items() if "." not in name} | makers,
        methods={
            (names.get(owner), name): callee
            for qualname, callee in callees.items()
            for owner, _, name in (qualname.rpartition("."),)
            if owner in names
        },
    )


def _members(node: ast.ClassDef) -> Iterator[str]:
    """What instances of a class have: what its body binds, and what its methods bind to `self`."""
    for inner in ast.walk(node):
        match inner:
            case ast.Attribute(value=ast.Name(id="self"), attr=attr, ctx=ast.Store()):
                yield attr
            case ast.FunctionDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name
            case _:
                pass


def _callee(qualname: str, node: FunctionNode, classes: Mapping[str, str]) -> Callee:
    taken = Taken(node.args, receiver(qualname, node))
    params: dict[str, Term] = {}
    for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        if arg.arg != taken.receiver:
            noted = arg.annotation
            params[arg.arg] = parameter(arg) if noted is None else annotated(noted, classes)
    positional = [*node.args.posonlyargs, *node.args.args]
    for arg, default in zip(reversed(positional), reversed(node.args.defaults), strict=False):
        if arg.arg in params:
            with_default(params[arg.arg], default)
    result = annotated(node.returns, classes) if node.returns is not None else Term()
    return Callee(params, result, taken.wanted)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield alias.asname or alias.name.partition(".")[0], alias.name
            case ast.ImportFrom(module=str() as source, names=names, level=0):
                for alias in names:
                    yield alias.asname or alias.name, f"{source}.{alias.name}"
            case _:
                pass


def all_guesses(modules: Mapping[str, SourceModule]) -> dict[Target, dict[str, Type]]:
    """The guesses of every module of a project."""
    return {target: types for module in modules.values() for target, types in guesses(module).items()}
