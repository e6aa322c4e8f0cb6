"""Functions that load something once by its name and keep it: Rust asks Python for it, and keeps it as well.

    _open = {}

    def get(name: str) -> Database:          pub fn get(name: &str) -> Rc<Database> {
        if name not in _open:            →       loaded::load(&GET_LOADED, &GET_SOURCE, name)
            _open[name] = …              }
        return _open[name]

Such a function says itself that it gives one object for a name, for as long as the process runs. What makes
it (files, decoders, parsers) stays in Python, where it runs once, and fills Python's cache. See decision 27.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.hir.symbols import Symbols
from portalis.compiler.hir.type_parts import parts
from portalis.compiler.stdlib.effects import effect_of
from portalis.compiler.types import (
    ANY,
    BIG,
    COPY_INSTANCES,
    INT,
    NEVER,
    OBJECT,
    STR,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
)

_HARMLESS = frozenset({"files", "the import system"})
"""What a loader may touch: it reads files, and where that fails it is tried again in Python."""
_WRITES = frozenset(
    """write writelines write_text write_bytes unlink rmdir mkdir touch symlink_to hardlink_to chmod send
    sendall execute executemany commit put truncate""".split()
)
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Loader:
    """A function that loads: its parameter's type, what it gives, and who looks into that.

    `readers` are the item keys of the functions that name an attribute of what is loaded: none of them may
    change one. `doc` is its docstring.
    """

    module: str
    name: str
    param: str
    key: Type
    gives: Instance
    readers: frozenset[str]
    doc: str

    @property
    def source(self) -> str:
        """How the loader is named among what a function reads of the world."""
        return f"loaded::{self.module}:{self.name}"


@dataclass(frozen=True, slots=True)
class Loaders:
    """The loaders by item key; and module-level names that hold what one gave, with the name it was given."""

    by_key: Mapping[str, Loader] = field(default_factory=dict)
    constants: Mapping[tuple[str, str], tuple[str, str | int]] = field(default_factory=dict)


def find_loaders(trees: Mapping[str, ast.Module], symbols: Symbols, answer: OracleAnswer) -> Loaders:
    """The loaders of a project."""
    found: dict[str, Loader] = {}
    for fullname, (key, node) in symbols.functions.items():
        module = fullname.rpartition(".")[0]
        cache = _cache_of(node)
        if cache is None or not _is_private(trees, module, cache, node):
            continue
        loader = _loader(trees, symbols, answer, module, node)
        if loader is not None and _only_loads(key, cache, symbols, answer):
            found[key] = loader
    return Loaders(found, dict(_held(trees, symbols, answer, found)) if found else {})


def _cache_of(node: ast.FunctionDef) -> str | None:
    """The name of the dict in which a function of the form above keeps what it gives."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    arguments = node.args
    if node.decorator_list or len(arguments.args) != 1 or arguments.vararg or arguments.kwarg:
        return None
    if arguments.posonlyargs or arguments.kwonlyargs or arguments.defaults:
        return None
    name = arguments.args[0].arg
    match body:
        case [
            ast.If(
                test=ast.Compare(ast.Name(id=tested), [ast.NotIn()], [ast.Name(id=cache)]),
                body=fill,
                orelse=[],
            ),
            ast.Return(value=ast.Subscript(value=ast.Name(id=returned), slice=ast.Name(id=by))),
        ]:
            pass
        case _:
            return None
    if tested != name or by != name or returned != cache:
        return None
    stores = 0
    for inner in (each for stmt in fill for each in ast.walk(stmt)):
        match inner:
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=owner), slice=ast.Name(id=at))]) if (
                owner == cache and at == name
            ):
                stores += 1
            case ast.Name(id=stored, ctx=ast.Store() | ast.Del()) if stored in (name, cache):
                return None
            case ast.Return() | ast.Yield() | ast.YieldFrom() | ast.Global() | ast.Nonlocal():
                return None
    return cache if stores == 1 else None


def _is_private(trees: Mapping[str, ast.Module], module: str, cache: str, node: ast.FunctionDef) -> bool:
    """Whether the cache is an empty dict that only the loader names, at its three places."""
    made = [stmt for stmt in trees[module].body if _makes_dict(stmt, cache)]
    if len(made) != 1:
        return False
    inside = sum(isinstance(one, ast.Name) and one.id == cache for one in ast.walk(node))
    mentions = 0
    for name, tree in trees.items():
        for one in ast.walk(tree):
            match one:
                case ast.Name(id=found) if found == cache and name == module:
                    mentions += 1
                case ast.Attribute(attr=found) | ast.alias(name=found) if found == cache:
                    return False
                case ast.Global(names=names) if cache in names:
                    return False
    return inside == 3 and mentions == 4


def _makes_dict(stmt: ast.stmt, name: str) -> bool:
    match stmt:
        case ast.Assign(targets=[ast.Name(id=found)], value=value):
            pass
        case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value):
            pass
        case _:
            return False
    return found == name and ast.unparse(value) in ("{}", "dict()")


def _loader(
    trees: Mapping[str, ast.Module],
    symbols: Symbols,
    answer: OracleAnswer,
    module: str,
    node: ast.FunctionDef,
) -> Loader | None:
    """The loader that a function of that form is, where Rust can have what it gives."""
    signature = answer.signature(module, node.name)
    if signature is None or signature.is_async or signature.is_generator or len(signature.params) != 1:
        return None
    gives, key = signature.returns, signature.params[0].type
    if key not in (STR, INT) or not isinstance(gives, Instance) or not _crosses(gives, symbols):
        return None
    info = symbols.structs.get(gives.name)
    readers = _readers(trees, symbols, answer, info, f"{module}:{node.name}") if info is not None else None
    if readers is None:
        return None
    doc = ast.get_docstring(node) or ""
    return Loader(module, node.name, node.args.args[0].arg, key, gives, readers, doc)


