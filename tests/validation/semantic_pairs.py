"""Python functions with hand-written Rust beside them: right, wrong in one way, refused, hostile."""

# ruff: noqa: E501  the Rust stands as it was written

from __future__ import annotations

from dataclasses import dataclass

from portalis.validation.semantic_checker import Status


@dataclass(frozen=True, slots=True)
class Case:
    """A pair with the verdict that it deserves; `tells` stands in a counter-example, diagnostic or note."""

    python: str
    rust: str
    status: Status
    tells: str = ""
    difference: str = ""
    name: str | None = None


GCD = '''
def gcd(a: int, b: int) -> int:
    """
    >>> gcd(12, 18)
    6
    """
    while b:
        a, b = b, a % b
    return abs(a)
'''
LUHN = '''
def luhn(number: str) -> bool:
    """
    >>> luhn("4539 1488 0343 6467")
    True
    """
    digits = [c for c in number if c != " "]
    if not digits or any(c not in "0123456789" for c in digits):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit)
        if place % 2:
            value *= 2
            if value > 9:
                value -= 9
        total += value
    return total % 10 == 0
'''
WORDS = """
def count_words(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in text.lower().split(" "):
        if word:
            counts[word] = counts.get(word, 0) + 1
    return counts
"""
SEARCH = """
def find(items: list[int], wanted: int) -> int | None:
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    if low < len(items) and items[low] == wanted:
        return low
    return None
"""
TRANSPOSE = """
def transpose(rows: list[list[float]]) -> list[list[float]]:
    if not rows:
        return []
    width = min(len(row) for row in rows)
    return [[row[at] for row in rows] for at in range(width)]
"""
PARSE = '''
class BadHeader(ValueError):
    pass


def parse_pair(text: str) -> tuple[str, str]:
    """
    >>> parse_pair("a=b")
    ('a', 'b')
    """
    if "=" not in text:
        raise BadHeader("no equals sign")
    key, value = text.split("=", 1)
    if not key:
        raise KeyError("key")
    return key, value
'''
DEDUPE = """
def dedupe(items: list[int]) -> int:
    before = len(items)
    seen: set[int] = set()
    kept: list[int] = []
    for item in items:
        if item not in seen:
            seen.add(item)
            kept.append(item)
    items[:] = kept
    return before - len(kept)
"""
MEAN = """
def mean(values: list[float]) -> float:
    if not values:
        raise ValueError("no values")
    total = 0.0
    for value in values:
        total += value
    return total / len(values)
"""
TABLE = """
def table(names: list[str]) -> None:
    for number, name in enumerate(names):
        print(f"{number}: {name}")
"""
FLOOR = """
def middle(low: int, high: int) -> int:
    return low + (high - low) // 2
"""
FIRST = """
def first(text: str, count: int) -> str:
    return text[:count] if count >= 0 else ""
"""
SCALE = """
def scale(x: int) -> int:
    return x * 3 + 1
"""
CAPITALS = """
def wordInitials(words: list[str]) -> list[str]:
    return [word[0] for word in words if word]
"""
SECONDS = """
def largest(items: list[int]) -> int:
    best = items[0]
    for item in items:
        if item > best:
            best = item
    return best
"""
IS_EVEN = "def is_even(n: int) -> bool:\n    return n % 2 == 0\n"
CHECKSUM = "def checksum(data: bytes) -> int:\n    total = 0\n    for byte in data:\n        total ^= byte\n    return total\n"
COMMON = "def common(a: set[int], b: set[int]) -> set[int]:\n    return a & b\n"

