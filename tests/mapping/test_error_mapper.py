"""Python's exceptions as Rust errors."""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest

from portalis.config import load_config
from portalis.mapping.error_mapper import ErrorHandlingStrategy, ErrorMapper, UnknownException, rust_string
from portalis.mapping.errors import MappingError, RaiseError
from portalis.mapping.exceptions import BUILTIN, bases_of
from portalis.mapping.type_mapper import TypeMapper

RESULT, PANIC, OPTION = ErrorHandlingStrategy


def test_the_hierarchy_is_that_of_the_running_python() -> None:
    real = {
        name: value
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException) and value.__name__ == name
    }
    assert set(real) - set(BUILTIN) - {"_IncompleteInputError"} == set()
    assert len(real) > 60
    for name, value in real.items():
        if name in BUILTIN:
            assert bases_of(name) == tuple(base.__name__ for base in value.__mro__[1:-1]), name


def test_the_calls_of_the_guide() -> None:
    mapper = ErrorMapper()
    assert mapper.get_mapping("ValueError").rust_error_variant == "ValueError"
    wanted = 'return Err(Error::ValueError("Invalid input".to_string()));'
    assert mapper.translate_raise_statement("ValueError", "Invalid input") == wanted
    source = mapper.generate_error_enum(["ValueError", "TypeError", "KeyError"])
    assert "pub enum Error {" in source
    for name in ("ValueError", "TypeError", "KeyError"):
        assert f"    {name}(String),\n" in source


def test_groups_are_caught_by_both_their_bases() -> None:
    mapper = ErrorMapper()
    assert mapper.is_subclass("ExceptionGroup", "Exception")
    assert mapper.is_subclass("ExceptionGroup", "BaseExceptionGroup")
    assert not mapper.is_subclass("BaseExceptionGroup", "Exception")


def test_standard_errors_that_say_the_same() -> None:
    mapper = ErrorMapper()
    assert mapper.get_mapping("OSError").rust_std == ("std::io::Error",)
    assert mapper.get_mapping("FileNotFoundError").io_kind == "NotFound"
    assert mapper.get_mapping("RuntimeError").rust_std == ()


@pytest.mark.parametrize(
    ("exception", "message", "more", "rust"),
    [
        ("ValueError", None, {}, "return Err(Error::ValueError(String::new()));"),
        ("ValueError", "a {b}", {}, 'return Err(Error::ValueError("a {b}".to_string()));'),
        ("KeyError", "a", {}, "return Err(Error::KeyError(\"'a'\".to_string()));"),
        (
            "ValueError",
            "x",
            {"cause": "error"},
            'return Err(Error::ValueError("x".to_string()).caused_by(error));',
        ),
        ("MemoryError", None, {}, 'panic!("MemoryError");'),
        ("ValueError", "{no}", {"strategy": PANIC}, 'panic!("ValueError: {{no}}");'),
        ("StopIteration", None, {}, "return None;"),
        ("StopIteration", None, {"in_result": True}, "return Ok(None);"),
        ("StopIteration", None, {"strategy": RESULT}, "return Err(Error::StopIteration(String::new()));"),
        (
            "ValueError",
            "{n:05} of {name!s:>8} {{}}",
            {"arguments": {"n": "int", "name": "str"}},
            'return Err(Error::ValueError(format!("{n:05} of {name:>8} {{}}")));',
        ),
        (
            "TypeError",
            "got {point.x}",
            {"arguments": {"point.x": "int"}, "strategy": PANIC},
            'panic!("TypeError: got {}", point.x);',
        ),
        (
            "ExceptionGroup",
            "several",
            {"fields": {"errors": "errors"}},
            'return Err(Error::exception_group("several", errors));',
        ),
    ],
)
def test_raises(exception: str, message: str | None, more: dict[str, object], rust: str) -> None:
    assert ErrorMapper().translate_raise_statement(exception, message, **more) == rust  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statement", "rust"),
    [
        ("raise ValueError('a')", 'return Err(Error::ValueError("a".to_string()));'),
        ("raise ValueError", "return Err(Error::ValueError(String::new()));"),
        (
            "raise builtins.OSError(f'{n} left') from e",
            'return Err(Error::OSError(format!("{n} left")).caused_by(e));',
        ),
        ("raise ValueError(s) from None", 'return Err(Error::ValueError(format!("{s}")));'),
        ("raise StopIteration", "return None;"),
    ],
)
def test_raise_statements_are_read(statement: str, rust: str) -> None:
    assert ErrorMapper().translate_raise(statement, {"n": "int", "s": "str"}) == rust


