"""Which Python that stays Python only computes, so that it may be run to make and change instances.

    def __init__(self, values: list[int]) -> None:
        self.values = values[:]                        →  nothing but the instance changes
        self.key = random.random()                     →  the same, with a source of randomness
        Tree.count += 1                                →  something else changes: not run

Asked of the syntax tree: whatever a name or a method might stand for must only compute, or the answer is no.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.hir.symbols import Symbols, builtin_exception_bases
from portalis.compiler.types import ClassObject, ModuleRef

RANDOMNESS = "randomness"
_BUILTINS = frozenset(
    """abs all any ascii bin bool bytearray bytes callable chr complex dict divmod enumerate filter float
    format frozenset hash hex int isinstance issubclass iter len list map max min next object oct ord pow
    print range repr reversed round set slice sorted str sum super tuple
    type zip NotImplemented Ellipsis""".split()
)
_MODULES = frozenset(
    """math cmath itertools functools collections collections.abc operator string copy heapq bisect typing re
    dataclasses enum abc pprint fractions decimal numbers statistics random""".split()
)
_DEFAULTS = (ast.Constant, ast.Name, ast.Attribute, ast.UnaryOp, type(None))
_SHOWING = frozenset({"str", "repr", "print", "format", "ascii", "map"})
_TEXTS = frozenset({"__repr__", "__str__", "__format__"})
_SPECIAL = frozenset(
    f"__{name}__"
    for name in """add radd iadd sub rsub isub mul rmul imul truediv rtruediv itruediv floordiv rfloordiv
    ifloordiv mod rmod imod divmod pow rpow ipow matmul and rand iand or ror ior xor rxor ixor lshift rlshift
    ilshift rshift rrshift irshift neg pos abs invert eq ne lt le gt ge hash bool len contains iter next
    reversed getitem setitem delitem call index int float round""".split()
)
_MAKING = ("__init__", "__post_init__")
_NAMES = frozenset({"__name__", "__class__"})
_IMMUTABLE = (int, float, str, bytes, bool, type(None))
_STATEMENTS = (
    ast.Global, ast.Import, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.ClassDef,
    ast.Await, ast.With,
)  # fmt: skip

Constants = Mapping[tuple[str, str], object]


@dataclass(frozen=True, slots=True)
class Computing:
    """Answers for the functions of a project; `constants` are module-level values by (module, name)."""

    symbols: Symbols
    answer: OracleAnswer
    constants: Constants
    methods: Mapping[str, list[tuple[str, ast.FunctionDef]]]
    """The methods of all classes by name, each with its module."""
    seen_from: Mapping[str, frozenset[str]]
    """The modules of whose classes a module may have instances: itself and what it imports."""

    def effects(self, module: str, node: ast.FunctionDef) -> frozenset[str] | None:
        """What the function looks at besides its arguments; None where it may do more than compute."""
        found: set[str] = set()
        seen: set[ast.FunctionDef] = set()
        waiting = [(module, node)]
        while waiting:
            where, one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            reached = self._reached(where, one, found)
            if reached is None:
                return None
            waiting += reached
        return frozenset(found)

    def _reached(
        self, module: str, node: ast.FunctionDef, found: set[str]
    ) -> list[tuple[str, ast.FunctionDef]] | None:
        """The functions that one may call; None where it does more than compute."""
        if not all(isinstance(one, _DEFAULTS) for one in (*node.args.defaults, *node.args.kw_defaults)):
            return None  # a default that changes is seen by the next call
        local = set(bound_names(node))
        parts = [part for stmt in node.body for part in evaluated(stmt)]
        # Operators, loops and tests call methods that no name stands for.
        called = _SPECIAL | (_TEXTS if any(map(_shows, parts)) else set())
        reached = [one for name in sorted(called) for one in self._methods(module, name)]
        for part in parts:
            match part:
                case ast.Name(id=name, ctx=ast.Load()) if name not in local:
                    more = self._named(module, part, found)
                    if more is None:
                        return None
                    reached += more
                case ast.Attribute(attr=name, ctx=ast.Load()):
                    if name.startswith("__") and name not in self.methods and name not in _NAMES:
                        return None
                    reached += self._methods(module, name)
                case ast.Attribute(value=owner) if not self._is_of_instance(module, owner, local):
                    return None
                case ast.Name(id=name, ctx=ast.Store() | ast.Del()) if name not in local:
                    return None
                case ast.ImportFrom(module=library) if library not in _MODULES - {"random"}:
                    return None
                case _ if isinstance(part, _STATEMENTS):
                    return None
        return reached

    def _methods(self, module: str, name: str) -> list[tuple[str, ast.FunctionDef]]:
        """The methods that a name may stand for in a module."""
        return [one for one in self.methods.get(name, ()) if one[0] in self.seen_from[module]]

    def _named(
        self, module: str, node: ast.Name, found: set[str]
    ) -> list[tuple[str, ast.FunctionDef]] | None:
        """The functions that a global name may stand for; None where it stands for what isn't known."""
        fullname = self.answer.fullname(module, node)
        if fullname is None:
            return None
        if fullname in self.symbols.functions:
            key, function = self.symbols.functions[fullname]
            return [(key.partition(":")[0], function)]
        if fullname in self.symbols.classes:
            return self._made(fullname)
        owner, _, name = fullname.rpartition(".")
        if owner == "builtins":
            return [] if name in _BUILTINS or builtin_exception_bases(name) is not None else None
        library = fullname if fullname in _MODULES else owner
        if library in _MODULES:
            found |= {RANDOMNESS} if library == "random" else set()
            return []
        return [] if (owner, name) in self.constants and is_fixed(self.constants[owner, name]) else None

    def _made(self, fullname: str) -> list[tuple[str, ast.FunctionDef]] | None:
        """The functions that a call of a class runs; None for a class of which not all is known."""
        if fullname in self.symbols.exceptions:
            return None if self.symbols.exceptions[fullname].has_init else []
        info = self.symbols.structs.get(fullname)
        if info is None:
            return None
        return [(info.module, info.methods[name]) for name in _MAKING if name in info.methods]

    def _is_of_instance(self, module: str, owner: ast.expr, local: set[str]) -> bool:
        """Whether an attribute that is bound is one of what a variable holds, and not of a class or
        module.
        """
        if isinstance(self.answer.type_of(module, owner), (ClassObject, ModuleRef)):
            return False
        while isinstance(owner, (ast.Attribute, ast.Subscript, ast.Call)):
            if isinstance(owner, ast.Attribute) and owner.attr == "__class__":
                return False
            owner = owner.func if isinstance(owner, ast.Call) else owner.value
        return isinstance(owner, ast.Name) and owner.id in local