EVEN_RUST = "fn is_even(n: i64) -> bool { n % 2 == 0 }"
LUHN_RUST = """
fn luhn(number: &str) -> bool {
    let digits: Vec<u32> = match number
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| if c.is_ascii_digit() { c.to_digit(10) } else { None })
        .collect::<Option<Vec<_>>>()
    {
        Some(digits) if !digits.is_empty() => digits,
        _ => return false,
    };
    let total: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    total % 10 == 0
}
"""
PARSE_ENUM = """
use std::fmt;

#[derive(Debug)]
pub enum ParseError {
    BadHeader(&'static str),
    Key(String),
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseError::BadHeader(text) => write!(f, "{text}"),
            ParseError::Key(key) => write!(f, "{key}"),
        }
    }
}

impl std::error::Error for ParseError {}

type Result<T> = std::result::Result<T, ParseError>;

pub fn parse_pair(text: &str) -> Result<(&str, &str)> {
    let (key, value) = text.split_once('=').ok_or(ParseError::BadHeader("no equals sign"))?;
    if key.is_empty() {
        return Err(ParseError::Key("key".into()));
    }
    Ok((key, value))
}
"""
DEDUPE_RUST = """
use std::collections::HashSet;

fn dedupe(items: &mut Vec<i64>) -> usize {
    let before = items.len();
    let mut seen = HashSet::new();
    items.retain(|item| seen.insert(*item));
    before - items.len()
}
"""

AGREE: dict[str, Case] = {
    "arithmetic": Case(
        GCD,
        """
fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (i128::from(a).abs(), i128::from(b).abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).unwrap_or_else(|_| panic!("attempt to negate with overflow"))
}
""",
        "equivalent",
    ),
    "wide integers": Case(SCALE, "fn scale(x: i64) -> i128 { i128::from(x) * 3 + 1 }", "equivalent"),
    "checked arithmetic": Case(
        SCALE, "fn scale(x: i64) -> i64 { x.strict_mul(3).strict_add(1) }", "equivalent"
    ),
    "text": Case(LUHN, LUHN_RUST, "equivalent"),
    "owned text": Case(LUHN, LUHN_RUST.replace("number: &str", "number: String"), "equivalent"),
    "text of a trait": Case(
        LUHN,
        LUHN_RUST.replace("number: &str", "number: impl AsRef<str>").replace(
            "match number", "match number.as_ref()"
        ),
        "equivalent",
    ),
    "an ordered map": Case(
        WORDS,
        """
use indexmap::IndexMap;

fn count_words(text: &str) -> IndexMap<String, usize> {
    let mut counts = IndexMap::new();
    for word in text.to_lowercase().split(' ').filter(|word| !word.is_empty()) {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    counts
}
""",
        "equivalent",
    ),
    "an option": Case(
        SEARCH,
        """
fn find(items: &[i64], wanted: i64) -> Option<usize> {
    let at = items.partition_point(|item| *item < wanted);
    // Python bisects with the same halving, so unsorted lists end at the same place.
    let (mut low, mut high) = (0, items.len());
    while low < high {
        let middle = (low + high) / 2;
        if items[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    let _ = at;
    (items.get(low) == Some(&wanted)).then_some(low)
}
""",
        "equivalent",
    ),
    "generic": Case(
        SEARCH,
        """
fn find<T: PartialOrd>(items: &Vec<T>, wanted: T) -> Option<usize> {
    let (mut low, mut high) = (0, items.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if items[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    items.get(low).filter(|item| **item == wanted).map(|_| low)
}
""",
        "equivalent",
    ),
    "nested lists": Case(
        TRANSPOSE,
        """
fn transpose(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let width = rows.iter().map(Vec::len).min().unwrap_or(0);
    (0..width).map(|at| rows.iter().map(|row| row[at]).collect()).collect()
}
""",
        "equivalent",
    ),
    "an error enum": Case(PARSE, PARSE_ENUM, "equivalent"),
    "an error that is text": Case(
        PARSE,
        """
fn parse_pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("no equals sign")?;
    if key.is_empty() {
        return Err("'key'".to_string());
    }
    Ok((key.into(), value.into()))
}
""",
        "equivalent",
        "classes were not compared",
    ),
    "a boxed error": Case(
        MEAN,
        """
fn mean(values: &[f64]) -> Result<f64, Box<dyn std::error::Error>> {
    if values.is_empty() {
        return Err("no values".into());
    }
    let mut total = 0.0;
    for value in values {
        total += value;
    }
    Ok(total / values.len() as f64)
}
""",
        "equivalent",
        "classes were not compared",
    ),
    "the error of portalis": Case(
        PARSE,
        """
fn parse_pair(text: &str) -> Result<(String, String), Error> {
    let (key, value) =
        text.split_once('=').ok_or_else(|| Error::BadHeader(Some("no equals sign".to_string())))?;
    if key.is_empty() {
        return Err(Error::KeyError("'key'".to_string()));
    }
    Ok((key.into(), value.into()))
}
""",
        "equivalent",
    ),
    "an argument that is changed": Case(DEDUPE, DEDUPE_RUST, "equivalent"),
    "printing": Case(
        TABLE,
        'fn table(names: &[&str]) { for (n, name) in names.iter().enumerate() { println!("{n}: {name}"); } }',
        "equivalent",
    ),
    "printing to a lock": Case(
        TABLE,
        """
use std::io::Write;
fn table(names: &[String]) {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (number, name) in names.iter().enumerate() {
        writeln!(out, "{number}: {name}").unwrap();
    }
}
""",
        "equivalent",
    ),
    "snake case and characters": Case(
        CAPITALS,
        "fn word_initials(words: &[&str]) -> Vec<char> { words.iter().filter_map(|w| w.chars().next()).collect() }",
        "equivalent",
    ),
    "an iterator as the result": Case(
        CAPITALS,
        """fn word_initials<'a>(words: &'a [String]) -> impl Iterator<Item = char> + 'a {
            words.iter().filter_map(|word| word.chars().next())
        }""",
        "equivalent",
    ),
    "bytes": Case(
        CHECKSUM, "fn checksum(data: &[u8]) -> u8 { data.iter().fold(0, |a, b| a ^ b) }", "equivalent"
    ),
    "sets": Case(
        COMMON,
        """
use std::collections::{BTreeSet, HashSet};
fn common(a: &HashSet<i64>, b: &BTreeSet<i64>) -> HashSet<i64> {
    a.iter().filter(|item| b.contains(item)).copied().collect()
}
""",
        "equivalent",
    ),
    "its own macro, struct and tests": Case(
        IS_EVEN,
        """
macro_rules! remainder { ($n:expr, $by:expr) => { $n % $by }; }
#[derive(Debug, Clone, Copy, PartialEq)]
struct Parity(bool);
fn parity(n: i64) -> Parity { Parity(remainder!(n, 2) == 0) }
pub fn is_even(n: i64) -> bool { parity(n).0 }
#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn zero() { assert!(is_even(0)); }
}
""",
        "equivalent",
    ),
}

