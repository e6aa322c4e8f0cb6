"""Module constants: evaluated once in Python, frozen into the Rust.

Scalars and strings become `const`, tables of Copy values become arrays behind a `&'static [T]`,
what needs an allocation becomes a `LazyLock`.
"""

from __future__ import annotations

import datetime
import decimal
import re
from collections.abc import Callable
from dataclasses import dataclass

from portalis.compiler.enums import FunctionValue, MemberValue
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.enums import camel
from portalis.compiler.hir.type_parts import holds_callable
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import (
    I64_MAX,
    I64_MIN,
    Form,
    Range,
    Value,
    lit_bytes,
    lit_float,
    lit_int,
    lit_str,
)  # fmt: skip
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.printer import expr as print_expr
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.stdlib.re_pattern import UnsupportedPattern, analyse
from portalis.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    DECIMAL,
    FLOAT,
    INT,
    NEVER,
    NONE,
    STR,
    CallableOf,
    DictOf,
    EnumOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    make_union,
)  # fmt: skip


class Unfreezable(Exception):
    """A value that has no static Rust form."""


@dataclass(frozen=True, slots=True)
class Functions:
    """How functions inside a value are written: their type, and each by its type."""

    spelled: Callable[[CallableOf], str]
    made: Callable[[FunctionValue, CallableOf], t.Expr]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A constant's Rust: `type` is its Python type, `form` how the name is used."""

    type: Type
    form: Form
    item: t.StaticItem
    runtime: frozenset[str]
    imports: frozenset[str]
    range: Range | None = None
    is_array: bool = False
    enums: frozenset[str] = frozenset()
    """Full names of the enumerations whose members it holds."""


def type_of_value(value: object) -> Type:  # noqa: C901  one case a type
    """The exact Python type of a frozen value; raises Unfreezable for mixtures."""
    match value:
        case None:
            return NONE
        case bool():
            return BOOL
        case int():
            return INT
        case float():
            return FLOAT
        case str():
            return STR
        case bytes():
            return BYTES
        case list():
            return ListOf(_join(value))
        case tuple():
            kinds = [type_of_value(item) for item in value]
            uniform = len(set(kinds)) == 1
            return VarTuple(kinds[0]) if uniform and len(kinds) > 1 else TupleOf(tuple(kinds))
        case set() | frozenset():
            return SetOf(_join(value), isinstance(value, frozenset))
        case dict():
            return DictOf(_join(value.keys()), _join(value.values()))
        case MemberValue(fullname=fullname, mixed=mixed):
            return EnumOf(fullname, mixed)
        case datetime.datetime():
            return Instance("datetime.datetime")
        case datetime.date():
            return Instance("datetime.date")
        case decimal.Decimal() if value.is_finite():
            return Instance(DECIMAL)
        case re.Pattern(pattern=str()):
            return Instance("re.Pattern", (STR,))
        case _:
            raise Unfreezable(f"a value of type {type(value).__name__}")


def _join(items: object) -> Type:
    kinds = {type_of_value(item) for item in items}  # type: ignore[attr-defined]
    if not kinds:
        return NEVER
    joined = make_union(list(kinds))
    if len(kinds) > 1 and not (isinstance(joined, OptionalOf) and len(kinds) == 2):
        raise Unfreezable("a container of several types")
    return joined


