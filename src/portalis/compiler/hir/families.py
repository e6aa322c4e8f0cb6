"""Base classes as types: a place of type `Animal` holds an instance of `Animal` or of any class below it.

    def total(shapes: list[Shape]) -> float:     pub fn total(shapes: &[Shape]) -> f64
        return sum(s.area() for s in shapes)     pub enum Shape { Circle(Circle), Square(Square) }

The classes of a project are known, so such a place is a Rust enum with a variant for each class that an
instance may have. Its members are shared: the same object may be held as a `Circle` and as a `Shape`. What
the instances have in common, fields and methods, the enum has too (`hir.dispatch`).
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.hir.class_body import StructField, kind_of, method_key
from portalis.compiler.hir.inherit import Line, NotInherited, is_abstract, line_of, names_protocol
from portalis.compiler.hir.type_parts import instances, parts
from portalis.compiler.types import Instance, UnionOf

if TYPE_CHECKING:
    from portalis.compiler.hir.structs import StructInfo
    from portalis.compiler.hir.symbols import Symbols

Classes = Mapping[str, tuple[str, ast.ClassDef]]
"""The classes of a project's modules by full name, each with its module."""


@dataclass(frozen=True, slots=True)
class Family:
    """A type whose instances are of several classes: a base class, or a union of classes.

    `base` is the full name of the base class, "" for a union; `written` are the classes that the union
    names, `members` all those that an instance may have, both by full name.
    """

    fullname: str
    base: str
    module: str
    node: ast.ClassDef
    members: tuple[str, ...]
    written: frozenset[str] = frozenset()

    @property
    def qualname(self) -> str:
        """The name under which its methods are known: no class has it."""
        return self.fullname.removeprefix(f"{self.module}.")


def find_families(
    trees: Mapping[str, ast.Module], known: Mapping[str, StructInfo], classes: Classes, answer: OracleAnswer
) -> tuple[Family, ...]:
    """The types of which instances may be of several classes of the project.

    Args:
        trees: the modules.
        known: the classes with a struct.
        classes: all classes that stand in a module's own body.
        answer: what the oracle says of types.
    """
    ancestors = {name: _ancestors(info) for name, info in known.items() if joins(info)}
    below: dict[str, list[str]] = {}
    for name, above in ancestors.items():
        for one in above:
            below.setdefault(one, []).append(name)
    open_ = {name for name, members in below.items() if set(members) - {name}}
    named = _named(trees, answer)
    used = {
        name for name in open_ if classes[name][1].name in named and _opens(classes[name][1], name, known)
    }
    # What a narrower test leaves may be of a class below it, too.
    used |= {name for name in open_ if any(one in used for one in ancestors.get(name, ()))}
    for name, fitting in _protocols(classes, known, answer, named):
        below[name] = fitting
        used.add(name)
    found: dict[str, Family] = {}
    for name in sorted(used):
        module, node = classes[name]
        fullname = f"{module}.Any{node.name}"
        if fullname not in classes and _distinct(below[name], known):
            found[fullname] = Family(fullname, name, module, node, tuple(sorted(below[name])))
    for written in sorted(_unions(answer, known), key=sorted):
        members = sorted({member for one in written for member in below.get(one, [one])})
        if any(set(members) == set(one.members) for one in found.values()):
            continue  # a base class says the same
        module = known[members[0]].module
        name = "Or".join(sorted(one.rpartition(".")[2] for one in written))
        node = ast.ClassDef(name, bases=[], keywords=[], body=[], decorator_list=[])
        if f"{module}.{name}" not in classes and _distinct(members, known):
            ast.copy_location(node, known[members[0]].node)
            made = Family(f"{module}.{name}", "", module, node, tuple(members), written)
            found[made.fullname] = made
    return tuple(found.values())


def _distinct(members: list[str], known: Mapping[str, StructInfo]) -> bool:
    """Whether the classes have different names in Rust."""
    return len({known[one].rust for one in members}) == len(members)


def _unions(answer: OracleAnswer, known: Mapping[str, StructInfo]) -> set[frozenset[str]]:
    """The unions of classes that something is declared to be, by the full names of the classes.

    One of values only is an enum of values: nobody could tell a copy from what it was made of.
    """
    found: set[frozenset[str]] = set()
    pending = list(answer.declared())
    while pending:
        type_ = pending.pop()
        pending += parts(type_)
        if not isinstance(type_, UnionOf):
            continue
        names = frozenset(one.name for one in type_.members if isinstance(one, Instance))
        whole = len(names) == len(type_.members) and all(one in known and joins(known[one]) for one in names)
        if whole and not all(known[one].frozen and _holds_none(known[one], names) for one in names):
            found.add(names)
    return found