@pytest.mark.parametrize(
    "statement",
    [
        "raise",
        "return 1",
        "raise ValueError('a', 'b')",
        "raise ValueError(f'{x}')",  # Rust prints 1.0 as 1
        "raise ValueError(f'{flag}')",  # and True as true
        "raise ValueError(f'{s!r}')",
        "raise ValueError(f'{n:x}')",  # and a negative one as its complement
        "raise ValueError(f'{n:,}')",
        "raise ValueError(f'{n + 1}')",
        "raise ValueError(f'{unknown}')",
        "raise ValueError(compute())",
        "raise KeyError(f'{s}')",
        "raise ValueError('a') from make()",
        "raise ValueError('\ud800')",
    ],
)
def test_what_rust_would_say_differently_is_refused(statement: str) -> None:
    known = {"n": "int", "s": "str", "x": "float", "flag": "bool"}
    with pytest.raises(RaiseError) as caught:
        ErrorMapper().translate_raise(statement, known)
    assert caught.value.code == "PT505"


def test_custom_exceptions_inherit() -> None:
    mapper = ErrorMapper()
    mapper.register_custom_exception("ValidationError", "ValueError")
    mapper.register_custom_exception("InvalidChecksum", ["ValidationError", "LookupError"])
    assert mapper.hierarchy("InvalidChecksum") == (
        *("InvalidChecksum", "ValidationError", "ValueError", "LookupError", "Exception", "BaseException"),
    )
    assert not mapper.is_subclass("ValueError", "InvalidChecksum")
    raised = mapper.translate_raise_statement("InvalidChecksum")
    assert raised == "return Err(Error::InvalidChecksum(None));"  # as in translated crates
    assert mapper.guard("e", ["ValidationError", "OSError"]) == "e.is_validation_error() || e.is_os_error()"
    with pytest.raises(ValueError, match="Python's own"):
        mapper.register_custom_exception("IOError")
    with pytest.raises(ValueError, match="no consistent order"):
        mapper.register_custom_exception("Bad", ["Exception", "ValueError"])


def test_custom_exceptions_carry_fields() -> None:
    mapper = ErrorMapper()
    mapper.register_custom_exception(
        "InsufficientFunds", "ValueError", fields={"balance": "float", "name": "str"}
    )
    fields = {"balance": "account.balance", "name": "name"}
    raised = mapper.translate_raise_statement("InsufficientFunds", "no", fields=fields)
    assert raised == (
        'return Err(Error::InsufficientFunds { message: "no".to_string(), balance: account.balance, name });'
    )
    for wrong in (
        {},
        {"balance": "1.0"},
        {"balance": "1.0", "name": "(", "more": "1"},
        {"balance": "(", "name": "n"},
    ):
        with pytest.raises(RaiseError):
            mapper.translate_raise_statement("InsufficientFunds", "no", fields=wrong)
    with pytest.raises(MappingError):
        mapper.register_custom_exception("Odd", fields={"x": "Nonsense"})
    with pytest.raises(ValueError, match="not a name"):
        mapper.register_custom_exception("Odd", fields={"type": "int"})


def test_strategies_of_a_project(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(
        '[tool.portalis]\nerror-strategy = "panic"\n'
        '[tool.portalis.error-strategies]\nLookupError = "option"\nIndexError = "result"\n',
        encoding="utf-8",
    )
    mapper = ErrorMapper.from_config(load_config(file=file))
    chosen = [
        mapper.get_mapping(name).strategy for name in ("ValueError", "KeyError", "IndexError", "MemoryError")
    ]
    assert chosen == [PANIC, OPTION, RESULT, PANIC]
    mapper.register_custom_exception("Missing", "KeyError")
    assert mapper.translate_raise_statement("Missing", "x") == "return None;"
    mapper.register_custom_exception("Loud", "KeyError", strategy=RESULT)
    assert mapper.get_mapping("Loud").strategy is RESULT


def test_signatures_are_wrapped() -> None:
    mapper, signature = ErrorMapper(), TypeMapper().map_function_signature(["str"], "int")
    wrapped = [str(mapper.wrap_signature(signature, names)) for names in (
        ["ValueError"], ["StopIteration"], ["ValueError", "StopIteration"], ["MemoryError"], [],
    )]  # fmt: skip
    assert wrapped == [
        "fn(&str) -> Result<i64, Error>",
        "fn(&str) -> Option<i64>",
        "fn(&str) -> Result<Option<i64>, Error>",
        "fn(&str) -> i64",
        "fn(&str) -> i64",
    ]


def test_the_unknown_is_refused() -> None:
    mapper = ErrorMapper()
    for call in (
        lambda: mapper.get_mapping("NoSuchError"),
        lambda: mapper.generate_error_enum(["ValueError", "NoSuchError"]),
        lambda: mapper.register_custom_exception("A", "NoSuchError"),
        lambda: mapper.translate_raise("raise NoSuchError('x')"),
        lambda: mapper.guard("e", ["NoSuchError"]),
    ):
        with pytest.raises(UnknownException, match="NoSuchError") as caught:
            call()
        assert caught.value.code == "PT504"


def test_old_names_are_aliases() -> None:
    assert ErrorMapper().get_mapping("IOError").rust_error_variant == "OSError"


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        rust_string("\ud800")
