"""The model engine as a configuration asks for it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

from portalis.config import Config
from portalis.config.model import ModelSettings
from portalis.translation.engine.model_engine import EngineSettings, ModelEngine
from portalis.translation.inference_config import InferenceConfig
from portalis.translation.nemo_service import NeMoService
from portalis.translation.retrieval.store import PairStore


def engine_of(config: Config) -> ModelEngine:
    """The engine for a run; its model is loaded when there is something to ask.

    Raises:
        ValueError: the configuration names no model, or a setting is out of its range.
        ConfigError: the settings file can't be read.
    """
    path = config.model_path
    if path is None:
        raise ValueError("the configuration names no model")
    settings = config.model
    service = NeMoService(path, inference_config(config))
    store = PairStore(config.pairs_file)
    return ModelEngine(service, EngineSettings(settings.samples, settings.repairs, settings.examples), store)


def inference_config(config: Config) -> InferenceConfig:
    """The settings of inference that a configuration leads to."""
    base = InferenceConfig(cache_dir=config.cache)
    known = {field.name for field in fields(InferenceConfig)}
    given = {
        name: value for name, value in _given(config.model).items() if name in known and value is not None
    }
    if config.model.name is not None:
        given["model"] = config.model.name
    if config.model.log_dir is not None:
        given["log_dir"] = Path(config.model.log_dir)
    return replace(base, **given)  # type: ignore[arg-type]


def _given(settings: ModelSettings) -> dict[str, object]:
    return settings.model_dump(exclude={"path", "settings", "samples", "repairs", "examples", "log_dir"})