def _holds_none(info: StructInfo, names: frozenset[str]) -> bool:
    """Whether no field leads to instances of these classes."""
    return not any(name in names for one in info.fields for name in instances(one.type))


def _protocols(
    classes: Classes, known: Mapping[str, StructInfo], answer: OracleAnswer, named: set[str]
) -> Iterator[tuple[str, list[str]]]:
    """The protocols that something is said to follow, each with the classes that do."""
    for name, (_, node) in classes.items():
        if node.name in named and node.bases and all(map(names_protocol, node.bases)):
            able = (one for one, info in known.items() if joins(info))
            if fitting := [one for one in able if _follows(known[one], name, node, answer)]:
                yield name, fitting


def _follows(info: StructInfo, protocol: str, node: ast.ClassDef, answer: OracleAnswer) -> bool:
    """Whether instances of the class have all that a protocol names, with the types that it says."""
    home, _, qualname = protocol.rpartition(".")
    asked = False
    for stmt in node.body:
        match stmt:
            case ast.FunctionDef(name=name):
                asked = True
                said = answer.signature(home, f"{qualname}.{name}")
                if name in info.methods:
                    given = answer.signature(info.written_in(name), info.written(name))
                    if said is None or given is None or said.params[1:] != given.params[1:]:
                        return False
                elif info.field(name) is None or kind_of(stmt) != "property":
                    return False
            case ast.AnnAssign(target=ast.Name(id=name)):
                asked = True
                if info.field(name) is None:
                    return False
            case ast.Expr() | ast.Pass():
                continue
            case _:
                return False
    return asked


def joins(info: StructInfo) -> bool:
    """Whether instances of the class can be held where its base class is named."""
    return info.enum is None and not info.named_tuple and not info.record and "." not in info.qualname


def _opens(node: ast.ClassDef, name: str, known: Mapping[str, StructInfo]) -> bool:
    """Whether the class may be the type of a place of several classes: not one with type parameters."""
    generic = any(isinstance(base, ast.Subscript) for base in node.bases) or getattr(node, "type_params", [])
    return not generic and (name not in known or joins(known[name]))


def _ancestors(info: StructInfo) -> tuple[str, ...]:
    """The class and its base classes in the project, by full name."""
    if info.line is None:
        return (info.fullname,)
    return tuple(f"{m}.{one.name}" for m, one in zip(info.line.modules, info.line.classes, strict=True))


_JOINS = (ast.IfExp, ast.BoolOp, ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)


def _named(trees: Mapping[str, ast.Module], answer: OracleAnswer) -> set[str]:
    """The names in annotations and tests of instances, and the classes that displays bring together."""
    found: set[str] = set()
    for module, tree in trees.items():
        for node in ast.walk(tree):
            for written in _annotations(node):
                found |= _names(written)
            if isinstance(node, _JOINS) and (type_ := answer.type_of(module, node)) is not None:
                found |= {name.rpartition(".")[2] for name in instances(type_)}
    return found


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.arg(annotation=ast.expr() as written) | ast.AnnAssign(annotation=written):
            yield written
        case ast.FunctionDef(returns=ast.expr() as written):
            yield written
        case ast.Call(func=ast.Name(id="isinstance"), args=[_, wanted]):
            yield wanted


def _names(written: ast.expr) -> set[str]:
    """The last parts of the names in an annotation, those in quotes too."""
    found: set[str] = set()
    for node in ast.walk(written):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                found.add(name)
            case ast.Constant(value=str(text)):
                try:
                    found |= _names(ast.parse(text, mode="eval").body)
                except SyntaxError:
                    continue
    return found


