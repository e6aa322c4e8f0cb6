"""One call that agreed, as the statements of a Rust test."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portalis.compiler.types import BOOL, BYTES, FLOAT, NONE, STR, DictOf, Instance, OptionalOf, SetOf, Type
from portalis.compiler.unit import ExceptionClass, RustFunction
from portalis.emit.crate import raw_identifier
from portalis.emit.markers import parts
from portalis.emit.rust_literals import NoLiteral, argument, expected, owned


@dataclass(frozen=True, slots=True)
class EquivalenceCase:
    """A call that agreed: arguments before and after, the result or the exception's `module:qualname`, the
    printed text.
    """

    key: str
    args: tuple[object, ...]
    after: tuple[object, ...]
    result: object = None
    raised: str | None = None
    message: str = ""
    output: str = ""


def imported_name(function: RustFunction, lib: str, taken: Collection[str]) -> str:
    """How a test calls the function: by its name, to be imported, or by its path where the name is taken."""
    name = function.path.rpartition("::")[2]
    return f"{lib}::{function.path}" if name in taken else name


def statements(
    case: EquivalenceCase, function: RustFunction, name: str, variants: Mapping[str, ExceptionClass]
) -> str:
    """The statements of one case, with the function called `name`.

    Raises:
        NoLiteral: a value has no Rust form, or the case doesn't fit the function; the message is the reason.
    """
    params = function.params
    if len(case.args) != len(params) or len(case.after) != len(params):
        raise NoLiteral("the arguments don't fit the parameters")
    passed: list[str] = []
    lines: list[str] = []
    after: list[str] = []
    for param, value, left in zip(params, case.args, case.after, strict=True):
        if param.mutated:
            local = _local(param.name, name)
            lines.append(f"let mut {local} = {owned(value, param.type)};")
            lent = f"{local}.as_mut()" if isinstance(param.type, OptionalOf) else f"&mut {local}"
            passed.append(lent)
            after.append(_equal(local, left, param.type))
        elif param.type != NONE:
            passed.append(argument(value, param.type))
    call = f"{name}({', '.join(passed)})"
    if function.prints:
        binding = "((), printed)" if function.returns == NONE and not function.raises else "(given, printed)"
        lines.append(f"let {binding} = captured(|| {call});")
        call = "given"
        after.append(f"assert_eq!(printed, {argument(case.output, STR)});")
    lines += _ending(case, function, call, variants)
    return "\n".join(lines + after)


def _local(parameter: str, function: str) -> str:
    """A name for a changed argument that doesn't hide the function or the names of a test."""
    clash = parameter in (function, "given", "printed", "captured", "self", "_")
    return raw_identifier(f"{parameter}_" if clash else parameter.lstrip("_") or "changed")


def _ending(
    case: EquivalenceCase, function: RustFunction, call: str, variants: Mapping[str, ExceptionClass]
) -> list[str]:
    """The call, and the assertion on what it gives."""
    if case.raised is not None:
        if not function.raises:
            raise NoLiteral("an exception from a function that can't raise")
        listed = variants.get(case.raised)
        class_name = listed.qualname if listed is not None else case.raised.rpartition(":")[2]
        message = argument(case.message, STR)
        return [f"assert_raises({call}, {argument(class_name, STR)}, {message});"]
    if function.returns == NONE:
        if call == "given":
            return ["given.unwrap();"] if function.raises else []
        return [f"{call}.unwrap();" if function.raises else f"{call};"]
    given = f"{call}.unwrap()" if function.raises else call
    if function.handed:
        given += ".to_vec()" if function.always_handed else ".into_owned()"
    return [_equal(given, case.result, function.returns)]


def _equal(expression: str, value: object, type_: Type) -> str:
    """An assertion that a Rust expression has a value, exactly."""
    inside = list(parts(type_))
    ordered = any(isinstance(part, DictOf) or part == Instance("typing.Mapping") for part in inside)
    hashed = any(isinstance(part, SetOf) for part in inside)
    if (ordered or FLOAT in inside) and not hashed:
        return f"assert_exact({expression}, {owned(value, type_)});"
    if type_ == BOOL:
        return f"assert!({expression});" if value is True else f"assert!(!{expression});"
    literal = owned(value, type_)
    if hashed or re.search(r"\b(vec!|from_iter\()\[\]", literal):
        if "f64::NAN" in literal:
            raise NoLiteral("a nan beside a set")
        return f"assert_same({expression}, {literal});"
    if type_ in (STR, BYTES):
        return f"assert_eq!({expression}, {argument(value, type_)});"
    if type_ == OptionalOf(STR):
        return f"assert_eq!({expression}.as_deref(), {argument(value, type_)});"
    return f"assert_eq!({expression}, {expected(value, type_)});"
