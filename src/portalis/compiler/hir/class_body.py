"""What stands in the body of a class: methods, declared fields, attributes of the class itself.

class Stack:
    LIMIT = 10                          a constant of the class
    def __init__(self):                 a method,
        self.items: list[int] = []      and the field that it sets
    __add__ = push                      a second name of a method
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.hir.type_parts import parts
from portalis.compiler.types import (
    ANY,
    NEVER,
    NONE,
    STR,
    CallableOf,
    Instance,
    IterOf,
    OptionalOf,
    Type,
    dynamic,
    is_copy,
)

_UNSUPPORTED_METHODS = frozenset(
    """__new__ __getattr__ __getattribute__ __setattr__ __delattr__ __del__ __init_subclass__ __set_name__
    __get__ __set__""".split()
)
PROTOCOL_METHODS = frozenset(
    """__reduce__ __reduce_ex__ __getstate__ __setstate__ __getnewargs__ __getnewargs_ex__ __copy__
    __deepcopy__ __class_getitem__ __sizeof__""".split()
)
"""What only pickling, copying, inspection and subscripts of the class itself call: no translated code does,
so these methods stay in Python, and the class needn't."""
_DATACLASS_OPTIONS = frozenset({"frozen", "eq", "order", "unsafe_hash", "repr", "slots", "kw_only", "init"})

MethodKind = Literal["method", "property", "setter", "static", "class"]
_KINDS: Mapping[str, MethodKind] = {"property": "property", "staticmethod": "static", "classmethod": "class"}


@dataclass(frozen=True, slots=True)
class StructField:
    """A field in the order of its first assignment; `default` and `factory` are a dataclass's."""

    name: str
    type: Type
    default: ast.expr | None = None
    factory: ast.expr | None = None
    given: bool = True
    """Whether the constructor takes it."""
    compared: bool = True
    shown: bool = True
    keyword: bool = False
    """Whether the constructor takes it by its name only."""
    classwide: bool = False
    """Whether the default is an attribute of the class, until an instance binds its own."""
    late: bool = False
    """Whether an instance may be without it; its type is optional for that."""

    @property
    def bound_type(self) -> Type:
        """The type of its value, where it has one."""
        return self.type.inner if self.late and isinstance(self.type, OptionalOf) else self.type


class Unsupported(Exception):
    """Why a class stays in Python, in words."""


@dataclass(frozen=True, slots=True)
class Members:
    """What a class body binds: methods, second names of methods, and what a dataclass declares.

    The setter of a property `size` is the method `size.setter`.
    """

    methods: dict[str, ast.FunctionDef]
    aliases: dict[str, str]
    declared: dict[str, ast.expr | None]


def members_of(node: ast.ClassDef, is_dataclass: bool) -> Members:
    """The methods of a class, their other names, and what a dataclass declares with its defaults.

    Raises:
        Unsupported: the body does something else as well.
    """
    methods: dict[str, ast.FunctionDef] = {}
    aliases: dict[str, str] = {}
    declared: dict[str, ast.expr | None] = {}
    for stmt in node.body:
        match stmt:
            case ast.FunctionDef():
                name = method_key(stmt)
                if name in methods or name in aliases:
                    raise Unsupported(f"`{name}` is defined more than once")
                methods[name] = stmt
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if is_dataclass:
                if not is_class_var(stmt):
                    declared[name] = value
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=own)) if own in methods:
                if name in methods or name in aliases or methods[own].decorator_list:
                    raise Unsupported(f"`{name}` is defined more than once")
                aliases[name] = own
            case ast.AnnAssign(target=ast.Name()) | ast.Assign(targets=[ast.Name()]):
                continue  # see `class_attributes`
            case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.ClassDef():
                continue
            case _ if not is_dataclass and only_values(stmt):
                continue
            case _:
                raise Unsupported("its body holds more than methods and fields")
    for name in (*methods, *aliases):
        if name in _UNSUPPORTED_METHODS or name.endswith(".deleter"):
            raise Unsupported(f"it defines `{name}`")
    return Members(methods, aliases, declared)


