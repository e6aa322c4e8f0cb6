"""Settings of the whole translation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from portalis.config import Config, override
from portalis.config.settings import Effort
from portalis.translation.inference_config import InferenceConfig

Engines = Literal["both", "compiler", "model"]

_SECONDS: dict[Effort, float] = {"quick": 30.0, "normal": 120.0, "thorough": 900.0}


@dataclass(frozen=True, slots=True)
class TranslationConfig:
    """How a `NeMoTranslator` works.

    Attributes:
        model_path: the model engine's model, as `NeMoService` takes it; None: the compiler alone translates.
        gpu_enabled: whether the model engine may use a GPU; the compiler needs none.
        batch_size: how many texts are translated together: one run of mypy, rustc and the tests for all.
        validate_output: whether the Rust is compiled and run against the Python; without it a result is at
            best `translatable`, and its confidence is 0, since nothing has been seen of it.
        effort: how long verification searches for a difference: `quick`, `normal` or `thorough`.
        seed: the seed of the generated inputs.
        verify_seconds: wall time that the search may take for a text, its share of a batch; None: 30, 120 or
            900 by effort. What could not be searched is `compiled`, and is not cached.
        cache: whether results are kept on disk, by the hash of all they depend on.
        cache_dir: where; None: the user's cache folder (see `portalis cache`).
        jobs: processes at a time; None: as many as there are processors.
        engines: `both`: the compiler first, and the model for what it refuses; `compiler`; or `model`, which
            is then asked for every function.
        samples: answers asked of the model for each function and round.
        repairs: rounds in which a failed answer goes back to the model with what was wrong with it.
        examples: verified pairs shown to the model with a function; 0 for none.
        inference: how the model is run; None for the defaults.

    Raises:
        ValueError: a value is out of its range.
    """

    model_path: str | None = None
    gpu_enabled: bool = True
    batch_size: int = 32
    validate_output: bool = True
    effort: Effort = "normal"
    seed: int = 0
    verify_seconds: float | None = None
    cache: bool = True
    cache_dir: Path | None = None
    jobs: int | None = None
    engines: Engines = "both"
    samples: int = 4
    repairs: int = 1
    examples: int = 3
    inference: InferenceConfig | None = None

    def __post_init__(self) -> None:
        if self.batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, not {self.batch_size}")
        if self.effort not in get_args(Effort):
            raise ValueError(f"effort must be one of {', '.join(get_args(Effort))}, not {self.effort!r}")
        if self.seed < 0:
            raise ValueError(f"seed must not be negative, not {self.seed}")
        if self.verify_seconds is not None and self.verify_seconds <= 0:
            raise ValueError(f"verify_seconds must be more than 0, not {self.verify_seconds}")
        if self.engines not in get_args(Engines):
            raise ValueError(f"engines must be one of {', '.join(get_args(Engines))}, not {self.engines!r}")
        if self.engines == "model" and self.model_path is None:
            raise ValueError("engines='model' needs a model_path")
        for name, least in (("samples", 1), ("repairs", 0), ("examples", 0)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}, not {getattr(self, name)}")
        if self.jobs is not None and self.jobs < 1:
            raise ValueError(f"jobs must be at least 1, not {self.jobs}")

    def as_project_config(self, texts: int = 1) -> Config:
        """The same as the configuration of a run; no pyproject.toml is read, since there is no project.

        Args:
            texts: how many are translated together, which is how often the time of one is allowed.
        """
        seconds = self.verify_seconds if self.verify_seconds is not None else _SECONDS[self.effort]
        flags: dict[str, object] = {
            "effort": self.effort, "seed": self.seed, "jobs": self.jobs, "verify_seconds": seconds * texts,
        }  # fmt: skip
        if self.cache_dir is not None:
            flags["cache_dir"] = str(Path(self.cache_dir).absolute())
        return override(Config(), flags)
