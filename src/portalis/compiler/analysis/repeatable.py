"""Which Python functions may be run twice instead of once: Rust that calls one may decline afterwards.

    def clean(text: str) -> str:
        return text.translate(TABLE)            →  may: it makes values of values
    def note(text: str) -> str:
        SEEN.append(text)                       →  may not: a second run would append again
    def ask(text: str) -> str:
        return open(text).read()                →  may not: what it touches is outside the values

Asked of the syntax tree, for arguments that can't change: what a name stands for is known, or the answer is
no. So the function reaches nothing older than the call but what never changes and tables that it only reads,
and holds alone what it makes: its result is new.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from portalis.compiler.analysis.computes import bound_names, evaluated, is_fixed
from portalis.compiler.analysis.looked_at import looked_at
from portalis.compiler.analysis.plain_exceptions import is_error
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.hir.symbols import IN_PLACE, Symbols
from portalis.compiler.types import (
    ANY,
    NEVER,
    OBJECT,
    DictOf,
    Instance,
    ListOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
)

_BUILTINS = frozenset(
    """abs all any ascii bin bool bytearray bytes callable chr complex dict divmod enumerate filter float
    format frozenset hash hex int isinstance issubclass iter len list map max min next oct ord pow range repr
    reversed round set slice sorted str sum tuple type zip NotImplemented Ellipsis""".split()
)
_MODULES = frozenset(
    """array base64 binascii bisect calendar cmath collections collections.abc colorsys copy datetime decimal
    difflib fnmatch fractions functools hashlib heapq hmac html html.entities itertools json keyword math
    numbers operator re statistics string struct textwrap typing unicodedata urllib.parse zlib""".split()
)
"""Modules of which what a function calls gives values of values, but for the names below."""
_NOT = frozenset(
    """getcontext setcontext localcontext DefaultContext BasicContext ExtendedContext setfirstweekday today
    now utcnow fromtimestamp astimezone dump load file_digest randbelow __import__""".split()
)
"""Names by which those modules read or change something outside the values."""
_STATEMENTS = (
    ast.Global, ast.Import, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.ClassDef, ast.Await,
    ast.With, ast.Yield, ast.YieldFrom,
)  # fmt: skip

Constants = Mapping[tuple[str, str], object]


@dataclass(frozen=True, slots=True)
class Answer:
    """The functions that a function may run, by item key, itself among them; or why it may not run twice."""

    reached: frozenset[str] = frozenset()
    objection: str = ""


class _Objection(Exception):
    """Why a function may not be run twice."""


class _Held(Exception):
    """What speaks against handing a container over."""


@dataclass(slots=True)
class Repeatable:
    """Answers for the functions of a project; `constants` are module-level values by (module, name)."""

    symbols: Symbols
    answer: OracleAnswer
    constants: Constants
    plain: frozenset[str] = frozenset()
    """Classes of exceptions, by full name, that make no difference: see `plain_exceptions`."""
    _known: dict[tuple[str, frozenset[str]], Answer] = field(default_factory=dict)

    def of(self, key: str, node: ast.FunctionDef, containers: frozenset[str] = frozenset()) -> Answer:
        """The answer for a module-level function; `containers` are parameters that hold what never changes.

        It may look at those and no more; and it runs over each, since all of it is converted for the call.
        """
        asked = (key, containers)
        if asked not in self._known:
            try:
                self._known[asked] = Answer(self._all_reached(key, node, containers))
            except _Held as held:
                self._known[asked] = Answer(objection=str(held))
            except _Objection as objection:
                self._known[asked] = Answer(objection=f"it may not be run twice: {objection}")
        return self._known[asked]

    def _all_reached(self, key: str, node: ast.FunctionDef, containers: frozenset[str]) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [(key, node)]
        while waiting:
            where, one = waiting.pop()
            if where in seen:
                continue
            seen.add(where)
            try:
                walk = _Walk(self, where.partition(":")[0], one, containers if where == key else frozenset())
                waiting += walk.reached()
            except _Objection as objection:
                through = "" if where == key else f" in `{where.replace(':', '.')}`"
                raise _Objection(f"{objection}{through}") from None
        return frozenset(seen)


class _Walk:
    """One function, looked through."""

    def __init__(
        self, asked: Repeatable, module: str, node: ast.FunctionDef, containers: frozenset[str]
    ) -> None:
        self._asked = asked
        self._module = module
        self._node = node
        self._local = set(bound_names(node))
        self._found: list[tuple[str, ast.FunctionDef]] = []
        self._containers = containers
        self._read: dict[ast.expr, bool] = {}
        """The expressions that are only looked at, each with whether all of it is."""
        self._heads: set[ast.expr] = set()
        """The modules out of which a function or an exception of the project is taken."""

    def reached(self) -> list[tuple[str, ast.FunctionDef]]:
        """The functions of the project that it names."""
        if self._node.decorator_list:
            raise _Objection("it is decorated")
        parts = [part for stmt in self._node.body for part in evaluated(stmt)]
        self._check_defaults(self._node)  # those of functions inside are made anew by each call
        for part in parts:
            for expr, whole in looked_at(part):
                self._read[expr] = whole or self._read.get(expr, False)
            if isinstance(part, ast.Attribute):
                self._take(part)
        for part in parts:
            self._check(part)
        self._check_containers(parts)
        return self._found

    def _check_containers(self, parts: list[ast.AST]) -> None:
        for name in sorted(self._containers):
            uses = [part for part in parts if isinstance(part, ast.Name) and part.id == name]
            if not all(isinstance(one.ctx, ast.Load) and one in self._read for one in uses):
                raise _Held(f"it does more with `{name}` than look at it")
            if not any(self._read[one] for one in uses):
                raise _Held(f"it looks at a part of `{name}` only, all of which would be converted")

    def _take(self, node: ast.Attribute) -> None:
        """`util.clean`, of a module of the project."""
        fullname, symbols = self._fullname(node), self._asked.symbols
        if fullname in symbols.functions:
            self._found.append(symbols.functions[fullname])
        elif fullname not in symbols.exceptions or symbols.exceptions[fullname].has_init:
            return
        self._heads.add(node.value)

    def _check_defaults(self, node: ast.FunctionDef) -> None:
        """A default that changes would be seen by the next call."""
        for default in (*node.args.defaults, *(one for one in node.args.kw_defaults if one is not None)):
            if not all(isinstance(one, _FIXED) for one in ast.walk(default)):
                raise _Objection(f"the default `{ast.unparse(default)}` is computed or mutable")

    def _check(self, part: ast.AST) -> None:
        match part:
            case ast.Name(ctx=ast.Load()):
                self._check_name(part)
            case ast.Attribute(attr=name, ctx=ast.Load()):
                if (name.startswith("__") and name != "__name__") or name in _NOT:
                    raise _Objection(f"it uses `{name}`")
            case ast.Attribute(attr=name):
                raise _Objection(f"it binds the attribute `{name}`")
            case ast.Subscript(value=place, ctx=ast.Store() | ast.Del()):
                self._check_changed(place)
            case ast.Call(func=ast.Attribute(value=place, attr=name)) if name in IN_PLACE:
                self._check_changed(place)
            case ast.Compare():
                _check_identity(part)
            case ast.ImportFrom():
                self._check_import(part)
            case ast.Import(names=names) if all(one.name in _MODULES for one in names):
                pass
            case _ if isinstance(part, _STATEMENTS):
                raise _Objection(f"it has {_NAMES.get(type(part), 'a statement that acts')}")
            case _:
                pass

    def _check_import(self, node: ast.ImportFrom) -> None:
        """Of the project anything may be imported: a second time that does nothing."""
        if node.level or node.module in self._asked.symbols.modules:
            return
        if node.module not in _MODULES or any(one.name in _NOT or one.name == "*" for one in node.names):
            raise _Objection(f"it imports from `{node.module}`")

    def _check_changed(self, place: ast.expr) -> None:
        """What is changed in place must be reached through a variable of the function."""
        while isinstance(place, (ast.Attribute, ast.Subscript)):
            place = place.value
        if isinstance(place, ast.Name) and self._fullname(place) is not None:
            raise _Objection(f"it changes `{place.id}`")

    def _fullname(self, node: ast.Name | ast.Attribute) -> str | None:
        """What a name from outside the function is bound to, behind an alias of a function too."""
        asked = self._asked
        fullname = asked.answer.fullname(self._module, node)
        alias = asked.symbols.aliases.get(fullname) if fullname is not None else None
        if alias is None or fullname in asked.symbols.functions:
            return fullname
        module, value = alias
        assert isinstance(value, (ast.Name, ast.Attribute))
        target = asked.answer.fullname(module, value)
        return target if target in asked.symbols.functions else fullname

    def _check_name(self, node: ast.Name) -> None:
        fullname = self._fullname(node)
        if fullname is None:
            if node.id not in self._local:
                raise _Objection(f"what `{node.id}` is, is not known")
            return
        symbols = self._asked.symbols
        owner, _, name = fullname.rpartition(".")
        if fullname in symbols.functions:
            self._found.append(symbols.functions[fullname])
        elif fullname in self._asked.plain:
            return
        elif fullname in symbols.exceptions:
            if symbols.exceptions[fullname].has_init:
                raise _Objection(f"the exception `{node.id}` has its own `__init__`")
        elif owner == "builtins":
            _check_builtin(name)
        elif fullname in _MODULES or (owner in _MODULES and name not in _NOT):
            return
        elif node not in self._heads and not self._is_safe_value(owner, name, node):
            raise _Objection(f"it uses `{node.id}`")

    def _is_safe_value(self, module: str, name: str, node: ast.Name) -> bool:
        """Whether a module-level value never changes, or is only read here and holds nothing that does."""
        asked = self._asked
        kind = asked.answer.type_of(self._module, node)
        if isinstance(kind, Instance) and kind.name == "re.Pattern":
            return True
        if (module, name) not in asked.constants:
            return False
        value = asked.constants[module, name]
        bound = f"{module}.{name}" in asked.symbols.rebound or name in asked.symbols.changed
        if is_fixed(value):
            return not bound or (kind is not None and _never_changes(kind))
        return node in self._read and _is_flat(value) and (not bound or _holds_what_never_changes(kind))


def _never_changes(type_: Type) -> bool:
    match type_:
        case Prim():
            return type_ not in (ANY, OBJECT, NEVER)
        case TupleOf(items):
            return all(map(_never_changes, items))
        case VarTuple(elem):
            return _never_changes(elem)
        case _:
            return False


def _holds_what_never_changes(type_: Type | None) -> bool:
    match type_:
        case DictOf(key, value):
            return _never_changes(key) and _never_changes(value)
        case ListOf(elem) | SetOf(elem):
            return _never_changes(elem)
        case _:
            return False


def _check_builtin(name: str) -> None:
    if name in _BUILTINS or is_error(f"builtins.{name}"):
        return
    raise _Objection(f"it uses `{name}`")


def _check_identity(node: ast.Compare) -> None:
    """What comes from Rust is equal, but not the same object: `is` may only ask for what there is once."""
    for operator, value in zip(node.ops, node.comparators, strict=True):
        if isinstance(operator, (ast.Is, ast.IsNot)) and not _is_one_object(value):
            raise _Objection(f"it asks for the identity of `{ast.unparse(value)}`")


def _is_one_object(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=None | True | False):
            return True
        case ast.Name(id=name):
            return name in ("bool", "bytes", "float", "int", "str")
        case _:
            return False


_FIXED = (ast.Constant, ast.UnaryOp, ast.unaryop, ast.Tuple, ast.Load)
_NAMES: Mapping[type[ast.AST], str] = {
    ast.Global: "a `global`",
    ast.Import: "an `import`",
    ast.ClassDef: "a class",
    ast.With: "a `with`",
    ast.Yield: "a `yield`",
    ast.YieldFrom: "a `yield`",
}


def _is_flat(value: object) -> bool:
    """Whether a table holds only what never changes, and is one that reading leaves as it is."""
    if type(value) is dict:
        return all(is_fixed(part) for pair in value.items() for part in pair)
    if type(value) in (list, set, frozenset):
        assert isinstance(value, (list, set, frozenset))
        return all(map(is_fixed, value))
    return False
