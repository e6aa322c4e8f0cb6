r"""The attributes that a class binds itself: constants, values taken at import, defaults of fields.

class Wrapper:
    TAB = 8                                     a constant
    words = re.compile(r"\w+")                  taken at import, when all of the body has run
    width = 70                                  a field, where instances bind it again
    __class_getitem__ = classmethod(GenericAlias)   nothing that translated code sees
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.hir.class_body import PROTOCOL_METHODS, Unsupported, is_class_var
from portalis.compiler.hir.nodes import Constant
from portalis.compiler.types import ClassObject, Instance, OptionalOf


@dataclass(frozen=True, slots=True)
class ClassValues:
    """The attributes that a class binds itself.

    `constants` are literals that nothing binds again, `tables` other values that nothing binds again, which
    are taken at import, and `defaults` literals that instances bind again for themselves.
    """

    constants: dict[str, Constant]
    tables: dict[str, str]
    """By name, the class that binds it."""
    defaults: dict[str, ast.expr]

    def over(self, base: ClassValues) -> ClassValues:
        """With what a base class binds, where this one doesn't."""
        return ClassValues(
            base.constants | self.constants, base.tables | self.tables, base.defaults | self.defaults
        )


_HARMLESS = frozenset({"__hash__", "__doc__", "__module__", "__version__", "__author__"})


def values_of(node: ast.ClassDef, is_dataclass: bool, stored: Stored, line: Collection[str]) -> ClassValues:
    """The attributes that a class body binds, by what the rest of the project does with them.

    `line` are the full names of the class and of the classes that it inherits from or that inherit from it.

    Raises:
        Unsupported: one is bound twice, or bound again on the class, or is changeable and bound again.
    """
    methods = {stmt.name for stmt in node.body if isinstance(stmt, ast.FunctionDef)}
    computed, deleted = _computed(node.body), set(_deleted(node.body))
    found = ClassValues({}, dict.fromkeys(sorted(computed - deleted), node.name), {})
    for stmt in node.body:
        match stmt:
            case ast.Assign(targets=[ast.Name(id="__slots__" | "__match_args__")]):
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=own)) if own in methods:
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if not (
                is_dataclass and not is_class_var(stmt)
            ):
                pass
            case _:
                continue
        literal = _literal(value)
        none = isinstance(value, ast.Constant) and value.value is None
        if name in PROTOCOL_METHODS or name in deleted:
            continue
        if name.startswith("__") and name.endswith("__") and name not in _HARMLESS:
            raise Unsupported(f"it binds `{name}`")
        if name in {*found.constants, *found.tables, *found.defaults} - computed:
            raise Unsupported(f"its attribute `{name}` is bound twice")
        again = stored.on_instances(name, line)
        if name in stored.on_classes or (again and (literal is None or name in computed) and not none):
            raise Unsupported(f"its attribute `{name}` is bound again")
        if name in computed:
            continue
        if again:
            found.defaults[name] = value
        elif literal is not None:
            found.constants[name] = literal
        else:
            found.tables[name] = node.name
    return found


def _literal(node: ast.expr) -> int | float | str | None:
    match node:
        case ast.Constant(value=bool() | float() as value):
            return value
        case ast.Constant(value=int() as number) if number < 2**63:
            return number
        case ast.Constant(value=str() as text) if text.isprintable():
            return text
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)) if (
            value < 2**63
        ):
            return -value
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Stored:
    """The names of all attributes that a project binds or deletes.

    `anywhere` are those of values of unknown type, `on_classes` those that may be a class's, or are deleted.
    """

    anywhere: frozenset[str]
    by_class: Mapping[str, frozenset[str]]
    """Those of instances, by the full name of their class."""
    on_classes: frozenset[str]
    of_class: Mapping[str, frozenset[str]]
    """Those of the class itself, by its full name: `Point.ORIGIN = Point(0, 0)`."""

    def only_of_class(self, name: str, line: Collection[str]) -> bool:
        """Whether the attribute is one of the classes themselves, and of no instance."""
        bound = any(name in self.of_class.get(one, ()) for one in line)
        return bound and not any(name in self.by_class.get(one, ()) for one in line)

    def on_instances(self, name: str, line: Collection[str]) -> bool:
        """Whether an instance of one of the classes may be bound an attribute of that name."""
        return name in self.anywhere or any(name in self.by_class.get(one, ()) for one in line)


def stored_names(trees: Mapping[str, ast.Module], answer: OracleAnswer) -> Stored:
    """The names of the attributes that a project binds or deletes."""
    by_class: dict[str, set[str]] = {}
    anywhere: set[str] = set()
    of_class: dict[str, set[str]] = {}
    on_classes: set[str] = set()
    for module, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                owner = answer.type_of(module, node.value)
                owner = owner.inner if isinstance(owner, OptionalOf) else owner
                if isinstance(owner, Instance):
                    by_class.setdefault(owner.name, set()).add(node.attr)
                else:
                    anywhere.add(node.attr)
                if isinstance(owner, ClassObject):
                    of_class.setdefault(owner.name, set()).add(node.attr)
                if not isinstance(owner, Instance) or isinstance(node.ctx, ast.Del):
                    on_classes.add(node.attr)
    instances = {name: frozenset(names) for name, names in by_class.items()}
    classes = {name: frozenset(names) for name, names in of_class.items()}
    return Stored(frozenset(anywhere), instances, frozenset(on_classes), classes)


def lines_of(
    classes: Mapping[str, tuple[str, ast.ClassDef]], answer: OracleAnswer
) -> dict[str, frozenset[str]]:
    """For each class of the project itself, all that it inherits from, and all that inherit from it."""
    above: dict[str, set[str]] = {}
    for name, (module, node) in classes.items():
        named = (one for one in node.bases if isinstance(one, ast.Name | ast.Attribute))
        bases = (answer.fullname(module, one) for one in named)
        above[name] = {base for base in bases if base is not None and base in classes}
    while True:
        wider = {name: {b for base in bases for b in above[base]} | bases for name, bases in above.items()}
        if wider == above:
            break
        above = wider
    return {
        name: frozenset({name, *bases, *(other for other, its in above.items() if name in its)})
        for name, bases in above.items()
    }


_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def _computed(body: list[ast.stmt]) -> set[str]:
    """The names that a class body binds otherwise than by one `name = value`."""
    return {name for stmt in body if not _binds_one(stmt) for name in _bound(stmt)}


def _binds_one(stmt: ast.stmt) -> bool:
    match stmt:
        case ast.Assign(targets=[ast.Name()]) | ast.AnnAssign(target=ast.Name()):
            return True
        case _:
            return isinstance(stmt, _Scope)


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.alias(name=name, asname=other):
            yield other or name.partition(".")[0]
        case _:
            for inner in ast.iter_child_nodes(node):
                if not isinstance(inner, _Scope | _Comprehension):
                    yield from _bound(inner)


def _deleted(body: list[ast.stmt]) -> Iterator[str]:
    for stmt in body:
        if isinstance(stmt, ast.Delete):
            yield from (one.id for one in stmt.targets if isinstance(one, ast.Name))