def freeze(name: str, value: object, declared: Type | None, functions: Functions | None = None) -> Frozen:
    """The static item for a constant; one that holds `functions` is told how they are written.

    Raises:
        Unfreezable: the value has no static form.
    """
    try:
        type_ = type_of_value(value)
    except Unfreezable:
        if declared is None or not _fits(value, declared):
            raise
        type_ = declared
    if type_ in (ListOf(NEVER), DictOf(NEVER, NEVER)) and declared is not None and _fits(value, declared):
        type_ = declared
    rust = _static_name(name)
    maker = _Maker(functions)
    match type_:
        case _ if type_ is INT:
            assert isinstance(value, int)
            if not I64_MIN <= value <= I64_MAX:
                raise Unfreezable("an integer beyond 64 bits")
            item = t.StaticItem(rust, "i64", lit_int(value), "const")
            return Frozen(type_, Form.OWNED, item, frozenset(), frozenset(), Range(value, value))
        case _ if type_ in (BOOL, FLOAT):
            item = t.StaticItem(rust, "bool" if type_ is BOOL else "f64", maker.const(value, type_), "const")
            return Frozen(type_, Form.OWNED, item, frozenset(), frozenset())
        case _ if type_ is STR:
            item = t.StaticItem(rust, "&str", maker.const(value, type_), "const")
            return Frozen(type_, Form.STATIC, item, frozenset(), frozenset())
        case Instance("re.Pattern"):
            assert isinstance(value, re.Pattern)
            return _pattern(rust, value, type_)
        case _:
            text = maker.const(value, type_)
            spelled = maker.spell(type_)
            if isinstance(type_, EnumOf):
                item = t.StaticItem(rust, spelled, text, "const")
                return Frozen(type_, Form.OWNED, item, frozenset(), frozenset(), enums=frozenset(maker.enums))
            if maker.lazy:
                body = t.Call(t.Path("LazyLock::new"), (t.Closure((), text),))
                item = t.StaticItem(rust, f"LazyLock<{spelled}>", body)
                imports = frozenset({"std::sync::LazyLock"})
                return Frozen(
                    type_, Form.PLACE, item, frozenset(maker.runtime), imports, enums=frozenset(maker.enums)
                )
            item = t.StaticItem(rust, spelled, text)
            return Frozen(
                type_, Form.BORROWED, item, frozenset(maker.runtime), frozenset(), is_array=True,
                enums=frozenset(maker.enums),
            )  # fmt: skip


