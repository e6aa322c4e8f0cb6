"""A `.nemo` archive, read without NVIDIA's toolkit: a tar of settings, weights and the tokenizer's files.

Only archives whose weights are those of a Hugging Face model can be used: `model_config.yaml` then holds that
model's configuration (at its top, or under `hf_config`), or a `config.json` lies beside it. Weights in
Megatron's own layout, in pieces or not, have to be exported by the toolkit that wrote them first.

Archives come from strangers. Members are read one by one by names that are known, each to a file of our
naming: nothing is unpacked by a path that the archive chose, links and devices are refused, and pickles are
read by `torch.load(weights_only=True)`, which makes tensors and containers only.
"""

from __future__ import annotations

import json
import re
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from portalis.translation.backends.protocol import BackendError

_EXPORT = (
    "export it to a Hugging Face folder with the toolkit that wrote it, and name that folder: NeMo 1's "
    "scripts/checkpoint_converters/convert_…_nemo_to_hf.py, NeMo 2's "
    "nemo.collections.llm.export_ckpt(path=…, target='hf', output_path=…), or Megatron Bridge's "
    "AutoBridge.export_ckpt(…)"
)
_SETTINGS = "model_config.yaml"
_WEIGHTS = ("model_weights.ckpt", "model.safetensors")
_TOKENIZER = (
    "added_tokens.json", "chat_template.jinja", "merges.txt", "special_tokens_map.json", "tokenizer.json",
    "tokenizer.model", "tokenizer_config.json", "vocab.json", "vocab.txt",
)  # fmt: skip
_HASH = re.compile(r"^[0-9a-f]{32}_")
"""What NeMo puts before the names of artefacts."""
_SHARD = re.compile(r"(^|/)(mp|tp|pp|fsdp)_rank_\d|\.distcp$|(^|/)model_weights/|(^|/)weights/")
_MEGATRON_KEYS = re.compile(r"\.(linear_qkv|query_key_value|linear_fc1|dense_h_to_4h|word_embeddings)\.")
_MOST_SETTINGS = 16 << 20
"""Bytes; larger settings are no settings."""


@dataclass(frozen=True, slots=True)
class NemoParts:
    """What was taken out of an archive.

    Attributes:
        config: the Hugging Face configuration.
        weights: the file of the weights.
        folder: the folder of the tokenizer's files.
    """

    config: dict[str, Any]
    weights: Path
    folder: Path


def unpack(archive: Path, folder: Path) -> NemoParts:
    """Copy what is needed out of an archive into an empty folder.

    Raises:
        BackendError: it is no such archive, it is hostile, or its weights are in Megatron's layout.
    """
    try:
        with tarfile.open(archive) as opened:
            members = _members(opened)
            config = _config(opened, members)
            name = next((name for name in _WEIGHTS if name in members), None)
            if name is None:
                raise BackendError(f"{archive.name} holds no {' or '.join(_WEIGHTS)}", _EXPORT)
            for kept in (name, *(name for name in _TOKENIZER if name in members)):
                _copy(opened, members[kept], folder / kept)
    except (tarfile.TarError, EOFError) as error:
        raise BackendError(f"{archive.name} is no readable .nemo archive: {error}") from error
    except OSError as error:
        raise BackendError(f"{archive.name} can't be unpacked: {error}", "see to room in $TMPDIR") from error
    return NemoParts(config, folder / name, folder)


def _members(archive: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    """The archive's files by the names that NeMo gave them; refused where a member is none of a model's."""
    found: dict[str, tarfile.TarInfo] = {}
    for member in archive:
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts:
            raise BackendError(f"the archive holds a path that leads out of it: {member.name!r}")
        if member.isdir():
            continue
        if not member.isreg():
            raise BackendError(f"the archive holds a link or a device: {member.name!r}")
        if _SHARD.search(path.as_posix()):
            raise BackendError(f"the archive's weights are in Megatron's layout: {member.name}", _EXPORT)
        name = _HASH.sub("", path.name)
        if name in found and name in (_SETTINGS, "config.json", *_WEIGHTS, *_TOKENIZER):
            raise BackendError(f"the archive holds two files named {name}")
        found[name] = member
    return found


def _config(archive: tarfile.TarFile, members: Mapping[str, tarfile.TarInfo]) -> dict[str, Any]:
    if _SETTINGS not in members:
        raise BackendError(f"the archive holds no {_SETTINGS}, so it is no .nemo archive")
    settings = _mapping(archive, members[_SETTINGS])
    if "config.json" in members:
        return _mapping(archive, members["config.json"])
    for config in (settings, settings.get("hf_config"), settings.get("model")):
        if isinstance(config, dict) and isinstance(config.get("model_type"), str):
            return {str(key): value for key, value in config.items()}
    what = settings.get("target", "a model")
    raise BackendError(f"the archive's {_SETTINGS} describes {what}, no Hugging Face model", _EXPORT)


def _mapping(archive: tarfile.TarFile, member: tarfile.TarInfo) -> dict[str, Any]:
    if member.size > _MOST_SETTINGS:
        raise BackendError(f"{member.name} is too large for settings: {member.size} bytes")
    opened = archive.extractfile(member)
    # JSON is nearly YAML, but 1e-06 is a number in the one and a text in the other.
    parse = json.loads if member.name.endswith(".json") else yaml.safe_load
    try:
        read = parse(opened.read()) if opened is not None else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BackendError(f"{member.name} can't be read: {error}") from error
    if not isinstance(read, dict):
        raise BackendError(f"{member.name} holds no settings")
    return read


def _copy(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    free = shutil.disk_usage(target.parent).free
    if member.size > free:
        raise BackendError(
            f"{member.name} has {member.size} bytes, and {free} are free in {target.parent}",
            "set TMPDIR to a folder with room",
        )
    source = archive.extractfile(member)
    if source is None:
        raise BackendError(f"{member.name} can't be read")
    with source, target.open("xb") as file:
        shutil.copyfileobj(source, file)


def state(weights: Path) -> dict[str, Any]:
    """The tensors of a file of weights by name.

    Raises:
        BackendError: it holds something else than tensors, or Megatron's layout.
    """
    import pickle

    import torch

    try:
        if weights.suffix == ".safetensors":
            from safetensors.torch import load_file

            read: object = load_file(weights)
        else:
            read = torch.load(weights, map_location="cpu", weights_only=True, mmap=True)
    except (pickle.UnpicklingError, RuntimeError, ValueError, EOFError, KeyError) as error:
        raise BackendError(f"{weights.name} holds no plain weights: {str(error).splitlines()[0]}") from error
    if isinstance(read, dict) and isinstance(read.get("state_dict"), dict):
        read = read["state_dict"]
    if not isinstance(read, dict):
        raise BackendError(f"{weights.name} holds no table of weights")
    tensors = {str(name): value for name, value in read.items() if isinstance(value, torch.Tensor)}
    if any(_MEGATRON_KEYS.search(name) for name in tensors):
        raise BackendError("the archive's weights are in Megatron's layout", _EXPORT)
    return tensors