DIFFER: dict[str, Case] = {
    "overflow wraps": Case(SCALE, "fn scale(x: i64) -> i64 { x * 3 + 1 }", "different", "scale(", "value"),
    "overflow wraps openly": Case(
        SCALE, "fn scale(x: i64) -> i64 { x.wrapping_mul(3).wrapping_add(1) }", "different", "scale(", "value"
    ),
    "division truncates": Case(
        FLOOR,
        "fn middle(low: i64, high: i64) -> i64 { low.strict_add(high.strict_sub(low) / 2) }",
        "different",
        "middle(",
        "value",
    ),
    "text is cut at bytes": Case(
        FIRST,
        """fn first(text: &str, count: i64) -> &str {
            let end = usize::try_from(count).unwrap_or(0).min(text.len());
            &text[..end]
        }""",
        "different",
        "panics",
        "exception",
    ),
    "another exception": Case(
        PARSE,
        PARSE_ENUM.replace('ParseError::Key("key".into())', 'ParseError::BadHeader("key")'),
        "different",
        "KeyError('key')",
        "exception",
    ),
    "another message": Case(
        PARSE,
        PARSE_ENUM.replace('"no equals sign"', '"no equals"'),
        "different",
        "no equals sign",
        "exception",
    ),
    "an error for a value": Case(
        MEAN,
        """fn mean(values: &[f64]) -> Result<f64, String> {
            match values.len() { 0 | 1 => Err("no values".into()), n => Ok(values.iter().fold(0.0, |a, b| a + b) / n as f64) }
        }""",
        "different",
        "returns Err('no values')",
        "exception",
    ),
    "a nan for an exception": Case(
        MEAN,
        "fn mean(values: &[f64]) -> f64 { values.iter().fold(0.0, |a, b| a + b) / values.len() as f64 }",
        "different",
        "ValueError",
        "exception",
    ),
    "sum begins at negative zero": Case(
        MEAN,
        """fn mean(values: &[f64]) -> Result<f64, String> {
            if values.is_empty() { return Err("no values".into()); }
            Ok(values.iter().sum::<f64>() / values.len() as f64)
        }""",
        "different",
        "-0.0",
        "value",
    ),
    "a change is dropped": Case(
        DEDUPE,
        """
use std::collections::HashSet;
fn dedupe(items: &[i64]) -> usize { items.len() - items.iter().collect::<HashSet<_>>().len() }
""",
        "different",
        "leaves",
        "arguments",
    ),
    "the order of a map": Case(
        WORDS,
        """
use std::collections::BTreeMap;
fn count_words(text: &str) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for word in text.to_lowercase().split(' ').filter(|word| !word.is_empty()) {
        *counts.entry(word.to_owned()).or_insert(0) += 1;
    }
    counts
}
""",
        "different",
        "doesn't keep the order",
        "value",
    ),
    "less precision": Case(
        "def half(x: float) -> float:\n    return x / 2\n",
        "fn half(x: f32) -> f32 { x / 2.0 }",
        "different",
        "f32",
        "value",
    ),
    "a panic for an exception": Case(
        SECONDS,
        "fn largest(items: &[i64]) -> i64 { *items.iter().max().unwrap() }",
        "different",
        "panics",
        "exception",
    ),
    "nothing is printed": Case(
        TABLE, "fn table(names: &[&str]) { let _ = names; }", "different", "prints", "output"
    ),
    "printed to the wrong shape": Case(
        TABLE,
        'fn table(names: &[&str]) { for (n, name) in names.iter().enumerate() { println!("{n} {name}"); } }',
        "different",
        "prints",
        "output",
    ),
}

