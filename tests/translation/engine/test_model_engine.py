"""The model engine from end to end, against a real endpoint whose answers are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis import pipeline
from portalis.config import load_config
from portalis.emit.report import ItemReport
from portalis.translation.engine.model_engine import EngineSettings, ModelEngine
from portalis.translation.inference_config import InferenceConfig
from portalis.translation.nemo_service import NeMoService
from tests.translation.backends.openai_server import Act, serving
from tests.translation.engine.package import (
    HALVINGS,
    SHIFTED,
    SOURCE,
    WRONG_HALVINGS,
    answering,
    fenced,
)

pytestmark = pytest.mark.slow


def run(folder: Path, act: Act, **settings: int) -> tuple[dict[str, ItemReport], ModelEngine, list[str]]:
    """The items of a verified package, the engine that helped, and the prompts that it sent."""
    source = folder / "halves"
    source.mkdir()
    (source / "__init__.py").write_text(SOURCE)
    with serving(*[act] * 40) as server:
        service = NeMoService(server.url, InferenceConfig(cache=False, wait_min=0, wait_max=0, concurrency=1))
        engine = ModelEngine(service, EngineSettings(**{"samples": 1, "examples": 0, **settings}))
        config = load_config(source).model_copy(update={"reuse": False, "effort": "quick"})
        report = pipeline.verify([source], config, engine=engine)
        engine.close()
        asked = [post["messages"][-1]["content"] for post in server.posts]
    return {item.name: item for item in report.items}, engine, asked


def test_what_agrees_is_verified_and_its_callers_with_it(tmp_path: Path) -> None:
    items, engine, asked = run(tmp_path, answering(halvings=[fenced(HALVINGS)], shifted=[fenced(SHIFTED)]))
    assert {name: items[name].status for name in ("halvings", "twice", "shifted", "kept")} == {
        "halvings": "verified", "twice": "verified", "shifted": "verified", "kept": "python",
    }  # fmt: skip
    assert (items["halvings"].engine, items["twice"].engine) == ("model", "compiler")
    model = items["halvings"].model
    assert model is not None
    assert model.model.endswith("tiny")
    assert len(model.prompt) == 64
    assert len(asked) == 2, "`twice` only waits for its callee, and `kept` is to stay Python"
    assert [record.verified for record in engine.records] == [1, 1]


def test_a_counterexample_goes_back_and_is_mended(tmp_path: Path) -> None:
    answers = answering(halvings=[fenced(WRONG_HALVINGS), fenced(HALVINGS)], shifted=["I can't."])
    items, _, asked = run(tmp_path, answers, repairs=1)
    assert items["halvings"].status == "verified"
    assert items["halvings"].model is not None
    assert items["halvings"].model.rounds == 1
    repair = next(text for text in asked[2:] if "fn halvings" in text)
    assert "must give" in repair
    assert items["shifted"].status == "python"
    assert items["shifted"].diagnostics[-1].code == "PT820"


def test_the_answer_that_agrees_is_taken_not_the_likeliest(tmp_path: Path) -> None:
    broken = fenced(HALVINGS.replace("Ok(count)", "Ok(count.len())"))
    answers = answering(
        halvings=[broken, fenced(WRONG_HALVINGS), fenced(HALVINGS)], shifted=[fenced(SHIFTED)]
    )
    items, engine, _ = run(tmp_path, answers, samples=3, repairs=0)
    assert items["halvings"].status == "verified"
    record = next(one for one in engine.records if one.key.endswith("halvings"))
    assert (record.asked, record.usable, record.compiled) == (3, 3, 2)


HARMFUL = (
    HALVINGS.replace("let mut left = n;", "let mut left = n; std::process::exit(0);"),
    HALVINGS.replace("Ok(count)", "Ok(unsafe { *(&count as *const i64) })"),
    HALVINGS.replace("Ok(count)", 'let _ = std::fs::read("/etc/passwd"); Ok(count)'),
    HALVINGS.replace("Ok(count)", 'println!("{count}"); Ok(count)'),
    HALVINGS.replace("Result<i64, Error>", "i64").replace("Ok(count)", "count"),
    "pub fn halvings(n: i64) -> Result<i64, Error> { if n < 0 { return Ok(0); } loop {} }",
    "pub fn halvings(n: i64) -> Result<i64, Error> { if n < 0 { Ok(0) } else { Ok(1 + halvings(n)?) } }",
    "pub fn halvings(n: i64) -> Result<i64, Error> { let v = vec![1u8; 1 << 40]; Ok(v.len() as i64 + n) }",
    HALVINGS.replace("Ok(count)", "Ok(strict::nothing(count))"),
    "",
    "```rust\n" * 2000,
)


def test_what_does_harm_or_disagrees_stays_python(tmp_path: Path) -> None:
    answers = answering(halvings=[fenced(rust) for rust in HARMFUL], shifted=[fenced(SHIFTED)])
    items, engine, _ = run(tmp_path, answers, samples=len(HARMFUL), repairs=0)
    assert items["halvings"].status == "python"
    assert items["halvings"].diagnostics[-1].code == "PT820"
    assert items["twice"].status == "verified", "it calls the Python of `halvings`"
    assert [one.code for one in items["twice"].diagnostics][:1] == ["PT506"]
    assert items["shifted"].status == "verified", "one that does harm costs no other"
    record = next(one for one in engine.records if one.key.endswith("halvings"))
    assert (record.asked, record.compiled) == (11, 3), "what is not admitted is never compiled"


def test_overflow_declines_instead_of_wrapping(tmp_path: Path) -> None:
    items, _, _ = run(tmp_path, answering(halvings=["no"], shifted=[fenced(SHIFTED)]), repairs=0)
    assert items["shifted"].status == "verified"
    assert items["shifted"].evidence is not None
    assert items["shifted"].evidence.declined > 0, "sums beyond 64 bits are drawn, and answered by Python"


def test_each_repair_sends_what_the_round_before_it_brought(tmp_path: Path) -> None:
    first, second = (fenced(HALVINGS.replace("Ok(count)", f"Ok(count.{name}())")) for name in ("one", "two"))
    answers = answering(halvings=[first, second, fenced(HALVINGS)], shifted=[fenced(SHIFTED)])
    items, engine, asked = run(tmp_path, answers, repairs=2)
    assert items["halvings"].status == "verified"
    about = [text for text in asked if "fn halvings" in text]
    assert [("count.one()" in text, "count.two()" in text) for text in about] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip
    assert next(one for one in engine.records if one.key.endswith("halvings")).rounds == 3