def family_struct(
    family: Family, members: tuple[StructInfo, ...], classes: Classes, answer: OracleAnswer
) -> StructInfo:
    """What lowering must know of a family, as of a class whose instances are shared.

    Args:
        family: the family.
        members: its classes that have a struct.
        classes: all classes that stand in a module's own body.
        answer: what the names of base classes mean.
    """
    line, methods, origin = _common(members) if not family.base else _of_base(family, classes, answer)
    for member in members:  # what syntax asks for, and only some have, is refused there, not passed over
        for name, node in member.methods.items():
            if name not in methods and name.endswith("__"):
                methods[name], origin[name] = node, line.classes[0].name
    methods.pop("__init__", None)
    methods.pop("__post_init__", None)
    for name in _values(members):
        methods[name], origin[name] = _reader(name, family.node), line.classes[0].name
    fields = tuple(one for one in members[0].fields if all(_same(one, other) for other in members))
    compared = any(one.is_dataclass and one.options.get("eq", True) for one in members)
    return replace(
        members[0],
        fullname=family.fullname, module=family.module, qualname=family.qualname, node=family.node,
        fields=fields, methods=methods, kinds={name: kind_of(one) for name, one in methods.items()},
        is_dataclass=compared, frozen=any(one.frozen for one in members), options={"eq": compared},
        shared=True, named_tuple=False, line=line, origin=origin, constants={}, tables={}, aliases={},
        rust=family.qualname if family.base in family.members else family.node.name,
        values=_values(members), keyed=any(one.keyed for one in members), ordered=False,
        members=tuple(one.fullname for one in members),
    )  # fmt: skip


_Methods = tuple[Line, dict[str, ast.FunctionDef], dict[str, str]]
"""Where methods are looked up, those that were found, and the class that each was written in."""


def _of_base(family: Family, classes: Classes, answer: OracleAnswer) -> _Methods:
    """The methods that a base class has, or says that its subclasses have."""
    line = _line(family, classes, answer)
    methods: dict[str, ast.FunctionDef] = {}
    origin: dict[str, str] = {}
    for one in reversed(line.classes):
        for stmt in one.body:
            if isinstance(stmt, ast.FunctionDef):
                methods[method_key(stmt)], origin[method_key(stmt)] = _concrete(stmt), one.name
    return line, methods, origin


def _common(members: tuple[StructInfo, ...]) -> _Methods:
    """The methods that all classes of a union have."""
    first = members[0]
    line = first.line or Line((first.node,), (first.module,))
    shared = [
        name
        for name in first.methods
        if "@" not in name and name not in first.aliases and all(name in one.methods for one in members)
    ]
    origin = {name: first.origin.get(name, first.qualname) for name in shared}
    return line, {name: first.methods[name] for name in shared}, origin


def _line(family: Family, classes: Classes, answer: OracleAnswer) -> Line:
    try:
        found = line_of(family.module, family.node, classes, answer)
    except NotInherited:
        found = None
    return found if found is not None else Line((family.node,), (family.module,))


def _concrete(node: ast.FunctionDef) -> ast.FunctionDef:
    """The method without the word that subclasses define it, which all of the family's classes do."""
    if not is_abstract(node):
        return node
    kept = [one for one in node.decorator_list if ast.unparse(one).rpartition(".")[2] != "abstractmethod"]
    changed = copy.copy(node)
    changed.decorator_list = kept
    return changed


def _same(one: StructField, other: StructInfo) -> bool:
    """Whether another class has the same attribute."""
    found = other.field(one.name)
    return found is not None and (found.type, found.late) == (one.type, one.late)


def part_name(info: StructInfo) -> str:
    """The method that gives an instance as one of a base class further down: `as_any_cat`."""
    return "as_" + re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", info.qualname).lower()


CLASS_NAME = "__class_name__"
"""The method of a family that gives the name of an instance's class."""


def _values(members: tuple[StructInfo, ...]) -> tuple[str, ...]:
    """What is read of an instance and belongs to its class: the class's name, and constants of one type."""
    first = members[0]
    same = (
        name
        for name, value in first.constants.items()
        if all(type(one.constants.get(name)) is type(value) for one in members)
    )
    return (CLASS_NAME, *same)


def _reader(name: str, node: ast.ClassDef) -> ast.FunctionDef:
    """`def name(self): ...`, which stands for a value of the class."""
    source = f"@property\ndef {name}(self): ..."
    made = ast.parse(source).body[0]
    assert isinstance(made, ast.FunctionDef)
    for part in ast.walk(made):
        if isinstance(part, ast.expr | ast.stmt | ast.arg):
            ast.copy_location(part, node)
    return made


def selected(symbols: Symbols, info: StructInfo, classes: Collection[str]) -> frozenset[str] | None:
    """The members of a family that are instances of one of the classes; None where that isn't known."""
    found: set[str] = set()
    for name in classes:
        if name not in symbols.classes or name in symbols.protocols:
            return None
        found |= {one for one in info.members if name in _ancestors(symbols.structs[one])}
    return frozenset(found)
