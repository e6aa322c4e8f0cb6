"""`NeMoService` over a tiny model with random weights, computed for real on the CPU."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `model` is not installed")
pytest.importorskip("transformers", reason="the extra `model` is not installed")
pytest.importorskip("loguru")

from portalis.translation.backends.protocol import Answer, BackendError, Message, Prompt
from portalis.translation.nemo_service import InferenceConfig, NeMoService
from tests.translation.backends import tiny


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.saved(tmp_path_factory.mktemp("tiny"), max_position_embeddings=4096)


@pytest.fixture
def config(tmp_path: Path) -> InferenceConfig:
    return InferenceConfig(
        max_length=8, batch_size=2, use_gpu=False, threads=1, cache_dir=tmp_path / "cache", temperature=0.8
    )


def prompts(count: int) -> list[Prompt]:
    return [(Message("user", f"def f{index}" + "()" * (index * 5 % 17)),) for index in range(count)]


def test_answers_do_not_depend_on_their_batch(folder: Path, config: InferenceConfig) -> None:
    with NeMoService(folder, config) as service:
        together = service.complete_many(prompts(7), samples=2)
        again = service.complete_many(prompts(7), samples=2)
    assert all(isinstance(one, Answer) and len(one.completions) == 2 for one in together)
    assert together == again
    with NeMoService(folder, InferenceConfig(**_but(config, cache=False, batch_size=1))) as alone:
        for prompt, answer in zip(prompts(7), together, strict=True):
            [single] = alone.complete_many([prompt], samples=2)
            assert isinstance(single, Answer)
            assert isinstance(answer, Answer)
            assert [one.text for one in single.completions] == [one.text for one in answer.completions]


def test_the_second_service_asks_nothing(folder: Path, config: InferenceConfig) -> None:
    codes = ["def f(x: int) -> int:\n    return x\n", "def g(x: int) -> int:\n    return x + 1\n"]
    with NeMoService(folder, config) as service:
        first = service.batch_translate(codes)
        vectors = service.generate_embeddings([*codes, ""])
        assert service.get_metrics()["generated_tokens"] > 0
    with NeMoService(folder, config) as service:
        second = service.batch_translate(codes)
        assert (service.generate_embeddings([*codes, ""]) == vectors).all()
        figures = service.get_metrics()
    assert (figures["batches"], figures["cache_hits"], figures["embedding_cache_hits"]) == (0, 2, 3)
    assert [one.rust_code for one in first] == [one.rust_code for one in second]
    assert vectors.shape == (3, 48)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.array([1, 1, 0]), abs=1e-5)
    assert first[0].metadata["device"] == "cpu"


def test_a_file_of_settings_is_held_against_the_model(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    shape = "architecture: llama, hidden_size: 48, layers: 2, heads: 6"
    rest = "generation: {max_length: 4}\ndevice: {use_gpu: false, threads: 1}\nstorage: {cache_dir: cache}"
    file.write_text(f"version: 1\nmodel: {{path: '{folder}', {shape}}}\n{rest}\n")
    with NeMoService.from_config(file) as service:
        assert service.info.details["chat_template"] is False
        assert isinstance(service.complete_many(prompts(1))[0], Answer)
    file.write_text(f"version: 1\nmodel: {{path: '{folder}', hidden_size: 2048}}\n{rest}\n")
    with pytest.raises(BackendError, match="hidden_size is 48, not 2048"):
        NeMoService.from_config(file).initialize()


def _but(config: InferenceConfig, **changes: object) -> dict[str, object]:
    return {name: getattr(config, name) for name in InferenceConfig.__dataclass_fields__} | changes
