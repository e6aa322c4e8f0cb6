"""`translation_model.yaml`: the defaults that were promised, and errors that name file and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.config import ConfigError
from portalis.config.translation_model import load_translation_model
from portalis.translation.backends.protocol import BackendError, ModelInfo
from portalis.translation.inference_config import InferenceConfig
from portalis.translation.model_settings import Expectation, inference_config, read_settings
from portalis.translation.nemo_service import NeMoService


def written(folder: Path, text: str) -> Path:
    file = folder / "model.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_file_that_ships_has_what_was_promised() -> None:
    shipped = load_translation_model()
    assert (shipped.model.architecture, shipped.model.hidden_size) == ("llama", 2048)
    assert (shipped.device.cuda_device, shipped.device.tensor_parallel_size) == (0, 1)
    config = inference_config(shipped)
    assert (config.max_length, config.temperature, config.batch_size) == (512, 0.2, 32)
    assert config == InferenceConfig(), "the file says in words what the defaults are"


def test_the_file_that_ships_names_no_model() -> None:
    with pytest.raises(ConfigError, match=r"translation_model.yaml: model.path") as caught:
        NeMoService.from_config()
    assert caught.value.hint


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        version: 1
        model: {path: models/mine, hidden_size: 896}
        generation: {temperature: 1, stop: ["END"], seed: null}
        device: {cuda_device: 1, dtype: float16}
        requests: {wait_min: 0, concurrency: 2}
        storage: {cache_dir: cache, log_dir: /var/log/mine}
        """,
    )
    path, config, expected = read_settings(file)
    assert path == str(tmp_path / "models" / "mine")
    assert (config.temperature, config.stop, config.seed) == (1.0, ("END",), None)
    assert (config.device, config.dtype) == ("cuda:1", "float16")
    assert (config.wait_min, config.concurrency) == (0, 2)
    assert (config.cache_dir, config.log_dir) == (tmp_path / "cache", Path("/var/log/mine"))
    assert expected == Expectation(str(file), hidden_size=896)


def test_an_endpoint_is_no_path(tmp_path: Path) -> None:
    file = written(tmp_path, "{version: 1, model: {path: 'grpc://host:8001/m', name: a}}")
    path, config, _ = read_settings(file)
    assert (path, config.model, config.device) == ("grpc://host:8001/m", "a", None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("version: 2", "version"),
        ("{}", "version"),
        ("{version: 1, model: {architecture: bert}}", "model.architecture"),
        ("{version: 1, model: {hiden_size: 1}}", "model.hiden_size"),
        ("{version: 1, model: {hidden_size: 0}}", "model.hidden_size"),
        ("{version: 1, generation: {temperature: -1}}", "generation.temperature"),
        ("{version: 1, generation: {batch_size: many}}", "generation.batch_size"),
        ("{version: 1, generation: {batch_size: true}}", "generation.batch_size"),
        ("{version: 1, device: {dtype: float8}}", "device.dtype"),
        ("{version: 1, requests: {wait_min: 20}, model: {path: x}}", "wait_max"),
        ("{version: 1, generation: {beams: 2, samples: 3}, model: {path: x}}", "beams=2"),
        ("version: [", "not valid YAML"),
        ("{version: 1, version: 1}", "stands twice"),
    ],
)
def test_slips_are_found_with_file_and_place(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_settings(written(tmp_path, text))
    assert place in caught.value.message
    assert caught.value.message.startswith(str(tmp_path))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="can't read"):
        NeMoService.from_config(tmp_path / "none.yaml")


def model(**details: str | int | float | bool) -> ModelInfo:
    return ModelInfo("m@1", "transformers", "cpu", details=details)


def test_the_expectation_is_held_against_the_model() -> None:
    expected = Expectation("model.yaml", "llama", hidden_size=2048, layers=24)
    expected.check(model(architecture="qwen2", hidden_size=2048, layers=24))
    expected.check(model())
    expected.check(model(architecture="something new"))
    for details, name in (
        ({"hidden_size": 896}, "hidden_size"),
        ({"layers": 12}, "layers"),
        ({"architecture": "gpt_neox"}, "architecture"),
    ):
        with pytest.raises(BackendError, match=rf"model.yaml: its {name} is") as caught:
            expected.check(model(**details))
        assert f"model.{name}" in caught.value.hint
    Expectation("model.yaml").check(model(architecture="gpt2", hidden_size=1))