def _crosses(type_: Type, symbols: Symbols) -> bool:
    """Whether a value of the type can be taken from Python, and is copied when it is."""
    match type_:
        case Prim():
            return type_ not in (ANY, NEVER, BIG, OBJECT)
        case Instance(name, ()) if name in COPY_INSTANCES:
            return True
        case Instance(name, ()):
            info = symbols.structs.get(name)
            if info is None or info.shared or info.enum is not None:
                return False
            own = (one.type for one in info.fields)
            if info.record:
                own = (part for one in own for part in parts(one) or (one,) if part != type_)
            return all(_crosses(one, symbols) for one in own)
        case TupleOf(items):
            return 0 < len(items) <= _MOST_PARTS and all(_crosses(item, symbols) for item in items)
        case ListOf() | DictOf() | SetOf() | VarTuple() | OptionalOf():
            return all(_crosses(part, symbols) for part in parts(type_))
        case _:
            return False


def _readers(
    trees: Mapping[str, ast.Module], symbols: Symbols, answer: OracleAnswer, info: StructInfo, loader: str
) -> frozenset[str] | None:
    """The functions that name an attribute of the class, those that load aside; None where others do."""
    names = {one.name for one in info.fields}
    makers = {*_reached(loader, symbols, answer), f"{info.module}:{info.qualname}.__init__"}
    found: set[str] = set()
    for module, tree in trees.items():
        owners = {id(each): key for key, node in _items(module, tree) for each in ast.walk(node)}
        for one in ast.walk(tree):
            if isinstance(one, ast.Attribute) and one.attr in names:
                key = owners.get(id(one))
                if key is None:
                    return None
                found.add(key)
    return frozenset(found - makers)


def _items(module: str, tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of a module and the methods of its classes, by item key."""
    for stmt in tree.body:
        match stmt:
            case ast.FunctionDef():
                yield f"{module}:{stmt.name}", stmt
            case ast.ClassDef():
                for inner in stmt.body:
                    if isinstance(inner, ast.FunctionDef):
                        yield f"{module}:{stmt.name}.{inner.name}", inner


def _reached(key: str, symbols: Symbols, answer: OracleAnswer) -> dict[str, ast.FunctionDef]:
    """The project's functions that a function calls by name, and those that they call."""
    known = dict(symbols.functions.values())
    found: dict[str, ast.FunctionDef] = {}
    pending = [key]
    while pending:
        one = pending.pop()
        if one in found or one not in known:
            continue
        found[one] = known[one]
        pending += [
            symbols.functions[name][0]
            for name in _named(one, known[one], answer)
            if name in symbols.functions
        ]
    return found


def _named(key: str, node: ast.FunctionDef, answer: OracleAnswer) -> set[str]:
    """The full names that a function mentions."""
    module = key.partition(":")[0]
    names = (
        answer.fullname(module, one) for one in ast.walk(node) if isinstance(one, (ast.Name, ast.Attribute))
    )
    return {name for name in names if name is not None}


def _only_loads(key: str, cache: str, symbols: Symbols, answer: OracleAnswer) -> bool:
    """Whether what runs to load something has no effect but on the cache, and reads files at most."""
    for one, node in _reached(key, symbols, answer).items():
        named = _named(one, node, answer)
        if any(effect_of(name) not in (None, *_HARMLESS) for name in named):
            return False
        if named & {"builtins.print", "builtins.input", "builtins.exec", "builtins.eval", "builtins.setattr"}:
            return False
        module = one.partition(":")[0]
        for inner in ast.walk(node):
            match inner:
                case ast.Global():
                    return False
                case ast.Attribute(attr=attr) if attr in _WRITES:
                    return False
                case ast.Call(func=ast.Name(id="open") | ast.Attribute(attr="open")) if not _reads(inner):
                    return False
                case ast.Name(id=name) if (
                    name != cache and name in symbols.changed and f"{module}.{name}" in symbols.constants
                ):
                    return False
    return True


def _reads(call: ast.Call) -> bool:
    """Whether a call of `open` opens a file to read it: its mode is written out, or left out."""
    given = [*call.args, *(one.value for one in call.keywords if one.arg == "mode")]
    modes = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    written = [mode for mode in modes if set(mode) & set("wax+") and set(mode) <= set("rwaxbt+")]
    unknown = [one for one in call.args[1:2] if not isinstance(one, ast.Constant)]
    unknown += [
        one.value
        for one in call.keywords
        if one.arg in ("mode", None) and not isinstance(one.value, ast.Constant)
    ]
    return not written and not unknown


def _held(
    trees: Mapping[str, ast.Module], symbols: Symbols, answer: OracleAnswer, loaders: Mapping[str, Loader]
) -> Iterator[tuple[tuple[str, str], tuple[str, str | int]]]:
    """The module-level names that are bound once, to what a loader gives for a name that is written out."""
    for module, tree in trees.items():
        stored = [
            one.id
            for one in ast.walk(tree)
            if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load)
        ]
        for stmt in tree.body:
            match stmt:
                case ast.Assign(
                    targets=[ast.Name(id=name)],
                    value=ast.Call(
                        func=ast.Name() | ast.Attribute() as func,
                        args=[ast.Constant(value=given)],
                        keywords=[],
                    ),
                ):
                    pass
                case _:
                    continue
            fullname = answer.fullname(module, func)
            key = symbols.functions[fullname][0] if fullname in symbols.functions else ""
            wanted = str if key in loaders and loaders[key].key is STR else int
            once = stored.count(name) == 1 and f"{module}.{name}" not in symbols.rebound
            if key in loaders and type(given) is wanted and once:
                yield (module, name), (key, given)
