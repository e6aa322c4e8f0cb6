"""Which model it is: its name and a digest of its files, for reports and the keys of caches."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

_SUFFIXES = (".bin", ".ckpt", ".gguf", ".jinja", ".json", ".model", ".nemo", ".pt", ".safetensors", ".txt")
"""What of a model's folder decides how it answers: weights, settings and the tokenizer's files."""
_DIGITS = 16


def identity(path: Path, cache: Path | None) -> str:
    """`name@sha256:…` of a model's file or folder.

    Args:
        path: the file, or the folder whose weights, settings and tokenizer count.
        cache: a folder in which digests of files are kept by path, size and time of change; None for none.

    Raises:
        OSError: a file can't be read.
    """
    if path.is_file():
        return f"{path.name}@sha256:{file_digest(path, cache)[:_DIGITS]}"
    told = hashlib.sha256()
    for file in sorted(_deciding(path)):
        told.update(f"{file.relative_to(path).as_posix()} {file_digest(file, cache)}\n".encode())
    return f"{path.resolve().name}@sha256:{told.hexdigest()[:_DIGITS]}"


def _deciding(folder: Path) -> Iterable[Path]:
    return (file for file in folder.rglob("*") if file.suffix in _SUFFIXES and file.is_file())


def file_digest(file: Path, cache: Path | None) -> str:
    """The SHA-256 of a file, in hexadecimal; read anew only when its size or time changed."""
    status = file.stat()
    facts = [str(file.resolve()), status.st_size, status.st_mtime_ns]
    kept = None
    if cache is not None:
        name = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
        kept = cache / "model-digests" / name
        with contextlib.suppress(OSError):
            return kept.read_text(encoding="ascii")
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    if kept is not None:
        _keep(kept, digest)
    return digest


def _keep(target: Path, text: str) -> None:
    """Write a small file whole or not at all; a cache that can't be written costs time, nothing else."""
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, scratch = tempfile.mkstemp(dir=target.parent, suffix=".part")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
        Path(scratch).replace(target)
