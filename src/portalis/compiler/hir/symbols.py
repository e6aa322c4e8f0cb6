"""What the project's module-level names mean, collected once from the syntax trees."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portalis.compiler.enums import FunctionValue
    from portalis.compiler.hir.structs import StructInfo


@dataclass(frozen=True, slots=True)
class ExceptionInfo:
    """An exception class of the project; `bases` are full names, nearest first, through to builtins."""

    fullname: str
    module: str
    qualname: str
    bases: tuple[str, ...]
    has_init: bool
    has_str: bool
    variant: str = ""
    """Its name in the crate's `Error`, which no other class has."""

    @property
    def shows_repr(self) -> bool:
        """Whether `str()` of it is the `repr` of its argument, as `KeyError`'s is."""
        return "builtins.KeyError" in self.bases and not self.has_str


@dataclass(slots=True)
class Symbols:
    """Functions, constants, classes and exceptions by full dotted name."""

    functions: dict[str, tuple[str, ast.FunctionDef]] = field(default_factory=dict)
    constants: dict[str, tuple[str, str]] = field(default_factory=dict)
    rebound: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    """Bare names of module-level values that some function of the project, translated or not, changes."""
    classes: set[str] = field(default_factory=set)
    protocols: set[str] = field(default_factory=set)
    """The classes of which others are instances by what they have, whatever their base classes."""
    exceptions: dict[str, ExceptionInfo] = field(default_factory=dict)
    modules: set[str] = field(default_factory=set)
    structs: Mapping[str, StructInfo] = field(default_factory=dict)
    """The classes that become Rust structs, by full name."""
    unstructured: Mapping[str, str] = field(default_factory=dict)
    """Why other classes don't."""
    python: tuple[int, int] = (0, 0)
    """The version for which the project is translated."""
    tables: Mapping[tuple[str, str], tuple[FunctionValue, ...]] = field(default_factory=dict)
    """The functions in module-level values that hold some, by (module, name)."""
    aliases: dict[str, tuple[str, ast.expr]] = field(default_factory=dict)
    """Names bound once, at module level, to another name: `validate = luhn.validate`."""


def builtin_exception_bases(name: str) -> tuple[str, ...] | None:
    """The bases of a builtin exception, nearest first; None when it isn't one."""
    found = getattr(builtins, name, None)
    if isinstance(found, type) and issubclass(found, BaseException):
        return tuple(f"builtins.{base.__name__}" for base in found.__mro__[1:-1])
    return None


def collect(modules: dict[str, ast.Module]) -> Symbols:
    """The symbols of all modules, by name to syntax tree."""
    symbols = Symbols(modules=set(modules))
    class_nodes: dict[str, tuple[str, ast.ClassDef]] = {}
    for module, tree in modules.items():
        for node in tree.body:
            match node:
                case ast.FunctionDef(name=name):
                    symbols.functions[f"{module}.{name}"] = (f"{module}:{name}", node)
                case ast.ClassDef(name=name):
                    symbols.classes.update(f"{module}.{one}" for one in _classes_in(node, ""))
                    class_nodes[f"{module}.{name}"] = (module, node)
                    if any("Protocol" in ast.unparse(base) for base in node.bases):
                        symbols.protocols.add(f"{module}.{name}")
        _collect_constants(module, tree, symbols)
        _collect_changes(module, tree, symbols)
    for fullname in _rebound_functions(modules):
        symbols.functions.pop(fullname, None)
    for fullname in class_nodes:
        _collect_exception(fullname, class_nodes, symbols, modules)
    _name_variants(symbols)
    return symbols


def _classes_in(node: ast.ClassDef, outer: str) -> list[str]:
    """The qualified names of a class and of those in its body."""
    name = f"{outer}{node.name}"
    inner = [
        found for one in node.body if isinstance(one, ast.ClassDef) for found in _classes_in(one, f"{name}.")
    ]
    return [name, *inner]


def _name_variants(symbols: Symbols) -> None:
    """Classes of one name, or of the name of one of Python's, are told apart by their modules."""
    infos = symbols.exceptions
    names = [info.qualname for info in infos.values()]
    taken = {name for name in names if names.count(name) == 1 and builtin_exception_bases(name) is None}
    for fullname in sorted(infos):
        info = infos[fullname]
        parts, name = info.module.split("."), info.qualname
        if name not in taken:
            while parts and (name in taken or name == info.qualname or name in names):
                name = "".join(word.capitalize() for word in parts.pop().split("_")) + name
            while name in taken or builtin_exception_bases(name) is not None:
                name += "_"
            taken.add(name)
        infos[fullname] = replace(info, variant=name)


