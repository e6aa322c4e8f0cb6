"""`tests/equivalence.rs`: calls on which the Rust agreed with Python, kept as the crate's own tests.

`luhn.checksum("7894") == 6` becomes

    #[test]
    fn luhn_checksum() {
        use kit::luhn::checksum;
        assert_eq!(checksum("7894"), 6);
    }
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from portalis.compiler.unit import CompiledProject, ExceptionClass, RustFunction
from portalis.emit.crate import package_name
from portalis.emit.rust_case import EquivalenceCase, imported_name, statements
from portalis.emit.rust_items import mask
from portalis.emit.rust_literals import NoLiteral

__all__ = ["EquivalenceCase", "EquivalenceTests", "equivalence_tests"]

MAX_PER_FUNCTION = 12
MAX_TEXT = 1500
"""Characters of one call; a longer one makes no readable test."""
_SAME_ANSWER = 3


@dataclass(frozen=True, slots=True)
class EquivalenceTests:
    """The tests of a crate.

    Attributes:
        text: the file before rustfmt; "" when no case can be written in Rust.
        written: how many cases it holds.
        left_out: how many it doesn't, by reason.
        roots: runtime items that the tests call, for `write_core`.
    """

    text: str = ""
    written: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    roots: tuple[str, ...] = ()


def equivalence_tests(compiled: CompiledProject, cases: Sequence[EquivalenceCase]) -> EquivalenceTests:
    """A test for each function with cases, its cases in the order given."""
    functions = {item.key: item.rust for item in compiled.items if item.rust is not None}
    variants = {f"{one.module}:{one.qualname}": one for one in compiled.exceptions}
    lib = package_name(compiled.name).replace("-", "_")
    grouped: dict[str, list[EquivalenceCase]] = {}
    for case in cases:
        grouped.setdefault(case.key, []).append(case)
    left_out: Counter[str] = Counter()
    texts: dict[str, list[str]] = {}
    for key, own in grouped.items():
        function = functions.get(key)
        if function is None:
            left_out["the function has no Rust"] += len(own)
        elif function.sources:
            left_out["the result depends on the time"] += len(own)
        elif written := _cases(own, function, lib, variants, left_out):
            texts[key] = written
    if not texts:
        return EquivalenceTests(left_out=dict(left_out))
    names = _names([functions[key].path for key in texts])
    tests = [
        _test(name, functions[key], lib, written)
        for name, (key, written) in zip(names, texts.items(), strict=True)
    ]
    count = sum(map(len, texts.values()))
    code = "\n".join(map(mask, tests))
    helpers = [name for name in _HELPERS if re.search(rf"(?<![\w:]){name}\(", code)]
    parts = [_HEADER, _uses(lib, helpers, code), *(_HELPERS[name] for name in helpers), *tests]
    roots = _CAPTURE if "captured" in helpers else ()
    return EquivalenceTests("\n\n".join(filter(None, parts)) + "\n", count, dict(left_out), roots)


_HEADER = """\
//! Calls on which this crate agreed with the Python it was translated from.

// Values stand as Python gave them.
#![allow(clippy::approx_constant, clippy::excessive_precision, clippy::inconsistent_digit_grouping)]
#![allow(clippy::useless_vec, clippy::unreadable_literal)]"""

_CAPTURE = ("out::begin_capture", "out::take_capture")

_HELPERS = {
    "assert_same": """\
/// Both are equal; their types are the same, so that an empty list needs none written down.
#[track_caller]
fn assert_same<T: PartialEq + Debug>(found: T, expected: T) {
    assert_eq!(found, expected);
}""",
    "assert_exact": """\
/// Both are the same to the bit: -0.0 is not 0.0, nan is nan, and maps have one order.
#[track_caller]
fn assert_exact<T: Debug>(found: T, expected: T) {
    assert_eq!(format!("{found:?}"), format!("{expected:?}"));
}""",
    "assert_raises": """\
/// The call failed as Python's exception of that class, with that message.
#[track_caller]
fn assert_raises<T: Debug>(result: Result<T, Error>, class: &str, message: &str) {
    let error = result.unwrap_err();
    assert_eq!((error.class_name(), error.message()), (class, message));
}""",
    "captured": """\
/// What a call gives, and what it prints.
fn captured<T>(call: impl FnOnce() -> T) -> (T, String) {
    begin_capture();
    let given = call();
    (given, take_capture())
}""",
    "date": """\
fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}""",
    "time": """\
fn time(hour: u32, minute: u32, second: u32, microsecond: u32) -> NaiveTime {
    NaiveTime::from_hms_micro_opt(hour, minute, second, microsecond).unwrap()
}""",
    "datetime": """\
fn datetime(day: NaiveDate, time: NaiveTime) -> NaiveDateTime {
    day.and_time(time)
}""",
    "timedelta": """\
fn timedelta(seconds: i64, microseconds: u32) -> TimeDelta {
    TimeDelta::new(seconds, 1000 * microseconds).unwrap()
}""",
}