def computing(
    trees: Mapping[str, ast.Module], symbols: Symbols, answer: OracleAnswer, constants: Constants
) -> Computing:
    """What answers for a project, by the syntax trees of its modules."""
    methods: dict[str, list[tuple[str, ast.FunctionDef]]] = {}
    for module, tree in trees.items():
        for node in ast.walk(tree):
            for stmt in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(stmt, ast.FunctionDef):
                    methods.setdefault(stmt.name, []).append((module, stmt))
    return Computing(symbols, answer, constants, methods, _seen_from(trees))


def _seen_from(trees: Mapping[str, ast.Module]) -> dict[str, frozenset[str]]:
    """The modules that each module imports, by way of others too: all whose name stands in an import."""
    mentioned = {
        module: {
            part
            for node in ast.walk(tree)
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for name in (getattr(node, "module", None) or "", *(alias.name for alias in node.names))
            for part in name.split(".")
        }
        for module, tree in trees.items()
    }
    found: dict[str, frozenset[str]] = {}
    for module in trees:
        seen, waiting = {module}, [module]
        while waiting:
            words = mentioned[waiting.pop()]
            more = {
                one for one in trees if one not in seen and ("*" in words or one.rpartition(".")[2] in words)
            }
            seen |= more
            waiting += more
        found[module] = frozenset(seen)
    return found


def evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a statement that are evaluated when it runs: annotations are not."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield from evaluated(part)


def _shows(node: ast.AST) -> bool:
    """Whether the part makes a text of a value."""
    return isinstance(node, (ast.JoinedStr, ast.Mod)) or (isinstance(node, ast.Name) and node.id in _SHOWING)


def bound_names(node: ast.FunctionDef) -> Iterator[str]:
    """The names that a function binds, those of its nested functions too."""
    for one in ast.walk(node):
        match one:
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.FunctionDef(name=name) if one is not node:
                yield name
            case ast.ExceptHandler(name=str(name)):
                yield name


def is_fixed(value: object) -> bool:
    """Whether a module-level value never changes."""
    return all(map(is_fixed, value)) if isinstance(value, tuple) else isinstance(value, _IMMUTABLE)
