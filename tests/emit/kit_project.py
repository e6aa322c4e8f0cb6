"""The kit as the compiler would hand it on: hand-written Rust for functions over every type that crosses."""

from __future__ import annotations

import ast
from pathlib import Path

from portalis.compiler.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    STR,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
)
from portalis.compiler.unit import CompiledProject, ExceptionClass, Item, Param, RustFile, RustFunction

ROOT = Path(__file__).parent / "kit_src"
DATE, DATETIME = Instance("datetime.date"), Instance("datetime.datetime")
DELTA, TIME = Instance("datetime.timedelta"), Instance("datetime.time")

LUHN = """\
//! The Luhn algorithm.
use crate::error::Error;
use crate::runtime::text;

/// Sum of digits.
pub fn checksum(number: &str, alphabet: &str) -> Result<i64, Error> {
    let mut total = 0i64;
    for c in number.chars() {
        let place = alphabet.chars().position(|x| x == c);
        let place = place.ok_or_else(|| Error::ValueError("substring not found".to_string()))?;
        total = total.strict_add(place as i64);
    }
    Ok(total.rem_euclid(text::len(alphabet)))
}

/// Check and give back.
pub fn validate(number: &str) -> Result<String, Error> {
    if number.is_empty() {
        return Err(Error::InvalidFormat(None));
    }
    if checksum(number, "0123456789")? != 0 {
        return Err(Error::InvalidChecksum(Some("bad sum".to_string())));
    }
    Ok(number.to_string())
}

/// Whether it is valid.
pub fn is_valid(number: &str) -> bool {
    validate(number).is_ok()
}
"""
LISTS = """\
//! Containers, read and changed.
use crate::error::Error;
use crate::runtime::dict::Dict;
use crate::runtime::set::Set;

pub fn add_all(xs: &mut [i64], by: i64) -> Result<(), Error> {
    for x in xs.iter_mut() {
        if *x < 0 { return Err(Error::ValueError("negative".to_string())); }
        *x = x.strict_add(by);
    }
    Ok(())
}
pub fn total(xs: &[f64]) -> f64 { xs.iter().fold(0.0, |sum, x| sum + x) }
pub fn words(text: &str, sep: Option<&str>) -> Vec<String> {
    match sep {
        None => text.split_whitespace().map(str::to_string).collect(),
        Some(sep) => text.split(sep).map(str::to_string).collect(),
    }
}
pub fn count(xs: &[String]) -> Dict<String, i64> {
    let mut d: Dict<String, i64> = Dict::default();
    for x in xs { *d.entry(x.clone()).or_insert(0) += 1; }
    d
}
pub fn merge(into: &mut Dict<String, i64>, other: &Dict<String, i64>) {
    for (k, v) in other { *into.entry(k.clone()).or_insert(0) += v; }
}
pub fn uniq(xs: &Set<i64>, t: &(i64, String)) -> (i64, String) { (t.0 + xs.len() as i64, t.1.clone()) }
pub fn add_set(s: &mut Set<i64>, x: i64) -> bool { s.insert(x) }
pub fn tail(t: &[String]) -> Vec<String> { t.iter().skip(1).cloned().collect() }
pub fn grid(t: &[Vec<i64>]) -> Vec<Vec<i64>> { t.iter().rev().cloned().collect() }
pub fn copy_into(to: &mut Vec<i64>, rows: &[Vec<i64>]) {
    for row in rows { to.extend(row); }
}
pub fn stamp(rows: &mut Vec<Vec<i64>>, table: &mut Dict<String, Vec<i64>>) -> Result<i64, Error> {
    for (i, row) in rows.iter_mut().enumerate() {
        if row.is_empty() { return Err(Error::ValueError("empty".to_string())); }
        row[0] = i as i64;
        table.entry("rows".to_string()).or_default().push(i as i64);
    }
    rows.push(vec![0]);
    Ok(rows.len() as i64)
}
"""
MISC = """\
//! Bytes, dates, printing, recursion.
use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict::Dict;
use crate::runtime::out;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

pub fn raw(b: &[u8]) -> Vec<u8> { b.iter().rev().copied().collect() }
pub fn next_day(d: NaiveDate) -> Option<NaiveDate> { d.succ_opt() }
pub fn stamp(d: NaiveDateTime, t: TimeDelta) -> NaiveDateTime { d + t }
pub fn shout(t: &str) -> Result<(), Error> {
    out::write(&format!("{t}!\\n"));
    if t == "bad" { return Err(Error::ValueError("bad".to_string())); }
    if t == "boom" { panic!("boom"); }
    Ok(())
}
pub fn lookup(d: &Dict<i64, String>, k: i64) -> Result<String, Error> {
    d.get(&k).cloned().ok_or_else(|| Error::KeyError(format!("{k}")))
}
pub fn fact(n: i64) -> i64 {
    let _depth = decline::enter();
    if n < 2 { 1 } else { n.strict_mul(fact(n - 1)) }
}
pub fn opt(xs: Option<&[i64]>) -> Option<i64> { xs.and_then(|xs| xs.first().copied()) }
pub fn add(a: i64, b: i64) -> i64 { a.strict_add(b) }
"""
MORE = """\
//! The types that the other modules leave out.
use crate::error::Error;
use crate::runtime::dict::Dict;
use crate::runtime::set::Set;
use chrono::{NaiveTime, Timelike};

pub fn first(xs: &[i64]) -> Option<i64> { xs.first().copied() }
pub fn glue(xs: impl Iterator<Item = String>) -> String { xs.collect() }
pub fn noon(t: NaiveTime) -> NaiveTime { t.with_hour(12).unwrap_or(t) }
pub fn size(b: Option<&[u8]>) -> i64 { b.map_or(-1, |b| b.len() as i64) }
pub fn small(xs: &Set<String>) -> Set<String> {
    xs.iter().filter(|x| x.chars().count() == 1).cloned().collect()
}
pub fn table(xs: &[(i64, String)]) -> Dict<i64, Vec<String>> {
    let mut groups: Dict<i64, Vec<String>> = Dict::default();
    for (number, text) in xs { groups.entry(*number).or_default().push(text.clone()); }
    groups
}
pub fn second(t: Option<&(i64, String)>) -> String { t.map_or("none".to_string(), |t| t.1.clone()) }
pub fn reverse(xs: &mut [f64]) { xs.reverse(); }
pub fn push(xs: &mut Vec<(i64, Option<String>)>, x: i64) { xs.push((x, None)); }
pub fn invert(d: &Dict<String, i64>) -> Dict<i64, String> { d.iter().map(|(k, v)| (*v, k.clone())).collect() }
pub fn nothing() {}
pub fn both(a: &mut Vec<i64>, b: &mut Vec<i64>) -> Result<(), Error> {
    a.push(b.pop().ok_or_else(|| Error::IndexError("pop from empty list".to_string()))?);
    Ok(())
}
pub fn drop(d: &mut Dict<String, i64>, key: &str) -> Result<i64, Error> {
    d.shift_remove(key).ok_or_else(|| Error::KeyError(format!("{key:?}").replace('"', "'")))
}
"""
KIT = """\
//! Kit.

/// Square root.
pub fn root(x: f64) -> f64 { x.sqrt() }
"""


