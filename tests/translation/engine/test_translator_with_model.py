"""`NeMoTranslator` with a model: a real endpoint whose answers are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portalis.translation.backends.protocol import BackendError
from portalis.translation.inference_config import InferenceConfig
from portalis.translation.translator import NeMoTranslator, TranslationConfig
from tests.translation.backends.openai_server import Act, Handler, Server, serving
from tests.translation.engine.package import HALVINGS, SOURCE, WRONG_HALVINGS, answering, fenced

HALVINGS_PYTHON = SOURCE[SOURCE.index("def halvings") : SOURCE.index("def twice")]
DOUBLE = "def double(x: int) -> int:\n    return 2 * x\n"
QUICK = InferenceConfig(wait_min=0, wait_max=0, concurrency=1)


def config(server: Server, **settings: object) -> TranslationConfig:
    fixed = {"effort": "quick", "samples": 1, "repairs": 0, "examples": 0, "inference": QUICK, "cache": False}
    return TranslationConfig(model_path=server.url, **{**fixed, **settings})  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_model_proposes_what_the_compiler_refuses(own_cache: Path) -> None:
    act = answering(halvings=[fenced(HALVINGS)])
    with serving(act, act) as server, NeMoTranslator(config(server)) as translator:
        halved, doubled = translator.batch_translate([HALVINGS_PYTHON, DOUBLE], "function")
        assert (halved.status, halved.engine) == ("verified", "model")
        assert halved.items[0].engine == "model"
        assert "strict::add" in halved.rust_code
        assert "pub mod strict" in halved.crate
        assert str(halved.metadata["model"]).endswith("tiny")
        assert (doubled.status, doubled.engine) == ("verified", "compiler")
        assert translator.get_statistics()["success_rate"] == 1.0
    assert len(server.posts) == 1, "the compiler needs no model"


@pytest.mark.slow
def test_the_model_alone_is_asked_for_everything_and_judged_alike(own_cache: Path) -> None:
    double = fenced("pub fn double(x: i64) -> Result<i64, Error> { Ok(x + x) }")
    act = answering(halvings=[fenced(WRONG_HALVINGS)], double=[double])
    with serving(act, act) as server:
        translator = NeMoTranslator(config(server, engines="model"))
        halved, doubled = translator.batch_translate([HALVINGS_PYTHON, DOUBLE], "function")
        assert (halved.status, halved.rust_code) == ("python", "")
        assert any("PT820" in warning for warning in halved.warnings)
        assert (doubled.status, doubled.engine) == ("verified", "model")
        translator.close()
        translator.close()


def unjudged(act: Act, engines: str) -> tuple[str, str, tuple[str, ...], float]:
    with serving(act, act) as running:
        settings = config(running, validate_output=False, engines=engines)
        with NeMoTranslator(settings) as translator:
            result = translator.translate_function(HALVINGS_PYTHON)
    return result.status, result.engine, result.warnings, result.confidence


@pytest.mark.parametrize("engines", ["both", "model"])
def test_without_validation_a_proposal_says_that_nobody_has_run_it(own_cache: Path, engines: str) -> None:
    def says(handler: Handler, body: dict[str, Any]) -> None:
        message = {"role": "assistant", "content": fenced(HALVINGS)}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        usage = {"prompt_tokens": 9, "completion_tokens": 9}
        handler.send_json({"choices": [choice], "usage": usage})

    status, engine, warnings, confidence = unjudged(says, engines)
    assert (status, engine) == ("translatable", "model")
    assert any("nobody has compiled or run" in warning for warning in warnings)
    assert 0 <= confidence <= 1


def test_a_model_that_can_not_be_had_is_said(tmp_path: Path, own_cache: Path) -> None:
    settings = TranslationConfig(model_path=str(tmp_path / "none.gguf"), validate_output=False, examples=0)
    with NeMoTranslator(settings) as translator, pytest.raises(BackendError) as caught:
        translator.translate_function(HALVINGS_PYTHON)
    assert caught.value.hint
