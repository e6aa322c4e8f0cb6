"""A model that really writes: `PORTALIS_TEST_MODEL` names its GGUF file (SmolLM2-135M-Instruct, say)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra `model` is not installed")
pytest.importorskip("transformers", reason="the extra `model` is not installed")

from portalis.translation.backends.ctranslate2 import CTranslate2Backend
from portalis.translation.backends.local import TransformersBackend
from portalis.translation.backends.protocol import Message, Sampling
from portalis.translation.inference_config import InferenceConfig

VARIABLE = "PORTALIS_TEST_MODEL"
PROMPT = (
    Message("system", "You are a helpful assistant."),
    Message("user", "What is the capital of France?"),
)
GREEDY = Sampling(max_tokens=24, temperature=0)


@pytest.fixture(scope="module")
def file():
    path = Path(os.environ.get(VARIABLE, ""))
    if not path.is_file():
        pytest.skip(f"{VARIABLE} names no GGUF file")
    pytest.importorskip("gguf", reason="the extra `model` is not installed")
    pytest.importorskip("accelerate", reason="the extra `model` is not installed")
    return path


@pytest.fixture(scope="module")
def settings(model_cache):
    return InferenceConfig(use_gpu=False, threads=1, cache_dir=model_cache)


def test_a_gguf_file_answers(file, settings):
    backend = TransformersBackend(str(file), settings)
    told = backend.load()
    assert told.details["source"] == "gguf, dequantised"
    [answer] = backend.complete([PROMPT], GREEDY)
    [completion] = answer.completions
    assert "Paris" in completion.text
    assert completion.finish == "stop"
    assert -1 < completion.logprob < 0
    near, far, other = backend.embed(
        ["def add(a, b): return a + b", "The sea is blue.", "def sub(a, b): return a - b"]
    )
    assert near @ other > near @ far


def test_it_answers_by_ctranslate2_in_int8(file, settings):
    pytest.importorskip("ctranslate2", reason="the extra `model` is not installed")
    from dataclasses import replace

    backend = CTranslate2Backend(str(file), replace(settings, quantization="int8"))
    backend.load()
    [answer] = backend.complete([PROMPT], GREEDY)
    assert "Paris" in answer.completions[0].text