def _param(name: str, type_: Type, flags: str = "") -> Param:
    return Param(
        name,
        type_,
        kind="keyword_only" if "k" in flags else "positional_or_keyword",
        has_default="d" in flags,
        mutated="m" in flags,
        steady="s" in flags,
    )


_STR_INT = DictOf(STR, INT)
_SIGNATURES: dict[str, tuple[list[Param], Type, str]] = {
    "kit:root": ([_param("x", FLOAT)], FLOAT, ""),
    "kit.luhn:checksum": ([_param("number", STR), _param("alphabet", STR, "d")], INT, "r"),
    "kit.luhn:validate": ([_param("number", STR)], STR, "r"),
    "kit.luhn:is_valid": ([_param("number", STR)], BOOL, ""),
    "kit.lists:add_all": ([_param("xs", ListOf(INT), "m"), _param("by", INT, "kd")], NONE, "r"),
    "kit.lists:total": ([_param("xs", ListOf(FLOAT))], FLOAT, ""),
    "kit.lists:words": ([_param("text", STR), _param("sep", OptionalOf(STR), "d")], ListOf(STR), ""),
    "kit.lists:count": ([_param("xs", ListOf(STR))], _STR_INT, ""),
    "kit.lists:merge": ([_param("into", _STR_INT, "m"), _param("other", _STR_INT)], NONE, ""),
    "kit.lists:uniq": (
        [_param("xs", SetOf(INT)), _param("t", TupleOf((INT, STR)))],
        TupleOf((INT, STR)),
        "",
    ),
    "kit.lists:add_set": ([_param("s", SetOf(INT), "m"), _param("x", INT)], BOOL, ""),
    "kit.lists:tail": ([_param("t", VarTuple(STR))], VarTuple(STR), ""),
    "kit.lists:grid": ([_param("t", ListOf(ListOf(INT)))], ListOf(ListOf(INT)), ""),
    "kit.lists:copy_into": (
        [_param("to", ListOf(INT), "m"), _param("rows", ListOf(ListOf(INT)))],
        NONE,
        "",
    ),
    "kit.lists:stamp": (
        [_param("rows", ListOf(ListOf(INT)), "ms"), _param("table", DictOf(STR, ListOf(INT)), "ms")],
        INT,
        "r",
    ),
    "kit.misc:raw": ([_param("b", BYTES)], BYTES, ""),
    "kit.misc:next_day": ([_param("d", DATE)], OptionalOf(DATE), ""),
    "kit.misc:stamp": ([_param("d", DATETIME), _param("t", DELTA)], DATETIME, ""),
    "kit.misc:shout": ([_param("t", STR)], NONE, "rp"),
    "kit.misc:lookup": ([_param("d", DictOf(INT, STR)), _param("k", INT)], STR, "r"),
    "kit.misc:fact": ([_param("n", INT)], INT, "c"),
    "kit.misc:opt": ([_param("xs", OptionalOf(ListOf(INT)), "d")], OptionalOf(INT), ""),
    "kit.more:first": ([_param("xs", Instance("typing.Sequence", (INT,)))], OptionalOf(INT), ""),
    "kit.more:glue": ([_param("xs", IterOf(STR))], STR, ""),
    "kit.more:noon": ([_param("t", TIME)], TIME, ""),
    "kit.more:size": ([_param("b", OptionalOf(BYTES), "d")], INT, ""),
    "kit.more:small": ([_param("xs", SetOf(STR, True))], SetOf(STR, True), ""),
    "kit.more:table": ([_param("xs", ListOf(TupleOf((INT, STR))))], DictOf(INT, VarTuple(STR)), ""),
    "kit.more:second": ([_param("t", OptionalOf(TupleOf((INT, STR))))], STR, ""),
    "kit.more:reverse": ([_param("xs", ListOf(FLOAT), "m")], NONE, ""),
    "kit.more:push": (
        [_param("xs", ListOf(TupleOf((INT, OptionalOf(STR)))), "m"), _param("x", INT)],
        NONE,
        "",
    ),
    "kit.more:invert": ([_param("d", Instance("typing.Mapping", (STR, INT)))], DictOf(INT, STR), ""),
    "kit.more:nothing": ([], NONE, ""),
    "kit.more:both": ([_param("a", ListOf(INT), "m"), _param("b", ListOf(INT), "m")], NONE, "r"),
    "kit.more:drop": ([_param("d", _STR_INT, "m"), _param("key", STR)], INT, "r"),
    "kit.misc:add": ([_param("a", INT), _param("b", INT)], INT, ""),
}

