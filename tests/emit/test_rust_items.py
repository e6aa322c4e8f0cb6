"""Splitting Rust into items, and carrying the runtime only as used."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.compiler.rust.vocabulary import runtime_folder
from portalis.emit import cargo
from portalis.emit.crate import write_tree
from portalis.emit.error_enum import complete, error_module
from portalis.emit.runtime_carry import carry, error_variants
from portalis.emit.rust_items import item_at, split

TRICKY = r"""//! Docs.
#![allow(dead_code)]

use std::fmt;

/// A brace in a string: "{", a char '{', a lifetime.
pub fn first<'a>(text: &'a str) -> &'a str {
    let _raw = r#"}"#; // a comment with }
    /* { */ if text == "\"{" { "}" } else { text }
}

#[derive(Debug)]
pub struct Pair(pub i64, pub [u8; 2]);

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

pub static TABLE: [(i64, &str); 1] = [(1, "};")];

macro_rules! twice { ($x:expr) => { $x + $x }; }

thread_local! { static DEPTH: u8 = const { 0 }; }
"""


def test_items_are_told_apart() -> None:
    found = split(TRICKY)
    assert found.header == "//! Docs.\n#![allow(dead_code)]"
    kinds = [(item.kind, item.names) for item in found.items]
    assert kinds == [
        ("use", ()),
        ("fn", ("first",)),
        ("type", ("Pair",)),
        ("impl", ()),
        ("value", ("TABLE",)),
        ("macro", ("twice",)),
        ("other", ("DEPTH",)),
    ]
    assert found.items[1].text.startswith("/// A brace")
    assert found.items[1].text.endswith("{ text }\n}")


def test_a_line_is_mapped_to_its_item() -> None:
    found = split(TRICKY)
    line = TRICKY[: TRICKY.index("r#")].count("\n") + 1
    item = item_at(found, line)
    assert item is not None
    assert item.names == ("first",)
    assert item_at(found, 1) is None


RUNTIME = {
    "a": """//! A.
use crate::error::Error;
use crate::runtime::b::{self, Shown};
use std::collections::HashMap;

pub fn used(n: i64) -> Result<i64, Error> {
    if n < 0 { return Err(Error::ValueError(b::text(n))); }
    Ok(hidden(n))
}
fn hidden(n: i64) -> i64 { n + OFFSET }
const OFFSET: i64 = 1;
pub fn unused() -> HashMap<i64, i64> { HashMap::new() }
pub fn hidden_name(hidden: i64) -> i64 { hidden }
pub fn shows<T: Shown>(x: T) -> String { x.shown() }
""",
    "b": """//! B.
use crate::error::Error;
pub fn text(n: i64) -> String { n.to_string() }
pub fn other() -> Result<(), Error> { Err(Error::KeyError(String::new())) }
pub trait Shown { fn shown(&self) -> String; }
impl Shown for i64 { fn shown(&self) -> String { text(*self) } }
pub struct Wrapped(pub i64);
impl Shown for Wrapped { fn shown(&self) -> String { other().map(|_| String::new()).unwrap_or_default() } }
""",
}


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    for stem, text in RUNTIME.items():
        (tmp_path / f"{stem}.rs").write_text(text)
    return tmp_path


def test_only_what_is_reached_is_carried(runtime: Path) -> None:
    carried = carry(["use crate::runtime::a;\nfn f() { a::used(1); }"], runtime)
    assert set(carried.files) == {"a", "b"}
    assert "fn hidden(" in carried.files["a"]
    assert "OFFSET" in carried.files["a"]
    assert "unused" not in carried.files["a"]
    assert "HashMap" not in carried.files["a"]
    assert "Shown" not in carried.files["a"] + carried.files["b"]
    assert "other" not in carried.files["b"]
    assert carried.variants == {"ValueError"}


def test_impls_travel_with_their_types_and_traits(runtime: Path) -> None:
    trait = carry(["use crate::runtime::a::shows;\nfn f() { shows(1); }"], runtime)
    assert "impl Shown for i64" in trait.files["b"]
    assert "Wrapped" not in trait.files["b"]
    both = carry(["fn f(x: crate::runtime::b::Wrapped) { crate::runtime::a::shows(x); }"], runtime)
    assert "impl Shown for Wrapped" in both.files["b"]
    assert both.variants == {"KeyError"}


def test_a_variable_is_not_a_helper_of_its_name(runtime: Path) -> None:
    assert "fn hidden(" not in carry(["a::hidden_name(1)"], runtime).files["a"]


def test_nothing_used_carries_nothing(runtime: Path) -> None:
    carried = carry(['fn f() -> &str { "a::used" } // b::text'], runtime)
    assert carried.files == {}
    assert error_variants('x(Error::KeyError(y)) // Error::TypeError\n"Error::OSError"') == {"KeyError"}


def test_an_unknown_root_is_refused(runtime: Path) -> None:
    with pytest.raises(ValueError, match="a::nothing"):
        carry([], runtime, ["a::nothing"])


@pytest.mark.slow
def test_every_runtime_item_compiles_when_carried_alone(tmp_path: Path, target: Path) -> None:
    """Each public item in a crate module of its own, so that one check covers them all."""
    texts: dict[str, str] = {}
    crates: dict[str, str] = {}
    folder = runtime_folder()
    for path in sorted(folder.glob("*.rs")):
        for item in split(path.read_text(encoding="utf-8")).items:
            if item.kind not in ("fn", "type", "trait", "value") or "pub " not in item.masked.split("{")[0]:
                continue
            case = f"case_{len(crates)}_{path.stem}_{item.names[0]}".lower()
            carried = carry([], folder, [f"{path.stem}::{item.names[0]}"])
            crates.update(carried.crates)
            texts[f"src/{case}/mod.rs"] = "pub mod error;\npub mod runtime;\n"
            texts[f"src/{case}/error.rs"] = error_module(complete((), carried.variants))
            declared = "".join(f"pub mod {stem};\n" for stem in carried.files)
            texts[f"src/{case}/runtime/mod.rs"] = f"#![allow(dead_code)]\n{declared}"
            for stem, text in carried.files.items():
                texts[f"src/{case}/runtime/{stem}.rs"] = text.replace("crate::", f"crate::{case}::")
    cases = sorted({name.split("/")[1] for name in texts})
    texts["src/lib.rs"] = "".join(f"pub mod {case};\n" for case in cases)
    needs = "".join(f"{name} = {spec}\n" for name, spec in crates.items())
    texts["Cargo.toml"] = f'[package]\nname = "carried"\nedition = "2024"\n\n[dependencies]\n{needs}'
    write_tree(tmp_path, texts)
    run = cargo.check(tmp_path, target)
    assert len(cases) > 300
    assert [message.rendered for message in run.messages if message.level in ("error", "warning")] == []
