"""The second engine of a command, where its configuration names a model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from portalis.config import Config

if TYPE_CHECKING:
    from portalis.pipeline import Engine


@contextmanager
def engine_for(config: Config) -> Iterator[Engine | None]:
    """The model engine, freed at the end; None where no model is configured.

    Raises:
        ConfigError: the settings of the model can't be read.
        BackendError: a package that the engine needs is missing.
    """
    if config.model_path is None and config.model_settings is None:
        yield None
        return
    from portalis.translation.engine.factory import engine_of

    engine = engine_of(config)
    try:
        yield engine
    finally:
        engine.close()