_BASES = ("ValidationError", "ValueError", "Exception", "BaseException")
EXCEPTIONS = (
    ExceptionClass("ValidationError", "kit.exceptions", "ValidationError", _BASES[1:]),
    ExceptionClass(
        "InvalidFormat", "kit.exceptions", "InvalidFormat", _BASES, "The number has an invalid format."
    ),
    ExceptionClass("InvalidChecksum", "kit.exceptions", "InvalidChecksum", _BASES, "bad checksum"),
)


def kit() -> CompiledProject:
    """The compiled kit, its items at the lines of its source."""
    files = (
        RustFile("lib.rs", KIT),
        RustFile("luhn.rs", LUHN),
        RustFile("lists.rs", LISTS),
        RustFile("misc.rs", MISC),
        RustFile("more.rs", MORE),
    )
    return CompiledProject("kit", tuple(map(_item, _SIGNATURES)), files, EXCEPTIONS)


def _item(key: str) -> Item:
    module, _, name = key.partition(":")
    params, returns, flags = _SIGNATURES[key]
    stem = module.removeprefix("kit").removeprefix(".")
    file = f"kit/{stem or '__init__'}.py"
    function = RustFunction(
        path=f"{stem}::{name}" if stem else name,
        params=tuple(params),
        returns=returns,
        raises="r" in flags,
        prints="p" in flags,
        callees=frozenset({key}) if "c" in flags else frozenset(),
    )
    tree = ast.parse((ROOT / file).read_bytes())
    node = next(one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name)
    return Item(module, name, "function", file, node.lineno, node.end_lineno or node.lineno, rust=function)
