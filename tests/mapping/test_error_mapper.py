"""Python's exceptions as Rust errors."""

from __future__ import annotations

import builtins
import shutil
import subprocess
from pathlib import Path

import pytest

from portalis.mapping.error_mapper import ErrorHandlingStrategy, ErrorMapper, UnknownException, rust_string
from portalis.mapping.exceptions import BUILTIN, bases_of


def test_the_hierarchy_is_that_of_the_running_python() -> None:
    for name in BUILTIN:
        real = getattr(builtins, name, None)
        if real is None:
            continue  # newer than this Python
        wanted = [base.__name__ for base in real.__mro__[1:-1] if base.__name__ != "Exception"]
        assert [base for base in bases_of(name) if base != "Exception"] == wanted
    missing = {
        name
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException) and value.__name__ == name
    } - set(BUILTIN)
    assert missing - {"PythonFinalizationError", "_IncompleteInputError"} == set()


def test_the_calls_of_the_guide() -> None:
    mapper = ErrorMapper()
    assert mapper.get_mapping("ValueError").rust_error_variant == "ValueError"
    wanted = 'return Err(Error::ValueError("Invalid input".to_string()));'
    assert mapper.translate_raise_statement("ValueError", "Invalid input") == wanted
    source = mapper.generate_error_enum(["ValueError", "TypeError", "KeyError"])
    assert "    ValueError(String),\n    TypeError(String),\n    KeyError(String),\n" in source


def test_strategies() -> None:
    mapper = ErrorMapper()
    assert mapper.get_mapping("ValueError").strategy is ErrorHandlingStrategy.RESULT
    assert mapper.translate_raise_statement("MemoryError") == 'panic!("{}", "MemoryError");'
    assert mapper.translate_raise_statement("StopIteration") == "return None;"
    panics = mapper.translate_raise_statement("ValueError", "{no}", ErrorHandlingStrategy.PANIC)
    assert panics == 'panic!("{}", "ValueError: {no}");'


def test_custom_exceptions_inherit() -> None:
    mapper = ErrorMapper()
    mapper.register_custom_exception("ValidationError", "ValueError")
    mapper.register_custom_exception("InvalidChecksum", "ValidationError")
    assert mapper.is_subclass("InvalidChecksum", "ValueError")
    assert mapper.is_subclass("InvalidChecksum", "Exception")
    assert not mapper.is_subclass("ValueError", "InvalidChecksum")
    raised = mapper.translate_raise_statement("InvalidChecksum")
    assert raised == "return Err(Error::InvalidChecksum(String::new()));"


def test_the_unknown_is_refused() -> None:
    mapper = ErrorMapper()
    for call in (
        lambda: mapper.get_mapping("NoSuchError"),
        lambda: mapper.generate_error_enum(["ValueError", "NoSuchError"]),
        lambda: mapper.register_custom_exception("A", "NoSuchError"),
    ):
        with pytest.raises(UnknownException, match="NoSuchError"):
            call()


def test_old_names_are_aliases() -> None:
    assert ErrorMapper().get_mapping("IOError").rust_error_variant == "OSError"


@pytest.mark.skipif(shutil.which("rustc") is None, reason="rustc is not installed")
def test_rustc_runs_what_is_generated(tmp_path: Path) -> None:
    mapper = ErrorMapper()
    message = 'a "quoted" {brace}\n\\ tab\t nul\0 Zürich 🦀'
    source = tmp_path / "errors.rs"
    source.write_text(
        mapper.generate_error_enum(["ValueError", "KeyError", "ValueError"])
        + mapper.generate_error_enum([], "Nothing")
        + "fn fail() -> Result<(), Error> {\n"
        + f"    {mapper.translate_raise_statement('ValueError', message)}\n"
        + '}\n\nfn main() {\n    print!("{}", fail().unwrap_err());\n}\n',
        encoding="utf-8",
    )
    program = tmp_path / "errors"
    build = ["rustc", "--edition=2024", "-A", "dead_code", "-o", str(program), str(source)]
    built = subprocess.run(build, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert subprocess.run([str(program)], capture_output=True, check=True).stdout.decode() == message


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        rust_string("\ud800")
