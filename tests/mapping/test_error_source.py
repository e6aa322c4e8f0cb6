"""The Rust of error enums: rustfmt leaves it, clippy accepts it, and it does what Python does."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from portalis.compiler.unit import ExceptionClass
from portalis.emit.error_enum import complete, error_module
from portalis.mapping.error_mapper import ErrorMapper
from portalis.mapping.exceptions import BUILTIN
from tests.mapping.rust_crate import Cargo

pytestmark = pytest.mark.skipif(shutil.which("rustfmt") is None, reason="rustfmt is not installed")

MESSAGE = 'a "quoted" {brace}\n\\ tab\t nul\0 Zürich 🦀'


def bank() -> ErrorMapper:
    mapper = ErrorMapper()
    mapper.register_custom_exception(
        "InsufficientFunds", "ValueError", fields={"balance": "float", "asked": "Union[int, str]"}
    )
    mapper.register_custom_exception("bank.Stale", "OSError", default_message='stale "data"')
    return mapper


def test_rustfmt_leaves_it(tmp_path: Path) -> None:
    mapper, chance = bank(), random.Random(4)
    names = [*BUILTIN, "InsufficientFunds", "bank.Stale"]
    texts = [mapper.generate_error_enum([]), mapper.generate_error_enum(names)]
    for index in range(100):
        chosen = chance.sample(names, chance.randint(1, 12))
        enum = chance.choice(["Error", "E", "ApplicationError"])
        texts.append(mapper.generate_error_enum(chosen, enum, chains=index % 2 == 0))
    own = ExceptionClass(
        "InvalidFormat", "kit.errors", "InvalidFormat", ("ValueError", "Exception", "BaseException")
    )
    texts.append(error_module(complete([own], ["KeyError", "ValueError", "JsonDecodeError"])))
    files = []
    for index, text in enumerate(texts):
        files.append(tmp_path / f"e{index}.rs")
        files[-1].write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["rustfmt", "--edition=2024", "--check", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == done.stderr == ""


_TESTS = """\
#[cfg(test)]
mod tests {
    use super::all::Error;
    use super::small;
    use std::error::Error as _;

    fn parsed(text: &str) -> Result<i64, small::Error> {
        Ok(text.trim().parse::<i64>()?)
    }

    fn fail() -> Result<(), small::Error> {
        RAISE
    }

    fn chained(error: Error, n: i64) -> Result<(), Error> {
        CHAINED
    }

    #[test]
    fn messages_are_those_of_python() {
        assert_eq!(fail().unwrap_err().to_string(), "MESSAGE");
        assert_eq!(Error::Stale(None).message(), "stale \\"data\\"");
        assert_eq!(Error::Stale(Some("old".to_string())).message(), "old");
        let errors = vec![Error::ValueError("a".to_string()), Error::TypeError("b".to_string())];
        let group = Error::exception_group("several", errors);
        assert_eq!(group.to_string(), "several (2 sub-exceptions)");
        assert!(group.is_exception() && group.is_base_exception_group());
    }

    #[test]
    fn bases_catch() {
        let missing = Error::KeyError("'a'".to_string());
        assert!(missing.is_lookup_error() && missing.is_exception() && !missing.is_value_error());
        assert!(Error::Stale(None).is_os_error());
        assert!(!Error::KeyboardInterrupt(String::new()).is_exception());
    }

    #[test]
    fn chains_end_at_the_cause() {
        let error = chained(Error::KeyError("'a'".to_string()), 3).unwrap_err();
        assert_eq!(error.to_string(), "no 3");
        assert!(error.is_value_error() && !error.is_key_error());
        assert_eq!(error.class_name(), "ValueError");
        assert_eq!(error.source().map(ToString::to_string), Some("'a'".to_string()));
        assert_eq!(error.raised(), &Error::ValueError("no 3".to_string()));
        assert!(error.raised().source().is_none());
    }

    #[test]
    fn standard_errors_become_their_exceptions() {
        assert_eq!(parsed(" 7 ").ok(), Some(7));
        assert!(parsed("x").unwrap_err().is_value_error());
        let missing = Error::from(std::io::Error::from(std::io::ErrorKind::NotFound));
        assert!(matches!(missing, Error::FileNotFoundError(_)) && missing.is_os_error());
        let other = Error::from(std::io::Error::other("odd"));
        assert_eq!(other, Error::OSError("odd".to_string()));
    }
}
"""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cargo") is None, reason="cargo is not installed")
def test_clippy_accepts_it_and_it_behaves(cargo: Cargo) -> None:
    mapper = bank()
    everything = mapper.generate_error_enum([*BUILTIN, "InsufficientFunds", "bank.Stale"])
    small = mapper.generate_error_enum(["ValueError", "KeyError", "ValueError"])
    chained = mapper.translate_raise("raise ValueError(f'no {n}') from error", {"n": "int"})
    raised = mapper.translate_raise_statement("ValueError", MESSAGE)
    tests = (
        _TESTS.replace(
            "RAISE", raised.removeprefix("return ").removesuffix(";").replace("Error::", "small::Error::")
        )
        .replace("CHAINED", chained.removeprefix("return ").removesuffix(";"))
        .replace('"MESSAGE"', raised.partition("ValueError(")[2].partition(".to_string()")[0])
    )
    none = mapper.generate_error_enum([], "Nothing")
    modules = {"all": everything, "small": small, "none": none}
    source = "".join(f"pub mod {name} {{\n{text}}}\n" for name, text in modules.items()) + tests
    assert cargo.run("clippy", "errors", source, {}, "--all-targets", "--", "-D", "warnings") == ""
    assert cargo.run("test", "errors", source, {}) == ""
