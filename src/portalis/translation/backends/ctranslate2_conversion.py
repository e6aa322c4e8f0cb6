"""Models in CTranslate2's format: found as they are, or converted once and kept in the cache folder.

A conversion is checked before it is kept: the probabilities that it gives the tokens of a short text must be
those of the model that it was made from, within what its precision costs.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from portalis.translation.backends import local_model
from portalis.translation.backends.protocol import BackendError
from portalis.translation.inference_config import InferenceConfig

_WEIGHTS = "model.bin"
_FACTS = "portalis.json"
_PROBE = (
    "def add(a: int, b: int) -> int:\n    return a + b\n\nfn add(a: i64, b: i64) -> i64 {\n    a + b\n}\n"
)
_MOST_OFF = {"float32": 0.01, "bfloat16": 0.2, "float16": 0.1, "int8": 0.5}
"""The most by which the mean logarithm of a token's probability may differ, by the weights' format."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What CTranslate2's files don't tell: the context in tokens, and the tokens that end an answer."""

    context: int | None
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """A model in CTranslate2's format, its tokenizer, and its facts."""

    folder: Path
    tokenizer: Any
    facts: Facts


def is_converted(path: Path) -> bool:
    """Whether a path is a folder in CTranslate2's format."""
    return path.is_dir() and (path / _WEIGHTS).is_file() and not any(path.glob("*.safetensors"))


def opened(folder: Path) -> Converted:
    """A folder in CTranslate2's format, with the tokenizer's files in it or in a `tokenizer` folder of it.

    Raises:
        BackendError: there is no tokenizer.
    """
    from transformers import PreTrainedTokenizerFast

    place = folder / "tokenizer" if (folder / "tokenizer").is_dir() else folder
    if not (place / "tokenizer.json").is_file():
        raise BackendError(
            f"{folder} holds no tokenizer.json",
            "copy the tokenizer's files into it (ct2-transformers-converter --copy_files tokenizer.json …)",
        )
    tokenizer = PreTrainedTokenizerFast.from_pretrained(place, local_files_only=True)
    return Converted(folder, tokenizer, _facts(folder, tokenizer))


def _facts(folder: Path, tokenizer: Any) -> Facts:
    """As the conversion wrote them down; else what the tokenizer says."""
    file = folder / _FACTS
    if file.is_file():
        told = json.loads(file.read_text(encoding="utf-8"))
        return Facts(told["context"], tuple(told["ends"]))
    most = tokenizer.model_max_length
    ends = (tokenizer.eos_token_id,) if tokenizer.eos_token_id is not None else ()
    return Facts(int(most) if most < 1 << 30 else None, ends)


def converted(path: Path, weights: str, identity: str, cache: Path) -> Converted:
    """A model converted, from the cache where it was before.

    Args:
        path: what `TransformersBackend` takes.
        weights: the format of the weights: `float32`, `float16`, `bfloat16` or `int8`.
        identity: the model's name and digest; part of the cache's key.
        cache: the cache folder.

    Raises:
        BackendError: it can't be converted, or the conversion isn't the same model.
    """
    from ctranslate2 import __version__ as version

    target = cache / "ctranslate2" / version / f"{identity.replace(':', '-')}-{weights}"
    if not (target / _FACTS).is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=".making-"))
        try:
            _convert(path, weights, scratch)
            _place(scratch / "made", target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return opened(target)


def _convert(path: Path, weights: str, scratch: Path) -> None:
    from ctranslate2.converters import TransformersConverter

    loaded = local_model.load(path, InferenceConfig(use_gpu=False, dtype="float32"), "cpu")
    if not loaded.generates:
        raise BackendError("this model only embeds", "use backend='transformers' for it")
    plain, made = scratch / "plain", scratch / "made"
    loaded.model.save_pretrained(plain)
    loaded.tokenizer.save_pretrained(plain)
    try:
        TransformersConverter(str(plain)).convert(
            str(made), quantization=None if weights == "float32" else weights
        )
    except (ValueError, NotImplementedError, KeyError, AttributeError, RuntimeError) as error:
        raise BackendError(
            f"CTranslate2 can't convert {path.name}: {str(error).splitlines()[0]}",
            "use backend='transformers'",
        ) from error
    loaded.tokenizer.save_pretrained(made / "tokenizer")
    (made / _FACTS).write_text(json.dumps(asdict(Facts(loaded.context, loaded.ends))), encoding="utf-8")
    _check(loaded, made, weights)


def _check(loaded: local_model.LocalModel, made: Path, weights: str) -> None:
    import ctranslate2
    import torch

    ids = loaded.tokenizer(_PROBE)["input_ids"][: loaded.context]
    with torch.inference_mode():
        logits = loaded.model(torch.tensor([ids])).logits[0, :-1].float()
    wanted = logits.log_softmax(dim=-1).gather(1, torch.tensor(ids[1:])[:, None])[:, 0].tolist()
    generator = ctranslate2.Generator(str(made), compute_type="float32")
    got = generator.score_batch([loaded.tokenizer.convert_ids_to_tokens(ids)])[0].log_probs
    off = sum(abs(one - other) for one, other in zip(wanted, got, strict=True)) / len(wanted)
    if not off <= _MOST_OFF[weights]:
        raise BackendError(
            f"CTranslate2's conversion to {weights} is another model: log-probabilities are off by {off:.2f}",
            "use backend='transformers'",
        )


def _place(made: Path, target: Path) -> None:
    """Make a conversion known under its name; another process may have done so meanwhile."""
    try:
        os.rename(made, target)  # noqa: PTH104 # refuses where there is one, unlike Path.replace
    except OSError:
        if not (target / _FACTS).is_file():
            raise