HOSTILE: dict[str, Case] = {
    "ends the process": Case(
        IS_EVEN,
        "fn is_even(n: i64) -> bool { if n > 1000 { std::process::exit(0) } n % 2 == 0 }",
        "different",
        "ends the process",
        "crash",
    ),
    "aborts": Case(
        IS_EVEN,
        "use std::process::abort;\nfn is_even(n: i64) -> bool { if n == -1 { abort() } n % 2 == 0 }",
        "different",
        "ends the process",
        "crash",
    ),
    "never ends": Case(
        IS_EVEN,
        "fn is_even(n: i64) -> bool { while n > 1000 { std::hint::spin_loop() } n % 2 == 0 }",
        "different",
        "does not end",
        "hang",
    ),
    "takes all memory": Case(
        IS_EVEN,
        """fn is_even(n: i64) -> bool {
            let mut hoard: Vec<Vec<u64>> = Vec::new();
            while n > 1000 { hoard.push(Vec::with_capacity(1 << 24)); }
            n % 2 == 0 || hoard.len() > 1
        }""",
        "different",
        "ends the process",
        "crash",
    ),
    "recurses for ever": Case(
        IS_EVEN,
        """fn deep(n: i64) -> i64 { if n == 0 { 0 } else { 1 + std::hint::black_box(deep(n.wrapping_add(1))) } }
        fn is_even(n: i64) -> bool { if n > 1000 { deep(n) == 1 } else { n % 2 == 0 } }""",
        "different",
        "ends the process",
        "crash",
    ),
    "prints for ever": Case(
        IS_EVEN,
        'fn is_even(n: i64) -> bool { while n > 1000 { print!("{:1000}", n); } n % 2 == 0 }',
        "different",
        "is_even(",
        "exception",
    ),
}

