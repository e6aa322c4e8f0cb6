"""Lines of classes in which there are dataclasses: whose fields and generated methods an instance has.

@dataclass                          the fields of Person, then those of Employee; `__init__`, `__eq__` and
class Employee(Person):      →      `__repr__` are those that Employee generates, whatever Person defines
    salary: float = 0.0
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from portalis.compiler.hir.class_attributes import ClassValues, Stored, values_of
from portalis.compiler.hir.class_body import (
    Members,
    Unsupported,
    assigned,
    dataclass_options,
    generated_methods,
    members_of,
)
from portalis.compiler.hir.inherit import Line, super_calls
from portalis.compiler.hir.init_attributes import sometimes_bound

Options = dict[str, bool] | None


def along(
    line: Line,
    own: Members,
    values: ClassValues,
    options: Options,
    stored: Stored,
    related: Collection[str],
) -> tuple[Members, dict[str, str], ClassValues, Options]:
    """What a class has of its own and from its base classes.

    Args:
        line: the class and its base classes.
        own: what the class itself defines.
        values: the attributes that it binds itself.
        options: what its own `@dataclass` was told.
        stored: the attributes that the project binds.
        related: the full names of the classes above and below, and its own.

    Returns:
        its members, the class that each method was written in, its attributes, and the options of the
        dataclass that makes its instances.

    Raises:
        Unsupported: what a name means along the line can't be told.
        NotInherited: the same of a method.
    """
    methods, origin = line.methods()
    options = _inherited_options(line, options)
    made, aliases, declared = line.dataclasses(), own.aliases, own.declared
    for one in line.classes[1:]:
        aliases = members_of(one, one in made).aliases | aliases
        values = values.over(values_of(one, one in made, stored, related))
    twice = next((name for name in aliases.values() if line.overridden(name)), None)
    if twice is not None:
        raise Unsupported(f"`{twice}` has a second name, and is defined again by a subclass")
    if options is not None and line.generated() is not None:
        gone = line.hidden(generated_methods(options))
        methods = {name: one for name, one in methods.items() if name not in gone}
        each = [members_of(one, True).declared for one in reversed(made)]
        declared = {name: one for part in each for name, one in part.items()}
    return Members(methods, aliases, declared), origin, values, options


def _inherited_options(line: Line, own: Options) -> Options:
    """The options of the dataclass that makes the instances of a line; None where `__init__` is written out.

    Raises:
        Unsupported: `__init__` is written out by a class with a dataclass above it.
    """
    made = line.dataclasses()
    if not made:
        return None
    found = line.generated()
    if found is None:
        if line.definer("__init__") is line.classes[0] and own is not None:
            return own
        raise Unsupported("it has a dataclass among its base classes, and another `__init__`")
    options = dataclass_options(found.decorator_list)
    above = {name for one in line.classes for name in _super_calls(one)}
    if options is not None and above & generated_methods(options):
        raise Unsupported("`super()` leads to a method that a dataclass generates")
    return options


def keyword_fields(classes: Sequence[ast.ClassDef]) -> set[str]:
    """The fields that are declared by a dataclass whose fields are keywords, and by none below it."""
    found: set[str] = set()
    for one in reversed(classes):
        declared = members_of(one, True).declared
        said = [key for call in one.decorator_list if isinstance(call, ast.Call) for key in call.keywords]
        kind = any(key.arg == "kw_only" and ast.unparse(key.value) == "True" for key in said)
        found = (found | declared.keys()) if kind else (found - declared.keys())
    return found


def _super_calls(node: ast.ClassDef) -> Iterator[str]:
    for stmt in node.body:
        if isinstance(stmt, ast.FunctionDef):
            yield from super_calls(stmt)


def field_names(own: Members, options: Options, line: Line | None) -> list[str]:
    """The names of the fields, in the order in which they are bound."""
    if options is not None and "__init__" not in own.methods:
        later = assigned(own.methods, "__post_init__")
        return list(dict.fromkeys([*own.declared, *later]))
    return list(dict.fromkeys(name for init in _initializers(own, line) for name in assigned(init)))


def sometimes_named(own: Members, options: Options, line: Line | None) -> frozenset[str]:
    """The names of the fields that an instance may be made without."""
    if options is not None:
        return frozenset()
    inits = _initializers(own, line)
    found = {name: sometimes_bound(one["__init__"]) for name, one in enumerate(inits) if "__init__" in one}
    sure = {name for at, unsure in found.items() for name in assigned(inits[at]) if name not in unsure}
    return frozenset[str]().union(*found.values()) - sure


def _initializers(own: Members, line: Line | None) -> list[dict[str, ast.FunctionDef]]:
    """The methods of the classes whose `__init__` runs, in the order in which they bind attributes."""
    if line is None:
        return [own.methods]
    return [members_of(one, False).methods for one in reversed(line.initializers())]
