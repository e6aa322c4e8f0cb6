"""What the names of a module stand for, as far as its own statements tell."""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from portalis.compiler.frontend.source import SourceModule


@dataclass(slots=True)
class Names:
    """The names at the top of a module: functions, imports as full names, and how often each is bound."""

    module: str
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    bound: Counter[str] = field(default_factory=Counter)
    methods: Counter[tuple[str, str]] = field(default_factory=Counter)
    everything: frozenset[str] = frozenset()
    """Every name that the module has anywhere."""

    def count(self, name: str, owner: str) -> int:
        """How often a function of the module, or a method of a class of it, is defined."""
        return self.methods[owner, name] if owner else self.bound[name]

    def function(self, node: ast.expr, names: Mapping[str, Names]) -> tuple[str, ast.FunctionDef] | None:
        """The function of the project that an expression names, with its module; it is bound once there."""
        match node:
            case ast.Name(id=name) if name in self.functions and self.bound[name] == 1:
                return self.module, self.functions[name]
            case ast.Name(id=name) if name in self.imports and self.bound[name] == 1:
                full = self.imports[name]
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if self.bound[name] == 1:
                full = f"{self.imports.get(name, '')}.{attr}"
            case _:
                return None
        home, _, name = full.rpartition(".")
        other = names.get(home)
        if other is None or other.bound[name] != 1:
            return None
        if name in other.functions:
            return home, other.functions[name]
        return other.function(ast.Name(name, ast.Load()), names) if home != self.module else None

    def has(
        self,
        body: list[ast.stmt],
        arguments: ast.arguments,
        wrapped: str,
        home: Names,
        needed: dict[str, str],
    ) -> bool:
        """Whether names in a body that was written in another module mean the same here.

        `wrapped` is the name of the function that it calls. What an import makes so is added to what is
        `needed` at the end of the module.
        """
        if home is self:
            return True
        own = {wrapped, *(one.arg for one in ast.walk(arguments) if isinstance(one, ast.arg))}
        used = {node.id for stmt in body for node in ast.walk(stmt) if isinstance(node, ast.Name)}
        stored = {
            node.id
            for stmt in body
            for node in ast.walk(stmt)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        for name in sorted(used - own - stored):
            if name in home.imports:
                meant = home.imports[name]
            elif home.bound[name]:
                meant = f"{home.module}.{name}"
            elif self.bound[name] or hasattr(builtins, name):
                if self.bound[name] and hasattr(builtins, name):
                    return False
                continue
            else:
                return False
            if self.imports.get(name) == meant and self.bound[name] == 1:
                continue
            if self.bound[name] or name in self.everything:
                return False
            source, _, what = meant.rpartition(".")
            needed[name] = f"from {source} import {what} as {name}" if source else f"import {what} as {name}"
        return True


def names_of(module: SourceModule) -> Names:
    """What the statements at the top of a module bind."""
    found = Names(module.name)
    for node in module.tree.body:
        _bind(found, node, module)
    for inner in ast.walk(module.tree):
        if isinstance(inner, ast.Global):
            found.bound.update(inner.names)
    found.everything = frozenset(
        word
        for node in ast.walk(module.tree)
        for word in (getattr(node, "id", None), getattr(node, "name", None), getattr(node, "attr", None))
        if isinstance(word, str)
    )
    return found


def _bind(found: Names, node: ast.stmt, module: SourceModule) -> None:
    match node:
        case ast.FunctionDef(name=name):
            found.functions[name] = node
            found.bound[name] += 1
        case ast.ClassDef(name=name, body=body):
            found.bound[name] += 1
            found.methods.update((name, one.name) for one in body if isinstance(one, ast.FunctionDef))
        case ast.Import(names=aliases):
            for alias in aliases:
                name = alias.asname or alias.name.partition(".")[0]
                found.imports[name] = alias.name if alias.asname else name
                found.bound[name] += 1
        case ast.ImportFrom(names=aliases, level=level, module=source):
            base = _base(module, level)
            for alias in aliases:
                name = alias.asname or alias.name
                found.imports[name] = ".".join(filter(None, (base, source, alias.name)))
                found.bound[name] += 1
        case _:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store | ast.Del):
                    found.bound[inner.id] += 2  # nothing is sure of what a block binds
                elif isinstance(inner, ast.FunctionDef | ast.ClassDef):
                    found.bound[inner.name] += 2
                elif isinstance(inner, ast.alias):
                    found.bound[inner.asname or inner.name.partition(".")[0]] += 2


def _base(module: SourceModule, level: int) -> str:
    """The package that a relative import starts from."""
    if not level:
        return ""
    parts = module.name.split(".")
    return ".".join(parts[: len(parts) - level + (1 if module.is_package else 0)])
