"""The adapter of a candidate: a module below it, through which the binding calls it with Portalis's types.

fn f(xs: &[u32]) -> Result<u32, String>
→   pub fn call(c0: &Vec<i64>) -> Result<i64, crate::error::Error>
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from portalis.compiler.types import (
    BYTES,
    NONE,
    STR,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    Type,
    VarTuple,
    is_copy,
)
from portalis.compiler.unit import Param
from portalis.diagnostics import Diagnostic, Span
from portalis.validation.foreign.errors import OWN_ERROR, ErrorPolicy, ErrorReading, read_error
from portalis.validation.foreign.matching import (
    CannotMatch,
    Matcher,
    NoCrossing,
    canonical,
    has_reference,
    owned,
    substituted,
)
from portalis.validation.foreign.python_side import PythonItem
from portalis.validation.rust_syntax import (
    UNIT,
    ArrayType,
    ImplType,
    OtherType,
    PathType,
    RefType,
    RustFunction,
    RustSource,
    RustType,
    SliceType,
    TupleType,
)

MODULE = "__portalis_adapter"
SIGNATURE = "PT744"
UNTESTABLE = "PT745"


@dataclass(frozen=True, slots=True)
class Adapter:
    """The adapter's Rust, and how the binding sees it: parameters, result, the parameter it gives back."""

    text: str
    params: tuple[Param, ...]
    returns: Type
    gives_back: int | None
    notes: tuple[str, ...]
    portalis_error: bool


_MODULE = Template("""
pub mod $module {
use super::*;
use crate::adapt::{ByDisplay as _, ByNothing as _};
use ::std::{option::Option::{self, None, Some}, result::Result::{self, Err, Ok}, string::String};

pub fn call($parameters) -> Result<$result, crate::error::Error> {
$taken
let ended = crate::adapt::run(|| $call);
let answer = match ended {
Err(panicked) => Err(panicked),
$good => Ok(crate::adapt::give($value)),
$failed
};
$back
answer
}
}
""")
_FAILED = Template("""Ok(Err(error)) => {
let error = &error;
let (class, message): (Option<&str>, Option<String>) = $reading;
Err(crate::adapt::failure("error", class, message))
}""")


