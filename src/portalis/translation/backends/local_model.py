"""Loading a model of this machine: Hugging Face folders, GGUF files, `.nemo` archives."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portalis.translation.backends import nemo_archive
from portalis.translation.backends.embedding import EmbeddingPlan, is_sentence_transformer, sentence_plan
from portalis.translation.backends.protocol import BackendError
from portalis.translation.inference_config import InferenceConfig

_INSTALL = "pip install 'portalis[model]'"
_GGUF = b"GGUF"
_NEMO2 = ("context/model.yaml", "context/io.json")


@dataclass(slots=True)
class LocalModel:
    """A model in memory.

    Attributes:
        model: of transformers; without a head where it only embeds.
        tokenizer: the one it was trained with.
        context: the most tokens of prompt and answer together.
        ends: the tokens that end an answer.
        embedding: how its hidden states become a vector.
        generates: whether it writes text; else it only embeds.
        details: facts for `ModelInfo.details`.
    """

    model: Any
    tokenizer: Any
    context: int
    ends: tuple[int, ...]
    embedding: EmbeddingPlan
    generates: bool
    details: dict[str, str | int | float | bool] = field(default_factory=dict)


def device_of(config: InferenceConfig) -> str:
    """The device that the settings choose: `cpu`, `cuda:0`, ….

    Raises:
        BackendError: a GPU was named that isn't there.
    """
    import torch

    if config.device is None:
        return "cuda:0" if config.use_gpu and torch.cuda.is_available() else "cpu"
    try:
        device = torch.device(config.device)
    except RuntimeError as error:
        raise BackendError(f"there is no device {config.device!r}", "name `cpu` or `cuda:0`") from error
    if device.type != "cuda":
        return str(device)
    have = torch.cuda.device_count()
    index = device.index or 0
    if index >= have:
        raise BackendError(
            f"there is no {config.device}: PyTorch sees {have} GPUs",
            "leave `device` out to use what there is, or install a PyTorch for this driver",
        )
    return f"cuda:{index}"


def load(path: Path, config: InferenceConfig, device: str) -> LocalModel:
    """Load a model and move it to a device.

    Raises:
        BackendError: there is no such model, or it isn't of a kind that can be used.
        torch.OutOfMemoryError: the device's memory doesn't hold it.
    """
    import torch

    if not path.exists():
        raise BackendError(
            f"there is no {path}",
            "name a Hugging Face folder, a .gguf file or a .nemo archive; "
            "`hf download NAME --local-dir FOLDER` fetches a model",
        )
    dtype = _dtype(config, device, torch)
    loaded = _from_folder(path, dtype) if path.is_dir() else _from_file(path, dtype)
    loaded.model.to(device).eval()
    loaded.model.requires_grad_(False)
    loaded.details["dtype"] = str(dtype).removeprefix("torch.")
    loaded.details["parameters"] = sum(one.numel() for one in loaded.model.parameters())
    return loaded


def _dtype(config: InferenceConfig, device: str, torch: Any) -> Any:
    if config.dtype == "auto":
        return torch.float32 if device == "cpu" else torch.bfloat16
    return getattr(torch, config.dtype)


def _from_file(path: Path, dtype: Any) -> LocalModel:
    with path.open("rb") as file:
        begin = file.read(4)
    if begin == _GGUF:
        return _from_gguf(path, dtype)
    if path.suffix == ".nemo":
        return _from_nemo(path, dtype)
    raise BackendError(
        f"{path.name} is neither a GGUF file nor a .nemo archive",
        "a Hugging Face model is named by its folder",
    )


def _from_folder(folder: Path, dtype: Any) -> LocalModel:
    if any((folder / mark).exists() for mark in _NEMO2):
        raise BackendError(
            f"{folder} is a checkpoint of NeMo 2 in its own layout",
            "export it with nemo.collections.llm.export_ckpt(path=…, target='hf', output_path=…)",
        )
    if not (folder / "config.json").is_file():
        raise BackendError(f"{folder} holds no config.json", "name the folder of a Hugging Face model")
    from transformers import AutoModel, AutoModelForCausalLM, AutoTokenizer

    embeds = is_sentence_transformer(folder)
    with _told(folder.name):
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        kind = AutoModel if embeds else AutoModelForCausalLM
        model = kind.from_pretrained(folder, dtype=dtype, local_files_only=True)
    return _described(model, tokenizer, folder if embeds else None)


def _from_gguf(path: Path, dtype: Any) -> LocalModel:
    """Weights are taken out of their quantisation: they compute, and take memory, as `dtype`."""
    try:
        import gguf  # noqa: F401 # transformers reads such files by it
    except ImportError as error:
        raise BackendError("GGUF files need the package gguf", _INSTALL) from error
    from transformers import AutoModelForCausalLM, AutoTokenizer

    with _told(path.name):
        tokenizer = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name, local_files_only=True)
        model = AutoModelForCausalLM.from_pretrained(
            path.parent, gguf_file=path.name, dtype=dtype, local_files_only=True
        )
    # The weights are plain by now; as long as it is marked as quantised, transformers doesn't save the model.
    model.hf_quantizer = None
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    loaded = _described(model, tokenizer, None)
    loaded.details["source"] = "gguf, dequantised"
    return loaded


def _from_nemo(path: Path, dtype: Any) -> LocalModel:
    from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

    with tempfile.TemporaryDirectory(prefix="portalis-nemo-") as scratch:
        parts = nemo_archive.unpack(path, Path(scratch))
        with _told(path.name):
            settings = {key: value for key, value in parts.config.items() if key != "model_type"}
            config = AutoConfig.for_model(parts.config["model_type"], **settings)
            model = AutoModelForCausalLM.from_config(config, dtype=dtype)
            tokenizer = AutoTokenizer.from_pretrained(parts.folder, local_files_only=True)
        _fill(model, nemo_archive.state(parts.weights))
    loaded = _described(model, tokenizer, None)
    loaded.details["source"] = "nemo archive"
    return loaded


def _fill(model: Any, state: dict[str, Any]) -> None:
    """Put weights into a model; a name too many or missing is an error, not a random weight."""
    wanted = set(model.state_dict())
    for prefix in ("", "model.", "module.", "module.model."):
        named = {
            name.removeprefix(prefix): tensor for name, tensor in state.items() if name.startswith(prefix)
        }
        if len(named) == len(state) and set(named) <= wanted:
            break
    else:
        strange = next((name for name in state if name not in wanted), "")
        raise BackendError(f"the archive's weights are of another model than its settings: {strange!r}")
    try:
        missing, _ = model.load_state_dict(named, strict=False)
    except RuntimeError as error:
        raise BackendError(f"the archive's weights don't fit its settings: {error}") from error
    model.tie_weights()
    tied = {name for name in missing if name == "lm_head.weight" and model.config.tie_word_embeddings}
    if lacking := sorted(set(missing) - tied):
        raise BackendError(f"the archive lacks weights of the model: {', '.join(lacking[:3])}")


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What transformers says of a model that it can't load, as an error of ours."""
    from huggingface_hub.errors import StrictDataclassError

    kinds = (OSError, LookupError, ValueError, TypeError, OverflowError, NotImplementedError, ImportError)
    try:
        yield
    except (*kinds, struct.error, StrictDataclassError) as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise BackendError(
            f"{name} can't be loaded: {reason[0]}", "see whether transformers knows this kind of model"
        ) from error


