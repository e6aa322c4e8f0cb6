"""`tests/equivalence.rs`: calls on which the Rust agreed with Python, kept as the crate's own tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portalis.compiler.types import NONE, DictOf, Instance, Prim, SetOf, Type
from portalis.compiler.unit import CompiledProject, ExceptionClass, RustFunction
from portalis.emit.crate import package_name
from portalis.emit.markers import parts
from portalis.emit.rust_literals import NoLiteral, argument, owned
from portalis.mapping.python_to_rust import UnmappedType, rust_type

MAX_PER_FUNCTION = 12
MAX_TEXT = 1500
"""Characters of one call; a longer one makes no readable test."""


@dataclass(frozen=True, slots=True)
class EquivalenceCase:
    """A call that agreed: arguments before and after, the result or the exception's `module:qualname`."""

    key: str
    args: tuple[object, ...]
    after: tuple[object, ...]
    result: object = None
    raised: str | None = None
    message: str = ""


def equivalence_tests(compiled: CompiledProject, cases: Sequence[EquivalenceCase]) -> str:
    """The text of `tests/equivalence.rs`, before rustfmt; "" when no case can be written in Rust."""
    functions = {item.key: item.rust for item in compiled.items if item.rust is not None}
    variants = {f"{one.module}:{one.qualname}": one for one in compiled.exceptions}
    lib = package_name(compiled.name).replace("-", "_")
    grouped: dict[str, list[str]] = {}
    shows = dicts = sets = False
    for case in cases:
        function = functions.get(case.key)
        written = grouped.setdefault(case.key, [])
        if function is None or len(written) >= MAX_PER_FUNCTION:
            continue
        try:
            text = _case(case, function, lib, variants)
        except (NoLiteral, UnmappedType):
            continue
        if len(text) <= MAX_TEXT and text not in written:
            written.append(text)
            shows = shows or "shown(" in text
            dicts = dicts or "Dict<" in text
            sets = sets or "Set<" in text
    written_of = {key: texts for key, texts in grouped.items() if texts}
    names = _names([functions[key].path for key in written_of])
    tests = [_test(name, texts) for name, texts in zip(names, written_of.values(), strict=True)]
    if not tests:
        return ""
    uses = [f"use {lib}::runtime::dict::Dict;"] if dicts else []
    uses += [f"use {lib}::runtime::set::Set;"] if sets else []
    return (
        "\n\n".join(part for part in (_HEADER, "\n".join(uses), _SHOWN if shows else "", *tests) if part)
        + "\n"
    )


_HEADER = """\
//! Calls on which this crate agreed with the Python it was translated from.

// Values stand as Python gave them.
#![allow(clippy::approx_constant, clippy::excessive_precision)]
#![allow(clippy::bool_assert_comparison, clippy::useless_vec)]"""

_SHOWN = """\
/// Tells -0.0 from 0.0 and the order of a map, and finds nan equal to nan.
fn shown(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}"""


def _names(paths: Sequence[str]) -> list[str]:
    """A test's name for each function, in snake case and each once.

    >>> _names(["luhn::_sum", "luhn::sum"])
    ['luhn_sum', 'luhn_sum_2']
    """
    names: list[str] = []
    for path in paths:
        stem = re.sub(r"[\W_]+", "_", path.replace("r#", "")).strip("_").lower()
        name, count = stem, 2
        while name in names:
            name, count = f"{stem}_{count}", count + 1
        names.append(name)
    return names


def _test(name: str, texts: Sequence[str]) -> str:
    body = "\n".join(texts)
    return f"#[test]\nfn {name}() {{\n{body}\n}}"


def _case(
    case: EquivalenceCase, function: RustFunction, lib: str, variants: dict[str, ExceptionClass]
) -> str:
    """The statements of one case.

    Raises:
        NoLiteral, UnmappedType: a value has no Rust form.
    """
    if len(case.args) != len(function.params) or len(case.after) != len(function.params):
        raise NoLiteral("arguments don't fit the parameters")
    passed: list[str] = []
    before: list[str] = []
    after: list[str] = []
    for at, (param, value, left) in enumerate(zip(function.params, case.args, case.after, strict=True)):
        if param.mutated:
            spelled = rust_type(param.type)
            before.append(f"let mut a{at}: {spelled} = {owned(value, param.type)};")
            passed.append(f"&mut a{at}")
            after.append(_equal(f"a{at}", left, param.type))
        else:
            passed.append(argument(value, param.type))
    call = f"{lib}::{function.path}({', '.join(passed)})"
    if case.raised is not None:
        lines = [*before, *_raises(case, function, call, variants), *after]
    elif function.returns == NONE:
        lines = [*before, f"{call}.unwrap();" if function.raises else f"{call};", *after]
    else:
        lines = [
            *before,
            _equal(f"{call}.unwrap()" if function.raises else call, case.result, function.returns),
        ]
        lines += after
    text = "\n".join(lines)
    return f"{{\n{text}\n}}" if before else text


def _raises(
    case: EquivalenceCase, function: RustFunction, call: str, variants: dict[str, ExceptionClass]
) -> list[str]:
    if not function.raises or case.raised is None:
        raise NoLiteral("an exception from a function that can't raise")
    listed = variants.get(case.raised)
    name = listed.qualname if listed is not None else case.raised.rpartition(":")[2]
    message = argument(case.message, Prim.STR)
    binding = f"let error = {call}.unwrap_err();"
    check = f'assert_eq!((error.class_name(), error.message()), ("{name}", {message}));'
    return [binding, check]


def _equal(expression: str, expected: object, type_: Type) -> str:
    """An assertion that a Rust expression has a value, exactly."""
    literal = owned(expected, type_)
    inside = list(parts(type_))
    hashed = any(isinstance(part, SetOf) for part in inside)
    mapped = any(isinstance(part, DictOf) or part == Instance("typing.Mapping") for part in inside)
    shows = (mapped or Prim.FLOAT in inside) and not hashed
    if mapped or hashed or "vec![]" in literal:
        compare = "assert_eq!(shown(&found), shown(&expected));" if shows else "assert_eq!(found, expected);"
        spelled = rust_type(type_)
        lets = f"let found: {spelled} = {expression};\nlet expected: {spelled} = {literal};"
        return f"{{\n{lets}\n{compare}\n}}"
    if shows:
        return f"assert_eq!(shown(&{expression}), shown(&{literal}));"
    if type_ == Prim.STR:
        return f"assert_eq!({expression}, {argument(expected, type_)});"
    return f"assert_eq!({expression}, {literal});"
