"""Which backend runs a model, by where the model is."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from portalis.translation.backends.protocol import Backend, BackendError
from portalis.translation.inference_config import BackendName, InferenceConfig

_SCHEMES: dict[str, BackendName] = {
    "http": "openai", "https": "openai", "triton": "triton", "triton+https": "triton", "grpc": "triton",
    "grpcs": "triton",
}  # fmt: skip
_CLASSES: dict[BackendName, tuple[str, str]] = {
    "transformers": ("local", "TransformersBackend"),
    "ctranslate2": ("ctranslate2", "CTranslate2Backend"),
    "openai": ("openai_http", "OpenAIBackend"),
    "triton": ("triton", "TritonBackend"),
}
"""Module and class, imported when they are chosen: each has packages of its own."""
_REMOTE = frozenset(_SCHEMES.values())


def backend_name(model_path: str, config: InferenceConfig) -> BackendName:
    """The kind of backend for a model.

    Args:
        model_path: a folder, a `.gguf` or `.nemo` file, or an endpoint: `https://host/v1`,
            `triton://host:8000/model`, `grpc://host:8001/model`.
        config: `backend` decides where it isn't `auto`.

    Raises:
        BackendError: there is no such model, no backend reads it, or `config.backend` is for another kind.
    """
    scheme = urlsplit(model_path).scheme if "://" in model_path else ""
    if scheme and scheme not in _SCHEMES:
        raise BackendError(
            f"{scheme}:// is no kind of model endpoint",
            f"write one of {', '.join(f'{one}://' for one in _SCHEMES)}",
        )
    found = _SCHEMES[scheme] if scheme else _local(model_path, config.backend)
    if config.backend not in ("auto", found) and (found in _REMOTE or config.backend in _REMOTE):
        raise BackendError(
            f"backend {config.backend!r} does not run {model_path!r}", f"set backend to 'auto' or {found!r}"
        )
    return found if config.backend == "auto" else config.backend


def make_backend(model_path: str, config: InferenceConfig) -> Backend:
    """The backend for a model, not loaded yet; only its own packages are imported.

    Raises:
        BackendError: as `backend_name`.
    """
    module, name = _CLASSES[backend_name(model_path, config)]
    make: Callable[[str, InferenceConfig], Backend] = getattr(import_module(f"{__package__}.{module}"), name)
    return make(model_path, config)


def _local(model_path: str, wanted: BackendName) -> BackendName:
    path = Path(model_path).expanduser()
    if path.is_file():
        if path.suffix in (".gguf", ".nemo"):
            return "transformers"
        raise BackendError(
            f"{path} is no kind of model file that can be read",
            "name a .gguf or .nemo file, or the folder of a Hugging Face model",
        )
    if not path.is_dir():
        if wanted in _REMOTE:
            raise BackendError(f"{model_path!r} is not an endpoint", "write https://host:8000/v1")
        raise BackendError(
            f"there is no model at {model_path!r}",
            "name a folder or a file; a model of the Hugging Face hub is downloaded first: "
            "hf download OWNER/NAME --local-dir DIR",
        )
    has_config = (path / "config.json").is_file()
    if has_config and (path / "model.bin").is_file() and not any(path.glob("*.safetensors")):
        return "ctranslate2"
    if has_config or (path / "model_config.yaml").is_file():
        return "transformers"
    raise BackendError(
        f"{path} holds neither config.json nor model_config.yaml, so it is no model",
        "name the folder that has the model's config.json",
    )
