"""`NeMoTranslator` with the compiler alone, as its users call it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from portalis.translation import translator as module
from portalis.translation.translator import (
    NeMoTranslator,
    TranslationConfig,
    TranslationResult,
)

DOUBLE = 'def double(x: int) -> int:\n    """Twice x."""\n    return 2 * x\n'
SHOUT = """\
class TooQuiet(ValueError):
    pass

def trimmed(text: str) -> str:
    return text.strip()

def shout(text: str, times: int) -> str:
    if not trimmed(text):
        raise TooQuiet("nothing to shout")
    return trimmed(text).upper() + "!" * (times // 2)
"""
SAME_NAME = SHOUT.replace("ValueError", "KeyError")
UNION = """\
def size(x: int | str) -> int:
    return x if isinstance(x, int) else len(x)
"""
DECLARED = '# -*- coding: latin-1 -*-\ndef accent(times: int) -> str:\n    return "é" * (times % 3)\n'
WORDS = """\
def match(type: int, fn: int, self: int) -> int:
    struct = type + fn
    crate = struct * 2
    return crate + self
"""
BROKEN, UNTYPED, EMPTY = "def f(:", "def g(a, b):\n    return a.unite(b)\n", ""


@pytest.fixture(scope="module")
def translator(own_cache: Path) -> Iterator[NeMoTranslator]:
    with NeMoTranslator(TranslationConfig(model_path=None, effort="quick")) as made:
        yield made


@pytest.fixture(scope="module")
def batch(translator: NeMoTranslator) -> list[TranslationResult]:
    return translator.batch_translate([DOUBLE, BROKEN, SHOUT, UNTYPED, EMPTY])


def test_what_can_be_translated_is_verified(batch: list[TranslationResult]) -> None:
    double, _, shout, _, _ = batch
    assert double.is_verified, double
    assert double.confidence > 0.9
    assert "pub fn double(x: i64) -> i64 {\n    2_i64.strict_mul(x)\n}" in double.rust_code
    assert double.metadata["cases"] == double.items[0].cases >= 64
    assert shout.is_verified
    assert shout.imports == ("crate::error::Error", "crate::runtime::text")
    assert "Error::TooQuiet" in shout.rust_code


def test_one_failure_does_not_lose_the_others(batch: list[TranslationResult]) -> None:
    assert [result.status for result in batch] == ["verified", "python", "verified", "python", "python"]
    _, broken, _, untyped, empty = batch
    assert "PT001" in broken.warnings[0]
    assert "PT101 the method `unite`" in untyped.warnings[0]
    assert empty.warnings == ("there is nothing to translate in the module",)
    assert {broken.rust_code, untyped.rust_code, empty.rust_code} == {""}
    assert broken.confidence == 0.0


@pytest.fixture(scope="module")
def strange(own_cache: Path) -> dict[str, TranslationResult]:
    """Texts that have given translators trouble, in one batch with texts that would take it along."""
    texts = {
        "bom": "\ufeffdef f(x: int) -> int:\n    return x + 1\n",
        "crlf": 'def f(x: int) -> str:\r\n    return """a\r\nb""" * (x % 3)\r\n',
        "future": "from __future__ import annotations\ndef f(x: int) -> int:\n    return x + 2\n",
        "words": WORDS,
        "declared": DECLARED,
        "union": UNION,
        "error": SHOUT,
        "same name": SAME_NAME,
        "surrogate": 'def f() -> str:\n    return "\ud800"\n',
        "null": "def f(x: int) -> int:\n    return x\0\n",
        "deep": "x = " + "(" * 300 + ")" * 300,
        "import fails": "import no_such_module\ndef f(x: int) -> int:\n    return x + 4\n",
        "ends": "import os\nos._exit(0)\ndef f(x: int) -> int:\n    return x + 5\n",
        "exception": "class Alone(ValueError):\n    pass\n",
        "methods": "class C(dict):\n    def f(self, x: int) -> int:\n        return x\n",
    }
    with NeMoTranslator(TranslationConfig(effort="quick", batch_size=len(texts))) as translator:
        return dict(zip(texts, translator.batch_translate(list(texts.values())), strict=True))


@pytest.mark.parametrize(
    "name", ["bom", "crlf", "future", "words", "declared", "union", "error", "same name"]
)
def test_a_text_is_taken_as_it_stands(strange: dict[str, TranslationResult], name: str) -> None:
    assert (strange[name].status, strange[name].warnings) == ("verified", ())


@pytest.mark.parametrize(
    ("name", "status", "tells"),
    [
        ("surrogate", "python", "PT002"),
        ("null", "python", "null bytes"),
        ("deep", "python", "PT003"),
        ("import fails", "compiled", "No module named 'no_such_module'"),
        ("ends", "compiled", "PT715 the module can't be imported: importing it ends the process"),
        ("exception", "python", "an exception becomes a variant of `Error`"),
        ("methods", "python", "PT201"),
    ],
)
def test_what_fails_says_why(
    strange: dict[str, TranslationResult], name: str, status: str, tells: str
) -> None:
    found = strange[name]
    assert (found.status, found.confidence) == (status, 0.0)
    assert tells in " ".join(found.warnings)


def test_a_batch_gives_each_text_the_rust_it_has_alone(
    strange: dict[str, TranslationResult], batch: list[TranslationResult]
) -> None:
    assert strange["error"].crate == batch[2].crate
    assert "enum" in strange["union"].crate
    assert "IntOrStr" not in strange["words"].crate
    assert '"ValueError" | ' not in strange["words"].crate
    assert "é" in strange["declared"].rust_code
    assert strange["words"].rust_code.startswith("//! Translated from Python.\n")
    assert "pub fn match_(type_: i64, fn_: i64, self_: i64)" in strange["words"].rust_code


def test_only_what_would_come_again_is_kept(own_cache: Path, strange: dict[str, TranslationResult]) -> None:
    assert not strange["import fails"].metadata["repeatable"]
    assert strange["error"].metadata["repeatable"]
    kept = [file.read_text() for file in (own_cache / "translations").rglob("*.json")]
    assert any("TooQuiet" in text for text in kept)
    assert not any("no_such_module" in text for text in kept)


def test_a_spoiled_cache_costs_nothing_but_time(own_cache: Path) -> None:
    code = "def kept(x: int) -> int:\n    return x * 7\n"
    with NeMoTranslator(TranslationConfig(validate_output=False)) as translator:
        first = translator.translate_function(code)
        files = [one for one in (own_cache / "translations").rglob("*.json") if "kept" in one.read_text()]
        for file in files:
            file.write_text('{"rust_code": 3')
        again = translator.translate_function(code)
        assert [one.metadata["cached"] for one in (first, again)] == [False, False]
        assert again.rust_code == first.rust_code
        third = translator.translate_function(code)
        assert third.metadata["cached"]


def test_what_is_asked_is_part_of_the_key(own_cache: Path) -> None:
    code = "def one(x: int) -> int:\n    return x * 9\n\ndef two(x: int) -> int:\n    return x\n"
    results = []
    for seed in (1, 2):
        with NeMoTranslator(TranslationConfig(validate_output=False, seed=seed)) as translator:
            results += [translator.translate_function(code, name) for name in ("one", "two")]
            results += [translator.translate_module(code)]
    assert not any(result.metadata["cached"] for result in results)


def test_the_crate_stands_alone(batch: list[TranslationResult], tmp_path: Path) -> None:
    source = tmp_path / "shout.rs"
    source.write_text(
        batch[2].crate + '\nfn main() { println!("{}", translated::shout(" hi ", 5).unwrap()); }\n'
    )
    program = tmp_path / "shout"
    subprocess.run(["rustc", "--edition", "2024", "-o", str(program), str(source)], check=True)
    assert subprocess.run([program], capture_output=True, text=True, check=True).stdout == "HI!!\n"


def test_a_function_and_a_module_of_the_same_text(translator: NeMoTranslator) -> None:
    function = translator.translate_function(SHOUT, "shout")
    assert function.is_verified
    assert not function.rust_code.startswith(("//!", "use "))
    assert "pub fn trimmed" in function.rust_code
    missing = translator.translate_function(DOUBLE, "triple")
    assert (missing.status, missing.rust_code) == ("python", "")
    assert missing.warnings[0] == "the text defines no function `triple`"


def test_without_validation_nothing_is_run(own_cache: Path) -> None:
    config = TranslationConfig(validate_output=False)
    with NeMoTranslator(config) as translator:
        result = translator.translate_function(DOUBLE)
        assert (result.status, result.confidence) == ("translatable", 0.0)
        assert "strict_mul" in result.rust_code
        assert translator.get_statistics()["success_rate"] == 1.0


def test_a_second_translator_finds_the_first_ones_results(
    batch: list[TranslationResult], own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unexpected(*_: object, **__: object) -> list[TranslationResult]:
        raise AssertionError("translated again")

    monkeypatch.setattr(module, "translate_texts", unexpected)
    with NeMoTranslator(TranslationConfig(effort="quick")) as again:
        found = again.batch_translate([SHOUT, DOUBLE, DOUBLE])
    assert [result.rust_code for result in found] == [
        batch[2].rust_code,
        batch[0].rust_code,
        batch[0].rust_code,
    ]
    assert all(result.metadata["cached"] for result in found)
    figures = again.get_statistics()
    assert (figures["total"], figures["cached"], figures["success_rate"]) == (3, 3, 1.0)


def test_threads_share_a_translator(own_cache: Path) -> None:
    config = TranslationConfig(validate_output=False, cache=False)
    results: dict[int, str] = {}
    with NeMoTranslator(config) as translator:

        def work(number: int) -> None:
            text = f"def plus(x: int) -> int:\n    return x + {number}\n"
            results[number] = translator.translate_function(text).rust_code

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert translator.get_statistics()["translatable"] == 4
    assert all(f"strict_add({number})" in results[number] for number in range(1, 4))


def test_a_stream_is_read_only_as_results_are_taken(own_cache: Path) -> None:
    taken: list[int] = []

    def texts() -> Iterator[str]:
        for number in range(1000):
            taken.append(number)
            yield f"def f(x: int) -> int:\n    return x * {number + 2}\n"

    config = TranslationConfig(validate_output=False, batch_size=2)
    with NeMoTranslator(config) as translator:
        stream = translator.translate_stream(texts(), "function")
        first = [next(stream) for _ in range(3)]
    assert [result.status for result in first] == ["translatable"] * 3
    assert taken == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"batch_size": 0}, "batch_size must be at least 1, not 0"),
        ({"effort": "great"}, "effort must be one of quick, normal, thorough, not 'great'"),
        ({"seed": -1}, "seed must not be negative, not -1"),
        ({"verify_seconds": 0.0}, "verify_seconds must be more than 0, not 0.0"),
        ({"jobs": 0}, "jobs must be at least 1, not 0"),
        ({"samples": 0}, "samples must be at least 1, not 0"),
        ({"engines": "none"}, "engines must be one of both, compiler, model, not 'none'"),
        ({"engines": "model"}, "engines='model' needs a model_path"),
    ],
)
def test_bad_settings_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TranslationConfig(**arguments)  # type: ignore[arg-type]


def test_one_text_is_no_batch(translator: NeMoTranslator) -> None:
    with pytest.raises(TypeError, match="put it in a list"):
        translator.batch_translate(DOUBLE)
    with pytest.raises(ValueError, match="unit must be one of function, class, module, not 'file'"):
        translator.batch_translate([DOUBLE], "file")  # type: ignore[arg-type]


def test_what_is_no_text_is_refused(translator: NeMoTranslator) -> None:
    with pytest.raises(TypeError, match="python_code must be a str, not bytes"):
        translator.translate_module(b"x = 1")  # type: ignore[arg-type]