def _collect_constants(module: str, tree: ast.Module, symbols: Symbols) -> None:
    """Names assigned at module level."""
    aliases = [
        (node.targets[0].id, node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and len(node.targets) == 1
        and isinstance(node.value, (ast.Name, ast.Attribute))
    ]
    bound = [name for node in tree.body for name in _bound_names(node)] if aliases else []
    symbols.aliases.update(
        {f"{module}.{name}": (module, value) for name, value in aliases if bound.count(name) == 1}
    )
    for node in tree.body:
        for child in ast.walk(node) if not isinstance(node, (ast.FunctionDef, ast.ClassDef)) else ():
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
                symbols.constants[f"{module}.{child.id}"] = (module, child.id)


_IN_PLACE = frozenset(
    """append extend insert remove pop clear sort reverse update popitem setdefault add discard appendleft
    popleft rotate extendleft intersection_update difference_update symmetric_difference_update subtract
    move_to_end""".split()
)


def _collect_changes(module: str, tree: ast.Module, symbols: Symbols) -> None:
    """Module-level names that are rebound with `global`; and values that functions or methods change, by bare
    name, wherever they are defined: `TABLE[k] = v`, `mod.TABLE.clear()`.
    """
    pending: list[tuple[ast.AST, bool]] = [(tree, False)]
    while pending:
        node, inside = pending.pop()
        inside = inside or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        pending.extend((child, inside) for child in ast.iter_child_nodes(node))
        match node:
            case ast.Global(names=names):
                symbols.rebound.update(f"{module}.{name}" for name in names)
            case ast.Call(func=ast.Attribute(value=place, attr=method)) if inside and method in _IN_PLACE:
                symbols.changed.update(_place_names(place))
            case ast.Subscript(value=place, ctx=ast.Store() | ast.Del()) if inside:
                symbols.changed.update(_place_names(place))
            case ast.AugAssign(target=place) if inside:
                symbols.changed.update(_place_names(place))
            case ast.Attribute(attr=name, ctx=ast.Store() | ast.Del()) if inside:
                symbols.changed.add(name)


def _place_names(place: ast.expr) -> set[str]:
    """The names that `a`, `a[i]`, `m.a` and `m.a[i]` may mean."""
    match place:
        case ast.Name(id=name):
            return {name}
        case ast.Attribute(value=value, attr=name):
            return {name} | _place_names(value)
        case ast.Subscript(value=value):
            return _place_names(value)
        case _:
            return set()


def _rebound_functions(modules: dict[str, ast.Module]) -> set[str]:
    """Functions whose name is bound again at module level, so that the `def` isn't what a caller gets."""
    found: set[str] = set()
    for module, tree in modules.items():
        defined: set[str] = set()
        for node in tree.body:
            bound = {node.name} if isinstance(node, ast.FunctionDef) else _bound_names(node)
            found.update(
                f"{module}.{name}" for name in bound & defined if not isinstance(node, ast.FunctionDef)
            )
            if isinstance(node, ast.FunctionDef):
                defined.add(node.name)
    return found


def _bound_names(node: ast.stmt) -> set[str]:
    """Every name that a statement of a module may bind, however deep."""
    if isinstance(node, (ast.ClassDef, ast.AsyncFunctionDef)):
        return {node.name}
    found: set[str] = set()
    for child in ast.walk(node):
        match child:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.alias(name=name, asname=asname):
                found.add(asname or name.split(".")[0])
    return found


def _resolve_base(
    module: str, base: ast.expr, symbols: Symbols, modules: dict[str, ast.Module]
) -> str | None:
    if not isinstance(base, ast.Name):
        return None
    if f"{module}.{base.id}" in symbols.classes:
        return f"{module}.{base.id}"
    for node in modules[module].body:
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                if (alias.asname or alias.name) == base.id or alias.name == "*":
                    candidate = f"{node.module}.{base.id if alias.name == '*' else alias.name}"
                    if candidate in symbols.classes:
                        return candidate
    return f"builtins.{base.id}" if builtin_exception_bases(base.id) is not None else None


def _collect_exception(
    fullname: str,
    class_nodes: dict[str, tuple[str, ast.ClassDef]],
    symbols: Symbols,
    modules: dict[str, ast.Module],
) -> ExceptionInfo | None:
    if fullname in symbols.exceptions:
        return symbols.exceptions[fullname]
    if fullname not in class_nodes:
        return None
    module, node = class_nodes[fullname]
    if len(node.bases) != 1 or node.keywords or node.decorator_list:
        return None
    base = _resolve_base(module, node.bases[0], symbols, modules)
    if base is None or base == fullname:
        return None
    methods = {stmt.name for stmt in node.body if isinstance(stmt, ast.FunctionDef)}
    if base.startswith("builtins."):
        inherited = builtin_exception_bases(base.removeprefix("builtins."))
        if inherited is None:
            return None
        bases, base_init, base_str = (base, *inherited), False, False
    else:
        parent = _collect_exception(base, class_nodes, symbols, modules)
        if parent is None:
            return None
        bases, base_init, base_str = (base, *parent.bases), parent.has_init, parent.has_str
    has_init = base_init or bool(methods & {"__init__", "__new__", "__reduce__", "__eq__"})
    info = ExceptionInfo(fullname, module, node.name, bases, has_init, base_str or "__str__" in methods)
    symbols.exceptions[fullname] = info
    return info
