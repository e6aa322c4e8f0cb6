"""The model's side of a `NeMoTranslator`: loaded at the first need, shared by its threads."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.config import Config
from portalis.translation.config import TranslationConfig
from portalis.translation.request import Request
from portalis.translation.result import TranslationResult

if TYPE_CHECKING:
    from portalis.translation.engine.model_engine import ModelEngine

UNSEEN = "nobody has compiled or run what the model proposed: turn validate_output on"


class ModelSide:
    """The engine of a translator that has a model.

    Args:
        config: the translator's settings.
        project: the same as a run's, for the cache folder.
    """

    def __init__(self, config: TranslationConfig, project: Config) -> None:
        self._config = config
        self._project = project
        self._lock = threading.Lock()
        self._engine: ModelEngine | None = None

    @property
    def engine(self) -> ModelEngine:
        """The engine; its model is loaded when there is something to ask.

        Raises:
            BackendError: a package that it needs is missing.
            PairStoreError: the store of verified pairs can't be opened.
        """
        with self._lock:
            if self._engine is None:
                self._engine = self._made()
            return self._engine

    def proposed(self, requests: Sequence[Request]) -> list[TranslationResult]:
        """What the model says of texts, neither compiled nor run; its confidence is the model's own.

        Raises:
            BackendError: the model can't be loaded.
        """
        made = self.engine.service.batch_translate([one.python_code for one in requests])
        return [replace(one, warnings=(*one.warnings, UNSEEN)) if one.rust_code else one for one in made]

    def close(self) -> None:
        """Free the model; safe twice. It is loaded again where it is needed again."""
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _made(self) -> ModelEngine:
        # Brings packages that a translator without a model does not need.
        from portalis.translation.engine.model_engine import EngineSettings, ModelEngine
        from portalis.translation.inference_config import InferenceConfig
        from portalis.translation.nemo_service import NeMoService
        from portalis.translation.retrieval.store import PairStore

        config = self._config
        inference = config.inference or InferenceConfig()
        inference = replace(
            inference,
            use_gpu=config.gpu_enabled and inference.use_gpu,
            cache=config.cache and inference.cache,
            cache_dir=inference.cache_dir or config.cache_dir,
        )
        settings = EngineSettings(config.samples, config.repairs, config.examples, config.engines == "model")
        store = PairStore(self._project.pairs_file) if config.examples else None
        return ModelEngine(NeMoService(config.model_path or "", inference), settings, store)
