"""The guide's `TypeMapper`, and the one function under it that the compiler uses."""

from __future__ import annotations

import re
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
from portalis.config import ConfigError, load_config
from portalis.config.crates import crate_table
from portalis.emit.crate_table import used_crates
from portalis.mapping import MappingError, UnmappedType, rust_type
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


@pytest.mark.parametrize(
    ("annotation", "code", "column", "hint"),
    [
        ("List[Pth]", "PT108", 6, "did you mean 'Path'?"),
        ("Dict[str, 'List[Xyzzy]']", "PT108", 17, "register"),
        ("Dict['ü', Foo]", "PT108", 7, "register"),
        ("typing.Path", "PT108", 1, "register"),
        ("Dict[str, 3]", "PT107", 11, "write a type"),
        ("List[", "PT107", 5, "write a type"),
        ("Optional[int, str]", "PT107", 1, ""),
        ("Literal[1.5]", "PT107", 9, ""),
        ("Tuple[int, list]", "PT101", 12, "annotate"),
        ("Dict[str, Any]", "PT101", 11, "annotate"),
        ("tuple[float, Dict[float, int]]", "PT106", 19, "use int"),
        ("Dict[Union[int, bool], int]", "PT106", 6, "use int"),
        ("Set[FrozenSet[int]]", "PT106", 5, "use int"),
        ("int | memoryview", "PT103", 7, "write bytes"),
        ("Awaitable[int]", "PT103", 1, ""),
        ("Generator[int, str, None]", "PT103", 16, "write Iterator"),
        ("NDArray[Any]", "PT101", 9, "annotate"),
        ("np.ndarray[int, np.dtype[np.float64]]", "PT107", 12, "tuple[int, int]"),
        ("list[np.floating]", "PT103", 6, "name the dtype"),
        ("Union[tuple[int], tuple[int, ...]]", "PT104", 1, ""),
    ],
)
def test_errors_name_the_place(annotation: str, code: str, column: int, hint: str) -> None:
    with pytest.raises(MappingError) as caught:
        TypeMapper().map_annotation(annotation)
    found = caught.value.diagnostic
    assert (found.code, found.span.line, found.span.column) == (code, 1, column)
    assert hint in found.hint


def test_lines_are_counted_too() -> None:
    with pytest.raises(MappingError) as caught:
        TypeMapper().map_annotation("Dict[\n    str,\n    Nope,\n]")
    assert caught.value.span is not None
    assert (caught.value.span.line, caught.value.span.column) == (3, 5)


def test_a_deep_annotation_is_an_error_not_a_crash() -> None:
    for text in ("List[" * 3000 + "int" + "]" * 3000, " | ".join(["int"] * 20_000)):
        with pytest.raises(AnnotationError) as caught:
            TypeMapper().map_annotation(text)
        assert caught.value.code == "PT107"


def test_what_can_be_done_with_a_type() -> None:
    mapper = TypeMapper()
    facts = {
        text: (one.is_copy, one.hashable, one.borrowed, one.default)
        for text in ("int", "float", "Optional[str]", "List[int]", "Tuple[int, bytes]", "pathlib.Path")
        for one in [mapper.map_annotation(text)]
    }
    assert facts == {
        "int": (True, True, "i64", "0"),
        "float": (True, False, "f64", "0.0"),
        "Optional[str]": (False, True, "Option<&str>", "None"),
        "List[int]": (False, False, "&[i64]", "Vec::new()"),
        "Tuple[int, bytes]": (False, True, "&(i64, Vec<u8>)", "(0, Vec::new())"),
        "pathlib.Path": (False, True, "&Path", "PathBuf::new()"),
    }
    assert mapper.map_annotation("pathlib.Path", "param").imports == {"std::path::Path"}


@pytest.mark.parametrize(
    ("params", "returns", "more", "rust"),
    [
        (["str"], "str", {"returns_borrowed": True}, "fn(&str) -> &str"),
        (["str", "str"], "str", {"returns_borrowed": True}, "fn<'a>(&'a str, &'a str) -> &'a str"),
        (["str", "str"], "str", {"returns_borrowed": [1]}, "fn<'a>(&str, &'a str) -> &'a str"),
        (["str", "str"], "int", {"returns_borrowed": True}, "fn(&str, &str) -> i64"),
        (["str", "str"], "str", {}, "fn(&str, &str) -> String"),
        (["str"], "re.Match[str]", {}, "fn<'a>(&'a str) -> Captures<'a>"),
        (["List[int]", "int"], None, {"mutated": [0], "name": "push"}, "fn push(&mut Vec<i64>, i64)"),
    ],
)
def test_lifetimes_where_rust_needs_them(
    params: list[str], returns: str | None, more: dict[str, object], rust: str
) -> None:
    assert str(TypeMapper().map_function_signature(params, returns, **more)) == rust  # type: ignore[arg-type]