def _static_name(name: str) -> str:
    *owner, last = name.split(".")
    words = [re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", one).strip("_") for one in owner]
    return rust_name("_".join([*words, last.strip("_")]).upper() or "CONSTANT")


def _fits(value: object, declared: Type) -> bool:
    """Whether the declared type describes the value exactly, so that it may be used for it."""
    match declared, value:
        case (VarTuple(elem), tuple()):
            return all(_fits(item, elem) for item in value)
        case (TupleOf(items), tuple()):
            return len(items) == len(value) and all(_fits(v, i) for v, i in zip(value, items, strict=True))
        case (ListOf(elem), list()):
            return all(_fits(item, elem) for item in value)
        case (DictOf(key, item), dict()) if type(value) is dict:
            return all(_fits(k, key) and _fits(v, item) for k, v in value.items())
        case (SetOf(elem, frozen), set() | frozenset()):
            return frozen == isinstance(value, frozenset) and all(_fits(item, elem) for item in value)
        case (OptionalOf(inner), _):
            return value is None or _fits(value, inner)
        case (CallableOf(), FunctionValue()):
            return True
        case _:
            try:
                return type_of_value(value) == declared
            except Unfreezable:
                return False


def constant_text(value: object, type_: Type) -> str:
    """A value of a type as Rust that may stand in a constant.

    Raises:
        Unfreezable: it has no such form.
    """
    return print_expr(_Maker().const(value, type_))


def static_type(type_: Type) -> str:
    """The Rust type of values that live as long as the program.

    Raises:
        Unfreezable: there is none.
    """
    return _Maker().spell(type_)


def _made_at_run_time(type_: Type) -> bool:
    """Whether values of the type need an allocation, so that none can stand in a static array."""
    match type_:
        case DictOf() | SetOf():
            return True
        case ListOf(elem) | VarTuple(elem) | OptionalOf(elem):
            return _made_at_run_time(elem)
        case TupleOf(items):
            return any(map(_made_at_run_time, items))
        case _:
            return False


def _lent(item: t.Expr, spelled: str) -> t.Expr:
    """`["a", "b"].as_slice()` → `&["a", "b"] as &[&str]`"""
    match item:
        case t.Method(array, "as_slice", ()):
            return t.Cast(t.Ref(array), spelled)
        case _:
            return item


class _Maker:
    """Prints one frozen value; `lazy` once something in it needs an allocation."""

    def __init__(self, functions: Functions | None = None) -> None:
        self.functions = functions
        self.lazy = False
        self.inside_dict = False
        self.runtime: set[str] = set()
        self.enums: set[str] = set()

    def const(self, value: object, type_: Type) -> t.Expr:  # noqa: C901  one case a type
        match type_, value:
            case (OptionalOf(), None):
                return t.Path("None")
            case (OptionalOf(inner), _):
                return t.Call(t.Path("Some"), (self.const(value, inner),))
            case (_, MemberValue(fullname=fullname, name=name)):
                self.enums.add(fullname)
                return t.Path(f"{fullname.rpartition('.')[2]}::{camel(name)}")
            case (CallableOf() as kind, FunctionValue()) if self.functions is not None:
                return self.functions.made(value, kind)
            case (_, bool()):
                return t.Lit("true" if value else "false")
            case (_, int()):
                if not I64_MIN <= value <= I64_MAX:
                    raise Unfreezable("an integer beyond 64 bits")
                return lit_int(value)
            case (_, float()):
                return lit_float(value)
            case (_, str()):
                if any(0xD800 <= ord(c) <= 0xDFFF for c in value):
                    raise Unfreezable("a string with lone surrogates")
                return lit_str(value)
            case (_, bytes()):
                return lit_bytes(value)
            case (Instance(name), decimal.Decimal()) if name == DECIMAL:
                self.lazy = True
                self.runtime.add("decimal")
                return t.Call(t.Path("decimal::literal"), (lit_str(str(value)),))
            case (VarTuple(elem) | ListOf(elem), list() | tuple()):
                if _made_at_run_time(elem):
                    self.lazy = True
                    return t.Macro("vec", tuple(self.const(item, elem) for item in value), "[]")
                array = t.ArrayExpr(tuple(self.const(item, elem) for item in value))
                if "decimal" in self.runtime:
                    raise Unfreezable("a sequence that holds a decimal")
                if self.inside_dict and array.items and isinstance(array.items[0], t.Lit) and elem is INT:
                    array = t.ArrayExpr((t.Lit(f"{array.items[0].text}_i64"), *array.items[1:]))
                if not self.inside_dict:
                    return t.Ref(array)
                if isinstance(elem, (ListOf, VarTuple)):
                    # What a method gives lives as long as the call; what a literal lends is there for ever.
                    spelled = self.spell(elem).replace("'static ", "")
                    array = t.ArrayExpr(tuple(_lent(item, spelled) for item in array.items))
                return t.Method(array, "as_slice")
            case (TupleOf(items), tuple()):
                return t.TupleExpr(tuple(self.const(v, i) for v, i in zip(value, items, strict=True)))
            case (SetOf(elem), set() | frozenset()):
                self.lazy = True
                self.runtime.add("set")
                ordered = sorted(value, key=repr)
                inside = t.ArrayExpr(tuple(self.const(item, elem) for item in ordered))
                return t.Call(t.Path("set::from_items"), (inside,))
            case (DictOf(key, item), dict()):
                self.lazy = self.inside_dict = True
                self.runtime.add("dict")
                pairs = tuple(
                    t.TupleExpr((self.const(k, key), self.const(v, item))) for k, v in value.items()
                )
                return self._dict_of(pairs, key, item)
            case _:
                raise Unfreezable(f"a {type(value).__name__} inside a constant")

    def _dict_of(self, pairs: tuple[t.Expr, ...], key: Type, item: Type) -> t.Expr:
        """`dict::from_pairs([…])`; a closure has a type of its own until it is told to be a `fn(…)`."""
        array = t.ArrayExpr(pairs)
        if not holds_callable(item):
            return t.Call(t.Path("dict::from_pairs"), (array,))
        pair = f"({self.spell(key)}, {self.spell(item)})".replace("'static ", "")
        typed = t.Let("pairs", array, f"[{pair}; {len(pairs)}]")
        made = t.Call(t.Path("dict::from_pairs"), (t.Path("pairs"),))
        return t.BlockExpr(t.Block((typed,), made))

    def spell(self, type_: Type) -> str:
        """The static type: strings are `&'static str`, sequences `&'static [T]`."""
        match type_:
            case _ if type_ is STR:
                return "&'static str"
            case _ if type_ is BYTES:
                return "&'static [u8]"
            case _ if type_ in (INT, NEVER):
                return "i64"
            case EnumOf(name):
                return name.rpartition(".")[2]
            case _ if type_ is FLOAT:
                return "f64"
            case _ if type_ is BOOL:
                return "bool"
            case Instance(name) if name == DECIMAL:
                return "decimal::Decimal"
            case ListOf(elem) | VarTuple(elem):
                inside = self.spell(elem)
                return f"Vec<{inside}>" if _made_at_run_time(elem) else f"&'static [{inside}]"
            case TupleOf(items):
                inside = ", ".join(map(self.spell, items))
                return f"({inside}{',' if len(items) == 1 else ''})"
            case OptionalOf(inner):
                return f"Option<{self.spell(inner)}>"
            case SetOf(elem):
                return f"set::Set<{self.spell(elem)}>"
            case DictOf(key, item):
                return f"dict::Dict<{self.spell(key)}, {self.spell(item)}>"
            case CallableOf() if self.functions is not None:
                return self.functions.spelled(type_)
            case _:
                raise Unfreezable(f"a {type_} constant")


def _pattern(rust: str, value: re.Pattern[str], type_: Type) -> Frozen:
    try:
        translated = analyse(value.pattern, value.flags)
    except UnsupportedPattern as reason:
        raise Unfreezable(f"the regular expression: {reason}") from None
    body = t.Call(t.Path("re::Regex::new"), (raw_string(translated.text),))
    return Frozen(type_, Form.PLACE, t.StaticItem(rust, "re::Regex", body), frozenset({"re"}), frozenset())


def raw_string(text: str) -> t.Lit:
    """A raw string literal, with as many `#` as it needs; an escaped one where the text can't be raw."""
    if any(not c.isprintable() for c in text):
        return lit_str(text)
    hashes = ""
    while f'"{hashes}' in text and (hashes or '"' in text):
        hashes += "#"
    return t.Lit(f'r{hashes}"{text}"{hashes}')


def _changeable(value: object) -> bool:
    """Whether a value can be changed in place, at any depth."""
    if isinstance(value, (list, dict, set)):
        return True
    return isinstance(value, tuple) and any(map(_changeable, value))


def checked_steady(ctx: FunctionContext, node: h.GlobalName) -> tuple[str, str]:
    """The place of a module constant; refuses one that changes, or whose value isn't known."""
    fullname = f"{node.module}.{node.name}"
    if fullname in ctx.project.symbols.rebound:
        raise Refusal("PT205", node.span, f"the global `{node.name}` is rebound at run time")
    key = (node.module, node.name)
    if key in ctx.facts.mutations.globals:
        raise Refusal("PT407", node.span, f"the global `{node.name}` is changed in place")
    if node.name.rpartition(".")[2] in ctx.project.symbols.changed and _changeable(
        ctx.project.constants.get(key)
    ):
        raise Refusal(
            "PT407", node.span, f"the global `{node.name}` may be changed in place by another function"
        )
    if key not in ctx.project.constants:
        raise Refusal(
            "PT407", node.span, f"the value of the global `{node.name}` could not be taken at import"
        )
    return key


def constant_reference(ctx: FunctionContext, node: h.GlobalName) -> Value:
    """A use of a module constant; refuses one that changes, or that has no frozen form."""
    key = checked_steady(ctx, node)
    declared = ctx.project.declared.setdefault(key, node.type if node.type is not ANY else None)
    try:
        frozen = freeze(node.name, ctx.project.constants[key], declared)
    except Unfreezable as reason:
        code = "PT302" if "regular expression" in str(reason) else "PT407"
        raise Refusal(code, node.span, f"the global `{node.name}` can't be frozen: {reason}") from None
    for fullname in frozen.enums:
        if fullname not in ctx.project.symbols.structs:
            raise Refusal("PT407", node.span, f"the global `{node.name}` holds a `{fullname}`")
        ctx.structs.add(fullname)
    ctx.statics.add(key)
    path = frozen.item.name
    if node.module != ctx.function.module:
        path = f"{ctx.module_path(node.module)}::{path}"
    container = frozen.form in (Form.PLACE, Form.BORROWED) and not isinstance(frozen.type, Instance)
    return Value(t.Path(path), frozen.type, frozen.form, frozen.range, frozen=container)
