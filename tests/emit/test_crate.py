"""The core crate: its layout, its errors, its own tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portalis.compiler.types import BOOL, INT, STR, ListOf, OptionalOf, UnionOf
from portalis.compiler.unit import CompiledProject, ExceptionClass, RustFile
from portalis.emit import cargo
from portalis.emit.binding import runtime_roots, write_binding
from portalis.emit.crate import CrateError, function_at, package_name, raw_identifier, write_core
from portalis.emit.equivalence import EquivalenceCase, equivalence_tests
from portalis.emit.error_enum import UnknownExceptionError, complete, error_module, python_exception
from portalis.emit.markers import lend, marker
from portalis.emit.rust_literals import NoLiteral, argument, owned
from portalis.mapping.naming import snake
from tests.emit.kit_project import EXCEPTIONS, kit


def _crate(tmp_path: Path, *files: RustFile) -> Path:
    write_core(CompiledProject("My Kit", (), files, ()), tmp_path)
    return tmp_path


def test_modules_are_declared_where_they_stand(tmp_path: Path) -> None:
    texts = ("a.rs", "do/mod.rs", "do/deep/x.rs", "es/es.rs", "es/b.rs")
    _crate(tmp_path, *(RustFile(path, f"//! {path}\npub fn f() {{}}\n") for path in texts))
    src = tmp_path / "src"
    assert "pub mod r#do;" in (src / "lib.rs").read_text()
    assert "pub mod deep;" in (src / "do/mod.rs").read_text()
    assert (src / "do/mod.rs").read_text().startswith("//! do/mod.rs\n")
    assert "pub mod x;" in (src / "do/deep/mod.rs").read_text()
    assert "#[allow(clippy::module_inception)]\npub mod es;" in (src / "es/mod.rs").read_text()
    assert 'name = "my-kit"' in (tmp_path / "Cargo.toml").read_text()
    assert not (src / "runtime").exists()


def test_negative_bounds_are_no_mistake(tmp_path: Path) -> None:
    sliced = (
        "//! a\n\nuse crate::runtime::seq;\n\npub fn f(x: &[i64]) -> &[i64] {\n    seq::slice(x, 1..-1)\n}\n"
    )
    _crate(tmp_path, RustFile("a.rs", sliced), RustFile("lib.rs", "//! Doc.\npub fn g() {}\n"))
    text = (tmp_path / "src/lib.rs").read_text()
    assert text.startswith("//! Doc.\n\n// In a slice")
    assert "#![allow(clippy::reversed_empty_ranges)]\n\npub mod a;" in text


def test_writing_again_keeps_unchanged_files_and_drops_stale_ones(tmp_path: Path) -> None:
    _crate(tmp_path, RustFile("a.rs", "pub fn a ( ) { }\n"), RustFile("b.rs", "pub fn b() {}\n"))
    before = (tmp_path / "src/a.rs").stat().st_mtime_ns
    _crate(tmp_path, RustFile("a.rs", "pub fn a ( ) { }\n"))
    assert (tmp_path / "src/a.rs").stat().st_mtime_ns == before
    assert (tmp_path / "src/a.rs").read_text() == "pub fn a() {}\n"
    assert not (tmp_path / "src/b.rs").exists()


@pytest.mark.parametrize("path", ["error.rs", "runtime/x.rs", "a.rs"])
def test_two_things_for_one_file_are_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(CrateError):
        _crate(tmp_path, RustFile("A.rs", ""), RustFile(path, ""))


def test_names_cargo_accepts() -> None:
    assert [package_name(name) for name in ("std", "fn", "self", "__x__", "%", "Ünï")] == [
        "std-rs",
        "fn-rs",
        "self-rs",
        "x",
        "project",
        "n",
    ]
    assert raw_identifier("match") == "r#match"
    with pytest.raises(CrateError):
        raw_identifier("self")


def test_error_predicates_follow_the_hierarchy() -> None:
    text = error_module(complete(EXCEPTIONS, {"KeyError", "BinasciiError"}))
    assert "InvalidFormat(Option<String>)," in text
    assert "KeyError(String)," in text
    start = text.index("fn is_value_error")
    body = text[start : text.index("}", start)]
    for name in ("BinasciiError", "InvalidFormat", "InvalidChecksum", "ValidationError"):
        assert f"Error::{name}(_)" in body
    assert "KeyError" not in body
    assert "fn is_lookup_error" in text
    assert 'unwrap_or("The number has an invalid format.")' in text


def test_exceptions_python_does_not_have_are_refused() -> None:
    with pytest.raises(UnknownExceptionError):
        complete((), {"NoSuchError"})
    assert python_exception("KeyError").bases[0] == "LookupError"
    assert [snake(name) for name in ("OSError", "ValueError", "InvalidFormat")] == [
        "os_error",
        "value_error",
        "invalid_format",
    ]


def test_a_literal_is_exactly_the_value_or_refused() -> None:
    assert owned(-(2**63), INT) == "i64::MIN"
    for value in (2**63, True, 1.0, None):
        with pytest.raises(NoLiteral):
            owned(value, INT)
    types = {param.type for item in kit().items if item.rust for param in item.rust.params}
    assert all(marker(type_) and lend(type_, "a") for type_ in types)
    assert (
        argument('\u202e\ud7ff\n"', next(t for t in types if str(t) == "str")) == '"\\u{202e}\\u{d7ff}\\n\\""'
    )


def test_a_value_of_a_union_is_the_variant_that_the_extension_takes() -> None:
    union = UnionOf((BOOL, INT, ListOf(STR)))
    assert owned(True, union) == "BoolOrIntOrListStr::Bool(true)"
    assert owned(1, OptionalOf(union)) == "Some(BoolOrIntOrListStr::Int(1))"
    assert owned([""], union) == "BoolOrIntOrListStr::ListStr(vec![String::new()])"
    with pytest.raises(NoLiteral, match="float as bool"):
        owned(1.0, union)


def test_what_is_left_out_is_counted_by_reason() -> None:
    def luhn(text: str) -> EquivalenceCase:
        return EquivalenceCase("kit.luhn:is_valid", (text,), (text,), False)

    cases = [luhn("\ud800"), luhn("1" * 2000), *(luhn(str(n)) for n in range(20)), luhn("0"), luhn("0")]
    made = equivalence_tests(kit(), [*cases, replace(luhn("0"), key="kit:gone")])
    assert made.written == 12
    assert dict(made.left_out) == {
        "a lone surrogate": 1,
        "the call is too long to read": 1,
        "the function has enough others": 8,
        "written already": 2,
        "the function has no Rust": 1,
    }
    assert made.written + sum(made.left_out.values()) == len(cases) + 1


def test_cases_with_other_answers_come_before_more_of_the_same() -> None:
    def small(n: int) -> EquivalenceCase:
        return EquivalenceCase("kit.lists:total", ([float(n)],), ([float(n)],), 7.0 if n == 30 else 0.0)

    made = equivalence_tests(kit(), [small(n) for n in range(31)])
    assert "total(&[30.0]), 7.0" in made.text
    assert made.text.index("&[2.0]") < made.text.index("&[30.0]")


def test_helpers_are_written_only_where_they_are_called() -> None:
    case = EquivalenceCase("kit.luhn:is_valid", ("date(captured(",), ("date(captured(",), False)
    text = equivalence_tests(kit(), [case]).text
    assert "fn " not in text.replace("fn luhn_is_valid()", "")
    assert "use kit::luhn::is_valid;" in text
    assert 'assert!(!is_valid("date(captured("));' in text


def _cases() -> list[EquivalenceCase]:
    import datetime as dt

    def same(
        key: str, *args: object, result: object = None, raised: str | None = None, message: str = ""
    ) -> None:
        found.append(EquivalenceCase(key, args, args, result, raised, message))

    found: list[EquivalenceCase] = []
    same("kit:root", 4.0, result=2.0)
    same("kit:root", float("nan"), result=float("nan"))
    same("kit:root", -0.0, result=-0.0)
    same("kit.luhn:checksum", "12\u00e9"[:2], "0123456789", result=3)
    same(
        "kit.luhn:validate",
        "",
        raised="kit.exceptions:InvalidFormat",
        message="The number has an invalid format.",
    )
    same("kit.luhn:validate", "1", raised="kit.exceptions:InvalidChecksum", message="bad sum")
    same("kit.luhn:validate", "\ud800", result="never written")
    same("kit.luhn:is_valid", "00", result=True)
    same("kit.lists:total", [], result=0.0)
    same("kit.lists:words", " a\tb ", None, result=["a", "b"])
    same("kit.lists:words", "a,b", ",", result=["a", "b"])
    same("kit.lists:count", ["b", "a", "b"], result={"b": 2, "a": 1})
    same("kit.lists:count", [], result={})
    same("kit.lists:uniq", {1, 2}, (3, "x"), result=(5, "x"))
    same("kit.lists:tail", ("a", "b"), result=("b",))
    same("kit.lists:grid", [[1], []], result=[[], [1]])
    same("kit.misc:raw", b'a"\x00', result=b'\x00"a')
    same("kit.misc:next_day", dt.date(2024, 2, 28), result=dt.date(2024, 2, 29))
    stamp = dt.datetime(2020, 1, 1, 3, 4, 5, 6)
    same("kit.misc:stamp", stamp, dt.timedelta(-1, 5, 7), result=stamp + dt.timedelta(-1, 5, 7))
    same("kit.misc:lookup", {1: "a"}, 7, raised="builtins:KeyError", message="7")
    same("kit.misc:opt", None, result=None)
    same("kit.misc:opt", [], result=None)
    same("kit.misc:opt", [3], result=3)
    same("kit.lists:words", "", None, result=[])
    same("kit.lists:grid", [[]], result=[[]])
    same("kit.more:small", frozenset(), result=frozenset())
    same("kit.more:small", frozenset({"a", "bb"}), result=frozenset({"a"}))
    same("kit.more:table", [(1, "a"), (1, "b")], result={1: ("a", "b")})
    same("kit.more:second", (1, "x"), result="x")
    same("kit.more:second", None, result="none")
    same("kit.more:first", (1, 2), result=1)
    same("kit.more:glue", ["a", "b"], result="ab")
    same("kit.more:size", b"", result=0)
    same("kit.more:noon", dt.time(1, 2), result=dt.time(12, 2))
    found.append(EquivalenceCase("kit.more:reverse", ([1.5, -0.0],), ([-0.0, 1.5],)))
    found.append(EquivalenceCase("kit.more:reverse", ([],), ([],)))
    found.append(EquivalenceCase("kit.more:push", ([], 5), ([(5, None)], 5)))
    found.append(EquivalenceCase("kit.more:drop", ({"a": 1}, "a"), ({}, "a"), 1))
    found.append(EquivalenceCase("kit.more:both", ([], [1]), ([1], [])))
    found.append(EquivalenceCase("kit.lists:add_all", ([1, 2], 3), ([4, 5], 3)))
    negative = ([1, -1], 1)
    found.append(
        EquivalenceCase("kit.lists:add_all", negative, ([2, -1], 1), None, "builtins:ValueError", "negative")
    )
    found.append(EquivalenceCase("kit.misc:shout", ("a",), ("a",), output="a!\n"))
    shouted = EquivalenceCase(
        "kit.misc:shout", ("bad",), ("bad",), None, "builtins:ValueError", "bad", "bad!\n"
    )
    found.append(shouted)
    found.append(EquivalenceCase("kit.lists:merge", ({"a": 1}, {"b": 2}), ({"a": 1, "b": 2}, {"b": 2})))
    found.append(EquivalenceCase("kit.lists:add_set", ({1}, 2), ({1, 2}, 2), True))
    return found


@pytest.mark.slow
def test_the_crate_is_clean_and_its_tests_pass(tmp_path: Path, target: Path) -> None:
    compiled = kit()
    made = equivalence_tests(compiled, _cases())
    core = write_core(compiled, tmp_path, tests=made.text, roots=made.roots)
    assert core.format_problem == ""
    run = cargo.check(tmp_path, target, clippy=True)
    assert [message.rendered for message in run.messages] == []
    tested = cargo.test(tmp_path, target)
    assert tested.succeeded, tested.stderr
    written = (tmp_path / "tests/equivalence.rs").read_text()
    assert written.count("#[test]") == len({case.key for case in _cases()})
    assert "never written" not in written


@pytest.mark.slow
def test_a_wrong_case_fails(tmp_path: Path, target: Path) -> None:
    case = EquivalenceCase("kit:root", (4.0,), (4.0,), -2.0)
    write_core(kit(), tmp_path, tests=equivalence_tests(kit(), [case]).text)
    assert not cargo.test(tmp_path, target).succeeded


@pytest.mark.slow
def test_errors_of_rustc_are_mapped_to_the_function(tmp_path: Path, target: Path) -> None:
    compiled = kit()
    files = tuple(
        replace(file, text=file.text.replace("b.iter().rev().copied()", "b.iter().rev()"))
        for file in compiled.files
    )
    write_core(replace(compiled, files=files), tmp_path)
    run = cargo.check(tmp_path, target)
    assert not run.succeeded
    (error,) = run.errors
    assert error.code == "E0277"
    assert function_at(tmp_path, error.file, error.line) == "misc::raw"


@pytest.mark.slow
def test_a_binding_of_nothing_still_builds(tmp_path: Path, target: Path) -> None:
    compiled = CompiledProject("empty", (), (), ())
    core = write_core(compiled, tmp_path / "core")
    binding = write_binding(compiled, core, tmp_path / "binding")
    run = cargo.check(binding.directory, target, clippy=True)
    assert run.succeeded, run.errors


@pytest.mark.slow
def test_the_binding_is_clean(tmp_path: Path, target: Path) -> None:
    compiled = kit()
    core = write_core(compiled, tmp_path / "core", roots=runtime_roots(compiled))
    binding = write_binding(compiled, core, tmp_path / "binding")
    run = cargo.check(binding.directory, target, clippy=True)
    assert [message.rendered for message in run.messages] == []


def test_an_exception_without_variants_still_has_a_message() -> None:
    assert "match *self {}" in error_module(())
    custom = ExceptionClass("Quote", "m", "Quote", ("Exception",), 'say "x"\n')
    assert '"say \\"x\\"\\n"' in error_module([custom])