def test_a_result_needs_something_to_borrow_from() -> None:
    with pytest.raises(UnmappedType, match="no parameter is lent"):
        TypeMapper().map_function_signature(["int"], "str", returns_borrowed=True)
    with pytest.raises(ValueError, match="no parameter 3"):
        TypeMapper().map_function_signature(["int"], "str", mutated=[3])


def test_type_variables_get_the_bounds_their_places_need() -> None:
    mapper = TypeMapper()
    mapper.register_type_variable("T", ["Clone"])
    signature = mapper.map_function_signature(["Dict[T, int]"], "List[T]", names=["counts"], name="keys")
    assert str(signature) == "fn keys<T: Clone + Eq + Hash>(counts: &HashMap<T, i64>) -> Vec<T>"
    assert "std::hash::Hash" in signature.imports
    with pytest.raises(UnmappedType, match="type parameter in a union"):
        mapper.map_annotation("Union[int, T]")
    with pytest.raises(ValueError, match="not a type parameter"):
        mapper.register_type_variable("match")


def test_classes_known_by_their_shape() -> None:
    mapper = TypeMapper()
    mapper.register_alias("UserId", "int")
    color = mapper.register_enum("ui.Color", ["RED", "DARK_BLUE"])
    point = mapper.register_struct("Point", {"x": "UserId", "color": "ui.Color"})
    assert (str(color), color.is_copy, point.hashable) == ("Color", True, True)
    assert "    pub x: i64,\n    pub color: Color,\n" in point.definitions[1]
    assert mapper.definitions_for(["List[Point]", "ui.Color"]) == (point.definitions[0], point.definitions[1])
    with pytest.raises(UnmappedType, match="without end"):
        mapper.register_struct("Tree", {"left": "Optional[Tree]"})
    with pytest.raises(UnmappedType):
        mapper.map_annotation("Tree")  # a failed registration leaves nothing behind
    with pytest.raises(ValueError, match="distinct"):
        mapper.register_enum("E", ["A_B", "aB", "AB"])
    with pytest.raises(ValueError, match="not a Rust type"):
        mapper.register_custom_type("P", "Vec<")


def test_a_registered_name_wins_and_two_rust_names_may_not_meet() -> None:
    mapper = TypeMapper()
    mapper.register_custom_type("Path", "Path", import_path="geo::Path", crates={"geo": "0.30"})
    assert mapper.crates_for(["List[Path]"]) == {"geo": '"0.30"'}
    mapper.register_custom_type("Buffer", "PathBuf", import_path="geo::PathBuf")
    with pytest.raises(UnmappedType, match="two Rust types named PathBuf"):
        mapper.map_annotation("Tuple[Buffer, pathlib.Path]")


def test_the_project_s_own_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.portalis]\ntype-mappings = "my_types.yaml"\n', encoding="utf-8"
    )
    own = tmp_path / "my_types.yaml"
    own.write_text(
        "version: 1\n"
        "custom:\n  shop.Money: {rust: Money, import: shop_core::Money, crates: [shop-core]}\n"
        "aliases: {Money: shop.Money}\ncrates: {shop-core: '1'}\n",
        encoding="utf-8",
    )
    mapped = TypeMapper.from_config(load_config(tmp_path)).map_annotation("Dict[str, Money]")
    assert (str(mapped), mapped.crates) == ("HashMap<String, Money>", {"shop-core": '"1"'})
    with pytest.raises(UnmappedType):
        rust_type(Instance("shop.Money"))  # the compiler keeps to its own rows
    for text, says in (
        ("version: 1\ncustom: {A: {rust: 'Vec<'}}", "custom.A: rust: 'Vec<' is not a Rust type"),
        ("version: 1\ncustom: {A: {rust: A, import: x::B}}", "not what the row's type names"),
        ("version: 1\ncustom: {A: {rust: A, scope: compiled}}", "only Portalis' own rows"),
        ("version: 1\ncustom: {A: {rust: A, traits: [Copy]}}", "Copy needs Clone"),
        ("version: 1\nmore: {}", "more"),
        ("version: 1\ncustom: {A: {rost: A}}", "custom.A.rost"),
        ("version: 1\naliases: {A: int, A: str}", "'A' stands twice"),
    ):
        own.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError, match=re.escape(says)):
            load_config(tmp_path)


def test_answers_are_remembered() -> None:
    mapper = TypeMapper()
    assert mapper.map_annotation("Dict[str, int]") is mapper.map_annotation("Dict[str, int]")


def test_rows_and_generated_code_ask_for_the_same_versions() -> None:
    mapper = TypeMapper()
    for annotation in ("datetime.date", "re.Pattern[str]", "uuid.UUID", "OrderedDict[str, int]"):
        for crate, spec in mapper.map_annotation(annotation).crates.items():
            assert used_crates(f"use {crate_table().ident(crate)}::Name;") == {crate: spec}
