"""What a pattern asks of a value of a known type, and what it binds.

A `Found` holds the tests that are left to the run, in order, and the captures as expressions over the
subject's place. What the types decide is left out, or makes the pattern impossible.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from portalis.compiler.analysis.decided import is_instance
from portalis.compiler.hir import comparing, special
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.families import selected
from portalis.compiler.hir.instance_tests import of_families
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    STR,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
)  # fmt: skip
from portalis.diagnostics import Span

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder
    from portalis.compiler.hir.structs import StructInfo

_NUMBERS = (INT, FLOAT, BOOL)


@dataclass(frozen=True, slots=True)
class Capture:
    """A name, the part of the subject that it is bound to, and statements that finish the binding."""

    name: str
    declared: Type
    value: h.Expr
    after: tuple[h.Stmt, ...] = ()


@dataclass(slots=True)
class Found:
    """The tests of a pattern and its captures; `never` marks one that no value of the type matches."""

    span: Span
    tests: list[h.Expr] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    never: bool = False

    def add(self, other: Found) -> None:
        """Ask for another pattern, too."""
        self.tests += other.tests
        self.captures += other.captures
        self.never = self.never or other.never

    def test(self, span: Span) -> h.Expr | bool:
        """All tests as one condition; True or False where the types decide."""
        if self.never:
            return False
        if len(self.tests) < 2:
            return self.tests[0] if self.tests else True
        return h.Logical("and", tuple(self.tests), span=span, type=BOOL)


class Matcher:
    """Turns patterns into tests of a place: a variable, or a part of one."""

    def __init__(self, b: FunctionBuilder) -> None:
        self.b = b

    def pattern(self, node: ast.pattern, place: h.Expr) -> Found:
        """What the pattern asks of the place. Refuses with PT204 what has no exact form."""
        found = Found(self.b.span(node))
        match node:
            case ast.MatchAs(pattern=inner, name=name):
                if inner is not None:
                    found.add(self.pattern(inner, place))
                    place = self._narrowed(inner, place)
                if name is not None:
                    found.captures.append(self._capture(name, place))
            case ast.MatchValue(value=value):
                self._value(found, place, self.b.expr(value))
            case ast.MatchSingleton(value=value):
                self._singleton(found, place, value)
            case ast.MatchOr(patterns=patterns):
                self._either(found, [self.pattern(one, place) for one in patterns])
            case ast.MatchSequence(patterns=patterns):
                self._sequence(found, place, patterns)
            case ast.MatchMapping():
                self._mapping(found, place, node)
            case ast.MatchClass():
                self._class(found, place, node)
            case _:
                raise Refusal("PT204", found.span, "this pattern is not translated")
        return found

    def _capture(self, name: str, value: h.Expr) -> Capture:
        scope = self.b.scope.find(name) or self.b.scope
        return Capture(name, self.b.local_type(scope, name), value)

    def _narrowed(self, inner: ast.pattern, place: h.Expr) -> h.Expr:
        """The place as a class pattern in front of `as` has narrowed it."""
        if not isinstance(inner, ast.MatchClass):
            return place
        return self._inside(Found(self.b.span(inner)), place, self._class_name(inner), exact=False)

    # One value ----------------------------------------------------------------------------

    def _value(self, found: Found, place: h.Expr, value: h.Expr) -> None:
        if isinstance(value, h.Literal):
            place = self._of_type(found, place, value.type)
            if found.never:
                return
            if place.type is BOOL and value.type in (INT, FLOAT):
                if value.value not in (0, 1):
                    found.never = True
                    return
                value = h.Literal(bool(value.value), span=value.span, type=BOOL)
        compared = h.Compare(place, ("==",), (value,), span=found.span, type=BOOL)
        found.tests.append(comparing.compare(self.b, compared))

    def _of_type(self, found: Found, place: h.Expr, wanted: Type) -> h.Expr:
        """The place as a value that a literal of that type may equal."""
        match place.type:
            case UnionOf(members):
                fitting = [one for one in members if _may_equal(one, wanted)]
                if not fitting:
                    found.never = True
                    return place
                if len(fitting) > 1:
                    raise Refusal("PT204", found.span, "several types of the subject may equal this literal")
                return self._member(found, place, fitting[0])
            case OptionalOf(inner) if not isinstance(inner, UnionOf):
                found.never = not _may_equal(inner, wanted)
                return place
            case OptionalOf(inner):
                return self._of_type(found, self._present(found, place), wanted)
        found.never = not _may_equal(place.type, wanted)
        return place

    def _present(self, found: Found, place: h.Expr) -> h.Expr:
        """The place of an optional value without its None, which is tested."""
        assert isinstance(place.type, OptionalOf)
        found.tests.append(_is(place, None, found.span, "is not"))
        return replace(place, type=place.type.inner)

    def _told(self, found: Found, place: h.Expr, name: str) -> h.Expr:
        """The place of a value of any type as an instance of a class that the run tells."""
        if not isinstance(place, h.Local) or (name not in _TOLD and name != "builtins.int"):
            raise Refusal("PT204", found.span, f"whether an `Any` is a `{name}` is not told here")
        kind = h.External(name, span=found.span, type=OBJECT)
        test = h.CallExternal("builtins.isinstance", (replace(place), kind), {}, span=found.span, type=BOOL)
        found.tests.append(test)
        # A bool is an int, too, so that the value stays what it is.
        return replace(place, type=_TOLD.get(name, OBJECT))

    def _member(self, found: Found, place: h.Expr, member: Type) -> h.Expr:
        """The place as one member of its union, which is tested."""
        name = _class_of(member)
        if not isinstance(place, h.Local) or name is None:
            raise Refusal("PT204", found.span, f"a part of the type `{place.type}` is not told apart here")
        kind = h.External(name, span=found.span, type=place.type)
        test = h.CallExternal("builtins.isinstance", (replace(place), kind), {}, span=found.span, type=BOOL)
        found.tests.append(test)
        return replace(place, type=member)

    def _singleton(self, found: Found, place: h.Expr, value: bool | None) -> None:
        if value is None:
            if place.type is NONE:
                return
            if isinstance(place.type, OptionalOf) or place.type is OBJECT:
                found.tests.append(_is(place, None, found.span))
            else:
                found.never = True
            return
        if isinstance(place.type, OptionalOf):
            place = self._present(found, place)
        if isinstance(place.type, UnionOf) and BOOL in place.type.members:
            place = self._member(found, place, BOOL)
        if place.type is BOOL:
            negated = h.Unary("not", replace(place), span=found.span, type=BOOL)
            found.tests.append(replace(place) if value else negated)
        elif place.type is OBJECT:
            raise Refusal("PT204", found.span, f"`case {value}` of an `Any` is not translated")
        else:
            found.never = True

    def _either(self, found: Found, parts: list[Found]) -> None:
        if any(one.captures for one in parts):
            raise Refusal("PT204", found.span, "alternatives inside a pattern that bind names")
        tests = [one.test(one.span) for one in parts]
        if any(test is True for test in tests):
            return
        left = tuple(test for test in tests if isinstance(test, h.Expr))
        if not left:
            found.never = True
        elif len(left) == 1:
            found.tests.append(left[0])
        else:
            found.tests.append(h.Logical("or", left, span=found.span, type=BOOL))

    # Sequences and mappings ---------------------------------------------------------------

    def _sequence(self, found: Found, place: h.Expr, patterns: list[ast.pattern]) -> None:
        star = next((at for at, one in enumerate(patterns) if isinstance(one, ast.MatchStar)), None)
        if isinstance(place.type, OptionalOf):
            place = self._present(found, place)
        if isinstance(place.type, UnionOf):
            fitting = [one for one in place.type.members if isinstance(one, (ListOf, VarTuple, TupleOf))]
            if len(fitting) != 1:
                found.never = found.never or not fitting
                if fitting:
                    raise Refusal("PT204", found.span, "several types of the subject are sequences")
                return
            place = self._member(found, place, fitting[0])
        match place.type:
            case TupleOf(kinds):
                self._fields(found, place, kinds, patterns, star)
            case ListOf(elem) | VarTuple(elem):
                self._elements(found, place, elem, patterns, star)
            case Prim() | DictOf() | SetOf() if place.type is not OBJECT:
                found.never = True
            case _:
                raise Refusal(
                    "PT204", found.span, f"a sequence pattern for a `{place.type}` is not translated"
                )

    def _fields(
        self,
        found: Found,
        place: h.Expr,
        kinds: tuple[Type, ...],
        patterns: list[ast.pattern],
        star: int | None,
    ) -> None:
        """A tuple has the length of its type."""
        extra = len(kinds) - len(patterns)
        if extra != 0 if star is None else extra < -1:
            found.never = True
            return
        parts = [_field(place, at, kind, found.span) for at, kind in enumerate(kinds)]
        if star is not None:
            middle = parts[star : star + extra + 1]
            type_ = ListOf(middle[0].type) if middle else ListOf(Prim.NEVER)
            parts[star : star + extra + 1] = [h.ListDisplay(tuple(middle), span=found.span, type=type_)]
        self._parts(found, patterns, parts)

    def _elements(
        self, found: Found, place: h.Expr, elem: Type, patterns: list[ast.pattern], star: int | None
    ) -> None:
        """A list has a length to be tested; what the test allows is there to be looked at."""
        span, count = found.span, len(patterns)
        length = h.CallExternal("builtins.len", (replace(place),), {}, span=span, type=INT)
        least: h.Expr = h.Literal(count if star is None else count - 1, span=span, type=INT)
        if star is None or count > 1:
            op = "==" if star is None else ">="
            if star is not None and count == 2:
                op, least = ">", h.Literal(0, span=span, type=INT)
            found.tests.append(h.Compare(length, (op,), (least,), span=span, type=BOOL))
        parts: list[h.Expr] = []
        for at in range(count):
            if at == star:
                lower = h.Literal(at, span=span, type=INT) if at else None
                behind = count - at - 1
                upper = h.Literal(-behind, span=span, type=INT) if behind else None
                cut = h.Slice(replace(place), lower, upper, None, span=span, type=place.type)
                whole = h.CallExternal("builtins.list", (cut,), {}, span=span, type=ListOf(elem))
                parts.append(cut if isinstance(place.type, ListOf) else whole)
                continue
            index = at if star is None or at < star else at - count
            place_of = h.Literal(index, span=span, type=INT)
            parts.append(h.Subscript(replace(place), place_of, sure=True, span=span, type=elem))
        self._parts(found, patterns, parts)

    def _parts(self, found: Found, patterns: list[ast.pattern], parts: list[h.Expr]) -> None:
        for one, part in zip(patterns, parts, strict=True):
            if isinstance(one, ast.MatchStar):
                if one.name is not None:
                    found.captures.append(self._capture(one.name, part))
            else:
                found.add(self.pattern(one, part))

    def _mapping(self, found: Found, place: h.Expr, node: ast.MatchMapping) -> None:
        if isinstance(place.type, OptionalOf):
            place = self._present(found, place)
        if not isinstance(place.type, DictOf):
            if place.type is OBJECT or isinstance(place.type, (UnionOf, Instance)):
                raise Refusal(
                    "PT204", found.span, f"a mapping pattern for a `{place.type}` is not translated"
                )
            found.never = True
            return
        keys = [self.b.expr(key) for key in node.keys]
        for key, one in zip(keys, node.patterns, strict=True):
            if not _may_equal(place.type.key, key.type):
                found.never = True
                return
            found.tests.append(h.Compare(key, ("in",), (replace(place),), span=found.span, type=BOOL))
            value = h.Subscript(
                replace(place), replace(key), sure=True, span=found.span, type=place.type.value
            )
            found.add(self.pattern(one, value))
        if node.rest is not None:
            found.captures.append(self._rest(node.rest, place, keys, found.span))

    def _rest(self, name: str, place: h.Expr, keys: list[h.Expr], span: Span) -> Capture:
        whole = h.CallExternal("builtins.dict", (replace(place),), {}, span=span, type=place.type)
        capture = self._capture(name, whole)
        left = h.Local(name, capture.declared, span=span, type=place.type)
        gone = tuple(
            h.Delete(h.Subscript(replace(left), replace(key), span=span, type=key.type), span=span)
            for key in keys
        )
        return replace(capture, after=gone)

    # Classes ------------------------------------------------------------------------------

    def _class_name(self, node: ast.MatchClass) -> str:
        built = self.b.expr(node.cls)
        if isinstance(built, h.External):
            return built.fullname
        raise Refusal("PT204", self.b.span(node), "the class of a pattern is not known")

    def _class(self, found: Found, place: h.Expr, node: ast.MatchClass) -> None:
        name = self._class_name(node)
        place = self._inside(found, place, name)
        if found.never:
            return
        info = special.struct_of(self.b, place.type)
        if info is None:
            if node.kwd_patterns or len(node.patterns) > 1:
                raise Refusal("PT204", found.span, f"attributes of a `{place.type}` in a pattern")
            for one in node.patterns:
                found.add(self.pattern(one, place))
            return
        names = info.match_args()
        if len(node.patterns) > len(names):
            raise Refusal("PT204", found.span, f"`{info.qualname}` has not so many positional attributes")
        named = [
            *zip(names, node.patterns, strict=False),
            *zip(node.kwd_attrs, node.kwd_patterns, strict=True),
        ]
        for attribute, one in named:
            held = info.field(attribute)
            if held is None:
                raise Refusal("PT204", found.span, f"`{attribute}` is no attribute of `{info.qualname}`")
            part = h.Attribute(replace(place), attribute, span=found.span, type=held.type)
            found.add(self.pattern(one, part))

    def _inside(self, found: Found, place: h.Expr, name: str, *, exact: bool = True) -> h.Expr:
        """The place as an instance of the class; the tests that this takes are added."""
        if isinstance(place.type, OptionalOf):
            place = self._present(found, place)
        if isinstance(place.type, UnionOf):
            fitting = [one for one in place.type.members if is_instance(one, frozenset({name}))]
            if len(fitting) == 1:
                return self._member(found, place, fitting[0])
            if fitting and exact:
                raise Refusal("PT204", found.span, f"several types of the subject are a `{name}`")
            found.never = not fitting
            return place
        if place.type is OBJECT:
            return self._told(found, place, name)
        family = special.struct_of(self.b, place.type)
        if family is not None and family.members:
            return self._of_family(found, place, family, name)
        known = is_instance(place.type, frozenset({name}))
        if known is None:
            if not isinstance(place.type, Instance) or special.struct_of(self.b, place.type) is None:
                raise Refusal("PT204", found.span, f"whether a `{place.type}` is a `{name}` is not known")
            if name in self.b.symbols.structs:
                raise Refusal("PT204", found.span, f"whether a `{place.type}` is a `{name}` is not known")
            known = False
        found.never = not known
        return place

    def _of_family(self, found: Found, place: h.Expr, family: StructInfo, name: str) -> h.Expr:
        """The place of an instance of a base class as one of a class further down, which is tested."""
        kind = h.External(name, span=found.span, type=place.type)
        wanted = of_families(self.b, kind)
        names = wanted.items if isinstance(wanted, h.TupleDisplay) else (wanted,)
        asked = {one.fullname for one in names if isinstance(one, h.External)}
        classes = selected(self.b.symbols, family, asked)
        if classes is None:
            raise Refusal("PT204", found.span, f"whether a `{place.type}` is a `{name}` is not known")
        if not classes or classes == {*family.members}:
            found.never = not classes
            return place
        structs = self.b.symbols.structs
        fitting = (one for one in structs.values() if {*(one.members or (one.fullname,))} == classes)
        narrower = next(fitting, None)
        if not isinstance(place, h.Local) or narrower is None:
            raise Refusal("PT204", found.span, f"a part of the type `{place.type}` is not told apart here")
        test = h.CallExternal("builtins.isinstance", (replace(place), wanted), {}, span=found.span, type=BOOL)
        found.tests.append(test)
        return replace(place, type=narrower.type)


_TOLD: dict[str, Type] = {
    "builtins.str": STR, "builtins.float": FLOAT, "builtins.bool": BOOL, "builtins.bytes": BYTES,
}  # fmt: skip


def _may_equal(type_: Type, wanted: Type) -> bool:
    """Whether a value of a type can equal a literal of another: numbers can, whatever their type."""
    if type_ is OBJECT or isinstance(type_, Instance):
        return True
    return type_ is wanted or (type_ in _NUMBERS and wanted in _NUMBERS)


def _class_of(type_: Type) -> str | None:
    match type_:
        case Instance(name=name):
            return name
        case _:
            from portalis.compiler.analysis.decided import exact_class

            return exact_class(type_)


def _is(place: h.Expr, value: bool | None, span: Span, op: str = "is") -> h.Expr:
    literal = h.Literal(value, span=span, type=NONE if value is None else BOOL)
    return h.Compare(replace(place), (op,), (literal,), span=span, type=BOOL)


def _field(place: h.Expr, at: int, kind: Type, span: Span) -> h.Expr:
    if isinstance(place, h.TupleDisplay):
        return place.items[at]
    return h.Subscript(replace(place), h.Literal(at, span=span, type=INT), span=span, type=kind)