def _described(model: Any, tokenizer: Any, sentence: Path | None) -> LocalModel:
    config = model.config
    context = int(getattr(config, "max_position_embeddings", 0) or getattr(config, "n_positions", 0) or 2048)
    plan = sentence_plan(sentence, context) if sentence else EmbeddingPlan("mean", context)
    details = shape_of(config, tokenizer)
    ends = _ends(model, tokenizer)
    return LocalModel(model, tokenizer, context, ends, plan, generates=sentence is None, details=details)


def shape_of(config: Any, tokenizer: Any) -> dict[str, str | int | float | bool]:
    """What `ModelInfo.details` tells: a model's kind and size, whether conversations have a template."""
    found: dict[str, str | int | float | bool] = {
        "architecture": str(config.model_type),
        "chat_template": bool(tokenizer.chat_template),
    }
    sizes = {"hidden_size": "hidden_size", "layers": "num_hidden_layers", "heads": "num_attention_heads"}
    for name, key in sizes.items():
        if isinstance(size := getattr(config, key, None), int):
            found[name] = size
    return found


def _ends(model: Any, tokenizer: Any) -> tuple[int, ...]:
    """All tokens that the model's files name as ends."""
    generation = getattr(model, "generation_config", None)
    found: set[int] = set()
    for named in (
        tokenizer.eos_token_id,
        model.config.eos_token_id,
        getattr(generation, "eos_token_id", None),
    ):
        found.update(named if isinstance(named, list | tuple) else [named] if named is not None else [])
    return tuple(sorted(found))