def only_values(stmt: ast.stmt) -> bool:
    """Whether a statement of a class body binds nothing but values: what it leaves is taken at import."""
    own = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.NamedExpr)
    return not any(isinstance(node, own) for node in ast.walk(stmt))


def method_key(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The name of a method in its class, by which a property and its setter are told apart."""
    match node.decorator_list:
        case [ast.Attribute(value=ast.Name(id=name), attr="setter" | "deleter" as role)] if name == node.name:
            return f"{name}.{role}"
        case _:
            return node.name


def is_class_var(stmt: ast.AnnAssign) -> bool:
    """Whether a declaration in a dataclass is of the class, and no field."""
    return ast.unparse(stmt.annotation).removeprefix("typing.").startswith("ClassVar")


def kind_of(node: ast.FunctionDef) -> MethodKind:
    """What the decorator of a method makes of it; one of another kind is refused with the method itself."""
    match node.decorator_list:
        case [ast.Name(id=name)] if name in _KINDS:
            return _KINDS[name]
        case [ast.Attribute(attr="setter")] if method_key(node) != node.name:
            return "setter"
        case _ if node.name == "__new__":
            return "static"
        case _ if node.name in ("__init_subclass__", "__class_getitem__"):
            return "class"
        case _:
            return "method"


def dataclass_options(decorators: Sequence[ast.expr]) -> dict[str, bool] | None:
    """The options of `@dataclass`, None where the class is not one."""
    options: dict[str, bool] | None = None
    for decorator in decorators:
        call = decorator if isinstance(decorator, ast.Call) else None
        name = ast.unparse(call.func if call is not None else decorator)
        if name not in ("dataclass", "dataclasses.dataclass") or options is not None:
            raise Unsupported(f"it is decorated with `{name}`")
        options = {}
        for keyword in call.keywords if call is not None else []:
            value = keyword.value
            if keyword.arg not in _DATACLASS_OPTIONS or not isinstance(value, ast.Constant):
                raise Unsupported(f"the option `{keyword.arg}` of its `dataclass` is not translated")
            options[keyword.arg] = bool(value.value)
        if options.get("init") is False:
            raise Unsupported("its fields are not set by its constructor")
    return options


_ORDER = frozenset({"__lt__", "__le__", "__gt__", "__ge__"})


def generated_methods(options: Mapping[str, bool]) -> frozenset[str]:
    """The methods that a dataclass with these options has without writing them out."""
    found = {"__init__"}
    found |= {"__eq__", "__hash__"} if options.get("eq", True) else set()
    found |= {"__repr__"} if options.get("repr", True) else set()
    found |= _ORDER if options.get("order") else set()
    return frozenset(found)


def assigned(methods: Mapping[str, ast.FunctionDef], name: str = "__init__") -> Iterator[str]:
    """The attributes that `__init__` sets, in order."""
    init = methods.get(name)
    if init is None or not init.args.args:
        return
    receiver = init.args.args[0].arg
    bare = {id(one.target) for one in ast.walk(init) if isinstance(one, ast.AnnAssign) and one.value is None}
    for node in ast.walk(init):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr, ctx=ast.Store()) if name == receiver:
                if id(node) not in bare:
                    yield attr


def late_names(classes: ast.ClassDef | Sequence[ast.ClassDef], known: set[str]) -> list[str]:
    """The attributes that methods other than `__init__` bind first, or that are only declared, in order."""
    found: dict[str, None] = {}
    for one in [classes] if isinstance(classes, ast.ClassDef) else reversed(classes):
        for stmt in one.body:
            match stmt:
                case ast.AnnAssign(target=ast.Name(id=name), value=None) if not is_class_var(stmt):
                    found[name] = None
                case ast.FunctionDef(args=ast.arguments(args=[ast.arg(arg=receiver), *_])):
                    found |= dict.fromkeys(_bound_on(stmt, receiver))
    return [name for name in found if name not in known]


def _bound_on(method: ast.FunctionDef, receiver: str) -> Iterator[str]:
    for node in ast.walk(method):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr, ctx=ast.Store()) if name == receiver:
                yield attr


def late_field(owners: Sequence[tuple[str, str]], name: str, answer: OracleAnswer) -> StructField | None:
    """An attribute that an instance gets after it is made; None where its type can't stand for that."""
    said = (answer.variable(*owner, name) for owner in owners)
    known = next((one for one in said if one is not None), None)
    own = isinstance(known, Instance) and any(known.name.startswith(f"{home}.") for home, _ in owners)
    if known is None or known is NONE or not (own or known is STR or is_copy(known)):
        return None
    if isinstance(known, OptionalOf):
        return None  # None says that there is no attribute yet
    return StructField(name, OptionalOf(known), given=False, late=True)


def without_value(one: StructField) -> StructField:
    """A field that `__init__` binds sometimes; one that may be None can't tell that it isn't bound."""
    if one.classwide or isinstance(one.type, OptionalOf | CallableOf):
        return one
    return replace(one, type=OptionalOf(one.type), given=False, late=True)


def field_of(
    owners: Sequence[tuple[str, str]], name: str, default: ast.expr | None, answer: OracleAnswer
) -> StructField:
    said = (answer.variable(*owner, name) for owner in owners)
    known = next((one for one in said if one is not None), None)
    type_ = dynamic(known) if known is not None else None
    if type_ is None or type_ is NONE or _vague(type_):
        raise Unsupported(f"the type of its field `{name}` is not known")
    if isinstance(type_, IterOf) or any(map(_unknown_callable, (type_, *parts(type_)))):
        raise Unsupported(f"its field `{name}` is a `{type_}`")
    match default:
        case ast.Call(func=func, keywords=keywords) if ast.unparse(func) in ("field", "dataclasses.field"):
            found = {keyword.arg: keyword.value for keyword in keywords}
            flags = {key: _flag(value) for key, value in found.items() if key in _FIELD_FLAGS}
            if not found.keys() <= {"default", "default_factory", *_FIELD_FLAGS} or None in flags.values():
                raise Unsupported(f"the options of its field `{name}` are not translated")
            if flags.get("hash", flags.get("compare", True)) != flags.get("compare", True):
                raise Unsupported(f"its field `{name}` counts for its hash or its comparison only")
            given, compared, shown = (flags.get(key) is not False for key in ("init", "compare", "repr"))
            default, factory = found.get("default"), found.get("default_factory")
            keyword = flags.get("kw_only") is True
            return StructField(name, type_, default, factory, given, compared, shown, keyword)
        case _:
            return StructField(name, type_, default)


def hidden(one: StructField) -> StructField:
    """An attribute of a dataclass that it does not declare: only its methods know of it."""
    return replace(one, given=False, compared=False, shown=False)


def all_set(fields: Iterable[StructField]) -> None:
    """Check that the constructor of a dataclass sets every field.

    Raises:
        Unsupported: one has no value.
    """
    for one in fields:
        if not one.given and one.default is None and one.factory is None:
            raise Unsupported(f"its constructor does not set its field `{one.name}`")


_FIELD_FLAGS = ("init", "repr", "compare", "hash")


def _flag(node: ast.expr) -> bool | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, bool) else None


def _unknown_callable(type_: Type) -> bool:
    """Whether it is a function of which it isn't said what it takes and gives."""
    if not isinstance(type_, CallableOf):
        return False
    return type_.params is None or any(
        one in (ANY, NEVER) or _vague(one) for one in (*type_.params, type_.returns)
    )


def _vague(type_: Type) -> bool:
    return type_ in (ANY, NEVER) or any(map(_vague, parts(type_)))
