"""The model of `translation_model.yaml`: which language model is used, and how."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from portalis.config.errors import ConfigError
from portalis.config.yaml_file import checked

FILE_NAME = "translation_model.yaml"
_ENDPOINT = re.compile(r"[a-z][a-z0-9+]*://", re.IGNORECASE)


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ModelSection(_Section):
    """Which model, and what it is expected to be; the fields are explained in the YAML file."""

    path: str | None = None
    name: str | None = None
    embedding_name: str | None = None
    backend: Literal["auto", "transformers", "ctranslate2", "openai", "triton"] = "auto"
    architecture: Literal["llama", "megatron-gpt"] | None = None
    hidden_size: int | None = Field(default=None, ge=1)
    layers: int | None = Field(default=None, ge=1)
    heads: int | None = Field(default=None, ge=1)


class GenerationSection(_Section):
    """How answers are drawn."""

    max_length: int = Field(default=512, ge=1)
    temperature: float = Field(default=0.2, ge=0)
    top_p: float = Field(default=0.95, gt=0, le=1)
    top_k: int = Field(default=0, ge=0)
    samples: int = Field(default=1, ge=1)
    beams: int = Field(default=1, ge=1)
    seed: int | None = 0
    stop: list[str] = []
    batch_size: int = Field(default=32, ge=1)


class DeviceSection(_Section):
    """Where a local model computes."""

    use_gpu: bool = True
    cuda_device: int = Field(default=0, ge=0)
    tensor_parallel_size: int = Field(default=1, ge=1)
    dtype: Literal["auto", "float32", "float16", "bfloat16"] = "auto"
    quantization: Literal["none", "int8", "int4"] = "none"
    threads: int | None = Field(default=None, ge=1)


class RequestsSection(_Section):
    """How endpoints are asked; times in seconds."""

    attempts: int = Field(default=3, ge=1)
    wait_min: float = Field(default=2.0, ge=0)
    wait_max: float = Field(default=10.0, ge=0)
    request_timeout: float = Field(default=120.0, gt=0)
    load_timeout: float = Field(default=600.0, gt=0)
    concurrency: int = Field(default=8, ge=1)
    api_key_env: str = "PORTALIS_API_KEY"


class StorageSection(_Section):
    """What is kept on disk."""

    cache: bool = True
    cache_dir: str | None = None
    log_dir: str | None = None


class TranslationModelConfig(_Section):
    """The whole file."""

    version: Literal[1]
    model: ModelSection = ModelSection()
    generation: GenerationSection = GenerationSection()
    device: DeviceSection = DeviceSection()
    requests: RequestsSection = RequestsSection()
    storage: StorageSection = StorageSection()


def load_translation_model(path: Path | None = None) -> TranslationModelConfig:
    """Reads a file of settings; paths in it are relative to it, and come back whole.

    Args:
        path: the YAML file; None for the one that ships with Portalis, which names no model.

    Raises:
        ConfigError: the file can't be read, or holds what is no setting.
    """
    if path is None:
        text = (files("portalis.config") / FILE_NAME).read_text(encoding="utf-8")
        return checked(TranslationModelConfig, text, FILE_NAME)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"can't read the model's settings {path}: {error}") from error
    found = checked(TranslationModelConfig, text, str(path))
    model, storage, folder = found.model, found.storage, path.absolute().parent
    return found.model_copy(
        update={
            "model": model.model_copy(update={"path": _whole(model.path, folder)}),
            "storage": storage.model_copy(
                update={
                    "cache_dir": _whole(storage.cache_dir, folder),
                    "log_dir": _whole(storage.log_dir, folder),
                }
            ),
        }
    )


def _whole(text: str | None, folder: Path) -> str | None:
    if text is None or _ENDPOINT.match(text):
        return text
    return str((folder / Path(text).expanduser()).absolute())
