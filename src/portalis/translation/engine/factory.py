"""The model engine as a configuration asks for it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

from portalis.config import Config, ConfigError
from portalis.translation.engine.model_engine import EngineSettings, ModelEngine
from portalis.translation.inference_config import InferenceConfig
from portalis.translation.model_settings import Expectation, read_settings
from portalis.translation.nemo_service import NeMoService
from portalis.translation.retrieval.store import PairStore

_OTHERS = frozenset({"path", "settings", "samples", "repairs", "examples", "retrieval", "name", "log_dir"})
"""Keys of `[tool.portalis.model]` that are no settings of inference by the same name."""


def engine_of(config: Config) -> ModelEngine:
    """The engine for a run; its model is loaded when there is something to ask.

    Raises:
        ConfigError: no model is named, the settings file can't be read, or a setting is out of its range.
        PairStoreError: the store of verified pairs can't be opened.
    """
    chosen = config.model
    path, inference, expected = config.model_path, InferenceConfig(), None
    if config.model_settings is not None:
        told, inference, expected = read_settings(config.model_settings)
        path = path or told
    if path is None:
        raise ConfigError("no model is named", "set path in [tool.portalis.model], or give --model")
    service = _service(path, _with_keys(inference, config), expected)
    store = PairStore(config.pairs_file) if chosen.examples else None
    return ModelEngine(service, EngineSettings(chosen.samples, chosen.repairs, chosen.examples), store)


def _service(path: str, inference: InferenceConfig, expected: Expectation | None) -> NeMoService:
    return NeMoService(path, inference, expected=expected)


def _with_keys(base: InferenceConfig, config: Config) -> InferenceConfig:
    """The settings with those keys of the table over them that are set."""
    given = {
        name: value
        for name, value in config.model.model_dump(exclude=set(_OTHERS)).items()
        if value is not None and name in {field.name for field in fields(InferenceConfig)}
    }
    if config.model.name is not None:
        given["model"] = config.model.name
    if config.model.log_dir is not None:
        given["log_dir"] = Path(config.model.log_dir)
    if base.cache_dir is None:
        given["cache_dir"] = config.cache
    try:
        return replace(base, **given)
    except ValueError as error:
        raise ConfigError(f"[tool.portalis.model]: {error}") from error
