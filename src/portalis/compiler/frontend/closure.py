"""What the Python of a function depends on: itself, and all of the project that it can reach by name.

    TABLE = [3, 1]                      def weight(i): return TABLE[i]
    closure of `weight`:  its own lines, and those that bind TABLE

Reached are the statements at the top of modules, by the names that they bind; a name leads to all the
statements that bind it, through imports into other modules. What cannot be followed by name (`eval`, a module
passed on as a value) leads to everything it may mean. Statements that act when a module is imported
(a registration, a patch of another module) count for every function of the project, with what they call.
Where in doubt, too much is reached.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from portalis.compiler.frontend.source import SourceModule

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

Binding = tuple[str, str]
"""A module and a name bound at its top; the name "" stands for all of the module."""

_DARK = frozenset(
    """globals eval exec __import__ importlib import_module pkgutil runpy inspect gc ctypes __file__ __path__
    __loader__ __spec__ open modules __dict__ __globals__ __subclasses__ __builtins__""".split()
)
"""Names through which code reaches what it does not name."""

_HOOKS = frozenset({"__init_subclass__", "__set_name__", "__mro_entries__", "__prepare__"})
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class _Statement:
    """A top-level statement: its text, the names it binds, and what it refers to.

    `chains` are dotted names, `imports` the aliases that imports in it (at any depth) bring in, `dark` says
    that it reaches what it does not name.
    """

    node: ast.stmt
    digest: bytes
    binds: frozenset[str]
    chains: frozenset[tuple[str, ...]]
    imports: Mapping[str, str]
    dark: bool


@dataclass(slots=True)
class _Walked:
    """The names that one statement uses."""

    chains: set[tuple[str, ...]] = field(default_factory=set)
    imports: dict[str, str] = field(default_factory=dict)
    stores: set[str] = field(default_factory=set)


class Closures:
    """The closures of one project's functions."""

    def __init__(self, modules: Mapping[str, SourceModule]) -> None:
        self._modules = modules
        self._statements = {
            name: tuple(_statement(module, lines, node) for node in module.tree.body)
            for name, module in modules.items()
            for lines in (module.text.split("\n"),)
        }
        self._binders: dict[Binding, list[int]] = {}
        for name, statements in self._statements.items():
            for at, statement in enumerate(statements):
                for bound in statement.binds:
                    self._binders.setdefault((name, bound), []).append(at)
        self._targets: dict[tuple[str, int], frozenset[Binding]] = {}
        self._digests: dict[frozenset[Binding], str] = {}
        self._everything = frozenset((name, "") for name in modules)

    def of(self, module: str, names: Collection[str]) -> frozenset[Binding]:
        """What functions of a module can reach, by their qualified names; themselves included."""
        return self._reach({(module, name.partition(".")[0]) for name in names}, dark=True)

    def of_class(self, name: str) -> frozenset[Binding]:
        """What a class can reach, by its dotted name; nothing where it isn't the project's."""
        return self._reach(self._named(name, ()), dark=True)

    def digest(self, reached: frozenset[Binding]) -> str:
        """A hash of the text of these bindings, and of all that acts when the project is imported."""
        found = self._digests.get(reached)
        if found is None:
            sha = hashlib.sha256(self.at_import.encode())
            self._digests[reached] = found = self._add(sha, reached).hexdigest()
        return found

    def _add(self, sha: Hash, reached: Collection[Binding]) -> Hash:
        for module, at in sorted({place for binding in reached for place in self._places(binding)}):
            sha.update(f"{module}\0".encode())
            sha.update(self._statements[module][at].digest)
        return sha

    @cached_property
    def at_import(self) -> str:
        """A hash of the statements that act when the project is imported, and of what they call by name."""
        hooks = any(
            isinstance(node, _Function) and node.name in _HOOKS
            for module in self._modules.values()
            for node in ast.walk(module.tree)
        )
        starts: set[Binding] = set()
        sha = hashlib.sha256()
        for name, statements in self._statements.items():
            for statement in statements:
                for part in self._acting_parts(name, statement, hooks):
                    sha.update(f"{name}\0{ast.dump(part)}\0".encode())
                    starts |= self._targets_in(name, statement, _walked(part).chains)
        return self._add(sha, self._reach(starts, dark=False)).hexdigest()

    # Following names -----------------------------------------------------------------------------

    def _reach(self, starts: Collection[Binding], *, dark: bool) -> frozenset[Binding]:
        """All that the starts lead to; with `dark`, what isn't named counts as reached."""
        reached = {start for start in starts if dark or start[1]}
        waiting = list(reached)
        while waiting:
            for module, at in self._places(waiting.pop()):
                if dark and self._statements[module][at].dark:
                    return self._everything
                for target in self._targets_of(module, at):
                    if target not in reached and (dark or target[1]):
                        reached.add(target)
                        waiting.append(target)
        return frozenset(reached)

    def _places(self, binding: Binding) -> Iterator[tuple[str, int]]:
        """The statements that a binding stands for."""
        module, name = binding
        if name:
            yield from ((module, at) for at in self._binders.get(binding, ()))
        else:
            yield from ((module, at) for at in range(len(self._statements[module])))

    def _targets_of(self, module: str, at: int) -> frozenset[Binding]:
        """What the statement leads to."""
        found = self._targets.get((module, at))
        if found is None:
            statement = self._statements[module][at]
            found = self._targets_in(module, statement, statement.chains)
            self._targets[module, at] = found
        return found

    def _targets_in(
        self, module: str, statement: _Statement, chains: Collection[tuple[str, ...]]
    ) -> frozenset[Binding]:
        found: set[Binding] = set()
        for chain in chains:
            if chain[0] in statement.imports:
                found |= self._named(statement.imports[chain[0]], chain[1:])
            found |= self._global(module, chain, frozenset())
        return frozenset(found)

    def _global(self, module: str, chain: tuple[str, ...], seen: frozenset[Binding]) -> frozenset[Binding]:
        """What a dotted name at the top of a module leads to; names that imports bring in are followed."""
        binding = module, chain[0]
        if binding in seen:
            return frozenset()
        seen |= {binding}
        found: set[Binding] = set()
        if binding in self._binders:
            found.add(binding)
            for at in self._binders[binding]:
                target = self._statements[module][at].imports.get(chain[0])
                if target is not None:
                    found |= self._named(target, chain[1:], seen)
        else:
            for at in self._binders.get((module, "*"), ()):
                for star in self._statements[module][at].imports.values():
                    source = star.removesuffix(".*")
                    if star.endswith(".*") and source in self._modules:
                        found.add((module, "*"))
                        found |= self._global(source, chain, seen)
        return frozenset(found)

    def _named(
        self, target: str, rest: tuple[str, ...], seen: frozenset[Binding] = frozenset()
    ) -> frozenset[Binding]:
        """What `import target` and then `.rest` leads to."""
        parts = (*target.split("."), *rest)
        found: set[Binding] = set()
        heads = [size for size in range(len(parts), 0, -1) if ".".join(parts[:size]) in self._modules]
        for size in heads:
            module, inside = ".".join(parts[:size]), parts[size:]
            if inside:
                found |= self._global(module, inside, seen)
            if size == heads[0] and not found:
                # The module itself is passed on, or makes the name in a way that can't be seen.
                found.add((module, ""))
        return frozenset(found)

    # What acts at import -------------------------------------------------------------------------

    def _acting_parts(self, module: str, statement: _Statement, hooks: bool) -> list[ast.AST]:
        """The parts of a statement that may do more, when it runs, than bind the names it binds."""
        match statement.node:
            case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Expr(value=ast.Constant()):
                return []
            case ast.If(test=test) if _never_at_import(test):
                return []
            case ast.FunctionDef() | ast.AsyncFunctionDef() as node:
                defaults = [*node.args.defaults, *(one for one in node.args.kw_defaults if one is not None)]
                return [
                    *(one for one in node.decorator_list if self._uses_own(module, statement, one)),
                    *(one for one in defaults if self._calls_own(module, statement, one)),
                ]
            case ast.ClassDef() as node if not hooks and not any(k.arg == "metaclass" for k in node.keywords):
                inner = [child for child in node.body if not isinstance(child, _Function)]
                return [
                    *(one for one in node.decorator_list if self._uses_own(module, statement, one)),
                    *(one for one in inner if self._calls_own(module, statement, one)),
                    *(
                        one
                        for child in node.body
                        if isinstance(child, _Function)
                        for one in child.decorator_list
                        if self._uses_own(module, statement, one)
                    ),
                ]
            case ast.Assign(targets=targets, value=value) if all(map(_only_names, targets)):
                return [statement.node] if self._calls_own(module, statement, value) else []
            case ast.AnnAssign(target=ast.Name(), value=value):
                return [statement.node] if value and self._calls_own(module, statement, value) else []
            case node:
                return [node]

    def _calls_own(self, module: str, statement: _Statement, part: ast.AST) -> bool:
        """Whether something is called where code of the project could be meant."""
        calls = (ast.Call, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
        return any(isinstance(node, calls) for node in ast.walk(part)) and self._uses_own(
            module, statement, part
        )

    def _uses_own(self, module: str, statement: _Statement, part: ast.AST) -> bool:
        """Whether a name in it leads to a function, a class or a whole module of the project."""
        for binding in self._reach(self._targets_in(module, statement, _walked(part).chains), dark=True):
            nodes = (self._statements[binding[0]][at].node for at in self._binders.get(binding, ()))
            if not binding[1] or any(isinstance(node, _Function | ast.ClassDef) for node in nodes):
                return True
        return False


def _statement(module: SourceModule, lines: list[str], node: ast.stmt) -> _Statement:
    walked = _walked(node)
    decorators = [one.lineno for one in getattr(node, "decorator_list", ())]
    text = "\n".join(lines[min([node.lineno, *decorators]) - 1 : node.end_lineno])
    imports = {alias: _absolute(module, target) for alias, target in walked.imports.items()}
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            declared = (one.names for one in ast.walk(node) if isinstance(one, ast.Global))
            binds = {name, *(own for names in declared for own in names)}
        case ast.Import() | ast.ImportFrom():
            binds = set(imports)
        case _:
            binds = walked.stores | set(imports)
    dark = any(not _DARK.isdisjoint(chain) for chain in walked.chains)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return _Statement(node, digest, frozenset(binds), frozenset(walked.chains), imports, dark)


def _walked(node: ast.AST) -> _Walked:
    """The dotted names, imports and stored names in a piece of code, at any depth."""
    found = _Walked()
    waiting: list[ast.AST] = [node]
    while waiting:
        match waiting.pop():
            case ast.Attribute() as one:
                chain, base = _chain(one)
                if chain:
                    found.chains.add(chain)
                else:
                    found.chains.add(("", one.attr))
                    waiting.append(base)
            case ast.Name(id=word, ctx=ast.Load()):
                found.chains.add((word,))
            case ast.Name(id=word):
                found.stores.add(word)
                found.chains.add((word,))
            case ast.Import(names=names):
                for name in names:
                    first = name.name.partition(".")[0]
                    found.imports[name.asname or first] = name.name if name.asname else first
            case ast.ImportFrom(module=source, names=names, level=level):
                for name in names:
                    found.imports[name.asname or name.name] = f"{'.' * level}{source or ''}:{name.name}"
            case other:
                bound = getattr(other, "name", None) or getattr(other, "rest", None)
                if isinstance(bound, str):  # of a function, a class, a handler, a pattern
                    found.stores.add(bound)
                waiting.extend(ast.iter_child_nodes(other))
    return found


def _chain(node: ast.Attribute) -> tuple[tuple[str, ...], ast.AST]:
    """`a.b.c` as its names; of another base the empty chain and that base."""
    names: list[str] = []
    base: ast.expr = node
    while isinstance(base, ast.Attribute):
        names.append(base.attr)
        base = base.value
    if isinstance(base, ast.Name):
        return (base.id, *reversed(names)), base
    return (), node.value


def _absolute(module: SourceModule, target: str) -> str:
    """`..mod:name` as a dotted name, seen from a module."""
    source, colon, name = target.partition(":")
    if not colon:
        return target
    level = len(source) - len(source.lstrip("."))
    if level:
        parts = module.name.split(".")
        kept = len(parts) - level + (1 if module.is_package else 0)
        source = ".".join(filter(None, [*parts[: max(kept, 0)], source.lstrip(".")]))
    return f"{source}.{name}"


def _only_names(target: ast.expr) -> bool:
    match target:
        case ast.Name():
            return True
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return all(map(_only_names, parts))
        case ast.Starred(value=inner):
            return _only_names(inner)
        case _:
            return False


def _never_at_import(test: ast.expr) -> bool:
    """`if __name__ == "__main__"` and `if TYPE_CHECKING`."""
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
        case ast.Compare(
            left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]
        ):
            return True
        case _:
            return False