class Unfit(Exception):
    """The candidate can't be called as the Python is; `diagnostics` say where and why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


def make_adapter(
    item: PythonItem, source: RustSource, function: RustFunction, errors: ErrorPolicy
) -> Adapter:
    """The adapter that lets a candidate answer for a Python function.

    Raises:
        Unfit: its signature differs from the Python's, or says something that can't be tested.
    """
    return _Maker(item, source, function, errors).make()


class _Maker:
    """The state of making one adapter."""

    def __init__(
        self, item: PythonItem, source: RustSource, function: RustFunction, errors: ErrorPolicy
    ) -> None:
        self.item = item
        self.source = source
        self.function = function
        self.errors = errors
        self.matcher = Matcher(source.aliases, dict.fromkeys(function.generics))
        self.problems: list[Diagnostic] = []
        defined = {*source.enums, *source.structs, *source.aliases, *source.imports}
        self.portalis_error = OWN_ERROR not in defined and "*" not in source.imports
        self.lines: list[str] = []

    def make(self) -> Adapter:
        self._refuse_forms()
        params = self.function.params
        if len(params) != len(self.item.params):
            wanted = ", ".join(f"{param.name}: {param.type}" for param in self.item.params)
            self._problem(
                SIGNATURE, self.function.span,
                f"`{self.function.name}` takes {len(params)} parameters, "
                f"the python takes {len(self.item.params)} ({wanted})",
            )  # fmt: skip
            raise Unfit(tuple(self.problems))
        mutated = [self._match_param(at) for at in range(len(params))]
        own_params = tuple(
            Param(param.name, _as_sequence(param.type), param.kind, param.has_default, changes)
            for param, changes in zip(self.item.params, mutated, strict=True)
        )
        value, error = self._result_parts()
        gives_back = self._gives_back(own_params, value)
        returns = NONE if gives_back is not None else self.item.returns
        self._match_result(returns, value)
        reading = self._read_error(error)
        if self.problems:
            raise Unfit(tuple(self.problems))
        text = self._text(own_params, returns, value, reading)
        notes = tuple(dict.fromkeys(self.matcher.notes))
        return Adapter(
            text, own_params, self.item.returns, gives_back, notes,
            self.portalis_error and reading is not None and "class_name()" in reading.rust,
        )  # fmt: skip

    def _problem(self, code: str, span: Span, message: str, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, message, span, "error", hint))

    def _refuse_forms(self) -> None:
        odd = sorted(self.function.modifiers & {"async", "unsafe", "extern"})
        if odd or self.function.const_generics:
            what = f"an `{odd[0]}` function" if odd else "a function with a const parameter"
            self._problem(UNTESTABLE, self.function.span, f"{what} can't be called as the python is")
            raise Unfit(tuple(self.problems))

    # What the types mean ----------------------------------------------------------------------

    def _match_param(self, at: int) -> bool:
        """Check one parameter; whether the candidate may change the argument."""
        own, wanted = self.function.params[at], self.item.params[at]
        try:
            plain = self.matcher.plain(own.type)
            canonical(wanted.type)
            self.matcher.match(wanted.type, own.type)
        except CannotMatch as error:
            self._problem(
                SIGNATURE, own.span, f"parameter `{wanted.name}`: {error}",
                f"the python takes `{wanted.name}: {wanted.type}`",
            )  # fmt: skip
            return False
        except NoCrossing as error:
            self._problem(UNTESTABLE, own.span, f"parameter `{wanted.name}`: {error}")
            return False
        if not (isinstance(plain, RefType) and plain.mutable):
            return False
        if has_reference(plain.inner):
            self._problem(UNTESTABLE, own.span, f"`{own.type}` is changed and borrows")
        return True

    def _result_parts(self) -> tuple[RustType, RustType | None]:
        """The type of a normal result, and of an error where there can be one."""
        try:
            plain = self.matcher.plain(self.function.returns)
        except CannotMatch as error:
            self._problem(SIGNATURE, self.function.returns_span, str(error))
            return UNIT, None
        match plain:
            case PathType("Result", _, (value, failure)):
                return value, failure
            case PathType("Result", _, _):
                self._problem(
                    UNTESTABLE, self.function.returns_span, f"`{plain}` doesn't say what its errors are",
                    "write `Result<T, E>` or an alias of the text's own",
                )  # fmt: skip
        return plain, None

    def _gives_back(self, params: tuple[Param, ...], value: RustType) -> int | None:
        """The changed parameter that the Python returns, where the candidate returns nothing."""
        if value != UNIT or self.item.returns == NONE:
            return None
        fitting = [at for at, one in enumerate(params) if one.mutated and one.type == self.item.returns]
        return fitting[0] if len(fitting) == 1 else None

    def _match_result(self, wanted: Type, value: RustType) -> None:
        if isinstance(value, OtherType) and value.text == "!":
            return
        try:
            canonical(wanted)
            self.matcher.match(wanted, value, result=True)
        except CannotMatch as error:
            self._problem(
                SIGNATURE,
                self.function.returns_span,
                f"the result: {error}",
                f"the python returns `{wanted}`",
            )
        except NoCrossing as error:
            self._problem(UNTESTABLE, self.function.returns_span, f"the result: {error}")

    def _read_error(self, error: RustType | None) -> ErrorReading | None:
        if error is None:
            return None
        try:
            plain = self.matcher.plain(error)
        except CannotMatch as circle:
            self._problem(SIGNATURE, self.function.returns_span, str(circle))
            return None
        reading = read_error(plain, self.source, self.item.exceptions, portalis_error=self.portalis_error)
        if self.errors == "exact" and not reading.classes:
            self._problem(
                SIGNATURE, self.function.returns_span,
                f"errors of type `{error}` don't say which exception they are",
                "return an enum with a variant for each exception class, such as `ValueError(String)`",
            )  # fmt: skip
        elif self.errors == "stated" and not reading.classes:
            self.matcher.notes.append(
                f"errors of type `{error}` don't say which exception they are: classes were not compared"
            )
        elif reading.unstated and self.errors != "raised":
            listed = ", ".join(reading.unstated)
            self.matcher.notes.append(f"no exception of the python is named like {listed}")
        return reading

    # The Rust -----------------------------------------------------------------------------------

    def _text(
        self, params: tuple[Param, ...], returns: Type, value: RustType, reading: ErrorReading | None
    ) -> str:
        passed = [self._lend(at, param) for at, param in enumerate(params)]
        collects = isinstance(value, ImplType)
        return_value = "value.collect::<::std::vec::Vec<_>>()" if collects else "value"
        failed = "" if reading is None else _FAILED.substitute(reading=reading.rust)
        return _MODULE.substitute(
            module=MODULE,
            parameters=", ".join(f"c{at}: {_parameter(param)}" for at, param in enumerate(params)),
            result=canonical(returns),
            taken="\n".join(self.lines),
            call=f"super::{self.function.name}({', '.join(passed)})",
            good="Ok(value)" if reading is None else "Ok(Ok(value))",
            value=return_value,
            failed=failed,
            back="\n".join(
                f"*c{at} = crate::adapt::give(a{at});" for at, param in enumerate(params) if param.mutated
            ),
        )

    def _lend(self, at: int, param: Param) -> str:
        """Take one argument over into what the candidate's type owns; the expression that passes it."""
        rust = self._concrete(self.function.params[at].type)
        holder = self._holder(rust, param.type)
        keep = "let mut" if param.mutated else "let"
        source = f"crate::adapt::take({_by_reference(param, f'c{at}')})"
        if isinstance(param.type, OptionalOf) and not is_copy(param.type) and not param.mutated:
            source = f"crate::adapt::take_optional(c{at})"
        self.lines.append(f"{keep} a{at}: {holder} = {source};")
        return self._pass(at, rust)

    def _concrete(self, rust: RustType) -> RustType:
        """A type with aliases written out and type parameters replaced by what they stand for."""
        known = {
            name: OtherType(canonical(type_))
            for name, type_ in self.matcher.generics.items()
            if type_ is not None
        }
        return _spelled_out(substituted(self.matcher.plain(rust), known), self.matcher)

    def _holder(self, rust: RustType, python: Type) -> str:
        """The type of the variable that owns the argument."""
        match rust:
            case ImplType("IntoIterator" | "Iterator" | "DoubleEndedIterator" | "ExactSizeIterator", item, _):
                return f"::std::vec::Vec<{owned(item) if item is not None else canonical(python)}>"
            case ImplType():
                return canonical(python)
            case _:
                return str(owned(rust))

    def _pass(self, at: int, rust: RustType) -> str:
        name = f"a{at}"
        match rust:
            case RefType(SliceType(), True):
                return f"&mut {name}[..]"
            case RefType(_, True):
                return f"&mut {name}"
            case RefType(inner) if isinstance(inner, PathType) and inner.name == "str":
                return f"{name}.as_str()"
            case RefType(SliceType(elem)) if not has_reference(elem):
                return f"&{name}[..]"
            case RefType(inner) if not has_reference(inner):
                return f"&{name}"
            case RefType(inner):
                spelled = f"::std::vec::Vec<{inner.elem}>" if isinstance(inner, SliceType) else str(inner)
                self.lines.append(f"let v{at}: {spelled} = {_view(inner, f'(&{name})')};")
                return f"&v{at}[..]" if isinstance(inner, SliceType) else f"&v{at}"
            case ImplType(trait, RefType(item)) if "Iterator" in trait:
                by = ".map(|item| item.as_str())" if str(item) == "str" else ""
                return f"{name}.iter(){by}"
            case ImplType(trait) if "Iterator" in trait:
                return f"{name}.into_iter()"
            case _ if has_reference(rust):
                return _view(rust, f"(&{name})")
            case _:
                return name


