"""`translation_model.yaml` as the service's settings, and its expectations held against the loaded model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portalis.config import ConfigError
from portalis.config.translation_model import FILE_NAME, TranslationModelConfig, load_translation_model
from portalis.translation.backends.protocol import BackendError, ModelInfo
from portalis.translation.inference_config import InferenceConfig

_TYPES = {
    "llama": frozenset(
        """cohere cohere2 deepseek_v2 deepseek_v3 exaone4 gemma gemma2 gemma3_text glm glm4 granite llama
        ministral mistral mixtral nemotron olmo olmo2 phi3 qwen2 qwen2_moe qwen3 qwen3_moe smollm3 stablelm
        starcoder2""".split()
    ),
    "megatron-gpt": frozenset(
        "bloom codegen falcon gpt2 gpt_bigcode gpt_neo gpt_neox gptj megatron-gpt mpt opt phi".split()
    ),
}
"""Architectures of transformers (`model_type`) by type: rotary positions and gated feed-forward layers, or
the older GPT design."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a model is expected to be; None is anything.

    Attributes:
        where: the file that says so.
        architecture: `llama` or `megatron-gpt`.
        hidden_size: the length of its hidden states.
        layers: how many layers it has.
        heads: how many attention heads each layer has.
    """

    where: str
    architecture: str | None = None
    hidden_size: int | None = None
    layers: int | None = None
    heads: int | None = None

    def check(self, model: ModelInfo) -> None:
        """Hold the expectation against a loaded model; what isn't known of that is not checked.

        Raises:
            BackendError: the model is another.
        """
        for name in ("hidden_size", "layers", "heads"):
            expected, found = getattr(self, name), model.details.get(name)
            if expected is not None and found is not None and expected != found:
                raise self._differs(model, name, expected, found)
        kind = model.details.get("architecture")
        others = (types for name, types in _TYPES.items() if name != self.architecture)
        if self.architecture is not None and any(kind in types for types in others):
            raise self._differs(model, "architecture", self.architecture, kind)

    def _differs(self, model: ModelInfo, name: str, expected: object, found: object) -> BackendError:
        return BackendError(
            f"{model.identity} is not the model of {self.where}: its {name} is {found}, not {expected}",
            f"name another path there, or set model.{name} to what the model has, or to null",
        )


def read_settings(path: Path | None = None) -> tuple[str, InferenceConfig, Expectation]:
    """The model, the settings and the expectation in a file; the one that ships where None.

    Raises:
        ConfigError: the file can't be read, holds what is no setting, or names no model.
    """
    where = str(path) if path is not None else FILE_NAME
    found = load_translation_model(path)
    if found.model.path is None:
        raise ConfigError(
            f"{where}: model.path: no model is named", "set it to a folder, a file or an endpoint"
        )
    model = found.model
    expected = Expectation(where, model.architecture, model.hidden_size, model.layers, model.heads)
    return found.model.path, inference_config(found, where), expected


def inference_config(found: TranslationModelConfig, where: str = FILE_NAME) -> InferenceConfig:
    """The settings of inference in a file.

    Args:
        found: the file.
        where: its name, for messages.

    Raises:
        ConfigError: two settings don't go together.
    """
    device, storage = found.device, found.storage
    # The first GPU may be missing, and the CPU serves; one that was chosen may not.
    chosen = f"cuda:{device.cuda_device}" if device.use_gpu and device.cuda_device else None
    generation = found.generation.model_dump() | {"stop": tuple(found.generation.stop)}
    try:
        return InferenceConfig(
            **generation,
            **found.requests.model_dump(),
            **device.model_dump(exclude={"cuda_device"}),
            device=chosen,
            backend=found.model.backend,
            model=found.model.name,
            embedding_model=found.model.embedding_name,
            cache=storage.cache,
            cache_dir=Path(storage.cache_dir) if storage.cache_dir is not None else None,
            log_dir=Path(storage.log_dir) if storage.log_dir is not None else None,
        )
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from error