REFUSED: dict[str, Case] = {
    "not rust": Case(IS_EVEN, "fn is_even(n: i64) -> bool {", "invalid", "PT811"),
    "nothing": Case(IS_EVEN, "", "invalid", "PT742"),
    "a null byte": Case(IS_EVEN, EVEN_RUST + "\0", "invalid", "rust 1:"),
    "a lone surrogate": Case(IS_EVEN, EVEN_RUST + "// \ud800", "invalid", "not UTF-8"),
    "deep nesting of types": Case(
        IS_EVEN, f"fn is_even(n: {'&' * 5000}i64) -> bool {{ true }}", "invalid", "PT811"
    ),
    "deep nesting of expressions": Case(
        IS_EVEN,
        f"fn is_even(n: i64) -> bool {{ {'(' * 3000}n % 2 == 0{')' * 3000} }}",
        "invalid",
        "nests too deeply",
    ),
    "no such function": Case(IS_EVEN, "fn even(n: i64) -> bool { n % 2 == 0 }", "invalid", "PT742"),
    "a method": Case(
        IS_EVEN, "struct S; impl S { fn is_even(&self, n: i64) -> bool { n % 2 == 0 } }", "invalid", "PT742"
    ),
    "rustc rejects it": Case(
        IS_EVEN,
        'fn is_even(n: i64) -> bool {\n    let x: i64 = "1";\n    n % 2 == x\n}',
        "invalid",
        "2:18: PT746",
    ),
    "rustc rejects its borrows": Case(
        IS_EVEN,
        "fn is_even(n: i64) -> bool { let s = String::new(); drop(s); s.len() as i64 == n % 2 }",
        "invalid",
        "E0382",
    ),
    "a constant that panics": Case(
        IS_EVEN, "const X: i64 = 1 / (1 - 1);\nfn is_even(n: i64) -> bool { n % 2 == X }", "invalid", "PT746"
    ),
    "another parameter": Case(
        IS_EVEN, "fn is_even(n: &str) -> bool { n.len() % 2 == 0 }", "invalid", "1:12: PT744"
    ),
    "too many parameters": Case(
        IS_EVEN, "fn is_even(n: i64, m: i64) -> bool { n == m }", "invalid", "takes 2"
    ),
    "another result": Case(IS_EVEN, "fn is_even(n: i64) -> i64 { n % 2 }", "invalid", "the result"),
    "a bound that does not hold": Case(
        SECONDS.replace("int", "float"),
        "fn largest<T: Ord + Copy>(items: &[T]) -> T { *items.iter().max().unwrap() }",
        "invalid",
        "can't be called as the python is",
    ),
    "an async function": Case(IS_EVEN, "async fn is_even(n: i64) -> bool { n % 2 == 0 }", "invalid", "PT745"),
    "unsafe": Case(IS_EVEN, "fn is_even(n: i64) -> bool { unsafe { n % 2 == 0 } }", "invalid", "PT743"),
    "files": Case(
        IS_EVEN,
        'fn is_even(n: i64) -> bool { std::fs::read("/etc/passwd").is_ok() == (n % 2 == 0) }',
        "invalid",
        "`std::fs`",
    ),
    "files at compile time": Case(
        IS_EVEN, 'const X: &str = include_str!("/etc/passwd");\n' + EVEN_RUST, "invalid", "include_str!"
    ),
    "the environment at compile time": Case(
        IS_EVEN, 'const X: &str = env!("HOME");\n' + EVEN_RUST, "invalid", "`env!`"
    ),
    "processes": Case(
        IS_EVEN,
        'fn is_even(n: i64) -> bool { std::process::Command::new("ls").spawn().is_ok() == (n == 0) }',
        "invalid",
        "`std::process::Command`",
    ),
    "untyped python": Case("def is_even(n):\n    return n.is_even()\n", EVEN_RUST, "invalid", "PT101"),
    "python that does not parse": Case("def is_even(n: int) -> bool\n", EVEN_RUST, "invalid", "PT001"),
    "python that nests too deeply": Case(
        f"def deep(n: int) -> int:\n    return {'-' * 2500}n\n",
        "fn deep(n: i64) -> i64 { n }",
        "invalid",
        "PT003",
    ),
    "no name among several": Case(IS_EVEN + GCD, EVEN_RUST, "invalid", "PT741"),
    "a generator": Case(
        "from collections.abc import Iterator\ndef up(n: int) -> Iterator[int]:\n    yield n\n",
        "fn up(n: i64) -> Vec<i64> { vec![n] }",
        "invalid",
        "PT202",
    ),
    "python with effects": Case(
        'import subprocess\ndef run(n: int) -> int:\n    return subprocess.run(["true"]).returncode + n\n',
        "fn run(n: i64) -> i64 { n }",
        "inconclusive",
        "PT707",
    ),
}

ALL = {
    f"{group}: {name}": case
    for group, cases in (("agree", AGREE), ("differ", DIFFER), ("hostile", HOSTILE), ("refused", REFUSED))
    for name, case in cases.items()
}