def _view(rust: RustType, place: str) -> str:
    """A value of a type that borrows, made of a reference to the value that owns."""
    match rust:
        case RefType(PathType("str")):
            return f"{place}.as_str()"
        case RefType(SliceType(elem)) if not has_reference(elem):
            return f"{place}.as_slice()"
        case RefType(inner) if not has_reference(inner):
            return place
        case _ if not has_reference(rust):
            return f"::std::clone::Clone::clone({place})"
        case PathType("Option", _, (inner,)):
            return f"{place}.as_ref().map(|inner| {_view(inner, 'inner')})"
        case TupleType(items):
            parts = "".join(f"{_view(item, f'(&{place}.{at})')}, " for at, item in enumerate(items))
            return f"({parts})"
        case PathType(_, _, (key, value, *_)):
            return (
                f"{place}.iter().map(|(key, value)| ({_view(key, 'key')}, {_view(value, 'value')})).collect()"
            )
        case PathType(_, _, (elem,)) | SliceType(elem):
            return f"{place}.iter().map(|item| {_view(elem, 'item')}).collect()"
        case _:
            raise CannotMatch(f"`{rust}` can't be lent")


def _spelled_out(rust: RustType, matcher: Matcher) -> RustType:
    """A type whose parts have their aliases written out too."""
    rust = matcher.plain(rust)
    match rust:
        case PathType(name, path, args):
            return PathType(name, path, tuple(_spelled_out(arg, matcher) for arg in args))
        case RefType(inner, mutable):
            return RefType(_spelled_out(inner, matcher), mutable)
        case SliceType(elem):
            return SliceType(_spelled_out(elem, matcher))
        case ArrayType(elem, length):
            return ArrayType(_spelled_out(elem, matcher), length)
        case TupleType(items):
            return TupleType(tuple(_spelled_out(item, matcher) for item in items))
        case _:
            return rust


def _parameter(param: Param) -> str:
    """The type in which the binding passes an argument (see `emit.markers.lend`)."""
    spelled = canonical(param.type)
    if param.mutated:
        return f"&mut {spelled}"
    match param.type:
        case _ if param.type == STR:
            return "&str"
        case _ if param.type == BYTES:
            return "&[u8]"
        case _ if is_copy(param.type):
            return spelled
        case OptionalOf(inner) if inner == STR:
            return "::std::option::Option<&str>"
        case OptionalOf(inner) if inner == BYTES:
            return "::std::option::Option<&[u8]>"
        case OptionalOf(ListOf(elem) | VarTuple(elem) | Instance("typing.Sequence", (elem,))):
            return f"::std::option::Option<&[{canonical(elem)}]>"
        case OptionalOf(inner):
            return f"::std::option::Option<&{canonical(inner)}>"
        case _:
            return f"&{spelled}"


def _by_reference(param: Param, name: str) -> str:
    if param.mutated:
        return f"&*{name}"
    return f"&{name}" if is_copy(param.type) else name


def _as_sequence(type_: Type) -> Type:
    """What can only be iterated crosses as a sequence, so that it can be lent more than once."""
    return Instance("typing.Sequence", (type_.elem,)) if isinstance(type_, IterOf) else type_
