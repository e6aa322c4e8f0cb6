"""The guide's `TypeMapper`, and the one function under it that the compiler uses."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from portalis.compiler.types import (
    ANY,
    FLOAT,
    INT,
    NONE,
    STR,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
)
from portalis.mapping import UnmappedType, rust_type
from portalis.mapping.annotation import AnnotationError
from portalis.mapping.type_mapper import TypeMapper

GUIDE = [
    ("int", "i64"),
    ("float", "f64"),
    ("bool", "bool"),
    ("str", "String"),
    ("bytes", "Vec<u8>"),
    ("None", "()"),
    ("List[int]", "Vec<i64>"),
    ("list[list[str]]", "Vec<Vec<String>>"),
    ("Dict[str, int]", "HashMap<String, i64>"),
    ("typing.Dict[str, List[float]]", "HashMap<String, Vec<f64>>"),
    ("Optional[str]", "Option<String>"),
    ("str | None", "Option<String>"),
    ("Union[int, None]", "Option<i64>"),
    ("Set[str]", "HashSet<String>"),
    ("frozenset[int]", "HashSet<i64>"),
    ("Tuple[int, str]", "(i64, String)"),
    ("tuple[int]", "(i64,)"),
    ("tuple[()]", "()"),
    ("tuple[int, ...]", "Vec<i64>"),
    ("Callable[[int, str], bool]", "Box<dyn Fn(i64, &str) -> bool>"),
    ("Callable[[], None]", "Box<dyn Fn()>"),
    ("Iterator[int]", "Box<dyn Iterator<Item = i64>>"),
    ("Literal['a', 'b']", "String"),
    ("pathlib.Path", "PathBuf"),
    ("datetime.date", "NaiveDate"),
    ("re.Pattern[str]", "Regex"),
    ("io.StringIO", "Cursor<String>"),
    ("np.ndarray", "ArrayD<f64>"),
    ("'List[int]'", "Vec<i64>"),
]


@pytest.mark.parametrize(("annotation", "rust"), GUIDE)
def test_annotations_of_the_guide(annotation: str, rust: str) -> None:
    assert str(TypeMapper().map_annotation(annotation)) == rust


def test_a_union_becomes_an_enum_named_after_its_members() -> None:
    mapped = TypeMapper().map_annotation("Union[str, int]")
    assert str(mapped) == "IntOrStr"
    (definition,) = mapped.definitions
    assert definition.splitlines() == [
        "#[derive(Debug, Clone, PartialEq, Eq, Hash)]",
        *("pub enum IntOrStr {", "    Int(i64),", "    Str(String),", "}"),
    ]


def test_imports_and_crates_travel_with_the_type() -> None:
    mapped = TypeMapper().map_annotation("Dict[str, datetime.date]")
    assert mapped.imports == {"std::collections::HashMap", "chrono::NaiveDate"}
    assert set(mapped.crates) == {"chrono"}


def test_signature_borrows_what_is_read_and_lends_what_is_changed() -> None:
    mapper = TypeMapper()
    signature = mapper.map_function_signature(
        param_types=["int", "str", "Optional[bool]"], return_type="List[int]"
    )
    assert str(signature) == "fn(i64, &str, Option<bool>) -> Vec<i64>"
    named = mapper.map_function_signature(["List[int]", "int"], None, names=["xs", "x"], mutated=[0])
    assert str(named) == "fn(xs: &mut Vec<i64>, x: i64)"
    assert (
        str(mapper.map_function_signature(["str"], "int", fallible=True)) == "fn(&str) -> Result<i64, Error>"
    )


def test_custom_types_hold_from_then_on() -> None:
    mapper = TypeMapper()
    with pytest.raises(UnmappedType):
        mapper.map_annotation("List[Point]")
    mapper.register_custom_type("Point", "Point2", import_path="geo::Point2", copy=True)
    mapped = mapper.map_annotation("List[Point]")
    assert (str(mapped), mapped.imports) == ("Vec<Point2>", {"geo::Point2"})
    assert str(mapper.map_annotation("Point", "param")) == "Point2"
    with pytest.raises(UnmappedType):
        TypeMapper().map_annotation("Point")


@pytest.mark.parametrize("text", ["", "int int", "3", "Dict[str]", "Callable[int, str]", "[int]", "f(x)"])
def test_what_is_no_annotation_is_refused(text: str) -> None:
    with pytest.raises(AnnotationError):
        TypeMapper().map_annotation(text)


@pytest.mark.parametrize(
    ("type_", "owned", "param", "changed"),
    [
        (INT, "i64", "i64", "&mut i64"),
        (STR, "String", "&str", "&mut String"),
        (NONE, "()", "()", "&mut ()"),
        (ListOf(STR), "Vec<String>", "&[String]", "&mut Vec<String>"),
        (VarTuple(INT), "Vec<i64>", "&[i64]", "&mut Vec<i64>"),
        (DictOf(STR, INT), "Dict<String, i64>", "&Dict<String, i64>", "&mut Dict<String, i64>"),
        (SetOf(INT), "Set<i64>", "&Set<i64>", "&mut Set<i64>"),
        (OptionalOf(STR), "Option<String>", "Option<&str>", "Option<&mut String>"),
        (OptionalOf(INT), "Option<i64>", "Option<i64>", "Option<&mut i64>"),
        (TupleOf((INT, FLOAT)), "(i64, f64)", "(i64, f64)", "&mut (i64, f64)"),
        (TupleOf((INT, STR)), "(i64, String)", "&(i64, String)", "&mut (i64, String)"),
        (Instance("datetime.date"), "NaiveDate", "NaiveDate", "&mut NaiveDate"),
    ],
)
def test_positions(type_: Type, owned: str, param: str, changed: str) -> None:
    assert str(rust_type(type_)) == str(rust_type(type_, "return")) == owned
    assert str(rust_type(type_, "param")) == param
    assert str(rust_type(type_, "param_mut")) == changed


@pytest.mark.parametrize(
    ("type_", "code"),
    [
        (ANY, "PT101"),
        (ListOf(ANY), "PT101"),
        (UnionOf((INT, STR)), "PT104"),
        (Instance("pkg.Point"), "PT103"),
        (Instance("re.Pattern", (STR,)), "PT103"),
        (DictOf(FLOAT, INT), "PT106"),
        (SetOf(TupleOf((INT, FLOAT))), "PT106"),
    ],
)
def test_the_compiler_is_told_why_a_type_has_no_twin(type_: Type, code: str) -> None:
    with pytest.raises(UnmappedType) as caught:
        rust_type(type_)
    assert caught.value.code == code


def test_copy_is_what_the_table_says() -> None:
    assert rust_type(TupleOf((INT, OptionalOf(Instance("datetime.date"))))).is_copy
    assert not rust_type(OptionalOf(STR)).is_copy


@pytest.mark.skipif(shutil.which("rustc") is None, reason="rustc is not installed")
def test_rustc_accepts_what_the_standard_library_can_say(tmp_path: Path) -> None:
    mapper = TypeMapper()
    wanted = [mapper.map_annotation(annotation) for annotation, _ in GUIDE]
    wanted.append(mapper.map_annotation("List[Union[int, str]]"))
    plain = [one for one in wanted if not one.crates]
    lines = sorted({f"use {path};" for one in plain for path in one.imports})
    lines += sorted({text for one in plain for text in one.definitions})
    lines += [f"pub type T{index} = {one};" for index, one in enumerate(plain)]
    source = tmp_path / "types.rs"
    source.write_text("\n".join(lines), encoding="utf-8")
    command = ["rustc", "--crate-type=lib", "--emit=metadata", f"--out-dir={tmp_path}", str(source)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
