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
from dataclasses import dataclass, field

from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.targets import FunctionNode, Taken, Target, receiver
from portalis.compiler.frontend.usage.expressions import Callee, Reader
from portalis.compiler.frontend.usage.settle import held_type, is_passed_on, settle, type_of
from portalis.compiler.frontend.usage.signatures import annotated
from portalis.compiler.frontend.usage.statements import Walker, parameter, with_default
from portalis.compiler.frontend.usage.terms import Kind, Term, find
from portalis.compiler.types import OBJECT, DictOf, ListOf, SetOf, Type
from portalis.utils import ast_utils

_ROUNDS = 4
LIBRARY = {
    f"datetime.{one.__name__}": frozenset(name for name in dir(one) if not name.startswith("_"))
    for one in (datetime.date, datetime.datetime, datetime.timedelta)
}
"""What instances of classes of the library have that functions are handed; the narrowest come first."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What uses leave of the types of a project."""

    params: dict[Target, dict[str, Type]] = field(default_factory=dict)
    """The unannotated parameters of functions and methods."""
    fields: dict[tuple[str, str], Type] = field(default_factory=dict)
    """Attributes by the full name of the class and their own; containers that local variables hold, by
    the scope that `local_containers` names."""


def guesses(module: SourceModule) -> Uses:
    """What the uses in a module leave of the types of its functions, methods and attributes."""
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
            for term in (*terms, *reader.fields.values(), *walker.containers.values()):
                settle(term, members, by_name=by_name)
    fields = {place: type_ for place, term in reader.fields.items() if (type_ := type_of(term)) is not None}
    holders = {f"{owner}.__init__" for owner, _ in fields}
    params: dict[Target, dict[str, Type]] = {}
    for qualname, callee in callees.items():
        types = _parameters(callee, holder=f"{module.name}.{qualname}" in holders)
        if types:
            params[Target(module.name, qualname)] = types
    for (scope, name), term in walker.containers.items():
        held = type_of(term)
        if held is not None and not _says_nothing(held):
            fields[f"{module.name}.{scope}", name] = held
    return Uses(params, fields)


def _says_nothing(type_: Type) -> bool:
    """Whether all that is known of a container is that it holds something."""
    match type_:
        case ListOf(elem) | SetOf(elem):
            return _says_nothing(elem)
        case DictOf(key, value):
            return _says_nothing(key) and _says_nothing(value)
        case _:
            return type_ is OBJECT


def _parameters(callee: Callee, *, holder: bool) -> dict[str, Type]:
    """The types of what a function takes; a `holder` keeps it in attributes of which something is known."""
    own = [name for name in callee.params if name in callee.own]
    found = {name: type_of(callee.params[name]) for name in own}
    known = {name: type_ for name, type_ in found.items() if type_ is not None}
    if not known and not holder:
        return {}
    # Beside what is known, what is only passed on is an object: what holds it has a type then.
    for name in own:
        if name not in known:
            term = callee.params[name]
            type_ = held_type(term) if holder else OBJECT if is_passed_on(term) else None
            known |= {} if type_ is None else {name: type_}
    return known


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


def all_guesses(modules: Mapping[str, SourceModule]) -> Uses:
    """The guesses of every module of a project."""
    whole = Uses()
    for module in modules.values():
        found = guesses(module)
        whole.params.update(found.params)
        whole.fields.update(found.fields)
    return whole
