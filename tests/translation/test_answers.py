"""What a model says is read strictly, and what is hostile in it goes no further."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portalis.rust_grammar import Spans, parse, problems, source_of, walk
from portalis.translation.answers import MAX_CHARS, ParsedAnswer, Unusable, parse_answer
from portalis.translation.prompting.helpers import all_paths
from portalis.translation.reading.blocks import code_blocks
from portalis.translation.reading.heads import head_of, read_head, same_head
from portalis.validation.rust_syntax import use_paths

HEAD = "pub fn total(xs: &[i64]) -> Result<i64, Error>"
OFFERED = frozenset({"crate::runtime::int::floor_div", "crate::shapes::area", "LIMIT", "Point"})


def block(code: str) -> str:
    return f"```rust\n{code}\n```\n"


def body(text: str) -> str:
    """A function of the expected head around a body."""
    return block(f"fn total(xs: &[i64]) -> Result<i64, Error> {{\n    {text}\n}}")


def code(text: str, head: str = HEAD, offered: frozenset[str] = OFFERED) -> str:
    read = parse_answer(text, head, offered)
    assert isinstance(read, ParsedAnswer), read
    root = parse(read.code)
    assert [node.type for node in root.named_children] == ["function_item"]
    assert not list(problems(root, Spans(read.code)))
    return read.code


def reason(text: str, head: str = HEAD, offered: frozenset[str] = OFFERED) -> str:
    read = parse_answer(text, head, offered)
    assert isinstance(read, Unusable), read
    return read.reason


def test_the_code_is_taken_out_of_what_is_said_around_it() -> None:
    text = "Sure! Here it is:\n\n" + body("Ok(1)") + "\nThis returns `1`."
    read = parse_answer(text, HEAD)
    assert read == ParsedAnswer(
        "pub fn total(xs: &[i64]) -> Result<i64, Error> {\n    Ok(1)\n}\n", "total", ()
    )


def test_bare_code_between_lines_of_prose() -> None:
    assert "Ok(2)" in code("Here:\nfn total(xs: &[i64]) -> Result<i64, Error> {\n    Ok(2)\n}\nThat is all.")


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("~~~rs\nfn f() {}\n~~~", 1),
        ("```Rust\nfn f() {}\n```", 1),
        ("```rust,no_run\nfn f() {}\n```", 1),
        ("1. First\n   ```rust\n   fn f() {}\n   ```", 1),
        ("```python\ndef f(): pass\n```\n```rust\nfn f() {}\n```", 1),
        ("```rust\nfn f() {}\n", 1),
        ('````rust\nfn f() { "```"; }\n````', 1),
        ("<think>\n```rust\nfn wrong() {}\n```\n</think>\n```rust\nfn f() {}\n```", 1),
        ("<think>\n```rust\nfn f() {}\n```\n", 0),
        ("I can't translate this.", 0),
        ("", 0),
    ],
)
def test_blocks(text: str, blocks: int) -> None:
    found = code_blocks(text)
    assert len(found) == blocks
    assert all("fn f() {" in one for one in found)


def test_the_same_function_twice_is_one_and_two_are_none() -> None:
    assert "Ok(1)" in code(body("Ok(1)") + "Again:\n" + body("Ok(1)"))
    assert "2 times" in reason(body("Ok(1)") + "Better:\n" + body("Ok(2)"))


def test_what_stands_beside_the_function_moves_into_it() -> None:
    text = block(
        "use std::collections::HashMap;\n\nconst STEP: i64 = 2;\n"
        "fn twice(x: i64) -> i64 { x * STEP }\n"
        "pub fn total(xs: &[i64]) -> Result<i64, Error> {\n"
        "    let m: HashMap<i64, i64> = xs.iter().map(|&x| (x, twice(x))).collect();\n"
        "    Ok(m.len() as i64)\n}\n"
        'fn main() { println!("{:?}", total(&[1])); }\n'
        "#[cfg(test)]\nmod tests { use super::*; #[test] fn t() { assert!(total(&[]).is_ok()); } }\n"
    )
    read = code(text)
    assert read.startswith("pub fn total(")
    assert "fn twice(" in read
    assert "const STEP" in read
    assert read.count("use std::collections::HashMap;") == 1
    assert "main" not in read
    assert "mod tests" not in read


def test_a_use_that_only_the_signature_needs_is_left_out() -> None:
    head = "pub fn f(m: &HashMap<i64, i64>) -> i64"
    text = block(
        "use std::collections::HashMap;\nfn f(m: &HashMap<i64, i64>) -> i64 {\n    m.len() as i64\n}"
    )
    read = parse_answer(text, head)
    assert isinstance(read, ParsedAnswer)
    assert read.uses == ()


def test_what_was_offered_is_brought_in() -> None:
    read = parse_answer(
        body("Ok(floor_div(area(1.0) as i64, LIMIT)? + int::floor_div(1, 2)?)"), HEAD, OFFERED
    )
    assert isinstance(read, ParsedAnswer)
    assert read.uses == ("crate::runtime::int", "crate::runtime::int::floor_div", "crate::shapes::area")
    assert all(f"use {path};" in read.code for path in read.uses)


def test_well_known_types_are_brought_in() -> None:
    read = parse_answer(body("let s = HashSet::<i64>::new(); Ok(s.len() as i64)"), HEAD)
    assert isinstance(read, ParsedAnswer)
    assert read.uses == ("std::collections::HashSet",)


# Signatures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        "fn total(items: &[i64]) -> Result<i64, Error>",
        "pub fn total<'a>(xs: &'a [i64]) -> Result<i64, Error>",
        "pub(crate) fn total(mut xs: &[i64]) -> std::result::Result<i64, crate::error::Error>",
        "fn total(\n    xs: &[i64],\n) -> Result<i64, Error>",
    ],
)
def test_names_lifetimes_and_layout_do_not_count(given: str) -> None:
    assert same_head(read_head(given), read_head(HEAD))
    assert code(block(f"{given} {{\n    Ok(0)\n}}")).startswith("pub fn total")


@pytest.mark.parametrize(
    "given",
    [
        "fn sum(xs: &[i64]) -> Result<i64, Error>",
        "fn total(xs: &[i32]) -> Result<i64, Error>",
        "fn total(xs: Vec<i64>) -> Result<i64, Error>",
        "fn total(xs: &mut [i64]) -> Result<i64, Error>",
        "fn total(xs: &[i64]) -> i64",
        "fn total(xs: &[i64]) -> Result<i64, String>",
        "fn total(xs: &[i64]) -> Result<i64, std::fmt::Error>",
        "fn total(xs: &[i64], n: usize) -> Result<i64, Error>",
        "fn total() -> Result<i64, Error>",
        "fn total<T>(xs: &[i64]) -> Result<i64, Error>",
        "async fn total(xs: &[i64]) -> Result<i64, Error>",
        "unsafe fn total(xs: &[i64]) -> Result<i64, Error>",
        'extern "C" fn total(xs: &[i64]) -> Result<i64, Error>',
        "fn total(&self, xs: &[i64]) -> Result<i64, Error>",
        "fn total(xs: &[i64; 3]) -> Result<i64, Error>",
    ],
)
def test_another_signature_is_refused(given: str) -> None:
    assert not same_head(read_head(given), read_head(HEAD))
    assert re.search("signature must be|defines no function", reason(block(f"{given} {{\n    Ok(0)\n}}")))


@pytest.mark.parametrize(
    ("given", "expected", "same"),
    [
        ("fn f<U: Ord>(x: U) -> U", "fn f<T>(x: T) -> T where T: Ord", True),
        ("fn f<U: Clone>(x: U) -> U", "fn f<T: Ord>(x: T) -> T", False),
        ("fn f<T, U>(x: T, y: U) -> U", "fn f<T, U>(x: T, y: U) -> T", False),
        ("fn f(x: impl Fn(i64)->i64)", "fn f(x: impl Fn(i64) -> i64)", True),
        ("fn f(x: impl Fn(i64) -> i64)", "fn f(x: impl FnMut(i64) -> i64)", False),
        ("fn f(&'a mut self) -> ()", "fn f(&mut self)", True),
        ("fn f(&self)", "fn f(&mut self)", False),
        ("fn f(x: Vec<&'static str>)", "fn f(x: Vec<&str>)", True),
        ("fn f(x: std::collections::HashMap<String, i64>)", "fn f(x: HashMap<String, i64>)", True),
        ("fn f(x: other::HashMap<String, i64>)", "fn f(x: HashMap<String, i64>)", False),
        ("fn f(x: (i64, f64))", "fn f(x: (i64, i64))", False),
    ],
)
def test_heads_are_compared_as_types(given: str, expected: str, same: bool) -> None:
    assert same_head(read_head(given), read_head(expected)) is same


def test_a_method_may_stand_in_its_block() -> None:
    text = block("impl Point {\n    fn norm(&self) -> i64 {\n        self.x\n    }\n}")
    assert code(text, "pub fn norm(&self) -> i64").startswith("pub fn norm(&self) -> i64 {")


@pytest.mark.parametrize("head", ["total(xs)", "fn f(); fn g();", "struct S;", ""])
def test_an_expected_head_that_is_none_is_an_error_of_the_caller(head: str) -> None:
    with pytest.raises(ValueError, match="head of one Rust function"):
        parse_answer(body("Ok(1)"), head)


# What is hostile -----------------------------------------------------------------------------------

HOSTILE = {
    "exit": "std::process::exit(1)",
    "imported exit": "use std::process::exit; exit(0)",
    "abort": "std::process::abort()",
    "unsafe": "unsafe { *xs.as_ptr() }; Ok(1)",
    "unsafe helper": "unsafe fn f() -> i64 { 1 } Ok(1)",
    "file": 'let s = std::fs::read_to_string("/etc/passwd"); Ok(1)',
    "file by name": 'let f = File::open("/etc/passwd"); Ok(1)',
    "file by alias": 'use std::{fs as x}; x::read("/etc/passwd"); Ok(1)',
    "whole std": "use std as s; Ok(1)",
    "environment": 'std::env::var("HOME"); Ok(1)',
    "environment at compile time": 'let s = env!("HOME"); Ok(1)',
    "include": 'let s = include_str!("/etc/passwd"); Ok(1)',
    "include in a macro": 'let s = format!("{}", include_str!("/etc/passwd")); Ok(1)',
    "path in a macro": 'let s = format!("{:?}", std::env::args()); Ok(1)',
    "crate in a macro": 'let s = format!("{:?}", crate::secret()); Ok(1)',
    "call in a macro": "let s = vec![secret(1)]; Ok(1)",
    "macro of its own": "macro_rules! m { () => { std::process::exit(1) } } m!(); Ok(1)",
    "macro that puts paths together": "macro_rules! m { ($a:ident) => { std::$a::exit(1) } } m!(process)",
    "command": 'std::process::Command::new("sh").spawn(); Ok(1)',
    "network": 'std::net::TcpStream::connect("1.1.1.1:80"); Ok(1)',
    "thread": "std::thread::spawn(|| ()); Ok(1)",
    "clock": "let t = std::time::Instant::now(); Ok(1)",
    "print": 'println!("{}", 1); Ok(1)',
    "write to stdout": 'use std::io::Write; std::io::stdout().write_all(b"x"); Ok(1)',
    "panic hook": "std::panic::set_hook(Box::new(|_| ())); Ok(1)",
    "catch": "std::panic::catch_unwind(|| 1); Ok(1)",
    "static": "static mut N: i64 = 0; Ok(1)",
    "static with a lock": "static N: Mutex<i64> = Mutex::new(0); Ok(1)",
    "thread local": "thread_local! { static N: i64 = 0 } Ok(1)",
    "leak": "let s: &'static [i64] = Box::leak(xs.to_vec().into_boxed_slice()); Ok(1)",
    "forget": "std::mem::forget(xs.to_vec()); Ok(1)",
    "extern block": 'extern "C" { fn system(s: *const u8) -> i32; } Ok(1)',
    "assembler": 'core::arch::asm!("nop"); Ok(1)',
    "raw pointer": "let p: *const i64 = xs.as_ptr(); Ok(1)",
    "module": "mod m { pub fn f() {} } Ok(1)",
    "module in a file": '#[path = "/etc/passwd"] mod m; Ok(1)',
    "no_mangle": "#[no_mangle] fn malloc() {} Ok(1)",
    "inner attribute": "#![allow(warnings)] Ok(1)",
    "cfg": "#[cfg(windows)] return Ok(2); Ok(1)",
    "other crate": "Ok(rand::random())",
    "used crate": "use libc::c_int; Ok(1)",
    "the crate": "Ok(crate::other::secret(xs))",
    "super": "Ok(super::secret(xs))",
    "self": "Ok(self::secret(xs))",
    "sibling": "secret(xs)",
    "sibling as a value": "Ok(xs.iter().map(secret).sum())",
    "sibling constant": "Ok(SECRET)",
    "sibling type": "Ok(Secret { x: 1 }.x)",
    "impl for the crate's type": "impl Clone for Point { fn clone(&self) -> Self { loop {} } } Ok(1)",
    "impl for a type of std": "impl From<String> for Error { fn from(s: String) -> Self { loop {} } } Ok(1)",
    "sibling as an associated type": "let f = |x: &dyn Iterator<Item = Secret>| 1; Ok(1)",
    "sibling constant in a pattern": "match xs.len() { SECRET => Ok(1), _ => Ok(SECRET) }",
    "re-export": "pub use std::collections::HashMap; Ok(1)",
    "stub": "todo!()",
    "unimplemented": "unimplemented!()",
    "confusable name": "let ѕum = 1; Ok(ѕum)",
    "confusable root": "ѕtd::process::exit(1)",
    "turned text": 'let s = "a\u202e b"; Ok(1)',
    "turned comment": "// check \u2066 x\n Ok(1)",
    "zero width": 'let s = "a\u200bb"; Ok(1)',
    "escape": 'let s = "a\x1bb"; Ok(1)',
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_bodies_are_refused(what: str) -> None:
    assert reason(body(HOSTILE[what]))


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_helpers_are_refused(what: str) -> None:
    helper = f"fn helper(xs: &[i64]) -> Result<i64, Error> {{ {HOSTILE[what]} }}\n"
    assert reason(block(helper + "fn total(xs: &[i64]) -> Result<i64, Error> { helper(xs) }"))


# Names that lead nowhere in a text of its own, or only there: rustc's matter.
NEEDS_A_CRATE = (
    "call in a macro", "file by name", "other crate", "sibling", "sibling as a value", "sibling constant",
    "sibling type", "sibling as an associated type", "sibling constant in a pattern", "used crate", "self",
)  # fmt: skip


@pytest.mark.parametrize("what", sorted(HOSTILE.keys() - set(NEEDS_A_CRATE)))
def test_without_a_signature_what_is_hostile_is_refused_too(what: str) -> None:
    read = parse_answer(block(f"fn f(xs: &[i64]) -> Result<i64, Error> {{ {HOSTILE[what]} }}"))
    assert isinstance(read, Unusable)


@pytest.mark.parametrize(
    "text",
    [
        'let s = "unsafe { std::process::exit(1) }"; Ok(s.len() as i64)',
        '// unsafe: std::fs::read("x")\n Ok(1)',
        "/* } fn f() { std::process::exit(1) } /* nested */ */ Ok(1)",
        'let s = r#""; std::process::exit(1); ""#; Ok(s.len() as i64)',
        'let s = r##"}\n```\n"##; Ok(s.len() as i64)',
        "let c = '\"'; let d = '\\''; Ok(c as i64 + d as i64)",
        'let s = "é ß 漢 🦀"; Ok(s.chars().count() as i64)',
    ],
)
def test_what_only_looks_hostile_inside_texts_and_comments_is_admitted(text: str) -> None:
    fence = "`````rust\n" + body(text).removeprefix("```rust\n").removesuffix("```\n") + "`````\n"
    assert text.split(";")[0] in code(fence)


@pytest.mark.parametrize(
    "text",
    [
        'let s = "hidden" /* " */; std::process::exit(1) // "',
        'let s = r"\\"; std::process::exit(1); // "',
        "/* /* */ std::process::exit(1) */ std::process::exit(1)",
        "let c = '\"'; std::process::exit(1); let d = '\"';",
        "std :: /* x */ process // y\n :: exit(1)",
        "r#std::r#process::r#exit(1)",
        '<std::fs::File>::open("x"); Ok(1)',
        "use std::{self as s}; Ok(1)",
        "use ::std::fs; Ok(1)",
    ],
)
def test_what_hides_behind_texts_and_comments_is_refused(text: str) -> None:
    assert reason(body(text))


@pytest.mark.parametrize(
    "text",
    [
        "const N: usize = 3; let a = [0i64; N]; Ok(a.len() as i64)",
        "fn inner(n: i64) -> i64 { if n < 1 { 0 } else { inner(n - 1) } } Ok(inner(3))",
        "#[derive(Debug, Clone)] struct S { x: i64 } impl S { fn g(&self) -> i64 { self.x } } Ok(1)",
        "enum E { A(i64), B } let e = E::A(1); match e { E::A(n) if n > 0 => Ok(n), _ => Ok(0) }",
        'use std::fmt::Write; let mut s = String::new(); write!(s, "{}", 1).unwrap(); Ok(s.len() as i64)',
        "let p = Point { x: 1 }; Ok(p.x.max(LIMIT).strict_add(i64::MAX))",
        "'outer: for x in xs { for y in xs { if x == y { continue 'outer; } } } Ok(1)",
        'let Some(x) = xs.first() else { return Err(Error::ValueError("empty".to_string())) }; Ok(*x)',
        "if let [a, .., b] = xs { return Ok(a + b); } Ok(xs.iter().copied().fold(0, |a, b| a.max(b)))",
        "let mut v = xs.to_vec(); v.sort_by_key(|&x| std::cmp::Reverse(x)); Ok(v[0])",
        'let mut m: BTreeMap<String, Vec<i64>> = BTreeMap::new(); m.entry(format!("{}", 1)); Ok(1)',
        "trait D { fn d(&self) -> i64; } impl D for i64 { fn d(&self) -> i64 { self * 2 } } Ok(3.d())",
        "let f = |x: i64| -> i64 { x + 1 }; Ok(f(1))",
        "let N = xs.len(); for I in 0..N {} let (A, B) = (1, 2); Ok(N as i64)",
        "fn shown<T: Display>(x: T) -> String { x.to_string() } Ok(shown(1).len() as i64)",
        "match xs { [] => Err(Error::E(String::new())), [x, rest @ ..] => Ok(x + rest.len() as i64) }",
        "let x = unsafe_looking; Ok(x)".replace("unsafe_looking", "xs.len() as i64"),
        'Ok(iter::repeat(1).sum::<i64>() + cmp::max(1, 2) + i64::from_str_radix("7", 8).unwrap_or(0))',
        'assert!(!xs.is_empty(), "empty"); Ok(matches!(xs.len(), 1 | 2) as i64)',
    ],
)
def test_ordinary_bodies_are_admitted(text: str) -> None:
    code(body(text))


def _snapshot(path: Path) -> tuple[list[tuple[str, str]], frozenset[str]]:
    """Heads and texts of the functions in a file of translated Rust, and the names that it has otherwise."""
    text = path.read_text(encoding="utf-8")
    nodes = list(walk(parse(text)))
    items = (node.child_by_field_name("name") for node in nodes if node.type.endswith("_item"))
    uses = [node.child_by_field_name("argument") for node in nodes if node.type == "use_declaration"]
    paths = [one for node in uses for one in use_paths(node, ())]
    known = {source_of(name) for name in items} | {one.alias or one.segments[-1] for one in paths}
    known |= {"::".join((*one.segments, "it")) for one in paths if one.segments[0] == "crate"}
    known |= set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", text)) | all_paths()
    functions = [node for node in nodes if node.type == "function_item" and node.parent is not None]
    outer = [node for node in functions if node.parent.type in ("source_file", "declaration_list")]
    return [(head_of(node, Spans(text)).text, source_of(node)) for node in outer], frozenset(known)


def test_the_compilers_own_rust_is_admitted() -> None:
    """Some 1,400 functions: what is refused of them would be refused of a good answer."""
    cases = Path(__file__).resolve().parents[1] / "cases"
    refused, read = {}, 0
    for path in sorted(cases.glob("*/*.rs")):
        functions, known = _snapshot(path)
        for head, text in functions:
            answer = parse_answer(f"`````rust\n{text}\n`````", head, known)
            read += 1
            if isinstance(answer, Unusable):
                refused[f"{path.name} {head}"] = answer.reason
    assert refused == {}
    assert read > 1000


# What is no answer ---------------------------------------------------------------------------------


def test_a_megabyte_is_not_read() -> None:
    assert str(MAX_CHARS) in reason("a" * 1_000_000)


@pytest.mark.parametrize(
    "unit",
    ["let x = 1;\n", "((", "{{", "/*", '"', "'a ", "vec![", "fn total() {}\n", "#[a]\n", "<<", "::a", "\\\n"],
)
def test_endless_repetition_ends_in_a_reason(unit: str) -> None:
    repeated = (unit * 90_000)[:90_000]
    assert reason(body(repeated))
    assert reason(repeated)


def test_an_answer_that_was_cut_short_says_so() -> None:
    cut = body("let mut n = 0;\n    for x in xs {\n        n += 1").partition(" 1")[0]
    assert re.search("parse|missing|defines no function", reason(cut))


@pytest.mark.parametrize(
    "text", ["", "```rust\n```", "fn", "I'm sorry.", "```python\ndef total(xs): ...\n```"]
)
def test_no_answer(text: str) -> None:
    assert reason(text)


def test_reasons_are_few_and_each_once() -> None:
    said = reason(body("a(); b(); c(); d(); e(); f(); g(); a();"))
    assert said.count(";") <= 4
    assert said.count("`a`") == 1


def test_items_without_an_expected_signature() -> None:
    text = block(
        "pub enum Error { ValueError(String) }\nimpl Stack {\n    fn top(&self) {}\n}\npub struct Stack;"
    )
    read = parse_answer(text)
    assert isinstance(read, ParsedAnswer)
    assert read.name == ""
    assert read.code.startswith("pub enum Error")
    one = parse_answer(block("fn add(a: i64, b: i64) -> i64 {\n    a + b\n}"))
    assert isinstance(one, ParsedAnswer)
    assert one.name == "add"
