"""Rust that is broken at random, and what rustc thinks of it: many snippets in few runs."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

_TOKEN = re.compile(r'\s+|//[^\n]*|"(?:\\.|[^"\\])*"|\w+|.', re.DOTALL)
_FUNCTION = re.compile(r"^(?:pub(?:\([a-z]+\))? )?fn .*?^}", re.DOTALL | re.MULTILINE)
_PUT = ("{", "}", "(", ")", ";", "let", "fn", "&", "*", "->", "=", '"', "'", "::", "<", ">", "match", "else")


def functions_of_runtime() -> list[str]:
    """The functions of the runtime that generated crates carry, as snippets; few compile alone."""
    folder = Path(str(files("portalis.compiler.rust") / "runtime"))
    return [one for file in sorted(folder.glob("*.rs")) for one in _FUNCTION.findall(file.read_text())]


STANDALONE = (
    """\
pub fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
""",
    """\
use std::collections::HashMap;
pub fn count_words(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    counts
}
""",
    """\
#[derive(Debug, Clone, PartialEq)]
pub enum Shape { Circle(f64), Square { side: f64 } }
impl Shape {
    pub fn area(&self) -> f64 {
        match self {
            Shape::Circle(radius) => std::f64::consts::PI * radius * radius,
            Shape::Square { side } => side * side,
        }
    }
}
""",
    """\
pub fn parse(text: &str) -> Result<Vec<i64>, String> {
    let mut found = Vec::new();
    for (at, part) in text.split(',').enumerate() {
        let number = part.trim().parse::<i64>().map_err(|error| format!("part {at}: {error}"))?;
        found.push(number);
    }
    if found.is_empty() { Err("nothing".to_string()) } else { Ok(found) }
}
""",
    """\
pub fn search(sorted: &[i64], wanted: i64) -> Option<usize> {
    let mut low = 0;
    let mut high = sorted.len();
    while low < high {
        let middle = low + (high - low) / 2;
        if sorted[middle] < wanted { low = middle + 1; } else { high = middle; }
    }
    (low < sorted.len() && sorted[low] == wanted).then_some(low)
}
""",
    """\
use std::fmt;
pub struct Matrix { rows: Vec<Vec<f64>> }
impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            let shown: Vec<String> = row.iter().map(|x| format!("{x:.2}")).collect();
            writeln!(f, "[{}]", shown.join(", "))?;
        }
        Ok(())
    }
}
""",
    """\
pub struct Countdown(u32);
impl Iterator for Countdown {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        if self.0 == 0 { return None; }
        self.0 -= 1;
        Some(self.0)
    }
}
pub fn launch<T: Into<u32>>(from: T) -> Vec<u32> { Countdown(from.into()).collect() }
""",
)
"""Rust that needs nothing but std; all of it compiles."""


def mutate(text: str, rng: random.Random) -> str:
    """A token dropped, doubled, swapped or replaced."""
    tokens = _TOKEN.findall(text)
    at = rng.randrange(len(tokens))
    match rng.randrange(4):
        case 0:
            del tokens[at]
        case 1:
            tokens.insert(at, tokens[at])
        case 2:
            other = rng.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        case _:
            tokens[at] = rng.choice(_PUT)
    return "".join(tokens)


def accepted_by_rustc(snippets: Sequence[str], folder: Path) -> list[bool]:
    """Whether rustc accepts each snippet, as a library of its own."""
    verdicts: list[bool] = []
    for at, text in enumerate(snippets):
        source = folder / f"s{at}.rs"
        source.write_text(text)
        command = ["rustc", "--edition", "2024", "--crate-type", "lib", "--emit", "metadata"]
        command += ["--error-format", "json", "-o", str(folder / f"s{at}.rmeta"), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        verdicts.append(done.returncode == 0)
        for line in done.stderr.splitlines():
            json.loads(line)
    return verdicts
