"""The promised API: names, arguments and results as users were told, without a model or a GPU."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

import pytest

from portalis.config.type_mappings import default_type_table
from portalis.mapping.error_mapper import ErrorHandlingStrategy, ErrorMapper
from portalis.mapping.type_mapper import TypeMapper
from portalis.translation.translator import NeMoTranslator, TranslationConfig, TranslationResult
from portalis.utils import ast_utils
from portalis.utils.cuda_utils import check_cuda_available, get_gpu_memory_info, optimize_gpu_memory
from portalis.validation.semantic_checker import EquivalenceResult, SemanticChecker
from portalis.validation.validator import TranslationValidator, ValidationLevel

GCD = '''\
def gcd(a: int, b: int) -> int:
    """The greatest common divisor."""
    while b != 0:
        a, b = b, a % b
    return a
'''
HALF = """\
def half(total: int, parts: int) -> float:
    if parts == 0:
        raise ValueError("no parts")
    return total / parts
"""


@pytest.mark.parametrize(
    ("annotation", "rust"),
    [
        ("int", "i64"),
        ("float", "f64"),
        ("bool", "bool"),
        ("str", "String"),
        ("bytes", "Vec<u8>"),
        ("None", "()"),
        ("List[int]", "Vec<i64>"),
        ("list[int]", "Vec<i64>"),
        ("Dict[str, int]", "HashMap<String, i64>"),
        ("Optional[str]", "Option<String>"),
        ("str | None", "Option<String>"),
        ("Set[int]", "HashSet<i64>"),
        ("FrozenSet[str]", "HashSet<String>"),
        ("Tuple[int, str]", "(i64, String)"),
        ("Tuple[int, ...]", "Vec<i64>"),
        ("Union[int, str]", "IntOrStr"),
        ("Callable[[int], str]", "Box<dyn Fn(i64) -> String>"),
        ("Iterator[int]", "Box<dyn Iterator<Item = i64>>"),
        ("pathlib.Path", "PathBuf"),
        ("datetime.date", "NaiveDate"),
        ("datetime.datetime", "NaiveDateTime"),
        ("re.Pattern[str]", "Regex"),
        ("numpy.ndarray", "ArrayD<f64>"),
    ],
)
def test_annotations_have_their_rust(annotation: str, rust: str) -> None:
    assert str(TypeMapper().map_annotation(annotation)) == rust


def test_a_mapped_type_carries_its_imports() -> None:
    mapper = TypeMapper()
    assert mapper.map_annotation("Dict[str, int]").imports == {"std::collections::HashMap"}
    assert mapper.map_annotation("io.StringIO").imports
    assert mapper.map_annotation("List[int]") is mapper.map_annotation("List[int]"), "answers are remembered"


def test_a_signature_is_mapped() -> None:
    found = TypeMapper().map_function_signature(
        param_types=["int", "str", "Optional[bool]"], return_type="List[int]"
    )
    assert str(found) == "fn(i64, &str, Option<bool>) -> Vec<i64>"


def test_custom_types_can_be_registered() -> None:
    mapper = TypeMapper()
    mapper.register_custom_type("Money", "Money", import_path="crate::money::Money")
    assert str(mapper.map_annotation("List[Money]")) == "Vec<Money>"


def test_exceptions_have_their_variants() -> None:
    mapper = ErrorMapper()
    assert mapper.get_mapping("ValueError").rust_error_variant == "ValueError"
    source = mapper.generate_error_enum(["ValueError", "TypeError", "KeyError"])
    assert "pub enum Error" in source
    assert all(f"{name}(" in source for name in ("ValueError", "TypeError", "KeyError"))
    validator = TranslationValidator(level=ValidationLevel.SEMANTIC)
    assert validator.validate(source).get_errors() == []
    assert (
        mapper.translate_raise_statement("ValueError", "Invalid input")
        == 'return Err(Error::ValueError("Invalid input".to_string()));'
    )


def test_custom_exceptions_can_be_registered() -> None:
    mapper = ErrorMapper()
    mapper.register_custom_exception("InvalidFormat", "ValueError")
    assert mapper.get_mapping("InvalidFormat").rust_error_variant == "InvalidFormat"
    assert "InvalidFormat" in mapper.generate_error_enum(["InvalidFormat"])


def test_the_strategies_are_three() -> None:
    assert {one.name for one in ErrorHandlingStrategy} == {"RESULT", "PANIC", "OPTION"}
    mapper = ErrorMapper()
    assert mapper.get_mapping("ValueError").strategy is ErrorHandlingStrategy.RESULT
    assert mapper.get_mapping("SystemExit").strategy is ErrorHandlingStrategy.PANIC
    assert mapper.get_mapping("StopIteration").strategy is ErrorHandlingStrategy.OPTION


def test_a_validator_has_three_levels() -> None:
    assert [one.name for one in ValidationLevel] == ["SYNTAX_ONLY", "SEMANTIC", "FULL"]
    rust = "/// Adds.\npub fn add(a: i64, b: i64) -> i64 {\n    a.wrapping_add(b)\n}\n"
    python = "def add(a: int, b: int) -> int:\n    return a + b\n"
    result = TranslationValidator(level=ValidationLevel.FULL).validate(rust, python)
    assert result.is_valid()
    assert (result.get_errors(), result.get_warnings()) == ([], [])
    assert result.metrics["functions"] == 1
    for level in ValidationLevel:
        broken = TranslationValidator(level=level).validate("fn add(", python)
        assert not broken.is_valid()
        assert all(error.message for error in broken.get_errors())
    undocumented = TranslationValidator(level=ValidationLevel.FULL).validate("pub fn f() {}", None)
    assert [warning.message for warning in undocumented.get_warnings()]


@pytest.fixture(scope="module")
def translator(own_cache: str) -> Iterator[NeMoTranslator]:
    config = TranslationConfig(model_path=None, gpu_enabled=False, batch_size=8, validate_output=True)
    with NeMoTranslator(config) as made:
        yield made


@pytest.fixture(scope="module")
def batch(translator: NeMoTranslator) -> list[TranslationResult]:
    return translator.batch_translate([GCD, HALF, "def broken(:"])


@pytest.mark.slow
def test_a_batch_is_translated_in_order(translator: NeMoTranslator, batch: list[TranslationResult]) -> None:
    gcd, half, broken = batch
    assert "pub fn gcd(" in gcd.rust_code
    assert "Error::ValueError" in half.rust_code
    assert "crate::error::Error" in half.imports
    assert 0.9 < gcd.confidence <= 1.0
    assert broken.confidence == 0.0
    assert broken.warnings
    assert gcd.metadata["rustc"]
    figures = translator.get_statistics()
    assert figures["success_rate"] == pytest.approx(2 / 3)
    assert (figures["total"], figures["verified"], figures["python"]) == (3, 2, 1)
    assert figures["total_seconds"] > 0


@pytest.mark.slow
def test_functions_classes_and_modules_have_calls_of_their_own(own_cache: str) -> None:
    with NeMoTranslator(TranslationConfig(validate_output=False)) as translator:
        assert "fn gcd" in translator.translate_function(python_code=GCD).rust_code
        assert "fn gcd" in translator.translate_module(python_code=GCD).rust_code
        code = "class A:\n    def f(self) -> int:\n        return 1\n"
        plain = translator.translate_class(python_code=code)
        assert plain.warnings or plain.rust_code


@pytest.mark.slow
def test_what_is_verified_passes_the_validator(batch: list[TranslationResult]) -> None:
    validator = TranslationValidator(level=ValidationLevel.FULL)
    for result in batch[:2]:
        assert validator.validate(result.crate).get_errors() == []


@pytest.mark.slow
def test_equivalence_is_judged() -> None:
    right = "fn gcd(a: i64, b: i64) -> i64 {\n    let (mut a, mut b) = (a, b);\n    while b != 0 {\n"
    right += "        let rest = a.strict_rem(b);\n"
    right += "        (a, b) = (b, if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest });\n"
    right += "    }\n    a\n}\n"
    found: list[EquivalenceResult] = SemanticChecker(effort="quick").check_batch(
        [(GCD, right), (GCD, right.replace("rest + b", "rest"))]
    )
    assert [one.equivalent for one in found] == [True, False]
    assert found[1].counterexamples[0].call.startswith("gcd(")


def test_cuda_is_told_honestly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", None)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    assert check_cuda_available() is False
    memory = get_gpu_memory_info()
    assert (memory["available"], memory["free_mb"], memory["total_mb"]) == (False, 0.0, 0.0)
    assert optimize_gpu_memory()["freed_mb"] == 0.0


def test_sources_are_taken_apart() -> None:
    tree = ast_utils.parse_source("import numpy as np\n\nclass A:\n    def f(self): return np.pi\n" + GCD)
    assert [one.qualname for one in ast_utils.functions(tree)] == ["A.f", "gcd"]
    assert [one.qualname for one in ast_utils.classes(tree)] == ["A"]
    assert ast_utils.imported_names(tree) == {"np": "numpy"}
    assert ast_utils.docstrings(tree)["gcd"] == "The greatest common divisor."


def test_the_type_table_has_its_sections() -> None:
    sections = {section for section, _, _ in default_type_table().rows()}
    assert sections == {"primitives", "containers", "generics", "library", "numpy"}


@pytest.mark.parametrize("name", ["model_path", "gpu_enabled", "batch_size", "validate_output"])
def test_the_configuration_takes_the_promised_names(name: str) -> None:
    assert name in inspect.signature(TranslationConfig).parameters