_MAPS = ("Dict", "Set")
_CHRONO = {
    "date": "NaiveDate",
    "time": "NaiveTime",
    "datetime": "NaiveDateTime",
    "timedelta": "TimeDelta",
}


def _uses(lib: str, helpers: Collection[str], code: str) -> str:
    """The `use` lines of the file; of the crate's unions, those that the tests name."""
    unions = set(re.findall(r"\b([A-Z]\w*Or[A-Z]\w*)::", code))
    lines = []
    if chrono := [_CHRONO[name] for name in _CHRONO if name in helpers]:
        lines.append(f"use chrono::{{{', '.join(chrono)}}};")
    if "assert_raises" in helpers:
        lines.append(f"use {lib}::Error;")
    if "captured" in helpers:
        lines.append(f"use {lib}::runtime::out::{{begin_capture, take_capture}};")
    lines += [f"use {lib}::runtime::{name.lower()}::{name};" for name in _MAPS if f"{name}::" in code]
    lines += [f"use {lib}::unions::{name};" for name in sorted(unions)]
    if {"assert_same", "assert_exact", "assert_raises"} & {*helpers}:
        lines.append("use std::fmt::Debug;")
    return "\n".join(lines)


def _cases(
    cases: Sequence[EquivalenceCase],
    function: RustFunction,
    lib: str,
    variants: Mapping[str, ExceptionClass],
    left_out: Counter[str],
) -> list[str]:
    """The statements of a function's cases that are kept, in their order; `left_out` counts the others."""
    call = imported_name(function, lib, frozenset(_HELPERS))
    writable: list[tuple[EquivalenceCase, str]] = []
    seen: set[str] = set()
    for case in cases:
        try:
            text = statements(case, function, call, variants)
        except NoLiteral as error:
            left_out[str(error)] += 1
            continue
        if len(text) > MAX_TEXT:
            left_out["the call is too long to read"] += 1
        elif text in seen:
            left_out["written already"] += 1
        else:
            seen.add(text)
            writable.append((case, text))
    chosen = _chosen([case for case, _ in writable])
    if more := len(writable) - len(chosen):
        left_out["the function has enough others"] += more
    return [writable[at][1] for at in chosen]


def _chosen(cases: Sequence[EquivalenceCase]) -> list[int]:
    """The positions of the cases to write: few with one answer, as long as there are others."""
    answers: Counter[str] = Counter()
    first: list[int] = []
    later: list[int] = []
    for at, case in enumerate(cases):
        answer = repr((case.raised, case.message, case.result, case.output))
        answers[answer] += 1
        (first if answers[answer] <= _SAME_ANSWER else later).append(at)
    return sorted((first + later)[:MAX_PER_FUNCTION])


def _names(paths: Sequence[str]) -> list[str]:
    """A test's name for each function, in snake case and each once.

    >>> _names(["luhn::_sum", "luhn::sum"])
    ['luhn_sum', 'luhn_sum_2']
    """
    names: list[str] = []
    for path in paths:
        stem = re.sub(r"[\W_]+", "_", path.replace("r#", "")).strip("_").lower()
        name, count = stem, 2
        while name in names or name in _HELPERS:
            name, count = f"{stem}_{count}", count + 1
        names.append(name)
    return names


def _test(name: str, function: RustFunction, lib: str, written: Sequence[str]) -> str:
    """One test function; cases of several lines are set apart by an empty line."""
    path = f"{lib}::{function.path}"
    imported = imported_name(function, lib, frozenset(_HELPERS)) != path
    apart = any("\n" in text for text in written)
    uses = f"use {path};\n{chr(10) if apart else ''}" if imported else ""
    body = ("\n\n" if apart else "\n").join(written)
    return f"#[test]\nfn {name}() {{\n{uses}{body}\n}}"
